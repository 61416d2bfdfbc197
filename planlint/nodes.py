"""The only place for what a YAML text is read into: nodes that keep raw characters and places, and faults."""

from __future__ import annotations

from collections.abc import Iterable

from msgspec import Struct

from planlint.source import Place


class Scalar(Struct, gc=False):
    """A scalar: its characters, 0-based line and column, and how it was quoted (None where it was not)."""

    value: str
    line: int
    column: int
    style: str | None = None


class Sequence(Struct, gc=False):
    """A list: its items, and the 0-based line and column where it begins."""

    value: list[Node]
    line: int
    column: int


class Mapping(Struct, gc=False, eq=False):
    """A mapping: its keys and values in order, and the 0-based line and column where it begins.

    Nearly all are rows of texts in braces on one line. Of such a row only the keys and values are kept, in turn and as
    they are written, until somebody asks for nodes: most are never asked for.
    """

    pairs: list[tuple[Node, Node]] | None
    line: int
    column: int
    body: str = ""
    """All of such a row between its braces."""
    parts: list[str] = []
    quoted: Iterable[int] = ()
    """Which of its parts are written in double quotes."""

    @property
    def value(self) -> list[tuple[Node, Node]]:
        """Return the keys and values as nodes."""
        if self.pairs is None:
            self.pairs = _pairs(self)
        return self.pairs

    def __eq__(self, other: object) -> bool:
        if type(other) is not Mapping:
            return NotImplemented
        return (self.line, self.column, self.value) == (other.line, other.column, other.value)


Node = Scalar | Sequence | Mapping


def _pairs(row: Mapping) -> list[tuple[Node, Node]]:
    """Return the nodes of a row; between any two of its parts stand a mark and a blank."""
    pairs: list[tuple[Node, Node]] = []
    column = row.column + 1
    parts = iter(row.parts)
    for key, said in zip(parts, parts, strict=True):
        at = column + len(key) + 2
        value = Scalar(said[1:-1], row.line, at, '"') if said[0] == '"' else Scalar(said, row.line, at)
        pairs.append((Scalar(key, row.line, column), value))
        column = at + len(said) + 2
    return pairs


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
