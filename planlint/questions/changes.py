"""Do relative targets name a base that is printed, and do they agree with the numbers printed beside them?"""

from __future__ import annotations

from collections.abc import Iterator

from msgspec.structs import replace

from planlint import wording
from planlint.amounts import Amount, Kind, Operator, Rounding, measured
from planlint.facts import Figure, Standing, Topic
from planlint.findings import Severity, Text
from planlint.questions.relative import Level, Unresolved, is_relative, resolve
from planlint.questions.rows import shortlist
from planlint.verdicts import (
    Inquiry,
    Options,
    Question,
    Shown,
    Verdict,
    by_value,
    fails,
    first_rounding,
    name_of,
    undecided,
)

Resolved = tuple[Figure, Level | Unresolved]


def _relatives(inquiry: Inquiry) -> list[Resolved]:
    """Return every relative target with the level it comes to."""
    facts = inquiry.facts
    return [
        (figure, resolve(figure, inquiry.usable(facts.by_topic[figure.topic]), facts.plan, facts.catalogue))
        for figure in facts.figures
        if figure.amount.change is not None and is_relative(figure) and figure not in inquiry.spoiled
    ]


def _numbers(figure: Figure, inquiry: Inquiry) -> list[Figure]:
    """Return the targets with a plain number for the same topic and year."""
    return [
        other
        for other in inquiry.about(figure.topic)
        if other.standing is Standing.TARGET
        and other.year == figure.year
        and other.is_measured
        and other.amount.kind is Kind.VALUE
    ]


def ask_base(inquiry: Inquiry, options: Options) -> Iterator[Verdict]:
    """Ask which relative targets have no printed base; one that is given a number, too, can be tested by that."""
    plan = inquiry.facts.plan
    tabled = {figure.topic for figure, _ in inquiry.once(_relatives) if figure.statement.table}
    rows: dict[tuple[Topic, int], list[Figure]] = {}
    text: dict[tuple[Topic, int], list[Figure]] = {}
    for figure, level in inquiry.once(_relatives):
        if isinstance(level, Level) or figure.year <= plan.baseline or _numbers(figure, inquiry):
            continue
        if not level.is_without_base:
            yield undecided([figure], level.because)
            continue
        in_table = figure.topic in tabled
        if in_table or not figure.topic.scope:
            (rows if in_table else text).setdefault((figure.topic, figure.year), []).append(figure)
    for figures in rows.values():
        yield _row_without_base(figures, inquiry)
    # The text tells what is wanted; a table is what the plan is held to.
    loose = [figure for figures in text.values() for figure in figures]
    if loose:
        said = shortlist([f"{figure.statement.name}：{figure.mention.text}" for figure in loose])
        shown: Shown = {"count": str(len(text)), "names": said}
        yield fails(loose, shown, variant="text", severity=options.severity.milder())


def _row_without_base(figures: list[Figure], inquiry: Inquiry) -> Verdict:
    first = figures[0]
    change = first.amount.change
    base_year = change.base_year if change is not None and change.base_year else inquiry.facts.plan.baseline
    blanks = [f for f in inquiry.about(first.topic) if f.amount.kind is Kind.ABSENT and f.year == base_year]
    shown: Shown = {
        "name": name_of(first),
        "target": first.mention.text,
        "year": str(first.year),
        "base_year": str(base_year),
    }
    return fails([*figures, *blanks], shown)


def ask_two_kinds(inquiry: Inquiry, options: Options) -> Iterator[Verdict]:
    """Ask whether a relative target and a plain number for the same year come to the same level."""
    groups: dict[tuple[Topic, int, str], tuple[Level, list[Figure]]] = {}
    for figure, level in inquiry.once(_relatives):
        numbers = _numbers(figure, inquiry)
        if not numbers:
            continue
        if isinstance(level, Unresolved):
            yield undecided([figure, *numbers], level.because)
        else:
            groups.setdefault((figure.topic, figure.year, str(level.value)), (level, []))[1].append(figure)
    yield from _relatives_apart(inquiry, options)
    for level, figures in groups.values():
        for numbers in by_value(_numbers(level.figure, inquiry)).values():
            verdict = _compare(level, figures, numbers, options.severity)
            if verdict is not None:
                yield verdict


def _relatives_apart(inquiry: Inquiry, options: Options) -> Iterator[Verdict]:
    """Ask whether two relative targets for one year come to one level."""
    levels: dict[tuple[Topic, int], list[Level]] = {}
    for figure, level in inquiry.once(_relatives):
        if isinstance(level, Level):
            levels.setdefault((figure.topic, figure.year), []).append(level)
    for found in levels.values():
        first = found[0]
        other = next((level for level in found[1:] if level.value != first.value), None)
        if other is None or any(level.operator is not first.operator for level in found):
            continue
        hedged = any(level.figure.amount.hedge for level in (first, other))
        unit = first.figure.indicator.unit
        shown: dict[str, str | Text] = {
            "name": name_of(first.figure),
            "year": str(first.figure.year),
            "relative": first.figure.mention.text,
            "level": wording.in_unit(first.value, wording.short_unit(unit)),
            "number": other.figure.mention.text,
            "gap": wording.difference(abs(first.value - other.value), unit),
        }
        cited = [first.figure, other.figure, *first.bases]
        severity = options.severity.milder() if hedged else options.severity
        yield fails(cited, shown, (first.step, other.step), severity=severity)


def _compare(level: Level, relatives: list[Figure], numbers: list[Figure], severity: Severity) -> Verdict | None:
    number = numbers[0]

    def agree(rounding: Rounding) -> bool:
        plain = measured(_bare(number), rounding, exact=number.indicator.whole).times(number.factor or 1)
        return level.interval(rounding).meets(plain)

    tier = first_rounding(agree)
    if tier is Rounding.NEAREST or _goes_further(level, number):
        return None
    cited = [*relatives, *numbers, *level.bases]
    if tier is not None:
        severity = Severity.INFO
    elif any(figure.amount.hedge for figure in cited):
        severity = severity.milder()
    unit = number.indicator.unit
    shown: dict[str, str | Text] = {
        "name": name_of(number),
        "year": str(number.year),
        "relative": level.figure.mention.text,
        "level": wording.in_unit(level.value, wording.short_unit(unit)),
        "number": number.mention.text,
        "gap": wording.difference(abs(level.value - number.value), unit),
    }
    return fails(cited, shown, (level.step,), variant="message" if tier is None else "rounding", severity=severity)


def _bare(number: Figure) -> Amount:
    """Return a target's number as if it had been measured: its sign says nothing about which number it is."""
    return replace(number.amount, operator=Operator.NONE)


def _goes_further(level: Level, number: Figure) -> bool:
    """Tell whether the plain number asks for more than a change of at least so much: both can be meant."""
    if level.operator.is_floor:
        return number.value >= level.value and not number.amount.operator.is_ceiling
    if level.operator.is_ceiling:
        return number.value <= level.value and not number.amount.operator.is_floor
    return False


BASE = Question(
    {},
    {"message": frozenset({"name", "target", "year", "base_year"}), "text": frozenset({"count", "names"})},
    ask_base,
)
_TWO = frozenset({"name", "year", "relative", "level", "number", "gap"})
TWO_KINDS = Question({}, {"message": _TWO, "rounding": _TWO}, ask_two_kinds)
