"""The quick way to read the part of YAML that plans are written in; everything else is left to PyYAML.

A plan is block mappings and lists, rows in braces, and scalars on one line. That much is read here with a handful of
patterns, to the same nodes as PyYAML's (tests hold the two against each other). Whatever is not certain to be that
(tabs, blocks of text, escapes, anchors, tags, empty values, text over several lines, any mistake) gives None: then the
full parser reads the text from its beginning, and words what is wrong with it.
"""

from __future__ import annotations

import re

from planlint.nodes import Mapping, Node, Scalar, Sequence
from planlint.patterns import pattern
from planlint.source import is_clean

MAX_DEPTH = 12
_LONGEST = 1000
"""Characters of an entry, blanks included; a key of more than 1,024 is none to YAML."""

_FOREIGN = ("\t", "\r", "\x85", "\u2028", "\u2029", "\ufeff")
"""What else YAML counts as a blank or the end of a line, or does not allow inside a text."""
_DOCUMENT = ("---", "...", "%")
"""How a line begins that ends a document or speaks of it."""

_FIRST = r"(?:[^ \n,\[\]{}:#?&*!|>'\"%@`\-=]|-[^ \n,\[\]{}:#?\-])"
_FLOW = _FIRST + r"[^ \n,\[\]{}:#?]*(?:(?: +|:|#)[^ \n,\[\]{}:#?]+)*"
_BLOCK = _FIRST + r"[^ \n:#]*(?:(?: +|:|#)[^ \n:#]+)*"
_QUOTED = r"\"([^\"\\\n]*)\"|'([^'\n]*)'(?!')"
_KEY = rf"(?:({_FLOW})|{_QUOTED})"

_ENTRY = pattern(rf" *{_KEY} *: +(?:({_FLOW})|{_QUOTED}) *([,}}])")
"""A key, a scalar and what follows, inside braces: nearly all of a plan."""
_ITEM = pattern(rf" *(?:({_FLOW})|{_QUOTED}) *([,\]])")
"""A scalar and what follows, inside brackets."""
_NAMED = pattern(rf" *{_KEY} *: +(?=[\[{{])")
"""A key inside braces whose value is a list or a mapping."""
_SPACE = pattern(r"(?: *(?:#[^\n]*)?\n)* *")
_BLOCK_KEY = pattern(rf"{_KEY} *:(?: +(?=[^ \n#])|(?= *(?: #[^\n]*)?(?:\n|\Z)))")
_VALUE = pattern(rf"(?:({_BLOCK})|{_QUOTED})(?= *(?: #[^\n]*)?(?:\n|\Z))")
_END = pattern(r" *(?: #[^\n]*)?(?=\n|\Z)")

_SPECIAL = "\n#&*!|>'?@`[]{\\"
"""What does not stand in simple braces: it could begin or end something that is no scalar, or is a mark of YAML's."""
_UNEVEN = ("  ", " ,", " :", ", -", ", %", ", =", ', "')
"""Blanks around scalars, and the beginnings of keys that need a closer look; neither stands in simple braces."""
_NO_FIRST = frozenset('-%="')
"""With which no plain scalar begins, or only some do."""


class _NotPlain(Exception):
    """Something that is left to PyYAML."""


def read(text: str) -> Node | None:
    """Return the root node of a text, None where anything in it is left to PyYAML."""
    if not is_clean(text) or any(sign in text for sign in _FOREIGN):
        return None
    if text.startswith(_DOCUMENT) or any(f"\n{mark}" in text for mark in _DOCUMENT):
        return None
    reader = _Reader(text)
    if not reader.rows:
        return None
    try:
        root = reader.block(0, 0)
    except _NotPlain:
        return None
    return root if reader.row == len(reader.rows) else None


def _rows(text: str) -> list[tuple[int, int]]:
    """Return begin and indent of the lines that hold more than blanks and a comment."""
    rows: list[tuple[int, int]] = []
    start = 0
    for line in text.split("\n"):
        held = line.lstrip(" ")
        if held and held[0] != "#":
            rows.append((start, len(line) - len(held)))
        start += len(line) + 1
    return rows


class _Reader:
    """Reads one text. `rows` are begin and indent of the lines that hold something; `row` is the next of them.

    `special` are the characters and their like that stand in it somewhere, and not in simple braces.
    """

    def __init__(self, text: str) -> None:
        self.text = text
        self.rows = _rows(text)
        self.special = tuple(sign for sign in (*_SPECIAL, *_UNEVEN) if sign in text)
        self.row = 0
        self.line = 0
        self.line_start = 0
        self.counted = 0

    def go_to(self, start: int) -> None:
        """Make a line that begins at an offset the current one."""
        self.line += self.text.count("\n", self.line_start, start)
        self.line_start = start

    def block(self, depth: int, indent: int) -> Node:
        """Return the mapping or list whose rows begin at an indent; stop at the first row that is less deep."""
        if depth > MAX_DEPTH:
            raise _NotPlain
        start, found = self.rows[self.row]
        if found != indent:
            raise _NotPlain
        if self.text.startswith("- ", start + indent):
            return self.items(depth, indent)
        return self.entries(depth, indent, start + indent)

    def items(self, depth: int, indent: int) -> Sequence:
        """Return a list of the block form."""
        start, _ = self.rows[self.row]
        self.go_to(start)
        node = Sequence([], self.line, indent)
        while self.row < len(self.rows):
            start, found = self.rows[self.row]
            if found != indent or not self.text.startswith("- ", start + indent):
                break
            self.go_to(start)
            at = start + indent + 2
            while self.text[at : at + 1] == " ":
                at += 1
            first = self.text[at : at + 1]
            if first in ("{", "["):
                node.value.append(self.flow_value(at))
            elif first and first not in "\n#-" and _BLOCK_KEY.match(self.text, at):
                node.value.append(self.entries(depth + 1, at - start, at))
            else:
                node.value.append(self.scalar(at, indent))
        return node

    def entries(self, depth: int, indent: int, at: int) -> Mapping:
        """Return a mapping of the block form whose first key stands at an offset."""
        if depth > MAX_DEPTH:
            raise _NotPlain
        self.go_to(self.rows[self.row][0])
        node = Mapping([], self.line, indent)
        while True:
            node.value.append(self.entry(depth, indent, at))
            if self.row == len(self.rows) or self.rows[self.row][1] < indent:
                return node
            start, found = self.rows[self.row]
            if found > indent:
                raise _NotPlain
            at = start + indent
            self.go_to(start)
            if self.text.startswith("- ", at):
                return node

    def entry(self, depth: int, indent: int, at: int) -> tuple[Node, Node]:
        """Return one key and its value."""
        match = _BLOCK_KEY.match(self.text, at)
        if match is None or match.end() - at > _LONGEST:
            raise _NotPlain
        key = self.made(match, 1)
        at = match.end()
        first = self.text[at : at + 1]
        if first in ("{", "["):
            return key, self.flow_value(at)
        if _END.match(self.text, at) is None or first not in ("", "\n", " "):
            return key, self.scalar(at, indent)
        # The value stands below: deeper, or a list whose marks stand under the key.
        self.row += 1
        if self.row == len(self.rows):
            raise _NotPlain
        start, found = self.rows[self.row]
        if found > indent or (found == indent and self.text.startswith("- ", start + found)):
            return key, self.block(depth + 1, found)
        raise _NotPlain

    def made(self, match: re.Match[str], group: int) -> Scalar:
        """Return the scalar of a pattern's three groups: no quotes, double quotes, single quotes."""
        plain = match[group]
        if plain is not None:
            return Scalar(plain, self.line, match.start(group) - self.line_start)
        group += 1 if match[group + 1] is not None else 2
        # The place is that of the quote, and the quote is part of no group.
        return Scalar(match[group], self.line, match.start(group) - 1 - self.line_start, self.text[match.end(group)])

    def scalar(self, at: int, indent: int) -> Scalar:
        """Return the scalar that ends a row; one that goes on below is left to PyYAML."""
        match = _VALUE.match(self.text, at)
        if match is None:
            raise _NotPlain
        self.row += 1
        if self.row < len(self.rows) and self.rows[self.row][1] > indent:
            raise _NotPlain
        return self.made(match, 1)

    def flow_value(self, at: int) -> Node:
        """Return what stands in braces or brackets and ends its row, and go to the row behind it."""
        node, at = self.flow(at, 0)
        if _END.match(self.text, at) is None:
            raise _NotPlain
        self.row += 1
        while self.row < len(self.rows) and self.rows[self.row][0] < at:
            self.row += 1
        return node

    def flow(self, at: int, depth: int) -> tuple[Node, int]:
        """Return the node that begins with a bracket at an offset, and the offset behind it."""
        if depth > MAX_DEPTH:
            raise _NotPlain
        if self.text[at] == "{":
            return self.braces(at, depth)
        return self.brackets(at, depth)

    def braces(self, at: int, depth: int) -> tuple[Mapping, int]:
        """Return a mapping in braces."""
        text, value = self.text, list[tuple[Node, Node]]()
        node = Mapping(value, self.line, at - self.line_start)
        at += 1
        if text.startswith("}", at):
            return node, at + 1
        closing = text.find("}", at)
        if closing > at and self.simple(text[at:closing], at, value):
            return node, closing + 1
        value.clear()
        match_entry, line, line_start = _ENTRY.match, self.line, self.line_start
        while True:
            found = match_entry(text, at)
            if found is not None:
                plain_key, _, _, plain, _, _, end = found.groups()
                at = found.end()
                if at - found.start() > _LONGEST:
                    raise _NotPlain
                if plain_key is not None and plain is not None:
                    # Nearly all entries there are: written out, because it is most of the time of a large run.
                    key = Scalar(plain_key, line, found.start(1) - line_start)
                    value.append((key, Scalar(plain, line, found.start(4) - line_start)))
                else:
                    value.append((self.made(found, 1), self.made(found, 4)))
                ended = end == "}"
            else:
                named = _NAMED.match(text, at)
                if named is None:
                    before = at
                    at = self.next_line(at)
                    if at == before:
                        raise _NotPlain
                else:
                    made = self.made(named, 1)
                    inner, at = self.flow(named.end(), depth + 1)
                    value.append((made, inner))
                    at, ended = self.behind(at, "}")
                line, line_start = self.line, self.line_start
                if named is None:
                    continue
            if ended:
                return node, at

    def simple(self, body: str, at: int, value: list[tuple[Node, Node]]) -> bool:
        """Read what stands in simple braces on one line; False, with some of it read, where it is not that simple.

        Nearly all rows are, and taking them apart by their commas and colons is many times faster than by patterns.
        """
        items = body.split(", ")
        # One comma between two entries and one colon in each: there are none elsewhere, not even in quotes.
        if body.count(":") != len(items) or body.count(",") != len(items) - 1 or len(body) > _LONGEST:
            return False
        if body[0] in _NO_FIRST or body[0] == " " or body[-1] == " ":
            return False
        for sign in self.special:
            if sign in body:
                return False
        line, column = self.line, at - self.line_start
        for item in items:
            name, _, said = item.partition(": ")
            if not name or not said:
                return False
            start = column + len(name) + 2
            if said[0] not in _NO_FIRST:
                value.append((Scalar(name, line, column), Scalar(said, line, start)))
            elif len(said) > 1 and said[0] == said[-1] == '"' and '"' not in said[1:-1]:
                value.append((Scalar(name, line, column), Scalar(said[1:-1], line, start, '"')))
            else:
                return False
            column += len(item) + 2
        return True

    def brackets(self, at: int, depth: int) -> tuple[Sequence, int]:
        """Return a list in brackets."""
        text, value = self.text, list[Node]()
        node = Sequence(value, self.line, at - self.line_start)
        at += 1
        if text.startswith("]", at):
            return node, at + 1
        while True:
            found = _ITEM.match(text, at)
            if found is not None:
                value.append(self.made(found, 1))
                at = found.end()
                ended = found[4] == "]"
            else:
                before = at
                at = self.next_line(at)
                if text[at : at + 1] in ("{", "["):
                    inner, at = self.flow(at, depth + 1)
                    value.append(inner)
                    at, ended = self.behind(at, "]")
                elif at == before:
                    raise _NotPlain
                else:
                    continue
            if ended:
                return node, at

    def behind(self, at: int, closing: str) -> tuple[int, bool]:
        """Return the offset behind the comma or the closing bracket that follows, and whether it was the bracket."""
        while self.text[at : at + 1] == " ":
            at += 1
        sign = self.text[at : at + 1]
        if sign not in (",", closing) or not sign:
            raise _NotPlain
        return at + 1, sign == closing

    def next_line(self, at: int) -> int:
        """Return the offset of what follows blanks, ends of lines and comments; a line must stay indented."""
        found = _SPACE.match(self.text, at)
        end = found.end() if found is not None else at
        start = self.text.rfind("\n", at, end) + 1
        if start:
            if end == start:
                raise _NotPlain
            self.go_to(start)
        return end
