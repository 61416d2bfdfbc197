"""docs/drafter.md: every command of the day is run, in its order, on the plan as the page changes it."""

import re
import shlex
from pathlib import Path

from click.testing import CliRunner
from told import engine

from planlint.cli import cli
from planlint.lsp import actions, draft, waiving
from planlint.source import Source
from planlint.spans import Span

PAGE = (Path(__file__).resolve().parent.parent / "docs" / "drafter.md").read_text(encoding="utf-8")
BLOCKS = re.findall(r"```(\w*)\n(.*?)```", PAGE, re.DOTALL)


def shown(text):
    """A text without what every new rule changes."""
    return re.sub(r"[0-9]+ 条规则", "N 条规则", text)


def changed(plan, lines):
    """A plan in which the removed lines of a difference have given way to the added ones."""
    old, new = ("".join(line[1:] for line in lines.splitlines(True) if line[0] == sign) for sign in "-+")
    assert old in plan
    return plan.replace(old, new)


def run(line):
    """What a command line says; what it sends to a file is there."""
    words = shlex.split(line)
    target = words[-1] if words[-2] == ">" else None
    result = CliRunner().invoke(cli, words[1:-2] if target else words[1:])
    if target is None:
        return result.stdout + result.stderr
    Path(target).write_text(result.stdout, encoding="utf-8")
    return ""


def test_every_command_says_what_the_page_says(tmp_path, monkeypatch):
    """From the new file to the clean check; what is written or changed by hand is done as the page shows it."""
    monkeypatch.chdir(tmp_path)
    plan = tmp_path / "plan.yaml"
    commands = 0
    for kind, block in BLOCKS:
        if kind == "yaml":
            entered = block if block.startswith("#") else plan.read_text(encoding="utf-8") + block
            plan.write_text(entered, encoding="utf-8")
        elif kind == "diff":
            plan.write_text(changed(plan.read_text(encoding="utf-8"), block), encoding="utf-8")
        else:
            line, _, expected = block.removeprefix("$ ").partition("\n")
            assert shown(run(line)) == shown(expected), line
            commands += 1

    assert commands == 9
    assert (tmp_path / "plan.schema.json").stat().st_size > 1000


def test_what_the_editor_is_said_to_offer():
    """The page names two changes that a light bulb offers."""
    text = next(block for kind, block in BLOCKS if kind == "yaml")
    read = draft.read(text, "plan.yaml", engine())
    findings = engine().judge(Source("plan.yaml", text)).findings
    whole = Span(0, len(text))
    offered = [
        *actions.offers(read, whole, findings, engine().readers, "zh"),
        *waiving.offers(read, whole, findings, engine(), "zh"),
    ]

    assert {"栏名应是 value", "PL501 附理由保留这条意见"} <= {action.title for action in offered}
    assert all(f"“{title}”" in PAGE for title in ("栏名应是 value", "PL501 附理由保留这条意见"))


def test_the_rule_that_is_explained():
    """The page names the command only: the manual has it in full."""
    assert "`planlint explain PL301 --lang zh`" in PAGE
    assert run("planlint explain PL301 --lang zh").startswith("# PL301 ")
