"""Rates that come from no whole number of things."""

import pytest

from planlint import cache
from planlint.engine import Engine
from planlint.source import Source

ENGINE = Engine(cache.load())
HEAD = """\
planlint: 1
plan: {id: t, title: 某规划, region: 某县, period: 2021-2025, baseline: 2020, document: t.txt}
"""


def asked(rule, text):
    """What a rule says of a plan: severity, both messages, the lines it cites."""
    outcome = ENGINE.judge(Source("t.yaml", HEAD + text))
    return [
        (f.severity.word, f.message.zh, f.message.en, [m.place.line - 2 for m in f.mentions])
        for f in outcome.findings
        if f.rule == rule
    ]


def left_open(rule, text):
    """Why a rule cannot decide."""
    return [u.because.zh for u in ENGINE.judge(Source("t.yaml", HEAD + text)).undecided if u.rule == rule]


CENTRES = "figures:\n  - {indicator: 社区卫生服务中心数, year: 2020, value: %s, at: 1}\n"
SHARE = "  - {indicator: 省级甲等社区卫生服务中心占比, year: 2020, value: %s, at: 2}\n"
BIRTHS = "figures:\n  - {indicator: 婴儿死亡数, year: 2020, value: 1 例, at: 1}\n"
BIRTHS += "  - {indicator: 婴儿死亡率, year: 2020, value: 2.5‰, at: 1}\n"
MANAGED = "  - {indicator: 孕产妇系统管理率, year: 2020, value: %s, at: 2}\n"
VISITED = "  - {indicator: 新生儿访视率, year: 2020, value: %s, at: 3}\n"


def test_a_share_of_a_few_things_has_gaps():
    """21 and 22 of 24 are 87.5 % and 91.67 %; 91.3 % lies between."""
    assert asked("PL306", CENTRES % "24 家" + SHARE % "91.3%") == [
        (
            "warning",
            "“省级甲等社区卫生服务中心占比”2020年印作 91.3%；按"
            "社区卫生服务中心数 24 家，没有一个整数四舍五入后得到这个比率",
            "“省级甲等社区卫生服务中心占比” 2020 is printed 91.3%, but"
            " with 社区卫生服务中心数 24 家 no whole number rounds "
            "to that rate",
            [2, 3],
        )
    ]


@pytest.mark.parametrize("share", ["91.7%", "92%", "100%", "0%", "约91%", "90%以上"])
def test_what_a_whole_number_gives_is_left_alone(share):
    """Rounded, at an end, hedged or only a bound."""
    assert asked("PL306", CENTRES % "24 家" + SHARE % share) == []


@pytest.mark.parametrize(("centres", "share"), [("24 家", "约91.3%"), ("约24 家", "91.1%"), ("24 家", "近91.3%")])
def test_what_is_only_about_so_much_has_no_gaps(centres, share):
    """Nobody who writes 约 counted one by one."""
    assert asked("PL306", CENTRES % centres + SHARE % share) == []


@pytest.mark.parametrize(("period", "findings"), [("2018-2020", 0), ("plan", 0), ("2020-2020", 1), ("review", 1)])
def test_a_mean_of_several_years_has_no_gaps(period, findings):
    """Three years had other births, and more of them."""
    share = SHARE.replace("year", f"period: {period}, year")

    assert len(asked("PL306", CENTRES % "24 家" + share % "91.3%")) == findings


def test_several_values_are_the_business_of_another_rule():
    """Which of two numbers of institutions is right is not known."""
    twice = CENTRES % "24 家" + "  - {indicator: 社区卫生服务中心数, year: 2020, value: 23 家, at: 9}\n"

    assert asked("PL306", twice + SHARE % "91.3%") == []


def test_part_of_a_year_is_not_compared_with_the_year():
    """January to September counts other births."""
    figures = "figures:\n  - {indicator: 活产数, year: 2020, months: 1-9, value: 3000 人, at: 1}\n"

    assert asked("PL306", figures + "  - {indicator: 婴儿死亡率, year: 2020, value: 2.35‰, at: 2}\n") == []


def test_two_rates_must_have_one_denominator():
    """Each is possible with some births; not both with the same."""
    ((severity, zh, _, lines),) = asked("PL306", BIRTHS + MANAGED % "94.00%" + VISITED % "94.06%")

    assert severity == "warning"
    assert zh == (
        "孕产妇系统管理率、新生儿访视率2020年印作 94.00%、94.06%，分母应当相同；"
        "按推算的分母 393—408（1 例 ÷ 2.5‰），没有一个分母能让它们都由整数四舍五入得来"
    )
    assert lines == [2, 3, 4, 5]


def test_the_clear_repair_is_told():
    """Two swapped digits explain a rate between 1161 and 1162 of 1234, and nothing else does."""
    figures = BIRTHS.replace("1 例", "3 例").replace("2.5‰", "2.431‰") + VISITED % "94.11%"
    (finding,) = (f for f in ENGINE.judge(Source("t.yaml", HEAD + figures)).findings if f.rule == "PL306")

    assert [step.zh for step in finding.steps] == [
        "1161 ÷ 1234 = 94.084%",
        "1162 ÷ 1234 = 94.165%",
        "若 94.11% 改为 91.41%（可能是相邻两位数字写颠倒了），其余各处即可一致",
    ]


def test_rates_of_one_denominator_are_fine():
    """376 and 381 of 400."""
    assert asked("PL306", BIRTHS + MANAGED % "94.00%" + VISITED % "95.25%") == []


def test_an_implied_population_is_not_used():
    """People signed and their share may belong to another count of residents than the doctors do."""
    figures = """\
figures:
  - {indicator: 家庭医生签约居民数, year: 2020, value: 11.8498万人, at: 55}
  - {indicator: 家庭医生签约率, year: 2020, value: 34.05%, at: 55}
  - {indicator: 每万人口全科医师数, year: 2020, value: 1.31人, at: 41}
"""

    assert asked("PL306", figures) == []
    assert left_open("PL306", figures) == []


def test_without_a_denominator_nothing_can_be_said():
    """One answer for all rates of a denominator; a rate of zero needs none."""
    rates = "figures:\n" + MANAGED % "94.00%" + VISITED % "94.06%"

    assert left_open("PL306", rates) == ["没有印出2020年活产数"]
    assert left_open("PL306", "figures:\n  - {indicator: 孕产妇死亡率, year: 2020, value: 0/10万, at: 2}\n") == []
