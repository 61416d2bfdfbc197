"""A network in words."""

import pytest
from networks import network
from test_network_conflicts import DENSITIES, plan

from planlint.exact import Fraction
from planlint.findings import Text
from planlint.intervals import Interval
from planlint.network.cores import WIDEST, core_of
from planlint.network.propagate import propagate
from planlint.network.words import amount_span, argument, expression, minimal, span, told

BAD = network(plan(*DENSITIES[:3], "indicator: 每千人口注册护士数, year: 2020, value: 3.50 人"))
CORE = core_of(BAD, propagate(BAD, WIDEST))


def test_a_core_is_told_in_one_sentence():
    """The two sides meet in what nobody prints, and every member is needed."""
    assert told(BAD, CORE).zh == (
        "常住人口 = 6000 张 ÷ 6.00 张 → [99.92, 100.08] 万人；常住人口 = 3241 人 ÷ 3.50 人 → [92.47, 92.73] 万人："
        "这 4 个数不能都对，去掉任何一个就不矛盾"
    )
    assert [step.en for step in argument(BAD, CORE)] == [
        "Resident population = 6000 张 ÷ 6.00 张 → [99.92, 100.08] × 10,000 人",
        "Resident population = 3241 人 ÷ 3.50 人 → [92.47, 92.73] × 10,000 人",
        "“Resident population” has one value, and these ranges share none",
    ]
    assert minimal(CORE).en == "these 4 figures cannot all be true, and without any one of them the rest can"


def test_a_constraint_is_solved_for_any_of_its_variables():
    """As one would write it by hand."""
    said = {0: "比率", 1: "床位", 4: "人口"}

    assert [expression(BAD.constraints[0], target, lambda n: Text(said[n], said[n])).zh for target in (0, 1, 4)] == [
        "床位 ÷ 人口",
        "比率 × 人口",
        "床位 ÷ 比率",
    ]


@pytest.mark.parametrize(
    ("low", "high", "shown"),
    [(999168, 1000834, "[99.92, 100.08] 万人"), ("10.2", "12.7", "[11, 12] 人"), (12, 12, "12 人")],
)
def test_intervals_of_people(low, high, shown):
    """Whole people, many of them in 万."""
    assert span(Interval(Fraction(low), Fraction(high)), BAD.variables[4]).zh == shown


@pytest.mark.parametrize(
    ("low", "high", "shown"),
    [(None, 5, "不超过 5 张"), (5, None, "不低于 5 张"), (5, 6, "[5, 6] 张"), (None, None, "")],
)
def test_intervals_of_printed_numbers(low, high, shown):
    """In the unit that is printed; an end that is infinite is left out."""
    ends = (None if end is None else Fraction(end) for end in (low, high))

    assert amount_span(Interval(*ends), BAD.observations[0].printings[0]).zh == shown
