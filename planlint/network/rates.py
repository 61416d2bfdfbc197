"""The only place that ties the rates of one denominator together: all of them are whole numbers of the same things."""

from __future__ import annotations

from planlint.exact import Fraction
from planlint.facts import Standing
from planlint.network.build import NEGATIVE, ZERO, Draft, is_integral, populations_of
from planlint.network.variables import ONE, Key, Shape
from planlint.questions.granularity import terms_of_rate

Rates = dict[int, int | None]
"""Variables of rates, each with that of its numerator."""


def add_rates(made: Draft) -> None:
    """Add a constraint for every denominator that something is known of and that whole things are counted by.

    What a word such as 约 loosens is left out, and what may be a mean of several years; so is a population that nobody
    prints: it may be that of another day.
    """
    groups: dict[int, Rates] = {}
    for key, value in made.keys.items():
        figures = made.facts.by_topic.get(key.topic)
        if not figures or not made.printings[value] or key.standing is not Standing.REPORTED or key.topic.months:
            continue
        topics = terms_of_rate(made.inquiry, key.topic, figures[0])
        if topics is None or made.is_loose(value):
            continue
        of, things = topics
        denominator = _counted(made, Key(things, key.year, Standing.REPORTED))
        count = made.keys.get(Key(of, key.year, Standing.REPORTED)) if of is not None else None
        if denominator is not None and not made.is_loose(denominator):
            if made.printings[denominator] or things.indicator not in populations_of(made):
                groups.setdefault(denominator, {})[value] = count
    tied = {term.variable for c in made.constraints if c.kind != "identity" for term in c.terms}
    for denominator, rates in groups.items():
        counts = [count for count in rates.values() if count is not None]
        if any(made.printings[number] or number in tied for number in (denominator, *counts)):
            _tie(denominator, rates, made)


def _counted(made: Draft, key: Key) -> int | None:
    """Return the variable of a key that counts things one by one, None where nothing is known of it."""
    number = made.keys.get(key)
    return number if number is not None and is_integral(made.variables[number], made) else None


def _tie(denominator: int, rates: Rates, made: Draft) -> None:
    terms: list[tuple[int, Fraction]] = [(denominator, ONE)]
    known = {denominator}
    for value in sorted(rates, key=lambda number: made.variables[number].id):
        count = rates[value]
        terms.append((value, ONE))
        if count is not None and count not in known:
            # Two rates of one numerator, in two units: what is known of it is said with the first.
            terms.append((count, NEGATIVE))
            known.add(count)
    made.constrain(Shape.RATES, "rates", terms, ZERO)
