"""The only door to pygls: an editor's messages in, diagnostics, hovers, completions, places and changes out.

One thread judges, so that the loop that reads messages is never held up; what an editor has typed over since is not
published. Nothing is written but the answers: the editor makes the changes.
"""

from __future__ import annotations

import asyncio
import gc
import os
import sys
import traceback
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

from lsprotocol import types
from msgspec import Struct
from pygls import uris
from pygls.lsp.server import LanguageServer

from planlint.engine import Engine
from planlint.findings import Finding, Severity
from planlint.lsp import actions, completion, diagnostics, draft, hover, navigation, waiving
from planlint.lsp.context import context_at
from planlint.lsp.diagnostics import Notice, Related
from planlint.lsp.draft import Draft
from planlint.lsp.settings import Desk
from planlint.positions import Positions
from planlint.source import Malformed, NotText, Place, UnreadableSource, carries_plan_key, decode, display, read_bytes
from planlint.spans import Span
from planlint.version import __version__

PAUSE = 0.3
"""Seconds without a key before a text is judged."""

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

_Result = TypeVar("_Result")


class Page(Struct, frozen=True):
    """A version of a document: what is in it, what is to be said of it, by which rules and in which language."""

    version: int | None
    engine: Engine
    lang: str
    draft: Draft
    findings: list[Finding]


class PlanServer(LanguageServer):
    """A server for one editor. `lang` is the language of messages, None for the project's or the editor's own."""

    def __init__(self, desk: Desk, lang: str | None, fallback: str) -> None:
        super().__init__("planlint", __version__, text_document_sync_kind=types.TextDocumentSyncKind.Full)
        self.desk = desk
        self.fixed_lang = lang
        self.editor_lang = fallback
        self.worker = ThreadPoolExecutor(1, "planlint")
        self.pages: dict[str, Page] = {}
        self.readable: dict[str, Draft] = {}
        """The last draft of each text that held a plan: while a line is half typed, its figures are still known."""
        self.problems: dict[str, str] = {}
        self.waiting: dict[str, asyncio.Task[None]] = {}

    @property
    def encoding(self) -> str:
        """Return the encoding in which the editor counts columns."""
        agreed = self.workspace.position_encoding
        return agreed.value if isinstance(agreed, types.PositionEncodingKind) else agreed or "utf-16"

    async def work(self, task: Callable[[], _Result]) -> _Result:
        """Return what a task returns, done in the thread that judges, one task after the other."""
        return await asyncio.get_running_loop().run_in_executor(self.worker, task)

    async def page(self, uri: str) -> Page:
        """Return a document as it is now, read and with the project's settings; it is read once a version."""
        document = self.workspace.get_text_document(uri)
        known = self.pages.get(uri)
        if known is not None and known.version == document.version and document.version is not None:
            return known
        version, text, encoding = document.version, document.source, self.encoding
        page, problem = await self.work(lambda: self._read(uri, version, text, encoding))
        if problem != self.problems.get(uri, ""):
            self.problems[uri] = problem
            if problem:
                self.window_show_message(types.ShowMessageParams(types.MessageType.Error, f"planlint: {problem}"))
        self.pages[uri] = page
        if page.draft.facts is not None:
            self.readable[uri] = page.draft
        return page

    def _read(self, uri: str, version: int | None, text: str, encoding: str) -> tuple[Page, str]:
        """Return a document, read, and what is wrong with the project's files, in spite of which it is judged."""
        problem = ""
        path = path_of(uri)
        try:
            settings = self.desk.of(path)
        except (Malformed, UnreadableSource) as wrong:
            settings, problem = self.desk.plain(), str(wrong)
        data = text.encode("utf-8", "surrogatepass")
        read = draft.read(text, display(path), settings.judge.engine, encoding)
        found = settings.findings(path, data) if carries_plan_key(data) else []
        lang = self.fixed_lang or settings.lang or self.editor_lang
        return Page(version, settings.judge.engine, lang, read, found), problem

    def judge_soon(self, uri: str, pause: float) -> None:
        """Judge a document after a pause, unless it changes again before."""
        before = self.waiting.pop(uri, None)
        if before is not None:
            before.cancel()
        task = self.waiting[uri] = asyncio.get_running_loop().create_task(self._judge(uri, pause))
        task.add_done_callback(self._ended)

    def _ended(self, task: asyncio.Task[None]) -> None:
        """Say what went wrong in a task that nobody waits for: without findings a plan looks sound."""
        problem = None if task.cancelled() else task.exception()
        if problem is not None:
            traceback.print_exception(problem)
            said = "planlint: this is a defect of planlint, not of the plan; its output tells more"
            self.window_show_message(types.ShowMessageParams(types.MessageType.Error, said))

    async def _judge(self, uri: str, pause: float) -> None:
        await asyncio.sleep(pause)
        page = await self.page(uri)
        found = diagnostics.notices(page.draft, page.findings, page.lang)
        self.publish(uri, page.version, [self._diagnostic(notice, page.draft) for notice in found])

    def _diagnostic(self, notice: Notice, read: Draft) -> types.Diagnostic:
        related = [self._related(other, read) for other in notice.related]
        return types.Diagnostic(
            range=range_of(read, notice.span),
            message=notice.message,
            severity=types.DiagnosticSeverity.Hint if notice.is_waived else _SEVERITIES[notice.severity],
            code=notice.code,
            source="planlint",
            related_information=related,
            data={"fingerprint": notice.fingerprint},
        )

    def _related(self, other: Related, read: Draft) -> types.DiagnosticRelatedInformation:
        if other.span is not None:
            return types.DiagnosticRelatedInformation(self.location(other.place, read), other.message)
        position = position_of(_positions(other.place.file, self.encoding), other.place)
        there = types.Location(uris.from_fs_path(other.place.file) or "", types.Range(position, position))
        return types.DiagnosticRelatedInformation(there, other.message)

    def location(self, place: Place, read: Draft) -> types.Location:
        """Return where something stands in a document."""
        return types.Location(self.uris.get(read.name, ""), range_of(read, read.span(place)))

    @property
    def uris(self) -> dict[str, str]:
        """Return the address of each open document by its name."""
        return {display(path_of(uri)): uri for uri in self.workspace.text_documents}

    def publish(self, uri: str, version: int | None, found: list[types.Diagnostic]) -> None:
        """Show diagnostics of a version of a document; those of a version that is no more are dropped."""
        document = self.workspace.text_documents.get(uri)
        if document is not None and document.version == version:
            params = types.PublishDiagnosticsParams(uri=uri, version=version, diagnostics=found)
            self.text_document_publish_diagnostics(params)

    def forget(self, uri: str) -> None:
        """Drop what is known of a document that was closed, and what is shown of it."""
        task = self.waiting.pop(uri, None)
        if task is not None:
            task.cancel()
        for known in (self.pages, self.readable, self.problems):
            known.pop(uri, None)
        self.text_document_publish_diagnostics(types.PublishDiagnosticsParams(uri=uri, diagnostics=[]))


def path_of(uri: str) -> str:
    """Return the path of a document; of one that was never saved its address."""
    return uris.to_fs_path(uri) or uri


def range_of(read: Draft, span: Span) -> types.Range:
    """Return a part of a draft as the editor counts."""
    start, end = (types.Position(*read.positions.position(offset)) for offset in (span.start, span.end))
    return types.Range(start, end)


def position_of(positions: Positions | None, place: Place) -> types.Position:
    """Return a place in a file that is not open; of one that cannot be read, as if it held no rare characters."""
    if positions is None:
        return types.Position(place.line - 1, place.column - 1)
    return types.Position(*positions.position(positions.offset(place)))


def _positions(file: str, encoding: str) -> Positions | None:
    try:
        return Positions(decode(read_bytes(file)), encoding)
    except (UnreadableSource, NotText):
        return None


def offset_of(read: Draft, position: types.Position) -> int:
    """Return the offset of an editor's position in a draft."""
    return read.positions.offset_at((position.line, position.character))


def serve(desk: Desk, lang: str | None, fallback: str) -> None:
    """Serve one editor over standard input and output until it leaves."""
    # The command switches the collector off for runs that end at once; an editor stays open all day.
    gc.enable()
    server = make(desk, lang, fallback)
    # The library closes its stream at the end, and standard output is not its own to close.
    with os.fdopen(os.dup(sys.stdout.fileno()), "wb") as answers:
        server.start_io(None, answers)
    server.worker.shutdown(wait=False, cancel_futures=True)


def make(desk: Desk, lang: str | None, fallback: str) -> PlanServer:
    """Return a server that knows what to answer."""
    server = PlanServer(desk, lang, fallback)
    _follow(server)
    _tell(server)
    _offer(server)
    return server


def _follow(server: PlanServer) -> None:
    """Let a server follow what is opened, typed and closed."""

    @server.feature(types.INITIALIZE)
    def initialize(params: types.InitializeParams) -> None:
        if params.locale:
            server.editor_lang = "zh" if params.locale.lower().startswith("zh") else "en"

    @server.feature(types.TEXT_DOCUMENT_DID_OPEN)
    async def did_open(params: types.DidOpenTextDocumentParams) -> None:
        server.judge_soon(params.text_document.uri, 0)

    @server.feature(types.TEXT_DOCUMENT_DID_CHANGE)
    async def did_change(params: types.DidChangeTextDocumentParams) -> None:
        server.judge_soon(params.text_document.uri, PAUSE)

    @server.feature(types.TEXT_DOCUMENT_DID_SAVE)
    async def did_save(params: types.DidSaveTextDocumentParams) -> None:
        # What was saved may be the reference of another plan.
        server.pages.clear()
        for uri in list(server.workspace.text_documents):
            server.judge_soon(uri, 0)

    @server.feature(types.TEXT_DOCUMENT_DID_CLOSE)
    async def did_close(params: types.DidCloseTextDocumentParams) -> None:
        server.forget(params.text_document.uri)


def _tell(server: PlanServer) -> None:
    """Let a server tell of what stands under the cursor, and where else it stands."""

    @server.feature(types.TEXT_DOCUMENT_HOVER)
    async def show(params: types.HoverParams) -> types.Hover | None:
        page = await server.page(params.text_document.uri)
        read = page.draft
        place = read.place_at(offset_of(read, params.position))
        if place is None or read.facts is None:
            return None
        facts = read.facts
        told = await server.work(lambda: hover.hover(facts, page.engine.rules, place, page.lang))
        content = types.MarkupContent(types.MarkupKind.PlainText, told)
        return types.Hover(content, range_of(read, read.span(place))) if told else None

    @server.feature(types.TEXT_DOCUMENT_DEFINITION)
    async def go(params: types.DefinitionParams) -> list[types.Location]:
        page = await server.page(params.text_document.uri)
        read = page.draft
        place = read.place_at(offset_of(read, params.position))
        if place is None or read.facts is None:
            return []
        return [server.location(other, read) for other in navigation.definitions(read.facts, place)]

    @server.feature(types.TEXT_DOCUMENT_REFERENCES)
    async def find(params: types.ReferenceParams) -> list[types.Location]:
        page = await server.page(params.text_document.uri)
        read = page.draft
        place = read.place_at(offset_of(read, params.position))
        if place is None or read.facts is None:
            return []
        found = navigation.references(read.facts, place)
        own = not params.context.include_declaration
        return [server.location(other, read) for other in found if not (own and other == place)]


def _offer(server: PlanServer) -> None:
    """Let a server offer what may be typed and what may be changed."""

    @server.feature(types.TEXT_DOCUMENT_COMPLETION, types.CompletionOptions(trigger_characters=["{", "[", " "]))
    async def complete(params: types.CompletionParams) -> types.CompletionList:
        uri = params.text_document.uri
        page = await server.page(uri)
        read = page.draft
        offset = offset_of(read, params.position)
        context = context_at(read.text, offset)
        known = server.readable.get(uri, read)
        typed = read.text[context.start : offset]
        offer = completion.complete(context, typed, page.engine.ruleset.catalogue, known.facts)
        where = range_of(read, offer.span)
        typed_so_far = read.text[offer.span.start : offer.span.end]
        items = [_item(candidate, where, typed_so_far, index) for index, candidate in enumerate(offer.candidates)]
        # Asked again after every key: an editor that filters by itself knows nothing of the aliases' brackets.
        return types.CompletionList(is_incomplete=True, items=items)

    @server.feature(
        types.TEXT_DOCUMENT_CODE_ACTION, types.CodeActionOptions(code_action_kinds=[types.CodeActionKind.QuickFix])
    )
    async def offer_fixes(params: types.CodeActionParams) -> list[types.CodeAction]:
        uri = params.text_document.uri
        page = await server.page(uri)
        read = page.draft
        asked = Span(offset_of(read, params.range.start), offset_of(read, params.range.end))
        found = [
            *actions.offers(read, asked, page.findings, page.engine.readers, page.lang),
            *waiving.offers(read, asked, page.findings, page.engine, page.lang),
        ]
        return [_action(action, uri, read, params.context.diagnostics) for action in found]


def _item(candidate: completion.Candidate, where: types.Range, typed: str, index: int) -> types.CompletionItem:
    return types.CompletionItem(
        label=candidate.label,
        kind=_KINDS[candidate.kind],
        detail=candidate.detail or None,
        # What planlint found fitting must not be filtered out again by letters alone.
        filter_text=typed or candidate.label,
        sort_text=f"{index:04}",
        text_edit=types.TextEdit(where, candidate.insert),
    )


def _action(action: actions.Action, uri: str, read: Draft, shown: Sequence[types.Diagnostic]) -> types.CodeAction:
    where = range_of(read, action.fault)
    edits = [types.TextEdit(range_of(read, edit.span), edit.text) for edit in action.edits]
    return types.CodeAction(
        title=action.title,
        kind=types.CodeActionKind.QuickFix,
        diagnostics=[one for one in shown if one.code == action.rule and one.range.start == where.start],
        is_preferred=action.is_safe,
        edit=types.WorkspaceEdit(changes={uri: edits}),
    )
