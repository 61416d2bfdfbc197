"""The only place that studies a network as a whole: its contradictions, told and repaired, and its implied figures."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from itertools import product

from msgspec import Struct

from planlint.amounts import Rounding
from planlint.exact import Fraction
from planlint.facts import Facts, Figure
from planlint.findings import Mention, Text
from planlint.intervals import Interval
from planlint.network.assembly import network_of
from planlint.network.build import Relations
from planlint.network.cores import WIDEST, Core, Part, Trials, idle, parts, state_of
from planlint.network.evidence import Evidence
from planlint.network.groups import Mended, groups_of, mended, mentions_of, place_of
from planlint.network.propagate import propagate
from planlint.network.repairs import releases
from planlint.network.variables import Constraint, Network, Observation, Shape, Variable
from planlint.network.words import argument, chain, expression, span

_MOST_READINGS = 24


class Argument(Struct, frozen=True):
    """A minimal core with every place, and told in words."""

    core: Core
    mentions: tuple[Mention, ...]
    steps: tuple[Text, ...]


class Implied(Struct, frozen=True):
    """What some observations, or all there are, say of a variable: its interval and how it follows."""

    variable: Variable
    interval: Interval
    observations: tuple[int, ...]
    shown: Text
    """The interval with its unit."""
    steps: tuple[Text, ...]


class Conflict(Mended, frozen=True):
    """One contradiction of a plan, told: all that takes part in it, and the smallest corrections that end it."""

    network: Network
    variables: tuple[Variable, ...]
    arguments: tuple[Argument, ...]
    implied: tuple[Implied, ...]

    @property
    def unsolved(self) -> bool:
        """Tell whether no smallest corrections could be found."""
        return self.group.unsolved


def study(
    facts: Facts, relations: Relations, spoiled: Collection[Figure] = (), tier: Rounding = WIDEST
) -> tuple[Conflict, ...]:
    """Return every contradiction among the figures of a plan, in the order of the file.

    `tier` is the rounding under which figures count as contradicting each other.
    """
    network = network_of(facts, relations, spoiled)
    found: list[Conflict] = []
    evidence = Evidence(facts)
    for part in parts(network, idle(network)):
        found.extend(study_part(network, part, evidence, tier))
    return tuple(sorted(found, key=place_of))


def study_part(network: Network, part: Part, evidence: Evidence, tier: Rounding = WIDEST) -> tuple[Conflict, ...]:
    """Return every contradiction in a part of a network."""
    trials = Trials(network, part, tier)
    released = releases(trials)
    if released is None:
        return ()
    groups = groups_of(network, released)
    return tuple(_told(network, one) for one in mended(trials, groups, released, evidence))


def _told(network: Network, one: Mended) -> Conflict:
    cores = one.group.cores
    variables = sorted({network.observations[number].variable for number in one.group.support})
    return Conflict(
        one.group,
        one.repairs,
        one.capped,
        network,
        tuple(network.variables[number] for number in variables),
        tuple(argument_of(network, core) for core in cores),
        _readings(network, cores),
    )


def implied_figures(network: Network, rounding: Rounding = Rounding.NEAREST) -> tuple[Implied, ...]:
    """Return every variable that nobody prints and that what is printed confines on both sides, with the argument.

    Parts that hold a contradiction imply nothing.
    """
    found = []
    for part in parts(network):
        silent = [number for number in part.variables if not network.printed[number]]
        state = state_of(network, part, rounding) if silent else None
        if state is None or state.conflict is not None:
            continue
        for number in silent:
            low, high = state.lows[number], state.highs[number]
            if low is None or high is None or low.constraint is None or high.constraint is None:
                continue
            interval, variable = state.interval(number), network.variables[number]
            steps = chain(network, low, high)
            found.append(Implied(variable, interval, (), span(interval, variable), steps))
    return tuple(found)


def argument_of(network: Network, core: Core) -> Argument:
    """Return a core with every place, and told in words."""
    return Argument(core, mentions_of(network, core.observations, [core]), argument(network, core))


def _readings(network: Network, cores: Sequence[Core]) -> tuple[Implied, ...]:
    """Return what each constraint of some cores says of a variable that nobody prints, from what is printed beside it.

    Two printings of one figure say two things.
    """
    found: list[Implied] = []
    constraints = sorted({number for core in cores for number in core.constraints})
    silent = {t.variable for n in constraints for t in network.constraints[n].terms if not network.printed[t.variable]}
    for variable in sorted(silent):
        said: list[Implied] = []
        for number in constraints:
            constraint = network.constraints[number]
            if constraint.shape in (Shape.SUM, Shape.PRODUCT) and any(t.variable == variable for t in constraint.terms):
                said.extend(_said(network, constraint, variable))
        found.extend(sorted(said, key=lambda implied: (implied.interval.low or Fraction(0), implied.observations)))
    return tuple(found)


def _said(network: Network, constraint: Constraint, variable: int) -> list[Implied]:
    others = [network.printed[term.variable] for term in constraint.terms if term.variable != variable]
    found = []
    for chosen in list(product(*others))[:_MOST_READINGS]:
        state = propagate(
            network,
            Rounding.NEAREST,
            variables=[term.variable for term in constraint.terms],
            constraints=[constraint.number],
            only=chosen,
        )
        if state.conflict is not None:
            continue
        texts = {network.observations[n].variable: network.observations[n] for n in chosen}
        how = expression(constraint, variable, lambda number, texts=texts: _text(texts[number]))  # type: ignore[misc]
        interval, about = state.interval(variable), network.variables[variable]
        shown = span(interval, about)
        step = Text(f"{about.name.zh} = {how.zh} → {shown.zh}", f"{about.name.en} = {how.en} → {shown.en}")
        found.append(Implied(about, interval, tuple(sorted(chosen)), shown, (step,)))
    return found


def _text(observation: Observation) -> Text:
    return Text(observation.text, observation.text)
