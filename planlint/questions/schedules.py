"""Can dates be: are they printed, does the calendar have them, their order, their distance?"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from msgspec import Struct

from planlint import dates, names, wording
from planlint.amounts import Amount, Kind, Rounding
from planlint.amounts import measured as measured_amount
from planlint.dates import Dated, Days, Sort
from planlint.exact import Fraction
from planlint.facts import Assertion, Facts
from planlint.findings import Mention, Origin, Severity, Text
from planlint.intervals import Interval
from planlint.questions import claims
from planlint.questions.merging import in_order, merged
from planlint.source import Place
from planlint.statements import Row, Table
from planlint.verdicts import Answer, Inquiry, Options, Question, Verdict, first_rounding


class Schedule(Struct, frozen=True):
    """The dates of a project or of something else; `table` where a row of projects prints them."""

    assertion: Assertion
    start: Dated | None
    end: Dated | None
    state: str
    table: Table | None

    @property
    def begins(self) -> Days | None:
        """Return the days on which it may start, None where they are not printed."""
        return self.start.days if self.start is not None else None

    @property
    def ends(self) -> Days | None:
        """Return the days on which it may end, None where they are not printed; a range ends where it ends."""
        if self.end is not None:
            return self.end.until or self.end.days
        return self.start.until if self.start is not None else None

    @property
    def is_upside_down(self) -> bool:
        """Tell whether it ends before it starts, which is said once and makes its dates useless."""
        start, end = self.begins, self.ends
        return start is not None and end is not None and end.last < start.first

    @property
    def mention(self) -> Mention:
        """Return what a finding cites."""
        return self.assertion.mention

    @property
    def end_text(self) -> str:
        """Return the end as printed."""
        return self.end.text if self.end is not None else self.start.text if self.start is not None else ""

    @property
    def start_text(self) -> str:
        """Return the start as printed."""
        return self.start.text if self.start is not None else ""


def schedules(inquiry: Inquiry) -> list[Schedule]:
    """Return every claim of dates with its dates read and its table found."""
    found = claims.of_kind(inquiry, "dates")
    if not found:
        return []
    tables = {row.name.place: table for table in inquiry.facts.plan.tables if table.is_projects for row in table.rows}
    return [_schedule(assertion, tables) for assertion in found]


def _schedule(assertion: Assertion, tables: dict[Place, Table]) -> Schedule:
    terms = assertion.claim.terms
    start, end = (dates.read(terms[key].text) if key in terms else None for key in ("start", "end"))
    state = terms["state"].text if "state" in terms else ""
    return Schedule(assertion, start, end, state, tables.get(assertion.claim.place))


def report(
    schedules_: list[Schedule],
    shown: dict[str, str | Text],
    steps: tuple[Text, ...] = (),
    variant: str = "message",
    severity: Severity | None = None,
) -> Verdict:
    """Return a failing verdict about some schedules."""
    return Verdict(Answer.FAILS, in_order(s.mention for s in schedules_), shown, steps, variant, severity)


def _order(inquiry: Inquiry, options: Options) -> Iterator[Verdict]:
    for schedule in inquiry.once(schedules):
        start, end = schedule.begins, schedule.ends
        printed = [d for d in (schedule.start, schedule.end) if d is not None]
        if start is not None and end is not None:
            if end.last < start.first:
                shown: dict[str, str | Text] = {
                    "name": schedule.assertion.claim.subject,
                    "start": schedule.start_text,
                    "end": schedule.end_text,
                }
                yield report([schedule], shown, variant="message" if schedule.end is not None else "range")
        elif len(printed) == 2 and any(d.days is not None for d in printed):
            missing = schedule.start if start is None else schedule.end
            if missing is not None and missing.sort is not Sort.IMPOSSIBLE:
                yield claims.undecided(schedule.assertion, *why_missing(missing, start is None))


def why_missing(missing: Dated, is_start: bool) -> tuple[str, str]:
    """Return why a date cannot be compared, in both languages."""
    zh, en = ("开始时间", "start") if is_start else ("结束时间", "end")
    if missing.sort is Sort.NO_YEAR:
        return f"{zh}“{missing.text}”没有印出年份", f"the {en}, “{missing.text}”, is printed without its year"
    if missing.is_missing:
        return f"没有印出{zh}", f"the {en} is not printed"
    return f"{zh}“{missing.text}”不是日期", f"the {en}, “{missing.text}”, is no date"


def ask_order(inquiry: Inquiry, options: Options) -> Iterator[Verdict]:
    """Ask of all dates whether the end comes after the start."""
    return merged(_order(inquiry, options))


_LENGTHS = {
    "年": (Fraction(365), Fraction(366)),
    "周年": (Fraction(365), Fraction(366)),
    "月": (Fraction(365, 12), Fraction(366, 12)),
    "个月": (Fraction(365, 12), Fraction(366, 12)),
    "周": (Fraction(7), Fraction(7)),
    "天": (Fraction(1), Fraction(1)),
    "日": (Fraction(1), Fraction(1)),
}
"""Days in a unit of time, at least and at most."""


def _stated_days(assertion: Assertion, rounding: Rounding) -> Interval:
    """Return the days that a printed span may last: its number is rounded, and years differ in length."""
    amount = assertion.operands["span"].amount
    low, high = _LENGTHS[amount.unit]
    count = measured_amount(amount, rounding, exact=False)
    return Interval(
        None if count.low is None else count.low * low,
        None if count.high is None else count.high * high,
        count.low_open,
        count.high_open,
    )


def _span(inquiry: Inquiry, options: Options) -> Iterator[Verdict]:
    for schedule in inquiry.once(schedules):
        span = schedule.assertion.operands.get("span")
        if span is None or span.amount.kind not in (Kind.VALUE, Kind.RANGE) or span.amount.unit not in _LENGTHS:
            continue
        start, end = schedule.begins, schedule.ends
        if start is None or end is None:
            missing = schedule.start if start is None else schedule.end
            if missing is None:
                missing = dates.read("")
            if missing.sort is not Sort.IMPOSSIBLE:
                yield claims.undecided(schedule.assertion, *why_missing(missing, start is None))
        elif end.last >= start.first:
            yield from _judge_span(schedule, start, end, options)


def _judge_span(schedule: Schedule, start: Days, end: Days, options: Options) -> Iterator[Verdict]:
    # From the end of the first day to the start of the last, or with both of them whole.
    lasts = Interval(Fraction(max(end.first - start.last, 0)), Fraction(end.last - start.first + 1))
    tier = first_rounding(lambda rounding: _stated_days(schedule.assertion, rounding).meets(lasts))
    if tier is Rounding.NEAREST:
        return
    span = schedule.assertion.operands["span"]
    if tier is not None and not _counts_years(span.amount, start, end):
        tier = None
    severity = options.severity.milder() if span.amount.hedge is not None else options.severity
    shown: dict[str, str | Text] = {
        "name": schedule.assertion.claim.subject,
        "span": span.amount.text,
        "start": schedule.start_text,
        "end": schedule.end_text,
        "months": _months(lasts),
    }
    low, high = (wording.number(Fraction(round(n or 0))) for n in (lasts.low, lasts.high))
    steps = (
        Text(
            f"从 {schedule.start_text} 到 {schedule.end_text}，最短 {low} 天，最长 {high} 天",
            f"from {schedule.start_text} to {schedule.end_text} there are {low} to {high} days",
        ),
    )
    if tier is not None:
        yield report([schedule], shown, steps, "rounding", Severity.INFO)
    else:
        yield report([schedule], shown, steps, severity=severity)


_MONTH = 31


def _counts_years(amount: Amount, start: Days, end: Days) -> bool:
    """Tell whether a number of whole years may be meant that is not rounded: begun, or as calendars count them.

    From October 2021 to October 2024 there are three years, or four on the calendar, and never two.
    """
    number = amount.number
    by_month = end.last - end.first < _MONTH and start.last - start.first < _MONTH
    if not by_month or amount.unit not in ("年", "周年") or number is None or not number.whole:
        return True
    first, last = date.fromordinal(start.first), date.fromordinal(end.first)
    months = (last.year - first.year) * 12 + last.month - first.month
    return number.value in {months // 12, (months + 1) // 12, last.year - first.year + 1}


def _months(lasts: Interval) -> Text:
    """Return a length in months, rounded to the nearest."""
    low, high = (round((days or Fraction(0)) * 12 / Fraction(1461, 4)) for days in (lasts.low, lasts.high))
    shown = str(low) if low == high else f"{low}—{high}"
    return Text(f"{shown} 个月", f"{shown} months")


def ask_span(inquiry: Inquiry, options: Options) -> Iterator[Verdict]:
    """Ask of every stated span whether its two dates lie that far apart."""
    return merged(_span(inquiry, options))


def ask_printed(inquiry: Inquiry, options: Options) -> Iterator[Verdict]:
    """Ask whether each date is printed where its fellows have one, and whether the calendar has it."""
    found = inquiry.once(schedules)
    yield from merged(_impossible(found))
    yield from merged(_missing(inquiry.facts, found))


def _impossible(found: list[Schedule]) -> Iterator[Verdict]:
    for schedule in found:
        for printed in (schedule.start, schedule.end):
            if printed is None:
                continue
            if printed.sort is Sort.IMPOSSIBLE:
                yield report([schedule], {"name": schedule.assertion.claim.subject, "date": printed.text})
            elif dates.is_leap_day(printed):
                yield claims.undecided(
                    schedule.assertion,
                    f"“{printed.text}”没有印出年份，不知是否闰年",
                    f"“{printed.text}” is printed without its year, which may be no leap year",
                )


def _missing(facts: Facts, found: list[Schedule]) -> Iterator[Verdict]:
    by_place = {schedule.assertion.claim.place: schedule for schedule in found}
    for table in facts.plan.tables:
        if not table.is_projects:
            continue
        rows = [(row, by_place.get(row.name.place)) for row in table.rows]
        known = [s for _, s in rows if s is not None]
        if not known:
            continue
        if all(s.begins is None and s.ends is None for s in known):
            if all(s.start is None or s.start.is_missing for s in known):
                because = Text("各项都没有印出时间", "no project's dates are printed")
                yield Verdict(Answer.UNDECIDED, tuple(s.mention for s in known), {}, because=because)
            continue
        both = any(s.begins for s in known), any(s.ends for s in known)
        lacking = [(row, s) for row, s in rows if _lacks(s, both)]
        if lacking:
            yield _missing_finding(lacking, len(rows), facts)


def _lacks(schedule: Schedule | None, both: tuple[bool, bool]) -> bool:
    """Tell whether a row lacks a date that other rows of its table print."""
    if schedule is None:
        return True
    start, end = schedule.start, schedule.end
    is_range = start is not None and start.sort is Sort.RANGE
    no_start = both[0] and (start is None or start.is_missing)
    no_end = both[1] and not is_range and (end is None or end.is_missing)
    return no_start or no_end


def _missing_finding(lacking: list[tuple[Row, Schedule | None]], count: int, facts: Facts) -> Verdict:
    shown: dict[str, str | Text] = {
        "names": wording.both_listed([row.name.text for row, _ in lacking]),
        "missing": str(len(lacking)),
        "count": str(count),
    }
    cited = (s.mention if s is not None else _row_mention(row, facts) for row, s in lacking)
    return Verdict(Answer.FAILS, in_order(cited), shown, variant="missing", severity=Severity.INFO)


def _row_mention(row: Row, facts: Facts) -> Mention:
    """Return the mention of a row that states no dates at all."""
    origin = Origin(facts.plan.document, row.lines, "")
    return Mention(f"dates.{names.fold(row.name.text)}", row.name.text, "claim", None, "", row.name.place, origin)


_NAMED = {"name", "start", "end"}
ORDER = Question({}, dict.fromkeys(("message", "range"), frozenset(_NAMED)), ask_order)
_SPAN_SHOWN = frozenset({*_NAMED, "span", "months"})
SPAN = Question({}, {"message": _SPAN_SHOWN, "rounding": _SPAN_SHOWN}, ask_span)
PRINTED = Question(
    {}, {"message": frozenset({"name", "date"}), "missing": frozenset({"names", "missing", "count"})}, ask_printed
)
