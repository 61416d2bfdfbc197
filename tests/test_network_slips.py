"""How people slip: what may have been meant, and what stands beside."""

import pytest
from networks import facts_of
from told import HEAD

from planlint.exact import Fraction
from planlint.findings import Text
from planlint.network.slips import Neighbours, Slip, likeliest, meant


@pytest.mark.parametrize(
    ("printed", "behind", "wanted", "kind", "weight"),
    [
        ("10.51", "", "10.15", "swapped", "14/3"),
        ("10.16", "", "10.15", "changed", "11/18"),
        ("10.5", "", "10.15", "dropped", "3/10"),
        ("10.115", "", "10.15", "doubled", "20"),
        ("101.5", "", "10.15", "point", "4"),
        ("1.015", "", "10.15", "point", "4"),
        ("8", "", "80", "dropped", "3/5"),
        ("80", "", "8", "point", "4"),
        ("80", "", "80.3", "dropped", "2/5"),
        ("03", "", "8.03", "dropped", "2/5"),
        ("162600", "", "16.26", "wan", "5/2"),
    ],
)
def test_one_slip_explains_it(printed, behind, wanted, kind, weight):
    """Swapped, mistyped, dropped and doubled digits, a point out of place, a 万 that was not taken out."""
    found = {one.digits: one.slip for one in meant(printed, behind)}[wanted]

    assert (found.kind, found.weight) == (kind, Fraction(weight))


@pytest.mark.parametrize(
    ("behind", "units"),
    [
        (" 万人", {("万", ""), ("万", "亿")}),
        ("%", {("%", "‰")}),
        (" 人", {("", "万")}),
        ("/10万", set()),
        ("", set()),
    ],
)
def test_units_may_be_lost_or_taken_for_others(behind, units):
    """万 and 亿, % and ‰; the 万 of a rate is part of its unit."""
    assert {(one.old, one.new) for one in meant("16.26", behind) if one.old or one.new} == units


@pytest.mark.parametrize(("printed", "other"), [("10.15", "10.15"), ("10.15", "99.99"), ("12", "012")])
def test_what_no_slip_explains(printed, other):
    """The same digits, two slips at once, zeros that nobody prints."""
    assert other not in {one.digits for one in meant(printed) if not one.new}


def test_the_likeliest_comes_first():
    """Few ways to make a slip make each of them likelier."""
    weights = [one.slip.weight for one in meant("4.04")]

    assert weights == sorted(weights, reverse=True)
    assert meant("") == []


def test_the_only_likely_one():
    """One slip must be clearly likelier than the next, and more than what chance would show among so many numbers."""
    said = Text("", "")
    likely, other, chance = Slip("a", said, Fraction(4)), Slip("b", said, Fraction(3)), Fraction(1, 100)

    assert likeliest([]) is None
    assert likeliest([likely]) is likely
    assert likeliest([likely, other]) is None
    assert likeliest([Slip("c", said, Fraction(4), chance)], 2) == Slip("c", said, Fraction(4), chance)
    assert likeliest([Slip("c", said, Fraction(4), chance)], 3) is None


TABLE = """\
tables:
  - id: 表1
    columns: {2020: baseline, 2025: target}
    rows:
      - {indicator: 孕产妇系统管理率, unit: "%", 2020: 92.5, 2025: ≥95}
      - {indicator: 产前筛查率, unit: "%", 2020: 92.5, 2025: ≥92.5}
"""


def test_cells_beside_one_another():
    """The same number in the row above and in the next column; one digit alone would say nothing."""
    facts = facts_of(HEAD + TABLE)
    figure = next(f for f in facts.figures if f.indicator.name.zh == "产前筛查率" and f.year == 2020)

    assert [(slip.kind, slip.text.zh, cell.year) for slip, cell in Neighbours(facts).slips(figure)] == [
        ("row", "与邻行“孕产妇系统管理率”的值相同", 2020),
        ("column", "与邻列（2025年）的值相同", 2025),
    ]
