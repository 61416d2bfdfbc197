"""Rows that add up others."""

import pytest

from planlint.subtotals import blocks, is_total


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
