"""What would make figures agree: which number to change, into which interval, and the likeliest text to print.

A repair changes as few numbers as it can, and what it offers agrees with everything it is said to agree with.
"""

from __future__ import annotations

from collections.abc import Iterable

from msgspec import Struct

from planlint import wording
from planlint.amounts import Rounding
from planlint.exact import Fraction
from planlint.facts import Facts, Figure
from planlint.figure_sights import figure_sights
from planlint.findings import Finding
from planlint.intervals import Interval, largest_agreement
from planlint.patterns import pattern
from planlint.questions.densities import Pair, base_interval
from planlint.sights import Printed, Sight, claim_sights, left_for, of_figure

_DIGITS = pattern(r"[0-9]+(?:,[0-9]{3})*(?:\.([0-9]+))?")
_MANY = 6
"""Repairs beyond which none helps: of a long sum any part may be wrong."""


class Change(Struct, frozen=True):
    """One number to change: `into` are the numbers that would do, `text` the nearest of them as it would be printed."""

    printed: Printed
    into: Interval
    text: str
    edits: int
    """How many digits differ from what is printed."""


class Repair(Struct, frozen=True):
    """Numbers to change together. For each, `changes` holds alternatives, the likeliest first."""

    kept: tuple[str, ...]
    """What is printed and stays, where that is a choice."""
    changes: tuple[tuple[Change, ...], ...]


def mend(ask: str, finding: Finding, facts: Facts) -> tuple[Repair, ...]:
    """Return the single numbers of a finding that would make it go away, fewest digits to change first."""
    if ask not in ("identity", "ratio", "sum", "difference", "conversion", "change"):
        return ()
    cited = set(finding.mentions)
    changes: dict[object, Change] = {}
    for printed, sight in (*figure_sights(facts), *claim_sights(facts)):
        concerned = printed.mention in cited and cited.issuperset(sight.others)
        if sight.ask == ask and concerned and sight.smallest(printed) == (0, 0):
            change = _change(printed, sight)
            if change is not None:
                changes.setdefault(printed.place, change)
    ordered = sorted(changes.values(), key=lambda change: (change.edits, change.printed.place))
    return tuple(Repair((), ((change,),)) for change in ordered) if len(ordered) <= _MANY else ()


def _change(printed: Printed, sight: Sight) -> Change | None:
    return into(printed, sight.allowed) if sight.allowed is not None else None


def into(printed: Printed, allowed: Interval) -> Change | None:
    """Return how a number moves into an interval at its printed precision; None where no such number lies there."""
    value = _nearest(printed.value, printed.quantum, allowed)
    text = _reprinted(printed, value) if value is not None else ""
    return Change(printed, allowed, text, _distance(printed.amount.text, text)) if text else None


def _nearest(value: Fraction, quantum: Fraction, allowed: Interval) -> Fraction | None:
    """Return the multiple of a quantum in an interval that is nearest to a value."""
    steps = value / quantum
    if allowed.low is not None and value < allowed.low:
        steps = Fraction(-((-allowed.low) // quantum))
        if allowed.low_open and steps * quantum == allowed.low:
            steps += 1
    elif allowed.high is not None and value > allowed.high:
        steps = Fraction(allowed.high // quantum)
        if allowed.high_open and steps * quantum == allowed.high:
            steps -= 1
    return steps * quantum if steps * quantum in allowed and steps >= 0 else None


def _reprinted(printed: Printed, value: Fraction) -> str:
    """Return the printed text with another number, in the same unit and with as many decimals."""
    text = printed.amount.text
    found = _DIGITS.search(text)
    if found is None:
        return ""
    places = len(found[1] or "")
    one = printed.quantum * 10**places
    return text[: found.start()] + wording.fixed(value / one, places) + text[found.end() :]


def _distance(one: str, other: str) -> int:
    """Return how many characters to change, drop or add to come from one text to the other."""
    row = list(range(len(other) + 1))
    for i, a in enumerate(one, 1):
        before, row[0] = row[0], i
        for j, b in enumerate(other, 1):
            before, row[j] = row[j], min(row[j] + 1, row[j - 1] + 1, before + (a != b))
    return row[-1]


def of_populations(members: list[Pair]) -> tuple[Repair, ...]:
    """Return what to change so that densities imply one population: whatever is not of the largest agreement."""
    try:
        people = [_implied(pair, Rounding.NEAREST) for pair in members]
    except ZeroDivisionError:
        return ()
    found = []
    for kept in largest_agreement(people):
        common: Interval | None = Interval(None, None)
        for index in kept:
            common = common.intersect(people[index]) if common is not None else None
        if common is None or len(kept) < 2:
            continue
        odd = [pair for index, pair in enumerate(members) if index not in kept]
        changes = [_alternatives(pair, common, members) for pair in odd]
        if all(changes):
            stays = tuple(members[index].value[0].mention.text for index in sorted(kept))
            found.append(Repair(stays, tuple(changes)))
    return tuple(sorted(found, key=lambda repair: sum(options[0].edits for options in repair.changes)))


def _implied(pair: Pair, rounding: Rounding) -> Interval:
    return base_interval(pair.count[0], rounding) / base_interval(pair.value[0], rounding)


def _alternatives(pair: Pair, people: Interval, members: Iterable[Pair]) -> tuple[Change, ...]:
    """Return how a density or its count can be changed to suit a population; what is printed elsewhere comes first."""
    value, count = pair.value[0], pair.count[0]
    wanted = (
        (value, base_interval(count, Rounding.NEAREST) / people),
        (count, base_interval(value, Rounding.NEAREST) * people),
    )
    found = [change for figure, interval in wanted if (change := _moved(figure, interval)) is not None]
    others = {one.value[0].value for one in members if one.value[0].topic == value.topic}
    return tuple(sorted(found, key=lambda change: (not _is_printed(change, others), change.edits)))


def _is_printed(change: Change, others: set[Fraction]) -> bool:
    """Tell whether the plan prints the changed number of the same figure somewhere else."""
    figure = change.printed.figure
    factor = figure.factor if figure is not None and figure.factor is not None else Fraction(1)
    return any(other / factor in change.into and other / factor != change.printed.value for other in others)


def _moved(figure: Figure, interval: Interval) -> Change | None:
    printed = of_figure(figure)
    factor = figure.factor if figure.factor is not None else Fraction(1)
    return into(printed, left_for(printed, interval, factor * figure.indicator.unit.factor))
