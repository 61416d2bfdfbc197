"""Where a scalar ends: findings know where one begins, while reports and edits need all of it, as it is written."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator

from msgspec import Struct

from planlint import tree
from planlint.patterns import pattern
from planlint.positions import Positions
from planlint.source import Place
from planlint.tree import Mapping, Node, Scalar

_CLOSING = {'"': pattern(r"(?:[^\"\\]|\\.)*\""), "'": pattern(r"(?:[^']|'')*'")}


class Span(Struct, frozen=True, order=True):
    """A part of a text: offsets of its first character and behind its last."""

    start: int
    end: int


class Spans:
    """What is written at the places of one text; `root` is its tree, None where it could not be read."""

    def __init__(self, positions: Positions, root: Node | None) -> None:
        self._positions = positions
        found = [(positions.offset(tree.place(scalar, "")), scalar) for scalar in scalars(root)]
        self._scalars = sorted(found, key=lambda entry: entry[0])

    def at(self, place: Place) -> Span:
        """Return what is written at a place: a scalar with its quotes, else the rest of the line."""
        start = self._positions.offset(place)
        index = bisect_right(self._scalars, start, key=lambda entry: entry[0]) - 1
        if index >= 0 and self._scalars[index][0] == start:
            return _visible(Span(start, self._end(start, self._scalars[index][1])))
        return _visible(Span(start, self._positions.end_of_line(start)))

    def around(self, offset: int) -> Scalar | None:
        """Return the scalar that an offset lies in or just behind, None where there is none."""
        index = bisect_right(self._scalars, offset, key=lambda entry: entry[0]) - 1
        if index < 0:
            return None
        start, scalar = self._scalars[index]
        return scalar if offset <= self._end(start, scalar) else None

    def _end(self, start: int, scalar: Scalar) -> int:
        text = self._positions.text
        closing = _CLOSING.get(scalar.style or "")
        found = closing.match(text, start + 1) if closing is not None else None
        if found is not None:
            return found.end()
        if scalar.value and text.startswith(scalar.value, start):
            return start + len(scalar.value)
        return _visible(Span(start, self._positions.end_of_line(start))).end


def _visible(span: Span) -> Span:
    """Return a span with at least one character, so that there is something to underline."""
    return span if span.end > span.start else Span(max(span.start - 1, 0), span.end)


def scalars(root: Node | None) -> Iterator[Scalar]:
    """Yield every scalar of a tree; its depth was bounded when it was read."""
    if isinstance(root, Scalar):
        yield root
    elif isinstance(root, Mapping):
        for key, value in root.value:
            yield from scalars(key)
            yield from scalars(value)
    elif root is not None:
        for item in root.value:
            yield from scalars(item)
