"""Which figures a question must see together: the small parts of a plan that it can be put to alone."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import TYPE_CHECKING

from msgspec import Struct
from msgspec.structs import replace

from planlint.facts import Assertion, Facts, Figure, Standing, Topic
from planlint.names import fold
from planlint.questions.coverage import said_of_whole
from planlint.questions.densities import topics_of
from planlint.questions.restated import restates
from planlint.questions.verbs import verb_of
from planlint.rates import rates_asked
from planlint.sights import Strength
from planlint.verdicts import Inquiry

if TYPE_CHECKING:
    from planlint.rules import Rule


class Party(Struct, frozen=True):
    """Some figures that a question sees together, those of them that may be wrong, and how much it sees of them."""

    facts: Facts
    figures: tuple[Figure, ...]
    strength: Strength


SIEVES = frozenset({"granularity"})
"""Questions that some errors pass although smaller ones are noticed."""


def parties(rule: Rule, facts: Facts) -> Iterator[Party]:
    """Yield the parts of a plan that a rule is put to; none where its question is solved for the number instead."""
    find = _PARTIES.get(rule.ask)
    if find is not None:
        yield from find(rule, facts)


def _party(
    facts: Facts,
    topics: Iterable[Topic],
    strength: Strength,
    may_move: Callable[[Figure], bool] = lambda figure: True,
    *,
    year: int | None = None,
    claims: tuple[Assertion, ...] = (),
) -> Party:
    by_topic = {}
    for topic in dict.fromkeys(topics):
        found = [f for f in facts.by_topic.get(topic, []) if year is None or f.year == year]
        if found:
            by_topic[topic] = found
    figures = tuple(figure for found in by_topic.values() for figure in found)
    part = replace(facts, figures=figures, by_topic=by_topic, assertions=claims)
    return Party(part, tuple(figure for figure in figures if may_move(figure)), strength)


def _is_target(figure: Figure) -> bool:
    return figure.standing is Standing.TARGET


def _has_direction(figures: list[Figure]) -> bool:
    return figures[0].indicator.polarity in ("higher", "lower")


def _years(figures: Iterable[Figure]) -> list[int]:
    return sorted({figure.year for figure in figures})


def _agreement(rule: Rule, facts: Facts) -> Iterator[Party]:
    for topic, figures in facts.by_topic.items():
        if len(figures) > 1:
            alike = [f for f in figures if f.standing.value == rule.options.choices["role"]]
            for year in _years(alike):
                party = _party(facts, [topic], Strength.PRINTING, alike.__contains__, year=year)
                if len(party.figures) > 1:
                    yield party


def _direction(rule: Rule, facts: Facts) -> Iterator[Party]:
    for topic, figures in facts.by_topic.items():
        if len(figures) > 1 and any(map(_is_target, figures)):
            party = _party(facts, [topic], Strength.ORDER, _held_against(rule, figures))
            if any(figure.standing is Standing.REPORTED for figure in party.figures):
                yield party


def _held_against(rule: Rule, figures: list[Figure]) -> Callable[[Figure], bool]:
    """Return which figures of a topic a rule about targets may cite: targets, and what it holds them against."""
    choices = rule.options.choices
    if choices["when"] == "equal" or any(f.amount.change is not None for f in figures):
        return lambda figure: True
    return lambda figure: _is_target(figure) or (figure.role == "baseline") is (choices["against"] == "baseline")


def _later(rule: Rule, facts: Facts) -> Iterator[Party]:
    for topic, figures in facts.by_topic.items():
        if _has_direction(figures) and len(_years(filter(_is_target, figures))) > 1:
            yield _party(facts, [topic], Strength.ORDER, _is_target)


def _assigned(rule: Rule, facts: Facts) -> Iterator[Party]:
    both = (Standing.TARGET, Standing.ASSIGNED)
    for topic, figures in facts.by_topic.items():
        if _has_direction(figures):
            for year in _years(f for f in figures if f.standing is Standing.ASSIGNED):
                yield _party(facts, [topic], Strength.ORDER, lambda f: f.standing in both, year=year)


def _pace(rule: Rule, facts: Facts) -> Iterator[Party]:
    for topic, figures in facts.by_topic.items():
        reported = _years(f for f in figures if f.standing is Standing.REPORTED)
        if len(reported) > 1 and any(map(_is_target, figures)):
            yield _party(facts, [topic], Strength.ORDER)


def _events(rule: Rule, facts: Facts) -> Iterator[Party]:
    for topic, figures in facts.by_topic.items():
        indicator = figures[0].indicator
        if indicator.polarity == "lower" and indicator.numerator and any(map(_is_target, figures)):
            keys = [indicator.numerator, indicator.denominator, rule.options.choices["instead"]]
            topics = [replace(topic, indicator=key) for key in keys if key]
            yield _party(facts, [topic, *topics], Strength.ORDER)


def _capacity(rule: Rule, facts: Facts) -> Iterator[Party]:
    inquiry = Inquiry(facts, ())
    for topic, figures in facts.by_topic.items():
        found = topics_of(inquiry, topic, figures[0]) if any(map(_is_target, figures)) else None
        if found is not None and all(one in facts.by_topic for one in found):
            for year in _years(filter(_is_target, figures)):
                yield _party(facts, [topic, *found], Strength.EQUATION, _is_target, year=year)


def _granularity(rule: Rule, facts: Facts) -> Iterator[Party]:
    for together in rates_asked(facts):
        party = _party(facts, together.topics, Strength.SIEVE, _among(frozenset(together.cited)), year=together.year)
        if len(party.facts.by_topic) > 1:
            yield replace(party, figures=tuple(filter(_is_reported, party.figures)))


def _is_reported(figure: Figure) -> bool:
    return figure.standing is Standing.REPORTED


def _at_most(rule: Rule, facts: Facts) -> Iterator[Party]:
    """Yield each indicator with all that it is at most, or a part of."""
    known = facts.catalogue.by_key
    for topic, figures in facts.by_topic.items():
        indicator = figures[0].indicator
        waiting = list(indicator.at_most) if rule.ask == "at-most" else [indicator.part_of] * bool(indicator.part_of)
        above: dict[str, None] = {}
        while waiting:
            key = waiting.pop()
            if key not in above:
                above[key] = None
                more = known[key].part_of
                waiting += known[key].at_most if rule.ask == "at-most" else (more,) * bool(more)
        topics = [one for key in above if (one := replace(topic, indicator=key)) in facts.by_topic]
        for year in _years(figures) if topics else ():
            yield _party(facts, [topic, *topics], Strength.ORDER, year=year)


def _partition(rule: Rule, facts: Facts) -> Iterator[Party]:
    keys = list(rule.options.choices.values())
    for topic in facts.by_topic:
        topics = [replace(topic, indicator=key) for key in keys]
        if topic.indicator == keys[0] and all(one in facts.by_topic for one in topics):
            for year in _years(facts.by_topic[topic]):
                yield _party(facts, topics, Strength.EQUATION, _is_reported, year=year)


def _proportion(rule: Rule, facts: Facts) -> Iterator[Party]:
    over, under = rule.options.choices["over"], rule.options.choices["under"]
    for topic in facts.by_topic:
        other = replace(topic, indicator=under)
        sides = [facts.by_topic[one] for one in (topic, other) if topic.indicator == over and one in facts.by_topic]
        if len(sides) == 2 and all(any(map(_is_target, side)) and any(map(_is_reported, side)) for side in sides):
            # What a text reports for the year of a baseline is not looked at.
            bases = {(f.topic, f.year) for side in sides for f in side if f.role == "baseline"}
            idle = [f for side in sides for f in side if f.role != "baseline" and _is_reported(f)]
            spared = frozenset(f for f in idle if (f.topic, f.year) in bases)
            yield _party(facts, [topic, other], Strength.ORDER, _outside(spared))


def _outside(figures: frozenset[Figure]) -> Callable[[Figure], bool]:
    return lambda figure: figure not in figures


def _references(rule: Rule, facts: Facts) -> Iterator[Party]:
    """Yield each topic that a reference plan prints, too, in any scope."""
    printed = {topic.indicator for reference in facts.references for topic in reference.by_topic}
    strength = Strength.ORDER if rule.ask == "upper-target" else Strength.PRINTING
    for topic in facts.by_topic:
        if topic.indicator in printed:
            yield _party(facts, [topic], strength, _is_target if rule.ask == "upper-target" else lambda f: True)


def _region(rule: Rule, facts: Facts) -> Iterator[Party]:
    scopes: dict[Topic, list[Topic]] = {}
    for topic, figures in facts.by_topic.items():
        if figures[0].indicator.kind == "count":
            scopes.setdefault(replace(topic, scope=""), []).append(topic)
    above = {topic for reference in facts.references for topic in reference.by_topic}
    for region, topics in scopes.items():
        if region not in facts.by_topic or (len(topics) == 1 and region not in above):
            continue
        for year in _years(f for topic in topics for f in facts.by_topic[topic]):
            yield _party(facts, topics, Strength.ORDER, lambda f: not f.topic.scope, year=year)
            for topic in topics:
                if topic.scope:
                    yield _party(facts, [region, topic], Strength.ORDER, lambda f: bool(f.topic.scope), year=year)


def _claimed(rule: Rule, facts: Facts) -> Iterator[Party]:
    """Yield each claim with what it refers to and what else the figures print of its subject."""
    topics: dict[str, list[Topic]] = {}
    for topic in facts.by_topic:
        topics.setdefault(topic.indicator, []).append(topic)
    at = {figure.statement.place: figure.topic for figure in facts.figures}
    for claim in facts.assertions:
        if not claim.is_complete or claim.claim.kind not in _KINDS[rule.ask]:
            continue
        spoken_of = _SPOKEN_OF.get(rule.ask)
        if spoken_of is not None and not spoken_of(claim):
            continue
        scopes = (fold(claim.claim.scope) if claim.claim.scope else "", "")
        own = topics.get(claim.indicator.key, []) if claim.indicator is not None else []
        terms = (*claim.operands.values(), *claim.items)
        cited = [term.figure.topic for term in terms if term.figure is not None]
        cells = [at[term.place] for term in terms if term.place in at]
        seen = [*cited, *cells, *(topic for topic in own if topic.scope in scopes)]
        may_move = _is_reported if rule.ask == "restated" else _among(frozenset((*cited, *cells)))
        yield _party(facts, seen, _strength(rule, claim), may_move, claims=(claim,))


def _among(topics: frozenset[Topic]) -> Callable[[Figure], bool]:
    return lambda figure: figure.topic in topics


def _strength(rule: Rule, claim: Assertion) -> Strength:
    if rule.ask == "restated":
        return Strength.PRINTING
    is_equation = rule.ask in ("change", "product") or (rule.ask == "standing" and "by" in claim.operands)
    return Strength.EQUATION if is_equation else Strength.ORDER


_KINDS = {
    "restated": frozenset({"change", "comparison", "verdict", "ratio", "sum"}),
    "whole": frozenset({"change", "comparison", "verdict"}),
    "change": frozenset({"change"}),
    "verb": frozenset({"change"}),
    "series": frozenset({"change"}),
    "product": frozenset({"product"}),
    "standing": frozenset({"comparison"}),
    "outcome": frozenset({"verdict"}),
}
"""The kinds of claims that a question is about."""
_SPOKEN_OF: dict[str, Callable[[Assertion], bool]] = {
    "restated": restates,
    "whole": lambda claim: said_of_whole(claim) != "",
    "change": lambda claim: "by" in claim.operands,
    "verb": lambda claim: verb_of(claim) is not None,
    "series": lambda claim: len(claim.items) > 1 and verb_of(claim) is not None,
}
"""What else a claim must have, whatever its numbers are, for a question to speak of it."""
_PARTIES: dict[str, Callable[[Rule, Facts], Iterator[Party]]] = {
    "agreement": _agreement,
    "direction": _direction,
    "later-target": _later,
    "assigned": _assigned,
    "pace": _pace,
    "events": _events,
    "capacity": _capacity,
    "granularity": _granularity,
    "at-most": _at_most,
    "part": _at_most,
    "partition": _partition,
    "proportion": _proportion,
    "upper-target": _references,
    "upper-value": _references,
    "sister": _references,
    "region": _region,
    **dict.fromkeys(_KINDS, _claimed),
}
ASKED = frozenset(_PARTIES)
"""The questions that are put again and again instead of being solved for a number."""
