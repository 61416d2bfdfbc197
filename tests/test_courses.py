"""The course of an indicator: what was reached, what is aimed at, and where a finding says that it falls behind."""

from planlint import api
from planlint.source import Source

HEAD = """\
planlint: 1
plan: {id: p, title: 某县规划, region: 某县, period: 2021-2025, baseline: 2020, document: p.txt}
"""


def courses(text):
    """The courses of a plan, with the rules of the findings by their fingerprints; places are left out."""
    source = Source("p.yaml", HEAD + text)
    judge = api.Judge(remember=False)
    report = api.inspect([source], judge)
    (dossier,) = api.lay_out([source], report.findings, judge.engine)
    rules = {finding.fingerprint: finding.rule for finding in report.findings}
    return [
        (
            course.name,
            course.polarity,
            [(r.year, str(r.value), [m.text for m in r.mentions]) for r in course.reached],
            [
                (
                    g.year,
                    str(g.value),
                    g.side,
                    [m.text for m in g.mentions],
                    [rules[f] for f in g.behind],
                    [r.year for r in g.lost],
                )
                for g in course.goals
            ],
        )
        for course in dossier.courses
    ]


def test_a_target_below_its_baseline_is_marked_by_the_finding():
    """Printings of one value are one mark; the finding names what is lost."""
    found = courses(
        "tables:\n"
        "  - {id: t, columns: {2015: actual, 2020: baseline, 2025: target}, rows: ["
        "{indicator: 孕产妇系统管理率, unit: '%', 2015: 90, 2020: 96.81, 2025: ≥90, at: 3}]}\n"
        "figures:\n"
        "  - {indicator: 孕产妇系统管理率, year: 2020, value: 96.81%, at: 9, quote: 96.81%}\n"
    )

    assert found == [
        (
            "孕产妇系统管理率",
            "higher",
            [(2015, "90", ["90%"]), (2020, "9681/100", ["96.81%", "96.81%"])],
            [(2025, "90", 1, ["≥90%"], ["PL101"], [2020])],
        )
    ]


def test_nothing_is_marked_that_no_finding_says():
    """A ceiling below what was reached is progress where lower is better; a wrong scale is left out."""
    found = courses(
        "figures:\n"
        "  - {indicator: 婴儿死亡率, year: 2020, value: 5.2‰, at: 3}\n"
        "  - {indicator: 婴儿死亡率, year: 2020, value: 5.2%, at: 4}\n"
        "  - {indicator: 婴儿死亡率, year: 2025, role: target, value: 4‰以下, at: 5}\n"
        "  - {indicator: 常住人口, year: 2020, value: 50 万人, at: 6}\n"
        "  - {indicator: 常住人口, year: 2025, role: target, value: 48 万人, at: 7}\n"
        "  - {indicator: 注册护士数, year: 2025, role: target, value: 4800 人, at: 8}\n"
    )

    assert found == [
        ("婴儿死亡率", "lower", [(2020, "26/5", ["5.2‰"])], [(2025, "4", -1, ["4‰以下"], [], [])]),
        ("常住人口", "", [(2020, "500000", ["50 万人"])], [(2025, "480000", 0, ["48 万人"], [], [])]),
    ]
