"""An indicator that is the difference of two others."""

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


ROW = "  - {indicator: %s, year: 2020, value: %s, at: 1}\n"


def rates(birth, death, growth):
    """Birth, death and growth rates; an empty one is not printed."""
    named = zip(("人口出生率", "人口死亡率", "人口自然增长率"), (birth, death, growth), strict=True)
    return "figures:\n" + "".join(ROW % (name, value) for name, value in named if value)


def test_a_subtraction_that_fails():
    """The message shows what it should be."""
    assert asked("PL205", rates("11.28‰", "6.54‰", "6.74‰")) == [
        (
            "error",
            "“人口自然增长率”2020年印作 6.74‰；人口出生率 11.28‰ 减人口死亡率 6.54‰ 是 4.74‰",
            "“人口自然增长率” 2020 is printed 6.74‰, but 人口出生率 11.28‰ less 人口死亡率 6.54‰ is 4.74‰",
            [2, 3, 4],
        )
    ]


@pytest.mark.parametrize(
    ("birth", "death", "growth", "said"),
    [
        ("11.28‰", "6.54‰", "4.74‰", []),
        ("11.28‰", "6.54‰", "4.8‰", []),
        ("11.28‰", "6.54‰", "4.76‰", ["info"]),
        ("11.28‰", "6.54‰", "4.77‰", ["error"]),
        ("11.28‰", "6.54‰", "约5‰", []),
        ("11.28‰", "6.54‰", "约9‰", ["warning"]),
        ("6.0‰", "", "6.0‰", []),
        ("6.0‰", "", "6.2‰", ["error"]),
        ("6.0‰", "8.5‰", "-2.5‰", []),
        ("9.10‰", "", "1.20%", ["error"]),
    ],
)
def test_tiers(birth, death, growth, said):
    """Rounding is silent, one unit is a note, the rest an error."""
    assert [severity for severity, *_ in asked("PL205", rates(birth, death, growth))] == said


def test_the_other_sign_is_named_where_it_fits():
    """1.2 % for 1.2 ‰."""
    outcome = ENGINE.judge(Source("t.yaml", HEAD + rates("9.10‰", "", "1.20%")))
    (finding,) = (f for f in outcome.findings if f.rule == "PL205")

    assert [step.zh for step in finding.steps] == ["1.20% > 9.10‰", "把 1.20% 读作 1.2‰ 就能成立"]


def test_what_a_wrong_unit_rejects_is_not_used():
    """A growth of 6.74 % is rejected before it is compared."""
    assert asked("PL202", rates("11.28‰", "", "6.74%")) != []
    assert asked("PL205", rates("11.28‰", "", "6.74%")) == []
