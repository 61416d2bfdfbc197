"""SARIF 2.1.0, as code scanning services take it: https://docs.oasis-open.org/sarif/sarif/v2.1.0/."""

from __future__ import annotations

from typing import Any

import msgspec

from planlint import rules
from planlint.api import Report
from planlint.findings import Finding, Mention, Severity, Text
from planlint.report import words
from planlint.report.formats import Run
from planlint.report.regions import Regions, uri
from planlint.rules import Summary
from planlint.source import Place, printable
from planlint.version import __version__

LEVELS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "note"}
ROOT = "%SRCROOT%"
"""The name that services know for the top folder of a checkout."""
FAMILIES = {
    "0": "reading",
    "1": "direction",
    "2": "units",
    "3": "arithmetic",
    "4": "agreement",
    "5": "parts",
    "6": "periods",
    "7": "words",
    "8": "testability",
    "9": "levels",
}
"""Tags by the first digit of a rule's number."""
_ALSO = Text("另见：", "See also: ")
_COMMA = Text("、", ", ")
_ESCAPED = str.maketrans({"[": "\\[", "]": "\\]", "\\": "\\\\"})
_INFORMATION = {
    "zh": "规划一致性检查：目标、现状、总数、比率、时间是否互相矛盾",
    "en": "finds what cannot be true in a plan before the plan is signed",
}


def render(report: Report, run: Run) -> bytes:
    """Return the report as one run of SARIF, in UTF-8 with a final line break."""
    _, files = rules.rule_files(run.folders)
    known = rules.summaries(files)
    order = {rule.id: number for number, rule in enumerate(known)}
    regions = Regions(run)
    one: dict[str, Any] = {
        "tool": {
            "driver": {
                "name": "planlint",
                "semanticVersion": __version__,
                "version": __version__,
                "shortDescription": {"text": _INFORMATION[run.lang]},
                "rules": [_rule(rule, run.lang) for rule in known],
            }
        },
        "language": "zh-CN" if run.lang == "zh" else "en-US",
        "columnKind": "utf16CodeUnits",
        "originalUriBaseIds": {ROOT: {"description": {"text": "the folder in which planlint was called"}}},
        "invocations": [_invocation(report)],
        "results": [_result(finding, order[finding.rule], regions, run.lang) for finding in report.findings],
    }
    document = {"$schema": "https://json.schemastore.org/sarif-2.1.0.json", "version": "2.1.0", "runs": [one]}
    return msgspec.json.format(msgspec.json.encode(document), indent=1) + b"\n"


def _rule(rule: Summary, lang: str) -> dict[str, Any]:
    summary, why = printable(rule.summary.say(lang)), rule.why.say(lang).strip()
    plain = "\n".join(printable(line) for line in why.splitlines())
    command = f"planlint explain {rule.id} --lang {lang}"
    more = Text(f"详见 {command}", f"See {command}").say(lang)
    return {
        "id": rule.id,
        "name": "".join(part.capitalize() for part in rule.name.split("-")),
        "shortDescription": {"text": summary},
        "fullDescription": {"text": plain or summary},
        "help": {"text": f"{plain}\n\n{more}", "markdown": f"{plain}\n\n`{command}`"},
        "defaultConfiguration": {"level": LEVELS[rule.severity]},
        "properties": {"tags": [FAMILIES.get(rule.id[2:3], "team") if rule.id.startswith("PL") else "team"]},
    }


def _invocation(report: Report) -> dict[str, Any]:
    said: dict[str, Any] = {"executionSuccessful": not report.unreadable}
    if report.unreadable:
        said["toolExecutionNotifications"] = [
            {"level": "error", "message": {"text": problem}} for problem in report.unreadable
        ]
    return said


def _result(finding: Finding, number: int, regions: Regions, lang: str) -> dict[str, Any]:
    # The first place is the finding's own; the others are related to it, in the order in which it cites them.
    others = [mention for mention in finding.mentions if mention.place != finding.place]
    lines = [finding.message.say(lang), *(f"→ {step.say(lang)}" for step in finding.steps)]
    text = [_unlinked(printable(line)) for line in lines]
    if others:
        # Code scanning shows a related place only where the message links to it.
        text.append(_ALSO.say(lang) + _COMMA.say(lang).join(_link(n, one) for n, one in enumerate(others, 1)))
    said: dict[str, Any] = {
        "ruleId": finding.rule,
        "ruleIndex": number,
        "level": LEVELS[finding.severity],
        "message": {"text": "\n".join(text)},
        "locations": [{"physicalLocation": _location(finding.place, regions)}],
        "partialFingerprints": {"planlint/v1": finding.fingerprint},
    }
    if others:
        said["relatedLocations"] = [_related(n, mention, regions, lang) for n, mention in enumerate(others, 1)]
    # A result without the key is not suppressed; GitHub wants it on all or on none.
    waived = finding.waived
    said["suppressions"] = [] if waived is None else [_suppression(waived)]
    return said


def _unlinked(text: str) -> str:
    """Return a text that links nowhere: a plan may hold what SARIF reads as a link."""
    return text.replace("](", "] (")


def _link(number: int, mention: Mention) -> str:
    shown = printable(mention.text or mention.indicator or mention.id)
    return f"[{shown.translate(_ESCAPED)}]({number})"


def _suppression(reason: str) -> dict[str, Any]:
    return {"kind": "external", "status": "accepted", "justification": printable(reason)}


def _related(number: int, mention: Mention, regions: Regions, lang: str) -> dict[str, Any]:
    said = " ".join(filter(None, (mention.indicator, words.shown(mention), words.origin(mention, lang))))
    return {
        "id": number,
        "message": {"text": printable(said) or mention.id},
        "physicalLocation": _location(mention.place, regions),
    }


def _location(place: Place, regions: Regions) -> dict[str, Any]:
    region = regions.of(place)
    shown: dict[str, int] = {"startLine": region.line, "startColumn": region.column}
    if region.end_line is not None and region.end_column is not None:
        shown |= {"endLine": region.end_line, "endColumn": region.end_column}
    where = uri(place.file)
    artifact = {"uri": where} if where.startswith("file://") else {"uri": where, "uriBaseId": ROOT}
    return {"artifactLocation": artifact, "region": shown}
