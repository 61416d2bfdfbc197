"""Does a target go where the plan promises: against its baseline, and against the best value reported?"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from planlint import wording
from planlint.amounts import EACH, KEEP, Operator, Rounding
from planlint.facts import Figure, Topic
from planlint.findings import Severity, Text
from planlint.questions.reasons import reason_for, reason_step
from planlint.questions.targets import Subject, Target, best_possible, is_worse, subjects
from planlint.verdicts import Inquiry, Options, Question, Verdict, fails, name_of, undecided

_NO_BASELINE = Text("没有印出基期值", "no baseline is printed")
_NEAR = 2
"""Times what was reached up to which a ceiling on a rate of deaths or of disease is one that controls it."""
_NO_REPORT = Text("文中没有印出现状的数值", "the text prints no number for what was reached")


def ask_direction(inquiry: Inquiry, options: Options) -> Iterator[Verdict]:
    """Put the question to every target of an indicator that has a direction."""
    against, equal = options.choices["against"], options.choices["when"] == "equal"
    reported: dict[tuple[Topic, tuple[Figure, ...]], int] = {}
    for subject in inquiry.once(subjects):
        if equal:
            yield from _no_progress(subject)
            continue
        behind = _behind_base if against == "baseline" else _behind_report
        for verdict, reached in behind(subject, inquiry, options.severity):
            key = (subject.target.figures[0].topic, tuple(reached))
            # What is said of 2025 need not be said of 2030 again, unless that target is weaker still.
            if not reached or reported.setdefault(key, subject.target.year) == subject.target.year:
                yield verdict


_Found = Iterator[tuple[Verdict, list[Figure]]]


def _behind_base(subject: Subject, inquiry: Inquiry, severity: Severity) -> _Found:
    if not subject.baselines:
        yield undecided(subject.target.figures, _NO_BASELINE), []
    elif worse := subject.worse_than_base:
        yield _finding(subject, worse, inquiry, severity), worse


def _behind_report(subject: Subject, inquiry: Inquiry, severity: Severity) -> _Found:
    if subject.worse_than_base:
        return
    polarity = subject.polarity
    worse = [f for f in (*subject.others, *subject.later) if is_worse(subject.target, f, polarity)]
    if worse:
        best = (max if polarity == "higher" else min)(f.value for f in worse)
        reached = [f for f in worse if f.value == best]
        if all(f in subject.later for f in reached):
            # To be reached before its time is no fault of a target; it may be raised.
            severity = Severity.INFO
        yield _finding(subject, reached, inquiry, severity), reached
    elif not subject.others and (blanks := [f for f in subject.blanks if f.role != "baseline"]):
        yield undecided([*subject.target.figures, *blanks], _NO_REPORT), []


def _severity(subject: Subject, reached: list[Figure], severity: Severity) -> Severity:
    """Return how bad it is to fall behind: the plain severity only where a bound is stated and nothing loosens it."""
    target = subject.target
    if _each(target.figures) and not _each(reached):
        # 95% in every township is more than 95.6% in the county as a whole may be.
        return Severity.INFO
    hedged = any(f.amount.hedge for f in (*target.figures, *reached))
    # 提高到 promises a rise: whoever writes it has not meant to keep a level, nor to leave room.
    promised = bool(target.promise(subject.polarity))
    best = best_possible(reached[0], subject.polarity)
    if subject.polarity == "lower" and reached[0].indicator.kind == "rate" and not promised:
        if best:
            # Nobody can promise that no mother will die: there is no other way to write such a ceiling.
            return Severity.INFO
        # Deaths and diseases of a year are few and go up and down: a ceiling is what must not be passed.
        controlled = target.is_stated and target.bound <= reached[0].value * _NEAR
        return severity.milder() if hedged or controlled or not target.is_stated or target.is_kept else severity
    loose = not target.is_stated or target.is_kept or best
    return severity.milder() if hedged or (loose and not promised) else severity


def _each(figures: Iterable[Figure]) -> bool:
    """Tell whether an amount holds for every township or school by itself."""
    return any(EACH in figure.amount.words for figure in figures)


def _finding(subject: Subject, reached: list[Figure], inquiry: Inquiry, severity: Severity) -> Verdict:
    target, polarity = subject.target, subject.polarity
    first, best = target.figures[0], reached[0]
    severity = _severity(subject, reached, severity)
    reason = reason_for((*target.figures, *reached), inquiry)
    steps = [_comparison(target, best, polarity)]
    if target.level is not None:
        steps.insert(0, target.level.step)
    if reason:
        severity = severity.milder()
        steps.append(reason_step(reason))
    word = target.promise(polarity)
    shown: dict[str, str | Text] = {
        "name": name_of(first),
        "target": first.mention.text,
        "target_year": str(target.year),
        "reached": best.mention.text,
        "reached_year": str(best.year),
        "gap": wording.difference(abs(target.bound - best.value), first.indicator.unit),
        "lower": Text("低", "lower") if polarity == "higher" else Text("高", "higher"),
        "promise": Text(f"；写的是“{word}”", f", though the plan says {word}") if word else Text("", ""),
    }
    figures = [*target.figures, *reached]
    if target.level is not None:
        figures.extend(target.level.bases)
    return fails(figures, shown, tuple(steps), severity=severity)


def _comparison(target: Target, best: Figure, polarity: str) -> Text:
    """Return the step that sets the bound beside what was reached."""
    gap = wording.difference(abs(target.bound - best.value), best.indicator.unit)
    better = Text("越高越好", "higher is better") if polarity == "higher" else Text("越低越好", "lower is better")
    sign = "<" if polarity == "higher" else ">"
    interval = wording.span(best.interval(Rounding.NEAREST))
    bound, value = wording.number(target.bound), wording.number(best.value)
    return Text(
        f"{bound} {sign} {value}（{best.mention.text} 按四舍五入在 {interval} 之内），差 {gap.zh}；该指标{better.zh}",
        f"{bound} {sign} {value} ({best.mention.text} stands for {interval}), "
        f"a gap of {gap.en}; for this indicator {better.en}",
    )


def _no_progress(subject: Subject) -> Iterator[Verdict]:
    target, reached = subject.target, subject.baselines or subject.others
    equal = [f for f in reached if f.measure == target.bound and f.amount.operator is Operator.NONE]
    if not equal and (reached or not subject.blanks):
        return
    if target.level is not None or target.is_kept:
        return
    if any(f.amount.operator in (Operator.ABOVE, Operator.BELOW) or f.amount.words & KEEP for f in target.figures):
        return
    if not equal:
        yield undecided([*target.figures, *subject.blanks], _NO_BASELINE)
        return
    if best_possible(equal[0], subject.polarity):
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


DIRECTION = Question(
    {"against": ("baseline", "reported"), "when": ("worse", "equal")},
    {"message": frozenset({"name", "target", "target_year", "reached", "reached_year", "gap", "lower", "promise"})},
    ask_direction,
)
