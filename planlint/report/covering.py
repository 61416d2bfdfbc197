"""The report of `planlint coverage`: how many figures are checked, which are not, and what to print; text and JSON."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import msgspec

from planlint import wording
from planlint.coverage import Count, Coverage, Covered, State
from planlint.exact import Fraction
from planlint.findings import Text
from planlint.report import columns, machine
from planlint.source import printable
from planlint.version import __version__

FORMAT = 1
STATES = {
    State.CHECKED: Text("有算式", "equation"),
    State.REPEATED: Text("印两处", "repeated"),
    State.ONE_SIDED: Text("看一侧", "one side"),
    State.IN_PART: Text("看一部分", "in part"),
    State.NOTED: Text("只提示", "noted"),
    State.RANGE: Text("只有范围", "range only"),
    State.UNSEEN: Text("看不到", "unseen"),
}
_LOOSE = (State.NOTED, State.RANGE, State.UNSEEN)
_BODY = Text("正文", "body")
_ALL = Text("全部", "all")


def render(coverages: Sequence[Coverage], lang: str, *, verbose: bool) -> str:
    """Return the coverage of some plans as text. `verbose` adds every figure with the smallest error noticed."""
    blocks = ["\n".join(_plan(coverage, lang, verbose=verbose)) for coverage in coverages]
    return "\n\n".join(blocks) + "\n" if blocks else ""


def _plan(coverage: Coverage, lang: str, *, verbose: bool) -> Iterator[str]:
    yield printable(coverage.file)
    head = [Text("", "").say(lang), Text("数字", "figures").say(lang), *(STATES[state].say(lang) for state in State)]
    parts = [_row(part, part.where or _BODY.say(lang)) for part in coverage.parts]
    yield from columns.table([head, *parts, _row(coverage.whole, _ALL.say(lang)), _shares(coverage.whole)])
    yield "  " + summary(coverage, lang)
    unseen = advised(coverage)
    if unseen:
        yield ""
        yield "  " + Text(
            "没有规则能核对的数字，和补印什么就能核对：", "figures no rule can check, and what to print:"
        ).say(lang)
        yield from _advice(unseen, lang)
    if verbose:
        yield ""
        yield "  " + Text("每个数字错多少会被发现：", "the smallest error noticed in each figure:").say(lang)
        yield from (f"    {line}" for one in coverage.numbers for line in _number(one, lang))


def _row(count: Count, name: str) -> list[str]:
    return [printable(name), str(count.numbers), *(str(count.states[state]) for state in State)]


def _shares(count: Count) -> list[str]:
    return ["", "", *(_percent(count.states[state], count.numbers) for state in State)]


def _percent(part: int, whole: int) -> str:
    """Return a share in percent with one decimal, rounded down."""
    tenths = part * 1000 // whole if whole else 0
    return f"{tenths // 10}.{tenths % 10}%"


def summary(coverage: Coverage, lang: str) -> str:
    """Return how many figures could not be misprinted unnoticed, in words."""
    states, numbers = coverage.whole.states, coverage.whole.numbers
    seen = states[State.CHECKED] + states[State.REPEATED]
    disputed = sum(one.is_disputed for one in coverage.numbers)
    return Text(
        f"{numbers} 个数字中 {seen} 个（{_percent(seen, numbers)}）印错了会被发现；{disputed} 个现在就与别的数字对不上",
        f"an error in {seen} of {numbers} figures ({_percent(seen, numbers)}) would be noticed; "
        f"{disputed} contradict others as they stand",
    ).say(lang)


def advised(coverage: Coverage) -> list[tuple[Text, list[Covered]]]:
    """Return the figures that cannot be checked by what would change that, the most rewarding first."""
    groups: dict[Text, list[Covered]] = {}
    for one in coverage.numbers:
        if one.state in _LOOSE and one.advice is not None:
            groups.setdefault(one.advice, []).append(one)
    return sorted(groups.items(), key=lambda group: -len(group[1]))


def _advice(groups: Sequence[tuple[Text, list[Covered]]], lang: str) -> Iterator[str]:
    """Yield the figures that cannot be checked, by what would change that."""
    for advice, members in groups:
        yield from (f"    {line}" for line in columns.wrapped(printable(advice.say(lang)), 76, "  "))
        for one in members:
            mention = one.printed.mention
            yield f"      {mention.place.line}  {printable(mention.indicator)} {printable(mention.text)}"


def _number(one: Covered, lang: str) -> Iterator[str]:
    mention = one.printed.mention
    name = printable(f"{mention.indicator} {one.printed.amount.text}")
    said = noticed(one, lang)
    rules = ", ".join(sorted({rule for view in one.views for rule in view.rules}))
    yield from columns.wrapped(
        f"{one.printed.place.line}  {name}  {said}{f' ({rules})' if rules else ''}", 76, "      "
    )


def noticed(one: Covered, lang: str) -> str:
    """Return from what size on an error is noticed, in words."""
    below, above = one.noticed
    if one.is_disputed and below is None and above is None:
        return Text("现在就对不上", "disputed as it stands").say(lang)
    if below is None and above is None:
        if one.state is State.RANGE:
            return Text("只有超出可能的范围才会被发现", "only the impossible would be noticed").say(lang)
        return Text("错多少都不会被发现", "no error would be noticed").say(lang)
    low, high = (_gap(one, gap, lang) for gap in (below, above))
    if below == above:
        return Text(f"差 {low} 就会被发现", f"noticed from ±{low}").say(lang)
    if below is None:
        return Text(f"大 {high} 就会被发现，小多少都不会", f"noticed from +{high}, never below").say(lang)
    if above is None:
        return Text(f"小 {low} 就会被发现，大多少都不会", f"noticed from -{low}, never above").say(lang)
    return Text(f"小 {low} 或大 {high} 就会被发现", f"noticed from -{low} or +{high}").say(lang)


def _gap(one: Covered, gap: Fraction | None, lang: str) -> str:
    unit = one.printed.amount.unit
    if gap is None:
        return ""
    if unit == "%":
        return Text(f"{wording.number(gap)} 个百分点", f"{wording.number(gap)} points").say(lang)
    # 20/10万 is not printed in 万, its unit is.
    return wording.in_unit(gap, unit) if "万" in unit else wording.like(gap, unit, one.printed.mention.text)


def to_json(coverages: Sequence[Coverage]) -> str:
    """Return the coverage of some plans as one JSON document, as schemas/coverage.schema.json describes it."""
    document = {"version": FORMAT, "planlint": __version__, "plans": [_plan_data(one) for one in coverages]}
    return msgspec.json.format(msgspec.json.encode(document), indent=1).decode() + "\n"


def _plan_data(coverage: Coverage) -> dict[str, Any]:
    return {
        "plan": coverage.plan,
        "file": coverage.file,
        "counts": _counts(coverage.whole),
        "parts": [{"table": part.where, "counts": _counts(part)} for part in coverage.parts],
        "figures": [_figure_data(one) for one in coverage.numbers],
    }


def _counts(count: Count) -> dict[str, int]:
    return {"figures": count.numbers} | {state.value: count.states[state] for state in State}


def _figure_data(one: Covered) -> dict[str, Any]:
    below, above = one.noticed
    advice = one.advice
    return {
        "figure": machine.mention(one.printed.mention),
        "line": one.printed.place.line,
        "text": one.printed.amount.text,
        "unit": one.printed.amount.unit,
        "state": one.state.value,
        "disputed": one.is_disputed,
        "below": _exact(below),
        "above": _exact(above),
        "seen_by": [
            {
                "rules": list(view.rules),
                "strength": view.sight.strength.value,
                "below": _exact(view.below),
                "above": _exact(view.above),
                "with": [mention.id for mention in view.sight.others],
            }
            for view in one.views
        ],
        "advice": None if advice is None else {"zh": advice.zh, "en": advice.en},
    }


def _exact(number: Fraction | None) -> str | None:
    """Return a number exactly: as a decimal where it ends, else as a fraction."""
    if number is None:
        return None
    decimal = wording.number(number)
    return decimal if Fraction(decimal) == number else str(number)
