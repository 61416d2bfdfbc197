"""Can anybody tell in the last year of a plan whether its targets were met: do they have a number, a start, a row?"""

from __future__ import annotations

from collections.abc import Iterator

from planlint import names
from planlint.amounts import WHOLE, Kind
from planlint.catalogue import LOCAL
from planlint.facts import Figure, Standing
from planlint.findings import Text
from planlint.questions.operators import CHANGE_IN_WORDS
from planlint.questions.relative import is_relative
from planlint.questions.rows import Line, Sheet, named, sheets, shortlist
from planlint.verdicts import Inquiry, Options, Question, Shown, Verdict, fails, undecided

_MISSING = frozenset({Kind.ABSENT, Kind.PENDING})
_NO_NUMBER = _MISSING | {Kind.WORDS}
_NONE = frozenset({"无", "没有", "空白"})
_OUTCOMES = frozenset({"share", "rate", "density", "duration"})
_SHORT = frozenset({"分钟", "小时"})
"""A circle of fifteen minutes is a slogan, not an outcome."""
ALIKE = 50
"""So many hundredths of the pairs of characters of a name stand in the name of a row that means the same."""
_VAGUE_WORDS = frozenset(
    {
        "合理",
        "适度",
        "适宜",
        "更加合理",
        "完善",
        "加强",
        "增强",
        "改善",
        "优化",
        "健全",
        "明显改善",
        "进一步完善",
        "不断完善",
        "逐步完善",
        "持续改善",
    }
)


def _all_figures(sheet: Sheet, lines: list[Line], *, bases: bool = False) -> list[Figure]:
    """Return the targets of some rows, or their base cells where there are any, in every table that prints them."""
    rows = [row for line in lines for row in sheet.everywhere(line)]
    return [figure for row in rows for figure in ((row.bases if bases else None) or row.targets)]


def ask_baseline(inquiry: Inquiry, options: Options) -> Iterator[Verdict]:
    """Ask which targets of a table have no value that they start from."""
    for sheet in inquiry.once(sheets):
        missing: list[Line] = []
        for line in sheet.lines:
            if [f for f in line.bases if f.amount.kind not in _NO_NUMBER]:
                # Nearly every row: whatever it aims at, it starts from a number.
                continue
            if not any(f.is_measured for f in line.targets) or line.targets[0].indicator.kind == "growth":
                continue
            if _is_reported(line.targets[0], inquiry):
                continue
            if not line.bases or all(f.amount.kind in _MISSING for f in line.bases):
                missing.append(line)
            elif all(f.amount.kind is Kind.WORDS and f.amount.text.strip() not in _NONE for f in line.bases):
                yield undecided([*line.bases, *line.targets], Text("基期只印了文字", "the baseline is only in words"))
        if missing:
            shown: Shown = {"table": sheet.table.id, "count": str(len(missing)), "names": named(missing)}
            yield fails(_all_figures(sheet, missing, bases=True), shown)


def _is_reported(target: Figure, inquiry: Inquiry) -> bool:
    """Tell whether the plan prints anywhere what was reached before a target."""
    first = inquiry.facts.plan.review.first
    return any(
        f.standing is Standing.REPORTED and f.is_measured and first <= f.year < target.year
        for f in inquiry.facts.by_topic[target.topic]
    )


def ask_words(inquiry: Inquiry, options: Options) -> Iterator[Verdict]:
    """Ask which targets of a table are words alone; those that bind the plan are another question."""
    for sheet, lines in inquiry.once(_without_number):
        vague = []
        for line in lines:
            if line.is_binding:
                continue
            if any(_only_words(figure) for figure in line.targets):
                vague.append(line)
            elif any(figure.amount.kind is Kind.PENDING for figure in line.targets):
                yield undecided(line.targets, Text("目标待定", "the target is still open"))
        if vague:
            said = shortlist([f"{line.name}：{line.targets[0].amount.text}" for line in vague])
            yield fails(_all_figures(sheet, vague), {"table": sheet.table.id, "count": str(len(vague)), "names": said})


def _only_words(figure: Figure) -> bool:
    text = figure.amount.text.strip()
    return figure.amount.kind is Kind.WORDS and (text in _VAGUE_WORDS or CHANGE_IN_WORDS.fullmatch(text) is not None)


def _without_number(inquiry: Inquiry) -> list[tuple[Sheet, list[Line]]]:
    """Return each table with those of its rows whose target is given a number nowhere in the plan."""
    return [
        (sheet, [line for line in sheet.lines if line.targets and not _has_number(line.targets[0], inquiry)])
        for sheet in inquiry.once(sheets)
    ]


def _has_number(target: Figure, inquiry: Inquiry) -> bool:
    """Tell whether the plan gives a target of a table a number anywhere, in the table to begin with."""
    baseline = inquiry.facts.plan.baseline
    return target.amount.kind not in _NO_NUMBER or any(
        f.standing is Standing.TARGET and f.year > baseline and f.amount.kind not in _NO_NUMBER
        for f in inquiry.facts.by_topic[target.topic]
    )


def ask_binding(inquiry: Inquiry, options: Options) -> Iterator[Verdict]:
    """Ask which binding targets of a table have no number."""
    for sheet, lines in inquiry.once(_without_number):
        if not lines or not any(line.nature for line in sheet.lines):
            continue
        for line in lines:
            worded = any(_only_words(figure) for figure in line.targets)
            if not line.nature and worded:
                yield undecided(line.targets, Text("没有印出属性（约束性或预期性）", "it is not said whether it binds"))
            elif line.is_binding and (worded or all(f.amount.kind in _MISSING for f in line.targets)):
                figures = _all_figures(sheet, [line])
                shown = {"table": sheet.table.id, "name": line.name, "target": line.targets[0].mention.text}
                severity = options.severity.milder() if worded else options.severity
                yield fails(figures, shown, variant="message" if worded else "blank", severity=severity)


_LEVELS = {"国": 4, "省": 3, "州": 2, "盟": 2, "市": 2, "县": 1, "区": 1, "旗": 1}


def ask_scope(inquiry: Inquiry, options: Options) -> Iterator[Verdict]:
    """Ask which targets of a table are set for a region above the plan's own."""
    plan = inquiry.facts.plan
    above = {names.fold(name) for name in plan.within} & {topic.scope for topic in inquiry.facts.by_topic}
    for sheet in inquiry.once(sheets):
        for line in sheet.lines:
            named_after = line.name.startswith("全") and line.name[1:2] in _LEVELS and line.name[2:3] not in "场域"
            if not named_after and not (above and [f for f in line.targets if f.topic.scope in above]):
                continue
            numbers = [f for f in line.targets if f.is_measured or is_relative(f)]
            if not numbers:
                continue
            if numbers[0].topic.scope in above and numbers[0].topic.scope:
                region = numbers[0].statement.scope
            else:
                # Counts such as 全国示范社区数 are honours that a region earns for itself.
                counted = numbers[0].indicator.kind not in _OUTCOMES
                region = line.name[:2] if named_after and not counted else ""
                if region and not _stands_above(region, plan.region):
                    if plan.region[-1:] not in _LEVELS:
                        yield undecided(numbers, Text("看不出规划属于哪一级", "the plan's own level cannot be told"))
                    continue
            if region:
                severity = options.severity if line.is_binding else options.severity.milder()
                shown = {"name": line.name, "region": region, "own": plan.region, "target": numbers[0].mention.text}
                yield fails(_all_figures(sheet, [line]), shown, severity=severity)


def _stands_above(word: str, region: str) -> bool:
    """Tell whether 全省 or 全州 is more than a region; 全市 is its own business for every 市, also one in a 州."""
    if region.endswith("自治区"):
        return word == "全国"
    own = _LEVELS.get(region[-1:])
    return own is not None and _LEVELS[word[1:]] > own


def ask_row(inquiry: Inquiry, options: Options) -> Iterator[Verdict]:
    """Ask which numeric targets of the text have no row in any table of indicators."""
    plan = inquiry.facts.plan
    loose = [f for f in inquiry.facts.figures if f.standing is Standing.TARGET and not f.statement.table]
    body = [figure for figure in loose if _is_body_target(figure, plan.baseline, plan.period.last)]
    if not body:
        return
    found = inquiry.once(sheets)
    if not found:
        yield undecided(body, Text("没有指标表", "there is no table of indicators"))
        return
    lines = [line for sheet in found for line in sheet.lines]
    keys = {figure.topic.indicator for line in lines for figure in (*line.targets, *line.bases)}
    left = [figure for figure in body if figure.topic.indicator not in keys]
    if left:
        rows = list(dict.fromkeys(_stem(line.name) for line in lines))
        left = [figure for figure in left if not _resembles(_stem(figure.statement.name), rows)]
    if left:
        listed = shortlist([figure.statement.name for figure in left])
        count = len({figure.statement.name for figure in left})
        yield fails(left, {"count": str(count), "names": listed})


def _stem(name: str) -> str:
    """Return what a name is about: every density begins with 每千人口, and that makes no two alike."""
    folded = names.fold(name)
    parts = names.density(folded)
    return parts.stem if parts is not None else folded


def _resembles(name: str, rows: list[str]) -> bool:
    """Tell whether a name is that of a row, put a little differently: a longer one, or most of it in other order."""
    pairs = {name[i : i + 2] for i in range(len(name) - 1)}
    return any(
        name in row
        or row in name
        # 高血压…管理率 and 糖尿病…管理率 end alike; names of one thing begin alike, too.
        or (name[:2] == row[:2] and sum(pair in row for pair in pairs) * 100 >= len(pairs) * ALIKE)
        for row in rows
    )


def _is_body_target(figure: Figure, baseline: int, last: int) -> bool:
    """Tell whether the text sets the plan's own region a number for an outcome, a coverage or a density."""
    indicator = figure.indicator
    return (
        not figure.topic.scope
        and figure.is_measured
        and baseline < figure.year <= last
        and indicator.kind in _OUTCOMES
        and indicator.unit.name not in _SHORT
        and figure.amount.words.isdisjoint(WHOLE)
        and indicator.polarity in ("higher", "lower")
        and not indicator.key.startswith(LOCAL)
    )


_LISTED = frozenset({"table", "count", "names"})
BASELINE = Question({}, {"message": _LISTED}, ask_baseline)
WORDS = Question({}, {"message": _LISTED}, ask_words)
_BINDING = frozenset({"table", "name", "target"})
BINDING = Question({}, {"message": _BINDING, "blank": _BINDING}, ask_binding)
SCOPE = Question({}, {"message": frozenset({"name", "region", "own", "target"})}, ask_scope)
ROW = Question({}, {"message": frozenset({"count", "names"})}, ask_row)
