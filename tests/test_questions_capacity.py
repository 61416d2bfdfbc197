"""Planned density, population and count."""

import pytest

from planlint import cache
from planlint.engine import Engine
from planlint.source import Source

ENGINE = Engine(cache.load())
HEAD = """\
planlint: 1
plan: {id: t, title: 某规划, region: 某县, period: 2021-2025, baseline: 2020, document: t.txt}
"""


def asked(rule, text):
    """What a rule says of a plan: severity, both messages, the lines it cites."""
    outcome = ENGINE.judge(Source("t.yaml", HEAD + text))
    return [
        (f.severity.word, f.message.zh, f.message.en, [m.place.line - 2 for m in f.mentions])
        for f in outcome.findings
        if f.rule == rule
    ]


def left_open(rule, text):
    """Why a rule cannot decide."""
    return [u.because.zh for u in ENGINE.judge(Source("t.yaml", HEAD + text)).undecided if u.rule == rule]


def goals(density, people, beds):
    """Targets of one year; an empty one is not printed."""
    rows = [
        ("每千人口医疗卫生机构床位数", density),
        ("常住人口数", people),
        ("医疗卫生机构床位数", beds),
    ]
    row = "  - {indicator: %s, year: 2025, role: target, value: %s, at: 1}\n"
    return "figures:\n" + "".join(row % pair for pair in rows if pair[1])


@pytest.mark.parametrize(
    ("density", "people", "beds", "said"),
    [
        ("8.5 张", "45 万人", "3825 张", []),
        ("8.5 张", "45 万人", "3000 张", ["warning"]),
        ("8.5 张", "45 万人", "不低于3000 张", []),
        ("≥8.5 张", "45 万人", "≤3000 张", ["warning"]),
        ("≥8 张", "40.0 万人", "≤3196 张", []),
        ("≥8 张", "40.0 万人", "≤3193 张", ["info"]),
        ("≥8 张", "40.0 万人", "≤3192 张", ["warning"]),
        ("8.5 张", "约45 万人", "3000 张", ["info"]),
    ],
)
def test_only_what_no_values_could_meet(density, people, beds, said):
    """Targets are bounds."""
    assert [severity for severity, *_ in asked("PL307", goals(density, people, beds))] == said


def test_the_message_says_what_would_be_needed():
    """With the three figures."""
    assert asked("PL307", goals("8.5 张", "45 万人", "3000 张")) == [
        (
            "warning",
            "“每千人口医疗卫生机构床位数”2025年的目标 8.5 张，按人口 4"
            "5 万人 需要 3825 张，而医疗卫生机构床位数的目标是 3000 张",
            "the 2025 target of “每千人口医疗卫生机构床位数”, 8.5 张, needs 3825 张 for 45 万人, but the target of "
            "医疗卫生机构床位数 is 3000 张",
            [2, 3, 4],
        )
    ]


def test_one_of_several_targets_that_fits_is_enough():
    """Which of two targets holds is another rule's business."""
    more = goals("8.5 张", "45 万人", "3000 张") + goals("", "", "3825 张").removeprefix("figures:\n")

    assert asked("PL307", more) == []


def test_without_a_population_nothing_can_be_said():
    """A density alone asks nothing."""
    assert left_open("PL307", goals("8.5 张", "", "3000 张")) == ["没有印出2025年的常住人口"]
    assert left_open("PL307", goals("8.5 张", "", "")) == []
