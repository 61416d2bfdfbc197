"""What a network says as a whole: contradictions told and repaired, implied figures with their derivations."""

from pathlib import Path

import pytest
from networks import conflicts, network
from told import HEAD, figures

from planlint.exact import Fraction
from planlint.intervals import Interval
from planlint.network.conflicts import implied_figures

XISHAN = Path(__file__).parent.parent / "plans" / "kunming-xishan.yaml"


def plan(*lines, claims=()):
    """A plan of some figures and claims."""
    return HEAD + figures(*lines) + ("claims:\n" + "".join(f"  - {{{c}}}\n" for c in claims) if claims else "")


DENSITIES = (
    "indicator: 医疗卫生机构床位数, year: 2020, value: 6000 张",
    "indicator: 每千人口医疗卫生机构床位数, year: 2020, value: 6.00 张",
    "indicator: 注册护士数, year: 2020, value: 3241 人",
    "indicator: 每千人口注册护士数, year: 2020, value: 3.24 人",
    "indicator: 执业（助理）医师数, year: 2020, value: 2873 人",
)


def repairs(text):
    """The repairs of each contradiction in words."""
    return [[repair.text.zh for repair in conflict.repairs] for conflict in conflicts(text)]


def test_what_agrees_is_no_conflict():
    """Figures that agree within the rounding of their last digits contradict nothing."""
    assert conflicts(plan(*DENSITIES)) == ()


def test_an_implied_figure_has_its_derivation():
    """The population that nobody printed follows from a count and a density; a third figure follows from it."""
    found = implied_figures(
        network(plan(*DENSITIES[:2], "indicator: 每千人口执业（助理）医师数, year: 2020, value: 2.87 人"))
    )

    assert [(i.variable.id, i.shown.zh, [step.zh for step in i.steps]) for i in found] == [
        (
            "physicians.2020.reported",
            "[2863, 2877] 人",
            [
                "常住人口 = 6000 张 ÷ 6.00 张 → [99.92, 100.08] 万人",
                "执业（助理）医师数 = 2.87 人 × 常住人口 → [2863, 2877] 人",
            ],
        ),
        (
            "resident-population.2020.reported",
            "[99.92, 100.08] 万人",
            ["常住人口 = 6000 张 ÷ 6.00 张 → [99.92, 100.08] 万人"],
        ),
    ]


def test_an_odd_density_is_repaired_in_the_end_that_a_digit_explains():
    """8089 and 10.15 agree with the beds; the nurses do not: one wrong digit in their number explains it."""
    (conflict,) = conflicts(
        plan(
            "indicator: 医疗卫生机构床位数, year: 2020, value: 14240 张",
            "indicator: 每千人口医疗卫生机构床位数, year: 2020, value: 17.86 张",
            "indicator: 执业（助理）医师数, year: 2020, value: 8089 人",
            "indicator: 每千人口执业（助理）医师数, year: 2020, value: 10.15 人",
            "indicator: 注册护士数, year: 2020, value: 10108 人",
            "indicator: 每千人口注册护士数, year: 2020, value: 12.81 人",
        )
    )

    assert [repair.text.zh for repair in conflict.repairs] == [
        "若 10108 人 改为 10208 人（可能是有一位数字写错了），其余各处即可一致",
        "若 12.81 人 改为 12.68 人，其余各处即可一致",
    ]
    assert [repair.text.en for repair in conflict.offered] == [
        "if 10108 人 were 10208 人 (perhaps one digit is wrong), everything else would agree"
    ]


def test_two_densities_alone_offer_nothing():
    """Four corrections of one figure are possible, none clearly ahead: they are listed, and none is offered."""
    (conflict,) = conflicts(
        plan(
            "indicator: 医疗卫生机构床位数, year: 2020, value: 6000 张",
            "indicator: 每千人口医疗卫生机构床位数, year: 2020, value: 6.00 张",
            "indicator: 注册护士数, year: 2020, value: 3000 人",
            "indicator: 每千人口注册护士数, year: 2020, value: 3.50 人",
        )
    )

    assert len(conflict.repairs) == 4
    assert conflict.offered == ()


def test_a_trusted_figure_is_never_changed():
    """What is known to be right stays: the other three figures are all that can change."""
    trusted = "indicator: 医疗卫生机构床位数, year: 2020, value: 6000 张, trusted: true"
    (conflict,) = conflicts(
        plan(
            trusted,
            "indicator: 每千人口医疗卫生机构床位数, year: 2020, value: 6.00 张, trusted: true",
            "indicator: 注册护士数, year: 2020, value: 3000 人, trusted: true",
            "indicator: 每千人口注册护士数, year: 2020, value: 3.50 人",
        )
    )

    assert [repair.text.zh for repair in conflict.repairs] == ["若 3.50 人 改为 3.00 人，其余各处即可一致"]


def test_nothing_can_change_where_all_is_trusted():
    """Figures that are all trusted and contradict each other have no repair."""
    (conflict,) = conflicts(
        plan(
            "indicator: 医疗卫生机构床位数, year: 2020, value: 6000 张, trusted: true",
            "indicator: 医疗卫生机构床位数, year: 2020, value: 7000 张, trusted: true",
        )
    )

    assert conflict.repairs == ()
    assert conflict.offered == ()


@pytest.mark.parametrize("base", ["户籍", "服务"])
def test_another_population_is_no_conflict(base):
    """Densities that say they rest on different populations are not compared."""
    assert (
        conflicts(
            plan(
                "indicator: 医疗卫生机构床位数, year: 2020, value: 6000 张",
                "indicator: 每千人口医疗卫生机构床位数, year: 2020, value: 6.00 张",
                "indicator: 注册护士数, year: 2020, value: 3000 人",
                f"indicator: 每千人口注册护士数, base: {base}, year: 2020, value: 3.50 人",
            )
        )
        == ()
    )


def test_a_misplaced_point_in_a_sum():
    """3.8 亿元 for 2000 and 1800 万元: the point moved."""
    claim = "sum: 总投资, whole: 3.8 亿元, parts: [2000 万元, 1800 万元]"
    (conflict,) = conflicts(plan(DENSITIES[0], claims=[claim]))

    assert [repair.text.zh for repair in conflict.offered] == [
        "若 3.8 亿元 改为 0.38 亿元（可能是小数点错位），其余各处即可一致"
    ]


def test_a_ratio_whose_counts_are_whole():
    """3 of 8 is 37.5 %: no whole number of institutions gives 36.5 %, so only the share can change."""
    found = repairs(plan(DENSITIES[0], claims=["ratio: 达标率, of: 3 家, to: 8 家, is: 36.5%"]))

    assert found == [["若 36.5% 改为 37.5%，其余各处即可一致"]]


SUMS = ("sum: 医院, whole: a, parts: [30 家, 14 家]", "sum: 中心, whole: a, parts: [20 家, 25 家]")
WHOLE = "id: a, indicator: 民营医院数, year: 2020, value: 40 家"


def test_two_figures_must_change():
    """A whole of 40 with parts that make 44 and 45: two changes are needed, and all eight ways are listed."""
    (conflict,) = conflicts(plan(WHOLE, claims=SUMS))

    assert sorted(" ".join(sorted(c.new for c in repair.corrections)) for repair in conflict.repairs) == [
        "10 家 15 家",
        "10 家 20 家",
        "15 家 26 家",
        "15 家 45 家",
        "19 家 44 家",
        "20 家 26 家",
        "24 家 44 家",
        "31 家 45 家",
    ]


def test_what_hangs_on_a_trusted_figure_is_apart():
    """Where the whole is known to be right, each sum is wrong for itself and needs one change."""
    found = conflicts(plan(f"{WHOLE}, trusted: true", claims=SUMS))

    assert [[len(repair.corrections) for repair in conflict.repairs] for conflict in found] == [[1, 1], [1, 1]]


def population_conflict():
    """The conflict about the resident population of Xishan."""
    (found,) = [c for c in conflicts(XISHAN.read_text(encoding="utf-8")) if c.implied]
    return found


def test_xishan_implies_five_populations():
    """Five pairs of a count and a density imply populations that have nothing in common, two of them apart."""
    implied = [(i.interval, i.steps[0].zh) for i in population_conflict().implied]

    assert implied == [
        (Interval(Fraction(788764), Fraction(789379)), "常住人口 = 10108 人 ÷ 12.81 人 → [78.88, 78.94] 万人"),
        (Interval(Fraction(796554), Fraction(797338)), "常住人口 = 8089 人 ÷ 10.15 人 → [79.66, 79.73] 万人"),
        (Interval(Fraction(797090), Fraction(797535)), "常住人口 = 14240 张 ÷ 17.86 张 → [79.71, 79.75] 万人"),
        (Interval(Fraction(840416), Fraction(841289)), "常住人口 = 8089 人 ÷ 9.62 人 → [84.04, 84.13] 万人"),
        (Interval(Fraction(959564), Fraction(961288)), "常住人口 = 16.26万人 ÷ 约16.93% → [95.96, 96.13] 万人"),
    ]


def test_xishan_needs_three_corrections():
    """The smallest repairs change three figures; there are four of them, those that a slip explains first."""
    conflict = population_conflict()

    assert not conflict.capped
    assert conflict.offered == ()
    assert [repair.text.zh for repair in conflict.repairs] == [
        "若 9.62 人 改为 10.15 人（别处已有 2 处这样印）、10108 人 改为 10208 人（可能是有一位数字写错了）、"
        "约16.93% 改为 约20.40%，其余各处即可一致",
        "若 9.62 人 改为 10.15 人（别处已有 2 处这样印）、10108 人 改为 10208 人（可能是有一位数字写错了）、"
        "16.26万人 改为 13.50万人，其余各处即可一致",
        "若 9.62 人 改为 10.15 人（别处已有 2 处这样印）、12.81 人 改为 12.68 人、约16.93% 改为 约20.40%，"
        "其余各处即可一致",
        "若 9.62 人 改为 10.15 人（别处已有 2 处这样印）、12.81 人 改为 12.68 人、16.26万人 改为 13.50万人，"
        "其余各处即可一致",
    ]
    first = {c.observation.text: (c.interval, c.wanted.zh) for c in conflict.repairs[0].corrections}
    assert first == {
        "约16.93%": (Interval(Fraction(81275, 398669), Fraction(16265, 79709)), "[20.3865, 20.4055]%"),
        "9.62 人": (Interval(Fraction(8089, 797338), Fraction(8089, 797090)), "[10.145, 10.1482] 人/千人口"),
        "10108 人": (Interval(Fraction(10207), Fraction(10217)), "[10207, 10217] 人"),
    }


def test_xishan_tells_what_the_populations_are_at_odds_about():
    """An argument meets in the population that nobody printed."""
    told = [[step.zh for step in a.steps] for a in population_conflict().arguments]

    assert [
        "常住人口 = 14240 张 ÷ 17.86 张 → [79.71, 79.75] 万人",
        "常住人口 = 10108 人 ÷ 12.81 人 → [78.88, 78.94] 万人",
        "“常住人口”只有一个值，这些范围没有共同的数",
    ] in told
