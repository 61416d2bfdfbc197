"""What an editor tells of a figure under the cursor: what it measures, what it stands for, and who would notice.

The text is plain, not Markdown: what a plan says is shown, and no sign in it means anything to the editor.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from planlint import wording
from planlint.amounts import Rounding
from planlint.catalogue import Indicator
from planlint.coverage import Covered, View, cover_one
from planlint.exact import Fraction
from planlint.facts import Facts, Figure
from planlint.findings import Text
from planlint.intervals import Interval
from planlint.report import covering
from planlint.report.words import ROLES
from planlint.rules import Rule
from planlint.sights import Strength
from planlint.source import Place, printable

_POLARITY = {
    "higher": Text("越高越好", "higher is better"),
    "lower": Text("越低越好", "lower is better"),
    "band": Text("适中为好", "best within a band"),
    "none": Text("无好坏之分", "neither direction is better"),
}


def hover(facts: Facts, rules: Iterable[Rule], place: Place, lang: str) -> str:
    """Return what is told of the figure, the name of an indicator or the term of a claim at a place, or nothing."""
    named = next((figure for figure in facts.figures if figure.statement.name_place == place), None)
    if named is not None:
        return "\n".join(_definition(named.indicator, lang))
    figure = figure_at(facts, place)
    known = list(rules)
    covered = cover_one(facts, known, place)
    if covered is None and figure is not None and figure.statement.place != place:
        # The term of a claim that is the id of a figure.
        covered = cover_one(facts, known, figure.statement.place)
    told: list[str] = []
    if figure is not None:
        told += [*_definition(figure.indicator, lang), "", *_amount(figure, lang)]
    if covered is not None:
        told += _seen(covered, lang)
    return "\n".join(told).strip()


def figure_at(facts: Facts, place: Place) -> Figure | None:
    """Return the figure whose value stands at a place, or whose id is a claim's term there, None if there is none."""
    for figure in facts.figures:
        if figure.statement.place == place:
            return figure
    wanted = {
        term.text
        for assertion in facts.assertions
        for term in (*assertion.claim.terms.values(), *assertion.claim.items)
        if term.place == place and term.is_reference
    }
    return next((figure for figure in facts.figures if figure.id in wanted), None)


def _definition(indicator: Indicator, lang: str) -> Iterator[str]:
    unit = indicator.unit.name
    if indicator.is_unlisted:
        yield printable(indicator.name.zh)
        yield Text(
            f"目录里没有这个名称，只能从名称和单位（{unit}）看",
            f"not in the catalogue; only its name and unit ({unit}) are known",
        ).say(lang)
        return
    yield printable(f"{indicator.name.zh}  {indicator.name.en}".strip())
    polarity = _POLARITY[indicator.polarity].say(lang)
    yield Text(f"单位 {unit}，{polarity}", f"in {unit}; {polarity}").say(lang)
    if indicator.source:
        yield Text(f"定义见 {printable(indicator.source)}", f"defined in {printable(indicator.source)}").say(lang)
    if indicator.note:
        yield printable(indicator.note)


def _amount(figure: Figure, lang: str) -> Iterator[str]:
    scope = figure.statement.scope or ""
    role = ROLES[figure.role].say(lang)
    yield printable(
        f"{scope}{figure.year}年{role}：{figure.mention.text}"
        if lang == "zh"
        else f"{f'{scope}, ' if scope else ''}{figure.year}, {role}: {figure.mention.text}"
    )
    if figure.is_measured:
        interval = figure.interval(Rounding.NEAREST)
        unit = figure.indicator.unit.name
        yield Text(f"代表 {_between(interval, 'zh')}（{unit}）", f"stands for {_between(interval, 'en')} ({unit})").say(
            lang
        )


def _between(interval: Interval, lang: str) -> str:
    """Return an interval in words, without brackets that only a mathematician reads."""
    low, high = interval.low, interval.high
    zh = lang == "zh"
    if low is not None and low == high:
        return f"{'恰好 ' if zh else 'exactly '}{wording.number(low)}"
    if low is not None and high is not None:
        return f"{wording.number(low)} {'至' if zh else 'to'} {wording.number(high)}"
    if low is not None:
        return _one_end(low, Text("大于 ", "more than ") if interval.low_open else Text("不低于 ", "at least "), lang)
    if high is not None:
        return _one_end(high, Text("小于 ", "less than ") if interval.high_open else Text("不高于 ", "at most "), lang)
    return "任何值" if zh else "any value"


def _one_end(value: Fraction, words: Text, lang: str) -> str:
    return f"{words.say(lang)}{wording.number(value)}"


def _seen(covered: Covered, lang: str) -> Iterator[str]:
    """Yield what the other figures let the number be, from what size on an error is noticed, and what would help."""
    yield ""
    for view in covered.views:
        if view.sight.strength in (Strength.EQUATION, Strength.PRINTING):
            yield _allowed(view, covered, lang)
    # The range of an indicator is no neighbour: it is told by its own words.
    yield Text("印错了会怎样：", "an error here: ").say(lang) + covering.noticed(covered, lang) + _by(covered, lang)
    if covered.advice is not None:
        yield Text("要能核对，请", "to have it checked, ").say(lang) + printable(covered.advice.say(lang))


def _allowed(view: View, covered: Covered, lang: str) -> str:
    others = wording.listed(
        list(dict.fromkeys(f"{mention.indicator} {mention.text}" for mention in view.sight.others))[:3], lang
    )
    beside = Text(f"由{others}看", f"by {others}").say(lang) if others else Text("由别处看", "by others").say(lang)
    rules = ", ".join(view.rules)
    allowed = _printable(view.sight.allowed, covered.printed.quantum) if view.sight.allowed is not None else None
    if allowed is None:
        return printable(
            f"{beside}，印什么都对不上（{rules}）" if lang == "zh" else f"{beside}, no number would fit ({rules})"
        )
    scale, unit = _scale(covered)
    allowed = allowed.times(Fraction(1, scale))
    if allowed.low is not None and allowed.low == allowed.high:
        fits = Text("只能印", "only"), wording.number(allowed.low)
    else:
        fits = Text("应印", ""), _between(allowed, lang)
    said = " ".join(filter(None, (fits[0].say(lang), fits[1], unit)))
    return printable(f"{beside}，这里{said}（{rules}）" if lang == "zh" else f"{beside}, {said} would fit ({rules})")


def _printable(allowed: Interval, quantum: Fraction) -> Interval | None:
    """Return the first and the last number with the printed decimals that an interval holds, None if it holds none."""
    low, high = allowed.low, allowed.high
    if low is not None:
        steps = -(-low // quantum)
        low = (steps + (1 if allowed.low_open and steps * quantum == low else 0)) * quantum
    if high is not None:
        steps = high // quantum
        high = (steps - (1 if allowed.high_open and steps * quantum == high else 0)) * quantum
    return None if low is not None and high is not None and low > high else Interval(low, high)


def _scale(covered: Covered) -> tuple[int, str]:
    """Return by how much numbers are divided for show, and the unit: a number printed in 万 is told in 万."""
    unit = covered.printed.amount.unit
    for word, many in (("亿", 10**8), ("万", 10**4)):
        if word in covered.printed.mention.text and word not in unit:
            return many, word + unit
    return 1, unit


def _by(covered: Covered, lang: str) -> str:
    rules = sorted({rule for view in covered.views for rule in view.rules})
    if not rules:
        return ""
    return f"（{'、'.join(rules)}）" if lang == "zh" else f" ({', '.join(rules)})"
