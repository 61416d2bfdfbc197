"""The only place that turns planlint's places into an editor's positions and back.

planlint counts lines as YAML does and columns in characters; an editor knows fewer ends of lines and counts columns in
the units of an encoding, by default UTF-16, in which 𠮷 takes two. Both meet in offsets into the text.
"""

from __future__ import annotations

from bisect import bisect_right

from planlint.patterns import pattern
from planlint.source import Place

_YAML_END = pattern("\r\n|[\n\r\x85\u2028\u2029]")
_EDITOR_END = pattern("\r\n|[\n\r]")

Position = tuple[int, int]
"""An editor's line and column, both 0-based, the column in units of the encoding."""


class Positions:
    """The places and positions of one text. `encoding` is utf-8, utf-16 or utf-32, as editor and server agreed."""

    def __init__(self, text: str, encoding: str = "utf-16") -> None:
        self.text = text
        self._encoding = encoding
        # What planlint reads begins behind a byte order mark, what the editor counts with it.
        self._lead = 1 if text.startswith("\ufeff") else 0
        self._yaml = [0, *(found.end() for found in _YAML_END.finditer(text))]
        self._editor = [0, *(found.end() for found in _EDITOR_END.finditer(text))]

    def offset(self, place: Place) -> int:
        """Return where a place is in the text; one beyond the text is its end."""
        if place.line > len(self._yaml):
            return len(self.text)
        lead = self._lead if place.line == 1 else 0
        return min(self._yaml[place.line - 1] + place.column - 1 + lead, len(self.text))

    def end_of_line(self, offset: int) -> int:
        """Return where the characters of a line end, blanks behind them left out."""
        found = _YAML_END.search(self.text, offset)
        end = found.start() if found else len(self.text)
        return offset + len(self.text[offset:end].rstrip())

    def position(self, offset: int) -> Position:
        """Return the editor's position of an offset."""
        line = bisect_right(self._editor, offset) - 1
        return line, self._units(self.text[self._editor[line] : offset])

    def offset_at(self, position: Position) -> int:
        """Return the offset of an editor's position; one beyond its line is the end of that line."""
        line, units = position
        if line >= len(self._editor):
            return len(self.text)
        start = self._editor[line]
        found = _EDITOR_END.search(self.text, start)
        content = self.text[start : found.start() if found else len(self.text)]
        if content.isascii():
            return start + min(units, len(content))
        for index, character in enumerate(content):
            if units <= 0:
                return start + index
            units -= self._units(character)
        return start + len(content)

    def _units(self, text: str) -> int:
        if self._encoding == "utf-32" or text.isascii():
            return len(text)
        if self._encoding == "utf-8":
            return len(text.encode("utf-8", "surrogatepass"))
        return len(text) + sum(character > "\uffff" for character in text)
