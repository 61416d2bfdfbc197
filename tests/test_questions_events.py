"""Events: what one death is worth."""

import pytest
from told import figures, open_questions, steps, told


def ceiling(births, target, indicator="孕产妇死亡率"):
    """Births and a ceiling."""
    return figures(
        f"indicator: 活产数, year: 2020, value: {births}, at: 1",
        f"indicator: {indicator}, year: 2025, value: {target}, at: 2",
    )


def test_one_death_above_the_ceiling_is_a_note():
    """7,000 births make one death worth 14.3 per 100,000."""
    text = ceiling("7000人", "≤10/10万")

    assert told(text, "PL105") == [
        (
            "PL105",
            "info",
            "“孕产妇死亡率”2025年目标 ≤10/10万：按2020年活产数 7000人，1 例就是 14.3/10万，只有零例才能达到",
        )
    ]
    assert steps(text, "PL105") == ["按2020年活产数 7000人，1 例即为 14.3/10万 > ≤10/10万"]


@pytest.mark.parametrize(
    ("births", "target", "found"),
    [
        ("10000人", "≤10/10万", 0),
        ("9999人", "≤10/10万", 1),
        ("10000人", "<10/10万", 1),
        ("10001人", "<10/10万", 0),
        ("1万人", "≤10/10万", 0),
        ("0.9万人", "≤10/10万", 1),
        ("7000人", "0", 0),
        ("7000人", "≥10/10万", 0),
    ],
)
def test_the_bound_counts_exactly(births, target, found):
    """One event at the ceiling is allowed by ≤ and not by <; a rounded number of births may be the larger one."""
    assert len(told(ceiling(births, target), "PL105")) == found


def test_births_stand_in_for_live_births():
    """People born are live births, in a year; a total over years is another indicator."""
    born = "indicator: {}, year: 2020, value: 3120人, at: 1"
    target = "indicator: 孕产妇死亡率, year: 2025, value: ≤10/10万, at: 2"

    assert len(told(figures(born.format("出生人数"), target), "PL105")) == 1
    assert told(figures(born.format("累计出生人口数"), target), "PL105") == []


def test_deaths_and_their_rate_imply_the_births():
    """One death at 21.3 per 100,000 is 4,695 births."""
    text = figures(
        "indicator: 孕产妇死亡数, year: 2020, value: 1例, at: 1",
        "indicator: 孕产妇死亡率, year: 2020, value: 21.3/10万, at: 1",
        "indicator: 孕产妇死亡率, year: 2025, value: ≤10/10万, at: 2",
    )

    assert told(text, "PL105") == [
        (
            "PL105",
            "info",
            "“孕产妇死亡率”2025年目标 ≤10/10万：按1例 ÷ 21.3/10万，1 例就是 21.3/10万，只有零例才能达到",
        )
    ]


def test_without_births_it_is_undecided():
    """The missing figure is named."""
    text = figures("indicator: 孕产妇死亡率, year: 2025, value: ≤10/10万, at: 2")

    assert open_questions(text, "PL105") == [("PL105", "没有印出活产数")]
