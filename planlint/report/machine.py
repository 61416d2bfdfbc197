"""The JSON report, as schemas/report.schema.json describes it."""

from __future__ import annotations

from typing import Any

import msgspec

from planlint.api import Report
from planlint.findings import Finding, Mention, Severity
from planlint.version import __version__

FORMAT = 1


def render(report: Report, lang: str) -> str:
    """Return the report as one JSON document with a final line break."""
    tally = report.tally
    document = {
        "version": FORMAT,
        "planlint": __version__,
        "findings": [_finding(finding, lang) for finding in report.findings],
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
    return msgspec.json.format(msgspec.json.encode(document), indent=1).decode() + "\n"


def _finding(finding: Finding, lang: str) -> dict[str, Any]:
    return {
        "rule": finding.rule,
        "name": finding.name,
        "severity": finding.severity.word,
        "plan": finding.plan,
        "message": finding.message.say(lang),
        "fingerprint": finding.fingerprint,
        "waived": finding.waived,
        "steps": [step.say(lang) for step in finding.steps],
        "figures": [_mention(mention) for mention in finding.mentions],
    }


def _mention(mention: Mention) -> dict[str, Any]:
    return {
        "id": mention.id,
        "indicator": mention.indicator,
        "role": mention.role,
        "year": mention.year,
        "text": mention.text,
        "place": {"file": mention.place.file, "line": mention.place.line, "column": mention.place.column},
        "source": {
            "document": mention.origin.document,
            "lines": list(mention.origin.lines),
            "quote": mention.origin.quote,
        },
    }
