"""Is an amount that is stated in two units the same amount?"""

from __future__ import annotations

from collections.abc import Iterator

from planlint import wording
from planlint.amounts import Rounding
from planlint.exact import Fraction
from planlint.facts import Assertion, Operand
from planlint.findings import Severity, Text
from planlint.questions import claims
from planlint.verdicts import Answer, Inquiry, Options, Question, Verdict, first_rounding

_MU = {"亩": (Fraction(666), Fraction(667))}
"""What a 亩 is taken for in square metres by those who do not divide by 15; exactly it is 2000/3."""


def ask_conversion(inquiry: Inquiry, options: Options) -> Iterator[Verdict]:
    """Put the question to every amount that a claim states in two units."""
    stated = [a for a in claims.of_kind(inquiry, "conversion") if a.is_complete]
    yield from claims.as_one(verdict for assertion in stated for verdict in _ask(inquiry, assertion, options))


def _ask(inquiry: Inquiry, assertion: Assertion, options: Options) -> Iterator[Verdict]:
    value, other = assertion.operands.get("value"), assertion.operands.get("is")
    if value is None or other is None or not (value.is_number and other.is_number):
        yield claims.undecided(assertion, "有一项没有印出数字", "one of the amounts is not printed as a number")
    elif value.unit is None or other.unit is None:
        yield claims.undecided(assertion, "有一项没有印出单位", "one of the amounts has no unit")
    elif value.unit.dimension != other.unit.dimension:
        names = f"{value.unit.name}, {other.unit.name}"
        yield claims.undecided(
            assertion, f"单位不能互相换算：{names}", f"the units cannot be converted into each other: {names}"
        )
    elif not claims.spoiled(inquiry, [value, other]):
        found = _compare(value, other, options)
        if found is not None:
            variant, severity = found
            shown, step = _shown(value, other)
            shown["name"] = claims.subject(assertion)
            cited = claims.mentions(assertion, [value, other])
            yield Verdict(Answer.FAILS, cited, shown, (step,), variant=variant, severity=severity)


def _compare(value: Operand, other: Operand, options: Options) -> tuple[str, Severity] | None:
    """Return which message and how bad, None where both are one amount."""
    tier = first_rounding(lambda rounding: value.interval(rounding).meets(other.interval(rounding)))
    if tier is Rounding.NEAREST:
        return None
    if tier is not None or _with_usual_factor(value, other):
        return "rounding", Severity.INFO
    return "message", options.severity.milder() if claims.hedged([value, other]) else options.severity


def _with_usual_factor(value: Operand, other: Operand) -> bool:
    """Tell whether both agree when a 亩 is taken for 666 or 667 square metres."""
    for one, two in ((value, other), (other, value)):
        if one.unit is not None and one.unit.name in _MU:
            rate = [factor / one.unit.factor for factor in _MU[one.unit.name]]
            if any(one.interval(Rounding.NEAREST).times(r).meets(two.interval(Rounding.NEAREST)) for r in rate):
                return True
    return False


def _shown(value: Operand, other: Operand) -> tuple[dict[str, str | Text], Text]:
    unit = other.unit
    if unit is None:
        raise ValueError("an amount without a unit is never compared")
    computed = claims.exact(value, value.unit) / unit.factor
    many = 10**8 if "亿" in other.amount.text else 10**4 if "万" in other.amount.text else 1
    word = {1: "", 10**4: "万", 10**8: "亿"}[many]
    said = f"{wording.short(computed / many)} {word}{unit.name}"
    step = f"{value.amount.text} = {said} ≠ {other.amount.text}"
    return {"value": value.amount.text, "other": other.amount.text, "computed": said}, Text(step, step)


_SHOWN = frozenset({"name", "value", "other", "computed"})
CONVERSION = Question({}, {"message": _SHOWN, "rounding": _SHOWN}, ask_conversion)
