"""JUnit's XML, as CI dashboards read it: a suite for each plan file, a failed case for each finding."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from xml.sax.saxutils import escape, quoteattr

from planlint.api import Report
from planlint.findings import Finding
from planlint.report import words
from planlint.report.formats import Run
from planlint.source import printable

_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def render(report: Report, run: Run) -> bytes:
    """Return the report as XML in UTF-8: what is waived is a skipped case, a plan without findings one that passed."""
    suites: dict[str, list[Finding]] = defaultdict(list, {name: [] for name in sorted(run.sources)})
    for finding in report.findings:
        suites[finding.place.file].append(finding)
    failures = sum(finding.waived is None for finding in report.findings)
    waived = len(report.findings) - failures
    tests = sum(max(len(findings), 1) for findings in suites.values()) + len(report.unreadable)
    lines = [
        '<?xml version="1.0" encoding="UTF-8"?>',
        f'<testsuites name="planlint" tests="{tests}" failures="{failures}" errors="{len(report.unreadable)}"'
        f' skipped="{waived}">',
    ]
    for name, findings in suites.items():
        lines += _suite(name, findings, run.lang)
    if report.unreadable:
        lines += _unreadable(report)
    return ("\n".join([*lines, "</testsuites>"]) + "\n").encode()


def _suite(name: str, findings: list[Finding], lang: str) -> Iterator[str]:
    waived = sum(finding.waived is not None for finding in findings)
    tests, failures = max(len(findings), 1), len(findings) - waived
    yield f'  <testsuite name={_quoted(name)} tests="{tests}" failures="{failures}" errors="0" skipped="{waived}">'
    for finding in findings:
        title = f"{finding.rule} {finding.name} {finding.fingerprint}"
        yield f"    <testcase name={_quoted(title)} classname={_quoted(name)} file={_quoted(name)}>"
        yield from _outcome(finding, lang)
        yield "    </testcase>"
    if not findings:
        yield f'    <testcase name="planlint" classname={_quoted(name)} file={_quoted(name)}/>'
    yield "  </testsuite>"


def _outcome(finding: Finding, lang: str) -> Iterator[str]:
    message = _quoted(printable(finding.message.say(lang)))
    if finding.waived is not None:
        yield f"      <skipped message={_quoted(printable(finding.waived))}/>"
        return
    yield f'      <failure type="{finding.severity.word}" message={message}>{_content(finding, lang)}</failure>'


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
