"""Impossible values, in figures, rises and claims."""

import pytest

from planlint import cache
from planlint.engine import Engine
from planlint.source import Source

ENGINE = Engine(cache.load())
HEAD = """\
planlint: 1
plan: {id: t, title: 某规划, region: 某县, period: 2021-2025, baseline: 2020, document: t.txt}
"""


def asked(rule, text):
    """What a rule says of a plan: severity, both messages, the lines it cites."""
    outcome = ENGINE.judge(Source("t.yaml", HEAD + text))
    return [
        (f.severity.word, f.message.zh, f.message.en, [m.place.line - 2 for m in f.mentions])
        for f in outcome.findings
        if f.rule == rule
    ]


def left_open(rule, text):
    """Why a rule cannot decide."""
    return [u.because.zh for u in ENGINE.judge(Source("t.yaml", HEAD + text)).undecided if u.rule == rule]


@pytest.mark.parametrize(
    ("base", "target", "said"),
    [
        ("95%", "提高5个百分点", []),
        ("95%", "提高10个百分点", ["error"]),
        ("95%", "提高5%", []),
        ("95%", "提高10%", ["error"]),
        ("95%", "每年提高1个百分点", []),
        ("95%", "每年提高2个百分点", ["error"]),
        ("5%", "下降5个百分点", []),
        ("5%", "下降6个百分点", ["error"]),
        ("50%", "翻一番", []),
    ],
)
def test_a_rise_may_lead_out_of_bounds(base, target, said):
    """In every reading, from every value that is printed for the base year."""
    text = f"""\
figures:
  - {{indicator: 产前筛查率, year: 2020, value: {base}, at: 1}}
  - {{indicator: 产前筛查率, year: 2025, value: {target}, at: 1}}
"""

    assert [severity for severity, *_ in asked("PL203", text)] == said


def test_a_rise_says_where_it_leads():
    """From its base."""
    text = """\
figures:
  - {indicator: 产前筛查率, year: 2020, value: 95%, at: 1}
  - {indicator: 产前筛查率, year: 2025, value: 提高10个百分点, at: 1}
"""

    assert asked("PL203", text) == [
        (
            "error",
            "“产前筛查率”2025年的目标 提高10个百分点，从 95% 算起是 105%，不可能：应在 0% 至 100%",
            "the 2025 target of “产前筛查率”, 提高10个百分点, would lead f"
            "rom 95% to 105%, which is impossible; it can be 0% "
            "to 100%",
            [2, 3],
        )
    ]


@pytest.mark.parametrize(
    ("claim", "said"),
    [
        ("{ratio: 产前筛查率, of: 26人, to: 25人, is: 104%, at: 1}", 1),
        ("{ratio: 产前筛查率, of: 25人, to: 25人, is: 100%, at: 1}", 0),
        ("{change: 产前筛查率, from: 90%, to: 110%, at: 1}", 1),
        ("{change: 医疗卫生机构床位数, from: 100张, to: 250张, by: 增长150%, at: 1}", 0),
        ("{ratio: 某某比例, of: 26人, to: 25人, is: 104%, at: 1}", 0),
    ],
)
def test_claims_carry_values_too(claim, said):
    """Values of what the claim is about, where that has bounds."""
    assert len(asked("PL203", f"claims:\n  - {claim}\n")) == said


def test_without_a_base_a_rise_is_left_open():
    """It names the year."""
    text = "figures:\n  - {indicator: 产前筛查率, year: 2025, value: 提高10个百分点, at: 1}\n"

    assert left_open("PL203", text) == ["没有印出2020年的值"]
