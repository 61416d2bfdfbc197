"""The only place that tells what changed in the head of a plan, and among the indicators of its own."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec import Struct

from planlint.statements import Plan
from planlint.tree import Mapping, Node, Scalar


class Part(Struct, frozen=True):
    """One key of an entry, before and after."""

    key: str
    old: str
    new: str


HEAD = ("title", "region", "within", "references", "period", "baseline", "review", "document", "status")


def head(old: Plan, new: Plan) -> Iterator[Part]:
    """Yield what changed in the head of a plan, and among its own indicators."""
    if old.id != new.id:
        yield Part("id", old.id, new.id)
    before, after = _head_of(old), _head_of(new)
    yield from (Part(key, before[key], after[key]) for key in HEAD if before[key] != after[key])
    own = [{f"{name}/{key}": text for name, key, text in _indicators(plan)} for plan in (old, new)]
    for key in dict.fromkeys((*own[0], *own[1])):
        if own[0].get(key) != own[1].get(key):
            yield Part(key, own[0].get(key, ""), own[1].get(key, ""))


def _head_of(plan: Plan) -> dict[str, str]:
    return {
        "title": plan.title,
        "region": plan.region,
        "within": "、".join(plan.within),
        "references": ", ".join(term.text for term in plan.references),
        "period": f"{plan.period.first}-{plan.period.last}",
        "baseline": str(plan.baseline),
        "review": f"{plan.review.first}-{plan.review.last}",
        "document": plan.document,
        "status": plan.status,
    }


def _indicators(plan: Plan) -> Iterator[tuple[str, str, str]]:
    """Yield the name of each indicator of a plan's own with each key that describes it."""
    for node in plan.indicators:
        fields = {key.value: _plain(value) for key, value in node.value if isinstance(key, Scalar)}
        name = f"indicators/{fields.pop('key', '')}"
        yield from ((name, key, text) for key, text in sorted(fields.items()))


def _plain(node: Node) -> str:
    if isinstance(node, Scalar):
        return node.value
    if isinstance(node, Mapping):
        return "{" + ", ".join(f"{_plain(key)}: {_plain(value)}" for key, value in node.value) + "}"
    return "[" + ", ".join(map(_plain, node.value)) + "]"
