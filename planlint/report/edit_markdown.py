"""What an edit changes, as Markdown for a merge request."""

from __future__ import annotations

from collections.abc import Iterator

from planlint.difference import Difference, PlanDifference
from planlint.editions import Review
from planlint.findings import Finding, Text
from planlint.report import editing, words
from planlint.report.markdown import safe

_COLUMNS = Text("| 指标 | | 数值 | 说明 |", "| indicator | | value | remarks |")


def render(review: Review, lang: str) -> str:
    """Return the Markdown."""
    parts = [f"### {safe(editing.sides(review, lang))}", ""]
    for one in review.plans:
        if not editing.is_empty(one):
            parts += _plan(one, review, lang)
    if all(editing.is_empty(one) for one in review.plans):
        parts += [editing.NOTHING.say(lang), ""]
    return "\n".join([*parts, safe(editing.summary(review, lang))]) + "\n"


def _plan(one: PlanDifference, review: Review, lang: str) -> Iterator[str]:
    yield f"#### {safe(editing.title(one, review, lang))}"
    yield ""
    if one.unread:
        yield from (editing.UNREAD[one.unread].say(lang), "")
    if one.head:
        yield from _heading(editing.HEAD, len(one.head), lang)
        yield from (f"- {safe(editing.part(part, lang))}" for part in one.head)
        yield ""
    for sort, group in editing.by_sort(one.figures).items():
        yield from _heading(editing.HEADINGS[sort], len(group), lang)
        yield from (_COLUMNS.say(lang), "|---|---|---|---|")
        yield from (_row(difference, lang) for difference in group)
        yield ""
    for sort, group in editing.by_sort(one.claims).items():
        yield from _heading(editing.CLAIMS[sort], len(group), lang)
        for difference in group:
            yield f"- {safe(editing.short(difference.shown.indicator))}：{safe(editing.remarks(difference, lang))}"
        yield ""
    said = one.answers
    if said.new:
        yield from _heading(editing.NEW, len(said.new), lang)
        for finding in said.new:
            yield from _whole(finding, lang)
        yield ""
    if said.changed:
        yield from _heading(editing.CHANGED, len(said.changed), lang)
        for was, now in said.changed:
            yield f"- {safe(editing.head_of(now, lang))}"
            yield f"  - {editing.WAS.say(lang)} {safe(editing.head_of(was, lang))}"
        yield ""
    if said.fixed:
        yield from _heading(editing.FIXED, len(said.fixed), lang)
        yield from (f"- {safe(editing.head_of(finding, lang))}" for finding in said.fixed)
        yield ""


def _heading(text: Text, count: int, lang: str) -> Iterator[str]:
    yield f"**{text.say(lang)} ({count})**" if lang == "en" else f"**{text.say(lang)}（{count}）**"
    yield ""


def _row(difference: Difference, lang: str) -> str:
    shown = difference.shown
    cells = (
        editing.short(shown.indicator),
        editing.when(shown, lang),
        editing.values(difference),
        editing.remarks(difference, lang),
    )
    return "| " + " | ".join(map(safe, cells)) + " |"


def _whole(finding: Finding, lang: str) -> Iterator[str]:
    yield f"- {safe(editing.head_of(finding, lang))}"
    for mention in finding.mentions:
        said = f" {words.origin(mention, lang)} {words.shown(mention)}" if mention.origin.document else ""
        yield f"  - {safe(editing.short(editing.place(mention) + said))}"
    for step in finding.steps:
        yield f"  - → {safe(step.say(lang))}"
