"""What a question says of a number if another stood there: the smallest error it notices, found by asking it.

Where no interval says what a rule leaves for a number, the question itself is put to a small part of the plan, again
and again with another number in one place. What is found so is true of the rule by the way it is found.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from msgspec import Struct
from msgspec.structs import replace

from planlint.amounts import Amount, Kind
from planlint.exact import Fraction
from planlint.facts import Assertion, Facts, Figure, Operand
from planlint.figure_sights import rejected
from planlint.findings import Mention, Severity
from planlint.intervals import Interval
from planlint.parties import SIEVES, Party, parties
from planlint.rates import STEPS_TRIED
from planlint.rules import Rule
from planlint.sights import Printed, Sight, Strength, cited, of_figure, of_term
from planlint.source import Place
from planlint.verdicts import Answer, Inquiry

FARTHEST = 1000
"""So many times the number itself is the largest error tried upward."""
GROWTH = 4
"""So many times larger is each error tried than the one before, what others print aside."""
BESIDE = 4
"""So many other values of the same unit are tried, the nearest first."""


class Said(Struct, frozen=True):
    """What a rule says of a number: how grave it is, and what else it cites."""

    severity: Severity
    others: tuple[Mention, ...]


class Seat(Struct, frozen=True):
    """A number of a party that may be changed: a figure, or a term of a claim."""

    printed: Printed
    claim: Assertion | None = None
    operand: Operand | None = None

    def with_value(self, facts: Facts, value: Fraction) -> Facts:
        """Return the facts with another number in this seat."""
        figure = self.printed.figure
        if figure is not None:
            moved = _moved(figure, value)
            claims = tuple(_with_figure(claim, figure, moved) for claim in facts.assertions)
            return _replaced(facts, figure, moved, claims)
        return replace(facts, assertions=tuple(self._claim(claim, value) for claim in facts.assertions))

    def _claim(self, claim: Assertion, value: Fraction) -> Assertion:
        old = self.operand
        if claim is not self.claim or old is None:
            return claim
        new = replace(old, amount=_amount(old.amount, value))
        operands = {key: new if one is old else one for key, one in claim.operands.items()}
        return replace(claim, operands=operands, items=tuple(new if one is old else one for one in claim.items))


Guesses = Mapping[tuple[str, Place], tuple[Fraction | None, Fraction | None]]
"""What is supposed to be the smallest error by rule and place; a right guess saves looking for it."""


def probed_sights(
    facts: Facts, rules: Iterable[Rule], guesses: Guesses, place: Place | None = None
) -> Iterator[tuple[Printed, Rule, Sight]]:
    """Yield what the rules that are not solved for a number leave for each, or for that at a place, by asking them."""
    left_out = rejected(facts)
    for rule in rules:
        for party in parties(rule, facts):
            seats = [seat for seat in _seats(party) if place in (None, seat.printed.place)]
            if not seats:
                continue
            probe = _Probe(rule, party.facts, [f for f in party.facts.figures if f in left_out])
            for seat in seats:
                guess = guesses.get((rule.id, seat.printed.place), (None, None))
                sight = probe.sight(seat, party.strength, guess)
                if sight is not None:
                    yield seat.printed, rule, sight


def _seats(party: Party) -> Iterator[Seat]:
    for figure in party.figures:
        if figure.is_measured and figure.amount.kind is Kind.VALUE:
            yield Seat(of_figure(figure))
    places = {figure.statement.place for figure in party.facts.figures}
    for claim in party.facts.assertions:
        for operand in (*claim.operands.values(), *claim.items):
            if operand.figure is None and operand.place not in places and _is_number(operand.amount):
                yield Seat(of_term(claim, operand), claim, operand)


class _Probe:
    """One rule, put to one party of figures as often as needed."""

    def __init__(self, rule: Rule, facts: Facts, spoiled: list[Figure]) -> None:
        self.rule = rule
        self.facts = facts
        self.spoiled = spoiled
        self.values: dict[str, set[Fraction]] = {}
        for figure in facts.figures:
            if figure.is_measured:
                self.values.setdefault(figure.indicator.unit.name, set()).add(figure.value)

    def sight(
        self, seat: Seat, strength: Strength, guess: tuple[Fraction | None, Fraction | None] = (None, None)
    ) -> Sight | None:
        """Return what the rule leaves for a number, None where it never speaks of it."""
        as_it_stands = self._ask(seat, self.facts)
        if as_it_stands is not None:
            weight = Strength.NOTE if as_it_stands.severity is Severity.INFO else strength
            return Sight(self.rule.ask, "", weight, None, as_it_stands.others)
        heard: list[Said] = []
        below, above = (
            # Where one direction was solved for and the other not, the other is never noticed.
            None
            if one is None and guess != (None, None)
            else self._guessed(seat, sign, one, heard) or self._smallest(seat, sign, heard)
            for sign, one in zip((-1, 1), guess, strict=True)
        )
        if not heard:
            return None
        only_noted = all(said.severity is Severity.INFO for said in heard)
        value = seat.printed.value
        allowed = Interval(
            None if below is None else value - below, None if above is None else value + above, True, True
        )
        others = max(heard, key=lambda said: said.severity).others
        return Sight(self.rule.ask, "", Strength.NOTE if only_noted else strength, allowed, others)

    def _guessed(self, seat: Seat, sign: int, guess: Fraction | None, heard: list[Said]) -> Fraction | None:
        """Return a guess that turns out right: that error is noticed, one step less is not."""
        quantum = seat.printed.quantum
        if guess is None or guess <= 0 or guess > _room(seat.printed, sign) * quantum:
            return None
        said = self._at(seat, sign * guess)
        if said is None or (guess > quantum and self._at(seat, sign * (guess - quantum)) is not None):
            return None
        heard.append(said)
        return guess

    def _smallest(self, seat: Seat, sign: int, heard: list[Said]) -> Fraction | None:
        """Return the smallest error in one direction that is noticed; what was said is added to `heard`."""
        quantum = seat.printed.quantum
        silent = 0
        found: int | None = None
        for steps in self._tries(seat, sign):
            said = self._at(seat, sign * steps * quantum)
            if said is not None:
                heard.append(said)
                if found is None:
                    found = steps
                if said.severity > Severity.INFO or self.rule.severity is Severity.INFO or self.rule.ask in SIEVES:
                    break
            elif found is None:
                silent = steps
        if found is None:
            return None
        while found - silent > 1:
            middle = (found + silent) // 2
            said = self._at(seat, sign * middle * quantum)
            found, silent = (middle, silent) if said is not None else (found, middle)
        return found * quantum

    def _tries(self, seat: Seat, sign: int) -> list[int]:
        """Return the errors to be tried, in steps: ever larger ones while there is room, and what others print.

        A rule that speaks of a range of errors is heard where that range is as wide as its beginning (fourfold), or
        begins or ends at what another figure of the unit prints.
        """
        most = _room(seat.printed, sign)
        if self.rule.ask in SIEVES:
            return list(range(1, min(most, STEPS_TRIED) + 1))
        beside = _beside(seat.printed, sign, self.values)
        if self.rule.options.choices.get("when") == "equal":
            return [steps for steps in beside if steps <= most]
        tries = {steps for near in beside for steps in (near - 1, near, near + 1) if 0 < steps <= most}
        steps = 1
        while steps <= most:
            tries.add(steps)
            # The last step goes as far as there is room.
            steps = most if steps < most < GROWTH * steps else GROWTH * steps
        return sorted(tries)

    def _at(self, seat: Seat, error: Fraction) -> Said | None:
        return self._ask(seat, seat.with_value(self.facts, seat.printed.value + error))

    def _ask(self, seat: Seat, facts: Facts) -> Said | None:
        for verdict in self.rule.question.ask(Inquiry(facts, self.spoiled), self.rule.options):
            if verdict.answer is Answer.FAILS and any(m.id == seat.printed.mention.id for m in verdict.mentions):
                severity = verdict.severity or self.rule.severity
                own = [m for m in verdict.mentions if m.place.file == seat.printed.place.file]
                others = cited(seat.printed, own)
                return Said(severity.milder() if verdict.doubtful else severity, others)
        return None


def _room(printed: Printed, sign: int) -> int:
    """Return by how many steps a number may be changed before it is negative, or more than its indicator can be."""
    low, high = room_of(printed)
    if sign < 0:
        return int((printed.value - low) // printed.quantum) if low is not None else 0
    far = max(printed.value * FARTHEST, printed.quantum * FARTHEST)
    return int((far if high is None else min(far, high - printed.value)) // printed.quantum)


def _beside(printed: Printed, sign: int, values: Mapping[str, set[Fraction]]) -> list[int]:
    """Return by how many steps other figures of one unit differ in one direction, rounded down, the nearest first."""
    figure = printed.figure
    if figure is None or not figure.factor:
        return []
    step = figure.factor * printed.quantum
    gaps = (sign * (value - figure.value) for value in values[figure.indicator.unit.name])
    return sorted({int(gap // step) for gap in gaps if gap >= step})[:BESIDE]


def room_of(printed: Printed) -> tuple[Fraction, Fraction | None]:
    """Return the least and the greatest number that can be printed in a place without being rejected out of hand."""
    zero = Fraction(0)
    figure = printed.figure
    if figure is None or figure.factor is None or figure.factor <= 0:
        return min(zero, printed.value), None
    low, high = figure.indicator.bounds
    least = max(zero, low / figure.factor) if low is not None else zero
    return min(least, printed.value), None if high is None else max(high / figure.factor, printed.value)


def _is_number(amount: Amount) -> bool:
    """Tell whether an amount is one number, or says by how much something changed."""
    return amount.kind in (Kind.VALUE, Kind.RELATIVE) and amount.number is not None


def _amount(amount: Amount, value: Fraction) -> Amount:
    return amount if amount.number is None else replace(amount, number=replace(amount.number, value=value))


def _moved(figure: Figure, value: Fraction) -> Figure:
    """Return a figure with another number, in its printed unit."""
    factor = figure.factor if figure.factor is not None else Fraction(1)
    return replace(figure, amount=_amount(figure.amount, value), measure=value * factor, intervals={})


def _with_figure(claim: Assertion, old: Figure, new: Figure) -> Assertion:
    def turned(one: Operand) -> Operand:
        if one.figure is old:
            return replace(one, figure=new, amount=new.amount)
        # A cell of a table may be the term of a claim without being referred to.
        number = new.amount.number
        is_cell = one.figure is None and one.place == old.statement.place
        return replace(one, amount=_amount(one.amount, number.value)) if is_cell and number is not None else one

    operands = {key: turned(one) for key, one in claim.operands.items()}
    return replace(claim, operands=operands, items=tuple(turned(one) for one in claim.items))


def _replaced(facts: Facts, old: Figure, new: Figure, claims: tuple[Assertion, ...]) -> Facts:
    by_topic = dict(facts.by_topic)
    by_topic[old.topic] = [new if figure is old else figure for figure in by_topic[old.topic]]
    figures = tuple(new if figure is old else figure for figure in facts.figures)
    return replace(facts, figures=figures, by_topic=by_topic, assertions=claims)
