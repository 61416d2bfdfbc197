"""JUnit's XML, as CI dashboards read it: a suite for each plan file, a case for each finding.

A case has failed where its finding makes the run fail: a dashboard that turns red over a remark would soon be ignored.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from xml.sax.saxutils import escape, quoteattr

from planlint.api import Report
from planlint.findings import Finding, Severity
from planlint.report import words
from planlint.report.formats import Run
from planlint.source import printable

_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def render(report: Report, run: Run) -> bytes:
    """Return the report as XML in UTF-8.

    What is waived is a skipped case, what is milder than --fail-on a passed one, as is a plan without findings.
    """
    suites: dict[str, list[Finding]] = defaultdict(list, {name: [] for name in sorted(run.sources)})
    for finding in report.findings:
        suites[finding.place.file].append(finding)
    limit = Severity.ERROR if run.fail_on == "never" else Severity[run.fail_on.upper()]
    tests = sum(max(len(findings), 1) for findings in suites.values()) + len(report.unreadable)
    failures = sum(_fails(finding, limit) for finding in report.findings)
    lines = [
        '<?xml version="1.0" encoding="UTF-8"?>',
        f'<testsuites name="planlint" tests="{tests}" failures="{failures}" errors="{len(report.unreadable)}">',
    ]
    for name, findings in suites.items():
        lines += _suite(name, findings, limit, run.lang)
    if report.unreadable:
        lines += _unreadable(report)
    return ("\n".join([*lines, "</testsuites>"]) + "\n").encode()


def _fails(finding: Finding, limit: Severity) -> bool:
    return finding.waived is None and finding.severity >= limit


def _suite(name: str, findings: list[Finding], limit: Severity, lang: str) -> Iterator[str]:
    waived = sum(finding.waived is not None for finding in findings)
    failures = sum(_fails(finding, limit) for finding in findings)
    counts = f'tests="{max(len(findings), 1)}" failures="{failures}" errors="0" skipped="{waived}"'
    yield f"  <testsuite name={_quoted(name)} {counts}>"
    for finding in findings:
        title = f"{finding.rule} {finding.name} {finding.fingerprint}"
        yield f"    <testcase name={_quoted(title)} classname={_quoted(name)} file={_quoted(name)}>"
        yield _outcome(finding, limit, lang)
        yield "    </testcase>"
    if not findings:
        yield f'    <testcase name="planlint" classname={_quoted(name)} file={_quoted(name)}/>'
    yield "  </testsuite>"


def _outcome(finding: Finding, limit: Severity, lang: str) -> str:
    if finding.waived is not None:
        return f"      <skipped message={_quoted(finding.waived)}/>"
    if not _fails(finding, limit):
        return f"      <system-out>{finding.severity.word}: {_content(finding, lang)}</system-out>"
    message = _quoted(finding.message.say(lang))
    return f'      <failure type="{finding.severity.word}" message={message}>{_content(finding, lang)}</failure>'


def _content(finding: Finding, lang: str) -> str:
    lines = [finding.message.say(lang)]
    for mention in finding.mentions:
        place = f"{mention.place.file}:{mention.place.line}:{mention.place.column}"
        lines.append("  ".join(filter(None, (place, words.origin(mention, lang), words.shown(mention)))))
    lines += [f"→ {step.say(lang)}" for step in finding.steps]
    return escape("\n".join(_allowed(printable(line)) for line in lines))


def _unreadable(report: Report) -> Iterator[str]:
    count = len(report.unreadable)
    yield f'  <testsuite name="unreadable" tests="{count}" failures="0" errors="{count}" skipped="0">'
    for problem in report.unreadable:
        said = _quoted(problem)
        yield f'    <testcase name={said} classname="planlint"><error message={said}/></testcase>'
    yield "  </testsuite>"


def _quoted(text: str) -> str:
    return quoteattr(_allowed(printable(text)))


def _allowed(text: str) -> str:
    """Return a text without what XML 1.0 cannot hold, not even escaped."""
    return _FORBIDDEN.sub("\ufffd", text)
