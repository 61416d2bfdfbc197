"""Figures without a place, and quotes that do not show their figure."""

import pytest

from planlint import cache
from planlint.engine import Engine
from planlint.findings import Severity
from planlint.source import Source

HEAD = "planlint: 1\nplan: {id: p, title: t, region: 某县, period: 2021-2025, document: p.txt}\n"
ENGINE = Engine(cache.load())


def findings(body, rule):
    """Severity, lines of the body and messages of what one rule says of a body."""
    return [
        (f.severity, [m.place.line - 2 for m in f.mentions], f.message.zh, f.message.en)
        for f in ENGINE.judge(Source("p.yaml", HEAD + body)).findings
        if f.rule == rule
    ]


def figure(keys):
    """A line of a figure."""
    return f"  - {{indicator: 婴儿死亡率, {keys}}}\n"


def test_figures_without_lines_are_one_finding():
    """A plan with hundreds of them is told once, with the first few names, each named once."""
    lost = "".join(
        figure(f"year: {year}, value: 3.52‰, scope: {scope}") for year, scope in ((2019, "甲"), (2018, "乙"))
    )
    body = f"figures:\n{figure('year: 2015, value: 4‰, at: 3')}{lost}{figure('year: 2017, value: 5‰, scope: 甲') * 3}"

    assert findings(body, "PL031") == [
        (
            Severity.INFO,
            [3, 4, 5, 6, 7],
            "5 个数字没有写 at（原文行号），如 甲 婴儿死亡率、乙 婴儿死亡率",
            "5 figures have no “at” (a line of the document), such as 甲 婴儿死亡率、乙 婴儿死亡率",
        )
    ]


@pytest.mark.parametrize("at", ["1", "1-2", "[1, 5]", '"3"'])
def test_lines_in_any_form_are_a_place(at):
    """However the lines are written, the reader can go there."""
    assert findings("figures:\n" + figure(f"year: 2020, value: 3.52‰, at: {at}"), "PL031") == []


def test_a_cell_has_the_place_of_its_row():
    """A table needs its lines once a row; a cell may have its own."""
    table = (
        "tables:\n  - id: t\n    columns: {2020: baseline}\n    rows:\n      - {indicator: 婴儿死亡率, unit: ‰, %s}\n"
    )

    assert findings(table % "2020: 3.52, at: 7", "PL031") == []
    assert findings(table % "2020: {value: 3.52, at: 8}", "PL031") == []
    assert [lines for _, lines, _, _ in findings(table % "2020: 3.52", "PL031")] == [[5]]


@pytest.mark.parametrize(
    ("value", "quote"),
    [
        ("3.52‰", "降至3.52‰"),
        ("3.52‰", "3.52"),
        ("3.52‰", "３．５２‰"),
        ("≤4‰", "控制在4‰以内"),
        ("1—2‰", "1至2个千分点"),
        ("100%", "全部住院分娩"),
        ("50%", "占一半"),
        ("4 ‰", "四家医院"),
        ("1234 ‰", "1,234"),
        ("逐步下降", "稳步降低"),
        ("待定", "另行确定"),
        ("3.52‰", ""),
    ],
)
def test_a_quote_may_show_the_figure_in_its_own_way(value, quote):
    """Digits, Chinese numerals and words for a share show it; words show nothing and need not."""
    assert findings(f"figures:\n{figure(f'year: 2020, value: {value}, at: 1, quote: {quote!r}')}", "PL032") == []


@pytest.mark.parametrize(
    ("value", "quote"),
    [
        ("3.52‰", "降至3.25‰"),
        ("3.5‰", "3.52‰"),
        ("3.52‰", "3.520‰"),
        ("1—2‰", "1至3个千分点"),
        ("100%", "基本覆盖"),
        ("3.52‰", "婴儿死亡率"),
    ],
)
def test_a_quote_that_shows_another_number_is_a_warning(value, quote):
    """One of the two was copied wrongly."""
    body = f"figures:\n{figure(f'year: 2020, value: {value}, at: 1, quote: {quote!r}')}"

    assert findings(body, "PL032") == [
        (
            Severity.WARNING,
            [2],
            f"“婴儿死亡率”的引文“{quote}”里没有 {value}",
            f"the quote “{quote}” of “婴儿死亡率” does not show {value}",
        )
    ]
