"""Counters and missing units."""

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


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("claims:\n  - {sum: 负压救护车数, whole: 3张, parts: [2张, 1张], at: 9}\n", [[2]]),
        ("claims:\n  - {sum: 负压救护车数, whole: 3辆, parts: [2辆, 1辆], at: 9}\n", []),
        ("claims:\n  - {sum: 民营医院数, whole: 43 家, parts: [29 个, 14 所], at: 9}\n", []),
        ("claims:\n  - {list: 民营医院数, count: 2张, items: [甲医院, 乙医院], at: 9}\n", [[2]]),
        ("claims:\n  - {sum: 某某, whole: 3张, parts: [2张, 1张], at: 9}\n", []),
        ("figures:\n  - {indicator: 救护车数, scope: 县医院新建项目, year: 2025, value: 2张, at: 9}\n", [[2]]),
        (
            "tables:\n  - id: 表1\n    columns: {2020: actual}\n    rows:\n"
            "      - {indicator: 救护车数, unit: 张, 2020: 12, at: 9}\n",
            [[5]],
        ),
    ],
)
def test_counters_in_tables_projects_and_claims(text, lines):
    """One finding for each claim."""
    assert [found for *_, found in asked("PL204", text)] == lines


def test_a_claim_lists_its_odd_terms():
    """All of them."""
    assert asked("PL204", "claims:\n  - {sum: 负压救护车数, whole: 3张, parts: [2张, 1张], at: 9}\n") == [
        (
            "warning",
            "“负压救护车数”的 3张、2张、1张：量词“张”不对，应为 辆、台",
            "“负压救护车数”, 3张, 2张 and 1张, has the counter “张”; expected 辆 and 台",
            [2],
        )
    ]


@pytest.mark.parametrize(
    ("rule", "figure"),
    [
        ("PL201", "{indicator: 人均预期寿命, year: 2020, value: 78.42, at: 1}"),
        ("PL202", "{indicator: 婴儿死亡率, year: 2020, value: 3.52, at: 1}"),
        ("PL204", "{indicator: 医疗卫生机构床位数, year: 2020, value: 14240, at: 1}"),
    ],
)
def test_a_missing_unit_leaves_the_question_open(rule, figure):
    """Each kind of indicator for its own rule; zero needs no unit."""
    text = f"figures:\n  - {figure}\n"

    assert left_open(rule, text) == ["没有印出单位"]
    assert asked(rule, text) == []
