"""Is a number said so that it can be held against anything: without 左右, and with its unit?"""

from __future__ import annotations

from collections.abc import Iterator

from planlint import names, units
from planlint.amounts import Kind
from planlint.exact import Fraction
from planlint.facts import Figure, Standing, Topic
from planlint.findings import Severity, Text
from planlint.questions.relative import is_relative
from planlint.questions.rows import sheets, shortlist
from planlint.questions.strands import misfits, targets
from planlint.verdicts import Inquiry, Options, Question, Verdict, fails, name_of, undecided

_GOALS = frozenset({"share", "rate", "density", "duration", "count", "growth"})
_NEEDS_UNIT = frozenset({"share", "rate", "duration", "money", "area"})
_SCALED = frozenset({"rate", "money"})
"""Kinds that no reader can guess the unit of: ‰ or /10万, 元 or 万元."""


def ask_vague(inquiry: Inquiry, options: Options) -> Iterator[Verdict]:
    """Ask which targets carry a word such as 左右, so that nobody can say whether they are met."""
    plan = inquiry.facts.plan
    groups: dict[tuple[Topic, int, Fraction], list[Figure]] = {}
    for figure in [figure for figure in inquiry.facts.figures if figure.amount.hedge is not None]:
        number = figure.amount.number
        if number is None or figure.standing is not Standing.TARGET:
            continue
        if figure.topic.scope or figure.indicator.kind not in _GOALS or not plan.baseline < figure.year:
            continue
        if (figure.is_measured or is_relative(figure)) and not _is_firm(figure, inquiry):
            groups.setdefault((figure.topic, figure.year, number.value), []).append(figure)
    for figures in groups.values():
        first = figures[0]
        word = next((w for w in sorted(first.amount.words) if w in first.amount.text and w in _HEDGES), "")
        shown = {"name": name_of(first), "target": first.mention.text, "year": str(first.year), "word": word}
        # So many trained or built, more or less: whoever counts them will not quarrel about one.
        populations = inquiry.facts.catalogue.populations.values()
        if first.indicator.key in populations or (
            first.indicator.polarity == "none" and first.indicator.kind != "count"
        ):
            # 60岁及以上人口占26%左右 is a forecast, which nobody is to meet.
            continue
        counted = first.indicator.kind == "count"
        # 27%左右 is how the outlines of the State print what is not to be pressed below its level.
        steered = word in ("左右", "上下") or first.indicator.polarity in ("band", "none")
        yield fails(figures, shown, severity=options.severity.milder() if counted or steered else options.severity)
    yield from _ranges(inquiry)


_HEDGES = frozenset({"大约", "约为", "约占", "约", "近", "将近", "接近", "左右", "上下", "余", "多"})


def _is_firm(figure: Figure, inquiry: Inquiry) -> bool:
    """Tell whether the same target is printed elsewhere without such a word."""
    return any(
        other.standing is Standing.TARGET
        and other.year == figure.year
        and other.amount.hedge is None
        and other.measure is not None
        and other.measure == figure.measure
        for other in inquiry.facts.by_topic[figure.topic]
    )


def _ranges(inquiry: Inquiry) -> Iterator[Verdict]:
    """Yield the ranges of which nobody can tell the end that counts."""
    if not [f for strand in targets(inquiry) for f in strand.figures if f.amount.upper is not None]:
        return
    for sheet in inquiry.once(sheets):
        for line in sheet.lines:
            open_ = [f for f in line.targets if f.amount.kind is Kind.RANGE and f.indicator.polarity == "none"]
            if open_:
                yield undecided(open_, Text("看不出以范围的哪一端为准", "nothing tells which end of the range counts"))


def ask_unit_given(inquiry: Inquiry, options: Options) -> Iterator[Verdict]:
    """Ask which numbers have no unit, and which units have no number."""
    groups: dict[tuple[str, Severity], list[Figure]] = {}
    for figure in [figure for figure in inquiry.once(misfits) if not figure.amount.unit]:
        if _lacks_unit(figure):
            scaled = figure.indicator.kind in _SCALED
            severity = options.severity if scaled else options.severity.milder()
            groups.setdefault((figure.statement.table, severity), []).append(figure)
        elif not figure.statement.table and figure.amount.number is None and figure.amount.change is None:
            yield from _without_number(figure)
    for (table, severity), figures in groups.items():
        listed = shortlist([f"{figure.statement.name} {figure.mention.text}" for figure in figures])
        where = Text(f"“{table}”中", f" in “{table}”") if table else Text("正文中", " in the text")
        yield fails(figures, {"where": where, "count": str(len(figures)), "names": listed}, severity=severity)


def _lacks_unit(figure: Figure) -> bool:
    """Tell whether a figure without a unit is a number whose indicator needs one; a zero needs none."""
    amount = figure.amount
    if amount.number is None or amount.change is not None or figure.indicator.kind not in _NEEDS_UNIT:
        return False
    if amount.number.value == 0 or figure.statement.unit:
        return False
    # 15岁以上人群吸烟率 gives no unit; 吸烟率（%） does.
    bracketed = names.fold(figure.statement.name).rpartition("(")[2].removesuffix(")")
    return not units.is_known(bracketed) and bracketed not in _MONEY


_MONEY = frozenset({"万元", "亿元", "百万元", "千元"})


def _without_number(figure: Figure) -> Iterator[Verdict]:
    text = units.fold(figure.amount.text)
    if figure.amount.kind is Kind.PENDING:
        yield undecided([figure], Text("数值待定", "the number is still open"))
    elif (figure.amount.kind is Kind.ABSENT and figure.statement.quote) or (text and units.is_known(text)):
        # A dash by itself says that nothing is printed; a quote shows a place where something should be.
        where = figure.statement.quote or figure.mention.text
        yield fails([figure], {"name": name_of(figure), "quote": where, "year": str(figure.year)}, variant="number")


VAGUE = Question({}, {"message": frozenset({"name", "target", "year", "word"})}, ask_vague)
UNIT_GIVEN = Question(
    {},
    {"message": frozenset({"where", "count", "names"}), "number": frozenset({"name", "quote", "year"})},
    ask_unit_given,
)
