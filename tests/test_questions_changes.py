"""Relative targets beside their bases and beside plain numbers."""

import pytest
from told import HEAD, figures, open_questions, rows, steps, told


def test_a_row_without_a_base_is_a_warning():
    """The blank cell and the target are one finding."""
    text = rows('indicator: 儿童青少年总体近视率, unit: "%", 2020: "-", 2025: 每年降低0.5个百分点以上, at: 151')

    assert told(text, "PL8") == [
        (
            "PL804",
            "warning",
            "“儿童青少年总体近视率”2025年目标 每年降低0.5个百分点以上 是相对目标，"
            "却没有印出2020年的值，算不出要达到多少",
        )
    ]


def test_the_text_is_one_note():
    """Whatever the text says without a base is listed once; other scopes are theirs."""
    text = figures(
        "indicator: 医疗卫生机构床位数, year: 2025, value: 翻一番, at: 1",
        "indicator: 居民健康素养水平, year: 2025, value: 较2019年提高5个百分点, at: 2",
        "indicator: 床位数, scope: 县人民医院, year: 2025, value: 增加200张, at: 3",
    )

    assert told(text, "PL804") == [
        (
            "PL804",
            "info",
            "正文的相对目标没有印出基数，算不出要达到多少（2 项）："
            "“医疗卫生机构床位数：翻一番”、“居民健康素养水平：较2019年提高5个百分点”",
        )
    ]


def test_a_goal_of_the_last_plan_is_history():
    """A relative target for the base year itself is not held to anything."""
    text = figures("indicator: 医疗卫生机构床位数, year: 2020, role: target, value: 较2015年翻一番, at: 1")

    assert told(text, "PL804") == []


def test_a_number_beside_it_can_be_tested():
    """What also has a number needs no base; whether they agree is undecided."""
    text = figures(
        "indicator: 产前筛查率, year: 2025, value: 较2020年提高5个百分点, at: 1",
        "indicator: 产前筛查率, year: 2025, value: ≥85%, at: 2",
    )

    assert told(text, "PL804", "PL809") == []
    assert open_questions(text, "PL804", "PL809") == [("PL809", "没有印出2020年的基期值")]


def two(base, relative, number):
    """A base, a relative target and a number."""
    return figures(
        f"indicator: 每千人口公共卫生人员数, year: 2020, value: {base}, at: 1",
        f"indicator: 每千人口公共卫生人员数, year: 2025, value: {relative}, at: 2",
        f"indicator: 每千人口公共卫生人员数, year: 2025, value: {number}, at: 3",
    )


@pytest.mark.parametrize(
    ("base", "relative", "number", "severities"),
    [
        ("0.72人", "在2020基础上增加30%", "0.94人", []),
        ("0.7200人", "在2020基础上增加30%", "≥0.94人", []),
        ("0.7200人", "在2020基础上增加30%", "0.93人", ["info"]),
        ("0.7200人", "在2020基础上增加30%", "0.96人", ["error"]),
        ("0.7200人", "在2020基础上增加30%左右", "0.96人", ["warning"]),
        ("0.7200人", "在2020基础上增加30%以上", "0.96人", []),
        ("0.7200人", "在2020基础上增加30%以上", "0.90人", ["error"]),
        # A ceiling on what should rise is PL104's, and is compared no more.
        ("0.7200人", "在2020基础上增加30%以上", "不超过0.96人", []),
    ],
)
def test_both_kinds_must_be_one_target(base, relative, number, severities):
    """Three tiers of rounding; at least so much may be outdone, never fallen short of."""
    assert [found[1] for found in told(two(base, relative, number), "PL809")] == severities


def test_the_arithmetic_is_shown():
    """What the relative target comes to, and the gap."""
    text = two("0.7200人", "在2020基础上增加30%", "0.96人")

    assert told(text, "PL809") == [
        (
            "PL809",
            "error",
            "“每千人口公共卫生人员数”2025年一处目标是 在2020基础上增加30%，按基期算为 0.936 人，"
            "另一处是 0.96人，差 0.024 人",
        )
    ]
    assert steps(text, "PL809") == ["按2020年基期 0.7200人 计算：0.72 × (1 + 30%) = 0.936 人"]


def test_a_target_printed_twice_is_one_finding():
    """Two places of each kind, one finding."""
    once = two("0.7200人", "在2020基础上增加30%", "0.96人")
    twice = once + once.partition("\n")[2]

    assert len(told(twice, "PL809", head=HEAD)) == 1


def test_what_leads_the_wrong_way_is_said_once():
    """PL104 rejects a fall of what should rise; it is not compared any more."""
    assert told(two("0.7200人", "较2020年降低30%", "0.96人"), "PL104", "PL804", "PL809") == [
        (
            "PL104",
            "warning",
            "“每千人口公共卫生人员数”越高越好，2025年目标却是下降：较2020年降低30%；应当上升",
        )
    ]
