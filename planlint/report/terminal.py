"""The only door to rich: what is laid out elsewhere is coloured and wrapped for a terminal."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import IO

from rich.cells import cell_len
from rich.console import Console
from rich.padding import Padding
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn
from rich.text import Text

from planlint.api import Progress as Callback
from planlint.report.text import Line

_NEVER_FIRST = frozenset("，。；：、！？）”’》」』】％%‰)]},.;:!?")
_NEVER_LAST = frozenset("（“‘《「『【([{")


def show(lines: Iterable[Line], stream: IO[str], *, width: int | None = None) -> None:
    """Write a report to a terminal. Text is never read as markup; NO_COLOR is respected by rich."""
    console = Console(file=stream, width=width, highlight=False, markup=False, emoji=False)
    for line in lines:
        text = Text(overflow="fold")
        for piece, style in line.pieces:
            text.append(piece, style)
        if not text.plain:
            console.print()
            continue
        # Wrapped lines hang two columns deeper than where the line begins.
        hang = 2 if line.indent else 0
        room = max(console.width - line.indent - hang, 20)
        for number, part in enumerate(text.divide(breaks(text.plain, room, room + hang))):
            part.rstrip()
            console.print(Padding(part, (0, 0, 0, line.indent + (hang if number else 0)), expand=False))


def breaks(text: str, room: int, first: int) -> list[int]:
    """Return where a text is broken so that no line is wider than `room` cells, the first line than `first`.

    Latin breaks at blanks, Chinese between any two characters, but no closing mark begins a line and no opening mark
    ends one (GB/T 15834-2011). rich itself breaks at blanks only.
    """
    offsets: list[int] = []
    start = used = candidate = 0
    limit = first
    for index, character in enumerate(text):
        wide = cell_len(character)
        if used + wide > limit and index > start and character != " ":
            cut = candidate if candidate > start else index
            offsets.append(cut)
            used = cell_len(text[cut:index])
            start, limit = cut, room
        used += wide
        if _may_break_after(text, index):
            candidate = index + 1
    return offsets


def _may_break_after(text: str, index: int) -> bool:
    following = text[index + 1 : index + 2]
    if text[index] == " ":
        return following not in _NEVER_FIRST
    if not following or following in _NEVER_FIRST or text[index] in _NEVER_LAST:
        return False
    return cell_len(text[index]) == 2 or (cell_len(following) == 2 and text[index] in _NEVER_FIRST)


@contextmanager
def progress(stream: IO[str], label: str) -> Iterator[Callback]:
    """Show a bar for a long run and give the function that moves it."""
    console = Console(file=stream)
    with Progress(
        TextColumn("{task.description}", markup=False),
        BarColumn(),
        MofNCompleteColumn(),
        console=console,
        transient=True,
    ) as bar:
        task = bar.add_task(label, total=None)
        yield lambda done, total: bar.update(task, completed=done, total=total)
