"""Does a project's state fit its dates, and do its dates fit the planned period?"""

from __future__ import annotations

from collections.abc import Iterator

from planlint import dates, names, wording
from planlint.dates import Sort
from planlint.facts import Standing
from planlint.findings import Severity, Text
from planlint.questions import claims
from planlint.questions.merging import merged
from planlint.questions.schedules import Schedule, report, schedules, why_missing
from planlint.verdicts import Inquiry, Options, Question, Verdict

_STATES = {
    "new": "拟建 新开工 拟开工 未开工 待开工 计划开工 计划新建 拟新建",
    "building": "新建",
    "running": "续建 在建 已开工 结转 正在建设 正在实施 建设中 在施 跨年续建",
    "done": "已完成 竣工 已竣工 已建成 完工 已完工 建成 完成 已投入使用 已投用 已验收",
    "early": "前期 前期工作 开展前期工作 前期阶段 规划 规划中 谋划 储备 可研 立项",
}
_STATE_OF = {word: state for state, words in _STATES.items() for word in words.split()}
_BY_START = ("new", "building", "running")
"""States that are held against the start; the others against the end."""
_SORTS_OF_WORK = frozenset("改建 扩建 改扩建 迁建 改造 重建 修缮 购置 异地新建 整体迁建 装修 改造提升".split())


def _known_year(inquiry: Inquiry) -> int:
    """Return the last year of which the plan can tell: its base year, or the last year that it reports later."""
    plan = inquiry.facts.plan
    reported = [f.year for f in inquiry.facts.figures if f.standing is Standing.REPORTED]
    last = max(plan.baseline, plan.period.first - 1)
    return max([last, *(year for year in reported if year <= plan.period.last)])


def _state(inquiry: Inquiry, options: Options) -> Iterator[Verdict]:
    found = [(s, state) for s in inquiry.once(schedules) if (state := _state_of(s)) and not s.is_upside_down]
    if not found:
        return
    plan = inquiry.facts.plan
    before, after = min(plan.baseline, plan.period.first - 1), inquiry.once(_known_year)
    sorts = _tables_of_sorts(inquiry)
    for schedule, state in found:
        if state == "building" and (schedule.table is None or schedule.table.id in sorts):
            # Beside 改扩建 it says what sort of work it is, not when that begins.
            continue
        decisive = schedule.start if state in _BY_START else schedule.end
        if (schedule.begins if state in _BY_START else schedule.ends) is not None:
            yield from _judge_state(schedule, state, before, after, options)
        elif decisive is not None and decisive.sort is not Sort.IMPOSSIBLE:
            if decisive.sort is not Sort.PENDING or state in ("running", "done"):
                yield claims.undecided(schedule.assertion, *why_missing(decisive, state in _BY_START))


def _state_of(schedule: Schedule) -> str:
    return _STATE_OF.get(names.fold(schedule.state).removesuffix("项目"), "")


def _tables_of_sorts(inquiry: Inquiry) -> frozenset[str]:
    """Return the tables of projects in which 新建 is a sort of work, or may be: no row tells a stage."""
    words: dict[str, set[str]] = {}
    for schedule in inquiry.once(schedules):
        if schedule.table is not None:
            words.setdefault(schedule.table.id, set()).add(names.fold(schedule.state).removesuffix("项目"))
    return frozenset(
        id_
        for id_, said in words.items()
        if said & _SORTS_OF_WORK or not any(_STATE_OF.get(word, "building") != "building" for word in said)
    )


def _judge_state(schedule: Schedule, state: str, before: int, after: int, options: Options) -> Iterator[Verdict]:
    start, end = schedule.begins, schedule.ends
    base, known = dates.of_years(before, before), dates.of_years(after, after)
    severity = options.severity
    variant, year = "", after
    if state in ("new", "building") and start is not None and start.last <= base.last:
        variant, year = "begun", before
    elif state == "running" and start is not None and start.first > known.last:
        # A plan signed in its first year may well find it going on.
        next_year = dates.of_years(after + 1, after + 1)
        variant = "message"
        severity = severity.milder() if start.first <= next_year.last else severity
    elif state == "done" and end is not None and end.first > known.last:
        next_year = dates.of_years(after + 1, after + 1)
        variant = "done"
        severity = severity.milder() if end.first <= next_year.last else severity
    elif state == "early" and end is not None and end.last <= base.last:
        variant, year = "over", before
    elif state == "early" and start is not None and start.last <= base.last:
        # The first studies may be what began then.
        variant, year, severity = "begun", before, severity.milder()
    if variant:
        shown: dict[str, str | Text] = {
            "name": schedule.assertion.claim.subject,
            "state": schedule.state,
            "start": schedule.start_text,
            "end": schedule.end_text,
            "year": str(year),
        }
        yield report([schedule], shown, variant=variant, severity=severity)


def ask_state(inquiry: Inquiry, options: Options) -> Iterator[Verdict]:
    """Ask whether a project can be in its state with its dates."""
    return merged(_state(inquiry, options))


_LATER = ("展望", "远景", "远期")


def ask_horizon(inquiry: Inquiry, options: Options) -> Iterator[Verdict]:
    """Ask whether what a plan schedules lies in its period; the rows of a table make one finding of a kind."""
    if not inquiry.once(schedules):
        return
    period = inquiry.facts.plan.period
    planned = dates.of_years(period.first, period.last)
    groups: dict[tuple[str, tuple[str, ...]], list[Schedule]] = {}
    rows: dict[tuple[str, str], list[Schedule]] = {}
    for schedule in inquiry.once(schedules):
        text = schedule.assertion.claim.quote + schedule.assertion.claim.note
        if any(word in text for word in _LATER):
            continue
        variant = _outside(schedule, planned)
        if variant is None:
            if schedule.table is not None and schedule.ends is None and schedule.end is not None:
                if schedule.end.sort is not Sort.IMPOSSIBLE and not schedule.end.is_missing:
                    yield claims.undecided(schedule.assertion, *why_missing(schedule.end, False))
            continue
        place = schedule.table.id if schedule.table is not None else f"claim {schedule.assertion.id}"
        rows.setdefault((variant, place), []).append(schedule)
    for (variant, _), found in rows.items():
        # A table printed twice says the same of the same projects.
        said = tuple(f"{s.assertion.claim.subject} {s.start_text} {s.end_text}" for s in found)
        groups.setdefault((variant, said), []).extend(found)
    for (variant, said), found in groups.items():
        yield _outside_finding(found[: len(said)], found, variant, period.first, period.last, options)


def _outside(schedule: Schedule, planned: dates.Days) -> str | None:
    """Return how a schedule leaves the planned period, None where it does not or may not."""
    start, end = schedule.begins, schedule.ends
    if schedule.is_upside_down:
        return None
    if start is not None and start.first > planned.last:
        return "message"
    if end is not None and end.first > planned.last:
        return "late"
    if end is not None and end.last < planned.first and schedule.table is not None:
        return None if _state_of(schedule) == "done" else "over"
    return None


def _outside_finding(
    shown_of: list[Schedule], cited: list[Schedule], variant: str, first: int, last: int, options: Options
) -> Verdict:
    texts = [s.start_text if variant == "message" else s.end_text for s in shown_of]
    shown: dict[str, str | Text] = {
        "name": wording.both_listed([s.assertion.claim.subject for s in shown_of]),
        "date": wording.both_listed(list(dict.fromkeys(texts))),
        "first": str(first),
        "last": str(last),
    }
    severity = Severity.INFO if variant == "late" else options.severity
    return report(cited, shown, variant=variant, severity=severity)


_STATE_SHOWN = frozenset({"name", "state", "start", "end", "year"})
STATE = Question({}, dict.fromkeys(("message", "begun", "done", "over"), _STATE_SHOWN), ask_state)
_HORIZON_SHOWN = frozenset({"name", "date", "first", "last"})
HORIZON = Question({}, dict.fromkeys(("message", "late", "over"), _HORIZON_SHOWN), ask_horizon)
