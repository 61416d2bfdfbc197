"""docs/configuration.md: every command it shows is run, in the order of the page, and says what the page says."""

import datetime
import re
import shlex
from pathlib import Path

from click.testing import CliRunner

from planlint import api, config, grants, waivers
from planlint.cli import cli

PAGE = (Path(__file__).resolve().parent.parent / "docs" / "configuration.md").read_text(encoding="utf-8")
BLOCKS = re.findall(r"```(\w*)\n(.*?)```", PAGE, re.DOTALL)


def shown(text):
    """A text without what every new rule changes."""
    return re.sub(r"[0-9]+ rules", "N rules", text)


def test_every_command_says_what_the_page_says(tmp_path, monkeypatch):
    """One after the other, in the folder that the page describes; the target is corrected before the last two."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(api, "this_day", lambda: "2026-06-01")
    plan = tmp_path / "plan.yaml"
    plan.write_text(BLOCKS[0][1], encoding="utf-8")
    (tmp_path / "planlint.toml").write_text(BLOCKS[1][1], encoding="utf-8")
    commands = [block.partition("\n") for kind, block in BLOCKS if not kind]
    said = []
    for line, _, _ in commands:
        if line.endswith("--format concise") and "--baseline" in line:
            plan.write_text(BLOCKS[0][1].replace("≤4‰", "≤3‰"), encoding="utf-8")
        result = CliRunner().invoke(cli, shlex.split(line)[2:])
        said.append(shown(result.stdout + result.stderr))

    assert len(commands) == 8
    assert said == [shown(text) for _, _, text in commands]
    written = next(text for kind, text in BLOCKS if text.startswith("planlint-waivers: 1"))
    assert (tmp_path / waivers.NAME).read_text(encoding="utf-8").endswith(written)


def test_the_entry_for_a_plan_waives(tmp_path):
    """What a drafter copies from the page works as it stands."""
    entry = next(text for kind, text in BLOCKS if text.startswith("waivers:"))
    plan = tmp_path / "plan.yaml"
    plan.write_text(BLOCKS[0][1] + entry, encoding="utf-8")
    found = api.check(plan, today=datetime.date(2026, 6, 1)).findings

    assert [(f.rule, f.waived) for f in found] == [("PL501", "合计含一家筹建中的医院"), ("PL102", None)]


def test_every_key_is_explained():
    """Keys of the configuration and of a waiver, each in a table."""
    explained = set(re.findall(r"`([a-z-]+)`", "".join(re.findall(r"^\| [^|]*\|", PAGE, re.MULTILINE))))

    assert {*config.KEYS, *grants.WAIVER_KEYS, "plan"} == explained
