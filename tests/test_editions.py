"""Which plans are compared with which: paths, revisions, and words that are both or neither; whole reports."""

import json
import os
import shutil
import subprocess
from pathlib import Path

import pytest
from click.testing import CliRunner
from jsonschema import Draft7Validator

from planlint.cli import cli
from planlint.schemas import read_schema

pytestmark = pytest.mark.skipif(shutil.which("git") is None, reason="needs git")
HEAD = "planlint: 1\nplan: {{id: {id}, title: t, region: 某县, period: 2021-2025, document: p.txt{more}}}\n"
PART = """\
figures:
  - {indicator: 民营医院数, year: 2020, value: 43 家, at: 1}
  - {indicator: 民营医院数, year: 2020, value: 43 家, at: 2}
  - {indicator: 每千人口注册护士数, year: 2025, value: ≥3.8 人, at: 3}
"""


def plan(part=PART, id="p", more=""):
    return HEAD.format(id=id, more=more) + part


def git(*arguments):
    subprocess.run(["git", *arguments], check=True, capture_output=True)


def commit(files):
    """Write files and commit everything."""
    for name, text in files.items():
        Path(name).parent.mkdir(parents=True, exist_ok=True)
        Path(name).write_text(text, encoding="utf-8")
    git("add", "-A")
    git("commit", "-qm", "an edit")


@pytest.fixture(autouse=True)
def repository(tmp_path, monkeypatch):
    """A repository with one plan, around this folder."""
    for name in ("GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE", "XDG_CONFIG_HOME", "LC_ALL", "LC_MESSAGES"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("LANG", "en_US.UTF-8")
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(tmp_path))
    folder = tmp_path / "repo"
    folder.mkdir()
    monkeypatch.chdir(folder)
    git("init", "-q", "-b", "main", ".")
    git("config", "user.email", "nobody@example.org")
    git("config", "user.name", "nobody")
    commit({"plans/x.yaml": plan()})
    return folder


def run(*arguments):
    result = CliRunner().invoke(cli, ["diff", *arguments])
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    return result.exit_code, result.output


def edit(old, new, name="plans/x.yaml"):
    path = Path(name)
    path.write_text(path.read_text(encoding="utf-8").replace(old, new, 1), encoding="utf-8")


TEXT = """\
HEAD → working tree

plans/x.yaml

  reported values changed (1)
    民营医院数  2020 actual  43 家 → 34 家
      plans/x.yaml:4  −9 家; no note says why

  targets that ask for less (1)
    每千人口注册护士数  2025 target  ≥3.8 人 → 约3.5 人
      plans/x.yaml:6  lowered by 0.3 人; “≥” dropped; “约” added

  new findings (2)
    error PL401 “民营医院数” 2020 has 2 different values, 34 家 and 43 家
      plans/x.yaml:4:43  p.txt line 1  34 家
      plans/x.yaml:5:43  p.txt line 2  43 家
        → what is counted is not rounded: different is different
    warning PL803 the 2025 target of “每千人口注册护士数”, 约3.5 人, says 约, so
      that nobody can tell when it is met; write ≥, ≤ or one number
      plans/x.yaml:6:47  p.txt line 3  约3.5 人

1 plan: 2 figures changed (1 reported, 1 weakened), 0 added, 0 removed, 0 only
moved in the document; 0 claims changed; findings: 2 new (1 error), 0 changed,
0 fixed, 0 unchanged
"""
ZH = """\
HEAD → 工作区

plans/x.yaml

  已报告的数值被改动（1）
    民营医院数  2020 实际  43 家 → 34 家
      plans/x.yaml:4  −9 家；没有注明原因

  目标放宽（1）
    每千人口注册护士数  2025 目标  ≥3.8 人 → 约3.5 人
      plans/x.yaml:6  目标调低 0.3 人；去掉了“≥”；加了“约”

  新出现的意见（2）
    错误 PL401 “民营医院数”2020年有 2 个不同的值：34 家、43 家
      plans/x.yaml:4:43  p.txt 第 1 行  34 家
      plans/x.yaml:5:43  p.txt 第 2 行  43 家
        → 数得清的东西没有四舍五入，不同就是不同
    警告 PL803 “每千人口注册护士数”2025年目标 约3.5 人 带有“约”字，说不清怎样才
      算完成；请写成“≥”“≤”或确定的数
      plans/x.yaml:6:47  p.txt 第 3 行  约3.5 人

1 份规划：改动数字 2 个（已报告的 1，目标放宽 1），新增 0，删去 0，只改出处 0；
关系条目改动 0；意见新增 2（其中错误 1），有变 0，消除 0，不变 0
"""
CONCISE = """\
plans/x.yaml:4:43: reported 民营医院数 2020 actual: 43 家 → 34 家 (−9 家; no note says why)
plans/x.yaml:6:47: weakened 每千人口注册护士数 2025 target: ≥3.8 人 → 约3.5 人 \
(lowered by 0.3 人; “≥” dropped; “约” added)
plans/x.yaml:4:43: new error PL401 “民营医院数” 2020 has 2 different values, 34 家 and 43 家
plans/x.yaml:6:47: new warning PL803 the 2025 target of “每千人口注册护士数”, 约3.5 人, says 约, \
so that nobody can tell when it is met; write ≥, ≤ or one number
"""
MARKDOWN = """\
### HEAD → working tree

#### plans/x.yaml

**reported values changed (1)**

| indicator | | value | remarks |
|---|---|---|---|
| 民营医院数 | 2020 actual | 43 家 → 34 家 | −9 家; no note says why |

**targets that ask for less (1)**

| indicator | | value | remarks |
|---|---|---|---|
| 每千人口注册护士数 | 2025 target | ≥3.8 人 → 约3.5 人 | lowered by 0.3 人; “≥” dropped; “约” added |

**new findings (2)**

- error PL401 “民营医院数” 2020 has 2 different values, 34 家 and 43 家
  - plans/x.yaml:4 p.txt line 1 34 家
  - plans/x.yaml:5 p.txt line 2 43 家
  - → what is counted is not rounded: different is different
- warning PL803 the 2025 target of “每千人口注册护士数”, 约3.5 人, says 约, so that nobody can tell when it is met; \
write ≥, ≤ or one number
  - plans/x.yaml:6 p.txt line 3 约3.5 人

1 plan: 2 figures changed (1 reported, 1 weakened), 0 added, 0 removed, 0 only moved in the document; \
0 claims changed; findings: 2 new (1 error), 0 changed, 0 fixed, 0 unchanged
"""


@pytest.mark.parametrize(
    ("options", "expected"),
    [
        ([], TEXT),
        (["--lang", "zh"], ZH),
        (["--format", "concise"], CONCISE),
        (["--format", "markdown"], MARKDOWN),
    ],
    ids=["text", "zh", "concise", "markdown"],
)
def test_whole_reports(options, expected):
    """Every format says the same, and a new error is status 1."""
    edit("43 家", "34 家")
    edit("≥3.8", "约3.5")

    status, output = run("HEAD", *options)

    assert output == expected
    assert status == 1


def test_json_is_what_its_schema_says():
    """With the figures, the claims and the findings of both sides."""
    edit("43 家", "34 家")
    edit("at: 3}", "at: 4}")
    status, output = run("HEAD", "plans", "--format", "json")
    document = json.loads(output)
    plans = document["plans"]
    Draft7Validator(json.loads(read_schema("diff"))).validate(document)

    assert status == 1
    assert (document["old"], document["new"]) == ("HEAD", None)
    assert [(d["sort"], d["old"]["text"], d["new"]["text"]) for d in plans[0]["figures"]] == [
        ("reported", "43 家", "34 家")
    ]
    assert [f["rule"] for f in plans[0]["findings"]["new"]] == ["PL401"]
    assert document["summary"]["moved"] == 1


@pytest.mark.parametrize("form", ["text", "concise", "markdown", "json"])
def test_hostile_texts_stay_texts(form):
    """Neither a terminal nor a page is told anything by a name, and a name of a million letters fills no screen."""
    evil = r'"<svg onload=x>|\e[31m[a](http://x)@all' + "長" * 1_000_000 + '"'
    commit({"plans/x.yaml": plan(PART.replace("indicator: 每千人口注册护士数", f"indicator: {evil}"))})
    edit("≥3.8", "≥3.9")
    status, output = run("HEAD", "--format", form)

    assert status == 0
    assert "\x1b" not in output
    if form != "json":
        assert len(output) < 4000
    if form == "markdown":
        assert "<svg" not in output
        assert "&#60;svg onload=x&#62;&#124;" in output
        assert "http://" not in output


def test_the_status_follows_new_findings_only():
    """What was wrong before does not stop an edit; `--fail-on` says what does."""
    commit({"plans/x.yaml": plan(PART.replace("43", "34", 1))})
    edit("≥3.8", "约3.8")

    assert [run("HEAD", "--fail-on", level)[0] for level in ("error", "warning", "never")] == [0, 1, 0]
    assert run("HEAD", "--fail-on", "info", "--ignore", "PL803")[0] == 0
    assert run("HEAD~1", "HEAD")[0] == 1


@pytest.mark.parametrize(
    "words",
    [
        ("HEAD~1", "HEAD"),
        ("HEAD~1", "main", "--", "plans"),
        ("HEAD~1", "plans/x.yaml"),
        ("HEAD~1", "--", "plans/x.yaml"),
        ("HEAD~1", "."),
        ("HEAD~1",),
        ("old.yml", "plans/x.yaml"),
        ("old", "plans"),
    ],
    ids=" ".join,
)
def test_all_ways_to_name_two_editions(words):
    """Revisions, paths, one of each: the same edit is found."""
    Path("old").mkdir()
    for name in ("old/x.yaml", "old.yml"):
        Path(name).write_text(plan(), encoding="utf-8")
    edit("43 家", "34 家")
    git("commit", "-qam", "an edit")
    status, output = run(*words, "--format", "concise") if "--" not in words else run("--format", "concise", *words)
    changed = [line for line in output.splitlines() if ": reported " in line]

    assert status == 1
    assert [line.partition(": ")[2] for line in changed] == [
        "reported 民营医院数 2020 actual: 43 家 → 34 家 (−9 家; no note says why)"
    ]


def test_the_other_way_round():
    """A path may be the old edition, a revision the new one."""
    edit("43 家", "34 家")

    assert run("plans", "HEAD", "--format", "concise")[1].splitlines()[0] == (
        "HEAD:plans/x.yaml:4:43: reported 民营医院数 2020 actual: 34 家 → 43 家 (+9 家; no note says why)"
    )


def test_from_a_folder_inside(monkeypatch):
    """Paths are those of this folder, as everywhere."""
    edit("43 家", "34 家")
    monkeypatch.chdir("plans")

    assert run("HEAD", "x.yaml")[1].splitlines()[2] == "plans/x.yaml → x.yaml"
    assert run("HEAD")[0] == 1
    assert run("HEAD", "--", "../plans")[0] == 1


def test_plans_that_come_go_and_move():
    """A file that was renamed is known by the id of its plan."""
    commit({"plans/y.yaml": plan(id="y"), "plans/old.yaml": plan(id="o")})
    git("mv", "plans/y.yaml", "plans/z.yaml")
    edit("43 家", "34 家", "plans/z.yaml")
    Path("plans/old.yaml").unlink()
    Path("plans/new.yaml").write_text(plan(id="n"), encoding="utf-8")
    lines = run("HEAD", "-q")[1].splitlines()

    assert [line for line in lines if line.startswith("plans/")] == [
        "plans/new.yaml (a new plan, 3 figures)",
        "plans/y.yaml → plans/z.yaml",
        "plans/old.yaml (removed, 3 figures)",
    ]
    assert [line for line in run("HEAD", "--format", "concise")[1].splitlines() if ": plan-" in line] == [
        "plans/new.yaml:1:1: plan-added n",
        "HEAD:plans/old.yaml:1:1: plan-removed o",
    ]


def test_a_plan_that_can_no_longer_be_read():
    """Nothing is called fixed because it cannot be seen any more."""
    commit({"plans/x.yaml": plan(PART.replace("43", "34", 1))})
    Path("plans/x.yaml").write_text("planlint: 2\n", encoding="utf-8")
    status, output = run("HEAD")

    assert status == 1
    assert "  the new edition is no readable plan, so figures are not compared\n" in output
    assert "    error PL013 " in output
    assert output.endswith("findings: 1 new (1 error), 0 changed,\n0 fixed, 0 unchanged\n")


def test_plans_that_a_plan_refers_to_are_those_of_its_edition():
    """A reference that is missing in one revision is missing there only."""
    commit({"plans/x.yaml": plan(more=", references: [up]")})
    commit({"plans/reference/up.yaml": plan("", id="up")})
    status, output = run("HEAD~1", "HEAD", "--format", "concise", "--", "plans/x.yaml")

    assert status == 0
    assert [line.partition(": ")[2][:17] for line in output.splitlines()] == ["fixed error PL030"]


@pytest.mark.parametrize(
    ("words", "problem"),
    [
        (("HEAD", "nope"), "'nope' is neither a revision nor a file or folder; paths go behind --"),
        (("plans",), "'plans' is a path: name what it is to be compared with, too"),
        (("plans", "HEAD", "--", "x"), "paths behind -- go with revisions only, and one of the two is a path already"),
        (("plans", "plans/x.yaml"), "a file is compared with a file, a folder with a folder"),
        (("HEAD:plans", "plans"), "'HEAD:plans' is neither a revision nor a file or folder; paths go behind --"),
        (("HEAD", "HEAD", "--", "none"), "no plan found in either of the two"),
        (("HEAD", "HEAD", "HEAD"), "two editions are compared; paths go behind --"),
        (("HEAD", "\x1b[31m"), "'\\u{1b}[31m' is neither a revision nor a file or folder; paths go behind --"),
    ],
)
def test_what_cannot_be_told(words, problem):
    """One clear message, and the status of a job that could not be done."""
    status, output = run(*words)

    assert (status, output.splitlines()[-1]) == (2, f"Error: {problem}")


def test_a_shallow_clone_says_so(repository, monkeypatch):
    """What a pipeline fetches by default has one commit."""
    commit({"plans/x.yaml": plan(PART.replace("43", "34", 1))})
    git("clone", "-q", "--depth", "1", f"file://{repository}", "../clone")
    monkeypatch.chdir("../clone")

    assert run("HEAD~1", "HEAD") == (
        2,
        "Error: 'HEAD~1' is neither a revision nor a file or folder; paths go behind --; this clone is shallow, so "
        "older commits are missing (git fetch --unshallow)\n",
    )
    assert run("HEAD", "HEAD")[0] == 0


def test_a_word_that_is_both(repository):
    """Nothing is guessed: each reading can be written."""
    shutil.copytree("plans", "main")
    message = "'main' is both a revision and a path; write './main' for the path, 'main^0' for the revision"

    assert run("main", "plans") == (2, f"Error: {message}\n")
    assert run("./main", "./plans")[0] == run("main^0", "plans")[0] == 0


def test_outside_a_repository(tmp_path, monkeypatch):
    """Files and folders need no git; revisions need it, and say so."""
    shutil.copytree("plans", tmp_path / "a")
    monkeypatch.chdir(tmp_path)

    assert run("a", "a")[0] == 0
    assert run("HEAD", "a") == (
        2,
        "Error: 'HEAD' is no file or folder, and cannot be looked up as a revision: not a git repository (or any of "
        "the parent directories): .git\n",
    )
    monkeypatch.setenv("PATH", str(tmp_path))
    assert run("HEAD", "a") == (
        2,
        "Error: 'HEAD' is no file or folder, and cannot be looked up as a revision: git is not installed, so no "
        "revision can be read; compare files or folders instead\n",
    )
    assert run("a/x.yaml", "a/x.yaml")[0] == 0


def test_a_path_outside_the_repository(tmp_path):
    """A revision knows nothing of it."""
    shutil.copytree("plans", tmp_path / "a")

    assert run("HEAD", str(tmp_path / "a"))[1].startswith(f"Error: '{tmp_path / 'a'}' lies outside the repository ")


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="needs FIFOs")
def test_a_file_that_cannot_be_had():
    """What could be compared is shown, and the status is that of a job that could not be done."""
    os.mkfifo("plans/pipe.yaml")
    status, output = run("HEAD")

    assert (status, output.splitlines()[0]) == (2, "planlint: plans/pipe.yaml: not a regular file")
