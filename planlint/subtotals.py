"""The only place that knows which rows of a table are totals, and of which other rows."""

from __future__ import annotations

from collections.abc import Sequence

from planlint.patterns import pattern

TOTAL = frozenset({"合计", "总计", "共计"})
SUBTOTAL = frozenset({"小计"})


_APART = pattern(
    r"^(?:每|千人口|百人|万人口|人均|平均|次均|户均|日均|年均)|(?:平均|人均|次均|户均)"
    r"|(?:率|比|比例|比重|占比|水平|寿命|日|时间|半径|密度|增速|增幅|指数)(?:[（(][^（()）]*[)）])?$"
)


def is_total(name: str) -> bool:
    """Tell whether a row's name says that the row adds up others (小计, 合 计)."""
    return "".join(name.split()) in TOTAL | SUBTOTAL


def is_additive(indicator: str, unit: str) -> bool:
    """Tell whether the values of some places add up to that of all of them: beds do, beds per 1,000 people do not."""
    apart = _APART.search(indicator) is not None
    return bool(indicator) and not apart and not unit.strip().startswith(("%", "‰", "/", "1/", "％"))


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
