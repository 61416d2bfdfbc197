"""One finding as an argument: premises, the rule's formula, the numbers put in, the conclusion, and what would mend it.

Everything is worked out again from the figures that the finding cites, exactly; nothing is decided here.
"""

from __future__ import annotations

from msgspec import Struct

from planlint import formula, wording
from planlint.amounts import Rounding
from planlint.facts import Facts
from planlint.findings import Finding, Text
from planlint.network.advice import advised, fewest
from planlint.network.mending import Mender, Mending
from planlint.network.words import minimal, told
from planlint.pictures import Picture, of_populations, people, picture_of
from planlint.premises import Premise, premises
from planlint.questions.densities import Pair, pairs
from planlint.questions.implied import OTHER_PEOPLE
from planlint.rules import Rule
from planlint.verdicts import Inquiry


class Argument(Struct, frozen=True):
    """A finding told in full."""

    finding: Finding
    premises: tuple[Premise, ...]
    formula: Text | None
    steps: tuple[Text, ...]
    picture: Picture | None
    conclusion: tuple[Text, ...]
    mending: Mending
    kept: tuple[str, ...] = ()
    """What the likeliest repair keeps, where that is a choice."""
    note: Text | None = None
    """What else may explain the finding, so that nothing need be changed."""


_CORES = 4
"""Contradictions beyond which the others are only counted."""
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
    "granularity": Text("比率 = 整数 ÷ 整数", "rate = whole number ÷ whole number"),
    "bounds": Text("下限 ≤ 数值 ≤ 上限", "lowest ≤ value ≤ highest"),
}
"""Relations that no formula of a rule writes."""


def argue(finding: Finding, facts: Facts, rule: Rule | None, mender: Mender) -> Argument:
    """Return the argument of a finding. `rule` is None where it speaks of what could not be read."""
    cited = {mention.id for mention in finding.mentions}
    figures = [figure for figure in facts.figures if figure.mention in finding.mentions]
    assertions = [assertion for assertion in facts.assertions if assertion.mention in finding.mentions]
    ask = rule.ask if rule is not None else ""
    mending = mender.mend(finding, ask)
    said = advised(mending.conflict) if mending.conflict is not None else ()
    # What is to be changed is told at the end, and at more length.
    steps = tuple(step for step in finding.steps if step not in said)
    many = ask == "implied" or (ask == "granularity" and _is_partial(mending, cited))
    conclusion, picture = _cores(mending, many=many), None
    kept: tuple[str, ...] = ()
    ordered = figures
    if ask == "implied":
        members = [pair for _, _, pair in pairs(Inquiry(facts, ())) if _is_cited(pair, cited)]
        # Behind the divisions stands what follows; that populations may differ is said at the end, at more length.
        conclusion = (*conclusion, *(step for step in steps[len(members) :] if step != OTHER_PEOPLE))
        steps, picture, kept = tuple(map(_division, members)), of_populations(members), _kept(members, mending)
        ordered = list(dict.fromkeys(figure for pair in members for figure in (*pair.count, *pair.value)))
    elif rule is not None:
        picture = picture_of(ask, figures, assertions)
    if mending.repairs and len(mending.repairs[0].corrections) > 1:
        conclusion = (*conclusion, fewest(len(mending.repairs[0].corrections)))
    known = {figure.mention: figure for figure in ordered}
    mentions = (*(mention for mention in known if mention in finding.mentions), *finding.mentions)
    note = _OTHER_POPULATION if ask == "implied" else None
    return Argument(
        finding,
        premises(dict.fromkeys(mentions), known, assertions, facts),
        _formula(rule),
        steps,
        picture,
        conclusion,
        mending,
        kept,
        note,
    )


def _cores(mending: Mending, *, many: bool) -> tuple[Text, ...]:
    """Return smallest contradictions among what a finding cites, in words; of many, some and their number."""
    if mending.conflict is None:
        return ()
    if len(mending.cores) == 1 and not many:
        # What is put in stands above; that two printings differ has been said.
        core = mending.cores[0].core
        return (minimal(core),) if core.constraints else ()
    found = [told(mending.conflict.network, one.core) for one in mending.cores[:_CORES]]
    more = len(mending.cores) - _CORES
    if more > 0:
        found.append(Text(f"还有 {more} 组数字这样互相矛盾", f"{more} more sets of figures contradict each other so"))
    return tuple(found)


def _is_partial(mending: Mending, cited: set[str]) -> bool:
    """Tell whether no contradiction needs all that a finding cites: it must be told then which figures it is about."""
    return all({mention.id for mention in one.mentions} != cited for one in mending.cores)


def _kept(members: list[Pair], mending: Mending) -> tuple[str, ...]:
    """Return the densities that the repairs leave as they are, with their counts."""
    changed = {
        printing.mention.id
        for repair in mending.repairs
        for correction in repair.corrections
        for printing in correction.observation.printings
    }
    return tuple(
        pair.value[0].mention.text
        for pair in members
        if not changed & {figure.mention.id for figure in (*pair.value, *pair.count)}
    )


def _is_cited(pair: Pair, cited: set[str]) -> bool:
    return bool(pair.count) and pair.value[0].mention.id in cited and pair.count[0].mention.id in cited


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
    many = wording.span(people(pair), 10**4, 3)
    return Text(f"{above} ÷ {span} {unit} = {many} 万人", f"{above} ÷ {span} {unit} = {many} × 10,000 people")
