"""Do the targets for a density, for its count and for the population of the same year fit together?"""

from __future__ import annotations

from collections.abc import Iterator

from msgspec import Struct

from planlint import formula, wording
from planlint.amounts import Rounding
from planlint.exact import Fraction
from planlint.facts import Figure, Standing, Topic
from planlint.findings import Severity, Text
from planlint.intervals import Interval
from planlint.questions.densities import SYMBOLS, base_interval, terms
from planlint.questions.strands import targets
from planlint.verdicts import Inquiry, Options, Question, Relation, Verdict, fails, first_rounding, name_of, undecided


class _Goals(Struct, frozen=True):
    """What is planned for one year: a density, the count it is made from, and the population."""

    value: list[Figure]
    count: list[Figure]
    population: list[Figure]

    @property
    def figures(self) -> list[Figure]:
        """Return all of them."""
        return [*self.value, *self.count, *self.population]


def ask_capacity(inquiry: Inquiry, options: Options) -> Iterator[Verdict]:
    """Put the formula to every density whose count is planned for the same year."""
    planned = {strand.topic.indicator for strand in targets(inquiry)}
    if not planned:
        return
    for topic, (count_topic, population_topic) in inquiry.once(terms).items():
        counts = _planned(inquiry, count_topic) if count_topic.indicator in planned else None
        if not counts:
            continue
        populations = _planned(inquiry, population_topic)
        for year, value in _planned(inquiry, topic).items():
            if year not in counts:
                continue
            if year not in populations:
                name = inquiry.facts.catalogue.by_key[population_topic.indicator].name
                because = Text(f"没有印出{year}年的{name.zh}", f"{name.en} of {year} is not printed")
                yield undecided([*value, *counts[year]], because)
                continue
            yield from _judge(_Goals(value, counts[year], populations[year]), options)


def _planned(inquiry: Inquiry, topic: Topic) -> dict[int, list[Figure]]:
    """Return the targets of a topic by year; a year that only forecasts a population counts as planned."""
    years: dict[int, list[Figure]] = {}
    for figure in inquiry.about(topic):
        if figure.standing is Standing.TARGET and figure.measure is not None and not figure.statement.months:
            years.setdefault(figure.year, []).append(figure)
    return years


def _judge(goals: _Goals, options: Options) -> Iterator[Verdict]:
    relation = options.formula

    def fit(rounding: Rounding) -> bool:
        # Several targets for one year are another rule's business: it is enough that some of them fit.
        return any(
            _needed(relation, value, people, rounding).meets(base_interval(count, rounding))
            for value in goals.value
            for people in goals.population
            for count in goals.count
        )

    tier = first_rounding(fit)
    if tier is Rounding.NEAREST:
        return
    if tier is not None:
        yield _finding(goals, relation, "rounding", Severity.INFO)
        return
    hedged = any(figure.amount.hedge for figure in goals.figures)
    yield _finding(goals, relation, "message", options.severity.milder() if hedged else options.severity)


def _needed(relation: Relation, value: Figure, people: Figure, rounding: Rounding) -> Interval:
    values = {"value": _bound(value, rounding), "population": _bound(people, rounding)}
    return formula.evaluate(relation.solutions["count"], values, {})


def _bound(figure: Figure, rounding: Rounding) -> Interval:
    """Return what a target allows; nothing it stands for is below zero."""
    interval = base_interval(figure, rounding)
    zero = interval.low is not None and interval.low >= 0
    return interval if zero else interval.intersect(Interval(_ZERO, None)) or interval


def _finding(goals: _Goals, relation: Relation, variant: str, severity: Severity) -> Verdict:
    value, count, people = goals.value[0], goals.count[0], goals.population[0]
    printed = value.value * value.indicator.unit.factor * people.value * people.indicator.unit.factor
    unit = count.indicator.unit
    needed = wording.short(printed / unit.factor)
    sign = "≥ " if value.amount.operator.is_floor else "≤ " if value.amount.operator.is_ceiling else ""
    shown: dict[str, str | Text] = {
        "name": name_of(value),
        "year": str(value.year),
        "value": value.mention.text,
        "population": people.mention.text,
        "count": count.mention.text,
        "count_name": count.statement.name,
        "needed": f"{sign}{needed} {unit.name}",
    }
    step = f"{people.mention.text} × {value.mention.text} = {needed} {unit.name}"
    return fails(goals.figures, shown, (Text(step, step),), variant=variant, severity=severity)


_ZERO = Fraction(0)
_SHOWN = frozenset({"name", "year", "value", "population", "count", "count_name", "needed"})
CAPACITY = Question({}, {"message": _SHOWN, "rounding": _SHOWN}, ask_capacity, SYMBOLS)
