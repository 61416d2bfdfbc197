"""The only door to PyYAML: a text becomes a tree of nodes that keep their raw characters and their places.

libyaml composes the nodes without PyYAML's resolver, so every scalar keeps the characters that were written; nothing is
converted, constructed or executed. Anchors, aliases, tags, merge keys and deep nesting are refused by looking at the
events before anything is composed.
"""

from __future__ import annotations

import operator
import re
from typing import Protocol

import yaml

from planlint.nodes import Fault, Mapping, Node, Scalar, Sequence, visible
from planlint.patterns import pattern
from planlint.source import NotText, Place, refuse_controls

MAX_DEPTH = 40
MAX_RECOVERIES = 20
MAX_RECOVERABLE = 1_000_000
"""Characters of a text in which a broken entry is cut out so that the rest can still be judged."""


class _Mark(Protocol):
    """Where PyYAML says something stands; its two parsers have a class each."""

    @property
    def line(self) -> int: ...
    @property
    def column(self) -> int: ...


if yaml.__with_libyaml__:
    from yaml._yaml import CParser

    class _Parser(CParser):
        """libyaml without PyYAML's resolver: no scalar is ever guessed to be a number, a date or a boolean.

        libyaml's composer calls these three for every node; built-in functions answer without entering Python.
        """

        resolve = staticmethod("".format)
        descend_resolver = staticmethod(operator.is_)
        ascend_resolver = staticmethod(bool)

else:  # pragma: no cover - thirteen times slower, same nodes
    from yaml.composer import Composer
    from yaml.parser import Parser
    from yaml.reader import Reader
    from yaml.scanner import Scanner

    class _Parser(Reader, Scanner, Parser, Composer):  # type: ignore[no-redef]
        """PyYAML's own parser, where libyaml is missing."""

        def __init__(self, text: str) -> None:
            Reader.__init__(self, text)
            Scanner.__init__(self)
            Parser.__init__(self)
            Composer.__init__(self)

        def resolve(self, kind: object, value: object, implicit: object) -> str:
            return ""

        def descend_resolver(self, parent: object, index: object) -> None:
            return None

        def ascend_resolver(self) -> None:
            return None


def parse(text: str, file: str) -> tuple[Node | None, list[Fault]]:
    """Return the root node, or None where nothing can be read, and what could not be read.

    An entry of a list that is no YAML is cut out and reported; the rest of the tree is still returned.
    """
    faults: list[Fault] = []
    # The C parser counts columns from a byte order mark, so a text that still has one loses it here.
    rest = text.removeprefix("\ufeff")
    for _ in range(MAX_RECOVERIES):
        try:
            refused = _refused(rest, file)
            if refused:
                return None, [*faults, *refused]
            root = _Parser(rest).get_single_node()
            return (None if root is None else _kept(root)), faults
        except yaml.MarkedYAMLError as problem:
            fault, line = _syntax_fault(problem, rest, file)
            faults.append(fault)
            shorter = _without_entry(rest, line)
            if shorter is None:
                return None, faults
            rest = shorter
        except (yaml.reader.ReaderError, UnicodeEncodeError) as problem:
            return None, [*faults, _no_text(problem, rest, file)]
    return None, faults


def _no_text(problem: Exception, text: str, file: str) -> Fault:
    """Return a fault for a character that YAML does not allow; libyaml cannot even be handed a lone surrogate."""
    try:
        refuse_controls(text)
    except NotText as found:
        return Fault("not-text", Place(file, found.line, 1), (("reason", found.reason), ("detail", found.detail)))
    return Fault("syntax", Place(file, 1, 1), (("problem", str(problem)),))


_STANDARD_TAG = "tag:yaml.org,2002:"
"""What the parser makes of the !! before int, str, python/object …"""

_BRACKETS = pattern(r"[\[\]{}]")
_PREFIX = pattern(r"^[ ]*(?:[-?:][ \t]+)*", re.MULTILINE)


def _nesting_bound(text: str) -> int:
    """Return a number of levels that the text cannot exceed, without parsing it."""
    deepest = depth = 0
    for bracket in _BRACKETS.findall(text):
        if bracket in "[{":
            depth += 1
            deepest = max(deepest, depth)
        elif depth:
            depth -= 1
    return deepest + max(map(len, _PREFIX.findall(text)), default=0) + 2


def _too_deep(text: str, start: int, depth: int) -> tuple[int, int] | None:
    """Return line and column of the first bracket too many behind an offset at which so many levels are open."""
    for bracket in _BRACKETS.finditer(text, start):
        depth += 1 if bracket[0] in "[{" else -1
        if depth > MAX_DEPTH:
            line_start = text.rfind("\n", 0, bracket.start()) + 1
            return text.count("\n", 0, line_start) + 1, bracket.start() - line_start + 1
    return None


def _refused(text: str, file: str) -> list[Fault]:
    """Return a fault for each anchor, alias, tag or too deep level; nothing is composed, so nothing is expanded."""
    suspicious = "&" in text or "*" in text or "!" in text
    if not suspicious and _nesting_bound(text) <= MAX_DEPTH:
        return []
    faults: list[Fault] = []
    depth = read = 0
    parser = _Parser(text)
    while True:
        try:
            event = parser.get_event()
        except yaml.MarkedYAMLError as problem:
            # Newer releases of libyaml have a limit of their own, and look far ahead for it.
            spot = _too_deep(text, read, depth) if "nesting depth" in (problem.problem or "") else None
            if spot is None:
                raise
            return [*faults, Fault("too-deep", Place(file, *spot), (("limit", str(MAX_DEPTH)),))]
        if event is None:
            break
        mark = event.start_mark
        read = event.end_mark.index if event.end_mark is not None else read
        if isinstance(event, yaml.StreamEndEvent):
            break
        if isinstance(event, yaml.CollectionEndEvent):
            depth -= 1
            continue
        if isinstance(event, yaml.CollectionStartEvent):
            depth += 1
            if depth > MAX_DEPTH:
                return [*faults, Fault("too-deep", _at(mark, file), (("limit", str(MAX_DEPTH)),))]
        if isinstance(event, yaml.AliasEvent):
            faults.append(Fault("forbidden", _at(mark, file), (("what", "*"), ("text", f"*{event.anchor}"))))
        elif isinstance(event, yaml.NodeEvent):
            if event.anchor:
                faults.append(Fault("forbidden", _at(mark, file), (("what", "&"), ("text", f"&{event.anchor}"))))
            tag = getattr(event, "tag", None)
            if tag:
                written = str(tag).replace(_STANDARD_TAG, "!!", 1)
                faults.append(Fault("forbidden", _at(mark, file), (("what", "!"), ("text", written))))
        if len(faults) >= MAX_RECOVERIES:
            break
    return faults


_BARE_BOUND = pattern(r"(?:^|[:,{\[-])[ \t]*(?P<bound>>=?[ \t]*[0-9][0-9.]*)")
_BARE_SIGN = pattern(r"(?:^|[:,{\[])[ \t]*(?P<sign>[%@`])")
_FULL_WIDTH = pattern(
    r"^[ ]*(?P<indent>[\u3000\xa0])"  # indentation
    r"|:(?P<blank>[\u3000\xa0])"  # the blank after a colon
    r"|(?:^|[,，{-])[ ]*[^\s:：,，{}\[\]\"']+(?P<colon>：)"  # the colon after a key
    r"|(?P<comma>，)[ ]*[^\s:：,，{}]+[:：]"  # the comma before the next key
)
_LINE_END = pattern("\r\n|[\n\r\x85\u2028\u2029]")
"""What YAML counts as the end of a line."""


def _full_width(line: str) -> tuple[str, int] | None:
    """Return the first mark of a line whose half-width twin would have been syntax, and its 0-based column."""
    found = _FULL_WIDTH.search(line)
    if found is None:
        return None
    mark = next(name for name, value in found.groupdict().items() if value)
    return found[mark], found.start(mark)


def _syntax_fault(problem: yaml.MarkedYAMLError, text: str, file: str) -> tuple[Fault, int]:
    """Return a fault in words for a YAML error, and the 1-based line of the entry to blame."""
    mark = problem.problem_mark or problem.context_mark
    context = problem.context_mark or mark
    if mark is None or context is None:
        return Fault("syntax", Place(file, 1, 1), (("problem", str(problem.problem)),)), 1
    lines = _LINE_END.split(text)
    for candidate in dict.fromkeys((mark.line, context.line)):
        line = lines[candidate] if candidate < len(lines) else ""
        for sign, name in ((_BARE_BOUND, "bound"), (_BARE_SIGN, "sign")):
            found = sign.search(line)
            if found:
                where = Place(file, candidate + 1, found.start(name) + 1)
                kind = "bare-bound" if name == "bound" else "bare-sign"
                return Fault(kind, where, (("text", found[name].rstrip()),)), candidate + 1
    if problem.problem and "single document" in str(problem.context):
        return Fault("second-document", _at(mark, file)), mark.line + 1
    if "\t" in (lines[mark.line][: mark.column + 1] if mark.line < len(lines) else ""):
        return Fault("tab", _at(mark, file)), mark.line + 1
    # A line that lost its colon is a text, and the next line is the one that does not fit.
    for candidate in dict.fromkeys((context.line, mark.line, max(mark.line - 1, 0))):
        full_width = _full_width(lines[candidate]) if candidate < len(lines) else None
        if full_width is not None:
            where = Place(file, candidate + 1, full_width[1] + 1)
            return Fault("full-width-mark", where, (("text", visible(full_width[0])),)), candidate + 1
    words = " ".join(filter(None, (problem.context, problem.problem)))
    # An open bracket is noticed lines later; the bracket is what the drafter must look at.
    blame = context if "flow" in (problem.context or "") or "quoted" in (problem.context or "") else mark
    return Fault("syntax", _at(blame, file), (("problem", words),)), context.line + 1


_ENTRY = pattern(r"^(?P<indent>[ ]*)-(?:[ \t]|$)")


def _without_entry(text: str, line: int) -> str | None:
    """Return the text with the list entry around a line blanked, line numbers kept; None if there is no such entry."""
    if len(text) > MAX_RECOVERABLE:
        return None
    lines = _LINE_END.split(text)
    first = min(line - 1, len(lines) - 1)
    while first >= 0 and not (found := _ENTRY.match(lines[first])):
        if lines[first] and not lines[first].startswith((" ", "\t", "#")):
            return None
        first -= 1
    if first < 0 or not found:
        return None
    indent = len(found["indent"])
    last = first + 1
    while last < len(lines) and _continues(lines[last], indent):
        last += 1
    return "\n".join([*lines[:first], *[""] * (last - first), *lines[last:]])


def _continues(line: str, indent: int) -> bool:
    """Tell whether a line belongs to the entry above it: blank, deeper, or indented with what is no blank to YAML."""
    content = line.lstrip()
    margin = line[: len(line) - len(content)]
    return not content or len(margin) > indent or not set(margin) <= {" "}


def _at(mark: _Mark | None, file: str) -> Place:
    return Place(file, 1, 1) if mark is None else Place(file, mark.line + 1, mark.column + 1)


def _kept(node: yaml.Node) -> Node:
    """Return a node of PyYAML's as one of ours; the depth has been checked before."""
    mark = node.start_mark
    if isinstance(node, yaml.MappingNode):
        return Mapping([(_kept(key), _kept(value)) for key, value in node.value], mark.line, mark.column)
    if isinstance(node, yaml.SequenceNode):
        return Sequence([_kept(item) for item in node.value], mark.line, mark.column)
    style = node.style if isinstance(node, yaml.ScalarNode) else None
    return Scalar(node.value, mark.line, mark.column, style or None)
