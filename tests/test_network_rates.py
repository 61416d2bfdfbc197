"""Rates of one denominator: whole numbers of the same things, in the network."""

import pytest
from hypothesis import assume, event, given
from hypothesis import strategies as st
from networks import conflicts, engine, facts_of, network, relations
from test_network_conflicts import plan
from test_network_laws import applied, laws, printed, told, write

from planlint.exact import Fraction
from planlint.intervals import Interval
from planlint.network.assembly import network_of
from planlint.network.conflicts import implied_figures
from planlint.network.cores import refuted
from planlint.network.mending import Mender
from planlint.network.variables import Shape
from planlint.source import Source

BIRTHS = "indicator: 活产数, year: 2020, value: {}"
DEATHS = "indicator: 婴儿死亡数, year: 2020, value: {}"
MORTALITY = "indicator: 婴儿死亡率, year: 2020, value: {}"
MANAGED = "indicator: 孕产妇系统管理率, year: 2020, value: {}"
VISITED = "indicator: 新生儿访视率, year: 2020, value: {}"
CENTRES = "indicator: 乡镇卫生院数, year: 2020, value: {}"
HALLS = "indicator: 乡镇卫生院中医馆设置率, year: 2020, value: {}"


def tied(*lines, claims=()):
    """The constraints of rates in a plan: the ids of their variables, the denominator first."""
    found = network(plan(*lines, claims=claims))
    return [
        [found.variables[term.variable].id for term in constraint.terms]
        for constraint in found.constraints
        if constraint.shape is Shape.RATES
    ]


def said(*lines, claims=()):
    """The arguments and the repairs of each contradiction in words."""
    return [
        (
            [[step.zh for step in argument.steps] for argument in conflict.arguments],
            [repair.text.zh for repair in conflict.repairs],
        )
        for conflict in conflicts(plan(*lines, claims=claims))
    ]


def test_the_rates_of_one_denominator_are_tied_together():
    """Births first, then each rate with its numerator; a share whose numerator has no name stands alone."""
    assert tied(BIRTHS.format("3000 人"), MORTALITY.format("2.33‰"), VISITED.format("95.00%")) == [
        [
            "live-births.2020.reported",
            "infant-mortality.2020.reported",
            "infant-deaths.2020.reported",
            "newborn-visits.2020.reported",
            "newborns-visited.2020.reported",
        ]
    ]
    assert tied(CENTRES.format("17 所"), HALLS.format("94.1%")) == [
        ["township-health-centres.2020.reported", "township-tcm-hall-coverage.2020.reported"]
    ]


@pytest.mark.parametrize(
    "lines",
    [
        (MANAGED.format("94.00%"), VISITED.format("94.06%")),
        (BIRTHS.format("约400 人"), VISITED.format("94.06%")),
        (BIRTHS.format("404 人"), VISITED.format("约94.06%")),
        (
            "indicator: 家庭医生签约居民数, year: 2020, value: 11.8498万人",
            "indicator: 家庭医生签约率, year: 2020, value: 34.05%",
            "indicator: 每万人口全科医师数, year: 2020, value: 1.31人",
        ),
        (BIRTHS.format("404 人").replace("2020", "2025"), "indicator: 新生儿访视率, year: 2025, value: 94.1%"),
        (BIRTHS.format("404 人"), VISITED.format("94.1%").replace("year", "period: 2018-2020, year")),
        ("indicator: 活产数, year: 2020, months: 1-9, value: 404 人", VISITED.format("94.1%")),
    ],
    ids=["no-denominator", "about-so-many", "about-such-a-rate", "implied-population", "targets", "mean", "months"],
)
def test_what_says_nothing_is_not_tied(lines):
    """Nothing is known of the denominator, or it is loose, of another day, set or of a part of the year."""
    assert tied(*lines) == []
    assert conflicts(plan(*lines)) == ()


@pytest.mark.parametrize(
    "lines",
    [
        (CENTRES.format("17 所"), HALLS.format("94.1%")),
        (CENTRES.format("17 所"), HALLS.format("100%")),
        (CENTRES.format("17 所"), HALLS.format("0%")),
        (CENTRES.format("17 所"), HALLS.format("90%以上")),
        (CENTRES.format("17 所以上"), HALLS.format("95.1%")),
        (BIRTHS.format("123456 人"), MORTALITY.format("2.35‰")),
        (BIRTHS.format("12.35万人"), MORTALITY.format("2.351‰"), VISITED.format("94.063%")),
        (DEATHS.format("1 例"), MORTALITY.format("2.5‰"), MANAGED.format("94.00%"), VISITED.format("95.25%")),
    ],
)
def test_what_whole_numbers_give_is_silent(lines):
    """Rounded, none, all, a bound, or so many that any rate is possible."""
    assert conflicts(plan(*lines)) == ()


def test_a_share_without_a_named_numerator_has_gaps():
    """15 and 16 of 17 are 88.2 % and 94.1 %."""
    assert said(CENTRES.format("17 所"), HALLS.format("91.3%")) == [
        (
            [
                [
                    "乡镇卫生院数：印作 17 所 → 17 家",
                    "15 ÷ 17 = 88.235%",
                    "16 ÷ 17 = 94.118%",
                    "“乡镇卫生院数”取哪个整数，这个比率都不是整数除得的",
                ]
            ],
            [
                "若 17 所 改为 127 所，其余各处即可一致",
                "若 91.3% 改为 94.1%，其余各处即可一致",
            ],
        )
    ]


def test_rates_must_have_one_denominator():
    """One comes from 400 births alone, the other from 404 alone; all four figures are needed."""
    lines = (DEATHS.format("1 例"), MORTALITY.format("2.5‰"), MANAGED.format("94.00%"), VISITED.format("94.06%"))

    assert said(*lines)[0][0] == [
        [
            "活产数 = 1 例 ÷ 2.5‰ → [393, 408] 人",
            "孕产妇系统管理率 94.00%：分母可以是 400",
            "新生儿访视率 94.06%：分母可以是 404",
            "“活产数”取哪个整数，这几个比率都不能同时由整数除得",
        ]
    ]
    for gone in range(4):
        assert conflicts(plan(*(line for n, line in enumerate(lines) if n != gone))) == ()


def test_a_denominator_may_follow_from_a_sum():
    """That 17 should be 18 as the parts have it would leave 94.1 % without a numerator: a part is wrong."""
    lines = (
        "id: all, indicator: 乡镇卫生院数, year: 2020, value: 17 所",
        HALLS.format("94.1%"),
    )
    claim = "sum: 乡镇卫生院, whole: all, parts: [9 所, 9 所]"

    assert [sorted(repairs) for _, repairs in said(*lines, claims=[claim])] == [
        ["若 9 所 改为 8 所，其余各处即可一致", "若 9 所 改为 8 所，其余各处即可一致"]
    ]


def test_numbers_behind_rates_are_narrowed_to_whole_ones():
    """7 of 3000 births: the deaths that nobody printed follow exactly."""
    found = implied_figures(network(plan(BIRTHS.format("3000 人"), MORTALITY.format("2.3‰"))))

    assert [(i.variable.id, i.interval) for i in found] == [
        ("infant-deaths.2020.reported", Interval(Fraction(7), Fraction(7)))
    ]


RATES = (
    ("婴儿死亡率", "‰", 1000, 2),
    ("孕产妇死亡率", "/10万", 100_000, 2),
    ("孕产妇系统管理率", "%", 100, 2),
    ("新生儿访视率", "%", 100, 2),
)


@st.composite
def county(draw):
    """The lines of a county's figures: whole numbers of births, deaths and institutions, printed with rounding."""
    births = draw(st.integers(200, 4000))
    lines = []
    shown = draw(st.sampled_from(["people", "wan", "deaths"]))
    if shown != "deaths":
        value = f"{births} 人" if shown == "people" else f"{printed(Fraction(births, 10_000), 3)}万人"
        lines.append(BIRTHS.format(value))
    deaths = draw(st.integers(1, 9))
    if shown == "deaths":
        lines.append(DEATHS.format(f"{deaths} 例"))
    counts = (deaths, draw(st.integers(0, 3)), births * draw(st.integers(80, 100)) // 100, births * 19 // 20)
    for (name, unit, scale, places), count in zip(RATES, counts, strict=True):
        if name == "婴儿死亡率" or draw(st.booleans()):
            value = printed(Fraction(count * scale, births), places)
            lines.append(f"indicator: {name}, year: 2020, value: {value}{unit}")
    centres = draw(st.integers(3, 60))
    halls = printed(Fraction(100 * draw(st.integers(0, centres)), centres), draw(st.integers(0, 2)))
    lines += [CENTRES.format(f"{centres} 所"), HALLS.format(f"{halls}%")]
    return [f"{{{line}}}" for line in lines]


@st.composite
def misprinted(draw):
    """The lines of a county with one wrong digit."""
    lines = list(draw(county()))
    at = draw(st.integers(0, len(lines) - 1))
    head, _, value = lines[at].partition("value: ")
    places = [i for i, c in enumerate(value.split("/")[0]) if c.isdigit()]
    place = draw(st.sampled_from(places))
    digit = str((int(value[place]) + draw(st.integers(1, 9))) % 10)
    lines[at] = f"{head}value: {value[:place]}{digit}{value[place + 1 :]}"
    return lines


@laws
@given(county())
def test_whole_numbers_are_silent(lines):
    """What was counted and divided contradicts nothing, however it is rounded."""
    assert conflicts(write(lines, [])) == ()


@laws
@given(misprinted())
def test_a_core_of_rates_is_minimal(lines):
    """Take away any figure of a core, or any tie, and the rest agree."""
    text = write(lines, [])
    found = network_of(facts_of(text), relations())
    cores = [argument.core for conflict in conflicts(text) for argument in conflict.arguments]
    assume(cores)
    for core in cores:
        event(" ".join(sorted({found.constraints[n].kind for n in core.constraints})))
        assert refuted(found, core.observations, core.constraints).conflict is not None
        for number in core.observations:
            assert refuted(found, core.observations - {number}, core.constraints).conflict is None
        for number in core.constraints:
            assert refuted(found, core.observations, core.constraints - {number}).conflict is None


@laws
@given(misprinted())
def test_every_repair_of_rates_repairs(lines):
    """A repair that is offered, applied to the plan file, leaves nothing of its contradiction."""
    text = write(lines, [])
    found = conflicts(text)
    assume(found)
    for conflict in found:
        for repair in conflict.repairs:
            about = {mention.id for correction in repair.corrections for mention in correction.observation.mentions}

            left = conflicts(applied(text, repair))

            assert not [c for c in left if about & {mention.id for mention in c.mentions}], repair.text.zh


@laws
@given(misprinted())
def test_what_the_rule_finds_the_network_knows(lines):
    """A finding about whole numbers behind rates is a contradiction of the network, with a core of what is cited."""
    text = write(lines, [])
    found = [f for f in engine().judge(Source("truth.yaml", text)).findings if f.rule == "PL306"]
    assume(found)
    mender = Mender(facts_of(text), relations())
    for finding in found:
        mending = mender.mend(finding, "granularity")
        cited = {mention.id for mention in finding.mentions}

        assert mending.conflict is not None, finding.message.zh
        assert any({mention.id for mention in core.mentions} <= cited for core in mending.cores)


@laws
@given(misprinted(), st.randoms(use_true_random=False))
def test_the_order_of_rates_changes_nothing(lines, random):
    """The same figures in another order contradict each other in the same way."""
    shuffled = list(lines)
    random.shuffle(shuffled)

    assert told(conflicts(write(shuffled, []))) == told(conflicts(write(lines, [])))
