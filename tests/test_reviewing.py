"""docs/reviewing.md: every command runs in a real repository and prints what the page shows."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
PAGE = (ROOT / "docs" / "reviewing.md").read_text(encoding="utf-8")
PLAN = re.search(r"```yaml\n(planlint: 1.*?)```", PAGE, re.DOTALL)[1]
BLOCKS = re.findall(r"```console\n(.*?)```", PAGE, re.DOTALL)
SET_UP = (
    "git init -q -b main . && git config user.email nobody@example.org && git config user.name nobody && "
    "git add -A && git commit -qm submitted"
)


@pytest.mark.skipif(shutil.which("git") is None or os.name != "posix", reason="needs git and a POSIX shell")
def test_commands_print_what_the_page_shows(tmp_path):
    """One after the other, as a reader would type them; how many rules there are may change."""
    repository, programs = tmp_path / "repository", tmp_path / "bin"
    for folder in (repository / "plans", programs):
        folder.mkdir(parents=True)
    (repository / "plans" / "example.yaml").write_text(PLAN, encoding="utf-8")
    program = programs / "planlint"
    program.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m planlint "$@"\n', encoding="utf-8")
    program.chmod(0o755)
    environment = {name: value for name, value in os.environ.items() if not name.startswith("GIT_")}
    environment |= {"HOME": str(tmp_path), "GIT_CONFIG_NOSYSTEM": "1", "PYTHONIOENCODING": "utf-8"}
    environment |= {"PATH": f"{programs}{os.pathsep}{os.environ['PATH']}", "PYTHONPATH": str(ROOT)}

    def shell(command):
        done = subprocess.run(
            ["/bin/sh", "-c", command],
            cwd=repository,
            env=environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            encoding="utf-8",
        )
        return done.stdout

    assert shell(SET_UP) == ""
    printed = []
    for block in BLOCKS:
        commands = [line for line in block.splitlines() if line.startswith("$ ")]
        printed.append("".join(f"{command}\n{shell(command[2:])}" for command in commands))

    assert [re.sub(r"\d+ rules", "N rules", text) for text in printed] == [
        re.sub(r"\d+ rules", "N rules", block) for block in BLOCKS
    ]
