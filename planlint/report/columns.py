"""The only place that knows how wide a text is in a terminal: a Chinese character takes two columns."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence


def width(text: str) -> int:
    """Return how many columns a text takes."""
    return sum(_width(character) for character in text)


def _width(character: str) -> int:
    if unicodedata.combining(character) or unicodedata.category(character) in ("Cf", "Mn"):
        return 0
    return 2 if unicodedata.east_asian_width(character) in "WF" else 1


def left(text: str, columns: int) -> str:
    """Return a text filled with blanks on its right up to some columns."""
    return text + " " * max(columns - width(text), 0)


def right(text: str, columns: int) -> str:
    """Return a text filled with blanks on its left up to some columns."""
    return " " * max(columns - width(text), 0) + text


def cut(text: str, columns: int) -> str:
    """Return a text that takes at most some columns; what is left out is marked by …."""
    if width(text) <= columns:
        return text
    kept, used = "", 1
    for character in text:
        used += _width(character)
        if used > columns:
            break
        kept += character
    return kept + "…"


def table(rows: Sequence[Sequence[str]], indent: int = 2) -> list[str]:
    """Return rows as lines whose columns stand below each other: the first to the left, the others to the right."""
    widths = [max(width(row[column]) for row in rows) for column in range(len(rows[0]))]
    lines = []
    for row in rows:
        first, *others = row
        cells = [left(first, widths[0]), *(right(cell, w) for cell, w in zip(others, widths[1:], strict=True))]
        lines.append((" " * indent + "  ".join(cells)).rstrip())
    return lines


def wrapped(text: str, columns: int, indent: str) -> list[str]:
    """Return a text in lines of at most some columns, the later ones indented, words kept whole."""
    lines: list[str] = []
    line = ""
    for piece in _pieces(text):
        room = columns - (width(indent) if lines else 0)
        if line and width(line) + width(piece.rstrip()) > room:
            lines.append(line.rstrip())
            line = piece.lstrip()
        else:
            line += piece
    lines.append(line.rstrip())
    return [lines[0], *(indent + later for later in lines[1:])]


_CLOSING = frozenset("，。；：、！？）”’》】,.;:!?)]%‰")
_OPENING = frozenset("（“‘《【([")


def _pieces(text: str) -> list[str]:
    """Return what may not be broken: Latin words with the blank behind them, and single Chinese characters."""
    pieces: list[str] = []
    for character in text:
        before = pieces[-1] if pieces else ""
        # 10.15 人 stays together.
        glued = before[-1:] in _OPENING or character in _CLOSING or character == " " or _ends_in_number(before)
        if before and (glued or (_width(character) == 1 and _width(before[-1]) == 1 and before[-1] != " ")):
            pieces[-1] += character
        else:
            pieces.append(character)
    return pieces


def _ends_in_number(before: str) -> bool:
    return len(before) > 1 and before[-1] == " " and before[-2].isdigit()
