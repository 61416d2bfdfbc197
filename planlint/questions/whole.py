"""Which whole denominators let every printed rate come from a whole number of things: exact, in integers."""

from __future__ import annotations

import functools

from planlint.exact import Fraction
from planlint.intervals import Interval

Ranges = list[tuple[int, int]]
"""Whole numbers, as ranges with both ends included, in rising order."""

MANY = 5000
"""Numerators beyond which a rate is taken to suit any denominator: so many are not tried one by one."""
_TRIED = 1000
"""Denominators of which the nearest rates are looked up one by one."""


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


def denominators(rate: Interval, among: Ranges, numerators: tuple[int, int | None] = (0, None)) -> Ranges:
    """Return the denominators among some from which a whole number gives the rate, among itself where all do.

    `numerators` are the lowest and the highest that are known to be possible.
    """
    if rate.low is None or rate.high is None or rate.high <= 0 or not among:
        return among
    if 0 in rate or 1 in rate:
        # Nothing at all happened, or all of them: both can be said of any number.
        return among
    first, last = among[0][0], among[-1][1]
    width = rate.high - rate.low
    if width * first >= 1:
        # The rate leaves room for a whole number whatever the denominator is.
        return among
    if width * last >= 1:
        # From here on it does.
        last = first_at(1 / width, beyond=False)
    least = max(first_at(rate.low * first, beyond=rate.low_open), numerators[0], 1)
    most = last_at(rate.high * last, beyond=rate.high_open)
    if numerators[1] is not None:
        most = min(most, numerators[1])
    if most - least > MANY:
        return among
    found = list(_gapped(rate, least, most, last))
    if last < among[-1][1]:
        found = [*(pair for pair in found if pair[0] <= last), (last, among[-1][1])]
    common = _common(_joined(found), among)
    return among if common == among else common


@functools.lru_cache(maxsize=512)
def _gapped(rate: Interval, least: int, most: int, last: int) -> tuple[tuple[int, int], ...]:
    """Return for each numerator the denominators that give the rate, the highest at most the last one."""
    if rate.low is None or rate.high is None:
        raise ValueError("a rate without an end suits any denominator")
    (low, under), (high, over) = rate.low.as_integer_ratio(), rate.high.as_integer_ratio()
    found = []
    for numerator in range(least, most + 1):
        start, rest = divmod(numerator * over, high)
        start += bool(rest) or rate.high_open
        end = last
        if low > 0:
            end, rest = divmod(numerator * under, low)
            end = min(end - (rate.low_open and not rest), last)
        if start <= end:
            found.append((start, end))
    return tuple(found)


def around(rate: Interval, among: tuple[int, int]) -> list[tuple[int, int]]:
    """Return the divisions next to a rate that no number of things among some gives: below it and above it."""
    if rate.low is None or rate.high is None:
        return []
    below: list[tuple[Fraction, int, int]] = []
    above: list[tuple[Fraction, int, int]] = []
    for number in range(among[0], min(among[1], among[0] + _TRIED) + 1):
        count = first_at(rate.low * number, beyond=rate.low_open)
        # The largest numerator that gives less, and the next, which gives more.
        below.append((Fraction(count - 1, number), -number, count - 1))
        above.append((Fraction(count, number), number, count))
    nearest = [max(below), min(above)]
    return [(count, abs(number)) for _, number, count in nearest if count >= 0]


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
