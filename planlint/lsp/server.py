"""The only place that answers an editor: its messages in, diagnostics, hovers, completions, places and changes out.

One thread judges, so that the loop that reads messages is never held up; what an editor has typed over since is not
published. Nothing is written but the answers: the editor makes the changes.
"""

from __future__ import annotations

import asyncio
import gc
import os
import sys
import traceback
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

from lsprotocol import types
from msgspec import Struct
from pygls.lsp.server import LanguageServer

from planlint.engine import Engine
from planlint.findings import Finding
from planlint.lsp import actions, completion, diagnostics, draft, hover, messages, navigation, waiving
from planlint.lsp.context import context_at
from planlint.lsp.draft import Draft
from planlint.lsp.settings import Desk, Settings
from planlint.positions import Positions
from planlint.source import Malformed, UnreadableSource, carries_plan_key, display
from planlint.spans import Span
from planlint.version import __version__

PAUSE = 0.3
"""Seconds without a key before a text is judged."""

_Result = TypeVar("_Result")


class Page(Struct, frozen=True):
    """A version of a document: its bytes, what is in it, by which settings it is judged and in which language."""

    version: int | None
    path: str
    data: bytes
    settings: Settings
    lang: str
    draft: Draft

    @property
    def engine(self) -> Engine:
        """Return the rules that hold for it."""
        return self.settings.judge.engine


class PlanServer(LanguageServer):
    """A server for one editor. `lang` is the language of messages, None for the project's or the editor's own."""

    def __init__(self, desk: Desk, lang: str | None, fallback: str) -> None:
        super().__init__("planlint", __version__, text_document_sync_kind=types.TextDocumentSyncKind.Full)
        self.desk = desk
        self.fixed_lang = lang
        self.editor_lang = fallback
        self.worker = ThreadPoolExecutor(1, "planlint")
        self.pages: dict[str, Page] = {}
        self.readable: dict[str, Page] = {}
        """The last draft of each text that held a plan: while a line is half typed, its figures are still known."""
        self.judged: dict[str, tuple[Page, list[Finding]]] = {}
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
            self.readable[uri] = page
        return page

    def _read(self, uri: str, version: int | None, text: str, encoding: str) -> tuple[Page, str]:
        """Return a document, read, and what is wrong with the project's files, in spite of which it is judged."""
        problem = ""
        path = messages.path_of(uri)
        try:
            settings = self.desk.of(path)
        except (Malformed, UnreadableSource) as wrong:
            settings, problem = self.desk.plain(), str(wrong)
        read = draft.read(text, display(path), settings.judge.engine, encoding)
        lang = self.fixed_lang or settings.lang or self.editor_lang
        return Page(version, path, text.encode("utf-8", "surrogatepass"), settings, lang, read), problem

    async def findings(self, uri: str, page: Page) -> list[Finding]:
        """Return what is to be said of a document, nothing where it is no plan; it is judged once a version."""
        known = self.judged.get(uri)
        if known is not None and known[0] is page:
            return known[1]
        found: list[Finding] = []
        if carries_plan_key(page.data):
            found = await self.work(lambda: page.settings.findings(page.path, page.data))
        self.judged[uri] = page, found
        return found

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
        found = diagnostics.notices(page.draft, await self.findings(uri, page), page.lang)
        self.publish(uri, page.version, [messages.diagnostic(one, page.draft, uri, self.encoding) for one in found])

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
        for known in (self.pages, self.readable, self.judged, self.problems):
            known.pop(uri, None)
        self.text_document_publish_diagnostics(types.PublishDiagnosticsParams(uri=uri, diagnostics=[]))


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
        place = read.place_at(messages.offset_of(read.positions, params.position))
        if place is None or read.facts is None:
            return None
        facts = read.facts
        told = await server.work(lambda: hover.hover(facts, page.engine.rules, place, page.lang))
        content = types.MarkupContent(types.MarkupKind.PlainText, told)
        return types.Hover(content, messages.range_of(read.positions, read.span(place))) if told else None

    @server.feature(types.TEXT_DOCUMENT_DEFINITION)
    async def go(params: types.DefinitionParams) -> list[types.Location]:
        page = await server.page(params.text_document.uri)
        read = page.draft
        place = read.place_at(messages.offset_of(read.positions, params.position))
        if place is None or read.facts is None:
            return []
        return [
            messages.location(other, read, params.text_document.uri)
            for other in navigation.definitions(read.facts, place)
        ]

    @server.feature(types.TEXT_DOCUMENT_REFERENCES)
    async def find(params: types.ReferenceParams) -> list[types.Location]:
        page = await server.page(params.text_document.uri)
        read = page.draft
        place = read.place_at(messages.offset_of(read.positions, params.position))
        if place is None or read.facts is None:
            return []
        found = navigation.references(read.facts, place)
        own = not params.context.include_declaration
        return [
            messages.location(other, read, params.text_document.uri) for other in found if not (own and other == place)
        ]


def _offer(server: PlanServer) -> None:
    """Let a server offer what may be typed and what may be changed."""

    @server.feature(types.TEXT_DOCUMENT_COMPLETION, types.CompletionOptions(trigger_characters=["{", "[", " "]))
    async def complete(params: types.CompletionParams) -> types.CompletionList:
        # While keys follow each other nobody waits for the text to be read: the figures of its last reading will do.
        uri = params.text_document.uri
        positions = Positions(server.workspace.get_text_document(uri).source, server.encoding)
        offset = messages.offset_of(positions, params.position)
        context = context_at(positions.text, offset)
        known = server.readable.get(uri)
        engine = (known.settings if known is not None else server.desk.plain()).judge.engine
        facts = known.draft.facts if known is not None else None
        typed = positions.text[context.start : offset]
        offer = completion.complete(context, typed, engine.ruleset.catalogue, facts)
        where, replaced = messages.range_of(positions, offer.span), positions.text[offer.span.start : offer.span.end]
        items = [messages.item(one, where, replaced, index) for index, one in enumerate(offer.candidates)]
        # Asked again after every key: an editor that filters by itself knows nothing of the aliases' brackets.
        return types.CompletionList(is_incomplete=True, items=items)

    @server.feature(
        types.TEXT_DOCUMENT_CODE_ACTION, types.CodeActionOptions(code_action_kinds=[types.CodeActionKind.QuickFix])
    )
    async def offer_fixes(params: types.CodeActionParams) -> list[types.CodeAction]:
        uri = params.text_document.uri
        page = await server.page(uri)
        read = page.draft
        asked = Span(
            messages.offset_of(read.positions, params.range.start), messages.offset_of(read.positions, params.range.end)
        )
        said = await server.findings(uri, page)
        found = [
            *actions.offers(read, asked, said, page.engine.readers, page.lang),
            *waiving.offers(read, asked, said, page.engine, page.lang),
        ]
        return [messages.code_action(action, uri, read, params.context.diagnostics) for action in found]
