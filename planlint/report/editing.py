"""The words for what an edit changes, in both languages: shared by text, Markdown and one line a change."""

from __future__ import annotations

from collections.abc import Iterable

from planlint.difference import Difference, PlanDifference, Sort
from planlint.editions import Review
from planlint.findings import Finding, Mention, Severity, Text
from planlint.heads import Part
from planlint.report.words import ROLES, SEVERITY, WAIVED, counted, granted
from planlint.source import printable

HEADINGS = {
    Sort.REPORTED: Text("已报告的数值被改动", "reported values changed"),
    Sort.WEAKENED: Text("目标放宽", "targets that ask for less"),
    Sort.VALUE: Text("其他数值改动", "other values changed"),
    Sort.MEANING: Text("口径改动", "what a figure is about changed"),
    Sort.REMOVED: Text("删去的数字", "figures removed"),
    Sort.ADDED: Text("新增的数字", "figures added"),
    Sort.PRECISION: Text("只改了精度", "precision changed"),
    Sort.SAME: Text("写法不同，数值相同", "written otherwise, the same value"),
    Sort.NOTED: Text("只改了名称、备注或编号", "only names, notes or ids changed"),
}
CLAIMS = {
    Sort.VALUE: Text("改动的关系条目", "claims changed"),
    Sort.REMOVED: Text("删去的关系条目", "claims removed"),
    Sort.ADDED: Text("新增的关系条目", "claims added"),
}
HEAD = Text("规划本身的改动", "about the plan itself")
NEW = Text("新出现的意见", "new findings")
CHANGED = Text("内容有变的意见", "findings that changed")
FIXED = Text("已消除的意见", "fixed findings")
UNCHANGED = Text("没有变化的意见", "unchanged findings")
WAS = Text("原为", "was")
NOTHING = Text("规划写明的内容没有改动", "nothing that the plan states has changed")
UNREAD = {
    "old": Text("旧版不是可读的规划，数字无从比较", "the old edition is no readable plan, so figures are not compared"),
    "new": Text("新版不是可读的规划，数字无从比较", "the new edition is no readable plan, so figures are not compared"),
    "both": Text(
        "两版都不是可读的规划，数字无从比较", "neither edition is a readable plan, so figures are not compared"
    ),
}
_KEYS = {
    "indicator": "指标",
    "scope": "范围",
    "base": "人口口径",
    "year": "年份",
    "role": "角色",
    "months": "月份",
    "period": "时期",
    "unit": "单位",
    "nature": "性质",
    "note": "备注",
    "trusted": "可信",
    "table": "表",
    "id": "编号",
    "title": "名称",
    "region": "地区",
    "within": "上级地区",
    "references": "对照的规划",
    "baseline": "基期",
    "review": "回顾期",
    "document": "原文",
    "status": "状态",
}
_LONGEST = 200
_WORKING = Text("工作区", "working tree")
_NONE = Text("（无）", "(none)")


def side(name: str, lang: str) -> str:
    """Return the name of an edition."""
    return printable(name) if name else _WORKING.say(lang)


def title(one: PlanDifference, review: Review, lang: str) -> str:
    """Return which plan it is: its file, or both files where it had another name."""
    old, new = one.old.removeprefix(f"{review.old}:"), one.new.removeprefix(f"{review.new}:")
    if not old:
        return Text(f"{new}（新增的规划，{one.size} 个数字）", f"{new} (a new plan, {one.size} figures)").say(lang)
    if not new:
        return Text(f"{old}（删去的规划，{one.size} 个数字）", f"{old} (removed, {one.size} figures)").say(lang)
    return new if old == new else f"{old} → {new}"


def sides(review: Review, lang: str) -> str:
    """Return which editions are compared."""
    return f"{side(review.old, lang)} → {side(review.new, lang)}"


def when(mention: Mention, lang: str) -> str:
    """Return year and role of a figure: `2020 基期`."""
    role = ROLES[mention.role].say(lang) if mention.role in ROLES else ""
    return " ".join(filter(None, ("" if mention.year is None else str(mention.year), role)))


def short(text: str) -> str:
    """Return a text as it can be shown in a line: printable, and of a very long one the beginning."""
    return printable(text if len(text) <= _LONGEST else f"{text[:_LONGEST]}…")


def values(difference: Difference) -> str:
    """Return a figure's amount before and after: `21.32/10万 → 12.32/10万`."""
    old, new = difference.old, difference.new
    if old is None or new is None or old.text == new.text:
        return short(difference.shown.text)
    return f"{short(old.text)} → {short(new.text)}"


def remarks(difference: Difference, lang: str) -> str:
    """Return everything else about a difference: how it is judged, then the keys that changed."""
    said = [text.say(lang) for text in difference.said]
    said += [part(one, lang) for one in difference.parts]
    return printable(("；" if lang == "zh" else "; ").join(said))


def part(one: Part, lang: str) -> str:
    """Return one key before and after: `unit: ‰ → %`."""
    key = _KEYS.get(one.key, one.key) if lang == "zh" else one.key
    old, new = (short(text) or _NONE.say(lang) for text in (one.old, one.new))
    return f"{key}{'：' if lang == 'zh' else ': '}{old} → {new}"


def place(mention: Mention) -> str:
    """Return where a figure stands in the plan file."""
    return f"{printable(mention.place.file)}:{mention.place.line}"


def head_of(finding: Finding, lang: str) -> str:
    """Return severity, rule and message of a finding; of a waived one, why it is accepted and by whom."""
    if finding.waived is not None:
        said = f"{WAIVED.say(lang)} {finding.rule} {finding.message.say(lang)} — {granted(finding, lang)}"
        return printable(said)
    return printable(f"{SEVERITY[finding.severity].say(lang)} {finding.rule} {finding.message.say(lang)}")


def is_empty(one: PlanDifference) -> bool:
    """Tell whether there is nothing to show of a plan but findings that are as they were."""
    said = one.answers
    return not (one.head or one.figures or one.claims or one.unread or said.new or said.changed or said.fixed) and bool(
        one.old and one.new
    )


def by_sort(found: Iterable[Difference]) -> dict[Sort, list[Difference]]:
    """Return differences by their sort, in the order in which they are shown."""
    groups: dict[Sort, list[Difference]] = {sort: [] for sort in Sort}
    for difference in found:
        groups[difference.sort].append(difference)
    return {sort: group for sort, group in groups.items() if group}


def summary(review: Review, lang: str) -> str:
    """Return the closing line."""
    plans = review.plans
    sorts = [difference.sort for one in plans for difference in one.figures]
    changed = sum(sort not in (Sort.ADDED, Sort.REMOVED) for sort in sorts)
    reported, weaker, added, removed = (
        sorts.count(sort) for sort in (Sort.REPORTED, Sort.WEAKENED, Sort.ADDED, Sort.REMOVED)
    )
    moved = sum(one.moved for one in plans)
    claims = sum(len(one.claims) for one in plans)
    new = [finding for one in plans for finding in one.answers.new]
    errors = sum(finding.severity is Severity.ERROR and finding.waived is None for finding in new)
    said = [one.answers for one in plans]
    other = sum(len(answers.changed) for answers in said)
    fixed = sum(len(answers.fixed) for answers in said)
    same = sum(len(answers.unchanged) for answers in said)
    if lang == "zh":
        return (
            f"{len(plans)} 份规划：改动数字 {changed} 个（已报告的 {reported}，目标放宽 {weaker}），新增 {added}，"
            f"删去 {removed}，只改出处 {moved}；关系条目改动 {claims}；"
            f"意见新增 {len(new)}（其中错误 {errors}），有变 {other}，消除 {fixed}，不变 {same}"
        )
    return (
        f"{counted(len(plans), 'plan')}: {counted(changed, 'figure')} changed ({reported} reported, "
        f"{weaker} weakened), {added} added, {removed} removed, {moved} only moved in the document; "
        f"{counted(claims, 'claim')} changed; findings: {len(new)} new ({counted(errors, 'error')}), "
        f"{other} changed, {fixed} fixed, {same} unchanged"
    )
