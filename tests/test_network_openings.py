"""What whole numbers leave for a figure of a rate, with gaps between."""

import pytest
from networks import network
from test_network_conflicts import DENSITIES, plan
from test_network_rates import BIRTHS, CENTRES, DEATHS, HALLS, MANAGED, MORTALITY, VISITED

from planlint.amounts import Rounding
from planlint.exact import Fraction
from planlint.network.cores import Trials, core_of, parts
from planlint.network.openings import Opening, is_granular


def opening(text, *lines):
    """What the others leave for the observation of a text."""
    found = network(plan(*lines))
    number = next(o.number for o in found.observations if o.text == text)
    part = next(p for p in parts(found) if found.observations[number].variable in p.variables)
    return Opening(Trials(found, part), number, {number}, {}, Rounding.NEAREST)


def near(text, *lines):
    """The values around a printed one that are left for it, in base units."""
    return [(str(one.low), str(one.high)) for one in opening(text, *lines).near()]


SHARE = (CENTRES.format("17 所"), HALLS.format("91.3%"))
TOGETHER = (DEATHS.format("1 例"), MORTALITY.format("2.5‰"), MANAGED.format("94.00%"), VISITED.format("94.06%"))


def test_a_rate_between_two_quotients():
    """16 of 17 is nearer to 91.3 % than 15 of 17."""
    assert near("91.3%", *SHARE) == [("16/17", "16/17"), ("15/17", "15/17")]


def test_numbers_of_things_around_a_printed_one():
    """21 of 23 is the nearest number of centres, 42 of 46 the next."""
    assert near("17 所", *SHARE) == [("23", "23"), ("46", "46"), ("69", "69"), ("80", "80")]


def test_a_rate_beside_another():
    """94.00 % leaves 400 births alone, of which 94 and 94.25 % are next to 94.06 %."""
    assert near("94.06%", *TOGETHER) == [("47/50", "47/50"), ("377/400", "377/400")]


def test_a_figure_from_which_the_number_of_things_follows():
    """The deaths must make a number of births that both rates suit."""
    assert near("1 例", *TOGETHER) == [("4", "4")]


@pytest.mark.parametrize(
    ("value", "fits"),
    [("0.941", True), ("0.882", True), ("0.9", False), ("0.009", False)],
    ids=["above", "below", "between", "far-away"],
)
def test_a_value_is_tried_with_everything_else(value, fits):
    """What no whole number gives does not fit, nor what is ten times smaller."""
    assert opening("91.3%", *SHARE).fits()(Fraction(value), Fraction("0.001")) is fits


def test_the_whole_numbers_of_a_choice():
    """With 94.1 % there are 16 of 17."""
    found = opening("91.3%", *SHARE)

    assert found.how(found.after(found.near()[0])).zh == "16 ÷ 17 = 94.118%"


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        (SHARE, True),
        (TOGETHER, True),
        ((BIRTHS.format("1234 人"), MORTALITY.format("2.05‰")), True),
        ((*DENSITIES[:3], "indicator: 每千人口注册护士数, year: 2020, value: 3.50 人"), False),
    ],
)
def test_cores_that_rest_on_whole_numbers(lines, expected):
    """Densities of different populations do not."""
    found = network(plan(*lines))
    part = next(p for p in parts(found) if Trials(found, p).state().conflict is not None)

    assert is_granular(found, core_of(found, Trials(found, part).state())) is expected
