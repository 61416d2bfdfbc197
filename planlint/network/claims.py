"""The only place that brings what a plan itself asserts into the form of constraints: sums, ratios, products, changes.

A claim whose meaning is open (a change that may be read in two ways, years that are not known, units that do not come
out) is left to the rules; the network takes only what can be meant in one way.
"""

from __future__ import annotations

from planlint.amounts import Amount, Kind
from planlint.exact import Fraction
from planlint.facts import Assertion, Operand
from planlint.findings import Mention, Text
from planlint.network.build import NEGATIVE, ZERO, Draft, monomial
from planlint.network.variables import ONE, Printing, Shape
from planlint.questions import claims
from planlint.questions.growth import Change, change_of, levels_agree, readings
from planlint.questions.products import carriers_of
from planlint.questions.terms import with_figure
from planlint.units import Unit, is_counter


def add_claims(made: Draft) -> None:
    """Add the constraints of every claim whose terms could all be read and are numbers."""
    for assertion in made.facts.assertions:
        add = _KINDS.get(assertion.claim.kind)
        if add is None or not assertion.is_complete:
            continue
        operands = [*assertion.operands.values(), *assertion.items]
        if not claims.spoiled(made.inquiry, operands):
            add(assertion, made)


def _variable(
    made: Draft, assertion: Assertion, part: str, operand: Operand, unit: Unit | None, *, counts: bool = False
) -> tuple[int, Fraction] | None:
    """Return the variable of a term and what one of its base units is worth in the claim; None where it has none.

    `unit` is that of the term's fellows, for a bare number; a term that only `counts` is a plain number.
    """
    found = with_figure(made.inquiry, operand)
    figure = found.figure if found is not None else None
    own = operand.unit if operand.unit is not None else unit
    worth = own.factor if own is not None and not counts else ONE
    if figure is not None and figure.id in made.figures and figure.factor is not None:
        return made.figures[figure.id], worth / (figure.factor * figure.indicator.unit.factor)
    if figure is not None and operand.figure is not None:
        return None
    mention = assertion.mention
    id_ = f"{assertion.id}/{part}"
    cited = Mention(id_, mention.indicator, "claim", mention.year, operand.amount.text, operand.place, mention.origin)
    exact = counts or operand.unit is None or is_counter(operand.unit)
    amount = operand.amount
    # What is added up or multiplied is not negative, unless it is printed so.
    low = None if amount.number is not None and amount.number.value < 0 else ZERO
    number = made.variable(id_, None, Text(mention.indicator, mention.indicator), own, None, low)
    made.printings[number].append(
        Printing(amount, worth, exact, cited, None, operand.raw, trusted=False, heading=operand.heading)
    )
    return number, ONE


def _numbers(operands: list[Operand | None]) -> list[Operand]:
    """Return the terms, or nothing where one of them is missing or no number."""
    return [o for o in operands if o is not None] if all(o is not None and o.is_number for o in operands) else []


def _sum(assertion: Assertion, made: Draft) -> None:
    whole = assertion.operands.get("whole")
    parts = [part for part in assertion.items if part.is_number]
    relation = made.relations.get("sum")
    if whole is None or not whole.is_number or not parts or not claims.alike([whole, *parts]):
        return
    if relation is None or relation.solutions["whole"] != ("sum", "parts"):
        return
    partial = "partial" in assertion.claim.flags or len(parts) < len(assertion.items)
    unit = claims.common_unit([whole, *parts])
    terms = []
    for number, operand in enumerate([whole, *parts]):
        found = _variable(made, assertion, "whole" if not number else f"part{number}", operand, unit)
        if found is None:
            return
        variable, worth = found
        terms.append((variable, -worth if not number else worth))
    shape, kind = (Shape.BOUND, "partial") if partial else (Shape.SUM, "sum")
    made.constrain(shape, kind, terms, ZERO, assertion.mention)


def _ratio(assertion: Assertion, made: Draft) -> None:
    relation = made.relations.get("ratio")
    powers = monomial(relation.solutions["ratio"]) if relation is not None else None
    printed = _numbers([assertion.operands.get(key) for key in ("is", "of", "to")])
    if powers is None or not printed:
        return
    stated, of, to = printed
    terms = claims.quotient(of, to, stated, assertion)
    signs = {"ratio": -1} | powers
    parts = [("is", stated, signs["ratio"], False)]
    parts += [("of", terms.of, signs["part"], False), ("to", terms.to, signs["whole"], False)]
    _multiply(made, assertion, "ratio", parts, Fraction(terms.per))


def _multiply(
    made: Draft, assertion: Assertion, kind: str, parts: list[tuple[str, Operand, int, bool]], constant: Fraction = ONE
) -> None:
    """Add a product of terms with exponents; the last of each part says that the term only counts."""
    terms = []
    for name, operand, power, counts in parts:
        found = _variable(made, assertion, name, operand, None, counts=counts)
        if found is None or not found[1]:
            return
        variable, worth = found
        constant *= worth if power > 0 else 1 / worth
        terms.append((variable, Fraction(power)))
    made.constrain(Shape.PRODUCT, kind, terms, constant, assertion.mention)


def _product(assertion: Assertion, made: Draft) -> None:
    printed = _numbers([assertion.operands.get("is"), *assertion.items])
    if len(printed) < 2:
        return
    stated, *factors = printed
    keeping = carriers_of(stated, factors)
    if keeping is None:
        return
    # A density that carries its unit counts per resident, whatever counter it was printed with.
    if any(_is_density(f) and keeps for f, keeps in zip(factors, keeping, strict=True)):
        _by_density(made, assertion, stated, factors, keeping)
        return
    parts = [("is", stated, -1, False)]
    parts += [(f"factor{i}", f, 1, not keeps) for i, (f, keeps) in enumerate(zip(factors, keeping, strict=True), 1)]
    _multiply(made, assertion, "product", parts)


def _is_density(term: Operand) -> bool:
    return term.figure is not None and term.figure.indicator.kind == "density"


def _by_density(
    made: Draft, assertion: Assertion, stated: Operand, factors: list[Operand], keeping: list[bool]
) -> None:
    """Add a product with densities among its factors: in base units they need no scale."""
    first = _variable(made, assertion, "is", stated, None)
    if first is None:
        return
    terms, constant = [(first[0], NEGATIVE)], 1 / first[1]
    for i, (factor, keeps) in enumerate(zip(factors, keeping, strict=True), 1):
        found = _variable(made, assertion, f"factor{i}", factor, None, counts=not keeps)
        if found is None:
            return
        constant *= ONE if _is_density(factor) and keeps else found[1]
        terms.append((found[0], ONE))
    made.constrain(Shape.PRODUCT, "product", terms, constant, assertion.mention)


def _conversion(assertion: Assertion, made: Draft) -> None:
    printed = _numbers([assertion.operands.get(key) for key in ("is", "value")])
    if not printed or any(o.unit is None for o in printed):
        return
    one, other = printed
    if one.unit is None or other.unit is None or one.unit.dimension != other.unit.dimension or "亩" in one.unit.name:
        return
    if other.unit.name == "亩":
        # Many take a 亩 for 666 or 667 square metres.
        return
    found = [_variable(made, assertion, key, o, None) for key, o in (("is", one), ("value", other))]
    terms = [pair for pair in found if pair is not None]
    if len(terms) == 2:
        made.constrain(
            Shape.SUM,
            "conversion",
            [(terms[0][0], -terms[0][1]), (terms[1][0], terms[1][1])],
            ZERO,
            assertion.mention,
        )


def _change(assertion: Assertion, made: Draft) -> None:
    by = assertion.operands.get("by")
    change = change_of(assertion) if by is not None else None
    if change is None or change.yearly or change.upward is None or not levels_agree(change):
        return
    ways = list(readings(change))
    if len(ways) != 1 or change.number.kind is not Kind.VALUE:
        return
    ends = [_variable(made, assertion, key, o, None) for key, o in (("to", change.end), ("from", change.start))]
    end, start = ends
    if end is None or start is None or end[1] != start[1]:
        return
    if ways[0].kind == "growth":
        _growth(made, assertion, change, end[0], start[0])
    elif ways[0].kind in ("points", "difference"):
        unit = claims.common_unit([change.start, change.end])
        worth = Fraction(1, 100) if ways[0].kind == "points" else unit.factor if unit is not None else ONE
        step = _step(made, assertion, change, worth)
        sign = ONE if change.upward else NEGATIVE
        made.constrain(
            Shape.SUM,
            "change",
            [(end[0], -end[1]), (start[0], start[1]), (step, sign)],
            ZERO,
            assertion.mention,
        )


def _step(made: Draft, assertion: Assertion, change: Change, worth: Fraction) -> int:
    """Return the variable of the change itself."""
    amount: Amount = change.number
    mention = assertion.mention
    id_ = f"{assertion.id}/by"
    cited = Mention(id_, mention.indicator, "claim", mention.year, amount.text, change.by.place, mention.origin)
    number = made.variable(id_, None, Text(mention.indicator, mention.indicator), change.by.unit, None)
    exact = change.by.unit is None or is_counter(change.by.unit)
    made.printings[number].append(Printing(amount, worth, exact, cited, None, amount.text, trusted=False))
    return number


def _growth(made: Draft, assertion: Assertion, change: Change, end: int, start: int) -> None:
    """Add end = start · (1 ± by), by way of the growth factor, which nobody prints."""
    unit = change.by.unit
    step = _step(made, assertion, change, unit.factor if unit is not None else ONE)
    name = Text(f"{assertion.claim.subject}的增长倍数", f"growth factor of {assertion.claim.subject}")
    factor = made.variable(f"{assertion.id}/factor", None, name, None, None)
    sign = ONE if change.upward else NEGATIVE
    made.constrain(Shape.SUM, "change", [(factor, NEGATIVE), (step, sign)], ONE, assertion.mention)
    made.constrain(Shape.PRODUCT, "change", [(end, NEGATIVE), (start, ONE), (factor, ONE)], ONE, assertion.mention)


def _comparison(assertion: Assertion, made: Draft) -> None:
    """Add left = right ± by, where the words say which is larger and the difference can be meant in one way."""
    left, right, by = (assertion.operands.get(key) for key in ("left", "right", "by"))
    gap = claims.gap_of(assertion)
    if left is None or right is None or by is None or gap is None:
        return
    upward, worth = gap
    ends = [_variable(made, assertion, key, o, None) for key, o in (("left", left), ("right", right))]
    one, other = ends
    if one is None or other is None or one[1] != other[1]:
        return
    number = made.variable(
        f"{assertion.id}/by", None, Text(assertion.claim.subject, assertion.claim.subject), by.unit, None
    )
    mention = assertion.mention
    cited = Mention(
        f"{assertion.id}/by", mention.indicator, "claim", mention.year, by.amount.text, by.place, mention.origin
    )
    exact = by.unit is None or is_counter(by.unit)
    made.printings[number].append(Printing(by.amount, worth, exact, cited, None, by.amount.text, trusted=False))
    sign = ONE if upward else NEGATIVE
    terms = [(one[0], -one[1]), (other[0], other[1]), (number, sign)]
    made.constrain(Shape.SUM, "difference", terms, ZERO, assertion.mention)


_KINDS = {
    "comparison": _comparison,
    "sum": _sum,
    "ratio": _ratio,
    "product": _product,
    "conversion": _conversion,
    "change": _change,
}
