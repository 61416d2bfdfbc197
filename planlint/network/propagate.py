"""The only place that derives what must hold from what is printed: intervals, each end with the argument for it.

An end of an interval knows the constraint that gave it and the ends it was computed from, down to what is printed, so
that a contradiction comes with its own explanation and an implied figure with its derivation.

What is decided: from every constraint each of its variables is narrowed by the others until nothing changes. No
variable stands twice in a constraint, so every single step is exact, open and closed ends included. Where the
constraints hang together without a circle (variables that are known to a point apart), the end of that is exact, too:
if no interval is empty there is a solution. In circles an inconsistency may go unnoticed; "not refuted" counts as
consistent. Products are followed only for variables that cannot be negative, and never by a division by zero. What is
counted one by one takes whole numbers only, printed or not: ends of intervals move inwards to them. A number of things
of which rates are printed is one that lets each of them come from a whole number, all of them together: its ends move
inwards to the next such number, and where there is none, that is a contradiction.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Collection, Iterable
from math import lcm

from planlint.amounts import Rounding
from planlint.exact import Fraction
from planlint.intervals import Interval
from planlint.network.ends import Bound, Conflicting, Ends, State, empty, next_whole, says_more, to_whole
from planlint.network.granularity import denominator
from planlint.network.variables import ONE, Constraint, Network, Shape, Term

DEEPEST = 40
"""How long an argument may become: beyond that a circle creeps towards a limit that it never reaches."""
MOST_STEPS = 60
"""How often constraints are looked at, on average, before all is taken as it stands."""

_SHORT = 4
"""Constraints of more terms wait until the short ones have said what they can."""


class _Work:
    def __init__(self, network: Network) -> None:
        count = len(network.variables)
        self.network = network
        self.variables = network.variables
        self.lows: Ends = [None] * count
        self.highs: Ends = [None] * count
        self.conflict: Conflicting | None = None
        self.moved: list[int] = []

    def put(self, bound: Bound) -> None:
        """Take an end where it says more than the known one."""
        if self.variables[bound.variable].integral:
            bound = to_whole(bound)
        known = (self.highs if bound.upper else self.lows)[bound.variable]
        if known is None or says_more(known, bound.upper, bound.value.numerator, bound.value.denominator, bound.open):
            self.take(bound)

    def take(self, bound: Bound) -> None:
        """Take an end that says more than the known one, and a whole number where the variable is one."""
        number = bound.variable
        (self.highs if bound.upper else self.lows)[number] = bound
        self.moved.append(number)
        if self.conflict is None:
            low, high = self.lows[number], self.highs[number]
            if low is not None and high is not None and empty(low, high):
                self.conflict = Conflicting(low, high)

    def observe(self, number: int, interval: Interval) -> None:
        """Take the ends of what is printed."""
        variable = self.network.observations[number].variable
        if interval.low is not None:
            self.put(Bound(variable, False, interval.low, interval.low_open, number))
        if interval.high is not None:
            self.put(Bound(variable, True, interval.high, interval.high_open, number))


def propagate(
    network: Network,
    rounding: Rounding,
    *,
    variables: Iterable[int] | None = None,
    constraints: Collection[int] | None = None,
    without: Collection[int] = (),
    only: Collection[int] | None = None,
) -> State:
    """Return what follows from what is printed, under a rounding.

    `variables` and `constraints` confine the work to a part of the network; observations in `without` are left out, and
    where `only` is given all others, too.
    """
    work = _Work(network)
    concerned = range(len(network.variables)) if variables is None else variables
    for number in concerned:
        variable = network.variables[number]
        if variable.low is not None:
            work.put(Bound(number, False, variable.low, False))
        if variable.high is not None:
            work.put(Bound(number, True, variable.high, False))
        for observation in network.printed[number]:
            if observation not in without and (only is None or observation in only):
                work.observe(observation, network.observations[observation].interval(rounding))
        if work.conflict is not None:
            break
    _settle(work, constraints)
    return State(work.lows, work.highs, work.conflict)


def extend(
    network: Network,
    state: State,
    constraints: Collection[int],
    observed: Iterable[tuple[int, Interval]],
    assumed: Iterable[tuple[int, Interval]] = (),
) -> State:
    """Return what follows from what a state knows, which holds no contradiction, and from further observations.

    It is what propagate returns for all of them together; only what they touch is looked at. `assumed` are variables
    that are taken to lie in an interval, which needs no argument.
    """
    work = _Work(network)
    work.lows, work.highs = state.lows.copy(), state.highs.copy()
    for number, interval in observed:
        work.observe(number, interval)
    for number, interval in assumed:
        if interval.low is not None and interval.high is not None:
            work.put(Bound(number, False, interval.low, interval.low_open))
            work.put(Bound(number, True, interval.high, interval.high_open))
    _settle(work, constraints)
    return State(work.lows, work.highs, work.conflict)


def _settle(work: _Work, constraints: Collection[int] | None) -> None:
    """Apply constraints, the earliest touched first, until nothing moves or there is a contradiction."""
    network = work.network
    waiting: deque[int] = deque()
    late: deque[int] = deque()
    queued: set[int] = set()

    def enqueue() -> None:
        for variable in work.moved:
            for number in network.touching[variable]:
                if number not in queued and (constraints is None or number in constraints):
                    queued.add(number)
                    (waiting if len(network.constraints[number].terms) <= _SHORT else late).append(number)
        work.moved.clear()

    enqueue()
    steps = MOST_STEPS * len(network.constraints if constraints is None else constraints)
    while (waiting or late) and work.conflict is None and steps:
        steps -= 1
        number = waiting.popleft() if waiting else late.popleft()
        queued.discard(number)
        apply(network.constraints[number], work)
        enqueue()


def apply(constraint: Constraint, work: _Work) -> None:
    """Narrow every variable of a constraint by the others."""
    if constraint.shape is Shape.PRODUCT:
        _product(constraint, work)
    elif constraint.shape is Shape.RATES:
        _rates(constraint, work)
    else:
        _sum(constraint, work)


def _sum(constraint: Constraint, work: _Work) -> None:
    """Narrow by Σ weight · variable + constant, which is zero or at most zero."""
    terms = constraint.terms
    # The smallest and the largest value of each term; an unknown end is counted, not added.
    for upper in (False, True):
        if upper and constraint.shape is Shape.BOUND:
            # What is at most zero has no smallest value: nothing follows from the largest values of the terms.
            return
        ends = [(work.highs if (t.weight.numerator > 0) == upper else work.lows)[t.variable] for t in terms]
        missing = [index for index, end in enumerate(ends) if end is None] if None in ends else []
        if len(missing) > 1:
            continue
        above, below, opened = _total(constraint, ends)
        for index in missing or _loose(constraint, work):
            term, own = terms[index], ends[index]
            over, under = above, below
            if own is not None:
                # The others at their least leave this term at most so much, and the other way round.
                least, parts = _weighted(term, own)
                over, under = (over - least, under) if parts == under else (over * parts - least * under, under * parts)
            is_open = opened > (own is not None and own.open)
            weight, share = term.weight.numerator, term.weight.denominator
            if weight > 0:
                _offer(work, constraint, index, not upper, -over * share, under * weight, is_open, ends)
            else:
                _offer(work, constraint, index, upper, over * share, -under * weight, is_open, ends)


def _weighted(term: Term, end: Bound) -> tuple[int, int]:
    """Return one end of a term as a quotient."""
    value, weight = end.value, term.weight
    if weight is ONE:
        return value.numerator, value.denominator
    return value.numerator * weight.numerator, value.denominator * weight.denominator


def _total(constraint: Constraint, ends: Ends) -> tuple[int, int, int]:
    """Return the sum of the known ends as a quotient, and how many of them are open."""
    # Whole numbers side by side are much faster than fractions.
    above, below, opened = constraint.constant.numerator, constraint.constant.denominator, 0
    for term, end in zip(constraint.terms, ends, strict=True):
        if end is None:
            continue
        over, under = _weighted(term, end)
        if under == below:
            above += over
        elif below % under == 0:
            above += over * (below // under)
        else:
            common = lcm(below, under)
            above, below = above * (common // below) + over * (common // under), common
        opened += end.open
    return above, below, opened


def _loose(constraint: Constraint, work: _Work) -> list[int]:
    """Return which terms can be narrowed: known points cannot, and any one term tells whether the sum can be right."""
    found = []
    for index, term in enumerate(constraint.terms):
        low, high = work.lows[term.variable], work.highs[term.variable]
        if low is None or high is None or low.value is not high.value:
            found.append(index)
    return found or [0]


def _offer(
    work: _Work, constraint: Constraint, index: int, upper: bool, above: int, below: int, is_open: bool, ends: Ends
) -> None:
    """Take an end that a constraint gives for one of its terms, if it says more; its parents are the other ends."""
    number = constraint.terms[index].variable
    known = (work.highs if upper else work.lows)[number]
    if known is not None and not says_more(known, upper, above, below, is_open):
        return
    if work.variables[number].integral:
        above, below, is_open = next_whole(above, below, upper, is_open), 1, False
        if known is not None and not says_more(known, upper, above, below, is_open):
            return
    parents = tuple([end for place, end in enumerate(ends) if end is not None and place != index])
    depth = 1 + max([parent.depth for parent in parents], default=0)
    if depth <= DEEPEST:
        work.take(Bound(number, upper, Fraction(above, below), is_open, None, constraint.number, parents, depth))


def _product(constraint: Constraint, work: _Work) -> None:
    """Narrow by constant · Π variable ^ weight = 1 among variables that are not negative."""
    lows: Ends = []
    highs: Ends = []
    for term in constraint.terms:
        low = work.lows[term.variable]
        if low is None or low.value.numerator < 0:
            return
        lows.append(low)
        highs.append(work.highs[term.variable])
    signs = [term.weight.numerator > 0 for term in constraint.terms]
    for index in range(len(signs)):
        for upper in (False, True):
            _quotient(constraint, work, index, upper, signs, lows, highs)


def _quotient(
    constraint: Constraint, work: _Work, index: int, upper: bool, signs: list[bool], lows: Ends, highs: Ends
) -> None:
    """Offer one end of one term of a product, computed from the ends of the others; never divide by zero."""
    own = signs[index]
    above, below = constraint.constant.numerator, constraint.constant.denominator
    if own:
        above, below = below, above
    is_open = missing = False
    for place, sign in enumerate(signs):
        if place == index:
            continue
        # What multiplies this term goes to the other side: its like exponents divide, its unlike ones multiply.
        divides = sign == own
        end = (highs if divides != upper else lows)[place]
        over = end.value.numerator if end is not None else 0
        if end is None or not over:
            if end is not None and not divides:
                if upper:
                    _nothing(constraint, work, index, place, signs, lows, highs)
                return
            missing = True
            continue
        under = end.value.denominator
        above, below = (above * under, below * over) if divides else (above * over, below * under)
        is_open = is_open or end.open
    if not missing:
        known = (work.highs if upper else work.lows)[constraint.terms[index].variable]
        if known is None or says_more(known, upper, above, below, is_open):
            ends = [(highs if (sign == own) != upper else lows)[place] for place, sign in enumerate(signs)]
            _offer(work, constraint, index, upper, above, below, is_open, ends)


def _nothing(
    constraint: Constraint, work: _Work, index: int, place: int, signs: list[bool], lows: Ends, highs: Ends
) -> None:
    """Offer that a term is at most nothing because another one, which multiplies it, is."""
    divides = [sign == signs[index] for sign in signs]
    ends = [(lows if divides[at] else highs)[at] for at in range(len(signs))]
    divisors = [end for at, end in enumerate(ends) if divides[at] and at != index]
    if all(end is not None and (end.value.numerator or end.open) for end in divisors):
        # Nothing times anything is nothing, however large the rest may be; divided by what may be nothing, too, it can
        # be anything.
        kept = [end if at == place or divides[at] else None for at, end in enumerate(ends)]
        _offer(work, constraint, index, True, 0, 1, False, kept)


def _rates(constraint: Constraint, work: _Work) -> None:
    """Narrow a number of things to those of which every rate is a whole number of things."""
    number = constraint.terms[0].variable
    low, high = work.lows[number], work.highs[number]
    found = denominator(constraint, work.lows, work.highs)
    if found is None or low is None or high is None:
        return
    parents = (low, high, *found.because)
    depth = 1 + max(parent.depth for parent in parents)
    if depth > DEEPEST:
        return
    # Where there is none, one end is put beyond the other.
    first, last = (found.ranges[0][0], found.ranges[-1][1]) if found.ranges else (high.value + 1, high.value)
    if first > low.value:
        work.put(Bound(number, False, Fraction(first), False, None, constraint.number, parents, depth))
    if last < high.value:
        work.put(Bound(number, True, Fraction(last), False, None, constraint.number, parents, depth))
