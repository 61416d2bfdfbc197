"""Are percentage points printed where % is meant, or % where points are?"""

from __future__ import annotations

from collections.abc import Iterator

from planlint import wording
from planlint.facts import Figure, Fit
from planlint.findings import Severity, Text
from planlint.questions import claims
from planlint.questions.growth import POINTS, Change, change_of, points_meant
from planlint.questions.strands import misfits
from planlint.verdicts import Answer, Inquiry, Options, Question, Verdict, fails, name_of


def ask_points(inquiry: Inquiry, options: Options) -> Iterator[Verdict]:
    """Put the question to every level, and to every change of a percentage."""
    yield from _levels(inquiry)
    yield from claims.as_one(_changes(inquiry))


def is_level_in_points(figure: Figure) -> bool:
    """Tell whether a level of a percentage is printed in points, which are a difference."""
    if figure.fit is not Fit.OTHER_DIMENSION or figure.unit is None or figure.unit.name != POINTS:
        return False
    return figure.indicator.unit.is_scale and figure.amount.number is not None


def _levels(inquiry: Inquiry) -> Iterator[Verdict]:
    groups: dict[tuple[object, ...], list[Figure]] = {}
    for figure in inquiry.once(misfits):
        if is_level_in_points(figure):
            groups.setdefault((figure.topic, figure.year, figure.standing, figure.amount.number), []).append(figure)
    for figures in groups.values():
        first = figures[0]
        number = first.amount.number
        meant = wording.in_unit(number.value, first.indicator.unit.name) if number is not None else ""
        shown: dict[str, str | Text] = {
            "name": name_of(first),
            "year": str(first.year),
            "value": first.mention.text,
            "meant": meant,
        }
        yield fails(figures, shown, spoiled=tuple(figures))


def _changes(inquiry: Inquiry) -> Iterator[Verdict]:
    for assertion in claims.of_kind(inquiry, "change"):
        by = assertion.operands.get("by")
        if not assertion.is_complete or by is None or by.unit is None:
            continue
        if by.unit.name != "%" or assertion.indicator is None or assertion.indicator.kind not in ("share", "rate"):
            continue
        change = change_of(assertion)
        if change is None:
            zh, en = "没有印出两端的数值", "the values that it changed from and to are not printed"
            yield claims.undecided(assertion, zh, en)
        elif not claims.spoiled(inquiry, change.operands) and (not change.yearly or change.years):
            if points_meant(change):
                yield _points_finding(change)


def _points_finding(change: Change) -> Verdict:
    number = change.number.number
    value = wording.number(number.value) if number is not None else ""
    first, last = (claims.exact(term, term.unit) for term in (change.start, change.end))
    gap = wording.short(abs(last - first) * 100)
    grown = f"{wording.short(abs(last - first) / first * 100)}%" if first else "∞"
    start, end = change.start.amount.text, change.end.amount.text
    step = Text(
        f"{start} 到 {end} 相差 {gap} 个百分点，增长的比例是 {grown}",
        f"from {start} to {end} it is {gap} percentage points, and a growth of {grown}",
    )
    shown: dict[str, str | Text] = {
        "name": claims.subject(change.assertion),
        "value": change.by.amount.text,
        "meant": Text(f"{value} 个百分点", f"{value} percentage points"),
        "start": start,
        "end": end,
    }
    cited = claims.mentions(change.assertion, change.operands)
    return Verdict(Answer.FAILS, cited, shown, (step,), variant="change", severity=Severity.INFO)


POINTS_FOR_PERCENT = Question(
    {},
    {
        "message": frozenset({"name", "year", "value", "meant"}),
        "change": frozenset({"name", "value", "meant", "start", "end"}),
    },
    ask_points,
)
