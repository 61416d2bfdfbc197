"""The words that plans put beside numbers: verbs of change, comparisons, verdicts. Unknown words are no claim."""

from __future__ import annotations

import enum
import functools

from msgspec import Struct

from planlint.folding import squeezed
from planlint.numerals import NotANumeral, read_numeral
from planlint.patterns import longest_first, pattern


class Way(enum.Enum):
    """Where a verb says that a value went, or where a comparison says that it stands."""

    UP = "up"
    DOWN = "down"
    BETTER = "better"
    WORSE = "worse"
    SAME = "same"
    DOUBLED = "doubled"
    AT_LEAST = "at-least"
    AT_MOST = "at-most"
    REACHED = "reached"


class Said(Struct, frozen=True):
    """What a verb or a comparison says. `steps` is the N of 连续N年; `times` the number of doublings."""

    way: Way
    hedged: bool = False
    each: bool = False
    steps: int | None = None
    times: int = 0


class Outcome(enum.Enum):
    """What a verdict says of a goal."""

    REACHED = "reached"
    NEARLY = "nearly"
    MISSED = "missed"
    EARLY = "early"
    EXCEEDED = "exceeded"


_UP = "提高 上升 增加 增长 提升 升 增 扩大 攀升 回升 跃升 上涨 提"
_DOWN = "下降 降低 减少 降 缩短 压减 回落 下调 缩减 减 缩小 压缩 下跌"
_VERBS = dict.fromkeys(_UP.split(), Way.UP) | dict.fromkeys(_DOWN.split(), Way.DOWN)
_VERBS |= dict.fromkeys(("改善", "好转", "优化", "向好"), Way.BETTER) | dict.fromkeys(("恶化", "变差"), Way.WORSE)
_VERBS |= dict.fromkeys(("保持", "稳定", "持平", "维持", "保持稳定", "保持不变", "不变", "总体稳定"), Way.SAME)
_HEDGES = ("略有", "小幅", "略", "稍", "基本", "近", "约", "大致", "总体", "有所", "稳中有", "接近")
_EACH = ("逐年", "年年", "每年", "连年", "持续", "不断", "连续")
_ADVERBS = tuple(
    ("大幅度 大幅 显著 明显 稳步 逐步 进一步 较快 快速 迅速 均 已 由 从 同比 全面 呈 远 大大 普遍 平均").split()
)
_RUN = pattern(r"连续(?P<many>[0-9]{1,2}|[一二两三四五六七八九十]{1,3})(?:个)?年(?:来)?")
_ADVERB = pattern("|".join(longest_first({*_HEDGES, *_EACH, *_ADVERBS})))
_TAIL = pattern(r"(?:了|到|至|为|在|趋势|态势|的趋势|以上)*")
_GAP = pattern(r"[.…⋯~—–×-]+")
_DOUBLED = pattern(r"翻(?:了)?(?P<times>[一二两三四]?)番(?:以上|多)?")

_STANDINGS = {
    Way.UP: "高于 大于 多于 超过 超出 超 高过 高出",
    Way.DOWN: "低于 小于 少于 不及 不足 低",
    Way.BETTER: "优于 好于 强于 领先 领先于 高于并优于",
    Way.WORSE: "差于 劣于 落后 落后于 逊于",
    Way.AT_LEAST: "不低于 不少于 不小于",
    Way.AT_MOST: "不高于 不超过 不多于 不大于",
    Way.REACHED: "达到 达 不差于 达到或优于 达到或超过 不逊于",
    Way.SAME: "持平 等于 相当 一致 相同 持平于",
}
_STANDING = {word: way for way, words in _STANDINGS.items() for word in words.split()}
_HEDGED_SAME = frozenset({"相当"})
_SAME_AS = pattern(r"(?:与|和|同).{1,12}?(?=(?:基本|大致)?(?:持平|相当|一致|相同)$)")

_WHOLE = pattern(
    r"(?:均|已|基本|近|约|全面|实现|达到|达|为|保持)*(?P<whole>全覆盖|全部|100%|百分之百|全部达标|全部覆盖|全达标|应保尽保|全部完成)"
    r"(?:了|覆盖|实现|达到)*"
)
_OUTCOMES = (
    (
        Outcome.MISSED,
        r"[否×✗✘]|(?:进度)?(?:相对|明显|略有|有所)?(?:滞后|落后)(?:于)?|慢于|(?:尚|仍|还)?(?:未|没有|没|不)(?:能)?(?:如期|按期|全部|全面)?(?:达成|完成|实现|达标|达到|达)",
    ),
    (Outcome.NEARLY, r"基本(?:上)?符合|基本(?:上)?(?:达成|完成|实现|达标|达到)|接近(?:达成|完成|实现|达标)"),
    (Outcome.EARLY, r"(?:已)?提前(?:[0-9]{1,2}年|[一二两三四五]年|半年)?(?:全面)?(?:达成|完成|实现|达标|达到)"),
    (
        Outcome.EXCEEDED,
        r"(?:已)?超额(?:达成|完成|实现)|(?:已)?超过(?=预期目标|规划目标|目标)|(?:超过?|超前|快于)(?=序时|时序)",
    ),
    (
        Outcome.REACHED,
        r"[是√✓✔]|符合(?=序时|时序|进度|预期)|(?:已经|已|均|全部|全面|如期|按期|按时|顺利|圆满|胜利)*(?:达成|完成|实现|达标|达到)",
    ),
)
_OBJECT = (
    r"(?:了)?(?:“?十[二三四]五”?)?(?:规划|预期|既定|预定)?"
    r"(?:目标|任务|指标|要求|值|目标值|目标任务|(?:序时|时序)(?:进度)?(?:要求)?|进度(?:要求)?)?[。.!]?"
)
_DUE = pattern(r"序时|时序|进度|预期|滞后|落后")
_VERDICT = pattern("|".join(f"(?P<o{n}>(?:{text}){_OBJECT})" for n, (_, text) in enumerate(_OUTCOMES)))


def _fold(text: str) -> str:
    return squeezed(text).strip("()“”\"',;。")


def _stripped(text: str) -> tuple[str, frozenset[str], int | None]:
    """Return what is left behind the adverbs, the adverbs, and the N of 连续N年."""
    adverbs: set[str] = set()
    steps: int | None = None
    while text:
        run = _RUN.match(text)
        if run is not None:
            try:
                steps = int(run["many"]) if run["many"].isdecimal() else read_numeral(run["many"])
            except NotANumeral:
                return text, frozenset(adverbs), None
            adverbs.add("连续")
            text = text[run.end() :]
            continue
        adverb = _ADVERB.match(text)
        if adverb is None:
            break
        adverbs.add(adverb[0])
        text = text[adverb.end() :]
    return text, frozenset(adverbs), steps


@functools.lru_cache(maxsize=2048)
def verb(text: str) -> Said | None:
    """Return what a verb of change says; None for a word that is none, such as 增速放缓."""
    # 由…提高到 leaves out the value between its words; width folding makes three dots of …
    rest, adverbs, steps = _stripped(_GAP.sub("", _fold(text)))
    hedged, each = not adverbs.isdisjoint(_HEDGES), not adverbs.isdisjoint(_EACH)
    doubled = _DOUBLED.fullmatch(rest)
    if doubled is not None:
        times = read_numeral(doubled["times"]) if doubled["times"] else 1
        return Said(Way.DOUBLED, hedged, times=times)
    core = max((word for word in _VERBS if rest.startswith(word)), key=len, default="")
    if not core or _TAIL.fullmatch(rest[len(core) :]) is None:
        return None
    return Said(_VERBS[core], hedged, each, steps)


@functools.lru_cache(maxsize=2048)
def standing(text: str) -> Said | None:
    """Return what a comparison says; None for a word that is none."""
    folded = _fold(text)
    # 超 and 高 begin adverbs and comparisons alike, so the whole word comes first.
    way = _STANDING.get(folded)
    if way is not None:
        return Said(way, folded in _HEDGED_SAME)
    beside = _SAME_AS.match(folded)
    rest, adverbs, _ = _stripped(folded[beside.end() :] if beside is not None else folded)
    way = _STANDING.get(rest)
    return Said(way, rest in _HEDGED_SAME or not adverbs.isdisjoint(_HEDGES)) if way is not None else None


@functools.lru_cache(maxsize=2048)
def outcome(text: str) -> Outcome | None:
    """Return what a verdict says; None for a remark that is no verdict on the goal."""
    found = _VERDICT.fullmatch(_fold(text))
    if found is None:
        return None
    return next(outcome_ for n, (outcome_, _) in enumerate(_OUTCOMES) if found[f"o{n}"] is not None)


def is_of_what_was_due(text: str) -> bool:
    """Tell whether a verdict speaks of what was due by then, not of the goal of the last year (达到序时进度)."""
    return _DUE.search(text) is not None and "目标" not in text


@functools.lru_cache(maxsize=2048)
def is_whole(text: str) -> bool | None:
    """Tell whether a word says that all are covered; None where it says nearly all."""
    folded = _fold(text)
    if _WHOLE.fullmatch(folded) is None:
        return False
    return None if any(hedge in folded for hedge in ("基本", "近", "约")) else True
