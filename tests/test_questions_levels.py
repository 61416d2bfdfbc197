"""A plan against the plans above it."""

import pytest
from told import judge, left_open, said

from planlint.questions.levels import same_region


def upper(figures, region="某省", within=""):
    """A whole plan of a region above; its figures begin on line 4."""
    return f"""\
planlint: 1
plan: {{id: u, title: “十四五”规划, region: {region}, period: 2021-2025, document: u.txt{within}}}
figures:
{figures}"""


def figure(name, year, value, rest=""):
    """A figure on a line of its own."""
    return f"  - {{indicator: {name}, year: {year}, value: {value}, at: 1{rest}}}\n"


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ("昆明市", "昆明", True),
        ("西双版纳州", "西双版纳傣族自治州", True),
        ("中国", "全国", True),
        ("昆明市", "昆明市西山区", False),
        ("云南省", "云南省", True),
        ("安宁市", "安宁县", False),
        ("县", "县", True),
    ],
)
def test_names_of_regions(one, other, expected):
    """Short and official names mean one region; a city is not its district."""
    assert same_region(one, other) is expected
    assert same_region(other, one) is expected


def test_a_weaker_target_cites_all_levels():
    """One finding an indicator, our own place first."""
    found = judge(
        "figures:\n" + figure("婴儿死亡率", 2025, "≤5.3‰"),
        province=upper(figure("婴儿死亡率", 2025, "≤5.2‰")),
        nation=upper(figure("婴儿死亡率", 2025, "≤5‰"), region="中国"),
    ).findings

    assert [(f.rule, f.severity.word, f.message.zh) for f in found] == [
        (
            "PL901",
            "warning",
            "“婴儿死亡率”2025年目标 ≤5.3‰，比某省《“十四五”规划》的 ≤5.2‰、中国《“十四五”规划》的 ≤5‰ 还高，差 0.1‰",
        )
    ]
    assert [(m.place.file, m.place.line) for m in found[0].mentions] == [
        ("p.yaml", 4),
        ("nation.yaml", 4),
        ("province.yaml", 4),
    ]


@pytest.mark.parametrize(
    ("name", "ours", "theirs", "severity"),
    [
        ("产前筛查率", "≥89%", "≥90%", "warning"),
        ("产前筛查率", "≥90%", "90.0%", None),
        ("产前筛查率", "≥91%", "≥90%", None),
        ("产前筛查率", "≥89%", "约90%", "info"),
        ("每千人口注册护士数", "≥3.5 人", "≥3.8 人", "info"),
        ("人均预期寿命", "79 岁", "≥79.5 岁", "info"),
        ("医疗卫生机构床位数", "500 张", "50000 张", None),
        ("产前筛查率", "≤89%", "≥90%", None),
    ],
)
def test_what_is_compared(name, ours, theirs, severity):
    """Averages are noted, counts never compared, equal thresholds agree, a wrong sign is another fault."""
    found = said("PL901", "figures:\n" + figure(name, 2025, ours), up=upper(figure(name, 2025, theirs)))

    assert [severity for severity, _, _ in found] == ([severity] if severity else [])


def test_a_binding_average_is_a_warning():
    """A level that binds leaves no choice."""
    above = upper(figure("每千人口注册护士数", 2025, "≥3.8 人", ", nature: 约束性"))
    found = said("PL901", "figures:\n" + figure("每千人口注册护士数", 2025, "≥3.5 人"), up=above)

    assert found == [
        ("warning", "“每千人口注册护士数”2025年目标 ≥3.5 人，比某省《“十四五”规划》的 ≥3.8 人 还低，差 0.3 人", [4, 4])
    ]


def test_a_misquoted_level():
    """全省 is the province of the plan at hand; a target is only a warning."""
    ours = figure("婴儿死亡率", 2020, "5.5‰", ", scope: 全省, role: reference")
    ours += figure("婴儿死亡率", 2025, "5‰以内", ", scope: 某省, role: assigned")
    theirs = figure("婴儿死亡率", 2020, "5.2‰") + figure("婴儿死亡率", 2025, "≤4.8‰")

    assert said("PL902", "figures:\n" + ours, up=upper(theirs)) == [
        ("error", "文中说全省“婴儿死亡率”2020年的数值是 5.5‰，某省《“十四五”规划》印的是 5.2‰", [4, 4]),
        ("info", "文中说某省“婴儿死亡率”2025年的目标是 5‰以内，某省《“十四五”规划》印的是 ≤4.8‰", [5, 5]),
    ]


def test_a_year_that_is_not_printed_is_left_open():
    """The plan above is named."""
    ours = figure("婴儿死亡率", 2019, "5.5‰", ", scope: 某省, role: reference")

    assert left_open("PL902", "figures:\n" + ours, up=upper(figure("婴儿死亡率", 2020, "5.2‰"))) == [
        "某省《“十四五”规划》没有印出“婴儿死亡率”2019年的数值"
    ]


def test_a_neighbour_is_no_level():
    """A plan of another region is held against nothing."""
    ours = "figures:\n" + figure("婴儿死亡率", 2025, "≤5.3‰")

    assert judge(ours, n=upper(figure("婴儿死亡率", 2025, "≤5‰"), region="邻县")).findings == []
