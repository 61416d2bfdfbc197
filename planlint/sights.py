"""What the rules see of each printed number: the values that all the others would let it have.

A sight is one relation, solved for one number: the interval that the other figures leave for it, widened by its own
rounding. Printed inside, the number would pass in silence; outside, a rule would speak. Everything is exact.
"""

from __future__ import annotations

import enum
from collections.abc import Iterable

from msgspec import Struct
from msgspec.structs import replace

from planlint.amounts import Amount, Kind, Operator, Rounding, measured
from planlint.exact import Fraction
from planlint.facts import Assertion, Facts, Figure, Fit, Operand
from planlint.findings import Mention
from planlint.intervals import Interval
from planlint.source import Place
from planlint.units import Unit, is_counter


class Strength(enum.Enum):
    """How much a rule sees: equations and other printings both sides, an order one, a range only the impossible.

    A sieve notices some errors and lets others of the same size pass; a note is what a rule only remarks on.
    """

    EQUATION = "equation"
    PRINTING = "printing"
    ORDER = "order"
    SIEVE = "sieve"
    NOTE = "note"
    RANGE = "range"


class Printed(Struct, frozen=True):
    """A number as it stands in the plan: a figure, or a term of a claim. `exact` says that it was counted."""

    place: Place
    mention: Mention
    amount: Amount
    exact: bool
    figure: Figure | None = None
    table: str = ""
    heading: str = ""
    """The unit at the head of a table that a claim was made of."""

    @property
    def value(self) -> Fraction:
        """Return the number as printed, 万 and 亿 resolved."""
        if self.amount.number is None:
            raise ValueError(f"{self.mention.id} gives no number")
        return self.amount.number.value

    @property
    def quantum(self) -> Fraction:
        """Return the worth of one unit of the last printed digit."""
        if self.amount.number is None:
            raise ValueError(f"{self.mention.id} gives no number")
        return self.amount.number.quantum

    @property
    def is_threshold(self) -> bool:
        """Tell whether the number is a bound, or a target, which nobody measured."""
        target = self.figure is not None and self.figure.role in ("target", "assigned")
        return target or self.amount.operator is not Operator.NONE


class Sight(Struct, frozen=True):
    """What one question leaves for a number; `choice` is the option that tells rules of one question apart."""

    ask: str
    choice: str
    strength: Strength
    allowed: Interval | None
    """None where the others contradict each other, so that no number would do."""
    others: tuple[Mention, ...]

    def smallest(self, printed: Printed) -> tuple[Fraction | None, Fraction | None]:
        """Return the smallest error downward and upward that would be noticed, in steps of the last printed digit.

        None where no error in that direction would be. Both are zero where the number is not allowed as it stands.
        """
        if self.allowed is None or printed.value not in self.allowed:
            return Fraction(0), Fraction(0)
        low, high = self.allowed.low, self.allowed.high
        below = None if low is None else _steps(printed.value - low, printed.quantum, reached=self.allowed.low_open)
        above = None if high is None else _steps(high - printed.value, printed.quantum, reached=self.allowed.high_open)
        return below, above


def _steps(room: Fraction, quantum: Fraction, *, reached: bool) -> Fraction:
    """Return the smallest whole number of steps that leaves some room; an open end need only be reached."""
    whole = room // quantum
    return (whole if reached and whole * quantum == room else whole + 1) * quantum


Sights = dict[Place, list[Sight]]


def numbers(facts: Facts) -> list[Printed]:
    """Return every number of a plan that can be judged, in the order of the file."""
    found: dict[Place, Printed] = {}
    for figure in facts.figures:
        if figure.is_measured and figure.amount.kind is Kind.VALUE and figure.fit is not Fit.OTHER_SCALE:
            found[figure.statement.place] = of_figure(figure)
    for assertion in facts.assertions:
        for operand in terms(assertion):
            stated = operand.amount.number is not None and operand.amount.kind in (Kind.VALUE, Kind.RELATIVE)
            if operand.figure is None and stated and operand.place not in found:
                found[operand.place] = of_term(assertion, operand)
    return [found[place] for place in sorted(found)]


def terms(assertion: Assertion) -> list[Operand]:
    """Return the terms of a claim that are amounts of what it is about."""
    return [operand for key, operand in assertion.operands.items() if key != "years"] + list(assertion.items)


def of_figure(figure: Figure) -> Printed:
    """Return a figure as a printed number."""
    return Printed(
        figure.statement.place, figure.mention, figure.amount, figure.indicator.whole, figure, figure.statement.table
    )


def of_term(assertion: Assertion, operand: Operand) -> Printed:
    """Return a term of a claim as a printed number."""
    if operand.figure is not None:
        return of_figure(operand.figure)
    exact = operand.unit is None or is_counter(operand.unit)
    amount = operand.amount
    if amount.change is not None and amount.number is not None:
        # 增长20% is by so much; which way it goes is not part of the number.
        amount = replace(amount, kind=Kind.VALUE, change=None)
    return Printed(operand.place, assertion.mention, amount, exact, heading=operand.heading)


def left_for(printed: Printed, implied: Interval, factor: Fraction) -> Interval:
    """Return the printed numbers that agree with an implied interval; `factor` turns the printed unit into its."""
    own = measured(printed.amount, Rounding.NEAREST, exact=printed.exact)
    wanted = implied.times(1 / factor)
    over = own.high - printed.value if own.high is not None else None
    under = printed.value - own.low if own.low is not None else None
    return Interval(
        None if wanted.low is None or over is None else wanted.low - over,
        None if wanted.high is None or under is None else wanted.high + under,
        wanted.low is not None and over is not None and (wanted.low_open or own.high_open),
        wanted.high is not None and under is not None and (wanted.high_open or own.low_open),
    )


def at_most(printed: Printed, other: Interval, factor: Fraction) -> Interval:
    """Return the printed numbers that are not above all of another interval."""
    found = left_for(printed, other, factor)
    return Interval(None, found.high, high_open=found.high_open)


def at_least(printed: Printed, other: Interval, factor: Fraction) -> Interval:
    """Return the printed numbers that are not below all of another interval."""
    found = left_for(printed, other, factor)
    return Interval(found.low, None, found.low_open)


def worth(operand: Operand, unit: Unit | None) -> Fraction:
    """Return what one of a term's printed unit is in base units; `unit` is that of its fellows."""
    own = operand.unit if operand.unit is not None else unit
    return own.factor if own is not None else Fraction(1)


def add(sights: Sights, printed: Printed, sight: Sight) -> None:
    """Enter what is seen of a number."""
    sights.setdefault(printed.place, []).append(sight)


def cited(printed: Printed, others: Iterable[Mention]) -> tuple[Mention, ...]:
    """Return the mentions of the others, each once."""
    return tuple(mention for mention in dict.fromkeys(others) if mention != printed.mention)
