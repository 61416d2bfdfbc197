"""The only place for interval arithmetic: exact ends, open or closed, never a float.

An end that is None is infinite. The rules for open ends: an end of a result is closed only where it is reached by
closed ends of all operands (Hickey, Ju, van Emden: Interval arithmetic, from principles to implementation, 2001).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from msgspec import Struct

from planlint.exact import Fraction, ratio


class EmptyInterval(ValueError):
    """Two ends that leave no number between them."""


class Interval(Struct, frozen=True, gc=False):
    """All numbers between two ends. `low_open` and `high_open` say that the end itself is not among them."""

    low: Fraction | None
    high: Fraction | None
    low_open: bool = False
    high_open: bool = False

    def __post_init__(self) -> None:
        low, high = self.low, self.high
        if low is None or high is None or (low is high and not (self.low_open or self.high_open)):
            return
        # As `low >= high` says, without the call.
        left, right = low.numerator * high.denominator, high.numerator * low.denominator
        if left > right or (left == right and (self.low_open or self.high_open)):
            raise EmptyInterval(f"no number lies between {low} and {high}")

    def __contains__(self, number: Fraction | int) -> bool:
        if self.low is not None and (number < self.low or (self.low_open and number == self.low)):
            return False
        return self.high is None or not (number > self.high or (self.high_open and number == self.high))

    def __neg__(self) -> Interval:
        return Interval(
            None if self.high is None else -self.high,
            None if self.low is None else -self.low,
            self.high_open,
            self.low_open,
        )

    def __add__(self, other: Interval) -> Interval:
        low = None if self.low is None or other.low is None else self.low + other.low
        if self.high is self.low and other.high is other.low:
            high = low
        else:
            high = None if self.high is None or other.high is None else self.high + other.high
        # An infinite end is neither open nor closed: equal intervals must compare equal.
        low_open = low is not None and (self.low_open or other.low_open)
        high_open = high is not None and (self.high_open or other.high_open)
        return Interval(low, high, low_open, high_open)

    def __sub__(self, other: Interval) -> Interval:
        low = None if self.low is None or other.high is None else self.low - other.high
        high = None if self.high is None or other.low is None else self.high - other.low
        low_open = low is not None and (self.low_open or other.high_open)
        high_open = high is not None and (self.high_open or other.low_open)
        return Interval(low, high, low_open, high_open)

    def times(self, factor: Fraction | int) -> Interval:
        """Return the interval scaled by an exact factor; a negative one swaps the ends and their openness."""
        above, below = factor.numerator, factor.denominator
        if above == below:
            return self
        if above <= 0:
            return -self.times(-factor) if above else point(Fraction(0))
        low, high = self.low, self.high
        if low is not None:
            low = ratio(low.numerator * above, low.denominator * below)
        if high is self.low:
            return Interval(low, low, self.low_open, self.high_open)
        if high is not None:
            high = ratio(high.numerator * above, high.denominator * below)
        return Interval(low, high, self.low_open, self.high_open)

    def __mul__(self, other: Interval) -> Interval:
        a, b, c, d = self.low, self.high, other.low, other.high
        if a is not None and b is not None and c is not None and d is not None:
            if a.numerator > 0 and c.numerator > 0:
                # Two positive intervals are nearly all there are: the ends meet their like.
                low_open, high_open = self.low_open or other.low_open, self.high_open or other.high_open
                low_end = ratio(a.numerator * c.numerator, a.denominator * c.denominator)
                if a is b and c is d:
                    return Interval(low_end, low_end, low_open, high_open)
                high_end = ratio(b.numerator * d.numerator, b.denominator * d.denominator)
                return Interval(low_end, high_end, low_open, high_open)
        products = [_product(a, b) for a in _ends(self) for b in _ends(other)]
        low = min(products, key=lambda end: (end.rank, end.number, end.open))
        high = max(products, key=lambda end: (end.rank, end.number, not end.open))
        return Interval(
            low.number if low.rank == 0 else None,
            high.number if high.rank == 0 else None,
            low.rank == 0 and low.open,
            high.rank == 0 and high.open,
        )

    def __truediv__(self, other: Interval) -> Interval:
        """Return the quotient. Raises ZeroDivisionError where the divisor may be zero."""
        a, b, c, d = self.low, self.high, other.low, other.high
        if c is None or c.numerator <= 0:
            if Fraction(0) in other or c == 0 or d == 0:
                raise ZeroDivisionError("the divisor may be zero")
        elif a is not None and b is not None and d is not None and a.numerator > 0:
            # Two positive intervals again: the ends meet the opposite ones.
            low_end = ratio(a.numerator * d.denominator, a.denominator * d.numerator)
            high_end = ratio(b.numerator * c.denominator, b.denominator * c.numerator)
            return Interval(low_end, high_end, self.low_open or other.high_open, self.high_open or other.low_open)
        return self * Interval(
            Fraction(0) if other.high is None else 1 / other.high,
            Fraction(0) if other.low is None else 1 / other.low,
            other.high is None or other.high_open,
            other.low is None or other.low_open,
        )

    def meets(self, other: Interval) -> bool:
        """Tell whether the two intervals have a number in common."""
        return not (self.below(other) or other.below(self))

    def only_touches(self, other: Interval) -> bool:
        """Tell whether the two have no more in common than the number where one ends and the other begins.

        Both must be wider than a number: an exact number at the end of an interval lies in it.
        """
        if self.low == self.high or other.low == other.high:
            return False
        return (self.high is not None and self.high == other.low) or (self.low is not None and self.low == other.high)

    def below(self, other: Interval) -> bool:
        """Tell whether every number of this interval is smaller than every number of the other."""
        high, low = self.high, other.low
        if high is None or low is None:
            return False
        left, right = high.numerator * low.denominator, low.numerator * high.denominator
        return left < right or (left == right and (self.high_open or other.low_open))

    def intersect(self, other: Interval) -> Interval | None:
        """Return the numbers in both, None if there are none. An open end beats a closed one at the same number."""
        if not self.meets(other):
            return None
        low, low_open, high, high_open = self.low, self.low_open, self.high, self.high_open
        if other.low is not None:
            if low is None or other.low > low:
                low, low_open = other.low, other.low_open
            elif other.low_open and not low_open:
                low_open = other.low == low
        if other.high is not None:
            if high is None or other.high < high:
                high, high_open = other.high, other.high_open
            elif other.high_open and not high_open:
                high_open = other.high == high
        return Interval(low, high, low is not None and low_open, high is not None and high_open)

    def hull(self, other: Interval) -> Interval:
        """Return the smallest interval that holds both."""
        if self.low is None or other.low is None:
            low, low_open = None, False
        else:
            low = min(self.low, other.low)
            low_open = all(i.low_open for i in (self, other) if i.low == low)
        if self.high is None or other.high is None:
            high, high_open = None, False
        else:
            high = max(self.high, other.high)
            high_open = all(i.high_open for i in (self, other) if i.high == high)
        return Interval(low, high, low_open, high_open)


def point(number: Fraction | int) -> Interval:
    """Return the interval that holds one number."""
    exact = number if type(number) is Fraction else Fraction(number)
    return Interval(exact, exact)


def total(parts: Iterable[Interval]) -> Interval:
    """Return the sum of intervals; the empty sum is zero."""
    result: Interval | None = None
    for part in parts:
        result = part if result is None else result + part
    return point(0) if result is None else result


def largest_agreement(intervals: Sequence[Interval]) -> list[frozenset[int]]:
    """Return the largest sets of intervals (by index) that have one number in common.

    Intervals on a line share a number as soon as they meet in pairs (Helly), and every largest set shares the lowest
    number that its members allow, so it is enough to look where an interval begins.
    """
    found: dict[frozenset[int], None] = {}
    for candidate in intervals:
        common: Interval | None = candidate
        # What lies at the low end of the candidate: everything that begins no later and ends no earlier.
        members = frozenset(index for index, other in enumerate(intervals) if _holds_low_end(other, candidate))
        for index in members:
            common = common.intersect(intervals[index]) if common else None
        if common is not None:
            found[members] = None
    if not found:
        return []
    size = max(map(len, found))
    return [members for members in found if len(members) == size]


def _holds_low_end(other: Interval, candidate: Interval) -> bool:
    """Tell whether the other interval begins no later than the candidate and meets it."""
    if not other.meets(candidate):
        return False
    if other.low is None:
        return True
    if candidate.low is None:
        return False
    return other.low < candidate.low or (other.low == candidate.low and (candidate.low_open or not other.low_open))


class _End(Struct, frozen=True):
    """An end of an interval: rank -1 and 1 are the infinities, 0 a number."""

    rank: int
    number: Fraction
    open: bool


def _ends(interval: Interval) -> tuple[_End, _End]:
    low = _End(-1, Fraction(0), True) if interval.low is None else _End(0, interval.low, interval.low_open)
    high = _End(1, Fraction(0), True) if interval.high is None else _End(0, interval.high, interval.high_open)
    return low, high


def _product(a: _End, b: _End) -> _End:
    # A closed zero times anything is a zero that is reached; an open zero times infinity stays an open zero.
    zeros = [end for end in (a, b) if end.rank == 0 and end.number == 0]
    if zeros:
        return _End(0, Fraction(0), all(end.open for end in zeros))
    if a.rank or b.rank:
        sign = _sign(a) * _sign(b)
        return _End(sign, Fraction(0), True)
    return _End(0, a.number * b.number, a.open or b.open)


def _sign(end: _End) -> int:
    if end.rank:
        return end.rank
    return 1 if end.number > 0 else -1
