"""`planlint check --watch`, as it runs: what is changed is checked again, and Ctrl-C is its proper end."""

import os
import queue
import signal
import subprocess
import sys
import threading

import pytest
from click.testing import CliRunner

from planlint.cli import cli
from planlint.cli.watching import look

LIMIT = 30
"""Seconds that a test waits for a line before it fails."""

PLAN = """\
planlint: 1
plan: {id: w, title: 某规划, region: 某县, period: 2021-2025, baseline: 2020, document: w.txt}
figures:
  - {indicator: 婴儿死亡率, year: 2020, value: 3.5‰, at: 1}
"""
WRONG = PLAN.replace("婴儿死亡率", "婴儿死亡律")


class Watch:
    """A check that goes on, and the lines it writes."""

    def __init__(self, *arguments):
        command = [sys.executable, "-m", "planlint", "check", "--watch", "--format", "concise", "--lang", "zh"]
        self.process = subprocess.Popen(
            [*command, *arguments],
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            encoding="utf-8",
            env={**os.environ, "PYTHONIOENCODING": "utf-8"},
        )
        self.lines = queue.Queue()
        threading.Thread(target=lambda: [self.lines.put(line) for line in self.process.stdout], daemon=True).start()

    def said(self):
        """The rules of a check's findings, or what it could not do, up to the line that tells the time."""
        found = []
        while not (line := self.lines.get(timeout=LIMIT)).startswith("planlint: checked at "):
            found.append(line.strip())
        return found

    def end(self):
        """The exit status after Ctrl-C."""
        self.process.send_signal(signal.SIGINT)
        return self.process.wait(timeout=LIMIT)


@pytest.fixture
def watching():
    started = []

    def start(*arguments):
        started.append(Watch(*arguments))
        return started[-1]

    yield start
    for one in started:
        one.process.kill()
        one.process.wait(timeout=LIMIT)
        one.process.stdout.close()


def test_a_file_that_is_saved_vanishes_and_comes_back(tmp_path, watching):
    """An editor may write anew, or write beside and rename; a file that is gone is said to be, and is seen again."""
    file = tmp_path / "w.yaml"
    file.write_text(PLAN, encoding="utf-8")
    watch = watching(str(file))
    assert watch.said() == []

    beside = tmp_path / "w.yaml~"
    beside.write_text(WRONG, encoding="utf-8")
    os.replace(beside, file)
    assert [line.split()[1:3] for line in watch.said()] == [["info", "PL027"]]

    file.unlink()
    assert watch.said() == [f"planlint: {file}：没有这个文件或目录"]

    file.write_text(PLAN, encoding="utf-8")
    assert watch.said() == []
    assert watch.end() == 0


def test_rules_are_watched_too(tmp_path, watching):
    """A broken rule is said in one line; mended, the check goes on."""
    plans, rules = tmp_path / "plans", tmp_path / "rules"
    plans.mkdir()
    rules.mkdir()
    (plans / "w.yaml").write_text(PLAN, encoding="utf-8")
    watch = watching(str(plans), "--rules", str(rules))
    assert watch.said() == []

    rule = rules / "TEAM001-a.yaml"
    rule.write_text("id: TEAM001\n", encoding="utf-8")
    assert watch.said()[-1].startswith(f"错误：{rule}:1:1: ")

    rule.unlink()
    assert watch.said() == []
    assert watch.end() == 0


def test_a_screen_is_cleared_only_on_a_terminal(tmp_path, watching):
    """What goes into a pipe holds no escape sequences."""
    (tmp_path / "w.yaml").write_text(WRONG, encoding="utf-8")
    watch = watching(str(tmp_path))

    assert not any("\x1b" in line for line in watch.said())


def test_standard_input_cannot_be_watched():
    """It can be read once."""
    result = CliRunner().invoke(cli, ["check", "--watch", "-"])

    assert result.exit_code == 2
    assert (
        result.stderr.splitlines()[-1] == "Error: --watch needs files or folders; standard input cannot be read twice"
    )


def test_what_is_looked_at(tmp_path):
    """Of a folder the YAML and configuration files; of a file its folder's, those of `reference`, and what is above."""
    for name in ("a/b/p.yaml", "a/b/notes.txt", "a/b/reference/q.yaml", "a/.git/c.yaml", "a/planlint.toml", "a/r.yml"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text("x", encoding="utf-8")

    def names(*paths):
        return sorted(os.path.relpath(file, tmp_path) for file in look(map(str, paths)) if str(tmp_path) in file)

    a = tmp_path / "a"
    everything = ["a/b/p.yaml", "a/b/reference/q.yaml", "a/planlint.toml", "a/r.yml"]
    assert names(a) == everything
    assert names(a / "b" / "p.yaml") == ["a/b/p.yaml", "a/b/reference/q.yaml", "a/planlint.toml"]
    assert names(a / "b" / "gone.yaml") == ["a/b/p.yaml", "a/b/reference/q.yaml", "a/planlint.toml"]


def test_what_is_accepted_is_watched_too(tmp_path, watching):
    """A file of waivers or a baseline that is named, wherever it stands."""
    plans, other = tmp_path / "plans", tmp_path / "other"
    plans.mkdir()
    other.mkdir()
    baseline = other / "known.txt"
    write = ["baseline", str(plans), "--output", str(baseline)]
    (plans / "w.yaml").write_text(PLAN, encoding="utf-8")
    assert CliRunner().invoke(cli, write).exit_code == 0
    (plans / "w.yaml").write_text(WRONG, encoding="utf-8")
    watch = watching(str(plans), "--baseline", str(baseline))
    assert [line.split()[1:3] for line in watch.said()] == [["info", "PL027"]]

    assert CliRunner().invoke(cli, [*write, "--update"]).exit_code == 0
    assert watch.said() == []
