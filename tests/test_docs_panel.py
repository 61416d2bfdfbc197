"""docs/panel.md: every command of the panel's day is run, in its order, and says what the page says."""

import re
import shlex
from pathlib import Path

import pytest
from click.testing import CliRunner

from planlint.cli import cli

docx = pytest.importorskip("docx")
qn = pytest.importorskip("docx.oxml.ns").qn

DOCS = Path(__file__).resolve().parent.parent / "docs"
PAGE = (DOCS / "panel.md").read_text(encoding="utf-8")
BLOCKS = re.findall(r"```(\w*)\n(.*?)```", PAGE, re.DOTALL)
COMMANDS = [block.partition("\n")[::2] for kind, block in BLOCKS if not kind]
FILLED = (("采纳", ""), ("部分采纳", "只改正文"), ("不采纳", "合计含一家筹建中的医院，2026年开诊"))


def shown(text):
    """A text without what every new rule changes."""
    return re.sub(r"[0-9]+ (rules|条规则)", r"N \1", text)


def fill():
    """Decide as the page says that the panel does."""
    document = docx.Document("opinions.docx")
    for row, (said, reason) in zip(document.tables[0].rows[1:], FILLED, strict=True):
        next(next(row._tr.iter(qn("w:sdt"))).iter(qn("w:t"))).text = said
        row.cells[-1].text = reason
    document.save("opinions.docx")


def test_every_command_says_what_the_page_says(tmp_path, monkeypatch):
    """The sheet is filled in before it is read back, and the target corrected before the second one is made."""
    monkeypatch.chdir(tmp_path)
    plan = tmp_path / "plan.yaml"
    plan.write_text(BLOCKS[0][1], encoding="utf-8")
    said = []
    for line, _ in COMMANDS:
        if "--from" in line:
            fill()
        if "second.docx" in line:
            plan.write_text(BLOCKS[0][1].replace("≥90", "≥98"), encoding="utf-8")
        result = CliRunner().invoke(cli, shlex.split(line)[2:])
        said.append(shown(result.stdout + result.stderr))

    assert said == [shown(text) for _, text in COMMANDS]
    assert (tmp_path / "report.html").read_bytes().startswith(b"<!DOCTYPE html>")
    assert [len(docx.Document(name).tables[0].rows) - 1 for name in ("opinions.docx", "second.docx")] == [3, 1]


def test_pictures_are_there_and_small():
    """The page shows what was looked at."""
    names = re.findall(r"\]\((images/[^)]+)\)", PAGE)

    assert len(names) == 3
    assert [name for name in names if not 10_000 < (DOCS / name).stat().st_size < 300_000] == []
