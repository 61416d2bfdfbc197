"""How a number may have come to be printed wrong: what was meant, with how likely each slip is."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from planlint.exact import Fraction
from planlint.patterns import pattern

SWAPPED, CHANGED, DROPPED, DOUBLED, TENFOLD, UNIT, COPIED = 14, 22, 12, 8, 8, 5, 1
"""How often people swap, mistype, drop and double digits, misplace the point, take 万 or ‰ for another unit, and copy
what stands beside: as an estimate, of a hundred slips."""
_UNITS = (("万", ""), ("亿", "万"), ("万", "亿"), ("%", "‰"), ("‰", "%"))
_DIGITS = pattern(r"[0-9]+(?:,[0-9]{3})*(?:\.[0-9]+)?")


def meant(text: str) -> list[tuple[str, Fraction]]:
    """Return the amounts that one slip may have turned into a printed one, and how likely; the likeliest first."""
    found = _DIGITS.search(text)
    if found is None:
        return []
    digits = found[0].replace(",", "")
    likely: dict[str, Fraction] = {}
    for number, chance in _numbers(digits):
        if number != digits and _is_written(number):
            likely[number] = max(chance, likely.get(number, Fraction(0)))
    before, after = text[: found.start()], text[found.end() :]
    spelled = {before + number + after: chance for number, chance in likely.items()}
    for printed, other in _UNITS:
        if printed in after and "/" not in after:
            spelled[before + digits + after.replace(printed, other, 1)] = Fraction(UNIT)
    return sorted(spelled.items(), key=lambda item: (-item[1], item[0]))


def _is_written(number: str) -> bool:
    """Tell whether anybody prints a number so: with no zeros before it, and a digit on each side of the point."""
    whole, point, decimals = number.partition(".")
    return bool(whole) and (len(whole) == 1 or whole[0] != "0") and bool(decimals) == bool(point)


def _numbers(digits: str) -> Iterator[tuple[str, Fraction]]:
    places = [i for i, character in enumerate(digits) if character != "."]
    many = len(places)
    for i, j in pairwise(places):
        swapped = list(digits)
        swapped[i], swapped[j] = swapped[j], swapped[i]
        yield "".join(swapped), Fraction(SWAPPED, max(many - 1, 1))
    for i in places:
        for other in "0123456789":
            yield digits[:i] + other + digits[i + 1 :], Fraction(CHANGED, many * 9)
            # A digit that was dropped may have stood before or behind any other.
            for at in (i, i + 1):
                yield digits[:at] + other + digits[at:], Fraction(DROPPED, (many + 1) * 10)
        doubled = i + 1 in places and digits[i] == digits[i + 1]
        if doubled:
            yield digits[:i] + digits[i + 1 :], Fraction(DOUBLED, many - 1)
    yield from ((number, Fraction(TENFOLD, 2)) for number in _shifted(digits))
    if "." not in digits and len(digits) > 1:
        # 80.3 that lost its 3 lost its point, too.
        yield from ((f"{digits}.{other}", Fraction(DROPPED, (many + 1) * 10)) for other in "0123456789")


def _shifted(digits: str) -> Iterator[str]:
    """Yield a number ten times as large and a tenth as large, with as few digits as it needs."""
    whole, _, decimals = digits.partition(".")
    yield (whole + decimals[:1]).lstrip("0") + (f".{decimals[1:]}" if decimals[1:] else "") if decimals else whole + "0"
    if len(whole) > 1:
        rest = (whole[-1] + decimals).rstrip("0") if not decimals else whole[-1] + decimals
        yield whole[:-1] + (f".{rest}" if rest else "")
    else:
        yield f"0.{whole}{decimals}"
