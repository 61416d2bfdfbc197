"""The only place that turns a relative target into a level: 较2020年提高3个百分点 is the baseline and three points."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import Struct

from planlint import wording
from planlint.amounts import Change, Kind, Number, Operator, Rounding
from planlint.catalogue import Catalogue
from planlint.exact import Fraction
from planlint.facts import Figure, Standing, fit
from planlint.findings import Text
from planlint.intervals import Interval
from planlint.statements import Plan
from planlint.units import UnknownUnit

POINTS = frozenset({"个百分点", "百分点"})
MOST_YEARS = 40
_HUNDREDTH = Fraction(1, 100)
_SWAPPED = {
    Operator.AT_LEAST: Operator.AT_MOST,
    Operator.ABOVE: Operator.BELOW,
    Operator.AT_MOST: Operator.AT_LEAST,
    Operator.BELOW: Operator.ABOVE,
}


class Level(Struct, frozen=True):
    """What a relative target comes to: the baseline times a factor, and so much more. All in the indicator's unit."""

    figure: Figure
    bases: tuple[Figure, ...]
    """The places that print the baseline, all with one value."""
    factor: Fraction
    added: Fraction
    operator: Operator
    """The bound that the level sets: to fall by at least so much is to stay at or below it."""
    step: Text

    @property
    def value(self) -> Fraction:
        """Return the level as if the printed baseline were exact."""
        return self.bases[0].value * self.factor + self.added

    def interval(self, rounding: Rounding) -> Interval:
        """Return the levels that the true baseline may lead to."""
        shift = Interval(self.added, self.added)
        return self.bases[0].interval(rounding).times(self.factor) + shift


class Unresolved(Struct, frozen=True):
    """Why a relative target comes to no level. `is_without_base` says that the plan prints no baseline for it."""

    because: Text
    is_without_base: bool = False


def is_relative(figure: Figure) -> bool:
    """Tell whether a figure is a target that names a change; the growth of something is a level of its own."""
    return figure.amount.change is not None and figure.standing is Standing.TARGET and figure.indicator.kind != "growth"


def base_year(figures: Sequence[Figure], target_year: int, plan_baseline: int) -> int | None:
    """Return the year a target starts from: the latest baseline before it, else the plan's base year."""
    years = [f.year for f in figures if f.role == "baseline" and f.year < target_year and f.measure is not None]
    if years:
        return max(years)
    return plan_baseline if plan_baseline < target_year else None


def resolve(figure: Figure, topic: Sequence[Figure], plan: Plan, catalogue: Catalogue) -> Level | Unresolved:
    """Return the level of a relative target; `topic` are the figures that may be its baseline."""
    change = figure.amount.change
    if change is None:
        raise ValueError(f"{figure.id} names no change")
    year = change.base_year or base_year(topic, figure.year, plan.baseline)
    bases = _bases(figure, topic, year) if year is not None and year < figure.year else []
    if not bases or year is None:
        when = Text(f"{year}年", f" of {year}") if year is not None else Text("", "")
        if any(f.standing is Standing.REPORTED and f.year == year and f.is_measured for f in topic):
            return Unresolved(Text("基期印的不是一个确定的值", "the baseline is printed as a bound or a range"))
        return Unresolved(Text(f"没有印出{when.zh}的基期值", f"no baseline{when.en} is printed"), is_without_base=True)
    if len({base.value for base in bases}) > 1:
        return Unresolved(Text("基期印了不止一个值", "the baseline is printed with more than one value"))
    if change.yearly and change.base_year is None and year != plan.baseline:
        return Unresolved(Text("没有说明从哪一年起逐年计算", "it is not said from which year the years are counted"))
    years = figure.year - year if change.yearly else 1
    shift = _shift(figure, change, years, catalogue)
    if isinstance(shift, Text):
        return Unresolved(shift)
    operator = figure.amount.operator
    if not change.upward:
        operator = _SWAPPED.get(operator, operator)
    return Level(figure, tuple(bases), shift.factor, shift.added, operator, _step(bases[0], shift))


def _bases(figure: Figure, topic: Sequence[Figure], year: int) -> list[Figure]:
    """Return what is reported for a year: in the table of the target, else as a baseline, else anywhere."""
    reported = [
        f
        for f in topic
        if f.standing is Standing.REPORTED
        and f.year == year
        and f.is_measured
        and f.amount.kind is Kind.VALUE
        and f.amount.operator is Operator.NONE
        and not f.statement.months
    ]
    table = figure.statement.table
    row = [f for f in reported if table and f.statement.table == table]
    return row or [f for f in reported if f.role == "baseline"] or reported


class _Shift(Struct, frozen=True):
    factor: Fraction
    added: Fraction
    shown: str
    """The arithmetic behind the baseline, ready to be shown."""


def _shift(figure: Figure, change: Change, years: int, catalogue: Catalogue) -> _Shift | Text:
    """Return what a change does to its baseline, or why that cannot be told."""
    if years > MOST_YEARS:
        return Text("相隔的年数太多", "too many years lie between")
    if change.factor is not None:
        return _Shift(change.factor, Fraction(0), f" × {wording.number(change.factor)}")
    number = figure.amount.number
    if number is None:
        return Text("没有印出变化的幅度", "it is not said by how much")
    part = _part(figure, change, number, catalogue)
    if isinstance(part, Text):
        return part
    sign, mark = (1, "+") if change.upward else (-1, "−")
    if part is not None:
        once = 1 + sign * part
        if once < 0:
            return Text("降幅超过百分之百", "it falls by more than the whole")
        raised = f"^{years}" if years > 1 else ""
        shown = f" × (1 {mark} {wording.number(part * 100)}%){raised}"
        return _Shift(once**years, Fraction(0), shown)
    worth = _worth(figure, number, catalogue)
    if isinstance(worth, Text):
        return worth
    shown = f" {mark} {wording.number(worth)}" + (f" × {years}" if years > 1 else "")
    return _Shift(Fraction(1), sign * worth * years, shown)


def _part(figure: Figure, change: Change, number: Number, catalogue: Catalogue) -> Fraction | Text | None:
    """Return the part of the baseline by which it changes; None where the change has the indicator's own unit."""
    unit = figure.amount.unit
    if unit == "倍":
        if not change.upward:
            return Text("“降低几倍”说不清降到多少", "to fall by so many times says no level")
        return number.value
    printed = catalogue.unit(unit) if unit and unit not in POINTS else None
    if printed is None or not printed.is_scale:
        return None
    if printed.name == figure.indicator.unit.name:
        return Text(
            f"“{unit}”是按比例还是按百分点计，没有写明" if unit == "%" else f"“{unit}”是按比例还是按差值计，没有写明",
            f"it is not said whether “{unit}” is a part of the baseline or a difference",
        )
    return number.value * printed.factor


def _worth(figure: Figure, number: Number, catalogue: Catalogue) -> Fraction | Text:
    """Return a change in the indicator's own unit as a number of it."""
    unit, indicator = figure.amount.unit, figure.indicator
    if unit in POINTS:
        if not indicator.unit.is_scale:
            return Text("该指标不以百分比计", "the indicator is no percentage")
        return number.value * _HUNDREDTH / indicator.unit.factor
    if not unit and indicator.unit.is_scale:
        return Text("变化的幅度没有单位", "the change has no unit")
    try:
        factor = fit(indicator, figure.per, catalogue.unit(unit) if unit else None)[1]
    except UnknownUnit:
        factor = None
    if factor is None:
        return Text(f"“{unit}”不是该指标的单位", f"“{unit}” is no unit of the indicator")
    return number.value * factor


def _step(base: Figure, shift: _Shift) -> Text:
    level = wording.in_unit(base.value * shift.factor + shift.added, wording.short_unit(base.indicator.unit))
    shown = f"{wording.number(base.value)}{shift.shown} = {level}"
    return Text(
        f"按{base.year}年基期 {base.mention.text} 计算：{shown}", f"from {base.mention.text} in {base.year}: {shown}"
    )
