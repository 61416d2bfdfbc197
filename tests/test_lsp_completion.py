"""What may be typed; § marks the cursor."""

import pytest
from told import HEAD, engine

from planlint.lsp import draft
from planlint.lsp.completion import MANY, complete
from planlint.lsp.context import context_at

TABLE = "tables:\n  - id: 表1\n    columns: {2020: baseline}\n    rows:\n"
FACTS = draft.read(
    HEAD + TABLE + "      - {indicator: 婴儿死亡率, unit: ‰, 2020: 3.5, at: 1}\n"
    "figures:\n  - {id: beds, indicator: 医疗卫生机构床位数, year: 2020, value: 3 张, at: 2}\n",
    "p.yaml",
    engine(),
).facts


def offered(marked):
    """What is replaced, and what is offered."""
    offset = marked.index("§")
    text = marked.replace("§", "")
    context = context_at(text, offset)
    found = complete(context, text[context.start : offset], engine().ruleset.catalogue, FACTS)
    return text[found.span.start : found.span.end], [candidate.insert for candidate in found.candidates]


@pytest.mark.parametrize(
    ("marked", "replaced", "inserted"),
    [
        ("pla§", "pla", ["planlint: ", "plan: "]),
        ("planlint: §", "", ["1"]),
        ("plan: {id: x, per§", "per", ["period: "]),
        ("tables:\n  - id: 表1\n    columns: {2020: base§", "base", ["baseline"]),
        ("tables:\n  - id: 表1\n    columns: {2020: {ye§", "ye", ["year: "]),
        (TABLE + "      - {indicator: a, 20§", "20", ["2020: "]),
        (TABLE + "      - {2020: {mon§", "mon", ["months: "]),
        ("tables:\n  - {id: 表2, repeats: §", "", ["表1"]),
        ("figures:\n  - {indicator: a, role: assi§", "assi", ["assigned"]),
        ("figures:\n  - {indicator: a, base: §", "", ["常住", "户籍", "服务"]),
        ("figures:\n  - {indicator: 婴儿死亡率, value: 3.5§", "", ["‰"]),
        ("figures:\n  - {indicator: 婴儿死亡率, value: §", "", []),
        ("figures:\n  - {indicator: 孕产妇系统管理率, unit: §", "", ['"%"']),
        ("claims:\n  - {prod§", "prod", ["product: "]),
        ("claims:\n  - {sum: a, pa§", "pa", ["parts: ", "partial: "]),
        ("claims:\n  - {sum: a, whole: beds§", "beds", ["beds"]),
        ("claims:\n  - {sum: a, parts: [bed§", "bed", ["beds"]),
        ("claims:\n  - sum: a\n    parts:\n      - bed§", "bed", ["beds"]),
        ("not_figures:\n  - {text: 920, kind: do§", "do", ["document"]),
        ("projects:\n  - id: a\n    rows:\n      - {proj§", "proj", ["project: "]),
        ("nonsense:\n  - {a§", "a", []),
    ],
)
def test_offers(marked, replaced, inserted):
    """Keys that are not there yet, words of a closed list, units of the indicator, ids of figures."""
    assert offered(marked) == (replaced, inserted)


def test_names_of_indicators():
    """Any letters of a name in their order find it, be it an alias; the shortest that begins with them is first."""
    typed, found = offered("figures:\n  - {indicator: 每千人口护士§")

    assert typed == "每千人口护士"
    assert "每千人口注册护士数" in found

    assert offered("figures:\n  - {indicator: 婴儿死亡率§")[1][0] == "婴儿死亡率"
    assert len(offered("figures:\n  - {indicator: §")[1]) == MANY
