"""Which whole denominators let every printed rate come from a whole number of things: exact, in integers."""

from __future__ import annotations

from planlint.exact import Fraction
from planlint.intervals import Interval

Ranges = list[tuple[int, int]]
"""Whole numbers, as ranges with both ends included, in rising order."""

MANY = 5000
"""Numerators beyond which a rate is taken to suit any denominator: that many show no gaps."""


def wholes(interval: Interval) -> tuple[int, int] | None:
    """Return the lowest and the highest whole number in an interval above zero, None for none or for no end."""
    if interval.low is None or interval.high is None:
        return None
    low = max(first_at(interval.low, beyond=interval.low_open), 0)
    high = last_at(interval.high, beyond=interval.high_open)
    return (low, high) if low <= high else None


def first_at(number: Fraction, *, beyond: bool) -> int:
    """Return the lowest whole number from a number on, that number itself left out where `beyond` says so."""
    up = -((-number.numerator) // number.denominator)
    return up + 1 if beyond and up == number else up


def last_at(number: Fraction, *, beyond: bool) -> int:
    """Return the highest whole number up to a number, that number itself left out where `beyond` says so."""
    down = number.numerator // number.denominator
    return down - 1 if beyond and down == number else down


def denominators(rate: Interval, among: Ranges) -> Ranges:
    """Return the denominators among some from which a whole number gives the rate."""
    if rate.low is None or rate.high is None or rate.high < 0 or not among:
        return among
    if 0 in rate:
        # Nothing at all happened, which can be said of any number.
        return among
    if (rate.high - rate.low) * among[0][0] >= 1:
        # The rate leaves room for a whole number whatever the denominator is.
        return among
    first = first_at(rate.low * among[0][0], beyond=rate.low_open)
    last = last_at(rate.high * among[-1][1], beyond=rate.high_open)
    if last - first > MANY:
        return among
    found: Ranges = []
    for numerator in range(max(first, 1), last + 1):
        low = first_at(numerator / rate.high, beyond=rate.high_open)
        high = among[-1][1]
        if rate.low > 0:
            high = last_at(numerator / rate.low, beyond=rate.low_open)
        if low <= high:
            found.append((low, high))
    return _common(_joined(found), among)


def _joined(ranges: Ranges) -> Ranges:
    """Return ranges that overlap or touch as one; they come in rising order."""
    joined: Ranges = []
    for low, high in ranges:
        if joined and low <= joined[-1][1] + 1:
            joined[-1] = (joined[-1][0], max(joined[-1][1], high))
        else:
            joined.append((low, high))
    return joined


def _common(left: Ranges, right: Ranges) -> Ranges:
    common: Ranges = []
    i = j = 0
    while i < len(left) and j < len(right):
        low, high = max(left[i][0], right[j][0]), min(left[i][1], right[j][1])
        if low <= high:
            common.append((low, high))
        if left[i][1] < right[j][1]:
            i += 1
        else:
            j += 1
    return common
