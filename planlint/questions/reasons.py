"""The only place that finds the reason a plan itself gives for what looks wrong: a note such as 考虑人口流入."""

from __future__ import annotations

from collections.abc import Iterable

from planlint import names
from planlint.facts import Figure
from planlint.findings import Text
from planlint.patterns import pattern
from planlint.verdicts import Inquiry

_REASON = pattern(
    r"考虑|鉴于|由于|受[^，。；]{1,20}影响|因[^，。；]{1,20}(?:影响|调整|变化|增加|减少|需要)"
    r"|下达|上级(?:要求|规划|指标|任务|部门|政府)|口径|统计方法|区划调整|留有余地|基数(?:较|偏|过)?[高低大小]"
    r"|人口(?:净)?流[入出]|流动人口|外来人口|按照[^，。；]{1,20}要求"
)
"""Words of a reason that may stand in any plan; whether it is a good one is for the reader to judge."""
_LONGEST = 40


def reason_for(figures: Iterable[Figure], inquiry: Inquiry) -> str:
    """Return the first note about some figures, or about a claim of their indicator, that gives a reason."""
    cited = list(figures)
    notes = [figure.statement.note for figure in cited]
    topics = {(figure.indicator.key, figure.topic.scope) for figure in cited}
    for assertion in inquiry.facts.assertions:
        if assertion.claim.note and assertion.indicator is not None:
            if (assertion.indicator.key, names.fold(assertion.claim.scope)) in topics:
                notes.append(assertion.claim.note)
    return next((note.strip() for note in notes if note and _REASON.search(note)), "")


def reason_step(reason: str) -> Text:
    """Return the reason as a step of an argument, shortened where it is long."""
    shown = reason if len(reason) <= _LONGEST else reason[: _LONGEST - 1] + "…"
    return Text(
        f"规划说明了理由：“{shown}”，故降一级", f"the plan gives a reason, “{shown}”, so this is one step milder"
    )
