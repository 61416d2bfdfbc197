"""Projects that cost far more or less for their size than their neighbours."""

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


def table(*rows, indicator="建筑面积", unit="平方米"):
    """A table of projects with their costs in 万元 and their sizes."""
    names = [f"{name}镇项目" for name in "甲乙丙丁戊己庚"[: len(rows)]]
    costs = "".join(
        f"      - {{project: {name}, cost: {cost}, at: 1}}\n" for name, (cost, _) in zip(names, rows, strict=True)
    )
    sizes = "".join(
        f"  - {{indicator: {indicator}, scope: {name}, year: 2025, value: {size}{unit}, at: 1}}\n"
        for name, (_, size) in zip(names, rows, strict=True)
    )
    return f"projects:\n  - id: 附表\n    unit: 万元\n    rows:\n{costs}figures:\n{sizes}"


LIKE = [(400, 1000), (800, 2000), (1200, 3000), (400, 1000)]


@pytest.mark.parametrize(
    ("last", "said"),
    [
        ((400, 1000), 0),
        ((1999, 1000), 0),
        ((2000, 1000), 1),
        ((81, 1000), 0),
        ((80, 1000), 1),
        ((40000, 100000), 0),
        (("待定", 1000), 0),
    ],
)
def test_five_times_is_worth_a_look(last, said):
    """Above and below the median of the others, the bound included."""
    assert len(asked("PL308", table(*LIKE, last))) == said


def test_a_table_makes_one_finding():
    """All projects that stand out are listed."""
    ((severity, zh, _, lines),) = asked("PL308", table(*LIKE, (400, 1000), (4000, 1000), (40, 1000)))

    assert severity == "info"
    assert zh == "项目表“附表”中，己镇项目、庚镇项目 按建筑面积计的单位投资（每平方米）与其余项目相差 5 倍以上，请核对"
    assert lines == [10, 11, 18, 19]


def test_beds_are_a_size_and_land_is_not():
    """A tower and a yard may stand on the same land."""
    assert len(asked("PL308", table(*LIKE, (4000, 1000), indicator="床位数", unit="张"))) == 1
    assert asked("PL308", table(*LIKE, (4000, 1000), indicator="用地面积")) == []
    assert asked("PL308", table(*LIKE, (4000, 10), indicator="地上层数", unit="层")) == []


def test_four_projects_are_too_few():
    """One alone asks nothing."""
    assert left_open("PL308", table(*LIKE)) == ["只有 4 个项目印了建筑面积"]
    assert left_open("PL308", table(*LIKE[:1])) == []
