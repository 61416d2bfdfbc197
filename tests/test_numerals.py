"""Chinese numerals: cases by hand, a writer as the oracle for the rest, and what is refused."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from planlint.numerals import CHARACTERS, NotANumeral, read_numeral

DIGITS = "零一二三四五六七八九"


def write_section(number):
    """Write a number from 1 to 9999 in full: 1005 is 一千零五, 1050 is 一千零五十."""
    written, gap = "", False
    for unit, sign in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit, number = divmod(number, unit)
        if digit:
            written += ("零" if gap and written else "") + DIGITS[digit] + sign
            gap = False
        else:
            gap = True
    return written


def write(number):
    """Write a number below 10**8 in full, 十五 for 15 as everybody writes it."""
    if number == 0:
        return "零"
    above, below = divmod(number, 10**4)
    written = write_section(above) + "万" if above else ""
    if below:
        written += ("零" if above and below < 1000 else "") + write_section(below)
    return written.removeprefix("一") if written.startswith("一十") else written


@pytest.mark.parametrize(
    ("number", "written"),
    [(10, "十"), (15, "十五"), (110, "一百一十"), (1005, "一千零五"), (20300, "二万零三百"), (100000, "十万")],
)
def test_the_writer_writes_as_people_do(number, written):
    """The oracle itself is right where it is checked by hand."""
    assert write(number) == written


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("零", 0),
        ("〇", 0),
        ("一", 1),
        ("两", 2),
        ("四", 4),
        ("十", 10),
        ("廿", 20),
        ("廿五", 25),
        ("十二", 12),
        ("二十", 20),
        ("九十九", 99),
        ("一百", 100),
        ("一百零五", 105),
        ("一百一十", 110),
        ("一百十五", 115),
        ("两百五", 250),
        ("三百五十六", 356),
        ("一千零一十", 1010),
        ("一千零十", 1010),
        ("一千零五", 1005),
        ("一千○五", 1005),
        ("一千〇五", 1005),
        ("三千五", 3500),
        ("三千五百", 3500),
        ("两千五百零八", 2508),
        ("一万", 10_000),
        ("一万五", 15_000),
        ("一万零五", 10_005),
        ("一万零五百", 10_500),
        ("十万", 100_000),
        ("十万五", 105_000),
        ("三十五万", 350_000),
        ("一百二十三万四千", 1_234_000),
        ("一千万", 10_000_000),
        ("一亿", 100_000_000),
        ("一亿五", 150_000_000),
        ("一亿零三百万", 103_000_000),
        ("二十三亿四千五百六十七万八千九百零一", 2_345_678_901),
        ("五万亿", 5_000_000_000_000),
        ("二〇三五", 2035),
        ("二○二五", 2025),
        ("二零二五", 2025),
        ("一九九八", 1998),
        ("二〇", 20),
        ("壹佰贰拾叁", 123),
        ("伍仟陆佰", 5600),
    ],
)
def test_a_numeral_is_read(text, number):
    """Every way of writing a whole number gives that number."""
    assert read_numeral(text) == number


def test_round_trip_of_all_small_numbers():
    """Every number up to twelve thousand, and the largest below 亿, is read as it was written."""
    numbers = [*range(12_001), 99_999_999]
    assert [number for number in numbers if read_numeral(write(number)) != number] == []


@settings(deadline=None)
@given(st.integers(0, 99_999_999))
def test_round_trip(number):
    """Any number below 10**8, written in full, is read back."""
    assert read_numeral(write(number)) == number


@settings(deadline=None)
@given(st.integers(1, 99_999_999), st.integers(0, 99_999_999))
def test_round_trip_above_a_hundred_million(above, below):
    """亿 splits a numeral in two that are read alone."""
    gap = "零" if 0 < below < 10**7 else ""
    written = write(above) + "亿" + (gap + write(below) if below else "")
    if len(written) <= 24:
        # Within a numeral 十 below 亿 is written 一十.
        assert read_numeral(written) == above * 10**8 + below


@settings(deadline=None)
@given(st.integers(100, 10**9))
def test_digit_by_digit(number):
    """Three and more digits without a unit stand one behind the other, as in a year."""
    zero = number % 2
    written = "".join(("〇" if zero else "零") if d == "0" else DIGITS[int(d)] for d in str(number))
    assert read_numeral(written) == number


@pytest.mark.parametrize(
    "text",
    [
        "",
        "5",
        "三点一",
        "三成",
        "二O三五",
        "百",
        "千",
        "万",
        "亿",
        "千万",
        "万亿",
        "万万",
        "一万万",
        "三万五万",
        "三亿万",
        "百五",
        "万五",
        "十百",
        "十十",
        "十四五",
        "四五",
        "三五",
        "七八",
        "两三",
        "两二",
        "二十两",
        "三万两",
        "三万零两",
        "三四十",
        "二五万",
        "五千百",
        "一百二百",
        "一百一千",
        "一万零",
        "一百零",
        "一百零五十",
        "十零五",
        "一千零五百",
        "零五百",
        " 四",
        "四 ",
        "一" * 25,
        "一" * 5000,
    ],
)
def test_what_is_no_whole_number_is_refused(text):
    """Approximations, units without a digit, misplaced zeros and overlong texts are no numerals."""
    with pytest.raises(NotANumeral) as refused:
        read_numeral(text)
    assert refused.value.args == (text,)


@settings(deadline=None)
@given(st.text(st.sampled_from(sorted(CHARACTERS)), max_size=12))
def test_any_text_is_a_number_or_refused(text):
    """No text of numeral characters ends in anything but a whole number or a refusal."""
    try:
        number = read_numeral(text)
    except NotANumeral:
        return
    assert type(number) is int
    assert number >= 0
