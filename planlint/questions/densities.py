"""The figures that stand for a density, its count and its population: what the questions about per capita share."""

from __future__ import annotations

from collections.abc import Iterator
from typing import cast

from msgspec import Struct

from planlint.amounts import Kind, Operator, Rounding
from planlint.exact import Fraction
from planlint.facts import Figure, Standing, Topic
from planlint.intervals import Interval
from planlint.verdicts import Inquiry

_REPORTED = Standing.REPORTED
_VALUE = Kind.VALUE
_PLAIN = Operator.NONE

SYMBOLS = frozenset({"value", "count", "population"})


def base_interval(figure: Figure, rounding: Rounding) -> Interval:
    """Return a figure's interval in base units of its dimension: 10.15 人/千人口 is 0.01015 人 a resident."""
    key = (rounding, "base")
    known = figure.intervals.get(key)
    if known is None:
        known = figure.intervals[key] = figure.interval(rounding).times(figure.indicator.unit.factor)
    return known


class Pair(Struct, frozen=True):
    """A density or share with the count it was made from: same scope, population and year."""

    value: list[Figure]
    count: list[Figure]


Reported = dict[int, list[list[Figure]]]
"""By year the figures of a topic, one group for each distinct value, the most precise printing first."""


def reported(figures: list[Figure]) -> Reported:
    """Return the measured figures of some by year, grouped by value."""
    years: Reported = {}
    for figure in figures:
        # What nine months saw is not compared with a year.
        if figure.standing is _REPORTED and figure.measure is not None and not figure.statement.months:
            if figure.amount.kind is _VALUE and figure.amount.operator is _PLAIN:
                groups = years.get(figure.year)
                if groups is None:
                    years[figure.year] = [[figure]]
                else:
                    _enter(figure, groups)
    return years


def _enter(figure: Figure, groups: list[list[Figure]]) -> None:
    """Add a figure to the group of its value."""
    for group in groups:
        if group[0].measure == figure.measure:
            group.append(figure)
            # 2 人 and 2.0 人 are one value; the more precise printing is the one to judge by, wherever it stands.
            group.sort(key=lambda figure: figure.amount_step)
            return
    groups.append([figure])


def reported_years(inquiry: Inquiry, topic: Topic) -> Reported:
    """Return what `reported` makes of the usable figures of a topic; each is worked out once for all rules."""
    many = len(inquiry.spoiled)
    kept = cast("tuple[int, dict[Topic, Reported]] | None", inquiry.memory.get(reported_years))
    if kept is None or kept[0] != many:
        # What has been rejected since is usable no more.
        inquiry.memory[reported_years] = kept = many, {}
    found = kept[1].get(topic)
    if found is None:
        found = kept[1][topic] = reported(inquiry.about(topic))
    return found


def reported_in(inquiry: Inquiry, topic: Topic, year: int) -> list[list[Figure]]:
    """Return the usable figures of a topic and year, one group for each distinct value."""
    return reported_years(inquiry, topic).get(year) or []


def topics_of(inquiry: Inquiry, topic: Topic, value: Figure) -> tuple[Topic, Topic] | None:
    """Return the topics of the count and of the population that belong to a density's topic."""
    indicator = value.indicator
    population, base = indicator.denominator, ""
    if topic.base and population in inquiry.facts.catalogue.populations.values():
        population = inquiry.facts.catalogue.population_of(topic.base)
    else:
        # 常住婴儿死亡率 counts the births of residents, not the residents.
        base = topic.base
    if not indicator.numerator or not population:
        return None
    # A density with its population in the name takes a count that names it, or none.
    count = Topic(indicator.numerator, topic.scope, topic.base)
    if topic.base and count not in inquiry.facts.by_topic and indicator.kind == "density":
        count = Topic(indicator.numerator, topic.scope, "")
    return count, Topic(population, topic.scope, base)


def terms(inquiry: Inquiry) -> dict[Topic, tuple[Topic, Topic]]:
    """Return the topics of the count and of the population for every density of the plan."""
    found = {}
    for topic, figures in inquiry.facts.by_topic.items():
        if figures[0].indicator.numerator:
            topics = topics_of(inquiry, topic, figures[0])
            if topics is not None:
                found[topic] = topics
    return found


def pairs(inquiry: Inquiry) -> list[tuple[Topic, int, Pair]]:
    """Return every density whose count is printed, by population and year."""
    return list(_find_pairs(inquiry))


def _find_pairs(inquiry: Inquiry) -> Iterator[tuple[Topic, int, Pair]]:
    by_topic = inquiry.facts.by_topic
    for topic, (count_topic, population_topic) in inquiry.once(terms).items():
        if count_topic not in by_topic:
            continue
        counts = reported_years(inquiry, count_topic)
        years = reported_years(inquiry, topic)
        for year in sorted(years):
            for value in years[year]:
                for count in counts.get(year, ()):
                    yield population_topic, year, Pair(value, count)


def shorter(interval: Interval) -> Interval:
    """Return an interval whose ends have few digits and which is not narrower, for show only."""

    def cut(end: Fraction | None, up: int) -> Fraction | None:
        if end is None:
            return None
        scale = 1
        while abs(end) * scale < 10**5 and scale < 10**9:
            scale *= 10
        exact = end * scale
        return Fraction(
            -((-exact.numerator) // exact.denominator) if up else exact.numerator // exact.denominator, scale
        )

    return Interval(cut(interval.low, 0), cut(interval.high, 1))
