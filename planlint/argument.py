"""One finding as an argument: premises, the rule's formula, the numbers put in, the conclusion, and what would mend it.

Everything is worked out again from the figures that the finding cites, exactly; nothing is decided here.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from msgspec import Struct

from planlint import formula, wording
from planlint.amounts import Kind, Rounding
from planlint.exact import Fraction
from planlint.facts import Assertion, Facts, Figure, Standing
from planlint.findings import Finding, Mention, Text
from planlint.intervals import Interval, largest_agreement
from planlint.questions import claims
from planlint.questions.densities import Pair, base_interval, pairs
from planlint.questions.implied import OTHER_PEOPLE
from planlint.repairs import Board, Repair, mend, of_populations
from planlint.rules import Rule
from planlint.verdicts import Inquiry


class Premise(Struct, frozen=True):
    """Something the plan prints: the mentions that print it alike, and what it stands for."""

    mentions: tuple[Mention, ...]
    stands_for: Text | None


class Bar(Struct, frozen=True):
    """One line of the picture: what implies an interval, and the interval in the unit of the picture."""

    label: str
    text: str
    interval: Interval


class Picture(Struct, frozen=True):
    """Intervals on one scale: they would have to have a number in common."""

    title: Text
    unit: Text
    bars: tuple[Bar, ...]


class Argument(Struct, frozen=True):
    """A finding told in full."""

    finding: Finding
    premises: tuple[Premise, ...]
    formula: Text | None
    steps: tuple[Text, ...]
    picture: Picture | None
    conclusion: tuple[Text, ...]
    repairs: tuple[Repair, ...]
    note: Text | None = None
    """What else may explain the finding, so that nothing need be changed."""


_OTHER_POPULATION = Text(
    "如果几个比率本来用的不是同一个人口（常住、户籍、服务人口，或不是同一时点），请逐个写明用的是哪一个",
    "if the densities were never meant of one population (residents, registered or served; another date), "
    "say of each which one it is",
)
_NAMES = {
    "value": Text("比率", "density"),
    "count": Text("数量", "count"),
    "population": Text("人口", "population"),
    "whole": Text("总数", "whole"),
    "parts": Text("各项之和", "sum of the parts"),
    "part": Text("部分", "part"),
    "ratio": Text("比值", "ratio"),
}
_SOLVED = {"identity": "value", "implied": "population", "capacity": "count", "sum": "whole", "ratio": "ratio"}
_SIGNS = {"+": "+", "-": "−", "*": "×", "/": "÷"}
_IN_WORDS = {
    "agreement": Text("同一个数字的各处印法须有共同的值", "all printings of one figure have a value in common"),
    "direction": Text("目标不得比已经达到的差", "a target does not fall behind what was reached"),
    "at-most": Text("较小的指标 ≤ 较大的指标", "the smaller indicator ≤ the larger one"),
    "part": Text("部分 ≤ 全部", "part ≤ whole"),
    "difference": Text("差 = 被减数 − 减数", "difference = first − second"),
    "product": Text("结果 = 各项之积", "result = product of the factors"),
    "change": Text("终值 = 起值 ＋ 变化", "end = start + change"),
    "conversion": Text("换算成同一单位后相等", "equal in one unit"),
    "bounds": Text("下限 ≤ 数值 ≤ 上限", "lowest ≤ value ≤ highest"),
}
"""Relations that no formula of a rule writes."""


def argue(finding: Finding, facts: Facts, rule: Rule | None, seen: Board) -> Argument:
    """Return the argument of a finding. `rule` is None where it speaks of what could not be read."""
    cited = {mention.id for mention in finding.mentions}
    figures = [figure for figure in facts.figures if figure.mention in finding.mentions]
    assertions = [assertion for assertion in facts.assertions if assertion.mention in finding.mentions]
    ask = rule.ask if rule is not None else ""
    steps, picture = finding.steps, None
    conclusion: tuple[Text, ...] = ()
    repairs: tuple[Repair, ...] = ()
    ordered = figures
    if ask == "implied":
        members = [pair for _, _, pair in pairs(Inquiry(facts, ())) if _is_cited(pair, cited)]
        steps, picture = tuple(map(_division, members)), _populations(members)
        # Behind the divisions stands what follows; that populations may differ is said at the end, at more length.
        conclusion = (*_cores(members), *(step for step in finding.steps[len(members) :] if step != OTHER_PEOPLE))
        # One number that satisfies all that look at it, or else as many as must change together.
        repairs = mend(ask, finding, facts, seen) or of_populations(members)
        ordered = list(dict.fromkeys(figure for pair in members for figure in (*pair.count, *pair.value)))
    elif rule is not None:
        picture = _picture(ask, figures, assertions)
        repairs = mend(ask, finding, facts, seen)
    known = {figure.mention: figure for figure in ordered}
    mentions = (*(mention for mention in known if mention in finding.mentions), *finding.mentions)
    premises = tuple(_premises(dict.fromkeys(mentions), known))
    note = _OTHER_POPULATION if ask == "implied" else None
    return Argument(finding, premises, _formula(rule), steps, picture, conclusion, repairs, note)


def _is_cited(pair: Pair, cited: set[str]) -> bool:
    return bool(pair.count) and pair.value[0].mention.id in cited and pair.count[0].mention.id in cited


def _premises(mentions: Iterable[Mention], known: dict[Mention, Figure]) -> Iterator[Premise]:
    """Yield what is printed, each once with all its places."""
    groups: dict[tuple[object, ...], list[Mention]] = {}
    for mention in mentions:
        figure = known.get(mention)
        about: object = mention.indicator
        if figure is not None:
            # 17.86 and 17.86张 under two names of one indicator are one premise.
            about = (figure.topic.indicator, figure.topic.scope, figure.standing, figure.amount.number)
        text = mention.text.replace(" ", "") if figure is None or figure.amount.number is None else ""
        groups.setdefault((about, mention.year, text), []).append(mention)
    for group in groups.values():
        figure = known.get(group[0])
        yield Premise(tuple(group), _stands_for(figure) if figure is not None else None)


def _stands_for(figure: Figure) -> Text | None:
    """Return the values that a figure may stand for, in words."""
    if not figure.is_measured or figure.amount.kind is not Kind.VALUE:
        return None
    if figure.standing in (Standing.TARGET, Standing.ASSIGNED):
        return Text("目标，按原值", "a target, taken as it is")
    interval = figure.interval(Rounding.NEAREST)
    if interval.low == interval.high:
        return Text("逐个数出，没有舍入", "counted, not rounded")
    unit = wording.short_unit(figure.indicator.unit)
    span = wording.span(interval)
    return Text(f"即 {span} {unit}", f"stands for {span} {unit}")


def _formula(rule: Rule | None) -> Text | None:
    """Return a rule's formula in ordinary notation, solved for what it is about."""
    if rule is None:
        return None
    relation = rule.options.relation
    if relation is None or rule.ask not in _SOLVED:
        return _IN_WORDS.get(rule.ask)
    symbol = _SOLVED[rule.ask]
    zh, en = (f"{_NAMES[symbol].say(lang)} = {_notation(relation.solutions[symbol], lang)}" for lang in ("zh", "en"))
    return Text(zh, en)


def _notation(expr: formula.Expr, lang: str, *, inner: bool = False) -> str:
    match expr:
        case ("num", str(text)):
            return text
        case ("sym" | "sum", str(name)):
            return _NAMES[name].say(lang) if name in _NAMES else name
        case ("neg", tuple(part)):
            return f"−{_notation(part, lang, inner=True)}"
        case (str(sign), tuple(left), tuple(right)):
            text = f"{_notation(left, lang, inner=True)} {_SIGNS[sign]} {_notation(right, lang, inner=True)}"
            return f"({text})" if inner else text
    return ""


def _division(pair: Pair) -> Text:
    """Return what a density and its count say of the population, with intervals."""
    value, count = pair.value[0], pair.count[0]
    unit = value.indicator.unit.name
    span = wording.span(value.interval(Rounding.NEAREST))
    base = count.interval(Rounding.NEAREST)
    above = count.mention.text if base.low == base.high else f"{wording.span(base)} {count.indicator.unit.name}"
    people = wording.span(_people(pair), 10**4, 3)
    return Text(f"{above} ÷ {span} {unit} = {people} 万人", f"{above} ÷ {span} {unit} = {people} × 10,000 people")


def _cores(members: list[Pair]) -> Iterator[Text]:
    """Yield smallest contradictions: one density and count against another; take any of the four away and none is left.

    One for each density that does not belong to the largest agreement.
    """
    intervals = [_people(pair) for pair in members]
    best = largest_agreement(intervals)
    kept = sorted(best[0]) if best else []
    for index in range(len(members)):
        other = next((k for k in kept if not intervals[k].meets(intervals[index])), None)
        if index in kept or other is None:
            continue
        one, two = sorted((other, index), key=lambda i: intervals[i].low or Fraction(0))
        texts = [f"{p.count[0].mention.text} ÷ {p.value[0].mention.text}" for p in (members[one], members[two])]
        high, low = intervals[one].high, intervals[two].low
        if high is None or low is None:
            continue
        ends = wording.fixed(high / 10**4, 2), wording.fixed(low / 10**4, 2)
        yield Text(
            f"{texts[0]} 至多 {ends[0]} 万人，{texts[1]} 至少 {ends[1]} 万人：四个数不能都对，去掉任何一个就不矛盾",
            f"{texts[0]} is at most {ends[0]} × 10,000 people, {texts[1]} at least {ends[1]}: the four cannot all be "
            "true, and without any one of them the rest can",
        )


def _people(pair: Pair) -> Interval:
    return base_interval(pair.count[0], Rounding.NEAREST) / base_interval(pair.value[0], Rounding.NEAREST)


def _populations(members: list[Pair]) -> Picture:
    """Return the populations that densities imply, in 万人."""
    bars = [
        Bar(pair.value[0].statement.name, pair.value[0].mention.text, _people(pair).times(Fraction(1, 10**4)))
        for pair in members
    ]
    ordered = sorted(bars, key=lambda bar: (bar.interval.low or 0, bar.label))
    return Picture(Text("推算的人口", "Implied population"), Text("万人", "× 10,000 people"), tuple(ordered))


def _picture(ask: str, figures: list[Figure], assertions: list[Assertion]) -> Picture | None:
    """Return a picture where intervals on one line are clearer than words."""
    if ask == "agreement":
        return _printings(figures)
    if ask == "identity":
        return _per_capita(figures)
    if ask == "ratio" and assertions:
        return _quotient(assertions[0])
    return None


def _printings(figures: list[Figure]) -> Picture | None:
    """Return the values that printings of one figure stand for; counted things need no picture."""
    values: dict[Fraction, Figure] = {}
    for figure in figures:
        if figure.is_measured and figure.standing is Standing.REPORTED and figure.amount.kind is Kind.VALUE:
            values.setdefault(figure.value, figure)
    bars = [Bar(f.statement.name, f.mention.text, f.interval(Rounding.NEAREST)) for f in values.values()]
    rounded = any(bar.interval.low != bar.interval.high for bar in bars)
    if len(bars) < 2 or not rounded or any(None in (bar.interval.low, bar.interval.high) for bar in bars):
        return None
    unit = wording.short_unit(figures[0].indicator.unit)
    ordered = sorted(bars, key=lambda bar: bar.interval.low or 0)
    return Picture(Text("各处的值", "Values printed"), Text(unit, unit), tuple(ordered))


def _per_capita(figures: list[Figure]) -> Picture | None:
    value = next((f for f in figures if f.indicator.numerator), None)
    count = next((f for f in figures if value is not None and f.indicator.key == value.indicator.numerator), None)
    people = next((f for f in figures if f is not value and f is not count), None)
    if value is None or count is None or people is None:
        return None
    try:
        implied = base_interval(count, Rounding.NEAREST) / base_interval(people, Rounding.NEAREST)
    except ZeroDivisionError:
        return None
    unit = value.indicator.unit
    division = f"{count.mention.text} ÷ {people.mention.text}"
    bars = (
        Bar(value.statement.name, value.mention.text, value.interval(Rounding.NEAREST)),
        Bar(division, "", implied.times(1 / unit.factor)),
    )
    return Picture(Text("印出的与推算的", "Printed and implied"), Text(unit.name, unit.name), bars)


def _quotient(assertion: Assertion) -> Picture | None:
    of, to, quotient = (assertion.operands.get(key) for key in ("of", "to", "is"))
    if of is None or to is None or quotient is None or claims.is_proportion(quotient):
        # 1:16.97 and 16.97:1 are far apart on a line and the same in truth.
        return None
    try:
        per = claims.quotient(of, to, quotient, assertion).per
        implied = (of.interval(Rounding.NEAREST) / to.interval(Rounding.NEAREST)).times(Fraction(per))
    except (ZeroDivisionError, ValueError):
        return None
    factor = quotient.unit.factor if quotient.unit is not None else Fraction(1)
    name = quotient.unit.name if quotient.unit is not None else ""
    printed = quotient.interval(Rounding.NEAREST).times(1 / factor)
    bars = (
        Bar(claims.subject(assertion), quotient.amount.text, printed),
        Bar(f"{of.amount.text} ÷ {to.amount.text}", "", implied.times(1 / factor)),
    )
    if any(None in (bar.interval.low, bar.interval.high) for bar in bars):
        return None
    return Picture(Text("印出的与推算的", "Printed and implied"), Text(name, name), bars)
