"""What the rules that only hint leave for a number."""

from planlint import cache, plan, tree
from planlint.engine import Engine
from planlint.facts import derive
from planlint.hint_sights import hint_sights
from planlint.source import Source

ENGINE = Engine(cache.load())
HEAD = """\
planlint: 1
plan: {id: t, title: 某规划, region: 某县, period: 2021-2025, baseline: 2020, document: t.txt}
"""
ROW = "      - {project: %s镇项目, cost: %s, at: 1}\n"
SIZE = "  - {indicator: 建筑面积, scope: %s镇项目, year: 2025, value: %s平方米, at: 1}\n"


def facts(text):
    """The facts of a plan."""
    root, faults = tree.parse(HEAD + text, "t.yaml")
    return derive(plan.read(root, "t.yaml", faults), ENGINE.lookups, faults)


def left(text, ask):
    """What is left for each number: its text, the ends, whether they belong to it."""
    return [
        (printed.amount.text, str(of.low), str(of.high), of.low_open, of.high_open)
        for printed, sight in hint_sights(facts(text))
        for of in [sight.allowed]
        if sight.ask == ask
    ]


def said(text, rule):
    """Whether a rule speaks of a plan."""
    return rule in {finding.rule for finding in ENGINE.judge(Source("t.yaml", HEAD + text)).findings}


def projects(cost):
    """Four projects of 0.4万元 for each square metre, and one of 1000 square metres."""
    rows = [("甲", 400, 1000), ("乙", 800, 2000), ("丙", 1200, 3000), ("丁", 400, 1000), ("戊", cost, 1000)]
    table = "projects:\n  - id: 附表\n    unit: 万元\n    rows:\n" + "".join(ROW % (n, c) for n, c, _ in rows)
    return table + "figures:\n" + "".join(SIZE % (n, s) for n, _, s in rows)


def test_a_list_has_as_many_names_as_it_says():
    text = "claims:\n  - {list: 医院, count: 4 家, items: [甲, 乙, 丙], at: 1}\n"

    assert left(text, "length") == [("4 家", "3", "3", False, False)]


def test_a_cost_lies_within_five_times_what_is_usual_and_the_limit_is_spoken_of():
    assert ("5000", "800000", "20000000", True, True) in left(projects(5000), "unit-size")
    assert [said(projects(cost), "PL308") for cost in (81, 1999, 80, 2000)] == [False, False, True, True]


def test_of_two_goals_the_smaller_indicator_stays_below_the_larger():
    row = "      - {indicator: %s, unit: 岁, 2025: %s, at: 1}\n"
    table = "tables:\n  - id: 表1\n    columns: {2025: target}\n    rows:\n"
    text = table + row % ("健康预期寿命", 80) + row % ("人均预期寿命", 79)

    assert left(text, "at-most") == [("80", "None", "79", False, False), ("79", "80", "None", False, False)]
