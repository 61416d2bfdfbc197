"""Products that a plan states."""

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


def claim(factors, product):
    """A product."""
    return f"claims:\n  - {{product: 某数, factors: [{factors}], is: {product}, at: 1}}\n"


@pytest.mark.parametrize(
    ("factors", "product", "said"),
    [
        ("3600人, 5年", "18000人", []),
        ("3600人, 5年", "17955人", ["error"]),
        ("30万元, 5所", "152.5万元", []),
        ("30万元, 5所", "154万元", ["info"]),
        ("30万元, 5所", "156万元", ["error"]),
        ("约30万元, 5所", "250万元", ["warning"]),
        ("45万人, 8.5张/千人口", "3825张", []),
        ("45万人, 8.5张/千人口", "383张", ["error"]),
        ("600元, 12个月", "7200元", []),
        ("12000平方米, 4000元/平方米", "4800万元", []),
        ("1000万元, 20%", "200万元", []),
        ("1000万元, 20%", "2000万元", ["error"]),
    ],
)
def test_products(factors, product, said):
    """Units that only count need not stand in the product."""
    assert [severity for severity, *_ in asked("PL305", claim(factors, product))] == said


def test_a_density_counts_per_thousand_whatever_counter_it_prints():
    """8.5 张 of a density per thousand, times residents."""
    text = """\
figures:
  - {id: density, indicator: 每千人口医疗卫生机构床位数, year: 2025, value: 8.5 张, at: 1}
  - {id: people, indicator: 常住人口数, year: 2025, role: target, value: 45 万人, at: 1}
claims:
  - {product: 床位需求, factors: [people, density], is: 3000张, at: 1}
"""

    assert asked("PL305", text) == [
        (
            "error",
            "“床位需求”印作 3000张；45 万人、8.5 张 相乘是 3825 张",
            "“床位需求” is printed 3000张, but the product of 45 万人 and 8.5 张 is 3825 张",
            [2, 3, 5],
        )
    ]


@pytest.mark.parametrize("factors", ["30人, 5所", "若干, 5所"])
def test_what_cannot_be_multiplied(factors):
    """Units that give another thing, or no number."""
    assert len(left_open("PL305", claim(factors, "150万元"))) == 1
