"""Is an indicator larger than another that it can never exceed (infant above under-five mortality)?"""

from __future__ import annotations

from collections.abc import Iterator

from msgspec import Struct

from planlint import wording
from planlint.amounts import Kind, Rounding
from planlint.catalogue import Catalogue
from planlint.facts import Figure, Standing, Topic
from planlint.findings import Severity, Text
from planlint.questions.densities import base_interval
from planlint.questions.strands import printed
from planlint.verdicts import Inquiry, Options, Question, Verdict, fails, first_rounding, name_of, undecided

Key = tuple[int, Standing, str]
"""A year, a kind of role, and the part of the year that is covered: what two figures must share to be compared."""

Sorted = dict[Topic, dict[Key, list[Figure]]]
_COMPARED = (Standing.REPORTED, Standing.TARGET)


class _Slip(Struct, frozen=True):
    """Two figures of one year that stand in the wrong order, and how sure that is."""

    small: Figure
    large: Figure
    severity: Severity
    variant: str


def ask_order(inquiry: Inquiry, options: Options) -> Iterator[Verdict]:
    """Put the question to every indicator that is at most another; all years of a pair make one finding."""
    sorted_: Sorted = {}
    alone: dict[str, bool] = {}
    for topic, figures in inquiry.facts.by_topic.items():
        if not figures[0].indicator.at_most:
            continue
        small = _by_key(inquiry, topic, sorted_)
        if not small:
            continue
        if topic.indicator not in alone:
            alone[topic.indicator] = _stands_alone(inquiry, topic.indicator)
        if alone[topic.indicator]:
            yield _not_compared(inquiry, topic, small)
        else:
            yield from _judge(inquiry, topic, small, sorted_, options)


def _stands_alone(inquiry: Inquiry, key: str) -> bool:
    """Tell whether the plan prints nothing of all that an indicator is at most."""
    known, somewhere = inquiry.facts.catalogue.by_key, inquiry.once(printed)
    waiting, seen = list(known[key].at_most), set[str]()
    while waiting:
        above = waiting.pop()
        if above in somewhere:
            return False
        if above not in seen:
            seen.add(above)
            waiting.extend(known[above].at_most)
    return True


def _by_key(inquiry: Inquiry, topic: Topic, sorted_: Sorted) -> dict[Key, list[Figure]]:
    """Return the measured figures of a topic by what they share; several others ask for the same topic."""
    found = sorted_.get(topic)
    if found is None:
        found = sorted_[topic] = {}
        for figure in inquiry.about(topic):
            if figure.measure is not None and figure.standing in _COMPARED:
                found.setdefault((figure.year, figure.standing, figure.statement.months), []).append(figure)
    return found


def _judge(
    inquiry: Inquiry, topic: Topic, small: dict[Key, list[Figure]], sorted_: Sorted, options: Options
) -> Iterator[Verdict]:
    pairs: dict[str, list[_Slip]] = {}
    compared = False
    for key, figures in small.items():
        for large in _nearest_above(inquiry, topic, key, sorted_):
            compared = True
            slip = _slip(figures, large, options)
            if slip is not None:
                pairs.setdefault(large[0].indicator.key, []).append(slip)
    for slips in pairs.values():
        yield _finding(small, slips, inquiry)
    if not compared:
        yield _not_compared(inquiry, topic, small)


def _not_compared(inquiry: Inquiry, topic: Topic, small: dict[Key, list[Figure]]) -> Verdict:
    """Return that nothing larger is printed to hold an indicator against."""
    known = inquiry.facts.catalogue.by_key
    names = [known[key].name for key in known[topic.indicator].at_most]
    first = next(iter(small.values()))
    zh, en = "、".join([name.zh for name in names]), ", ".join([name.en for name in names])
    return undecided(first[:1], Text(f"没有印出{first[0].year}年{zh}", f"{en} of {first[0].year} is not printed"))


def _nearest_above(inquiry: Inquiry, topic: Topic, key: Key, sorted_: Sorted) -> Iterator[list[Figure]]:
    """Yield the figures of the nearest larger indicators that are printed; those beyond them follow from them."""
    known: Catalogue = inquiry.facts.catalogue
    waiting, seen = list(known.by_key[topic.indicator].at_most), set[str]()
    while waiting:
        above = waiting.pop(0)
        if above in seen:
            continue
        seen.add(above)
        figures = _by_key(inquiry, Topic(above, topic.scope, topic.base), sorted_).get(key)
        if figures:
            yield figures
        else:
            waiting.extend(known.by_key[above].at_most)


def _slip(small: list[Figure], large: list[Figure], options: Options) -> _Slip | None:
    """Return what is wrong between two indicators of a year; several values of one are another rule's business."""
    if small[0].standing is Standing.TARGET:
        return _target_slip(small, large)
    for one in small:
        for other in large:
            if _is_in_order(one, other):
                return None
    one = min(small, key=lambda figure: (figure.value, figure.amount_step))
    other = max(large, key=lambda figure: (figure.value, -figure.amount_step))

    def in_order(rounding: Rounding) -> bool:
        return not base_interval(other, rounding).below(base_interval(one, rounding))

    tier = first_rounding(in_order)
    if tier is Rounding.NEAREST:
        return None
    if tier is not None:
        return _Slip(one, other, Severity.INFO, "rounding")
    hedged = one.amount.hedge or other.amount.hedge
    return _Slip(one, other, options.severity.milder() if hedged else options.severity, "message")


def _is_in_order(one: Figure, other: Figure) -> bool:
    """Tell whether the printed number of a figure is no larger than that of another."""
    own, others = one.indicator.unit.factor, other.indicator.unit.factor
    if own == others:
        return one.value <= other.value
    return one.value * own <= other.value * others


def _target_slip(small: list[Figure], large: list[Figure]) -> _Slip | None:
    """Return two targets that undo each other: thresholds are exact."""
    for one in small:
        for other in large:
            if _is_in_order(one, other) or Kind.RANGE in (one.amount.kind, other.amount.kind):
                return None
            if _is_ceiling(one) and not _is_ceiling(other):
                # A ceiling below and a floor above leave room for both, whatever their numbers.
                return None
    hedged = any(figure.amount.hedge for figure in (*small, *large))
    return _Slip(small[0], large[0], Severity.INFO if hedged else Severity.WARNING, "target")


def _is_ceiling(target: Figure) -> bool:
    """Tell whether a target is meant as a ceiling: by its sign, or by its indicator where it has none."""
    if target.amount.operator.value:
        return target.amount.operator.is_ceiling
    return target.indicator.polarity == "lower"


def _finding(small: dict[Key, list[Figure]], slips: list[_Slip], inquiry: Inquiry) -> Verdict:
    slips = sorted(slips, key=lambda slip: (slip.severity, slip.small.year), reverse=True)
    worst = slips[0]
    figures: list[Figure] = []
    steps = []
    for slip in sorted(slips, key=lambda slip: slip.small.year):
        for found in (slip.small, slip.large):
            alike = inquiry.about(found.topic)
            figures += [f for f in alike if (f.year, f.standing) == (found.year, found.standing) and f.is_measured]
        one, other = _in_common(slip)
        goal = slip.variant == "target"
        steps.append(
            Text(
                f"{slip.small.year}年{'目标' if goal else ''}：{one} > {other}",
                f"{slip.small.year}{' (target)' if goal else ''}: {one} > {other}",
            )
        )
    shown: dict[str, str | Text] = {
        "name": name_of(worst.small),
        "value": worst.small.mention.text,
        "larger_name": worst.large.statement.name,
        "larger": worst.large.mention.text,
        "year": str(worst.small.year),
    }
    return fails(figures, shown, tuple(steps), variant=worst.variant, severity=worst.severity)


def _in_common(slip: _Slip) -> tuple[str, str]:
    """Return both figures as printed, and where their scales differ what they are in that of the larger indicator."""
    unit = slip.large.indicator.unit
    texts = [figure.mention.text for figure in (slip.small, slip.large)]
    if slip.small.indicator.unit.factor != unit.factor or slip.small.per != slip.large.per:
        for i, figure in enumerate((slip.small, slip.large)):
            value = figure.value * figure.indicator.unit.factor / unit.factor
            texts[i] += f" ({wording.in_unit(wording.few(value), unit.name)})"
    return texts[0], texts[1]


_SHOWN = frozenset({"name", "value", "larger_name", "larger", "year"})
AT_MOST = Question({}, {"message": _SHOWN, "rounding": _SHOWN, "target": _SHOWN}, ask_order)
