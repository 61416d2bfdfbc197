"""Parts of a network, and minimal sets that cannot all be true."""

from networks import network
from test_network_conflicts import DENSITIES, SUMS, WHOLE, plan

from planlint.amounts import Rounding
from planlint.network.cores import WIDEST, Core, Trials, core_of, idle, parts, refuted
from planlint.network.propagate import propagate

NURSES = "indicator: 每千人口注册护士数, year: 2020, value: 3.50 人"
BAD = network(plan(*DENSITIES[:3], NURSES))


def test_a_core_has_every_member_that_it_needs():
    """Two counts and two densities; take any one away and the rest agree."""
    core = core_of(BAD, propagate(BAD, WIDEST))

    assert core == Core(frozenset({0, 1, 2, 3}), frozenset({0, 1}))
    assert [refuted(BAD, core.observations - {n}, core.constraints).conflict for n in range(4)] == [None] * 4


def test_what_agrees_has_no_core():
    """Nothing is refuted, so there is nothing to explain."""
    found = network(plan(*DENSITIES))

    assert core_of(found, propagate(found, WIDEST)) is None


def test_truncation_is_a_tier_of_its_own():
    """2050 nurses of 389733 people are 5.26 cut off and 5.25999 exactly: refuted only by rounding to nearest."""
    found = network(
        plan(
            "indicator: 常住人口数, year: 2020, value: 100000 人",
            "indicator: 注册护士数, year: 2020, value: 326 人",
            "indicator: 每千人口注册护士数, year: 2020, value: 3.2 人",
        )
    )
    strict = core_of(found, propagate(found, Rounding.NEAREST), Rounding.NEAREST)

    assert core_of(found, propagate(found, WIDEST)) is None
    assert (len(strict.observations), strict.rounding) == (3, Rounding.NEAREST)


def test_parts_hang_together():
    """The densities are one part; each sum with its whole another; what nothing ties is none."""
    found = network(plan(*DENSITIES[:4], WHOLE, claims=SUMS))

    assert [(len(part.variables), len(part.constraints)) for part in parts(found)] == [(5, 2), (5, 2)]
    assert parts(network(plan(DENSITIES[0]))) == []


def test_a_product_that_nothing_else_is_said_of_is_idle():
    """One count and one density say what the population is, and contradict nothing... while it need not be whole."""
    found = network(plan("indicator: 60岁及以上老年人口占比, year: 2020, value: 16.93%"))

    assert idle(found) <= frozenset(c.number for c in found.constraints)


def test_trials_leave_out_and_replace():
    """Without the odd density all agrees; with a right one in its place, too."""
    trials = Trials(BAD, parts(BAD)[0])
    right = network(plan(*DENSITIES[:4])).observations[2].interval(Rounding.LOOSE)

    assert trials.state().conflict is not None
    assert trials.state({2}).conflict is None
    assert trials.state(set(), {2: right}).conflict is None
