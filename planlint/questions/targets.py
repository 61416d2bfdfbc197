"""The only place for targets and what was reached before them: which bound is set, and what it must not fall behind."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import Struct

from planlint.amounts import KEEP, LIMIT, REACH, Hedge, Kind, Operator, Rounding
from planlint.exact import Fraction
from planlint.facts import Figure, Standing
from planlint.patterns import pattern
from planlint.questions.relative import Level, base_year, is_relative, resolve
from planlint.questions.strands import targets
from planlint.verdicts import Inquiry

_REPORTED, _TARGET = Standing.REPORTED, Standing.TARGET
_VALUE = Kind.VALUE
_STATED = REACH | LIMIT | KEEP
_KEPT = ("保持", "稳定", "巩固", "维持")
_RISE = pattern(r"(提高|提升|上升|增长|增加|扩大|升|增)(?:并(?:保持|稳定|巩固|维持)在|到|至)")
_FALL = pattern(r"(下降|降低|减少|缩短|压减|压缩|降)(?:并(?:保持|稳定|巩固|维持|控制)在|到|至)")


class Target(Struct, frozen=True):
    """Figures that set one bound for one year. `level` is set where a relative target comes to the bound."""

    year: int
    bound: Fraction
    lenient: Fraction
    """The bound at its most ambitious: that of a relative target is as uncertain as its baseline, 左右 leaves room."""
    figures: list[Figure]
    level: Level | None = None

    @property
    def is_stated(self) -> bool:
        """Tell whether a sign or a word makes the number a bound; a bare number may be a forecast."""
        return self.level is not None or any(
            figure.amount.operator is not Operator.NONE or figure.amount.words & _STATED for figure in self.figures
        )

    @property
    def is_kept(self) -> bool:
        """Tell whether the plan says that a level is to be kept, not raised (保持在90%以上)."""
        return any(
            figure.amount.words & KEEP or any(word in figure.statement.quote for word in _KEPT)
            for figure in self.figures
        )

    def promise(self, polarity: str) -> str:
        """Return the word by which the plan promises to do better than before (提高到), nothing where there is none."""
        shape = _RISE if polarity == "higher" else _FALL
        texts = (text for figure in self.figures for text in (figure.statement.text, figure.statement.quote))
        return next((found[1] for text in texts if (found := shape.search(text))), "")


class Subject(Struct, frozen=True):
    """A target with what was reached in the year it starts from: in its own table, and elsewhere."""

    target: Target
    polarity: str
    baselines: list[Figure]
    others: list[Figure]
    blanks: list[Figure]
    """Places of that year where no number is printed."""
    later: list[Figure]
    """What was reached since, where the plan reports it: by a review half-way, or in a plan signed late."""
    worse_than_base: list[Figure]
    """The baselines that the target falls behind."""


def best_possible(figure: Figure, polarity: str) -> bool:
    """Tell whether a figure stands at the best value there can be (100 %, 0)."""
    low, high = figure.indicator.bounds
    return figure.value == (high if polarity == "higher" else low)


def is_worse(target: Target, figure: Figure, polarity: str) -> bool:
    """Tell whether a target allows what is worse than a reported figure, however that one was rounded."""
    bound = target.lenient
    if bound >= figure.value if polarity == "higher" else bound <= figure.value:
        return False
    reached = figure.interval(Rounding.LOOSE)
    if polarity == "higher":
        return reached.low is not None and (bound < reached.low or (bound == reached.low and reached.low_open))
    return reached.high is not None and (bound > reached.high or (bound == reached.high and reached.high_open))


def reported_of(figures: Sequence[Figure]) -> list[Figure]:
    """Return the figures that report one number."""
    return [f for f in figures if f.standing is _REPORTED and f.measure is not None and f.amount.kind is _VALUE]


def reported_in(figures: Sequence[Figure], year: int) -> list[Figure]:
    """Return the figures that report one number for a year."""
    return [f for f in reported_of(figures) if f.year == year]


def targets_of(figures: list[Figure], polarity: str, inquiry: Inquiry) -> list[Target]:
    """Return the targets of a topic whose sign agrees with the indicator's polarity."""
    found: list[Target] = []
    for figure in figures:
        if figure.standing is not _TARGET:
            continue
        if figure.measure is not None:
            _enter(figure, polarity, found)
        elif is_relative(figure):
            level = resolve(figure, figures, inquiry.facts.plan, inquiry.facts.catalogue)
            if isinstance(level, Level) and not _opposes(level.operator, polarity):
                found.append(Target(figure.year, level.value, _lenient(level, polarity), [figure], level))
    return sorted(found, key=lambda target: (target.year, target.bound)) if len(found) > 1 else found


def _enter(figure: Figure, polarity: str, found: list[Target]) -> None:
    """Add a target with a number to those that set the same bound."""
    amount, value = figure.amount, figure.value
    if _opposes(amount.operator, polarity):
        return
    upper = figure.upper if amount.upper is not None else None
    bound = upper if polarity == "lower" and upper is not None else value
    for same in found:
        if same.year == figure.year and same.bound == bound and same.level is None:
            same.figures.append(figure)
            break
    else:
        # A range is behind only where both of its ends are.
        lenient = bound if upper is None else (upper if polarity == "higher" else value)
        if amount.hedge is Hedge.ABOUT:
            # 20左右 is met by 19 as well: what was reached within one unit of its last digit is not given up.
            step = figure.amount_step
            lenient = bound + step if polarity == "higher" else bound - step
        found.append(Target(figure.year, bound, lenient, [figure]))


def _opposes(operator: Operator, polarity: str) -> bool:
    return operator.is_ceiling if polarity == "higher" else operator.is_floor


def _lenient(level: Level, polarity: str) -> Fraction:
    """Return the most ambitious level that the true baseline may lead to."""
    interval = level.interval(Rounding.LOOSE)
    end = interval.high if polarity == "higher" else interval.low
    return level.value if end is None else end


def subjects(inquiry: Inquiry) -> list[Subject]:
    """Return every target of the planned period whose indicator has a direction."""
    plan = inquiry.facts.plan
    found = []
    for strand in targets(inquiry):
        all_figures = strand.every
        polarity = all_figures[0].indicator.polarity
        if polarity not in ("higher", "lower"):
            polarity = _promised(all_figures)
            if not polarity:
                continue
        figures = inquiry.usable(all_figures)
        for target in targets_of(figures, polarity, inquiry):
            # A target before the period is a goal of the last plan, reported as history.
            year = base_year(figures, target.year, plan.baseline) if target.year >= plan.period.first else None
            if year is None:
                continue
            found.append(_subject(target, polarity, figures, year))
    return found


def _subject(target: Target, polarity: str, figures: list[Figure], year: int) -> Subject:
    """Return a target with what a topic reports for the year that it starts from, and since."""
    baselines: list[Figure] = []
    others: list[Figure] = []
    later: list[Figure] = []
    for figure in reported_of(figures):
        if figure.year == year:
            (baselines if figure.role == "baseline" else others).append(figure)
        elif year < figure.year < target.year:
            later.append(figure)
    later.sort(key=lambda figure: figure.year)
    worse = [figure for figure in baselines if is_worse(target, figure, polarity)]
    return Subject(target, polarity, baselines, others, _blanks(figures, year), later, worse)


def _promised(figures: list[Figure]) -> str:
    """Return the direction that the words of a target give an indicator that has none: 下降到46 promises a fall."""
    texts = [f.statement.text for f in figures if f.standing is Standing.TARGET]
    ways = {way for way, shape in (("higher", _RISE), ("lower", _FALL)) if any(shape.search(text) for text in texts)}
    return ways.pop() if len(ways) == 1 else ""


def _blanks(figures: list[Figure], year: int) -> list[Figure]:
    return [
        f
        for f in figures
        if f.measure is None
        and f.year == year
        and f.standing is _REPORTED
        and f.amount.number is None
        and f.amount.change is None
    ]
