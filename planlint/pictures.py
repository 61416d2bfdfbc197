"""What of a finding is clearer as intervals on one line than in words."""

from __future__ import annotations

from msgspec import Struct

from planlint import wording
from planlint.amounts import Kind, Rounding
from planlint.exact import Fraction
from planlint.facts import Assertion, Figure, Standing
from planlint.findings import Text
from planlint.intervals import Interval
from planlint.questions import claims
from planlint.questions.densities import Pair, base_interval


class Bar(Struct, frozen=True):
    """One line of the picture: what implies an interval, and the interval in the unit of the picture."""

    label: str
    text: str
    interval: Interval


class Picture(Struct, frozen=True):
    """Intervals on one scale: they would have to have a number in common."""

    title: Text
    unit: Text
    bars: tuple[Bar, ...]


def people(pair: Pair) -> Interval:
    """Return the population that a density and its count imply."""
    return base_interval(pair.count[0], Rounding.NEAREST) / base_interval(pair.value[0], Rounding.NEAREST)


def of_populations(members: list[Pair]) -> Picture:
    """Return the populations that densities imply, in 万人."""
    bars = [
        Bar(pair.value[0].statement.name, pair.value[0].mention.text, people(pair).times(Fraction(1, 10**4)))
        for pair in members
    ]
    ordered = sorted(bars, key=lambda bar: (bar.interval.low or 0, bar.label))
    return Picture(Text("推算的人口", "Implied population"), Text("万人", "× 10,000 people"), tuple(ordered))


def picture_of(ask: str, figures: list[Figure], assertions: list[Assertion]) -> Picture | None:
    """Return a picture where intervals on one line are clearer than words."""
    if ask == "agreement":
        return _printings(figures)
    if ask == "identity":
        return _per_capita(figures)
    if ask == "ratio" and assertions:
        return _quotient(assertions[0])
    return None


def _printings(figures: list[Figure]) -> Picture | None:
    """Return the values that printings of one figure stand for; counted things need no picture."""
    values: dict[Fraction, Figure] = {}
    for figure in figures:
        if figure.is_measured and figure.standing is Standing.REPORTED and figure.amount.kind is Kind.VALUE:
            values.setdefault(figure.value, figure)
    bars = [Bar(f.statement.name, f.mention.text, f.interval(Rounding.NEAREST)) for f in values.values()]
    rounded = any(bar.interval.low != bar.interval.high for bar in bars)
    if len(bars) < 2 or not rounded or any(None in (bar.interval.low, bar.interval.high) for bar in bars):
        return None
    unit = wording.short_unit(figures[0].indicator.unit)
    ordered = sorted(bars, key=lambda bar: bar.interval.low or 0)
    return Picture(Text("各处的值", "Values printed"), Text(unit, unit), tuple(ordered))


def _per_capita(figures: list[Figure]) -> Picture | None:
    value = next((f for f in figures if f.indicator.numerator), None)
    count = next((f for f in figures if value is not None and f.indicator.key == value.indicator.numerator), None)
    people = next((f for f in figures if f is not value and f is not count), None)
    if value is None or count is None or people is None:
        return None
    try:
        implied = base_interval(count, Rounding.NEAREST) / base_interval(people, Rounding.NEAREST)
    except ZeroDivisionError:
        return None
    unit = value.indicator.unit
    division = f"{count.mention.text} ÷ {people.mention.text}"
    bars = (
        Bar(value.statement.name, value.mention.text, value.interval(Rounding.NEAREST)),
        Bar(division, "", implied.times(1 / unit.factor)),
    )
    return Picture(Text("印出的与推算的", "Printed and implied"), Text(unit.name, unit.name), bars)


def _quotient(assertion: Assertion) -> Picture | None:
    of, to, quotient = (assertion.operands.get(key) for key in ("of", "to", "is"))
    if of is None or to is None or quotient is None or claims.is_proportion(quotient):
        # 1:16.97 and 16.97:1 are far apart on a line and the same in truth.
        return None
    try:
        per = claims.quotient(of, to, quotient, assertion).per
        implied = (of.interval(Rounding.NEAREST) / to.interval(Rounding.NEAREST)).times(Fraction(per))
    except (ZeroDivisionError, ValueError):
        return None
    factor = quotient.unit.factor if quotient.unit is not None else Fraction(1)
    name = quotient.unit.name if quotient.unit is not None else ""
    printed = quotient.interval(Rounding.NEAREST).times(1 / factor)
    bars = (
        Bar(claims.subject(assertion), quotient.amount.text, printed),
        Bar(f"{of.amount.text} ÷ {to.amount.text}", "", implied.times(1 / factor)),
    )
    if any(None in (bar.interval.low, bar.interval.high) for bar in bars):
        return None
    return Picture(Text("印出的与推算的", "Printed and implied"), Text(name, name), bars)
