"""Writing to standard output and standard error: reports, arguments, and progress on a terminal."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

import click

from planlint.cli.options import plans_of
from planlint.cli.speaking import CannotRun, tell

if TYPE_CHECKING:
    from planlint.api import Progress, Report
    from planlint.baselines import Entry
    from planlint.engine import Engine
    from planlint.findings import Finding
    from planlint.report.formats import Run

_MANY = 20
"""Plans from which on a terminal shows a bar, and lines after which a list on standard error ends."""
_SHORTEST = 6
"""Characters of a fingerprint that name a finding."""


@contextmanager
def progress_bar(format_: str) -> Iterator[Progress | None]:
    """Yield what shows progress: a bar on standard error for a terminal, nothing otherwise."""
    if format_ != "text" or not sys.stderr.isatty():
        yield None
        return
    started: list[tuple[object, Progress]] = []

    def begin(done: int, total: int) -> None:
        # Most runs are over before a bar would be seen, and rich would cost more than the check.
        if total < _MANY:
            return
        if not started:
            from planlint.report import terminal

            manager = terminal.progress(sys.stderr, "planlint")
            started.append((manager, manager.__enter__()))
        started[0][1](done, total)

    try:
        yield begin
    finally:
        if started:
            started[0][0].__exit__(None, None, None)  # type: ignore[attr-defined]


def show(report: Report, format_: str, run: Run) -> None:
    """Write a report to standard output in a format; to a terminal with colours."""
    from planlint.report import formats

    if format_ == "text" and not run.explain and sys.stdout.isatty():
        from planlint.report import terminal, text

        terminal.show(text.layout(report, run.lang, quiet=run.quiet, verbose=run.verbose), sys.stdout)
        return
    content = formats.render(format_, report, run)
    if formats.FORMATS[format_].binary:
        sys.stdout.buffer.write(content)
        sys.stdout.flush()
        return
    if not formats.FORMATS[format_].for_people:
        in_utf8()
    out(content.decode())


def out(content: str) -> None:
    """Write to standard output, now."""
    sys.stdout.write(content)
    sys.stdout.flush()


def finding_of(report: Report, fingerprint: str, paths: tuple[str, ...]) -> Finding:
    """Return the finding that the beginning of a fingerprint names; the command ends where that is not one."""
    tell(report.unreadable)
    from planlint.findings import Text

    found = [finding for finding in report.findings if finding.fingerprint.startswith(fingerprint)]
    exact = [finding for finding in found if finding.fingerprint == fingerprint]
    if not found or len(fingerprint) < _SHORTEST:
        where = ", ".join(paths) or "."
        raise CannotRun(Text(f"{where} 中没有意见“{fingerprint}”", f"no finding '{fingerprint}' in {where}"))
    if len(found) > 1 and not exact:
        zh = f"有 {len(found)} 条意见的代号以“{fingerprint}”开头，请多写几位"
        raise CannotRun(Text(zh, f"'{fingerprint}' begins the fingerprints of {len(found)} findings"))
    return (exact or found)[0]


def name_gone(file: str, gone: Iterable[Entry], lang: str) -> None:
    """Name on standard error what a baseline holds and no plan shows any more."""
    from planlint.source import display, printable

    no_longer = "意见已消除：" if lang == "zh" else "no longer found: "
    entries = sorted(gone, key=lambda entry: entry.line)
    for entry in entries[:_MANY]:
        said = printable(f"{entry.rule} {entry.plan} {entry.remark}")
        click.echo(f"planlint: {display(file)}:{entry.line}: {no_longer}{said}", err=True)
    more = len(entries) - _MANY
    if more > 0:
        rest = f"另有 {more} 条意见已消除" if lang == "zh" else f"{more} more are no longer found"
        click.echo(f"planlint: {display(file)}: {rest}", err=True)
    way = "可从基线中删去" if lang == "zh" else "takes them out"
    click.echo(f"planlint: `planlint baseline --update` {way}", err=True)


def in_utf8() -> None:
    """Write JSON in UTF-8 whatever the console uses: programs read it, and not every escape of Python's is JSON."""
    reconfigure = getattr(sys.stdout, "reconfigure", None)
    if reconfigure is not None:
        reconfigure(encoding="utf-8", errors="backslashreplace")


def arguments(findings: Iterable[Finding], paths: tuple[str, ...], engine: Engine, lang: str) -> str:
    """Return findings told in full, as text."""
    from planlint.api import argue
    from planlint.report import argument

    return argument.render(argue(plans_of(paths), findings, engine), lang)
