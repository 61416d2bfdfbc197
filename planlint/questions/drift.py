"""Is one thing printed under two names?"""

from __future__ import annotations

import functools
from collections.abc import Iterator

from planlint import names, wording
from planlint.amounts import Kind
from planlint.catalogue import Indicator
from planlint.exact import Fraction
from planlint.facts import Figure, Standing
from planlint.findings import Text
from planlint.patterns import pattern
from planlint.questions.tables import Again, cells_by_row, printed_again, row_mention
from planlint.spelling import nearest
from planlint.statements import Row
from planlint.verdicts import Answer, Inquiry, Options, Question, Verdict, fails

_BRACKETED = pattern(r"\([^()]*\)")
_FILLERS = pattern(r"拥有|的|及|和")
_ENDINGS = ("总人数", "人数", "总数", "数量", "数", "比例", "占比", "比重", "率")
_DISTINCTIVE = 4
"""So many digits, in one equal amount or several, are no coincidence between two look-alike names; 90% is one."""

Slot = tuple[str, str, str, int, Standing]
"""Scope, base, months, year and standing: where two indicators can be compared."""
Printed = dict[Slot, dict[Fraction, list[Figure]]]


@functools.lru_cache(maxsize=4096)
def core(name: str) -> str:
    """Return what two names share that differ in brackets, fillers or the word for a number alone."""
    folded = names.fold(name)
    parts = names.density(folded)
    stem = _FILLERS.sub("", _BRACKETED.sub("", parts.stem if parts is not None else folded))
    ending = next((word for word in _ENDINGS if stem.endswith(word) and len(stem) > len(word)), "")
    return stem.removesuffix(ending)


def ask_drift(inquiry: Inquiry, options: Options) -> Iterator[Verdict]:
    """Put the question to the rows of tables that are printed again, and to figures with look-alike names."""
    for again in inquiry.once(printed_again):
        for pair in again.renamed:
            yield _renamed(inquiry, again, pair)
        yield from _without_values(inquiry, again)
    yield from _look_alikes(inquiry)


# -- rows of a table printed again


def _renamed(inquiry: Inquiry, again: Again, pair: tuple[Row, Row]) -> Verdict:
    cells = inquiry.once(cells_by_row)
    old, new = pair
    values = [f.mention.text for f in cells.get(old.name.place, []) if f.amount.number is not None]
    shown: dict[str, str | Text] = {
        "name": old.name.text,
        "other": new.name.text,
        "values": wording.both_listed(list(dict.fromkeys(values))),
    }
    cited = (row_mention(inquiry.facts, again.original, old), row_mention(inquiry.facts, again.table, new))
    step = Text(
        f"“{again.table.id}”重印“{again.original.id}”，这一行的值相同",
        f"“{again.table.id}” repeats “{again.original.id}”, and this row has the same values",
    )
    return Verdict(Answer.FAILS, cited, shown, (step,))


def _without_values(inquiry: Inquiry, again: Again) -> Iterator[Verdict]:
    """Return that a row without values may be a row of the original under another name."""
    cells = inquiry.once(cells_by_row)

    def blank(row: Row) -> bool:
        return all(f.amount.number is None for f in cells.get(row.name.place, []))

    missing = {names.fold(row.name.text): row for row in again.missing if blank(row)}
    for row in again.extra:
        near = nearest(names.fold(row.name.text), missing, cutoff=0.7) if missing and blank(row) else ""
        if near:
            old = missing[near]
            yield Verdict(
                Answer.UNDECIDED,
                (row_mention(inquiry.facts, again.original, old), row_mention(inquiry.facts, again.table, row)),
                {},
                because=Text(
                    f"“{old.name.text}”和“{row.name.text}”都没有印出数值，看不出是不是同一行",
                    f"neither “{old.name.text}” nor “{row.name.text}” prints a value to tell whether they are one row",
                ),
            )


# -- figures whose names look alike


def _look_alikes(inquiry: Inquiry) -> Iterator[Verdict]:
    cores: dict[tuple[str, str, str], dict[str, None]] = {}
    entered: dict[str, Indicator] = {}
    for topic, figures in inquiry.facts.by_topic.items():
        indicator, last = figures[0].indicator, ""
        for figure in figures:
            name = figure.statement.name
            # Most names stand in many places, and mean the same in all of them.
            if name is not last and entered.get(name) is not indicator:
                entered[name] = indicator
                cores.setdefault((core(name), indicator.kind, indicator.unit.name), {})[topic.indicator] = None
            last = name
    several = [list(keys) for keys in cores.values() if len(keys) > 1]
    if not several:
        return
    pairs = {(left, right): None for keys in several for i, left in enumerate(keys) for right in keys[i + 1 :]}
    printed = _printed(inquiry, {key for pair in pairs for key in pair})
    for left, right in pairs:
        yield from _compare(printed[left], printed[right])


def _printed(inquiry: Inquiry, keys: set[str]) -> dict[str, Printed]:
    """Return the measured values of some indicators by where they can be compared."""
    found: dict[str, Printed] = {key: {} for key in keys}
    for topic, figures in inquiry.facts.by_topic.items():
        if topic.indicator not in keys:
            continue
        for figure in inquiry.usable(figures):
            if figure.is_measured and figure.amount.kind is Kind.VALUE:
                slot = (topic.scope, topic.base, topic.months, figure.year, figure.standing)
                found[topic.indicator].setdefault(slot, {}).setdefault(figure.value, []).append(figure)
    return found


def _compare(left: Printed, right: Printed) -> Iterator[Verdict]:
    shared = [slot for slot in left if slot in right]
    equal: list[tuple[list[Figure], list[Figure]]] = []
    for slot in shared:
        values = [value for value in left[slot] if value in right[slot]]
        if not values:
            # Two values for one year: the plan knows two things.
            return
        equal += [(left[slot][value], right[slot][value]) for value in values]
    digits = sum(d for a, _ in equal if (d := _significant(a[0])) > 1)
    if digits < _DISTINCTIVE or _side_by_side(left, right):
        return
    figures = [f for pair in equal for side in pair for f in side]
    one, other = equal[0][0][0], equal[0][1][0]
    shown: dict[str, str | Text] = {
        "name": one.statement.name,
        "other": other.statement.name,
        "values": wording.both_listed(list(dict.fromkeys(a[0].mention.text for a, _ in equal))),
    }
    kinds = (one.indicator.name, other.indicator.name)
    step = Text(
        f"“{kinds[0].zh}”和“{kinds[1].zh}”是两个指标，值却一样",
        f"“{kinds[0].en}” and “{kinds[1].en}” are two indicators, yet have one value",
    )
    yield fails(figures, shown, (step,))


def _significant(figure: Figure) -> int:
    """Return how many digits of a printed number mean something: 4 of 10.15, 1 of 90, 2 of 1200."""
    number = figure.amount.number
    if number is None:
        return 0
    return len(str(abs(int(number.value / number.quantum))).strip("0"))


def _side_by_side(left: Printed, right: Printed) -> bool:
    """Tell whether one table or one line prints both, so that the plan tells them apart."""

    def spots(printed: Printed) -> set[tuple[str, int]]:
        figures = [f for values in printed.values() for group in values.values() for f in group]
        tables = {(f.statement.table, 0) for f in figures if f.statement.table}
        return tables | {("", line) for f in figures if not f.statement.table for line in f.statement.lines}

    return not spots(left).isdisjoint(spots(right))


DRIFT = Question({}, {"message": frozenset({"name", "other", "values"})}, ask_drift)
