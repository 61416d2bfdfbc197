"""What stands for a density: the values that a plan reports for a year, and the topics of its count and population."""

from networks import facts_of

from planlint.facts import Topic
from planlint.questions.densities import pairs, reported, terms
from planlint.verdicts import Inquiry

HEAD = "planlint: 1\nplan: {id: ex, title: 示例, region: 某县, period: 2021-2025, document: ex.txt}\nfigures:\n"


def facts(*lines):
    """What a plan of some figures states."""
    return facts_of(HEAD + "".join(f"  - {{{line}}}\n" for line in lines))


def test_values_are_grouped_by_year_and_the_more_precise_printing_comes_first():
    """2 人 and 2.0 人 are one value; bounds, targets and parts of a year are none."""
    found = facts(
        "indicator: 每千人口注册护士数, year: 2020, value: 2 人",
        "indicator: 每千人口注册护士数, year: 2020, value: 3 人",
        "indicator: 每千人口注册护士数, year: 2020, value: 2.00 人",
        "indicator: 每千人口注册护士数, year: 2020, value: 2.0 人",
        "indicator: 每千人口注册护士数, year: 2019, value: 2.5 人",
        "indicator: 每千人口注册护士数, year: 2020, value: 4人以上",
        "indicator: 每千人口注册护士数, year: 2020, months: 1-9, value: 5 人",
        "indicator: 每千人口注册护士数, year: 2025, value: 6 人",
    )
    years = reported(list(found.figures))

    assert {year: [[f.amount.text for f in group] for group in groups] for year, groups in years.items()} == {
        2020: [["2.00 人", "2.0 人", "2 人"], ["3 人"]],
        2019: [["2.5 人"]],
    }


def test_a_density_knows_its_count_and_its_population():
    """Only a density whose count is printed for the year makes a pair."""
    found = facts(
        "indicator: 每千人口注册护士数, year: 2020, value: 2.00 人",
        "indicator: 每千人口医疗卫生机构床位数, year: 2020, value: 6.00 张",
        "indicator: 注册护士数, year: 2020, value: 200 人",
        "indicator: 注册护士数, year: 2019, value: 190 人",
    )
    inquiry = Inquiry(found, set())
    topics = terms(inquiry)

    assert [(of.indicator, count.indicator, people.indicator) for of, (count, people) in topics.items()] == [
        ("registered-nurses-density", "registered-nurses", "resident-population"),
        ("beds-density", "beds", "resident-population"),
    ]
    assert [
        (topic, year, [f.amount.text for f in (*pair.value, *pair.count)]) for topic, year, pair in pairs(inquiry)
    ] == [(Topic("resident-population", "", ""), 2020, ["2.00 人", "200 人"])]
