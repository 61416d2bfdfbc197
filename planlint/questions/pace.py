"""Is a plan to go forward at quite another pace than the period before it?"""

from __future__ import annotations

from collections.abc import Iterator

from msgspec import Struct

from planlint import wording
from planlint.amounts import Operator, Rounding
from planlint.exact import Fraction
from planlint.facts import Figure
from planlint.findings import Text
from planlint.intervals import Interval
from planlint.questions.targets import Subject, Target, reported_in, subjects
from planlint.units import Unit
from planlint.verdicts import Inquiry, Options, Question, Verdict, fails, name_of, undecided

KINDS = frozenset({"density", "share", "rate", "duration"})
MOST = Fraction(3)
"""Two paces of which neither is more than three times the other are alike."""
LEAST_SPAN = 3
LEAST_CHANGE = Fraction(1, 20)
LEAST_STEPS = 20
"""A last change of less than a twentieth, or of fewer than twenty units of the last digit, tells no pace."""
LOW = Fraction(1, 4)
NEAR_FULL = Fraction(85, 100)


class Path(Struct, frozen=True):
    """One indicator over two periods: where it was, where it is, where it is to go."""

    start: list[Figure]
    base: list[Figure]
    target: Target
    sign: int
    """1 where higher is better, -1 where lower is."""

    @property
    def years(self) -> tuple[int, int]:
        """Return how many years lie behind and ahead."""
        return self.base[0].year - self.start[0].year, self.target.year - self.base[0].year

    def paces(self) -> tuple[Fraction, Fraction]:
        """Return by how much it got better a year, and is to get better, by the printed numbers."""
        behind, ahead = self.years
        base = self.base[0].value
        return (
            self.sign * (base - self.start[0].value) / behind,
            self.sign * (self.target.bound - base) / ahead,
        )

    def ratios(self) -> list[Interval] | None:
        """Return the planned pace by the last one, in numbers and in parts of where each period began."""
        behind, ahead = self.years
        start, base = (figures[0].interval(Rounding.LOOSE) for figures in (self.start, self.base))
        bound = Interval(self.target.bound, self.target.bound)
        try:
            last = (base - start).times(Fraction(self.sign, behind))
            planned = (bound - base).times(Fraction(self.sign, ahead))
            plain = planned / last
            return [plain, plain * start / base]
        except ZeroDivisionError:
            return None


def ask_pace(inquiry: Inquiry, options: Options) -> Iterator[Verdict]:
    """Put the question to every target whose indicator is printed for the period before, too."""
    unknown: list[Figure] = []
    for subject, base, start in _periods(inquiry):
        if not start:
            unknown.extend(subject.target.figures)
            continue
        path = Path(start, base, subject.target, 1 if subject.polarity == "higher" else -1)
        if not _is_blunt(path):
            yield from _judge(path)
    if unknown:
        yield undecided(
            unknown, Text("没有印出上一规划期期初的值", "no value from the start of the last period is printed")
        )


def paths(inquiry: Inquiry) -> Iterator[Path]:
    """Yield every indicator whose pace over two periods can be compared."""
    for subject, base, start in _periods(inquiry):
        path = Path(start, base, subject.target, 1 if subject.polarity == "higher" else -1) if start else None
        if path is not None and not _is_blunt(path):
            yield path


def _periods(inquiry: Inquiry) -> Iterator[tuple[Subject, list[Figure], list[Figure]]]:
    """Yield what is to improve with its baseline and what was reported a period earlier, if anything was."""
    last: dict[tuple[object, ...], Subject] = {}
    last_year = inquiry.facts.plan.period.last
    for subject in inquiry.once(subjects):
        # Of several targets the last year counts, and of that year the boldest.
        # An outlook beyond the period tells nothing of the pace within it.
        target = subject.target
        if target.year > last_year:
            continue
        first = target.figures[0]
        if first.indicator.kind in KINDS and target.level is None:
            last[first.topic, subject.polarity] = subject
    for subject in last.values():
        base = _one_value(subject.baselines or subject.others)
        if base and _improves(subject, base[0]):
            yield subject, base, _start(subject, base[0], inquiry)


def _one_value(figures: list[Figure]) -> list[Figure]:
    """Return figures that all have one plain value, none where they have several."""
    plain = [f for f in figures if f.amount.operator is Operator.NONE and f.amount.hedge is None]
    return plain if len(plain) < 2 or len({f.value for f in plain}) == 1 else []


def _improves(subject: Subject, base: Figure) -> bool:
    bound = subject.target.bound
    if not (bound > base.value if subject.polarity == "higher" else bound < base.value):
        return False
    return not any(figure.amount.hedge for figure in subject.target.figures)


def _start(subject: Subject, base: Figure, inquiry: Inquiry) -> list[Figure]:
    """Return what was reported for the year before the reviewed period, or for its first year."""
    first = inquiry.facts.plan.review.first
    figures = [figure for figure in inquiry.about(base.topic) if figure.year <= first]
    for year in (first - 1, first) if figures else ():
        found = _one_value(reported_in(figures, year)) if base.year - year >= LEAST_SPAN else []
        if found:
            return found
    return []


def _is_blunt(path: Path) -> bool:
    """Tell whether the numbers are too coarse, or too near the end of what is possible, to speak of a pace."""
    start, base = path.start[0], path.base[0]
    change = path.sign * (base.value - start.value)
    step = max(start.amount_step, base.amount_step)
    if start.value <= 0 or base.value <= 0 or change < start.value * LEAST_CHANGE or change < step * LEAST_STEPS:
        return True
    high = base.indicator.bounds[1]
    if path.sign > 0 and base.indicator.unit.name == "%" and high is not None:
        return max(base.value, path.target.bound) > high * NEAR_FULL
    return path.sign < 0 and path.target.bound <= step


def _is_low(path: Path) -> bool:
    """Tell whether a rate that should fall is already so low that it can only fall slowly."""
    low, high = path.base[0].indicator.typical
    if path.sign > 0 or low is None or high is None:
        return False
    return path.base[0].value <= low + (high - low) * LOW


def _judge(path: Path) -> Iterator[Verdict]:
    ratios = path.ratios()
    if ratios is None:
        return
    faster = all(ratio.low is not None and ratio.low > MOST for ratio in ratios)
    slower = all(ratio.high is not None and ratio.high < 1 / MOST for ratio in ratios)
    if not (faster or (slower and not _is_low(path))):
        return
    first, base, start = path.target.figures[0], path.base[0], path.start[0]
    last, planned = path.paces()
    unit = first.indicator.unit
    shown: dict[str, str | Text] = {
        "name": name_of(first),
        "start": start.mention.text,
        "start_year": str(start.year),
        "base": base.mention.text,
        "base_year": str(base.year),
        "target": first.mention.text,
        "target_year": str(path.target.year),
        "last": _yearly(last, unit),
        "planned": _yearly(planned, unit),
        "compared": Text("是前者的三倍以上", "more than three times that")
        if faster
        else Text("不到前者的三分之一", "less than a third of that"),
    }
    yield fails([*path.start, *path.base, *path.target.figures], shown, (_step(path, last, planned),))


def _yearly(pace: Fraction, unit: Unit) -> Text:
    shown = Fraction(wording.rounded(pace, 3))
    return wording.difference(shown, unit)


def _step(path: Path, last: Fraction, planned: Fraction) -> Text:
    behind, ahead = path.years
    a, b, c = (wording.number(n) for n in (path.start[0].value, path.base[0].value, path.target.bound))
    first = f"({b} − {a}) ÷ {behind} = {wording.rounded(last * path.sign, 3)}"
    second = f"({c} − {b}) ÷ {ahead} = {wording.rounded(planned * path.sign, 3)}"
    return Text(f"每年：{first}；{second}", f"a year: {first}; {second}")


PACE = Question(
    {},
    {
        "message": frozenset(
            {
                "name",
                "start",
                "start_year",
                "base",
                "base_year",
                "target",
                "target_year",
                "last",
                "planned",
                "compared",
            }
        )
    },
    ask_pace,
)
