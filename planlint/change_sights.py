"""What stated changes and verbs leave for each of their terms: the ends, the difference, the yearly rate."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from itertools import pairwise

from planlint.amounts import Rounding
from planlint.exact import Fraction
from planlint.facts import Assertion, Operand
from planlint.intervals import Interval, point
from planlint.questions import claims
from planlint.questions.growth import Change, Reading, change_of, levels_agree, readings
from planlint.questions.words import Way, verb
from planlint.sights import Printed, Sight, Strength, at_least, at_most, cited, left_for, of_term, worth


def seen_of(
    assertion: Assertion, operand: Operand, ask: str, strength: Strength, allowed: Interval, others: list[Operand]
) -> tuple[Printed, Sight]:
    """Return what a question leaves for a term of a claim."""
    printed = of_term(assertion, operand)
    mentions = [other.figure.mention if other.figure is not None else assertion.mention for other in others]
    return printed, Sight(ask, "", strength, allowed, cited(printed, mentions))


def change_sights(assertion: Assertion) -> Iterator[tuple[Printed, Sight]]:
    """Yield what a stated change leaves for its two ends and for itself."""
    change = change_of(assertion)
    if change is None:
        yield from course_sights(assertion)
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
        yield seen_of(assertion, operand, "change", Strength.EQUATION, allowed, [other, change.by])
    if change.by.figure is None:
        if change.yearly and ways[0].kind == "growth":
            yield from _rate(change, ways[0], years)
        elif not change.yearly:
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
    yield seen_of(change.assertion, change.by, "change", Strength.EQUATION, allowed, [change.start, change.end])


def _rate(change: Change, way: Reading, years: Sequence[int]) -> Iterator[tuple[Printed, Sight]]:
    """Yield which yearly rates, printed as precisely, lead from start to end: what is no root need not be taken."""
    printed = of_term(change.assertion, change.by)
    start, end = change.start.interval(Rounding.NEAREST), change.end.interval(Rounding.NEAREST)
    upward = bool(change.upward)

    def at(number: int) -> Interval:
        step = Interval((number - _HALF) * printed.quantum, (number + _HALF) * printed.quantum)
        found = way.end(start, step, years[0], upward=upward)
        for many in years[1:]:
            found = found.hull(way.end(start, step, many, upward=upward))
        return found

    highest = int(100 / printed.quantum) if printed.quantum * 10**6 >= 1 else 0
    first = _first(highest, lambda n: not (at(n).below(end) if upward else end.below(at(n))))
    last = _first(highest, lambda n: end.below(at(n)) if upward else at(n).below(end)) - 1
    if 0 <= first <= last:
        allowed = Interval(first * printed.quantum, last * printed.quantum)
        yield seen_of(change.assertion, change.by, "change", Strength.EQUATION, allowed, [change.start, change.end])


_HALF = Fraction(1, 2)


def _first(highest: int, holds: Callable[[int], bool]) -> int:
    """Return the first number from which on something holds, one beyond the highest where it never does."""
    low, high = 0, highest + 1
    while low < high:
        middle = (low + high) // 2
        if holds(middle):
            high = middle
        else:
            low = middle + 1
    return low


def course_sights(assertion: Assertion) -> Iterator[tuple[Printed, Sight]]:
    """Yield what a verb leaves for the ends of a change, or for each value of a series, where it says no amount."""
    by = assertion.operands.get("by")
    word = assertion.claim.terms["verb"].text if "verb" in assertion.claim.terms else ""
    said = verb(word) if word else None
    way = {Way.UP: True, Way.DOWN: False}.get(said.way) if said is not None else None
    if by is not None and by.amount.number is not None:
        return
    yield from beside(assertion, "verb", assertion.operands.get("to"), assertion.operands.get("from"), way)
    if said is not None and said.each and way is not None:
        for before, after in pairwise(assertion.items):
            yield from beside(assertion, "series", after, before, way)


def beside(
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
        yield seen_of(assertion, operand, ask, Strength.ORDER, allowed, [other])
