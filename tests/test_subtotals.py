"""Rows that add up others."""

import pytest

from planlint.subtotals import blocks, is_additive, is_total


@pytest.mark.parametrize(
    ("names", "expected"),
    [
        ([], []),
        (["甲", "乙"], []),
        (["甲", "乙", "合计"], [(2, [0, 1])]),
        (["合 计", "甲", "乙"], [(0, [1, 2])]),
        (["甲", "小计", "乙", "丙", "小计", "总计"], [(1, [0]), (4, [2, 3]), (5, [0, 2, 3])]),
        (["小计", "甲", "小计", "乙", "丙"], [(0, [1]), (2, [3, 4])]),
        (["甲", "合计", "乙", "合计"], [(1, [0]), (3, [2])]),
        (["合计", "小计", "甲", "小计", "乙"], [(0, [2, 4]), (1, [2]), (3, [4])]),
        (["小计"], [(0, [])]),
    ],
)
def test_totals_add_up_their_rows(names, expected):
    """One 合计 adds up everything, a 小计 its own block, whether it stands below or above it."""
    assert blocks(names) == expected


@pytest.mark.parametrize(("name", "expected"), [("合 计", True), ("小计", True), ("合计项目", False), ("", False)])
def test_names_of_totals(name, expected):
    """Only the bare word makes a total."""
    assert is_total(name) is expected


@pytest.mark.parametrize(
    ("indicator", "unit", "expected"),
    [
        ("医疗卫生机构床位数", "张", True),
        ("常住人口", "万人", True),
        ("床位数（张）", "", True),
        ("卫生技术人员数", "人", True),
        ("每千人口床位数", "张", False),
        ("千人口床位数（张）", "", False),
        ("病床使用率（%）", "", False),
        ("人均预期寿命", "岁", False),
        ("平均住院日", "天", False),
        ("建筑面积", "平方米", True),
        ("婴儿死亡", "‰", False),
        ("孕产妇死亡", "1/10万", False),
        ("", "张", False),
    ],
)
def test_what_adds_up(indicator, unit, expected):
    """Counts, money and areas of places do; rates, averages and densities do not."""
    assert is_additive(indicator, unit) is expected
