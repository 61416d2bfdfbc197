"""The only place that looks up what targets, comparisons, verbs and bounds leave for the number at a place.

They are worked out for the figures and claims that have to do with that place alone: of all that a plan states, little
stands around the few numbers that may be wrong.
"""

from __future__ import annotations

from itertools import chain

from msgspec.structs import replace

from planlint.claim_sights import loose_claim_sights
from planlint.facts import Assertion, Facts, Figure, Topic
from planlint.figure_sights import loose_figure_sights
from planlint.sights import Sight, terms
from planlint.source import Place


class Surroundings:
    """The sights of the numbers of a plan that no arithmetic knows, by place."""

    def __init__(self, facts: Facts) -> None:
        self._facts = facts
        self._sights: dict[Place, list[Sight]] = {}
        self._topics: dict[Place, dict[Topic, list[Figure]]] = {}
        """For each place, the topics of the figures that stand there, with all their figures."""
        self._claims: dict[Place, list[Assertion]] = {}

    def at(self, place: Place) -> list[Sight]:
        """Return what is left for the number at a place."""
        known = self._sights.get(place)
        if known is None:
            if not self._topics:
                self._enter()
            topics = self._topics.get(place, {})
            figures = tuple(figure for topic in topics.values() for figure in topic)
            # A topic is judged by its own figures, a claim by its own terms.
            near = replace(self._facts, figures=figures, by_topic=topics, assertions=tuple(self._claims.get(place, ())))
            seen = chain(loose_figure_sights(near), loose_claim_sights(near))
            known = self._sights[place] = [sight for printed, sight in seen if printed.place == place]
        return known

    def _enter(self) -> None:
        for topic, figures in self._facts.by_topic.items():
            for figure in figures:
                self._topics.setdefault(figure.statement.place, {})[topic] = figures
        for assertion in self._facts.assertions:
            for operand in terms(assertion):
                place = operand.figure.statement.place if operand.figure is not None else operand.place
                own = self._claims.setdefault(place, [])
                if not own or own[-1] is not assertion:
                    own.append(assertion)
