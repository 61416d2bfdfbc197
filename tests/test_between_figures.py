"""The manual of what stands between figures says what is so."""

import re
from pathlib import Path

import pytest
from click.testing import CliRunner

from planlint.cli import cli

ROOT = Path(__file__).resolve().parent.parent
MANUAL = (ROOT / "docs" / "between-figures.md").read_text(encoding="utf-8")
BIRTHS = re.search(r"```yaml\n(.*?)```", MANUAL, re.DOTALL)[1]
SHOWN = re.findall(r"```\n\$ planlint ([^\n]*)\n(.*?)```", MANUAL, re.DOTALL)


@pytest.mark.parametrize(("command", "shown"), SHOWN, ids=[command for command, _ in SHOWN])
def test_what_is_shown_is_what_is_said(command, shown, monkeypatch, tmp_path):
    """Each report of the manual is the beginning of what the command prints."""
    monkeypatch.chdir(ROOT)
    if "births.yaml" in command:
        monkeypatch.chdir(tmp_path)
        (tmp_path / "births.yaml").write_text(BIRTHS, encoding="utf-8")
    said = CliRunner().invoke(cli, command.split()).stdout

    assert len(shown.splitlines()) > 5
    assert said.startswith(shown.rstrip("\n"))


def test_three_reports_are_shown():
    """The manual shows the coverage of one plan and two arguments."""
    assert [command.split()[0] for command, _ in SHOWN] == ["coverage", "explain", "explain"]
