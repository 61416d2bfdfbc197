"""Which numbers of things suit every rate of them, from the ends that are known."""

import time

from planlint.exact import Fraction
from planlint.network.ends import Bound
from planlint.network.granularity import Rate, denominator, rates_of, things
from planlint.network.variables import Constraint, Shape, Term

ONE, BACK = Fraction(1), Fraction(-1)
BOTH = Constraint(0, Shape.RATES, "rates", (Term(0, ONE), Term(1, ONE), Term(2, BACK), Term(3, ONE)), Fraction(0))


def known(*pairs):
    """Lows and highs of variables."""
    lows, highs = [], []
    for number, pair in enumerate(pairs):
        low, high = pair or (None, None)
        lows.append(None if low is None else Bound(number, False, Fraction(low), False))
        highs.append(None if high is None else Bound(number, True, Fraction(high), False))
    return lows, highs


def suiting(*pairs, **more):
    """The numbers of things that suit, and the variables whose ends say so."""
    found = denominator(BOTH, *known(*pairs), **more)
    return None if found is None else (found.ranges, [bound.variable for bound in found.because])


MANAGED, VISITED, UNKNOWN = ("0.93995", "0.94005"), ("0.94055", "0.94065"), (0, 1)


def test_rates_with_and_without_numerators():
    """A numerator belongs to the rate before it."""
    assert rates_of(BOTH) == [Rate(1, 2), Rate(3, None)]


def test_numbers_that_suit_all_rates():
    """400 suits the one, 404 the other, none both; a rate left out narrows nothing."""
    assert suiting((393, 408), MANAGED, None, UNKNOWN) == ([(400, 400)], [1, 1])
    assert suiting((393, 408), UNKNOWN, None, VISITED) == ([(404, 404)], [3, 3])
    assert suiting((393, 408), MANAGED, None, VISITED) == ([], [1, 1, 3, 3])
    assert suiting((393, 408), MANAGED, None, VISITED, without={1}) == ([(404, 404)], [3, 3])
    assert suiting((1, 9000), MANAGED, None, UNKNOWN, among=(393, 408)) == ([(400, 400)], [1, 1])


def test_a_numerator_that_is_known_counts():
    """With at most 380 of them there were fewer than 417; with 376 of them the quotient has no gaps."""
    assert suiting((380, 420), MANAGED, None, UNKNOWN) == ([(400, 400), (417, 417)], [1, 1])
    assert suiting((380, 420), MANAGED, (0, 380), UNKNOWN) == ([(400, 400)], [1, 1, 2, 2])
    assert suiting((380, 420), MANAGED, (376, 376), UNKNOWN) is None


def test_what_leaves_every_number():
    """Ends that are not known, no things at all, so many that any rate is possible, none or all of them."""
    assert suiting((393, None), MANAGED, None, UNKNOWN) is None
    assert suiting((0, 0), MANAGED, None, UNKNOWN) is None
    assert suiting((10_000, 20_000), MANAGED, None, VISITED) is None
    assert suiting((393, 408), (0, "0.0005"), None, ("0.9995", 1)) is None
    assert things(BOTH, *known((0, 7), None, None, None)) == (1, 7)


def test_a_million_numbers_are_not_tried_one_by_one():
    """From 10000 births on any number suits 94.00 %; what is below is looked up by numerators."""
    before = time.perf_counter()
    found = suiting((7000, 1_000_000), MANAGED, None, ("0.0023455", "0.0023465"))

    assert found is not None
    assert found[0][-1][1] == 1_000_000
    assert time.perf_counter() - before < 1
