"""Whole numbers behind a rate: exact, in integers."""

from hypothesis import given
from hypothesis import strategies as st

from planlint.exact import Fraction
from planlint.intervals import Interval, point
from planlint.questions.whole import around, denominators, first_at, last_at, wholes


def percent(text, step="0.01"):
    """The rates that a printed percentage stands for."""
    value, half = Fraction(text) / 100, Fraction(step) / 200
    return Interval(value - half, value + half)


def test_ends_are_whole_numbers_inside():
    """An open end at a whole number leaves it out."""
    half, two = Fraction(3, 2), Fraction(2)

    assert [first_at(half, beyond=False), first_at(two, beyond=False), first_at(two, beyond=True)] == [2, 2, 3]
    assert [last_at(half, beyond=False), last_at(two, beyond=False), last_at(two, beyond=True)] == [1, 2, 1]


def test_wholes_of_an_interval():
    """None where no whole number lies inside, or where an end is missing."""
    assert wholes(Interval(Fraction(3, 2), Fraction(7, 2))) == (2, 3)
    assert wholes(Interval(Fraction(-5), Fraction(1))) == (0, 1)
    assert wholes(Interval(Fraction(5, 4), Fraction(7, 4))) is None
    assert wholes(Interval(Fraction(1), None)) is None
    assert wholes(Interval(Fraction(1), Fraction(2), low_open=True, high_open=True)) is None


def test_denominators_that_give_a_rate():
    """94.06 % of about 400 is 380 of 404 and nothing else."""
    assert denominators(percent("94.06"), [(393, 408)]) == [(404, 404)]
    assert denominators(percent("94.00"), [(393, 408)]) == [(400, 400)]
    assert denominators(percent("91.3", "0.1"), [(24, 24)]) == []
    assert denominators(percent("91.7", "0.1"), [(24, 24)]) == [(24, 24)]


def test_what_can_be_said_of_any_number_leaves_all():
    """None of them, all of them, or a rate so coarse that every denominator has a numerator."""
    among = [(7, 9), (12, 40)]

    assert denominators(percent("0", "1"), among) == among
    assert denominators(percent("100", "1"), among) == among
    assert denominators(percent("50", "1"), [(1000, 2000)]) == [(1000, 2000)]
    assert denominators(percent("50"), []) == []
    assert denominators(Interval(None, Fraction(1)), among) == among


@given(
    st.integers(0, 400),
    st.sampled_from(["1", "0.1", "0.01"]),
    st.integers(2, 60),
    st.integers(0, 40),
)
def test_the_short_way_finds_what_trying_finds(numerator, step, first, more):
    """Every denominator is found that trying all numerators finds, and no other."""
    rate = percent(str(numerator % 101), step)
    tried = [n for n in range(first, first + more + 1) if any(Fraction(k, n) in rate for k in range(n + 1))]
    found = denominators(rate, [(first, first + more)])

    assert [n for low, high in found for n in range(low, high + 1)] == tried


def test_a_single_rate_is_its_own_interval():
    """An exact half needs an even denominator."""
    assert denominators(point(Fraction(1, 2)), [(7, 8)]) == [(8, 8)]


def test_the_nearest_divisions():
    """21 of 23 to 25 is 0.84 to 0.913; the nearest below and above 0.9 of all of them."""
    assert around(Interval(Fraction("0.895"), Fraction("0.905")), (23, 25)) == [(22, 25), (21, 23)]
    assert around(Interval(Fraction("0.895"), None), (23, 25)) == []
