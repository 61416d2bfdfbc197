"""One line a finding, as compilers write them."""

from __future__ import annotations

from planlint.api import Report
from planlint.report.formats import Run
from planlint.source import printable


def render(report: Report, run: Run) -> bytes:
    """Return the report in UTF-8."""
    return lines(report, run.lang).encode()


def lines(report: Report, lang: str) -> str:
    """Return `file:line:column: severity RULE message` for each finding."""
    return "".join(
        printable(f"{f.place.file}:{f.place.line}:{f.place.column}: {f.severity.word} {f.rule} {f.message.say(lang)}")
        + "\n"
        for f in report.findings
    )
