"""What the rules about figures see of each: its other printings, its count and population, its target, its bounds."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from planlint.amounts import Kind, Operator, Rounding
from planlint.exact import Fraction
from planlint.facts import Facts, Figure, Fit, Standing, Topic
from planlint.intervals import Interval, point
from planlint.questions.bounds import rise_of
from planlint.questions.densities import Pair, base_interval, pairs, reported_in
from planlint.questions.targets import Subject, subjects
from planlint.sights import Printed, Sight, Strength, at_least, at_most, cited, left_for, of_figure
from planlint.verdicts import Inquiry

Seen = Iterator[tuple[Printed, Sight]]
Leave = Callable[[Printed, Interval, Fraction], Interval]


def figure_sights(facts: Facts) -> Seen:
    """Yield what rules leave for each figure of a plan. Figures in a wrong scale are rejected before all else."""
    inquiry = Inquiry(facts, rejected(facts))
    yield from _agreement(inquiry)
    yield from _per_capita(inquiry)
    yield from _differences(inquiry)
    yield from _orders(inquiry)
    yield from _loose(inquiry)


def loose_figure_sights(facts: Facts) -> Seen:
    """Yield what targets and bounds leave for each figure: what no arithmetic between figures knows."""
    yield from _loose(Inquiry(facts, rejected(facts)))


def rejected(facts: Facts) -> frozenset[Figure]:
    """Return the figures in a wrong scale, which nothing else is asked of."""
    return frozenset(figure for figure in facts.figures if figure.fit is Fit.OTHER_SCALE)


def _loose(inquiry: Inquiry) -> Seen:
    for subject in subjects(inquiry):
        yield from _direction(subject)
    yield from _ranges(inquiry)


def _factor(figure: Figure) -> Fraction:
    return figure.factor if figure.factor is not None else Fraction(1)


def _base(figure: Figure) -> Fraction:
    """Return what one of a figure's printed unit is in base units."""
    return _factor(figure) * figure.indicator.unit.factor


def _numbers(inquiry: Inquiry, topic: Topic) -> list[Figure]:
    return [figure for figure in inquiry.about(topic) if figure.is_measured and figure.amount.kind is Kind.VALUE]


def _agreement(inquiry: Inquiry) -> Seen:
    for topic in inquiry.facts.by_topic:
        groups: dict[tuple[int, Standing], list[Figure]] = {}
        for figure in _numbers(inquiry, topic):
            groups.setdefault((figure.year, figure.standing), []).append(figure)
        for (_, standing), figures in groups.items():
            for figure in figures if len(figures) > 1 else ():
                yield _other_printings(figure, [other for other in figures if other is not figure], standing)


def _other_printings(figure: Figure, others: list[Figure], standing: Standing) -> tuple[Printed, Sight]:
    printed = of_figure(figure)
    allowed: Interval | None = Interval(None, None)
    for other in others:
        if standing is Standing.TARGET:
            left = point(other.value / _factor(figure))
        else:
            left = left_for(printed, other.interval(Rounding.NEAREST), _factor(figure))
        allowed = allowed.intersect(left) if allowed is not None else None
    mentions = cited(printed, (other.mention for other in others))
    return printed, Sight("agreement", standing.value, Strength.PRINTING, allowed, mentions)


def _per_capita(inquiry: Inquiry) -> Seen:
    """Yield what count, density and population leave for each other, be the population printed or only implied."""
    unprinted: dict[tuple[Topic, int], list[Pair]] = {}
    for topic, year, pair in inquiry.once(pairs):
        populations = reported_in(inquiry, topic, year)
        if not populations:
            unprinted.setdefault((topic, year), []).append(pair)
        for people in populations:
            yield from _triple(pair, people)
    for members in unprinted.values():
        for index, pair in enumerate(members):
            others = [other for at, other in enumerate(members) if at != index]
            if others:
                yield from _implied(pair, others)


def _triple(pair: Pair, people: list[Figure]) -> Seen:
    groups = (pair.value, pair.count, people)
    value, count, population = (base_interval(group[0], Rounding.NEAREST) for group in groups)
    try:
        implied = (count / population, value * population, count / value)
    except ZeroDivisionError:
        return
    for group, interval in zip(groups, implied, strict=True):
        for figure in group:
            yield _seen(figure, "identity", interval, [f for other in groups if other is not group for f in other])


def _implied(pair: Pair, others: list[Pair]) -> Seen:
    value: Interval | None = None
    count: Interval | None = None
    try:
        people: Interval | None = Interval(None, None)
        for other in others:
            implied = base_interval(other.count[0], Rounding.NEAREST) / base_interval(other.value[0], Rounding.NEAREST)
            people = people.intersect(implied) if people is not None else None
        if people is not None:
            value = base_interval(pair.count[0], Rounding.NEAREST) / people
            count = base_interval(pair.value[0], Rounding.NEAREST) * people
    except ZeroDivisionError:
        return
    figures = [figure for other in others for figure in (*other.value, *other.count)]
    for group, interval, beside in ((pair.value, value, pair.count), (pair.count, count, pair.value)):
        for figure in group:
            yield _seen(figure, "implied", interval, [*beside, *figures])


def _seen(figure: Figure, ask: str, implied: Interval | None, others: list[Figure]) -> tuple[Printed, Sight]:
    """Return what an interval in base units leaves for a figure."""
    printed = of_figure(figure)
    allowed = left_for(printed, implied, _base(figure)) if implied is not None else None
    return printed, Sight(ask, "", Strength.EQUATION, allowed, cited(printed, (other.mention for other in others)))


def _differences(inquiry: Inquiry) -> Seen:
    for topic, figures in inquiry.facts.by_topic.items():
        minus = figures[0].indicator.minus
        if not minus:
            continue
        for whole in _reported(inquiry, topic):
            found = [
                [f for f in _reported(inquiry, Topic(key, topic.scope, topic.base)) if f.year == whole.year]
                for key in minus
            ]
            if all(len({f.value for f in terms}) == 1 for terms in found):
                yield from _difference(whole, found[0][0], found[1][0])


def _reported(inquiry: Inquiry, topic: Topic) -> list[Figure]:
    return [
        figure
        for figure in _numbers(inquiry, topic)
        if figure.standing is Standing.REPORTED and not figure.statement.months
    ]


def _difference(whole: Figure, first: Figure, second: Figure) -> Seen:
    a, b, c = (base_interval(figure, Rounding.NEAREST) for figure in (whole, first, second))
    for figure, interval, others in (
        (whole, b - c, [first, second]),
        (first, a + c, [whole, second]),
        (second, b - a, [whole, first]),
    ):
        yield _seen(figure, "difference", interval, others)


def _orders(inquiry: Inquiry) -> Seen:
    """Yield that a part stays below its whole, and an indicator below what it is never larger than."""
    for topic, figures in inquiry.facts.by_topic.items():
        indicator = figures[0].indicator
        above = [("at-most", key) for key in indicator.at_most]
        if indicator.part_of and indicator.part_of not in indicator.at_most:
            above.append(("part", indicator.part_of))
        for ask, key in above:
            others = _reported(inquiry, Topic(key, topic.scope, topic.base, topic.months))
            for small in _reported(inquiry, topic):
                for large in others:
                    same = large.indicator.unit.dimension == small.indicator.unit.dimension
                    if large.year == small.year and same:
                        yield _order(small, ask, at_most, large)
                        yield _order(large, ask, at_least, small)


def _order(figure: Figure, ask: str, leave: Leave, other: Figure) -> tuple[Printed, Sight]:
    printed = of_figure(figure)
    allowed = leave(printed, base_interval(other, Rounding.NEAREST), _base(figure))
    return printed, Sight(ask, "", Strength.ORDER, allowed, (other.mention,))


def _direction(subject: Subject) -> Seen:
    """Yield that a target must not fall behind what was reached, nor what was reached run ahead of it."""
    higher = subject.polarity == "higher"
    for choice, reached in (("baseline", subject.baselines), ("reported", subject.others)):
        for figure in reached:
            loose = figure.interval(Rounding.LOOSE)
            for target in subject.target.figures:
                if not target.is_measured or target.amount.kind is not Kind.VALUE:
                    continue
                factor, goal = _factor(target), of_figure(target)
                if higher and loose.low is not None:
                    ahead = Interval(loose.low / factor, None, loose.low_open)
                elif loose.high is not None:
                    ahead = Interval(None, loose.high / factor, high_open=loose.high_open)
                else:
                    continue
                yield goal, Sight("direction", choice, Strength.ORDER, ahead, (figure.mention,))
                step = figure.amount_step
                behind = (
                    Interval(None, (target.value + step) / _factor(figure), high_open=True)
                    if higher
                    else Interval((target.value - step) / _factor(figure), None, True)
                )
                yield of_figure(figure), Sight("direction", choice, Strength.ORDER, behind, (target.mention,))


def _ranges(inquiry: Inquiry) -> Seen:
    for topic, figures in inquiry.facts.by_topic.items():
        low, high = figures[0].indicator.bounds
        if low is None and high is None:
            continue
        for figure in inquiry.usable(figures):
            yield from _rises(figure, figures, inquiry)
        for figure in _numbers(inquiry, topic):
            # 100%以上 says that there may be more.
            beyond = figure.amount.operator is Operator.ABOVE or "以上" in figure.amount.words
            allowed = Interval(low, high, high_open=beyond and high is not None).times(1 / _factor(figure))
            yield of_figure(figure), Sight("bounds", "", Strength.RANGE, allowed, ())


def _rises(goal: Figure, topic: list[Figure], inquiry: Inquiry) -> Seen:
    """Yield that a base must leave room for the rise, or the fall, that a target promises (95% 再提高 5 个百分点)."""
    rise = rise_of(goal, inquiry)
    if rise is None:
        return
    low, high = goal.indicator.bounds
    since, many = rise
    bases = [f for f in inquiry.usable(topic) if f.year == since and f.standing is Standing.REPORTED and f.is_measured]
    for base in bases if len({base.value for base in bases}) == 1 else ():
        if base.amount.kind is not Kind.VALUE or len(bases) > 1 or (high if many > 0 else low) is None:
            continue
        end = (high if many > 0 else low) or Fraction(0)
        ends = [end - many / 100 / goal.indicator.unit.factor]
        if goal.amount.unit == "%" and many > -100:
            ends.append(end / (1 + many / 100))
        left = Interval(None, max(ends)) if many > 0 else Interval(min(ends), None)
        yield of_figure(base), Sight("bounds", "", Strength.RANGE, left.times(1 / _factor(base)), (goal.mention,))
