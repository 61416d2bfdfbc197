"""The opinion sheet of a review meeting, a Word document: a row for each finding, and a place to decide about it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from docx.document import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.shared import Pt
from docx.table import _Cell

from planlint.api import Report, lay_out
from planlint.argument import Argument
from planlint.dossier import Dossier
from planlint.findings import Finding, Mention, Severity, Text
from planlint.report import words
from planlint.report.formats import Run
from planlint.report.wordfile import blank, choose, grid, packed, sized
from planlint.rulings import CHOOSE, DECISION, NUMBER, REASON, RULINGS, TAG, reference
from planlint.source import printable

_TITLE = Text("规划数字核查意见表", "Opinions on the figures of a plan")
_COLUMNS = (
    (NUMBER, 1.1),
    (Text("位置", "Place"), 5.6),
    (Text("意见", "Opinion"), 6.6),
    (Text("依据", "Evidence"), 6.1),
    (Text("严重程度", "Severity"), 2.0),
    (DECISION, 2.3),
    (REASON, 3.0),
)
"""Headings and widths in centimetres; together as wide as a sheet between its margins."""
_LEADS = {
    "PL0": Text("建议核对录入", "Please check the copy of the plan"),
    "PL1": Text("建议核实目标值", "Please verify the target"),
    "PL2": Text("建议核实单位和数量级", "Please verify unit and magnitude"),
    "PL3": Text("建议重新核算", "Please work out again"),
    "PL4": Text("建议统一口径和数值", "Please make the figures agree"),
    "PL5": Text("建议核对总数、分项和列举", "Please check totals, parts and lists"),
    "PL6": Text("建议核实时期和日期", "Please verify periods and dates"),
    "PL7": Text("建议核对文字与数字", "Please hold the words against the figures"),
    "PL8": Text("建议明确考核口径", "Please make the target testable"),
    "PL9": Text("建议与上级规划衔接", "Please align with the plan of the level above"),
}
_LEAD = Text("建议核实", "Please verify")
_PLACES, _LINES = 6, 8
_LONGEST = 160


def render(report: Report, run: Run) -> bytes:
    """Return the sheet as a docx."""
    lang = run.lang
    dossiers = {dossier.file: dossier for dossier in lay_out(run.paths, report.findings, run.judge.engine)}
    document = blank(_TITLE.say(lang), lang)
    files = list(dict.fromkeys(finding.place.file for finding in report.findings))
    number = 0
    for index, file in enumerate(files):
        found = [finding for finding in report.findings if finding.place.file == file]
        standing = [finding for finding in found if finding.waived is None]
        _heading(document, file, dossiers.get(file), lang, is_first=not index)
        if standing:
            _table(document, standing, dossiers.get(file), number, lang)
            number += len(standing)
        _remark(document, len(found) - len(standing), bool(standing), lang)
    if not files:
        _heading(document, "", next(iter(dossiers.values()), None), lang, is_first=True)
        _remark(document, 0, False, lang)
    if report.tally.known:
        known = report.tally.known
        said = Text(
            f"另有 {known} 条意见在基线中，未列入。", f"{known} findings are those of the baseline and are left out."
        )
        document.add_paragraph(said.say(lang))
    for problem in report.unreadable:
        document.add_paragraph(Text("没有读到：", "Could not be read: ").say(lang) + printable(problem))
    return packed(document)


def _heading(document: Document, file: str, dossier: Dossier | None, lang: str, *, is_first: bool) -> None:
    title = document.add_paragraph()
    title.alignment = WD_ALIGN_PARAGRAPH.CENTER
    title.paragraph_format.page_break_before = not is_first
    title.paragraph_format.space_after = Pt(4)
    title.paragraph_format.keep_with_next = True
    name = dossier.heading.title if dossier is not None else file
    sized(title.add_run(printable(name)), 16, bold=True, sans=True)
    title.add_run().add_break()
    sized(title.add_run(_TITLE.say(lang)), 14, sans=True)
    facts = document.add_paragraph()
    facts.paragraph_format.space_after = Pt(5)
    facts.paragraph_format.keep_with_next = True
    said = []
    if dossier is not None:
        heading = dossier.heading
        period = heading.period.replace("-", "–")
        said = [
            Text(f"地区：{heading.region}", f"Region: {heading.region}"),
            Text(f"规划期：{period}", f"Period: {period}"),
            Text(f"原文：{heading.document}", f"Document: {heading.document}"),
        ]
    # Whoever meets writes these by hand: a file that is made again must not change by itself.
    said += [Text("评审人：＿＿＿＿＿＿", "Reviewers: ____________"), Text("日期：＿＿＿＿＿＿", "Date: ____________")]
    sized(facts.add_run(printable("　　".join(one.say(lang) for one in said))), 10)


def _remark(document: Document, waived: int, has_rows: bool, lang: str) -> None:
    """Say what is not in the table, and how the table is filled in."""
    said = []
    if not has_rows:
        said.append(Text("没有意见。", "There is no finding."))
    if waived:
        said.append(
            Text(
                f"另有 {waived} 条意见此前已同意保留，未列入本表。",
                f"{waived} findings were accepted before and are left out.",
            )
        )
    if has_rows:
        said.append(
            Text(
                "填写说明：在“采纳情况”中选择；部分采纳、不采纳的，请在“理由”中写明。请勿改动灰色的编号。",
                "Choose under “Decision”; where a finding is not, or only partly, accepted, say why under “Reason”. "
                "Please leave the grey references as they are.",
            )
        )
    paragraph = document.add_paragraph()
    paragraph.paragraph_format.space_before = Pt(5)
    sized(paragraph.add_run("".join(one.say(lang) + (" " if lang == "en" else "") for one in said).strip()), 9)


def _table(document: Document, findings: Sequence[Finding], dossier: Dossier | None, before: int, lang: str) -> None:
    told = {a.finding.fingerprint: a for a in dossier.arguments} if dossier is not None else {}
    columns = [(title.say(lang), width) for title, width in _COLUMNS]
    rows = grid(document, columns, len(findings))
    for number, (cells, finding) in enumerate(zip(rows, findings, strict=True), before + 1):
        _row(cells, number, finding, told.get(finding.fingerprint), dossier, lang)


def _row(
    cells: Sequence[_Cell], number: int, finding: Finding, told: Argument | None, dossier: Dossier | None, lang: str
) -> None:
    severity = words.SEVERITY[finding.severity].say(lang)
    for cell, said in ((cells[0], str(number)), (cells[4], severity)):
        cell.paragraphs[0].alignment = WD_ALIGN_PARAGRAPH.CENTER
        sized(cell.paragraphs[0].add_run(said), 9.5, bold=finding.severity is Severity.ERROR)
    _lines(cells[1], _places(finding, dossier, lang))
    _lines(cells[2], [opinion(finding, lang)])
    _lines(cells[3], [*_evidence(finding, told, lang)] or [Text("见左列各处所印", "what is printed there").say(lang)])
    named = cells[3].add_paragraph()
    sized(named.add_run(f"{finding.rule}  {reference(finding)}"), 7, grey=True)
    options = [said.say(lang) for said in (CHOOSE, *RULINGS.values())]
    choose(cells[5].paragraphs[0], DECISION.say(lang), TAG + reference(finding), number, options)


def _lines(cell: _Cell, said: Sequence[str]) -> None:
    paragraph = cell.paragraphs[0]
    for index, line in enumerate(said):
        if index:
            paragraph = cell.add_paragraph()
        paragraph.add_run(printable(line))


def _places(finding: Finding, dossier: Dossier | None, lang: str) -> list[str]:
    """Return where the figures of a finding stand, with their quotes; of many, the first."""
    document = dossier.heading.document if dossier is not None else ""
    alike: dict[tuple[str, str], list[Mention]] = {}
    for mention in finding.mentions:
        said = _said(mention, lang)
        # One figure that is printed alike at several places is told once.
        alike.setdefault(("".join(said.split()), mention.origin.document), []).append(mention)
    shown = [f"{_where(group, document, lang)}{_said(group[0], lang)}" for group in alike.values()]
    more = len(shown) - _PLACES
    if more > 0:
        return [*shown[:_PLACES], Text(f"另有 {more} 处", f"and {more} more places").say(lang)]
    return shown


def _where(mentions: Sequence[Mention], document: str, lang: str) -> str:
    """Return the lines of the document where something is printed, or those of the plan file."""
    lines = tuple(sorted({line for mention in mentions for line in mention.origin.lines}))
    if lines:
        own = mentions[0].origin.document
        return f"{'' if own == document else f'{own} '}{words.lines_of(lines, lang)}"
    lines = tuple(sorted({mention.place.line for mention in mentions}))
    return f"{Text('规划文件', 'plan file, ').say(lang)}{words.lines_of(lines, lang)}"


def _said(mention: Mention, lang: str) -> str:
    """Return what is printed, and of what."""
    said = mention.origin.quote or words.printed(mention)
    year = "" if mention.year is None else Text(f"，{mention.year}年", f", {mention.year}").say(lang)
    about = f" {mention.indicator}{year}" if mention.indicator else ""
    quote = f"“{_cut(said)}”" if said else ""
    return f"{about}{Text('：', ': ').say(lang) if quote else ''}{quote}"


def _cut(said: str) -> str:
    return said if len(said) <= _LONGEST else f"{said[:_LONGEST]}…"


def opinion(finding: Finding, lang: str) -> str:
    """Return what is asked of the drafter, in one sentence."""
    lead = _LEADS.get(finding.rule[:-2], _LEAD)
    said = finding.message.say(lang).rstrip("。.")
    return f"{lead.zh}：{said}。" if lang == "zh" else f"{lead.en}: {said}."


def _evidence(finding: Finding, told: Argument | None, lang: str) -> Iterator[str]:
    """Yield the arithmetic: what should hold, and the numbers put in; what would mend it is for the drafter to find."""
    steps = finding.steps if told is None else (*told.steps, *told.conclusion)
    if told is not None and told.formula is not None:
        yield told.formula.say(lang)
    yield from (step.say(lang) for step in steps[:_LINES])
    if len(steps) > _LINES:
        more = len(steps) - _LINES
        yield Text(f"另有 {more} 步", f"and {more} more steps").say(lang)
