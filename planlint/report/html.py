"""The HTML report: one file that loads nothing and reads without a script; a short one filters."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterable, Sequence
from importlib import resources
from typing import TYPE_CHECKING

from planlint.api import Report, lay_out
from planlint.coverage import State
from planlint.dossier import Dossier
from planlint.findings import Finding, Severity, Text
from planlint.report import charts, words
from planlint.report.articles import badge, family
from planlint.report.chapters import chapter
from planlint.report.markup import Markup, join, raw, tag
from planlint.version import __version__

if TYPE_CHECKING:
    from planlint.report.formats import Run

_SEVERITIES = (Severity.ERROR, Severity.WARNING, Severity.INFO)
_TITLE = Text("规划数字核查报告", "Report on the figures of a plan")


def render(report: Report, run: Run) -> bytes:
    """Return the report as one HTML file."""
    lang = run.lang
    dossiers = {d.file: d for d in lay_out(run.paths, report.findings, run.judge.engine)}
    files = list(dict.fromkeys((*dossiers, *(finding.place.file for finding in report.findings))))
    undecided = report.undecided if run.verbose else ()
    chapters = [
        chapter(
            number,
            file,
            dossiers.get(file),
            [finding for finding in report.findings if finding.place.file == file],
            [item for item in undecided if item.place.file == file],
            lang,
        )
        for number, file in enumerate(files, 1)
    ]
    name = _name(files, dossiers, lang)
    skip = tag("a", Text("跳到正文", "Skip to the report").say(lang), href="#report", class_="skip")
    head = tag("header", tag("h1", name), tag("p", words.summary(report, lang)), class_="top")
    body = (
        *_unreadable(report.unreadable, lang),
        _summary(report.findings, files, dossiers, lang),
        _filter(report.findings, files, dossiers, lang),
        *chapters,
    )
    foot = tag("footer", tag("p", f"planlint {__version__}"))
    page = tag(
        "body", skip, charts.PATTERNS, head, tag("main", *body, id="report"), foot, tag("script", _asset("page.js"))
    )
    html = tag("html", _head(name), page, lang="zh-CN" if lang == "zh" else "en")
    return f"<!DOCTYPE html>\n{html}\n".encode()


def _asset(name: str) -> Markup:
    """Return a file of ours that goes into the page as it is."""
    return raw(resources.files("planlint.report").joinpath("assets", name).read_text(encoding="utf-8"))


def _head(title: str) -> Markup:
    style, script = _asset("page.css"), _asset("page.js")
    # Nothing is loaded, and nothing runs but these two, whatever a plan smuggled in.
    policy = (
        f"default-src 'none'; style-src {_hash(style)}; script-src {_hash(script)}; base-uri 'none'; form-action 'none'"
    )
    return tag(
        "head",
        tag("meta", charset="utf-8"),
        tag("meta", http_equiv="Content-Security-Policy", content=policy),
        tag("meta", name="viewport", content="width=device-width, initial-scale=1"),
        tag("meta", name="referrer", content="no-referrer"),
        tag("meta", name="color-scheme", content="light dark"),
        tag("meta", name="generator", content=f"planlint {__version__}"),
        tag("title", title),
        tag("style", style),
    )


def _hash(content: str) -> Markup:
    return raw(f"'sha256-{base64.b64encode(hashlib.sha256(content.encode()).digest()).decode()}'")


def _name(files: Sequence[str], dossiers: dict[str, Dossier], lang: str) -> str:
    """Return the title of the page: with one plan, that plan's."""
    said = _TITLE.say(lang)
    if len(files) == 1 and files[0] in dossiers:
        return f"{dossiers[files[0]].heading.title}{Text('：', ': ').say(lang)}{said}"
    return said


def _title(file: str, dossiers: dict[str, Dossier]) -> str:
    return dossiers[file].heading.title if file in dossiers else file


def _unreadable(problems: Iterable[str], lang: str) -> list[Markup]:
    """Return what could not be had at all; it must not be overlooked."""
    items = [tag("li", problem) for problem in problems]
    if not items:
        return []
    title = tag("h2", Text("没有读到", "Could not be read").say(lang), id="unread")
    return [tag("section", title, tag("ul", *items), class_="unread", aria_labelledby="unread")]


def _summary(findings: Sequence[Finding], files: Sequence[str], dossiers: dict[str, Dossier], lang: str) -> Markup:
    families = sorted({family(finding.rule) for finding in findings})
    tables = [_by_plan(findings, files, dossiers, lang)]
    if families:
        tables.append(_by_family(findings, families, lang))
    title = tag("h2", Text("汇总", "Summary").say(lang), id="summary")
    return tag("section", title, *tables, class_="summary", aria_labelledby="summary")


def _by_plan(findings: Sequence[Finding], files: Sequence[str], dossiers: dict[str, Dossier], lang: str) -> Markup:
    rows = []
    for number, file in enumerate(files, 1):
        link = tag("a", _title(file, dossiers), href=f"#c{number}", lang="zh-CN")
        mine = [finding for finding in findings if finding.place.file == file]
        seen = _checked(dossiers[file]) if file in dossiers else ""
        rows.append(_row(link, mine, [seen]))
    if len(files) > 1:
        rows.append(_row(tag("b", Text("合计", "all").say(lang)), findings, [""]))
    return _counts(Text("按规划", "By plan"), [Text("印错会被发现", "errors noticed")], rows, lang)


def _checked(dossier: Dossier) -> str:
    """Return the share of a plan's figures in which an error would be noticed."""
    states, numbers = dossier.coverage.whole.states, dossier.coverage.whole.numbers
    return f"{(states[State.CHECKED] + states[State.REPEATED]) * 100 // numbers}%" if numbers else ""


def _by_family(findings: Sequence[Finding], families: Sequence[str], lang: str) -> Markup:
    rows = []
    for one in families:
        title = words.FAMILIES.get(one)
        name = tag("span", tag("b", f"{one}xx"), f" {title.say(lang)}" if title is not None else "")
        rows.append(_row(name, [finding for finding in findings if family(finding.rule) == one], []))
    return _counts(Text("按类别", "By family"), [], rows, lang)


def _row(name: Markup, findings: Sequence[Finding], more: Iterable[str]) -> Markup:
    standing = [finding.severity for finding in findings if finding.waived is None]
    counts = [*(standing.count(severity) for severity in _SEVERITIES), len(findings) - len(standing)]
    cells = [tag("td", str(count), class_="number" if count else "number none") for count in counts]
    return tag("tr", tag("th", name, scope="row"), *cells, *(tag("td", said, class_="number") for said in more))


def _counts(caption: Text, more: Iterable[Text], rows: Sequence[Markup], lang: str) -> Markup:
    heads = [badge(severity, lang) for severity in _SEVERITIES]
    columns = ("", *heads, words.WAIVED.say(lang), *(m.say(lang) for m in more))
    cells = (tag("th", head, scope="col") for head in columns)
    said = caption.say(lang)
    table = tag("table", tag("caption", said), tag("thead", tag("tr", *cells)), tag("tbody", *rows))
    return tag("div", table, class_="scroll", role="region", aria_label=said, tabindex="0")


def _filter(findings: Sequence[Finding], files: Sequence[str], dossiers: dict[str, Dossier], lang: str) -> Markup:
    """Return what narrows the findings; without a script it stays hidden, and all are shown."""
    boxes = join(
        tag(
            "label",
            tag("input", type="checkbox", name="severity", value=severity.word, checked="checked"),
            badge(severity, lang),
        )
        for severity in _SEVERITIES
    )
    families = sorted({family(finding.rule) for finding in findings})
    by_family = [(one, f"{one} {words.FAMILIES[one].say(lang)}" if one in words.FAMILIES else one) for one in families]
    by_plan = [(file, _title(file, dossiers)) for file in files]
    parts = [
        tag("fieldset", tag("legend", Text("级别", "Severity").say(lang)), boxes),
        _choice("family", Text("类别", "Family"), by_family, lang),
        _choice("plan", Text("规划", "Plan"), by_plan, lang) if len(files) > 1 else "",
        tag("label", Text("文字", "Text").say(lang), " ", tag("input", type="search", name="text", autocomplete="off")),
    ]
    pattern = Text("显示 {shown} 条，共 {all} 条", "{shown} of {all} findings shown").say(lang)
    parts.append(tag("output", "", aria_live="polite", data_pattern=pattern))
    said = Text("筛选意见", "Filter the findings").say(lang)
    return tag("form", *parts, class_="filter", id="filter", hidden="hidden", aria_label=said, role="search")


def _choice(name: str, title: Text, options: Iterable[tuple[str, str]], lang: str) -> Markup:
    everything = tag("option", Text("全部", "all").say(lang), value="")
    items = (tag("option", said, value=value) for value, said in options)
    return tag("label", title.say(lang), " ", tag("select", everything, *items, name=name))
