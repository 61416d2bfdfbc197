"""A plan file against the text of its document: which numbers there are, and what becomes of each."""

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from planlint import plan, tree
from planlint.report import words
from planlint.source import Source
from planlint.trace import Fate, Trace, fold, keys_of, read_text, trace

FILE = "p.yaml"
HEAD = "planlint: 1\nplan: {id: p, title: 示例, region: 某县, period: 2021-2025, document: p.txt}\n"
"""Two lines, so the body begins on the third."""


def read(body):
    """The plan of a body that has no faults."""
    root, faults = tree.parse(HEAD + body, FILE)
    found = plan.read(root, FILE, faults)
    assert faults == []
    return found


def traced(body, document):
    """A plan of that body held against a text."""
    return trace(read(body), Source("p.txt", document))


def faults(body, document):
    """Kind, file, line and what is shown of each fault; lines of the plan file are counted in the body."""
    return [
        (f.kind, f.place.file, f.place.line - (2 if f.place.file == FILE else 0), dict(f.shown))
        for f in traced(body, document).faults
    ]


def fates(body, document):
    """How many numbers were carried, listed, recognised by form and left out."""
    return tuple(traced(body, document).fates[fate] for fate in Fate)


def left(body, document):
    """The numbers that are left out."""
    return [dict(f.shown)["text"] for f in traced(body, document).faults if f.kind == "number-left-out"]


# -- what is a number


def quantities(line):
    """Characters and digits of the numbers of a line that may be quantities."""
    return [(n.text, n.key) for n in read_text(line).numbers if not n.is_formal]


def formal(line):
    """The numbers of a line whose form says that they are none."""
    return [n.text for n in read_text(line).numbers if n.is_formal]


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("注册护士10.15人", [("10.15", "10.15")]),
        ("床位1,234张，收入1,234,567.8元", [("1,234", "1234"), ("1,234,567.8", "1234567.8")]),
        ("3.10和3.1", [("3.10", "3.10"), ("3.1", "3.1")]),
        ("降至３．１０‰", [("３．１０", "3.10")]),
        ("１，２３４张", [("１，２３４", "1234")]),
        ("甲1,5和乙12,3456", [("1", "1"), ("5", "5"), ("12", "12"), ("3456", "3456")]),
        ("建成四项制度、五大中心", [("四", "4"), ("五", "5")]),
        ("二千零五十名护士，一百二十张床", [("二千零五十", "2050"), ("一百二十", "120")]),
        ("两家医院，十余家诊所，二十多个科室", [("两", "2"), ("十", "10"), ("二十", "20")]),
        ("百分之九十五，千分之三点五，百分之百", [("九十五", "95"), ("三点五", "3.5"), ("百", "100")]),
        ("10/10万和1:1.15", [("10", "10"), ("10", "10"), ("1", "1"), ("1.15", "1.15")]),
        ("门诊7×24小时", [("7", "7"), ("24", "24")]),
        ("占地120km，100m²，500ml", [("120", "120"), ("100", "100"), ("500", "500")]),
        ("2020人，2020元，1998张", [("2020", "2020"), ("2020", "2020"), ("1998", "1998")]),
        ("1—2所，3～5张", [("1", "1"), ("2", "2"), ("3", "3"), ("5", "5")]),
    ],
)
def test_quantities_are_found_as_they_are_printed(line, expected):
    """Whatever way a number is written, its digits are known; what is printed otherwise is another number."""
    assert quantities(line) == expected


@pytest.mark.parametrize(
    "line",
    [
        "一个中心，一批项目，一家医院",
        "第三类，第十四次",
        "三级医院五年达标",
        "“十四五”时期",
        "百家医院，千张床位，万人以上",
        "每千人口，每十万人口，/十万",
        "数十家，几十个，十几张，上百家",
        "以上三个指标",
        "一是抓基层，二是强队伍",
    ],
)
def test_ways_of_speaking_are_no_numbers(line):
    """A lone 一, an ordinal, a class and a round manner of speaking name no quantity."""
    assert read_text(line).numbers == ()


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("到2025年，2021-2025年", ["2025", "2021", "2025"]),
        ("2021年6月5日印发，6月至9月", ["2021", "6", "5", "6", "9"]),
        ("2020 年末，二〇三五年", ["2020", "二〇三五"]),
        ("2020.12—2021.6", ["2020.12", "2021.6"]),
        ("云政发〔2021〕7号，国办发[2020]3号，第12号公告", ["2021", "7", "2020", "3", "12"]),
        ("1.甲", ["1"]),
        ("（2）乙", ["2"]),
        ("3、丙", ["3"]),
        ("甲。4）丁", ["4"]),
        ("-12-", ["12"]),
        ("— 3 —", ["3"]),
        ("第 5 页 共 9 页", ["5", "9"]),
        ("总论........12", ["12"]),
        ("第一章……3", ["3"]),
        ("PM2.5", ["2.5"]),
        ("A4纸，B2C，5G网络", ["4", "2", "5"]),
        ("表2-1，图3，附件2，专栏4", ["2", "1", "3", "2", "4"]),
    ],
)
def test_dates_marks_pages_and_names_are_known_by_their_form(line, expected):
    """Nobody has to list what the form of a number already says."""
    assert (formal(line), quantities(line)) == (expected, [])


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("2.5人", [("2.5", "2.5")]),
        ("共3、4家", [("3", "3"), ("4", "4")]),
        ("（3人）", [("3", "3")]),
        ("增至7号楼前的30张", [("30", "30")]),
        ("1.5倍", [("1.5", "1.5")]),
    ],
)
def test_what_only_resembles_a_mark_is_a_quantity(line, expected):
    """A mark of enumeration stands alone in front of its text."""
    assert [pair for pair in quantities(line) if pair in expected] == expected


def test_a_number_knows_its_line_and_column():
    """Columns count characters of the line as printed, from 1; full width changes none of them."""
    found = read_text("甲\n  婴儿死亡率３．５２‰和 4 人\n")

    assert [(n.line, n.column, n.text) for n in found.numbers] == [(2, 8, "３．５２"), (2, 15, "4")]
    assert found.lines == ("甲", "  婴儿死亡率３．５２‰和 4 人")
    assert found.folded == "甲婴儿死亡率3.52‰和4人"
    assert [found.folded[n.start : n.end] for n in found.numbers] == ["3.52", "4"]
    assert [found.line_at(n.start) for n in found.numbers] == [2, 2]


def test_windows_line_ends_change_nothing():
    """A document saved on another system has the same lines, columns and numbers."""
    text = "甲3.52‰\n\n乙四家\n"

    assert read_text(text.replace("\n", "\r\n")) == read_text(text)


@pytest.mark.parametrize("text", ["", "\n", "没有数字\n"])
def test_a_text_without_numbers_has_none(text):
    """Nothing is left out of nothing, and the share is whole."""
    found = traced("", text)

    assert (found.numbers, found.accounted, found.faults) == (0, 0, [])
    assert words.share_of(found) == "100.0%"


def test_folding_drops_blanks_and_width():
    """A quote is found whatever blanks and width the document was saved with."""
    assert fold(" 降 至\u3000３．５２ ‰（Ａ）\n") == "降至3.52‰(A)"


@pytest.mark.parametrize(
    ("text", "keys"),
    [
        ("≥80.5%", ["80.5"]),
        ("1,234 张", ["1234"]),
        ("1—2所", ["1", "2"]),
        ("四项", ["4"]),
        ("全部", ["100"]),
        ("一半以上", ["50"]),
        ("逐步提高", []),
    ],
)
def test_the_digits_of_an_amount(text, keys):
    """Words that stand for a number have its digits."""
    assert keys_of(text) == keys


# -- what becomes of a number

RATE = "figures:\n  - {indicator: 婴儿死亡率, year: 2020, value: 3.52‰, at: 2, quote: 3.52‰}\n"


def test_a_number_is_carried_listed_recognised_or_left():
    """Each number has one fate, and the four add up."""
    body = RATE + "not_figures:\n  - {kind: name, text: 第920医院}\n"
    found = traced(body, "第920医院，2020年\n婴儿死亡率3.52‰，4家\n")

    assert [found.fates[fate] for fate in Fate] == [1, 1, 1, 1]
    assert (found.numbers, found.accounted) == (4, 3)
    assert (found.plan, found.document) == ("p", "p.txt")
    assert words.share_of(found) == "75.0%"


def test_what_is_left_out_is_shown_where_it_stands():
    """The place is that of the document, with a little of what stands around it."""
    assert faults(RATE, "第一行\n婴儿死亡率3.52‰，医疗卫生机构床位1,234张，比全市平均水平略高一些\n") == [
        (
            "number-left-out",
            "p.txt",
            2,
            {"text": "1,234", "context": "52‰，医疗卫生机构床位1,234张，比全市平均水平略高一"},
        )
    ]


@pytest.mark.parametrize(
    "parts",
    [
        "figures:\n  - {indicator: 甲率, value: 90%, at: 1}\n",
        "figures:\n  - {indicator: 甲率, value: 90%, at: 1, quote: 90%}\n",
        "claims:\n  - {conversion: 甲率, value: 90%, is: 900‰, at: 1, quote: 90%}\n",
        "claims:\n  - {sum: 甲率, whole: 90%, parts: [40%, 50%], at: 1}\n",
        "tables:\n  - {id: t, columns: {2020: actual}, rows: [{indicator: 甲率, 2020: 90, unit: '%', at: 1}]}\n",
    ],
    ids=["figure", "quote", "claim", "sum", "table"],
)
def test_a_figure_accounts_for_one_number(parts):
    """The same digits again on the line are another number, which is left out."""
    assert left(parts, "甲率90%，乙率90%\n") == ["90"]


@pytest.mark.parametrize("quote", ["", ", quote: 90%", ", quote: 率90%"])
def test_two_figures_account_for_two_numbers(quote):
    """Two entries of one line take one number each, even where their quotes are the same."""
    rows = "".join(f"  - {{indicator: {name}, value: 90%, at: 1{quote}}}\n" for name in ("甲率", "乙率"))
    body = f"figures:\n{rows}"

    assert fates(body, "甲率90%，乙率90%\n") == (2, 0, 0, 0)
    assert left(body, "甲率90%，乙率90%，丙率90%\n") == ["90"]


def test_names_account_for_all_their_numbers_on_the_line():
    """The 3 of 3岁以下 stands in the name; it may be printed in the heading and again in the text."""
    body = "figures:\n  - {indicator: 3岁以下儿童系统管理率, value: 90%, at: 1, quote: 90%}\n"

    assert fates(body, "3岁以下儿童系统管理：3岁以下管理率90%\n") == (3, 0, 0, 0)
    assert left(body, "3岁以下管理率90%\n3岁\n") == ["3"]


def test_tables_account_for_headings_marks_and_scopes():
    """A row carries its number, its name and its scope, a table the years and units of its headings."""
    body = (
        "tables:\n  - id: 表1\n    at: 1\n    columns: {2020: baseline, 2025: target}\n    rows:\n"
        "      - {no: 12, indicator: 5岁以下儿童死亡率, scope: 3家医院, unit: /10万, 2020: 4.13, 2025: ≤3.5, at: 2}\n"
    )

    assert fates(body, "指标 2020 2025\n12 5岁以下儿童死亡率 3家医院 /10万 4.13 ≤3.5\n") == (8, 0, 0, 0)
    assert left(body, "指标 2020 2025\n12 5岁以下儿童死亡率 4家医院 4.13 ≤3.5\n") == ["4"]


def test_a_cell_split_over_several_lines_is_one_row():
    """A table whose cells stand one below another is covered by a span of lines."""
    body = (
        "tables:\n  - id: t\n    columns: {2019: baseline, 2025: target}\n    rows:\n"
        '      - {indicator: 人均预期寿命, unit: 岁, 2019: 80.66, 2025: ≥81.6, at: "1-4"}\n'
    )

    assert fates(body, "人均预期寿命\n岁\n80.66\n≥81.6\n") == (2, 0, 0, 0)


def test_months_and_years_of_a_figure_are_its_own():
    """一至九月 of 2020人 is part of what a figure says of itself."""
    body = "figures:\n  - {indicator: 诊疗人次, year: 2020, months: 1-9, value: 60 万人次, at: 1}\n"

    assert left(body, "2020年 1 - 9 诊疗60万人次\n") == []


@pytest.mark.parametrize(
    ("listed", "expected"),
    [
        ("text: 第920医院", ["920"]),
        ("text: 第920医院, at: 2", ["920"]),
        ("text: [第920医院, 920路], at: 1-2", []),
        ("text: '920'", []),
    ],
)
def test_what_is_listed_is_no_quantity(listed, expected):
    """A text without lines holds wherever it stands, one with lines only there."""
    body = f"not_figures:\n  - {{kind: name, {listed}}}\n"

    assert left(body, "乘920路\n到第920医院\n") == expected


def test_a_deleted_passage_may_be_listed_whole():
    """All numbers of the passage are accounted for, over the end of a line, too."""
    body = "not_figures:\n  - {kind: deleted, text: 新建3家医院、5家诊所, at: 1}\n"

    assert fates(body, "新建3家医\n院、5家诊所，另2家\n") == (0, 2, 0, 1)


# -- what does not stand where it should


def test_quotes_are_found_across_the_end_of_a_line():
    """A document wraps where it likes; the quote begins on the line that is named."""
    body = "figures:\n  - {indicator: 婴儿死亡率, value: 3.52‰, at: 1, quote: 死亡率3.52‰}\n"

    assert faults(body, "婴儿死亡\n率 3.52‰\n") == []
    assert [fault[0] for fault in faults(body.replace("at: 1", "at: 2"), "婴儿死亡\n率 3.52‰\n")] == ["quote-not-there"]


@pytest.mark.parametrize(
    ("at", "lines"), [("3", "3"), ("1", "1"), ('"3-4"', "3–4"), ("[1, 4]", "1, 4"), ("[1, 3, 4]", "1, 3, 4")]
)
def test_a_quote_that_stands_elsewhere_is_a_fault(at, lines):
    """The lines that were searched are named as they were meant."""
    body = f"figures:\n  - {{indicator: 婴儿死亡率, value: 3.52‰, at: {at}, quote: 降至3.52‰}}\n"
    kinds = [fault for fault in faults(body, "甲\n降至3.52‰\n乙\n丙\n") if fault[0] != "number-left-out"]

    assert kinds == [("quote-not-there", FILE, 2, {"quote": "降至3.52‰", "lines": lines})]


def test_a_quote_without_lines_is_not_looked_for():
    """PL031 says that lines are missing; nothing more can be said here."""
    assert faults("figures:\n  - {indicator: 婴儿死亡率, value: 3.52‰, quote: 没有}\n", "甲\n") == []


def test_a_figure_that_is_not_on_its_lines_is_a_fault():
    """Digits count as printed: 3.5 is not in 3.52, and 35 not in 135."""
    body = "figures:\n  - {indicator: 婴儿死亡率, value: %s, at: 1}\n"
    kinds = {
        value: [fault[0] for fault in faults(body % value, "死亡率3.52‰，床位1,135张，四家\n") if FILE in fault]
        for value in ("3.52‰", "3.5‰", "3.520‰", "35 张", "1135 张", "四家", "4 家", "逐步提高")
    }

    assert kinds == {
        "3.52‰": [],
        "3.5‰": ["figure-not-there"],
        "3.520‰": ["figure-not-there"],
        "35 张": ["figure-not-there"],
        "1135 张": [],
        "四家": [],
        "4 家": [],
        "逐步提高": [],
    }


@pytest.mark.parametrize(("at", "expected"), [("2", []), ("3", ["line-not-there"]), ('"2-3"', ["line-not-there"])])
def test_a_line_behind_the_end_is_a_fault(at, expected):
    """The last line of a document ends with it; a line break behind it begins no other."""
    body = f"claims:\n  - {{conversion: 用地, value: 3 亩, is: 2000 m², at: {at}}}\n"

    assert [fault[0] for fault in faults(body, "甲\n3亩2000m²\n") if fault[1] == FILE] == expected
    shown = {"line": "3", "last": "2"}
    assert [f[3] for f in faults(body, "甲\n3亩2000m²\n") if f[0] == "line-not-there"] == [shown] * len(expected)


def test_a_listed_text_that_is_not_there_is_a_fault():
    """A name that was misspelt accounts for nothing."""
    body = "not_figures:\n  - {kind: name, text: [第920医院, 第921医院]}\n"

    assert faults(body, "第920医院\n") == [("quote-not-there", FILE, 2, {"quote": "第921医院", "lines": ""})]


# -- counts


@pytest.mark.parametrize(
    ("left_out", "numbers", "share"),
    [(0, 0, "100.0%"), (0, 7, "100.0%"), (1, 3, "66.6%"), (1, 1000, "99.9%"), (1, 10_000, "99.9%"), (2, 100, "98.0%")],
)
def test_a_share_is_rounded_down(left_out, numbers, share):
    """100% means that nothing is left out, never that little is."""
    found = Trace("p", "p.txt")
    found.fates[Fate.LEFT] = left_out
    found.fates[Fate.CARRIED] = numbers - left_out

    assert words.share_of(found) == share


LINES = st.lists(
    st.sampled_from(
        ["婴儿死亡率", "3.52‰", "，", "2020年", "第", "920", "医院", "四家", "（1）", "1,234张", "\n", "  ", "０．５%"]
    ),
    max_size=30,
).map("".join)
BODIES = st.sampled_from(
    [
        "",
        RATE,
        RATE + "not_figures:\n  - {kind: name, text: ['920', 第]}\n",
        "claims:\n  - {sum: 医院, whole: 4 家, parts: [3 家, 1 家], at: [1, 2, 3], quote: 四家}\n",
        "tables:\n  - {id: '920', at: 1, columns: {2020: actual}, rows: [{indicator: a, 2020: 0.5, at: 1-3}]}\n",
    ]
)


@settings(deadline=None)
@given(BODIES, LINES)
def test_every_number_has_one_fate(body, document):
    """Whatever the plan and the text, each number is counted once and those left out are all reported."""
    found = traced(body, document)
    reported = [fault for fault in found.faults if fault.kind == "number-left-out"]

    assert found.numbers == len(read_text(document).numbers)
    assert len(reported) == found.fates[Fate.LEFT]
    assert found.accounted + found.fates[Fate.LEFT] == found.numbers


@settings(deadline=None)
@given(
    st.text(alphabet="0123456789.,，．年月日号第〔〕[]（)(、-—一二三四五十百千万两分之点 个家%abAB\n\r\t", max_size=60)
)
def test_no_text_breaks_the_scanner(text):
    """Numbers stand in order, do not overlap, and are where they say they are."""
    found = read_text(text)
    numbers = found.numbers

    assert all(a.end <= b.start for a, b in pairwise(numbers))
    assert all(found.lines[n.line - 1][n.column - 1 :].startswith(n.text) for n in numbers)
    assert [i for line in range(1, len(found.lines) + 1) for i in found.on_line(line)] == list(range(len(numbers)))
