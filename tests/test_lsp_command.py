"""`planlint lsp` as a command: when it cannot start, and how it ends."""

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
LIMIT = 30


def run(*arguments, path=(), said=b""):
    """Exit status, standard output and standard error of a server whose editor says something and hangs up."""
    folders = os.pathsep.join([*map(str, path), str(ROOT)])
    result = subprocess.run(
        [sys.executable, "-m", "planlint", "lsp", *arguments],
        input=said,
        capture_output=True,
        env=os.environ | {"PYTHONPATH": folders},
        timeout=LIMIT,
        check=False,
    )
    return result.returncode, result.stdout.decode(), result.stderr.decode()


def test_without_its_library(tmp_path):
    """One sentence says how to install it."""
    (tmp_path / "pygls.py").write_text("raise ImportError('none', name='pygls')\n", encoding="utf-8")

    assert run(path=[tmp_path]) == (2, "", "Error: the editor server needs pygls: pip install 'planlint[lsp]'\n")


def test_bad_rules_end_it_at_once(tmp_path):
    """An editor's log shows the line that check would print."""
    pytest.importorskip("pygls")
    (tmp_path / "TEAM001-a.yaml").write_text("id: TEAM001\nnonsense: 1\n", encoding="utf-8")
    status, out, error = run("--rules", str(tmp_path))

    assert (status, out) == (2, "")
    assert error.startswith(f"Error: {tmp_path}/TEAM001-a.yaml:2:1: unknown key 'nonsense'")


def test_an_editor_that_hangs_up():
    """A closed input is the end, be it before anything was said or in the middle of a message."""
    pytest.importorskip("pygls")

    assert run() == (0, "", "")
    assert run(said=b"Content-Length: 100\r\n\r\n{")[0] == 0


def packed(message):
    """A message as an editor sends it; bytes are sent as they are."""
    content = message if isinstance(message, bytes) else json.dumps(message).encode()
    return b"Content-Length: %d\r\n\r\n%s" % (len(content), content)


def test_nothing_that_is_sent_ends_it():
    """Messages that are none, texts that are no plans, places that are nowhere: the next one is answered."""
    pytest.importorskip("pygls")
    uri = "file:///p.yaml"
    texts = ["[" * 30_000, "\ud800", "\0", "\ufeffplanlint: 1\r\n\u202e\x1b[31m: 1", "#" * 17_000_000]
    opened = [
        {"uri": f"{uri}{n}", "languageId": "yaml", "version": 1, "text": f"planlint: 1\nx: {text}"}
        for n, text in enumerate(texts)
    ]
    odd = ["nonsense:\0%00", "file:///a%00b.yaml", "file:///%ff%fe.yaml", "file:///dev/zero"]
    opened += [{"uri": name, "languageId": "yaml", "version": 1, "text": "planlint: 1\n"} for name in odd]
    places = [{"line": 10**9, "character": 10**9}, {"line": -1, "character": -1}]
    messages = [
        {"id": 1, "method": "initialize", "params": {"capabilities": {}, "processId": None, "rootUri": None}},
        {"id": 2},
        {"id": 3, "method": "\x1b[31m\u202e"},
        {"id": 4, "method": "textDocument/hover", "params": []},
        *({"method": "textDocument/didOpen", "params": {"textDocument": document}} for document in opened),
        *(
            {
                "id": 5 + n,
                "method": "textDocument/hover",
                "params": {"textDocument": {"uri": uri + "0"}, "position": at},
            }
            for n, at in enumerate(places)
        ),
        {
            "id": 98,
            "method": "textDocument/hover",
            "params": {"textDocument": {"uri": "file:///gone"}, "position": places[0]},
        },
        {"id": 99, "method": "shutdown"},
        {"method": "exit"},
    ]
    sent = [packed({"jsonrpc": "2.0"} | message) for message in messages]
    sent[1:1] = map(packed, (b"{", bytes(range(256)), b"[]", b"1", b"null", b"[" * 30_000))
    status, out, _ = run(said=b"".join(sent))

    assert status == 0
    assert re.search(r'"id":\s*99', out)
    assert "this is a defect of planlint" not in out
