"""What the questions about claims have in common: terms, their units, and the places that are cited."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from msgspec import Struct
from msgspec.structs import replace

from planlint import names
from planlint.amounts import Rounding
from planlint.exact import Fraction
from planlint.facts import Assertion, Operand
from planlint.findings import Mention, Text
from planlint.intervals import Interval
from planlint.questions.words import Way, standing
from planlint.units import Unit
from planlint.verdicts import Answer, Inquiry, Verdict


def _by_kind(inquiry: Inquiry) -> dict[str, list[Assertion]]:
    """Return the claims of each kind in the order of the file."""
    found: dict[str, list[Assertion]] = {}
    for assertion in inquiry.facts.assertions:
        found.setdefault(assertion.claim.kind, []).append(assertion)
    return found


def of_kind(inquiry: Inquiry, kind: str) -> list[Assertion]:
    """Return the claims of a kind in the order of the file, those among them of which a term could not be read."""
    return inquiry.once(_by_kind).get(kind, [])


def mentions(assertion: Assertion, operands: list[Operand]) -> tuple[Mention, ...]:
    """Return the claim and the figures it refers to."""
    cited = [assertion.mention, *(o.figure.mention for o in operands if o.figure is not None)]
    return tuple(sorted(dict.fromkeys(cited), key=lambda mention: (mention.place, mention.id)))


def subject(assertion: Assertion) -> str:
    """Return what a claim is about, with its scope where that is not the plan's region."""
    claim = assertion.claim
    return f"{claim.scope} {claim.subject}" if claim.scope else claim.subject


def undecided(assertion: Assertion, zh: str, en: str) -> Verdict:
    """Return that a claim cannot be judged, and what is missing."""
    return Verdict(Answer.UNDECIDED, (assertion.mention,), {}, because=Text(zh, en))


def spoiled(inquiry: Inquiry, operands: list[Operand]) -> bool:
    """Tell whether a term is a figure that an earlier answer rejects."""
    return any(o.figure is not None and o.figure in inquiry.spoiled for o in operands)


def common_unit(operands: list[Operand]) -> Unit | None:
    """Return the first unit among the terms; terms without one take it."""
    return next((o.unit for o in operands if o.unit is not None), None)


def alike(operands: list[Operand]) -> bool:
    """Tell whether terms can be added: one dimension, or counters of one sort of thing (家 and 个)."""
    dimensions = {o.unit.dimension for o in operands if o.unit is not None}
    return len(dimensions) <= 1 or all(_is_institution(dimension) for dimension in dimensions)


def _is_institution(dimension: object) -> bool:
    return dimension in ((("institution", 1),), (("item", 1),), (("facility", 1),))


def same_things(one: Unit, other: Unit) -> bool:
    """Tell whether two counters count one sort of thing (家 and 个)."""
    return one.dimension == other.dimension or (_is_institution(one.dimension) and _is_institution(other.dimension))


def hedged(operands: list[Operand]) -> bool:
    """Tell whether a word such as 约 loosens a term."""
    return any(o.amount.hedge is not None for o in operands)


def interval(operand: Operand, unit: Unit | None, rounding: Rounding) -> Interval:
    """Return the true values of a term in base units; `unit` is that of its fellows."""
    found = operand.interval(rounding)
    # A bare number stands in the unit of its fellows (29 + 14 = 43 家).
    return found.times(unit.factor) if operand.unit is None and unit is not None else found


def exact(operand: Operand, unit: Unit | None) -> Fraction:
    """Return a term's printed number in base units, as if it were exact."""
    number = operand.amount.number
    if number is None:
        raise ValueError("a term without a number")
    own = operand.unit if operand.unit is not None else unit
    return number.value * own.factor if own is not None else number.value


class Quotient(Struct, frozen=True):
    """The terms of a ratio as they must be divided, and how many of the divisor the quotient is counted for."""

    of: Operand
    to: Operand
    per: int


def is_proportion(operand: Operand) -> bool:
    """Tell whether a term is printed as one number to another: 1:1.37."""
    return operand.unit is not None and operand.unit.name == "比"


def quotient(of: Operand, to: Operand, stated: Operand, assertion: Assertion) -> Quotient:
    """Return a ratio ready to be worked out; 16.97:1 and 1:1.37 are divided the way that suits them."""
    per = _counted_for(of, stated, assertion)
    if is_proportion(stated) and all(exact(term, term.unit) for term in (of, to, stated)):
        # Both are read as so many of the second to one of the first, whichever the claim names first.
        value, printed = exact(of, of.unit) / exact(to, to.unit), exact(stated, stated.unit)
        if _apart(1 / value, printed) < _apart(value, printed):
            return Quotient(to, of, per)
    return Quotient(of, to, per)


def _apart(one: Fraction, other: Fraction) -> Fraction:
    return max(one / other, other / one)


def _counted_for(of: Operand, stated: Operand, assertion: Assertion) -> int:
    """Return how many a quotient is counted for: 1000 in 每千名老年人养老床位数 36.1 张, else 1."""
    unit, figure = stated.unit, stated.figure
    if unit is None:
        # A density without a unit of its own counts so many per so many residents.
        return figure.per if figure is not None and figure.indicator.kind == "density" else 1
    if unit.is_scale or "/" in unit.name or is_proportion(stated):
        return 1
    if of.unit is not None and not same_things(of.unit, unit):
        return 1
    printed = [assertion.claim.subject, *([figure.statement.name] if figure is not None else [])]
    return next((per for name in printed if (per := names.counted_per(names.fold(name)))), 1)


def as_one(verdicts: Iterable[Verdict]) -> Iterator[Verdict]:
    """Yield verdicts, those that say the same of the same subject as one: a passage printed twice is wrong once."""
    groups: dict[tuple[object, ...], list[Verdict]] = {}
    for verdict in verdicts:
        if verdict.answer is Answer.FAILS:
            key = (verdict.variant, verdict.severity, tuple(verdict.shown.items()), verdict.steps)
            groups.setdefault(key, []).append(verdict)
        else:
            yield verdict
    for same in groups.values():
        mentions_ = dict.fromkeys(mention for verdict in same for mention in verdict.mentions)
        yield replace(same[0], mentions=tuple(sorted(mentions_, key=lambda mention: (mention.place, mention.id))))


def gap_of(assertion: Assertion) -> tuple[bool, Fraction] | None:
    """Return whether a comparison says that its left value is above its right one, and what one of its `by` is worth.

    None where it states no difference, or one that may be meant in several ways (高于全省10%, of percentages or not).
    """
    left, right, by = (assertion.operands.get(key) for key in ("left", "right", "by"))
    if left is None or right is None or by is None or not (left.is_number and right.is_number and by.is_number):
        return None
    said = standing(assertion.claim.terms["is"].text) if "is" in assertion.claim.terms else None
    upward = {Way.UP: True, Way.DOWN: False}.get(said.way) if said is not None else None
    names = {operand.unit.name if operand.unit is not None else "" for operand in (left, right)}
    densities = any(o.figure is not None and o.figure.indicator.kind == "density" for o in (left, right))
    if upward is None or len(names) > 1 or densities:
        return None
    name = names.pop()
    own = by.unit.name if by.unit is not None else ""
    if own.endswith("百分点"):
        return (upward, Fraction(1, 100)) if name == "%" else None
    if own != name or (by.unit is not None and by.unit.is_scale):
        return None
    return upward, by.unit.factor if by.unit is not None else Fraction(1)
