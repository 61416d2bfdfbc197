"""Changes that a plan states, and percentage points."""

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


def claim(start, end, by, more=""):
    """A change of a share."""
    return f"claims:\n  - {{change: 居民健康素养水平, from: {start}, to: {end}, by: {by}{more}, at: 1}}\n"


@pytest.mark.parametrize(
    ("start", "end", "by", "more", "said"),
    [
        ("78.42岁", "80.62岁", "提高2.2岁", "", []),
        ("78.42岁", "80.62岁", "提高2.5岁", "", ["error"]),
        ("10%", "23.28%", "提高13.28个百分点", "", []),
        ("40.0%", "44.0%", "提高10个百分点", "", ["error"]),
        ("3468张", "4404张", "增长27%", "", []),
        ("3468张", "4404张", "增长37%", "", ["error"]),
        ("3000张", "4000张", "增长33.4%", "", ["info"]),
        ("5.0‰", "2.5‰", "下降50%", "", []),
        ("5.0‰", "2.5‰", "下降30%", "", ["error"]),
        ("7000张", "14240张", "翻了一番", "", []),
        ("1000张", "1950张", "翻一番", "", []),
        ("1000张", "1910张", "翻一番", "", ["info"]),
        ("1000张", "1900张", "翻一番", "", ["error"]),
        ("1000张", "4000张", "翻一番", "", ["error"]),
        ("1000张", "1611张", "年均增长10%", ", years: 5年", []),
        ("1000张", "1611张", "年均增长10%", ", years: 2015-2020年", []),
        ("1000张", "1611张", "年均增长10%", ", years: 3年", ["error"]),
        ("1000张", "1500张", "年均增长10%", ", years: 5年", ["info"]),
        ("1000张", "1500张", "每年增加100张", ", years: 5年", []),
        ("1000张", "1500张", "每年增加50张", ", years: 5年", ["error"]),
        ("100万人次", "300万人次", "3倍", "", []),
        ("100万人次", "400万人次", "增长3倍", "", []),
        ("100万人次", "700万人次", "增长3倍", "", ["error"]),
        ("1000张", "1500张", "增长27%以上", "", []),
        ("1000张", "1200张", "增长27%以上", "", ["error"]),
        ("1000张", "1500张", "约300张", "", ["warning"]),
        ("1000张", "1500张", "逐步增长", "", []),
    ],
)
def test_tiers_of_changes(start, end, by, more, said):
    """Rounding is silent, truncation and the arithmetic mean are notes, the rest errors."""
    assert [severity for severity, *_ in asked("PL304", claim(start, end, by, more))] == said


def test_a_change_says_what_it_would_lead_to():
    """And what it is in truth."""
    assert asked("PL304", claim("3468张", "4404张", "增长37%")) == [
        (
            "error",
            "“居民健康素养水平”从 3468张 到 4404张，印作 增长37%；照此应到 4751.2 张，实际变化 26.99%",
            "“居民健康素养水平” goes from 3468张 to 4404张, printed as "
            "增长37%, which would lead to 4751.2 张; in fact the "
            "change is 26.99%",
            [2],
        )
    ]


@pytest.mark.parametrize(
    ("start", "end", "by", "more", "why"),
    [
        ("1000张", "1500人", "增长50%", "", "单位不同，不能比较"),
        ("1000张", "1500张", "提高5个百分点", "", "单位不同，不能比较"),
        ("1000张", "1611张", "年均增长10%", "", "没有印出多少年"),
        ("若干", "1611张", "增长10%", "", "没有印出起点的数值"),
        ("1000张", "若干", "增长10%", "", "没有印出终点的数值"),
        ("0张", "1000张", "增长10%", "", "起点是零，没有增长率"),
    ],
)
def test_what_cannot_be_decided(start, end, by, more, why):
    """The missing fact is named."""
    assert left_open("PL304", claim(start, end, by, more)) == [why]


def test_a_verb_against_the_direction_is_left_to_the_rules_about_words():
    """下降30% from 100 to 150 with a verb: what is wrong is the word."""
    assert asked("PL304", claim("100张", "150张", "减少50张", ", verb: 下降")) == []


def test_points_are_meant_where_only_they_fit():
    """A growth of 3 % from 40 % is 41.2 %."""
    assert asked("PL304", claim("40.0%", "43.0%", "提高3%")) == []
    assert asked("PL206", claim("40.0%", "43.0%", "提高3%")) == [
        (
            "info",
            "“居民健康素养水平”从 40.0% 到 43.0%，印作 提高3%；按数值是 3 个百分点",
            "“居民健康素养水平” went from 40.0% to 43.0% and is said "
            "to have changed by 提高3%; by its values that is 3 "
            "percentage points",
            [2],
        )
    ]


@pytest.mark.parametrize("end", ["51%", "52%", "51.7%"])
def test_where_both_readings_fit_nothing_is_said(end):
    """Half a digit more is no proof."""
    assert asked("PL206", claim("50.0%", end, "提高2%")) == []
    assert asked("PL304", claim("50.0%", end, "提高2%")) == []


def test_a_level_is_no_number_of_points():
    """And the figure is used nowhere else."""
    text = "figures:\n  - {indicator: 居民健康素养水平, year: 2025, value: 达到95个百分点, at: 1}\n"

    assert asked("PL201", text) == []
    assert asked("PL206", text) == [
        (
            "warning",
            "“居民健康素养水平”2025年印作 达到95个百分点：百分点只表示两个百分数之差，水平应写成 95%",
            "“居民健康素养水平” 2025 is printed 达到95个百分点; percentage"
            " points are a difference of percentages, and a "
            "level is 95%",
            [2],
        )
    ]
