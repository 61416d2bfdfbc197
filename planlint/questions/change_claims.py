"""Does a stated change lead from the one value to the other?"""

from __future__ import annotations

from collections.abc import Iterator

from planlint import wording
from planlint.amounts import Rounding
from planlint.exact import Fraction
from planlint.facts import Assertion, Operand
from planlint.findings import Severity, Text
from planlint.intervals import Interval, point
from planlint.questions import claims
from planlint.questions.growth import Change, Reading, change_of, levels_agree, points_fit, points_meant, readings
from planlint.verdicts import Answer, Inquiry, Options, Question, Verdict, first_rounding

_NEARLY = {Rounding.NEAREST: (Fraction(1, 20), False), Rounding.LOOSE: (Fraction(1, 10), True)}
"""How far below twice is still 翻番, and whether that end is open: as if 2.0 had been printed."""


def ask_change(inquiry: Inquiry, options: Options) -> Iterator[Verdict]:
    """Put the question to every change that says by how much."""
    stated = [a for a in claims.of_kind(inquiry, "change") if a.is_complete and "by" in a.operands]
    yield from claims.as_one(verdict for assertion in stated for verdict in _ask(inquiry, assertion, options))


def _ask(inquiry: Inquiry, assertion: Assertion, options: Options) -> Iterator[Verdict]:
    by = assertion.operands["by"]
    doubled = by.amount.change is not None and by.amount.change.factor is not None
    if by.amount.number is None and not doubled:
        return
    start, end = assertion.operands.get("from"), assertion.operands.get("to")
    if start is None or not start.is_number:
        yield claims.undecided(assertion, "没有印出起点的数值", "the value that it changed from is not printed")
    elif end is None or not end.is_number:
        yield claims.undecided(assertion, "没有印出终点的数值", "the value that it changed to is not printed")
    elif not claims.spoiled(inquiry, [start, end, by]):
        if doubled:
            yield from _doubled(assertion, start, end, by, options)
        else:
            change = change_of(assertion)
            if change is not None:
                yield from _judge(change, options)


def _judge(change: Change, options: Options) -> Iterator[Verdict]:
    if change.yearly and not change.years:
        yield claims.undecided(change.assertion, "没有印出多少年", "the number of years is not printed")
        return
    ways = list(readings(change)) if levels_agree(change) else []
    if not ways:
        yield claims.undecided(change.assertion, "单位不同，不能比较", "the units differ and cannot be compared")
        return
    literal, *others = ways
    if literal.kind == "growth" and not claims.exact(change.start, change.start.unit):
        yield claims.undecided(change.assertion, "起点是零，没有增长率", "nothing is a percentage of zero")
        return
    tier = first_rounding(literal.fits)
    if tier is Rounding.NEAREST or any(way.kind == "times" and way.fits(Rounding.LOOSE) for way in others):
        return
    if tier is not None:
        if not points_fit(change):
            yield _finding(change, literal, "rounding", Severity.INFO)
    elif _left_to_others(change):
        return
    elif any(way.kind == "mean" and way.fits(Rounding.LOOSE) for way in others):
        yield _finding(change, literal, "mean", Severity.INFO)
    else:
        hedged = claims.hedged(change.operands)
        yield _finding(change, literal, "message", options.severity.milder() if hedged else options.severity)


def _left_to_others(change: Change) -> bool:
    """Tell whether points are meant by %, or whether the verb goes the other way: other rules say so."""
    if points_meant(change):
        return True
    if "verb" not in change.assertion.claim.terms or change.upward is None:
        return False
    start, end = change.start.interval(Rounding.LOOSE), change.end.interval(Rounding.LOOSE)
    return end.below(start) if change.upward else start.below(end)


def _doubled(assertion: Assertion, start: Operand, end: Operand, by: Operand, options: Options) -> Iterator[Verdict]:
    factor = by.amount.change.factor if by.amount.change is not None else None
    if factor is None or not claims.alike([start, end]):
        yield claims.undecided(assertion, "单位不同，不能比较", "the units differ and cannot be compared")
        return

    def doubled(rounding: Rounding) -> bool:
        below, is_open = _NEARLY[Rounding.NEAREST if rounding is Rounding.NEAREST else Rounding.LOOSE]
        # Twice and more, until it is twice again: 翻了一番 says no more than that.
        times = Interval(factor - below, factor * 2, is_open, high_open=True)
        return (start.interval(rounding) * times).meets(end.interval(rounding))

    tier = first_rounding(doubled)
    if tier is Rounding.NEAREST:
        return
    severity = options.severity.milder() if claims.hedged([start, end, by]) else options.severity
    first, last = claims.exact(start, start.unit), claims.exact(end, end.unit)
    times = wording.short(last / first) if first else "∞"
    step = f"{end.amount.text} ÷ {start.amount.text} = {times}"
    shown: dict[str, str | Text] = {
        "name": claims.subject(assertion),
        "start": start.amount.text,
        "end": end.amount.text,
        "by": by.amount.text,
        "expected": _shown(first * factor, end),
        "actual": Text(f"是原来的 {times} 倍", f"the second is {times} times the first"),
    }
    cited = claims.mentions(assertion, [start, end, by])
    variant = "message" if tier is None else "rounding"
    severity = severity if tier is None else Severity.INFO
    yield Verdict(Answer.FAILS, cited, shown, (Text(step, step),), variant=variant, severity=severity)


def _finding(change: Change, literal: Reading, variant: str, severity: Severity) -> Verdict:
    first, last = (claims.exact(term, term.unit) for term in (change.start, change.end))
    number = change.number.number
    if number is None:
        raise ValueError("a change without a number")
    years = change.years[0] if change.yearly else 1
    upward = change.upward if change.upward is not None else last >= first
    # The step as printed, exact: for show only.
    expected = literal.end(point(first), point(number.value), years, upward=upward).low or Fraction(0)
    steps = [_step(change, literal, upward, years, _shown(expected, change.end))]
    by_percent = variant == "message" and literal.kind == "points"
    if by_percent and Reading("growth", _in_percent(change)).fits(Rounding.NEAREST):
        read = f"{wording.number(number.value)}%"
        steps.append(Text(f"读作增长 {read} 就能成立", f"read as a growth of {read} it would fit"))
    shown: dict[str, str | Text] = {
        "name": claims.subject(change.assertion),
        "start": change.start.amount.text,
        "end": change.end.amount.text,
        "by": change.by.amount.text,
        "expected": _shown(expected, change.end),
        "actual": _actual(literal, first, last, change),
    }
    cited = claims.mentions(change.assertion, change.operands)
    return Verdict(Answer.FAILS, cited, shown, tuple(steps), variant=variant, severity=severity)


def _in_percent(change: Change) -> Change:
    """Return a change of points as the same number of percent."""
    from msgspec.structs import replace

    return replace(change, by=replace(change.by, unit=change.start.unit))


def _shown(value: Fraction, like: Operand) -> str:
    """Return a number in the unit of a term, with few digits."""
    unit = like.unit
    own = value / unit.factor if unit is not None else value
    name = wording.short_unit(unit) if unit is not None else ""
    return wording.like(wording.few(own), name, like.amount.text)


def _step(change: Change, literal: Reading, upward: bool, years: int, expected: str) -> Text:
    start, sign = change.start.amount.text, "+" if upward else "-"
    number, unit = change.number.number, change.by.unit
    if number is None:
        raise ValueError("a change without a number")
    by = wording.like(number.value, unit.name if unit is not None else "", change.by.amount.text)
    if literal.kind in ("points", "difference"):
        sum_ = f"{start} {sign} {by}{f' × {years}' if change.yearly else ''} = {expected}"
    else:
        sum_ = f"{start} × (1 {sign} {by}){f'^{years}' if change.yearly and years > 1 else ''} = {expected}"
    return Text(sum_, sum_)


def _actual(literal: Reading, first: Fraction, last: Fraction, change: Change) -> Text:
    """Return how much it changed in truth."""
    gap = abs(last - first)
    within = Text(f"{change.years[0]}年", f" in {change.years[0]} years") if change.yearly else Text("", "")
    if literal.kind == "points" or (literal.kind == "difference" and change.is_share):
        value = wording.short(gap * 100)
        said = Text(f"{value} 个百分点", f"{value} percentage points")
    elif literal.kind == "difference" or not first:
        said = Text(_shown(gap, change.end), _shown(gap, change.end))
    else:
        value = wording.short(gap / first * 100)
        return Text(f"{within.zh}变化 {value}%", f"the change is {value}%{within.en}")
    return Text(f"{within.zh}相差 {said.zh}", f"they differ by {said.en}{within.en}")


_SHOWN = frozenset({"name", "start", "end", "by", "expected", "actual"})
CHANGE = Question({}, {"message": _SHOWN, "rounding": _SHOWN, "mean": _SHOWN}, ask_change)
