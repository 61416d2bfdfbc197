"""The only place that tells which figure or claim of an old edition of a plan is which of the new one.

Nothing goes by where a line stands in the file. What is the same in every respect is paired first, so that moved lines
and reordered rows change nothing; then what has the same id, is about the same, stands in the same numbered row; and
last what differs in one respect only and can be mistaken for nothing else. All of it is symmetrical: the pairs of new
and old are those of old and new.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Sequence
from typing import TypeVar

from msgspec import Struct

from planlint import names
from planlint.facts import Facts, Figure
from planlint.findings import Mention, Origin
from planlint.source import Place
from planlint.statements import Claim, Plan, Statement

Thing = TypeVar("Thing")
Key = Callable[[Thing], Hashable | None]


class Tier(Struct, frozen=True):
    """One way to recognise things: by a key, None where a thing has none. `alone` pairs only what is unique."""

    key: Callable[..., Hashable | None]
    alone: bool = False


class Entry(Struct, frozen=True, eq=False):
    """A figure as the plan file states it; `figure` is None where it could not be read. `no` is its row's number."""

    statement: Statement
    figure: Figure | None
    no: str
    mention: Mention

    @property
    def about(self) -> tuple[str, str, str, str]:
        """Return what it is about: indicator, scope, base and part of the year."""
        if self.figure is not None:
            topic = self.figure.topic
            return topic.indicator, topic.scope, topic.base, topic.months
        said = self.statement
        return f"“{names.fold(said.name)}”", names.fold(said.scope), said.base, said.months

    @property
    def year(self) -> int | None:
        """Return the year it holds for."""
        return self.figure.year if self.figure is not None else self.statement.year

    @property
    def role(self) -> str:
        """Return its role."""
        return self.figure.role if self.figure is not None else self.statement.role


def entries(facts: Facts) -> list[Entry]:
    """Return the figures of a plan in the order of its file, those that could not be read among them."""
    read = {id(figure.statement): figure for figure in facts.figures}
    placed = {figure.statement.place: figure for figure in facts.figures}
    numbers = {row.name.place: row.no.text for table in facts.plan.tables for row in table.rows if row.no is not None}
    found = []
    for statement in facts.plan.statements:
        # A statement that its name completes is a copy; its place is the same.
        figure = read.get(id(statement)) or placed.get(statement.place)
        mention = figure.mention if figure is not None else _unread(statement, facts.plan)
        found.append(Entry(statement, figure, numbers.get(statement.name_place, ""), mention))
    return found


def _unread(said: Statement, plan: Plan) -> Mention:
    """Return how a figure that could not be read is cited."""
    origin = Origin(plan.document, said.lines, said.quote)
    text = f"{said.text} {said.unit}" if said.unit and said.text[-1:].isdigit() else said.text
    return Mention(
        said.id or names.fold(said.name), said.name, said.role or "unread", said.year, text, said.place, origin
    )


def _same(entry: Entry) -> tuple[Hashable, ...]:
    said = entry.statement
    return (*_printed(entry), entry.no, said.lines, said.quote, said.note, said.nature, said.trusted, said.name)


def _printed(entry: Entry) -> tuple[Hashable, ...]:
    said = entry.statement
    return said.id, *_placed(entry), said.text, said.unit


def _placed(entry: Entry) -> tuple[Hashable, ...]:
    return entry.about, entry.year, entry.role, entry.statement.period, entry.statement.table


def _stated(entry: Entry) -> tuple[Hashable, ...]:
    """Return what the file says an entry is about, which it says of an amount that cannot be read as well."""
    said = entry.statement
    return names.fold(said.name), said.role, said.year, said.scope, said.base, said.months, said.period, said.table


def _when(entry: Entry, *also: str | tuple[int, ...]) -> Hashable | None:
    """Return a key of what an entry is about and something that must be there."""
    return (entry.about, entry.year, entry.role, also) if all(also) else None


def _deadline(entry: Entry) -> Hashable | None:
    return (entry.about, entry.role, entry.statement.table) if entry.role in ("target", "assigned") else None


FIGURES: tuple[Tier, ...] = (
    Tier(_same),
    Tier(_printed),
    Tier(lambda e: e.statement.id or None),
    Tier(lambda e: _when(e, e.statement.table, e.no)),
    Tier(lambda e: _when(e, e.statement.table, e.statement.lines)),
    Tier(lambda e: _when(e, e.statement.quote, e.statement.lines)),
    Tier(lambda e: _when(e, e.statement.lines)),
    Tier(_placed),
    Tier(lambda e: (e.about, e.year, e.role)),
    Tier(lambda e: (_stated(e), e.no, e.statement.lines)),
    Tier(_stated),
    # From here on it is about something else than before, in one respect.
    Tier(lambda e: (e.statement.table, e.no, e.year, e.role) if e.no else None, alone=True),
    Tier(lambda e: (e.about[0], e.about[2:], e.year, e.role, e.statement.table), alone=True),
    Tier(lambda e: (e.about[:2], e.year, e.role, e.statement.table), alone=True),
    Tier(lambda e: (e.about, e.year, e.statement.table, e.statement.text), alone=True),
    Tier(lambda e: (e.about, e.role, e.statement.table, e.statement.text), alone=True),
    Tier(_deadline, alone=True),
    Tier(lambda e: (e.statement.lines, e.statement.text, e.year) if e.statement.lines else None, alone=True),
)
"""How figures are recognised, the surest way first."""


def _terms(claim: Claim) -> Hashable:
    terms = tuple((key, term.text) for key, term in sorted(claim.terms.items()))
    items = tuple(tuple(term.text for term in items) for items in (claim.items, claim.against))
    return claim.kind, terms, items, claim.flags


CLAIMS: tuple[Tier, ...] = (
    Tier(lambda a: (a.claim.id, a.claim.subject, _terms(a.claim), a.claim.lines, a.claim.quote, a.claim.scope)),
    Tier(lambda a: (a.claim.id, names.fold(a.claim.subject), _terms(a.claim))),
    Tier(lambda a: a.claim.id or None),
    Tier(lambda a: (a.claim.kind, names.fold(a.claim.subject), a.claim.year, a.claim.lines)),
    Tier(lambda a: (a.claim.kind, names.fold(a.claim.subject), a.claim.year)),
    Tier(lambda a: (a.claim.kind, names.fold(a.claim.subject)), alone=True),
    Tier(lambda a: _terms(a.claim), alone=True),
    Tier(lambda a: (a.claim.kind, a.claim.lines) if a.claim.lines else None, alone=True),
)
"""How claims are recognised, the surest way first."""


class Pairs(Struct, frozen=True):
    """What was recognised, in the order of the new edition, and what stands in one edition only."""

    both: tuple[tuple[int, int], ...]
    removed: tuple[int, ...]
    added: tuple[int, ...]


def pair(old: Sequence[Thing], new: Sequence[Thing], tiers: Iterable[Tier]) -> Pairs:
    """Return which things of an old edition are which of a new one, by their numbers in each."""
    left, right = list(range(len(old))), list(range(len(new)))
    both: list[tuple[int, int]] = []
    for tier in tiers:
        if not left or not right:
            break
        olds, news = _groups(old, left, tier.key), _groups(new, right, tier.key)
        found = []
        for key, group in olds.items():
            other = news.get(key, [])
            if not tier.alone or len(group) == len(other) == 1:
                found += list(zip(group, other, strict=False))
        both += found
        gone, come = {one for one, _ in found}, {other for _, other in found}
        left = [one for one in left if one not in gone]
        right = [other for other in right if other not in come]
    return Pairs(tuple(sorted(both, key=lambda two: two[1])), tuple(left), tuple(right))


def _groups(things: Sequence[Thing], numbers: Iterable[int], key: Key[Thing]) -> dict[Hashable, list[int]]:
    groups: dict[Hashable, list[int]] = {}
    for number in numbers:
        found = key(things[number])
        if found is not None:
            groups.setdefault(found, []).append(number)
    return groups


def figure_places(facts: Facts) -> frozenset[Place]:
    """Return where figures and the names of their rows stand: a claim that repeats them says nothing of its own."""
    return frozenset(place for statement in facts.plan.statements for place in (statement.place, statement.name_place))
