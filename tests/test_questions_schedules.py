"""Dates of projects and years of figures: the whole messages, and what stays silent."""

from planlint.api import check
from planlint.source import Source

HEAD = """\
planlint: 1
plan: {id: p, title: t, region: 某县, period: 2021-2025, baseline: 2020, document: p.txt}
"""


def said(text, *rules):
    """Severity, number of places and Chinese message of every finding of some rules."""
    report = check(Source("p.yaml", HEAD + text), select=rules)
    return [(f.severity.word, len(f.mentions), f.message.zh) for f in report.findings]


def test_an_end_before_its_start():
    """Both dates are shown as printed."""
    text = 'claims: [{dates: 甲, start: 2023年, end: "2021.12", at: 1}]'

    assert said(text, "PL6") == [("error", 1, "“甲”的结束时间 2021.12 早于开始时间 2023年")]


def test_a_span_that_its_dates_do_not_have():
    """The months between the dates are shown from without both ends to with both."""
    text = 'claims: [{dates: 甲, start: "2021.1", end: "2023.12", span: 24个月, at: 1}]'

    assert said(text, "PL6") == [("error", 1, "“甲”写明 24个月，从 2021.1 到 2023.12 却是 34—36 个月")]


def test_missing_dates_of_a_table_are_one_finding_though_it_is_printed_twice():
    """A table and its repetition are one cause."""
    rows = "[{project: 甲, start: 2021年, end: 2022年, at: 1}, {project: 乙, start: 待定, end: 待定, at: 2}]"
    text = f"projects:\n  - {{id: a, rows: {rows}}}\n  - {{id: b, repeats: a, rows: {rows}}}\n"

    assert said(text, "PL6") == [("info", 2, "表中 2 个项目，有 1 个没有写明起止时间：乙")]


def test_a_state_against_its_dates():
    """拟建 that began long ago."""
    text = "claims: [{dates: 甲, state: 拟建, start: 2018年, at: 1}]"

    assert said(text, "PL6") == [("warning", 1, "“甲”写作“拟建”，开始时间却是 2018年，2020年底以前已经开始")]


def test_a_plan_that_reports_later_years_may_carry_on_what_began_in_them():
    """Signed in 2023, it knows of 2022."""
    text = """\
figures: [{indicator: 婴儿死亡率, year: 2022, role: actual, value: 3‰, at: 1}]
claims: [{dates: 甲, state: 续建, start: 2022年, at: 1}]
"""

    assert said(text, "PL606") == []


def test_a_goal_in_two_places_beyond_the_horizon_is_one_note():
    """All goals of one year after the period are one finding."""
    text = """\
figures:
  - {indicator: 婴儿死亡率, year: 2030, role: target, value: ≤3‰, at: 1}
  - {indicator: 人均预期寿命, year: 2030, role: target, value: 81岁, at: 2}
"""
    message = "“婴儿死亡率、人均预期寿命”的目标定在2030年，晚于规划期（2021—2025）；若是远景目标请写明（共 2 处）"

    assert said(text, "PL605") == [("info", 2, message)]


def test_nine_months_as_the_base_of_a_target():
    """A target of whole years starts from a figure of some months."""
    text = """\
tables:
  - id: a
    columns: {2020: baseline, 2025: target}
    rows:
      - {indicator: 总诊疗人次数, unit: 万人次, 2020: {value: 42, months: 1-9}, 2025: ≥60, at: 1}
"""
    message = "“总诊疗人次数”的基期值 42 万人次 是2020年1—9月的数，目标 ≥60 万人次 是2025年全年的数，不能直接相比"

    assert said(text, "PL607") == [("warning", 2, message)]


def test_the_whole_year_beside_the_months_is_enough():
    """Then it is the whole year that the target starts from."""
    text = """\
figures:
  - {indicator: 总诊疗人次数, year: 2020, months: 1-9, value: 42万人次, at: 1}
  - {indicator: 总诊疗人次数, year: 2020, value: 55万人次, at: 1}
  - {indicator: 总诊疗人次数, year: 2025, value: 60万人次, at: 1}
"""

    assert said(text, "PL607") == []


def test_a_range_upside_down_is_said_once():
    """Its state is not held against dates that cannot be."""
    text = 'claims: [{dates: 甲, state: 续建, start: "2025.1-2021.2", at: 1}]'

    assert said(text, "PL6") == [("error", 1, "“甲”的起止时间 2025.1-2021.2 先后颠倒")]
