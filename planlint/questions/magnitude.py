"""Can an indicator have this unit, this scale, this counter at all?"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from planlint import units, wording
from planlint.catalogue import Indicator
from planlint.facts import Assertion, Figure, Fit, Operand, fit
from planlint.findings import Text
from planlint.intervals import Interval
from planlint.questions import claims
from planlint.questions.points import is_level_in_points
from planlint.questions.strands import misfits
from planlint.units import Unit
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
    for figure in inquiry.once(misfits):
        if figure.fit is wanted and figure.unit is not None and figure.amount.number is not None:
            if is_level_in_points(figure) or _are_beds_of(figure.statement.name, figure.indicator, figure.unit):
                continue
            if wanted is not Fit.OTHER_SCALE or not _plausible(figure) or _twins(inquiry, figure):
                key = (figure.topic, figure.year, figure.standing, figure.amount.number.value, figure.unit.name)
                groups.setdefault(key, []).append(figure)
    for alike in _by_sentence(groups.values()):
        yield _unit_finding(inquiry, alike)
    if wanted is Fit.OTHER_COUNTER:
        yield from claims.as_one(_counters(inquiry))
    yield from _unprinted(inquiry, wanted)


def _by_sentence(groups: Iterable[list[Figure]]) -> Iterable[list[list[Figure]]]:
    """Return groups of figures, those together that one line of the text prints with one unit for another."""
    sentences: dict[object, list[list[Figure]]] = {}
    for number, figures in enumerate(groups):
        first = figures[0]
        stated, unit = first.statement, first.unit
        key: object = number
        if stated.lines and not stated.table and unit is not None:
            key = (stated.lines, first.year, unit.name, tuple(u.name for u in first.indicator.accepts))
        sentences.setdefault(key, []).append(figures)
    return sentences.values()


def _unprinted(inquiry: Inquiry, wanted: Fit) -> Iterator[Verdict]:
    """Yield what prints no unit at all, once for each indicator: nobody can tell whether it suits."""
    if not any(figure.fit is Fit.ASSUMED for figure in inquiry.once(misfits)):
        return
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
        odd = [term for term in odd if not _are_beds_of(assertion.claim.subject, indicator, term.unit)]
        if odd:
            yield _counter_finding(assertion, indicator, odd)


def _are_beds_of(name: str, indicator: Indicator, unit: Unit | None) -> bool:
    """Tell whether beds stand behind the bare name of institutions: 传染病医院 286张 in a table of beds."""
    kind = indicator.unit.name in ("家", "个", "所") and not name.rstrip("）) ").endswith(("数", "量"))
    return kind and unit is not None and unit.name == "张"


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


def _unit_finding(inquiry: Inquiry, groups: list[list[Figure]]) -> Verdict:
    """Return one answer for the figures of a sentence; each group is one figure, wherever it is printed."""
    firsts = [figures[0] for figures in groups]
    wrong = [figure for figures in groups for figure in figures]
    steps: list[Text] = []
    twins: list[Figure] = []
    for first in firsts:
        own = first.indicator.unit.name
        same = _twins(inquiry, first)
        twins += same
        if first.factor is not None:
            converted = wording.in_unit(first.value, own)
            steps.append(Text(f"{first.mention.text} = {converted}", f"{first.mention.text} is {converted}"))
        if same:
            steps.append(
                Text(
                    f"同一指标同一年在别处印作 {same[0].mention.text}",
                    f"the same figure is printed {same[0].mention.text} elsewhere",
                )
            )
    shown: dict[str, str | Text] = {
        "name": wording.both_listed([name_of(first) for first in firsts]),
        "value": wording.both_listed([first.mention.text for first in firsts]),
        "unit": firsts[0].unit.name if firsts[0].unit is not None else "",
        "expected": wording.both_listed([u.name for u in firsts[0].indicator.accepts]),
        "year": str(firsts[0].year),
    }
    return fails([*wrong, *twins], shown, tuple(steps), spoiled=tuple(wrong))


_SHOWN = frozenset({"name", "value", "unit", "expected", "year"})
UNIT = Question({"check": tuple(_FITS)}, {"message": _SHOWN, "claim": _SHOWN}, ask_unit, optional=frozenset({"claim"}))
