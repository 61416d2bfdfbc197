"""The only place that reads the text in an editor: its tree, its figures, and what is written where.

A text is half written most of the time: whatever of it cannot be read is left out, and the rest serves.
"""

from __future__ import annotations

from msgspec import Struct

from planlint import plan, tree
from planlint.engine import Engine
from planlint.facts import Facts, derive
from planlint.positions import Positions
from planlint.source import MAX_BYTES, Place
from planlint.spans import Span, Spans
from planlint.tree import Fault, Node


class Draft(Struct, frozen=True):
    """The text in an editor with all that could be read of it. `facts` is None where there is no plan in it."""

    name: str
    positions: Positions
    spans: Spans
    root: Node | None
    faults: tuple[Fault, ...]
    facts: Facts | None

    @property
    def text(self) -> str:
        """Return the text."""
        return self.positions.text

    def span(self, place: Place) -> Span:
        """Return what is written at a place: a scalar as written, else the rest of the line."""
        return self.spans.at(place)

    def place_at(self, offset: int) -> Place | None:
        """Return the place of the scalar that an offset lies in or just behind, None where there is none."""
        scalar = self.spans.around(offset)
        return tree.place(scalar, self.name) if scalar is not None else None


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
    found = facts.faults if facts is not None else tuple(faults)
    return Draft(name, positions, Spans(positions, root), root, found, facts)
