"""Where a cursor stands, told from the text before it; § marks the cursor."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planlint.lsp.context import context_at

TABLE = "tables:\n  - id: 表1\n    columns: {2020: baseline, 2025: {role: target, year: 2025}}\n    rows:\n"

CASES = {
    "top": ("planlint: 1\npl§", (), None, ["planlint"], "pl"),
    "margin": ("figures:\n  - {indicator: a}\n§", (), None, [], ""),
    "block plan": ("plan:\n  id: x\n  reg§", ("plan",), None, ["id"], "reg"),
    "block value": ("plan:\n  id: x\n  region: 昆§", ("plan",), "region", ["id", "region"], "昆"),
    "braces": ("figures:\n  - {indicator: 婴, §", ("figures",), None, ["indicator"], ""),
    "value in braces": (
        "figures:\n  - {indicator: 婴, value: 3.5§",
        ("figures",),
        "value",
        ["indicator", "value"],
        "3.5",
    ),
    "key below a key": ("figures:\n- indicator: 婴\n  §", ("figures",), None, ["indicator"], ""),
    "second entry": ("figures:\n  - {indicator: 婴}\n  - {§", ("figures",), None, [], ""),
    "column": ("tables:\n  - id: 表1\n    columns: {2020: base§", ("tables", "columns"), "2020", ["2020"], "base"),
    "column in braces": (
        "tables:\n  - id: 表1\n    columns: {2020: {role: t§",
        ("tables", "columns", "2020"),
        "role",
        ["role"],
        "t",
    ),
    "row": (TABLE + "      - {no: 1, ind§", ("tables", "rows"), None, ["no"], "ind"),
    "cell in braces": (TABLE + "      - {2020: {value: 3, §", ("tables", "rows", "2020"), None, ["value"], ""),
    "quotes": ('figures:\n  - {note: "a, {b: ", §', ("figures",), None, ["note"], ""),
    "open quote": ('figures:\n  - {note: "a, b§', ("figures",), "note", ["note"], '"a, b'),
    "list in brackets": ("claims:\n  - {sum: a, parts: [1 家, pr§", ("claims",), "parts", ["sum", "parts"], "pr"),
    "list below": ("claims:\n  - sum: a\n    parts:\n      - b§", ("claims", "parts"), None, [], "b"),
    "comment": ("figures:\n  # - {a: {\n  - {§", ("figures",), None, [], ""),
}


@pytest.mark.parametrize("case", CASES)
def test_contexts(case):
    """The keys above, the key being valued, the keys there are, and what is being typed."""
    marked, path, key, entries, typed = CASES[case]
    offset = marked.index("§")
    text = marked.replace("§", "")
    found = context_at(text, offset)

    assert (found.path, found.key, list(found.entries), text[found.start : offset]) == (path, key, entries, typed)


def test_headings_of_the_table():
    """A row may use the columns of its own table."""
    text = TABLE + "      - {indicator: a, "

    assert context_at(text, len(text)).headings == ("2020", "2025")


@given(st.text(st.sampled_from("ab:{}[],-#\"' \n"), max_size=60), st.integers(0, 60))
def test_any_text_has_a_context(text, offset):
    """Half typed is not even YAML; whatever stands there, what is being typed lies before the cursor."""
    offset = min(offset, len(text))

    assert 0 <= context_at(text, offset).start <= offset
