"""Printed dates: what sort of thing each is, and the days it may stand for."""

import datetime

import pytest

from planlint.dates import FAR, Days, Sort, is_leap_day, of_years, read


def day(text):
    """The number of a day, by the calendar of the standard library."""
    return datetime.date.fromisoformat(text).toordinal()


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("2021", "2021-01-01", "2021-12-31"),
        ("2021年", "2021-01-01", "2021-12-31"),
        ("二〇二一年", "2021-01-01", "2021-12-31"),
        ("2021.12", "2021-12-01", "2021-12-31"),
        ("2021.1", "2021-01-01", "2021-01-31"),
        ("2021年12月", "2021-12-01", "2021-12-31"),
        ("2021 年 12 月", "2021-12-01", "2021-12-31"),
        ("二〇二一年十二月", "2021-12-01", "2021-12-31"),
        ("2021/6", "2021-06-01", "2021-06-30"),
        ("2024-02", "2024-02-01", "2024-02-29"),
        ("1900.2", "1900-02-01", "1900-02-28"),
        ("2000.2", "2000-02-01", "2000-02-29"),
        ("2021-12-31", "2021-12-31", "2021-12-31"),
        ("2020年5月7日", "2020-05-07", "2020-05-07"),
        ("２０２１．１２", "2021-12-01", "2021-12-31"),
        ("202112", "2021-12-01", "2021-12-31"),
        ("2021年底", "2021-10-01", "2021-12-31"),
        ("2021年年底", "2021-10-01", "2021-12-31"),
        ("2021年上半年", "2021-01-01", "2021-06-30"),
        ("2021年第一季度", "2021-01-01", "2021-03-31"),
        ("2021年12月底", "2021-12-21", "2021-12-31"),
        ("预计2022年开工", "2022-01-01", "2022-12-31"),
    ],
)
def test_a_date_is_the_days_it_may_stand_for(text, first, last):
    """A date printed to the month or the year stands for any day of it."""
    assert read(text) == (type(read(text)))(text, Sort.DATE, Days(day(first), day(last)))


@pytest.mark.parametrize("text", ["2021.1-2023.12", "2021年1月至2023年12月", "2021.1—2023.12"])
def test_a_range_has_two_ends(text):
    """A cell may print start and end."""
    found = read(text)

    assert (found.sort, found.days, found.until) == (
        Sort.RANGE,
        Days(day("2021-01-01"), day("2021-01-31")),
        Days(day("2023-12-01"), day("2023-12-31")),
    )


def test_the_second_month_of_a_range_may_leave_out_its_year():
    """2021.1-12 ends in December of the same year."""
    assert read("2021.1-12").until == Days(day("2021-12-01"), day("2021-12-31"))


@pytest.mark.parametrize(
    ("text", "sort"),
    [
        ("待定", Sort.PENDING),
        ("", Sort.ABSENT),
        ("—", Sort.ABSENT),
        ("2021.13", Sort.IMPOSSIBLE),
        ("2021.0", Sort.IMPOSSIBLE),
        ("2021年2月30日", Sort.IMPOSSIBLE),
        ("2023.2.29", Sort.IMPOSSIBLE),
        ("2月30日", Sort.IMPOSSIBLE),
        ("6月30日", Sort.NO_YEAR),
        ("2月29日", Sort.NO_YEAR),
        ("长期", Sort.WORDS),
        ("“十四五”期间", Sort.WORDS),
        ("2021-25", Sort.WORDS),
        ("2021" * 40, Sort.WORDS),
    ],
)
def test_what_is_no_date_says_why(text, sort):
    """A blank, a day that no calendar has, a day without its year, and words are told apart."""
    assert (read(text).sort, read(text).days) == (sort, None)


def test_a_date_may_be_open():
    """2025年前 is any day up to the end of 2025; 2021年后 any from its beginning."""
    assert (read("2025年前").days, read("2021年后").days) == (
        Days(0, day("2025-12-31")),
        Days(day("2021-01-01"), FAR),
    )


def test_every_day_has_the_number_of_the_calendar():
    """Day after day of two centuries, by another calendar."""
    for number in range(day("1900-01-01"), day("2100-01-01"), 37):
        shown = datetime.date.fromordinal(number)

        assert read(f"{shown.year}.{shown.month}.{shown.day}").days == Days(number, number)


def test_only_the_29th_of_february_needs_its_year():
    """Every other day exists in every year."""
    assert [is_leap_day(read(text)) for text in ("2月29日", "2月28日", "2024年2月29日")] == [True, False, False]


def test_years_are_from_their_first_day_to_their_last():
    """Both ends belong to a span of years."""
    assert of_years(2021, 2025) == Days(day("2021-01-01"), day("2025-12-31"))
