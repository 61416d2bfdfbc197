"""The programming interface."""

import gc
import os
import re
import shutil
from pathlib import Path

import pytest

import planlint
from planlint import api, cache
from planlint.engine import Engine
from planlint.findings import Severity, Tally
from planlint.source import Malformed, Source, UnreadableSource

PLANS = Path(__file__).parents[1] / "plans"
HEAD = "planlint: 1\nplan: {id: %s, title: t, region: 某县, period: 2021-2025, document: p.txt}\n"
TWO_VALUES = """\
figures:
  - {indicator: 民营医院数, year: 2020, value: 43 家, at: 1}
  - {indicator: 民营医院数, year: 2020, value: 34 家, at: 2}
"""
WORSE = """\
tables:
  - id: 表1
    columns: {2020: baseline, 2025: target}
    rows:
      - {indicator: 人均预期寿命, unit: 岁, 2020: 80.62, 2025: ≥80, at: 3}
      - {indicator: 产前筛查率, unit: "%", 2020: 95, 2025: 93, at: 4}
"""
SILENT = "figures: [{indicator: 民营医院数, year: 2020, value: 43 家, at: 1}]\n"
RULE = """\
id: TEAM001
name: two-values
severity: warning
summary: {zh: 两个值, en: two values}
why: {zh: 无, en: none}
ask: agreement
with: {role: reported}
message: {zh: "{name}", en: "{name}: {values}"}
variants: {rounding: {zh: "{name}", en: "{name}"}}
examples: {valid: [{plan: a}], invalid: [{plan: a}]}
"""


def text(parts, id_="p"):
    """A plan's text."""
    return HEAD % id_ + parts


def write(path, parts, id_="p"):
    """A plan file."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text(parts, id_), encoding="utf-8")
    return path


def rules_of(report):
    """Rule, severity and plan of each finding."""
    return [(finding.rule, finding.severity.word, finding.plan) for finding in report.findings]


def test_the_package_offers_check():
    """`planlint.check` is the interface, and there is nothing beside it but the version."""
    assert planlint.check is api.check
    assert planlint.__all__ == ["__version__", "check"]
    with pytest.raises(AttributeError, match="module 'planlint' has no attribute 'lint'"):
        _ = planlint.lint


def test_texts_are_checked_without_a_file():
    """A text is judged under the name it is given."""
    report = planlint.check(Source("draft", text(TWO_VALUES)))

    assert rules_of(report) == [("PL401", "error", "p")]
    assert [mention.place.file for mention in report.findings[0].mentions] == ["draft", "draft"]
    assert report.unreadable == ()
    assert report.tally == Tally(
        plans=1,
        figures=2,
        rules=report.tally.rules,
        undecided=0,
        waived=0,
        severities={Severity.INFO: 0, Severity.WARNING: 0, Severity.ERROR: 1},
    )


@pytest.mark.parametrize("kind", [str, Path])
def test_paths_are_texts_or_paths(tmp_path, kind):
    """A path may be given either way, and is reported as it was given."""
    path = kind(write(tmp_path / "a.yaml", TWO_VALUES))

    assert [finding.place.file for finding in planlint.check(path).findings] == [str(path)]


def test_folders_files_and_texts_go_together(tmp_path):
    """Every plan is judged once, however often it is named; what is no plan is left out of a folder."""
    first = write(tmp_path / "a" / "1.yaml", TWO_VALUES, "one")
    write(tmp_path / "a" / "deep" / "2.yml", WORSE, "two")
    write(tmp_path / "a" / ".hidden" / "3.yaml", TWO_VALUES, "three")
    (tmp_path / "a" / "other.yaml").write_text("name: something else\n", encoding="utf-8")
    report = planlint.check(tmp_path / "a", first, tmp_path / "a", Source("draft", text(SILENT, "four")))

    assert report.tally.plans == 3
    assert rules_of(report) == [("PL401", "error", "one"), ("PL101", "error", "two"), ("PL101", "warning", "two")]


def test_missing_files_are_listed_and_the_rest_is_judged(tmp_path):
    """A file that cannot be had is no finding: the report says so and goes on."""
    missing = tmp_path / "missing.yaml"
    report = planlint.check(missing, write(tmp_path / "a.yaml", TWO_VALUES))

    assert report.unreadable == (f"{missing}: No such file or directory",)
    assert rules_of(report) == [("PL401", "error", "p")]
    assert report.tally.plans == 1


def test_bytes_that_are_no_text_are_a_finding(tmp_path):
    """A plan saved as GBK is there, and the finding says how to save it."""
    path = tmp_path / "a.yaml"
    path.write_bytes(text(SILENT).encode("gbk"))
    report = planlint.check(path)

    assert rules_of(report) == [("PL011", "error", str(path))]
    assert (report.unreadable, report.tally.plans) == ((), 1)


def test_nothing_given_is_nothing_found():
    """Without plans the report is empty, and nothing is the worst."""
    report = planlint.check()

    assert (report.findings, report.undecided, report.unreadable, report.tally.plans) == ((), (), (), 0)
    assert report.worst() is None


@pytest.mark.parametrize(
    ("options", "rules"),
    [
        ({}, ["PL101", "PL401", "PL101"]),
        ({"select": ["PL4"]}, ["PL401"]),
        ({"select": ["PL101", "PL4"]}, ["PL101", "PL401", "PL101"]),
        ({"select": ["PL9"]}, []),
        ({"ignore": ["PL1"]}, ["PL401"]),
        ({"select": ["PL1"], "ignore": ["PL101"]}, []),
        ({"select": ["PL101"], "ignore": ["PL1"]}, ["PL101", "PL101"]),
        ({"select": ["PL1"], "ignore": ["PL1"]}, []),
        ({"select": ["PL", "PL401"], "ignore": ["PL4"]}, ["PL101", "PL401", "PL101"]),
        ({"severity": "error"}, ["PL101", "PL401"]),
        ({"severity": "warning", "select": ["PL1"]}, ["PL101", "PL101"]),
        ({"select": "PL4"}, ["PL401"]),
        ({"ignore": "PL4"}, ["PL101", "PL101"]),
    ],
)
def test_selection(options, rules):
    """The longest prefix decides, a tie refuses, and one text is a list of one."""
    report = planlint.check(Source("draft", text(WORSE + TWO_VALUES)), **options)

    assert [finding.rule for finding in report.findings] == rules
    assert sum(report.tally.severities.values()) == len(rules)


def test_open_questions_are_those_of_the_selected_rules():
    """Who asks for one family does not hear what another leaves open."""
    plan = Source("draft", text("figures: [{indicator: 人均预期寿命, year: 2025, value: ≥79 岁, at: 1}]\n"))
    everything, selected, others = (planlint.check(plan, select=s) for s in ((), "PL1", "PL4"))

    assert {item.rule for item in everything.undecided} >= {"PL101"}
    assert {item.rule for item in selected.undecided} == {"PL101"}
    assert (others.undecided, others.tally.undecided) == ((), 0)


def test_worst_passes_over_what_is_waived():
    """An accepted finding does not count."""
    error, warning = planlint.check(Source("draft", text(WORSE))).findings
    keys = ("rule", "name", "severity", "plan", "place", "message", "mentions", "steps", "fingerprint")
    waived = type(error)(**{key: getattr(error, key) for key in keys}, waived="agreed")

    assert api.Report((error, warning), (), Tally(), ()).worst() is Severity.ERROR
    assert api.Report((waived, warning), (), Tally(), ()).worst() is Severity.WARNING
    assert api.Report((waived,), (), Tally(), ()).worst() is None


@pytest.mark.parametrize("several", [True, False])
def test_rules_of_a_team_are_added(tmp_path, several):
    """Folders of further rules are put to the plans beside the rules that come with planlint."""
    (tmp_path / "TEAM001-two-values.yaml").write_text(RULE, encoding="utf-8")
    folders = [tmp_path] if several else tmp_path
    report = planlint.check(Source("draft", text(TWO_VALUES)), rules=folders)

    assert rules_of(report) == [("PL401", "error", "p"), ("TEAM001", "warning", "p")]
    assert report.findings[1].message.en == "民营医院数: 43 家 and 34 家"


def test_a_bad_rule_stops_the_run(tmp_path):
    """No rule is dropped in silence."""
    file = tmp_path / "TEAM001-two-values.yaml"
    file.write_text(RULE.replace("role: reported", "role: reportet"), encoding="utf-8")

    with pytest.raises(Malformed) as raised:
        planlint.check(Source("draft", text(SILENT)), rules=[tmp_path])
    assert (raised.value.place.file, raised.value.place.line) == (str(file), 7)


def test_a_rule_folder_that_is_not_there_stops_the_run(tmp_path):
    """A slip in the name of a folder does not leave its rules out in silence."""
    with pytest.raises(UnreadableSource, match=re.escape(f"{tmp_path / 'tema'}: No such file or directory")):
        planlint.check(Source("draft", text(SILENT)), rules=[tmp_path / "tema"])


def test_progress_is_told_after_each_plan(tmp_path):
    """The number of plans done and of all plans are told in order."""
    for name in "abc":
        write(tmp_path / f"{name}.yaml", SILENT)
    told = []
    api.inspect([tmp_path], api.Judge(), progress=lambda done, total: told.append((done, total)))

    assert told == [(1, 3), (2, 3), (3, 3)]


@pytest.mark.parametrize("enabled", [True, False])
def test_the_garbage_collector_is_left_as_it_was(enabled):
    """The collector rests during a run and is then as before, even when the run ends in an error."""
    before = gc.isenabled()
    seen = []
    judge = api.Judge()
    assert judge.engine

    def look(done, total):
        seen.append(gc.isenabled())
        raise KeyboardInterrupt

    (gc.enable if enabled else gc.disable)()
    try:
        with pytest.raises(KeyboardInterrupt):
            api.inspect([Source("draft", text(SILENT))], judge, progress=look)
        after = gc.isenabled()
    finally:
        (gc.enable if before else gc.disable)()

    assert (seen, after) == ([False], enabled)


def test_checking_twice_gives_the_same_report():
    """A report depends on the plans and the rules, on nothing else."""
    plans = [Source("b", text(TWO_VALUES)), Source("a", text(WORSE))]

    assert planlint.check(*plans) == planlint.check(*plans)


def test_findings_of_several_plans_stand_in_order_of_their_names():
    """The order in which plans are given does not matter to the order of the findings."""
    plans = [Source("b", text(TWO_VALUES)), Source("a", text(WORSE))]

    assert planlint.check(*plans).findings == planlint.check(*reversed(plans)).findings
    assert [f.place.file for f in planlint.check(*plans).findings] == ["a", "a", "b"]


# -- plans that a plan is held against

REFERRING = (
    "planlint: 1\nplan: {id: county, title: t, region: 某县, within: [某市], period: 2021-2025, document: p.txt,\n"
    "  references: [%s]}\n" + SILENT
)


def referring(path, names):
    """A plan file that names others."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(REFERRING % names, encoding="utf-8")
    return path


def missing(report):
    """The messages of references that were not found; nothing else is found."""
    assert {finding.rule for finding in report.findings} <= {"PL030"}
    return [(finding.place.line, finding.message.en) for finding in report.findings]


@pytest.mark.parametrize("folder", ["", "reference"])
def test_a_reference_stands_beside_the_plan_or_in_its_folder(tmp_path, monkeypatch, folder):
    """The plan above is found in either place, whatever the working folder is."""
    write(tmp_path / folder / "city.yaml", SILENT, "city")
    path = referring(tmp_path / "county.yaml", "city")
    monkeypatch.chdir(tmp_path)

    assert missing(planlint.check(path)) == []
    assert missing(planlint.check("county.yaml")) == []


def test_what_stands_beside_the_plan_comes_first(tmp_path):
    """The folder is only for what is not beside the plan; a file that cannot be read there is looked for further."""
    engine = Engine(cache.load())
    write(tmp_path / "city.yaml", SILENT, "near")
    write(tmp_path / "reference" / "city.yaml", SILENT, "far")
    write(tmp_path / "reference" / "state.yaml", SILENT, "state")
    (tmp_path / "state.yaml").write_bytes(b"\xff")
    path = str(tmp_path / "county.yaml")
    names = []
    for name in ("city", "state"):
        outcome = engine.judge(api._reference(path, name, []))
        names.append(outcome.plan)

    assert names == ["near", "state"]
    assert api._reference(path, "country", []) is None


def test_references_reach_the_questions_in_their_order(tmp_path, monkeypatch):
    """What is asked between levels finds the facts of each plan named."""
    seen = []
    monkeypatch.setattr(Engine, "_ask", lambda self, facts, outcome: seen.append([r.plan.id for r in facts.references]))
    for name in ("city", "state"):
        write(tmp_path / f"{name}.yaml", SILENT, name)
    planlint.check(referring(tmp_path / "county.yaml", "state, city"))

    assert seen == [["state", "city"]]


@pytest.mark.parametrize(
    "name",
    [
        "nowhere",
        "../city",
        "reference/city",
        "city.yaml/",
        "/etc/passwd",
        "'..'",
        "''",
        ".hidden",
        "City",
        "某市",
        "[city]",
        "{a: city}",
        "'a\\b'",
    ],
)
def test_a_reference_that_is_not_there_is_a_finding(tmp_path, name):
    """A name is no path: nothing outside is ever opened, and the rest of the plan is judged."""
    write(tmp_path / "city.yaml", SILENT, "city")
    write(tmp_path / "plans" / "reference" / "city.yaml", SILENT, "city")
    report = planlint.check(referring(tmp_path / "plans" / "county.yaml", name))
    shown = {"''": "", "[city]": "list", "{a: city}": "mapping", "'a\\b'": "a\\b", "'..'": ".."}.get(name, name)

    assert missing(report) == [(3, f"no plan file is called “{shown}”; nothing was compared with it")]
    assert report.unreadable == ()


BROKEN = {
    "no plan": "name: something else\n",
    "no head": "planlint: 1\n",
    "bad YAML": "planlint: 1\nplan: {id: city\n",
    "empty": "",
    "list": "- a\n",
    "deep": "planlint: 1\nplan: " + "[" * 99 + "]" * 99 + "\n",
    "alias": "planlint: 1\nplan: &a [*a]\n",
    "bytes": b"\xff\xfe\xfd",
    "GBK": "planlint: 1\nplan: {id: city, title: 某市}".encode("gbk"),
}


@pytest.mark.parametrize("content", BROKEN.values(), ids=BROKEN)
def test_a_reference_that_is_no_plan_is_a_finding(tmp_path, content):
    """What is wrong inside it is its own to report; here it is as good as missing."""
    data = content if isinstance(content, bytes) else content.encode()
    (tmp_path / "city.yaml").write_bytes(data)

    assert len(missing(planlint.check(referring(tmp_path / "county.yaml", "city")))) == 1


def test_faults_inside_a_reference_are_not_reported_twice(tmp_path):
    """A slip in the plan above is found when that plan is checked."""
    write(tmp_path / "city.yaml", "figures: [{indicator: 甲乙丙丁, value: 3 kt, at: 1}]\n", "city")

    assert missing(planlint.check(referring(tmp_path / "county.yaml", "city"))) == []


@pytest.mark.skipif(os.name != "posix", reason="needs FIFOs")
@pytest.mark.parametrize("make", [os.mkdir, os.mkfifo, lambda path: os.symlink(path, path)])
def test_a_reference_that_is_no_file_is_a_finding(tmp_path, make):
    """A folder, a FIFO or a link in a circle neither blocks nor crashes."""
    make(tmp_path / "city.yaml")

    assert len(missing(planlint.check(referring(tmp_path / "county.yaml", "city")))) == 1


def test_plans_may_name_themselves_and_each_other(tmp_path):
    """Only what is named is read, once: a circle ends at once and compares nothing with itself."""
    first = referring(tmp_path / "a.yaml", "a, b")
    second = referring(tmp_path / "b.yaml", "a")

    assert missing(planlint.check(first, second)) == []


def test_a_text_has_no_plans_beside_it():
    """A draft that is no file is checked by itself."""
    assert missing(planlint.check(Source("draft", REFERRING % "city"))) == [
        (3, "no plan file is called “city”; nothing was compared with it")
    ]


def test_a_text_finds_its_references_beside_its_name(tmp_path, monkeypatch):
    """What is read from standard input is held against the plans of this folder, as a file in it would be."""
    top = "planlint: 1\nplan: {id: %s, title: t, region: 某县, period: 2021-2025, document: p.txt%s}\n"
    (tmp_path / "county.yaml").write_text(top % ("county", ""), encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    given = Source("<stdin>", top % ("p", ", references: [county]"))

    assert [finding.rule for finding in planlint.check(given).findings] == []
    (tmp_path / "county.yaml").unlink()
    assert [finding.rule for finding in planlint.check(given).findings] == ["PL030"]


def test_coverage_is_held_against_the_references_wherever_it_is_asked_for(tmp_path):
    """The page for a panel counts what the command counts, be the name of the folder such that it is escaped."""
    folder = tmp_path / "a\u202eb"
    shutil.copytree(PLANS / "reference", folder / "reference")
    path = shutil.copy(PLANS / "yuxi.yaml", folder)
    engine = Engine(cache.load())
    ((told,), unreadable) = api.cover([path], engine)
    (dossier,) = api.lay_out([path], [], engine)
    alone = engine.cover(Source(told.file, Path(path).read_text(encoding="utf-8")))

    assert unreadable == []
    assert (dossier.coverage.parts, dossier.coverage.whole) == (told.parts, told.whole)
    assert told.whole != alone.whole
