"""The only place that knows how people slip: what was meant by a printed amount, and how likely each mistake is.

A slip is weighed by how often people make it, shared among the mistakes of its kind that the right amount allows: two
neighbouring digits can be swapped in few ways, one digit changed in many.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from itertools import pairwise

from msgspec import Struct

from planlint.exact import Fraction
from planlint.facts import Facts, Figure
from planlint.findings import Text

SWAPPED, CHANGED, DROPPED, DOUBLED, TENFOLD, UNIT, COLUMN, ROW, ROLES = 14, 22, 12, 8, 8, 5, 7, 9, 4
"""How often people swap, mistype, drop and double digits, misplace the point, take 万 or ‰ for another unit, and copy
the neighbouring cell: as an estimate, of a hundred slips."""
_TEN, _WAN_DIGITS = 10, 4
_LONGER, _ONE, _SHORTER = Fraction(10), Fraction(1), Fraction(1, 10)
_CLEARLY = 2

SWAP = Text("相邻两位数字写颠倒了", "two neighbouring digits were swapped")
CHANGE = Text("有一位数字写错了", "one digit is wrong")
DROP = Text("漏写了一位数字", "one digit was dropped")
DOUBLE = Text("多写了一位数字", "one digit was written twice")
POINT = Text("小数点错位", "the decimal point moved")
WAN = Text("漏写或多写了“万”", "万 (10,000) was lost or added")
YI = Text("“万”与“亿”混淆", "万 and 亿 were confused")
SCALE = Text("%、‰混淆", "% and ‰ were confused")


class Slip(Struct, frozen=True):
    """How a printed amount came about. `weight` is how likely people are to slip in just this way.

    `chance` is how often numbers that have nothing to do with each other are as much alike. `lean` is how much likelier
    the meant number is than the printed one for its length alone, and part of the weight: of longer numbers there are
    more, and each is rarer.
    """

    kind: str
    text: Text
    weight: Fraction
    chance: Fraction = Fraction(0)
    lean: Fraction = Fraction(1)

    @property
    def known(self) -> Fraction:
        """Return how likely the slip is where the meant number is printed elsewhere, so that it is one of two.

        What is said of the one number must not be said against the other once more: a lean is taken from one of them.
        """
        return self.weight / max(self.lean, Fraction(1))


EXCHANGED = Slip("roles", Text("基期值与目标值写反了", "baseline and target were swapped"), Fraction(ROLES))


class Meant(Struct, frozen=True):
    """Digits that may have been meant instead of the printed ones; `old` and `new` are parts of units that changed."""

    digits: str
    slip: Slip
    old: str = ""
    new: str = ""


_UNITS = (
    ("万", "", Slip("wan", WAN, Fraction(UNIT))),
    ("", "万", Slip("wan", WAN, Fraction(UNIT))),
    ("亿", "万", Slip("yi", YI, Fraction(UNIT))),
    ("万", "亿", Slip("yi", YI, Fraction(UNIT))),
    ("%", "‰", Slip("scale", SCALE, Fraction(UNIT))),
    ("‰", "%", Slip("scale", SCALE, Fraction(UNIT))),
)


Likely = Callable[[int, int], bool]
"""Tells of a number without its point, and how many decimals it has, whether it need be looked at."""


def meant(digits: str, behind: str = "", may_be: Likely | None = None) -> list[Meant]:
    """Return the amounts that one slip may have turned into printed digits, the likeliest first.

    `behind` is what stands behind the digits: their unit, where it is printed there. Of the numbers that other digits
    give, those that may not be are left out.
    """
    best: dict[str, Slip] = {}
    for found, slip in _of_digits(digits):
        if found == digits or not is_written(found):
            continue
        if may_be is not None:
            whole, _, decimals = found.partition(".")
            if not may_be(int(whole + decimals), len(decimals)):
                continue
        known = best.get(found)
        if known is None or slip.weight > known.weight:
            best[found] = slip
    units = [
        Meant(digits, slip, old, new)
        for old, new, slip in _UNITS
        if "/" not in behind and (old in behind if old else behind.strip()[:1] in ("人", "元", "张") and behind.strip())
    ]
    every = [*(Meant(found, slip) for found, slip in best.items()), *units]
    return sorted(every, key=lambda one: (-one.slip.weight, one.digits, one.new))


def is_written(number: str) -> bool:
    """Tell whether anybody prints a number so: with no zeros before it, and a digit on each side of the point."""
    whole, point, decimals = number.partition(".")
    return bool(whole) and (len(whole) == 1 or whole[0] != "0") and bool(decimals) == bool(point)


def _of_digits(digits: str) -> Iterator[tuple[str, Slip]]:
    places = [i for i, character in enumerate(digits) if character != "."]
    many = len(places)
    if not many:
        return
    every = Fraction(9 * _TEN ** (many - 1))
    swapped = Slip("swapped", SWAP, Fraction(SWAPPED, max(many - 1, 1)), (many - 1) / every)
    for i, j in pairwise(places):
        other = list(digits)
        other[i], other[j] = other[j], other[i]
        yield "".join(other), swapped
    changed = Slip("changed", CHANGE, Fraction(CHANGED, many * 9), 9 * many / every)
    dropped = Slip("dropped", DROP, Fraction(DROPPED, (many + 1) * _TEN), Fraction(many + 1) / every, _SHORTER)
    doubled = Slip("doubled", DOUBLE, Fraction(DOUBLED * _TEN, max(many - 1, 1)), Fraction(many, _TEN) / every, _LONGER)
    for i in places:
        for digit in "0123456789":
            yield digits[:i] + digit + digits[i + 1 :], changed
            # A digit that was dropped may have stood before or behind any other.
            for at in (i, i + 1):
                yield digits[:at] + digit + digits[at:], dropped
        if i + 1 in places and digits[i] == digits[i + 1]:
            yield digits[:i] + digits[i + 1 :], doubled
    for number in _shifted(digits):
        # Of whole numbers with one more digit, one in ten ends with a zero.
        longer = len(number) > len(digits) and "." not in number
        weight = Fraction(TENFOLD, 2 * (_TEN if longer else 1))
        yield number, Slip("point", POINT, weight, lean=_SHORTER if longer else _ONE)
    if many > _WAN_DIGITS and many == len(digits):
        # 162600 in a column of 万 was not converted.
        whole, decimals = digits[:-_WAN_DIGITS], digits[-_WAN_DIGITS:].rstrip("0")
        yield f"{whole}.{decimals}" if decimals else whole, Slip("wan", WAN, Fraction(UNIT, 2))
    if "." not in digits:
        # 80.3 that lost its 3 lost its point, too; 8.03 may have lost the 8.
        yield from ((f"{digits}.{digit}", dropped) for digit in "0123456789")
        yield from ((f"{digit}.{digits}", dropped) for digit in "0123456789")


def _shifted(digits: str) -> Iterator[str]:
    """Yield a number ten times as large and a tenth as large, with as few digits as it needs."""
    whole, _, decimals = digits.partition(".")
    yield (whole + decimals[:1]).lstrip("0") + (f".{decimals[1:]}" if decimals[1:] else "") if decimals else whole + "0"
    if len(whole) > 1:
        rest = whole[-1] + decimals if decimals else whole[-1].rstrip("0")
        yield whole[:-1] + (f".{rest}" if rest else "")
    else:
        yield f"0.{whole}{decimals}"


class Neighbours:
    """The cells of tables around each figure, looked up when they are first needed."""

    def __init__(self, facts: Facts) -> None:
        self._facts = facts
        self._tables: dict[str, list[Figure]] | None = None

    def of(self, figure: Figure) -> Iterator[tuple[str, Figure]]:
        """Yield the cells beside, above and below a figure: `column` for the same row, `row` for the same column."""
        if not figure.statement.table:
            return
        if self._tables is None:
            self._tables = {}
            for other in self._facts.figures:
                if other.statement.table:
                    self._tables.setdefault(other.statement.table, []).append(other)
        cells = self._tables.get(figure.statement.table, [])
        rows = sorted({cell.statement.name_place for cell in cells})
        own = rows.index(figure.statement.name_place)
        near = set(rows[max(own - 1, 0) : own + 2])
        for cell in cells:
            if cell is figure or cell.statement.name_place not in near:
                continue
            if cell.statement.name_place == figure.statement.name_place:
                yield "column", cell
            elif (cell.year, cell.role) == (figure.year, figure.role):
                yield "row", cell

    def slips(self, figure: Figure) -> Iterator[tuple[Slip, Figure]]:
        """Yield how a figure may have taken the number of a cell beside it, with the cell."""
        number = figure.amount.number
        if number is None:
            return
        many = len(str(int(number.value / number.quantum)))
        # One digit is often the same by chance.
        rare = Fraction(1, many * 100 if many > 1 else _TEN)
        for where, cell in self.of(figure):
            if cell.amount.number is None or cell.amount.number.value != number.value:
                continue
            if where == "column":
                said = Text(
                    f"与邻列（{cell.year}年）的值相同", f"the neighbouring column ({cell.year}) has the same value"
                )
                yield Slip("column", said, Fraction(COLUMN), rare), cell
            else:
                name = cell.statement.name
                said = Text(f"与邻行“{name}”的值相同", f"the neighbouring row, “{name}”, has the same value")
                yield Slip("row", said, Fraction(ROW, 2), rare), cell


def likeliest(found: Sequence[Slip], values: int = 1) -> Slip | None:
    """Return the slip that is the only one, or clearly likelier than the next; None for none, or for mere likeness.

    `values` is among how many numbers one was found that the slip explains.
    """
    if not found or (len(found) > 1 and found[0].weight < _CLEARLY * found[1].weight):
        return None
    # A likeness that one in so many random numbers would show proves nothing.
    return found[0] if found[0].chance * values * 40 <= 1 else None
