"""Numbers that count on, and numbers that do not."""

import pytest
from told import left_open, said

from planlint.questions.numbering import read_mark
from planlint.source import Place
from planlint.statements import Term


def sequence(*marks):
    """An enumeration with the marks given."""
    listed = ", ".join(f'"{mark}"' for mark in marks)
    return f"claims:\n  - {{sequence: 任务, items: [{listed}], at: 1}}\n"


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("3", (3,)),
        ("（三）", (3,)),
        ("十二、", (12,)),
        ("③", (3,)),
        ("表2-1", (2, 1)),
        ("1.10", (1, 10)),
        ("Ⅳ", (4,)),
        ("ii.", (2,)),
        ("第十条", (10,)),
        *((none, None) for none in ("甲", "", "A")),
    ],
)
def test_marks_are_read(text, number):
    """A mark is its number, however it is written."""
    mark = read_mark(Term(text, Place("p.yaml", 1, 1)))

    assert (mark.number if mark is not None else None) == number


@pytest.mark.parametrize(
    "marks",
    [
        ["1", "2", "3", "1", "2"],
        ["1", "2", "3", "1", "2", "4"],
        ["一、", "1.", "二、", "1.", "2.", "三、", "1."],
        ["5", "6", "7"],
        ["1", "-", "3"],
        ["1", "1.1", "1.2", "2", "2.1", "4.1"],
        ["（九）", "（十）", "（十一）"],
        ["1", "（1）", "（2）", "2"],
        ["1-3", "4", "5"],
        ["1", "2-4", "5"],
    ],
)
def test_numbers_that_count_on_are_silent(marks):
    """Inner numberings begin anew, blanks are passed over, and a numbering may begin anywhere."""
    assert said("PL506", sequence(*marks)) == []


@pytest.mark.parametrize(
    ("marks", "said_of_them"),
    [
        (["1", "2", "4"], "2 之后是 4（中间缺号）"),
        (["一", "二", "二"], "二 之后是 二（编号重复）"),
        (["3", "4", "2"], "4 之后是 2（编号倒退）"),
        (["1", "-", "4"], "1 之后是 4（中间缺号）"),
        (["1.1", "1.2", "1.4"], "1.2 之后是 1.4（中间缺号）"),
        (["1", "3", "4", "7"], "1 之后是 3（中间缺号）；4 之后是 7（中间缺号）"),
    ],
)
def test_breaks_are_said_once(marks, said_of_them):
    """All breaks of a numbering are one finding."""
    found = said("PL506", sequence(*marks))

    assert [(severity, message) for severity, message, _ in found] == [
        ("warning", f"“任务”的编号不连续：{said_of_them}")
    ]


def test_marks_that_print_no_number_are_left_open():
    """甲 and 乙 are counted by nobody here."""
    assert left_open("PL506", sequence("甲", "乙")) == ["编号“甲”读不出数"]
