"""Does a claim state of an indicator what the figures of the plan print of it?"""

from __future__ import annotations

from collections.abc import Iterator

from planlint import amounts, names, wording
from planlint.amounts import Kind, Operator, Rounding
from planlint.facts import Assertion, Figure, Fit, Operand, Standing, Topic, fit
from planlint.findings import Severity, Text
from planlint.intervals import Interval
from planlint.patterns import pattern
from planlint.questions import claims
from planlint.questions.merging import in_order
from planlint.questions.terms import claimed, subject_of, with_figure
from planlint.verdicts import Answer, Inquiry, Options, Question, Verdict, first_rounding

_TERMS = {
    "change": ("from", "to"),
    "comparison": ("left",),
    "verdict": ("value",),
    "ratio": ("is",),
    "sum": ("whole",),
}
"""The terms of a claim that state the value of what it is about."""
_YEARS = pattern(r"(?P<first>[0-9]{4})\D{1,3}(?P<last>[0-9]{4})年?")


def ask_restated(inquiry: Inquiry, options: Options) -> Iterator[Verdict]:
    """Put the question to every claim about an indicator whose terms are amounts in place."""
    return claims.as_one(_ask(inquiry, options))


def _ask(inquiry: Inquiry, options: Options) -> Iterator[Verdict]:
    for assertion in claimed(inquiry, *_TERMS):
        if assertion.indicator is None:
            continue
        for key in _TERMS[assertion.claim.kind]:
            operand = with_figure(inquiry, assertion.operands.get(key))
            if operand is None or operand.figure is not None or not _is_plain(operand):
                continue
            yield from _judge(inquiry, assertion, operand, _year(assertion, key), key == "from", options)


def restates(assertion: Assertion) -> bool:
    """Tell whether a claim about an indicator prints a value of it in place."""
    operands = [assertion.operands.get(key) for key in _TERMS[assertion.claim.kind]]
    printed = [operand for operand in operands if operand is not None and operand.figure is None]
    return assertion.indicator is not None and any(_is_plain(operand) for operand in printed)


def _is_plain(operand: Operand) -> bool:
    """Tell whether a term is one measured number with a unit, and no bound."""
    amount = operand.amount
    return (
        amount.kind is Kind.VALUE
        and amount.number is not None
        and amount.change is None
        and amount.operator is Operator.NONE
        and operand.unit is not None
    )


def _year(assertion: Assertion, key: str) -> int | None:
    """Return the year of a term, None where the claim gives none."""
    span = assertion.claim.terms.get("years")
    found = _YEARS.fullmatch(span.text.strip()) if span is not None else None
    if found is not None and assertion.claim.kind == "change":
        return int(found["first"] if key == "from" else found["last"])
    if key == "from" or assertion.claim.year is not None:
        return None if key == "from" else assertion.claim.year
    return _year_of_operands(assertion) if assertion.claim.kind in ("ratio", "sum") else None


def _year_of_operands(assertion: Assertion) -> int | None:
    """Return the year of the figures that a quotient or a sum is made of, where all are of one year and its scope."""
    operands = [o for key, o in assertion.operands.items() if key not in ("is", "whole")] + list(assertion.items)
    figures = [o.figure for o in operands if o.figure is not None]
    scope = names.fold(assertion.claim.scope) if assertion.claim.scope else ""
    if not figures or len(figures) < len(operands) or any(f.topic.scope != scope for f in figures):
        return None
    reported = all(f.standing is Standing.REPORTED for f in figures)
    return figures[0].year if reported and len({f.year for f in figures}) == 1 else None


def _judge(
    inquiry: Inquiry, assertion: Assertion, operand: Operand, year: int | None, is_start: bool, options: Options
) -> Iterator[Verdict]:
    printed = _printed(inquiry, assertion)
    base = inquiry.facts.plan.baseline
    if year is None and is_start:
        # Where a change began is a year before the base year, and the latest that is printed is the likeliest.
        base = max((f.year for f in printed if f.year < base), default=0)
    there = [f for f in printed if f.year == (base if year is None else year)]
    if not there:
        if printed and year is not None:
            yield claims.undecided(assertion, f"没有印出{year}年的数值", f"no value of {year} is printed")
        return
    if len({f.value for f in there}) > 1:
        # Where the figures disagree among themselves, that is what is wrong.
        return
    mine = _interval(assertion, operand)
    if mine is None:
        return
    # A claim without a year may speak of any year that the plan prints.
    others = there if year is not None else printed
    tier = first_rounding(lambda rounding: any(f.interval(rounding).meets(mine[rounding]) for f in others))
    if tier is Rounding.NEAREST:
        return
    if year is None and _is_planned(inquiry, assertion, mine):
        return
    variant = "message" if year is not None else "undated"
    severity = options.severity if year is not None else Severity.INFO
    if tier is not None:
        if year is None:
            return
        variant, severity = "rounding", Severity.INFO
    elif severity is not Severity.INFO and any(a.hedge for a in (operand.amount, *(f.amount for f in there))):
        severity = severity.milder()
    yield _finding(assertion, operand, there, mine[Rounding.NEAREST], variant, severity)


def _printed(inquiry: Inquiry, assertion: Assertion) -> list[Figure]:
    """Return what the plan reports of an indicator for whole years, within the scope of a claim."""
    claim, plan = assertion.claim, inquiry.facts.plan
    scope = names.fold(claim.scope) if claim.scope else ""
    if scope == names.fold(plan.region):
        scope = ""
    if assertion.indicator is None:
        return []
    return [
        f
        for f in inquiry.about(Topic(assertion.indicator.key, scope, ""))
        if f.standing is Standing.REPORTED
        and f.is_measured
        and f.amount.kind is Kind.VALUE
        and f.amount.operator is Operator.NONE
    ]


def _is_planned(inquiry: Inquiry, assertion: Assertion, mine: dict[Rounding, Interval]) -> bool:
    """Tell whether a value is a target of what the claim is about: 由4216人增加到6000人 may say what is to come."""
    return assertion.indicator is not None and any(
        f.is_measured and f.standing in (Standing.TARGET, Standing.ASSIGNED) and f.value in mine[Rounding.NEAREST]
        for topic, figures in inquiry.facts.by_topic.items()
        if topic.indicator == assertion.indicator.key
        for f in figures
    )


def _interval(assertion: Assertion, operand: Operand) -> dict[Rounding, Interval] | None:
    """Return a term in the unit of its indicator by tier of rounding, None where the unit is of another kind."""
    indicator = assertion.indicator
    if indicator is None:
        return None
    parts = names.density(names.fold(assertion.claim.subject)) if indicator.kind == "density" else None
    _, factor, suits = fit(indicator, parts.per if parts is not None else indicator.per, operand.unit)
    if factor is None or suits is not Fit.FITS:
        return None
    return {
        rounding: amounts.measured(operand.amount, rounding, exact=indicator.whole).times(factor)
        for rounding in Rounding
    }


def _finding(
    assertion: Assertion, operand: Operand, there: list[Figure], mine: Interval, variant: str, severity: Severity
) -> Verdict:
    first = there[0]
    shown: dict[str, str | Text] = {
        "name": subject_of(assertion),
        "value": operand.amount.text,
        "other": first.mention.text,
        "year": str(first.year),
    }
    own, other = wording.span(mine), wording.span(first.interval(Rounding.NEAREST))
    unit = wording.short_unit(first.indicator.unit)
    step = Text(
        f"{operand.amount.text} 是 {own} {unit}，{first.mention.text} 是 {other} {unit}，没有共同的数",
        f"{operand.amount.text} stands for {own} {unit}, {first.mention.text} for {other} {unit}",
    )
    mentions = in_order((assertion.mention, *(f.mention for f in there)))
    return Verdict(Answer.FAILS, mentions, shown, (step,), variant=variant, severity=severity)


_SHOWN = frozenset({"name", "value", "other", "year"})
RESTATED = Question(
    {}, {"message": _SHOWN, "rounding": _SHOWN, "undated": _SHOWN}, ask_restated, optional=frozenset({"rounding"})
)
