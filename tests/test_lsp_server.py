"""An editor against `planlint lsp`, over standard input and output, as it is used. No test may wait for ever."""

import asyncio
import os
import sys
from pathlib import Path

import pytest

pytest.importorskip("pygls")
pytest_lsp = pytest.importorskip("pytest_lsp")
types = pytest.importorskip("lsprotocol.types")

pytestmark = pytest.mark.asyncio(loop_scope="module")

LIMIT = 30
"""Seconds for one answer: the first check of all compiles the rules."""

PLAN = """\
planlint: 1
plan: {id: try, title: 𠮷县规划, region: 𠮷县, period: 2021-2025, baseline: 2020, document: try.txt}
tables:
  - id: 表1
    columns: {2020: baseline, 2025: target}
    rows:
      - {note: 𠮷𠮷, indicator: 孕产妇系统管理率, unit: "%", 2020: 96.81, 2025: ≥90, at: 358}
figures:
  - {id: maternal, indicator: 孕产妇系统管理率, year: 2020, value: 96.81%, at: 12}
claims:
  - {comparison: 孕产妇系统管理率, left: maternal, is: 高于, right: 90%, at: 12}
"""


async def within(awaitable):
    """The answer, or a failure after the limit."""
    return await asyncio.wait_for(awaitable, LIMIT)


@pytest_lsp.fixture(
    config=pytest_lsp.ClientServerConfig(
        server_command=[sys.executable, "-m", "planlint", "lsp"],
        server_env=dict(os.environ),
    ),
    scope="module",
)
async def editor(lsp_client: pytest_lsp.LanguageClient):
    params = types.InitializeParams(capabilities=pytest_lsp.client_capabilities("visual-studio-code"), locale="zh-cn")
    await within(lsp_client.initialize_session(params))
    yield lsp_client
    await within(lsp_client.shutdown_session())


async def opened(editor, text, name="try.yaml"):
    """The diagnostics of a text that is opened."""
    uri = Path("/plans", name).as_uri()
    item = types.TextDocumentItem(uri=uri, language_id="yaml", version=1, text=text)
    editor.text_document_did_open(types.DidOpenTextDocumentParams(item))
    await within(editor.wait_for_notification(types.TEXT_DOCUMENT_PUBLISH_DIAGNOSTICS))
    return uri, editor.diagnostics[uri]


async def typed(editor, uri, text, version):
    """The diagnostics after a text was typed over."""
    change = types.TextDocumentContentChangeWholeDocument(text)
    document = types.VersionedTextDocumentIdentifier(version=version, uri=uri)
    editor.text_document_did_change(types.DidChangeTextDocumentParams(document, [change]))
    await within(editor.wait_for_notification(types.TEXT_DOCUMENT_PUBLISH_DIAGNOSTICS))
    return editor.diagnostics[uri]


def shown(text, range_):
    """The characters that an editor underlines, cut out as an editor does: in units of UTF-16."""
    line = text.split("\n")[range_.start.line].encode("utf-16-le")
    assert range_.start.line == range_.end.line
    return line[range_.start.character * 2 : range_.end.character * 2].decode("utf-16-le")


def at(text, line, part):
    """The position of a part of a line as an editor counts."""
    before = text.split("\n")[line - 1].partition(part)[0]
    return types.Position(line - 1, len(before.encode("utf-16-le")) // 2)


def told(found):
    """The codes and first lines of diagnostics."""
    return [(d.code, d.message.splitlines()[0]) for d in found]


async def test_findings_are_underlined_as_written(editor):
    """Columns are those of UTF-16, also behind characters that take two units; the other places are related."""
    _, found = await opened(editor, PLAN)

    assert told(found) == [
        ("PL101", "“孕产妇系统管理率”2025年目标 ≥90%，比2020年基期 96.81% 还低，差 6.81 个百分点"),
    ]
    assert found[0].severity == types.DiagnosticSeverity.Error
    assert found[0].source == "planlint"
    assert shown(PLAN, found[0].range) == "96.81"
    assert found[0].range.start.character > PLAN.splitlines()[6].index("96.81")
    assert [(shown(PLAN, r.location.range), r.message) for r in found[0].related_information] == [
        ("≥90", "孕产妇系统管理率 ≥90% try.txt 第 358 行"),
    ]


async def test_findings_follow_what_is_typed(editor):
    """A corrected figure is silent, a broken line gives its finding and leaves the rest judged."""
    uri, _ = await opened(editor, PLAN, "typed.yaml")

    assert told(await typed(editor, uri, PLAN.replace("≥90", "≥98"), 2)) == []

    broken = PLAN.replace("value: 96.81%", "value: >96.81%")
    found = await typed(editor, uri, broken, 3)

    assert [(d.code, shown(broken, d.range)) for d in found] == [
        ("PL101", "96.81"),
        ("PL004", ">96.81%, at: 12}"),
    ]


async def test_only_the_last_version_is_shown(editor):
    """While keys follow each other nothing is judged; what is shown belongs to the last of them."""
    uri, _ = await opened(editor, PLAN, "fast.yaml")
    for version, target in enumerate(("≥91", "≥92", "≥93", "≥99"), 2):
        change = types.TextDocumentContentChangeWholeDocument(PLAN.replace("≥90", target))
        document = types.VersionedTextDocumentIdentifier(version=version, uri=uri)
        editor.text_document_did_change(types.DidChangeTextDocumentParams(document, [change]))
    notice = await within(editor.wait_for_notification(types.TEXT_DOCUMENT_PUBLISH_DIAGNOSTICS))

    assert (notice.version, told(notice.diagnostics)) == (5, [])


async def test_what_is_no_plan_is_left_alone(editor):
    """An editor sends every YAML file; one without the key of a plan is none of ours."""
    _, found = await opened(editor, "services:\n  web: >3\n  a: [\n", "compose.yaml")

    assert told(found) == []


async def test_a_text_that_is_too_large_gives_one_finding(editor):
    """16 MB are not parsed while somebody types."""
    _, found = await opened(editor, PLAN + "# " + "x" * (16 * 1024 * 1024) + "\n", "large.yaml")

    assert told(found) == [("PL011", "文件读不成文字：文件超过 16 MB")]


async def test_hover_tells_of_a_figure(editor):
    """The definition, the interval, what the other places let it be, and who would notice an error."""
    uri, _ = await opened(editor, PLAN, "hover.yaml")
    params = types.HoverParams(types.TextDocumentIdentifier(uri), at(PLAN, 7, "96.81"))
    answer = await within(editor.text_document_hover_async(params))

    assert shown(PLAN, answer.range) == "96.81"
    assert answer.contents.kind == types.MarkupKind.PlainText
    assert answer.contents.value.splitlines()[4:6] == ["2020年基期：96.81%", "代表 96.805 至 96.815（%）"]


async def test_completion_offers_what_fits(editor):
    """Names of indicators by any part of them, in the place of what was typed."""
    text = PLAN + "  - {sum: 合计, whole: ma"
    text = text.replace("claims:\n", "  - {𠮷: 1, indicator: 系统管\nclaims:\n")
    uri, _ = await opened(editor, text, "complete.yaml")
    line = text.split("\n").index("  - {𠮷: 1, indicator: 系统管")
    end = types.Position(line, len("  - {𠮷: 1, indicator: 系统管") + 1)
    params = types.CompletionParams(types.TextDocumentIdentifier(uri), end)
    answer = await within(editor.text_document_completion_async(params))

    found = {item.label: item for item in answer.items}
    assert "孕产妇系统管理率" in found
    edit = found["孕产妇系统管理率"].text_edit
    assert (shown(text, edit.range), edit.new_text) == ("系统管", "孕产妇系统管理率")


async def test_a_quick_fix_changes_only_the_fault(editor):
    """The nearest key is offered where an unknown one stands, with the diagnostic that it settles."""
    text = PLAN.replace("period:", "perriod:")
    uri, found = await opened(editor, text, "fix.yaml")
    wrong = next(d for d in found if d.code == "PL016")
    params = types.CodeActionParams(types.TextDocumentIdentifier(uri), wrong.range, types.CodeActionContext([wrong]))
    answer = await within(editor.text_document_code_action_async(params))

    (edit,) = answer[0].edit.changes[uri]
    assert [(a.title, a.kind, [d.code for d in a.diagnostics]) for a in answer] == [
        ("栏名应是 period", types.CodeActionKind.QuickFix, ["PL016"])
    ]
    assert (shown(text, edit.range), edit.new_text) == ("perriod", "period")


async def test_the_other_places_of_a_figure_are_found(editor):
    """From the name that a claim uses to the figure; from the figure to its other printing and to the claim."""
    uri, _ = await opened(editor, PLAN, "places.yaml")
    document = types.TextDocumentIdentifier(uri)
    there = await within(
        editor.text_document_definition_async(types.DefinitionParams(document, at(PLAN, 11, "maternal")))
    )
    context = types.ReferenceContext(include_declaration=True)
    places = await within(
        editor.text_document_references_async(types.ReferenceParams(context, document, at(PLAN, 9, "96.81%")))
    )

    assert [shown(PLAN, one.range) for one in there] == ["96.81%"]
    assert [(one.range.start.line + 1, shown(PLAN, one.range)) for one in places] == [
        (7, "96.81"),
        (9, "96.81%"),
        (11, "maternal"),
    ]


async def test_a_finding_is_accepted_with_a_reason(editor):
    """The entry that the editor inserts is itself found to lack its reason; with one, the finding is only a hint."""
    uri, found = await opened(editor, PLAN, "waive.yaml")
    context = types.CodeActionContext(list(found))
    params = types.CodeActionParams(types.TextDocumentIdentifier(uri), found[0].range, context)
    (action,) = await within(editor.text_document_code_action_async(params))
    (edit,) = action.edit.changes[uri]

    assert action.title == "PL101 附理由保留这条意见"
    assert [d.code for d in await typed(editor, uri, PLAN + edit.new_text, 2)] == ["PL101", "PL015", "PL015"]

    entered = edit.new_text.replace('reason: ""', "reason: 上级已批准").replace('by: ""', "by: 规划处")
    found = await typed(editor, uri, PLAN + entered, 3)

    assert [(d.code, d.severity) for d in found] == [("PL101", types.DiagnosticSeverity.Hint)]
    assert found[0].message.startswith("已同意保留：上级已批准\n")


async def test_a_broken_configuration_is_said_once(editor, tmp_path):
    """The editor shows what is wrong with the project's file, and the plan is judged all the same."""
    (tmp_path / "planlint.toml").write_text("ignor = []\n", encoding="utf-8")
    uri, found = await opened(editor, PLAN, str(tmp_path / "p.yaml"))
    await typed(editor, uri, PLAN + "# a\n", 2)

    assert [d.code for d in found] == ["PL101"]
    assert [m.message.partition(": unknown")[0] for m in editor.messages] == [f"planlint: {tmp_path}/planlint.toml:1:1"]


async def test_a_defect_is_said(capsys):
    """Nobody waits for a judgement: where it fails, silence would look like a sound plan."""
    from planlint.lsp.server import make
    from planlint.lsp.settings import Desk

    server, shown = make(Desk(()), None, "en"), []
    server.window_show_message = lambda params: shown.append(params.message)
    server.judge_soon("file:///p.yaml", 0)
    (task,) = server.waiting.values()
    await asyncio.wait([task])
    await asyncio.sleep(0)

    # There is no workspace before an editor has introduced itself.
    assert shown == ["planlint: this is a defect of planlint, not of the plan; its output tells more"]
    assert "RuntimeError" in capsys.readouterr().err


async def test_a_related_place_in_another_file(editor, tmp_path):
    """The plan of the level above need not be open; columns in it are those of UTF-16, too."""
    above = PLAN.replace("id: try", "id: above").replace("region: 𠮷县", "region: 某市").replace("≥90", "≥98")
    (tmp_path / "above.yaml").write_text(above, encoding="utf-8")
    own = PLAN.replace("document: try.txt}", "document: try.txt, within: [某市], references: [above]}")
    _, found = await opened(editor, own.replace("96.81", "88.81"), str(tmp_path / "own.yaml"))
    related = [r for d in found if d.code == "PL901" for r in d.related_information]
    places = [r.location for r in related if r.location.uri.endswith("above.yaml")]

    assert [place.range.start for place in places] == [at(above, 7, "≥98")]
