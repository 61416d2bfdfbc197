"""The only place that reads Chinese numerals (四, 十万, 二〇三五, 三千五百)."""

from __future__ import annotations

# The forms of one character that mean the same: banking forms, and the round zeros that a keyboard gives.
_PLAIN = str.maketrans("零○壹贰叁肆伍陆柒捌玖拾佰仟", "〇〇一二三四五六七八九十百千")
_DIGITS = {c: i for i, c in enumerate("〇一二三四五六七八九")} | {"两": 2}
_SMALL = {"十": 10, "百": 100, "千": 1000}
_LARGE = {"亿": 10**8, "万": 10**4}
CHARACTERS = frozenset(map(chr, _PLAIN)) | frozenset(_DIGITS) | frozenset(_SMALL) | frozenset(_LARGE) | {"廿"}
_LONGEST = 24


class NotANumeral(ValueError):
    """A text that is no Chinese whole number."""


def read_numeral(text: str) -> int:
    """Return the whole number that a Chinese numeral writes. Raises NotANumeral."""
    plain = text.translate(_PLAIN).replace("廿", "二十")
    if not plain or len(plain) > _LONGEST or any(c not in CHARACTERS for c in plain):
        raise NotANumeral(text)
    if all(c in _DIGITS for c in plain):
        # 四五家 are four or five, not forty-five.
        if len(plain) > 1 and ("两" in plain or (len(plain) == 2 and "〇" not in plain)):
            raise NotANumeral(text)
        return int("".join(str(_DIGITS[c]) for c in plain))
    try:
        return _sections(plain)
    except NotANumeral:
        # Not the part that is wrong, but the whole, and as it was printed.
        raise NotANumeral(text) from None


def _sections(text: str) -> int:
    """Read a numeral with 十, 百, 千, 万, 亿: the largest unit splits it."""
    for character, unit in _LARGE.items():
        head, found, tail = text.rpartition(character)
        if found:
            above = _sections(head)
            if above >= unit:
                raise NotANumeral(text)
            return above * unit + _below(tail, unit)
    return _thousands(text)


def _below(tail: str, unit: int) -> int:
    """Read what follows a unit; a lone digit counts tenths of the unit (三万五 is 35000)."""
    if not tail:
        return 0
    if tail.endswith("两"):
        # 三万两 weigh thirty thousand 两; two ones behind a unit are 二.
        raise NotANumeral(tail)
    if len(tail) == 1 and tail != "〇" and tail in _DIGITS:
        return _DIGITS[tail] * unit // 10
    return _sections(tail.lstrip("〇"))


def _thousands(text: str) -> int:
    """Read a numeral below 万."""
    value = 0
    last = 10**4
    skipped = False
    rest = text
    while rest:
        if rest[0] == "〇":
            # A zero stands for places left out between two that are there.
            if not value or last == 10 or len(rest) == 1:
                raise NotANumeral(text)
            last //= 10
            skipped = True
            rest = rest[1:]
            continue
        digit = _DIGITS.get(rest[0])
        if digit is None:
            if rest[0] != "十" or value % 100:
                raise NotANumeral(text)
            digit = 1
        elif len(rest) == 1:
            if value and rest == "两":
                raise NotANumeral(text)
            # 三千五 is 3500, 一百零五 is 105.
            return value + (digit * last // 10 if value and not skipped else digit)
        else:
            rest = rest[1:]
        unit = _SMALL.get(rest[0])
        if unit is None or unit >= last:
            raise NotANumeral(text)
        value += digit * unit
        last = unit
        rest = rest[1:]
    if not value:
        raise NotANumeral(text)
    return value
