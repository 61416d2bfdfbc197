"""Does a later target fall behind an earlier one of the same indicator?"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from planlint import wording
from planlint.amounts import Kind
from planlint.facts import Figure
from planlint.findings import Text
from planlint.questions.strands import targets
from planlint.questions.targets import Target, targets_of
from planlint.verdicts import Inquiry, Options, Question, Verdict, fails, name_of, undecided


def ask_later(inquiry: Inquiry, options: Options) -> Iterator[Verdict]:
    """Put the question to every indicator that has targets for more than one planned year."""
    first = inquiry.facts.plan.period.first
    if len({f.year for strand in targets(inquiry) for f in strand.figures if f.year >= first}) < 2:
        # Most plans set all their targets for one year.
        return
    for strand in targets(inquiry):
        if len(strand.figures) < 2 or len({f.year for f in strand.figures if f.year >= first}) < 2:
            continue
        figures = strand.every
        polarity = figures[0].indicator.polarity
        if polarity not in ("higher", "lower"):
            continue
        pending = [f for f in strand.figures if f.year >= first and _is_open(f)]
        if pending:
            yield undecided(pending, Text("目标待定", "the target is still open"))
        bounds = [t for t in targets_of(inquiry.usable(figures), polarity, inquiry) if t.year >= first]
        plain = [t for t in bounds if t.level is None]
        for before, after in pairwise(plain):
            alone = all(sum(other.year == t.year for other in plain) == 1 for t in (before, after))
            if alone and _falls_behind(before, after, polarity):
                yield _finding(before, after, polarity, options)


def _is_open(figure: Figure) -> bool:
    return figure.amount.kind is Kind.PENDING


def _falls_behind(before: Target, after: Target, polarity: str) -> bool:
    return after.lenient < before.bound if polarity == "higher" else after.lenient > before.bound


def _finding(before: Target, after: Target, polarity: str, options: Options) -> Verdict:
    figures = [*before.figures, *after.figures]
    first = before.figures[0]
    severity = options.severity.milder() if any(f.amount.hedge for f in figures) else options.severity
    sign = "<" if polarity == "higher" else ">"
    better = Text("越高越好", "higher is better") if polarity == "higher" else Text("越低越好", "lower is better")
    compared = f"{wording.number(after.bound)} {sign} {wording.number(before.bound)}"
    shown: dict[str, str | Text] = {
        "name": name_of(first),
        "earlier": first.mention.text,
        "earlier_year": str(before.year),
        "later": after.figures[0].mention.text,
        "later_year": str(after.year),
        "gap": wording.difference(abs(after.bound - before.bound), first.indicator.unit),
    }
    step = Text(f"{compared}；该指标{better.zh}", f"{compared}; for this indicator {better.en}")
    return fails(figures, shown, (step,), severity=severity)


LATER = Question(
    {},
    {"message": frozenset({"name", "earlier", "earlier_year", "later", "later_year", "gap"})},
    ask_later,
)
