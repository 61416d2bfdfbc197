"""What a plan states: printed figures, claims and tables, as its file gives them and before anything is looked up."""

from __future__ import annotations

from msgspec import Struct

from planlint.fields import Years
from planlint.findings import Waiver
from planlint.patterns import pattern
from planlint.source import Place
from planlint.tree import Mapping

LATER_GOAL = "later-goal"
"""The flag of a verdict on a goal that is set for a later year than the value, as a review half-way says it."""
INVESTMENT = "项目总投资"
PROJECT_COUNT = "项目数"
_REFERENCE = pattern(r"[a-z]")


class Statement(Struct, frozen=True, gc=False):
    """One printed figure before anything is looked up: the characters, and what the plan file says around them.

    `place` is that of the value. `year` is None where the file gives none; `role` is empty then, too.
    """

    name: str
    text: str
    place: Place
    name_place: Place
    role: str
    year: int | None
    scope: str
    base: str
    unit: str
    period: str
    lines: tuple[int, ...]
    quote: str
    nature: str
    note: str
    id: str
    table: str
    repeats: str
    trusted: bool
    months: str = ""
    """The part of the year that it covers, `1-9`; empty for the whole year."""


class Term(Struct, frozen=True, gc=False):
    """A term of a claim: an amount in place, or the id of a figure."""

    text: str
    place: Place
    heading: str = ""
    """What the text took over from the head of its table: the unit, which the file does not print at the place."""

    @property
    def is_reference(self) -> bool:
        """Tell whether the term is the id of a figure; no amount begins with a small ASCII letter."""
        return _REFERENCE.match(self.text) is not None


class Claim(Struct, frozen=True, gc=False):
    """A relation that the plan asserts. `terms` holds the amounts and ids by key, `items` those of its main list.

    `against` holds the items of the second list of a `list` claim, in the place where they are named again.
    """

    kind: str
    subject: str
    terms: dict[str, Term]
    items: tuple[Term, ...]
    flags: frozenset[str]
    place: Place
    lines: tuple[int, ...] = ()
    quote: str = ""
    note: str = ""
    id: str = ""
    scope: str = ""
    year: int | None = None
    against: tuple[Term, ...] = ()


class NotFigure(Struct, frozen=True):
    """Digits of the document that are no quantity; on some lines, or wherever the text stands if there are none."""

    texts: tuple[str, ...]
    kind: str
    lines: tuple[int, ...]
    place: Place


class Row(Struct, frozen=True):
    """A row of a table: its printed number, its name, its scope. `no` is None where the row has no number."""

    no: Term | None
    name: Term
    scope: str
    base: str
    lines: tuple[int, ...]


class Table(Struct, frozen=True):
    """A table of indicators, or of projects, as it is laid out; its cells are statements."""

    id: str
    place: Place
    lines: tuple[int, ...]
    repeats: str
    columns: tuple[tuple[str, str, int | None], ...]
    """Heading, role and year of each column; empty for a table of projects."""
    rows: tuple[Row, ...]
    is_projects: bool = False
    totals: tuple[Row, ...] = ()
    """The rows of a table of projects that are no project but a sum (小计, 合计); they may be numbered, too."""


class Plan(Struct, frozen=True):
    """A plan as its file states it."""

    file: str
    id: str
    title: str
    region: str
    within: tuple[str, ...]
    references: tuple[Term, ...]
    """Plan files, named without folder and suffix, that this plan is held against."""
    period: Years
    baseline: int
    review: Years
    document: str
    status: str
    statements: tuple[Statement, ...]
    claims: tuple[Claim, ...]
    tables: tuple[Table, ...]
    not_figures: tuple[NotFigure, ...]
    indicators: tuple[Mapping, ...]
    unread: frozenset[str]
    """Ids of entries that could not be read: what refers to them is not judged and not blamed."""
    waivers: tuple[Waiver, ...] = ()
    reported: int = 0
    """The last year for which a table has a column of what was reached; 0 where no column says."""
