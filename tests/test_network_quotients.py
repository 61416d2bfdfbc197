"""Whole numbers behind rates, in words."""

import pytest
from networks import network
from test_network_conflicts import plan
from test_network_rates import BIRTHS, CENTRES, HALLS, MORTALITY, VISITED

from planlint.amounts import Rounding
from planlint.network.propagate import propagate
from planlint.network.quotients import gaps, nothing_whole, quotients
from planlint.network.variables import Shape


def of(*lines):
    """A network, its constraint of rates, and what follows from all but that."""
    found = network(plan(*lines))
    rates = next(c for c in found.constraints if c.shape is Shape.RATES)
    rest = [c.number for c in found.constraints if c is not rates and c.kind != "identity"]
    return found, rates, propagate(found, Rounding.NEAREST, constraints=rest)


def test_what_lies_around_a_rate():
    """Both divisions, in the unit of the rate."""
    found, rates, state = of(BIRTHS.format("1234 人"), MORTALITY.format("2.05‰"))

    assert [line.zh for line in gaps(found, rates, state, [t.variable for t in rates.terms])] == [
        "2 ÷ 1234 = 1.6207‰",
        "3 ÷ 1234 = 2.4311‰",
    ]


def test_which_numbers_suit_each_rate():
    """Births printed with rounding: each rate alone is possible, in a few ways."""
    found, rates, state = of(BIRTHS.format("0.040万人"), VISITED.format("94.06%"), MORTALITY.format("2.51‰"))

    assert [line.en for line in gaps(found, rates, state, [t.variable for t in rates.terms])] == [
        "Infant mortality 2.51‰: denominators 398—399",
        "Newborn visit rate 94.06%: denominators 404",
    ]


def test_where_one_number_is_left_the_numerators_are_told():
    """16 of 17, and nothing where the denominator or the rate is another."""
    found, rates, state = of(CENTRES.format("17 所"), HALLS.format("94.1%"))
    centres, halls = (term.variable for term in rates.terms)

    assert list(quotients(found, rates, state, halls)) == ["16 ÷ 17 = 94.118%"]
    assert list(quotients(found, rates, state, centres)) == ["16 ÷ 17 = 94.118%"]
    assert list(quotients(found, rates, state, 99)) == []


@pytest.mark.parametrize(
    ("rates", "expected"),
    [
        (1, "no whole number for “Township health centres” gives this rate from a whole number"),
        (2, "no whole number for “Township health centres” gives all these rates from whole numbers"),
    ],
)
def test_that_nothing_suits(rates, expected):
    """One rate alone, or several together."""
    found, constraint, _ = of(CENTRES.format("17 所"), HALLS.format("94.1%"))

    assert nothing_whole(found.variables[constraint.terms[0].variable], rates).en == expected
