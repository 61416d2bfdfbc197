"""docs/editor.md: the set-up of Neovim is run, and what VS Code is told can be read."""

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
PAGE = (ROOT / "docs" / "editor.md").read_text(encoding="utf-8")
LIMIT = 60
PLAN = """\
planlint: 1
plan: {id: try, title: 某县规划, region: 某县, period: 2021-2025, baseline: 2020, document: try.txt}
claims:
  - {note: 𠮷, sum: 民营医院, whole: 44 家, parts: [29 家, 14 家], at: 191}
"""
SHOW = """\
vim.wait(30000, function() return #vim.diagnostic.get(0) > 0 end, 50)
for _, d in ipairs(vim.diagnostic.get(0)) do
  io.stdout:write(string.format("%d:%d-%d %s", d.lnum + 1, d.col + 1, d.end_col, d.code))
end
"""


def blocks(kind):
    """The code of a language on the page, in order."""
    return re.findall(rf"```{kind}\n(.*?)```", PAGE, re.DOTALL)


@pytest.fixture
def planlint(tmp_path):
    """A folder in which the command stands, as on a path."""
    command = tmp_path / "bin" / "planlint"
    command.parent.mkdir()
    command.write_text(f"#!{sys.executable}\nfrom planlint.cli import main\nmain()\n", encoding="utf-8")
    command.chmod(0o755)
    return {**os.environ, "PATH": f"{command.parent}{os.pathsep}{os.environ['PATH']}", "PYTHONPATH": str(ROOT)}


@pytest.mark.skipif(not shutil.which("nvim"), reason="needs Neovim")
def test_neovim_shows_findings(tmp_path, planlint):
    """Started without a screen, with the configuration of the page for its version; columns are those of bytes."""
    pytest.importorskip("pygls")
    version = subprocess.run(["nvim", "--version"], capture_output=True, encoding="utf-8", timeout=LIMIT, check=True)
    number = re.search(r"v(\d+)\.(\d+)", version.stdout)
    assert number is not None
    now, before = blocks("lua")
    settings = now if (int(number[1]), int(number[2])) >= (0, 11) else before
    for name, content in (("init.lua", settings), ("show.lua", SHOW), ("try.yaml", PLAN)):
        (tmp_path / name).write_text(content, encoding="utf-8")
    command = ["nvim", "--headless", "-u", "init.lua", "try.yaml", "-c", "luafile show.lua", "-c", "qa!"]
    result = subprocess.run(
        command, cwd=tmp_path, env=planlint, capture_output=True, encoding="utf-8", timeout=LIMIT, check=False
    )

    assert result.stdout.strip() == "4:23-34 PL501"


def test_vs_code_is_told_what_it_needs():
    """The extension is JSON and JavaScript that can be read, and starts the command that there is."""
    (package,) = (json.loads(block) for block in blocks("json"))
    (script,) = blocks("js")

    assert package["main"] == "./extension.js"
    assert 'command: "planlint", args: ["lsp"]' in script
    if shutil.which("node"):
        subprocess.run(["node", "--check", "-"], input=script, encoding="utf-8", timeout=LIMIT, check=True)
