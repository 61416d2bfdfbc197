"""Files of waivers: read strictly, written whole, and the commands that do so."""

import json

import pytest
from click.testing import CliRunner
from jsonschema import Draft7Validator

from planlint import api, waivers
from planlint.cli import cli
from planlint.findings import Waiver
from planlint.schemas import read_schema
from planlint.source import Malformed, Place

PLAN = """\
planlint: 1
plan: {id: p, title: 某县规划, region: 某县, period: 2021-2025, document: p.txt}
claims:
  - {id: private, sum: 民营医院, whole: 44 家, parts: [29 家, 14 家], at: 191}
  - {id: public, sum: 公立医院, whole: 9 家, parts: [5 家, 3 家], at: 192}
"""
HEAD = waivers.render([]).removesuffix("waivers: []\n")
ENTRY = """\
  - rule: PL501
    plan: "p"
    finding: "77419936912bbe8c"
    values:
      "private": "44 家; 29 家; 14 家"
    reason: "合计含一家筹建医院"
    by: "规划处"
    until: "2099-12-31"
    meaning: "0bb67a9b11a1173d"
"""
JUDGE = api.Judge(remember=False)


@pytest.fixture
def folder(tmp_path, monkeypatch):
    """A folder with a plan."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("LANG", "en_US.UTF-8")
    monkeypatch.delenv("LC_ALL", raising=False)
    (tmp_path / "p.yaml").write_text(PLAN, encoding="utf-8")
    return tmp_path


def run(*words):
    """The exit status and what was said on both streams."""
    result = CliRunner().invoke(cli, words)
    return result.exit_code, result.stdout, result.stderr


def waive(*more, fingerprint="774199"):
    """Waive the finding about private hospitals."""
    return run("waive", fingerprint, ".", "--reason", "合计含一家筹建医院", "--by", "规划处", *more)


def test_a_waiver_is_written_and_read(folder):
    """The file holds the values, the reason, who, until when, and what the rule asked."""
    told = waive("--until", "2099-12-31")

    assert told == (
        0,
        "planlint-waivers.yaml: PL501 77419936912bbe8c waived\n",
        "planlint: a check reads it with --waivers planlint-waivers.yaml, or as waivers in planlint.toml\n",
    )
    assert (folder / waivers.NAME).read_text(encoding="utf-8") == f"{HEAD}waivers:\n{ENTRY}"
    assert waivers.read(waivers.NAME, JUDGE.engine) == (
        Waiver(
            "PL501",
            "p",
            "77419936912bbe8c",
            (),
            (("private", "44 家; 29 家; 14 家"),),
            "合计含一家筹建医院",
            "规划处",
            "2099-12-31",
            "0bb67a9b11a1173d",
            Place(waivers.NAME, 5, 5),
        ),
    )


def test_a_check_takes_files_of_waivers(folder):
    """From the command line, from the configuration, and from Python."""
    waive()
    shown = run("check", "--format", "json", "--waivers", waivers.NAME)[1]
    (folder / "planlint.toml").write_text(f'waivers = ["{waivers.NAME}"]\n', encoding="utf-8")

    assert list(Draft7Validator(json.loads(read_schema("report"))).iter_errors(json.loads(shown))) == []
    counts = json.loads(shown)["summary"]
    assert (counts["error"], counts["waived"]) == (1, 1)
    assert json.loads(shown)["findings"][0]["waived"] == "合计含一家筹建医院"
    assert json.loads(shown)["findings"][0]["waiver"] == {
        "by": "规划处",
        "until": None,
        "place": {"file": waivers.NAME, "line": 5, "column": 5},
    }
    assert run("check", "--format", "json")[1] == shown
    assert [f.waived for f in api.check("p.yaml", waivers=waivers.NAME).findings] == ["合计含一家筹建医院", None]


def test_waived_findings_stand_apart(folder):
    """A section at the end of the text; a word of their own in the concise lines."""
    waive("--until", "2099-12-31")
    text = run("check", "--waivers", waivers.NAME)[1].splitlines()

    assert text[-5:-1] == ["", "waived", "  PL501 p.yaml:4:24  合计含一家筹建医院 (规划处, until 2099-12-31)", ""]
    assert "1 error, 0 warnings, 0 infos; 1 waived; " in text[-1]
    assert [
        line.split()[1:3] for line in run("check", "--waivers", waivers.NAME, "--format", "concise")[1].splitlines()
    ] == [
        ["waived", "PL501"],
        ["error", "PL501"],
    ]
    assert "合计含" not in run("check", "--waivers", waivers.NAME, "--quiet")[1]


def test_a_waiver_comes_once(folder):
    """What is waived already is refused; a lapsed one is replaced; others stay, sorted."""
    waive("--until", "2020-01-01")
    other = next(f.fingerprint for f in api.check("p.yaml").findings if f.mentions[0].id == "public")
    run("waive", other, "--reason", "含分院", "--by", "规划处")
    (folder / "planlint.toml").write_text(f'waivers = ["{waivers.NAME}"]\n', encoding="utf-8")
    again = waive("--until", "2099-12-31")
    before = (folder / waivers.NAME).read_text(encoding="utf-8")
    third = waive()

    assert again == (0, "planlint-waivers.yaml: PL501 77419936912bbe8c waived anew\n", "")
    assert sorted([w.finding for w in waivers.read(waivers.NAME, JUDGE.engine)]) == sorted([other, "77419936912bbe8c"])
    line = 5 if other > "77419936912bbe8c" else 13
    assert third == (2, "", f"Error: the finding is waived already: planlint-waivers.yaml:{line}\n")
    assert (folder / waivers.NAME).read_text(encoding="utf-8") == before


def test_add_takes_many_and_replaces_those_written_by_hand(folder):
    """Entries that name the figures instead of the fingerprint are the same finding where the values are."""
    report = api.check("p.yaml")
    (folder / "w.yaml").write_text(
        HEAD + 'waivers:\n  - {rule: PL501, plan: p, values: {public: "9 家; 5 家; 3 家"}, reason: 含分院, by: 甲乙}\n',
        encoding="utf-8",
    )
    many = [waivers.waiver_of(f, "会议研究同意保留", "专家组", "", JUDGE.engine) for f in report.findings]

    assert waivers.add("w.yaml", many, JUDGE.engine) == (1, 1)
    assert waivers.add("w.yaml", many, JUDGE.engine) == (0, 2)
    assert {w.reason for w in waivers.read("w.yaml", JUDGE.engine)} == {"会议研究同意保留"}
    assert [f.waived for f in api.check("p.yaml", waivers="w.yaml").findings] == ["会议研究同意保留"] * 2


def test_nothing_is_written_that_cannot_be_read(folder):
    """Whoever adds an entry without a reason is told, and the file stays as it was."""
    waive()
    before = (folder / waivers.NAME).read_bytes()
    other = api.check("p.yaml").findings[1]
    with pytest.raises(Malformed, match="“无” is no reason"):
        waivers.add(waivers.NAME, [waivers.waiver_of(other, "无", "处室", "", JUDGE.engine)], JUDGE.engine)

    assert (folder / waivers.NAME).read_bytes() == before


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (("--reason", "TODO", "--by", "处室"), "'TODO' is no reason; say why the finding can be accepted"),
        (("--reason", "含筹建", "--by", "-"), "--by must say who agreed"),
        (("--reason", "含筹建", "--by", "处室", "--until", "明年"), "'明年' is no date such as 2026-12-31"),
        (("--reason", "含筹建"), "Missing option '--by'"),
        (("--by", "处室"), "Missing option '--reason'"),
    ],
)
def test_a_waiver_needs_reason_and_name(folder, words, message):
    """Nothing is written."""
    status, _, said = run("waive", "774199", ".", *words)

    assert status == 2
    assert message in said
    assert not (folder / waivers.NAME).exists()


def test_a_fingerprint_names_one_finding(folder):
    """Too short, unknown: the job cannot be done."""
    assert waive(fingerprint="0" * 16)[::2] == (2, "Error: no finding '0000000000000000' in .\n")
    assert waive(fingerprint="7741")[::2] == (2, "Error: no finding '7741' in .\n")


def test_findings_about_waivers_cannot_be_waived(folder):
    """A lapsed waiver is mended or taken out."""
    (folder / "p.yaml").write_text(
        PLAN + "waivers:\n  - {rule: PL501, values: {x: 1 家}, reason: 含筹建, by: 处室}\n", encoding="utf-8"
    )
    unused = next(f.fingerprint for f in api.check("p.yaml").findings if f.rule == "PL039")

    assert waive(fingerprint=unused) == (
        2,
        "",
        "Error: this waiver has no effect: PL039 is itself about waivers and cannot be waived\n",
    )


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "1:1: the file is empty"),
        (PLAN.replace("id: p,", "id: z,"), "1:1: no file of waivers: 'planlint-waivers: 1' is missing"),
        ("- a\n", "1:1: no file of waivers: 'planlint-waivers: 1' is missing"),
        ("planlint-waivers: 2\nwaivers: []\n", "1:19: 'planlint-waivers' must be 1; found '2'"),
        ("planlint-waivers: 1\nwaiver: []\n", "2:1: the file has no key “waiver”; did you mean “waivers”?"),
        (HEAD + "waivers: {}\n", None),
        (HEAD + f"waivers:\n{ENTRY}".replace('plan: "p"', 'plan: ""'), "6:11: the waiver lacks “plan”"),
        (
            HEAD + f"waivers:\n{ENTRY}".replace("规划处", "。"),
            "11:9: this waiver has no effect: by must say who agreed",
        ),
        (
            HEAD + f"waivers:\n{ENTRY}".replace("PL501", "PL5O1"),
            "5:5: this waiver has no effect: there is no rule PL5O1; did you mean “PL501”?",
        ),
        (HEAD + "waivers:\n<<<<<<< HEAD\n", None),
        (HEAD + "waivers: [&a x]\n", None),
        ("a: \x00", "1:1: not a text in UTF-8 (control-character)"),
    ],
    ids=lambda value: str(value)[:50],
)
def test_a_bad_file_is_one_error_with_its_place(folder, text, message):
    """Reading stops at the first thing that is wrong; the command says it in one line."""
    (folder / "w.yaml").write_text(text, encoding="utf-8")
    with pytest.raises(Malformed) as caught:
        waivers.read("w.yaml", JUDGE.engine)

    assert message is None or str(caught.value) == f"w.yaml:{message}"
    assert run("check", ".", "--waivers", "w.yaml") == (2, "", f"Error: {caught.value}\n")
    assert waive("--to", "w.yaml") == (2, "", f"Error: {caught.value}\n")
    assert (folder / "w.yaml").read_text(encoding="utf-8") == text


def test_a_missing_file_is_an_error(folder):
    """A waiver that is not read would make findings come back for no reason that anybody sees."""
    assert run("check", ".", "--waivers", "w.yaml") == (2, "", "Error: w.yaml: No such file or directory\n")
    assert waive("--to", "nowhere/w.yaml")[::2] == (2, "Error: nowhere/w.yaml: No such file or directory\n")


def test_what_is_written_is_read_again():
    """Quotes, line ends and marks of other alphabets come back as they were."""
    for text in ('say "so"', "a\\b", "行一\n行二", "\u2028 \u202e \x07", "𠮷野家", "# no comment", "{a: [b]}", "true"):
        waiver = Waiver(
            "PL501", "p", "0" * 16, (), (("f: x", text),), f"理由 {text}", "规划处", "", "", Place("", 1, 1)
        )
        read = waivers.quoted(text)
        import yaml

        assert yaml.safe_load(read) == text
        assert yaml.safe_load(waivers.render([waiver]))["waivers"][0]["values"] == {"f: x": text}


def test_explain_offers_the_entry(folder):
    """With its values, ready to be copied into the plan; the reason and the name are left to people."""
    told = run("explain", "774199", ".", "--waiver", "--lang", "zh")[1]
    head, _, offered = told.partition("waivers:\n")

    assert head.endswith("经研究可以保留的，写明理由（reason）和同意的人（by），抄入规划文件：\n\n")
    text = PLAN + "waivers:\n" + offered
    (folder / "p.yaml").write_text(text, encoding="utf-8")
    assert [f.rule for f in api.check("p.yaml").findings] == ["PL501", "PL501", "PL015", "PL015"]
    (folder / "p.yaml").write_text(
        text.replace('reason: ""', "reason: 含筹建").replace('by: ""', "by: 处室"), encoding="utf-8"
    )
    assert [f.waived for f in api.check("p.yaml").findings] == ["含筹建", None]
