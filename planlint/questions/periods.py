"""Does a year lie in the period it is said to belong to?"""

from __future__ import annotations

from collections.abc import Iterator

from planlint import wording
from planlint.catalogue import LOCAL
from planlint.facts import Figure, Standing
from planlint.fields import Years
from planlint.findings import Severity, Text
from planlint.statements import Plan
from planlint.verdicts import Inquiry, Options, Question, Verdict, fails, name_of, undecided

Period = tuple[Years, Text]
"""A period and what it is called."""


def _period(figure: Figure, plan: Plan, reviewed: Period) -> Period | None:
    """Return the period that a figure must lie in; None if nothing says."""
    stated = figure.statement.period
    if stated == "review":
        return plan.review, Text("回顾期", "the reviewed period")
    if stated == "plan":
        return plan.period, Text("规划期", "the planned period")
    if stated:
        first, last = (int(year) for year in (stated[:4], stated[-4:]))
        return Years(first, last), Text("文中所说的时期", "the period the text names")
    if figure.standing is Standing.REPORTED and not figure.indicator.key.startswith(LOCAL):
        return reviewed
    return None


def _reviewed(plan: Plan) -> Period:
    """Return the time of which a plan can tell what was reached."""
    # A plan revised half-way reviews the first years of its own period.
    last = max(plan.baseline, plan.review.last, plan.reported)
    called = Text("基期以前", "the time up to the base year")
    if plan.reported == last and last not in (plan.baseline, plan.review.last):
        return Years(0, last), Text("表中现状列的最后一年以前", "the time up to the last column of reached values")
    return Years(0, last), called if last == plan.baseline else Text("回顾期以前", "the time up to the review")


def ask_period(inquiry: Inquiry, options: Options) -> Iterator[Verdict]:
    """Put the question to every figure; one wrong year in a passage is one finding, however many figures follow it."""
    plan = inquiry.facts.plan
    reviewed = _reviewed(plan)
    first, last, reported = reviewed[0].first, reviewed[0].last, Standing.REPORTED
    groups: dict[tuple[object, ...], list[Figure]] = {}
    for figure in inquiry.facts.figures:
        if not figure.statement.period and (figure.standing is not reported or first <= figure.year <= last):
            # Nearly every value that was reached; of a target nothing says in which year it must lie.
            continue
        found = _period(figure, plan, reviewed)
        if figure.statement.year is None:
            if figure.statement.period:
                yield undecided([figure], Text("没有印出年份", "the year is not printed"))
            continue
        if found is not None and figure.year not in found[0]:
            groups.setdefault((figure.statement.lines or figure.topic, figure.year, found), []).append(figure)
    for figures in groups.values():
        period, called = _period(figures[0], plan, reviewed) or (plan.period, Text("", ""))
        span = f"{period.first}—{period.last}" if period.first else f"≤ {period.last}"
        shown: dict[str, str | Text] = {
            "name": wording.both_listed(list(dict.fromkeys(map(name_of, figures)))),
            "value": wording.both_listed([figure.mention.text for figure in figures]),
            "year": str(figures[0].year),
            "called": called,
            "span": span,
        }
        # A plan signed in its second year may well report the first: only a stated period makes it an error.
        severity = options.severity if figures[0].statement.period else Severity.INFO
        yield fails(figures, shown, severity=severity)


PERIOD = Question({}, {"message": frozenset({"name", "value", "year", "called", "span"})}, ask_period)
