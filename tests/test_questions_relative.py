"""Relative targets: the level that each comes to, exactly, and why some come to none."""

from fractions import Fraction

import pytest
from told import HEAD, figures, judge, rows

from planlint import cache
from planlint.amounts import Operator, Rounding
from planlint.facts import Lookups, derive
from planlint.findings import Text
from planlint.intervals import Interval
from planlint.plan import read
from planlint.questions.relative import Level, Unresolved, is_relative, resolve
from planlint.source import Source
from planlint.tree import parse

CATALOGUE = cache.load().catalogue


def level(text, head=HEAD):
    """What the first relative target of a plan comes to."""
    faults = []
    root, found = parse(Source("p.yaml", head + text).text, "p.yaml")
    faults += found
    facts = derive(read(root, "p.yaml", faults), Lookups(CATALOGUE), faults)
    assert facts.faults == ()
    figure = next(figure for figure in facts.figures if is_relative(figure))
    return resolve(figure, facts.by_topic[figure.topic], facts.plan, facts.catalogue)


def row(indicator, unit, base, target, columns="{2020: baseline, 2025: target}"):
    """A row with a base value and a target."""
    return rows(f'indicator: {indicator}, unit: "{unit}", 2020: {base}, 2025: {target}, at: 1', columns=columns)


@pytest.mark.parametrize(
    ("indicator", "unit", "base", "target", "value", "operator"),
    [
        ("产前筛查率", "%", "80", "较2020年提高3个百分点", Fraction(83), Operator.NONE),
        ("产前筛查率", "%", "80", "较2020年提高3个百分点以上", Fraction(83), Operator.AT_LEAST),
        ("儿童青少年总体近视率", "%", "43.97", "每年降低0.5个百分点以上", Fraction("41.47"), Operator.AT_MOST),
        ("每千人口公共卫生人员数", "人", "0.72", "在2020基础上增加30%", Fraction("0.936"), Operator.NONE),
        ("医疗卫生机构床位数", "张", "4404", "翻一番", Fraction(8808), Operator.NONE),
        ("医疗卫生机构床位数", "张", "4404", "较2020年翻两番以上", Fraction(17616), Operator.AT_LEAST),
        ("医疗卫生机构床位数", "张", "4000", "增加1倍", Fraction(8000), Operator.NONE),
        ("医疗卫生机构床位数", "张", "4000", "增加200张", Fraction(4200), Operator.NONE),
        ("医疗卫生机构床位数", "张", "1000", "年均增长10%", Fraction("1610.51"), Operator.NONE),
        ("人均预期寿命", "岁", "78.42", "提高1岁左右", Fraction("79.42"), Operator.NONE),
        ("孕产妇死亡率", "/10万", "20", "较2020年下降10%", Fraction(18), Operator.NONE),
        ("人口自然增长率", "‰", "4.5", "降低0.5个百分点", Fraction("-0.5"), Operator.NONE),
    ],
)
def test_a_relative_target_comes_to_a_level(indicator, unit, base, target, value, operator):
    """Points are added, parts are multiplied, years are counted, and a fall of at least so much is a ceiling."""
    found = level(row(indicator, unit, base, target))

    assert isinstance(found, Level)
    assert (found.value, found.operator) == (value, operator)


def test_the_baseline_keeps_its_interval():
    """43.97 was measured, so the level is as uncertain as it; what is added is exact."""
    found = level(row("儿童青少年总体近视率", "%", "43.97", "每年降低0.5个百分点"))

    assert found.interval(Rounding.NEAREST) == Interval(Fraction("41.465"), Fraction("41.475"))
    assert found.step == Text(
        "按2020年基期 43.97% 计算：43.97 − 0.5 × 5 = 41.47%", "from 43.97% in 2020: 43.97 − 0.5 × 5 = 41.47%"
    )


def test_a_part_scales_the_interval():
    """A third more of what was rounded is a third more uncertain."""
    found = level(row("每千人口公共卫生人员数", "人", "0.72", "在2020基础上增加30%"))

    assert found.interval(Rounding.NEAREST) == Interval(Fraction("0.9295"), Fraction("0.9425"))
    assert found.step.zh == "按2020年基期 0.72 人 计算：0.72 × (1 + 30%) = 0.936 人"


def test_yearly_parts_are_compounded():
    """Ten per cent a year for five years is the fifth power."""
    found = level(row("医疗卫生机构床位数", "张", "1000", "年均增长10%"))

    assert found.step.zh == "按2020年基期 1000 张 计算：1000 × (1 + 10%)^5 = 1610.51 张"


def test_the_row_of_the_target_is_its_base():
    """Another table may print another base: the target's own row counts."""
    text = row("产前筛查率", "%", "80", "提高3个百分点") + (
        "  - id: 表2\n    columns: {2020: baseline}\n    rows:\n"
        '      - {indicator: 产前筛查率, unit: "%", 2020: 88, at: 9}\n'
    )

    assert level(text).value == 83


def test_a_density_in_another_scale_is_converted():
    """One more physician per ten thousand is a tenth of one per thousand."""
    text = figures(
        "indicator: 每千人口执业（助理）医师数, year: 2020, value: 2.5人, at: 1",
        "indicator: 每万人口执业（助理）医师数, year: 2025, value: 增加1人, at: 2",
    )

    assert level(text).value == Fraction("2.6")


@pytest.mark.parametrize(
    ("text", "because", "without_base"),
    [
        (row("产前筛查率", "%", '"-"', "提高3个百分点"), "没有印出2020年的基期值", True),
        (row("产前筛查率", "%", "80", "较2018年提高3个百分点"), "没有印出2018年的基期值", True),
        (row("产前筛查率", "%", "80%以上", "提高3个百分点"), "基期印的不是一个确定的值", False),
        (row("产前筛查率", "%", "80", "较2020年提高3%"), "“%”是按比例还是按百分点计，没有写明", False),
        (row("产前筛查率", "%", "80", "提高3"), "变化的幅度没有单位", False),
        (row("医疗卫生机构床位数", "张", "4000", "提高3个百分点"), "该指标不以百分比计", False),
        (row("医疗卫生机构床位数", "张", "4000", "减少3倍"), "“降低几倍”说不清降到多少", False),
        (row("医疗卫生机构床位数", "张", "4000", "减少120%"), "降幅超过百分之百", False),
        (row("医疗卫生机构床位数", "张", "4000", "增加3公里"), "“公里”不是该指标的单位", False),
        (
            figures(
                "indicator: 产前筛查率, year: 2020, value: 80%, at: 1",
                "indicator: 产前筛查率, year: 2020, value: 82%, at: 2",
                "indicator: 产前筛查率, year: 2025, value: 提高3个百分点, at: 3",
            ),
            "基期印了不止一个值",
            False,
        ),
        (
            rows(
                'indicator: 产前筛查率, unit: "%", 2019: 80, 2025: 每年提高1个百分点, at: 1',
                columns="{2019: baseline, 2025: target}",
            ),
            "没有说明从哪一年起逐年计算",
            False,
        ),
    ],
)
def test_some_come_to_no_level(text, because, without_base):
    """What is missing or ambiguous is said, never guessed."""
    found = level(text)

    assert isinstance(found, Unresolved)
    assert (found.because.zh, found.is_without_base) == (because, without_base)


def test_growth_is_a_level_of_its_own():
    """年均增长20% of a growth rate is 20 %, not a change of the growth rate."""
    text = figures("indicator: 健康服务业主营业务收入规模年均增速, year: 2025, value: 年均增长20%, at: 3")

    assert [f.rule for f in judge(text).findings if f.rule in ("PL104", "PL804")] == []
