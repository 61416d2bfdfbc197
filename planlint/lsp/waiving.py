"""What an editor inserts to accept a finding: an entry that planlint refuses until somebody writes reason and name."""

from __future__ import annotations

from collections.abc import Iterable

from planlint import waivers
from planlint.engine import Engine
from planlint.findings import Finding, Text
from planlint.lsp.actions import Action, Edit, touches
from planlint.lsp.draft import Draft
from planlint.source import Place
from planlint.spans import Span
from planlint.tree import Mapping, Node, Scalar, Sequence

_TITLE = Text("附理由保留这条意见", "accept this finding, with a reason")
_ABOUT_WAIVERS = ("PL037", "PL038", "PL039")
"""Rules about waivers: what they find cannot be waived."""


def offers(draft: Draft, span: Span, findings: Iterable[Finding], engine: Engine, lang: str) -> list[Action]:
    """Return for each finding within a part of a draft the entry that would waive it, its reason left to be written."""
    found = []
    for finding in findings:
        fault = draft.span(finding.place)
        if touches(fault, span) and finding.waived is None and finding.rule not in _ABOUT_WAIVERS:
            entry = waivers.entry(waivers.waiver_of(finding, "", "", "", engine), in_plan=True)
            edit = _entered(draft, entry)
            if edit is not None:
                title = f"{finding.rule} {_TITLE.say(lang)}"
                found.append(Action(title, finding.rule, fault, (edit,), is_safe=False))
    return found


def _entered(draft: Draft, entry: str) -> Edit | None:
    """Return how an entry is added to the waivers of a plan; None where they are not written line by line."""
    text = draft.text
    if draft.facts is None or not isinstance(draft.root, Mapping) or _is_flow(draft, draft.root):
        return None
    listed = next((v for k, v in draft.root.value if isinstance(k, Scalar) and k.value == "waivers"), None)
    if listed is None:
        before = "" if text.endswith("\n") else "\n"
        return Edit(Span(len(text), len(text)), f"{before}waivers:\n{entry}")
    if not isinstance(listed, Sequence) or not listed.value or _is_flow(draft, listed):
        return None
    at = draft.positions.offset(Place("", listed.line + 1, 1))
    margin = " " * listed.column
    return Edit(Span(at, at), "".join(margin + line[2:] for line in entry.splitlines(keepends=True)))


def _is_flow(draft: Draft, node: Node) -> bool:
    """Tell whether a node is written in brackets."""
    at = draft.positions.offset(Place("", node.line + 1, node.column + 1))
    return draft.text[at : at + 1] in ("{", "[")
