"""Rows twice in a table, and tables that are printed again."""

from told import judge, said

TABLES = """\
tables:
  - id: 表1
    columns: {2015: actual, 2020: actual}
    rows:
      - {indicator: 人均预期寿命, unit: 岁, 2015: 77.1, 2020: 78.4, at: 1}
      - {indicator: 婴儿死亡率, unit: ‰, 2015: 5, 2020: 3, at: 2}
  - id: 表2
    repeats: 表1
    columns: {2015: actual, 2020: actual}
    rows:
      - {indicator: 人均预期寿命, unit: 岁, 2015: 77.1, 2020: 78.4, at: 11}
"""
ROW = "      - {indicator: %s, unit: ‰, 2015: %s, 2020: %s, at: 12}\n"


def test_a_row_left_out_is_said():
    """The row is cited where the original has it, and the table that lacks it."""
    assert said("PL507", TABLES) == [("warning", "表“表2”重印“表1”，但内容不同：少了 1 行：婴儿死亡率", [8, 9])]


def test_a_value_that_differs_is_another_fault():
    """PL401 reports it."""
    text = TABLES + ROW % ("婴儿死亡率", 5, 4.2)

    assert said("PL507", text) == []
    assert said("PL401", text) == [("error", "“婴儿死亡率”2020年有 2 个不同的值：3‰、4.2‰", [8, 14])]


def test_a_row_under_another_name_is_another_fault():
    """PL403 reports it, and the row is neither missing nor extra."""
    text = TABLES + ROW % ("新生儿死亡率", 5, 3)

    assert said("PL507", text) == []
    assert said("PL403", text) == [
        ("info", "“婴儿死亡率”和“新生儿死亡率”印的是同一个值（5‰、3‰），疑为同一指标写了两个名称", [8, 14])
    ]


def test_a_blank_cell_is_said():
    """One printing gives a number where the other gives none."""
    assert said("PL507", TABLES + ROW % ("婴儿死亡率", 5, '"-"')) == [
        ("warning", "表“表2”重印“表1”，但内容不同：“婴儿死亡率”2020年一处印 3‰，一处印 -", [8, 9, 14])
    ]


def test_rows_twice_with_one_value_are_a_repeat():
    """Two values are PL401's, and are not reported twice."""
    twice = TABLES.replace("  - id: 表2", ROW % ("婴儿死亡率", 5, 3) + "  - id: 表2")
    differing = TABLES.replace("  - id: 表2", ROW % ("婴儿死亡率", 5, 4.2) + "  - id: 表2")

    assert said("PL504", twice) == [("warning", "表“表1”里“婴儿死亡率”有 2 行，内容重复", [8, 9])]
    assert said("PL504", differing) == []
    assert said("PL401", differing) == [("error", "“婴儿死亡率”2020年有 2 个不同的值：3‰、4.2‰", [8, 9])]


def test_projects_of_one_name_are_not_two_targets():
    """What such a project costs is judged by the repeat alone."""
    text = """\
projects:
  - id: 附件
    unit: 万元
    rows:
      - {project: 甲项目, cost: 10, at: 1}
      - {project: 甲 项目, cost: 20, at: 2}
"""

    assert said("PL504", text) == [("warning", "表“附件”里“甲项目”有 2 行，内容重复", [7, 8])]
    assert said("PL402", text) == []


def test_rows_and_tables_are_cited_as_the_report_allows():
    """The report knows no role for a row: it is part of what the plan claims."""
    found = [f for f in judge(TABLES).findings if f.rule == "PL507"]

    assert [(m.id, m.role, m.text) for m in found[0].mentions] == [
        ("表1/婴儿死亡率", "claim", "婴儿死亡率"),
        ("表2", "claim", "表2"),
    ]
