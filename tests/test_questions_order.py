"""Indicators that are never larger than others."""

import pytest

from planlint import cache
from planlint.engine import Engine
from planlint.questions import order
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


ROW = "  - {indicator: %s, year: %s, value: %s, at: 1}\n"


def rows(*figures):
    """Figures of a plan."""
    return "figures:\n" + "".join(ROW % figure for figure in figures)


def test_both_years_make_one_finding():
    """Two rows that were swapped are one cause."""
    text = rows(
        ("婴儿死亡率", 2019, "5.51‰"),
        ("5岁以下儿童死亡率", 2019, "4.01‰"),
        ("婴儿死亡率", 2020, "5.22‰"),
        ("5岁以下儿童死亡率", 2020, "3.52‰"),
    )

    assert asked("PL309", text) == [
        (
            "error",
            "“婴儿死亡率”2020年的 5.22‰ 高于“5岁以下儿童死亡率”的 3.52‰；前者不可能大于后者",
            "“婴儿死亡率” 2020, 5.22‰, is above “5岁以下儿童死亡率”, 3.52‰, which it can never exceed",
            [2, 3, 4, 5],
        )
    ]


def test_what_stands_between_is_compared_and_not_skipped():
    """Neonatal above infant is said; neonatal above under-five follows."""
    text = rows(("新生儿死亡率", 2020, "4.0‰"), ("婴儿死亡率", 2020, "3.0‰"), ("5岁以下儿童死亡率", 2020, "3.5‰"))

    assert [lines for *_, lines in asked("PL309", text)] == [[2, 3]]


@pytest.mark.parametrize(
    ("small", "large", "said"),
    [
        ("≤5‰", "≤4‰", ["warning"]),
        ("5‰", "4‰", ["warning"]),
        ("约5‰", "4‰", ["info"]),
        ("≤5‰", "≥4‰", []),
        ("≤4‰", "≤4‰", []),
        ("4‰—5‰", "3‰", []),
    ],
)
def test_targets_are_bounds(small, large, said):
    """A ceiling above the ceiling of the larger asks for nothing."""
    text = rows(("婴儿死亡率", 2025, small), ("5岁以下儿童死亡率", 2025, large))

    assert [severity for severity, *_ in asked("PL309", text)] == said


def test_floors_undo_each_other_too():
    """At least four physicians are at least four technicians."""
    text = rows(("每千人口执业（助理）医师数", 2025, "≥4 人"), ("每千人口卫生技术人员数", 2025, "≥3 人"))

    assert [severity for severity, *_ in asked("PL309", text)] == ["warning"]


@pytest.mark.parametrize(
    ("small", "large", "said"),
    [("2.51 人", "2.50 人", []), ("2.51 人", "2.500 人", ["info"]), ("2.52 人", "2.50 人", ["error"])],
)
def test_rounding_comes_first(small, large, said):
    """What rounding explains is silent, what one unit explains is a note."""
    text = rows(("每千人口执业医师数", 2020, small), ("每千人口执业（助理）医师数", 2020, large))

    assert [severity for severity, *_ in asked("PL309", text)] == said


def test_an_agreeing_value_is_enough():
    """Two values for one figure are another rule's business."""
    text = rows(("婴儿死亡率", 2020, "5‰"), ("婴儿死亡率", 2020, "3‰"), ("5岁以下儿童死亡率", 2020, "4‰"))

    assert asked("PL309", text) == []


def test_another_year_is_not_compared():
    """The larger of another year is not printed for this one."""
    text = rows(("婴儿死亡率", 2019, "5‰"), ("5岁以下儿童死亡率", 2020, "4‰"))

    assert asked("PL309", text) == []
    assert left_open("PL309", text) == ["没有印出2019年5岁以下儿童死亡率"]


def test_what_stands_alone_is_compared_with_nothing(monkeypatch):
    """Whether the larger indicators are printed for no year or not at all, the same is left open."""
    texts = [
        rows(("婴儿死亡率", 2020, "5‰"), ("婴儿死亡率", 2025, "≤4‰")),
        rows(("婴儿死亡率", 2020, "5‰"), ("5岁以下儿童死亡率", 2019, "4‰")),
        rows(("婴儿死亡率", 2020, "6‰"), ("5岁以下儿童死亡率", 2020, "4‰")),
        rows(("新生儿死亡率", 2020, "6‰"), ("5岁以下儿童死亡率", 2020, "4‰")),
    ]

    def answers():
        return [(asked("PL309", text), left_open("PL309", text)) for text in texts]

    quick = answers()
    monkeypatch.setattr(order, "_stands_alone", lambda inquiry, key: False)

    assert answers() == quick
    assert [(len(found), len(open_)) for found, open_ in quick] == [(0, 1), (0, 1), (1, 0), (1, 0)]
