"""The only place for what an entry that waives a finding must say, be it in a plan or in a file of waivers."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator

from planlint import tree
from planlint.fields import Fields
from planlint.findings import Waiver
from planlint.patterns import pattern
from planlint.tree import Mapping, Node, Scalar

WAIVER_KEYS = ("rule", "finding", "figures", "values", "reason", "by", "until", "meaning")
MOST_VALUES = 500
_LONGEST_REASON = 1000
_LONGEST_NAME = 200
_FINGERPRINT = pattern(r"[0-9a-f]{16}(?:-[0-9]{1,4})?")
_MEANING = pattern(r"[0-9a-f]{16}")
_DATE = pattern(r"20[0-9]{2}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])")
_UNFINISHED = ("todo", "tbd", "fixme")
_NO_REASONS = frozenset(
    "na none null reason test ok 无 暂无 略 没有 理由 原因 测试 待定 待补 待补充 待填 待填写 待写 待说明 未定".split()
)


def read_all(fields: Fields, top: dict[str, Node], plan: str | None) -> Iterator[Waiver]:
    """Yield the waivers of the list `waivers`; what is wrong goes to the faults of `fields`."""
    for node in fields.items(top, "waivers") if "waivers" in top else ():
        waiver = read(fields, node, plan)
        if waiver is not None:
            yield waiver


def read(fields: Fields, node: Node, plan: str | None) -> Waiver | None:
    """Return the waiver of an entry, None where it says too little; what is wrong goes to the faults of `fields`.

    `plan` is the id of the plan that the entry stands in, None where the entry itself must name it.
    """
    before = len(fields.faults)
    own = fields.mapping(node, WAIVER_KEYS if plan is not None else ("plan", *WAIVER_KEYS), "waiver")
    if own is None:
        return None
    rule = fields.required(own, "rule", node, "waiver")
    named = plan if plan is not None else fields.required(own, "plan", node, "waiver")
    reason = fields.required(own, "reason", node, "waiver")
    by = fields.required(own, "by", node, "waiver")
    finding, until, meaning = (fields.text(own, key).strip() for key in ("finding", "until", "meaning"))
    figures = _figures(fields, own)
    values = _values(fields, own, node)
    if len(fields.faults) > before:
        return None
    wrong = (
        ("reason", reason, _about_reason(reason)),
        ("by", by, "" if is_name(by) else "no-name"),
        ("finding", finding, "bad-fingerprint" if finding and not _FINGERPRINT.fullmatch(finding) else ""),
        ("until", until, "bad-date" if until and not is_date(until) else ""),
        ("meaning", meaning, "bad-meaning" if meaning and not _MEANING.fullmatch(meaning) else ""),
        ("values", str(len(values)), "too-many-values" if len(values) > MOST_VALUES else ""),
    )
    for key, text, problem in wrong:
        if problem:
            fields.fault("bad-waiver", own.get(key, node), text=text[:_LONGEST_NAME], wrong=problem)
    if len(fields.faults) > before:
        return None
    if not finding and not figures:
        figures = tuple(key for key, _ in values)
    place = tree.place(node, fields.file)
    return Waiver(rule, named, finding, tuple(sorted(figures)), values, reason, by, until, meaning, place)


def _figures(fields: Fields, own: dict[str, Node]) -> tuple[str, ...]:
    found = []
    for item in fields.items(own, "figures"):
        if isinstance(item, Scalar):
            found.append(str(item.value).strip())
        else:
            fields.fault("shape", item, expected="text", found=tree.shape(item), where="figures")
    return tuple(found)


def _values(fields: Fields, own: dict[str, Node], owner: Node) -> tuple[tuple[str, str], ...]:
    """Return the printed amounts by figure that a waiver was granted for; without one it would never lapse."""
    node = own.get("values")
    if node is None:
        fields.fault("missing-key", owner, key="values", where="waiver")
        return ()
    if not isinstance(node, Mapping) or not node.value:
        fields.fault("shape", node, expected="mapping", found=tree.shape(node), where="values")
        return ()
    found = []
    for key, value in tree.entries(node, fields.file, fields.faults, "values"):
        if isinstance(value, Scalar):
            found.append((str(key.value), str(value.value)))
        else:
            fields.fault("shape", value, expected="amount", found=tree.shape(value), where="values")
    return tuple(sorted(found))


def _about_reason(reason: str) -> str:
    """Return what is wrong with a reason, nothing where it may be one."""
    if len(reason) > _LONGEST_REASON:
        return "too-long-reason"
    letters = _letters(reason)
    unfinished = letters.startswith(_UNFINISHED) or letters in _NO_REASONS or len(set(letters)) < 2
    return "no-reason" if unfinished else ""


def is_reason(text: str) -> bool:
    """Tell whether a text may be given as the reason of a waiver."""
    return not _about_reason(text.strip())


def is_name(text: str) -> bool:
    """Tell whether a text may say who waived a finding."""
    return bool(_letters(text)) and len(text.strip()) <= _LONGEST_NAME


def is_date(text: str) -> bool:
    """Tell whether a text is a date, such as 2026-12-31."""
    if not _DATE.fullmatch(text):
        return False
    import datetime

    try:
        datetime.date.fromisoformat(text)
    except ValueError:  # the 31st of a month of 30 days
        return False
    return True


def _letters(text: str) -> str:
    """Return the letters and digits of a text, small."""
    return "".join(c for c in text.casefold() if unicodedata.category(c)[0] in "LN")


WRONG: dict[str, dict[str, str]] = {
    "no-reason": {
        "zh": "“{text}”不成其为理由，要写明为什么可以接受",
        "en": "“{text}” is no reason; say why the finding can be accepted",
    },
    "too-long-reason": {"zh": "理由超过 1000 字", "en": "the reason is longer than 1,000 characters"},
    "no-name": {"zh": "by 要写明是谁同意的", "en": "by must say who agreed"},
    "bad-fingerprint": {
        "zh": "“{text}”不是意见的编号，编号是 16 位小写十六进制数",
        "en": "“{text}” is no fingerprint of a finding: 16 hexadecimal digits",
    },
    "bad-date": {
        "zh": "“{text}”不是日期，日期写成 2026-12-31",
        "en": "“{text}” is no date such as 2026-12-31",
    },
    "bad-meaning": {
        "zh": "meaning 由 planlint waive 填写，“{text}”不是它写的",
        "en": "meaning is written by planlint waive; “{text}” is not",
    },
    "too-many-values": {"zh": "values 超过 500 项", "en": "values holds more than 500 entries"},
    "unknown-rule": {"zh": "没有 {text} 这条规则{near}", "en": "there is no rule {text}{near}"},
    "about-waivers": {
        "zh": "{text} 说的就是豁免，不能再豁免",
        "en": "{text} is itself about waivers and cannot be waived",
    },
    "expired": {"zh": "有效期到 {until}，已过", "en": "it was granted until {until}"},
    "other-meaning": {
        "zh": "规则所问的已经改变",
        "en": "what the rule asks has changed",
    },
    "other-value": {
        "zh": "同意时 {figure} 印作 {granted}，现在印作 {now}",
        "en": "it was granted while {figure} was {granted}; now it is {now}",
    },
    "no-value": {
        "zh": "意见涉及的 {figure}（{now}）不在同意时的数值之列",
        "en": "the finding is about {figure} ({now}), too, for which no value was granted",
    },
    "gone": {"zh": "已没有它所说的这条意见", "en": "there is no such finding any more"},
    "twice": {"zh": "同一条意见已由另一条豁免接受", "en": "another waiver already accepts the same finding"},
}
"""What is wrong with a waiver, by the word that a fault gives for it."""
