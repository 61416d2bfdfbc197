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


def says_more(known: Bound, upper: bool, above: int, below: int, is_open: bool) -> bool:
    """Tell whether an end at a quotient says more than one that is known."""
    # Whole numbers side by side are much faster than fractions.
    value = known.value
    gap = above * value.denominator - value.numerator * below
    if not gap:
        return is_open and not known.open
    return (gap < 0) == upper


def to_whole(bound: Bound) -> Bound:
    """Return an end moved inwards to the next whole number."""
    above, below = bound.value.numerator, bound.value.denominator
    if below == 1 and not bound.open:
        return bound
    return replace(bound, value=Fraction(next_whole(above, below, bound.upper, bound.open)), open=False)


def next_whole(above: int, below: int, upper: bool, is_open: bool) -> int:
    """Return the whole number next to an end at a quotient, inwards of it."""
    number, rest = divmod(above, below)
    if rest:
        return number if upper else number + 1
    return number if not is_open else number - 1 if upper else number + 1


def empty(low: Bound | None, high: Bound | None) -> bool:
    """Tell whether two ends leave nothing between them."""
    if low is None or high is None:
        return False
    one, other = low.value, high.value
    gap = one.numerator * other.denominator - other.numerator * one.denominator
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
