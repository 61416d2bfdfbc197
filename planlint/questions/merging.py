"""One cause is one finding: answers that say the same are put together with all their places."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from msgspec.structs import replace

from planlint.findings import Mention, Text
from planlint.verdicts import Answer, Verdict


def merged(verdicts: Iterable[Verdict]) -> Iterator[Verdict]:
    """Yield verdicts, those with one and the same message as one; what is undecided passes as it is."""
    groups: dict[object, list[Verdict]] = {}
    for verdict in verdicts:
        if verdict.answer is Answer.FAILS:
            groups.setdefault(_said(verdict), []).append(verdict)
        else:
            yield verdict
    for same in groups.values():
        yield same[0] if len(same) == 1 else replace(same[0], mentions=in_order(m for v in same for m in v.mentions))


def in_order(mentions: Iterable[Mention]) -> tuple[Mention, ...]:
    """Return mentions in the order of the file, each once."""
    return tuple(sorted(dict.fromkeys(mentions), key=lambda mention: (mention.place, mention.id)))


def _said(verdict: Verdict) -> object:
    """Return what a verdict says; 7.5 张 and 7.5张 are the same."""
    shown = tuple((key, _unspaced(value)) for key, value in sorted(verdict.shown.items()))
    return verdict.variant, verdict.severity, shown


def _unspaced(value: str | Text) -> str:
    return "".join((value.zh if isinstance(value, Text) else value).split())
