"""The only place that reads Chinese numerals (四, 十万, 二〇三五, 三千五百)."""

from __future__ import annotations

_DIGITS = {c: i for i, c in enumerate("零一二三四五六七八九")} | {"〇": 0, "○": 0, "两": 2, "壹": 1, "贰": 2}
_SMALL = {"十": 10, "百": 100, "千": 1000}
_LARGE = {"万": 10**4, "亿": 10**8}
CHARACTERS = frozenset(_DIGITS) | frozenset(_SMALL) | frozenset(_LARGE) | {"廿"}
_LONGEST = 24


class NotANumeral(ValueError):
    """A text that is no Chinese whole number."""


def read_numeral(text: str) -> int:
    """Return the whole number that a Chinese numeral writes. Raises NotANumeral."""
    text = text.replace("廿", "二十")
    if not text or len(text) > _LONGEST or any(c not in CHARACTERS for c in text):
        raise NotANumeral(text)
    if all(c in _DIGITS for c in text):
        if len(text) > 1 and "两" in text:
            raise NotANumeral(text)
        return int("".join(str(_DIGITS[c]) for c in text))
    return _sections(text)


def _sections(text: str) -> int:
    """Read a numeral with 十, 百, 千, 万, 亿: the largest unit splits it."""
    for character in ("亿", "万"):
        head, found, tail = text.rpartition(character)
        if found:
            above = _sections(head) if head else 1
            below = _below(tail, _LARGE[character])
            return above * _LARGE[character] + below
    return _thousands(text)


def _below(tail: str, unit: int) -> int:
    """Read what follows a unit; a lone digit counts tenths of the unit (三千五 is 3500)."""
    if not tail:
        return 0
    if len(tail) == 1 and tail in _DIGITS:
        return _DIGITS[tail] * unit // 10
    return _sections(tail.lstrip("零〇") or tail)


def _thousands(text: str) -> int:
    value = 0
    last = 10**4
    rest = text
    while rest:
        digit = _DIGITS.get(rest[0])
        if digit == 0:
            rest = rest[1:]
            if not rest or rest[0] not in _DIGITS:
                raise NotANumeral(text)
            last = 100
            continue
        if digit is None:
            if rest[0] != "十" or value % 100:
                raise NotANumeral(text)
            digit = 1
        else:
            rest = rest[1:]
        if not rest:
            # 三千五 is 3500, 一百零五 is 105.
            return value + (
                digit * last // 10 if value and last > 10 and "零" not in text and "〇" not in text else digit
            )
        unit = _SMALL.get(rest[0])
        if unit is None or unit >= last:
            raise NotANumeral(text)
        value += digit * unit
        last = unit
        rest = rest[1:]
    return value
