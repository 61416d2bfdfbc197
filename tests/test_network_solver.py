"""Smallest sets by the optional solver."""

import pytest
from networks import network
from test_network_conflicts import DENSITIES, plan

from planlint.network import solver
from planlint.network.cores import Trials, parts
from planlint.network.repairs import hitting_sets, releases


def targets(seed, many=12):
    """Sets that hang together, made from a number."""
    return [frozenset({(n * seed) % 19, (n * 7 + seed) % 19, (n * n + 3) % 19}) for n in range(many)]


@pytest.mark.parametrize("seed", range(1, 9))
def test_the_solver_finds_what_a_search_finds(seed):
    """A set as small as that of the exhaustive search, with a member in every target."""
    pytest.importorskip("z3")
    found = solver.smallest(targets(seed))

    assert len(found) == len(next(hitting_sets(targets(seed))))
    assert all(found & target for target in targets(seed))


MANY = [f"sum: 医院, whole: 40 家, parts: [{n} 家, 20 家]" for n in range(21, 36)]
TEXT = plan(
    DENSITIES[0],
    "id: a, indicator: 民营医院数, year: 2020, value: 40 家, trusted: true",
    claims=[claim.replace("40 家", "a") for claim in MANY],
)


def test_what_the_solver_says_is_tried_in_the_network():
    """More corrections than a search is asked for, each verified by releasing what was found."""
    pytest.importorskip("z3")
    found = network(TEXT)
    whole = {o.variable for o in found.observations}
    for part in parts(found):
        trials = Trials(found, part)
        released = releases(trials, 1)

        assert released is not None
        assert released.unsolved == frozenset()
        assert all(trials.state(one).conflict is None for one in released.sets)
    assert whole


def test_without_a_solver_it_is_said_how_to_get_one(monkeypatch):
    """None, and a sentence that names the extra."""
    monkeypatch.setattr(solver, "is_installed", lambda: False)

    assert solver.smallest([frozenset({1})]) is None
    assert "pip install 'planlint[solver]'" in solver.MISSING.zh
    assert "pip install 'planlint[solver]'" in solver.MISSING.en
