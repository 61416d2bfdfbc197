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

MAX_DEPTH = 12
_LONGEST = 1000
"""Characters of an entry, blanks included; a key of more than 1,024 is none to YAML."""

_FOREIGN = ("\u2028", "\u2029", "\ufeff", "\ufffe", "\uffff")
"""What else YAML counts as the end of a line, or does not allow inside a text."""
_DOCUMENT = ("---", "...", "%")
"""How a line begins that ends a document or speaks of it."""

_FIRST = r"(?:[^ \n,\[\]{}:#?&*!|>'\"%@`\-=]|-[^ \n,\[\]{}:#?\-])"
_FLOW = _FIRST + r"[^ \n,\[\]{}:#?]*+(?:(?: ++|:|#)[^ \n,\[\]{}:#?]++)*+"
_BLOCK = _FIRST + r"[^ \n:#]*+(?:(?: ++|:|#)[^ \n:#]++)*+"
_QUOTED = r"\"([^\"\\\n]*)\"|'([^'\n]*)'(?!')"
_KEY = rf"(?:({_FLOW})|{_QUOTED})"

_ENTRY = pattern(rf" *{_KEY} *: +(?:({_FLOW})|{_QUOTED}) *([,}}])")
"""A key, a scalar and what follows, inside braces: nearly all of a plan."""
_ITEM = pattern(rf" *(?:({_FLOW})|{_QUOTED}) *([,\]])")
"""A scalar and what follows, inside brackets."""
_NAMED = pattern(rf" *{_KEY} *: +(?=[\[{{])")
"""A key inside braces whose value is a list or a mapping."""
_OPENED = pattern(r" *(?=[\[{])")
_REST = pattern(r" *(?:#.*)?\Z")
_BLOCK_KEY = pattern(rf"{_KEY} *:(?: +(?=[^ \n#])|(?= *(?: #.*)?\Z))")
_VALUE = pattern(rf"(?:({_BLOCK})|{_QUOTED})(?= *(?: #.*)?\Z)")
_END = pattern(r" *(?: #.*)?\Z")

_MARKS = b"\n #&*!|>'?@`[]{}\\\",:="
_CONTROLS = bytes(set(range(0x20)) - set(b"\n")) + bytes(range(0x7F, 0xA0))
_NO_MARKS = bytes(set(range(0x100)) - set(_MARKS) - set(_CONTROLS))
"""What says nothing of the structure of a text: all but the marks that may begin or end a scalar."""

_MOST = 40
"""Entries of a row that is read at once."""
_EVEN = {(b": , " * count)[:-2]: 2 * count for count in range(1, _MOST)}
"""The marks of rows with no others than those between keys and values, and how many keys and values these have."""
_UNEVEN = {marks.replace(b" ", b""): count for marks, count in _EVEN.items()}
"""The same without the blanks."""
_NO_FIRST = frozenset(' -%"')
"""With which no plain scalar begins, or only some do."""


class _NotPlain(Exception):
    """Something that is left to PyYAML."""


def read(text: str) -> Node | None:
    """Return the root node of a text, None where anything in it is left to PyYAML."""
    marks = _marks(text)
    if marks is None:
        return None
    try:
        reader = _Reader(text.split("\n"), marks.split(b"\n"))
        root = reader.block(0, 0)
    except _NotPlain:
        return None
    return root if reader.indent < 0 else None


def _marks(text: str) -> bytes | None:
    """Return what is left of a text without all that is no mark; None where a character is left to PyYAML."""
    for sign in _FOREIGN:
        if sign in text:
            return None
    try:
        text.encode("utf-16")
    except UnicodeEncodeError:  # half a pair of surrogates; no other encoding finds it as fast
        return None
    marks = _marks_of(text)
    return marks if len(marks.translate(None, _CONTROLS)) == len(marks) else None


def _marks_of(text: str) -> bytes:
    """Return what is left of a text without all that is no mark; all marks are among the first 256 characters."""
    return text.encode("latin-1", "ignore").translate(None, _NO_MARKS)


def _row(body: str, marks: bytes, line: int, column: int) -> Mapping | None:
    """Return the mapping of what stands in braces on one line; None where it is not simple.

    Nearly all rows are, and taking them apart by their commas and colons is many times faster than by patterns.
    """
    has_quotes = b'"' in marks
    if has_quotes:
        marks = marks.replace(b'""', b"")
    count = _EVEN.get(marks)
    if count is None:
        count = _UNEVEN.get(marks.replace(b" ", b"").replace(b'""', b""))
        if count is None or _has_odd_blanks(body):
            return None
    parts = body.replace(": ", ", ").split(", ")
    # Behind each of the marks stands a blank: so all are those between the parts.
    if len(parts) != count or _is_odd(body, parts):
        return None
    if not has_quotes:
        return Mapping(None, line, column, body, parts)
    quoted = [index for index, part in enumerate(parts) if part[0] == '"']
    if any(index % 2 == 0 or parts[index].find('"', 1) != len(parts[index]) - 1 for index in quoted):
        return None
    return Mapping(None, line, column, body, parts, quoted)


def _has_odd_blanks(body: str) -> bool:
    """Tell whether blanks may stand around a text, and not only in it."""
    return "  " in body or " ," in body or " :" in body or body[-1] == " "


def _is_odd(body: str, parts: list[str]) -> bool:
    """Tell whether a text may be none, or begin with what no plain scalar begins with."""
    return " -" in body or " %" in body or body[0] in _NO_FIRST or len(body) > _LONGEST or not all(parts)


def _list(body: str, line: int, column: int) -> Sequence | None:
    """Return the list of texts that stands in brackets on one line; None where it is not simple."""
    parts = body.split(", ")
    if _marks_of(body).replace(b" ", b"") != b"," * (len(parts) - 1) or not body:
        return None
    if _has_odd_blanks(body) or _is_odd(body, parts):
        return None
    items: list[Node] = []
    at = column + 1
    for part in parts:
        items.append(Scalar(part, line, at))
        at += len(part) + 2
    return Sequence(items, line, column)


def _row_of_lists(body: str, line: int, column: int) -> Mapping | None:
    """Return the mapping of a row some of whose values are lists of texts; None where it is not simple."""
    lists: dict[int, tuple[str, Sequence]] = {}
    end = 0
    while (begin := body.find("[", end)) >= 0:
        end = body.find("]", begin) + 1
        items = _list(body[begin + 1 : end - 1], line, column + 1 + begin) if end else None
        if items is None:
            return None
        # A text of the same length takes its place.
        text = "_" * (end - begin)
        lists[items.column] = text, items
        body = f"{body[:begin]}{text}{body[end:]}"
    row = _row(body, _marks_of(body), line, column)
    if row is None:
        return None
    pairs: list[tuple[Node, Node]] = []
    for key, said in row.value:
        text, items = lists.pop(said.column, ("", None))
        if items is not None and said.value != text:
            return None
        pairs.append((key, items or said))
    return Mapping(pairs, line, column) if not lists else None


class _Reader:
    """Reads the lines of a text. `row` is the next that holds something and `indent` its indent, -1 behind the last."""

    def __init__(self, lines: list[str], marks: list[bytes]) -> None:
        self.lines = lines
        self.marks = marks
        self.row = 0
        self.indent = 0
        self.settle()

    def settle(self) -> None:
        """Go to the first line, from the current one on, that holds more than blanks and a comment."""
        lines, row, end = self.lines, self.row, len(self.lines)
        while row < end:
            line = lines[row]
            held = line.lstrip(" ")
            if held and held[0] != "#":
                self.row, self.indent = row, len(line) - len(held)
                if not self.indent and held.startswith(_DOCUMENT):
                    raise _NotPlain
                return
            row += 1
        self.row, self.indent = row, -1

    def block(self, depth: int, indent: int) -> Node:
        """Return the mapping or list whose rows begin at an indent; stop at the first row that is less deep."""
        if depth > MAX_DEPTH or self.indent != indent:
            raise _NotPlain
        if self.lines[self.row].startswith("- ", indent):
            return self.items(depth, indent)
        return self.entries(depth, indent)

    def items(self, depth: int, indent: int) -> Sequence:
        """Return a list of the block form."""
        value: list[Node] = []
        node = Sequence(value, self.row, indent)
        while self.indent == indent and self.lines[self.row].startswith("- ", indent):
            if self.rows(indent, value):
                continue
            line, at = self.lines[self.row], indent + 2
            while line[at : at + 1] == " ":
                at += 1
            first = line[at : at + 1]
            if first in ("{", "["):
                value.append(self.flow_value(at))
            elif first and first not in "#-" and _BLOCK_KEY.match(line, at):
                value.append(self.entries(depth + 1, at))
            else:
                value.append(self.scalar(at, indent))
        return node

    def rows(self, indent: int, value: list[Node]) -> bool:
        """Read the items in simple braces from the current line on, and tell whether there were any."""
        lines, marks, row, end = self.lines, self.marks, self.row, len(self.lines)
        begin = " " * indent + "- {"
        at = len(begin)
        while row < end:
            line = lines[row]
            if line[:at] != begin or line[-1] != "}":
                break
            # The minus is no mark, both braces are.
            body, signs = line[at:-1], marks[row][at - 1 : -1]
            found = _row_of_lists(body, row, at - 1) if b"[" in signs else _row(body, signs, row, at - 1)
            if found is None:
                break
            value.append(found)
            row += 1
        if row == self.row:
            return False
        self.row = row
        self.settle()
        return True

    def entries(self, depth: int, indent: int) -> Mapping:
        """Return a mapping of the block form whose first key stands at a column of the current line."""
        if depth > MAX_DEPTH:
            raise _NotPlain
        value: list[tuple[Node, Node]] = []
        node = Mapping(value, self.row, indent)
        while True:
            value.append(self.entry(depth, indent))
            if self.indent < indent:
                return node
            if self.indent > indent:
                raise _NotPlain
            if self.lines[self.row].startswith("- ", indent):
                return node

    def entry(self, depth: int, indent: int) -> tuple[Node, Node]:
        """Return one key and its value."""
        line = self.lines[self.row]
        match = _BLOCK_KEY.match(line, indent)
        if match is None or match.end() - indent > _LONGEST:
            raise _NotPlain
        key, at = self.made(match, 1), match.end()
        first = line[at : at + 1]
        if first in ("{", "["):
            return key, self.flow_value(at)
        if first not in ("", " ") or _END.match(line, at) is None:
            return key, self.scalar(at, indent)
        # The value stands below: deeper, or a list whose marks stand under the key.
        self.row += 1
        self.settle()
        found = self.indent
        if found > indent or (found == indent and self.lines[self.row].startswith("- ", found)):
            return key, self.block(depth + 1, found)
        raise _NotPlain

    def made(self, match: re.Match[str], group: int) -> Scalar:
        """Return the scalar of a pattern's three groups: no quotes, double quotes, single quotes."""
        plain = match[group]
        if plain is not None:
            return Scalar(plain, self.row, match.start(group))
        group += 1 if match[group + 1] is not None else 2
        # The place is that of the quote, and the quote is part of no group.
        return Scalar(match[group], self.row, match.start(group) - 1, match.string[match.end(group)])

    def scalar(self, at: int, indent: int) -> Scalar:
        """Return the scalar that ends a row; one that goes on below is left to PyYAML."""
        match = _VALUE.match(self.lines[self.row], at)
        if match is None:
            raise _NotPlain
        node = self.made(match, 1)
        self.row += 1
        self.settle()
        if self.indent > indent:
            raise _NotPlain
        return node

    def flow_value(self, at: int) -> Node:
        """Return what stands in braces or brackets and ends its row, and go to the row behind it."""
        node, at = self.flow(at, 0)
        if _END.match(self.lines[self.row], at) is None:
            raise _NotPlain
        self.row += 1
        self.settle()
        return node

    def flow(self, at: int, depth: int) -> tuple[Node, int]:
        """Return the node that begins with a bracket at a column, and the column behind it, maybe of another line."""
        if depth > MAX_DEPTH:
            raise _NotPlain
        if self.lines[self.row][at] == "{":
            return self.braces(at, depth)
        return self.brackets(at, depth)

    def braces(self, at: int, depth: int) -> tuple[Mapping, int]:
        """Return a mapping in braces."""
        line = self.lines[self.row]
        closing = line.find("}", at)
        body = line[at + 1 : closing] if closing > at + 1 else ""
        if body:
            found = _row_of_lists(body, self.row, at) if "[" in body else _row(body, _marks_of(body), self.row, at)
            if found is not None:
                return found, closing + 1
        value: list[tuple[Node, Node]] = []
        node = Mapping(value, self.row, at)
        at += 1
        if line.startswith("}", at):
            return node, at + 1
        while True:
            entry = _ENTRY.match(line, at)
            if entry is not None:
                if entry.end() - at > _LONGEST:
                    raise _NotPlain
                at, ended = entry.end(), entry[7] == "}"
                value.append((self.made(entry, 1), self.made(entry, 4)))
            elif (named := _NAMED.match(line, at)) is not None:
                key = self.made(named, 1)
                inner, at = self.flow(named.end(), depth + 1)
                value.append((key, inner))
                at, ended = self.behind(at, "}")
                line = self.lines[self.row]
            else:
                at, ended = self.next_line(at), False
                line = self.lines[self.row]
            if ended:
                return node, at

    def brackets(self, at: int, depth: int) -> tuple[Sequence, int]:
        """Return a list in brackets."""
        value: list[Node] = []
        node = Sequence(value, self.row, at)
        at += 1
        if self.lines[self.row].startswith("]", at):
            return node, at + 1
        while True:
            line = self.lines[self.row]
            found = _ITEM.match(line, at)
            ended = False
            if found is not None:
                value.append(self.made(found, 1))
                at, ended = found.end(), found[4] == "]"
            elif (opened := _OPENED.match(line, at)) is not None:
                inner, at = self.flow(opened.end(), depth + 1)
                value.append(inner)
                at, ended = self.behind(at, "]")
            else:
                at = self.next_line(at)
            if ended:
                return node, at

    def behind(self, at: int, closing: str) -> tuple[int, bool]:
        """Return the column behind the comma or the closing bracket that follows, and whether it was the bracket."""
        line = self.lines[self.row]
        while line[at : at + 1] == " ":
            at += 1
        sign = line[at : at + 1]
        if sign not in (",", closing) or not sign:
            raise _NotPlain
        return at + 1, sign == closing

    def next_line(self, at: int) -> int:
        """Go to the next line that holds more than blanks and a comment, and return its indent; it must have one."""
        if _REST.match(self.lines[self.row], at) is None:
            raise _NotPlain
        self.row += 1
        self.settle()
        if self.indent < 1:
            raise _NotPlain
        return self.indent
