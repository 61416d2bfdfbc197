"""Is a figure of some months compared with one of a whole year?"""

from __future__ import annotations

from collections.abc import Iterator

from msgspec.structs import replace

from planlint.catalogue import Indicator
from planlint.facts import Assertion, Figure, Operand, Standing
from planlint.findings import Text
from planlint.questions import claims
from planlint.questions.merging import in_order, merged
from planlint.verdicts import Answer, Inquiry, Options, Question, Verdict, name_of

_FLOWS = frozenset({"visit", "case", "operation", "birth"})
"""What comes one after the other in the course of a year."""
_FLOW_WORDS = tuple(
    (
        "收入 支出 发病率 发病数 出生率 出生人口数 出生数 死亡数 诊疗量 诊疗人次 门诊量 门急诊量 "
        "出院人数 入院人数 住院人数 手术量 手术台次 接诊量 服务量 增加值 营业额 营收 产值 补助资金 "
        "投入资金"
    ).split()
)
_NO_FLOW_WORDS = tuple(
    ("累计 较 存活 在管 现有 患者数 管理人数 均 占 比重 比例 每 日 次均 以来 投资 增长率 增幅").split()
)
"""What stands at a moment, is a share or an average: nine months of it may well be compared with a year."""


def is_flow(indicator: Indicator) -> bool:
    """Tell whether an indicator grows in the course of a year: visits, cases, money taken; not beds or staff."""
    name = indicator.name.zh
    if any(word in name for word in _NO_FLOW_WORDS):
        return False
    dimension = indicator.unit.dimension
    if indicator.kind == "count" and len(dimension) == 1 and dimension[0][0] in _FLOWS:
        return True
    return indicator.kind in ("count", "money", "rate", "quantity") and any(word in name for word in _FLOW_WORDS)


def ask_months(inquiry: Inquiry, options: Options) -> Iterator[Verdict]:
    """Put the question to every figure of some months: in the claims that use it, and as the base of a target."""
    parts = [f for f in inquiry.facts.figures if f.statement.months and _months(f) and is_flow(f.indicator)]
    if not parts:
        return
    yield from merged(_claimed(inquiry, parts))
    cited: dict[str, list[Figure]] = {}
    for part in parts:
        cited.setdefault(f"{part.topic} {part.year} {part.statement.months}", []).append(part)
    for same in cited.values():
        yield from _as_base(inquiry, same)


_TERMS = {"change": ("from", "to"), "comparison": ("left", "right"), "verdict": ("value", "goal")}


def _claimed(inquiry: Inquiry, parts: list[Figure]) -> Iterator[Verdict]:
    for assertion in inquiry.facts.assertions:
        keys = _TERMS.get(assertion.claim.kind)
        if keys is None:
            continue
        terms = [assertion.operands[key] for key in keys if key in assertion.operands]
        terms += assertion.items
        figures = [term.figure for term in terms if term.figure is not None]
        ours = next((figure for figure in figures if figure in parts), None)
        if ours is None:
            continue
        other = next((f for f in figures if _months(f) != _months(ours)), None)
        if other is not None:
            yield _finding(assertion, terms, ours, other)
        elif any(term.figure is None and term.is_number for term in terms) or len(terms) < len(keys):
            yield claims.undecided(
                assertion,
                f"{ours.mention.text} 是{_span(ours)}的数，另一个数是全年还是同期没有印出",
                f"{ours.mention.text} covers {_span_en(ours)}; whether the other figure does is not printed",
            )


def _months(figure: Figure) -> str:
    return "" if figure.statement.months == "1-12" else figure.statement.months


def _span(figure: Figure) -> str:
    months = _months(figure).replace("-", "—")
    return f"{figure.year}年{months}月" if months else f"{figure.year}年全年"


def _span_en(figure: Figure) -> str:
    months = _months(figure).replace("-", "–")
    return f"months {months} of {figure.year}" if months else f"the whole of {figure.year}"


def _both(figure: Figure) -> Text:
    return Text(_span(figure), _span_en(figure))


def _finding(assertion: Assertion, terms: list[Operand], ours: Figure, other: Figure) -> Verdict:
    shown = _shown(ours, other)
    return Verdict(Answer.FAILS, claims.mentions(assertion, terms), shown)


def _shown(part: Figure, other: Figure) -> dict[str, str | Text]:
    return {
        "name": name_of(part),
        "value": part.mention.text,
        "span": _both(part),
        "other": other.mention.text,
        "other_span": _both(other),
    }


def _as_base(inquiry: Inquiry, same: list[Figure]) -> Iterator[Verdict]:
    """Yield that a target of whole years starts from a figure of some months."""
    part = same[0]
    bases = [f for f in same if f.role == "baseline" or (f.year == inquiry.facts.plan.baseline and f.role == "actual")]
    if not bases:
        return
    topic = inquiry.about(replace(part.topic, months=""))
    whole = [f for f in topic if f.standing is Standing.REPORTED and f.year == part.year and not _months(f)]
    goals = [
        f for f in topic if f.standing is Standing.TARGET and f.is_measured and f.year > part.year and not _months(f)
    ]
    # With the whole year printed beside it, that is what the target starts from.
    if goals and not whole:
        figures = [*bases, *goals]
        yield Verdict(Answer.FAILS, in_order(f.mention for f in figures), _shown(part, goals[0]), variant="base")


_SHOWN = frozenset({"name", "value", "span", "other", "other_span"})
MONTHS = Question({}, {"message": _SHOWN, "base": _SHOWN}, ask_months)
