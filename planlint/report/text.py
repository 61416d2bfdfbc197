"""The report that people read: grouped by plan, each finding with its places and its arithmetic.

The layout is made here as plain segments. `plain` joins them; `terminal` hands them to rich, which is imported only
there, so that a piped report never depends on a terminal and starts no slower for it.
"""

from __future__ import annotations

from collections.abc import Iterator

from msgspec import Struct

from planlint.api import Report
from planlint.findings import Finding, Severity
from planlint.report import words
from planlint.report.formats import Run
from planlint.source import printable

_STYLES = {Severity.ERROR: "bold red", Severity.WARNING: "bold yellow", Severity.INFO: "bold cyan"}

_MANY = 3
"""Runs of lines of the document beyond which the places of one finding do not repeat them."""


class Line(Struct, frozen=True):
    """A line of the report: pieces of text, each with a style, and how far the line is indented."""

    indent: int
    pieces: tuple[tuple[str, str], ...]


def render(report: Report, run: Run) -> bytes:
    """Return the report in UTF-8: its findings in short, or each as a whole argument where that is wanted."""
    if run.explain:
        return explained(report, run).encode()
    return plain(layout(report, run.lang, quiet=run.quiet, verbose=run.verbose)).encode()


def explained(report: Report, run: Run) -> str:
    """Return each finding that counts as a whole argument, and the closing line."""
    from planlint.api import argue
    from planlint.report import argument

    counted = [finding for finding in report.findings if finding.waived is None]
    told = argument.render(argue(run.paths, counted, run.judge.engine), run.lang) if counted else ""
    return f"{told}\n{words.summary(report, run.lang)}\n" if told else f"{words.summary(report, run.lang)}\n"


def layout(report: Report, lang: str, *, quiet: bool = False, verbose: bool = False) -> Iterator[Line]:
    """Yield the lines of the report.

    `quiet` leaves out places, steps and infos; `verbose` adds how each finding is named, and open questions.
    """
    plan = None
    for finding in report.findings:
        if finding.waived is not None or (quiet and finding.severity is Severity.INFO):
            continue
        if finding.place.file != plan:
            if plan is not None:
                yield Line(0, ())
            plan = finding.place.file
            yield Line(0, ((printable(plan), "bold underline"),))
        yield from _finding(finding, lang, quiet=quiet)
        if verbose and not quiet:
            yield Line(4, ((words.NAMED.say(lang), "dim"), (f" planlint explain {finding.fingerprint}", "dim")))
    if verbose:
        yield from _open(report, lang)
    waived = [] if quiet else [finding for finding in report.findings if finding.waived is not None]
    if waived:
        if plan is not None:
            yield Line(0, ())
        yield from _waived(waived, lang)
    if plan is not None or verbose or waived:
        yield Line(0, ())
    yield Line(0, ((words.summary(report, lang), "bold"),))


def _finding(finding: Finding, lang: str, *, quiet: bool) -> Iterator[Line]:
    if not quiet:
        yield Line(0, ())
    severity = words.SEVERITY[finding.severity].say(lang)
    head = ((severity, _STYLES[finding.severity]), (f" {finding.rule} ", "bold"))
    yield Line(2, (*head, (printable(finding.message.say(lang)), "")))
    if quiet:
        return
    before = ""
    for mention in finding.mentions:
        place = f"{printable(mention.place.file)}:{mention.place.line}:{mention.place.column}"
        if not mention.origin.document:
            yield Line(4, ((place, "blue"),))
            continue
        source, said = printable(words.origin(mention, lang)), printable(words.shown(mention))
        if source == before and len(words.spans(mention.origin.lines)) > _MANY:
            # A list that was gathered from many lines: once is enough to look them up.
            source = words.SAME.say(lang)
        else:
            before = source
        yield Line(4, ((place, "blue"), ("  ", ""), (source, "dim"), ("  ", ""), (said, "bold")))
    for step in finding.steps:
        yield Line(6, (("→ ", "dim"), (printable(step.say(lang)), "")))


def _waived(findings: list[Finding], lang: str) -> Iterator[Line]:
    yield Line(0, ((words.WAIVED.say(lang), "bold underline"),))
    for finding in findings:
        place = f"{printable(finding.place.file)}:{finding.place.line}:{finding.place.column}"
        said = printable(words.granted(finding, lang))
        yield Line(2, ((f"{finding.rule} ", "bold"), (place, "blue"), ("  ", ""), (said, "dim")))


def _open(report: Report, lang: str) -> Iterator[Line]:
    for item in report.undecided:
        place = f"{printable(item.place.file)}:{item.place.line}:{item.place.column}"
        said = f" {item.rule} {words.OPEN.say(lang)}{'：' if lang == 'zh' else ': '}{item.because.say(lang)}"
        yield Line(2, ((place, "blue"), (printable(said), "dim")))


def plain(lines: Iterator[Line]) -> str:
    """Return the report as plain text, the same for every terminal."""
    return "".join((" " * line.indent + "".join(text for text, _ in line.pieces)).rstrip() + "\n" for line in lines)
