"""Regions: from where to where something is written, as forges and editors count it."""

from __future__ import annotations

import os
from functools import cache
from urllib.parse import quote

from msgspec import Struct

from planlint import tree
from planlint.positions import Positions
from planlint.report.formats import Run
from planlint.source import NotText, Place, Source, UnreadableSource, decode, read_bytes
from planlint.spans import Spans


class Region(Struct, frozen=True):
    """Lines and columns, 1-based; columns in UTF-16 units, the last one behind what is written.

    Where the text can no longer be read only the beginning is known, and the end is None.
    """

    line: int
    column: int
    end_line: int | None
    end_column: int | None


class Regions:
    """The regions of a run's places."""

    def __init__(self, run: Run) -> None:
        self._run = run
        self._texts = cache(self._read)

    def of(self, place: Place) -> Region:
        """Return the region of what stands at a place."""
        read = self._texts(place.file)
        if read is None:
            return Region(place.line, place.column, None, None)
        positions, spans = read
        span = spans.at(place)
        (line, column), (end_line, end_column) = positions.position(span.start), positions.position(span.end)
        return Region(line + 1, column + 1, end_line + 1, end_column + 1)

    def _read(self, file: str) -> tuple[Positions, Spans] | None:
        source = self._run.sources.get(file) or _other(file)
        if source is None:
            return None
        positions = Positions(source.text)
        return positions, Spans(positions, tree.parse(source.text, file)[0])


def _other(file: str) -> Source | None:
    """Return the text of a file that is no plan of the run: one that a plan is held against."""
    try:
        return Source(file, decode(read_bytes(file)))
    except (UnreadableSource, NotText):
        return None


def relative(file: str) -> str:
    """Return a file as a forge names it: from the folder in which planlint was called, where it lies below that."""
    path = os.path.normpath(file)
    if os.path.isabs(path):
        below = os.path.relpath(path)
        path = path if below.startswith(os.pardir) else below
    return path.replace(os.sep, "/")


def uri(file: str) -> str:
    """Return a file as a reference that is relative where its path can be, with every sign but `/` escaped."""
    path = relative(file)
    # A first segment with a colon would be a scheme; quote leaves none.
    return ("file://" if path.startswith("/") else "") + quote(path, safe="/")
