"""The only place that writes a corrected amount as the plan would print it: its own words, unit and precision."""

from __future__ import annotations

import re

from msgspec import Struct

from planlint import amounts
from planlint.amounts import Amount, NotAnAmount, Rounding
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

    def interval(self, rounding: Rounding) -> Interval:
        """Return the true values that the corrected printing may stand for, in base units."""
        return amounts.measured(self.amount, rounding, exact=self.printing.exact).times(self.printing.factor)

    @property
    def value(self) -> Fraction:
        """Return the corrected number in base units."""
        number = self.amount.number
        if number is None:
            raise ValueError("a corrected amount always has a number")
        return number.value * self.printing.factor


def quantum(printing: Printing) -> Fraction:
    """Return what one unit of the last printed digit is worth, in base units."""
    number = printing.amount.number
    return abs(number.quantum * printing.factor) if number is not None else Fraction(0)


def digits_of(printing: Printing) -> str:
    """Return the digits as printed, empty where there is not exactly one number in digits."""
    found = _number_in(printing.raw)
    return found.group().replace(",", "") if found is not None else ""


def fitting(printing: Printing, wanted: Interval, finer: int = 0) -> list[Fraction]:
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
    return [n * step for n in around if n >= 0 and _allowed(printing, n * step, step, wanted)]


def _half_up(value: Fraction) -> int:
    return int((value + Fraction(1, 2)).__floor__())


def _allowed(printing: Printing, value: Fraction, step: Fraction, wanted: Interval) -> bool:
    number = printing.amount.number
    if printing.exact and number is not None and number.whole:
        return value in wanted
    return Interval(value - step / 2, value + step / 2).meets(wanted)


def replace_number(printing: Printing, value: Fraction, finer: int = 0) -> Replacement | None:
    """Return a printing with another number, None where the text cannot carry it. `finer` adds digits."""
    number = printing.amount.number
    found = _number_in(printing.raw)
    if number is None or found is None:
        return None
    places = len(found.group().partition(".")[2])
    many = number.quantum * 10**places
    digits = _written(value / printing.factor / many, places + finer, "," in found.group())
    if digits is None:
        return None
    raw = printing.raw[: found.start()] + digits + printing.raw[found.end() :]
    shown = _number_in(printing.mention.text)
    text = printing.mention.text
    if shown is not None:
        text = text[: shown.start()] + digits + text[shown.end() :]
    amount = _read(printing, raw)
    if amount is None or amount.number is None or amount.number.value * printing.factor != value:
        return None
    return Replacement(printing, raw, text, digits.replace(",", ""), amount)


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
        heading = printing.figure.statement.unit if printing.figure is not None else ""
        return amounts.in_unit(amount, heading) if heading else amount
    except (NotAnAmount, UnknownUnit):
        return None
