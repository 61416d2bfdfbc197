"""Is a part larger than the whole it belongs to?"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from msgspec.structs import replace

from planlint import wording
from planlint.amounts import Kind, Operator, Rounding
from planlint.catalogue import Indicator
from planlint.facts import Figure, Standing, Topic
from planlint.findings import Severity, Text
from planlint.intervals import Interval
from planlint.questions.among import ask_among, compared
from planlint.questions.strands import printed
from planlint.verdicts import Inquiry, Options, Question, Verdict, fails, first_rounding, name_of, undecided

_COMPARED = (Standing.REPORTED, Standing.TARGET)


def _wholes(indicator: Indicator, known: Mapping[str, Indicator]) -> list[str]:
    """Return the keys of what an indicator is a part of, nearest first; not what it is said to be at most."""
    # Rates and densities that nest are ordered by `at_most`, which another question asks about.
    ordered, waiting = set[str](), list(indicator.at_most)
    while waiting:
        key = waiting.pop()
        if key not in ordered:
            ordered.add(key)
            waiting.extend(known[key].at_most)
    found = []
    while indicator.part_of:
        found.append(indicator.part_of)
        indicator = known[indicator.part_of]
    return [key for key in found if key not in ordered]


def extent(figure: Figure, rounding: Rounding) -> Interval:
    """Return the values a figure allows: what was measured with its rounding, a target as the threshold it is."""
    if figure.standing is not Standing.TARGET or figure.amount.hedge is not None:
        return figure.interval(rounding)
    upper = figure.upper if figure.upper is not None else figure.value
    operator = figure.amount.operator
    return Interval(None if operator.is_ceiling else figure.value, None if operator.is_floor else upper)


def no_larger(parts: list[Figure], wholes: list[Figure]) -> Rounding | None:
    """Return the strictest tier under which some part may be no larger than some whole, None where all are larger."""
    if any(_plainly_no_larger(p, w) for p in parts for w in wholes):
        return Rounding.NEAREST
    return first_rounding(
        lambda rounding: any(not extent(w, rounding).below(extent(p, rounding)) for p in parts for w in wholes)
    )


def _plainly_no_larger(part: Figure, whole: Figure) -> bool:
    """Tell whether two numbers without a sign are in order: whatever they stand for, they stand for themselves."""
    none = Operator.NONE
    return part.value <= whole.value and part.amount.operator is none and whole.amount.operator is none


def ask_part(inquiry: Inquiry, options: Options) -> Iterator[Verdict]:
    """Put the question to every figure whose indicator is part of another one."""
    facts, known = inquiry.facts, inquiry.once(printed)
    keys: dict[str, list[str]] = {}
    for topic, all_figures in facts.by_topic.items():
        indicator = all_figures[0].indicator
        if not indicator.part_of:
            continue
        if topic.indicator not in keys:
            keys[topic.indicator] = [key for key in _wholes(indicator, facts.catalogue.by_key) if key in known]
        if not keys[topic.indicator]:
            continue
        above = [Topic(key, topic.scope, topic.base, topic.months) for key in keys[topic.indicator]]
        wholes = [whole for whole in above if whole in facts.by_topic]
        if wholes:
            yield from _judge(inquiry, inquiry.usable(all_figures), wholes, options)
    yield from ask_among(inquiry, options)


def _judge(inquiry: Inquiry, figures: list[Figure], wholes: list[Topic], options: Options) -> Iterator[Verdict]:
    years: dict[tuple[int, Standing], list[Figure]] = {}
    for figure in figures:
        if figure.is_measured and figure.standing in _COMPARED:
            years.setdefault((figure.year, figure.standing), []).append(figure)
    for (year, standing), parts in years.items():
        nameless: list[Figure] = []
        for topic in wholes:
            others = [f for f in inquiry.about(topic) if f.year == year and f.standing is standing]
            measured = [f for f in others if f.is_measured]
            if not measured:
                nameless += [f for f in others if f.amount.kind in (Kind.PENDING, Kind.WORDS, Kind.ABSENT)]
                continue
            if parts[0].indicator.unit.dimension == measured[0].indicator.unit.dimension:
                yield from _too_large(parts, measured, options)
            break
        else:
            if nameless:
                whole = name_of(nameless[0])
                because = Text(f"没有印出{year}年“{whole}”的数值", f"no value of “{whole}” in {year} is printed")
                yield undecided([*parts, *nameless], because)


def _too_large(parts: list[Figure], wholes: list[Figure], options: Options) -> Iterator[Verdict]:
    tier = no_larger(_scaled(parts, wholes[0].indicator), wholes)
    if tier is Rounding.NEAREST:
        return
    part, whole = parts[0], wholes[0]
    severity = options.severity
    if tier:
        severity = Severity.INFO
    elif part.standing is Standing.TARGET or any(f.amount.hedge is not None for f in (*parts, *wholes)):
        severity = severity.milder()
    gap = wording.difference(abs(_scaled(parts, whole.indicator)[0].value - whole.value), whole.indicator.unit)
    shown = compared(part, whole, gap)
    step = Text(
        f"{whole.indicator.name.zh}包含{part.indicator.name.zh}，部分不能大于全部",
        f"“{whole.indicator.name.en}” includes “{part.indicator.name.en}”: a part cannot be larger than its whole",
    )
    yield fails([*parts, *wholes], shown, (step,), variant="rounding" if tier else "message", severity=severity)


def _scaled(figures: list[Figure], whole: Indicator) -> list[Figure]:
    """Return figures in the unit of another indicator of the same dimension (人/万人口 in 人/千人口)."""
    factor = figures[0].indicator.unit.factor / whole.unit.factor
    if factor == 1:
        return figures
    return [
        replace(
            f,
            measure=None if f.measure is None else f.measure * factor,
            factor=None if f.factor is None else f.factor * factor,
            intervals={},
        )
        for f in figures
    ]


_SHOWN = frozenset({"part", "whole", "part_value", "whole_value", "year", "gap"})
PART = Question({}, {"message": _SHOWN, "rounding": _SHOWN}, ask_part)
