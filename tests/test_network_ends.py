"""Ends of intervals, with the argument for each."""

import pytest

from planlint.exact import Fraction
from planlint.network.ends import Bound, empty, explained, says_more, to_whole


def end(value, *, upper=False, is_open=False, **more):
    """An end of variable 0."""
    return Bound(0, upper, Fraction(value), is_open, **more)


@pytest.mark.parametrize(
    ("bound", "known", "expected"),
    [
        (end(2), end(1), True),
        (end(1), end(2), False),
        (end(1), end(1), False),
        (end(1, is_open=True), end(1), True),
        (end(1, upper=True), end(2, upper=True), True),
        (end(2, upper=True), end(1, upper=True), False),
    ],
)
def test_what_says_more(bound, known, expected):
    """A higher low end, a lower high one, and an open end where the other is closed."""
    found = says_more(known, bound.upper, bound.value.numerator, bound.value.denominator, bound.open)

    assert found is expected


@pytest.mark.parametrize(
    ("bound", "value"),
    [
        (end("3/2"), 2),
        (end(2), 2),
        (end(2, is_open=True), 3),
        (end("3/2", upper=True), 1),
        (end(2, upper=True, is_open=True), 1),
    ],
)
def test_ends_move_inwards_to_whole_numbers(bound, value):
    """What is counted takes whole numbers, and these are reached."""
    found = to_whole(bound)

    assert (found.value, found.open) == (value, False)


@pytest.mark.parametrize(
    ("low", "high", "expected"),
    [
        (end(1), end(2, upper=True), False),
        (end(2), end(2, upper=True), False),
        (end(2, is_open=True), end(2, upper=True), True),
        (end(3), end(2, upper=True), True),
        (None, end(2, upper=True), False),
    ],
)
def test_nothing_between(low, high, expected):
    """Ends that cross, or touch where one is open."""
    assert empty(low, high) is expected


def test_an_argument_rests_on_what_it_was_made_from():
    """Observations and constraints, down to what is printed."""
    printed = [end(1, observation=number) for number in (4, 7)]
    made = end(1, constraint=2, parents=(printed[0], end(0, constraint=3, parents=(printed[1],))))

    assert explained(made) == (frozenset({4, 7}), frozenset({2, 3}))
