"""The fixed words of the text report in both languages."""

from __future__ import annotations

from typing import TYPE_CHECKING

from planlint.api import Report
from planlint.findings import Finding, Mention, Severity, Tally, Text

if TYPE_CHECKING:
    from planlint.trace import Trace

SEVERITY = {
    Severity.ERROR: Text("错误", "error"),
    Severity.WARNING: Text("警告", "warning"),
    Severity.INFO: Text("提示", "info"),
}
OPEN = Text("无法判断", "cannot be decided")
FAMILIES = {
    "PL0": Text("能不能读懂", "Can the plan be read"),
    "PL1": Text("目标的方向", "The direction of targets"),
    "PL2": Text("单位和数量级", "Units and magnitudes"),
    "PL3": Text("数字之间的算术", "Arithmetic between figures"),
    "PL4": Text("同一数字的各处是否一致", "Agreement of one figure at several places"),
    "PL5": Text("总数、分项和列举", "Parts, wholes and lists"),
    "PL6": Text("时期和日期", "Periods and dates"),
    "PL7": Text("文字与数字", "Words against numbers"),
    "PL8": Text("目标能不能考核", "Whether targets can be tested"),
    "PL9": Text("上下级规划之间", "Levels of plans"),
}
"""What the rules of a family look at, by the beginning of their ids."""
ROLES = {
    "actual": Text("实际", "actual"),
    "baseline": Text("基期", "baseline"),
    "target": Text("目标", "target"),
    "assigned": Text("下达目标", "assigned target"),
    "reference": Text("参照", "reference"),
}
"""What a figure is to its plan, in every report and in an editor."""
NAMED = Text("详见", "in full:")
SAME = Text("同上", "as above")
WAIVED = Text("已豁免", "waived")


def origin(mention: Mention, lang: str) -> str:
    """Return where a figure stands in the document: `xishan-plan.txt 第 209 行 “10.15 人”`."""
    found = lines(mention, lang)
    return f"{mention.origin.document} {found}" if found else mention.origin.document


def lines(mention: Mention, lang: str) -> str:
    """Return the lines of the document on which a figure stands, nothing where they are not known."""
    return lines_of(mention.origin.lines, lang)


def lines_of(found: tuple[int, ...], lang: str) -> str:
    """Return some lines in words: `第 209 行`, `lines 12–14, 27`."""
    if not found:
        return ""
    listed = ", ".join(str(first) if first == last else f"{first}–{last}" for first, last in spans(found))
    return f"第 {listed} 行" if lang == "zh" else f"line{'s' if len(found) > 1 else ''} {listed}"


def spans(found: tuple[int, ...]) -> list[tuple[int, int]]:
    """Return the first and the last line of each run of lines that follow each other."""
    runs: list[tuple[int, int]] = []
    for line in found:
        if runs and line == runs[-1][1] + 1:
            runs[-1] = (runs[-1][0], line)
        else:
            runs.append((line, line))
    return runs


def printed(mention: Mention) -> str:
    """Return what is printed at a place; the id by which a claim names a figure is printed nowhere."""
    first = mention.text[:1]
    return "" if first.isascii() and first.islower() else mention.text


def shown(mention: Mention) -> str:
    """Return what the figure says there: its text, and the quote where that says more."""
    quote = mention.origin.quote
    if quote and quote.replace(" ", "") != mention.text.replace(" ", ""):
        return f"{mention.text}（“{quote}”）"
    return mention.text


def granted(finding: Finding, lang: str) -> str:
    """Return why a finding is accepted, by whom and until when."""
    waiver = finding.waiver
    if waiver is None:
        return finding.waived or ""
    if lang == "zh":
        return f"{waiver.reason}（{waiver.by}{f'，至 {waiver.until}' if waiver.until else ''}）"
    return f"{waiver.reason} ({waiver.by}{f', until {waiver.until}' if waiver.until else ''})"


def counted(number: int, noun: str) -> str:
    """Return a number of things in English: 1 error, 2 errors."""
    return f"{number} {noun}{'' if number == 1 else 's'}"


def summary(report: Report, lang: str) -> str:
    """Return the closing line: how much was checked and what was found."""
    tally = report.tally
    error, warning, info = (tally.severities[s] for s in (Severity.ERROR, Severity.WARNING, Severity.INFO))
    if lang == "zh":
        return (
            f"{tally.plans} 份规划，{tally.figures} 个数字，{tally.rules} 条规则："
            f"错误 {error}，警告 {warning}，提示 {info}{_aside(tally, lang)}；"
            f"{tally.undecided} 处因未印出有关数字而无法判断"
        )
    return (
        f"{counted(tally.plans, 'plan')}, {counted(tally.figures, 'figure')}, {counted(tally.rules, 'rule')}: "
        f"{counted(error, 'error')}, {counted(warning, 'warning')}, {counted(info, 'info')}{_aside(tally, lang)}; "
        f"{counted(tally.undecided, 'question')} cannot be decided for want of a printed figure"
    )


def _aside(tally: Tally, lang: str) -> str:
    """Return what is not among the findings: waived ones, and those that a baseline holds."""
    waived, known = "", ""
    if tally.waived:
        waived = f"；已豁免 {tally.waived}" if lang == "zh" else f"; {tally.waived} waived"
    if tally.known is not None:
        known = f"；基线已有 {tally.known}" if lang == "zh" else f"; {tally.known} known from the baseline"
    return waived + known


def traced(trace: Trace, lang: str) -> str:
    """Return how many numbers of a document a plan file accounts for."""
    from planlint.trace import Fate

    carried, listed, formal, left = (trace.fates[fate] for fate in Fate)
    share = share_of(trace)
    if lang == "zh":
        return (
            f"{trace.plan}：原文 {trace.document} 有 {trace.numbers} 个数字，录入 {carried}，列为不是数量 {listed}，"
            f"按写法认出的日期、编号等 {formal}，遗漏 {left}；已交代 {share}"
        )
    return (
        f"{trace.plan}: {trace.numbers} numbers in {trace.document}, {carried} carried, "
        f"{listed} listed as no quantity, {formal} recognised by form as dates, marks and the like, "
        f"{left} left out; {share} accounted for"
    )


def share_of(trace: Trace) -> str:
    """Return the share of numbers accounted for, rounded down to a tenth of a percent; 100% only where none is left."""
    tenths = trace.accounted * 1000 // trace.numbers if trace.numbers else 1000
    return f"{tenths // 10}.{tenths % 10}%"
