"""The only place that reads the text in an editor: its tree, its figures, and what is written where.

A text is half written most of the time: whatever of it cannot be read is left out, and the rest serves.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator

from msgspec import Struct

from planlint import plan, tree
from planlint.engine import Engine
from planlint.facts import Facts, derive
from planlint.lsp.positions import Positions
from planlint.patterns import pattern
from planlint.source import MAX_BYTES, Place
from planlint.tree import Fault, Mapping, Node, Scalar

_CLOSING = {'"': pattern(r"(?:[^\"\\]|\\.)*\""), "'": pattern(r"(?:[^']|'')*'")}


class Span(Struct, frozen=True, order=True):
    """A part of a text: offsets of its first character and behind its last."""

    start: int
    end: int


class Draft(Struct, frozen=True):
    """The text in an editor with all that could be read of it. `facts` is None where there is no plan in it."""

    name: str
    positions: Positions
    root: Node | None
    faults: tuple[Fault, ...]
    facts: Facts | None
    scalars: tuple[tuple[int, Scalar], ...]
    """Every scalar with the offset where it begins, in order."""

    @property
    def text(self) -> str:
        """Return the text."""
        return self.positions.text

    def span(self, place: Place) -> Span:
        """Return what is written at a place: a scalar as written, else the rest of the line."""
        start = self.positions.offset(place)
        index = bisect_right(self.scalars, start, key=lambda entry: entry[0]) - 1
        if index >= 0 and self.scalars[index][0] == start:
            return _visible(Span(start, self._written_end(start, self.scalars[index][1])))
        return _visible(Span(start, self.positions.end_of_line(start)))

    def place_at(self, offset: int) -> Place | None:
        """Return the place of the scalar that an offset lies in or just behind, None where there is none."""
        index = bisect_right(self.scalars, offset, key=lambda entry: entry[0]) - 1
        if index < 0:
            return None
        start, scalar = self.scalars[index]
        return tree.place(scalar, self.name) if offset <= self._written_end(start, scalar) else None

    def _written_end(self, start: int, scalar: Scalar) -> int:
        text = self.text
        closing = _CLOSING.get(scalar.style or "")
        found = closing.match(text, start + 1) if closing is not None else None
        if found is not None:
            return found.end()
        if scalar.value and text.startswith(scalar.value, start):
            return start + len(scalar.value)
        return _visible(Span(start, self.positions.end_of_line(start))).end


def _visible(span: Span) -> Span:
    """Return a span with at least one character, so that an editor has something to underline."""
    return span if span.end > span.start else Span(max(span.start - 1, 0), span.end)


def read(text: str, name: str, engine: Engine, encoding: str = "utf-16") -> Draft:
    """Return what a text says; a text that is too large to be read says nothing."""
    positions = Positions(text, encoding)
    faults: list[Fault] = []
    root: Node | None = None
    facts = None
    if len(text) <= MAX_BYTES:
        root, faults = tree.parse(text.removeprefix("\ufeff"), name)
        stated = plan.read(root, name, faults) if root is not None else None
        if stated is not None:
            facts = derive(stated, engine.lookups, faults)
    found = [(positions.offset(tree.place(scalar, name)), scalar) for scalar in _scalars(root)]
    found.sort(key=lambda entry: entry[0])
    return Draft(name, positions, root, facts.faults if facts is not None else tuple(faults), facts, tuple(found))


def _scalars(root: Node | None) -> Iterator[Scalar]:
    """Yield every scalar of a tree; its depth was bounded when it was read."""
    if isinstance(root, Scalar):
        yield root
    elif isinstance(root, Mapping):
        for key, value in root.value:
            yield from _scalars(key)
            yield from _scalars(value)
    elif root is not None:
        for item in root.value:
            yield from _scalars(item)
