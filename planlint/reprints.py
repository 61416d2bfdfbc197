"""How a number would be printed otherwise: the likeliest text in an interval, as precise as what stands there."""

from __future__ import annotations

from collections.abc import Iterable

from msgspec import Struct

from planlint import wording
from planlint.amounts import parse
from planlint.exact import Fraction
from planlint.intervals import Interval
from planlint.misprints import COPIED, meant
from planlint.patterns import pattern
from planlint.sights import Printed

_DIGITS = pattern(r"[0-9]+(?:,[0-9]{3})*(?:\.([0-9]+))?")
_CANDIDATES = 300
_SCALES = {"%": Fraction(1, 100), "‰": Fraction(1, 1000)}


class Change(Struct, frozen=True):
    """One number to change, into `text` most likely. All from `first` to `last` would do, printed as precisely."""

    printed: Printed
    first: str
    last: str
    text: str
    edits: int
    """How many digits differ from what is printed."""
    is_printed: bool = False
    """Whether the plan prints this value of the same figure somewhere else."""


def likeliest(printed: Printed, allowed: Interval, printings: Iterable[str] = ()) -> tuple[Fraction, Change] | None:
    """Return the likeliest number in an interval and how likely a slip made the printed one of it; None for no number.

    What the other `printings` of the figure say comes first. Zero is the likelihood of a number that no single slip
    explains.
    """
    change = into(printed, allowed)
    before = printed.amount.text
    slips = meant(before)
    known = dict(slips)
    copies = [(text, known.get(text, Fraction(COPIED))) for text in printings]
    for text, chance in (*sorted(copies, key=lambda copy: -copy[1]), *slips):
        if text != before and _is_allowed(text, printed, allowed):
            first, last = (change.first, change.last) if change is not None else (text, text)
            is_printed = any(text == copy for copy, _ in copies)
            return chance, Change(printed, first, last, text, distance(before, text), is_printed)
    return (Fraction(0), change) if change is not None else None


def _is_allowed(text: str, printed: Printed, allowed: Interval) -> bool:
    """Tell whether another text lies in what is allowed, which is as wide as the text is coarse."""
    number, before = parse(text).number, printed.amount.number
    if number is None or before is None:
        return False
    # A cell does not print the 万 that stands above it.
    scale = before.quantum / _printed_quantum(printed.amount.text)
    before_unit, unit = printed.amount.unit, parse(text).unit
    if before_unit in _SCALES and unit in _SCALES:
        scale *= _SCALES[unit] / _SCALES[before_unit]
    value, quantum = number.value * scale, number.quantum * scale
    if not value and printed.value:
        # Nothing at all is never what a slip made something of.
        return False
    wider = Fraction(0) if printed.exact and before.whole else (quantum - before.quantum) / 2
    low = None if allowed.low is None else allowed.low - wider
    high = None if allowed.high is None else allowed.high + wider
    return (low is None or value >= low) and (high is None or value <= high)


def _printed_quantum(text: str) -> Fraction:
    number = parse(text).number
    return number.quantum if number is not None else Fraction(1)


def into(printed: Printed, allowed: Interval, elsewhere: Iterable[Fraction] = ()) -> Change | None:
    """Return how a number moves into an interval at its printed precision; None where no such number lies there.

    A value that is printed `elsewhere` is preferred.
    """
    first, last = _multiples(printed.quantum, allowed)
    if (first is not None and last is not None and first > last) or (last is not None and last < 0):
        return None
    known = [other for other in elsewhere if other != printed.value and other in allowed]
    known = [other for other in known if (other / printed.quantum).denominator == 1]
    value = known[0] if known else _likeliest(printed, first, last)
    ends = (value if first is None else max(first, Fraction(0)), value if last is None else last)
    lowest, highest, text = (_reprinted(printed, number) for number in (*ends, value))
    return Change(printed, lowest, highest, text, distance(printed.amount.text, text), bool(known)) if text else None


def _likeliest(printed: Printed, first: Fraction | None, last: Fraction | None) -> Fraction:
    """Return the number between two multiples that differs in the fewest digits from what is printed.

    Of several, the one in the middle. Among very many digits say nothing, and the middle is taken.
    """
    if first is None or last is None:
        return first if first is not None else last if last is not None else printed.value
    middle = (first + last) / 2
    steps = int((last - first) / printed.quantum)
    if steps > _CANDIDATES:
        return first + steps // 2 * printed.quantum
    candidates = [first + step * printed.quantum for step in range(steps + 1)]
    before = printed.amount.text
    return min(candidates, key=lambda number: (distance(before, _reprinted(printed, number)), abs(number - middle)))


def _multiples(quantum: Fraction, allowed: Interval) -> tuple[Fraction | None, Fraction | None]:
    """Return the first and the last multiple of a quantum in an interval, None at an infinite end."""
    first = last = None
    if allowed.low is not None:
        first = -((-allowed.low) // quantum) * quantum
        first = first + quantum if allowed.low_open and first == allowed.low else first
    if allowed.high is not None:
        last = allowed.high // quantum * quantum
        last = last - quantum if allowed.high_open and last == allowed.high else last
    return first, last


def _reprinted(printed: Printed, value: Fraction) -> str:
    """Return the printed text with another number, in the same unit and with as many decimals."""
    text = printed.amount.text
    found = _DIGITS.search(text)
    if found is None:
        return ""
    places = len(found[1] or "")
    one = printed.quantum * 10**places
    return text[: found.start()] + wording.fixed(value / one, places) + text[found.end() :]


def distance(one: str, other: str) -> int:
    """Return how many characters to change, drop or add to come from one text to the other."""
    row = list(range(len(other) + 1))
    for i, a in enumerate(one, 1):
        before, row[0] = row[0], i
        for j, b in enumerate(other, 1):
            before, row[j] = row[j], min(row[j] + 1, row[j - 1] + 1, before + (a != b))
    return row[-1]


def as_here(other: Printed, printed: Printed) -> str:
    """Return the number of another printing with its own decimals between the signs and the unit of this one."""
    here, there = _DIGITS.search(printed.amount.text), _DIGITS.search(other.amount.text)
    same = printed.amount.unit == other.amount.unit or not printed.figure or not other.figure
    if here is None or there is None or not same:
        return printed.amount.text
    one = printed.quantum * 10 ** len(here[1] or "")
    places = len(there[1] or "")
    digits = wording.fixed(other.value / one, places) if one == other.quantum * 10**places else there[0]
    return printed.amount.text[: here.start()] + digits + printed.amount.text[here.end() :]
