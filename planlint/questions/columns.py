"""Does a cell print a unit of its own that contradicts the unit of its row or column?"""

from __future__ import annotations

from collections.abc import Iterator

from planlint import amounts
from planlint.facts import Figure, Fit, fit
from planlint.findings import Text
from planlint.questions import claims
from planlint.units import Unit
from planlint.verdicts import Inquiry, Options, Question, Verdict, fails, name_of, undecided


def ask_column(inquiry: Inquiry, options: Options) -> Iterator[Verdict]:
    """Put the question to every figure that stands under a unit and prints another; a row makes one finding."""
    groups: dict[tuple[object, ...], list[Figure]] = {}
    bare: dict[tuple[object, ...], list[Figure]] = {}
    headings: dict[str, Unit] = {}
    for figure in inquiry.facts.figures:
        statement, unit = figure.statement, figure.unit
        if unit is None or not (statement.unit or statement.table) or figure.amount.number is None:
            continue
        if figure.amount.change is not None:
            continue
        if statement.unit:
            heading = headings.get(statement.unit)
            if heading is None:
                heading = inquiry.facts.catalogue.unit(amounts.split_unit(statement.unit)[1])
                headings[statement.unit] = heading
            if unit.name != heading.name and _contradicts(figure, unit, heading) and inquiry.usable([figure]):
                key = (statement.table, figure.topic, statement.unit, unit.name)
                groups.setdefault(key, []).append(figure)
        elif unit.is_scale:
            bare.setdefault((statement.table, statement.name_place), []).append(figure)
    for figures in groups.values():
        yield _finding(figures)
    for figures in bare.values():
        if len({figure.unit for figure in figures}) > 1:
            zh, en = "没有单位栏，一行里有两种单位", "there is no column of units, and the row prints two"
            yield undecided(figures, Text(zh, en))


def _contradicts(figure: Figure, own: Unit, heading: Unit) -> bool:
    """Tell whether two units cannot both be right: % and ‰ never, 亿元 and 万元 well, 家 and 个 well."""
    if own.is_scale and heading.is_scale:
        return True
    if own.dimension == heading.dimension or claims.same_things(own, heading):
        return False
    # A cell whose own unit does not suit its indicator is another rule's; here the heading is the odd one.
    return figure.fit is Fit.FITS and fit(figure.indicator, figure.per, heading)[2] is not Fit.FITS


def _finding(figures: list[Figure]) -> Verdict:
    first = figures[0]
    shown: dict[str, str | Text] = {
        "name": name_of(first),
        "year": str(first.year),
        "value": first.statement.text,
        "unit": first.statement.unit,
        "expected": first.indicator.unit.name,
    }
    return fails(figures, shown)


COLUMN = Question({}, {"message": frozenset({"name", "year", "value", "unit", "expected"})}, ask_column)
