"""The only place that reads amounts: what a plan prints becomes operator, digits, unit and hedges, all kept.

An amount is never just a number. `10.15` was measured and rounded, so it stands for [10.145, 10.155]; `≥10` is a
threshold, and exact; 约, 余 and 近 widen what was measured. docs/amounts.md is the manual of what is said here.
"""

from __future__ import annotations

import enum
import functools
import re
import unicodedata
from collections.abc import Callable

from msgspec import Struct
from msgspec.structs import replace

from planlint import units
from planlint.exact import Fraction, ratio
from planlint.folding import squeezed
from planlint.intervals import Interval, point
from planlint.numerals import CHARACTERS, NotANumeral, read_numeral
from planlint.patterns import longest_first, pattern

MAX_LENGTH = 200
MAX_DIGITS = 30


class NotAnAmount(ValueError):
    """A text that carries digits but is no amount. `reason` selects the wording, `shown` what it is about."""

    def __init__(self, reason: str, shown: str = "") -> None:
        super().__init__(reason)
        self.reason = reason
        self.shown = shown


class Kind(enum.Enum):
    """What sort of thing was printed."""

    __hash__ = object.__hash__

    VALUE = "value"
    RANGE = "range"
    RELATIVE = "relative"
    WORDS = "words"
    ABSENT = "absent"
    PENDING = "pending"


class Operator(enum.Enum):
    """The bound an amount sets. 以上, 以下 and 以内 include the number itself (Civil Code of the PRC, article 1259)."""

    __hash__ = object.__hash__

    NONE = ""
    AT_LEAST = "≥"
    ABOVE = ">"
    AT_MOST = "≤"
    BELOW = "<"

    def __init__(self, sign: str) -> None:
        self.is_floor, self.is_ceiling = sign in ("≥", ">"), sign in ("≤", "<")
        """Whether the number is the lowest, or the highest, that is allowed."""


class Hedge(enum.Enum):
    """Words that loosen a number."""

    __hash__ = object.__hash__

    ABOUT = "约"
    ODD = "余"
    NEARLY = "近"


class Rounding(enum.Enum):
    """How the printed digits came from the true value: the three tiers of agreement."""

    __hash__ = object.__hash__

    NEAREST = "nearest"
    TRUNCATED = "truncated"
    LOOSE = "loose"


class Number(Struct, frozen=True, gc=False):
    """A printed number: its exact value, and the worth of one unit of its last printed digit."""

    value: Fraction
    quantum: Fraction
    whole: bool
    """Whether it was printed in ones: no decimals, no 万 or 亿."""


class Change(Struct, frozen=True, gc=False):
    """A relative amount: by how much, in which direction, from which year, and whether each year."""

    upward: bool
    base_year: int | None
    yearly: bool
    factor: Fraction | None = None
    """The exact factor of 翻番; None where `number` holds the change."""


class Amount(Struct, frozen=True, gc=False):
    """An amount as printed. `number` is the value, or the lower end of a range; `upper` the upper end of a range."""

    text: str
    kind: Kind
    operator: Operator = Operator.NONE
    number: Number | None = None
    upper: Number | None = None
    unit: str = ""
    hedge: Hedge | None = None
    words: frozenset[str] = frozenset()
    change: Change | None = None

    @property
    def is_value(self) -> bool:
        """Tell whether one number was printed."""
        return self.kind is Kind.VALUE


_OPERATORS = {
    ">=": Operator.AT_LEAST,
    "=>": Operator.AT_LEAST,
    "<=": Operator.AT_MOST,
    "=<": Operator.AT_MOST,
    "≥": Operator.AT_LEAST,
    "≧": Operator.AT_LEAST,
    "⩾": Operator.AT_LEAST,
    "≤": Operator.AT_MOST,
    "≦": Operator.AT_MOST,
    "⩽": Operator.AT_MOST,
    ">": Operator.ABOVE,
    "<": Operator.BELOW,
    "=": Operator.NONE,
}
_BEFORE = {
    "不低于": Operator.AT_LEAST,
    "不少于": Operator.AT_LEAST,
    "不小于": Operator.AT_LEAST,
    "至少": Operator.AT_LEAST,
    "最少": Operator.AT_LEAST,
    "大于等于": Operator.AT_LEAST,
    "不高于": Operator.AT_MOST,
    "不超过": Operator.AT_MOST,
    "不超": Operator.AT_MOST,
    "不大于": Operator.AT_MOST,
    "不多于": Operator.AT_MOST,
    "不突破": Operator.AT_MOST,
    "不得突破": Operator.AT_MOST,
    "不得超过": Operator.AT_MOST,
    "不得高于": Operator.AT_MOST,
    "不得低于": Operator.AT_LEAST,
    "不得少于": Operator.AT_LEAST,
    "不得小于": Operator.AT_LEAST,
    "至多": Operator.AT_MOST,
    "最多": Operator.AT_MOST,
    "小于等于": Operator.AT_MOST,
    "大于": Operator.ABOVE,
    "高于": Operator.ABOVE,
    "多于": Operator.ABOVE,
    "超过": Operator.ABOVE,
    "超": Operator.ABOVE,
    "逾": Operator.ABOVE,
    "突破": Operator.ABOVE,
    "小于": Operator.BELOW,
    "低于": Operator.BELOW,
    "少于": Operator.BELOW,
    "不足": Operator.BELOW,
    "不到": Operator.BELOW,
    "不满": Operator.BELOW,
}
_AFTER = {
    "及其以上": Operator.AT_LEAST,
    "及以上": Operator.AT_LEAST,
    "或以上": Operator.AT_LEAST,
    "以上": Operator.AT_LEAST,
    "及其以下": Operator.AT_MOST,
    "及以下": Operator.AT_MOST,
    "或以下": Operator.AT_MOST,
    "以下": Operator.AT_MOST,
    "及以内": Operator.AT_MOST,
    "以内": Operator.AT_MOST,
    "之内": Operator.AT_MOST,
    "内": Operator.AT_MOST,
}
_HEDGES_BEFORE = {"大约": Hedge.ABOUT, "约为": Hedge.ABOUT, "约占": Hedge.ABOUT, "约": Hedge.ABOUT, "近": Hedge.NEARLY}
_HEDGES_BEFORE |= {"将近": Hedge.NEARLY, "接近": Hedge.NEARLY}
_HEDGES_AFTER = {"左右": Hedge.ABOUT, "上下": Hedge.ABOUT, "余": Hedge.ODD, "多": Hedge.ODD}

REACH = frozenset(
    {"达到", "达", "提高到", "提高至", "提升到", "提升至", "上升到", "上升至", "增长到", "增长至", "增加到"}
)
REACH |= frozenset({"增加至", "增至", "升至", "突破", "实现", "建成", "增到", "恢复到", "普及到", "扩大到", "扩大至"})
LIMIT = frozenset(
    {"控制在", "下降到", "下降至", "降低到", "降低至", "降到", "降至", "缩短到", "缩短至", "减少到", "减少至"}
)
LIMIT |= frozenset({"压减到", "压减至", "压缩到", "压缩至", "控制到"})
KEEP = frozenset(
    {"保持在", "保持", "稳定在", "维持在", "维持", "稳定", "巩固", "继续保持", "巩固在", "持续保持", "提高并保持在"}
)
_FILLERS = frozenset(
    "力争达到 力争 争取达到 争取 确保 力求 基本 全部 均为 均达 均达到 均 共有 共计 共 总计 合计 累计 "
    "仅 只有 为 是 有 占 第 在 将 将达 将达到 预计将 预计将达到 约达 "
    "已 已达 已达到 稳步 逐步 持续 总数 总量 设置 配备 建设 新建 新增 培养 培训 完成 目标 预计 计划".split()
)
LEADING: dict[str, list[str]] = {}
"""Words and signs that may stand in front of a number, by their first character, the longest first."""
for _word in longest_first({*REACH, *LIMIT, *KEEP, *_FILLERS, *_BEFORE, *_HEDGES_BEFORE, *_OPERATORS}):
    LEADING.setdefault(_word[0], []).append(_word)
_TRAILING = longest_first({*_AFTER, *_HEDGES_AFTER})
# The width is folded before the look-up, and NFKC writes … as three dots.
_ABSENT = frozenset({"", "-", "--", "—", "——", "–", "/", "...", "......", "──", "─"})
_PENDING = frozenset({"待定", "未定", "待核", "待核实", "待确定", "暂缺", "待补充", "待报", "待统计"})
_WHOLE = {"全部": "100%", "全覆盖": "100%", "实现全覆盖": "100%", "一半": "50%", "半数": "50%"}
WHOLE = frozenset(_WHOLE)
"""Words that stand for a number."""

_NUMBER = r"[0-9]{1,3}(?:,[0-9]{3})+(?![0-9])(?:\.[0-9]+)?|[0-9]+(?:\.[0-9]+)?"
_MULTIPLIER = "万亿|千亿|百亿|十亿|亿|千万|百万|十万|万|千|百"
_DASH = r"(?:-{1,2}|—{1,2}|–|―|~|〜|∼|─|至|到)"
_PLAIN = pattern(rf"(?P<number>-?(?:{_NUMBER}))(?P<rest>.*)", re.DOTALL)
_RANGE = pattern(rf"(?P<low>{_NUMBER})(?P<low_rest>[^0-9]*?){_DASH}(?P<high>{_NUMBER})(?P<rest>.*)", re.DOTALL)
_RATIO = pattern(r"(?P<left>[0-9]+(?:\.[0-9]+)?)[:比](?P<right>[0-9]+(?:\.[0-9]+)?)(?P<rest>.*)", re.DOTALL)
_TIMES = pattern(rf"(?P<multiplier>{_MULTIPLIER})(?P<rest>.*)", re.DOTALL)
_SAID = "|".join(longest_first({*_BEFORE, *_HEDGES_BEFORE}))
_VERBS = ("增加", "增长", "提高", "提升", "上升", "增幅", "降低", "下降", "减少", "缩短", "降幅", "压减", "降")
_NET = ("净增加", "净增长", "净增", "净减少", "净减")
_CHANGING = (*_VERBS, "净增", "净减")
# 2025年增长10% says when, 较2020年增长10% says from what.
_YEAR_SAID = r"(?P<since>在|较|比|以)?(?P<year>(?:19|20)[0-9]{2})年?(?:的)?(?P<basis>基础上|同期|水平)?"
_CHANGE = pattern(
    rf"(?P<wish>力争|争取|确保)?(?:{_YEAR_SAID})?"
    rf"(?P<yearly>每年|年均|逐年)?(?:继续|再|又|平均)?"
    rf"(?P<verb>{'|'.join((*_NET, *_VERBS))})(?:了|达到|达|为)?(?P<said>{_SAID})?"
    rf"(?P<number>{_NUMBER})(?P<rest>.*)",
    re.DOTALL,
)
_YEAR = pattern(_YEAR_SAID)
_DOUBLING = pattern(r"(?P<before>.*?)翻(?:了)?(?P<times>[一二两三四]?)番(?P<after>以上|左右|多|)")
_DOWNWARD = frozenset({"净减少", "净减", "降低", "下降", "减少", "缩短", "降幅", "压减", "降"})
_NUMERAL = f"[{''.join(sorted(CHARACTERS))}]+"
_PERCENT_WORDS = pattern(
    rf"(?<![0-9])(?P<scale>十万分之|百分之|千分之|万分之)(?P<number>{_NUMBER}|{_NUMERAL}(?:点{_NUMERAL})?)"
)
_PERCENT_UNITS = {"百分之": "%", "千分之": "‰", "万分之": "/万", "十万分之": "/10万"}
_CHINESE = pattern(rf"(?P<numeral>{_NUMERAL})(?P<rest>.*)", re.DOTALL)
_DIGIT = pattern(r"[0-9]")
_FOREIGN_DIGIT = pattern(r"\d")
_PARTED_DIGITS = pattern(r"\d\s+\d")
_RAISED = pattern(r"(?<=[A-Za-z])[²³]")
_SIGNS = str.maketrans({"∶": ":", "‐": "-", "‒": "-", "−": "-"})


@functools.lru_cache(maxsize=65536)
def parse(text: str) -> Amount:
    """Read an amount as printed. Raises NotAnAmount, or units.UnknownUnit for a unit outside the closed table."""
    if len(text) > MAX_LENGTH:
        raise NotAnAmount("too-long", text[:20] + "…")
    quick = _quick(text)
    if quick is not None:
        return quick
    if _PARTED_DIGITS.search(text) or _has_drawn_digit(text):
        # Without the space 12 1/10万 would be 121/10万, and with its width folded 10² would be 102.
        raise NotAnAmount("not-an-amount", text)
    folded = fold(text)
    if folded in _ABSENT or folded in _PENDING:
        return Amount(text, Kind.ABSENT if folded in _ABSENT else Kind.PENDING)
    if _CUMULATED.fullmatch(folded):
        return Amount(text, Kind.WORDS, words=SENTENCE)
    if folded in _WHOLE:
        return _stated(text, _WHOLE[folded], frozenset({folded}))
    # Each shape is tried only where a character of it stands: most runs never compile most patterns.
    if "分之" in folded:
        folded = _PERCENT_WORDS.sub(_percent_in_digits, folded)
    if "成" in folded:
        folded = _TENTHS.sub(_tenths_in_digits, folded)
    if folded[-1:] == ")":
        folded = _AMONG.sub("", _REMARK.sub("", folded))
    if "为单位" in folded and (by := _COUNTED_BY.match(folded)):
        stated = parse(folded[by.end() :])
        return replace(stated, text=text, words=stated.words | {EACH})
    if ("平均" in folded or "水平" in folded) and _BESIDE.fullmatch(folded):
        return Amount(text, Kind.WORDS, words=frozenset({folded}))
    if "元" in folded and "每" in folded and not any(verb in folded for verb in _VERBS):
        folded = _TIMED.sub(r"\g<before>\g<said>\g<number>元/\g<time>\g<after>", folded)
    if "年" in folded and ("半" in folded or "个月" in folded):
        folded = _YEARS_AND.sub(_years_in_one, folded)
    found = _doubling(text, folded) if "翻" in folded else None
    if found is None and any(verb in folded for verb in _CHANGING):
        found = _relative(text, folded)
    return found or _stated(text, folded, frozenset())


_HAN = pattern(r"[\u4e00-\u9fff]")
_PLAIN_DIGITS = pattern(rf"(?<![0-9.,A-Za-z])(?:{_NUMBER})(?![0-9.,A-Za-z])")
_A_SENTENCE = 3
"""Characters from which what is no amount is taken for a sentence, not for a slip of the pen."""
SENTENCE = frozenset({"…"})
"""The words of an amount that is a sentence with numbers in it; it is kept, reported, and compared with nothing."""
_TIMED = pattern(
    r"(?P<before>[^0-9]*?)每(?:人每)?(?P<time>月|年|天|日)(?P<said>[^0-9元]{0,6})(?P<number>[0-9][0-9.,]*(?:万|亿)?)元(?P<after>.*)"
)
"""每月860元, 每人每年84元: so much money a month, a year."""
_TENTHS = pattern(
    r"^(?P<before>近|超|超过|约|将近|不到|不足|)(?P<tenths>[一二三四五六七八九])成(?P<half>半|五|)(?P<after>以上|左右|多|)$"
)
_REMARK = pattern(r"(?<=[0-9%‰上下内\u4e00-\u9fff])\([^()0-9]*[\u4e00-\u9fff][^()0-9]{2,}\)$")
"""What is added in brackets behind an amount: 30%以下（不含中药饮片）."""
_AMONG = pattern(r"(?<=[0-9%‰上下内\u4e00-\u9fff])\((?:其中|含|包括|包含|不含)[^()]+\)$")
"""1000张以上（其中市级600张）: a part of it, said beside it."""
_CUMULATED = pattern(rf"〔(?P<number>{_NUMBER})〕")
"""〔1〕: how outlines print what comes together over all years."""
_COUNTED_BY = pattern(r"^以[^0-9]{2,16}?为单位[,，]?")
"""以乡镇（街道）为单位达到90%以上: by which places it is counted, not how much."""
EACH = "为单位"
"""The word of an amount that holds for every township or school by itself, not for all of them together."""
_BESIDE = pattern(
    r"(?:不?[高低]于|优于|好于|超过|达到|接近|力争)(?:20[0-9]{2}年)?[^0-9]*(?:平均|水平).*",
    re.DOTALL,
)
"""高于全市平均水平2个百分点: how far from somebody else's value, which is no amount of one's own."""
_YEARS_AND = pattern(
    r"(?P<years>[0-9]{1,2}|[一二两三四五六七八九十]{1,3})年(?:半|(?:零|又|加)?(?P<months>[0-9]{1,2}|[一二两三四五六七八九十]{1,3})个月)"
)


def _years_in_one(found: re.Match[str]) -> str:
    """Return 3年半 as 3.5年 and 2年5个月 as 29个月: one number, one unit."""
    try:
        years, months = (
            int(part) if part.isascii() else int(read_numeral(part))
            for part in (found["years"], found["months"] or "0")
        )
    except NotANumeral:
        return found[0]
    return f"{years * 12 + months}个月" if found["months"] else f"{years}.5年"


_QUICK = pattern(r"([≥≤]?)([0-9]{1,9})(?:\.([0-9]{1,9}))? ?([%‰人张岁个家名]?)")
_QUICK_OPERATORS = {"": Operator.NONE, "≥": Operator.AT_LEAST, "≤": Operator.AT_MOST}
_QUANTA = tuple(Fraction(1, 10**decimals) for decimals in range(10))
"""What one unit of the last printed digit is worth, by the number of decimals."""
_NO_WORDS: frozenset[str] = frozenset()
# An attribute of a class takes longer to look up than a name of the module.
_VALUE, _NO_OPERATOR, _NEAREST = Kind.VALUE, Operator.NONE, Rounding.NEAREST


@functools.lru_cache(maxsize=65536)
def parse_below(text: str, heading: str) -> Amount:
    """Read an amount that stands below a unit; a sentence keeps none. Raises what `parse` and `in_unit` raise."""
    quick = _quick(text, heading)
    if quick is not None:
        return quick
    amount = parse(text)
    return amount if amount.words is SENTENCE else in_unit(amount, heading)


def _quick(text: str, heading: str = "") -> Amount | None:
    """Read the commonest spellings without the whole grammar; None for anything else (tested to be the same)."""
    found = _QUICK.fullmatch(text)
    if found is None:
        return None
    operator, whole, decimals, unit = found.groups()
    if decimals is None:
        number = Number(ratio(int(whole), 1), _QUANTA[0], True)
    else:
        quantum = _QUANTA[len(decimals)]
        number = Number(ratio(int(whole + decimals), quantum.denominator), quantum, False)
    if heading:
        many, below = split_unit(heading)
        if not unit:
            number, unit = _times(number, many), below
    return Amount(text, _VALUE, _QUICK_OPERATORS[operator], number, None, unit, None, _NO_WORDS)


def fold(text: str) -> str:
    """Return a text with width folded and spaces removed. Digits of other scripts stay what they are."""
    return squeezed(text).translate(_SIGNS)


def _has_drawn_digit(text: str) -> bool:
    """Tell whether a text holds a raised, lowered, circled or fraction digit; m² and km³ are units."""
    return any(unicodedata.category(c) == "No" for c in _RAISED.sub("", text))


def _stated(text: str, folded: str, words: frozenset[str]) -> Amount:
    """Read a value, a range or plain words."""
    rest, operator, hedge, found = _strip_leading(folded)
    words |= found
    for shape, marks, read in _SHAPES:
        match = shape.fullmatch(rest) if marks is None or not marks.isdisjoint(rest) else None
        if match:
            return read(text, match, operator, hedge, words)
    chinese = _CHINESE.fullmatch(rest) if rest[:1] in CHARACTERS and not _DIGIT.search(rest) else None
    if chinese:
        try:
            value = read_numeral(chinese["numeral"])
        except NotANumeral:
            value = None
        if value is not None:
            # 三十余万元 has its 万 behind the hedge, as 30余万元 has.
            number, after = _number(str(value), chinese["rest"])
            quantum = {"万": 10**4, "亿": 10**8}.get(chinese["numeral"][-1])
            if quantum is not None:
                # 三十万 is printed in 万, as 30万 is.
                number = replace(number, quantum=Fraction(quantum), whole=False)
            if _is_unit_text(after):
                return _with_unit(text, number, None, after, operator, hedge, words)
    if _FOREIGN_DIGIT.search(folded):
        if len(_HAN.findall(folded)) >= _A_SENTENCE and not _FOREIGN_DIGIT.search(_PLAIN_DIGITS.sub("", folded)):
            # 每县（市、区）1所, 由6.5张调整为6.8张: said in words, with numbers among them.
            return Amount(text, Kind.WORDS, words=SENTENCE)
        raise NotAnAmount("not-an-amount", text)
    return Amount(text, Kind.WORDS, words=frozenset({folded}))


def _strip_leading(folded: str) -> tuple[str, Operator, Hedge | None, frozenset[str]]:
    """Return what remains after the words and signs before the number, and what they say."""
    operator, hedge = Operator.NONE, None
    words: set[str] = set()
    rest = folded
    while True:
        word = next((w for w in LEADING.get(rest[:1], ()) if rest.startswith(w)), None)
        if word is None or rest == word:
            return rest, operator, hedge, frozenset(words)
        rest = rest[len(word) :]
        if word in _OPERATORS:
            operator = _OPERATORS[word]
            continue
        if word in _BEFORE:
            operator = _BEFORE[word]
        elif word in _HEDGES_BEFORE:
            hedge = _HEDGES_BEFORE[word]
        words.add(word)


def _read_plain(
    text: str, match: re.Match[str], operator: Operator, hedge: Hedge | None, words: frozenset[str]
) -> Amount:
    number, rest = _number(match["number"], match["rest"])
    return _with_unit(text, number, None, rest, operator, hedge, words)


def _read_range(
    text: str, match: re.Match[str], operator: Operator, hedge: Hedge | None, words: frozenset[str]
) -> Amount:
    low, low_rest = _number(match["low"], match["low_rest"])
    high, rest = _number(match["high"], match["rest"].removesuffix("之间"))
    unit = _trailing(rest)[0]
    if low_rest and low_rest != unit:
        raise NotAnAmount("two-units", text)
    many = high.value / Fraction(match["high"].replace(",", "")) if high.value else Fraction(1)
    if not match["low_rest"] and many != 1:
        # 3—10万人口: the multiplier stands once and belongs to both ends.
        low = Number(low.value * many, low.quantum * many, whole=False)
    if low.value > high.value:
        raise NotAnAmount("range-upside-down", text)
    return _with_unit(text, low, high, rest, operator, hedge, words)


def _read_ratio(
    text: str, match: re.Match[str], operator: Operator, hedge: Hedge | None, words: frozenset[str]
) -> Amount:
    left, right = _number(match["left"], "")[0], _number(match["right"], "")[0]
    if match["rest"] or left.value == 0:
        raise NotAnAmount("not-an-amount", text)
    quantum = right.quantum / left.value
    if right.value == 1 and match["right"] == "1" and left.value > 1:
        # 16.97:1 is rounded in the number before the colon.
        quantum = left.quantum / left.value**2
    number = Number(right.value / left.value, quantum, False)
    return Amount(text, Kind.VALUE, operator, number, None, "比", hedge, words)


_SHAPES: tuple[tuple[re.Pattern[str], frozenset[str] | None, Callable[..., Amount]], ...] = (
    (_RATIO, frozenset(":比"), _read_ratio),
    (_RANGE, frozenset("-—–―~〜∼─至到"), _read_range),
    (_PLAIN, None, _read_plain),
)
"""The shapes of a number, and the marks without which there can be none."""


def _with_unit(
    text: str,
    number: Number,
    upper: Number | None,
    rest: str,
    operator: Operator,
    hedge: Hedge | None,
    words: frozenset[str],
) -> Amount:
    """Finish an amount from what stands behind its number: unit, 以上, 左右."""
    unit, after, after_hedge, found = _trailing(rest)
    if unit and not units.is_known(unit):
        if unit[0] in ".,:":
            raise NotAnAmount("comma" if unit[0] == "," else "not-an-amount", text)
        raise units.UnknownUnit(unit)
    if after is not Operator.NONE and operator is not Operator.NONE and after.is_floor != operator.is_floor:
        raise NotAnAmount("two-bounds", text)
    kind = Kind.VALUE if upper is None else Kind.RANGE
    operator = operator if operator is not Operator.NONE else after
    return Amount(text, kind, operator, number, upper, unit, hedge or after_hedge, words | found)


def _trailing(rest: str) -> tuple[str, Operator, Hedge | None, frozenset[str]]:
    """Split what stands behind a number into its unit and the words that bound or hedge it."""
    operator: Operator = Operator.NONE
    hedge: Hedge | None = None
    words: set[str] = set()
    if rest.startswith("个多"):
        # 2个多月: the hedge stands inside the unit.
        rest, hedge = "个" + rest[2:], Hedge.ODD
        words.add("多")
    while rest and not units.is_known(rest):
        word = next((w for w in _TRAILING if rest.endswith(w)), None)
        if word is not None:
            rest = rest[: -len(word)]
        else:
            # 2000余万元, 260余人: the hedge stands between number and unit.
            word = next((w for w in ("余", "多") if rest.startswith(w)), None)
            if word is None:
                break
            rest = rest[1:]
        if word in _AFTER:
            operator = _AFTER[word]
        else:
            hedge = _HEDGES_AFTER[word]
        words.add(word)
    return rest, operator, hedge, frozenset(words)


def _is_unit_text(rest: str) -> bool:
    unit = _trailing(rest)[0]
    return not unit or units.is_known(unit)


def _number(digits: str, rest: str) -> tuple[Number, str]:
    """Return the number of some digits with the 万 or 亿 behind them, and what follows."""
    plain = digits.replace(",", "")
    if len(plain) > MAX_DIGITS:
        raise NotAnAmount("too-many-digits", plain[:12] + "…")
    whole, point_, decimals = plain.partition(".")
    value = Fraction(int(whole + decimals), 10 ** len(decimals))
    quantum = Fraction(1, 10 ** len(decimals))
    hedged = next((w for w in ("余", "多") if rest.startswith(w)), "")
    times = _TIMES.fullmatch(rest[len(hedged) :])
    # 千米 and 千克 are units, not a thousand of something.
    if times is None or units.is_known(_trailing(rest)[0]):
        return Number(value, quantum, not point_), rest
    many = units.MULTIPLIERS[times["multiplier"]]
    return Number(value * many, quantum * many, False), hedged + times["rest"]


def _doubling(text: str, folded: str) -> Amount | None:
    """Read 翻一番 and its kind: an exact factor."""
    match = _DOUBLING.fullmatch(folded)
    if match is None:
        return None
    times = read_numeral(match["times"]) if match["times"] else 1
    years = (_base_year(found) for found in _YEAR.finditer(match["before"]))
    change = Change(True, next((year for year in years if year is not None), None), False, Fraction(2**times))
    after = match["after"]
    return Amount(
        text,
        Kind.RELATIVE,
        operator=_AFTER.get(after, Operator.NONE),
        hedge=_HEDGES_AFTER.get(after),
        words=frozenset({after} if after else ()),
        change=change,
    )


def _base_year(match: re.Match[str]) -> int | None:
    """Return the year that a change starts from; a year that nothing marks as a start is only when it happens."""
    return int(match["year"]) if match["year"] and (match["since"] or match["basis"]) else None


def _relative(text: str, folded: str) -> Amount | None:
    """Read a change: 在2020基础上增加30%, 每年降低0.5个百分点以上, 年均增长10%."""
    match = _CHANGE.fullmatch(folded)
    if match is None:
        return None
    number, rest = _number(match["number"], match["rest"])
    said = match["said"] or ""
    words = frozenset(word for word in (match["wish"], said) if word)
    change = Change(match["verb"] not in _DOWNWARD, _base_year(match), match["yearly"] is not None)
    operator, hedge = _BEFORE.get(said, Operator.NONE), _HEDGES_BEFORE.get(said)
    stated = _with_unit(text, number, None, rest, operator, hedge, words)
    return replace(stated, kind=Kind.RELATIVE, change=change)


def _percent_in_digits(match: re.Match[str]) -> str:
    """Return 百分之九十五 as 95%."""
    digits = "100" if match["number"] == "百" else _spelled_out(match["number"])
    return digits + _PERCENT_UNITS[match["scale"]]


def _tenths_in_digits(match: re.Match[str]) -> str:
    """Return 六成以上 as 60%以上; 三成 alone is about 30%."""
    digits = f"{read_numeral(match['tenths'])}{5 if match['half'] else 0}%"
    before = match["before"] or ("" if match["after"] else "约")
    return f"{before}{digits}{'' if match['after'] == '多' else match['after']}"


def _spelled_out(words: str) -> str:
    """Return the digits of a number written in Chinese, 九十五点三 included; digits pass unchanged."""
    whole, dot, decimals = words.partition("点")
    if _DIGIT.match(words):
        return words
    try:
        digits = str(read_numeral(whole))
        return digits + ("." + "".join(str(read_numeral(c)) for c in decimals) if dot else "")
    except NotANumeral:
        raise NotAnAmount("not-an-amount", words) from None


def measured(amount: Amount, rounding: Rounding, *, exact: bool) -> Interval:
    """Return the true values that a measured amount may stand for, in its printed unit, 万 and 亿 resolved.

    `exact` says that the indicator counts whole things, so that a number printed in ones is itself. A range is all
    that lies in it; a bound (95%以上) is open towards its side. Raises ValueError for an amount without a number.
    """
    number, operator = amount.number, amount.operator
    if number is None or amount.change is not None:
        raise ValueError(f"{amount.text!r} is no measured amount")
    if amount.upper is not None:
        low = _rounded(number, amount.hedge, rounding, exact=exact)
        return low.hull(_rounded(amount.upper, amount.hedge, rounding, exact=exact))
    if operator is _NO_OPERATOR:
        return _rounded(number, amount.hedge, rounding, exact=exact)
    if operator.is_floor:
        return Interval(number.value, None, operator is Operator.ABOVE)
    return Interval(None, number.value, False, operator is Operator.BELOW)


def _rounded(number: Number, hedge: Hedge | None, rounding: Rounding, *, exact: bool) -> Interval:
    if hedge is not None:
        return _HEDGED[hedge](number.value, max(_last_significant(number), number.quantum))
    if exact and number.whole:
        return point(number.value)
    value, quantum = number.value, number.quantum
    if rounding is _NEAREST:
        # The value less and plus half the quantum, over one divisor.
        below = value.denominator * quantum.denominator * 2
        twice, half = value.numerator * quantum.denominator * 2, quantum.numerator * value.denominator
        return Interval(ratio(twice - half, below), ratio(twice + half, below))
    if rounding is Rounding.TRUNCATED:
        if value < 0:
            return Interval(value - quantum, value, low_open=True)
        return Interval(value, value + quantum, high_open=True)
    return Interval(value - quantum, value + quantum, low_open=True, high_open=True)


_HEDGED: dict[Hedge, Callable[[Fraction, Fraction], Interval]] = {
    Hedge.ABOUT: lambda value, step: Interval(value - step, value + step),
    Hedge.ODD: lambda value, step: Interval(value, value + step, high_open=True),
    Hedge.NEARLY: lambda value, step: Interval(value - step, value, low_open=True),
}


def _last_significant(number: Number) -> Fraction:
    """Return the worth of the last digit that is not zero: 10 for 260, 1000 for 2000, 1/100 for 12.71."""
    if number.value == 0:
        return number.quantum
    units_ = abs(number.value / number.quantum)
    step = 1
    while units_ % (step * 10) == 0:
        step *= 10
    return number.quantum * step


@functools.lru_cache(maxsize=1024)
def split_unit(text: str) -> tuple[int, str]:
    """Return multiplier and unit of a unit's heading: 万元 is (10000, 元). Raises units.UnknownUnit."""
    folded = units.fold(text)
    if units.is_known(folded):
        return 1, folded
    times = _TIMES.fullmatch(folded)
    if times is not None and units.is_known(times["rest"]):
        return units.MULTIPLIERS[times["multiplier"]], times["rest"]
    raise units.UnknownUnit(text)


def in_unit(amount: Amount, heading: str) -> Amount:
    """Return an amount without a unit of its own in the unit of its row or column. Raises units.UnknownUnit."""
    many, unit = split_unit(heading)
    if amount.number is None or amount.unit or amount.change is not None:
        return amount
    number = _times(amount.number, many)
    upper = None if amount.upper is None else _times(amount.upper, many)
    # What `replace` makes, in half the time.
    return Amount(amount.text, amount.kind, amount.operator, number, upper, unit, amount.hedge, amount.words)


def _times(number: Number, many: int) -> Number:
    return number if many == 1 else Number(number.value * many, number.quantum * many, whole=False)
