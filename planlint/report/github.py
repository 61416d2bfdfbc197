"""Annotations of a GitHub workflow: https://docs.github.com/actions/reference/workflow-commands-for-github-actions."""

from __future__ import annotations

from planlint.api import Report
from planlint.findings import Finding, Severity
from planlint.report import words
from planlint.report.formats import Run
from planlint.report.regions import Regions, relative
from planlint.source import printable

COMMANDS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "notice"}


def render(report: Report, run: Run) -> bytes:
    """Return one command a finding, the worst first, as GitHub shows only ten of a kind; what is waived is left out."""
    regions = Regions(run)
    counted = [finding for finding in report.findings if finding.waived is None]
    counted.sort(key=lambda finding: -finding.severity)
    lines = [f"::error title=planlint::{_data(problem)}" for problem in report.unreadable]
    lines += [_command(finding, regions, run.lang) for finding in counted]
    return "".join(f"{line}\n" for line in [*lines, printable(words.summary(report, run.lang))]).encode()


def _command(finding: Finding, regions: Regions, lang: str) -> str:
    region = regions.of(finding.place)
    said = {"file": relative(finding.place.file), "line": str(region.line)}
    if region.end_line == region.line and region.end_column is not None:
        # GitHub counts the last column in, and drops columns where an annotation covers several lines.
        said |= {"col": str(region.column), "endColumn": str(max(region.end_column - 1, region.column))}
    said["title"] = f"{finding.rule} {finding.name}"
    properties = ",".join(f"{key}={_property(value)}" for key, value in said.items())
    steps = [f"→ {step.say(lang)}" for step in finding.steps]
    return f"::{COMMANDS[finding.severity]} {properties}::{_data(finding.message.say(lang), *steps)}"


def _data(*lines: str) -> str:
    """Return lines as the data of a command: a line break of theirs would begin another command."""
    return "%0A".join(printable(line).replace("%", "%25") for line in lines)


def _property(text: str) -> str:
    return printable(text).replace("%", "%25").replace(":", "%3A").replace(",", "%2C")
