"""The report in Markdown, for a merge request or a message: a table of counts, then each plan with its findings."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby

from planlint.api import Report
from planlint.findings import Finding, Severity, Text
from planlint.patterns import pattern
from planlint.report import words
from planlint.report.formats import Run
from planlint.source import printable

_SIGNS = pattern(r"[\\`*_{}\[\]<>#|~&@$!^]|:(?=[A-Za-z_+/])|(?<=[wW]{3})\.(?=\w)")
_BEGINNINGS = "@#!~$^&:."
_EMPTY = "&#8203;"
_HEAD = Text("| 规划文件 | 错误 | 警告 | 提示 | 已豁免 |", "| plan | errors | warnings | infos | waived |")
_TITLE = Text("规划数据一致性检查", "What cannot be true in these plans")
_NOTHING = Text("没有发现矛盾。", "Nothing was found.")
_PLACES = Text("各处与算式", "places and arithmetic")


def safe(text: str) -> str:
    """Return a text in which nothing is markup, a link, a mention or a command to whoever reads it.

    Forges look for mentions, references and addresses once more after the signs are resolved, so an empty character
    follows each that could begin one.
    """
    return _SIGNS.sub(lambda sign: f"&#{ord(sign[0])};{_EMPTY if sign[0] in _BEGINNINGS else ''}", printable(text))


def render(report: Report, run: Run) -> bytes:
    """Return the report in Markdown, in UTF-8."""
    lines = [f"### {_TITLE.say(run.lang)}", "", safe(words.summary(report, run.lang)), ""]
    if report.findings:
        lines += [*_table(report, run.lang), ""]
    elif not report.unreadable:
        lines += [_NOTHING.say(run.lang), ""]
    if report.unreadable:
        lines += [*(f"- {safe(problem)}" for problem in report.unreadable), ""]
    for file, found in groupby(report.findings, key=lambda finding: finding.place.file):
        lines += [f"#### {safe(file)}", ""]
        lines += _plan(list(found), run)
    return ("\n".join(lines).rstrip() + "\n").encode()


def _table(report: Report, lang: str) -> Iterator[str]:
    yield _HEAD.say(lang)
    yield "|---|---:|---:|---:|---:|"
    for file, found in groupby(report.findings, key=lambda finding: finding.place.file):
        findings = list(found)
        counts = [sum(f.severity is s and f.waived is None for f in findings) for s in sorted(Severity, reverse=True)]
        counts.append(sum(finding.waived is not None for finding in findings))
        yield f"| {safe(file)} | {' | '.join(map(str, counts))} |"


def _plan(findings: list[Finding], run: Run) -> Iterator[str]:
    for finding in findings:
        if finding.waived is not None:
            said = f"{words.WAIVED.say(run.lang)} {finding.rule}"
            yield f"- ~~{said}~~ {safe(finding.message.say(run.lang))} — {safe(finding.waived)}"
            continue
        if run.quiet and finding.severity is Severity.INFO:
            continue
        severity = words.SEVERITY[finding.severity].say(run.lang)
        yield f"- **{severity} {finding.rule}** {safe(finding.message.say(run.lang))}"
        if not run.quiet:
            yield from _details(finding, run.lang)
    yield ""


def _details(finding: Finding, lang: str) -> Iterator[str]:
    yield f"  <details><summary>{_PLACES.say(lang)}</summary>"
    yield ""
    for mention in finding.mentions:
        place = f"{mention.place.file}:{mention.place.line}:{mention.place.column}"
        parts = (place, words.origin(mention, lang), words.shown(mention))
        yield f"  - {' · '.join(safe(part) for part in parts if part)}"
    for step in finding.steps:
        yield f"  - → {safe(step.say(lang))}"
    yield ""
    yield "  </details>"
    yield ""
