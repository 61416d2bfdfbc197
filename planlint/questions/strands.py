"""What a plan states, sorted once for all questions that look for the same sort of thing."""

from __future__ import annotations

from msgspec import Struct

from planlint.facts import Figure, Fit, Standing, Topic
from planlint.verdicts import Inquiry


class Strand(Struct, frozen=True):
    """The figures of one topic that share a standing, in the order of the file; `every` are all of the topic."""

    topic: Topic
    figures: list[Figure]
    every: list[Figure]


def strands(inquiry: Inquiry) -> dict[Standing, list[Strand]]:
    """Return the strands of each standing in the order of the topics, rejected figures among them."""
    found: dict[Standing, list[Strand]] = {standing: [] for standing in Standing}
    reported, target = Standing.REPORTED, Standing.TARGET
    for topic, every in inquiry.facts.by_topic.items():
        reached: list[Figure] = []
        wanted: list[Figure] = []
        others: list[Figure] = []
        for figure in every:
            if figure.standing is reported:
                reached.append(figure)
            elif figure.standing is target:
                wanted.append(figure)
            else:
                others.append(figure)
        if reached:
            found[reported].append(Strand(topic, reached, every))
        if wanted:
            found[target].append(Strand(topic, wanted, every))
        for standing in dict.fromkeys([figure.standing for figure in others]) if others else ():
            found[standing].append(Strand(topic, [f for f in others if f.standing is standing], every))
    return found


def targets(inquiry: Inquiry) -> list[Strand]:
    """Return the targets of every topic that has any."""
    return inquiry.once(strands)[Standing.TARGET]


def printed(inquiry: Inquiry) -> frozenset[str]:
    """Return the keys of the indicators that the plan prints anything of."""
    return frozenset([topic.indicator for topic in inquiry.facts.by_topic])


def misfits(inquiry: Inquiry) -> list[Figure]:
    """Return the figures whose unit is not one of their indicator's, or that have none: words and changes, too."""
    return [figure for figure in inquiry.facts.figures if figure.fit is not Fit.FITS]
