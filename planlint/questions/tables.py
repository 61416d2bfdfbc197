"""Are the rows of a table each there once, numbered one by one, and the same where the table is printed again?"""

from __future__ import annotations

from collections.abc import Iterator

from msgspec import Struct

from planlint import names, wording
from planlint.amounts import Kind, Rounding
from planlint.facts import Facts, Figure, scope_named
from planlint.findings import Mention, Origin, Severity, Text
from planlint.source import Place
from planlint.statements import INVESTMENT, Row, Table
from planlint.verdicts import Answer, Inquiry, Options, Question, Verdict, undecided

_MANY = 6
Cells = dict[Place, list[Figure]]


def cells_by_row(inquiry: Inquiry) -> Cells:
    """Return the figures of every row, by the place of its name."""
    found: Cells = {}
    place, row = None, list[Figure]()
    for figure in inquiry.facts.figures:
        statement = figure.statement
        if statement.table:
            # The cells of a row follow one another, and share one object.
            if statement.name_place is not place:
                place = statement.name_place
                row = found.setdefault(place, [])
            row.append(figure)
    return found


def row_mention(facts: Facts, table: Table, row: Row) -> Mention:
    """Return a row as a finding cites it."""
    origin = Origin(facts.plan.document, row.lines, "")
    text = row.name.text
    return Mention(f"{table.id}/{names.fold(text)}", text, "claim", None, text, row.name.place, origin)


def table_mention(facts: Facts, table: Table) -> Mention:
    """Return a table as a finding cites it."""
    origin = Origin(facts.plan.document, table.lines, "")
    return Mention(table.id, table.id, "claim", None, table.id, table.place, origin)


def _row_key(facts: Facts, table: Table, row: Row) -> tuple[str, str, str]:
    """Return what a row is about: the indicator where its name is known, else the name."""
    if table.is_projects:
        return names.fold(row.name.text), "", ""
    match = facts.catalogue.find(row.name.text)
    scope = names.fold(row.scope)
    if scope == names.fold(facts.plan.region):
        scope = ""
    if match is None:
        return names.fold(row.name.text), scope, row.base
    if not scope and match.region:
        scope = names.fold(scope_named(match.region, facts.plan))
    base = row.base or match.base
    if facts.catalogue.population_of(base) == match.indicator.denominator:
        base = ""
    return match.indicator.key, scope, base


# -- rows twice in one table


def ask_twice(inquiry: Inquiry) -> Iterator[Verdict]:
    """Ask every table whether a row stands in it twice with the same values."""
    for table in inquiry.facts.plan.tables:
        if len({names.fold(row.name.text) for row in table.rows}) == len(table.rows):
            continue
        groups: dict[tuple[str, str, str], list[Row]] = {}
        for row in table.rows:
            groups.setdefault((names.fold(row.name.text), row.scope, row.base), []).append(row)
        for rows in groups.values():
            if len(rows) > 1:
                yield from _rows_twice(inquiry, table, rows)


def _rows_twice(inquiry: Inquiry, table: Table, rows: list[Row]) -> Iterator[Verdict]:
    cells = inquiry.once(cells_by_row)
    figures = [figure for row in rows for figure in cells.get(row.name.place, [])]
    if not table.is_projects:
        by_column: dict[tuple[int, str, str], list[Figure]] = {}
        for figure in figures:
            by_column.setdefault((figure.year, figure.role, figure.topic.months), []).append(figure)
        shared = [column for column in by_column.values() if len(column) == len(rows)]
        if not shared:
            # Each row fills columns of its own.
            return
        if any(f.amount.kind in (Kind.PENDING, Kind.WORDS, Kind.ABSENT) for column in shared for f in column):
            if any(len({f.amount.text for f in column}) > 1 for column in shared):
                first = figures[0]
                name = first.statement.name
                yield undecided(
                    figures, Text(f"“{name}”两行中有一行没有印出数值", f"one of the rows of “{name}” prints no value")
                )
                return
        if any(len({(f.measure, f.amount.text if f.measure is None else "") for f in c}) > 1 for c in shared):
            # Two values are another fault, and two units may be two things.
            return
    shown: dict[str, str | Text] = {"name": table.id, "items": rows[0].name.text, "times": str(len(rows))}
    cited = tuple(row_mention(inquiry.facts, table, row) for row in rows)
    # What a project costs is not judged twice when it stands in the table twice.
    spoiled = tuple(figures) if table.is_projects else ()
    yield Verdict(Answer.FAILS, cited, shown, variant="row", severity=Severity.WARNING, spoiled=spoiled)


# -- a table printed again


class Again(Struct, frozen=True):
    """A table that is printed again, row by row."""

    table: Table
    original: Table
    same: list[tuple[Row, Row]]
    renamed: list[tuple[Row, Row]]
    missing: list[Row]
    extra: list[Row]


def printed_again(inquiry: Inquiry) -> list[Again]:
    """Return every table that repeats another one; the row of the original comes first in a pair."""
    tables = {table.id: table for table in inquiry.facts.plan.tables}
    found = []
    for table in inquiry.facts.plan.tables:
        original = tables.get(table.repeats) if table.repeats else None
        if original is not None and original is not table and original.is_projects == table.is_projects:
            found.append(_align(inquiry, original, table))
    return found


def _align(inquiry: Inquiry, original: Table, table: Table) -> Again:
    facts = inquiry.facts
    waiting: dict[tuple[str, str, str], list[tuple[int, Row]]] = {}
    for index, row in enumerate(original.rows):
        waiting.setdefault(_row_key(facts, original, row), []).append((index, row))
    same, extra = [], []
    for index, row in enumerate(table.rows):
        partners = waiting.get(_row_key(facts, table, row))
        if partners:
            same.append((partners.pop(0)[1], row))
        else:
            extra.append((index, row))
    missing = sorted(pair for rows in waiting.values() for pair in rows)
    renamed: list[tuple[Row, Row]] = []
    for entry in list(extra):
        partner = next(
            (m for m in missing if _is_renamed(inquiry, m, entry, len(original.rows), len(table.rows))), None
        )
        if partner is not None:
            renamed.append((partner[1], entry[1]))
            missing.remove(partner)
            extra.remove(entry)
    return Again(table, original, same, renamed, [row for _, row in missing], [row for _, row in extra])


def _is_renamed(inquiry: Inquiry, old: tuple[int, Row], new: tuple[int, Row], old_rows: int, new_rows: int) -> bool:
    """Tell whether two rows are one under two names: the same values, at the same position or in two cells at least."""
    cells = inquiry.once(cells_by_row)
    before, after = (
        sorted((f.year, f.role, f.amount.text) for f in cells.get(row.name.place, []) if f.amount.number is not None)
        for row in (old[1], new[1])
    )
    alike = bool(before) and before == after
    return alike and (len(before) > 1 or (old[0] == new[0] and old_rows == new_rows))


def ask_repeat(inquiry: Inquiry, options: Options) -> Iterator[Verdict]:
    """Put the question to every table that says it repeats another one; values that differ are another fault."""
    for again in inquiry.once(printed_again):
        yield from _differences(inquiry, again)
    plan = inquiry.facts.plan
    known = {table.id for table in plan.tables}
    for table in plan.tables:
        if table.repeats and table.repeats not in known:
            because = Text(f"计划文件里没有表“{table.repeats}”", f"the plan file has no table “{table.repeats}”")
            yield Verdict(Answer.UNDECIDED, (table_mention(inquiry.facts, table),), {}, because=because)


def _differences(inquiry: Inquiry, again: Again) -> Iterator[Verdict]:
    facts = inquiry.facts
    steps: list[Text] = []
    cited: list[Mention] = []
    for rows, table, zh, en in (
        (again.missing, again.original, "少了", "lacks"),
        (again.extra, again.table, "多出", "adds"),
    ):
        if rows:
            texts = [row.name.text for row in rows]
            if len(texts) > _MANY:
                texts = [*texts[:_MANY], "…"]
            listed = wording.both_listed(texts)
            steps.append(Text(f"{zh} {len(rows)} 行：{listed.zh}", f"it {en} {len(rows)}: {listed.en}"))
            cited += [row_mention(facts, table, row) for row in rows]
    columns = _columns(again)
    if columns is not None:
        steps.append(columns)
        cited += [table_mention(facts, again.original), table_mention(facts, again.table)]
    steps += _blanks(inquiry, again, cited)
    steps += _totals(inquiry, again, cited)
    if steps:
        if again.table.id not in {mention.id for mention in cited}:
            cited.append(table_mention(facts, again.table))
        shown: dict[str, str | Text] = {
            "name": again.table.id,
            "original": again.original.id,
            "differences": Text("；".join(s.zh for s in steps), "; ".join(s.en for s in steps)),
        }
        yield Verdict(Answer.FAILS, tuple(sorted(cited, key=lambda m: (m.place, m.id))), shown)


def _columns(again: Again) -> Text | None:
    """Return the columns of figures that only one of the two tables has; a heading may be worded anew."""
    lacking = _not_in(again.original, again.table)
    added = _not_in(again.table, again.original)
    zh = [f"{word}列 {wording.listed(list_, 'zh')}" for word, list_ in (("少了", lacking), ("多出", added)) if list_]
    en = [
        f"it {word} the column {wording.listed(list_, 'en')}"
        for word, list_ in (("lacks", lacking), ("adds", added))
        if list_
    ]
    return Text("；".join(zh), "; ".join(en)) if zh else None


def _not_in(table: Table, other: Table) -> list[str]:
    known = {(year, role) for _, role, year in other.columns}
    return [heading for heading, role, year in table.columns if role != "note" and (year, role) not in known]


def _blanks(inquiry: Inquiry, again: Again, cited: list[Mention]) -> list[Text]:
    """Return the cells that are filled in one printing and blank in the other, and cite them."""
    cells = inquiry.once(cells_by_row)
    found = []
    for old, new in again.same:
        before, after = ({(f.year, f.role): f for f in cells.get(row.name.place, [])} for row in (old, new))
        for key in [key for key in before if key in after]:
            pair = before[key], after[key]
            if (pair[0].amount.number is None) is not (pair[1].amount.number is None) and all(
                f.amount.kind in (Kind.VALUE, Kind.RANGE, Kind.ABSENT, Kind.PENDING) for f in pair
            ):
                cited += [f.mention for f in pair]
                first, second = (f.mention.text for f in pair)
                found.append(
                    Text(
                        f"“{new.name.text}”{key[0]}年一处印 {first}，一处印 {second}",
                        f"“{new.name.text}” {key[0]} is {first} in one place and {second} in the other",
                    )
                )
    return found


def _totals(inquiry: Inquiry, again: Again, cited: list[Mention]) -> list[Text]:
    """Return the total costs of two printings of a table of projects where they differ, and cite them."""
    if not again.table.is_projects:
        return []
    subjects = [f"{table.id} {INVESTMENT}" for table in (again.original, again.table)]
    stated = {
        a.claim.subject: a
        for a in inquiry.facts.assertions
        if a.claim.kind == "sum" and a.claim.subject in subjects and a.is_complete
    }
    if len(stated) < len(subjects):
        return []
    before, after = (stated[subject].operands["whole"] for subject in subjects)
    if not (before.is_number and after.is_number):
        return []
    if before.interval(Rounding.LOOSE).meets(after.interval(Rounding.LOOSE)):
        return []
    cited += [stated[subject].mention for subject in subjects]
    first, second = before.amount.text, after.amount.text
    return [
        Text(f"合计一处印 {first}，一处印 {second}", f"the total is {first} in one place and {second} in the other")
    ]


REPEAT = Question({}, {"message": frozenset({"name", "original", "differences"})}, ask_repeat)
