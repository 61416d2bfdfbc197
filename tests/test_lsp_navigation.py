"""The other places of a figure."""

from told import HEAD, engine

from planlint.lsp import draft
from planlint.lsp.navigation import definitions, references

TEXT = (
    HEAD
    + """\
tables:
  - id: 表1
    columns: {2020: baseline, 2025: target}
    rows:
      - {indicator: 婴儿死亡率, unit: ‰, 2020: 3.5, 2025: ≤4, at: 1}
figures:
  - {id: imr, indicator: 婴儿死亡率, year: 2020, value: 3.5‰, at: 2}
  - {indicator: 婴儿死亡率, scope: 某市, year: 2020, value: 3.9‰, at: 3}
claims:
  - {comparison: 婴儿死亡率, left: imr, is: 低于, right: 3.9‰, at: 3}
  - {change: 婴儿死亡率, series: [4.1‰, imr], verb: 下降, at: 3}
"""
)
FOUND = draft.read(TEXT, "p.yaml", engine())


def place(line, part):
    """The place of the scalar at a part of a line."""
    rows = TEXT.splitlines(keepends=True)
    return FOUND.place_at(sum(map(len, rows[: line - 1])) + rows[line - 1].index(part))


def lines(places):
    return [(one.line, TEXT[FOUND.span(one).start : FOUND.span(one).end]) for one in places]


def test_definitions():
    """A claim's term leads to its figure, a figure to its other printings; another scope is another figure."""
    assert lines(definitions(FOUND.facts, place(12, "imr"))) == [(9, "3.5‰")]
    assert lines(definitions(FOUND.facts, place(9, "3.5‰"))) == [(7, "3.5")]
    assert lines(definitions(FOUND.facts, place(10, "3.9‰"))) == []
    assert lines(definitions(FOUND.facts, place(9, "婴儿"))) == [(7, "3.5")]


def test_references():
    """Every printing, and every claim that names one of them."""
    expected = [(7, "3.5"), (9, "3.5‰"), (12, "imr"), (13, "imr")]

    assert lines(references(FOUND.facts, place(7, "3.5"))) == expected
    assert lines(references(FOUND.facts, place(13, "imr"))) == expected
    assert lines(references(FOUND.facts, place(7, "≤4"))) == [(7, "≤4")]


def test_what_is_no_figure_leads_nowhere():
    """A word of a claim, a heading."""
    assert definitions(FOUND.facts, place(12, "低于")) == []
    assert references(FOUND.facts, place(5, "baseline")) == []
