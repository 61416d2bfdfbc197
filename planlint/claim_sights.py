"""What the claims of a plan leave for each of their terms: sums, ratios, products, changes, comparisons."""

from __future__ import annotations

from collections.abc import Iterator

from planlint.amounts import Rounding, measured
from planlint.change_sights import beside, change_sights, course_sights, seen_of
from planlint.exact import Fraction
from planlint.facts import Assertion, Facts
from planlint.intervals import Interval, point
from planlint.questions import claims
from planlint.questions.growth import change_of
from planlint.questions.terms import polarity_of
from planlint.questions.words import Outcome, Way, outcome, standing
from planlint.sights import Printed, Sight, Strength, at_least, at_most, left_for, of_term, worth
from planlint.units import is_counter


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
            yield from change_sights(assertion)
        elif kind == "conversion":
            yield from _conversion(assertion)
        else:
            yield from _gap(assertion)
            yield from _in_words(assertion)


def loose_claim_sights(facts: Facts) -> Iterator[tuple[Printed, Sight]]:
    """Yield what words leave for the terms of claims: comparisons, verdicts, verbs of change."""
    for assertion in facts.assertions:
        if assertion.is_complete and assertion.claim.kind == "change" and change_of(assertion) is None:
            yield from course_sights(assertion)
        elif assertion.is_complete:
            yield from _in_words(assertion)


def _in_words(assertion: Assertion) -> Iterator[tuple[Printed, Sight]]:
    if assertion.claim.kind == "comparison":
        left, right = (assertion.operands.get(key) for key in ("left", "right"))
        yield from beside(assertion, "standing", left, right, _is_above(assertion))
    elif assertion.claim.kind == "verdict":
        value, goal = (assertion.operands.get(key) for key in ("value", "goal"))
        yield from beside(assertion, "outcome", value, goal, _is_reached(assertion))


def _is_reached(assertion: Assertion) -> bool | None:
    """Tell whether a verdict says that its value is above the goal, None where that is not known."""
    said = outcome(assertion.claim.terms["is"].text) if "is" in assertion.claim.terms else None
    polarity = polarity_of(assertion, list(assertion.operands.values()))
    if said is None or not polarity:
        return None
    return (said not in (Outcome.MISSED, Outcome.NEARLY)) == (polarity == "higher")


def _gap(assertion: Assertion) -> Iterator[tuple[Printed, Sight]]:
    """Yield what a comparison by so much leaves for its three terms."""
    left, right, by = (assertion.operands.get(key) for key in ("left", "right", "by"))
    gap = claims.gap_of(assertion)
    if left is None or right is None or by is None or gap is None:
        return
    upward, factor = gap
    unit = claims.common_unit([left, right])
    one, two = (claims.interval(operand, unit, Rounding.NEAREST) for operand in (left, right))
    exact = by.unit is None or is_counter(by.unit)
    step = measured(by.amount, Rounding.NEAREST, exact=exact).times(factor)
    implied = (
        two + step if upward else two - step,
        one - step if upward else one + step,
        one - two if upward else two - one,
    )
    operands = [left, right, by]
    for operand, interval in zip(operands, implied, strict=True):
        allowed = left_for(of_term(assertion, operand), interval, factor if operand is by else worth(operand, unit))
        others = [other for other in operands if other is not operand]
        yield seen_of(assertion, operand, "standing", Strength.EQUATION, allowed, others)


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
    yield seen_of(assertion, whole, "sum", strength, allowed, numbers_)
    leave = at_most if partial else left_for
    before = _running(intervals)
    after = _running(intervals[::-1])[::-1]
    for index, part in enumerate(numbers_):
        rest = stated - (before[index] + after[index + 1])
        allowed = leave(of_term(assertion, part), rest, worth(part, unit))
        others = [whole, *(other for other in numbers_ if other is not part)]
        yield seen_of(assertion, part, "sum", strength, allowed, others)


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
        yield seen_of(assertion, operand, "ratio", Strength.EQUATION, allowed, others)


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
    yield seen_of(assertion, stated, "product", Strength.EQUATION, allowed, factors)
    for index, factor in enumerate(factors):
        rest = stated.interval(Rounding.NEAREST)
        try:
            for at, interval in enumerate(intervals):
                rest = rest if at == index else rest / interval
        except ZeroDivisionError:
            continue
        allowed = left_for(of_term(assertion, factor), rest, worths[index])
        others = [stated, *(other for other in factors if other is not factor)]
        yield seen_of(assertion, factor, "product", Strength.EQUATION, allowed, others)


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
        yield seen_of(assertion, one, "conversion", Strength.EQUATION, allowed, [two])
