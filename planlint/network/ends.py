"""The only place that says what is known of a variable: the ends of its interval, each with the argument for it."""

from __future__ import annotations

from msgspec import Struct
from msgspec.structs import replace

from planlint.exact import Fraction
from planlint.intervals import Interval


class Bound(Struct, frozen=True, eq=False):
    """One end of a variable's interval, and why it is there: printed, given by a constraint, or natural (neither)."""

    variable: int
    upper: bool
    value: Fraction
    open: bool
    observation: int | None = None
    constraint: int | None = None
    parents: tuple[Bound, ...] = ()
    depth: int = 0


class Conflicting(Struct, frozen=True, eq=False):
    """Two ends that leave nothing between them."""

    low: Bound
    high: Bound


Ends = list[Bound | None]


class State(Struct, frozen=True):
    """What is known of every variable: its ends, and the first contradiction, if there is one."""

    lows: Ends
    highs: Ends
    conflict: Conflicting | None

    def interval(self, variable: int) -> Interval:
        """Return what is known of a variable. There must be no conflict."""
        low, high = self.lows[variable], self.highs[variable]
        return Interval(
            None if low is None else low.value,
            None if high is None else high.value,
            low is not None and low.open,
            high is not None and high.open,
        )


def tighter(bound: Bound, known: Bound | None) -> bool:
    """Tell whether an end says more than the one that is known."""
    return known is None or says_more(known, bound.upper, *bound.value.as_integer_ratio(), bound.open)


def says_more(known: Bound, upper: bool, above: int, below: int, is_open: bool) -> bool:
    """Tell whether an end at a quotient says more than one that is known."""
    # Whole numbers side by side are much faster than fractions.
    over, under = known.value.as_integer_ratio()
    gap = above * under - over * below
    if not gap:
        return is_open and not known.open
    return (gap < 0) == upper


def to_whole(bound: Bound) -> Bound:
    """Return an end moved inwards to the next whole number."""
    above, below = bound.value.as_integer_ratio()
    if below == 1 and not bound.open:
        return bound
    number = -(-above // below) if not bound.upper else above // below
    if below == 1:
        number += -1 if bound.upper else 1
    return replace(bound, value=Fraction(number), open=False)


def empty(low: Bound | None, high: Bound | None) -> bool:
    """Tell whether two ends leave nothing between them."""
    if low is None or high is None:
        return False
    above, below = low.value.as_integer_ratio()
    over, under = high.value.as_integer_ratio()
    gap = above * under - over * below
    return gap > 0 or (not gap and (low.open or high.open))


def explained(*bounds: Bound) -> tuple[frozenset[int], frozenset[int]]:
    """Return the observations and the constraints that an argument rests on."""
    observations: set[int] = set()
    constraints: set[int] = set()
    seen: set[int] = set()
    waiting = list(bounds)
    while waiting:
        bound = waiting.pop()
        if id(bound) in seen:
            continue
        seen.add(id(bound))
        if bound.observation is not None:
            observations.add(bound.observation)
        if bound.constraint is not None:
            constraints.add(bound.constraint)
        waiting.extend(bound.parents)
    return frozenset(observations), frozenset(constraints)
