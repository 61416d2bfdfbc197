"""The only place that reads printed dates: each becomes the days that it may stand for.

Days are counted from the first day of the year 1, in whole numbers; no clock, no time zone, no calendar library.
"""

from __future__ import annotations

import enum
import functools
import re

from msgspec import Struct

from planlint.folding import squeezed
from planlint.numerals import CHARACTERS, NotANumeral, read_numeral
from planlint.patterns import pattern

_LONGEST = 60
_MONTH_DAYS = (31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
FAR = 4 * 10**6
"""A day after every day that a plan can print."""


class Sort(enum.Enum):
    """What was printed where a date belongs."""

    DATE = "date"
    RANGE = "range"
    NO_YEAR = "no-year"
    PENDING = "pending"
    ABSENT = "absent"
    IMPOSSIBLE = "impossible"
    WORDS = "words"


class Days(Struct, frozen=True):
    """The first and the last day that a date may stand for."""

    first: int
    last: int


class Dated(Struct, frozen=True):
    """A date as printed. `days` are those of the date, or of the start of a range; `until` those of its end."""

    text: str
    sort: Sort
    days: Days | None = None
    until: Days | None = None

    @property
    def is_missing(self) -> bool:
        """Tell whether no date was printed: a blank, a dash, 待定."""
        return self.sort in (Sort.PENDING, Sort.ABSENT)


class _Impossible(ValueError):
    """A month or a day that no calendar has."""


_ABSENT = frozenset({"", "-", "--", "—", "——", "–", "/", "...", "......", "无", "──", "─"})
_PENDING = frozenset({"待定", "未定", "待确定", "待核", "待核实", "待补充", "待报", "待明确", "另定"})
_YEAR = r"(?P<year>(?:19|20|21)[0-9]{2})"
_DAY = pattern(
    rf"{_YEAR}(?:年(?:(?P<month>[0-9]{{1,2}})月(?:(?P<day>[0-9]{{1,2}})[日号]?)?)?"
    r"|(?P<mark>[./-])(?P<month2>[0-9]{1,2})月?(?:(?P=mark)(?P<day2>[0-9]{1,2})日?)?"
    r"|(?P<month3>[0-9]{2})(?P<day3>[0-9]{2})?)?(?P<part>\D{0,6})"
)
_NO_YEAR = pattern(r"(?P<month>[0-9]{1,2})月(?:(?P<day>[0-9]{1,2})[日号])?")
_LAST_MONTH = pattern(r"[0-9]{1,2}月?")
_FIRST_WORDS = ("计划", "预计", "力争", "拟于", "拟", "约", "截至", "截止", "自", "从", "到", "于")
_LAST_WORDS = ("开工", "动工", "竣工", "完工", "建成", "完成", "启动", "左右", "起", "开始", "内", "投入使用")
_PARTS = {
    "": (1, 12),
    "上半年": (1, 6),
    "下半年": (7, 12),
    "初": (1, 3),
    "年初": (1, 3),
    "年中": (5, 8),
    "中": (5, 8),
    "年底": (10, 12),
    "底": (10, 12),
    "年末": (10, 12),
    "末": (10, 12),
    **{f"{mark}{n}季度": (q * 3 - 2, q * 3) for q, n in enumerate("一二三四", 1) for mark in ("", "第")},
    **{f"Q{q}": (q * 3 - 2, q * 3) for q in range(1, 5)},
}
"""Months that a part of a year may mean; 年初, 年中 and 年底 are read widely."""
_OPEN = {
    "前": True,
    "以前": True,
    "之前": True,
    "底前": True,
    "年底前": True,
    "后": False,
    "以后": False,
    "之后": False,
}
"""Words behind a date that open it: towards the past where true, else towards the future."""
_MONTH_PARTS = {"": (1, 31), "初": (1, 10), "上旬": (1, 10), "中旬": (11, 20), "中": (8, 23), "下旬": (21, 31)}
_MONTH_PARTS |= {"底": (21, 31), "末": (21, 31), "月底": (21, 31), "份": (1, 31)}
_NUMERAL = pattern(rf"[{''.join(sorted(CHARACTERS))}]+(?=[年月日号])")
_DIGITS = str.maketrans("零〇○一二三四五六七八九", "000123456789")


@functools.lru_cache(maxsize=4096)
def read(text: str) -> Dated:
    """Return a printed date: what sort of thing it is, and the days that it may stand for."""
    folded = squeezed(text).replace("−", "-").replace("‐", "-")
    if folded in _ABSENT:
        return Dated(text, Sort.ABSENT)
    if folded in _PENDING:
        return Dated(text, Sort.PENDING)
    if len(folded) > _LONGEST:
        return Dated(text, Sort.WORDS)
    folded = _NUMERAL.sub(_in_digits, folded)
    try:
        days = _read_day(folded)
        if days is not None:
            return Dated(text, Sort.DATE, days)
        found = _NO_YEAR.fullmatch(_stripped(folded))
        if found:
            # Without its year the 29th of February may exist.
            _check(4, int(found["month"]), int(found["day"] or 1))
            return Dated(text, Sort.NO_YEAR)
        return _read_range(text, folded) or Dated(text, Sort.WORDS)
    except _Impossible:
        return Dated(text, Sort.IMPOSSIBLE)


def is_leap_day(dated: Dated) -> bool:
    """Tell whether a date without its year exists in some years only."""
    return dated.sort is Sort.NO_YEAR and squeezed(dated.text) == "2月29日"


def of_years(first: int, last: int) -> Days:
    """Return the days of some years."""
    return Days(_ordinal(first, 1, 1), _ordinal(last, 12, 31))


def _in_digits(match: re.Match[str]) -> str:
    """Return 二〇二一 as 2021 and 十二 as 12; anything else as it is."""
    word = match[0]
    if len(word) == 4 and all(c in "零〇○一二三四五六七八九" for c in word):
        return word.translate(_DIGITS)
    try:
        return str(read_numeral(word))
    except NotANumeral:
        return word


def _stripped(folded: str) -> str:
    """Return a date without the words that say what it is the date of."""
    rest = folded.strip("()[]“”\"'。,;")
    first = next((word for word in _FIRST_WORDS if rest.startswith(word)), "")
    rest = rest[len(first) :]
    last = next((word for word in _LAST_WORDS if rest.endswith(word)), "")
    return rest[: -len(last)] if last else rest


def _read_day(folded: str) -> Days | None:
    """Return the days of a single date, None for anything else. Raises _Impossible."""
    found = _DAY.fullmatch(_stripped(folded))
    if found is None:
        return None
    year = int(found["year"])
    month = found["month"] or found["month2"] or found["month3"]
    day = found["day"] or found["day2"] or found["day3"]
    part = found["part"]
    opened = _OPEN.get(part)
    if opened is not None:
        part = ""
    if month is None:
        months = _PARTS.get(part.removeprefix("年") if part.startswith("年第") else part)
        if months is None:
            return None
        days = Days(_ordinal(year, months[0], 1), _month_end(year, months[1]))
    elif found["mark"] == "-" and day is None and int(month) > max(12, year % 100):
        # 2021-25 are years.
        return None
    elif day is None:
        _check(year, int(month), 1)
        within = _MONTH_PARTS.get(part)
        if within is None:
            return None
        last = min(_ordinal(year, int(month), 1) + within[1] - 1, _month_end(year, int(month)))
        days = Days(_ordinal(year, int(month), within[0]), last)
    elif part:
        return None
    else:
        _check(year, int(month), int(day))
        one = _ordinal(year, int(month), int(day))
        days = Days(one, one)
    if opened is None:
        return days
    return Days(0, days.last) if opened else Days(days.first, FAR)


def _read_range(text: str, folded: str) -> Dated | None:
    """Return a range of dates, which may end before it starts; None for anything else. Raises _Impossible."""
    for found in _splits(_stripped(folded)):
        low = _read_day(found[0])
        if low is None:
            continue
        year = found[0][:4]
        # 2021.1-12: the second month is of the same year.
        high = _read_day(found[1]) or (_read_day(f"{year}.{found[1].removesuffix('月')}") if _is_month(found) else None)
        if high is not None:
            return Dated(text, Sort.RANGE, low, high)
    return None


def _is_month(found: tuple[str, str]) -> bool:
    return _LAST_MONTH.fullmatch(found[1]) is not None and len(found[0].rstrip("年")) > 4


def _splits(folded: str) -> list[tuple[str, str]]:
    """Return every way to part a text at a dash."""
    marks = ("--", "——", "-", "—", "–", "―", "~", "至", "到")
    found = []
    for index in range(1, len(folded)):
        mark = next((m for m in marks if folded.startswith(m, index)), None)
        if mark is not None and index + len(mark) < len(folded):
            found.append((folded[:index], folded[index + len(mark) :]))
    return found


def _check(year: int, month: int, day: int) -> None:
    if not 1 <= month <= 12 or not 1 <= day <= _days_in(year, month):
        raise _Impossible


def _is_leap(year: int) -> bool:
    return year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)


def _days_in(year: int, month: int) -> int:
    return 29 if month == 2 and _is_leap(year) else _MONTH_DAYS[month - 1]


def _month_end(year: int, month: int) -> int:
    return _ordinal(year, month, _days_in(year, month))


def _ordinal(year: int, month: int, day: int) -> int:
    """Return the number of a day, 1 for the first of January of the year 1."""
    before = year - 1
    passed = sum(_days_in(year, earlier) for earlier in range(1, month))
    return before * 365 + before // 4 - before // 100 + before // 400 + passed + day
