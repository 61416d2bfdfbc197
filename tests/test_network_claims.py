"""What claims become in the network: one constraint each, or none where they can be meant in two ways."""

import pytest
from networks import network
from test_network_conflicts import DENSITIES, plan


def constraints(claim):
    """The constraints of a claim by what their terms print."""
    found = network(plan(DENSITIES[0], claims=[claim]))

    def said(number):
        printed = found.printed[number]
        return found.observations[printed[0]].text if printed else found.variables[number].name.zh

    return [
        (c.kind, c.shape.value, [(said(t.variable), int(t.weight)) for t in c.terms], int(c.constant))
        for c in found.constraints
    ]


@pytest.mark.parametrize(
    ("claim", "expected"),
    [
        (
            "sum: 医院, whole: 44 家, parts: [29 家, 14 家]",
            [("sum", "sum", [("44 家", -1), ("29 家", 1), ("14 家", 1)], 0)],
        ),
        (
            "sum: 医院, whole: 44 家, parts: [29 家, 14 家], partial: true",
            [("partial", "bound", [("44 家", -1), ("29 家", 1), ("14 家", 1)], 0)],
        ),
        (
            "ratio: 达标率, of: 3 家, to: 8 家, is: 37.5%",
            [("ratio", "product", [("37.5%", -1), ("3 家", 1), ("8 家", -1)], 1)],
        ),
        (
            "product: 补助, factors: [3 所, 5 万元], is: 15 万元",
            [("product", "product", [("15 万元", -1), ("3 所", 1), ("5 万元", 1)], 1)],
        ),
        (
            "conversion: 面积, value: 2 公顷, is: 20000 平方米",
            [("conversion", "sum", [("20000 平方米", -1), ("2 公顷", 1)], 0)],
        ),
        (
            "change: 出院人次, from: 100 人次, to: 120 人次, by: 增长20%",
            [
                ("change", "product", [("120 人次", -1), ("100 人次", 1), ("出院人次的增长倍数", 1)], 1),
                ("change", "sum", [("出院人次的增长倍数", -1), ("增长20%", 1)], 1),
            ],
        ),
        (
            "change: 达标率, from: 50%, to: 60%, by: 提高10个百分点",
            [("change", "sum", [("60%", -1), ("50%", 1), ("提高10个百分点", 1)], 0)],
        ),
        (
            "comparison: 人均预期寿命, left: 78.9 岁, is: 高于, right: 77.5 岁, by: 1.4 岁",
            [("difference", "sum", [("78.9 岁", -1), ("77.5 岁", 1), ("1.4 岁", 1)], 0)],
        ),
        (
            "comparison: 达标率, left: 78%, is: 低于, right: 80%, by: 2 个百分点",
            [("difference", "sum", [("78%", -1), ("80%", 1), ("2 个百分点", -1)], 0)],
        ),
        ("conversion: 面积, value: 3 亩, is: 2000 平方米", []),
        ("comparison: 达标率, left: 78%, is: 高于, right: 70%, by: 8%", []),
        ("comparison: 人均预期寿命, left: 78.9 岁, is: 高于, right: 77.5 岁", []),
        ("change: 出院人次, from: 100 人次, to: 120 人次, by: 年均增长4%, years: 2015-2020", []),
    ],
)
def test_claims(claim, expected):
    """A 亩 is rounded by many, 8 % of percentages may be points, 年均 has two readings: these are left to the rules."""
    assert constraints(claim) == expected
