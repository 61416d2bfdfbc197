"""What an editor offers to change: what `check --fix` would, and the nearest known word for an unknown one."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from msgspec import Struct

from planlint import fixes, tree
from planlint.findings import Finding, Text
from planlint.fixes import Fix
from planlint.lsp.draft import Draft
from planlint.rules import Rule
from planlint.source import printable
from planlint.spans import Span
from planlint.tree import Fault

_NAMED = {"unknown-key": "key", "unknown-indicator": "name", "unknown-unit": "text"}
"""Faults that know the nearest word, and where they keep the word that is wrong."""


class Edit(Struct, frozen=True):
    """A part of a text, and what replaces it."""

    span: Span
    text: str


class Action(Struct, frozen=True):
    """A change on offer: what it is called, the rule that it satisfies, where that was broken, and what to replace.

    `is_safe` tells that no figure changes that could be read before.
    """

    title: str
    rule: str
    fault: Span
    edits: tuple[Edit, ...]
    is_safe: bool


def offers(
    draft: Draft, span: Span, findings: Iterable[Finding], readers: Mapping[str, Rule], lang: str
) -> list[Action]:
    """Return the changes on offer within or around a part of a draft, the certain ones first."""
    near = [finding for finding in findings if touches(draft.span(finding.place), span)]
    changes: dict[tuple[Edit, ...], Action] = {}
    for action in (*_certain(draft, near, lang), *_nearest(draft, span, readers, lang)):
        changes.setdefault(action.edits, action)
    return list(changes.values())


def touches(one: Span, other: Span) -> bool:
    """Tell whether two parts of a text overlap or meet."""
    return one.start <= other.end and other.start <= one.end


def _certain(draft: Draft, findings: Iterable[Finding], lang: str) -> Iterator[Action]:
    """Yield what `check --fix` makes, and what it makes only when it is told to."""
    text = draft.text.removeprefix("\ufeff")
    lead = len(draft.text) - len(text)
    for finding in findings:
        made = fixes.of(finding, text)
        safe = all(fix.is_safe for fix in made)
        if not made or (safe and not _mends(made, text)):
            continue
        edits = tuple(Edit(Span(fix.start + lead, fix.end + lead), fix.replacement) for fix in made)
        why = made[0].why
        change = Text(f"改为 {_shown(edits, '；')}（{why.zh}）", f"change to {_shown(edits, '; ')} ({why.en})")
        title = (change if safe else why).say(lang)
        yield Action(title, finding.rule, draft.span(finding.place), edits, safe)


def _mends(made: Iterable[Fix], text: str) -> bool:
    """Tell whether less of a text is no YAML once fixes are made: what reads a line loosely may be mistaken."""
    return len(tree.parse(fixes.apply(text, made), "")[1]) < len(tree.parse(text, "")[1])


def _nearest(draft: Draft, span: Span, readers: Mapping[str, Rule], lang: str) -> Iterator[Action]:
    """Yield the nearest known word in the place of each unknown one."""
    for fault in draft.faults:
        edit = _known_word(draft, fault) if touches(draft.span(fault.place), span) else None
        if edit is not None:
            title = Text(f"改为“{printable(edit.text)}”", f"change to “{printable(edit.text)}”")
            yield Action(title.say(lang), readers[fault.kind].id, draft.span(fault.place), (edit,), is_safe=False)


def _known_word(draft: Draft, fault: Fault) -> Edit | None:
    shown = dict(fault.shown)
    near = shown.get("near", "")
    if fault.kind not in _NAMED or not near:
        return None
    wrong, own = shown[_NAMED[fault.kind]], draft.span(fault.place)
    at = draft.text.find(wrong, own.start, own.end)
    if at < 0 or draft.text.find(wrong, at + 1, own.end) >= 0:
        return None
    return Edit(Span(at, at + len(wrong)), near)


def _shown(edits: tuple[Edit, ...], between: str) -> str:
    return between.join(printable(edit.text) for edit in edits)
