"""Places in a region, and plans for one region."""

import pytest
from told import HEAD, left_open, said

from planlint import plan, tree
from planlint.questions.regions import rank

PLAN = plan.read(tree.parse(HEAD, "p.yaml")[0], "p.yaml", [])


def other(figures, region="某县"):
    """Another whole plan; its figures begin on line 4."""
    return f"""\
planlint: 1
plan: {{id: o, title: 健康产业规划, region: {region}, period: 2021-2025, document: o.txt}}
figures:
{figures}"""


def figure(name, year, value, rest=""):
    """A figure on a line of its own."""
    return f"  - {{indicator: {name}, year: {year}, value: {value}, at: 1{rest}}}\n"


@pytest.mark.parametrize(
    ("region", "level"),
    [
        ("云南省", 1),
        ("广西壮族自治区", 1),
        ("某市", 2),
        ("西山区", 3),
        ("西城区", 3),
        ("邻县", 3),
        ("城关镇", 4),
        ("马街街道", 4),
        ("大村", 5),
        *((none, None) for none in "山区 县城区 新建住宅小区 区人民医院 每个乡镇 全市 绿道 农村".split()),
        ("", None),
    ],
)
def test_levels_of_places(region, level):
    """A hospital, a kind of land or every town is no place."""
    assert rank(region, PLAN) == level


@pytest.mark.parametrize(
    ("rest", "value", "reported"),
    [
        (", scope: 城关镇", "4 家", True),
        (", scope: 城关镇", "3 家", False),
        (", scope: 县人民医院", "4 家", False),
        (", scope: 城关镇, role: reference", "4 家", False),
        (", scope: 邻县", "4 家", False),
        (", scope: 某市, role: reference", "2 家", True),
        (", scope: 某市, role: reference", "30 家", False),
    ],
)
def test_places_in_a_region(rest, value, reported):
    """Only what lies inside is no larger, and the region above is no smaller."""
    text = "figures:\n" + figure("民营医院数", 2020, "3 家") + figure("民营医院数", 2020, value, rest)

    assert bool(said("PL903", text)) is reported


def test_a_place_above_its_region():
    """Both places are cited."""
    text = "figures:\n" + figure("民营医院数", 2020, "3 家") + figure("民营医院数", 2020, "4 家", ", scope: 城关镇")

    assert said("PL903", text) == [("error", "“民营医院数”2020年城关镇为 4 家，超过某县的 3 家，多 1 家", [5, 4])]


@pytest.mark.parametrize(
    ("year", "ours", "theirs", "expected"),
    [
        (
            2020,
            "78.42 岁",
            "79.41 岁",
            ("error", "“人均预期寿命”2020年印作 78.42 岁，某县《健康产业规划》印作 79.41 岁"),
        ),
        (2020, "78.4 岁", "78.45 岁", None),
        (
            2020,
            "78.4 岁",
            "78.46 岁",
            ("info", "“人均预期寿命”2020年印作 78.4 岁，某县《健康产业规划》印作 78.46 岁，只差末位"),
        ),
        (2025, "≥79 岁", "79 岁", None),
        (
            2025,
            "≥79 岁",
            "≥80 岁",
            ("warning", "“人均预期寿命”2025年的目标是 ≥79 岁，某县《健康产业规划》的目标是 ≥80 岁"),
        ),
        (2025, "≤79 岁", "≥80 岁", None),
    ],
)
def test_sister_plans(year, ours, theirs, expected):
    """Reported values within rounding, targets by their number; a wrong sign is another fault."""
    found = said(
        "PL904", "figures:\n" + figure("人均预期寿命", year, ours), s=other(figure("人均预期寿命", year, theirs))
    )

    assert [(severity, message) for severity, message, _ in found] == ([expected] if expected else [])


@pytest.mark.parametrize(
    ("change", "level", "expected"),
    [
        ("在2020基础上增加30%", "1.04 人", []),
        ("在2020基础上增加30%", "1.05 人", ["info"]),
        ("在2020基础上增加30%", "1.2 人", ["warning"]),
        ("翻一番", "1.6 人", []),
        ("年均增长10%", "1.29 人", []),
        ("年均增长10%", "1.4 人", ["warning"]),
    ],
)
def test_growth_against_a_level(change, level, expected):
    """The level is computed from the base value of the plan that states the growth."""
    name = "每千人口公共卫生人员数"
    ours = "figures:\n" + figure(name, 2020, "0.80 人") + figure(name, 2025, change)

    assert [found[0] for found in said("PL904", ours, s=other(figure(name, 2025, level)))] == expected


def test_growth_without_a_base_is_left_open():
    """The base value that is missing is named."""
    name = "每千人口公共卫生人员数"
    ours = "figures:\n" + figure(name, 2025, "在2020基础上增加30%")

    assert left_open("PL904", ours, s=other(figure(name, 2025, "1.04 人"))) == [
        "与某县《健康产业规划》的目标无法比较（在2020基础上增加30%；1.04 人）：没有印出2020年的基数"
    ]
