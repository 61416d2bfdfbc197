"""Are baselines of the plan's base year, and goals of its period?"""

from __future__ import annotations

from collections.abc import Iterator

from planlint import wording
from planlint.amounts import Kind
from planlint.facts import Facts, Figure
from planlint.findings import Severity, Text
from planlint.statements import INVESTMENT, Table
from planlint.verdicts import Inquiry, Options, Question, Verdict, fails, name_of, undecided

_LATER = ("展望", "远景", "远期")
_MANY = 3
"""Names beyond which a list is cut short."""


def _named(figures: list[Figure]) -> Text:
    """Return the names of figures, the first few of many."""
    found = list(dict.fromkeys(map(name_of, figures)))
    if len(found) <= _MANY:
        return wording.both_listed(found)
    some = found[:_MANY]
    return Text(f"{'、'.join(some)} 等 {len(found)} 项", f"{', '.join(some)} and {len(found) - _MANY} more")


def _base_years(table: Table | None) -> frozenset[int | None]:
    """Return the years of a table's columns of base values."""
    return (
        frozenset(year for _, role, year in table.columns if role == "baseline") if table is not None else frozenset()
    )


def ask_base_year(inquiry: Inquiry, options: Options) -> Iterator[Verdict]:
    """Ask whether base values are of the plan's base year: one finding for all columns or cells of one other year."""
    facts = inquiry.facts
    tables = {table.id: table for table in facts.plan.tables}
    groups: dict[tuple[str, int, bool], list[Figure]] = {}
    undated: dict[str, list[Figure]] = {}
    base = facts.plan.baseline
    for figure in facts.figures:
        statement = figure.statement
        if figure.role != "baseline" or statement.year == base:
            continue
        if statement.year is None:
            if statement.table:
                undated.setdefault(statement.table, []).append(figure)
            continue
        years = _base_years(tables.get(statement.table))
        if statement.year not in years:
            groups.setdefault(("message", statement.year, bool(statement.note)), []).append(figure)
        elif base not in years:
            groups.setdefault(("column", statement.year, False), []).append(figure)
    for (variant, year, explained), figures in groups.items():
        mild = variant == "column" or explained or all(f.amount.number is None for f in figures)
        shown: dict[str, str | Text] = {
            "names": _named(figures),
            "count": str(len(figures)),
            "year": str(year),
            "base": str(base),
        }
        yield fails(figures, shown, variant=variant, severity=Severity.INFO if mild else options.severity)
    for figures in undated.values():
        yield undecided(figures, Text("基期一栏没有印出年份", "the column of base values prints no year"))


def ask_horizon_of_goals(inquiry: Inquiry, options: Options) -> Iterator[Verdict]:
    """Ask whether goals are set for a year of the planned period: one finding for all goals of one other year."""
    facts = inquiry.facts
    tables = {table.id: table for table in facts.plan.tables}
    groups: dict[tuple[str, int], list[Figure]] = {}
    undated: dict[str, list[Figure]] = {}
    first, last = facts.plan.period.first, facts.plan.period.last
    for figure in facts.figures:
        if figure.role != "target" or (first <= figure.year <= last and figure.statement.year is not None):
            continue
        # Where the file names a period, the year is held against that.
        if figure.statement.period or figure.amount.kind is Kind.ABSENT:
            continue
        table = tables.get(figure.statement.table)
        if figure.statement.year is None:
            if table is not None and not table.is_projects:
                undated.setdefault(table.id, []).append(figure)
        elif figure.year > last and not _is_outlook(figure, table):
            groups.setdefault(("beyond", figure.year), []).append(figure)
        elif figure.year < first and _is_past(figure, table, facts):
            groups.setdefault(("message", figure.year), []).append(figure)
    for (variant, year), figures in groups.items():
        shown: dict[str, str | Text] = {
            "names": _named(figures),
            "count": str(len(figures)),
            "year": str(year),
            "span": f"{first}—{last}",
        }
        yield fails(
            figures, shown, variant=variant, severity=Severity.INFO if variant == "beyond" else options.severity
        )
    for figures in undated.values():
        yield undecided(figures, Text("目标一栏没有印出年份", "the column of targets prints no year"))


def _is_outlook(figure: Figure, table: Table | None) -> bool:
    """Tell whether the plan says that it looks beyond its period."""
    statement = figure.statement
    headings = "".join(heading for heading, _, _ in table.columns) if table is not None else ""
    said = f"{statement.quote}{statement.note}{statement.name}{headings}"
    return statement.name == INVESTMENT or any(word in said for word in _LATER)


def _is_past(figure: Figure, table: Table | None, facts: Facts) -> bool:
    """Tell whether a goal that is over stands where goals of the plan are set: beside base values, with no verdict."""
    if table is None or not _base_years(table) or any(role == "verdict" for _, role, _ in table.columns):
        return False
    column = {year for _, role, year in table.columns if role == "target"}
    # A column of the last plan's goals beside those of this one is history.
    return figure.year not in column or not any(year is not None and year in facts.plan.period for year in column)


_SHOWN = frozenset({"names", "count", "year"})
BASE_YEAR = Question({}, {"message": _SHOWN | {"base"}, "column": _SHOWN | {"base"}}, ask_base_year)
GOAL_YEAR = Question({}, {"message": _SHOWN | {"span"}, "beyond": _SHOWN | {"span"}}, ask_horizon_of_goals)
