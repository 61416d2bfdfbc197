"""Smallest sets of figures whose release ends every contradiction."""

import pytest
from networks import network
from test_network_conflicts import DENSITIES, SUMS, WHOLE, plan

from planlint.network.cores import Trials, parts
from planlint.network.repairs import MOST_FIGURES, Releases, TooMany, apart, hitting_sets, releases


def sets(*members):
    """Sets of numbers."""
    return [frozenset(one) for one in members]


def released(text, **more):
    """What must be released in the only part of a plan."""
    found = network(text)
    (part,) = parts(found)
    return found, releases(Trials(found, part), **more)


@pytest.mark.parametrize(
    ("targets", "expected"),
    [
        ([{1, 2}, {2, 3}, {4}], [{2, 4}]),
        ([{1, 2}, {3, 4}], [{1, 3}, {1, 4}, {2, 3}, {2, 4}]),
        ([{1}, {1, 2}], [{1}]),
        ([set()], []),
    ],
)
def test_hitting_sets_are_the_smallest(targets, expected):
    """Each has a member in every target, and no smaller set has."""
    assert list(hitting_sets(sets(*targets))) == sets(*expected)


def test_a_search_is_bounded():
    """Nothing is looked for that takes more members than allowed, nor for ever."""
    many = sets(*({3 * n, 3 * n + 1, 3 * n + 2} for n in range(MOST_FIGURES + 1)))
    tangled = sets(*({n, (n * 7 + 3) % 61, (n * 11 + 5) % 61} for n in range(61)))

    assert list(hitting_sets(many)) == []
    with pytest.raises(TooMany):
        list(hitting_sets(tangled, 60))


def test_targets_apart():
    """Targets that share a member, if by way of others, belong together."""
    assert apart(sets({1, 2}, {5}, {2, 3}, {3, 4})) == [sets({5}), sets({1, 2}, {2, 3}, {3, 4})]


def test_what_agrees_needs_no_release():
    """None where there is no contradiction."""
    assert released(plan(*DENSITIES[:4]))[1] is None


def test_one_of_four():
    """Two counts and two densities: each alone would do."""
    _, found = released(plan(*DENSITIES[:3], "indicator: 每千人口注册护士数, year: 2020, value: 3.50 人"))

    assert isinstance(found, Releases)
    assert (found.sets, found.capped, found.unsolved) == (tuple(sets({0}, {1}, {2}, {3})), False, frozenset())


def test_two_of_five():
    """A whole of 40 with parts that make 44 and 45: eight pairs, and no single figure."""
    network_, found = released(plan(WHOLE, claims=SUMS))

    assert {len(one) for one in found.sets} == {2}
    assert len(found.sets) == 8
    assert len(network_.observations) == 5


def test_who_asks_for_one_does_not_get_two():
    """A contradiction that needs more corrections than asked for is left unsolved, its figures named."""
    network_, found = released(plan(WHOLE, claims=SUMS), most=1, solves=False)

    assert found.unsolved == frozenset(range(len(network_.observations)))
