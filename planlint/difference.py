"""The only place that tells what an edit changes in what a plan states, and in what is said of it.

Two editions go in as facts and findings; what comes out is in the order in which a reviewer wants to read it: reported
values that changed, targets that ask for less, then everything else.
"""

from __future__ import annotations

import enum
from collections.abc import Iterable, Iterator, Sequence

from msgspec import Struct
from msgspec.structs import replace

from planlint import ambition, matching, wording
from planlint.amounts import Kind, Rounding, fold
from planlint.answers import Answers, answers
from planlint.exact import Fraction
from planlint.facts import Assertion, Facts, Figure
from planlint.findings import Finding, Mention, Text
from planlint.heads import Part, head
from planlint.matching import Entry
from planlint.source import Place
from planlint.statements import Term


class Sort(enum.Enum):
    """What sort of difference; in the order in which they are shown."""

    REPORTED = "reported"
    WEAKENED = "weakened"
    VALUE = "value"
    MEANING = "meaning"
    REMOVED = "removed"
    ADDED = "added"
    PRECISION = "precision"
    SAME = "same"
    NOTED = "noted"


class Difference(Struct, frozen=True):
    """A figure or claim that an edit changed; `old` is None where it was added, `new` where it was removed."""

    sort: Sort
    old: Mention | None
    new: Mention | None
    parts: tuple[Part, ...] = ()
    said: tuple[Text, ...] = ()

    @property
    def shown(self) -> Mention:
        """Return the figure as it is now, or as it was."""
        found = self.new if self.new is not None else self.old
        if found is None:
            raise ValueError("a difference is about something")
        return found


class PlanDifference(Struct, frozen=True):
    """All that an edit changed in one plan. `old` and `new` name the files, empty where there is none."""

    plan: str
    old: str
    new: str
    head: tuple[Part, ...]
    figures: tuple[Difference, ...]
    claims: tuple[Difference, ...]
    moved: int
    """Figures of which only the place in the document, or the quote, changed."""
    answers: Answers
    unread: str = ""
    """The edition that is no readable plan, `old`, `new` or `both`: then only what is said of it is compared."""
    size: int = 0
    """How many figures the new edition has; the old one where there is no new one."""


def compare(old: Facts, new: Facts, was: Sequence[Finding] = (), now: Sequence[Finding] = ()) -> PlanDifference:
    """Return what differs between two editions of a plan; `was` and `now` are the findings about each."""
    olds, news = matching.entries(old), matching.entries(new)
    pairs = matching.pair(olds, news, matching.FIGURES)
    found: list[Difference] = []
    moved = 0
    for one, other in pairs.both:
        difference = _figure(olds[one], news[other])
        if difference is not None:
            found.append(difference)
        elif _origin(olds[one]) != _origin(news[other]):
            moved += 1
    found += [Difference(Sort.REMOVED, olds[one].mention, None) for one in pairs.removed]
    found += [Difference(Sort.ADDED, None, news[other].mention) for other in pairs.added]
    renamed = {olds[one].mention.id: news[other].mention.id for one, other in pairs.both}
    return PlanDifference(
        new.plan.id,
        old.plan.file,
        new.plan.file,
        tuple(head(old.plan, new.plan)),
        tuple(in_order(found)),
        tuple(in_order(_claims(old, new))),
        moved,
        answers(was, now, renamed, same_plan=old.plan.id == new.plan.id),
        size=len(news),
    )


def in_order(found: Iterable[Difference]) -> list[Difference]:
    """Return differences in the order of their sorts, those of a sort as they come."""
    order = {sort: number for number, sort in enumerate(Sort)}
    return sorted(found, key=lambda difference: order[difference.sort])


def _origin(entry: Entry) -> tuple[tuple[int, ...], str]:
    return entry.statement.lines, entry.statement.quote


def _figure(old: Entry, new: Entry) -> Difference | None:
    """Return what changed about a figure, None where nothing did but its place."""
    role = old.role or new.role
    unread = (old.figure is None) - (new.figure is None)
    if unread:
        # What planlint fills in for one of them is no change.
        old, new = replace(old, figure=None), replace(new, figure=None)
    parts = tuple(Part(key, before, after) for key, before, after in _keys(old, new) if before != after)
    if not parts and old.mention.text == new.mention.text:
        return None
    meaning = old.about != new.about or (old.year, old.role) != (new.year, new.role)
    weaker = ambition.weaker(old, new)
    said: tuple[Text, ...] = ()
    if weaker:
        sort, said = Sort.WEAKENED, weaker
    elif _says(old) != _says(new):
        sort = Sort.REPORTED if role in ("actual", "baseline", "") and not meaning else Sort.VALUE
        said = (*_READABLE[unread], *_by(old, new))
        if sort is Sort.REPORTED and old.statement.note == new.statement.note:
            said = (*said, Text("没有注明原因", "no note says why"))
    elif meaning:
        sort = Sort.MEANING
    elif _precision(old) != _precision(new):
        sort, said = Sort.PRECISION, (_precise(old, new),)
    elif old.mention.text != new.mention.text or any(part.key == "unit" for part in parts):
        sort, said = Sort.SAME, (Text("数值没有变", "the same value"),)
    else:
        sort = Sort.NOTED
    return Difference(sort, old.mention, new.mention, parts, said)


_READABLE: dict[int, tuple[Text, ...]] = {
    -1: (Text("现在读不成数量", "can no longer be read"),),
    0: (),
    1: (Text("原来读不成数量", "could not be read before"),),
}
"""What is said of an amount that only one edition has in a readable form."""


def _keys(old: Entry, new: Entry) -> Iterator[tuple[str, str, str]]:
    """Yield the keys of an entry beside its value that a reviewer wants to see, before and after."""
    was, now = old.statement, new.statement
    yield "indicator", was.name, now.name
    yield "scope", old.about[1], new.about[1]
    yield "base", was.base, now.base
    yield "year", _year(old.year), _year(new.year)
    yield "role", old.role, new.role
    yield "months", was.months, now.months
    yield "period", was.period, now.period
    yield "unit", was.unit, now.unit
    yield "nature", was.nature, now.nature
    yield "note", was.note, now.note
    yield "trusted", str(was.trusted).lower(), str(now.trusted).lower()
    yield "table", was.table, now.table
    yield "id", was.id, now.id


def _year(year: int | None) -> str:
    return "" if year is None else str(year)


def _says(entry: Entry) -> tuple[object, ...]:
    """Return what an amount says, however it is spelt and however many digits it has."""
    figure = entry.figure
    if figure is None:
        return fold(entry.statement.text), fold(entry.statement.unit)
    amount = figure.amount
    if amount.kind is Kind.WORDS:
        return amount.kind, fold(amount.text)
    if figure.measure is None:
        number = None if amount.number is None else amount.number.value
        upper = None if amount.upper is None else amount.upper.value
        return amount.kind, amount.operator, amount.hedge, number, upper, amount.unit, amount.change
    return amount.kind, amount.operator, amount.hedge, figure.measure, figure.upper


def _precision(entry: Entry) -> object:
    """Return which true values a figure may stand for: 10 and 10.0 are not the same, ≥10 and ≥10.0 are."""
    figure = entry.figure
    if figure is None or figure.measure is None:
        amount = None if figure is None else figure.amount
        return None if amount is None or amount.number is None else amount.number.quantum
    return figure.interval(Rounding.NEAREST)


def _precise(old: Entry, new: Entry) -> Text:
    """Return whether a figure became more or less precise."""
    before, after = (_step(entry.figure) for entry in (old, new))
    if after < before:
        return Text("数值相同，精度提高", "the same value, printed more precisely")
    return Text("数值相同，精度降低", "the same value, printed less precisely")


def _step(figure: Figure | None) -> Fraction:
    if figure is None or figure.amount.number is None:
        return Fraction(0)
    return figure.amount_step if figure.factor is not None else figure.amount.number.quantum


def _by(old: Entry, new: Entry) -> Iterator[Text]:
    """Yield by how much a number changed, where both are numbers of one indicator."""
    before, after = old.figure, new.figure
    if before is None or after is None or before.measure is None or after.measure is None:
        return
    if before.topic.indicator != after.topic.indicator or before.measure == after.measure:
        return
    gap = wording.difference(abs(after.measure - before.measure), after.indicator.unit)
    sign = "+" if after.measure > before.measure else "−"
    yield Text(f"{sign}{gap.zh}", f"{sign}{gap.en}")


def _claims(old: Facts, new: Facts) -> Iterator[Difference]:
    """Yield what changed about claims; terms that are figures of the plan are shown as those."""
    pairs = matching.pair(old.assertions, new.assertions, matching.CLAIMS)
    places = matching.figure_places(old), matching.figure_places(new)
    for one, other in pairs.both:
        before, after = old.assertions[one], new.assertions[other]
        was, now = _claim(before, places[0]), _claim(after, places[1])
        keys = dict.fromkeys((*was, *now))
        parts = tuple(Part(k, was.get(k, ""), now.get(k, "")) for k in keys if was.get(k, "") != now.get(k, ""))
        if parts:
            yield Difference(Sort.VALUE, before.mention, after.mention, parts)
    for sort, facts, numbers, own in (
        (Sort.REMOVED, old, pairs.removed, places[0]),
        (Sort.ADDED, new, pairs.added, places[1]),
    ):
        for number in numbers:
            assertion = facts.assertions[number]
            if assertion.claim.place in own:
                # What a row of a table states beside its figures comes and goes with them.
                continue
            said = _claim(assertion, own).items()
            if sort is Sort.REMOVED:
                yield Difference(sort, assertion.mention, None, tuple(Part(key, text, "") for key, text in said))
            else:
                yield Difference(sort, None, assertion.mention, tuple(Part(key, "", text) for key, text in said))


def _claim(assertion: Assertion, places: frozenset[Place]) -> dict[str, str]:
    """Return what a claim says of its own, by key."""
    claim = assertion.claim

    def own(terms: Iterable[Term]) -> str:
        return "、".join(term.text for term in terms if term.place not in places)

    found = {key: term.text for key, term in claim.terms.items() if term.place not in places}
    found |= {"items": own(claim.items), "against": own(claim.against), "scope": claim.scope, "note": claim.note}
    found |= {"year": _year(claim.year), "flags": ", ".join(sorted(claim.flags)), "id": claim.id}
    if claim.place not in places:
        found["subject"] = claim.subject
    return {key: text for key, text in found.items() if text}
