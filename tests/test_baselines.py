"""Baselines: what is known of plans that exist already."""

import json
import os

import pytest
from click.testing import CliRunner

from planlint import baselines
from planlint.baselines import Entry
from planlint.cli import cli
from planlint.source import Malformed

PLAN = """\
planlint: 1
plan: {id: ID, title: 某县规划, region: 某县, period: 2021-2025, document: p.txt}
claims:
  - {id: private, sum: 民营医院, whole: 44 家, parts: [29 家, 14 家], at: 191}
"""
NEW = "  - {id: public, sum: 公立医院, whole: 9 家, parts: [5 家, 3 家], at: 192}\n"
P = "77419936912bbe8c\tPL501\tp\tsum-contradicts-parts: 民营医院\n"
TOP = baselines.render([])


@pytest.fixture
def folder(tmp_path, monkeypatch):
    """A folder with two plans."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("LANG", "en_US.UTF-8")
    monkeypatch.delenv("LC_ALL", raising=False)
    for name in ("p", "q"):
        (tmp_path / f"{name}.yaml").write_text(PLAN.replace("ID", name), encoding="utf-8")
    return tmp_path


def run(*words):
    """The exit status and what was said on both streams."""
    result = CliRunner().invoke(cli, words)
    return result.exit_code, result.stdout, result.stderr


def test_a_line_a_finding(folder):
    """Sorted, keyed by fingerprint; no line number and no value, which may change."""
    assert run("baseline", "p.yaml") == (0, "planlint-baseline.txt: 1 finding: 1 new, 0 gone\n", "")
    assert (folder / "planlint-baseline.txt").read_text(encoding="utf-8") == TOP + P
    assert run("baseline", ".", "--output", "both.txt")[:2] == (0, "both.txt: 2 findings: 2 new, 0 gone\n")
    lines = (folder / "both.txt").read_text(encoding="utf-8").removeprefix(TOP).splitlines(keepends=True)
    assert lines == sorted(lines)
    assert P in lines


def test_a_check_reports_what_is_new(folder):
    """What is known is left out and counted; it does not make the run fail."""
    run("baseline", ".", "--output", "b.txt")
    known = run("check", ".", "--baseline", "b.txt")
    with open("p.yaml", "a", encoding="utf-8") as stream:
        stream.write(NEW)
    new = run("check", ".", "--baseline", "b.txt", "--format", "json")

    assert known[0] == 0
    assert "0 errors, 0 warnings, 0 infos; 2 known from the baseline; " in known[1]
    assert (new[0], new[2]) == (1, "")
    assert [f["figures"][0]["id"] for f in json.loads(new[1])["findings"]] == ["public"]
    assert json.loads(new[1])["summary"]["known"] == 2
    assert "known" not in json.loads(run("check", "p.yaml", "--format", "json")[1])["summary"]


def test_a_line_that_moves_is_the_same_finding(folder):
    """Another line, another value: the same figures contradict each other."""
    run("baseline", ".")
    text = PLAN.replace("ID", "p").replace("claims:", "figures: []\n# a remark\nclaims:").replace("14 家", "13 家")
    (folder / "p.yaml").write_text(text, encoding="utf-8")

    assert run("check", ".", "--baseline", baselines.NAME, "--format", "concise") == (0, "", "")


def test_what_is_gone_is_named(folder):
    """As a hint; entries of plans that are not checked are not spoken of."""
    run("baseline", ".")
    (folder / "p.yaml").write_text(PLAN.replace("ID", "p").replace("44", "43"), encoding="utf-8")
    line = (folder / baselines.NAME).read_text(encoding="utf-8").splitlines().index(P.rstrip("\n")) + 1
    hint = (
        f"planlint: planlint-baseline.txt:{line}: no longer found: PL501 p sum-contradicts-parts: 民营医院\n"
        "planlint: `planlint baseline --update` takes them out\n"
    )

    assert run("check", ".", "--baseline", baselines.NAME, "--format", "concise") == (0, "", hint)
    assert run("check", "p.yaml", "--baseline", baselines.NAME, "--format", "concise") == (0, "", hint)
    assert run("check", "q.yaml", "--baseline", baselines.NAME, "--format", "concise") == (0, "", "")


def test_an_update_names_what_goes(folder):
    """Entries of other plans stay; without --update an existing file is not written over."""
    run("baseline", ".")
    before = (folder / baselines.NAME).read_text(encoding="utf-8")
    (folder / "p.yaml").write_text(PLAN.replace("ID", "p").replace("44", "43") + NEW, encoding="utf-8")

    assert run("baseline", ".") == (2, "", "Error: planlint-baseline.txt exists already; --update writes it anew\n")
    status, said, _ = run("baseline", "p.yaml", "--update")
    assert (status, said) == (
        0,
        "gone: 77419936912bbe8c PL501 p sum-contradicts-parts: 民营医院\n"
        "planlint-baseline.txt: 2 findings: 1 new, 1 gone\n",
    )
    after = (folder / baselines.NAME).read_text(encoding="utf-8")
    assert P in before
    assert P not in after
    assert [entry.plan for entry in baselines.read(baselines.NAME).entries.values()].count("q") == 1


def test_the_configuration_names_it(folder):
    """`baseline` in planlint.toml is read by a check and written by the command."""
    (folder / "planlint.toml").write_text('baseline = "known.txt"\n', encoding="utf-8")

    assert run("check", ".") == (2, "", "Error: known.txt: No such file or directory\n")
    assert run("baseline", ".")[:2] == (0, "known.txt: 2 findings: 2 new, 0 gone\n")
    assert run("check", ".", "--format", "concise") == (0, "", "")
    assert run("check", ".", "--format", "concise", "--isolated")[0] == 1


def test_what_is_waived_stays_out(folder):
    """A waiver that lapses is then a finding that nobody knew."""
    (folder / "p.yaml").write_text(
        PLAN.replace("ID", "p")
        + 'waivers:\n  - {rule: PL501, values: {private: "44 家; 29 家; 14 家"}, reason: 含筹建, by: 处室}\n',
        encoding="utf-8",
    )

    assert run("baseline", "p.yaml")[1] == "planlint-baseline.txt: 0 findings: 0 new, 0 gone\n"


def test_a_plan_that_cannot_be_read_keeps_its_entries(folder):
    """Nothing is written when a file cannot be had."""
    run("baseline", ".")
    before = (folder / baselines.NAME).read_bytes()

    assert run("baseline", "p.yaml", "missing.yaml", "--update") == (
        2,
        "",
        "planlint: missing.yaml: No such file or directory\n",
    )
    assert (folder / baselines.NAME).read_bytes() == before
    assert run("baseline", "p.yaml", "--output", "no/where.txt")[::2] == (
        2,
        "Error: no/where.txt: No such file or directory\n",
    )


EXPECTED = "expected fingerprint, rule, plan and remark, separated by tabs"


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "1:1: no baseline: its first line must be '# planlint baseline 1'"),
        ("# planlint baseline 2\n", "1:1: no baseline: its first line must be '# planlint baseline 1'"),
        (TOP + P + "<<<<<<< HEAD\n", f"4:1: {EXPECTED} (an unfinished merge)"),
        (TOP + P.replace("\t", " "), f"3:1: {EXPECTED}"),
        (TOP + P.replace("7741", "774G"), f"3:1: {EXPECTED}"),
        (TOP + P.replace("PL501", "501"), f"3:1: {EXPECTED}"),
        ("\x00", "1:1: not a text in UTF-8 (control-character)"),
    ],
)
def test_a_broken_file_is_one_error_with_its_place(folder, text, message):
    """Whichever command reads it."""
    (folder / "b.txt").write_text(text, encoding="utf-8")
    with pytest.raises(Malformed) as caught:
        baselines.read("b.txt")

    assert str(caught.value) == f"b.txt:{message}"
    assert run("check", ".", "--baseline", "b.txt") == (2, "", f"Error: b.txt:{message}\n")
    assert run("baseline", ".", "--output", "b.txt", "--update") == (2, "", f"Error: b.txt:{message}\n")


def test_merged_lines_are_read(folder):
    """Two branches that add lines, one of them twice, in any order and with any line end."""
    other = P.replace("7741", "0000").replace("\n", "\r\n")
    (folder / "b.txt").write_bytes((TOP + P + other + P).encode())

    assert list(baselines.read("b.txt").entries.values()) == [
        Entry("77419936912bbe8c", "PL501", "p", "sum-contradicts-parts: 民营医院", 5),
        Entry("00009936912bbe8c", "PL501", "p", "sum-contradicts-parts: 民营医院", 4),
    ]
    assert os.path.exists("b.txt")


def test_a_name_with_a_tab_is_one_remark(folder):
    """Nothing a plan says breaks a line of the file."""
    (folder / "p.yaml").write_text(
        PLAN.replace("ID", "p").replace("sum: 民营医院", 'sum: "民营\\t医院\\u202e"'), encoding="utf-8"
    )
    run("baseline", "p.yaml")

    (entry,) = baselines.read(baselines.NAME).entries.values()
    assert entry.remark == "sum-contradicts-parts: 民营\\u{9}医院\\u{202e}"
