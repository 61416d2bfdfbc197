"""One figure at several places, and what is no second place for it."""

from itertools import combinations_with_replacement

import pytest
from told import judge, left_open, said

from planlint.questions import agreement


def test_part_of_a_year_is_another_figure():
    """Nine months are not the year; the months 1-12 are."""
    text = """\
figures:
  - {indicator: 总诊疗人次数, year: 2020, months: 1-9, value: 61.2 万人次, at: 1}
  - {indicator: 总诊疗人次数, year: 2020, months: 1-12, value: 83.5 万人次, at: 2}
  - {indicator: 总诊疗人次数, year: 2020, value: 83.7 万人次, at: 3}
"""

    assert said("PL401", text) == [("error", "“总诊疗人次数”2020年有 2 个不同的值：83.5 万人次、83.7 万人次", [5, 6])]


def test_a_table_printed_twice_is_one_finding():
    """Body, table and its second printing are cited together."""
    row = "      - {indicator: 孕产妇系统管理率, unit: '%', 2020: 96.8, at: 1}\n"
    text = "tables:\n  - id: 表1\n    columns: {2020: baseline}\n    rows:\n" + row
    text += "  - id: 表2\n    repeats: 表1\n    columns: {2020: baseline}\n    rows:\n" + row
    text += "figures:\n  - {indicator: 孕产妇系统管理率, year: 2020, value: 94.6%, at: 9}\n"

    assert said("PL401", text) == [
        ("error", "“孕产妇系统管理率”2020年有 2 个不同的值：96.8%（2 处）、94.6%", [7, 12, 14])
    ]


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("待定", ["“产前筛查率”2025年有一处待定（待定），没有印出数值"]),
        ("明显提高", ["“产前筛查率”2025年有一处只有文字（明显提高），没有印出数值"]),
        ("提高5个百分点", ["“产前筛查率”2025年有一处写成变化量（提高5个百分点），没有印出数值"]),
        ('"-"', []),
    ],
)
def test_what_gives_no_number_is_left_open(value, expected):
    """A blank says nothing; words, changes and 待定 cannot be compared with a number."""
    figure = "  - {indicator: 产前筛查率, year: 2025, role: target, value: %s, at: 1}\n"
    text = "figures:\n" + figure % "≥90%" + figure % value

    assert left_open("PL402", text) == expected
    assert said("PL402", text) == []


def test_a_subtotal_is_no_project():
    """Its sum is checked, it counts for nothing else, and a row that cannot be read shortens no list."""
    text = """\
projects:
  - id: 附件
    unit: 万元
    count: "2"
    rows:
      - {no: 1, project: 甲项目, cost: 100, at: 1}
      - {project: 小计, cost: 110, at: 2}
      - {no: 2, project: 乙项目, cost: 50, at: 3}
      - {project: 合计, cost: 150, at: 4}
"""

    assert said("PL501", text) == [
        ("error", "“附件 小计 项目总投资”合计印作 110万元，1 项相加是 100 万元，差 10 万元", [9])
    ]
    assert [said(rule, text) for rule in ("PL503", "PL504", "PL506")] == [[], [], []]
    assert said("PL503", text.replace("project: 乙项目", "projekt: 乙项目")) == []


def test_one_name_in_two_places_is_two_projects():
    """Neither a repeat nor two costs of one project."""
    text = """\
projects:
  - id: 附件
    unit: 万元
    rows:
      - {project: 卫生院改建, place: 城关镇, cost: 100, at: 1}
      - {project: 卫生院改建, place: 勐遮镇, cost: 120, at: 2}
"""

    assert [f.message.zh for f in judge(text).findings] == []


PRINTINGS = ("90%", "90.0%", "≥90%", "≤90%", "约90%", "90%—95%", "90%—96%", "91%", "900‰", "待定", "提高5个百分点")


@pytest.mark.parametrize("role", ["actual", "target"])
def test_one_number_is_told_at_a_glance(role, monkeypatch):
    """The short way and the long way say the same of every three printings."""
    figure = "  - {indicator: 产前筛查率, year: 2025, role: %s, value: %s, at: 1}\n"
    texts = [
        "figures:\n" + "".join(figure % (role, value) for value in some)
        for some in combinations_with_replacement(PRINTINGS, 3)
    ]

    def answers():
        outcomes = map(judge, texts)
        return [(outcome.findings, outcome.undecided) for outcome in outcomes]

    quick = answers()
    monkeypatch.setattr(agreement, "_one_number", lambda figures: False)

    assert answers() == quick
