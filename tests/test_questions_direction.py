"""Direction: targets against what was reached, promises, reasons, and the words of a change."""

import pytest
from told import figures, open_questions, rows, steps, told


def screening(base, target, more=""):
    """A row with a base value and a target."""
    return rows(f'indicator: 产前筛查率, unit: "%", 2020: {base}, 2025: {target}, at: 3{more}')


@pytest.mark.parametrize(
    ("target", "severity", "promise"),
    [
        ("≥90", "error", ""),
        ("达到90%", "error", ""),
        ("90", "warning", ""),
        ("保持在90%以上", "warning", ""),
        ("约90%以上", "warning", ""),
        ("提高到90%", "error", "；写的是“提高”"),
        ("提高并保持在90%以上", "error", "；写的是“提高”"),
        ("提高到90%左右", "warning", "；写的是“提高”"),
    ],
)
def test_a_promise_of_a_rise_is_not_excused_by_keeping(target, severity, promise):
    """保持 is milder, 提高 is not; 左右 always is."""
    shown = f"{target}%" if target.endswith("0") else target

    assert told(screening("94.4", target), "PL101") == [
        ("PL101", severity, f"“产前筛查率”2025年目标 {shown}，比2020年基期 94.4% 还低，差 4.4 个百分点{promise}")
    ]


def test_a_quote_can_promise_too():
    """The word may stand in the quote while the value is only the number."""
    text = figures(
        "indicator: 产前筛查率, year: 2020, value: 91.28%, at: 1",
        "indicator: 产前筛查率, year: 2025, value: 90%以上, at: 2, quote: 提高至90%以上",
    )

    assert told(text, "PL102") == [
        (
            "PL102",
            "error",
            "“产前筛查率”2025年目标 90%以上，比文中报告的2020年 91.28% 还低，差 1.28 个百分点；写的是“提高”",
        )
    ]


@pytest.mark.parametrize(
    ("target", "severity"),
    [("≤10", "info"), ("10/10万以下", "info"), ("控制在10/10万以内", "info"), ("10", "info")],
)
def test_a_ceiling_after_a_year_without_a_death_is_no_error(target, severity):
    """Nobody can promise that no mother will die, and no better ceiling can be written."""
    text = rows(f"indicator: 孕产妇死亡率, unit: /10万, 2020: 0, 2025: {target}, at: 3")

    assert [found[1] for found in told(text, "PL101")] == [severity]
    assert [found[1] for found in told(screening("100", "≥98"), "PL101")] == ["warning"]


def test_a_ceiling_called_a_fall_is_a_promise():
    """下降到 above what was reached is no excuse, even from the best value there is."""
    text = rows("indicator: 孕产妇死亡率, unit: /10万, 2020: 0, 2025: 下降到10/10万以下, at: 3")

    assert told(text, "PL101") == [
        (
            "PL101",
            "error",
            "“孕产妇死亡率”2025年目标 下降到10/10万以下，比2020年基期 0/10万 还高，差 10/10万；写的是“下降”",
        )
    ]


@pytest.mark.parametrize(
    ("note", "severity"),
    [
        ("考虑人口流入", "warning"),
        ("目标值为上级下达", "warning"),
        ("受统计口径调整影响", "warning"),
        ("基数较高", "warning"),
        ("不含上级医院", "error"),
        ("预留发展用地", "error"),
        ("其中负压病床数达到15张", "error"),
        ("2016年", "error"),
    ],
)
def test_a_reason_of_the_plan_makes_it_milder_and_is_quoted(note, severity):
    """Only words of a reason count; a note about something else excuses nothing."""
    text = screening("94.4", "≥90", f", note: {note}")
    quoted = [f"规划说明了理由：“{note}”，故降一级"] if severity == "warning" else []

    assert [found[1] for found in told(text, "PL101")] == [severity]
    assert steps(text, "PL101")[1:] == quoted


def test_a_reason_may_stand_at_a_claim_about_the_indicator():
    """A claim of the same indicator and scope counts, one of another indicator does not."""
    claim = "claims:\n  - {{change: {}, from: 80%, to: 90%, note: 考虑人口流入}}\n"

    assert [f[1] for f in told(screening("94.4", "≥90") + claim.format("产前筛查率"), "PL101")] == ["warning"]
    assert [f[1] for f in told(screening("94.4", "≥90") + claim.format("孕产妇系统管理率"), "PL101")] == ["error"]


def test_reason_and_hedge_add_up():
    """A hedged target with a reason is only a note."""
    text = screening("94.4", "约90%以上", ", note: 考虑人口流入")

    assert [found[1] for found in told(text, "PL101")] == ["info"]


def test_a_relative_target_is_compared_by_its_level():
    """From 3.11, ten per cent more is 3.421, and the text has 3.81 already."""
    text = rows("indicator: 每千人口注册护士数, unit: 人, 2020: 3.11, 2025: 在2020基础上增加10%, at: 1")
    text += figures("indicator: 每千人口注册护士数, year: 2020, value: 3.81人, at: 2")

    assert told(text, "PL1") == [
        (
            "PL102",
            "error",
            "“每千人口注册护士数”2025年目标 在2020基础上增加10%，比文中报告的2020年 3.81人 还低，差 0.389 人",
        )
    ]
    assert steps(text, "PL102") == [
        "按2020年基期 3.11 人 计算：3.11 × (1 + 10%) = 3.421 人",
        "3.421 < 3.81（3.81人 按四舍五入在 [3.805, 3.815] 之内），差 0.389 人；该指标越高越好",
    ]


def test_a_level_may_be_as_good_as_its_baseline_allows():
    """3.11 may be 3.12, and a tenth more 3.432: 3.430 is not above that."""
    text = rows("indicator: 每千人口注册护士数, unit: 人, 2020: 3.11, 2025: 在2020基础上增加10%, at: 1")
    text += figures("indicator: 每千人口注册护士数, year: 2020, value: 3.430人, at: 2")

    assert told(text, "PL101", "PL102") == []


@pytest.mark.parametrize(
    ("indicator", "target", "message"),
    [
        ("居民健康素养水平", "每年降低0.5个百分点", "越高越好，2025年目标却是下降：每年降低0.5个百分点；应当上升"),
        ("15岁以上人群吸烟率", "逐步提高", "越低越好，2025年目标却是上升：逐步提高；应当下降"),
        (
            "15岁以上人群吸烟率",
            "较2020年提高2个百分点",
            "越低越好，2025年目标却是上升：较2020年提高2个百分点；应当下降",
        ),
    ],
)
def test_a_change_the_wrong_way_is_a_warning(indicator, target, message):
    """The verb of a change is its sign; a cut may be meant, so it is no error, and it is said once."""
    text = rows(f'indicator: {indicator}, unit: "%", 2020: 30, 2025: {target}, at: 3')

    assert told(text, "PL1") == [("PL104", "warning", f"“{indicator}”{message}")]


@pytest.mark.parametrize("words", ["上升趋势得到遏制", "增幅收窄", "不再上升", "稳中有升", "控制增长"])
def test_words_that_are_no_plain_rise_are_left_alone(words):
    """遏制上升 is not a rise."""
    assert told(figures(f"indicator: 15岁以上人群吸烟率, year: 2025, value: {words}, at: 3"), "PL104") == []


def test_what_is_not_printed_is_named():
    """Blank bases and open targets are undecided, never passed."""
    assert open_questions(screening('"-"', "≥90"), "PL101", "PL103") == [
        ("PL101", "没有印出基期值"),
        ("PL103", "没有印出基期值"),
    ]
    assert open_questions(screening("80", "待定"), "PL104") == [("PL104", "目标待定")]


def test_a_kept_level_needs_no_progress():
    """保持 in the quote is as good as in the value."""
    text = screening("95", "≥95") + figures("indicator: 产前筛查率, year: 2025, value: 95%, at: 9, quote: 保持在95%")

    assert told(text, "PL103") == []


def test_of_later_years_with_one_value_the_first_is_told():
    """It was reached in 2022, wherever the plan prints it."""
    text = figures(
        "indicator: 产前筛查率, year: 2025, value: ≥80%, at: 1",
        "indicator: 产前筛查率, year: 2020, value: 78%, at: 2",
        "indicator: 产前筛查率, year: 2023, role: actual, value: 85%, at: 3",
        "indicator: 产前筛查率, year: 2022, role: actual, value: 85%, at: 4",
    )

    assert [message for _, _, message in told(text, "PL102")] == [
        "“产前筛查率”2025年目标 ≥80%，比文中报告的2022年 85% 还低，差 5 个百分点"
    ]
