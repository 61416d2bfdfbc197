"""Can an indicator have this unit, this scale, this value at all?"""

from __future__ import annotations

from collections.abc import Iterator

from planlint import wording
from planlint.amounts import Kind, Operator
from planlint.catalogue import Bounds
from planlint.exact import Fraction
from planlint.facts import Figure, Fit
from planlint.findings import Text
from planlint.intervals import Interval
from planlint.questions.points import is_level_in_points
from planlint.verdicts import Inquiry, Options, Question, Verdict, fails, name_of

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


def ask_bounds(inquiry: Inquiry, options: Options) -> Iterator[Verdict]:
    """Put the question to every figure of an indicator that has bounds."""
    for all_figures in inquiry.facts.by_topic.values():
        bounds = all_figures[0].indicator.bounds
        if bounds[0] is None and bounds[1] is None:
            continue
        groups: dict[tuple[object, ...], list[Figure]] = {}
        for figure in inquiry.usable(all_figures):
            if figure.is_measured and (_outside(figure, bounds) or _beyond(figure, bounds)):
                groups.setdefault((figure.year, figure.standing, figure.value), []).append(figure)
        for figures in groups.values():
            yield _bounds_finding(figures, bounds, options)


def _outside(figure: Figure, bounds: Bounds) -> bool:
    """Tell whether the printed number, or an end of the printed range, lies outside the bounds."""
    upper = figure.upper
    if upper is not None and _beyond_ends(upper, bounds):
        return True
    return _beyond_ends(figure.value, bounds)


def _beyond_ends(value: Fraction, bounds: Bounds) -> bool:
    low, high = bounds
    if high is not None and value.numerator * high.denominator > high.numerator * value.denominator:
        return True
    return low is not None and value.numerator * low.denominator < low.numerator * value.denominator


def _beyond(figure: Figure, bounds: Bounds) -> bool:
    """Tell whether a figure claims more than the bound in words: 100%以上."""
    operator = figure.amount.operator
    stated = operator is Operator.ABOVE or "以上" in figure.amount.words
    return stated and figure.amount.kind is Kind.VALUE and figure.value == bounds[1]


def _bounds_finding(figures: list[Figure], bounds: Bounds, options: Options) -> Verdict:
    first = figures[0]
    unit = wording.short_unit(first.indicator.unit)
    low, high = (_bound(end, unit) for end in bounds)
    possible = Text(
        f"{low} 至 {high}" if low and high else f"不低于 {low}" if low else f"不高于 {high}",
        f"{low} to {high}" if low and high else f"at least {low}" if low else f"at most {high}",
    )
    shown: dict[str, str | Text] = {
        "name": name_of(first),
        "value": first.mention.text,
        "year": str(first.year),
        "possible": possible,
    }
    severity = options.severity if _outside(first, bounds) else options.severity.milder()
    return fails(figures, shown, severity=severity, spoiled=tuple(figures))


def _bound(end: Fraction | None, unit: str) -> str:
    return "" if end is None else wording.in_unit(end, unit)


UNIT = Question(
    {"check": tuple(_FITS)},
    {"message": frozenset({"name", "value", "unit", "expected", "year"})},
    ask_unit,
)
BOUNDS = Question({}, {"message": frozenset({"name", "value", "year", "possible"})}, ask_bounds)
