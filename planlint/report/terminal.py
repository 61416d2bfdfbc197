"""The only door to rich: what is laid out elsewhere is coloured and wrapped for a terminal."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import IO

from rich.console import Console
from rich.padding import Padding
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn
from rich.text import Text

from planlint.api import Progress as Callback
from planlint.report.text import Line


def show(lines: Iterable[Line], stream: IO[str], *, width: int | None = None) -> None:
    """Write a report to a terminal. Text is never read as markup; NO_COLOR is respected by rich."""
    console = Console(file=stream, width=width, highlight=False, markup=False, emoji=False, soft_wrap=False)
    for line in lines:
        text = Text(overflow="fold")
        for piece, style in line.pieces:
            text.append(piece, style)
        # Wrapped lines hang two columns deeper than where the line begins.
        hang = 2 if line.indent else 0
        wrapped = text.wrap(console, max(console.width - line.indent - hang, 20))
        for number, part in enumerate(wrapped):
            part.rstrip()
            console.print(Padding(part, (0, 0, 0, line.indent + (hang if number else 0)), expand=False))
        if not wrapped:
            console.print()


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
