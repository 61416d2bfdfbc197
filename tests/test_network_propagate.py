"""Intervals that follow from what is printed, exactly, ends open and closed."""

from networks import network
from test_network_conflicts import DENSITIES, plan

from planlint.amounts import Rounding
from planlint.exact import Fraction
from planlint.intervals import Interval
from planlint.network.propagate import extend, propagate

AGREE = network(plan(*DENSITIES[:4]))


def test_everything_is_narrowed_by_everything_else():
    """The beds confine the population, and the population the density of nurses."""
    state = propagate(AGREE, Rounding.NEAREST)

    assert state.conflict is None
    assert [state.interval(v.number) for v in AGREE.variables] == [
        Interval(Fraction(3000, 500417), Fraction(125, 20816)),
        Interval(Fraction(6000), Fraction(6000)),
        Interval(Fraction(3241, 1000834), Fraction(3241, 999168)),
        Interval(Fraction(3241), Fraction(3241)),
        Interval(Fraction(999168), Fraction(1000834)),
    ]


def test_what_is_left_out_says_nothing():
    """Without the density of beds the population follows from the nurses alone; without both from nothing."""
    one = propagate(AGREE, Rounding.NEAREST, without={0})
    none = propagate(AGREE, Rounding.NEAREST, without={0, 2})

    assert one.interval(4) == Interval(Fraction(998768), Fraction(1001854))
    assert (none.interval(4).low, none.interval(4).high) == (30012, None) or none.interval(4).high is None


def test_to_extend_is_to_propagate_all():
    """What is added later leads to what it would have led to at once."""
    whole = propagate(AGREE, Rounding.LOOSE)
    before = propagate(AGREE, Rounding.LOOSE, without={1})
    after = extend(AGREE, before, {0, 1}, [(1, AGREE.observations[1].interval(Rounding.LOOSE))])

    assert [after.interval(v.number) for v in AGREE.variables] == [whole.interval(v.number) for v in AGREE.variables]


def test_nothing_divided_by_nothing_may_be_anything():
    """Births without a maternal death say nothing of how many births there were; with a rate they would."""
    births = "indicator: 活产数, year: 2020, value: 200 人"
    rate = "indicator: 孕产妇死亡率, year: 2020, value: {}/10万"
    deaths = "indicator: 孕产妇死亡数, year: 2020, value: 0 例"

    assert propagate(network(plan(births, rate.format("0.00"))), Rounding.NEAREST).conflict is None
    assert propagate(network(plan(births, rate.format("0.00"), deaths)), Rounding.NEAREST).conflict is None
    assert propagate(network(plan(births, rate.format("5.00"), deaths)), Rounding.NEAREST).conflict is not None


def test_a_sum_of_whole_numbers():
    """A part is what the others leave of the whole, in whole numbers."""
    found = network(plan(DENSITIES[0], claims=["sum: 医院, whole: 44 家, parts: [29 家, 14 家]"]))
    part = next(o for o in found.observations if o.text == "14 家")
    state = propagate(found, Rounding.LOOSE, without={part.number})

    assert state.interval(part.variable) == Interval(Fraction(15), Fraction(15))
    assert propagate(found, Rounding.LOOSE).conflict is not None
