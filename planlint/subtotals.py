"""The only place that knows which rows of a table are totals, and of which other rows."""

from __future__ import annotations

from collections.abc import Sequence

TOTAL = frozenset({"合计", "总计", "共计"})
SUBTOTAL = frozenset({"小计"})


def is_total(name: str) -> bool:
    """Tell whether a row's name says that the row adds up others (小计, 合 计)."""
    return "".join(name.split()) in TOTAL | SUBTOTAL


def blocks(names: Sequence[str]) -> list[tuple[int, list[int]]]:
    """Return each total among the rows of a table with the rows that it adds up, both by their index.

    One 合计 adds up all rows, wherever it stands. Each of several 合计, and a 小计, adds up the rows since the one
    before it, or the rows down to the next one where the table begins with such a row.
    """
    totals = [index for index, name in enumerate(names) if "".join(name.split()) in TOTAL]
    plain = [index for index, name in enumerate(names) if not is_total(name)]
    marks = [index for index, name in enumerate(names) if is_total(name)]
    found = []
    if len(totals) == 1:
        found.append((totals[0], plain))
        marks.remove(totals[0])
    if not marks:
        return found
    heads = marks[0] < min(plain, default=len(names))
    for number, mark in enumerate(marks):
        if heads:
            low, high = mark, marks[number + 1] if number + 1 < len(marks) else len(names)
        else:
            low, high = marks[number - 1] if number else -1, mark
        found.append((mark, [index for index in plain if low < index < high]))
    return sorted(found)
