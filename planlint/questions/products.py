"""Do the products that a plan states come out (births times years, cost of one times how many)?"""

from __future__ import annotations

from collections.abc import Iterator

from planlint import wording
from planlint.amounts import Rounding, measured
from planlint.exact import Fraction
from planlint.facts import Assertion, Operand
from planlint.findings import Severity, Text
from planlint.formula import combine
from planlint.intervals import Interval, point
from planlint.questions import claims
from planlint.units import Dimension
from planlint.verdicts import Answer, Inquiry, Options, Question, Verdict, first_rounding

_PEOPLE = {"person": "resident", "birth": "resident"}
"""People are people: 张/千人口 times 万人 are beds."""


def ask_product(inquiry: Inquiry, options: Options) -> Iterator[Verdict]:
    """Put the question to every product whose factors are printed."""
    stated = [a for a in claims.of_kind(inquiry, "product") if a.is_complete]
    yield from claims.as_one(verdict for assertion in stated for verdict in _ask(inquiry, assertion, options))


def _ask(inquiry: Inquiry, assertion: Assertion, options: Options) -> Iterator[Verdict]:
    stated, factors = assertion.operands.get("is"), list(assertion.items)
    if stated is None or not factors or not all(term.is_number for term in (stated, *factors)):
        yield claims.undecided(assertion, "有一项没有印出数字", "one of the terms is not printed as a number")
    elif not claims.spoiled(inquiry, [stated, *factors]):
        carriers = carriers_of(stated, factors)
        if carriers is None:
            yield claims.undecided(
                assertion, "各项的单位乘不出结果的单位", "the units of the factors do not give that of the product"
            )
        else:
            yield from _judge(assertion, stated, factors, carriers, options)


def _dimension(term: Operand) -> Dimension:
    """Return what a term is made of; a density counts per resident, whatever counter it was printed with."""
    unit = term.figure.indicator.unit if _is_density(term) and term.figure else term.unit
    powers: dict[str, int] = {}
    for base, power in unit.dimension if unit is not None else ():
        name = _PEOPLE.get(base, base)
        powers[name] = powers.get(name, 0) + power
    return tuple(sorted((base, power) for base, power in powers.items() if power))


def _is_density(term: Operand) -> bool:
    return term.figure is not None and term.figure.indicator.kind == "density" and term.figure.is_measured


def carriers_of(stated: Operand, factors: list[Operand]) -> list[bool] | None:
    """Return which factors keep their units and which only count (30万元 for each of 5 所); None if neither fits."""
    wanted = _dimension(stated)
    dimensions = [_dimension(factor) for factor in factors]
    product: Dimension = ()
    for dimension in dimensions:
        product = combine(product, dimension, 1)
    if product == wanted or stated.unit is None:
        return [product == wanted] * len(factors)
    keeping = [dimension == wanted for dimension in dimensions]
    # Scales keep their worth, and what is counted one by one is a plain number.
    if sum(keeping) != 1:
        return None
    return [keeps or not dimension for keeps, dimension in zip(keeping, dimensions, strict=True)]


def _of(term: Operand, rounding: Rounding, *, keeps: bool) -> Interval:
    figure = term.figure
    if figure is not None and _is_density(term) and keeps:
        return figure.interval(rounding).times(figure.indicator.unit.factor)
    if keeps:
        return term.interval(rounding)
    # Five years are five times, as five institutions are: whole, and printed in ones.
    return measured(term.amount, rounding, exact=True)


def _judge(
    assertion: Assertion, stated: Operand, factors: list[Operand], carriers: list[bool], options: Options
) -> Iterator[Verdict]:
    def follows(rounding: Rounding) -> bool:
        product = point(1)
        for factor, keeps in zip(factors, carriers, strict=True):
            product = product * _of(factor, rounding, keeps=keeps)
        return product.meets(stated.interval(rounding))

    tier = first_rounding(follows)
    if tier is Rounding.NEAREST:
        return
    product = Fraction(1)
    for factor, keeps in zip(factors, carriers, strict=True):
        product *= _number(factor, keeps=keeps)
    unit = stated.unit
    name = wording.short_unit(unit) if unit is not None else ""
    computed = wording.like(_short(product / (unit.factor if unit is not None else 1)), name, stated.amount.text)
    step = f"{' × '.join(factor.amount.text for factor in factors)} = {computed}"
    shown: dict[str, str | Text] = {
        "name": claims.subject(assertion),
        "factors": wording.both_listed([factor.amount.text for factor in factors]),
        "computed": computed,
        "stated": stated.amount.text,
    }
    hedged = claims.hedged([stated, *factors])
    severity = Severity.INFO if tier is not None else options.severity.milder() if hedged else options.severity
    yield Verdict(
        Answer.FAILS,
        claims.mentions(assertion, [stated, *factors]),
        shown,
        (Text(step, step),),
        variant="message" if tier is None else "rounding",
        severity=severity,
    )


def _number(term: Operand, *, keeps: bool) -> Fraction:
    figure = term.figure
    if figure is not None and _is_density(term) and keeps:
        return figure.value * figure.indicator.unit.factor
    exact = claims.exact(term, term.unit)
    return exact if keeps or term.unit is None else exact / term.unit.factor


def _short(value: Fraction) -> Fraction:
    """Return a number to five significant digits, for show only."""
    return wording.few(value) if value.denominator > 1 else value


_SHOWN = frozenset({"name", "factors", "computed", "stated"})
PRODUCT = Question({}, {"message": _SHOWN, "rounding": _SHOWN}, ask_product)
