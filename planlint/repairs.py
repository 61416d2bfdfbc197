"""What would make figures agree: which number to change, into which interval, and the likeliest text to print.

A repair changes as few numbers as it can, and what it offers agrees with everything it is said to agree with.
"""

from __future__ import annotations

from collections.abc import Iterable

from msgspec import Struct

from planlint.amounts import Rounding
from planlint.claim_sights import claim_sights
from planlint.exact import Fraction
from planlint.facts import Facts, Figure, Fit
from planlint.figure_sights import figure_sights
from planlint.findings import Finding
from planlint.intervals import Interval, largest_agreement, point
from planlint.questions.densities import Pair, base_interval
from planlint.reprints import Change, as_here, distance, into, likeliest
from planlint.sights import Printed, Sight, Strength, left_for, of_figure
from planlint.source import Place
from planlint.verdicts import by_value

_REJECTED = (Fraction(0), Fraction(0))
MANY = 6
"""Repairs beyond which no more are told: of a long sum any part may be wrong."""


class Repair(Struct, frozen=True):
    """Numbers to change together. For each, `changes` holds alternatives, the likeliest first."""

    kept: tuple[str, ...]
    """What is printed and stays, where that is a choice."""
    changes: tuple[tuple[Change, ...], ...]


class Board(Struct, frozen=True):
    """Every number of a plan with all that is seen of it, looked up by place."""

    numbers: dict[Place, Printed]
    sights: dict[Place, list[Sight]]

    def disputed(self, place: Place) -> list[Sight]:
        """Return the sights that reject a number as it stands."""
        printed = self.numbers[place]
        return [sight for sight in self.sights[place] if sight.smallest(printed) == _REJECTED]

    def allowed(self, place: Place) -> Interval | None:
        """Return what all others leave for a number, None where nothing would suit them all."""
        found: Interval | None = Interval(None, None)
        for sight in self.sights[place]:
            found = found.intersect(sight.allowed) if found is not None and sight.allowed is not None else None
        return found

    def printings(self, place: Place) -> list[str]:
        """Return what other printings of the same figure say, as it would be printed here."""
        printed = self.numbers[place]
        mentions = {
            mention for sight in self.sights[place] if sight.strength is Strength.PRINTING for mention in sight.others
        }
        others = (other for other in self.numbers.values() if other.mention in mentions)
        return list(dict.fromkeys(as_here(other, printed) for other in others))


def board(facts: Facts) -> Board:
    """Return what is seen of every number of a plan."""
    found = Board({}, {})
    for printed, sight in (*figure_sights(facts), *claim_sights(facts)):
        found.numbers[printed.place] = printed
        found.sights.setdefault(printed.place, []).append(sight)
    return found


def mend(ask: str, finding: Finding, facts: Facts, seen: Board) -> tuple[Repair, ...]:
    """Return the single numbers of a finding that would satisfy everything that looks at them, the likeliest first.

    A number that can be changed so that nothing at all contradicts it any more is more suspect the more contradicted
    it; of those alike, the one that a common slip explains. Where no single number would do, printings of one figure
    can still follow one of them.
    """
    cited = set(finding.mentions)
    if ask == "unit":
        return tuple(_rescaled([figure for figure in facts.figures if figure.mention in cited]))
    suspects: list[tuple[int, Fraction, Change]] = []
    for place, printed in seen.numbers.items():
        if printed.mention not in cited or ask not in {sight.ask for sight in seen.disputed(place)}:
            continue
        allowed = seen.allowed(place)
        found = likeliest(printed, allowed, seen.printings(place)) if allowed is not None else None
        if found is not None:
            suspects.append((len(seen.disputed(place)), *found))
    suspects.sort(key=lambda suspect: (-suspect[0], -suspect[1], suspect[2].edits, suspect[2].printed.place))
    if not suspects and ask == "agreement":
        return _one_value([figure for figure in facts.figures if figure.mention in finding.mentions])
    if len(suspects) > MANY:
        # Of many that would do, those that a slip explains.
        suspects = [suspect for suspect in suspects if suspect[1]] or []
    return tuple(Repair((), ((change,),)) for _, _, change in suspects[:MANY])


def _rescaled(figures: list[Figure]) -> Iterable[Repair]:
    """Yield that figures in a wrong scale keep their digits and take the scale that their indicator is counted in."""
    for figure in figures:
        unit, own = figure.amount.unit, figure.indicator.unit.name
        if figure.fit is Fit.OTHER_SCALE and unit and figure.amount.text.count(unit) == 1:
            text = figure.amount.text.replace(unit, own)
            yield Repair((), ((Change(of_figure(figure), text, text, text, 1),),))


def _one_value(figures: list[Figure]) -> tuple[Repair, ...]:
    """Return that all printings follow one of them, that which most places print first."""
    groups = list(by_value([figure for figure in figures if figure.is_measured]).values())
    found = []
    for kept in sorted(groups, key=lambda group: -len(group)) if len(groups) <= MANY else ():
        changes = []
        for group in groups:
            if group is not kept:
                text, before = kept[0].mention.text, group[0].mention.text
                changes.append((Change(of_figure(group[0]), text, text, text, distance(before, text), True),))
        found.append(Repair((kept[0].mention.text,), tuple(changes)))
    return tuple(found)


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
        if common is None or common.low is None or common.high is None or len(kept) < 2:
            continue
        # All that is changed suits one number, so that any choice among the alternatives agrees with any other.
        middle = point((common.low + common.high) / 2)
        odd = [pair for index, pair in enumerate(members) if index not in kept]
        changes = [_alternatives(pair, middle, members) for pair in odd]
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
    found = []
    for figure, interval in wanted:
        if any(figure in (*other.value, *other.count) for other in members if other is not pair):
            # 8089 physicians stand behind 9.62 and 10.15 per thousand: to change them for one is to spoil the other.
            continue
        factor = figure.factor if figure.factor is not None else Fraction(1)
        others = [one.value / factor for pair_ in members for one in (*pair_.value, *pair_.count) if _same(one, figure)]
        printed = of_figure(figure)
        change = into(printed, left_for(printed, interval, factor * figure.indicator.unit.factor), others)
        if change is not None:
            found.append(change)
    return tuple(sorted(found, key=lambda change: (not change.is_printed, change.edits)))


def _same(one: Figure, other: Figure) -> bool:
    return one.topic.indicator == other.topic.indicator and one.topic.scope == other.topic.scope
