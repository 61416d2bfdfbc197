"""Can an indicator have this value at all?"""

from __future__ import annotations

from collections.abc import Iterator

from planlint import wording
from planlint.amounts import Kind, Operator
from planlint.catalogue import Bounds
from planlint.exact import Fraction
from planlint.facts import Assertion, Figure, Operand, Standing
from planlint.findings import Text
from planlint.questions import claims
from planlint.questions.shifts import ask_shifts
from planlint.verdicts import Answer, Inquiry, Options, Question, Verdict, fails, name_of, undecided

POINTS = ("百分点", "个百分点")
_VALUES = {"sum": ("whole",), "ratio": ("is",), "change": ("from", "to"), "comparison": ("left",)}
"""The terms of a claim that are values of what it is about."""


def ask_bounds(inquiry: Inquiry, options: Options) -> Iterator[Verdict]:
    """Put the question to every figure of an indicator that has bounds."""
    for all_figures in inquiry.facts.by_topic.values():
        bounds = all_figures[0].indicator.bounds
        if bounds[0] is None and bounds[1] is None:
            continue
        groups: dict[tuple[object, ...], list[Figure]] = {}
        changes = False
        for figure in inquiry.usable(all_figures):
            value, amount = figure.measure, figure.amount
            if value is None:
                changes = changes or amount.change is not None
            elif amount.upper is None and _is_inside(value, bounds):
                # Nearly every figure there is.
                continue
            elif _outside(figure, bounds) or _beyond(figure, bounds):
                groups.setdefault((figure.year, figure.standing, value), []).append(figure)
        for figures in groups.values():
            yield _bounds_finding(figures, bounds, options)
        if changes:
            yield from _rises(inquiry, all_figures, bounds)
    yield from claims.as_one(_terms(inquiry, options))
    yield from ask_shifts(inquiry, options)


def _rises(inquiry: Inquiry, topic: list[Figure], bounds: Bounds) -> Iterator[Verdict]:
    """Yield the targets that a stated rise carries out of bounds (95% 再提高 10 个百分点)."""
    for figure in topic:
        rise = rise_of(figure, inquiry)
        if rise is None:
            continue
        since, many = rise
        bases = [
            f for f in inquiry.usable(topic) if f.year == since and f.standing is Standing.REPORTED and f.is_measured
        ]
        if not bases:
            yield undecided([figure], Text(f"没有印出{since}年的值", f"the value of {since} is not printed"))
            continue
        reached = [_reached(figure, base, many) for base in bases]
        # As a growth or in points, from whichever value it starts: only what is impossible in every reading.
        if all(_beyond_ends(value, bounds) for values in reached for value in values):
            yield _rise_finding(figure, bases[0], min(reached[0]) if many >= 0 else max(reached[0]), bounds)


def rise_of(figure: Figure, inquiry: Inquiry) -> tuple[int, Fraction] | None:
    """Return from which year and by how much a target promises to rise, a fall being negative; None for no such one."""
    change, number = figure.amount.change, figure.amount.number
    if (
        change is None
        or number is None
        or figure.standing is not Standing.TARGET
        or not figure.indicator.unit.is_scale
        or figure.amount.unit not in ("%", *POINTS)
    ):
        return None
    since = change.base_year or inquiry.facts.plan.baseline
    many = (figure.year - since) * number.value if change.yearly else number.value
    return since, many if change.upward else -many


def _reached(figure: Figure, base: Figure, many: Fraction) -> tuple[Fraction, ...]:
    """Return where a rise leads: in points, and for % by growth, too."""
    points = base.value + many / 100 / figure.indicator.unit.factor
    return (points, base.value * (1 + many / 100)) if figure.amount.unit == "%" else (points,)


def _rise_finding(figure: Figure, base: Figure, reached: Fraction, bounds: Bounds) -> Verdict:
    unit = wording.short_unit(figure.indicator.unit)
    shown: dict[str, str | Text] = {
        "name": name_of(figure),
        "value": figure.mention.text,
        "year": str(figure.year),
        "possible": _possible(bounds, unit),
        "base": base.mention.text,
    }
    said = wording.in_unit(wording.few(reached), unit)
    shown["reached"] = said
    return fails([figure, base], shown, variant="rise")


def _terms(inquiry: Inquiry, options: Options) -> Iterator[Verdict]:
    """Yield the impossible values that stand in claims and are no figures of their own."""
    for assertion in inquiry.facts.assertions:
        indicator = assertion.indicator
        if indicator is None or not assertion.is_complete or not indicator.unit.is_scale:
            continue
        for key in _VALUES.get(assertion.claim.kind, ()):
            term = assertion.operands.get(key)
            if term is not None and term.figure is None and term.unit is not None and term.unit.is_scale:
                number = term.amount.number
                if number is not None and term.amount.change is None:
                    value = number.value * term.unit.factor / indicator.unit.factor
                    if _beyond_ends(value, indicator.bounds):
                        yield _term_finding(assertion, term, indicator.bounds, wording.short_unit(indicator.unit))


def _term_finding(assertion: Assertion, term: Operand, bounds: Bounds, unit: str) -> Verdict:
    shown: dict[str, str | Text] = {
        "name": claims.subject(assertion),
        "value": term.amount.text,
        "year": str(assertion.claim.year or ""),
        "possible": _possible(bounds, unit),
    }
    return Verdict(Answer.FAILS, claims.mentions(assertion, [term]), shown, variant="claim")


def _outside(figure: Figure, bounds: Bounds) -> bool:
    """Tell whether the printed number, or an end of the printed range, lies outside the bounds."""
    upper = figure.upper
    if upper is not None and _beyond_ends(upper, bounds):
        return True
    return _beyond_ends(figure.value, bounds)


def _is_inside(value: Fraction, bounds: Bounds) -> bool:
    """Tell whether a number lies between the bounds and is not the upper one."""
    low, high = bounds
    if high is not None and value.numerator * high.denominator >= high.numerator * value.denominator:
        return False
    return low is None or value.numerator * low.denominator >= low.numerator * value.denominator


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
    shown: dict[str, str | Text] = {
        "name": name_of(first),
        "value": first.mention.text,
        "year": str(first.year),
        "possible": _possible(bounds, unit),
    }
    severity = options.severity if _outside(first, bounds) else options.severity.milder()
    return fails(figures, shown, severity=severity, spoiled=tuple(figures))


def _bound(end: Fraction | None, unit: str) -> str:
    return "" if end is None else wording.in_unit(end, unit)


def _possible(bounds: Bounds, unit: str) -> Text:
    low, high = (_bound(end, unit) for end in bounds)
    return Text(
        f"{low} 至 {high}" if low and high else f"不低于 {low}" if low else f"不高于 {high}",
        f"{low} to {high}" if low and high else f"at least {low}" if low else f"at most {high}",
    )


_SHOWN = frozenset({"name", "value", "year", "possible"})
BOUNDS = Question(
    {},
    {
        "message": _SHOWN,
        "claim": _SHOWN,
        "rise": _SHOWN | {"base", "reached"},
        "shifted": frozenset({"name", "value", "year", "others", "moved"}),
    },
    ask_bounds,
    optional=frozenset({"claim", "rise", "shifted"}),
)
