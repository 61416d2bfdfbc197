"""The JSON report, as schemas/report.schema.json describes it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import msgspec

from planlint.api import Report
from planlint.findings import Finding, Mention, Severity
from planlint.report.formats import Run
from planlint.version import __version__

if TYPE_CHECKING:
    from planlint.trace import Trace

FORMAT = 1


def render(report: Report, run: Run) -> bytes:
    """Return the report in UTF-8."""
    return document(report, run.lang, run.traces).encode()


def document(report: Report, lang: str, traces: Sequence[Trace] | None = None) -> str:
    """Return the report as one JSON document with a final line break; with `traces`, also their counts."""
    tally = report.tally
    said: dict[str, Any] = {
        "version": FORMAT,
        "planlint": __version__,
        "findings": [told(finding, lang) for finding in report.findings],
        "summary": {
            "plans": tally.plans,
            "figures": tally.figures,
            "rules": tally.rules,
            "error": tally.severities[Severity.ERROR],
            "warning": tally.severities[Severity.WARNING],
            "info": tally.severities[Severity.INFO],
            "waived": tally.waived,
            "undecided": tally.undecided,
        },
    }
    if tally.known is not None:
        said["summary"]["known"] = tally.known
    if traces is not None:
        said["trace"] = [_trace(trace) for trace in traces]
    return msgspec.json.format(msgspec.json.encode(said), indent=1).decode() + "\n"


def _trace(trace: Trace) -> dict[str, Any]:
    from planlint.trace import Fate

    return {
        "plan": trace.plan,
        "document": trace.document,
        "numbers": trace.numbers,
        "carried": trace.fates[Fate.CARRIED],
        "listed": trace.fates[Fate.LISTED],
        "by_form": trace.fates[Fate.FORM],
        "left_out": trace.fates[Fate.LEFT],
    }


def told(finding: Finding, lang: str) -> dict[str, Any]:
    """Return a finding as plain data."""
    said: dict[str, Any] = {
        "rule": finding.rule,
        "name": finding.name,
        "severity": finding.severity.word,
        "plan": finding.plan,
        "message": finding.message.say(lang),
        "fingerprint": finding.fingerprint,
        "waived": finding.waived,
        "steps": [step.say(lang) for step in finding.steps],
        "figures": [mention(cited) for cited in finding.mentions],
    }
    if finding.waiver is not None:
        place = finding.waiver.place
        said["waiver"] = {
            "by": finding.waiver.by,
            "until": finding.waiver.until or None,
            "place": {"file": place.file, "line": place.line, "column": place.column},
        }
    return said


def mention(cited: Mention) -> dict[str, Any]:
    """Return a figure or claim as a finding cites it, as plain data."""
    return {
        "id": cited.id,
        "indicator": cited.indicator,
        "role": cited.role,
        "year": cited.year,
        "text": cited.text,
        "place": {"file": cited.place.file, "line": cited.place.line, "column": cited.place.column},
        "source": {
            "document": cited.origin.document,
            "lines": list(cited.origin.lines),
            "quote": cited.origin.quote,
        },
    }
