"""GitLab's code quality report: https://docs.gitlab.com/ci/testing/code_quality/#code-quality-report-format."""

from __future__ import annotations

from typing import Any

import msgspec

from planlint.api import Report
from planlint.findings import Finding, Severity
from planlint.report.formats import Run
from planlint.report.regions import relative
from planlint.source import printable

SEVERITIES = {Severity.ERROR: "major", Severity.WARNING: "minor", Severity.INFO: "info"}


def render(report: Report, run: Run) -> bytes:
    """Return the report as a JSON list, in UTF-8; GitLab knows no waivers, so what is waived is left out."""
    said = [_entry(finding, run.lang) for finding in report.findings if finding.waived is None]
    return msgspec.json.format(msgspec.json.encode(said), indent=1) + b"\n"


def _entry(finding: Finding, lang: str) -> dict[str, Any]:
    return {
        "description": printable(f"{finding.rule} {finding.message.say(lang)}"),
        "check_name": finding.rule,
        "fingerprint": finding.fingerprint,
        "severity": SEVERITIES[finding.severity],
        "location": {"path": relative(finding.place.file), "lines": {"begin": finding.place.line}},
    }
