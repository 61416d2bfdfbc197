"""Do the sums and ratios that a plan states come out?"""

from __future__ import annotations

from collections.abc import Iterator

from planlint import formula, wording
from planlint.amounts import Amount, Kind, Operator, Rounding
from planlint.exact import Fraction
from planlint.facts import Assertion, Operand
from planlint.findings import Severity, Text
from planlint.intervals import Interval
from planlint.questions import claims
from planlint.units import Unit
from planlint.verdicts import Answer, Inquiry, Options, Question, Verdict, first_rounding

_MANY = 8
"""Parts beyond which a sum is folded in the arithmetic shown."""


_mentions = claims.mentions
_undecided = claims.undecided
_spoiled = claims.spoiled
_common_unit = claims.common_unit
_alike = claims.alike
_hedged = claims.hedged
_interval = claims.interval
_exact = claims.exact


def ask_sum(inquiry: Inquiry, options: Options) -> Iterator[Verdict]:
    """Put the question to every sum that the plan states."""
    for assertion in claims.of_kind(inquiry, "sum"):
        whole, parts = assertion.operands.get("whole"), list(assertion.items)
        if not assertion.is_complete or whole is None or not parts or _adds_up_exactly(whole, parts):
            continue
        operands = [whole, *parts]
        if _spoiled(inquiry, operands):
            continue
        numbers = [part for part in parts if part.is_number]
        if not whole.is_number:
            yield _undecided(assertion, "总数没有印出", "the whole is not printed")
            continue
        if not _alike(operands):
            yield _undecided(assertion, "各项的单位不同", "the parts have different units")
            continue
        partial = "partial" in assertion.claim.flags or len(numbers) < len(parts)
        unit = _common_unit(operands)
        verdict = _judge_sum(assertion, whole, numbers, unit, partial, options)
        if verdict is not None:
            yield verdict
        elif len(numbers) < len(parts):
            yield _undecided(assertion, "有的部分没有印出", "some part is not printed")


def _adds_up_exactly(whole: Operand, parts: list[Operand]) -> bool:
    """Tell whether whole things counted in one unit come out, as nearly all sums there are: no interval is needed."""
    stated = whole.amount.number
    if stated is None or not whole.is_exact:
        return False
    name = whole.unit.name if whole.unit is not None else None
    total = Fraction(0)
    for part in parts:
        unit, number = part.unit, part.amount.number
        # What is counted in the unit of the whole is exact as the whole is.
        if (unit.name if unit is not None else None) != name or number is None or not _is_plain(part.amount):
            return False
        total += number.value
    return total == stated.value


def _is_plain(amount: Amount) -> bool:
    """Tell whether an amount is one number printed in ones, with no sign or word that loosens it."""
    number, value = amount.number, amount.kind is Kind.VALUE
    return value and number is not None and number.whole and amount.hedge is None and amount.operator is Operator.NONE


def _judge_sum(
    assertion: Assertion, whole: Operand, parts: list[Operand], unit: Unit | None, partial: bool, options: Options
) -> Verdict | None:
    if not partial and whole.is_exact and all(part.is_exact for part in parts):
        # Counted things, nearly all sums there are: no interval is needed to compare whole numbers.
        if _exact(whole, unit) == sum(_exact(part, unit) for part in parts):
            return None

    def adds_up(rounding: Rounding) -> bool:
        stated = _interval(whole, unit, rounding)
        added = _added(options, parts, unit, rounding)
        # Parts that are not all may be less than the whole, never more.
        return not stated.below(added) if partial else stated.meets(added)

    tier = first_rounding(adds_up)
    if tier is Rounding.NEAREST:
        return None
    if tier is not None:
        return _sum_finding(assertion, whole, parts, unit, partial, "rounding", Severity.INFO)
    severity = options.severity.milder() if _hedged([whole, *parts]) else options.severity
    return _sum_finding(assertion, whole, parts, unit, partial, "partial" if partial else "message", severity)


def _added(options: Options, parts: list[Operand], unit: Unit | None, rounding: Rounding) -> Interval:
    intervals = [_interval(part, unit, rounding) for part in parts]
    return formula.evaluate(options.formula.solutions["whole"], {}, {"parts": intervals})


def _sum_finding(
    assertion: Assertion,
    whole: Operand,
    parts: list[Operand],
    unit: Unit | None,
    partial: bool,
    variant: str,
    severity: Severity,
) -> Verdict:
    factor = unit.factor if unit is not None else Fraction(1)
    name = wording.short_unit(unit) if unit is not None else ""
    added = sum((_exact(part, unit) / factor for part in parts), Fraction(0))
    stated = _exact(whole, unit) / factor
    texts = [part.amount.text for part in parts]
    if len(texts) > _MANY:
        texts = [*texts[:3], f"…（{len(parts)} 项）", texts[-1]]
    shown_sum = wording.like(added, name, whole.amount.text)
    step = f"{' + '.join(texts)} = {shown_sum}"
    shown: dict[str, str | Text] = {
        "name": assertion.claim.subject,
        "whole": whole.amount.text,
        "sum": shown_sum,
        "gap": _gap(abs(added - stated), unit, name, whole.amount.text),
        "count": str(len(parts)),
    }
    return Verdict(
        Answer.FAILS,
        _mentions(assertion, [whole, *parts]),
        shown,
        (Text(step, step),),
        variant=variant,
        severity=severity,
    )


def _gap(value: Fraction, unit: Unit | None, name: str, printed: str) -> str | Text:
    """Return how far a whole lies from its parts; between two percentages in points."""
    if unit is not None and unit.name == "%":
        return wording.difference(value, unit)
    return wording.like(value, name, printed)


def ask_ratio(inquiry: Inquiry, options: Options) -> Iterator[Verdict]:
    """Put the question to every ratio whose two operands are printed."""
    stated = [a for a in claims.of_kind(inquiry, "ratio") if a.is_complete]
    yield from claims.as_one(verdict for assertion in stated for verdict in _ask_ratio(inquiry, assertion, options))


def _ask_ratio(inquiry: Inquiry, assertion: Assertion, options: Options) -> Iterator[Verdict]:
    of, to, quotient = (assertion.operands.get(key) for key in ("of", "to", "is"))
    if of is None or to is None or quotient is None or not (of.is_number and to.is_number and quotient.is_number):
        yield _undecided(assertion, "有一项没有印出数字", "one of the terms is not printed as a number")
    elif not _spoiled(inquiry, [of, to, quotient]):
        yield from _judge_ratio(assertion, of, to, quotient, options)


def _judge_ratio(
    assertion: Assertion, of: Operand, to: Operand, quotient: Operand, options: Options
) -> Iterator[Verdict]:
    terms = claims.quotient(of, to, quotient, assertion)

    def follows(rounding: Rounding) -> bool:
        stated = quotient.interval(rounding).times(Fraction(1, terms.per))
        values = {"part": terms.of.interval(rounding), "whole": terms.to.interval(rounding), "ratio": stated}
        return formula.evaluate(options.formula.solutions["ratio"], values, {}).meets(stated)

    try:
        tier = first_rounding(follows)
    except ZeroDivisionError:
        yield _undecided(assertion, "分母可能为零", "the divisor may be zero")
        return
    if tier is Rounding.NEAREST:
        return
    if tier is not None:
        yield _ratio_finding(assertion, of, to, quotient, "rounding", Severity.INFO)
        return
    severity = options.severity.milder() if _hedged([of, to, quotient]) else options.severity
    yield _ratio_finding(assertion, of, to, quotient, "message", severity)


def _ratio_finding(
    assertion: Assertion, of: Operand, to: Operand, quotient: Operand, variant: str, severity: Severity
) -> Verdict:
    factor = quotient.unit.factor if quotient.unit is not None else 1
    name = quotient.unit.name if quotient.unit is not None else ""
    value = _exact(of, of.unit) / _exact(to, to.unit) / factor * claims.quotient(of, to, quotient, assertion).per
    if not claims.is_proportion(quotient):
        many = wording.multiplier(quotient.amount.text)
        computed = f"{wording.rounded(value / many.value)}{many.word}{name}"
    else:
        computed = f"1:{wording.rounded(1 / value)}" if value < 1 else f"{wording.rounded(value)}:1"
    step = f"{of.amount.text} ÷ {to.amount.text} = {computed}"
    shown: dict[str, str | Text] = {
        "name": assertion.claim.subject,
        "part": of.amount.text,
        "whole": to.amount.text,
        "ratio": quotient.amount.text,
        "computed": computed,
    }
    return Verdict(
        Answer.FAILS,
        _mentions(assertion, [of, to, quotient]),
        shown,
        (Text(step, step),),
        variant=variant,
        severity=severity,
    )


_SUM_SHOWN = frozenset({"name", "whole", "sum", "gap", "count"})
SUM = Question(
    {}, {"message": _SUM_SHOWN, "partial": _SUM_SHOWN, "rounding": _SUM_SHOWN}, ask_sum, frozenset({"whole", "parts"})
)
_RATIO_SHOWN = frozenset({"name", "part", "whole", "ratio", "computed"})
RATIO = Question(
    {}, {"message": _RATIO_SHOWN, "rounding": _RATIO_SHOWN}, ask_ratio, frozenset({"part", "whole", "ratio"})
)
