"""What several questions look for, sorted once: the same figures that each of them would find by itself."""

from told import HEAD

from planlint import cache
from planlint.facts import Fit, Lookups, Standing, derive
from planlint.plan import read
from planlint.questions.strands import misfits, printed, strands, targets
from planlint.tree import parse
from planlint.verdicts import Inquiry

CATALOGUE = cache.load().catalogue
TEXT = """\
figures:
  - {indicator: 产前筛查率, year: 2025, value: ≥90%, at: 1}
  - {indicator: 产前筛查率, year: 2025, role: assigned, value: ≥92%, at: 1}
  - {indicator: 产前筛查率, year: 2020, value: 80%, at: 1}
  - {indicator: 产前筛查率, year: 2025, role: reference, value: 95%, at: 1}
  - {indicator: 注册护士数, year: 2020, value: 428 张, at: 2}
  - {indicator: 产前筛查率, year: 2023, role: target, value: 待定, at: 3}
  - {indicator: 产前筛查率, scope: 某镇, year: 2020, value: 70‰, at: 4}
  - {indicator: 产前筛查率, year: 2025, role: assigned, value: 提高5个百分点, at: 5}
"""


def inquiry(text):
    """An inquiry about a plan."""
    root, faults = parse(HEAD + text, "p.yaml")
    plan = read(root, "p.yaml", faults)
    return Inquiry(derive(plan, Lookups(CATALOGUE), faults), set())


def shown(found):
    """Strands as plain values: topic, the figures, and how many there are of the topic."""
    return [
        (s.topic.indicator, s.topic.scope, [f.amount.text for f in s.figures], [f.amount.text for f in s.every])
        for s in found
    ]


def test_strands_part_a_topic_by_standing():
    """Topics keep their order, figures theirs, and nothing is left out."""
    screening = ["≥90%", "≥92%", "80%", "95%", "待定", "提高5个百分点"]
    asked = inquiry(TEXT)

    assert {standing: shown(found) for standing, found in strands(asked).items()} == {
        Standing.REPORTED: [
            ("prenatal-screening", "", ["80%"], screening),
            ("registered-nurses", "", ["428 张"], ["428 张"]),
            ("prenatal-screening", "某镇", ["70‰"], ["70‰"]),
        ],
        Standing.TARGET: [("prenatal-screening", "", ["≥90%", "待定"], screening)],
        Standing.ASSIGNED: [("prenatal-screening", "", ["≥92%", "提高5个百分点"], screening)],
        Standing.REFERENCE: [("prenatal-screening", "", ["95%"], screening)],
    }
    assert targets(asked) is asked.once(strands)[Standing.TARGET]


def test_what_has_no_fitting_unit():
    """Words and changes have none, and are among those that print none."""
    assert [(figure.amount.text, figure.fit) for figure in misfits(inquiry(TEXT))] == [
        ("428 张", Fit.OTHER_COUNTER),
        ("待定", Fit.ASSUMED),
        ("70‰", Fit.OTHER_SCALE),
        ("提高5个百分点", Fit.ASSUMED),
    ]


def test_indicators_that_are_printed():
    """By their keys."""
    assert printed(inquiry(TEXT)) == {"prenatal-screening", "registered-nurses"}
