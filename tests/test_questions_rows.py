"""Rows of the tables of indicators: which tables those are, and what is printed again."""

from told import HEAD, rows

from planlint import cache
from planlint.facts import Lookups, derive
from planlint.findings import Text
from planlint.plan import read
from planlint.questions.rows import MOST_NAMES, sheets, shortlist
from planlint.tree import parse
from planlint.verdicts import Inquiry

CATALOGUE = cache.load().catalogue
ROW = '      - {indicator: 产前筛查率, unit: "%", 2020: 80, 2025: ≥90, nature: 约束性, at: 3}\n'


def sheets_of(text):
    """The sheets of a plan."""
    root, faults = parse(HEAD + text, "p.yaml")
    plan = read(root, "p.yaml", faults)
    return sheets(Inquiry(derive(plan, Lookups(CATALOGUE), faults), set()))


def shown(sheet):
    """A sheet as plain values."""
    return (
        sheet.table.id,
        [
            (line.name, [f.amount.text for f in line.bases], [f.amount.text for f in line.targets], line.is_binding)
            for line in sheet.lines
        ],
        [other.table.id for other in sheet.again],
    )


def table(id_, columns, lines, extra=""):
    """A table."""
    return f"  - id: {id_}\n{extra}    columns: {columns}\n    rows:\n{lines}"


def test_a_sheet_aims_at_the_planned_period():
    """A table of the last period and a list of what there is are none."""
    text = "tables:\n" + table("表1", "{2015: actual, 2020: target}", ROW.replace("2020: 80, 2025: ≥90", "2020: 80"))
    text += table("表2", "{2020: actual}", ROW.replace(", 2025: ≥90", ""))
    text += table("表3", "{2020: baseline, 2025: target}", ROW)

    assert [shown(sheet) for sheet in sheets_of(text)] == [("表3", [("产前筛查率", ["80"], ["≥90"], True)], [])]


def test_a_table_printed_again_stands_under_the_first():
    """Its rows are found by name."""
    text = "tables:\n" + table("表1", "{2020: baseline, 2025: target}", ROW)
    text += table("表2", "{2020: baseline, 2025: target}", ROW, "    repeats: 表1\n")
    (sheet,) = sheets_of(text)

    assert shown(sheet) == ("表1", [("产前筛查率", ["80"], ["≥90"], True)], ["表2"])
    assert len(sheet.everywhere(sheet.lines[0])) == 2


def test_a_row_that_could_not_be_read_is_left_out():
    """Nobody knows whether an unreadable cell holds a baseline."""
    text = rows(
        'indicator: 产前筛查率, unit: "%", 2020: 8o, 2025: ≥90, at: 3',
        'indicator: 孕产妇系统管理率, unit: "%", 2020: 80, 2025: ≥90, at: 4',
    )

    assert [line.name for line in sheets_of(text)[0].lines] == ["孕产妇系统管理率"]


def test_long_lists_are_cut_and_counted():
    """Each name once; the first of many, and how many there are."""
    many = [f"甲{n}" for n in range(MOST_NAMES + 2)]

    assert shortlist(["甲", "乙", "甲"]) == Text("“甲”、“乙”", "“甲” and “乙”")
    assert shortlist(many[:MOST_NAMES]).zh.endswith(f"“甲{MOST_NAMES - 1}”")
    assert shortlist(many).zh.endswith(f"“甲{MOST_NAMES - 1}” 等 {MOST_NAMES + 2} 项")
    assert shortlist(many).en.endswith(f"“甲{MOST_NAMES - 1}” and 2 more")
