"""The only place that writes a corrected amount as the plan would print it: its own words, unit and precision."""

from __future__ import annotations

import re
from collections.abc import Callable

from msgspec import Struct
from msgspec.structs import replace

from planlint import amounts
from planlint.amounts import Amount, Kind, NotAnAmount, Rounding
from planlint.exact import Fraction
from planlint.intervals import Interval
from planlint.network.variables import Printing
from planlint.patterns import pattern
from planlint.units import UnknownUnit
from planlint.wording import fixed

_DIGITS = pattern(r"[0-9]{1,3}(?:,[0-9]{3})+(?:\.[0-9]+)?|[0-9]+(?:\.[0-9]+)?")
_WIDE = Fraction(40)
"""In units of the last digit: an interval beyond that names no number, only its nearer end."""


class Replacement(Struct, frozen=True, eq=False):
    """A printing with the amount that it should carry: the characters of the plan file, and as a reader knows it."""

    printing: Printing
    raw: str
    text: str
    digits: str
    """The new digits alone."""
    amount: Amount
    factor: Fraction
    """Turns the corrected number into base units."""

    def interval(self, rounding: Rounding) -> Interval:
        """Return the true values that the corrected printing may stand for, in base units."""
        return amounts.measured(self.amount, rounding, exact=self.printing.exact).times(self.factor)

    @property
    def value(self) -> Fraction:
        """Return the corrected number in base units."""
        number = self.amount.number
        if number is None:
            raise ValueError("a corrected amount always has a number")
        return number.value * self.factor


def quantum(printing: Printing) -> Fraction:
    """Return what one unit of the last printed digit is worth, in base units."""
    number = printing.amount.number
    return abs(number.quantum * printing.factor) if number is not None else Fraction(0)


def digits_of(printing: Printing) -> str:
    """Return the digits as printed, empty where there is not exactly one number in digits."""
    found = _number_in(printing.raw)
    return found.group().replace(",", "") if found is not None else ""


Fits = Callable[[Fraction, Fraction], bool]
"""Tells whether a number, printed in steps of some size, both in base units, would do."""


def fits_into(printing: Printing, wanted: Interval) -> Fits:
    """Return what tells whether a number printed in steps of some size may stand for a value in an interval."""
    number = printing.amount.number
    counted = printing.exact and number is not None and number.whole

    def fits(value: Fraction, step: Fraction) -> bool:
        if counted:
            return value in wanted
        return Interval(value - step / 2, value + step / 2).meets(wanted)

    return fits


def fitting(printing: Printing, wanted: Interval, fits: Fits, finer: int = 0) -> list[Fraction]:
    """Return the numbers a printing may take to fall into an interval, the most plausible first, in base units.

    `finer` is how many further digits may be printed.
    """
    step = quantum(printing) / 10**finer
    if not step:
        return []
    low, high = wanted.low, wanted.high
    old = printing.amount.number.value * printing.factor if printing.amount.number is not None else Fraction(0)
    if low is not None and high is not None:
        middle = (low + high) / 2
        if (high - low) / step > _WIDE and not low <= old <= high:
            middle = low if old < low else high
    elif low is not None:
        middle = max(low, old)
    elif high is not None:
        middle = min(high, old)
    else:
        return []
    nearest = _half_up(middle / step)
    around = [nearest, nearest + 1, nearest - 1]
    return [n * step for n in around if n >= 0 and fits(n * step, step)]


def _half_up(value: Fraction) -> int:
    return int((value + Fraction(1, 2)).__floor__())


def replace_number(printing: Printing, value: Fraction, finer: int = 0) -> Replacement | None:
    """Return a printing with another number, None where the text cannot carry it. `finer` adds digits."""
    number = printing.amount.number
    found = _number_in(printing.raw)
    if number is None or found is None:
        return None
    places = len(found.group().partition(".")[2])
    digits = _written(value / one_of(printing), places + finer, "," in found.group())
    replaced = replace_digits(printing, digits) if digits is not None else None
    return replaced if replaced is not None and replaced.value == value else None


def one_of(printing: Printing) -> Fraction:
    """Return what a printed 1 would be worth, in base units."""
    found, number = _number_in(printing.raw), printing.amount.number
    if found is None or number is None:
        raise ValueError(f"{printing.mention.id} prints no number in digits")
    decimals: int = 10 ** len(found.group().partition(".")[2])
    return number.quantum * decimals * printing.factor


def replace_digits(printing: Printing, digits: str, old: str = "", new: str = "") -> Replacement | None:
    """Return a printing with other digits, and a part of its unit replaced; None where the text cannot carry it."""
    found, shown = _number_in(printing.raw), _number_in(printing.mention.text)
    if found is None:
        return None
    raw = printing.raw[: found.start()] + digits + _other_unit(printing.raw[found.end() :], old, new)
    text = printing.mention.text
    if shown is not None:
        text = text[: shown.start()] + digits + _other_unit(text[shown.end() :], old, new)
    amount = _read(printing, raw)
    if amount is None or amount.number is None:
        return None
    factor = printing.factor
    if old in _SCALES and new in _SCALES:
        # 万 and 亿 are part of the number; a scale is part of the unit.
        factor *= _SCALES[new] / _SCALES[old]
    return Replacement(printing, raw, text, digits.replace(",", ""), amount, factor)


def replace_unit(printing: Printing, old: str, new: str, factor: Fraction) -> Replacement | None:
    """Return a printing with another unit behind the same digits; None where the plan file does not print it there."""
    if printing.raw.count(old) != 1 or printing.mention.text.count(old) != 1:
        return None
    raw, text = printing.raw.replace(old, new), printing.mention.text.replace(old, new)
    amount = _read(printing, raw)
    return Replacement(printing, raw, text, digits_of(printing), amount, factor) if amount is not None else None


def append_unit(printing: Printing, unit: str) -> Replacement | None:
    """Return a printing with a unit behind its digits; None where something stands there already."""
    if behind(printing).strip() or not digits_of(printing):
        return None
    raw, text = printing.raw.rstrip() + unit, printing.mention.text.rstrip() + unit
    amount = _read(printing, raw)
    return (
        Replacement(printing, raw, text, digits_of(printing), amount, printing.factor) if amount is not None else None
    )


_SCALES = {"%": Fraction(1, 100), "‰": Fraction(1, 1000)}


def _other_unit(behind: str, old: str, new: str) -> str:
    if old:
        return behind.replace(old, new, 1)
    gap = behind[: len(behind) - len(behind.lstrip())]
    return gap + new + behind.lstrip() if new else behind


def behind(printing: Printing) -> str:
    """Return what stands behind the digits of the plan file."""
    found = _number_in(printing.raw)
    return printing.raw[found.end() :] if found is not None else ""


def _written(value: Fraction, places: int, parted: bool) -> str | None:
    """Return a number with so many decimals, None where they do not hold it."""
    if (value * 10**places).denominator != 1 or value < 0:
        return None
    digits = fixed(value, places)
    if not parted:
        return digits
    whole, point, decimals = digits.partition(".")
    return f"{int(whole):,}{point}{decimals}"


def _number_in(text: str) -> re.Match[str] | None:
    """Return the number of a text: the only one, the left-hand one of 20/10万, the right-hand one of 1:1.39."""
    found = list(_DIGITS.finditer(text))
    if len(found) == 2:
        between = text[found[0].end() : found[1].start()].strip()
        return {":": found[1], "：": found[1], "∶": found[1], "/": found[0], "／": found[0]}.get(between)
    return found[0] if len(found) == 1 else None


def _read(printing: Printing, raw: str) -> Amount | None:
    try:
        amount = amounts.parse(raw)
        if amount.change is not None:
            # 增长20% is by so much; which way it goes is not part of the number.
            amount = replace(amount, kind=Kind.VALUE, change=None)
        heading = printing.figure.statement.unit if printing.figure is not None else printing.heading
        return amounts.in_unit(amount, heading) if heading else amount
    except (NotAnAmount, UnknownUnit):
        return None
