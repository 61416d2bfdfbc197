"""Tests of what questions answer: the mentions that a verdict cites."""

from itertools import permutations

from msgspec.structs import replace

from planlint import cache, plan, tree
from planlint.facts import Lookups, derive
from planlint.verdicts import cite

HEAD = "planlint: 1\nplan: {id: p, title: 甲, region: 甲市, period: 2021-2025, document: p.txt}\n"
YEARS = "".join(f"  - {{indicator: 医院数, year: {year}, value: 5 家}}\n" for year in (2018, 2019, 2020))


def figures():
    """Three figures, one below the other."""
    stated = plan.read(tree.parse(f"{HEAD}figures:\n{YEARS}", "p.yaml")[0], "p.yaml", [])
    return derive(stated, Lookups(cache.load().catalogue), []).figures


def test_figures_are_cited_in_the_order_of_the_file_and_once():
    """However they come; those that come in order already are not sorted again."""
    known = figures()
    expected = tuple(figure.mention for figure in known)

    for given in permutations(known):
        assert cite(given) == cite((*given, given[0])) == expected
    assert (cite(()), cite(known[:1]), cite(known[:1] * 2)) == ((), expected[:1], expected[:1])


def test_figures_at_one_place_are_cited_by_their_ids():
    """What stands at one place is told apart by its id."""
    one = figures()[0]
    other = replace(one, mention=replace(one.mention, id="a"))

    assert [mention.id for mention in cite([one, other])] == ["a", one.id]
    assert cite([one, other]) == cite([other, one])
