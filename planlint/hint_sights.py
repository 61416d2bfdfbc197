"""What rules that only hint leave for a number: the length of a list, the usual cost of a square metre, the pace.

They are looked at where such a finding is to be mended; that a number is looked at so is no promise of coverage.
"""

from __future__ import annotations

from collections.abc import Iterator

from planlint.amounts import Kind
from planlint.exact import Fraction
from planlint.facts import Facts, Figure, Standing, Topic
from planlint.figure_sights import rejected
from planlint.findings import Mention
from planlint.intervals import Interval, point
from planlint.questions import pace, unit_size
from planlint.sights import Printed, Sight, Strength, of_figure, of_term
from planlint.verdicts import Inquiry

Seen = Iterator[tuple[Printed, Sight]]


def hint_sights(facts: Facts) -> Seen:
    """Yield what the rules that only hint leave for each number they look at."""
    inquiry = Inquiry(facts, rejected(facts))
    yield from _lengths(facts)
    yield from _unit_sizes(inquiry)
    yield from _paces(inquiry)
    yield from _targets_in_order(inquiry)


def _sight(
    ask: str, low: Fraction | None, high: Fraction | None, others: tuple[Mention, ...], *, within: bool = False
) -> Sight:
    """Return a sight; `within` says that the ends themselves are spoken of already."""
    return Sight(ask, "", Strength.ORDER, Interval(low, high, within, within), others)


def _lengths(facts: Facts) -> Seen:
    """Yield that a list has as many names as it says; its names are known better than their number."""
    for assertion in facts.assertions:
        count = assertion.operands.get("count")
        items = len(assertion.claim.items)
        if assertion.claim.kind == "list" and count is not None and count.is_number and items:
            yield of_term(assertion, count), Sight("length", "", Strength.ORDER, point(items), (assertion.mention,))


def _unit_sizes(inquiry: Inquiry) -> Seen:
    """Yield that a project costs no more and no less by its size than five times what is usual in its table."""
    for projects in unit_size.tables_of(inquiry):
        for project, middle in unit_size.compared(projects):
            cost, size, far = project.cost, project.size, unit_size.FAR
            factor = cost.factor if cost.factor is not None else Fraction(1)
            usual = middle * size.value
            sight = _sight("unit-size", usual / far / factor, usual * far / factor, (size.mention,), within=True)
            yield of_figure(cost), sight
            factor = size.factor if size.factor is not None else Fraction(1)
            usual = cost.value / middle
            sight = _sight("unit-size", usual / far / factor, usual * far / factor, (cost.mention,), within=True)
            yield of_figure(size), sight


def _paces(inquiry: Inquiry) -> Seen:
    """Yield what keeps the planned pace, in numbers, between a third of the last one and three times it."""
    for path in pace.paths(inquiry):
        behind, ahead = path.years
        start, base, bound = path.start[0].value, path.base[0].value, path.target.bound
        last, planned = (base - start) / behind, (bound - base) / ahead
        most, least = pace.MOST, 1 / pace.MOST
        ends = {
            "target": [base + ahead * last * k for k in (least, most)],
            "start": [base - behind * planned * k for k in (least, most)],
            "base": [(behind * bound + ahead * k * start) / (behind + ahead * k) for k in (least, most)],
        }
        figures = {"target": path.target.figures, "start": path.start, "base": path.base}
        every = [figure.mention for group in figures.values() for figure in group]
        for name, group in figures.items():
            for figure in group:
                factor = figure.factor if figure.factor is not None else Fraction(1)
                low, high = sorted(end / factor for end in ends[name])
                others = tuple(mention for mention in every if mention != figure.mention)
                yield of_figure(figure), _sight("pace", low, high, others)


def _targets_in_order(inquiry: Inquiry) -> Seen:
    """Yield that of two goals the one that bounds the smaller indicator is not above the other."""
    for topic, figures in inquiry.facts.by_topic.items():
        for key in figures[0].indicator.at_most:
            larger = _targets(inquiry, Topic(key, topic.scope, topic.base, topic.months))
            for small in _targets(inquiry, topic):
                for large in larger:
                    same = large.indicator.unit.dimension == small.indicator.unit.dimension
                    if same and small.year == large.year:
                        high = _base(large) * large.value / _base(small)
                        low = _base(small) * small.value / _base(large)
                        yield of_figure(small), _sight("at-most", None, high / _own(small), (large.mention,))
                        yield of_figure(large), _sight("at-most", low / _own(large), None, (small.mention,))


def _own(figure: Figure) -> Fraction:
    return figure.factor if figure.factor is not None else Fraction(1)


def _base(figure: Figure) -> Fraction:
    return figure.indicator.unit.factor


def _targets(inquiry: Inquiry, topic: Topic) -> list[Figure]:
    return [
        figure
        for figure in inquiry.about(topic)
        if figure.is_measured and figure.amount.kind is Kind.VALUE and figure.standing is Standing.TARGET
    ]
