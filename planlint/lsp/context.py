"""Where in a plan file a cursor stands, told from the text before it alone: what is being typed is seldom YAML yet.

Braces, indentation and quotes are followed loosely; nothing here decides what a plan says.
"""

from __future__ import annotations

import re

from msgspec import Struct, field

from planlint.patterns import pattern

_SECTION = pattern(r"^(?:[a-z_]+[ ]*:|\{)", re.MULTILINE)
_KEY = pattern(r"(?P<key>\"[^\"\n]*\"|'[^'\n]*'|[^\s:{}\[\],#\"'][^\n:{}\[\],#]*?)[ ]*:(?=[ \n]|$)")
_MARGIN = pattern(r"[ ]*")


class Context(Struct, frozen=True):
    """What a cursor stands in: the keys above it, the key whose value is typed, and what its entry says already."""

    path: tuple[str, ...]
    key: str | None
    """None where a key is typed; else the key whose value is."""
    entries: dict[str, str]
    start: int
    """Offset of what is being typed."""
    headings: tuple[str, ...]
    """The columns of the table that the cursor is in."""


class _Level(Struct):
    """A mapping or list that is open: its indent (-1 inside brackets), its entries, and the key being valued."""

    indent: int
    entries: dict[str, str] = field(default_factory=dict)
    key: str | None = None
    bracket: str = ""


class _Scanner:
    def __init__(self, text: str, at: int, end: int) -> None:
        self.text = text
        self.at = at
        self.end = end
        self.levels = [_Level(0)]
        self.token = at
        self.headings: tuple[str, ...] = ()

    def run(self) -> Context:
        while self.at < self.end:
            if self.levels[-1].bracket:
                self.in_brackets()
            else:
                self.row()
        self.token = min(self.token, self.end)
        while self.token < self.end and self.text[self.token] == " ":
            self.token += 1
        level = self.levels[-1]
        path = [one.key for one in self.levels[:-1] if one.key is not None]
        key = level.key
        if level.bracket == "[":
            # An item of a list is typed for the key that the list belongs to.
            key = path.pop() if path else None
            level = self.levels[-2]
        return Context(tuple(path), key, dict(level.entries), self.token, self.headings)

    def row(self) -> None:
        """Read one row of the block form up to its value, or up to the bracket that it opens."""
        text, start = self.text, self.at
        margin = _MARGIN.match(text, start, self.end)
        at = margin.end() if margin is not None else start
        while text.startswith("- ", at) and at < self.end:
            self.close(at - start)
            self.levels.append(_Level(at - start))
            at += 2
            while at < self.end and text[at] == " ":
                at += 1
            self.levels.append(_Level(at - start))
        if text.startswith("#", at):
            self.skip_row(at)
            return
        if at < self.end and text[at] == "\n":
            self.at = self.token = at + 1
            return
        self.open_at(at - start)
        found = _KEY.match(text, at, self.end)
        self.token = at
        if at < self.end and text[at] in "{[":
            self.push(at)
            return
        if found is None:
            self.skip_row(at)
            return
        level = self.levels[-1]
        level.key = found["key"].strip("\"'").strip()
        at = found.end()
        while at < self.end and text[at] == " ":
            at += 1
        self.token = at
        level.entries[level.key] = ""
        if at < self.end and text[at] in "{[":
            self.push(at)
            return
        last = text.find("\n", at, self.end)
        level.entries[level.key] = text[at : last if last >= 0 else self.end].strip().strip("\"'")
        self.skip_row(at)

    def skip_row(self, at: int) -> None:
        last = self.text.find("\n", at, self.end)
        if last < 0:
            self.at = self.end
            return
        self.at = self.token = last + 1

    def close(self, indent: int) -> None:
        """Leave the levels that are as deep as an indent or deeper: a mark of a list begins a new entry."""
        while len(self.levels) > 1 and self.levels[-1].indent >= indent:
            self.remember(self.levels.pop())

    def open_at(self, indent: int) -> None:
        """Make the level of an indent the current one."""
        while len(self.levels) > 1 and self.levels[-1].indent > indent:
            self.remember(self.levels.pop())
        if self.levels[-1].indent < indent and self.levels[-1].key is not None:
            self.levels.append(_Level(indent))
        self.levels[-1].key = None

    def push(self, at: int) -> None:
        self.levels.append(_Level(-1, bracket=self.text[at]))
        self.at = self.token = at + 1

    def remember(self, level: _Level) -> None:
        if level.entries and self.levels and self.levels[-1].key == "columns":
            self.headings = tuple(level.entries)

    def in_brackets(self) -> None:
        """Read one sign or word inside brackets."""
        text, at = self.text, self.at
        level = self.levels[-1]
        sign = text[at]
        if sign in "{[":
            self.push(at)
        elif sign in "}]":
            self.value(at)
            self.levels.pop()
            self.remember(level)
            self.at = at + 1
            self.token = self.at
            if not self.levels[-1].bracket:
                self.skip_row(self.at)
        elif sign == ",":
            self.value(at)
            level.key = None
            self.at = self.token = at + 1
        elif sign in "\"'" and not text[self.token : at].strip():
            closing = text.find(sign, at + 1, self.end)
            self.at = self.end if closing < 0 else closing + 1
        elif sign == ":" and level.bracket == "{" and level.key is None and text[at + 1 : at + 2] in (" ", "\n", ""):
            level.key = text[self.token : at].strip().strip("\"'")
            level.entries[level.key] = ""
            self.at = self.token = at + 1
        else:
            self.at = at + 1

    def value(self, at: int) -> None:
        level = self.levels[-1]
        if level.bracket == "{" and level.key is not None:
            level.entries[level.key] = self.text[self.token : at].strip().strip("\"'")


def context_at(text: str, offset: int) -> Context:
    """Return where an offset of a text stands."""
    if offset == 0 or text[offset - 1] == "\n":
        # At the margin a new part of the file begins.
        return Context((), None, {}, offset, ())
    start = 0
    for found in _SECTION.finditer(text, 0, offset):
        start = found.start()
    return _Scanner(text, start, offset).run()
