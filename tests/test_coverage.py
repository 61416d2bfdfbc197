"""Coverage: which figures a rule would find wrong, from what size on, and what to print for the others."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner
from jsonschema import Draft7Validator

from planlint import cache, plan, tree
from planlint.cli import cli
from planlint.coverage import cover, cover_one
from planlint.engine import Engine
from planlint.facts import derive
from planlint.report import covering
from planlint.schemas import read_schema
from planlint.source import Source

ROOT = Path(__file__).parent.parent
PLANS = sorted((ROOT / "plans").glob("*.yaml"))
ENGINE = Engine(cache.load())
HEAD = """\
planlint: 1
plan: {id: t, title: 某规划, region: 某县, period: 2021-2025, baseline: 2020, document: t.txt}
"""
FIGURE = "  - {indicator: %s, year: %s, value: %s, at: 1}\n"


def figures(*rows):
    """Figures of a plan."""
    return "figures:\n" + "".join(FIGURE % row for row in rows)


def covered(text):
    """Every number with its state, the smallest errors noticed, and the rules that see more than a range."""
    return [
        (
            one.printed.amount.text,
            one.state.value,
            *(None if gap is None else str(gap) for gap in one.noticed),
            sorted({rule for view in one.views for rule in view.rules} - {"PL203"}),
        )
        for one in ENGINE.cover(Source("t.yaml", HEAD + text)).numbers
    ]


def advice(text):
    """What is to be printed, in both languages."""
    found = [one.advice for one in ENGINE.cover(Source("t.yaml", HEAD + text)).numbers]
    return [(one.zh, one.en) if one else None for one in found]


def spoken(text):
    """The rules that speak of a plan, the reading of it aside."""
    outcome = ENGINE.judge(Source("t.yaml", HEAD + text))
    return {finding.rule for finding in outcome.findings if not finding.rule.startswith("PL0")}


def test_a_density_leaves_its_count_little_room():
    """100000 people at 5.00 per thousand are 499.5 to 500.5 beds: one bed more is seen, and 0.01 per thousand."""
    text = figures(
        ("常住人口数", 2020, "100000 人"),
        ("医疗卫生机构床位数", 2020, "500 张"),
        ("每千人口医疗卫生机构床位数", 2020, "5.00 张"),
    )

    assert covered(text) == [
        ("100000 人", "checked", "100", "101", ["PL301"]),
        ("500 张", "checked", "1", "1", ["PL301"]),
        ("5.00 张", "checked", "1/100", "1/100", ["PL301"]),
    ]


@pytest.mark.parametrize(
    ("people", "beds", "density", "speaks"),
    [
        ("99901 人", "500 张", "5.00 张", False),
        ("99900 人", "500 张", "5.00 张", True),
        ("100100 人", "500 张", "5.00 张", False),
        ("100101 人", "500 张", "5.00 张", True),
        ("100000 人", "501 张", "5.00 张", True),
        ("100000 人", "500 张", "5.01 张", True),
    ],
)
def test_what_is_promised_is_noticed(people, beds, density, speaks):
    """One step less than the smallest error is silent, that error is not."""
    text = figures(
        ("常住人口数", 2020, people), ("医疗卫生机构床位数", 2020, beds), ("每千人口医疗卫生机构床位数", 2020, density)
    )

    assert ("PL301" in spoken(text)) is speaks


def test_two_densities_check_each_other_where_no_population_is_printed():
    """Each pair implies a population that the other must share."""
    text = figures(
        ("医疗卫生机构床位数", 2020, "500 张"),
        ("每千人口医疗卫生机构床位数", 2020, "5.0 张"),
        ("执业（助理）医师数", 2020, "300 人"),
        ("每千人口执业（助理）医师数", 2020, "3.0 人"),
    )

    assert covered(text) == [
        ("500 张", "checked", "14", "14", ["PL302"]),
        ("5.0 张", "checked", "1/5", "1/5", ["PL302"]),
        ("300 人", "checked", "8", "9", ["PL302"]),
        ("3.0 人", "checked", "1/10", "1/10", ["PL302"]),
    ]


def test_a_target_is_seen_from_one_side():
    """Only what falls behind the baseline is noticed."""
    text = """\
tables:
  - id: 表1
    columns: {2020: baseline, 2025: target}
    rows:
      - {indicator: 孕产妇系统管理率, unit: "%", 2020: 92.5, 2025: ≥95, at: 1}
"""

    assert covered(text) == [
        ("92.5", "one-sided", None, "13/5", ["PL101", "PL103"]),
        ("≥95", "one-sided", "3", None, ["PL101"]),
    ]


def test_a_rise_leaves_its_base_room():
    """95% 再提高5个百分点 is 100 %: one point more, and it is promised what cannot be."""
    text = figures(("产前筛查率", 2020, "95%"), ("产前筛查率", 2025, "提高5个百分点"))
    found = ENGINE.cover(Source("t.yaml", HEAD + text)).numbers[0]

    assert [(view.sight.ask, str(view.below), str(view.above)) for view in found.views] == [
        ("bounds", "None", "1"),
        ("bounds", "None", "6"),
    ]


PROJECTS = """\
projects:
  - id: 附表
    unit: 万元
    rows:
"""
ROW = "      - {project: %s镇卫生院业务用房建设, cost: 400, at: 1}\n"
SIZE = "  - {indicator: 建筑面积, scope: %s镇卫生院业务用房建设, year: 2025, value: 1000平方米, at: 1}\n"


@pytest.mark.parametrize(("towns", "views"), [("甲乙丙丁戊", [("note", "3200000", "16000000")]), ("甲乙丙丁", [])])
def test_a_project_is_held_against_its_neighbours(towns, views):
    """A fifth of the median and five times as much are noted, where four others say what is usual."""
    text = PROJECTS + "".join(ROW % town for town in towns) + "figures:\n" + "".join(SIZE % town for town in towns)
    found = ENGINE.cover(Source("t.yaml", HEAD + text)).numbers
    sizes = [("note", "800", "4000")] if views else []

    for one in found:
        seen = [view for view in one.views if view.sight.ask == "unit-size"]
        told = [(view.sight.strength.value, str(view.below), str(view.above)) for view in seen]
        assert told == (sizes if one.printed.amount.unit == "平方米" else views)
    assert len(found) == 2 * len(towns)


def test_one_number_is_covered_as_among_all():
    """What is asked for one place is what the whole coverage says of it."""
    text = TEXT + FIGURE % ("人均预期寿命", 2020, "80.5 岁")
    source = Source("t.yaml", HEAD + text)
    root, faults = tree.parse(source.text, source.name)
    facts = derive(plan.read(root, source.name, faults), ENGINE.lookups, faults)
    every = cover(facts, ENGINE.rules, source.name).numbers

    assert [cover_one(facts, ENGINE.rules, one.printed.place) for one in every] == list(every)
    assert len(every) == 4


def test_another_printing_is_no_equation():
    """A figure that is printed twice is held against its other printing."""
    text = figures(("卫生技术人员数", 2020, "500 人"), ("卫生技术人员数", 2020, "500 人"))

    assert covered(text) == [("500 人", "repeated", "1", "1", ["PL401"])] * 2


def test_terms_of_claims_are_numbers_too():
    """A sum sees its whole and each part; parts that are not all leave the whole one side."""
    text = """\
claims:
  - {sum: 民营医院, whole: 43 家, parts: [29 家, 14 家], at: 1}
  - {sum: 床位, whole: 43 张, parts: [29 张], partial: true, at: 2}
"""

    assert covered(text) == [
        ("43 家", "checked", "1", "1", ["PL501"]),
        ("29 家", "checked", "1", "1", ["PL501"]),
        ("14 家", "checked", "1", "1", ["PL501"]),
        ("43 张", "one-sided", "15", None, ["PL501"]),
        ("29 张", "one-sided", None, "15", ["PL501"]),
    ]


def test_a_change_sees_both_ends():
    """From 100 by 20 % to 120: the rate printed without decimals leaves half a percent."""
    text = "claims: [{change: 医师, from: 100 人, to: 120 人, by: 增长20%, at: 1}]\n"

    assert covered(text)[:2] == [
        ("100 人", "checked", "1", "1", ["PL304"]),
        ("120 人", "checked", "1", "1", ["PL304"]),
    ]


def test_a_disputed_figure_promises_nothing():
    """Where figures already contradict each other there is no smallest error."""
    text = figures(("民营医院数", 2020, "43 家"), ("民营医院数", 2020, "34 家"))
    found = ENGINE.cover(Source("t.yaml", HEAD + text)).numbers

    assert [(one.is_disputed, one.noticed) for one in found] == [(True, (None, None))] * 2


def test_what_to_print():
    """A density lacks its count and population, a count its density; one that is checked lacks nothing."""
    assert advice(figures(("每千人口医疗卫生机构床位数", 2020, "5.0 张"))) == [
        (
            "印出2020年的医疗卫生机构床位数、常住人口",
            "print “Beds of health institutions” and “Resident population” of 2020",
        )
    ]
    assert advice(figures(("医疗卫生机构床位数", 2020, "500 张"), ("常住人口数", 2020, "10.0 万人"))) == [
        (
            "印出2020年的每千人口医疗卫生机构床位数",
            "print “Beds of health institutions per 1,000 population” of 2020",
        ),
        ("印出它的各项构成，或它所属的总数", "print its parts, or the total that it is a part of"),
    ]
    assert advice(figures(("人均预期寿命", 2020, "80.6 岁"))) == [
        ("写明数据来源，供人核对", "name its source, for a person to look up")
    ]
    assert advice(figures(("人均预期寿命", 2025, "≥81 岁"))) == [None]


def test_a_scoped_count_is_no_density():
    """Nobody counts the beds of one hospital per thousand residents."""
    text = "figures: [{indicator: 床位数, scope: 某医院, year: 2020, value: 20 张, at: 1}]\n"

    assert advice(text) == [("印出它的各项构成，或它所属的总数", "print its parts, or the total that it is a part of")]


REPORT = """\
t.yaml
        数字  有算式  印两处  看一侧  看一部分  只提示  只有范围  看不到
  表1      2       0       0       2         0       0         0       0
  正文     1       0       0       0         0       0         1       0
  全部     3       0       0       2         0       0         1       0
                0.0%    0.0%   66.6%      0.0%    0.0%     33.3%    0.0%
  3 个数字中 0 个（0.0%）印错了会被发现；0 个现在就与别的数字对不上

  没有规则能核对的数字，和补印什么就能核对：
    写明数据来源，供人核对
      9  人均预期寿命 80.6 岁

  每个数字错多少会被发现：
    7  孕产妇系统管理率 92.5  大 2.6 个百分点 就会被发现，小多少都不会 (PL101,
          PL103, PL203)
    7  孕产妇系统管理率 ≥95  小 3 个百分点 就会被发现，大多少都不会 (PL101,
          PL203)
    9  人均预期寿命 80.6 岁  只有超出可能的范围才会被发现 (PL203)
"""
TEXT = """\
tables:
  - id: 表1
    columns: {2020: baseline, 2025: target}
    rows:
      - {indicator: 孕产妇系统管理率, unit: "%", 2020: 92.5, 2025: ≥95, at: 1}
figures:
  - {indicator: 人均预期寿命, year: 2020, value: 80.6 岁, at: 1}
"""


def test_the_report_is_this():
    """Columns stand below each other although Chinese characters are twice as wide."""
    found = ENGINE.cover(Source("t.yaml", HEAD + TEXT))

    assert covering.render([found], "zh", verbose=True) == REPORT


@pytest.mark.parametrize("path", PLANS, ids=lambda path: path.stem)
def test_json_is_what_the_schema_says(path):
    """The coverage of every plan validates, and its counts are those of its figures."""
    result = CliRunner().invoke(cli, ["coverage", str(path), "--format", "json"])
    document = json.loads(result.stdout)
    plan = document["plans"][0]

    assert result.exit_code == 0
    assert [e.message for e in Draft7Validator(json.loads(read_schema("coverage"))).iter_errors(document)] == []
    assert plan["counts"]["figures"] == len(plan["figures"]) == sum(part["counts"]["figures"] for part in plan["parts"])


def test_a_plan_that_cannot_be_read_is_said_to_be(tmp_path):
    """What is left is still covered; the exit status is that of a job that could not be done."""
    (tmp_path / "a.yaml").write_text("[", encoding="utf-8")
    (tmp_path / "b.yaml").write_text(HEAD + TEXT, encoding="utf-8")
    result = CliRunner().invoke(cli, ["coverage", *(str(tmp_path / f"{n}.yaml") for n in "ab"), "--lang", "en"])

    assert result.exit_code == 2
    assert "a.yaml: no readable plan; planlint check says what is wrong" in result.stderr
    assert "an error in 0 of 3 figures (0.0%) would be noticed; 0 contradict others as they stand" in result.stdout


def test_a_folder_without_plans_is_a_job_that_cannot_be_done(tmp_path):
    """As for check: nothing to do is said, not passed over."""
    result = CliRunner().invoke(cli, ["coverage", str(tmp_path)])

    assert (result.exit_code, result.stderr) == (2, f"Error: no plan found in {tmp_path}\n")
