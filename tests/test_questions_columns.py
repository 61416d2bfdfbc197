"""Cells against their column of units."""

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


def row(indicator, unit, value, more=""):
    """A table of one row."""
    heading = f', unit: "{unit}"' if unit else ""
    return (
        "tables:\n  - id: 表1\n    columns: {2020: baseline, 2025: target}\n    rows:\n"
        f"      - {{indicator: {indicator}{heading}, 2020: {value}{more}, at: 1}}\n"
    )


@pytest.mark.parametrize(
    ("indicator", "unit", "value", "said"),
    [
        ("婴儿死亡率", "‰", "2.35‰", 0),
        ("婴儿死亡率", "%", "2.35‰", 1),
        ("婴儿死亡率", "‰", "0.235%", 1),
        ("婴儿死亡率", "‰", "2.35%", 0),
        ("孕产妇死亡率", "/10万", "10/十万", 0),
        ("民营医院数", "家", "43个", 0),
        ("医疗卫生机构床位数", "人", "14240张", 1),
        ("医疗卫生机构床位数", "张", "14240人", 0),
        ("医疗卫生机构床位数", "张", "1.424万张", 0),
        ("居民健康素养水平", "%", "提高3个百分点", 0),
        ("居民健康素养水平", "%", "22.94", 0),
    ],
)
def test_cells(indicator, unit, value, said):
    """A cell that is wrong itself is for the rules about units."""
    assert len(asked("PL208", row(indicator, unit, value))) == said


def test_a_row_is_one_finding():
    """Both cells are cited."""
    assert asked("PL208", row("婴儿死亡率", "%", "2.35‰", ", 2025: ≤2.3‰")) == [
        (
            "warning",
            "“婴儿死亡率”2020年印作 2.35‰，单位栏却是“%”；该指标以 ‰ 计",
            "“婴儿死亡率” 2020 is printed 2.35‰ under the unit “%”; the indicator is counted in ‰",
            [5, 5],
        )
    ]


def test_two_units_in_a_row_without_a_column_of_units():
    """Nobody can tell which is meant."""
    assert left_open("PL208", row("婴儿死亡率", "", "0.235%", ", 2025: ≤3.5‰")) == ["没有单位栏，一行里有两种单位"]
    assert left_open("PL208", row("婴儿死亡率", "", "2.35‰", ", 2025: ≤3.5‰")) == []
