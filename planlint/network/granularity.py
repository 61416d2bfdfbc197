"""The only place that finds which numbers of things let every printed rate of them be a whole number of things."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from msgspec import Struct

from planlint.intervals import Interval
from planlint.network.ends import Bound, Ends
from planlint.network.variables import Constraint
from planlint.questions.whole import Ranges, denominators


class Rate(Struct, frozen=True):
    """A rate of some things by the number of its variable, with that of its numerator where there is one."""

    value: int
    count: int | None


class Denominator(Struct, frozen=True, eq=False):
    """The numbers of things that suit all rates, and the ends that leave no others."""

    ranges: Ranges
    because: tuple[Bound, ...]


def rates_of(constraint: Constraint) -> list[Rate]:
    """Return the rates that a constraint of rates ties together."""
    found: list[Rate] = []
    for term in constraint.terms[1:]:
        if term.weight.numerator > 0:
            found.append(Rate(term.variable, None))
        else:
            found[-1] = Rate(found[-1].value, term.variable)
    return found


def denominator(
    constraint: Constraint,
    lows: Ends,
    highs: Ends,
    without: Collection[int] = (),
    among: tuple[int, int] | None = None,
) -> Denominator | None:
    """Return which numbers of things suit all rates of a constraint but some; None where all known to be possible do.

    `among` are the numbers to look at, instead of those known to be possible.
    """
    among = among or things(constraint, lows, highs)
    if among is None:
        return None
    ranges: Ranges = [among]
    because: list[Bound] = []
    for rate in rates_of(constraint):
        ends = (lows[rate.value], highs[rate.value])
        if rate.value in without or ends[0] is None or ends[1] is None or not ranges:
            continue
        left, used = _suiting(rate, ends[0], ends[1], ranges, lows, highs)
        if left is not ranges:
            ranges = left
            because += used
    return Denominator(ranges, tuple(because)) if because else None


def things(constraint: Constraint, lows: Ends, highs: Ends) -> tuple[int, int] | None:
    """Return the lowest and the highest number of things that is possible; None for no end, or where there are none."""
    number = constraint.terms[0].variable
    low, high = lows[number], highs[number]
    if low is None or high is None:
        return None
    ends = max(low.value.__ceil__(), 1), high.value.__floor__()
    return ends if ends[0] <= ends[1] else None


def _suiting(
    rate: Rate, low: Bound, high: Bound, among: Ranges, lows: Ends, highs: Ends
) -> tuple[Ranges, Iterator[Bound]]:
    """Return the numbers among some that suit a rate, and the ends that say so."""
    interval = Interval(low.value, high.value, low.open, high.open)
    least = lows[rate.count] if rate.count is not None else None
    most = highs[rate.count] if rate.count is not None else None
    if least is not None and most is not None and least.value == most.value:
        # A number divided by an interval has no gaps.
        return among, iter(())
    bounds = (least.value.__ceil__() if least is not None else 0, most.value.__floor__() if most is not None else None)
    return denominators(interval, among, bounds), (end for end in (low, high, least, most) if end is not None)
