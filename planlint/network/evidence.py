"""The only place that weighs what no arithmetic decides: how well a value suits the figures around it.

Three things speak for or against a value: targets, comparisons and bounds that it keeps or breaks; how far it lies from
the same indicator in other years; at how many places it is printed. They rank repairs, and decide nothing else.
"""

from __future__ import annotations

from planlint.claim_sights import loose_claim_sights
from planlint.exact import Fraction
from planlint.facts import Facts, Figure
from planlint.figure_sights import loose_figure_sights
from planlint.network.literals import quantum
from planlint.network.slips import Neighbours
from planlint.network.variables import Observation, Printing
from planlint.sights import Sight
from planlint.source import Place

BROKEN = Fraction(1, 20)
"""How much less likely a value is for each rule about order or range that it breaks."""
_COPIED = Fraction(1, 5)
"""How much less likely it is that one more place prints the same wrong value."""
_APART = Fraction(1, 20)
"""A difference between years of which nothing follows, as a part of the value."""

_FINER, _FINEST = Fraction(1, 5), Fraction(1, 50)
"""How much less likely a number is that has more decimals than its fellows of other years; and than what is printed."""

ONE = Fraction(1)


class Evidence:
    """What stands around the figures of a plan, looked up when it is first needed."""

    def __init__(self, facts: Facts) -> None:
        self.facts = facts
        self.neighbours = Neighbours(facts)
        self._sights: dict[Place, list[Sight]] | None = None

    def sights(self, place: Place) -> list[Sight]:
        """Return what targets, comparisons and bounds leave for the number at a place."""
        if self._sights is None:
            self._sights = {}
            for printed, sight in (*loose_figure_sights(self.facts), *loose_claim_sights(self.facts)):
                self._sights.setdefault(printed.place, []).append(sight)
        return self._sights.get(place, [])

    def gain(self, observation: Observation, value: Fraction, step: Fraction) -> Fraction:
        """Return how much better a value, printed in some steps, suits what stands around than the printed one does.

        Both are in base units.
        """
        own = self._suits(observation, observation.value, quantum(observation.printings[0]))
        return self._suits(observation, value, step) / own

    def prior(self, observation: Observation) -> Fraction:
        """Return how likely a value is to be wrong for the number of places that print it, for comparison only."""
        places = {printing.mention.place for printing in observation.printings}
        return _COPIED ** (len(places) - 1)

    def _suits(self, observation: Observation, value: Fraction, step: Fraction) -> Fraction:
        found = ONE
        for printing in observation.printings:
            found *= BROKEN ** self.broken(printing, value)
        figure = observation.printings[0].figure
        if figure is None:
            return found
        others = self._others(figure)
        return found * _near(value, others) * _precise(observation, step, others)

    def broken(self, printing: Printing, value: Fraction) -> int:
        """Return how many rules about order or range a value would break at a place."""
        number = value / printing.factor
        return sum(sight.allowed is None or number not in sight.allowed for sight in self.sights(printing.mention.place))

    def _others(self, figure: Figure) -> list[Figure]:
        """Return the figures of the same indicator for other years, and its targets."""
        return [
            other
            for other in self.facts.by_topic.get(figure.topic, [])
            if other.is_measured and (other.year, other.standing) != (figure.year, figure.standing)
        ]


def _near(value: Fraction, others: list[Figure]) -> Fraction:
    """Return how near a value lies to one of some others."""
    gaps = []
    for other in others:
        number = other.value * other.indicator.unit.factor
        gaps.append(abs(value - number) / (max(abs(value), abs(number)) or ONE))
    return ONE / (min(gaps) + _APART) if gaps else ONE


def _precise(observation: Observation, step: Fraction, others: list[Figure]) -> Fraction:
    """Return how likely a number with so many decimals is beside those that report the same of other years."""
    first = observation.printings[0]
    standing = first.figure.standing if first.figure is not None else None
    steps = [other.amount_step * other.indicator.unit.factor for other in others if other.standing is standing]
    finest = min(steps, default=quantum(first))
    if step >= finest:
        return ONE
    return _FINEST if steps and step < quantum(first) else _FINER
