"""What a stated change claims: from, to, by how much, each year or in all, and every way to read it."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec import Struct
from msgspec.structs import replace

from planlint.amounts import Amount, Kind, Operator, Rounding, measured
from planlint.exact import Fraction
from planlint.facts import Assertion, Operand
from planlint.intervals import Interval, point
from planlint.questions import claims
from planlint.units import Unit, is_counter

MAX_YEARS = 100
POINTS = "百分点"
_RISES = ("提高", "提升", "增", "升", "上涨", "扩大", "延长")
_FALLS = ("下降", "降", "减", "缩", "跌", "压")


class Change(Struct, frozen=True):
    """A change with its two values and what is said of the difference; `years` are the lengths that 年均 may mean."""

    assertion: Assertion
    start: Operand
    end: Operand
    by: Operand
    number: Amount
    yearly: bool
    years: tuple[int, ...]
    upward: bool | None

    @property
    def operands(self) -> list[Operand]:
        """Return the terms of the claim."""
        return [self.start, self.end, self.by]

    @property
    def directions(self) -> tuple[bool, ...]:
        """Return the directions that the words allow: upward is true."""
        return (True, False) if self.upward is None else (self.upward,)

    @property
    def is_share(self) -> bool:
        """Tell whether both values are percentages, so that a difference of them is one of points."""
        return all(term.unit is not None and term.unit.is_scale for term in (self.start, self.end))

    def step(self, rounding: Rounding) -> Interval:
        """Return by how much, in the unit in which it was printed."""
        unit = self.by.unit
        return measured(self.number, rounding, exact=unit is None or is_counter(unit))


class Reading(Struct, frozen=True):
    """One way to understand a change: the values that the end may have then, in base units."""

    kind: str
    """points, growth, mean, factor, times, difference."""
    change: Change

    def fits(self, rounding: Rounding) -> bool:
        """Tell whether the end that is printed is one that follows from the start."""
        end, start = self.change.end.interval(rounding), self.change.start.interval(rounding)
        return any(
            self.end(start, self.change.step(rounding), years, upward=upward).meets(end)
            for years in self.change.years or (1,)
            for upward in self.change.directions
        )

    def end(self, start: Interval, step: Interval, years: int, *, upward: bool) -> Interval:
        """Return where a start leads, by so much, in so many years."""
        many = years if self.change.yearly else 1
        if self.kind in ("points", "difference"):
            whole = step.times(self._worth() * many)
            return start + whole if upward else start - whole
        rate = step.times(self._worth())
        if self.kind == "times":
            return start * rate
        if self.kind == "mean":
            rate, many = rate.times(many), 1
        base = point(1) + rate if upward else point(1) - rate
        return start * _power(base, many)

    def _worth(self) -> Fraction:
        unit = self.change.by.unit
        if self.kind == "points":
            return Fraction(1, 100)
        if unit is None:
            known = self.change.start.unit or self.change.end.unit
            return known.factor if known is not None else Fraction(1)
        whole = self.change.start.unit
        if whole is not None and "/" in whole.name and whole.name.partition("/")[0] == unit.name:
            return whole.factor
        return unit.factor


def change_of(assertion: Assertion) -> Change | None:
    """Return the change that a claim states in numbers, None where a term is missing or no number."""
    start, end, by = (assertion.operands.get(key) for key in ("from", "to", "by"))
    if start is None or end is None or by is None or not (start.is_number and end.is_number):
        return None
    number = stated_number(by)
    if number is None:
        return None
    verb = assertion.claim.terms["verb"].text if "verb" in assertion.claim.terms else ""
    said = verb + by.amount.text
    change = by.amount.change
    yearly = "年均" in said or "每年" in said or (change is not None and change.yearly)
    return Change(assertion, start, end, by, number, yearly, _years(assertion, start, end), _upward(by, verb))


def stated_number(by: Operand) -> Amount | None:
    """Return by how much as a plain amount, None for words and for 翻番."""
    amount = by.amount
    if amount.number is None:
        return None
    return replace(amount, kind=Kind.VALUE, change=None)


def _upward(by: Operand, verb: str) -> bool | None:
    """Return whether a rise is stated, None where nothing says."""
    if by.amount.change is not None:
        return by.amount.change.upward
    rises, falls = (any(word in verb for word in words) for words in (_RISES, _FALLS))
    return rises if rises != falls else None


def _years(assertion: Assertion, start: Operand, end: Operand) -> tuple[int, ...]:
    """Return the number of years a change took; 2016—2020 may be four steps or five."""
    stated = assertion.operands.get("years")
    if stated is not None and stated.amount.number is not None:
        low, high = stated.amount.number.value, stated.amount.upper
        if high is None:
            years = [int(low)]
        else:
            steps = int(high.value - low)
            years = [steps, steps + 1] if low > 1900 else list(range(int(low), int(high.value) + 1))
    elif start.figure is not None and end.figure is not None:
        years = [end.figure.year - start.figure.year]
    else:
        return ()
    return tuple(n for n in years if 0 < n <= MAX_YEARS)[:MAX_YEARS]


def readings(change: Change) -> Iterator[Reading]:
    """Yield every way to understand a change, the literal one first; none where the units do not suit."""
    unit = change.by.unit
    if unit is not None and unit.name == POINTS:
        if change.is_share:
            yield Reading("points", change)
    elif unit is not None and unit.name == "倍":
        yield Reading("growth", change)
        if not change.yearly:
            # 增长到2倍 and 增长了2倍 are written for each other.
            yield Reading("times", change)
    elif unit is not None and unit.is_scale:
        yield Reading("growth", change)
        if change.yearly:
            yield Reading("mean", change)
    elif _same(unit, change) or _is_numerator(unit, change):
        yield Reading("difference", change)


def _same(unit: Unit | None, change: Change) -> bool:
    """Tell whether a difference is printed in the unit of the values, or in none."""
    return claims.alike([change.start, change.end, change.by]) and (unit is None or not unit.is_scale)


def _is_numerator(unit: Unit | None, change: Change) -> bool:
    """Tell whether a difference has the upper unit of the values: 4500元/年 and 6600元/年 are 2100元 apart."""
    both = {term.unit.name for term in (change.start, change.end) if term.unit is not None}
    return unit is not None and len(both) == 1 and next(iter(both)).partition("/")[0] == unit.name


def points_meant(change: Change) -> bool:
    """Tell whether a rise of a percentage is printed in % and only comes out in points."""
    return points_fit(change) and not Reading("growth", change).fits(Rounding.LOOSE)


def points_fit(change: Change) -> bool:
    """Tell whether a change of a percentage that is printed in % comes out in points."""
    names = {term.unit.name if term.unit is not None else "" for term in change.operands}
    plain = names == {"%"} and change.number.operator is Operator.NONE
    return plain and Reading("points", change).fits(Rounding.NEAREST)


def levels_agree(change: Change) -> bool:
    """Tell whether the two values can be subtracted: one dimension, and one scale where a density is meant."""
    if not claims.alike([change.start, change.end]):
        return False
    figures = [term.figure for term in (change.start, change.end)]
    densities = [figure for figure in figures if figure is not None and figure.indicator.kind == "density"]
    return not densities or len({(f.indicator.key, f.factor) if f is not None else None for f in figures}) == 1


def _power(base: Interval, exponent: int) -> Interval:
    """Return a power of an interval that is not below zero; what lies below is cut off."""
    low = max(base.low, Fraction(0)) if base.low is not None else Fraction(0)
    high = None if base.high is None else max(base.high, Fraction(0)) ** exponent
    if high is not None and low**exponent == high:
        return point(high)
    return Interval(low**exponent, high, base.low_open and low == base.low, base.high_open and high is not None)
