"""The only place that makes a network of what a plan states: its figures, and what the catalogue says of them."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from msgspec import Struct, field

from planlint.catalogue import Indicator
from planlint.exact import Fraction
from planlint.facts import Facts, Figure, Standing, Topic
from planlint.findings import Mention, Text
from planlint.formula import Expr
from planlint.network.variables import (
    ONE,
    Constraint,
    Key,
    Printing,
    Shape,
    Term,
    Variable,
)
from planlint.questions.densities import topics_of
from planlint.units import Unit
from planlint.verdicts import Inquiry, Relation, name_of

Relations = Mapping[str, Relation]
"""The compiled formulas of the rules, by the question that asks them."""

NEGATIVE, ZERO = Fraction(-1), Fraction(0)
_NEVER_NEGATIVE = frozenset({"count", "density", "share", "area"})
_ALIKE = (Standing.REPORTED, Standing.TARGET)
"""What is assigned or referred to may come from several authors, who need not agree."""


class Draft(Struct):
    """A network in the making."""

    facts: Facts
    relations: Relations
    inquiry: Inquiry
    variables: list[Variable] = field(default_factory=list)
    printings: list[list[Printing]] = field(default_factory=list)
    constraints: list[Constraint] = field(default_factory=list)
    keys: dict[Key, int] = field(default_factory=dict)
    figures: dict[str, int] = field(default_factory=dict)
    """The variable of each figure, by the figure's id."""
    broken: set[int] = field(default_factory=set)
    """Counts that need not come out whole."""

    def variable(
        self,
        id_: str,
        key: Key | None,
        name: Text,
        unit: Unit | None,
        indicator: Indicator | None,
        low: Fraction | None = ZERO,
    ) -> int:
        """Add a variable and return its number. `low` bounds one that is no indicator's."""
        number = len(self.variables)
        low, high = _natural(indicator) if indicator is not None else (low, None)
        whole = indicator is not None and indicator.whole
        self.variables.append(Variable(number, id_, key, name, unit, whole, low, high))
        self.printings.append([])
        return number

    def of(self, key: Key) -> int:
        """Return the variable of a key, made where nothing prints it."""
        number = self.keys.get(key)
        if number is None:
            indicator = self.facts.catalogue.by_key[key.topic.indicator]
            scope = f"{key.topic.scope} " if key.topic.scope else ""
            name = Text(f"{scope}{key.topic.base}{indicator.name.zh}", f"{scope}{indicator.name.en}")
            number = self.keys[key] = self.variable(_id(key), key, name, indicator.unit, indicator)
        return number

    def constrain(
        self,
        shape: Shape,
        kind: str,
        terms: list[tuple[int, Fraction]],
        constant: Fraction,
        mention: Mention | None = None,
    ) -> None:
        """Add a constraint. One in which a variable stands twice is left out: it could not be followed exactly."""
        if len({number for number, _ in terms}) == len(terms):
            made = tuple(Term(number, weight) for number, weight in terms)
            self.constraints.append(Constraint(len(self.constraints), shape, kind, made, constant, mention))

    def is_loose(self, number: int) -> bool:
        """Tell whether no whole number need follow from a variable of figures."""
        return any(printing.figure is not None and printing.figure.is_loose for printing in self.printings[number])

    def has_print(self, key: Key) -> bool:
        """Tell whether a variable is printed."""
        number = self.keys.get(key)
        return number is not None and bool(self.printings[number])


def draft(facts: Facts, relations: Relations, spoiled: Collection[Figure] = ()) -> Draft:
    """Return the variables of a plan's figures and what the catalogue says of them. Rejected figures are left out."""
    made = Draft(facts, relations, Inquiry(facts, spoiled))
    for figure in facts.figures:
        if figure.is_measured and figure.factor is not None and figure not in spoiled:
            _enter(figure, made)
    identity = relations.get("identity") or relations.get("implied")
    powers = monomial(identity.solutions["count"]) if identity is not None else None
    # What is added for a density nobody counted is no density itself.
    for key in list(made.keys):
        if key.standing is Standing.REPORTED and not key.topic.months:
            indicator = facts.catalogue.by_key[key.topic.indicator]
            if indicator.numerator and powers is not None:
                _identity(key, powers, made)
            _order(key, indicator, made)
        _difference(key, made)
    return made


def is_integral(variable: Variable, made: Draft) -> bool:
    """Tell whether the true value of a variable of a draft is a whole number that arithmetic may rely on."""
    one_by_one = variable.whole and variable.unit is not None and variable.unit.factor == 1
    return one_by_one and variable.number not in made.broken


def _id(key: Key) -> str:
    topic = key.topic
    scope = f"@{topic.scope}" if topic.scope else ""
    base = f".{topic.base}" if topic.base else ""
    months = f"m{topic.months}" if topic.months else ""
    return f"{topic.indicator}{scope}{base}.{key.year}{months}.{key.standing.value}"


def _natural(indicator: Indicator) -> tuple[Fraction | None, Fraction | None]:
    """Return the bounds of an indicator in base units."""
    low, high = indicator.bounds
    if low is None and indicator.kind in _NEVER_NEGATIVE:
        low = ZERO
    factor = indicator.unit.factor
    return None if low is None else low * factor, None if high is None else high * factor


def _enter(figure: Figure, made: Draft) -> None:
    indicator = figure.indicator
    key = Key(figure.topic, figure.year, figure.standing)
    if figure.standing in _ALIKE:
        number = made.keys.get(key)
        if number is None:
            name = Text(name_of(figure), indicator.name.en)
            number = made.keys[key] = made.variable(_id(key), key, name, indicator.unit, indicator)
    else:
        name = Text(name_of(figure), indicator.name.en)
        number = made.variable(figure.id, None, name, indicator.unit, indicator)
    made.figures[figure.id] = number
    made.printings[number].append(printing_of(figure))


def printing_of(figure: Figure) -> Printing:
    """Return a figure as a printing of its variable. Raises ValueError for one that gives no number in its unit."""
    if figure.factor is None:
        raise ValueError(f"{figure.id} gives no number in its indicator's unit")
    factor = figure.factor * figure.indicator.unit.factor
    statement = figure.statement
    return Printing(
        figure.amount, factor, figure.indicator.whole, figure.mention, figure, statement.text, statement.trusted
    )


def monomial(expr: Expr) -> dict[str, int] | None:
    """Return the exponents of a product of symbols, each 1 or -1; None for an expression of any other form."""
    match expr:
        case ("sym", str(name)):
            return {name: 1}
        case ("*" | "/" as op, tuple(left), tuple(right)):
            one, other = monomial(left), monomial(right)
            if one is None or other is None or one.keys() & other.keys():
                return None
            return one | {name: power if op == "*" else -power for name, power in other.items()}
    return None


def _identity(key: Key, powers: Mapping[str, int], made: Draft) -> None:
    """Tie a density to its count and its population, by the formula of the rules."""
    figures = made.facts.by_topic.get(key.topic)
    topics = topics_of(made.inquiry, key.topic, figures[0]) if figures else None
    if topics is None:
        return
    count, population = (made.of(Key(topic, key.year, Standing.REPORTED)) for topic in topics)
    if not made.printings[count] and _is_vague(key, population, topics[1], made):
        made.broken.add(count)
    numbers = {"value": made.of(key), "population": population}
    terms = [(count, NEGATIVE), *((numbers[name], Fraction(power)) for name, power in powers.items())]
    made.constrain(Shape.PRODUCT, "identity", terms, ONE)


def _is_vague(key: Key, population: int, topic: Topic, made: Draft) -> bool:
    """Tell whether a rate and its population are too vague for a whole number to follow from them."""
    if made.is_loose(made.keys[key]) or made.is_loose(population):
        return True
    # A population that nobody prints may be that of another day: 1.31 人 of 348000 need not be a whole number.
    return not made.printings[population] and topic.indicator in populations_of(made)


def populations_of(made: Draft) -> set[str]:
    """Return the indicators that count the people of a place."""
    return {*made.facts.catalogue.populations.values(), "average-population"}


def _difference(key: Key, made: Draft) -> None:
    """Tie a reported difference to its two terms."""
    indicator = made.facts.catalogue.by_key[key.topic.indicator]
    if indicator.minus and key.standing is Standing.REPORTED:
        terms = [Topic(part, key.topic.scope, key.topic.base, key.topic.months) for part in indicator.minus]
        first, second = (made.of(Key(topic, key.year, Standing.REPORTED)) for topic in terms)
        made.constrain(Shape.SUM, "difference", [(made.of(key), NEGATIVE), (first, ONE), (second, NEGATIVE)], ZERO)


def _order(key: Key, indicator: Indicator, made: Draft) -> None:
    """Tie an indicator to the nearest printed ones that it can never exceed."""
    for kind, above in (("at-most", indicator.at_most), ("part", (indicator.part_of,) if indicator.part_of else ())):
        waiting, seen = list(above), set[str]()
        while waiting:
            name = waiting.pop(0)
            if name in seen:
                continue
            seen.add(name)
            larger = made.facts.catalogue.by_key[name]
            other = Key(Topic(name, key.topic.scope, key.topic.base, key.topic.months), key.year, key.standing)
            if made.has_print(other):
                if larger.unit.dimension == indicator.unit.dimension:
                    terms = [(made.of(key), ONE), (made.of(other), NEGATIVE)]
                    made.constrain(Shape.BOUND, kind, terms, ZERO)
            elif kind == "at-most":
                waiting.extend(larger.at_most)
            elif larger.part_of:
                waiting.append(larger.part_of)
