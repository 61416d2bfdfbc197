"""The only place where plans and rules are read from disk, and where a place in a text is described."""

from __future__ import annotations

import errno
import os
import re
import stat
import unicodedata
from collections.abc import Iterator
from typing import IO

from msgspec import Struct

from planlint.patterns import pattern

MAX_BYTES = 16 * 1024 * 1024
"""Largest file that is read. Real plans take 10 kB to 100 kB."""

# At the beginning of a line, after a byte order mark, or as the first key of a file in braces; the colon may be the
# full-width one that a drafter's input method writes, which is then a finding.
_PLAN_KEY = rb"""(?:\A(?:\xef\xbb\xbf)?(?:\s*\{\s*)?|[\r\n])["']?planlint["']?[ \t]*(?::|\xef\xbc\x9a)"""
_SUFFIXES = (".yaml", ".yml")


AnyPath = str | os.PathLike[str]
"""A path as the standard library takes it; pathlib is not imported here, it would be a tenth of a cold check."""


class UnreadableSource(Exception):
    """A file or stream cannot be had at all: missing, not a regular file, no permission."""


class NotText(Exception):
    """The bytes are there but are not a text that planlint reads. `reason` is one of REASONS; `line` is 1-based."""

    REASONS = ("too-large", "utf-16", "gb18030", "not-utf-8", "control-character")

    def __init__(self, reason: str, line: int = 1, detail: str = "") -> None:
        super().__init__(reason)
        self.reason = reason
        self.line = line
        self.detail = detail


class Place(Struct, frozen=True, order=True):
    """Where something is written: file name as the user gave it, 1-based line and column in characters."""

    file: str
    line: int
    column: int


class Malformed(Exception):
    """A rule, catalogue or configuration file that planlint cannot use. The run stops with exit status 2."""

    def __init__(self, place: Place, problem: str) -> None:
        # What a file says is quoted, but neither its line ends nor its escape sequences reach a terminal.
        self.problem = _shortened(printable(problem))
        super().__init__(f"{place.file}:{place.line}:{place.column}: {self.problem}")
        self.place = place


_MOST_SAID = 1200
"""Characters of a message; the longest that quotes nothing lists what a rule may ask, and has half as many."""


def _shortened(text: str) -> str:
    """Return a message that can still be read, whatever it quotes: its beginning and its end."""
    return text if len(text) <= _MOST_SAID else f"{text[: _MOST_SAID // 2]}…{text[-_MOST_SAID // 6 :]}"


class Source(Struct, frozen=True):
    """A text and the name under which it is reported."""

    name: str
    text: str


def decode(data: bytes) -> str:
    """Return the text of UTF-8 bytes without a byte order mark.

    Raises NotText with a reason and the line for anything else, so that a drafter learns how to save the file.
    """
    if len(data) > MAX_BYTES:
        raise NotText("too-large")
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise NotText("utf-16")
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as problem:
        line = data.count(b"\n", 0, problem.start) + 1
        try:
            data.decode("gb18030")
        except UnicodeDecodeError:
            raise NotText("not-utf-8", line) from None
        raise NotText("gb18030", line) from None
    # The C parser counts columns from the byte order mark, so it must go before parsing.
    text = text.removeprefix("\ufeff")
    if not _is_clean(text, data):
        _refuse_control(text)
    return text


_CONTROL = pattern("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufffe\uffff]")
_BELOW_BLANK = bytes(set(range(0x20)) - set(b"\t\n\r")) + b"\x7f"
_BEHIND_C2 = bytes(set(range(0x80, 0xA0)) - {0x85})
"""The second bytes of the other control characters in UTF-8."""


def refuse_controls(text: str) -> None:
    """Raise NotText for a character that YAML does not allow in a text."""
    try:
        clean = _is_clean(text, text.encode())
    except UnicodeEncodeError:
        clean = False
    if not clean:
        _refuse_control(text)


def _refuse_control(text: str) -> None:
    found = _CONTROL.search(text)
    if found:
        line = text.count("\n", 0, found.start()) + 1
        raise NotText("control-character", line, f"U+{ord(found.group()):04X}")


def _is_clean(text: str, data: bytes) -> bool:
    """Tell whether a text and its bytes hold no such character, many times faster than a pattern finds one."""
    # Looking for each of them takes less than one look at each byte.
    for control in _BELOW_BLANK:
        if control in data:
            return False
    if "\ufffe" in text or "\uffff" in text:
        return False
    return b"\xc2" not in data or not any(part[:1] in _BEHIND_C2 for part in data.split(b"\xc2")[1:])


def read_bytes(path: AnyPath) -> bytes:
    """Return the bytes of a regular file, at most MAX_BYTES + 1 of them.

    Raises UnreadableSource. A FIFO or device would block or never end, so only regular files are opened.
    """
    try:
        # O_NONBLOCK: the file may be swapped for a FIFO between a check by name and the opening.
        descriptor = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0))
        try:
            known = os.fstat(descriptor)
            if stat.S_ISDIR(known.st_mode):
                raise UnreadableSource(f"{display(path)}: {os.strerror(errno.EISDIR)}")
            if not stat.S_ISREG(known.st_mode):
                raise UnreadableSource(f"{display(path)}: not a regular file")
            return _read(descriptor, known.st_size)
        finally:
            os.close(descriptor)
    except OSError as problem:
        raise UnreadableSource(f"{display(path)}: {problem.strerror or problem}") from None
    except ValueError as problem:  # an embedded NUL in the name
        raise UnreadableSource(f"{display(path)}: {problem}") from None


def _read(descriptor: int, expected: int) -> bytes:
    """Return the bytes of a file; room is made for as many as are expected, though it may have grown since."""
    parts: list[bytes] = []
    left = MAX_BYTES + 1
    while left:
        part = os.read(descriptor, min(max(expected + 1, 65536), left))
        if not part:
            break
        parts.append(part)
        left -= len(part)
    return b"".join(parts)


def read_stream(stream: IO[bytes]) -> bytes:
    """Return the bytes of an open stream, at most MAX_BYTES + 1 of them."""
    return stream.read(MAX_BYTES + 1)


def display(path: AnyPath) -> str:
    """Return a path as text that can be printed: undecodable bytes and control characters escaped.

    A line that begins with `::` or `##[` is a command to the forges that run planlint, so no name begins with it.
    """
    text = printable(os.fsencode(path).decode("utf-8", "backslashreplace"))
    return f"./{text}" if text.startswith(("::", "##[")) else text


def printable(text: str) -> str:
    """Return text in which control, format and line-separating characters are escaped.

    A plan comes from a stranger: its escape sequences and bidirectional overrides must not reach a terminal.
    """
    if text.isprintable():
        return text
    return "".join(
        c if c == " " or c.isprintable() or unicodedata.category(c) == "Zs" else f"\\u{{{ord(c):x}}}" for c in text
    )


def plan_files(path: AnyPath) -> Iterator[str]:
    """Yield the plan files at a path in sorted order.

    A file stands for itself. In a folder these are the YAML files that carry a `planlint:` key, hidden files and
    folders left out.
    """
    top = os.fspath(path)
    if not os.path.isdir(top):
        yield top
        return
    unread: list[str] = []
    for folder, folders, files in os.walk(top, onerror=lambda problem: unread.append(str(problem.filename))):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(files):
            file = os.path.join(folder, name).removeprefix(os.path.join(os.curdir, ""))
            if not name.startswith(".") and name.endswith(_SUFFIXES) and may_be_plan(file):
                yield file
    yield from unread


def may_be_plan(file: str) -> bool:
    """Tell whether a file carries the key of a plan, or cannot be read: then whoever reads it next will say so."""
    try:
        data = read_bytes(file)
    except UnreadableSource:
        return True
    return is_plan(data)


def is_plan(data: bytes) -> bool:
    """Tell whether the content of a file carries the key of a plan."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        # UTF-16 is refused, but never overlooked: without its zero bytes the key is plain ASCII.
        data = data[2:].replace(b"\0", b"")
    return carries_plan_key(data)


def carries_plan_key(data: bytes) -> bool:
    """Tell whether a YAML text is meant as a plan: whether it carries the key `planlint`."""
    return re.search(_PLAN_KEY, data) is not None


def yaml_files(folder: AnyPath) -> list[str]:
    """Return the YAML files below a folder, sorted by their path; a broken link is one, too, and fails when read.

    Raises UnreadableSource for a folder that cannot be listed: no rule is dropped silently.
    """

    def refuse(problem: OSError) -> None:
        raise UnreadableSource(f"{display(problem.filename)}: {problem.strerror}")

    top = os.fspath(folder)
    found = [os.path.join(where, name) for where, _, files in os.walk(top, onerror=refuse) for name in files]
    return sorted((path for path in found if path.endswith(_SUFFIXES)), key=lambda path: path.split(os.sep))
