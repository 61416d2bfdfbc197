"""Parts against the wholes that the catalogue names."""

import pytest
from told import left_open, said

from planlint.questions import wholes

BEDS = """\
figures:
  - {indicator: 医疗卫生机构床位数, year: %s, value: %s, at: 1}
  - {indicator: 公立医院床位数, year: %s, value: %s, at: 2}
"""


def test_a_part_above_its_whole_is_an_error():
    """A whole further up is found where the nearest is not printed."""
    assert said("PL502", BEDS % (2020, "4404 张", 2020, "4405 张")) == [
        ("error", "“公立医院床位数”2020年为 4405 张，超过它所属的“医疗卫生机构床位数”4404 张，多 1 张", [4, 5])
    ]


@pytest.mark.parametrize(
    ("values", "severity"),
    [
        ((2020, "4404 张", 2020, "4404 张"), None),
        ((2020, "0.44 万张", 2020, "4450 张"), None),
        ((2020, "0.44 万张", 2020, "4451 张"), "info"),
        ((2020, "0.44 万张", 2020, "4500 张"), "error"),
        ((2020, "约4400 张", 2020, "4500 张"), None),
        ((2020, "约4400 张", 2020, "4501 张"), "warning"),
        ((2015, "4404 张", 2020, "4500 张"), None),
        ((2025, "≥4404 张", 2025, "≥4500 张"), None),
        ((2025, "4404 张", 2025, "≥4500 张"), "warning"),
        ((2025, "≤4404 张", 2025, "4500 张"), "warning"),
    ],
)
def test_rounding_hedges_and_thresholds(values, severity):
    """Rounding and hedges are granted, a floor has no upper end, and targets are a matter for the reviewer."""
    assert [found[0] for found in said("PL502", BEDS % values)] == ([severity] if severity else [])


def test_a_whole_without_a_number_is_left_open():
    """The figure that is missing is named."""
    assert left_open("PL502", BEDS % (2020, "待定", 2020, "4405 张")) == ["没有印出2020年“医疗卫生机构床位数”的数值"]


def test_scales_are_brought_together():
    """Per 10,000 is compared with per 1,000; the gap is in the unit of the whole."""
    text = """\
figures:
  - {indicator: 每千人口中医类别执业（助理）医师数, year: 2020, value: 2.14 人, at: 1}
  - {indicator: 每万人口中医类别执业医师数, year: 2020, value: %s 人, at: 2}
"""

    assert said("PL502", text % "21.4") == []
    assert said("PL502", text % "23.1") == [
        (
            "error",
            "“每万人口中医类别执业医师数”2020年为 23.1 人，"
            "超过它所属的“每千人口中医类别执业（助理）医师数”2.14 人，多 0.17 人",
            [4, 5],
        )
    ]


AMONG = """\
tables:
  - id: 表1
    columns: {2020: baseline, 2025: target}
    rows:
      - {indicator: %s, 2020: %s, at: 1}
      - {indicator: 其中：%s, 2020: %s, at: 2}
"""


@pytest.mark.parametrize(
    ("whole", "value", "part", "other", "severity"),
    [
        ("每千人口床位数（张）", "6.1", "市办医院（张）", "21.3", "warning"),
        ("每千人口床位数（张）", "6.1", "市办医院（张）", "6.1", None),
        ("每千人口床位数（张）", "6.1", "城区（张）", "9.2", None),
        ("卫生人员数（人）", "320", "乡村医生数（人）", "321", "error"),
        ("卫生人员数（人）", "约320", "乡村医生数（人）", "331", "warning"),
        ("平均住院日（天）", "7.8", "三级医院（天）", "9.1", None),
        ("家庭医生签约率（%）", "42", "贫困人口签约率（%）", "100", None),
        ("次均费用（元）", "320", "门诊患者（元）", "900", None),
        ("总投资（万元）", "320", "县医院（万元）", "900", "warning"),
        ("总投资（万元）", "320", "县医院（家）", "900", None),
    ],
)
def test_a_row_of_which_is_a_part_of_the_row_above(whole, value, part, other, severity):
    """Only of what adds up: averages and shares of a part of the people may well be higher."""
    found = said("PL502", AMONG % (whole, value, part, other))

    assert [f[0] for f in found] == ([severity] if severity else [])


def test_a_row_of_which_that_the_catalogue_knows_is_reported_once():
    """Nurses are technicians in the catalogue, too."""
    assert said("PL502", AMONG % ("卫生技术人员数（人）", 320, "注册护士数（人）", 321)) == [
        ("error", "“其中：注册护士数（人）”2020年为 321 人，超过它所属的“卫生技术人员数（人）”320 人，多 1 人", [7, 8])
    ]


def test_numbers_in_order_are_told_at_a_glance(monkeypatch):
    """The short way and the long way say the same of every part and whole."""
    printings = (
        "440 张",
        "441 张",
        "≥440 张",
        "≤440 张",
        "440 张以内",
        "不足440 张",
        "约440 张",
        "440余张",
        "近440 张",
    )
    printings += ("430—440 张", "0.04 万张")
    pairs = [(year, whole, year, part) for year in (2020, 2025) for whole in printings for part in printings]

    def answers():
        return [said("PL502", BEDS % pair) for pair in pairs]

    quick = answers()
    monkeypatch.setattr(wholes, "_plainly_no_larger", lambda part, whole: False)

    assert answers() == quick
    assert [] in quick
