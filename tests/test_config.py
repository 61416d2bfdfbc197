"""Settings of a project: which file counts, what it may say, where it is wrong, and what wins over it."""

import json
import os

import pytest
from click.testing import CliRunner

from planlint import config
from planlint.cli import cli
from planlint.source import Malformed, Place

PLAN = """\
planlint: 1
plan: {id: p, title: 某县规划, region: 某县, period: 2021-2025, document: p.txt}
tables:
  - id: 表1
    columns: {2020: baseline, 2025: target}
    rows:
      - {indicator: 孕产妇系统管理率, unit: "%", 2020: 96.81, 2025: ≥90, at: 358}
"""


@pytest.fixture
def folder(tmp_path, monkeypatch):
    """A folder with a plan two levels below."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("LANG", "en_US.UTF-8")
    monkeypatch.delenv("LC_ALL", raising=False)
    monkeypatch.delenv("LC_MESSAGES", raising=False)
    (tmp_path / "a" / "b").mkdir(parents=True)
    (tmp_path / "a" / "b" / "p.yaml").write_text(PLAN, encoding="utf-8")
    return tmp_path


def run(*words, **more):
    """The exit status and what was said on both streams."""
    result = CliRunner().invoke(cli, words, **more)
    return result.exit_code, result.stdout, result.stderr


def problem(text, name="planlint.toml"):
    """The message about a file with some content."""
    with open(name, "w", encoding="utf-8") as stream:
        stream.write(text)
    with pytest.raises(Malformed) as caught:
        config.load(name)
    return str(caught.value)


def test_the_nearest_file_counts(folder):
    """From the plan upwards; the first folder that has one ends the search."""
    assert config.find("a/b/p.yaml") is None or not config.find("a/b/p.yaml").startswith("a")

    (folder / "planlint.toml").write_text("", encoding="utf-8")
    assert config.find("a/b/p.yaml") == "planlint.toml"

    (folder / "a" / "planlint.toml").write_text("", encoding="utf-8")
    assert config.find("a/b/p.yaml") == os.path.join("a", "planlint.toml")
    assert config.find("a/b") == os.path.join("a", "planlint.toml")
    assert config.find(".") == "planlint.toml"


@pytest.mark.parametrize(
    ("text", "counts"),
    [
        ("[tool.planlint]\n", True),
        ("[tool]\nplanlint = {}\n", True),
        ("tool.planlint.lang = 'zh'\n", True),
        ('[project]\nname = "planlint"\n[tool.ruff]\n', False),
        ('[tool.ruff]\n# not planlint, the tool\nx = "planlint tool"\n', False),
    ],
)
def test_a_shared_file_counts_with_a_table_of_ours(folder, text, counts):
    """A pyproject.toml that speaks of something else is passed over."""
    (folder / "planlint.toml").write_text("", encoding="utf-8")
    (folder / "a" / "pyproject.toml").write_text(text, encoding="utf-8")

    assert config.find("a/b/p.yaml") == (os.path.join("a", "pyproject.toml") if counts else "planlint.toml")


def test_the_own_file_wins_in_one_folder(folder):
    """Two files side by side are not merged."""
    (folder / "pyproject.toml").write_text('[tool.planlint]\nlang = "zh"\n', encoding="utf-8")
    (folder / "planlint.toml").write_text('lang = "en"\n', encoding="utf-8")

    assert config.in_force(["a"]).lang == "en"


def test_every_key_is_read(folder):
    """Values and the places where they were written."""
    (folder / "team").mkdir()
    (folder / "pyproject.toml").write_text(
        '[tool.planlint]\nselect = ["pl1"]\nignore = ["PL102"]\nseverity = "warning"\nfail-on = "never"\nlang = "zh"\n'
        'rules = ["team"]\nbaseline = "b.txt"\nwaivers = ["w.yaml"]\n[tool.planlint.severities]\nPL101 = "off"\n',
        encoding="utf-8",
    )
    keys = ("select", "ignore", "severity", "fail-on", "lang", "rules", "baseline", "waivers")
    places = {key: Place("pyproject.toml", line, 1) for line, key in enumerate(keys, 2)}

    assert config.in_force(["a"]) == config.Config(
        "pyproject.toml",
        ("PL1",),
        ("PL102",),
        "warning",
        "never",
        "zh",
        ("team",),
        "b.txt",
        ("w.yaml",),
        {"PL101": "off"},
        {**places, "severities": Place("pyproject.toml", 10, 2)},
    )


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ('selct = ["PL1"]', "1:1: unknown key 'selct'; did you mean 'select'?"),
        ('lang = "zh"\n[Severities]\n', "2:2: unknown key 'Severities'; did you mean 'severities'?"),
        ('select = "PL1"', "1:1: 'select' must be a list of texts, such as [\"…\"]"),
        ("lang = 1", "1:1: 'lang' must be a text in quotes"),
        ('\n  lang = "cn"', "2:3: 'lang' must be one of zh, en; found 'cn'"),
        (
            'fail-on = "erorr"',
            "1:1: 'fail-on' must be one of info, warning, error, never; found 'erorr'; did you mean 'error'?",
        ),
        ('baseline = ""', "1:1: 'baseline' is empty"),
        ('select = [\n  "PL1",\n  "PL98",\n]', "3:4: no rule begins with 'PL98'; did you mean 'PL9'?"),
        ('ignore = ["X"]', "1:12: no rule begins with 'X'"),
        ('[severities]\nPL1011 = "off"', "2:1: there is no rule 'PL1011'; did you mean 'PL101'?"),
        ('severities = {PL101 = "of"}', "1:15: 'PL101' must be one of info, warning, error, off; found 'of'"),
        ("severities = 3", "1:1: 'severities' must be a table: PL101 = \"warning\""),
        ('rules = ["nowhere"]', "1:11: there is no folder 'nowhere'"),
        ('rules = [".."]', "1:11: '..' does not lie in the folder of this file"),
        ('waivers = ["/etc/passwd"]', "1:13: '/etc/passwd' does not lie in the folder of this file"),
        ('baseline = "a/../../b"', "1:13: 'a/../../b' does not lie in the folder of this file"),
        ('waivers = ["link/w.yaml"]', "1:13: 'link/w.yaml' does not lie in the folder of this file"),
        ("lang = ", "1:1: invalid value (at end of document)"),
        ("a = " + "[" * 50000, "1:1: nested too deep"),
        ("#" * (1024 * 1024 + 1), "1:1: the file is larger than 1 MB"),
        ("lang = '\x00'", "1:1: not a text in UTF-8 (control-character)"),
    ],
    ids=lambda value: value[:30],
)
def test_what_is_wrong_is_said_with_its_place(folder, text, message):
    """One line, with the nearest word that is known."""
    os.symlink(os.path.dirname(folder), "link")

    assert problem(text) == f"planlint.toml:{message}"


def test_a_bad_file_ends_the_command(folder):
    """Whatever the command, the job could not be done."""
    (folder / "planlint.toml").write_text("selct = 1", encoding="utf-8")
    message = "Error: planlint.toml:1:1: unknown key 'selct'; did you mean 'select'?\n"

    assert run("check", "a") == (2, "", message)
    assert run("config") == (2, "", message)
    assert run("check", "a", "--isolated", "--format", "concise")[0] == 1


def test_the_command_line_wins(folder):
    """An option that is given takes the place of the file's value; the others stay."""
    (folder / "planlint.toml").write_text('fail-on = "never"\nselect = ["PL2"]\nlang = "zh"\n', encoding="utf-8")

    assert run("check", "a", "--format", "concise") == (0, "", "")
    status, said, _ = run("check", "a", "--format", "concise", "--select", "PL101")
    assert (status, said.split()[:3]) == (0, ["a/b/p.yaml:7:48:", "error", "PL101"])
    assert "目标" in said
    assert run("check", "a", "--format", "concise", "--select", "PL101", "--fail-on", "error")[0] == 1


def test_severities_of_a_project(folder):
    """A rule made milder no longer fails the run; one that is off is not heard of; the reports agree."""
    for level, status, word in (("warning", 0, "warning"), ("error", 1, "error"), ("off", 0, None)):
        (folder / "planlint.toml").write_text(f'[severities]\nPL101 = "{level}"\n', encoding="utf-8")
        code, said, _ = run("check", "a", "--format", "concise", "--select", "PL101")

        assert (code, said.split()[1] if said else None) == (status, word)


def test_a_team_s_rules_are_known_to_every_command(folder):
    """Rule folders of the configuration, relative to it, wherever the command is run."""
    rule = """\
id: TEAM001
name: own-rule
severity: info
summary: {zh: 甲, en: ours}
why: {zh: 甲, en: ours}
ask: place
message: {zh: '{count} {names}', en: '{count} {names}'}
examples:
  valid: [{plan: "figures: []"}]
  invalid: [{plan: "figures: []"}]
"""
    (folder / "team").mkdir()
    (folder / "team" / "TEAM001-own-rule.yaml").write_text(rule, encoding="utf-8")
    (folder / "planlint.toml").write_text(
        'rules = ["team"]\nignore = ["TEAM"]\nseverities = {TEAM001 = "off"}\n', encoding="utf-8"
    )

    assert "TEAM001  info     own-rule" in run("rules")[1]
    assert "TEAM001" not in run("rules", "--isolated")[1]
    assert run("explain", "TEAM001")[0] == 0
    assert run("explain", "TEAM001", "--isolated")[0] == 2
    os.chdir("a")
    assert run("explain", "TEAM001")[0] == 0
    assert run("check", ".", "--format", "concise")[0] == 1


def test_a_named_file_and_none(folder):
    """--config names one, --isolated reads none; both at once contradict each other."""
    (folder / "planlint.toml").write_text('lang = "zh"\n', encoding="utf-8")
    (folder / "other.toml").write_text('lang = "en"\nfail-on = "info"\n', encoding="utf-8")

    assert config.in_force(["a"], "other.toml").fail_on == "info"
    assert config.in_force(["a"], isolated=True) == config.Config()
    assert run("check", "a", "--config", "x.toml")[::2] == (2, "Error: x.toml: No such file or directory\n")
    assert "exclude each other" in run("check", "a", "--config", "other.toml", "--isolated")[2]


def test_what_is_no_file_is_an_error(folder):
    """A pipe, a folder, a link to nowhere: none of them is the same as no settings."""
    os.mkfifo("planlint.toml")
    assert run("config") == (2, "", "Error: planlint.toml: not a regular file\n")
    os.remove("planlint.toml")
    os.symlink("nowhere", "planlint.toml")
    assert run("config") == (2, "", "Error: planlint.toml: No such file or directory\n")
    os.remove("planlint.toml")
    os.mkdir("planlint.toml")
    assert run("config") == (2, "", "Error: planlint.toml: Is a directory\n")


def test_a_folder_that_has_gone_has_no_settings(folder, monkeypatch):
    """A plan is still checked from a current folder that somebody deleted."""
    (folder / "gone").mkdir()
    os.chdir("gone")
    (folder / "gone").rmdir()

    assert config.in_force(["-"]) == config.Config()
    assert run("check", "-", "--format", "concise", "--fail-on", "never", input=PLAN)[0] == 0


def test_standard_input_is_in_this_folder(folder):
    """A plan that is piped finds the settings of the current folder."""
    (folder / "planlint.toml").write_text('fail-on = "never"\n', encoding="utf-8")

    assert run("check", "-", "--format", "concise", input=PLAN)[0] == 0


def test_what_is_in_force_is_shown(folder):
    """Each key with its value and where it was written."""
    (folder / "planlint.toml").write_text('select = ["PL1", "PL4"]\n[severities]\nPL101 = "info"\n', encoding="utf-8")

    assert run("config", "a")[:2] == (
        0,
        "planlint.toml\n"
        "  select      PL1, PL4                      planlint.toml:1\n"
        "  ignore      -                             default\n"
        "  severity    info                          default\n"
        "  fail-on     error                         default\n"
        "  lang        -                             default\n"
        "  rules       -                             default\n"
        "  baseline    -                             default\n"
        "  waivers     -                             default\n"
        "  severities  PL101 = info                  planlint.toml:2\n",
    )
    shown = json.loads(run("config", "a", "--format", "json")[1])
    assert shown["file"] == "planlint.toml"
    assert shown["settings"]["select"] == {"value": ["PL1", "PL4"], "from": "planlint.toml:1"}
    assert shown["settings"]["fail-on"] == {"value": "error", "from": None}
    assert run("config", "a", "--isolated")[1].splitlines()[0] == "no configuration file: everything is as by default"
