"""What an editor offers to change where planlint cannot read a plan: the nearest known word, or quotes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from msgspec import Struct

from planlint.findings import Text
from planlint.lsp.draft import Draft, Span
from planlint.rules import Rule
from planlint.source import printable
from planlint.tree import Fault

_NAMED = {"unknown-key": "key", "unknown-indicator": "name", "unknown-unit": "text"}
"""Faults that know the nearest word, and where they keep the word that is wrong."""
_UNQUOTED = ("bare-bound", "bare-sign")


class Action(Struct, frozen=True):
    """A change on offer: what it is called, the rule that it satisfies, and what replaces which part of the text."""

    title: str
    rule: str
    fault: Span
    span: Span
    text: str


def fixes(draft: Draft, span: Span, readers: Mapping[str, Rule], lang: str) -> list[Action]:
    """Return the changes on offer for what cannot be read within or around a part of a draft."""
    found = []
    for fault in draft.faults:
        own = draft.span(fault.place)
        if own.start <= span.end and span.start <= own.end:
            found += [
                Action(title.say(lang), readers[fault.kind].id, own, changed, text)
                for title, changed, text in _changes(draft, fault, own)
            ]
    return found


def _changes(draft: Draft, fault: Fault, own: Span) -> Iterator[tuple[Text, Span, str]]:
    shown = dict(fault.shown)
    near = shown.get("near", "")
    if fault.kind in _NAMED and near:
        wrong = shown[_NAMED[fault.kind]]
        at = draft.text.find(wrong, own.start, own.end)
        if at >= 0 and draft.text.find(wrong, at + 1, own.end) < 0:
            yield (
                Text(f"改为“{printable(near)}”", f"change to “{printable(near)}”"),
                Span(at, at + len(wrong)),
                near,
            )
    elif fault.kind in _UNQUOTED:
        bare = _bare(draft, own.start)
        written = draft.text[bare.start : bare.end]
        # A lone > begins a block of text whose lines follow: what was meant there, only its writer knows.
        if len(written) > 1 - (fault.kind == "bare-sign") and '"' not in written and "\\" not in written:
            quoted = f'"{written}"'
            yield Text(f"加上引号：{printable(quoted)}", f"add quotes: {printable(quoted)}"), bare, quoted


def _bare(draft: Draft, start: int) -> Span:
    """Return the value that begins at an offset without quotes, on its line: up to a comma or bracket within braces."""
    text = draft.text
    line = text.rfind("\n", 0, start) + 1
    before = text[line:start]
    inside = sum(map(before.count, "{[")) > sum(map(before.count, "}]"))
    end = draft.positions.end_of_line(start)
    comment = text.find(" #", start, end)
    end = comment if comment >= 0 else end
    if inside:
        end = min([at for sign in ",}]" if (at := text.find(sign, start, end)) >= 0], default=end)
    return Span(start, start + len(text[start:end].rstrip()))
