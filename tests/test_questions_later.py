"""A later target does not fall behind an earlier one."""

import pytest
from told import figures, open_questions, steps, told


def two(indicator, earlier, later, years=(2023, 2025)):
    """An indicator with two targets."""
    return figures(
        f"indicator: {indicator}, year: {years[0]}, role: target, value: {earlier}, at: 1",
        f"indicator: {indicator}, year: {years[1]}, role: target, value: {later}, at: 2",
    )


def test_the_finding_names_both_targets_and_the_gap():
    """The outlook is a target like any other."""
    text = two("人均预期寿命", "82岁", "80岁", (2025, 2035))

    assert told(text, "PL110") == [
        ("PL110", "warning", "“人均预期寿命”2035年的目标 80岁，不如2025年的目标 82岁，差 2 岁")
    ]
    assert steps(text, "PL110") == ["80 < 82；该指标越高越好"]


@pytest.mark.parametrize(
    ("indicator", "earlier", "later", "severities"),
    [
        ("婴儿死亡率", "≤3.5‰", "≤3.5‰", []),
        ("婴儿死亡率", "≤3.5‰", "≤3.4‰", []),
        ("婴儿死亡率", "≤3.5‰", "≤3.6‰", ["warning"]),
        ("居民健康素养水平", "30%左右", "29%", ["info"]),
        ("居民健康素养水平", "30%", "29%左右", []),
        ("居民健康素养水平", "30%", "提高2个百分点", []),
        ("人均每日食盐摄入量", "9克", "5克", []),
        ("医护比", "1:1.3", "1:1.2", []),
    ],
)
def test_the_direction_of_the_indicator_counts(indicator, earlier, later, severities):
    """Equal targets keep a level; a hedge makes it milder; without a direction nothing is weaker."""
    assert [severity for _, severity, _ in told(two(indicator, earlier, later), "PL110")] == severities


def test_a_goal_of_the_last_plan_is_no_earlier_target():
    """What was to be reached by 2020 is history."""
    assert told(two("居民健康素养水平", "≥30%", "≥28%", (2020, 2025)), "PL110") == []


def test_a_pending_target_is_open():
    """待定 is no number."""
    assert open_questions(two("人均预期寿命", "82岁", "待定"), "PL110") == [("PL110", "目标待定")]
