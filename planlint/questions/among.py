"""Is a row 其中：… of a table larger than the row above that it is a part of?"""

from __future__ import annotations

from collections.abc import Iterator

from planlint import amounts, units, wording
from planlint.amounts import Rounding
from planlint.exact import Fraction
from planlint.facts import Figure
from planlint.findings import Severity, Text
from planlint.intervals import Interval
from planlint.patterns import pattern
from planlint.questions.tables import cells_by_row
from planlint.statements import Row, Table
from planlint.verdicts import Inquiry, Options, Verdict, fails, first_rounding, name_of

_AMONG = pattern(r"\s*其中")
_APART = pattern(r"人均|平均|次均|户均|日均|每年|最[高低大多]")
"""A part of a group may have more a head than the group: of such rows nothing is said."""
_GROUP = pattern(r"城|乡|农村|男|女|[区县市州](?![办级属直])|岁")
"""Nor of the densities of a part of the people."""

Pair = tuple[list[Figure], list[Figure]]
"""What a row 其中：… and the row above it print for one year."""


def _pairs(inquiry: Inquiry) -> Iterator[Pair]:
    """Yield the figures of each row 其中：… with those of the row that it is a part of."""
    for table in inquiry.facts.plan.tables:
        for part, whole in _nested(table):
            cells = inquiry.once(cells_by_row)
            parts, wholes = cells.get(part.name.place, []), cells.get(whole.name.place, [])
            for figure in parts:
                others = [f for f in wholes if (f.year, f.role, f.topic.scope) == _when(figure) and f.is_measured]
                if not others or not figure.is_measured or _is_listed(figure, others[0], inquiry):
                    continue
                if _can_be_compared(figure, others[0]):
                    yield [figure], others


def _is_listed(part: Figure, whole: Figure, inquiry: Inquiry) -> bool:
    """Tell whether the catalogue says already that the one is a part of the other."""
    indicator = part.indicator
    while indicator.part_of:
        if indicator.part_of == whole.indicator.key:
            return True
        indicator = inquiry.facts.catalogue.by_key[indicator.part_of]
    return False


def _when(figure: Figure) -> tuple[int, str, str]:
    return figure.year, figure.role, figure.topic.scope


def _nested(table: Table) -> Iterator[tuple[Row, Row]]:
    """Yield each row 其中：… of a table with the nearest row above that is none."""
    whole: Row | None = None
    for row in table.rows:
        if "其中" not in row.name.text or _AMONG.match(row.name.text) is None:
            whole = row
        elif whole is not None:
            yield row, whole


def _can_be_compared(part: Figure, whole: Figure) -> bool:
    """Tell whether two figures count the same sort of thing, printed in one unit."""
    names_ = part.statement.name + whole.statement.name
    if part.unit is None or whole.unit is None or _APART.search(names_):
        return False
    same = part.unit.name == whole.unit.name and part.amount.number is not None
    if not same or not (units.is_counter(part.unit) or part.unit.name in ("元", "平方米", "亩")):
        return False
    return whole.indicator.kind != "density" or _GROUP.search(part.statement.name) is None


def ask_among(inquiry: Inquiry, options: Options) -> Iterator[Verdict]:
    """Put the question to every row 其中：… of every table."""
    for parts, wholes in _pairs(inquiry):
        tier = _no_larger(parts, wholes)
        if tier is Rounding.NEAREST:
            continue
        part, whole = parts[0], wholes[0]
        severity = Severity.INFO if tier else options.severity
        if any(f.amount.hedge for f in (part, *wholes)):
            severity = severity.milder()
        numbers = [f.amount.number.value if f.amount.number is not None else Fraction(0) for f in (part, whole)]
        unit = part.unit.name if part.unit is not None else ""
        gap = f"{wording.number(numbers[0] - numbers[1])} {unit}"
        shown = compared(part, whole, gap)
        step = Text(
            "表里写的是“其中”，部分不能大于全部",
            "the table says 其中 (of which): a part cannot be larger than its whole",
        )
        yield fails([*parts, *wholes], shown, (step,), variant="rounding" if tier else "message", severity=severity)


def compared(part: Figure, whole: Figure, gap: str | Text) -> dict[str, str | Text]:
    """Return what a message shows of a part that is larger than its whole by a gap."""
    return {
        "part": name_of(part),
        "whole": name_of(whole),
        "part_value": part.mention.text,
        "whole_value": whole.mention.text,
        "year": str(part.year),
        "gap": gap,
    }


def _no_larger(parts: list[Figure], wholes: list[Figure]) -> Rounding | None:
    """Return the strictest tier under which some part may be no larger than some whole, None where all are larger."""
    return first_rounding(
        lambda rounding: any(not _printed(w, rounding).below(_printed(p, rounding)) for p in parts for w in wholes)
    )


def _printed(figure: Figure, rounding: Rounding) -> Interval:
    """Return what a figure stands for in its printed unit."""
    exact = figure.unit is not None and units.is_counter(figure.unit)
    return amounts.measured(figure.amount, rounding, exact=exact)
