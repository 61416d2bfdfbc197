"""The only place where names of indicators, scopes and regions are folded so that they can be compared."""

from __future__ import annotations

import functools
import unicodedata

from msgspec import Struct

from planlint import units
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


_EACH = pattern(
    r"(?:每(?P<many>[1-9][0-9]{0,8}|)(?P<scale>百万|十万|百|千|万|)|(?P<bare>百万|十万|百|千|万)(?=人口))(?P<rest>.+)"
)


def counted_per(folded: str) -> int:
    """Return how many a name counts per: 1000 for 每千名老年人养老床位数, 0 where it does not say."""
    found = _EACH.match(folded)
    if found is None:
        return 0
    return int(found["many"] or 1) * MULTIPLIERS.get(found["scale"] or found["bare"] or "", 1)


class Reading(Struct, frozen=True):
    """One way to read a name that no indicator has as it stands: what is left, and what was said beside it."""

    folded: str
    unit: str = ""
    """The unit that the name carries in brackets: （张）, （‰）, （/10万）."""
    region: str = ""
    """全市, 全县 …: whose figure it is, in so many words."""
    base: str = ""
    """常住 or 户籍, where the name says of whom."""


# Marks of footnotes and stars stand behind a name, numbers and 其中 before it; width is folded only afterwards,
# because folding turns ① into a plain 1.
_MARKS_BEHIND = pattern(r"(?:[\s*＊※☆★▲△#＃†①-⑳¹²³⁴-⁹]|[\[［〔(（](?:注?[0-9]{1,2}|[*＊])[\]］〕)）])+$")
_MARKS_BEFORE = pattern(r"(?:[0-9]{1,2}[.．、](?![0-9])|[(（][0-9一二三四五六七八九十]{1,2}[)）]|[①-⑳#＃*＊]|\s)+")
_AMONG = pattern(r"\s*其中[:：]?")
_MEASURED = pattern(r"(?:数|率|比|比例|比重|水平)$")
_NATURE = pattern(r"\((?:约束性|预期性|约束性指标|预期性指标|核心指标|必选|可选|新增)\)$")
_UNIT_BEHIND = pattern(r"(?P<name>.+?)(?:\((?:单位)?(?P<bracketed>[^()]{1,12})\)|(?P<bare>[%‰‱]|1?/[0-9十]{1,2}万))")
_REGION = pattern(r"(?:[全本我][市县区州旗盟省]|全国|本?辖区内?)(?![场域])")
_BASE = pattern(r"(?P<base>常住|户籍)(?:人口)?(?!人)")
_WITHOUT_EACH = pattern(r"(?:[百千万]|十万|10万)(?:名)?(?:常住|户籍|服务)?人口?")


LONGEST = 120
"""No indicator has a longer name; what is longer is not taken apart."""


@functools.lru_cache(maxsize=4096)
def readings(name: str) -> tuple[Reading, ...]:
    """Return the ways to read a name with a mark, a unit, a region or a population taken off, the nearest first."""
    if len(name) > LONGEST:
        return ()
    text = _MARKS_BEHIND.sub("", name)
    among = _AMONG.match(text)
    text = text[among.end() :] if among is not None else text
    before = _MARKS_BEFORE.match(text)
    folded = _NATURE.sub("", fold(text[before.end() :] if before is not None else text))
    unit = ""
    behind = _UNIT_BEHIND.fullmatch(folded)
    if behind is not None and units.is_heading(behind["bracketed"] or behind["bare"]):
        unit = behind["bracketed"] or behind["bare"]
        folded = fold(_MARKS_BEHIND.sub("", behind["name"]))
    if among is not None and not _MEASURED.search(folded):
        # 其中：公立医院 below 床位数 are the beds of public hospitals, not the hospitals.
        return ()
    if _WITHOUT_EACH.match(folded):
        folded = f"每{folded}"
    found = [Reading(folded, unit)]
    region = _REGION.match(folded)
    if region is not None:
        rest = folded[region.end() :].removeprefix("的")
        found.append(Reading(f"每{rest}" if _WITHOUT_EACH.match(rest) else rest, unit, region[0]))
    for reading in tuple(found):
        base = _BASE.search(reading.folded) if density(reading.folded) is None else None
        if base is not None:
            shorter = (base.end("base"), base.end()) if base.end() > base.end("base") else (base.end(),)
            rests = [reading.folded[: base.start()] + reading.folded[end:] for end in shorter]
            found.extend(Reading(rest, unit, reading.region, base["base"]) for rest in rests)
    return tuple(reading for reading in found if reading.folded)


_WORDS = (
    ("周岁", "岁"),
    ("(含)以上", "以上"),
    ("及以上", "以上"),
    ("及以下", "以下"),
    ("期望寿命", "预期寿命"),
    ("平均预期寿命", "人均预期寿命"),
    ("设置", "设"),
    ("设立", "设"),
    ("开设", "设"),
    ("设有", "设"),
    ("以上老年人口", "以上人口"),
    ("拥有", ""),
    ("所占", "占"),
    ("的", ""),
    ("—", ""),
    ("–", ""),
    ("~", ""),
)
"""Words that stand for each other in the names of indicators."""
_SHARE = pattern(r"占?(?:比例|比重|比率|占比|比)$")
_NUMBER = pattern(r"(?:总数|总量|数量|数)$")
_MANAGED = pattern(r"(?<=管理)服务率$")


@functools.lru_cache(maxsize=16384)
def loosen(folded: str) -> str:
    """Return what names of one indicator share that differ in 及, 的, 设置, 比重, 数 and the like.

    Two indicators may come to the same: it says what a name means only where one indicator alone has it.
    """
    parts = density(folded)
    text = folded if parts is None else parts.stem
    for word, other in _WORDS:
        text = text.replace(word, other)
    text = _MANAGED.sub("率", text)
    short = _SHARE.sub("比", text)
    if short == text:
        short = _NUMBER.sub("", text) or text
    return short if parts is None else f"每{short}"
