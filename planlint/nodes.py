"""The only place for what a YAML text is read into: nodes that keep raw characters and places, and faults."""

from __future__ import annotations

from msgspec import Struct

from planlint.source import Place


class Scalar(Struct, gc=False):
    """A scalar: its characters, 0-based line and column, and how it was quoted (None where it was not)."""

    value: str
    line: int
    column: int
    style: str | None = None


class Sequence(Struct):
    """A list: its items, and the 0-based line and column where it begins."""

    value: list[Node]
    line: int
    column: int


class Mapping(Struct):
    """A mapping: its keys and values in order, and the 0-based line and column where it begins."""

    value: list[tuple[Node, Node]]
    line: int
    column: int


Node = Scalar | Sequence | Mapping


class Fault(Struct, frozen=True):
    """Something that cannot be read. `kind` selects the rule that words it; `shown` fills the rule's message.

    `lines` are those of the plan document, where the fault has to do with them.
    """

    kind: str
    place: Place
    shown: tuple[tuple[str, str], ...] = ()
    lines: tuple[int, ...] = ()


def visible(mark: str) -> str:
    """Return a mark as a message can show it: a blank by its code point."""
    return mark if mark.isprintable() else f"U+{ord(mark):04X}"
