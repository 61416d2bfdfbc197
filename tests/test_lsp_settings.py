"""What a project has decided holds in an editor as it does for a check."""

import pytest

from planlint.lsp.settings import Desk
from planlint.source import Malformed

PLAN = """\
planlint: 1
plan: {id: p, title: 某县规划, region: 某县, period: 2021-2025, baseline: 2020, document: p.txt}
figures:
  - {indicator: 婴儿死亡律, year: 2020, value: 3.5‰, at: 1}
claims:
  - {sum: 民营医院, whole: 44 家, parts: [29 家, 14 家], at: 191}
"""


def rules(desk, file):
    """The rules and severities of what is said of a plan there."""
    return [(f.rule, f.severity.word) for f in desk.of(str(file)).findings(str(file), PLAN.encode())]


def test_configuration_is_found_upwards(tmp_path):
    """Selection, severities and language are those of the folder; a plan elsewhere has its own."""
    file = tmp_path / "a" / "b" / "p.yaml"
    file.parent.mkdir(parents=True)
    desk = Desk(())
    assert rules(desk, file) == [("PL501", "error"), ("PL027", "info")]

    (tmp_path / "a" / "planlint.toml").write_text(
        'ignore = ["PL027"]\nlang = "zh"\n[severities]\nPL501 = "info"\n', encoding="utf-8"
    )
    assert rules(desk, file) == [("PL501", "info")]
    assert desk.of(str(file)).lang == "zh"
    assert rules(desk, tmp_path / "p.yaml") == [("PL501", "error"), ("PL027", "info")]
    assert rules(Desk((), isolated=True), file) == [("PL501", "error"), ("PL027", "info")]
    assert rules(desk, "untitled:Untitled-1") == [("PL501", "error"), ("PL027", "info")]


def test_a_broken_configuration_is_said(tmp_path):
    """The server shows it and goes on with nothing decided."""
    (tmp_path / "planlint.toml").write_text("ignor = []\n", encoding="utf-8")

    with pytest.raises(Malformed, match=r"planlint\.toml:1:1: .*ignor"):
        Desk(()).of(str(tmp_path / "p.yaml"))
    assert rules(Desk((), isolated=True), tmp_path / "p.yaml") != []


def test_rules_are_read_once(tmp_path):
    """Two plans of a project share their rules."""
    desk = Desk(())

    assert desk.of(str(tmp_path / "a.yaml")).judge is desk.of(str(tmp_path / "b.yaml")).judge


def test_a_configuration_that_is_named_counts_for_every_plan(tmp_path):
    """Wherever the plan lies, and instead of the nearest one."""
    named = tmp_path / "settings" / "other.toml"
    named.parent.mkdir()
    named.write_text('ignore = ["PL501"]\n', encoding="utf-8")
    (tmp_path / "planlint.toml").write_text('ignore = ["PL027"]\n', encoding="utf-8")
    desk = Desk((), str(named))

    desk.ready()
    assert rules(desk, tmp_path / "p.yaml") == [("PL027", "info")]

    named.write_text("ignor = []\n", encoding="utf-8")
    with pytest.raises(Malformed, match=r"other\.toml:1:1: .*ignor"):
        desk.ready()
