"""`planlint check --watch`: the same check again whenever a plan, a rule or what goes with them has changed.

Files are looked at twice a second by their times and sizes. That asks for no library, works on network drives and in
virtual machines, where notices of changes often do not arrive, and costs little for the files of some plans.
"""

from __future__ import annotations

import gc
import os
import sys
import time
from collections.abc import Callable, Iterable, Iterator

import click

from planlint.cli.speaking import misuse

PAUSE = 0.5
"""Seconds between two looks."""
SETTLED = 0.1
"""Seconds without a further change after which files count as saved: an editor may save in several steps."""
_SUFFIXES = (".yaml", ".yml", ".toml")

Look = dict[str, tuple[int, int, int]]
"""Times, sizes and numbers of files by their names; what is saved under another name and renamed has a new number."""


def watch(context: click.Context, paths: tuple[str, ...]) -> None:
    """Run the command of a context now and after every change, until it is interrupted; that is its proper end."""
    if "-" in paths:
        raise misuse(
            "--watch 须写文件或目录；标准输入不能读两遍",
            "--watch needs files or folders; standard input cannot be read twice",
        )
    callback = context.command.callback
    if callback is None:
        return
    given = {**context.params, "watch": False}
    # The command switches the collector off for runs that end at once.
    gc.enable()
    try:
        seen: Look | None = None
        while True:
            seen = _next(lambda: look((*(paths or (os.curdir,)), *_named(context))), seen)
            # Clears only a terminal.
            click.clear()
            _run(context, callback, given)
            now = time.strftime("%H:%M:%S")
            click.echo(
                f"planlint: checked at {now}, waiting for changes; Ctrl-C ends. 等待改动，按 Ctrl-C 结束", err=True
            )
            sys.stderr.flush()
    except KeyboardInterrupt:
        click.echo(err=True)


def _named(context: click.Context) -> Iterator[str]:
    """Yield the files and folders that options and configuration name, and that of planlint's own rules."""
    from planlint import config
    from planlint.rules import built_in_folder
    from planlint.source import Malformed, UnreadableSource

    given = context.params
    yield built_in_folder()
    try:
        settings = config.in_force(given["paths"], given["named"], isolated=given["isolated"])
    except (Malformed, UnreadableSource):
        # The check says what is wrong with it.
        settings = config.Config()
    found = (*given["folders"], *given["waivers"], given["baseline"], given["named"])
    yield from (name for name in (*found, *settings.rules, *settings.waivers, settings.baseline) if name)


def _run(context: click.Context, callback: Callable[..., object], given: dict[str, object]) -> None:
    """Run a check; what would have ended it is said, and the next change may mend it."""
    try:
        context.invoke(callback, **given)
    except click.exceptions.Exit:
        pass
    except click.ClickException as problem:
        problem.show()


def _next(take: Callable[[], Look], seen: Look | None) -> Look:
    """Return what the files look like once they look different, and have settled."""
    now = take()
    while now == seen:
        time.sleep(PAUSE)
        now = take()
    while seen is not None:
        time.sleep(SETTLED)
        later = take()
        if later == now:
            break
        now = later
    return now


def look(paths: Iterable[str]) -> Look:
    """Return what the files look like that a check of some paths may read: beside a file, those of its folder, too.

    A file or folder that is not there is left out, and is seen when it comes back.
    """
    found: Look = {}
    for path in paths:
        folder = os.path.isdir(path)
        if not folder:
            _add(path, found)
        for file in _below(path) if folder else _beside(path):
            if file.endswith(_SUFFIXES):
                _add(file, found)
    return found


def _below(folder: str) -> Iterator[str]:
    for where, folders, files in os.walk(folder):
        folders[:] = [name for name in folders if not name.startswith(".")]
        yield from (os.path.join(where, name) for name in files)


def _beside(file: str) -> Iterator[str]:
    """Yield the files of the folder of a file, and of the folders above: configuration is looked for upwards."""
    folder = os.path.dirname(os.path.abspath(file))
    for where in (folder, os.path.join(folder, "reference")):
        try:
            yield from (os.path.join(where, name) for name in os.listdir(where))
        except OSError:
            continue
    above = os.path.dirname(folder)
    while above != folder:
        yield from (os.path.join(above, name) for name in ("planlint.toml", "pyproject.toml"))
        above, folder = os.path.dirname(above), above


def _add(file: str, found: Look) -> None:
    try:
        entry = os.stat(file)
    except (OSError, ValueError):
        return
    found[file] = entry.st_mtime_ns, entry.st_size, entry.st_ino
