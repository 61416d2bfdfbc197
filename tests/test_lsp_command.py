"""`planlint lsp` as a command: when it cannot start, and how it ends."""

import os
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
