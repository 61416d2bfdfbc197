"""The only place that puts numbers, intervals and lists into words."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from msgspec import Struct

from planlint.exact import Fraction
from planlint.findings import Text
from planlint.intervals import Interval
from planlint.units import Unit

_SIGNIFICANT = 5


def number(value: Fraction) -> str:
    """Return a number exactly where it has few digits, else with five significant digits (half to even)."""
    exact = _exact(value)
    return exact if exact is not None and len(exact.replace("-", "").replace(".", "")) <= 9 else rounded(value)


def _exact(value: Fraction) -> str | None:
    """Return all digits of a number whose decimal expansion ends within nine places."""
    for places in range(10):
        scaled = value * 10**places
        if scaled.denominator == 1:
            return fixed(value, places)
    return None


def fixed(value: Fraction, places: int) -> str:
    """Return a number with so many decimals, half to even."""
    scaled = round(value * 10**places)
    digits = str(abs(scaled)).rjust(places + 1, "0")
    sign = "-" if scaled < 0 else ""
    return f"{sign}{digits[:-places]}.{digits[-places:]}" if places else sign + digits


def rounded(value: Fraction, significant: int = _SIGNIFICANT) -> str:
    """Return a number with so many significant digits."""
    if value == 0:
        return "0"
    whole = len(str(abs(int(value)))) if abs(value) >= 1 else 0
    if whole >= significant:
        return fixed(value, 0)
    places = significant - whole
    if whole == 0:
        while abs(value) * 10 ** (places - significant + 1) < 1 and places < 30:
            places += 1
    if abs(round(value * 10**places)) >= 10**significant:
        # 9.99996 becomes 10.000, not 10.0000.
        places -= 1
    return fixed(value, places)


def in_unit(value: Fraction, unit: str) -> str:
    """Return a number with its unit, % and ‰ without a space."""
    return f"{number(value)}{unit}" if unit[:1] in "%‰/" else f"{number(value)} {unit}"


def few(value: Fraction) -> Fraction:
    """Return a number of at most five significant digits: what was computed, for show only."""
    return Fraction(rounded(value))


def quotient(count: int, things: int, unit: Unit | None, beside: Fraction = Fraction(0)) -> str:
    """Return a division of whole numbers with what it gives: 2 ÷ 1234 = 1.6207‰.

    Printed in steps of `beside`, in base units, something else would stand there: so many digits are shown at least.
    """
    value, step = Fraction(count, things), beside
    if unit is not None:
        value, step = value / unit.factor, step / unit.factor
    shown = few(value)
    if step and abs(shown - value) * 2 >= step:
        shown = round(value / step) * step
    said = number(shown) if unit is None else in_unit(shown, short_unit(unit))
    return f"{count} ÷ {things} = {said}"


def short(value: Fraction) -> str:
    """Return a number with at most five significant digits and no zeros at the end."""
    return number(few(value))


def like(value: Fraction, unit: str, printed: str) -> str:
    """Return a number in 万 or 亿 where another amount was printed so: 3100000 元 beside 310万元 is 310 万元."""
    many = multiplier(printed)
    if many.word:
        return f"{number(value / many.value)} {many.word}{unit}"
    return in_unit(value, unit) if unit else number(value)


class Multiplier(Struct, frozen=True):
    """A word that multiplies a number, and by how much."""

    word: str
    value: int


_PLAIN = Multiplier("", 1)
_MULTIPLIERS = (Multiplier("亿", 10**8), Multiplier("万", 10**4))


def multiplier(printed: str) -> Multiplier:
    """Return in what an amount was printed: 亿, 万 or plain; the 万 of 13.44/10万 belongs to what it counts per."""
    counted = printed.partition("/")[0]
    return next((many for many in _MULTIPLIERS if many.word in counted), _PLAIN)


def difference(value: Fraction, unit: Unit) -> Text:
    """Return a difference with its unit; between two percentages it is percentage points."""
    if unit.name == "%":
        return Text(f"{number(value)} 个百分点", f"{number(value)} percentage points")
    shown = in_unit(value, short_unit(unit))
    return Text(shown, shown)


def short_unit(unit: Unit) -> str:
    """Return the unit as it stands behind a printed number: the counter of a density."""
    return unit.name.partition("/")[0] or unit.name


def people(value: Fraction) -> str:
    """Return a number of people in 万 where it is that large."""
    return f"{rounded(value / 10**4, 4)} 万" if value >= 10**4 else number(value)


def span(interval: Interval, scale: int = 1, places: int | None = None) -> str:
    """Return an interval with its ends, open ones in round brackets. `scale` divides the numbers shown."""
    low = "-∞" if interval.low is None else _end(interval.low / scale, places)
    high = "∞" if interval.high is None else _end(interval.high / scale, places)
    if low == high:
        return low
    left = "(" if interval.low is None or interval.low_open else "["
    right = ")" if interval.high is None or interval.high_open else "]"
    return f"{left}{low}, {high}{right}"


def _end(value: Fraction, places: int | None) -> str:
    return number(value) if places is None else fixed(value, places)


def listed(parts: Iterable[str], lang: str) -> str:
    """Return a list of parts in a language."""
    items = list(parts)
    if lang == "zh":
        return "、".join(items)
    if len(items) < 2:
        return "".join(items)
    return ", ".join(items[:-1]) + " and " + items[-1]


def both_listed(parts: Sequence[str]) -> Text:
    """Return a list of parts in both languages."""
    return Text(listed(parts, "zh"), listed(parts, "en"))
