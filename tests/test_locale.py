"""The Chinese of what click says: the compiled catalogue is that of the written one, and covers what can be said."""

from __future__ import annotations

import ast
import os
import struct
from pathlib import Path

import click

import planlint

FOLDER = Path(planlint.__file__).parent / "locale" / "zh" / "LC_MESSAGES"


def _entries(text: str) -> dict[str, str]:
    """Return what a catalogue as text says, keys and values as they are compiled."""
    found: dict[str, str] = {}
    for paragraph in text.split("\n\n"):
        parts: dict[str, str] = {}
        key = ""
        for line in paragraph.splitlines():
            if line.startswith("#") or not line.strip():
                continue
            if not line.startswith('"'):
                key, _, line = line.partition(" ")
                parts[key] = ""
            parts[key] += ast.literal_eval(line)
        if "msgid" not in parts:
            continue
        several = parts.get("msgid_plural")
        name = parts["msgid"] if several is None else f"{parts['msgid']}\0{several}"
        assert name not in found
        found[name] = parts["msgstr"] if several is None else parts["msgstr[0]"]
    return found


def _compiled(entries: dict[str, str]) -> bytes:
    """Return a catalogue as gettext reads it: two tables of lengths and offsets, then the texts."""
    texts = [name.encode() for name in sorted(entries)] + [entries[name].encode() for name in sorted(entries)]
    count = len(entries)
    at = 28 + 16 * count
    tables = b""
    for text in texts:
        tables += struct.pack("<II", len(text), at)
        at += len(text) + 1
    head = struct.pack("<7I", 0x950412DE, 0, count, 28, 28 + 8 * count, 0, 28 + 16 * count)
    return head + tables + b"".join(text + b"\0" for text in texts)


def test_compiled_catalogue_is_that_of_the_text() -> None:
    entries = _entries((FOLDER / "planlint.po").read_text("utf-8"))
    compiled = _compiled(entries)
    if os.environ.get("PLANLINT_REGENERATE"):
        (FOLDER / "planlint.mo").write_bytes(compiled)
    assert (FOLDER / "planlint.mo").read_bytes() == compiled
    assert len(entries) > 30


def test_every_message_translated_is_one_of_clicks() -> None:
    texts = {
        node.value
        for path in sorted(Path(click.__file__).parent.glob("*.py"))
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    }
    entries = _entries((FOLDER / "planlint.po").read_text("utf-8"))
    missing = {part for name in entries if name for part in name.split("\0")} - texts
    assert missing == set()
