"""The only place that knows how people slip: which small mistake turns a right amount into the printed one.

A slip is weighed by how often people make it, shared among the mistakes of its kind that the right amount allows: two
neighbouring digits can be swapped in few ways, one digit changed in many.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from msgspec import Struct

from planlint.exact import Fraction
from planlint.facts import Facts, Figure, Standing
from planlint.findings import Text
from planlint.network.literals import Replacement, digits_of

_RARE = Fraction(1, 40)
"""A likeness that one in so many random numbers would show proves nothing."""
_CLEARLY = 2
_SWAPPED = Text("相邻两位数字写颠倒了", "two neighbouring digits were swapped")
_CHANGED = Text("有一位数字写错了", "one digit is wrong")
_DROPPED = Text("漏写了一位数字", "one digit was dropped")
_DOUBLED = Text("多写了一位数字", "one digit was written twice")
_POINT = Text("小数点错位", "the decimal point moved")
_WAN = Text("漏写或多写了“万”", "万 (10,000) was lost or added")
_YI = Text("漏写或多写了“亿”", "亿 (100,000,000) was lost or added")
_SCALE = Text("%、‰、/10万混淆", "%, ‰ and /100,000 were confused")
_PER = Text("每千与每万混淆", "per thousand and per ten thousand were confused")
_GOAL = Text("与目标值写反了", "baseline and target were swapped")
_BASE = Text("与基期值写反了", "target and baseline were swapped")


class Slip(Struct, frozen=True):
    """How a printed amount came about. `weight` is how likely people are to slip in just this way.

    `telling` is false where numbers that have nothing to do with each other are often as much alike.
    """

    kind: str
    text: Text
    weight: Fraction
    telling: bool = True


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


def slips(new: Replacement, neighbours: Neighbours) -> list[Slip]:
    """Return how the printed amount may have come from the right one, the likeliest first."""
    found = [*_of_digits(digits_of(new.printing), new.digits), *_of_size(new), *_of_place(new, neighbours)]
    best: dict[str, Slip] = {}
    for slip in found:
        if slip.kind not in best or slip.weight > best[slip.kind].weight:
            best[slip.kind] = slip
    return sorted(best.values(), key=lambda slip: (-slip.weight, slip.kind))


def likeliest(found: Sequence[Slip]) -> Slip | None:
    """Return the slip that is the only one, or clearly likelier than the next; None for none, or for mere likeness."""
    if not found or (len(found) > 1 and found[0].weight < _CLEARLY * found[1].weight):
        return None
    return found[0] if found[0].telling else None


def _of_digits(old: str, new: str) -> Iterator[Slip]:
    """Yield the slips among digits that turn `new` into `old`."""
    before, after = new.replace(".", ""), old.replace(".", "")
    if not before or not after or before == after:
        return
    all_ways = 9 * 10 ** (len(after) - 1)

    def worth(kind: str, text: Text, prior: int, ways: int) -> Iterator[Slip]:
        yield Slip(kind, text, Fraction(prior, ways), telling=Fraction(ways, all_ways) <= _RARE)

    count = len(before)
    if len(after) == count and _same_point(old, new):
        places = [i for i in range(count) if before[i] != after[i]]
        if len(places) == 1:
            yield from worth("changed", _CHANGED, 20, 9 * count)
        elif len(places) == 2 and places[1] == places[0] + 1 and before[places[0]] == after[places[1]]:
            if before[places[1]] == after[places[0]]:
                yield from worth("swapped", _SWAPPED, 20, count - 1)
    elif len(after) == count - 1 and any(before[:i] + before[i + 1 :] == after for i in range(count)):
        yield from worth("dropped", _DROPPED, 8, count)
    elif len(after) == count + 1 and any(before[: i + 1] + before[i:] == after for i in range(count)):
        yield from worth("doubled", _DOUBLED, 8, count)


def _same_point(old: str, new: str) -> bool:
    return len(old.partition(".")[2]) == len(new.partition(".")[2])


def _of_size(new: Replacement) -> Iterator[Slip]:
    """Yield the slips that multiply an amount."""
    number, printing = new.amount.number, new.printing
    old = printing.amount.number
    if number is None or old is None or not number.value or not old.value:
        return
    ratio = old.value / number.value
    power = _power_of_ten(ratio)
    if not power:
        return
    if abs(power) in (4, 8):
        yield Slip("wan" if abs(power) == 4 else "yi", _WAN if abs(power) == 4 else _YI, Fraction(8))
    if abs(power) <= 3:
        yield Slip("point", _POINT, Fraction(6, abs(power)))
    figure = printing.figure
    if figure is not None and figure.indicator.unit.is_scale and abs(power) <= 3:
        yield Slip("scale", _SCALE, Fraction(12, abs(power)))
    if figure is not None and figure.indicator.kind == "density" and abs(power) == 1:
        yield Slip("per", _PER, Fraction(12))


def _power_of_ten(ratio: Fraction) -> int:
    """Return the power of ten that a ratio is, up to what its digits can tell; 0 for any other number."""
    for power in (1, 2, 3, 4, 8):
        for signed in (power, -power):
            # The corrected amount has digits of its own: 0.13 for 1.25 moved a point, too.
            if abs(ratio / Fraction(10) ** signed - 1) <= Fraction(1, 200):
                return signed
    return 0


def _of_place(new: Replacement, neighbours: Neighbours) -> Iterator[Slip]:
    """Yield the slips that took a cell for another one."""
    figure, old = new.printing.figure, new.printing.amount.number
    if figure is None or old is None or len(digits_of(new.printing).strip("0.")) < 2:
        return
    right = new.amount.number
    for where, cell in neighbours.of(figure):
        number = cell.amount.number
        if number is None:
            continue
        if where == "column" and right is not None and number.value == right.value:
            swapped = {figure.standing, cell.standing} == {Standing.REPORTED, Standing.TARGET}
            if swapped:
                yield Slip("roles", _GOAL if figure.standing is Standing.REPORTED else _BASE, Fraction(10))
        if number.value == old.value:
            name = cell.statement.name
            text = (
                Text(f"与邻列（{cell.year}年）的值相同", f"the neighbouring column ({cell.year}) has the same value")
                if where == "column"
                else Text(f"与邻行“{name}”的值相同", f"the neighbouring row, “{name}”, has the same value")
            )
            yield Slip("column" if where == "column" else "row", text, Fraction(10))
