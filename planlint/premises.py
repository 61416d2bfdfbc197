"""What a finding rests on: the numbers that it cites, each once with all its places, and the terms of its claims."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from msgspec import Struct
from msgspec.structs import replace

from planlint import wording
from planlint.amounts import Kind, Rounding
from planlint.facts import Assertion, Facts, Figure, Operand, Standing
from planlint.findings import Mention, Text
from planlint.source import Place
from planlint.verdicts import name_of

_MANY, _FIRST = 8, 3
"""Terms of a list beyond which it is folded, and how many are told before the last one then."""
_ROLES = {
    "whole": Text("合计", "whole"),
    "is": Text("结果", "result"),
    "of": Text("部分", "part"),
    "to": Text("总数", "whole"),
    "from": Text("起值", "start"),
    "by": Text("变化", "change"),
    "left": Text("前者", "first"),
    "right": Text("后者", "second"),
    "value": Text("实际值", "value"),
    "goal": Text("目标值", "goal"),
}
_END = Text("终值", "end")


class Premise(Struct, frozen=True):
    """Something the plan prints: the mentions that print it alike, and what it stands for.

    `role` is the part that it takes in a claim, `left_out` how many terms of the claim before it are not told.
    """

    mentions: tuple[Mention, ...]
    stands_for: Text | None
    role: Text | None = None
    left_out: int = 0


def premises(
    mentions: Iterable[Mention], known: Mapping[Mention, Figure], assertions: Sequence[Assertion], facts: Facts
) -> tuple[Premise, ...]:
    """Return what is printed, each once with all its places; behind a claim stand its terms."""
    cited = list(mentions)
    groups: dict[tuple[object, ...], list[Mention]] = {}
    for mention in cited:
        figure = known.get(mention)
        about: object = mention.indicator
        if figure is not None:
            # 17.86 and 17.86张 under two names of one indicator are one premise.
            about = (figure.topic.indicator, figure.topic.scope, figure.standing, figure.amount.number)
        text = mention.text.replace(" ", "") if figure is None or figure.amount.number is None else ""
        groups.setdefault((about, mention.year, text), []).append(mention)
    claims = {assertion.mention: assertion for assertion in assertions}
    by_place = {figure.statement.place: figure for figure in facts.figures}
    found: list[Premise] = []
    for group in groups.values():
        figure = known.get(group[0])
        found.append(Premise(tuple(group), _stands_for(figure) if figure is not None else None))
        claim = next((claims[mention] for mention in group if mention in claims), None)
        if claim is not None:
            found.extend(_terms(claim, frozenset(cited), by_place))
    return tuple(found)


def _terms(assertion: Assertion, cited: frozenset[Mention], by_place: Mapping[Place, Figure]) -> Iterator[Premise]:
    """Yield the terms of a claim that are not cited themselves, those of a long list folded."""
    for key, operand in assertion.operands.items():
        role = _END if key == "to" and assertion.claim.kind == "change" else _ROLES.get(key)
        own = operand.amount.text == assertion.mention.text
        if role is not None and not own:
            yield from _term(assertion, key, operand, role, cited, by_place)
    items = assertion.items
    left_out = len(items) - _FIRST - 1 if len(items) > _MANY else 0
    for number, operand in enumerate(items, 1):
        if left_out and _FIRST < number < len(items):
            continue
        role = Text(f"第 {number} 项", f"term {number}")
        for premise in _term(assertion, f"part{number}", operand, role, cited, by_place):
            yield replace(premise, left_out=left_out) if left_out and number == len(items) else premise


def _term(
    assertion: Assertion,
    key: str,
    operand: Operand,
    role: Text,
    cited: frozenset[Mention],
    by_place: Mapping[Place, Figure],
) -> Iterator[Premise]:
    """Yield a term of a claim, under the name of its figure where it is one."""
    figure = operand.figure or by_place.get(operand.place)
    if figure is not None:
        if figure.mention not in cited:
            yield Premise((replace(figure.mention, indicator=name_of(figure)),), _stands_for(figure), role)
        return
    mention = assertion.mention
    place, text = operand.place, operand.amount.text
    term = Mention(f"{assertion.id}/{key}", mention.indicator, "claim", mention.year, text, place, mention.origin)
    yield Premise((term,), None, role)


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
