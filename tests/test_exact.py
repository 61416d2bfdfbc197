"""Exact numbers: every result is the standard library's, to the digit and to the type of the error."""

import fractions
import operator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planlint.exact import Fraction

WHOLE = st.integers(-(10**12), 10**12)
NUMBERS = st.builds(fractions.Fraction, WHOLE, st.integers(1, 10**9))
OTHERS = NUMBERS | WHOLE | st.booleans() | st.floats(allow_nan=False, allow_infinity=False)
OPERATIONS = [operator.add, operator.sub, operator.mul, operator.truediv]
COMPARISONS = [operator.eq, operator.ne, operator.lt, operator.le, operator.gt, operator.ge]


def result(operation, *operands):
    """What an operation gives: a number or the kind of its error."""
    try:
        return operation(*operands)
    except ArithmeticError as problem:
        return type(problem)


@pytest.mark.parametrize("operation", [*OPERATIONS, *COMPARISONS])
@given(NUMBERS, OTHERS)
def test_arithmetic_is_the_library_s(operation, a, b):
    """Ours with anything, and anything with ours, gives what the library gives."""
    ours, other = Fraction(a), Fraction(b) if isinstance(b, fractions.Fraction) else b

    assert result(operation, ours, other) == result(operation, a, b)
    assert result(operation, other, ours) == result(operation, b, a)
    assert result(operation, ours, b) == result(operation, a, b)


@given(NUMBERS)
def test_one_number_alone(a):
    """Sign, size, truth, hash, parts and text."""
    ours = Fraction(a)

    for operation in (operator.neg, abs, bool, hash, str, round, int):
        assert operation(ours) == operation(a)
    assert (ours.numerator, ours.denominator) == (a.numerator, a.denominator)
    assert ours**2 == a**2


@given(WHOLE, st.integers(1, 10**4))
def test_hashes_are_the_library_s(above, below):
    """Small divisors keep their inverses, whole numbers need none; -1 hashes as everywhere."""
    for number in (fractions.Fraction(above, below), fractions.Fraction(-1), fractions.Fraction(above)):
        assert hash(Fraction(number)) == hash(number)


@given(WHOLE, st.integers(-(10**6), 10**6))
def test_made_of_two_whole_numbers(above, below):
    """Lowest terms, a positive divisor, and none of zero."""
    assert result(Fraction, above, below) == result(fractions.Fraction, above, below)


@given(NUMBERS, NUMBERS)
def test_results_stay_ours(a, b):
    """A result is of the same type, so that the next operation is quick, too."""
    x, y = Fraction(a), Fraction(b)

    assert {type(x + y), type(x - y), type(x * y), type(-x), type(abs(x)), type(x + 1), type(2 * x)} == {Fraction}
    assert y == 0 or type(x / y) is Fraction


def test_texts_are_read_as_before():
    """From text, exactly; what is none is refused."""
    assert Fraction("10.15") == fractions.Fraction(203, 20)
    with pytest.raises(ValueError, match="Invalid literal"):
        Fraction("x")
    with pytest.raises(ZeroDivisionError):
        Fraction(1, 0)
