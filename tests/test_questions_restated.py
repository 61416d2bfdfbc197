"""A claim that states a value of an indicator is held against what the figures print of it."""

import pytest
from told import figures, open_questions, steps, told

PRINTED = figures(
    "indicator: 婴儿死亡率, year: 2015, value: 3.4‰, at: 1",
    "indicator: 婴儿死亡率, year: 2020, value: 2.31‰, at: 2",
)


def claim(text):
    """A claim beside two printed values."""
    return f"{PRINTED}claims:\n  - {{{text}, at: 3}}\n"


def test_both_ends_of_a_change_are_held_against_their_years():
    """Each end has a year of its own, and each is one finding."""
    text = claim("change: 婴儿死亡率, from: 4.3‰, to: 2.13‰, years: 2015-2020, verb: 下降到")

    assert told(text, "PL404") == [
        ("PL404", "error", "“婴儿死亡率”在这句里是 4.3‰，2015年在别处印作 3.4‰"),
        ("PL404", "error", "“婴儿死亡率”在这句里是 2.13‰，2020年在别处印作 2.31‰"),
    ]
    assert steps(text, "PL404") == ["4.3‰ 是 [4.25, 4.35] ‰，3.4‰ 是 [3.35, 3.45] ‰，没有共同的数"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("comparison: 婴儿死亡率, left: 2.3‰, is: 低于, right: 4‰, year: 2020", []),
        ("comparison: 婴儿死亡率, left: 3.4‰, is: 低于, right: 4‰", []),
        ("comparison: 婴儿死亡率, scope: 全省, left: 3.9‰, is: 低于, right: 4‰, year: 2020", []),
        ("verdict: 婴儿死亡率, value: ≤5‰, goal: ≤6‰, is: 完成, year: 2020", []),
        ("change: 婴儿死亡率, from: 3.4‰, to: 2.31‰, verb: 下降到", []),
        (
            "change: 婴儿死亡率, from: 9.9‰, to: 2.31‰, verb: 下降到",
            [
                (
                    "PL404",
                    "info",
                    "“婴儿死亡率”在这句里是 9.9‰，没有写年份；别处印的是 3.4‰（2015年），没有一年是这个数",
                )
            ],
        ),
        ("change: 婴儿死亡率, to: 30%, year: 2020, verb: 下降", []),
        (
            "comparison: 婴儿死亡率, left: 约2.9‰, is: 低于, right: 4‰, year: 2020",
            [("PL404", "warning", "“婴儿死亡率”在这句里是 约2.9‰，2020年在别处印作 2.31‰")],
        ),
        (
            "comparison: 婴儿死亡率, left: 2.2‰, is: 低于, right: 4‰, year: 2020",
            [("PL404", "error", "“婴儿死亡率”在这句里是 2.2‰，2020年在别处印作 2.31‰")],
        ),
        (
            "verdict: 婴儿死亡率, value: 1.32‰, goal: ≤4‰, is: 完成",
            [
                (
                    "PL404",
                    "info",
                    "“婴儿死亡率”在这句里是 1.32‰，没有写年份；别处印的是 2.31‰（2020年），没有一年是这个数",
                )
            ],
        ),
    ],
)
def test_only_a_measured_value_of_the_same_thing_is_compared(text, expected):
    """Bounds, other scopes, changes and starts without a year are nothing that the figures say otherwise."""
    assert told(claim(text), "PL404") == expected


def test_a_year_without_a_figure_is_open():
    """Nothing is compared with the value of another year where the claim names one."""
    text = claim("comparison: 婴儿死亡率, left: 3.3‰, is: 低于, right: 4‰, year: 2018")

    assert told(text, "PL404") == []
    assert open_questions(text, "PL404") == [("PL404", "没有印出2018年的数值")]


def test_a_passage_printed_twice_is_one_finding():
    """One cause is one finding with all its places."""
    line = "  - {comparison: 婴儿死亡率, left: 2.9‰, is: 低于, right: 4‰, year: 2020, at: 3}\n"

    assert len(told(f"{PRINTED}claims:\n{line}{line}", "PL404")) == 1
