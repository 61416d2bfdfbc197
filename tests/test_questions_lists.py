"""Counts of names against the names listed, names twice, and the same names in two places."""

import pytest
from told import left_open, said

LIST = "claims:\n  - {list: 中心, %s, at: 1}\n"


def test_too_few_names_may_be_examples():
    """Without 等 a list that is too short is sent back; it is no proof of a mistake."""
    assert said("PL503", LIST % "count: 五大, items: [胸痛, 卒中, 创伤]") == [
        ("warning", "“中心”写的是 五大，只列出 3 项，少 2 项；如果只是举例，请加“等”", [4])
    ]


def test_too_many_names_are_an_error():
    """等 excuses names that are missing, never names that are too many."""
    expected = [("error", "“中心”写的是 ２个，却列出 3 项，多 1 项", [4])]

    assert said("PL503", LIST % "count: ２个, items: [甲, 乙, 丙], open: true") == expected


@pytest.mark.parametrize(
    "rest",
    [
        "count: 三病, items: [甲, 乙, 丙]",
        "count: 两级, items: [县, 乡]",
        "count: 3—5个, items: [甲, 乙, 丙, 丁]",
        "count: 2个以上, items: [甲, 乙, 丙]",
        "count: 40多个, items: [甲, 乙], open: true",
        "count: 9个, items: [甲, 乙, 丙], open: true",
        "against: [甲, 乙], items: [甲, 乙]",
    ],
)
def test_as_many_as_stated_is_silent(rest):
    """Ranges, floors and hedges are numbers, too; a list without a count says nothing of its length."""
    assert said("PL503", LIST % rest) == []


@pytest.mark.parametrize("count", ["一批", "一系列", "若干", "千村"])
def test_no_number_is_no_verdict(count):
    """What counts nothing is left open."""
    assert said("PL503", LIST % f"count: {count}, items: [甲, 乙]") == []
    assert left_open("PL503", LIST % f"count: {count}, items: [甲, 乙]") == [f"“中心”没有印出数目（{count}）"]


def test_a_name_listed_twice_is_one_fault():
    """The length is not blamed for the repeat, and a list printed again is the same finding."""
    text = (
        LIST % "count: 3个, items: [甲院, 乙院, “甲”院]"
        + "  - {list: 中心, count: 3个, items: [甲院, 乙院, 甲院], at: 9}\n"
    )

    assert said("PL503", text) == []
    assert said("PL504", text) == [("error", "“中心”里 甲院 列了 2 次，可能漏了另一个名称", [4, 4, 5, 5])]


def test_lists_name_the_same_things():
    """Both directions are said in one finding."""
    assert said("PL505", LIST % "items: [马街, 碧鸡], against: [马街, 永昌]") == [
        ("warning", "“中心”在两处列得不一样：另一处没有 碧鸡；另一处多出 永昌", [4, 4, 4])
    ]


def test_numerals_make_names_different():
    """第一 is no way of writing 第三, however alike the names are."""
    found = said("PL505", LIST % "items: [昆医大第一附属医院, 市中医院], against: [昆医大第三附属医院, 市中医院]")

    assert found == [
        (
            "warning",
            "“中心”在两处列得不一样：另一处没有 昆医大第一附属医院；另一处多出 昆医大第三附属医院",
            [4, 4, 4],
        )
    ]


def test_near_names_are_only_noted():
    """A slip of the pen is worth a look."""
    assert said("PL505", LIST % "items: [棕树营街道办, 马街街道办], against: [棕树菅街道办, 马街街道办]") == [
        ("info", "“中心”在两处的写法不同，疑为同一名称：棕树营街道办 在另一处写作 棕树菅街道办", [4, 4, 4])
    ]
