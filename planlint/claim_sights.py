"""What the claims of a plan leave for each of their terms: sums, ratios, products, changes, comparisons."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from planlint.amounts import Rounding, measured
from planlint.exact import Fraction
from planlint.facts import Assertion, Facts, Operand
from planlint.intervals import Interval, point
from planlint.questions import claims
from planlint.questions.growth import Change, change_of, levels_agree, readings
from planlint.questions.words import Way, standing, verb
from planlint.sights import Printed, Sight, Strength, at_least, at_most, cited, left_for, of_term, worth


def claim_sights(facts: Facts) -> Iterator[tuple[Printed, Sight]]:
    """Yield what the claims of a plan leave for each of their terms."""
    for assertion in facts.assertions:
        if not assertion.is_complete:
            continue
        kind = assertion.claim.kind
        if kind == "sum":
            yield from _sum(assertion)
        elif kind == "ratio":
            yield from _ratio(assertion)
        elif kind == "product":
            yield from _product(assertion)
        elif kind == "change":
            yield from _change(assertion)
        elif kind == "conversion":
            yield from _conversion(assertion)
        elif kind == "comparison":
            left, right = (assertion.operands.get(key) for key in ("left", "right"))
            yield from _beside(assertion, "standing", left, right, _is_above(assertion))
        elif kind == "verdict":
            value, goal = (assertion.operands.get(key) for key in ("value", "goal"))
            yield from _beside(assertion, "outcome", value, goal, None)


def _seen(
    assertion: Assertion, operand: Operand, ask: str, strength: Strength, allowed: Interval, others: list[Operand]
) -> tuple[Printed, Sight]:
    printed = of_term(assertion, operand)
    mentions = [other.figure.mention if other.figure is not None else assertion.mention for other in others]
    return printed, Sight(ask, "", strength, allowed, cited(printed, mentions))


def _sum(assertion: Assertion) -> Iterator[tuple[Printed, Sight]]:
    whole, parts = assertion.operands.get("whole"), list(assertion.items)
    if whole is None or not parts or not whole.is_number or not claims.alike([whole, *parts]):
        return
    numbers_ = [part for part in parts if part.is_number]
    partial = "partial" in assertion.claim.flags or len(numbers_) < len(parts)
    unit = claims.common_unit([whole, *parts])
    intervals = [claims.interval(part, unit, Rounding.NEAREST) for part in numbers_]
    stated = claims.interval(whole, unit, Rounding.NEAREST)
    added = point(0)
    for interval in intervals:
        added = added + interval
    strength = Strength.ORDER if partial else Strength.EQUATION
    leave = at_least if partial else left_for
    allowed = leave(of_term(assertion, whole), added, worth(whole, unit))
    yield _seen(assertion, whole, "sum", strength, allowed, numbers_)
    leave = at_most if partial else left_for
    before = _running(intervals)
    after = _running(intervals[::-1])[::-1]
    for index, part in enumerate(numbers_):
        rest = stated - (before[index] + after[index + 1])
        allowed = leave(of_term(assertion, part), rest, worth(part, unit))
        others = [whole, *(other for other in numbers_ if other is not part)]
        yield _seen(assertion, part, "sum", strength, allowed, others)


def _running(intervals: list[Interval]) -> list[Interval]:
    """Return the sums of none, one, two … of some intervals, so that leaving one out costs nothing."""
    sums = [point(0)]
    for interval in intervals:
        sums.append(sums[-1] + interval)
    return sums


def _ratio(assertion: Assertion) -> Iterator[tuple[Printed, Sight]]:
    of, to, quotient = (assertion.operands.get(key) for key in ("of", "to", "is"))
    if of is None or to is None or quotient is None or not (of.is_number and to.is_number and quotient.is_number):
        return
    terms = claims.quotient(of, to, quotient, assertion)
    of, to = terms.of, terms.to
    a, b, c = (operand.interval(Rounding.NEAREST) for operand in (of, to, quotient))
    c = c.times(Fraction(1, terms.per))
    try:
        implied = (b * c, a / c, a / b)
    except ZeroDivisionError:
        return
    operands = [of, to, quotient]
    for operand, interval in zip(operands, implied, strict=True):
        own = interval.times(Fraction(terms.per)) if operand is quotient else interval
        allowed = left_for(of_term(assertion, operand), own, worth(operand, None))
        others = [other for other in operands if other is not operand]
        yield _seen(assertion, operand, "ratio", Strength.EQUATION, allowed, others)


def _product(assertion: Assertion) -> Iterator[tuple[Printed, Sight]]:
    """Yield what a product leaves where one factor has its unit and the others only count."""
    stated, factors = assertion.operands.get("is"), list(assertion.items)
    if stated is None or not all(term.is_number and term.figure is None for term in (stated, *factors)):
        return
    keeping = [factor.unit is not None and factor.unit == stated.unit for factor in factors]
    if sum(keeping) != 1:
        return
    worths = [worth(factor, None) if keeps else Fraction(1) for factor, keeps in zip(factors, keeping, strict=True)]
    intervals = [
        measured(factor.amount, Rounding.NEAREST, exact=True).times(one)
        for factor, one in zip(factors, worths, strict=True)
    ]
    whole = point(1)
    for interval in intervals:
        whole = whole * interval
    allowed = left_for(of_term(assertion, stated), whole, worth(stated, None))
    yield _seen(assertion, stated, "product", Strength.EQUATION, allowed, factors)
    for index, factor in enumerate(factors):
        rest = stated.interval(Rounding.NEAREST)
        try:
            for at, interval in enumerate(intervals):
                rest = rest if at == index else rest / interval
        except ZeroDivisionError:
            continue
        allowed = left_for(of_term(assertion, factor), rest, worths[index])
        others = [stated, *(other for other in factors if other is not factor)]
        yield _seen(assertion, factor, "product", Strength.EQUATION, allowed, others)


def _change(assertion: Assertion) -> Iterator[tuple[Printed, Sight]]:
    change = change_of(assertion)
    if change is None:
        yield from _course(assertion)
        return
    ways = list(readings(change)) if levels_agree(change) and change.upward is not None else []
    if not ways or (change.yearly and not change.years):
        return
    years = change.years or (1,)
    start, end, step = (
        *(t.interval(Rounding.NEAREST) for t in (change.start, change.end)),
        change.step(Rounding.NEAREST),
    )
    upward = bool(change.upward)
    try:
        ends = [ways[0].end(start, step, many, upward=upward) for many in years]
        if ways[0].kind in ("points", "difference"):
            starts = [end - ways[0].end(point(0), step, many, upward=upward) for many in years]
        else:
            starts = [end / ways[0].end(point(1), step, many, upward=upward) for many in years]
    except ZeroDivisionError:
        return
    for operand, implied, other in ((change.end, ends, change.start), (change.start, starts, change.end)):
        interval = implied[0]
        for more in implied[1:]:
            interval = interval.hull(more)
        allowed = left_for(of_term(assertion, operand), interval, worth(operand, None))
        yield _seen(assertion, operand, "change", Strength.EQUATION, allowed, [other, change.by])
    if not change.yearly and change.by.figure is None:
        yield from _difference(change, ways[0].kind, start, end)


def _difference(change: Change, kind: str, start: Interval, end: Interval) -> Iterator[tuple[Printed, Sight]]:
    """Yield what the two ends of a change leave for the difference that is stated."""
    try:
        if kind in ("points", "difference"):
            by = end - start if change.upward else start - end
        else:
            by = end / start - point(1) if change.upward else point(1) - end / start
    except ZeroDivisionError:
        return
    unit = change.by.unit
    factor = Fraction(1, 100) if kind == "points" else worth(change.by, change.end.unit if unit is None else None)
    allowed = left_for(of_term(change.assertion, change.by), by, factor)
    yield _seen(change.assertion, change.by, "change", Strength.EQUATION, allowed, [change.start, change.end])


def _course(assertion: Assertion) -> Iterator[tuple[Printed, Sight]]:
    """Yield what a verb leaves for the ends of a change, or for each value of a series, where it says no amount."""
    by = assertion.operands.get("by")
    word = assertion.claim.terms["verb"].text if "verb" in assertion.claim.terms else ""
    said = verb(word) if word else None
    way = {Way.UP: True, Way.DOWN: False}.get(said.way) if said is not None else None
    if by is not None and by.amount.number is not None:
        return
    yield from _beside(assertion, "verb", assertion.operands.get("to"), assertion.operands.get("from"), way)
    if said is not None and said.each and way is not None:
        for before, after in pairwise(assertion.items):
            yield from _beside(assertion, "series", after, before, way)


def _is_above(assertion: Assertion) -> bool | None:
    """Tell whether a comparison says that the left value is above the right one, None where that is not known."""
    word = assertion.claim.terms["is"].text if "is" in assertion.claim.terms else ""
    said = standing(word) if word else None
    if said is None:
        return None
    return {Way.UP: True, Way.AT_LEAST: True, Way.DOWN: False, Way.AT_MOST: False}.get(said.way)


def _conversion(assertion: Assertion) -> Iterator[tuple[Printed, Sight]]:
    value, other = assertion.operands.get("value"), assertion.operands.get("is")
    if value is None or other is None or value.unit is None or other.unit is None:
        return
    if not (value.is_number and other.is_number) or value.unit.dimension != other.unit.dimension:
        return
    for one, two in ((value, other), (other, value)):
        allowed = left_for(of_term(assertion, one), two.interval(Rounding.NEAREST), worth(one, None))
        yield _seen(assertion, one, "conversion", Strength.EQUATION, allowed, [two])


def _beside(
    assertion: Assertion, ask: str, one: Operand | None, two: Operand | None, above: bool | None
) -> Iterator[tuple[Printed, Sight]]:
    """Yield that a number must stay on its side of another one: above it or below, as words say or as they stand."""
    if one is None or two is None or not (one.is_number and two.is_number) or not claims.alike([one, two]):
        return
    unit = claims.common_unit([one, two])
    here, there = claims.exact(one, unit), claims.exact(two, unit)
    if above is None and here == there:
        return
    higher = above if above is not None else here > there
    for operand, other, is_higher in ((one, two, higher), (two, one, not higher)):
        leave = at_least if is_higher else at_most
        interval = claims.interval(other, unit, Rounding.NEAREST)
        allowed = leave(of_term(assertion, operand), interval, worth(operand, unit))
        yield _seen(assertion, operand, ask, Strength.ORDER, allowed, [other])
