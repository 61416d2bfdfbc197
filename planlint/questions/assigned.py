"""Does a plan set itself at least what a higher level has assigned to it?"""

from __future__ import annotations

from collections.abc import Iterator

from planlint import wording
from planlint.amounts import Kind
from planlint.exact import Fraction
from planlint.facts import Figure, Standing
from planlint.findings import Text
from planlint.questions.strands import strands
from planlint.verdicts import Inquiry, Options, Question, Shown, Verdict, fails, name_of, undecided


def ask_assigned(inquiry: Inquiry, options: Options) -> Iterator[Verdict]:
    """Put the question to every target beside which an assigned one is printed for the same year."""
    for strand in inquiry.once(strands)[Standing.ASSIGNED]:
        polarity = strand.every[0].indicator.polarity
        if polarity not in ("higher", "lower"):
            continue
        years: dict[int, tuple[list[Figure], list[Figure]]] = {}
        for figure in inquiry.usable(strand.every):
            if figure.standing is Standing.TARGET:
                years.setdefault(figure.year, ([], []))[0].append(figure)
            elif figure.standing is Standing.ASSIGNED:
                years.setdefault(figure.year, ([], []))[1].append(figure)
        for own, assigned in years.values():
            if own and assigned:
                yield from _judge(own, assigned, polarity, options)


def _bound(figure: Figure, polarity: str) -> Fraction | None:
    """Return the bound a target sets, None for words, a change, or a sign that bounds the good side."""
    operator = figure.amount.operator
    if not figure.is_measured or (operator.is_ceiling if polarity == "higher" else operator.is_floor):
        return None
    return figure.upper if polarity == "lower" and figure.upper is not None else figure.value


def _judge(own: list[Figure], assigned: list[Figure], polarity: str, options: Options) -> Iterator[Verdict]:
    ours = [(bound, f) for f in own if (bound := _bound(f, polarity)) is not None]
    theirs = [(bound, f) for f in assigned if (bound := _bound(f, polarity)) is not None]
    if not ours or not theirs:
        unsaid = [f for f in (*own, *assigned) if f.amount.kind is not Kind.ABSENT and not f.is_measured]
        if unsaid:
            yield undecided(unsaid, Text("有一处不是数值，不能相比", "one of the two is no number"))
        return
    higher = polarity == "higher"
    # Of several the least that is asked for counts: any other is a contradiction of its own.
    least, figure = (min if higher else max)(theirs, key=lambda pair: pair[0])
    weaker = [(bound, f) for bound, f in ours if (bound < least if higher else bound > least)]
    if not weaker:
        return
    bound, first = weaker[0]
    cited = [*(f for _, f in weaker), *(f for value, f in theirs if value == least)]
    shown: Shown = {
        "name": name_of(first),
        "year": str(first.year),
        "target": first.mention.text,
        "assigned": figure.mention.text,
        "lower": Text("低", "lower") if higher else Text("高", "higher"),
        "gap": wording.difference(abs(bound - least), first.indicator.unit),
    }
    sign, better = ("<", Text("越高越好", "higher is better")) if higher else (">", Text("越低越好", "lower is better"))
    compared = f"{wording.number(bound)} {sign} {wording.number(least)}"
    step = Text(f"{compared}；该指标{better.zh}", f"{compared}; for this indicator {better.en}")
    severity = options.severity.milder() if any(f.amount.hedge for f in cited) else options.severity
    yield fails(cited, shown, (step,), severity=severity)


ASSIGNED = Question({}, {"message": frozenset({"name", "year", "target", "assigned", "lower", "gap"})}, ask_assigned)
