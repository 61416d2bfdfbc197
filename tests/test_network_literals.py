"""Corrected amounts as the plan would print them: its own words, unit and precision."""

import pytest
from networks import network
from test_network_conflicts import plan

from planlint.exact import Fraction
from planlint.intervals import Interval
from planlint.network.literals import behind, fits_into, fitting, quantum, replace_digits, replace_number, replace_unit

FOUND = network(
    plan(
        'indicator: 医疗卫生机构床位数, year: 2020, value: "6,000 张"',
        "indicator: 每千人口医疗卫生机构床位数, year: 2020, value: 6.00 张",
        "indicator: 常住人口数, year: 2020, value: 约 16.26 万人",
    )
)
DENSITY, BEDS, PEOPLE = (o.printings[0] for o in FOUND.observations)


@pytest.mark.parametrize(
    ("printing", "value", "text"),
    [(BEDS, 6100, "6,100 张"), (DENSITY, "61/10000", "6.10 张"), (PEOPLE, 172600, "约 17.26 万人")],
)
def test_a_number_keeps_its_words(printing, value, text):
    """Separators of thousands, decimals, hedges and units stay."""
    new = replace_number(printing, Fraction(value))

    assert (new.raw, new.text, new.value) == (text, text, Fraction(value))


def test_a_number_with_more_digits_than_there_is_room_for():
    """What cannot be printed in so many decimals is not printed; with one more it is."""
    assert replace_number(DENSITY, Fraction(6105, 10**6)) is None
    assert replace_number(DENSITY, Fraction(6105, 10**6), 1).raw == "6.105 张"


@pytest.mark.parametrize(
    ("old", "new", "text", "value"),
    [("万", "", "约 16.26 人", Fraction(813, 50)), ("万", "亿", "约 16.26 亿人", 1626000000)],
)
def test_a_unit_may_be_another(old, new, text, value):
    """The digits stay, and mean something else."""
    made = replace_digits(PEOPLE, "16.26", old, new)

    assert (made.raw, made.value) == (text, value)
    assert behind(PEOPLE) == " 万人"


def test_what_fits_into_an_interval():
    """The middle first; a rounded number may lie half a step outside."""
    wanted = Interval(Fraction(59, 10000), Fraction(61, 10000))
    fits = fits_into(DENSITY, wanted)

    assert fitting(DENSITY, wanted, fits) == [Fraction(n, 100000) for n in (600, 601, 599)]
    assert [fits(Fraction(n, 10**6), quantum(DENSITY)) for n in (6105, 6106)] == [True, False]


def test_a_unit_is_replaced_where_it_stands():
    """Only where the plan file prints it, once."""
    assert replace_unit(PEOPLE, "万人", "人", Fraction(1)).raw == "约 16.26 人"
    assert replace_unit(PEOPLE, "张", "人", Fraction(1)) is None
