"""Interval arithmetic: exact ends, open and closed, checked by hand, by laws and by brute force."""

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from planlint.exact import Fraction
from planlint.intervals import EmptyInterval, Interval, largest_agreement, point, total


def iv(text):
    """Return the interval that a text such as `[1, 3/2)` or `(-oo, 2]` writes."""
    low, _, high = text[1:-1].partition(",")
    low, high = low.strip(), high.strip()
    return Interval(
        None if low == "-oo" else Fraction(low),
        None if high == "oo" else Fraction(high),
        low != "-oo" and text[0] == "(",
        high != "oo" and text[-1] == ")",
    )


FRACTIONS = st.fractions(min_value=-4, max_value=4, max_denominator=4)


@st.composite
def intervals(draw):
    """Draw an interval with small rational ends, open, closed or infinite."""
    low, high = sorted((draw(FRACTIONS), draw(FRACTIONS)))
    if low == high:
        low_open = high_open = False
    else:
        low_open, high_open = draw(st.booleans()), draw(st.booleans())
    if draw(st.integers(0, 5)) == 0:
        low, low_open = None, False
    if draw(st.integers(0, 5)) == 0:
        high, high_open = None, False
    return Interval(low, high, low_open, high_open)


@st.composite
def with_members(draw, count=1):
    """Draw an interval and numbers in it, its closed ends among them."""
    interval = draw(intervals())
    low = interval.low if interval.low is not None else (interval.high or Fraction(0)) - 3
    high = interval.high if interval.high is not None else low + 3
    if interval.low is None and interval.high is not None:
        low = interval.high - 3
    candidates = [low + (high - low) * Fraction(step, 8) for step in range(9)]
    members = [c for c in candidates if c in interval]
    return interval, [draw(st.sampled_from(members)) for _ in range(count)]


@pytest.mark.parametrize(
    ("text", "inside", "outside"),
    [
        ("[1, 2]", ["1", "3/2", "2"], ["999/1000", "2001/1000"]),
        ("(1, 2)", ["1001/1000", "1999/1000"], ["1", "2"]),
        ("[1, 2)", ["1"], ["2"]),
        ("(1, 2]", ["2"], ["1"]),
        ("(-oo, 2)", ["-1000000000000", "1"], ["2"]),
        ("[1, oo)", ["1", "1000000000000"], ["0"]),
        ("(-oo, oo)", ["0", "-1000000000000"], []),
        ("[3, 3]", ["3"], ["301/100"]),
    ],
)
def test_an_open_end_is_outside_and_a_closed_one_inside(text, inside, outside):
    """A number lies in an interval between its ends; an end itself only where it is closed."""
    assert [n for n in inside if Fraction(n) not in iv(text)] == []
    assert [n for n in outside if Fraction(n) in iv(text)] == []


@pytest.mark.parametrize("ends", [(2, 1, False, False), (1, 1, True, False), (1, 1, False, True), (1, 1, True, True)])
def test_an_interval_without_a_number_is_refused(ends):
    """Ends upside down, or equal and open, leave no number."""
    low, high, low_open, high_open = ends
    with pytest.raises(EmptyInterval, match=f"^no number lies between {low} and {high}$"):
        Interval(Fraction(low), Fraction(high), low_open, high_open)


def test_point_holds_one_number():
    """A point is closed at both ends and holds nothing else."""
    assert point(3) == Interval(Fraction(3), Fraction(3), False, False)
    assert point(Fraction(1, 3)) == iv("[1/3, 1/3]")


@pytest.mark.parametrize(
    ("left", "right", "result"),
    [
        ("[1, 2]", "[10, 20]", "[11, 22]"),
        ("[1, 2)", "[10, 20]", "[11, 22)"),
        ("(1, 2]", "[10, 20)", "(11, 22)"),
        ("[-1, 1]", "[0, 0]", "[-1, 1]"),
        ("(-oo, 2]", "[1, 3)", "(-oo, 5)"),
        ("(-oo, 2]", "(1, 3]", "(-oo, 5]"),
        ("[1, oo)", "[1, 3)", "[2, oo)"),
        ("[1, oo)", "(-oo, 1]", "(-oo, oo)"),
        ("[1/3, 1/3]", "[1/6, 1/6]", "[1/2, 1/2]"),
    ],
)
def test_addition(left, right, result):
    """An end of a sum is closed only where both ends are; an infinite end stays infinite."""
    assert iv(left) + iv(right) == iv(result)


@pytest.mark.parametrize(
    ("left", "right", "result"),
    [
        ("[5, 7]", "[1, 2]", "[3, 6]"),
        ("[5, 7)", "[1, 2]", "[3, 6)"),
        ("[5, 7]", "[1, 2)", "(3, 6]"),
        ("[5, 7]", "(1, 2]", "[3, 6)"),
        ("[5, 7]", "[1, oo)", "(-oo, 6]"),
        ("[5, oo)", "[1, oo)", "(-oo, oo)"),
        ("[1, 1]", "[1, 1]", "[0, 0]"),
    ],
)
def test_subtraction(left, right, result):
    """The smallest difference takes the largest subtrahend, with its openness."""
    assert iv(left) - iv(right) == iv(result)


def test_two_truncated_figures_and_their_sum():
    """10 and 3, cut off, are [10, 11) and [3, 4): 13 and 14.9 may be their sum, 15 may not."""
    sum_ = iv("[10, 11)") + iv("[3, 4)")
    assert sum_ == iv("[13, 15)")
    assert [Fraction(n) in sum_ for n in ("12.9", "13", "14.9", "15")] == [False, True, True, False]


def test_two_truncated_figures_and_their_difference():
    """10 and 3, cut off, differ by more than 6 and less than 8."""
    difference = iv("[10, 11)") - iv("[3, 4)")
    assert difference == iv("(6, 8)")
    assert [Fraction(n) in difference for n in (6, 7, 8)] == [False, True, False]


@pytest.mark.parametrize(
    ("text", "factor", "result"),
    [
        ("[1, 2)", 3, "[3, 6)"),
        ("[1, 2)", -3, "(-6, -3]"),
        ("(1, 2]", -1, "[-2, -1)"),
        ("[1, oo)", -2, "(-oo, -2]"),
        ("(-oo, 5)", -1, "(-5, oo)"),
        ("(1, 2)", 0, "[0, 0]"),
        ("(-oo, oo)", 0, "[0, 0]"),
        ("[1, 2]", Fraction(1, 3), "[1/3, 2/3]"),
    ],
)
def test_scaling(text, factor, result):
    """A negative weight swaps the ends and their openness; zero leaves zero."""
    assert iv(text).times(factor) == iv(result)


def test_negation_swaps_the_ends_and_their_openness():
    """The mirror image of a half-open interval is open at the other side."""
    assert -iv("[1, 2)") == iv("(-2, -1]")
    assert -iv("(-oo, 2)") == iv("(-2, oo)")


@pytest.mark.parametrize(
    ("left", "right", "result"),
    [
        ("[2, 3]", "[4, 5]", "[8, 15]"),
        ("[2, 3)", "[4, 5]", "[8, 15)"),
        ("(2, 3]", "[4, 5)", "(8, 15)"),
        ("[-3, -2]", "[4, 5]", "[-15, -8]"),
        ("[-3, -2)", "[4, 5]", "[-15, -8)"),
        ("[-3, 2]", "[-5, 4]", "[-12, 15]"),
        ("(-3, 2)", "[-5, 4]", "(-12, 15)"),
        ("[0, 2]", "[3, 4]", "[0, 8]"),
        ("(0, 2]", "[3, 4]", "(0, 8]"),
        ("(0, 2]", "[0, 4)", "[0, 8)"),
        ("[0, 0]", "(-oo, oo)", "[0, 0]"),
        ("[0, 1]", "[1, oo)", "[0, oo)"),
        ("(0, 1]", "[1, oo)", "(0, oo)"),
        ("[2, oo)", "[3, oo)", "[6, oo)"),
        ("[2, oo)", "(-oo, -3]", "(-oo, -6]"),
        ("[-1, oo)", "[1, 2]", "[-2, oo)"),
        ("(-oo, -1]", "(-oo, -1)", "(1, oo)"),
        ("(-oo, oo)", "[1, 2]", "(-oo, oo)"),
        ("[-2, 2]", "(-1, 1)", "(-2, 2)"),
        ("[-2, 2)", "(-1, 1]", "[-2, 2)"),
    ],
)
def test_multiplication(left, right, result):
    """A product covers all signs; a zero is reached where either zero is, whatever stands against it."""
    assert iv(left) * iv(right) == iv(result)
    assert iv(right) * iv(left) == iv(result)


@pytest.mark.parametrize(
    ("left", "right", "result"),
    [
        ("[8, 15]", "[4, 5]", "[8/5, 15/4]"),
        ("[8, 15)", "[4, 5]", "[8/5, 15/4)"),
        ("[8, 15]", "(4, 5]", "[8/5, 15/4)"),
        ("[8, 15]", "[4, 5)", "(8/5, 15/4]"),
        ("[8, 15]", "[-5, -4)", "(-15/4, -8/5]"),
        ("[-6, 6]", "[2, 3]", "[-3, 3]"),
        ("[0, 6]", "[2, 3)", "[0, 3]"),
        ("(0, 6]", "[2, 3]", "(0, 3]"),
        ("[6, 6]", "[2, oo)", "(0, 3]"),
        ("[6, oo)", "[2, 3]", "[2, oo)"),
        ("[6, 12]", "(-oo, -2]", "[-6, 0)"),
        ("[0, 6]", "[2, oo)", "[0, 3]"),
    ],
)
def test_division(left, right, result):
    """A quotient by an endless interval comes as near to zero as one likes, and never reaches it."""
    assert iv(left) / iv(right) == iv(result)


@pytest.mark.parametrize("divisor", ["[0, 0]", "[-1, 1]", "[0, 1]", "[-1, 0]", "(-1, 1)", "(-oo, oo)", "(0, 1]"])
def test_division_by_what_may_be_zero_is_refused(divisor):
    """There is no quotient where the divisor is zero or comes as near to it as one likes."""
    with pytest.raises(ZeroDivisionError, match=r"^the divisor may be zero$"):
        iv("[1, 2]") / iv(divisor)


@pytest.mark.parametrize(
    ("left", "right", "below", "common"),
    [
        ("[1, 2]", "[3, 4]", True, None),
        ("[1, 2]", "[2, 3]", False, "[2, 2]"),
        ("[1, 2)", "[2, 3]", True, None),
        ("[1, 2]", "(2, 3]", True, None),
        ("[1, 2)", "(2, 3]", True, None),
        ("[1, 3]", "[2, 4]", False, "[2, 3]"),
        ("[1, 3)", "(2, 4]", False, "(2, 3)"),
        ("[1, 3]", "(1, 3)", False, "(1, 3)"),
        ("(1, 3]", "[1, 3)", False, "(1, 3)"),
        ("(-oo, 3)", "[1, oo)", False, "[1, 3)"),
        ("(-oo, oo)", "(1, 2]", False, "(1, 2]"),
        ("(-oo, 1)", "[1, oo)", True, None),
    ],
)
def test_order_and_intersection(left, right, below, common):
    """Touching intervals meet only where both ends are closed; an open end beats a closed one at the same number."""
    a, b = iv(left), iv(right)
    assert (a.below(b), b.below(a)) == (below, False)
    expected = iv(common) if common else None
    assert (a.intersect(b), b.intersect(a)) == (expected, expected)
    assert (a.meets(b), b.meets(a)) == (common is not None, common is not None)


@pytest.mark.parametrize(
    ("left", "right", "result"),
    [
        ("[1, 2]", "[3, 4]", "[1, 4]"),
        ("(1, 2]", "[1, 4)", "[1, 4)"),
        ("(1, 2)", "(1, 2)", "(1, 2)"),
        ("[1, 4]", "(1, 4)", "[1, 4]"),
        ("(-oo, 2]", "(1, 4)", "(-oo, 4)"),
        ("(1, 2]", "[5, oo)", "(1, oo)"),
        ("[3, 4]", "[1, 2)", "[1, 4]"),
    ],
)
def test_hull(left, right, result):
    """The hull reaches from the lower low end to the higher high end; a closed end beats an open one there."""
    assert (iv(left).hull(iv(right)), iv(right).hull(iv(left))) == (iv(result), iv(result))


def test_total_of_nothing_is_zero():
    """The empty sum is zero, and a sum of three adds all three."""
    assert total([]) == point(0)
    assert total([iv("[1, 2)"), iv("[10, 20]"), iv("(-3, -2]")]) == iv("(8, 20)")


@settings(deadline=None)
@given(with_members(), with_members())
def test_results_hold_what_the_members_give(left, right):
    """Sum, difference, product, quotient and hull hold the result for every pair of members."""
    (a, (x,)), (b, (y,)) = left, right
    assert x + y in a + b
    assert x - y in a - b
    assert x * y in a * b
    assert -x in -a
    assert x in a.hull(b)
    try:
        quotient = a / b
    except ZeroDivisionError:
        # Refused only where the divisor reaches or borders zero.
        assert b.low is None or b.low <= 0
        assert b.high is None or b.high >= 0
    else:
        assert x / y in quotient


@settings(deadline=None)
@given(intervals(), intervals(), FRACTIONS)
def test_results_hold_nothing_else(a, b, number):
    """A number is in a sum or difference only where a member of one side leaves a member of the other."""
    assert (number in a + b) == a.meets(point(number) - b)
    assert (number in a - b) == a.meets(point(number) + b)


@settings(deadline=None)
@given(intervals(), intervals(), FRACTIONS)
def test_products_hold_nothing_else(a, b, number):
    """A number is in a product only where it is a member of one side times a member of the other."""
    strictly_signed = (b.low is not None and b.low > 0) or (b.high is not None and b.high < 0)
    if strictly_signed:
        assert (number in a * b) == a.meets(point(number) / b)


@settings(deadline=None)
@given(intervals(), intervals(), FRACTIONS)
def test_intersection_is_the_intersection_of_sets(a, b, number):
    """A number is in the intersection exactly where it is in both."""
    common = a.intersect(b)
    assert (number in a and number in b) == (common is not None and number in common)


@settings(deadline=None)
@given(intervals(), intervals(), intervals(), FRACTIONS)
def test_algebra(a, b, c, factor):
    """Addition and multiplication do not mind order or grouping, and scaling can be undone."""
    assert a + b == b + a
    assert (a + b) + c == a + (b + c)
    assert a * b == b * a
    assert (a * b) * c == a * (b * c)
    mirrored = -a
    assert -mirrored == a
    assert a * point(factor) == a.times(factor)
    if factor:
        assert a.times(factor).times(1 / factor) == a


@settings(deadline=None)
@given(intervals(), intervals())
def test_short_cuts_lead_where_the_long_way_does(a, b):
    """What is positive, and a difference, is worked out at once: the same with the signs turned round."""
    assert a * b == -(-a * b)
    assert a - b == a + -b
    assert point(1) * a == a
    try:
        quotient = a / b
    except ZeroDivisionError:
        return
    assert quotient == -(-a / b)


@settings(deadline=None)
@given(intervals(), intervals())
def test_hull_is_the_smallest_interval_that_holds_both(a, b):
    """Cutting the hull back to either operand changes nothing, and each of its ends belongs to one of them."""
    hull = a.hull(b)
    assert (hull.intersect(a), hull.intersect(b)) == (a, b)
    assert (hull.low, hull.low_open) in {(a.low, a.low_open), (b.low, b.low_open)}
    assert (hull.high, hull.high_open) in {(a.high, a.high_open), (b.high, b.high_open)}


@pytest.mark.parametrize(
    ("texts", "sets"),
    [
        ([], []),
        (["[1, 2]"], [{0}]),
        (["[1, 2]", "[3, 4]"], [{0}, {1}]),
        (["[1, 2]", "[2, 3]"], [{0, 1}]),
        (["[1, 2)", "[2, 3]"], [{0}, {1}]),
        (["[1, 5]", "[2, 3]", "[4, 6]"], [{0, 1}, {0, 2}]),
        (["[1, 5]", "[2, 4)", "[3, 6]", "[4, 7]"], [{0, 1, 2}, {0, 2, 3}]),
        (["(-oo, 1]", "(-oo, 2]", "[2, oo)"], [{0, 1}, {1, 2}]),
        (["(1, 2]", "[1, 1]", "[1, 2]"], [{0, 2}, {1, 2}]),
        (["[1, 2]", "[1, 2]", "[1, 2]"], [{0, 1, 2}]),
    ],
)
def test_largest_agreement_by_hand(texts, sets):
    """The largest sets of intervals with a common number are found, all of them, each once."""
    found = largest_agreement([iv(text) for text in texts])
    assert sorted(map(sorted, found)) == sorted(map(sorted, sets))


@settings(deadline=None)
@given(st.lists(intervals(), max_size=7))
def test_largest_agreement_against_brute_force(given_):
    """Looking at every end, between all ends and beyond them gives the same largest sets."""
    ends = sorted({end for i in given_ for end in (i.low, i.high) if end is not None}) or [Fraction(0)]
    probes = [ends[0] - 1, *ends, *((a + b) / 2 for a, b in pairwise(ends)), ends[-1] + 1]
    seen = {frozenset(n for n, i in enumerate(given_) if probe in i) for probe in probes} - {frozenset()}
    size = max(map(len, seen), default=0)
    found = largest_agreement(given_)
    assert set(found) == {members for members in seen if len(members) == size}
    assert len(found) == len(set(found))


@pytest.mark.parametrize(
    ("first", "second", "expected"),
    [
        ((2.5, 3.5), (3.5, 4.5), True),
        ((3.5, 4.5), (2.5, 3.5), True),
        ((2.5, 3.5), (3.4, 4.5), False),
        ((2.5, 3.5), (3.6, 4.5), False),
        ((3.5, 3.5), (3.5, 4.5), False),
    ],
)
def test_intervals_that_only_touch(first, second, expected):
    """They share the number where one ends and the other begins, and nothing else; a single number lies or not."""
    one, other = (Interval(Fraction(str(low)), Fraction(str(high))) for low, high in (first, second))

    assert one.only_touches(other) is expected
