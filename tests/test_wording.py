"""Numbers, spans and lists in words."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from planlint import wording
from planlint.exact import Fraction
from planlint.findings import Text
from planlint.intervals import Interval, point
from planlint.units import Unit


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        ("0", "0"),
        ("80", "80"),
        ("-80", "-80"),
        ("80.62", "80.62"),
        ("-0.5", "-0.5"),
        ("1/8", "0.125"),
        ("12345.6789", "12345.6789"),
        ("123456789", "123456789"),
        ("0.00012345", "0.00012345"),
        ("1/3", "0.33333"),
        ("-2/3", "-0.66667"),
        ("1000/7", "142.86"),
        ("1000000/7", "142857"),
        ("1/3000", "0.00033333"),
        ("12345.67891", "12346"),
        ("123456789012", "123456789012"),
        ("2000/3", "666.67"),
    ],
)
def test_a_number_is_exact_where_short_and_rounded_where_long(value, shown):
    """Up to nine digits are all shown, else five significant ones; nothing is written as a power of ten."""
    assert wording.number(Fraction(value)) == shown


@pytest.mark.parametrize(
    ("value", "places", "shown"),
    [
        ("1/2", 0, "0"),
        ("3/2", 0, "2"),
        ("5/2", 0, "2"),
        ("-3/2", 0, "-2"),
        ("0.125", 2, "0.12"),
        ("0.135", 2, "0.14"),
        ("-0.125", 2, "-0.12"),
        ("-0.001", 2, "0.00"),
        ("3.1", 2, "3.10"),
        ("7", 3, "7.000"),
        ("0", 1, "0.0"),
        ("1999.995", 2, "2000.00"),
        ("0.005", 4, "0.0050"),
    ],
)
def test_fixed_decimals(value, places, shown):
    """So many decimals, half to even; what rounds to zero carries no sign."""
    assert wording.fixed(Fraction(value), places) == shown


@pytest.mark.parametrize(
    ("value", "significant", "shown"),
    [
        ("0", 5, "0"),
        ("1/3", 5, "0.33333"),
        ("1/30", 5, "0.033333"),
        ("-1/300", 3, "-0.00333"),
        ("17.8648", 4, "17.86"),
        ("123456.7", 4, "123457"),
        ("9.99996", 5, "10.000"),
        ("99.996", 4, "100.0"),
        ("0.099999", 4, "0.1000"),
        ("999.96", 4, "1000"),
        ("-9.99996", 5, "-10.000"),
        ("1", 4, "1.000"),
    ],
)
def test_significant_digits(value, significant, shown):
    """So many significant digits, also where rounding up gives a new one; no digit before the point is lost."""
    assert wording.rounded(Fraction(value), significant) == shown


@settings(deadline=None)
@given(st.fractions(min_value=-(10**7), max_value=10**7, max_denominator=10**6))
def test_a_shown_number_is_the_nearest_of_its_length(value):
    """What is shown differs from the value by half a unit of the last shown digit at most."""
    for shown in (wording.number(value), wording.rounded(value)):
        decimals = len(shown.partition(".")[2])
        assert abs(Fraction(shown) - value) * 2 * 10**decimals <= 1


@settings(deadline=None)
@given(st.integers(-99_999, 99_999), st.integers(0, 4))
def test_a_short_decimal_is_shown_exactly(digits, places):
    """A number of five digits, wherever its point stands, is shown without loss."""
    value = Fraction(digits, 10**places)
    assert Fraction(wording.number(value)) == value


@pytest.mark.parametrize(
    ("value", "unit", "shown"),
    [
        ("10.15", "人", "10.15 人"),
        ("-3", "个百分点", "-3 个百分点"),
        ("16.93", "%", "16.93%"),
        ("3.5", "‰", "3.5‰"),
        ("10", "/10万", "10/10万"),
        ("0", "张", "0 张"),
        ("5", "", "5"),
    ],
)
def test_a_number_with_its_unit(value, unit, shown):
    """A unit stands behind a space, a scale directly behind the number."""
    assert wording.in_unit(Fraction(value), unit) == shown


@pytest.mark.parametrize(
    ("name", "shown"), [("张/千人口", "张"), ("人", "人"), ("/10万", "/10万"), ("%", "%"), ("元/人", "元")]
)
def test_the_short_unit_of_a_density_is_its_counter(name, shown):
    """Behind a printed number a density shows what it counts; a rate shows all of itself."""
    assert wording.short_unit(Unit(name, (), Fraction(1))) == shown


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        ("797312", "79.73 万"),
        ("10000", "1.000 万"),
        ("9999", "9999"),
        ("123.4", "123.4"),
        ("12345678", "1235 万"),
        ("99995000", "10000 万"),
    ],
)
def test_people_are_shown_in_tens_of_thousands(value, shown):
    """From 万 on, a population is shown in 万 with four significant digits."""
    assert wording.people(Fraction(value)) == shown


def interval(low, high, low_open=False, high_open=False):
    """Return an interval of numbers as written, None for infinity."""
    return Interval(
        None if low is None else Fraction(low), None if high is None else Fraction(high), low_open, high_open
    )


@pytest.mark.parametrize(
    ("given_", "scale", "places", "shown"),
    [
        (interval("10.145", "10.155"), 1, None, "[10.145, 10.155]"),
        (interval("10", "11", high_open=True), 1, None, "[10, 11)"),
        (interval("6", "8", low_open=True, high_open=True), 1, None, "(6, 8)"),
        (interval("-3", "-1", low_open=True), 1, None, "(-3, -1]"),
        (interval("80", None), 1, None, "[80, ∞)"),
        (interval("80", None, low_open=True), 1, None, "(80, ∞)"),
        (interval(None, "4"), 1, None, "(-∞, 4]"),
        (interval(None, None), 1, None, "(-∞, ∞)"),
        (point(0), 1, None, "0"),
        (point(Fraction(1, 3)), 1, 2, "0.33"),
        (interval("795000", "799999"), 10**4, 2, "[79.50, 80.00]"),
        (interval("795000", "799999"), 10**4, None, "[79.5, 79.9999]"),
        (interval("1/3", "2/3"), 1, None, "[0.33333, 0.66667]"),
        (interval("0.331", "0.332"), 1, 2, "0.33"),
    ],
)
def test_a_span(given_, scale, places, shown):
    """Square brackets for closed ends, round ones for open and infinite ones, one number where both ends look alike."""
    assert wording.span(given_, scale, places) == shown


@pytest.mark.parametrize(
    ("parts", "chinese", "english"),
    [
        ([], "", ""),
        (["甲"], "甲", "甲"),
        (["甲", "乙"], "甲、乙", "甲 and 乙"),
        (["甲", "乙", "丙"], "甲、乙、丙", "甲, 乙 and 丙"),
    ],
)
def test_lists(parts, chinese, english):
    """A list takes 、 in Chinese, commas and `and` in English."""
    assert (wording.listed(iter(parts), "zh"), wording.listed(iter(parts), "en")) == (chinese, english)
    assert wording.both_listed(parts) == Text(chinese, english)


def test_a_number_is_shown_as_its_neighbour_was_printed():
    """A sum of costs in 万元 is given in 万元, not in 元."""
    assert wording.like(Fraction(3100000), "元", "300万元") == "310 万元"
    assert wording.like(Fraction(250000000), "元", "2亿元") == "2.5 亿元"
    assert wording.like(Fraction(43), "家", "44 家") == "43 家"
    assert wording.like(Fraction(43), "", "44") == "43"
    assert wording.like(Fraction("10.12"), "/10万", "13.44/10万") == "10.12/10万"


@pytest.mark.parametrize(
    ("count", "things", "unit", "step", "shown"),
    [
        (2, 1234, "‰", "0.01", "2 ÷ 1234 = 1.6207‰"),
        (22, 24, "%", "0.1", "22 ÷ 24 = 91.667%"),
        (89360, 95000, "%", "0.00001", "89360 ÷ 95000 = 94.06316%"),
        (376, 400, "%", "0.01", "376 ÷ 400 = 94%"),
        (1, 3, None, "0", "1 ÷ 3 = 0.33333"),
    ],
)
def test_a_division_has_as_many_digits_as_tell_it_apart(count, things, unit, step, shown):
    """Five digits, and more where a rate is printed with more."""
    own = Unit(unit, (), Fraction(1, {"%": 100, "‰": 1000}[unit])) if unit else None
    beside = Fraction(step) * (own.factor if own else 1)

    assert wording.quotient(count, things, own, beside) == shown
