"""The only place that makes an indicator of a name that no catalogue has, from the name and its unit alone.

Such an indicator is compared with itself: one name, one unit, two places. Its direction and its bounds are known
only where the end of the name leaves no doubt: whatever has a 覆盖率 should have more of it, and never over 100 %.
"""

from __future__ import annotations

from planlint import names, units
from planlint.amounts import Amount
from planlint.catalogue import UNLISTED, Bounds, Indicator
from planlint.digest import digest
from planlint.exact import Fraction
from planlint.findings import Text
from planlint.names import Reading
from planlint.patterns import pattern
from planlint.units import Table, Unit

_INSTITUTIONS = ("家", "个", "所")
_WHOLE = pattern(
    r".*(?:覆盖率|覆盖面|达标率|合格率|普及率|参保率|接种率|巩固率|建档率|签约率|知晓率|满意率|及时率|治愈率|入学率"
    r"|管理率|筛查率|完成率|配备率|开展率|持证率|上岗率|探访率|建成率|建有率|处置率|公开率|参与率|治疗率|生存率|早诊率|设置率|设立率|出车率|接听率|满足率|可办率|直报率|发现率|(?:健康|医学|产前|孕前)检查率|体检率)"
)
_FALLING = pattern(r".*(?:死亡率|病死率|发病率|患病率|感染率|吸烟率|近视率|龋患率|肥胖率|超重率|漏报率|发生率|传播率)")
_MAY_EXCEED = pattern(r".*(?:毛入[学园]率|完成率|参保率|入学率|就业率)")
"""More than all: of another age, insured twice, done beyond the plan."""
_SHARE = pattern(r".*(?:占比|比例|比重)")
_EQUIPPED = pattern(r".*(?:设置|设立|开设|配备|提供|建有|建成|建立|达到|开展|接受|纳入|配置)[^占]*(?:占比|比例)")
"""What should be so everywhere: 设置康复科的比例, 接受康复服务的比例."""
_OF_ANOTHER = pattern(
    r".*(?:债|负债|收入|支出|费用|费|产值|投资|资金|经费|增加值|消费|GDP|gdp|生产总值|性别|男女|结余|配比|医护|床护|师生).*"
)
"""Shares of what they are no part of, or no shares at all: debts of income, boys to girls."""
_CHANGED = pattern(
    r".*(?:增长|增幅|增速|下降|降低|降幅|减少|提高|上升|差距|未|非|无|不良|空置|流失"
    r"|报告|监测|登记|早期).*"
)
"""Words that turn the sense of what stands behind or before them."""
_SINGLE = pattern(r"(?:每|平均|人均|户均|次均|日均|年均).*")

_LETTERS = str.maketrans("0123456789", "ghijklmnop")
"""Digits in an id would look like a year or a line."""
_NO_BOUNDS: Bounds = (None, None)
_PART: Bounds = (Fraction(0), Fraction(100))


def plain(name: str) -> str:
    """Return what two printings of one unlisted name have in common."""
    readings = names.readings(name)
    return names.loosen(readings[0].folded if readings else names.fold(name))


def beside(name: str) -> Reading:
    """Return what an unlisted name says beside itself: the unit in its brackets, and whose figure it is."""
    # 其中：市办公立医院（张） is not read as the hospitals; its unit is that of the row all the same.
    readings = names.readings(name) or names.readings(name.strip().removeprefix("其中").lstrip(":：, "))
    unit = readings[0].unit if readings else ""
    return Reading(names.fold(name), unit)


def describe(name: str, amount: Amount, unit: str, table: Table) -> Indicator:
    """Return an indicator for an unlisted name as it is printed with an amount in a unit. Raises units.UnknownUnit."""
    own = units.unit_of(unit, table) if unit else Unit("", (), Fraction(1))
    accepts = tuple(units.unit_of(text, table) for text in _INSTITUTIONS) if own.name in _INSTITUTIONS else (own,)
    common = plain(name)
    counted = units.is_counter(own) and not _SINGLE.fullmatch(common)
    polarity, bounds = _direction(names.fold(name), own)
    group = _INSTITUTIONS[0] if own.name in _INSTITUTIONS else own.name
    own_id = digest(f"{common}\n{group}".encode("utf-8", "surrogatepass"), size=5).translate(_LETTERS)
    return Indicator(
        key=f"{UNLISTED}{own_id}",
        name=Text(name, name),
        aliases=(),
        kind=_kind(common, own, counted),
        unit=accepts[0],
        accepts=accepts,
        polarity=polarity,
        bounds=bounds,
        typical=_NO_BOUNDS,
        whole=counted and (amount.number is None or amount.number.whole),
        numerator="",
        denominator="",
        part_of="",
        source="",
        note="",
        per=1,
    )


def _direction(folded: str, unit: Unit) -> tuple[str, Bounds]:
    """Return polarity and bounds where the end of a name leaves no doubt."""
    if unit.name != "%" and not unit.is_scale:
        return "none", _NO_BOUNDS
    if _CHANGED.fullmatch(folded):
        return "none", _NO_BOUNDS
    if _FALLING.fullmatch(folded):
        return "lower", _NO_BOUNDS
    if _MAY_EXCEED.fullmatch(folded):
        return "higher", _NO_BOUNDS
    if unit.name == "%" and (_WHOLE.fullmatch(folded) or _EQUIPPED.fullmatch(folded)):
        return "higher", _PART
    if unit.name == "%" and _SHARE.fullmatch(folded) and not _OF_ANOTHER.fullmatch(folded):
        return "none", _PART
    return "none", _NO_BOUNDS


def _kind(common: str, unit: Unit, counted: bool) -> str:
    if unit.is_scale:
        return "share" if unit.name == "%" and (_WHOLE.fullmatch(common) or _SHARE.fullmatch(common)) else "quantity"
    if unit.dimension == (("money", 1),):
        return "money"
    return "count" if counted else "quantity"
