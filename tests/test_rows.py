"""The quick way to read rows of texts: what it gives is what reading them entry by entry gives, faults included."""

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from planlint import fullyaml, plain, plan
from planlint.source import Place
from planlint.statements import Statement
from planlint.tree import Mapping

ROOT = Path(__file__).parent.parent
PLANS = sorted([*(ROOT / "plans").rglob("*.yaml"), *(ROOT / "tests" / "silence").rglob("*.yaml")])
HEAD = """planlint: 1
plan: {id: p, title: 规划, region: 甲县, period: 2021-2025, document: p.txt}
"""


def read(root):
    faults = []
    return plan.read(root, "p.yaml", faults), faults


def same(text):
    """Both ways give the same; True where rows were read the quick way."""
    quick, (full, broken) = plain.read(text), fullyaml.parse(text, "p.yaml")
    assert (quick, broken) == (full, [])
    # PyYAML's trees hold no rows of texts.
    assert read(plain.read(text)) == read(full)
    return quick


@pytest.mark.parametrize("path", PLANS, ids=lambda path: path.stem)
def test_plans_are_read_alike(path):
    """The plans of the collection and of the tests."""
    text = path.read_text(encoding="utf-8")
    if plain.read(text) is not None:
        same(text)


KEYS = st.sampled_from((*plan.FIGURE_KEYS, "no", "2020", "2025", "备注", "valeu"))
TEXTS = st.sampled_from(
    [
        "床位数",
        "床位 数",
        "2020",
        "2020年",
        "2020年年",
        "12",
        "0",
        "00000012",
        "12-14",
        '"12-14"',
        "14-12",
        "target",
        "goal",
        "常住",
        "review",
        "2021-2023",
        '"%"',
        '""',
        '" "',
        "≥8.5",
        "a.b",
        "约束性",
        "5 张",
        "true",
        "1-9",
        "[1, 2]",
        "{value: 3}",
    ]
)
ROW = st.lists(st.tuples(KEYS, TEXTS), max_size=6)
LIKELY = st.fixed_dictionaries(
    {"indicator": st.sampled_from(["床位数", "护士 数"]), "value": st.sampled_from(["5 张", '"3"'])},
    optional={"year": st.sampled_from(["2020", "2025年"]), "at": TEXTS, "id": TEXTS, "unit": TEXTS, "note": TEXTS},
).flatmap(lambda row: st.permutations(list(row.items())))
CELLS = st.fixed_dictionaries(
    {"indicator": st.sampled_from(["床位数", "护士 数"])},
    optional={"2020": TEXTS, "2025": TEXTS, "备注": TEXTS, "no": TEXTS, "at": TEXTS, "id": TEXTS, "unit": TEXTS},
).flatmap(lambda row: st.permutations(list(row.items())))
COLUMNS = st.sampled_from(
    [
        "2020: baseline, 2025: target",
        "2020: {role: baseline, unit: 张, scope: 乡镇}, 2025: target",
        "2020: {role: baseline, indicator: 床位数}, 2025: target",
        "2020: baseline, 2025: target, 备注: note",
        "2020: actual, 2025: target, 备注: verdict",
    ]
)


def written(rows):
    return "".join(f"  - {{{', '.join(f'{key}: {value}' for key, value in row)}}}\n" for row in rows)


@settings(deadline=None, max_examples=300)
@given(st.lists(LIKELY | ROW.filter(len), min_size=1, max_size=5))
def test_figures_are_read_alike(rows):
    """Any rows of figures, most of them as they should be."""
    same(f"{HEAD}figures:\n{written(rows)}")


@settings(deadline=None, max_examples=300)
@given(COLUMNS, st.lists(CELLS | ROW.filter(len), min_size=1, max_size=5), st.sampled_from(["", "  unit: 人\n"]))
def test_tables_are_read_alike(columns, rows, unit):
    """Any rows of tables."""
    same(f"{HEAD}tables:\n- id: t\n  columns: {{{columns}}}\n{unit}  rows:\n{written(rows)}")


def test_a_row_is_read_without_its_nodes():
    """A figure and its places come from the characters of the row alone."""
    root = plain.read(f'{HEAD}figures:\n  - {{year: 2020, indicator: 床位 数, unit: "%", at: 7, value: 5 张}}\n')
    row = root.value[-1][1].value[0]
    stated, faults = read(root)

    assert (faults, type(row), row.pairs) == ([], Mapping, None)
    assert stated.statements == (
        Statement(
            name="床位 数",
            text="5 张",
            place=Place("p.yaml", 4, 60),
            name_place=Place("p.yaml", 4, 29),
            role="",
            year=2020,
            scope="",
            base="",
            unit="%",
            period="",
            lines=(7,),
            quote="",
            nature="",
            note="",
            id="",
            table="",
            repeats="",
            trusted=False,
        ),
    )
