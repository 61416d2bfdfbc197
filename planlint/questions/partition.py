"""Do the shares that divide a whole between them come to one whole?"""

from __future__ import annotations

from collections.abc import Iterator
from functools import reduce
from operator import add

from planlint import wording
from planlint.amounts import Kind, Operator, Rounding
from planlint.exact import Fraction
from planlint.facts import Figure, Standing, Topic
from planlint.findings import Severity, Text
from planlint.intervals import Interval
from planlint.questions.densities import base_interval
from planlint.questions.strands import printed
from planlint.verdicts import Inquiry, Options, Question, Verdict, fails, first_rounding, name_of, undecided

_PARTS = ("first", "second", "third")


def ask_partition(inquiry: Inquiry, options: Options) -> Iterator[Verdict]:
    """Put the question to three shares of one whole, scope and year."""
    keys = [options.choices[part] for part in _PARTS]
    if inquiry.once(printed).isdisjoint(keys):
        return
    for topic in [topic for topic in inquiry.facts.by_topic if topic.indicator in keys]:
        # The first of the three that is printed speaks for all.
        present = [key for key in keys if Topic(key, topic.scope, topic.base, topic.months) in inquiry.facts.by_topic]
        if topic.indicator != present[0] or len(present) < len(keys) - 1:
            continue
        years = sorted({f.year for f in inquiry.about(topic) if _is_usable(f)})
        for year in years:
            yield from _judge(inquiry, topic, keys, year, options)


def _is_usable(figure: Figure) -> bool:
    plain = figure.amount.kind is Kind.VALUE and figure.amount.operator is Operator.NONE
    return figure.is_measured and figure.standing is Standing.REPORTED and plain


def _judge(inquiry: Inquiry, topic: Topic, keys: list[str], year: int, options: Options) -> Iterator[Verdict]:
    parts: list[list[Figure]] = []
    for key in keys:
        of_year = inquiry.about(Topic(key, topic.scope, topic.base, topic.months))
        parts.append([f for f in of_year if f.year == year and _is_usable(f)])
    printed = [part for part in parts if part]
    if any(len({f.value for f in part}) > 1 for part in printed):
        # Two values for one share are another rule's to say.
        return
    if len(printed) < len(parts):
        missing = keys[parts.index([])]
        name = inquiry.facts.catalogue.by_key[missing].name
        if len(printed) == len(parts) - 1:
            because = Text(f"没有印出{year}年{name.zh}", f"{name.en} of {year} is not printed")
            yield undecided([part[0] for part in printed], because)
        return
    figures = [part[0] for part in parts]

    def is_whole(rounding: Rounding) -> bool:
        return 1 in _sum(figures, rounding)

    tier = first_rounding(is_whole)
    if tier is not Rounding.NEAREST:
        yield _finding(parts, figures, year, tier, options)


def _sum(figures: list[Figure], rounding: Rounding) -> Interval:
    return reduce(add, (base_interval(figure, rounding) for figure in figures))


def _finding(
    parts: list[list[Figure]], figures: list[Figure], year: int, tier: Rounding | None, options: Options
) -> Verdict:
    total = sum((figure.value for figure in figures), Fraction(0))
    unit = wording.short_unit(figures[0].indicator.unit)
    severity = options.severity
    if tier is not None:
        severity = Severity.INFO
    elif any(f.amount.hedge for f in figures):
        severity = severity.milder()
    shown: dict[str, str | Text] = {
        "names": wording.both_listed([name_of(f) for f in figures]),
        "values": wording.both_listed([f.mention.text for f in figures]),
        "total": f"{wording.number(total)}{unit}",
        "year": str(year),
    }
    summed = " + ".join(wording.number(f.value) for f in figures)
    step = f"{summed} = {wording.number(total)}{unit} ≠ 100{unit}"
    every = [figure for part in parts for figure in part]
    return fails(
        every, shown, (Text(step, step),), variant="message" if tier is None else "rounding", severity=severity
    )


_SHOWN = frozenset({"names", "values", "total", "year"})
PARTITION = Question(
    {},
    {"message": _SHOWN, "rounding": _SHOWN},
    ask_partition,
    indicators=frozenset(_PARTS),
)
