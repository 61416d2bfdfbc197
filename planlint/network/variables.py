"""The only place that says what a network is made of: variables, what is printed of them, and what ties them.

A variable is one true value: an indicator of one place, population, year and kind of role, be it printed or not.
All numbers are in base units of the variable's dimension (10.15 人/千人口 is 0.01015 人 a resident), so that
constraints need no units of their own.
"""

from __future__ import annotations

import enum

from msgspec import Struct, field

from planlint import amounts
from planlint.amounts import Amount, Rounding
from planlint.exact import Fraction
from planlint.facts import Figure, Standing, Topic
from planlint.findings import Mention, Text
from planlint.intervals import Interval, point
from planlint.units import Unit

ONE = Fraction(1)


class Key(Struct, frozen=True):
    """What all printings of one variable share."""

    topic: Topic
    year: int
    standing: Standing


class Variable(Struct, frozen=True):
    """One true value. `number` is its place in the network; `key` is None for a term that stands in a claim alone."""

    number: int
    id: str
    key: Key | None
    name: Text
    unit: Unit | None
    whole: bool
    """Whether it counts things one by one."""
    low: Fraction | None = None
    high: Fraction | None = None
    """The bounds that its nature sets, in base units: nothing that is counted is below zero, no share above one."""

    integral: bool = False
    """Whether its true value is a whole number of base units that arithmetic may rely on."""


class Printing(Struct, frozen=True, eq=False):
    """One place that prints a value. `factor` turns the printed number into base units."""

    amount: Amount
    factor: Fraction
    exact: bool
    """Whether a whole number printed in ones is itself and nothing near it."""
    mention: Mention
    figure: Figure | None
    raw: str
    """The characters of the plan file, which a repair replaces; the unit may stand elsewhere."""
    trusted: bool
    heading: str = ""
    """The unit at the head of a table that a claim was made of."""

    def interval(self, rounding: Rounding) -> Interval:
        """Return the true values that the printing may stand for, in base units."""
        return amounts.measured(self.amount, rounding, exact=self.exact).times(self.factor)


class Observation(Struct, frozen=True, eq=False):
    """One value that is printed of a variable, at one place or more: they stand and fall together."""

    number: int
    variable: int
    printings: tuple[Printing, ...]
    """The most precise first."""
    intervals: dict[Rounding, Interval] = field(default_factory=dict)

    def interval(self, rounding: Rounding) -> Interval:
        """Return the true values that all its printings allow."""
        known = self.intervals.get(rounding)
        if known is None:
            known = self.printings[0].interval(rounding)
            for other in self.printings[1:]:
                # Alike in number, they have at least that in common; a stricter one decides.
                known = known.intersect(other.interval(rounding)) or known
            if known.low is not None and known.low == known.high:
                # One object for both ends: that a point is a point is seen at a glance.
                known = point(known.low)
            self.intervals[rounding] = known
        return known

    @property
    def trusted(self) -> bool:
        """Tell whether the plan file says that the value is known to be right."""
        return any(printing.trusted for printing in self.printings)

    @property
    def hedged(self) -> bool:
        """Tell whether a word such as 约 loosens every printing."""
        return all(printing.amount.hedge is not None for printing in self.printings)

    @property
    def mentions(self) -> tuple[Mention, ...]:
        """Return every place, in the order of the file."""
        cited = dict.fromkeys(printing.mention for printing in self.printings)
        return tuple(sorted(cited, key=lambda mention: (mention.place, mention.id)))

    @property
    def text(self) -> str:
        """Return the amount as a reader knows it."""
        return self.printings[0].mention.text

    @property
    def value(self) -> Fraction:
        """Return the printed number in base units, as if it were exact."""
        first = self.printings[0]
        if first.amount.number is None:
            raise ValueError(f"{first.mention.id} prints no number")
        return first.amount.number.value * first.factor


class Shape(enum.Enum):
    """The four forms that every constraint is brought into."""

    SUM = "sum"
    """Σ weight · variable + constant = 0."""
    BOUND = "bound"
    """Σ weight · variable + constant ≤ 0."""
    PRODUCT = "product"
    """constant · Π variable ^ weight = 1, each weight 1 or -1; holds only where no variable is negative."""
    RATES = "rates"
    """The first variable counts things; each rate of it, of weight 1, is a whole number of things divided by it, the
    variable of weight -1 behind the rate where there is one."""


class Term(Struct, frozen=True):
    """A variable in a constraint with its coefficient, in a product with its exponent; see the shapes."""

    variable: int
    weight: Fraction


class Constraint(Struct, frozen=True):
    """What ties variables together. The first term is the one that the others make (the whole, the count).

    `kind` is identity, ratio, sum, partial, product, conversion, change, difference, at-most, part or rates. `mention`
    is the claim that asserts it, None where the catalogue does.
    """

    number: int
    shape: Shape
    kind: str
    terms: tuple[Term, ...]
    constant: Fraction
    mention: Mention | None = None


class Network(Struct, frozen=True):
    """Variables, what is printed of them, and what ties them together."""

    variables: tuple[Variable, ...]
    observations: tuple[Observation, ...]
    constraints: tuple[Constraint, ...]
    printed: tuple[tuple[int, ...], ...]
    """For each variable, the numbers of its observations."""
    touching: tuple[tuple[int, ...], ...]
    """For each variable, the numbers of its constraints."""
    keys: dict[Key, int] = field(default_factory=dict)
