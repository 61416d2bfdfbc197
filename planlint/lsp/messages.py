"""The only place that puts what is to be said into the protocol's messages."""

from __future__ import annotations

from collections.abc import Sequence

from lsprotocol import types
from pygls import uris

from planlint.findings import Severity
from planlint.lsp.actions import Action
from planlint.lsp.completion import Candidate
from planlint.lsp.diagnostics import Notice, Related
from planlint.lsp.draft import Draft
from planlint.positions import Positions
from planlint.source import NotText, Place, UnreadableSource, decode, read_bytes
from planlint.spans import Span

_SEVERITIES = {
    Severity.ERROR: types.DiagnosticSeverity.Error,
    Severity.WARNING: types.DiagnosticSeverity.Warning,
    Severity.INFO: types.DiagnosticSeverity.Information,
}
_KINDS = {
    "key": types.CompletionItemKind.Property,
    "indicator": types.CompletionItemKind.Value,
    "unit": types.CompletionItemKind.Unit,
    "word": types.CompletionItemKind.EnumMember,
    "figure": types.CompletionItemKind.Reference,
}


def diagnostic(notice: Notice, read: Draft, uri: str, encoding: str) -> types.Diagnostic:
    """Return a finding about a document; what a waiver accepts is a hint."""
    return types.Diagnostic(
        range=range_of(read.positions, notice.span),
        message=notice.message,
        severity=types.DiagnosticSeverity.Hint if notice.is_waived else _SEVERITIES[notice.severity],
        code=notice.code,
        source="planlint",
        related_information=[_related(other, read, uri, encoding) for other in notice.related],
        data={"fingerprint": notice.fingerprint},
    )


def _related(other: Related, read: Draft, uri: str, encoding: str) -> types.DiagnosticRelatedInformation:
    if other.span is not None:
        return types.DiagnosticRelatedInformation(location(other.place, read, uri), other.message)
    position = _position_in(_positions(other.place.file, encoding), other.place)
    there = types.Location(uris.from_fs_path(other.place.file) or "", types.Range(position, position))
    return types.DiagnosticRelatedInformation(there, other.message)


def location(place: Place, read: Draft, uri: str) -> types.Location:
    """Return where something stands in a document."""
    return types.Location(uri, range_of(read.positions, read.span(place)))


def path_of(uri: str) -> str:
    """Return the path of a document; of one that was never saved its address."""
    return uris.to_fs_path(uri) or uri


def range_of(positions: Positions, span: Span) -> types.Range:
    """Return a part of a text as the editor counts."""
    start, end = (types.Position(*positions.position(offset)) for offset in (span.start, span.end))
    return types.Range(start, end)


def _position_in(positions: Positions | None, place: Place) -> types.Position:
    """Return a place in a file that is not open; of one that cannot be read, as if it held no rare characters."""
    if positions is None:
        return types.Position(place.line - 1, place.column - 1)
    return types.Position(*positions.position(positions.offset(place)))


def _positions(file: str, encoding: str) -> Positions | None:
    try:
        return Positions(decode(read_bytes(file)), encoding)
    except (UnreadableSource, NotText):
        return None


def offset_of(positions: Positions, position: types.Position) -> int:
    """Return the offset of an editor's position in a text."""
    return positions.offset_at((position.line, position.character))


def item(candidate: Candidate, where: types.Range, typed: str, index: int) -> types.CompletionItem:
    """Return what may be typed in the place of what is."""
    return types.CompletionItem(
        label=candidate.label,
        kind=_KINDS[candidate.kind],
        detail=candidate.detail or None,
        # What planlint found fitting must not be filtered out again by letters alone.
        filter_text=typed or candidate.label,
        sort_text=f"{index:04}",
        text_edit=types.TextEdit(where, candidate.insert),
    )


def code_action(action: Action, uri: str, read: Draft, shown: Sequence[types.Diagnostic]) -> types.CodeAction:
    """Return a change on offer, with those of the diagnostics shown that it settles."""
    where = range_of(read.positions, action.fault)
    edits = [types.TextEdit(range_of(read.positions, edit.span), edit.text) for edit in action.edits]
    return types.CodeAction(
        title=action.title,
        kind=types.CodeActionKind.QuickFix,
        diagnostics=[one for one in shown if one.code == action.rule and one.range.start == where.start],
        is_preferred=action.is_safe,
        edit=types.WorkspaceEdit(changes={uri: edits}),
    )
