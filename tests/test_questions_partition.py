"""Shares that divide a whole between them come to one whole."""

import pytest
from told import figures, open_questions, steps, told

NAMES = ("0-14岁人口占比", "15-59岁人口占比", "60岁及以上人口占比")


def ages(*values, scope=""):
    """The shares of three ages."""
    where = f", scope: {scope}" if scope else ""
    return figures(
        *(f"indicator: {n}{where}, year: 2020, value: {v}, at: 1" for n, v in zip(NAMES, values, strict=True) if v)
    )


def test_the_finding_names_all_shares_and_their_sum():
    """All three places are cited once."""
    text = ages("15.32%", "66.87%", "23.81%")

    assert told(text, "PL508") == [
        (
            "PL508",
            "error",
            "2020年0-14岁人口占比、15-59岁人口占比、60岁及以上人口占比分别为 15.32%、66.87%、23.81%，"
            "合计 106%，不是 100%",
        )
    ]
    assert steps(text, "PL508") == ["15.32 + 66.87 + 23.81 = 106% ≠ 100%"]


@pytest.mark.parametrize(
    ("values", "severities"),
    [
        (("15.32%", "60.87%", "23.81%"), []),
        (("15.3%", "60.9%", "23.9%"), []),
        (("15.3%", "60.9%", "24.0%"), ["info"]),
        (("约15.3%", "60.9%", "24.5%"), ["warning"]),
        (("15.3%", "60.9%", ""), []),
        (("15.3%", "60.9%", "≥24.5%"), []),
    ],
)
def test_rounding_is_allowed_for(values, severities):
    """Three rounded shares may be one and a half units of the last digit off."""
    assert [severity for _, severity, _ in told(ages(*values), "PL508")] == severities


def test_two_of_three_are_open():
    """What is missing is named; one share alone asks nothing."""
    assert open_questions(ages("15.3%", "60.9%", ""), "PL508") == [("PL508", "没有印出2020年60岁及以上人口占比")]
    assert open_questions(ages("", "", "23.8%"), "PL508") == []


def test_a_place_is_judged_by_itself():
    """The shares of a town are added to nothing else."""
    assert len(told(ages("15.32%", "66.87%", "23.81%", scope="甲镇"), "PL508")) == 1
