"""One line a finding, as compilers write them."""

from __future__ import annotations

from planlint.api import Report
from planlint.findings import Finding
from planlint.report.formats import Run
from planlint.source import printable


def render(report: Report, run: Run) -> bytes:
    """Return the report in UTF-8."""
    return lines(report, run.lang).encode()


def lines(report: Report, lang: str) -> str:
    """Return `file:line:column: severity RULE message` for each finding; the severity of a waived one is `waived`."""
    return "".join(
        printable(f"{f.place.file}:{f.place.line}:{f.place.column}: {_word(f)} {f.rule} {f.message.say(lang)}") + "\n"
        for f in report.findings
    )


def _word(finding: Finding) -> str:
    return finding.severity.word if finding.waived is None else "waived"
