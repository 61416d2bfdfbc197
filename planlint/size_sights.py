"""What the other projects of its table leave for the cost and for the size of a project."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from planlint.exact import Fraction
from planlint.facts import Facts, Figure, Standing
from planlint.figure_sights import rejected
from planlint.intervals import Interval
from planlint.questions.unit_size import FAR, Project, compared, tables_of
from planlint.sights import Printed, Sight, Strength, of_figure
from planlint.verdicts import Inquiry

Seen = Iterator[tuple[Printed, Sight]]


def size_sights(facts: Facts) -> Seen:
    """Yield what the other projects of its table leave for each cost and each size that is printed once."""
    inquiry = Inquiry(facts, rejected(facts))
    for projects in tables_of(inquiry):
        costs = Counter(project.size.topic for project in projects)
        for project, middle in compared(projects):
            # Two costs of one size move each other's neighbours; of two printings of a size the other would differ.
            if costs[project.size.topic] == 1:
                yield from _project(project, middle, inquiry)


def _project(project: Project, middle: Fraction, inquiry: Inquiry) -> Seen:
    """Yield what a median unit cost leaves for a project."""
    cost, size = project.cost, project.size
    least, most = middle / FAR, middle * FAR
    yield _sight(cost, size, least * size.value, most * size.value)
    printings = [f for f in inquiry.about(size.topic) if f.is_measured and f.standing is not Standing.REFERENCE]
    if len(printings) == 1:
        yield _sight(size, cost, cost.value / most, cost.value / least)


def _sight(figure: Figure, other: Figure, low: Fraction, high: Fraction) -> tuple[Printed, Sight]:
    """Return that a figure is between two values. Whoever prints nothing at all (0) is not compared."""
    printed = of_figure(figure)
    factor = figure.factor if figure.factor is not None else Fraction(1)
    open_below = low / factor < printed.quantum
    allowed = Interval(None if open_below else low / factor, high / factor, not open_below, True)
    return printed, Sight("unit-size", "", Strength.NOTE, allowed, (other.mention,))
