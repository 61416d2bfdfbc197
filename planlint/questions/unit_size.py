"""Does a project cost far more or far less for each bed or square metre than its neighbours in the table?"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from msgspec import Struct

from planlint import wording
from planlint.amounts import Kind
from planlint.catalogue import Indicator
from planlint.exact import Fraction
from planlint.facts import Figure, Standing
from planlint.findings import Text
from planlint.names import fold
from planlint.statements import INVESTMENT
from planlint.verdicts import Inquiry, Options, Question, Verdict, fails, undecided

FAR = 5
"""How many times above or below the median is worth a look."""
_NEIGHBOURS = 4
"""How many neighbours a median needs."""
_THINGS = frozenset({"bed", "room", "institution", "facility", "item", "building", "machine", "vehicle", "set"})
"""What is built or bought by the piece; storeys are not."""
_LAND = ("用地", "占地")
"""Land says little of what is built on it: a tower and a yard may have the same."""


class Project(Struct, frozen=True):
    """A project of a table with its cost and one of its sizes."""

    cost: Figure
    size: Figure
    unit_cost: Fraction


def ask_unit_size(inquiry: Inquiry, options: Options) -> Iterator[Verdict]:
    """Put the question to every table of projects and every sort of size that its projects print."""
    for projects in tables_of(inquiry):
        yield from _judge(projects[0].cost.statement.table, projects)


def tables_of(inquiry: Inquiry) -> Iterator[list[Project]]:
    """Yield the projects of a table that print one sort of size, for each table and sort."""
    tables: dict[str, list[Figure]] = {}
    for figure in [figure for figure in inquiry.facts.figures if figure.statement.name == INVESTMENT]:
        statement = figure.statement
        if statement.table and not statement.repeats and _is_plain(figure):
            tables.setdefault(statement.table, []).append(figure)
    if not tables:
        return
    sizes = _sizes(inquiry)
    for costs in tables.values():
        kinds: dict[str, list[Project]] = {}
        for cost in costs:
            for key, size in sizes.get(fold(cost.statement.scope), {}).items():
                if size is not None and size.value > 0 and cost.value > 0:
                    kinds.setdefault(key, []).append(Project(cost, size, cost.value / size.value))
        yield from kinds.values()


def compared(projects: list[Project]) -> Iterator[tuple[Project, Fraction]]:
    """Yield each project with the median of what the others cost by size; nothing where they are too few for one."""
    if len(projects) > _NEIGHBOURS:
        for project in projects:
            yield project, _median([other.unit_cost for other in projects if other is not project])


def _is_plain(figure: Figure) -> bool:
    return figure.is_measured and figure.amount.kind is Kind.VALUE


def _sizes(inquiry: Inquiry) -> dict[str, dict[str, Figure | None]]:
    """Return the sizes of projects by scope and indicator; None where a project prints several values of one."""
    found: dict[str, dict[str, Figure | None]] = {}
    for topic, figures in inquiry.facts.by_topic.items():
        if not topic.scope or not _is_size(figures[0].indicator):
            continue
        plain = [f for f in inquiry.usable(figures) if _is_plain(f) and f.standing is not Standing.REFERENCE]
        if plain:
            alike = len({figure.value for figure in plain}) == 1
            found.setdefault(topic.scope, {})[topic.indicator] = plain[0] if alike else None
    return found


def _is_size(indicator: Indicator) -> bool:
    """Tell whether the cost of a project should follow an indicator: floor space, and things by the piece."""
    if indicator.kind == "area":
        return not any(word in indicator.name.zh for word in _LAND)
    return indicator.kind == "count" and any(base in _THINGS for base, _ in indicator.unit.dimension)


def _judge(table: str, projects: list[Project]) -> Iterator[Verdict]:
    figures = [figure for project in projects for figure in (project.cost, project.size)]
    if len(projects) <= _NEIGHBOURS:
        if len(projects) > 1:
            name = projects[0].size.indicator.name
            zh, en = f"只有 {len(projects)} 个项目印了{name.zh}", f"only {len(projects)} projects print {name.en}"
            yield undecided(figures, Text(zh, en))
        return
    odd = []
    for project, middle in compared(projects):
        if project.unit_cost >= middle * FAR or project.unit_cost * FAR <= middle:
            odd.append((project, middle))
    if odd:
        yield _finding(table, projects, odd)


def _median(values: Sequence[Fraction]) -> Fraction:
    ordered, half = sorted(values), len(values) // 2
    return ordered[half] if len(ordered) % 2 else (ordered[half - 1] + ordered[half]) / 2


def _finding(table: str, projects: list[Project], odd: list[tuple[Project, Fraction]]) -> Verdict:
    size = projects[0].size.indicator
    unit = size.unit.name
    names, steps = [], []
    for project, middle in odd:
        name = project.cost.statement.scope
        names.append(name)
        each, usual = _money(project.unit_cost), _money(middle)
        steps.append(
            Text(
                f"{name}：{project.cost.mention.text} ÷ {project.size.mention.text} = 每{unit} {each}，"
                f"其余项目的中位数是 {usual}",
                f"{name}: {project.cost.mention.text} ÷ {project.size.mention.text} = {each} for each {unit}; "
                f"the median of the other projects is {usual}",
            )
        )
    shown: dict[str, str | Text] = {
        "table": table,
        "names": wording.both_listed(names),
        "size": size.name,
        "unit": unit,
        "count": str(len(projects)),
    }
    return fails([figure for project, _ in odd for figure in (project.cost, project.size)], shown, tuple(steps))


def _money(value: Fraction) -> str:
    return f"{wording.short(value / 10**4)} 万元" if value >= 10**4 else f"{wording.short(value)} 元"


UNIT_SIZE = Question({}, {"message": frozenset({"table", "names", "size", "unit", "count"})}, ask_unit_size)
