"""The only place that weighs what no arithmetic decides: how well a value suits the figures around it.

Three things speak for or against a value: targets, comparisons and bounds that it keeps or breaks; how far it lies from
the same indicator in other years; at how many places it is printed. They rank repairs, and decide nothing else.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from planlint.exact import Fraction
from planlint.facts import Facts, Figure, Standing
from planlint.network.literals import digits_of
from planlint.network.slips import Neighbours
from planlint.network.surroundings import Surroundings
from planlint.network.variables import Observation

BROKEN = Fraction(1, 20)
"""How much less likely a value is that contradicts others."""
_LOOSE = {"direction": Fraction(1, 5), "bounds": Fraction(1, 1000)}
"""How much less likely a value is that falls behind a goal, as real plans have it, or that cannot be at all."""
_COPIED = Fraction(1, 5)
"""How much less likely it is that one more place prints the same wrong value."""
_APART = Fraction(1, 20)
"""A difference between years of which nothing follows, as a part of the value."""
_STILL = Fraction(1, 20)
"""A difference between years that is as likely as none at all."""

_SET = frozenset({Standing.TARGET, Standing.ASSIGNED})
_FELLOW, _NEW = 3, Fraction(1, 3)
"""What the decimals of the same indicator in another year count for, beside those of the like; and never seen ones."""
_ZERO, _SET_ZERO = 3, 10
"""How much likelier a number is for each zero that it ends with: in a claim, and where people set it.

Of goals 20 and 200 there are as many; what is counted has no such wish.
"""
_SIZES = 4
"""How many sizes, in digits, numbers have that nothing is known of."""

ONE = Fraction(1)


class Evidence:
    """What stands around the figures of a plan, looked up when it is first needed."""

    def __init__(self, facts: Facts) -> None:
        self.facts = facts
        self.neighbours = Neighbours(facts)
        self._sights = Surroundings(facts)
        self._sizes: dict[tuple[str, str], Counter[int]] = {}
        self._values: dict[tuple[str, Standing], Counter[tuple[int, int]]] = {}
        self._steps: dict[tuple[str, Standing], Counter[tuple[int, int]]] = {}

    def prior(self, observation: Observation, alike: int = 0) -> Fraction:
        """Return how likely a value is to be wrong for the number of places that print it, for comparison only.

        `alike` is how many more places print the same number with other words: 100 and ≥100.
        """
        places = {printing.mention.place for printing in observation.printings}
        return _COPIED ** (len(places) + alike - 1)

    def suits(self, observation: Observation, value: Fraction, step: Fraction) -> Fraction:
        """Return how well a value, printed in some steps, suits what stands around. Base units; for comparison only."""
        found = ONE
        for ask in self.broken(observation, value):
            found *= _LOOSE.get(ask, BROKEN)
        figure = observation.printings[0].figure
        if figure is None:
            return found * _round(value, step, observation, _ZERO)
        if figure.standing in _SET or figure.indicator.kind == "money":
            found *= _round(value, step, observation, _SET_ZERO)
        found *= self._usual(figure, value)
        others = self._others(figure)
        near = _near(value, others) if others else self._sized(figure, value)
        return found * near * self._precise(figure, step, others)

    def broken(self, observation: Observation, value: Fraction) -> list[str]:
        """Return the questions about order or range that would reject a value, each once."""
        found: dict[str, None] = {}
        for printing in observation.printings:
            number = value / printing.factor
            for sight in self._sights.at(printing.mention.place):
                if sight.allowed is None or number not in sight.allowed:
                    found[sight.ask] = None
        return list(found)

    def _usual(self, figure: Figure, value: Fraction) -> int:
        """Return how often other figures of the same unit and kind have a value, and one: goals of 90 % are many."""
        unit = figure.indicator.unit
        key = unit.name, figure.standing
        known = self._values.get(key)
        if known is None:
            known = self._values[key] = Counter(
                (f.value * f.indicator.unit.factor).as_integer_ratio()
                for f in self._measured()
                if f.standing is figure.standing and f.indicator.unit.name == unit.name
            )
        # Its own printings say nothing of what is usual.
        own = sum(
            (f.year, f.standing, f.value * f.indicator.unit.factor) == (figure.year, figure.standing, value)
            for f in self.facts.by_topic.get(figure.topic, [])
            if f.is_measured
        )
        return 1 + known[value.as_integer_ratio()] - own

    def _sized(self, figure: Figure, value: Fraction) -> Fraction:
        """Return how many of the like have as many digits before the point, where no other year tells the size."""
        indicator = figure.indicator
        key = indicator.unit.name, indicator.kind
        known = self._sizes.get(key)
        if known is None:
            known = self._sizes[key] = Counter(
                _digits(f.value)
                for f in self._measured()
                if f.indicator.kind == indicator.kind and f.indicator.unit.name == indicator.unit.name
            )
        digits, own = _digits(value / indicator.unit.factor), _digits(figure.value)
        like = known[digits] - (digits == own)
        return (like + ONE) / (known.total() - 1 + _SIZES)

    def _measured(self) -> Iterator[Figure]:
        for topic in self.facts.by_topic.values():
            for figure in topic:
                if figure.measure is not None:
                    yield figure

    def precise(self, observation: Observation, step: Fraction) -> Fraction:
        """Return how usual numbers printed in some steps are where an observation stands."""
        figure = observation.printings[0].figure
        return self._precise(figure, step, self._others(figure)) if figure is not None else ONE

    def _precise(self, figure: Figure, step: Fraction, others: list[Figure]) -> Fraction:
        """Return how usual numbers with so many decimals are among those that report the same or the like."""
        own = [_step(other) for other in others if other.standing is figure.standing]
        key = figure.indicator.kind, figure.standing
        like = self._steps.get(key)
        if like is None:
            like = self._steps[key] = Counter(
                _step(other).as_integer_ratio()
                for other in self.facts.figures
                if other.standing is key[1]
                and other.indicator.kind == key[0]
                and other.measure is not None
                and other.amount.number is not None
            )
        many = like[step.as_integer_ratio()] - (step == _step(figure))
        found = Fraction(_FELLOW * own.count(step) + many)
        if not found and step < _step(figure):
            # Nobody prints so many decimals here.
            found = -_NEW * Fraction(9, 10)
        return (_NEW + found) / (_NEW + _FELLOW * len(own) + like.total())

    def _others(self, figure: Figure) -> list[Figure]:
        """Return the figures of the same indicator for other years, and its targets."""
        return [
            other
            for other in self.facts.by_topic.get(figure.topic, [])
            if other.is_measured and (other.year, other.standing) != (figure.year, figure.standing)
        ]


def _near(value: Fraction, others: list[Figure]) -> Fraction:
    """Return how near a value lies to the nearest of some others, by how many times as large the one is as the other.

    What stands quite still is rarer than what moves a little.
    """
    gaps = []
    for other in others:
        number = other.value * other.indicator.unit.factor
        less, more = sorted((abs(value), abs(number)))
        gaps.append(abs(value - number) / (less or more) if value != number else _STILL)
    return ONE / (min(gaps) + _APART)


def _round(value: Fraction, step: Fraction, observation: Observation, zero: int) -> Fraction:
    """Return how likely a number is for the zeros that it ends with: what people round, few slips make round."""
    number, found = abs(value / step) if step else value, ONE
    if not step or "." in digits_of(observation.printings[0]) or number.denominator != 1:
        return found
    while number and number % 10 == 0:
        number, found = number / 10, found * zero
    return found * 2 if number % 5 == 0 else found


def _digits(value: Fraction) -> int:
    return len(str(int(abs(value))))


def _step(figure: Figure) -> Fraction:
    return figure.amount_step * figure.indicator.unit.factor
