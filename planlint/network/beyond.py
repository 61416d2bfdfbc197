"""The only place that mends what is no contradiction between figures: goals, comparisons, ranges, verbs, scales.

Each number is tried alone: what all others leave for it, printed as it would be, likeliest first.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from itertools import product

from planlint.amounts import Kind, Rounding
from planlint.claim_sights import claim_sights
from planlint.exact import Fraction
from planlint.facts import Facts, Figure, Fit
from planlint.figure_sights import figure_sights
from planlint.findings import Mention, Text
from planlint.hint_sights import hint_sights
from planlint.intervals import Interval, point
from planlint.network.build import printing_of
from planlint.network.choices import Choice, Elsewhere, choices
from planlint.network.corrections import Correction, Repair, correction_of, in_order, repair_of
from planlint.network.evidence import BROKEN, Evidence
from planlint.network.literals import (
    Fits,
    Replacement,
    append_unit,
    digits_of,
    quantum,
    replace_digits,
    replace_unit,
)
from planlint.network.slips import EXCHANGED
from planlint.network.variables import Observation, Printing
from planlint.network.words import amount_span
from planlint.sights import Printed, Sight, Strength, left_for
from planlint.source import Place

_REJECTED = (Fraction(0), Fraction(0))


class Seen:
    """Every number of a plan with all that rules see of it, by place."""

    def __init__(self, facts: Facts) -> None:
        self.facts = facts
        self.numbers: dict[Place, Printed] = {}
        self.sights: dict[Place, list[Sight]] = {}
        self.mentions: dict[Place, set[Mention]] = {}
        """All that a number may be cited by: itself, and the claims that it is a term of."""
        for printed, sight in (*figure_sights(facts), *claim_sights(facts), *hint_sights(facts)):
            self.numbers.setdefault(printed.place, printed)
            self.mentions.setdefault(printed.place, set()).add(printed.mention)
            self.sights.setdefault(printed.place, []).append(sight)

    def rejects(self, printed: Printed, ask: str) -> bool:
        """Tell whether a question rejects a number as it stands, or would have printings alike that agree only just."""
        if ask == "agreement":
            return any(s.ask == ask for s in self.sights[printed.place])
        return any(s.ask == ask and s.smallest(printed) == _REJECTED for s in self.sights[printed.place])


def mend(ask: str, cited: Collection[Mention], seen: Seen, evidence: Evidence) -> tuple[Repair, ...]:
    """Return the numbers a finding cites that would satisfy everything that looks at them, changed alone."""
    if ask == "unit":
        return tuple(_rescaled([figure for figure in seen.facts.figures if figure.mention in cited]))
    if ask == "unit-given":
        return tuple(_with_unit([figure for figure in seen.facts.figures if figure.mention in cited]))
    found = []
    done: set[Place] = set()
    for place, printed in sorted(seen.numbers.items()):
        if not seen.mentions[place].isdisjoint(cited) and place not in done and seen.rejects(printed, ask):
            together = _alike(printed, seen)
            done.update(one.place for one in together)
            correction = _corrected(ask, together, seen, evidence)
            if correction is not None:
                found.append(repair_of([correction]))
    swapped = (
        _exchanged([figure for figure in seen.facts.figures if figure.mention in cited]) if ask == "direction" else ()
    )
    return (*in_order(found), *swapped)


def _exchanged(figures: list[Figure]) -> Iterator[Repair]:
    """Yield that baseline and target of one row change places."""
    rows: dict[Place, list[Figure]] = {}
    for figure in figures:
        if figure.statement.table and figure.is_measured and figure.amount.kind is Kind.VALUE:
            rows.setdefault(figure.statement.name_place, []).append(figure)
    for cells in rows.values():
        if len(cells) != 2 or {cell.role for cell in cells} != {"baseline", "target"} or not _would_suit(cells):
            continue
        printings = [printing_of(cell) for cell in cells]
        made = [replace_digits(one, digits_of(other)) for one, other in zip(printings, printings[::-1], strict=True)]
        corrections = [
            correction_of(
                Observation(0, 0, (printing,)),
                point(new.value),
                Text("", ""),
                Choice(new.value, (new,), EXCHANGED, 0),
                EXCHANGED.weight,
            )
            for printing, new in zip(printings, made, strict=True)
            if new is not None
        ]
        if len(corrections) == 2:
            yield repair_of(corrections)


def _alike(printed: Printed, seen: Seen) -> list[Printed]:
    """Return the places that print one number of one figure: they stand and fall together."""
    figure = printed.figure
    if figure is None:
        return [printed]
    about = (figure.topic, figure.year, figure.standing, figure.value, figure.amount.operator)
    found = [
        other
        for other in seen.numbers.values()
        if (o := other.figure) is not None and (o.topic, o.year, o.standing, o.value, o.amount.operator) == about
    ]
    return sorted(found, key=lambda one: (one.quantum, one.place))


def _would_suit(cells: list[Figure]) -> bool:
    """Tell whether a target would be better than its baseline if the two changed places."""
    base, target = sorted(cells, key=lambda cell: cell.role)
    return base.value > target.value if base.indicator.polarity == "higher" else base.value < target.value


def _corrected(ask: str, together: list[Printed], seen: Seen, evidence: Evidence) -> Correction | None:
    printings = tuple(_printing(printed) for printed in together)
    elsewhere: dict[Fraction, Elsewhere] = {}
    agreed: Interval | None = Interval(None, None)
    for other in _others(together, seen):
        printing = _printing(other)
        number, _ = elsewhere.get(other.value * printing.factor, (0, Fraction(0)))
        elsewhere[other.value * printing.factor] = number + 1, quantum(printing)
        left = _left_by(other, together[0])
        agreed = agreed.intersect(left) if agreed is not None else None
    observation = Observation(0, 0, printings)
    first = printings[0]
    # What others are at odds about already cannot all be had: then it is what is asked, and the range, that counts.
    for start, wanted in product((agreed, Interval(None, None)), (_FIRM, _RANGE)):
        allowed = _allowed(start, wanted, ask, zip(together, printings, strict=True), seen)
        if allowed is None:
            continue
        fits = _fits(first, allowed, exact=together[0].is_threshold)
        found = choices(observation, allowed, fits, elsewhere, evidence)
        if found.choices:
            break
    else:
        return None
    shown = amount_span(allowed.times(1 / first.factor), first)
    # What orders and ranges reject is weighed already.
    rejected = {
        s.ask
        for printed in together
        for s in seen.sights[printed.place]
        if s.strength in (Strength.EQUATION, Strength.PRINTING) and s.smallest(printed) == _REJECTED
    }
    return correction_of(observation, allowed, shown, found.choices[0], found.weight / BROKEN ** len(rejected))


_FIRM, _RANGE = frozenset({Strength.EQUATION, Strength.RANGE}), frozenset({Strength.RANGE})


def _allowed(
    start: Interval | None,
    wanted: Collection[Strength],
    ask: str,
    places: Iterable[tuple[Printed, Printing]],
    seen: Seen,
) -> Interval | None:
    """Return what is left of an interval by all that is seen of some places with enough strength, and by the question.

    Base units; None where nothing is left.
    """
    allowed = start
    for printed, printing in places:
        for sight in seen.sights[printed.place]:
            if sight.strength in wanted or (sight.ask == ask and sight.strength is not Strength.PRINTING):
                own = sight.allowed.times(printing.factor) if sight.allowed is not None else None
                allowed = allowed.intersect(own) if allowed is not None and own is not None else None
    return allowed


def _others(together: list[Printed], seen: Seen) -> list[Printed]:
    """Return the places that print something else of the same figure."""
    figure = together[0].figure
    if figure is None:
        return []
    about = (figure.topic, figure.year, figure.standing)
    places = {printed.place for printed in together}
    return [
        other
        for place, other in sorted(seen.numbers.items())
        if place not in places and (o := other.figure) is not None and (o.topic, o.year, o.standing) == about
    ]


def _left_by(other: Printed, printed: Printed) -> Interval:
    """Return what another printing of the same figure leaves, in base units."""
    printing = _printing(other)
    if other.is_threshold:
        return point(other.value * printing.factor)
    factor = _printing(printed).factor
    return left_for(printed, printing.interval(Rounding.NEAREST), factor).times(factor)


def _printing(printed: Printed) -> Printing:
    if printed.figure is not None:
        return printing_of(printed.figure)
    mention = printed.mention
    cited = Mention(
        mention.id, mention.indicator, mention.role, mention.year, printed.amount.text, printed.place, mention.origin
    )
    raw = printed.amount.text.removesuffix(printed.heading)
    return Printing(printed.amount, Fraction(1), printed.exact, cited, None, raw, False, printed.heading)


def _fits(printing: Printing, allowed: Interval, *, exact: bool) -> Fits:
    """Return what tells whether a number is allowed: an exact one as it stands, others as wide as they are coarse."""
    number = printing.amount.number
    own = number.quantum * printing.factor if number is not None else Fraction(0)
    counted = exact or (printing.exact and number is not None and number.whole)

    def fits(value: Fraction, step: Fraction) -> bool:
        wider = Fraction(0) if counted else (step - own) / 2
        low = None if allowed.low is None else allowed.low - wider
        high = None if allowed.high is None else allowed.high + wider
        above = low is None or value > low or (value == low and not allowed.low_open)
        return above and (high is None or value < high or (value == high and not allowed.high_open))

    return fits


def _rescaled(figures: list[Figure]) -> Iterator[Repair]:
    """Yield that figures keep their digits and take the scale, or the word, that their indicator is counted in."""
    for figure in figures:
        unit, own = figure.amount.unit, figure.indicator.unit
        if figure.fit in (Fit.OTHER_SCALE, Fit.OTHER_COUNTER) and unit and figure.factor is not None:
            yield from _in_unit(figure, replace_unit(printing_of(figure), unit, own.name, own.factor))


def _with_unit(figures: list[Figure]) -> Iterator[Repair]:
    """Yield that figures of the text take the unit that their indicator is counted in; a table has it at the head."""
    for figure in figures:
        if figure.fit is Fit.ASSUMED and not figure.amount.unit and not figure.statement.table:
            yield from _in_unit(figure, append_unit(printing_of(figure), figure.indicator.unit.name))


def _in_unit(figure: Figure, made: Replacement | None) -> Iterator[Repair]:
    if made is not None and figure.amount.number is not None:
        value = figure.amount.number.value * figure.indicator.unit.factor
        span = Text(made.text, made.text)
        choice = Choice(value, (made,), None, 0)
        observation = Observation(0, 0, (printing_of(figure),))
        yield repair_of([correction_of(observation, point(value), span, choice, Fraction(1))])
