"""What a network is made of: printings with their intervals, and values printed at several places."""

import pytest
from networks import network
from test_network_conflicts import plan

from planlint.amounts import Rounding
from planlint.exact import Fraction
from planlint.intervals import Interval

BEDS = "indicator: 每千人口医疗卫生机构床位数, year: 2020, value: {}"


def observations(*values):
    """What is printed of one density, as text, numbers of places, and interval."""
    found = network(plan(*(BEDS.format(value) for value in values))).observations
    return [(o.text, len(o.printings), o.interval(Rounding.NEAREST)) for o in found]


def per_thousand(low, high):
    """An interval of beds a resident."""
    return Interval(Fraction(low) / 1000, Fraction(high) / 1000)


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        (["6.0 张", "6.00 张"], [("6.00 张", 2, per_thousand("5.995", "6.005"))]),
        (
            ["6.0 张", "6.01 张"],
            [("6.0 张", 1, per_thousand("5.95", "6.05")), ("6.01 张", 1, per_thousand("6.005", "6.015"))],
        ),
    ],
)
def test_printings_of_one_number_stand_and_fall_together(values, expected):
    """6.0 and 6.00 are one value with the stricter interval; another number is another observation."""
    assert observations(*values) == expected


def test_an_observation_knows_what_is_said_of_it():
    """A word that loosens it, a mark of trust, its value in base units and its places."""
    (one,) = network(plan("indicator: 医疗卫生机构床位数, year: 2020, value: 约 6000 张, trusted: true")).observations

    assert (one.hedged, one.trusted, one.value, [m.place.line for m in one.mentions]) == (True, True, 6000, [4])
