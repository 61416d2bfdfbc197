"""The only place that reads a plan's tables of indicators row by row: what a row aims at, and what it starts from."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Sequence

from msgspec import Struct

from planlint import wording
from planlint.facts import Figure, Standing
from planlint.findings import Text
from planlint.questions.tables import Cells, cells_by_row
from planlint.source import Place
from planlint.statements import Plan, Table
from planlint.verdicts import Inquiry

MOST_NAMES = 12


class Line(Struct, frozen=True):
    """A row of a table of indicators with the figures in its cells."""

    name: str
    place: Place
    bases: list[Figure]
    targets: list[Figure]
    nature: str

    @property
    def is_binding(self) -> bool:
        """Tell whether the plan binds itself to the target (约束性)."""
        return "约束" in self.nature


class Sheet(Struct, frozen=True):
    """A table of indicators: one with a target for the planned period. `again` are the tables that print it again."""

    table: Table
    lines: tuple[Line, ...]
    again: tuple[Sheet, ...] = ()

    def everywhere(self, line: Line) -> list[Line]:
        """Return a row with the rows that print it again."""
        twins = [other for sheet in self.again for other in sheet.lines if other.name == line.name]
        return [line, *twins]


def sheets(inquiry: Inquiry) -> list[Sheet]:
    """Return the tables of indicators of a plan in their order; one printed again stands under the first."""
    plan = inquiry.facts.plan
    tables = [table for table in plan.tables if not table.is_projects and _aims(table, plan)]
    if not tables:
        return []
    cells = inquiry.once(cells_by_row)
    lost = _rows_lost(inquiry, cells)
    made = [Sheet(table, tuple(_lines(table, cells, lost, plan))) for table in tables]
    if not any(table.repeats for table in tables):
        return made
    first = {sheet.table.id for sheet in made}
    return [
        Sheet(sheet.table, sheet.lines, tuple(other for other in made if other.table.repeats == sheet.table.id))
        for sheet in made
        if sheet.table.repeats not in first
    ]


def _aims(table: Table, plan: Plan) -> bool:
    """Tell whether a table has a column of targets for the planned period."""
    planned = _planned(plan)
    return any(role == "target" and (year or plan.period.last) in planned for _, role, year in table.columns)


def _planned(plan: Plan) -> range:
    """Return the years of the planned period that come after the base year."""
    return range(max(plan.period.first, plan.baseline + 1), plan.period.last + 1)


def _rows_lost(inquiry: Inquiry, cells: Cells) -> frozenset[Place]:
    """Return the rows of which some cell could not be read: nobody knows what they print."""
    if len(inquiry.facts.figures) == len(inquiry.facts.plan.statements):
        return frozenset()
    printed = Counter(statement.name_place for statement in inquiry.facts.plan.statements if statement.table)
    return frozenset(place for place, figures in cells.items() if len(figures) != printed[place])


def _lines(table: Table, cells: Cells, lost: Collection[Place], plan: Plan) -> list[Line]:
    found = []
    planned, target, reported = _planned(plan), Standing.TARGET, Standing.REPORTED
    for row in table.rows:
        name = row.name
        figures = cells.get(name.place)
        if figures is None or (lost and name.place in lost):
            continue
        bases: list[Figure] = []
        targets: list[Figure] = []
        for figure in figures:
            if figure.standing is reported:
                bases.append(figure)
            elif figure.standing is target and figure.year in planned:
                targets.append(figure)
        found.append(Line(name.text, name.place, bases, targets, figures[0].statement.nature))
    return found


def named(lines: Sequence[Line]) -> Text:
    """Return the names of some rows, the first few where they are many."""
    return shortlist([line.name for line in lines])


def shortlist(all_names: Sequence[str]) -> Text:
    """Return some names, each once, the first few where they are many."""
    names = list(dict.fromkeys(all_names))
    if len(names) <= MOST_NAMES:
        return wording.both_listed([f"“{name}”" for name in names])
    shown = [f"“{name}”" for name in names[:MOST_NAMES]]
    more = len(names) - MOST_NAMES
    return Text(f"{wording.listed(shown, 'zh')} 等 {len(names)} 项", f"{', '.join(shown)} and {more} more")
