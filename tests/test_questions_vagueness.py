"""Vague targets, numbers without units, units without numbers."""

import pytest
from told import figures, open_questions, rows, told


@pytest.mark.parametrize(
    ("value", "word", "severity"),
    [
        ("26%左右", "左右", "info"),
        ("约26%", "约", "warning"),
        ("近26%", "近", "warning"),
        ("约26%以上", "约", "warning"),
        ("26%上下", "上下", "info"),
    ],
)
def test_a_vague_target_is_a_warning(value, word, severity):
    """The word is named; 左右 stands in the outlines of the State themselves, and is no more than noted."""
    text = figures(f"indicator: 居民健康素养水平, year: 2025, value: {value}, at: 1")

    assert told(text, "PL803") == [
        (
            "PL803",
            severity,
            f"“居民健康素养水平”2025年目标 {value} 带有“{word}”字，说不清怎样才算完成；请写成“≥”“≤”或确定的数",
        )
    ]


@pytest.mark.parametrize(
    "line",
    [
        "indicator: 居民健康素养水平, year: 2020, value: 约26%, at: 1",
        "indicator: 居民健康素养水平, year: 2025, value: 力争达到26%, at: 1",
        "indicator: 床位数, scope: 县医院, year: 2025, value: 约80张, at: 1",
        "indicator: 居民健康素养水平, year: 2020, role: target, value: 26%左右, at: 1",
        "indicator: 60岁及以上老年人口占比, year: 2025, value: 26%左右, at: 1",
        "indicator: 常住人口, year: 2025, value: 80万人左右, at: 1",
        "indicator: 健康服务业产业规模, year: 2025, value: 约200亿元, at: 1",
    ],
)
def test_only_targets_of_the_plan_itself_can_be_vague(line):
    """What was measured, what belongs to a project, what is history and what is money may be rounded."""
    assert told(figures(line), "PL803") == []


def test_counts_are_only_a_note_and_relative_targets_count():
    """100余名 trained, five points or so."""
    text = figures(
        "indicator: 累计培训优秀院长数, year: 2025, value: 100余名, at: 1",
        "indicator: 居民健康素养水平, year: 2025, value: 较2020年提高5个百分点左右, at: 2",
    )

    assert [found[1] for found in told(text, "PL803")] == ["info", "info"]


def test_a_firm_print_elsewhere_settles_it():
    """One place says 左右, another ≥."""
    text = figures(
        "indicator: 居民健康素养水平, year: 2025, value: 26%左右, at: 1",
        "indicator: 居民健康素养水平, year: 2025, value: 26%以上, at: 2",
    )

    assert told(text, "PL803") == []


def test_a_range_without_a_better_side_is_undecided():
    """Which end counts is not said."""
    text = rows("indicator: 人口自然增长率, unit: ‰, 2020: 4.5, 2025: 4-5, at: 1")

    assert open_questions(text, "PL803") == [("PL803", "看不出以范围的哪一端为准")]


def test_a_rate_without_a_unit_is_a_warning():
    """Once for the table."""
    text = rows("indicator: 孕产妇死亡率, 2020: 12.1, 2025: ≤10, at: 3")

    assert told(text, "PL805") == [
        ("PL805", "warning", "“表1”中有 2 个数值没有单位：“孕产妇死亡率 12.1”、“孕产妇死亡率 ≤10”")
    ]


@pytest.mark.parametrize(
    ("line", "severities"),
    [
        ("indicator: 15岁以上人群吸烟率, year: 2025, value: 降到24, at: 1", ["info"]),
        ("indicator: 居民健康素养水平, unit: “%”, year: 2025, value: 24%, at: 1", []),
        ("indicator: 孕产妇死亡率, year: 2020, value: 0, at: 1", []),
        ("indicator: 每千人口注册护士数, year: 2020, value: 4.34, at: 1", []),
        ("indicator: 医疗卫生机构床位数, year: 2020, value: 14240, at: 1", []),
        ('indicator: 居民健康素养水平, unit: "%", year: 2025, value: 24, at: 1', []),
        ("indicator: 健康服务业产业规模, year: 2025, value: 200, at: 1", ["warning"]),
        ("indicator: 居民健康素养水平, year: 2025, value: 提高5, at: 1", []),
    ],
)
def test_what_needs_a_unit(line, severities):
    """Scales and money matter; percentages are guessed; counts, densities and zero need none."""
    assert [found[1] for found in told(figures(line.replace("“%”", '"%"')), "PL805")] == severities


@pytest.mark.parametrize("value", ['"-"', "家"])
def test_a_unit_without_a_number_has_lost_it(value):
    """A blank in the text, or the counter alone."""
    text = figures(f"indicator: 社区卫生服务站数, year: 2020, value: {value}, at: 14, quote: 社区卫生服务站家")

    assert told(text, "PL805") == [("PL805", "warning", "“社区卫生服务站数”2020年的数字没有印出：“社区卫生服务站家”")]


def test_words_and_open_values_are_no_lost_numbers():
    """逐步提高 is a target in words; 待定 is undecided."""
    text = figures(
        "indicator: 居民健康素养水平, year: 2025, value: 逐步提高, at: 1",
        "indicator: 社区卫生服务站数, year: 2020, value: 待定, at: 2",
    )

    assert told(text, "PL805") == []
    assert open_questions(text, "PL805") == [("PL805", "数值待定")]


def test_a_name_may_give_the_unit_in_brackets():
    """吸烟率（%） needs no other; 15岁以上 is no unit."""
    text = rows("indicator: 甲率（‰）, 2020: 12.1, 2025: ≤10, at: 3", "indicator: 乙岁率, 2020: 12.1, 2025: ≤10, at: 4")
    text += "indicators:\n"
    text += "  - {key: local-a, name: 甲率（‰）, unit: ‰, kind: rate, polarity: lower}\n"
    text += "  - {key: local-b, name: 乙岁率, unit: ‰, kind: rate, polarity: lower}\n"

    assert told(text, "PL805") == [("PL805", "warning", "“表1”中有 2 个数值没有单位：“乙岁率 12.1”、“乙岁率 ≤10”")]
