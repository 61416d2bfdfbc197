"""What an entry that waives a finding must say, in a plan."""

import datetime

import pytest

from planlint import check, grants
from planlint.source import Source

HEAD = """\
planlint: 1
plan: {id: p, title: 某县规划, region: 某县, period: 2021-2025, document: p.txt}
claims:
  - {id: private, sum: 民营医院, whole: 44 家, parts: [29 家, 14 家], at: 191}
waivers:
"""
VALUES = 'values: {private: "44 家; 29 家; 14 家"}'
TODAY = datetime.date(2026, 6, 1)


def said(*entries):
    """Rules, places and English messages about a plan with some waivers; waived findings by their reason."""
    report = check(Source("p.yaml", HEAD + "".join(f"  - {{{entry}}}\n" for entry in entries)), today=TODAY)
    return [(f.rule, f.place.line, f.message.en if f.waived is None else f.waived) for f in report.findings]


FOUND = ("PL501", 4, "“民营医院” is printed 44 家 in all, but its 2 parts add up to 43 家, a gap of 1 家")


@pytest.mark.parametrize(
    ("entry", "rule", "message"),
    [
        (f"rule: PL501, {VALUES}, by: 规划处", "PL015", "the waiver lacks “reason”"),
        (f"rule: PL501, {VALUES}, reason: 含一家筹建", "PL015", "the waiver lacks “by”"),
        ("rule: PL501, reason: 含一家筹建, by: 规划处", "PL015", "the waiver lacks “values”"),
        (f"{VALUES}, reason: 含一家筹建, by: 规划处", "PL015", "the waiver lacks “rule”"),
        (
            f"rule: PL501, {VALUES}, reason: 含一家筹建, by: 规划处, untill: 2026-12-31",
            "PL016",
            "the waiver has no key “untill”; did you mean “until”?",
        ),
        (
            f"rule: PL501, plan: p, {VALUES}, reason: 含一家筹建, by: 规划处",
            "PL016",
            "the waiver has no key “plan”",
        ),
        ("rule: PL501, values: [44 家], reason: 含一家筹建, by: 规划处", "PL014", None),
        ("rule: PL501, values: {}, reason: 含一家筹建, by: 规划处", "PL014", None),
        ("rule: PL501, values: {private: [1]}, reason: 含一家筹建, by: 规划处", "PL014", None),
        (f"rule: PL501, figures: [[1]], {VALUES}, reason: 含一家筹建, by: 规划处", "PL014", None),
        (
            f"rule: PL501, {VALUES}, reason: 含一家筹建, by: '？'",
            "PL037",
            "this waiver has no effect: by must say who agreed",
        ),
        (
            f"rule: PL501, finding: 4467, {VALUES}, reason: 含一家筹建, by: 规划处",
            "PL037",
            "this waiver has no effect: “4467” is no fingerprint of a finding: 16 hexadecimal digits",
        ),
        (
            f"rule: PL501, {VALUES}, reason: 含一家筹建, by: 规划处, until: 2026-11-31",
            "PL037",
            "this waiver has no effect: “2026-11-31” is no date such as 2026-12-31",
        ),
        (
            f"rule: PL501, {VALUES}, reason: 含一家筹建, by: 规划处, meaning: same",
            "PL037",
            "this waiver has no effect: meaning is written by planlint waive; “same” is not",
        ),
        (
            f"rule: PL0501, {VALUES}, reason: 含一家筹建, by: 规划处",
            "PL037",
            "this waiver has no effect: there is no rule PL0501; did you mean “PL501”?",
        ),
        (
            f"rule: PL038, {VALUES}, reason: 含一家筹建, by: 规划处",
            "PL037",
            "this waiver has no effect: PL038 is itself about waivers and cannot be waived",
        ),
        (
            f"rule: PL501, {VALUES}, reason: {'长' * 1001}, by: 规划处",
            "PL037",
            "this waiver has no effect: the reason is longer than 1,000 characters",
        ),
        (
            "rule: PL501, values: {" + ", ".join(f"f{n}: 1 家" for n in range(501)) + "}, reason: 含一家筹建, by: 处室",
            "PL037",
            "this waiver has no effect: values holds more than 500 entries",
        ),
    ],
    ids=lambda value: str(value)[:40],
)
def test_an_entry_that_says_too_little_waives_nothing(entry, rule, message):
    """The finding stands, and the entry is a finding of its own."""
    found = said(entry)

    assert FOUND in found
    others = [item for item in found if item != FOUND]
    assert [(r, line) for r, line, _ in others] == [(rule, 6)]
    assert message is None or others[0][2] == message


@pytest.mark.parametrize(
    "reason",
    [
        "todo",
        "TODO: 说明",
        "tbd",
        "FIXME later",
        "待定",
        "待补充。",
        "……",
        "？",
        "-",
        "无",
        "N/A",
        "none",
        "xxx",
        "11",
        "理由",
    ],
)
def test_what_is_no_reason(reason):
    """A place kept free is no reason, in either language."""
    found = said(f"rule: PL501, {VALUES}, reason: '{reason}', by: 规划处")

    assert [item for item in found if item != FOUND] == [
        ("PL037", 6, f"this waiver has no effect: “{reason}” is no reason; say why the finding can be accepted")
    ]


@pytest.mark.parametrize(
    "reason", ["含一家筹建医院", "agreed on 12 May", "待定指标按省里口径", "the total is from the yearbook"]
)
def test_what_is_a_reason(reason):
    """Nobody judges how good it is."""
    assert said(f"rule: PL501, {VALUES}, reason: '{reason}', by: 规划处") == [("PL501", 4, reason)]


def test_dates():
    """Days that exist, in one way of writing."""
    good = ["2026-12-31", "2028-02-29"]
    bad = ["2026-02-29", "2026-12-32", "20261231", "2026-W01-1", "31.12.2026", "２０２６-12-31", ""]

    assert [text for text in (*good, *bad) if grants.is_date(text)] == good


def test_waivers_of_a_plan_may_be_absent_or_empty():
    """An empty list waives nothing and is nothing to speak of."""
    for text in ("", "  []\n", "  null\n"):
        report = check(Source("p.yaml", HEAD[:-1] + text.rstrip("\n") + "\n"))

        assert [f.rule for f in report.findings] == ["PL501"]
