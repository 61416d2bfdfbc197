"""The plan file: every key of its form, what its parts default to, and what is a fault where."""

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from planlint import plan, tree
from planlint.fields import Years
from planlint.plan import CLAIM_KINDS, MAIN_LIST, NOT_FIGURE_KINDS, PLAN_KEYS, TOP_KEYS
from planlint.source import Place
from planlint.statements import Claim, Statement, Term

FILE = "p.yaml"
HEAD = "planlint: 1\nplan: {id: ex, title: 示例, region: 某县, period: 2021-2025, document: ex.txt}\n"
"""Two lines, so the body begins on the third."""


def read(text):
    """A plan and its faults as (kind, line, column, shown)."""
    root, faults = tree.parse(text, FILE)
    found = plan.read(root, FILE, faults)
    return found, [(f.kind, f.place.line, f.place.column, dict(f.shown)) for f in faults]


def body(text):
    """The plan of a body that has no faults."""
    found, faults = read(HEAD + text)
    assert faults == []
    return found


def faults(text):
    """The faults of a body, lines counted in the body."""
    return [(kind, line - 2, column, shown) for kind, line, column, shown in read(HEAD + text)[1]]


def figure(keys):
    """The only statement of a body with one figure."""
    (found,) = body(f"figures:\n  - {{indicator: 婴儿死亡率, value: 3.52‰{keys}}}\n").statements
    return found


def statement(**changed):
    """A statement as the file states it when it says nothing but name and value."""
    fields = {
        "name": "婴儿死亡率",
        "text": "3.52‰",
        "place": Place(FILE, 4, 31),
        "name_place": Place(FILE, 4, 17),
        "role": "",
        "year": None,
        "scope": "",
        "base": "",
        "unit": "",
        "period": "",
        "lines": (),
        "quote": "",
        "nature": "",
        "note": "",
        "id": "",
        "table": "",
        "repeats": "",
        "trusted": False,
    }
    return Statement(**(fields | changed))


# -- the head


def test_the_head_is_read_with_all_its_keys():
    """Every key of the head has its field."""
    found, faults = read(
        "planlint: 1\n"
        "plan: {id: a-1, title: 题目, region: 某县, within: [某市, 某省], period: 2026-2030, baseline: 2025,\n"
        "  review: 2021-2025, document: a.txt, status: 印发}\n"
    )

    assert faults == []
    assert (found.file, found.id, found.title, found.region, found.within) == (
        FILE,
        "a-1",
        "题目",
        "某县",
        ("某市", "某省"),
    )
    assert (found.period, found.baseline, found.review) == (Years(2026, 2030), 2025, Years(2021, 2025))
    assert (found.document, found.status) == ("a.txt", "印发")
    assert (found.statements, found.claims, found.indicators) == ((), (), ())


def test_base_year_and_review_default_to_the_years_before_the_period():
    """Without words the base year is the year before, and the review the five years up to it."""
    found = body("")

    assert (found.baseline, found.review, found.within, found.status) == (2020, Years(2016, 2020), (), "")


def test_the_review_follows_the_base_year():
    """A base year of 2019 moves the review with it."""
    found, _ = read(HEAD.replace("document", "baseline: 2019, document"))

    assert (found.baseline, found.review) == (2019, Years(2015, 2019))


@pytest.mark.parametrize("dash", ["-", " - ", "—", "–", "~", "～", "至", "年—", "年至"])
def test_a_period_may_be_written_with_any_dash(dash):
    """What is printed in the title of the plan can be copied."""
    found, faults = read(HEAD.replace("2021-2025", f'"2021{dash}2025年"'))

    assert (found.period, faults) == (Years(2021, 2025), [])


def test_years_hold_both_ends():
    """The first and the last year belong to a period."""
    assert [year in Years(2021, 2025) for year in (2020, 2021, 2025, 2026)] == [False, True, True, False]


BAD_HEADS = {
    "nothing": ("", [("empty", 1, 1, {})]),
    "comment": ("# 空\n", [("empty", 1, 1, {})]),
    "empty document": ("---\n", [("shape", 2, 1, {"expected": "mapping", "found": "text", "where": "file"})]),
    "text": ("a", [("shape", 1, 1, {"expected": "mapping", "found": "text", "where": "file"})]),
    "list": ("- a", [("shape", 1, 1, {"expected": "mapping", "found": "list", "where": "file"})]),
    "template": ("{{ x }}", [("shape", 1, 2, {"expected": "key", "found": "mapping", "where": "file"})]),
    "no version": ("plan: {}\n", [("version", 1, 1, {"found": ""})]),
    "other version": ("planlint: 2\n", [("version", 1, 11, {"found": "2"})]),
    "version 1.0": ("planlint: 1.0\n", [("version", 1, 11, {"found": "1.0"})]),
    "no plan": ("planlint: 1\n", [("missing-key", 1, 1, {"key": "plan", "where": "file"})]),
    "plan that is a text": (
        "planlint: 1\nplan: 示例\n",
        [("shape", 2, 7, {"expected": "mapping", "found": "text", "where": "plan"})],
    ),
    "full-width colon": ("planlint: 1\nplan：\n", [("full-width-mark", 2, 5, {"text": "："})]),
    "empty plan": (
        "planlint: 1\nplan: {}\n",
        [
            ("missing-key", 2, 7, {"key": key, "where": "plan"})
            for key in ("id", "title", "region", "document", "period")
        ],
    ),
    "bad id": (HEAD.replace("id: ex", "id: 示例"), [("bad-id", 2, 12, {"found": "示例"})]),
    "blank title": (
        HEAD.replace("示例", "' '"),
        [("missing-key", 2, 23, {"key": "title", "where": "plan"})],
    ),
    "title that is a list": (
        HEAD.replace("示例", "[甲]"),
        [("shape", 2, 23, {"expected": "text", "found": "list", "where": "title"})],
    ),
    "period upside down": (
        HEAD.replace("2021-2025", "2025-2021"),
        [("bad-years", 2, 47, {"key": "period", "found": "2025-2021"})],
    ),
    "period in words": (
        HEAD.replace("2021-2025", "十四五"),
        [("bad-years", 2, 47, {"key": "period", "found": "十四五"})],
    ),
}


@pytest.mark.parametrize(("text", "expected"), BAD_HEADS.values(), ids=BAD_HEADS)
def test_without_a_complete_head_there_is_no_plan(text, expected):
    """Nothing can be judged, and one fault says why."""
    assert read(text) == (None, expected)


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("id: ex", "id: ex, titel: x", ("unknown-key", 2, 16, {"key": "titel", "near": "title", "where": "plan"})),
        ("id: ex", "id: ex, title：甲: x", ("full-width-mark", 2, 16, {"text": "："})),
        ("id: ex", "id: ex, id: ey", ("duplicate-key", 2, 16, {"key": "id"})),
        ("id: ex", "id: ex, baseline: 20x", ("bad-year", 2, 26, {"found": "20x"})),
        ("id: ex", "id: ex, review: 2016", ("bad-years", 2, 24, {"key": "review", "found": "2016"})),
        ("id: ex", "id: ex, within: 某市", ("shape", 2, 24, {"expected": "list", "found": "text", "where": "within"})),
    ],
)
def test_what_the_head_can_do_without_is_a_fault_and_the_plan_goes_on(old, new, expected):
    """A slip beside the needed keys leaves a plan to judge."""
    found, faults = read(HEAD.replace(old, new) + "figures: [{indicator: 甲, value: 1}]\n")

    assert faults == [expected]
    assert (found.id, found.baseline, found.review, found.within) == ("ex", 2020, Years(2016, 2020), ())
    assert [s.text for s in found.statements] == ["1"]


def test_unknown_keys_at_the_top_are_faults():
    """The nearest key is offered; a blank that is none to YAML is explained."""
    assert faults("figurs: []\n　figures: []\n\xa0tables: []\n? [x]\n: 1\n") == [
        ("unknown-key", 1, 1, {"key": "figurs", "near": "figures", "where": "file"}),
        ("full-width-mark", 2, 1, {"text": "U+3000"}),
        ("full-width-mark", 3, 1, {"text": "U+00A0"}),
        ("shape", 4, 3, {"expected": "key", "found": "list", "where": "file"}),
    ]


@pytest.mark.parametrize("key", ["tables", "figures", "claims", "projects", "indicators"])
@pytest.mark.parametrize("value", ["", "[]", "~", "null"])
def test_an_empty_part_is_no_fault(key, value):
    """A part that is begun but not yet filled is empty."""
    found = body(f"{key}: {value}\n")

    assert (found.statements, found.claims, found.indicators) == ((), (), ())


@pytest.mark.parametrize("key", ["tables", "figures", "claims", "projects", "indicators"])
def test_a_part_that_is_no_list_is_a_fault(key):
    """A mapping or a text in the place of a list is pointed at."""
    column = len(key) + 3

    assert faults(f"{key}: {{a: 1}}\n") == [
        ("shape", 1, column, {"expected": "list", "found": "mapping", "where": key})
    ]
    assert faults(f"{key}: 甲\n") == [("shape", 1, column, {"expected": "list", "found": "text", "where": key})]


# -- figures


def test_a_figure_says_only_what_the_file_says():
    """Nothing is looked up yet: role and year stay open."""
    assert figure("") == statement()


def test_a_figure_is_read_with_all_its_keys():
    """Every key of a figure has its field."""
    keys = (
        ", year: 2019年, role: target, scope: 甲医院, base: 户籍, period: review, unit: ‰, at: 21, quote: 3.52,"
        " nature: 约束性, note: 注, id: imr, trusted: true"
    )

    assert figure(keys) == statement(
        role="target",
        year=2019,
        scope="甲医院",
        base="户籍",
        period="review",
        unit="‰",
        lines=(21,),
        quote="3.52",
        nature="约束性",
        note="注",
        id="imr",
        trusted=True,
    )


RAW = "3.10 3.1 no NO 1:30 012 1_000 1e400 .inf 2020-13-45 0x1F ~ null = ３．１０ 待定 — ≥80 约12.71亩 10/10万".split()


@pytest.mark.parametrize("text", RAW)
def test_a_value_is_the_characters_that_were_written(text):
    """Neither YAML nor the plan's reader changes a value, in a figure or in a cell."""
    found = body(
        f"figures:\n  - {{indicator: 甲, value: {text}}}\n"
        f"tables:\n  - {{id: t, columns: {{2020: actual}}, rows: [{{indicator: 甲, 2020: {text}}}]}}\n"
    )

    assert [s.text for s in found.statements] == [text, text]


@pytest.mark.parametrize(
    ("at", "lines"),
    [
        ("209", (209,)),
        ('"209-211"', (209, 210, 211)),
        ('"209 - 212"', (209, 210, 211, 212)),
        ('"1-1001"', tuple(range(1, 1002))),
        ("[209, 540]", (209, 540)),
        ('["1-2", 7]', (1, 2, 7)),
        ("[]", ()),
    ],
)
def test_lines_may_be_one_a_span_or_a_list(at, lines):
    """A span is each of its lines, from the first to the last."""
    assert figure(f", at: {at}").lines == lines


@pytest.mark.parametrize("value", ["review", "plan", "2016-2020"])
def test_a_period_is_a_word_or_years(value):
    """The words stand for the plan's own periods."""
    assert figure(f", period: {value}").period == value


def test_years_of_a_period_are_written_one_way():
    """年 and long dashes are folded."""
    assert figure(", period: 2016年—2020年").period == "2016-2020"


BAD_FIGURES = {
    "no value": ("", [("missing-key", 2, 5, {"key": "value", "where": "figure"})]),
    "value that is a list": (
        ", value: [3]",
        [("shape", 2, 31, {"expected": "amount", "found": "list", "where": "value"})],
    ),
    "value that is a mapping": (
        ", value: {a: 3}",
        [("shape", 2, 31, {"expected": "amount", "found": "mapping", "where": "value"})],
    ),
}


@pytest.mark.parametrize(("keys", "expected"), BAD_FIGURES.values(), ids=BAD_FIGURES)
def test_a_figure_without_a_readable_value_is_left_out(keys, expected):
    """It is reported once, and the figures beside it are read."""
    text = f"figures:\n  - {{indicator: 婴儿死亡率{keys}}}\n  - {{indicator: 乙, value: 2}}\n"
    found, _ = read(HEAD + text)

    assert faults(text) == expected
    assert [s.text for s in found.statements] == ["2"]


@pytest.mark.parametrize(
    ("item", "expected"),
    [
        ("甲 3.52‰", [("shape", 2, 5, {"expected": "mapping", "found": "text", "where": "figure"})]),
        ("[甲]", [("shape", 2, 5, {"expected": "mapping", "found": "list", "where": "figure"})]),
        ("{{ x }}", [("shape", 2, 6, {"expected": "key", "found": "mapping", "where": "figure"})]),
        ("{value: 3}", [("missing-key", 2, 5, {"key": "indicator", "where": "figure"})]),
        ("{indicator: '', value: 3}", [("missing-key", 2, 17, {"key": "indicator", "where": "figure"})]),
        (
            "{indicator: [甲], value: 3}",
            [("shape", 2, 17, {"expected": "text", "found": "list", "where": "indicator"})],
        ),
        (
            "{}",
            [
                ("missing-key", 2, 5, {"key": "indicator", "where": "figure"}),
                ("missing-key", 2, 5, {"key": "value", "where": "figure"}),
            ],
        ),
    ],
)
def test_what_is_no_figure_is_left_out(item, expected):
    """The entries beside it are read."""
    text = f"figures:\n  - {item}\n  - {{indicator: 乙, value: 2}}\n"
    found, _ = read(HEAD + text)

    assert faults(text) == expected
    assert [s.text for s in found.statements] == ["2"]


@pytest.mark.parametrize(
    ("keys", "expected"),
    [
        (", yaer: 2020", ("unknown-key", {"key": "yaer", "near": "year", "where": "figure"})),
        (", year: 20", ("bad-year", {"found": "20"})),
        (", year: [2020]", ("shape", {"expected": "text", "found": "list", "where": "year"})),
        (", role: goal", ("not-one-of", {"key": "role", "found": "goal", "allowed": ", ".join(plan.ROLES)})),
        (", base: 流动", ("not-one-of", {"key": "base", "found": "流动", "allowed": "常住, 户籍, 服务"})),
        (", scope: [甲]", ("shape", {"expected": "text", "found": "list", "where": "scope"})),
        (", value: 4", ("duplicate-key", {"key": "value"})),
        (", <<: {year: 2019}", ("forbidden", {"what": "<<", "text": "<<"})),
        (", year：2019: x", ("full-width-mark", {"text": "："})),
    ],
)
def test_a_figure_of_which_nobody_knows_what_it_is_about_is_left_out(keys, expected):
    """A year that cannot be read is not a year left out: nothing is judged by a guess."""
    found, ((kind, line, _, shown),) = read(
        HEAD + f"figures:\n  - {{indicator: 婴儿死亡率, value: 3.52‰{keys}, id: a}}\n"
    )

    assert ((kind, shown), line) == (expected, 4)
    assert (found.statements, found.unread) == ((), {"a"})


@pytest.mark.parametrize(
    ("keys", "field", "expected"),
    [
        (", trusted: yes", "trusted", ("not-one-of", {"key": "trusted", "found": "yes", "allowed": "true, false"})),
        (", period: 上期", "period", ("bad-years", {"key": "period", "found": "上期"})),
        (", period: 2020-2016", "period", ("bad-years", {"key": "period", "found": "2020-2016"})),
        (", at: 第3页", "lines", ("bad-lines", {"found": "第3页"})),
        (", at: 0", "lines", ("bad-lines", {"found": "0"})),
        (', at: "9-3"', "lines", ("bad-lines", {"found": "9-3"})),
        (', at: "1-2000"', "lines", ("bad-lines", {"found": "1-2000"})),
        (", at: {a: 1}", "lines", ("bad-lines", {"found": "mapping"})),
        (", id: 死亡率", "id", ("bad-id", {"found": "死亡率"})),
        (", id: " + "x" * 121, "id", ("bad-id", {"found": "x" * 121})),
        (", [a]: 1", "year", ("shape", {"expected": "key", "found": "list", "where": "figure"})),
    ],
)
def test_a_slip_in_a_figure_is_one_fault_and_the_figure_stays(keys, field, expected):
    """What cannot be read is as if it were not there."""
    found, ((kind, line, column, shown),) = read(
        HEAD + f"figures:\n  - {{indicator: 婴儿死亡率, value: 3.52‰{keys}}}\n"
    )

    assert ((kind, shown), line) == (expected, 4)
    assert column > 36
    assert getattr(found.statements[0], field) == getattr(statement(), field)


def test_an_id_taken_before_is_a_fault():
    """The second one goes without."""
    text = "figures:\n  - {indicator: 甲, value: 1, id: a}\n  - {indicator: 乙, value: 2, id: a}\n"
    found, _ = read(HEAD + text)

    assert faults(text) == [("duplicate-id", 3, 34, {"found": "a"})]
    assert [s.id for s in found.statements] == ["a", ""]


@pytest.mark.parametrize(
    ("text", "where"),
    [
        ("figures:\n  - {indicator: 甲, value: >3.56 人, at: 3}\n  - {indicator: 乙, value: 2}\n", (2, 27)),
        ("figures:\n  - indicator: 甲\n    value: >3.56 人\n  - {indicator: 乙, value: 2}\n", (3, 12)),
        ("figures:\n  - indicator: 甲\n    value: >\n      3.56 人\n  - {indicator: 乙, value: 2}\n", (3, 12)),
        ("figures:\n  - indicator: 甲\n    value: >5\n  - {indicator: 乙, value: 2}\n", (3, 12)),
        (
            "tables:\n  - id: t\n    columns: {2025: target}\n    rows:\n"
            "      - {indicator: 甲, 2025: >3.56}\n      - {indicator: 乙, 2025: 2}\n",
            (5, 30),
        ),
        (
            "tables:\n  - id: t\n    columns: {2025: target}\n    rows:\n"
            "      - indicator: 甲\n        2025: >=3.56\n      - {indicator: 乙, 2025: 2}\n",
            (6, 15),
        ),
    ],
)
def test_a_bare_bound_is_the_trap_it_is_and_the_rest_is_read(text, where):
    """To YAML a bare > folds text; the fault stands at the sign, and the entries beside it are read."""
    found, _ = read(HEAD + text)

    assert [(kind, line, column) for kind, line, column, _ in faults(text)] == [("bare-bound", *where)]
    assert [s.text for s in found.statements] == ["2"]


# -- tables

TABLE = """\
tables:
  - id: 表1
    title: 指标表
    at: 5
    unit: 人
    scope: 甲区
    base: 常住
    repeats: 表0
    note: 注
    columns:
      2015: actual
      2020年: {role: baseline, unit: ‰}
      预期目标: {role: target, year: 2025}
      上级: assigned
      全国: {role: reference, year: 2019}
      完成情况: verdict
      备注: note
    rows:
      - {indicator: 甲, 2015: 1, 2020年: 2, 预期目标: 3, 上级: 4, 全国: 5, 完成情况: 完成, 备注: 无, at: 7}
      - {indicator: 乙, unit: 张, scope: 乙区, base: 户籍, nature: 预期性, note: 其他, id: b, quote: 引,
         2015: {value: 1.0, year: 2016, at: 9, quote: 一, note: 单, id: c}, 2020年: "-"}
"""


def test_a_cell_takes_role_and_year_from_its_column():
    """A heading that is a year gives the year; verdicts and notes are no figures."""
    found = body(TABLE).statements

    assert [(s.name, s.text, s.role, s.year) for s in found] == [
        ("甲", "1", "actual", 2015),
        ("甲", "2", "baseline", 2020),
        ("甲", "3", "target", 2025),
        ("甲", "4", "assigned", None),
        ("甲", "5", "reference", 2019),
        ("乙", "1.0", "actual", 2016),
        ("乙", "-", "baseline", 2020),
    ]


def test_a_cell_takes_the_rest_from_its_row_and_then_from_its_table():
    """The nearer word wins."""
    found = body(TABLE).statements

    assert [(s.unit, s.scope, s.base, s.nature, s.note, s.lines, s.quote, s.id) for s in found[:2]] == [
        ("人", "甲区", "常住", "", "", (7,), "", ""),
        ("人", "甲区", "常住", "", "", (7,), "", ""),
    ]
    assert [(s.unit, s.scope, s.base, s.nature, s.note, s.lines, s.quote, s.id) for s in found[-2:]] == [
        ("张", "乙区", "户籍", "预期性", "单", (9,), "一", "c"),
        ("张", "乙区", "户籍", "预期性", "其他", (), "引", "b.2020.baseline"),
    ]
    assert {(s.table, s.repeats, s.period, s.trusted) for s in found} == {("表1", "表0", "", False)}


def test_a_cell_stands_where_its_value_is_written():
    """The place is that of the value, also inside a mapping; the name has its own."""
    found = body(TABLE).statements

    assert (found[0].place, found[0].name_place) == (Place(FILE, 21, 30), Place(FILE, 21, 21))
    assert (found[5].place, found[5].name_place) == (Place(FILE, 23, 24), Place(FILE, 22, 21))


def test_a_columns_unit_serves_cells_without_another():
    """The unit of row or table comes first."""
    text = "tables: [{id: t, columns: {2020: {role: actual, unit: 张}}, rows: [{indicator: 甲, 2020: 1}]}]\n"

    assert [s.unit for s in body(text).statements] == ["张"]
    assert [s.unit for s in body(text.replace("id: t,", "id: t, unit: 人,")).statements] == ["人"]


BAD_TABLES = {
    "no id": ("{columns: {2020: actual}, rows: []}", [("missing-key", 2, 5, {"key": "id", "where": "table"})]),
    "no columns": ("{id: t, rows: []}", [("missing-key", 2, 5, {"key": "columns", "where": "table"})]),
    "no rows": ("{id: t, columns: {2020: actual}}", [("missing-key", 2, 5, {"key": "rows", "where": "table"})]),
    "columns that are a list": (
        "{id: t, columns: [2020], rows: []}",
        [("shape", 2, 22, {"expected": "mapping", "found": "list", "where": "columns"})],
    ),
    "list as a heading": (
        "{id: t, columns: {[a]: actual}, rows: []}",
        [("shape", 2, 23, {"expected": "key", "found": "list", "where": "columns"})],
    ),
    "heading given twice": (
        "{id: t, columns: {2020: actual, 2020: target}, rows: []}",
        [("duplicate-key", 2, 37, {"key": "2020"})],
    ),
    "heading that is a key of rows": (
        "{id: t, columns: {unit: actual}, rows: []}",
        [("not-one-of", 2, 23, {"key": "columns", "found": "unit", "allowed": "a heading that is no row key"})],
    ),
    "unknown role": (
        "{id: t, columns: {2020: goal}, rows: []}",
        [
            (
                "not-one-of",
                2,
                29,
                {
                    "key": "2020",
                    "found": "goal",
                    "allowed": "actual, baseline, target, assigned, reference, verdict, note",
                },
            )
        ],
    ),
    "column without a role": (
        "{id: t, columns: {2020: {year: 2020}}, rows: []}",
        [("missing-key", 2, 29, {"key": "role", "where": "column"})],
    ),
    "row with a strange heading": (
        "{id: t, columns: {2020: actual}, rows: [{indicator: 甲, 2021: 3}]}",
        [("unknown-key", 2, 60, {"key": "2021", "near": "2020", "where": "row"})],
    ),
    "row without a name": (
        "{id: t, columns: {2020: actual}, rows: [{2020: 3}]}",
        [("missing-key", 2, 45, {"key": "indicator", "where": "row"})],
    ),
    "row that is a text": (
        "{id: t, columns: {2020: actual}, rows: [甲]}",
        [("shape", 2, 45, {"expected": "mapping", "found": "text", "where": "row"})],
    ),
    "cell that is a list": (
        "{id: t, columns: {2020: actual}, rows: [{indicator: 甲, 2020: [3]}]}",
        [("shape", 2, 66, {"expected": "amount", "found": "list", "where": "value"})],
    ),
    "cell without a value": (
        "{id: t, columns: {2020: actual}, rows: [{indicator: 甲, 2020: {year: 2019}}]}",
        [("missing-key", 2, 45, {"key": "value", "where": "cell"})],
    ),
}


@pytest.mark.parametrize(("item", "expected"), BAD_TABLES.values(), ids=BAD_TABLES)
def test_a_slip_in_a_table_is_one_fault_and_the_next_table_is_read(item, expected):
    """Each table, row and cell is on its own."""
    text = f"tables:\n  - {item}\n  - {{id: u, columns: {{2020: actual}}, rows: [{{indicator: 乙, 2020: 2}}]}}\n"
    found, _ = read(HEAD + text)

    assert faults(text) == expected
    assert [s.text for s in found.statements] == ["2"]


def test_cells_that_are_not_there_are_no_figures():
    """A row need not fill every column; a blank cell is one that prints nothing."""
    text = "tables: [{id: t, columns: {2020: actual, 2025: target}, rows: [{indicator: 甲, 2025: %s}]}]\n"

    assert [(s.text, s.year) for s in body(text % "3").statements] == [("3", 2025)]
    assert [(s.text, s.year) for s in body(text % "").statements] == [("", 2025)]


# -- claims


def claim(text):
    """The only claim of a body."""
    (found,) = body(f"claims:\n  - {text}\n").claims
    return found


def test_a_claim_is_read_with_all_its_keys():
    """Terms keep their places; amounts and ids are told apart by their first letter."""
    found = claim(
        "{sum: 民营医院, whole: private, parts: [29 家, b-2], partial: true, at: 191, quote: 引, note: 注,"
        " id: s-1, scope: 甲区, year: 2019}"
    )

    assert found == Claim(
        kind="sum",
        subject="民营医院",
        terms={"whole": Term("private", Place(FILE, 4, 24))},
        items=(Term("29 家", Place(FILE, 4, 41)), Term("b-2", Place(FILE, 4, 47))),
        flags=frozenset({"partial"}),
        place=Place(FILE, 4, 11),
        lines=(191,),
        quote="引",
        note="注",
        id="s-1",
        scope="甲区",
        year=2019,
    )
    assert [term.is_reference for term in (found.terms["whole"], *found.items)] == [True, False, True]


EVERY_CLAIM = {
    "sum": "whole: 43 家, parts: [29 家, 14 家]",
    "ratio": "of: a, to: b, is: 16.93%",
    "product": "factors: [a, 5 人], is: 50 人",
    "list": "count: 7 家, items: [甲, 乙], open: true, against: [乙, 甲]",
    "sequence": "items: [1, 2]",
    "change": "from: a, to: b, by: 翻一番, years: 2015-2020, verb: 连续上升, series: [1, 2]",
    "comparison": "left: 78.42 岁, is: 高于, right: 全省, by: 4.4 岁",
    "verdict": "value: a, goal: 78岁, is: 提前实现",
    "conversion": "value: 约8437m², is: 约12.71亩",
    "dates": 'start: "2021.12", end: "2025.12", span: 4 年, state: 新建',
}


@pytest.mark.parametrize("kind", CLAIM_KINDS)
def test_every_kind_of_claim_takes_its_own_keys(kind):
    """All keys of each kind are read."""
    found = claim(f"{{{kind}: 题目, {EVERY_CLAIM[kind]}}}")
    lists = {MAIN_LIST[kind]} if kind in MAIN_LIST else set()
    lists |= {"against"} & set(CLAIM_KINDS[kind])

    assert (found.kind, found.subject, len(found.items)) == (kind, "题目", 2 if kind in MAIN_LIST else 0)
    assert [term.text for term in found.against] == (["乙", "甲"] if kind == "list" else [])
    assert {*found.terms, *found.flags, *lists} == {*CLAIM_KINDS[kind]} - ({"partial"} if kind == "sum" else set())


BAD_CLAIMS = {
    "text": ("甲", [("shape", 2, 5, {"expected": "mapping", "found": "text", "where": "claim"})]),
    "no kind": ("{whole: 3}", [("unknown-claim", 2, 5, {"allowed": ", ".join(CLAIM_KINDS)})]),
    "template": ("{{ x }}", [("unknown-claim", 2, 5, {"allowed": ", ".join(CLAIM_KINDS)})]),
    "no subject": (
        "{ratio: '', of: a, to: b, is: 1}",
        [("missing-key", 2, 13, {"key": "ratio", "where": "claim"})],
    ),
    "missing term": ("{ratio: 甲, of: a, is: 1}", [("missing-key", 2, 5, {"key": "to", "where": "claim"})]),
    "key of another kind": (
        "{conversion: 甲, value: 1, is: 2, whole: 3}",
        [("unknown-key", 2, 38, {"key": "whole", "near": "", "where": "claim"})],
    ),
    "term that is a list": (
        "{conversion: 甲, value: [1], is: 2}",
        [("shape", 2, 28, {"expected": "text", "found": "list", "where": "value"})],
    ),
    "parts that are a text": (
        "{sum: 甲, whole: 3 家, parts: 1 家}",
        [("shape", 2, 33, {"expected": "list", "found": "text", "where": "parts"})],
    ),
    "part that is a mapping": (
        "{sum: 甲, whole: 3 家, parts: [{a: 1}]}",
        [("shape", 2, 34, {"expected": "amount", "found": "mapping", "where": "claim"})],
    ),
    "flag that is none": (
        "{sum: 甲, whole: 3 家, parts: [3 家], partial: yes}",
        [("not-one-of", 2, 49, {"key": "partial", "found": "yes", "allowed": "true, false"})],
    ),
}


@pytest.mark.parametrize(("item", "expected"), BAD_CLAIMS.values(), ids=BAD_CLAIMS)
def test_a_bad_claim_is_one_fault_and_the_next_is_read(item, expected):
    """A claim that cannot be read asserts nothing."""
    text = f"claims:\n  - {item}\n  - {{conversion: 乙, value: 1, is: 2}}\n"
    found, _ = read(HEAD + text)

    assert faults(text) == expected
    assert [c.subject for c in found.claims][-1] == "乙"


# -- projects

PROJECTS = """\
projects:
  - id: 附表
    title: 项目表
    unit: 万元
    at: 507
    repeats: 附表0
    total: "300"
    count: "2"
    rows:
      - {no: 1, project: 甲项目, cost: 100, state: 新建, start: "2021.12", end: "2025.12", at: 508, note: 注, id: a}
      - {no: 2, project: 乙项目, cost: 200, place: 某镇, count: 1, quote: 引}
"""


def test_a_cost_becomes_a_figure_about_its_project():
    """The project is the scope, the table's unit the unit, and an investment is planned."""
    found = body(PROJECTS).statements

    assert [(s.name, s.text, s.unit, s.scope, s.role, s.year) for s in found] == [
        ("项目总投资", "100", "万元", "甲项目", "target", None),
        ("项目总投资", "200", "万元", "乙项目", "target", None),
    ]
    assert [(s.lines, s.quote, s.note, s.id, s.table, s.repeats) for s in found] == [
        ((508,), "", "注", "a", "附表", "附表0"),
        ((), "引", "", "", "附表", "附表0"),
    ]
    assert [s.place for s in found] == [Place(FILE, 12, 37), Place(FILE, 13, 37)]


def test_a_table_of_projects_becomes_a_sum_a_count_and_spans():
    """What the table states is a claim like any other, in the table's unit."""
    dates, total, count = body(PROJECTS).claims

    assert (dates.kind, dates.subject, dates.scope, dates.lines) == ("dates", "甲项目", "甲项目", (508,))
    assert {key: term.text for key, term in dates.terms.items()} == {
        "start": "2021.12",
        "end": "2025.12",
        "state": "新建",
    }
    assert (total.kind, total.subject, total.lines, total.flags) == ("sum", "附表 项目总投资", (507,), frozenset())
    assert (total.terms["whole"].text, [term.text for term in total.items]) == ("300万元", ["100万元", "200万元"])
    assert (count.kind, count.subject, count.terms["count"].text) == ("list", "附表 项目数", "2")
    assert [term.text for term in count.items] == ["甲项目", "乙项目"]


def test_units_written_with_a_cost_stay_as_they_are():
    """The table's unit is only for bare numbers."""
    text = PROJECTS.replace("cost: 100", "cost: 1.5亿元").replace('"300"', '"1.52亿元"')
    _, total, _ = body(text).claims

    assert (total.terms["whole"].text, [term.text for term in total.items]) == ("1.52亿元", ["1.5亿元", "200万元"])


def test_a_project_without_a_cost_leaves_the_sum_open():
    """The costs named are then a part of the total."""
    _, total, _ = body(PROJECTS.replace("cost: 200, ", "")).claims

    assert total.flags == frozenset({"partial"})


BAD_PROJECTS = {
    "no id": ("{rows: []}", [("missing-key", 2, 5, {"key": "id", "where": "projects"})]),
    "no rows": ("{id: t}", [("missing-key", 2, 5, {"key": "rows", "where": "projects"})]),
    "unknown key": (
        "{id: t, row: [], rows: []}",
        [("unknown-key", 2, 13, {"key": "row", "near": "rows", "where": "projects"})],
    ),
    "row that is a text": (
        "{id: t, rows: [甲]}",
        [("shape", 2, 20, {"expected": "mapping", "found": "text", "where": "project"})],
    ),
    "row without a name": (
        "{id: t, rows: [{cost: 3}]}",
        [("missing-key", 2, 20, {"key": "project", "where": "project"})],
    ),
    "cost that is a list": (
        "{id: t, rows: [{project: 甲, cost: [3]}]}",
        [("shape", 2, 39, {"expected": "amount", "found": "list", "where": "value"})],
    ),
}


@pytest.mark.parametrize(("item", "expected"), BAD_PROJECTS.values(), ids=BAD_PROJECTS)
def test_a_slip_in_a_table_of_projects_is_one_fault(item, expected):
    """The next table is read."""
    text = f"projects:\n  - {item}\n  - {{id: u, rows: [{{project: 乙, cost: 2 元}}]}}\n"
    found, _ = read(HEAD + text)

    assert faults(text) == expected
    assert [s.text for s in found.statements] == ["2 元"]


# -- local indicators, scopes, everything at once


def test_local_indicators_are_passed_on_as_they_stand():
    """Whether they are any good is found out with the catalogue."""
    text = "indicators:\n  - {key: local-a}\n  - 甲\n"
    found, _ = read(HEAD + text)

    assert len(found.indicators) == 1
    assert faults(text) == [("shape", 3, 5, {"expected": "mapping", "found": "text", "where": "indicators"})]


def test_the_parts_of_a_file_may_stand_in_any_order():
    """Figures follow tables, and projects follow figures, whatever comes first in the file."""
    parts = [
        "projects: [{id: p, rows: [{project: 甲, cost: 3 元}]}]\n",
        "figures: [{indicator: 甲, value: 2}]\n",
        "tables: [{id: t, columns: {2020: actual}, rows: [{indicator: 甲, 2020: 1}]}]\n",
    ]

    assert [s.text for s in body("".join(parts)).statements] == ["1", "2", "3 元"]
    assert [s.text for s in body("".join(reversed(parts))).statements] == ["1", "2", "3 元"]


KEYS = st.sampled_from(
    [*TOP_KEYS, *PLAN_KEYS, *plan.TABLE_KEYS, *plan.FIGURE_KEYS, *plan.CLAIM_KINDS, "2020", "甲", "x"]
)
TREES = st.recursive(
    st.sampled_from(["1", "甲", "2020", "2021-2025", '""', "~", "target", "a", "true", "3 人", '">3"', "local-a"]),
    lambda inner: (
        st.lists(inner, max_size=3).map(lambda items: f"[{', '.join(items)}]")
        | st.lists(st.tuples(KEYS, inner), max_size=4).map(
            lambda pairs: "{" + ", ".join(f"{key}: {value}" for key, value in pairs) + "}"
        )
    ),
    max_leaves=15,
)


@settings(deadline=None, max_examples=300)
@given(st.lists(st.tuples(st.sampled_from(TOP_KEYS[2:]), TREES), max_size=4), st.booleans())
@example([("tables", "[{columns: {[a]: target}, rows: [{{x: 1}: 2}]}]")], True)
@example(
    [("tables", "[{id: [t], columns: {2020: {role: [a], year: {a: 1}}}, rows: [{indicator: 甲, 2020: {}}]}]")], True
)
@example([("claims", "[{sum: [甲], whole: {a: 1}, parts: [[1]]}, {list: 甲, count: [], items: {a: 1}}]")], True)
@example([("projects", "[{id: a, total: [1], count: {a: 1}, rows: [{project: [甲], cost: {a: 1}, start: []}]}]")], True)
@example([("figures", "[[], {indicator: {}, value: [], at: [[]], id: {}, year: {}, trusted: []}]")], True)
def test_any_tree_gives_a_plan_or_faults(parts, has_head):
    """Whatever stands where, the reader says what is wrong and raises nothing."""
    text = (HEAD if has_head else "") + "".join(f"{key}: {value}\n" for key, value in parts)
    found, faults = read(text)

    assert (found is not None) == has_head
    assert faults or has_head
    assert all(line >= 1 and column >= 1 for _, line, column, _ in faults)


# -- references, months, what is no figure, tables as they are laid out


def test_references_are_names_with_their_places():
    """The plans that this one is held against are named in order."""
    found, shown = read(HEAD.replace("id: ex", "id: ex, references: [city-2021, a_b.c]"))

    assert shown == []
    assert found.references == (Term("city-2021", Place(FILE, 2, 29)), Term("a_b.c", Place(FILE, 2, 40)))


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("../a", "../a"),
        ("a/b", "a/b"),
        ("/a", "/a"),
        (".a", ".a"),
        ("A", "A"),
        ("甲", "甲"),
        ("''", ""),
        ("[a]", "list"),
    ],
)
def test_a_name_of_a_reference_is_no_path(name, shown):
    """A path could lead anywhere; it is a fault, and the names beside it are kept."""
    found, wrong = read(HEAD.replace("id: ex", f"id: ex, references: [{name}, b]"))

    assert wrong == [("bad-reference", 2, 29, {"found": shown})]
    assert [term.text for term in found.references] == ["b"]


@pytest.mark.parametrize(
    ("months", "expected"),
    [("1-9", "1-9"), ("1-12", "1-12"), ("9", "9"), ("12", "12"), ("1-9月", "1-9"), ("3-3", "3-3")],
)
def test_months_are_a_part_of_a_year(months, expected):
    """A figure or a cell may cover only some months."""
    row = f"{{indicator: 甲, 2021: {{value: 3, months: {months}}}}}"
    cell = f"tables:\n  - {{id: t, columns: {{2021: actual}}, rows: [{row}]}}\n"

    assert figure(f", months: {months}") == statement(months=expected)
    assert [s.months for s in body(cell).statements] == [expected]


@pytest.mark.parametrize("months", ["9-1", "0-3", "1-13", "1—9", "上半年", "1-9-12", "13", "0"])
def test_months_that_are_none_are_a_fault(months):
    """The figure is read, as if it covered the year."""
    text = f"figures:\n  - {{indicator: 婴儿死亡率, value: 3.52‰, months: {months}}}\n"

    assert faults(text) == [("bad-months", 2, 46, {"found": months})]
    assert read(HEAD + text)[0].statements == (statement(),)


def test_what_is_no_figure_is_listed():
    """One text or several, on some lines or anywhere."""
    found = body(
        'not_figures:\n  - {kind: name, text: 第920医院}\n  - {kind: deleted, text: [甲, 乙], at: "3-4", note: 已删}\n'
    )

    assert [(n.texts, n.kind, n.lines, n.place.line) for n in found.not_figures] == [
        (("第920医院",), "name", (), 4),
        (("甲", "乙"), "deleted", (3, 4), 5),
    ]


@pytest.mark.parametrize(
    ("item", "expected"),
    [
        ("920", ("shape", 2, 5, {"expected": "mapping", "found": "text", "where": "not_figures"})),
        ("{kind: name}", ("missing-key", 2, 5, {"key": "text", "where": "not_figures"})),
        ("{kind: name, text: ''}", ("missing-key", 2, 24, {"key": "text", "where": "not_figures"})),
        ("{kind: name, text: []}", ("missing-key", 2, 24, {"key": "text", "where": "not_figures"})),
        ("{kind: name, text: [甲, [乙]]}", ("missing-key", 2, 24, {"key": "text", "where": "not_figures"})),
        ("{text: 甲}", ("missing-key", 2, 5, {"key": "kind", "where": "not_figures"})),
        ("{kind: name, text: 甲, at: 页}", ("bad-lines", 2, 31, {"found": "页"})),
        ("{kind: name, texts: 甲}", ("unknown-key", 2, 18, {"key": "texts", "near": "text", "where": "not_figures"})),
        (
            "{kind: nmae, text: 甲}",
            ("not-one-of", 2, 12, {"key": "kind", "found": "nmae", "allowed": ", ".join(NOT_FIGURE_KINDS)}),
        ),
    ],
)
def test_a_bad_list_of_no_figures_is_a_fault(item, expected):
    """A slip is pointed at, and the next entry is read."""
    text = f"not_figures:\n  - {item}\n  - {{kind: page, text: 第3页}}\n"

    assert faults(text)[0] == expected
    assert read(HEAD + text)[0].not_figures[-1].texts == ("第3页",)


LAID_OUT = """\
tables:
  - id: 表1
    at: 5
    repeats: 表0
    scope: 甲区
    columns: {2020年: baseline, 目标: {role: target, year: 2025}, 备注: note}
    rows:
      - {no: 1, indicator: 甲, base: 户籍, 2020年: 3, at: 6}
      - {no: "", indicator: 乙, scope: 丙区, 2020年: 4, at: "7-8"}
      - {indicator: 丁, 2020年: 5}
"""


def test_a_table_keeps_its_layout():
    """Columns, printed numbers, names, scopes and lines of the rows are kept beside the figures."""
    (table,) = body(LAID_OUT).tables

    assert (table.id, table.lines, table.repeats, table.is_projects) == ("表1", (5,), "表0", False)
    assert table.columns == (("2020年", "baseline", 2020), ("目标", "target", 2025), ("备注", "note", None))
    assert [(row.no and row.no.text, row.name.text, row.scope, row.base, row.lines) for row in table.rows] == [
        ("1", "甲", "甲区", "户籍", (6,)),
        ("", "乙", "丙区", "", (7, 8)),
        (None, "丁", "甲区", "", ()),
    ]
    assert table.rows[0].no.place == Place(FILE, 10, 14)


def test_a_table_of_projects_keeps_its_layout():
    """The names of the projects are the names of the rows."""
    (table,) = body(PROJECTS).tables

    assert (table.id, table.lines, table.repeats, table.columns, table.is_projects) == (
        "附表",
        (507,),
        "附表0",
        (),
        True,
    )
    assert [(row.no.text, row.name.text, row.lines) for row in table.rows] == [
        ("1", "甲项目", (508,)),
        ("2", "乙项目", ()),
    ]


# -- claims that came later


def test_the_lists_of_a_claim_are_its_items():
    """Factors, items and series are the main list; what is named again in another place is kept apart."""
    product = claim("{product: 床位数, factors: [beds, 5 家], is: 500 张}")
    sequence = claim("{sequence: 表1 序号, items: [1, 2, 4]}")
    series = claim("{change: 婴儿死亡率, verb: 连续下降, series: [5‰, 4‰], years: 2016-2020}")
    both = claim("{list: 医院, items: [甲, 乙], against: [乙]}")

    assert ([term.text for term in product.items], list(product.terms)) == (["beds", "5 家"], ["is"])
    assert ([term.text for term in sequence.items], sequence.terms) == (["1", "2", "4"], {})
    assert [term.text for term in series.items] == ["5‰", "4‰"]
    assert {key: term.text for key, term in series.terms.items()} == {"verb": "连续下降", "years": "2016-2020"}
    assert ([term.text for term in both.items], [term.text for term in both.against]) == (["甲", "乙"], ["乙"])
    assert both.terms == {}


@pytest.mark.parametrize(
    ("item", "expected"),
    [
        ("{product: 甲, is: 3}", ("missing-key", 2, 5, {"key": "factors", "where": "claim"})),
        ("{product: 甲, factors: [1]}", ("missing-key", 2, 5, {"key": "is", "where": "claim"})),
        ("{sequence: 甲}", ("missing-key", 2, 5, {"key": "items", "where": "claim"})),
        ("{list: 甲, items: [乙]}", ("missing-key", 2, 5, {"key": "count", "where": "claim"})),
        ("{list: 甲, against: [乙]}", ("missing-key", 2, 5, {"key": "items", "where": "claim"})),
        (
            "{list: 甲, items: [乙], against: 丙}",
            ("shape", 2, 36, {"expected": "list", "found": "text", "where": "against"}),
        ),
        (
            "{list: 甲, items: [乙], against: [[丙]]}",
            ("shape", 2, 37, {"expected": "amount", "found": "list", "where": "claim"}),
        ),
        ("{sequence: 甲, items: 3}", ("shape", 2, 26, {"expected": "list", "found": "text", "where": "items"})),
    ],
)
def test_a_claim_needs_its_lists(item, expected):
    """What is missing is named, and the claim asserts nothing."""
    text = f"claims:\n  - {item}\n"

    assert faults(text) == [expected]
    assert read(HEAD + text)[0].claims == ()


# -- verdict columns


def verdicts(columns, row):
    """The verdicts that a table of one row states: subject, year, lines and terms."""
    text = f"tables:\n  - {{id: t, columns: {{{columns}}}, rows: [{{indicator: 甲, at: 3, {row}}}]}}\n"
    return [
        (c.subject, c.year, c.lines, {key: term.text for key, term in c.terms.items()})
        for c in body(text).claims
        if c.kind == "verdict"
    ]


REVIEW = "2015: actual, 2020: actual, 目标: {role: target, year: 2020}, 完成情况: verdict"


def test_a_verdict_column_says_whether_the_goal_was_reached():
    """The verdict of a row is about its value and its goal of one year, in the unit of the row."""
    assert verdicts(REVIEW, "unit: 岁, 2015: 78, 2020: 80.62, 目标: 80, 完成情况: 达成") == [
        ("甲", 2020, (3,), {"value": "80.62岁", "goal": "80岁", "is": "达成"})
    ]
    assert verdicts(REVIEW, "unit: 岁, 2020: {value: 80.62 岁, at: 4}, 目标: 80 岁以上, 完成情况: 达成") == [
        ("甲", 2020, (3,), {"value": "80.62 岁", "goal": "80 岁以上", "is": "达成"})
    ]


@pytest.mark.parametrize(
    "row",
    [
        "2015: 78, 2020: 80, 目标: 80",
        "2015: 78, 目标: 80, 完成情况: 达成",
        "2020: 80, 完成情况: 达成",
        "2020: '', 目标: 80, 完成情况: 达成",
        "完成情况: 达成",
    ],
)
def test_a_verdict_without_value_and_goal_of_one_year_is_no_claim(row):
    """Nothing is held against a goal of another year, or against a cell that is not printed."""
    assert verdicts(REVIEW, row) == []


def test_two_verdict_columns_are_two_claims():
    """Each column's words are about the same value and goal."""
    found = verdicts(REVIEW + ", 评价: verdict", "2020: 80, 目标: 80, 完成情况: 达成, 评价: 良好")

    assert [terms["is"] for _, _, _, terms in found] == ["达成", "良好"]


def test_a_span_of_a_project_is_part_of_its_dates():
    """The years a project takes are printed beside its dates."""
    (dates, *_) = body(PROJECTS.replace('end: "2025.12"', 'end: "2025.12", span: 4 年')).claims

    assert dates.terms["span"].text == "4 年"
