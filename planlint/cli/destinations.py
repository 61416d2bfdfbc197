"""Where reports go beside standard output: `--output FORMAT:FILE`, looked at before anything is judged."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable
from typing import TYPE_CHECKING

import click
from msgspec import Struct

from planlint.cli.output import show
from planlint.cli.speaking import misuse, reason, tell
from planlint.findings import Text
from planlint.report.formats import FORMATS, MissingExtra, render
from planlint.source import display, printable
from planlint.spelling import nearest
from planlint.writing import write_whole

if TYPE_CHECKING:
    from planlint.api import Report
    from planlint.report.formats import Run

STDOUT = "-"
_SUMMARY = "GITHUB_STEP_SUMMARY"
_SUMMARY_BYTES = 1_000_000
"""GitHub drops the summary of a step that is larger than a mebibyte."""


class Destination(Struct, frozen=True):
    """A report in a format, and the file it goes to; `-` is standard output."""

    format: str
    file: str


def read(given: Iterable[str], format_: str) -> list[Destination]:
    """Return where reports go, standard output last: in `format_` where no --output claims it.

    Raises UsageError for what can never be written.
    """
    found: list[Destination] = []
    for text in given:
        name, colon, file = text.partition(":")
        if name not in FORMATS or not colon or not file:
            raise _no_output(text, name, file)
        destination = Destination(name, file)
        if any(_same(destination.file, other.file) for other in found):
            raise misuse(
                f"--output：两份报告不能写到同一处 {display(file)}",
                f"--output: two reports cannot go to {display(file)}",
            )
        if file != STDOUT:
            _refuse_place(file)
        elif FORMATS[name].binary and sys.stdout.isatty():
            raise misuse(
                f"--output：{name} 不是文本，请写到文件，如 {name}:report.{name}",
                f"--output: {name} is no text; write it to a file, as in {name}:report.{name}",
            )
        found.append(destination)
    found.sort(key=lambda destination: destination.file == STDOUT)
    if not found or found[-1].file != STDOUT:
        found.append(Destination(format_, STDOUT))
    return found


def _no_output(text: str, name: str, file: str) -> click.UsageError:
    said = printable(text)
    if name in FORMATS:
        return misuse(
            f"--output：“{said}”没有写文件；请写 {name}:文件名", f"--output: '{said}' names no file; write {name}:FILE"
        )
    near = nearest(name, FORMATS)
    if not file and not near:
        return misuse(f"--output：“{said}”不是“格式:文件名”的写法", f"--output: '{said}' is not FORMAT:FILE")
    known = ", ".join(FORMATS)
    return misuse(
        f"--output：没有格式“{printable(name)}”" + (f"；是不是 {near}？" if near else f"；可用的有 {known}"),
        f"--output: '{printable(name)}' is no format" + (f"; did you mean {near}?" if near else f"; there are {known}"),
    )


def _same(one: str, other: str) -> bool:
    return one == other if STDOUT in (one, other) else os.path.realpath(one) == os.path.realpath(other)


def _refuse_place(file: str) -> None:
    folder = os.path.dirname(os.path.realpath(file))
    if not os.path.isdir(folder):
        raise misuse(f"--output：没有目录 {display(folder)}", f"--output: there is no folder {display(folder)}")
    if os.path.isdir(file):
        raise misuse(f"--output：{display(file)} 是目录", f"--output: {display(file)} is a folder")
    if file.lower().endswith((".yaml", ".yml")):
        # A slip between the two arguments must not cost a plan.
        raise misuse(
            f"--output：{display(file)} 会被当作规划；报告不会是 YAML",
            f"--output: {display(file)} would be taken for a plan; no report is YAML",
        )


def write_all(report: Report, run: Run, destinations: Iterable[Destination]) -> bool:
    """Write a report to every destination; return whether all of them have it. What is wrong is said in one line."""
    done = True
    for destination in destinations:
        try:
            if destination.format == "github":
                done = _summarise(report, run) and done
            if destination.file == STDOUT:
                show(report, destination.format, run)
            else:
                write_whole(destination.file, render(destination.format, report, run))
        except MissingExtra as problem:
            tell([str(problem)])
            done = False
        except OSError as problem:
            if destination.file == STDOUT:
                raise
            named = f"{destination.format}:{display(destination.file)}"
            said = problem.strerror or str(problem)
            tell([Text(f"写不了 {named}：{reason(said)}", f"cannot write {named}: {said}")])
            done = False
    return done


def _summarise(report: Report, run: Run) -> bool:
    """Add the report to the page of the step where GitHub runs it: of annotations it shows but ten of a kind.

    Return whether that could be done; the annotations are shown even where it cannot.
    """
    file = os.environ.get(_SUMMARY)
    if not file:
        return True
    content = render("markdown", report, run)
    if len(content) > _SUMMARY_BYTES:
        content = content[:_SUMMARY_BYTES].rpartition(b"\n")[0] + b"\n\n...\n"
    try:
        with open(file, "ab") as stream:
            stream.write(content)
    except OSError as problem:
        said = problem.strerror or str(problem)
        tell([Text(f"写不了这一步的摘要：{reason(said)}", f"cannot write the summary of the step: {said}")])
        return False
    return True
