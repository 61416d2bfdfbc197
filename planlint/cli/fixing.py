"""What `planlint check --fix`, `--diff` and `--unsafe-fixes` do: fixes in files, or shown as a diff."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from functools import partial
from typing import TYPE_CHECKING, NoReturn, TypeVar

import click

from planlint.cli.options import rules_needed, standard_input
from planlint.cli.output import in_utf8, out
from planlint.cli.speaking import FAILED, FINDINGS, misuse, tell

if TYPE_CHECKING:
    from planlint.api import Judge, Report, Selection
    from planlint.findings import Text
    from planlint.fixing import Fixed
    from planlint.policy import Policy
    from planlint.source import Source

Command = TypeVar("Command", bound=Callable[..., None])
_BOM = b"\xef\xbb\xbf"


def options(command: Command) -> Command:
    """Add the options to a command."""
    for option in (
        click.option(
            "--unsafe-fixes", is_flag=True, help="With --fix or --diff: also what changes figures. 连同改变数值的修改"
        ),
        click.option("--diff", "show", is_flag=True, help="Show what --fix would change, write nothing. 只显示改动"),
        click.option("--fix", is_flag=True, help="Put right what is certain and mechanical. 改正有把握的书写问题"),
    ):
        command = option(command)
    return command


def run(
    paths: tuple[str, ...],
    judge: Judge,
    selection: Selection,
    fail_on: str,
    lang: str,
    policy: Policy | None,
    *,
    show: bool,
    unsafe: bool,
) -> None:
    """Fix the plans at some paths; return where the report of what remains is still to be written.

    With `show`, and for standard input, the command ends here: standard output holds the diff, or the fixed text.
    """
    if "-" in paths:
        if paths != ("-",):
            raise misuse(
                "标准输入单独改正：- 之外不能再写文件", "standard input is fixed alone: name no files beside -"
            )
        _standard_input(judge, selection, fail_on, lang, policy, show=show, unsafe=unsafe)
    places = files = 0
    failed = False
    for name, data, fixed, old in _fixed(paths, judge, selection, policy, unsafe=unsafe):
        if show:
            out(_diff(old, fixed.text, name))
            continue
        problem = _write(name, data, fixed.text)
        if problem:
            tell([problem])
            failed = True
            continue
        places += len(fixed.fixes)
        files += 1
    if show:
        _end(_inspected(paths or (".",), judge, selection, policy), fail_on)
    click.echo(f"planlint: {_done(places, files).say(lang)}", err=True)
    if failed:
        raise click.exceptions.Exit(FAILED)


def _done(places: int, files: int) -> Text:
    from planlint.findings import Text

    if not files:
        return Text("没有可以改正之处", "nothing to fix")
    en = f"fixed {places} place{'s' if places != 1 else ''} in {files} file{'s' if files != 1 else ''}"
    return Text(f"改正了 {files} 个文件中的 {places} 处", en)


def _fixed(
    paths: tuple[str, ...], judge: Judge, selection: Selection, policy: Policy | None, *, unsafe: bool
) -> Iterator[tuple[str, bytes, Fixed, str]]:
    """Yield every plan file in which something can be put right: path, bytes, the fixed text and the old one."""
    from planlint.editions import from_disk, reference
    from planlint.fixing import fix
    from planlint.source import NotText, Source, decode, display, plan_files

    for path in dict.fromkeys(file for place in paths or (".",) for file in plan_files(place)):
        data = from_disk(path)
        try:
            text = decode(data) if data is not None else None
        except NotText:
            text = None
        if data is None or text is None:
            # The report says what is wrong with it.
            continue
        with rules_needed():
            engine = judge.engine
        fetch = partial(reference, from_disk, path)
        fixed = fix(Source(display(path), text), engine, fetch, wanted=selection.wants, policy=policy, unsafe=unsafe)
        if fixed.text != text:
            yield path, data, fixed, text


def _write(path: str, data: bytes, text: str) -> str:
    """Write a fixed file; return what kept it from being written, nothing where it was."""
    from planlint.editions import from_disk
    from planlint.source import display
    from planlint.writing import write_whole

    if from_disk(path) != data:
        return f"{display(path)}: changed while it was being fixed, so it was left alone"
    try:
        write_whole(path, _encoded(data, text))
    except OSError as problem:
        return f"{display(path)}: cannot be written: {problem.strerror or problem}"
    return ""


def _encoded(data: bytes, text: str) -> bytes:
    """Return a text in the bytes of its file: with a byte order mark where the file has one."""
    return (_BOM if data.startswith(_BOM) else b"") + text.encode()


def _standard_input(
    judge: Judge,
    selection: Selection,
    fail_on: str,
    lang: str,
    policy: Policy | None,
    *,
    show: bool,
    unsafe: bool,
) -> NoReturn:
    """Print the fixed text of standard input, or the diff, and on standard error what remains."""
    from planlint.fixing import fix
    from planlint.report import concise
    from planlint.source import Source

    source, data = standard_input()
    with rules_needed():
        fixed = fix(source, judge.engine, lambda _: None, wanted=selection.wants, policy=policy, unsafe=unsafe)
    if show:
        out(_diff(source.text, fixed.text, "<stdin>"))
        _end(_inspected((source,), judge, selection, policy), fail_on)
    sys.stdout.flush()
    sys.stdout.buffer.write(_encoded(data, fixed.text))
    sys.stdout.buffer.flush()
    report = _inspected((Source("<stdin>", fixed.text),), judge, selection, policy)
    click.echo(concise.lines(report, lang), err=True, nl=False)
    _end(report, fail_on)


def _inspected(plans: tuple[str | Source, ...], judge: Judge, selection: Selection, policy: Policy | None) -> Report:
    from planlint.api import inspect

    with rules_needed():
        return inspect(plans, judge, selection, policy=policy)


def _end(report: Report, fail_on: str) -> NoReturn:
    """End with the status that the findings have."""
    from planlint.findings import Severity

    tell(report.unreadable)
    worst = report.worst()
    if report.unreadable:
        raise click.exceptions.Exit(FAILED)
    failing = fail_on != "never" and worst is not None and worst >= Severity[fail_on.upper()]
    raise click.exceptions.Exit(FINDINGS if failing else 0)


def _diff(old: str, new: str, name: str) -> str:
    """Return what changed as a unified diff; `patch -p0` and `git apply -p0` take it."""
    import difflib

    from planlint.source import display

    in_utf8()
    shown = display(name)
    lines = difflib.unified_diff(_lines(old), _lines(new), shown, shown)
    return "".join(line if line.endswith("\n") else f"{line}\n\\ No newline at end of file\n" for line in lines)


def _lines(text: str) -> list[str]:
    """Return the lines of a text with their ends; only a line feed ends one, as for every tool that reads diffs."""
    parts = text.split("\n")
    return [f"{part}\n" for part in parts[:-1]] + ([parts[-1]] if parts[-1] else [])
