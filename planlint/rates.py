"""Which rates of whole things a question about their denominator can speak of, and with which figures."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec import Struct

from planlint.amounts import Kind, Operator, Rounding
from planlint.facts import Facts, Figure, Standing, Topic
from planlint.questions.densities import base_interval, topics_of
from planlint.verdicts import Inquiry

STEPS_TRIED = 20
"""By so many of its last digit a denominator may be wrong."""


class Together(Struct, frozen=True):
    """The topics that have one denominator, those of them that can be cited, and a year."""

    topics: list[Topic]
    cited: list[Topic]
    year: int


def rates_asked(facts: Facts) -> Iterator[Together]:
    """Yield what belongs together, where some rate may turn out to be that of no whole number."""
    groups: dict[Topic, dict[Topic, None]] = {}
    rates: dict[Topic, list[tuple[Topic, Topic | None]]] = {}
    for rate, count, below in _rates(facts):
        group = groups.setdefault(below, {below: None})
        group[rate] = None
        rates.setdefault(below, []).append((rate, count))
        if count is not None:
            group[count] = None
    for below, group in groups.items():
        present = [topic for topic in group if topic in facts.by_topic]
        for year in sorted({f.year for topic in present for f in facts.by_topic[topic]}):
            asked = [rate for rate, count in rates[below] if not _is_one(_of_year(facts, count, year))]
            if not _are_always_whole([f for rate in asked for f in _of_year(facts, rate, year)], below, year, facts):
                # The other figures are cited only where they imply a denominator that nobody prints.
                cited = [below, *asked] if _is_one(_of_year(facts, below, year)) else present
                yield Together(present, cited, year)


def _rates(facts: Facts) -> Iterator[tuple[Topic, Topic | None, Topic]]:
    """Yield each rate of whole things with its numerator, where it has one, and its denominator."""
    inquiry = Inquiry(facts, ())
    for topic, figures in facts.by_topic.items():
        indicator = figures[0].indicator
        if indicator.denominator and facts.catalogue.by_key[indicator.denominator].whole:
            found = topics_of(inquiry, topic, figures[0]) if indicator.numerator else None
            yield topic, *(found or (None, Topic(indicator.denominator, topic.scope, "")))


def _of_year(facts: Facts, topic: Topic | None, year: int) -> list[Figure]:
    found = facts.by_topic.get(topic, []) if topic is not None else []
    return [
        f
        for f in found
        if f.year == year and f.standing is Standing.REPORTED and f.is_measured and not f.statement.months
    ]


def _is_one(figures: list[Figure]) -> bool:
    """Tell whether some figures are one plain value: a rate whose numerator is printed so is not asked for another."""
    return len({f.value for f in figures}) == 1 and all(_is_plain(f) for f in figures)


def _is_plain(figure: Figure) -> bool:
    return figure.amount.kind is Kind.VALUE and figure.amount.operator is Operator.NONE


def _are_always_whole(rates: list[Figure], below: Topic, year: int, facts: Facts) -> bool:
    """Tell whether rates are so rough for the one printed denominator that each is that of a whole number, or none."""
    printed = _of_year(facts, below, year)
    low = base_interval(printed[0], Rounding.NEAREST).low if len(printed) == 1 and _is_plain(printed[0]) else None
    if low is None:
        return not rates
    least = low - STEPS_TRIED * printed[0].amount_step * printed[0].indicator.unit.factor
    widths = [base_interval(rate, Rounding.NEAREST) for rate in rates]
    return all(w.low is None or w.high is None or (w.high - w.low) * least >= 1 for w in widths)
