"""The only place where names of indicators, scopes and regions are folded so that they can be compared."""

from __future__ import annotations

import functools
import unicodedata

from msgspec import Struct

from planlint.patterns import pattern
from planlint.units import MULTIPLIERS

_BRACKETS = str.maketrans(
    {"[": "(", "]": ")", "{": "(", "}": ")", "【": "(", "】": ")", "〔": "(", "〕": ")", "《": "", "》": ""}
)
_DROPPED = pattern(r"[\s\"'“”‘’「」『』·,，、。.:：;；_-]+")
# A name may hold any digits; per none, or per a number of a thousand digits, is no density.
_DENSITY = pattern(
    r"每(?P<many>[1-9][0-9]{0,8}|)(?P<scale>百万|十万|百|千|万|)(?P<named>名)?(?P<base>常住|户籍|服务)?(?P<people>人口|人(?!口))(?:拥有)?(?P<stem>.+)"
)


@functools.lru_cache(maxsize=16384)
def fold(name: str) -> str:
    """Return a name in the form in which names are compared: width and brackets folded, spaces and quotes dropped."""
    return _DROPPED.sub("", unicodedata.normalize("NFKC", name).translate(_BRACKETS)).lower()


class Density(Struct, frozen=True):
    """A name such as 每千常住人口床位数, taken apart: per how many people, of which population, of what."""

    per: int
    base: str
    stem: str


@functools.lru_cache(maxsize=16384)
def density(folded: str) -> Density | None:
    """Return the parts of a folded density's name, None for any other name."""
    found = _DENSITY.fullmatch(folded)
    if found is None:
        return None
    per = int(found["many"] or 1) * MULTIPLIERS.get(found["scale"], 1)
    if per == 1 and not found["many"]:
        return None
    return Density(per, found["base"] or "", found["stem"])
