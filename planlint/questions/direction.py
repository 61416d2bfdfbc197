"""Does a target go where the plan promises: against its baseline, against the best reported, against its own sign?"""

from __future__ import annotations

from collections.abc import Iterator

from msgspec import Struct

from planlint import wording
from planlint.amounts import KEEP, LIMIT, REACH, Kind, Operator, Rounding
from planlint.exact import Fraction
from planlint.facts import Figure, Standing
from planlint.findings import Severity, Text
from planlint.verdicts import Inquiry, Options, Question, Verdict, fails, name_of, undecided

_STATED = REACH | LIMIT | KEEP


class _Target(Struct, frozen=True):
    """Figures that set one bound for one year."""

    year: int
    bound: Fraction
    figures: list[Figure]

    @property
    def is_stated(self) -> bool:
        """Tell whether a sign or a word makes the number a bound; a bare number may be a forecast."""
        return any(
            figure.amount.operator is not Operator.NONE or figure.amount.words & _STATED for figure in self.figures
        )

    @property
    def is_kept(self) -> bool:
        """Tell whether the plan says that a level is to be kept, not raised (保持在90%以上)."""
        return any(
            figure.amount.words & KEEP
            or any(word in figure.statement.quote for word in ("保持", "稳定", "巩固", "维持"))
            for figure in self.figures
        )


def _targets(figures: list[Figure], polarity: str) -> list[_Target]:
    """Return the targets of a topic whose sign agrees with the indicator's polarity."""
    found: list[_Target] = []
    for figure in figures:
        if figure.standing is not Standing.TARGET or not figure.is_measured:
            continue
        operator = figure.amount.operator
        if operator.is_ceiling if polarity == "higher" else operator.is_floor:
            continue
        upper = figure.upper
        bound = upper if polarity == "lower" and upper is not None else figure.value
        same = next((t for t in found if t.year == figure.year and t.bound == bound), None)
        if same is not None:
            same.figures.append(figure)
        else:
            found.append(_Target(figure.year, bound, [figure]))
    return sorted(found, key=lambda target: (target.year, target.bound)) if len(found) > 1 else found


def _base_year(figures: list[Figure], target_year: int, plan_baseline: int) -> int | None:
    """Return the year a target starts from: the latest baseline before it, else the plan's base year."""
    years = [f.year for f in figures if f.role == "baseline" and f.year < target_year and f.is_measured]
    if years:
        return max(years)
    return plan_baseline if plan_baseline < target_year else None


def _worse(bound: Fraction, figure: Figure, polarity: str) -> bool:
    """Tell whether a bound allows what is worse than a reported figure, however that one was rounded."""
    if bound >= figure.value if polarity == "higher" else bound <= figure.value:
        return False
    reached = figure.interval(Rounding.LOOSE)
    if polarity == "higher":
        return reached.low is not None and (bound < reached.low or (bound == reached.low and reached.low_open))
    return reached.high is not None and (bound > reached.high or (bound == reached.high and reached.high_open))


def _best_possible(figure: Figure, polarity: str) -> bool:
    """Tell whether a figure stands at the best value there can be (100 %, 0)."""
    low, high = figure.indicator.bounds
    return figure.value == (high if polarity == "higher" else low)


class _Subject(Struct, frozen=True):
    """A target with what was reached in the year it starts from: in its own table, and elsewhere."""

    target: _Target
    polarity: str
    baselines: list[Figure]
    others: list[Figure]

    @property
    def worse_than_base(self) -> list[Figure]:
        """Return the baselines that the target falls behind."""
        return [f for f in self.baselines if _worse(self.target.bound, f, self.polarity)]


def _subjects(inquiry: Inquiry) -> list[_Subject]:
    """Return every target of the planned period whose indicator has a direction."""
    plan = inquiry.facts.plan
    subjects = []
    for all_figures in inquiry.facts.by_topic.values():
        polarity = all_figures[0].indicator.polarity
        if polarity not in ("higher", "lower"):
            continue
        if not any(figure.standing is Standing.TARGET for figure in all_figures):
            continue
        figures = inquiry.usable(all_figures)
        for target in _targets(figures, polarity):
            # A target before the period is a goal of the last plan, reported as history.
            year = _base_year(figures, target.year, plan.baseline) if target.year >= plan.period.first else None
            if year is None:
                continue
            reported = [
                f
                for f in figures
                if f.year == year and f.standing is Standing.REPORTED and f.is_measured and f.amount.kind is Kind.VALUE
            ]
            baselines = [f for f in reported if f.role == "baseline"]
            subjects.append(_Subject(target, polarity, baselines, [f for f in reported if f.role != "baseline"]))
    return subjects


def ask_direction(inquiry: Inquiry, options: Options) -> Iterator[Verdict]:
    """Put the question to every target of an indicator that has a direction."""
    against, equal = options.choices["against"], options.choices["when"] == "equal"
    for subject in inquiry.once(_subjects):
        target, polarity = subject.target, subject.polarity
        if equal:
            yield from _no_progress(target, subject.baselines or subject.others, polarity)
        elif against == "baseline":
            if not subject.baselines:
                yield undecided(target.figures, Text("没有印出基期值", "no baseline is printed"))
            elif worse := subject.worse_than_base:
                yield _finding(target, worse, polarity, options.severity)
        elif not subject.worse_than_base:
            worse = [f for f in subject.others if _worse(target.bound, f, polarity)]
            if worse:
                best = (max if polarity == "higher" else min)(f.value for f in worse)
                yield _finding(target, [f for f in worse if f.value == best], polarity, options.severity)


def _finding(target: _Target, reached: list[Figure], polarity: str, severity: Severity) -> Verdict:
    first, best = target.figures[0], reached[0]
    gap = wording.difference(abs(target.bound - best.value), first.indicator.unit)
    if not target.is_stated:
        severity = severity.milder()
    elif target.is_kept or any(f.amount.hedge for f in (*target.figures, *reached)) or _best_possible(best, polarity):
        # Nobody can promise that no mother will die: a ceiling above zero is no more than a warning.
        severity = severity.milder()
    word = Text("低", "lower") if polarity == "higher" else Text("高", "higher")
    better = Text("越高越好", "higher is better") if polarity == "higher" else Text("越低越好", "lower is better")
    sign = "<" if polarity == "higher" else ">"
    interval = best.interval(Rounding.NEAREST)
    bound, value = wording.number(target.bound), wording.number(best.value)
    steps = (
        Text(
            f"{bound} {sign} {value}（{best.mention.text} 按四舍五入在 {wording.span(interval)} 之内），"
            f"差 {gap.zh}；该指标{better.zh}",
            f"{bound} {sign} {value} ({best.mention.text} stands for {wording.span(interval)}), "
            f"a gap of {gap.en}; for this indicator {better.en}",
        ),
    )
    shown: dict[str, str | Text] = {
        "name": name_of(first),
        "target": first.mention.text,
        "target_year": str(target.year),
        "reached": best.mention.text,
        "reached_year": str(best.year),
        "gap": gap,
        "lower": word,
    }
    return fails([*target.figures, *reached], shown, steps, severity=severity)


def _no_progress(target: _Target, reached: list[Figure], polarity: str) -> Iterator[Verdict]:
    if any(f.amount.operator in (Operator.ABOVE, Operator.BELOW) or f.amount.words & KEEP for f in target.figures):
        return
    equal = [f for f in reached if f.value == target.bound and f.amount.operator is Operator.NONE]
    if not equal or _best_possible(equal[0], polarity):
        return
    first = target.figures[0]
    same = f"{wording.number(target.bound)} = {wording.number(equal[0].value)}"
    yield fails(
        [*target.figures, *equal],
        {
            "name": name_of(first),
            "target": first.mention.text,
            "target_year": str(target.year),
            "reached": equal[0].mention.text,
            "reached_year": str(equal[0].year),
        },
        (Text(same, same),),
    )


def ask_operator(inquiry: Inquiry, options: Options) -> Iterator[Verdict]:
    """Ask whether the sign of a target contradicts the direction in which the indicator improves."""
    for all_figures in inquiry.facts.by_topic.values():
        polarity = all_figures[0].indicator.polarity
        if polarity not in ("higher", "lower"):
            continue
        groups: dict[tuple[int, Fraction], list[Figure]] = {}
        for figure in inquiry.usable(all_figures):
            operator = figure.amount.operator
            wrong = operator.is_ceiling if polarity == "higher" else operator.is_floor
            if wrong and figure.standing is Standing.TARGET and figure.is_measured:
                groups.setdefault((figure.year, figure.value), []).append(figure)
        for (year, bound), figures in groups.items():
            yield _against(figures, year, bound, all_figures, options.severity, inquiry.facts.plan.baseline)


def _against(
    figures: list[Figure], year: int, bound: Fraction, topic: list[Figure], severity: Severity, plan_baseline: int
) -> Verdict:
    first = figures[0]
    higher = first.indicator.polarity == "higher"
    base_year = _base_year(topic, year, plan_baseline)
    reported = [f for f in topic if f.standing is Standing.REPORTED and f.year == base_year and f.is_measured]
    reported = [f for f in reported if f.amount.kind is Kind.VALUE]
    improving = [f for f in reported if (bound >= f.value if higher else bound <= f.value)]
    # A ceiling below what was reached is a deliberate cut, and a reviewer will ask; one above it bounds nothing.
    if not improving:
        severity = severity.milder()
    steps = tuple(
        Text(
            f"{f.year}年为 {f.mention.text}；“{first.mention.text}”连 {f.mention.text} 也满足，等于没有目标",
            f"{f.mention.text} in {f.year} already satisfies “{first.mention.text}”: the target asks for nothing",
        )
        for f in improving[:1]
    )
    expected = "≥" if higher else "≤"
    shown: dict[str, str | Text] = {
        "name": name_of(first),
        "target": first.mention.text,
        "target_year": str(year),
        "better": Text("越高越好", "higher is better") if higher else Text("越低越好", "lower is better"),
        "expected": expected,
    }
    return fails([*figures, *improving], shown, steps, severity=severity, spoiled=tuple(figures))


_SHOWN = frozenset({"name", "target", "target_year", "reached", "reached_year"})
DIRECTION = Question(
    {"against": ("baseline", "reported"), "when": ("worse", "equal")},
    {"message": _SHOWN | {"gap", "lower"}},
    ask_direction,
)
OPERATOR = Question({}, {"message": frozenset({"name", "target", "target_year", "better", "expected"})}, ask_operator)
