"""Do the places that print one figure print one value?"""

from __future__ import annotations

from collections.abc import Iterator

from planlint import wording
from planlint.amounts import Kind, Rounding
from planlint.exact import Fraction
from planlint.facts import Figure, Standing
from planlint.findings import Severity, Text
from planlint.questions.strands import strands
from planlint.verdicts import Inquiry, Options, Question, Verdict, by_value, fails, first_rounding, name_of, undecided

_STANDINGS = {standing.value: standing for standing in Standing}


def ask_agreement(inquiry: Inquiry, options: Options) -> Iterator[Verdict]:
    """Put the question to every figure that is printed with more than one value."""
    standing = _STANDINGS[options.choices["role"]]
    for strand in inquiry.once(strands)[standing]:
        if len(strand.figures) < 2:
            continue
        for every in _of_one_year(inquiry.usable(strand.figures)):
            if _one_number(every):
                continue
            figures = [figure for figure in every if figure.is_measured]
            if len(figures) < len(every):
                yield from _without_number(every, figures)
            if len(figures) < 2:
                continue
            if standing is Standing.TARGET:
                yield from _targets(figures, options)
            else:
                yield from _measured(figures, options)


def _of_one_year(figures: list[Figure]) -> list[list[Figure]]:
    """Return the figures of each year of which there are several."""
    if len(figures) == 2:
        return [figures] if figures[0].year == figures[1].year else []
    years: dict[int, list[Figure]] = {}
    for figure in figures:
        years.setdefault(figure.year, []).append(figure)
    return [every for every in years.values() if len(every) > 1]


def _one_number(figures: list[Figure]) -> bool:
    """Tell whether every place prints one and the same number, as nearly all do, and none of them a range."""
    first = figures[0].measure
    if first is None:
        return False
    for figure in figures:
        measure = figure.measure
        if measure is None or figure.amount.upper is not None or not (measure is first or measure == first):
            return False
    return True


_OPEN = {
    Kind.PENDING: Text("待定", "pending"),
    Kind.WORDS: Text("只有文字", "said in words only"),
    Kind.RELATIVE: Text("写成变化量", "stated as a change"),
}
"""What cannot be compared with a number, in words; a cell left blank says nothing, so there is nothing to compare."""


def _without_number(every: list[Figure], measured: list[Figure]) -> Iterator[Verdict]:
    """Return that a figure printed as a number in one place cannot be compared with what another place says of it."""
    unmeasured = [f for f in every if not f.is_measured and f.amount.kind in _OPEN]
    if unmeasured and measured:
        first = unmeasured[0]
        said = _OPEN[first.amount.kind]
        yield undecided(
            [*measured, *unmeasured],
            Text(
                f"“{name_of(first)}”{first.year}年有一处{said.zh}（{first.mention.text}），没有印出数值",
                f"one place gives no number for “{name_of(first)}” {first.year}: {said.en} ({first.mention.text})",
            ),
        )


def _measured(figures: list[Figure], options: Options) -> Iterator[Verdict]:
    groups = by_value([f for f in figures if f.amount.kind is Kind.VALUE])
    ranges = [f for f in figures if f.amount.kind is Kind.RANGE]
    if len(groups) + bool(ranges) < 2:
        return
    members = [*groups.values(), *([f] for f in ranges)]

    def agree(rounding: Rounding) -> bool:
        # One value may be printed 3.5 and 3.52: a value agrees as its most precise printing does.
        intervals = [[f.interval(rounding) for f in group] for group in members]
        # 3‰ and 4‰ both reach 3.5, but nobody rounds one value down here and up there.
        return all(
            a.meets(b) and not a.only_touches(b)
            for i, left in enumerate(intervals)
            for right in intervals[i + 1 :]
            for a in left
            for b in right
        )

    tier = first_rounding(agree)
    if tier is None:
        # One sentence hardly prints one thing twice with two values; a loose name may stand for two things.
        indicator = figures[0].indicator
        loose = (indicator.is_unlisted or indicator.kind == "money") and _on_one_line(members)
        yield _finding(members, options, "message", Severity.INFO if loose else None)
    elif tier is not Rounding.NEAREST:
        yield _finding(members, options, "rounding", Severity.INFO)
    elif len({f.value for group in members for f in group if f.amount.operator.is_floor}) > 1 or (
        len({f.value for group in members for f in group if f.amount.operator.is_ceiling}) > 1
    ):
        # 93%以上 and 95%以上 can both be true, and were hardly copied from one source.
        yield _finding(members, options, "bounds", Severity.INFO)


def _on_one_line(groups: list[list[Figure]]) -> bool:
    """Tell whether one line of the document prints more than one of the values."""
    lines = [{line for f in group if not f.statement.table for line in f.statement.lines} for group in groups]
    return any(one & other for i, one in enumerate(lines) for other in lines[i + 1 :])


def _targets(figures: list[Figure], options: Options) -> Iterator[Verdict]:
    """Thresholds are exact: two targets agree when they name the same number, whatever sign or word stands by it."""
    groups: dict[tuple[Fraction, Fraction | None], list[Figure]] = {}
    for figure in figures:
        groups.setdefault((figure.value, figure.upper), []).append(figure)
    if len(groups) > 1:
        severity = options.severity.milder() if _compatible(figures) else None
        yield _finding(list(groups.values()), options, "message", severity)


def _compatible(figures: list[Figure]) -> bool:
    """Tell whether some value satisfies all targets, one of them being a plain number (不低于500张 and 600床)."""
    plain = {f.value for f in figures if not f.amount.operator.value and f.amount.kind is Kind.VALUE}
    if len(plain) != 1:
        return False
    (value,) = plain
    return all(value in f.interval(Rounding.NEAREST) for f in figures if f.amount.operator.value)


def _finding(groups: list[list[Figure]], options: Options, variant: str, severity: Severity | None) -> Verdict:
    first = groups[0][0]
    severity = severity or options.severity
    if severity is not Severity.INFO and any(f.amount.hedge for group in groups for f in group):
        severity = severity.milder()
    values = Text(
        "、".join(f"{g[0].mention.text}（{len(g)} 处）" if len(g) > 1 else g[0].mention.text for g in groups),
        " and ".join(f"{g[0].mention.text} ({len(g)} places)" if len(g) > 1 else g[0].mention.text for g in groups),
    )
    unit = wording.short_unit(first.indicator.unit)
    shown: dict[str, str | Text] = {
        "name": name_of(first),
        "year": str(first.year),
        "count": str(len(groups)),
        "values": values,
    }
    steps: list[Text] = []
    if first.standing is not Standing.TARGET:
        for group in groups:
            interval = group[0].interval(Rounding.NEAREST)
            if interval.low == interval.high:
                continue
            steps.append(
                Text(
                    f"{group[0].mention.text} 按四舍五入是 {wording.span(interval)} {unit}",
                    f"{group[0].mention.text} stands for {wording.span(interval)} {unit}",
                )
            )
        if not steps:
            steps.append(
                Text("数得清的东西没有四舍五入，不同就是不同", "what is counted is not rounded: different is different")
            )
        elif variant == "message":
            steps.append(Text("这些范围没有共同的数", "these ranges have no number in common"))
        elif variant == "bounds":
            steps.append(Text("都写成界限，可以同时成立", "both are bounds, and can both be true"))
        else:
            steps.append(Text("放宽到末位一个单位才有共同的数", "they meet only when the last digit may be one off"))
    return fails([f for group in groups for f in group], shown, tuple(steps), variant=variant, severity=severity)


_SHOWN = frozenset({"name", "year", "count", "values"})
AGREEMENT = Question(
    {"role": tuple(_STANDINGS)},
    {"message": _SHOWN, "rounding": _SHOWN, "bounds": _SHOWN},
    ask_agreement,
    optional=frozenset({"bounds"}),
)
