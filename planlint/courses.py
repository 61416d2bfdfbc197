"""The course of each indicator: what was reached, and the bounds that its targets set for later years.

Nothing is decided here: a target falls behind where a finding says so.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from msgspec import Struct

from planlint.amounts import Kind, Operator
from planlint.exact import Fraction
from planlint.facts import Facts, Figure, Fit, Standing
from planlint.findings import Finding, Mention
from planlint.questions.targets import subjects
from planlint.verdicts import Inquiry


class Reached(Struct, frozen=True):
    """A value that the plan reports for a year, in the indicator's unit, and the places that print it."""

    year: int
    value: Fraction
    mentions: tuple[Mention, ...]


class Goal(Struct, frozen=True):
    """The bound that a target sets for a year. `side` is 1 for a floor, -1 for a ceiling, 0 where no sign says so."""

    year: int
    value: Fraction
    side: int
    mentions: tuple[Mention, ...]
    behind: tuple[str, ...]
    """Fingerprints of the findings that say that it is worse than what was reached."""
    lost: tuple[Reached, ...]
    """What those findings hold it against."""


class Course(Struct, frozen=True):
    """An indicator with what was reached and what is aimed at. `polarity` is higher, lower, or empty for neither."""

    name: str
    polarity: str
    reached: tuple[Reached, ...]
    goals: tuple[Goal, ...]


def courses(facts: Facts, findings: Iterable[Finding]) -> tuple[Course, ...]:
    """Return every indicator of which both is printed, in the order of the file.

    `findings` are those that say that a target falls behind.
    """
    behind: dict[Mention, list[Finding]] = {}
    for finding in findings:
        for mention in finding.mentions:
            behind.setdefault(mention, []).append(finding)
    known = _bounds(facts)
    found = []
    for topic, figures in facts.by_topic.items():
        polarity, bounds = known.get(topic, ("", []))
        reached = tuple(_reached(figures))
        if not bounds:
            # A target before the period is a goal of the last plan, reported as history.
            bounds = list(_plain([f for f in figures if f.year >= facts.plan.period.first]))
        goals = tuple(_goals(bounds, reached, behind)) if reached else ()
        if goals:
            found.append(Course(_name(bounds[0][2]), polarity, reached, goals))
    return tuple(found)


_Bound = tuple[int, Fraction, list[Figure]]


def _bounds(facts: Facts) -> dict[object, tuple[str, list[_Bound]]]:
    """Return the bounds that questions about direction look at, by topic."""
    found: dict[object, tuple[str, list[_Bound]]] = {}
    for subject in subjects(Inquiry(facts, ())):
        target = subject.target
        _, bounds = found.setdefault(target.figures[0].topic, (subject.polarity, []))
        bounds.append((target.year, target.bound, target.figures))
    return found


def _plain(figures: Sequence[Figure]) -> Iterator[_Bound]:
    """Yield the targets of an indicator that has no direction, or whose sign points against it."""
    grouped: dict[tuple[int, Fraction], list[Figure]] = {}
    for figure in figures:
        if figure.standing is Standing.TARGET and figure.is_measured:
            grouped.setdefault((figure.year, figure.value), []).append(figure)
    for (year, value), group in sorted(grouped.items()):
        yield year, value, group


def _reached(figures: Sequence[Figure]) -> Iterator[Reached]:
    grouped: dict[tuple[int, Fraction], list[Mention]] = {}
    for figure in figures:
        # 2.35% beside 2.35‰ is a finding about its sign, and would flatten everything else.
        measured = figure.is_measured and figure.amount.kind is Kind.VALUE and figure.fit is not Fit.OTHER_SCALE
        if figure.standing is Standing.REPORTED and measured:
            grouped.setdefault((figure.year, figure.value), []).append(figure.mention)
    for (year, value), mentions in sorted(grouped.items()):
        yield Reached(year, value, tuple(mentions))


def _goals(
    bounds: Iterable[_Bound], reached: Sequence[Reached], behind: dict[Mention, list[Finding]]
) -> Iterator[Goal]:
    for year, value, figures in bounds:
        mentions = tuple(figure.mention for figure in figures)
        found = {f.fingerprint: f for mention in mentions for f in behind.get(mention, ())}
        cited = {mention for finding in found.values() for mention in finding.mentions}
        lost = tuple(mark for mark in reached if not cited.isdisjoint(mark.mentions))
        yield Goal(year, value, _side(figures), mentions, tuple(found), lost)


def _side(figures: Iterable[Figure]) -> int:
    """Return which side of the number a printed sign leaves open; figures that set one bound do not disagree."""
    for figure in figures:
        if figure.amount.operator is not Operator.NONE:
            return 1 if figure.amount.operator.is_floor else -1
    return 0


def _name(figures: Sequence[Figure]) -> str:
    statement = figures[0].statement
    return f"{statement.scope} {statement.name}" if statement.scope else statement.name
