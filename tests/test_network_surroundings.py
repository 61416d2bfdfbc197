"""What stands around the number at a place, looked up for that place alone."""

from pathlib import Path

import pytest
from networks import facts_of

from planlint.claim_sights import loose_claim_sights
from planlint.figure_sights import loose_figure_sights
from planlint.network.surroundings import Surroundings

PLANS = sorted((Path(__file__).parents[1] / "plans").glob("*.yaml"))


@pytest.mark.parametrize("path", PLANS, ids=lambda path: path.stem)
def test_it_is_what_the_whole_plan_leaves(path):
    """One place at a time leads to what all of them do at once."""
    facts = facts_of(path.read_text(encoding="utf-8"))
    whole = {}
    for printed, sight in (*loose_figure_sights(facts), *loose_claim_sights(facts)):
        whole.setdefault(printed.place, []).append(sight)
    found = Surroundings(facts)
    places = [figure.statement.place for figure in facts.figures]

    assert {place: found.at(place) for place in (*whole, *places) if found.at(place)} == whole
