"""What a plan states, sorted once for all questions that look for the same sort of thing."""

from networks import facts_of

from planlint.facts import Fit, Standing
from planlint.questions.strands import misfits, printed, strands, targets
from planlint.verdicts import Inquiry

TEXT = """\
planlint: 1
plan: {id: ex, title: 示例, region: 某县, period: 2021-2025, document: ex.txt}
figures:
  - {indicator: 产前筛查率, year: 2025, value: ≥90%}
  - {indicator: 产前筛查率, year: 2020, value: 80%}
  - {indicator: 产前筛查率, year: 2025, role: assigned, value: ≥85%}
  - {indicator: 产前筛查率, year: 2025, role: reference, value: 88%}
  - {indicator: 产前筛查率, year: 2025, role: assigned, value: ≥86%}
  - {indicator: 注册护士数, year: 2020, value: 300 人}
  - {indicator: 注册护士数, year: 2019, value: 290 张}
"""


def texts(found):
    """The amounts of some strands, with how many figures their topics have in all."""
    return [([figure.amount.text for figure in strand.figures], len(strand.every)) for strand in found]


def test_figures_of_a_topic_are_sorted_by_standing():
    """Each standing lists the topics that have it, in the order of the file; rejected figures stay among them."""
    facts = facts_of(TEXT)
    inquiry = Inquiry(facts, set(facts.figures))

    assert {standing.value: texts(found) for standing, found in strands(inquiry).items()} == {
        "reported": [(["80%"], 5), (["300 人", "290 张"], 2)],
        "target": [(["≥90%"], 5)],
        "assigned": [(["≥85%", "≥86%"], 5)],
        "reference": [(["88%"], 5)],
    }
    assert targets(inquiry) == strands(inquiry)[Standing.TARGET]


def test_what_is_printed_and_what_does_not_fit():
    """The keys of what is printed; the figures in another unit than their indicator's."""
    inquiry = Inquiry(facts_of(TEXT), set())

    assert printed(inquiry) == {"prenatal-screening", "registered-nurses"}
    assert [(figure.amount.text, figure.fit) for figure in misfits(inquiry)] == [("290 张", Fit.OTHER_COUNTER)]
