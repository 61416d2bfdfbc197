"""One thing under two names, and two things that merely look alike."""

import pytest
from told import said

from planlint.questions.drift import core

PAIR = """\
figures:
  - {indicator: 每千人口执业医师数, year: 2020, value: %s 人, at: 1}
  - {indicator: 每千人口执业（助理）医师数, year: 2020, value: %s 人, at: 2}
"""


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("每千人口拥有执业医师", "执业医师"),
        ("每千常住人口执业（助理）医师数", "执业医师"),
        ("高血压患者的规范管理率", "高血压患者规范管理"),
        ("率", "率"),
        ("数", "数"),
    ],
)
def test_core_of_a_name(name, expected):
    """Brackets, fillers and the word for a number are left out; something is always left."""
    assert core(name) == expected


def test_distinctive_amounts_are_noted():
    """Four digits alike under two look-alike names are no coincidence."""
    assert said("PL403", PAIR % ("10.15", "10.15")) == [
        (
            "info",
            "“每千人口执业医师数”和“每千人口执业（助理）医师数”印的是同一个值（10.15 人），疑为同一指标写了两个名称",
            [4, 5],
        )
    ]


@pytest.mark.parametrize("values", [("3.12", "3.12"), ("10.15", "10.16"), ("90", "90"), ("1000", "1000")])
def test_coincidences_are_silent(values):
    """Few or round digits prove nothing."""
    assert said("PL403", PAIR % values) == []


def test_names_on_one_line_are_told_apart():
    """Who prints both side by side means two things."""
    assert said("PL403", PAIR.replace("at: 2", "at: 1") % ("10.15", "10.15")) == []


def test_a_year_in_which_they_differ_clears_them():
    """Two indicators may meet in one year."""
    other = "  - {indicator: 每千人口%s医师数, year: 2015, value: %s 人, at: 9}\n"
    text = PAIR % ("10.15", "10.15") + other % ("执业", "5.11") + other % ("执业（助理）", "6.42")

    assert said("PL403", text) == []
