"""The only place that makes the network of a plan: its figures, then its claims, then what rates have in common."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from itertools import groupby
from operator import itemgetter

from msgspec.structs import replace

from planlint.exact import Fraction
from planlint.facts import Facts, Figure
from planlint.network.build import ZERO, Draft, Relations, draft, is_integral
from planlint.network.claims import add_claims
from planlint.network.rates import add_rates
from planlint.network.variables import Constraint, Network, Observation, Printing, Term


def network_of(facts: Facts, relations: Relations, spoiled: Collection[Figure] = ()) -> Network:
    """Return the network of a plan; figures that earlier answers rejected are left out."""
    made = draft(facts, relations, spoiled)
    add_claims(made)
    add_rates(made)
    return _finished(made)


def _finished(made: Draft) -> Network:
    """Return the network of a draft: printings of one value become one observation.

    Variables are numbered by what they are about and what is printed of them, so that neither the order of the file nor
    the ids in it decide anything.
    """
    order = _order_of(made)
    numbers = {old: new for new, old in enumerate(order)}
    observations: list[Observation] = []
    printed: list[tuple[int, ...]] = []
    for variable, old in enumerate(order):
        first = len(observations)
        for group in _values(made.printings[old]):
            observations.append(Observation(len(observations), variable, tuple(group)))
        printed.append(tuple(range(first, len(observations))))
    constraints = _renumbered(made.constraints, numbers)
    touching: list[list[int]] = [[] for _ in order]
    for constraint in constraints:
        for term in constraint.terms:
            touching[term.variable].append(constraint.number)
    return Network(
        tuple(
            replace(made.variables[old], number=new, integral=is_integral(made.variables[old], made))
            for new, old in enumerate(order)
        ),
        tuple(observations),
        constraints,
        tuple(printed),
        tuple(map(tuple, touching)),
        {key: numbers[old] for key, old in made.keys.items()},
    )


def _order_of(made: Draft) -> list[int]:
    """Return the numbers of the variables in the order of what they are about, then of what is printed of them."""
    names = [(variable.id if variable.key else "", variable.name.zh) for variable in made.variables]
    found: list[int] = []
    for _, alike in groupby(sorted(range(len(names)), key=names.__getitem__), key=names.__getitem__):
        run = list(alike)
        if len(run) > 1:
            # What is printed is looked at only where nothing else tells them apart.
            run.sort(key=lambda number: sorted(map(_value_of, made.printings[number])))
        found += run
    return found


def _values(printings: list[Printing]) -> list[list[Printing]]:
    """Return the printings of each value, in the order of the values."""
    if len(printings) < 2:
        # Nearly everything is printed once.
        return [printings] if printings else []
    valued = sorted(((_value_of(printing), printing) for printing in printings), key=itemgetter(0))
    groups = [[printing for _, printing in group] for _, group in groupby(valued, key=itemgetter(0))]
    for group in groups:
        if len(group) > 1:
            group.sort(key=lambda p: (_quantum(p), p.mention.text, p.mention.place))
    return groups


def _renumbered(constraints: Sequence[Constraint], numbers: Mapping[int, int]) -> tuple[Constraint, ...]:
    moved = [
        replace(c, terms=tuple(Term(numbers[term.variable], term.weight) for term in c.terms)) for c in constraints
    ]
    moved.sort(key=lambda c: (c.kind, [(term.variable, term.weight) for term in c.terms], c.constant))
    return tuple(replace(constraint, number=number) for number, constraint in enumerate(moved))


def _value_of(printing: Printing) -> tuple[Fraction, Fraction, str, str]:
    """Return what makes two printings say the same: the number, the end of a range, the bound and the hedge."""
    amount, factor = printing.amount, printing.factor
    number = amount.number.value * factor if amount.number is not None else ZERO
    upper = amount.upper.value * factor if amount.upper is not None else ZERO
    return number, upper, amount.operator.value, amount.hedge.value if amount.hedge is not None else ""


def _quantum(printing: Printing) -> Fraction:
    number = printing.amount.number
    return number.quantum * printing.factor if number is not None else ZERO
