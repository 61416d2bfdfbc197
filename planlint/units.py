"""The only door to pint, and the closed table of the unit names that a plan may print.

pint owns dimensions and conversions. It is imported only when rules are compiled; what it says about each printed
name is plain data that goes into the cache, and reading a plan needs only that data.
"""

from __future__ import annotations

import os
from collections.abc import Mapping

from msgspec import Struct

from planlint.exact import Fraction
from planlint.folding import squeezed
from planlint.patterns import pattern
from planlint.spelling import nearest

# The names of units.txt on the left, what plans print for them on the right.
_NAMES = {
    "person": "人 名 位 人员",
    "resident": "人口",
    "household": "户",
    "birth": "活产",
    "visit": "人次 诊次",
    "case": "例 例次",
    "operation": "台次",
    "time": "次 次/年 家次 户次 车次 件次",
    "event": "场 场次",
    "dose": "剂 剂次 针 针次",
    "bed_day": "床日",
    "bed": "张 床 张床 张床位 床位 张病床 个床位",
    "item": "个",
    "institution": "家",
    "facility": "所",
    "room": "间",
    "team": "支",
    "set": "套",
    "machine": "台 台套 台(套)",
    "vehicle": "辆",
    "entry": "项",
    "kind": "种 类",
    "strip": "条",
    "seat": "座",
    "building": "栋 幢",
    "storey": "层",
    "spot": "处",
    "piece": "件 只 块 份 枚 管",
    "document": "册 部 篇 本",
    "group": "组 批 对",
    "village": "村",
    "town": "镇",
    "course": "期 门",
    "certificate": "证",
    "yuan": "元 元钱 元人民币",
    "year": "岁 年 周岁",
    "month": "月 个月",
    "day": "天 日",
    "week": "周",
    "hour": "小时 学时",
    "minute": "分钟",
    "second": "秒",
    "metre": "米 m",
    "kilometre": "公里 千米 km",
    "centimetre": "厘米 cm",
    "square_metre": "平方米 m2 平米 平方",
    "square_kilometre": "平方公里 平方千米 km2",
    "hectare": "公顷 hm2",
    "mu": "亩",
    "gram": "克 g",
    "kilogram": "千克 公斤 kg",
    "tonne": "吨 t",
    "milligram": "毫克 mg",
    "microgram": "微克 μg",
    "litre": "升 L",
    "millilitre": "毫升 mL ml",
    "cubic_metre": "立方米 m3 立方",
    "percent": "%",
    "permille": "‰ /千 /1000",
    "per_ten_thousand": "/万 ‱ /1万 /10000 1/万",
    "per_hundred_thousand": "/10万 /十万 1/10万 1/十万 每10万 每十万 /100000 10万分之一",
    "per_million": "/百万 /100万",
    "fold": "倍",
    "ratio": "比 女=100 女性=100 女孩=100",
    "percentage_point": "百分点 个百分点",
    "permille_point": "千分点 个千分点",
    "score": "分",
    "grade": "级 等级",
}
PRINTED: Mapping[str, str] = {printed: name for name, words in _NAMES.items() for printed in words.split()}
"""Printed unit name (folded) to its name in units.txt."""

MULTIPLIERS: Mapping[str, int] = {
    "百": 10**2,
    "千": 10**3,
    "万": 10**4,
    "十万": 10**5,
    "百万": 10**6,
    "千万": 10**7,
    "亿": 10**8,
    "十亿": 10**9,
    "百亿": 10**10,
    "千亿": 10**11,
    "万亿": 10**12,
}

SCALES = frozenset({"%", "‰", "/万", "/10万", "/百万"})
"""Canonical names of the units that are scales of a pure number."""

_CANONICAL = {words.split()[0]: words.split() for words in _NAMES.values()}
CANONICAL: Mapping[str, str] = {printed: words[0] for words in _CANONICAL.values() for printed in words} | {
    "/十万": "/10万",
    "1/10万": "/10万",
    "1/十万": "/10万",
    "每10万": "/10万",
    "每十万": "/10万",
}
"""Printed unit name to the one name that planlint uses for all that mean exactly the same."""

_ABOVE = ("", "1", "例", "人", "名")
_BELOW = ("", "人", "人口", "活产")
_SAME: Mapping[str, str] = {
    f"{above}/{many}{below}": "/10万"
    for above in _ABOVE
    for many in ("10万", "十万")
    for below in _BELOW
    # Staff per so many people is a density, not a rate.
    if above not in ("人", "名") or below not in ("人", "人口")
} | dict.fromkeys(("10万分之", "十万分之", "十万分之一"), "/10万")
"""Ways to say per 100,000 that name what is counted: 例/10万, 1/10万活产."""

Dimension = tuple[tuple[str, int], ...]
"""Sorted pairs of a base dimension and its power; empty for a pure number."""


class UnknownUnit(ValueError):
    """A unit name outside the closed table. `near` is the most similar known name, or empty."""

    def __init__(self, text: str) -> None:
        super().__init__(text)
        self.text = text
        self.near = nearest(text, PRINTED, cutoff=0.5)


class Unit(Struct, frozen=True, array_like=True):
    """A unit: the name used in messages, its dimension, and how many base units of that dimension it is."""

    name: str
    dimension: Dimension
    factor: Fraction

    @property
    def is_scale(self) -> bool:
        """Tell whether this is a scale of a pure number (%, ‰, /10万 …)."""
        return self.name in SCALES


Table = dict[str, tuple[Dimension, Fraction]]
"""What pint says of each name in units.txt."""


def fold(text: str) -> str:
    """Return a unit's text with width folded and spaces removed; ² and ㎡ become plain digits."""
    return squeezed(text).replace("％", "%")


def definitions() -> str:
    """Return the text of units.txt, the definitions that pint reads."""
    with open(os.path.join(os.path.dirname(__file__), "units.txt"), encoding="utf-8") as stream:
        return stream.read()


def compile_table() -> Table:
    """Return dimension and factor of every unit of units.txt, as pint computes them in exact fractions."""
    import pint

    lines = definitions().splitlines()
    registry: pint.UnitRegistry[Fraction] = pint.UnitRegistry(None, non_int_type=Fraction, on_redefinition="raise")
    names = []
    for line in lines:
        definition = line.partition("#")[0].strip()
        if definition:
            registry.define(definition)
            names.append(definition.partition("=")[0].strip())
    table: Table = {}
    for name in names:
        base = registry.Quantity(Fraction(1), name).to_root_units()
        powers = tuple(sorted((key.strip("[]"), int(str(power))) for key, power in base.dimensionality.items()))
        table[name] = (powers, Fraction(base.magnitude))
    missing = sorted(set(_NAMES) - set(table))
    if missing:
        raise KeyError(f"units.txt does not define {missing}")
    return table


# 84元/人·年 is 84元/人: what is counted for a year is counted so every year.
_A_YEAR = pattern(r"(?<=人)[·.•]?年$")
# Per no residents, or per a number of a thousand digits, is no unit.
_PER = pattern(r"(?P<many>[1-9][0-9]{0,8}|)(?P<scale>百万|十万|百|千|万|)(?P<unit>\D+)")


def unit_of(text: str, table: Table) -> Unit:
    """Return the unit that a folded text names: a name of the closed table, or one such name per so many of another.

    `张/千人口` is a bed per thousand residents. Raises UnknownUnit.
    """
    text = _SAME.get(text, text)
    if text in PRINTED:
        dimension, factor = table[PRINTED[text]]
        return Unit(CANONICAL[text], dimension, factor)
    above, slash, below = text.partition("/")
    below = _A_YEAR.sub("", below)
    shape = _PER.fullmatch(below) if slash else None
    if shape is None or above not in PRINTED or shape["unit"] not in PRINTED:
        raise UnknownUnit(text)
    many = int(shape["many"] or 1) * MULTIPLIERS.get(shape["scale"], 1)
    upper, lower = table[PRINTED[above]], table[PRINTED[shape["unit"]]]
    powers = dict(upper[0])
    for base, power in lower[0]:
        powers[base] = powers.get(base, 0) - power
    dimension = tuple(sorted((base, power) for base, power in powers.items() if power))
    return Unit(f"{CANONICAL[above]}/{below}", dimension, upper[1] / lower[1] / many)


def is_known(text: str) -> bool:
    """Tell whether a folded text is a unit that a plan may print."""
    if text in PRINTED or text in _SAME:
        return True
    above, slash, below = text.partition("/")
    shape = _PER.fullmatch(_A_YEAR.sub("", below)) if slash else None
    return shape is not None and above in PRINTED and shape["unit"] in PRINTED


def is_heading(text: str) -> bool:
    """Tell whether a text can head a column of amounts: a known unit, or one with 万 or 亿 before it."""
    folded = fold(text)
    return is_known(folded) or any(folded.startswith(many) and is_known(folded[len(many) :]) for many in MULTIPLIERS)


_COUNTED = (
    "person resident household birth visit case operation bed item institution facility room team set machine "
    "vehicle event dose bed_day entry kind strip seat building storey spot piece document group village town course "
    "certificate"
)
COUNTED = frozenset(_COUNTED.split())
"""Base dimensions of things that come in whole numbers."""


def is_counter(unit: Unit) -> bool:
    """Tell whether a unit counts whole things."""
    return len(unit.dimension) == 1 and unit.dimension[0][1] == 1 and unit.dimension[0][0] in COUNTED
