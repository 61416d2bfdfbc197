"""One amount in two units."""

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


def claim(value, other):
    """A conversion."""
    return f"claims:\n  - {{conversion: 用地面积, value: {value}, is: {other}, at: 1}}\n"


@pytest.mark.parametrize(
    ("value", "other", "said"),
    [
        ("1.5公顷", "22.5亩", []),
        ("1.5公顷", "21.75亩", []),
        ("1.5公顷", "24.1亩", ["error"]),
        ("约8437m²", "约12.71亩", ["warning"]),
        ("约8437m²", "约12.66亩", []),
        ("100.00亩", "66700平方米", ["info"]),
        ("66700平方米", "100.00亩", ["info"]),
        ("130000万元", "13亿元", []),
        ("13000万元", "13亿元", ["error"]),
        ("1平方公里", "100公顷", []),
    ],
)
def test_both_units_say_the_same(value, other, said):
    """Within the last digits of both."""
    assert [severity for severity, *_ in asked("PL207", claim(value, other))] == said


def test_a_passage_printed_twice_is_one_finding():
    """All its places are cited."""
    text = claim("13000万元", "13亿元") + "  - {conversion: 用地面积, value: 13000万元, is: 13亿元, at: 9}\n"

    assert asked("PL207", text) == [
        (
            "error",
            "“用地面积”13000万元 换算是 1.3 亿元，不是 13亿元",
            "“用地面积”, 13000万元, is 1.3 亿元, not 13亿元",
            [2, 3],
        )
    ]


@pytest.mark.parametrize(
    ("value", "other", "why"),
    [
        ("1.5公顷", "1.5公里", "单位不能互相换算：公顷, 公里"),
        ("1.5公顷", "22.5", "有一项没有印出单位"),
        ("1.5公顷", "若干", "有一项没有印出数字"),
    ],
)
def test_what_cannot_be_converted(value, other, why):
    """The missing fact is named."""
    assert left_open("PL207", claim(value, other)) == [why]
