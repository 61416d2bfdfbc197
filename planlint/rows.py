"""The quick way to read figures from rows of texts, which most of a plan consists of.

Rows with the same keys in the same order are read by one recipe, without asking for their nodes. Whatever has anything
out of the ordinary (other keys, something that is wrong) gives None, is not recorded anywhere, and is left to plan.py,
which reads every row, and words what is wrong with it.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from operator import itemgetter

from msgspec import Struct

from planlint.fields import Fields, is_id, lines_of, year_of
from planlint.source import Place
from planlint.statements import Row, Statement, Term
from planlint.tree import Mapping

_FIGURE = ("indicator", "value", "year", "role", "scope", "base", "unit", "period", "quote", "nature", "note", "id")
_ROW = ("indicator", "unit", "scope", "base", "quote", "nature", "note", "id")
_ABSENT = "\0"
"""Stands for what a row does not say, where that is not the same as saying nothing. No text holds this character."""


class Sheet(Struct, frozen=True):
    """What the rows of a table take over from it. `columns` are heading, role, year, unit and scope of each."""

    table: str
    repeats: str
    unit: str
    scope: str
    base: str
    columns: tuple[tuple[str, str, int | None, str, str], ...]


Take = Callable[[list[str]], tuple[str, ...]]


class Recipes:
    """How to take what is wanted out of the rows of a list: some texts, and other things that each says or not.

    `marks` is what stands in front of each value of the row that was taken last.
    """

    def __init__(self, texts: Sequence[str], others: Sequence[str], needed: Sequence[str]) -> None:
        self.texts = texts
        self.others = others
        self.needed = frozenset(needed)
        self.wanted = frozenset((*texts, *others))
        self.marks: dict[str, str] = {}
        self._keys: list[str] = []
        self._take: Take | None = None
        self._known: dict[tuple[str, ...], tuple[Take | None, dict[str, str]]] = {}

    def taken(self, row: Mapping) -> tuple[str, ...] | None:
        """Return what is wanted of a row: "" for texts, and _ABSENT for other things, that it lacks.

        None in all where the row has other keys.
        """
        parts = row.parts
        keys = parts[::2]
        if keys != self._keys:
            # Rows with the same keys mostly follow each other.
            known = tuple(keys)
            if known not in self._known:
                self._known[known] = self._made(keys)
            self._keys = keys
            self._take, self.marks = self._known[known]
        if self._take is None:
            return None
        said = [*parts, _ABSENT, ""]
        for index in row.quoted:
            said[index] = said[index][1:-1]
        return self._take(said)

    def _made(self, keys: list[str]) -> tuple[Take | None, dict[str, str]]:
        parts = {key: 2 * number + 1 for number, key in enumerate(keys)}
        if len(parts) < len(keys) or not self.needed <= parts.keys() <= self.wanted:
            return None, {}
        texts = [parts.get(key, -1) for key in self.texts]
        marks = {key: f"{', ' if number else ''}{key}: " for number, key in enumerate(keys)}
        return itemgetter(*texts, *(parts.get(key, -2) for key in self.others)), marks


class Rows:
    """Reads the rows of texts of one file; roles and bases are those that there are."""

    def __init__(self, fields: Fields, roles: Sequence[str], bases: Sequence[str]) -> None:
        self.file = fields.file
        self.ids = fields.ids
        self.roles = ("", *roles)
        self.bases = ("", *bases)
        self.figures = Recipes(_FIGURE, ("at",), ("indicator", "value"))
        self.years: dict[str, int | None] = {"": None}

    def year(self, text: str) -> int | None:
        """Return a year, and keep it: a plan speaks of few."""
        year = self.years[text] = year_of(text)
        return year

    def place(self, row: Mapping, mark: str) -> Place:
        """Return where the value behind a mark begins; the marks stand nowhere else in a row."""
        return Place(self.file, row.line + 1, row.column + 2 + row.body.find(mark) + len(mark))

    def figure(self, row: Mapping) -> Statement | None:
        """Return the body figure that a row states."""
        said = self.figures.taken(row)
        if said is None:
            return None
        name, text, when, role, scope, base, unit, period, quote, nature, note, id_, at = said
        name = name.strip()
        year = self.years.get(when) or self.year(when)
        lines = () if at is _ABSENT else lines_of(at)
        if not name or lines is None or (when and year is None) or (period and period not in ("review", "plan")):
            return None
        if role not in self.roles or base not in self.bases or (id_ and not is_id(id_, self.ids)):
            return None
        if id_:
            self.ids.add(id_)
        marks = self.figures.marks
        return Statement(
            name,
            text,
            self.place(row, marks["value"]),
            self.place(row, marks["indicator"]),
            role,
            year,
            scope,
            base,
            unit,
            period,
            lines,
            quote,
            nature,
            note,
            id_,
            "",
            "",
            False,
        )

    def cells(self, sheet: Sheet, recipes: Recipes, row: Mapping, statements: list[Statement]) -> Row | None:
        """Return a row of a table and add its figures, one for each of the columns."""
        said = recipes.taken(row)
        if said is None:
            return None
        name, unit, scope, base, quote, nature, note, id_, at, no, *cells = said
        name = name.strip()
        lines = () if at is _ABSENT else lines_of(at)
        if not name or lines is None or base not in self.bases or (id_ and not is_id(id_, self.ids)):
            return None
        if id_:
            self.ids.add(id_)
        unit, scope, base = unit or sheet.unit, scope or sheet.scope, base or sheet.base
        marks = recipes.marks
        named = self.place(row, marks["indicator"])
        for text, (heading, role, year, own_unit, own_scope) in zip(cells, sheet.columns, strict=True):
            if text is _ABSENT:
                continue
            statements.append(
                Statement(
                    name,
                    text,
                    self.place(row, marks[heading]),
                    named,
                    role,
                    year,
                    own_scope or scope,
                    base,
                    unit or own_unit,
                    "",
                    lines,
                    quote,
                    nature,
                    note,
                    f"{id_}.{year or ''}.{role}" if id_ else "",
                    sheet.table,
                    sheet.repeats,
                    False,
                )
            )
        number = None if no is _ABSENT else Term(no.strip(), self.place(row, marks["no"]))
        return Row(number, Term(name, named), scope, base, lines)

    def recipes(self, sheet: Sheet) -> Recipes:
        """Return the recipes for the rows of a table."""
        return Recipes(_ROW, ("at", "no", *(heading for heading, *_ in sheet.columns)), ("indicator",))
