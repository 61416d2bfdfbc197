"""Can an indicator have this unit, this scale, this counter at all?"""

from __future__ import annotations

from collections.abc import Iterator

from planlint import units, wording
from planlint.catalogue import Indicator
from planlint.facts import Assertion, Figure, Fit, Operand, fit
from planlint.findings import Text
from planlint.intervals import Interval
from planlint.questions import claims
from planlint.questions.points import is_level_in_points
from planlint.verdicts import Answer, Inquiry, Options, Question, Verdict, fails, name_of, undecided

_ASSUMED = {
    Fit.OTHER_DIMENSION: frozenset({"duration", "money", "area", "quantity"}),
    Fit.OTHER_COUNTER: frozenset({"count"}),
    Fit.OTHER_SCALE: frozenset({"rate", "share", "growth"}),
}
"""The kinds of indicator that a missing unit leaves open, by what is asked."""
_COUNTED_TERMS = {"sum": ("whole",), "list": ("count",), "change": ("from", "to"), "product": ("is",)}
_FITS = {"dimension": Fit.OTHER_DIMENSION, "counter": Fit.OTHER_COUNTER, "scale": Fit.OTHER_SCALE}


def ask_unit(inquiry: Inquiry, options: Options) -> Iterator[Verdict]:
    """Put the question to every figure whose unit is not one of its indicator's; alike ones make one finding."""
    wanted = _FITS[options.choices["check"]]
    groups: dict[tuple[object, ...], list[Figure]] = {}
    for figure in inquiry.facts.figures:
        if figure.fit is wanted and figure.unit is not None and figure.amount.number is not None:
            if is_level_in_points(figure):
                continue
            if wanted is not Fit.OTHER_SCALE or not _plausible(figure) or _twins(inquiry, figure):
                key = (figure.topic, figure.year, figure.standing, figure.amount.number.value, figure.unit.name)
                groups.setdefault(key, []).append(figure)
    for figures in groups.values():
        yield _unit_finding(inquiry, figures)
    if wanted is Fit.OTHER_COUNTER:
        yield from claims.as_one(_counters(inquiry))
    yield from _unprinted(inquiry, wanted)


def _unprinted(inquiry: Inquiry, wanted: Fit) -> Iterator[Verdict]:
    """Yield what prints no unit at all, once for each indicator: nobody can tell whether it suits."""
    for figures in inquiry.facts.by_topic.values():
        if figures[0].indicator.kind in _ASSUMED[wanted]:
            bare = [figure for figure in figures if figure.fit is Fit.ASSUMED and figure.measure]
            if bare:
                yield undecided(bare, Text("没有印出单位", "no unit is printed"))


def _counters(inquiry: Inquiry) -> Iterator[Verdict]:
    """Yield the terms of claims whose counter does not suit what the claim is about."""
    for assertion in inquiry.facts.assertions:
        indicator = assertion.indicator
        if indicator is None or indicator.kind not in ("count", "density") or not assertion.is_complete:
            continue
        terms = [
            assertion.operands[key] for key in _COUNTED_TERMS.get(assertion.claim.kind, ()) if key in assertion.operands
        ]
        if assertion.claim.kind == "sum":
            terms += assertion.items
        odd = [term for term in terms if _is_odd(term, indicator)]
        if odd:
            yield _counter_finding(assertion, indicator, odd)


def _is_odd(term: Operand, indicator: Indicator) -> bool:
    """Tell whether a term in place prints a counter that its indicator never has."""
    unit = term.unit
    if term.figure is not None or unit is None or term.amount.number is None or term.amount.change is not None:
        return False
    if not units.is_counter(unit) or claims.same_things(unit, indicator.unit):
        return False
    return fit(indicator, indicator.per, unit)[2] is Fit.OTHER_COUNTER


def _counter_finding(assertion: Assertion, indicator: Indicator, odd: list[Operand]) -> Verdict:
    year = assertion.claim.year
    shown: dict[str, str | Text] = {
        "name": claims.subject(assertion),
        "value": wording.both_listed([term.amount.text for term in odd]),
        "unit": wording.both_listed(list(dict.fromkeys(term.unit.name for term in odd if term.unit is not None))),
        "expected": wording.both_listed([u.name.partition("/")[0] for u in indicator.accepts]),
        "year": str(year) if year is not None else "",
    }
    return Verdict(Answer.FAILS, claims.mentions(assertion, odd), shown, variant="claim")


def _plausible(figure: Figure) -> bool:
    """Tell whether a figure in an unusual scale has a value the indicator usually has (0.28 % for 2.8 ‰)."""
    low, high = figure.indicator.typical
    if low is None and high is None:
        low, high = figure.indicator.bounds
        if low is None and high is None:
            return True
    return figure.value in Interval(low, high)


def _twins(inquiry: Inquiry, figure: Figure) -> list[Figure]:
    """Return the places that print the same digits with a unit that suits: the best evidence of a slip."""
    return [
        other
        for other in inquiry.facts.by_topic[figure.topic]
        if other.year == figure.year
        and other.standing is figure.standing
        and other.fit is Fit.FITS
        and other.amount.number == figure.amount.number
    ]


def _unit_finding(inquiry: Inquiry, figures: list[Figure]) -> Verdict:
    first = figures[0]
    own = first.indicator.unit.name
    twins = _twins(inquiry, first)
    steps = []
    if first.factor is not None:
        steps.append(
            Text(
                f"{first.mention.text} = {wording.in_unit(first.value, own)}",
                f"{first.mention.text} is {wording.in_unit(first.value, own)}",
            )
        )
    if twins:
        steps.append(
            Text(
                f"同一指标同一年在别处印作 {twins[0].mention.text}",
                f"the same figure is printed {twins[0].mention.text} elsewhere",
            )
        )
    shown: dict[str, str | Text] = {
        "name": name_of(first),
        "value": first.mention.text,
        "unit": first.unit.name if first.unit is not None else "",
        "expected": wording.both_listed([u.name for u in first.indicator.accepts]),
        "year": str(first.year),
    }
    return fails([*figures, *twins], shown, tuple(steps), spoiled=tuple(figures))


_SHOWN = frozenset({"name", "value", "unit", "expected", "year"})
UNIT = Question({"check": tuple(_FITS)}, {"message": _SHOWN, "claim": _SHOWN}, ask_unit, optional=frozenset({"claim"}))
