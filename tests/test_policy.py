"""What a project has decided about findings: waivers and how they lapse, severities, and what a baseline leaves out."""

import datetime
import json

import pytest
from click.testing import CliRunner
from jsonschema import Draft7Validator

from planlint import api, cache, policy, results
from planlint.cli import cli
from planlint.engine import Engine
from planlint.findings import Severity, Waiver
from planlint.policy import Policy
from planlint.schemas import read_schema
from planlint.source import Place, Source

HEAD = "planlint: 1\nplan: {id: p, title: 某县规划, region: 某县, period: 2021-2025, document: p.txt}\n"
SUM = "claims:\n  - {id: private, sum: 民营医院, whole: 44 家, parts: [29 家, 14 家], at: 191}\n"
FIGURES = """\
figures:
  - {id: before, indicator: 婴儿死亡率, year: 2020, value: 3.52‰, at: 21}
  - {id: after, indicator: 婴儿死亡率, year: 2025, value: ≤4‰, at: 22}
"""
STATED = "44 家; 29 家; 14 家"
TODAY = "2026-06-01"
JUDGE = api.Judge(remember=False)


def waiver(rule="PL501", finding="", values=(("private", STATED),), figures=None, **more):
    """A waiver written in a file."""
    ids = tuple(key for key, _ in values) if figures is None and not finding else figures or ()
    filled = {"plan": "p", "reason": "含一家筹建医院", "by": "规划处", "until": "", "meaning": ""} | more
    place = Place("w.yaml", 5, 5)
    return Waiver(rule=rule, finding=finding, figures=ids, values=values, place=place, **filled)


def found(text, *waivers, today=TODAY, **more):
    """Rules with their severities as a project sees them: a waived one in brackets, and why a waiver is of no use."""
    report = api.inspect([Source("p.yaml", HEAD + text)], JUDGE, policy=Policy(today, waivers, **more))
    return [
        f"({f.rule})"
        if f.waived is not None
        else f"{f.rule} {f.message.en}"
        if f.rule in ("PL038", "PL039")
        else f.rule
        for f in report.findings
    ]


LAPSED = "PL038 the waiver of PL501 has lapsed: "
UNUSED = "PL039 the waiver of PL501 is not used: "


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({}, ["(PL501)"]),
        ({"values": (("private", "44家;29 家;14  家"),)}, ["(PL501)"]),
        ({"finding": "77419936912bbe8c"}, ["(PL501)"]),
        ({"finding": "77419936912bbe8c", "figures": ("private",)}, ["(PL501)"]),
        ({"until": "2026-06-01"}, ["(PL501)"]),
        ({"plan": "q"}, ["PL501"]),
        ({"until": "2026-05-31"}, ["PL501", LAPSED + "it was granted until 2026-05-31"]),
        (
            {"values": (("private", "45 家; 29 家; 14 家"),)},
            ["PL501", LAPSED + f"it was granted while private was 45 家; 29 家; 14 家; now it is {STATED}"],
        ),
        (
            {"finding": "77419936912bbe8c", "values": (("other", "1"),)},
            ["PL501", LAPSED + f"the finding is about private ({STATED}), too, for which no value was granted"],
        ),
        ({"meaning": "0" * 16}, ["PL501", LAPSED + "what the rule asks has changed"]),
        ({"figures": ("private", "other")}, ["PL501", UNUSED + "there is no such finding any more"]),
        ({"finding": "0" * 16}, ["PL501", UNUSED + "there is no such finding any more"]),
        (
            {"finding": "77419936912bbe8c", "figures": ("other",)},
            ["PL501", UNUSED + "there is no such finding any more"],
        ),
    ],
    ids=str,
)
def test_a_waiver_holds_or_says_why_not(given, said):
    """For the values printed, until its day, for what the rule asked; blanks do not count."""
    assert found(SUM, waiver(**given)) == said


def test_a_part_that_changes_ends_a_waiver():
    """The sum still does not come out, but nobody has agreed to this one."""
    changed = SUM.replace("14 家", "13 家")

    assert found(changed, waiver()) == [
        "PL501",
        LAPSED + f"it was granted while private was {STATED}; now it is 44 家; 29 家; 13 家",
    ]


def test_a_figure_that_a_claim_names_is_among_its_values():
    """What a claim states by an id is the amount that stands there."""
    text = (
        "figures:\n  - {id: hospitals, indicator: 民营医院数, year: 2020, value: 29 家, at: 3}\n"
        "claims:\n  - {id: private, sum: 民营医院, whole: 44 家, parts: [hospitals, 14 家], at: 191}\n"
    )
    both = waiver(values=(("hospitals", "29 家"), ("private", STATED)))

    assert found(text, both)[0] == "(PL501)"
    assert found(text.replace("29 家", "28 家"), both)[0] == "PL501"


def test_every_figure_of_a_finding_is_granted():
    """A target and its baseline: a change of either ends the waiver."""
    both = (("after", "≤4‰"), ("before", "3.52‰"))

    assert found(FIGURES, waiver("PL102", values=both)) == ["(PL102)"]
    assert found(FIGURES.replace("3.52", "3.51"), waiver("PL102", values=both)) == [
        "PL102",
        "PL038 the waiver of PL102 has lapsed: it was granted while before was 3.52‰; now it is 3.51‰",
    ]
    assert found(FIGURES.replace("≤4", "≤3"), waiver("PL102", values=both)) == [
        "PL039 the waiver of PL102 is not used: there is no such finding any more"
    ]


def test_two_waivers_of_one_finding():
    """The first that holds waives it; a second is of no use, a lapsed one is named."""
    again = waiver(reason="与统计年鉴一致")
    old = waiver(until="2026-01-01")

    assert found(SUM, waiver(), again) == ["(PL501)", UNUSED + "another waiver already accepts the same finding"]
    assert found(SUM, old, waiver(reason="另有说明")) == ["(PL501)", LAPSED + "it was granted until 2026-01-01"]


def test_findings_that_are_alike_are_told_apart_by_their_values():
    """Two units that nobody knows: each waiver means the one whose characters it grants."""
    text = "figures:\n" + "".join(
        f"  - {{indicator: 婴儿死亡率, year: {year}, value: 3 {unit}, at: 1}}\n"
        for year, unit in ((2019, "甲乙"), (2020, "丙丁"))
    )
    one = waiver("PL026", values=(("unknown-unit", "丙丁"),))
    report = api.inspect([Source("p.yaml", HEAD + text)], JUDGE, policy=Policy(TODAY, (one,)))

    assert [(f.rule, f.mentions[0].text, f.waived is not None) for f in report.findings] == [
        ("PL026", "甲乙", False),
        ("PL026", "丙丁", True),
    ]


def test_what_cannot_be_read_hides_no_waiver():
    """An entry that is broken may hide the finding: nothing is said of the waiver then."""
    broken = SUM.replace("14 家]", "beds]")

    assert found(broken, waiver()) == ["PL024"]


def test_a_plan_in_two_files():
    """A waiver that holds for one of them is used."""
    sources = [Source(name, HEAD + text) for name, text in (("a.yaml", SUM), ("b.yaml", SUM.replace("44", "43")))]
    report = api.inspect(sources, JUDGE, policy=Policy(TODAY, (waiver(),)))

    assert [(f.place.file, f.waived is not None) for f in report.findings] == [("a.yaml", True)]


def test_the_number_of_a_finding_is_no_part_of_a_waiver():
    """The same plan in two files: whichever of the two was named, what was granted is granted for these values."""
    sources = [Source(name, HEAD + SUM) for name in ("a.yaml", "b.yaml")]
    report = api.inspect(sources, JUDGE, policy=Policy(TODAY, (waiver(finding="77419936912bbe8c-2"),)))

    assert [(f.fingerprint, f.waived is not None) for f in report.findings] == [
        ("77419936912bbe8c", True),
        ("77419936912bbe8c-2", True),
    ]


def test_waived_findings_are_counted_apart():
    """They are never lost, never counted as errors, and never make a run fail."""
    report = api.inspect([Source("p.yaml", HEAD + SUM + FIGURES)], JUDGE, policy=Policy(TODAY, (waiver(),)))

    assert [(f.rule, f.waived, f.waiver.by if f.waiver else None) for f in report.findings] == [
        ("PL501", "含一家筹建医院", "规划处"),
        ("PL102", None, None),
    ]
    assert report.tally.waived == 1
    assert report.tally.severities == {Severity.INFO: 0, Severity.WARNING: 1, Severity.ERROR: 0}
    alone = api.inspect([Source("p.yaml", HEAD + SUM)], JUDGE, policy=Policy(TODAY, (waiver(),)))
    assert alone.worst() is None


def test_selection_comes_after_waivers():
    """A waiver is used even where its rule is not to be reported."""
    selection = api.Selection(ignore=("PL501",))
    report = api.inspect([Source("p.yaml", HEAD + SUM)], JUDGE, selection, policy=Policy(TODAY, (waiver(),)))

    assert (report.findings, report.tally.waived) == ((), 0)


def test_waivers_in_the_plan_need_no_policy():
    """The plan's own are read with it; the day is given, or the clock's."""
    own = (
        f'waivers:\n  - {{rule: PL501, values: {{private: "{STATED}"}}, reason: 含筹建, by: 处室, until: 2026-06-01}}\n'
    )
    plan = Source("p.yaml", HEAD + SUM + own)

    def rules(day):
        return [(f.rule, f.waived) for f in api.check(plan, today=datetime.date.fromisoformat(day)).findings]

    assert rules("2026-06-01") == [("PL501", "含筹建")]
    assert rules("2026-06-02") == [("PL501", None), ("PL038", None)]
    assert [f.rule for f in api.check(plan, select="PL5", today=datetime.date(2027, 1, 1)).findings] == ["PL501"]


def test_what_is_remembered_depends_on_no_date(tmp_path, monkeypatch):
    """A plan judged on one day is not judged again on the next, and its waiver lapses all the same."""
    monkeypatch.setenv("PLANLINT_CACHE_DIR", str(tmp_path / "cache"))
    own = (
        f'waivers:\n  - {{rule: PL501, values: {{private: "{STATED}"}}, reason: 含筹建, by: 处室, until: 2026-06-01}}\n'
    )
    path = tmp_path / "p.yaml"
    path.write_text(HEAD + SUM + own, encoding="utf-8")
    first = api.check(path, today=datetime.date(2026, 6, 1))
    kept = []
    monkeypatch.setattr(results.Results, "keep", lambda *given: kept.append(given))
    again = api.check(path, today=datetime.date(2026, 6, 1))
    later = api.check(path, today=datetime.date(2026, 6, 2))

    assert again == first
    assert [f.rule for f in later.findings] == ["PL501", "PL038"]
    assert kept == []


def test_the_meaning_of_a_rule_is_what_it_asks():
    """Other words change nothing; another option, formula or question does."""
    rules = {rule.id: rule for rule in cache.load().rules}
    meanings = [policy.meaning(rule) for rule in rules.values()]
    one = rules["PL401"]
    other = type(one)(one.id, "renamed", one.ask, one.options, {})

    assert policy.meaning(other) == policy.meaning(one)
    assert len(set(meanings)) == len(meanings)


@pytest.mark.parametrize(
    ("severities", "said"),
    [
        ({"PL501": "warning"}, [("PL501", Severity.WARNING)]),
        ({"PL501": "info"}, [("PL501", Severity.INFO)]),
        ({"PL501": "off"}, []),
        ({"PL401": "off"}, [("PL501", Severity.ERROR)]),
    ],
)
def test_a_project_chooses_severities(severities, said):
    """Of a rule as a whole."""
    report = api.inspect([Source("p.yaml", HEAD + SUM)], JUDGE, policy=Policy(TODAY, severities=severities))

    assert [(f.rule, f.severity) for f in report.findings] == said


def test_what_a_rule_says_mildly_is_never_raised():
    """A slip of rounding stays an info however severe its rule is made; what the rule says outright is raised."""
    text = """\
figures:
  - {indicator: 注册护士数, year: 2019, value: 2050 人, at: 17}
  - {indicator: 常住人口数, year: 2019, value: 38.92 万人, at: 17}
  - {indicator: 每千人口注册护士数, year: 2019, value: 5.26 人, at: 17}
"""

    def severities(**chosen):
        report = api.inspect([Source("p.yaml", HEAD + text)], JUDGE, policy=Policy(TODAY, severities=chosen))
        return [f.severity for f in report.findings if f.rule == "PL301"]

    assert severities() == [Severity.INFO]
    assert severities(PL301="error") == [Severity.INFO]
    assert severities(PL301="warning") == [Severity.INFO]
    assert severities(PL301="off") == []
    bare = [Source("p.yaml", HEAD + FIGURES.replace(", at: 21", "").replace("≤4", "≤3"))]
    raised = api.inspect(bare, JUDGE, policy=Policy(TODAY, severities={"PL031": "error"})).findings
    assert [(f.rule, f.severity) for f in raised] == [("PL031", Severity.ERROR)]


def test_traced_rules_are_judged_by_a_trace_only(tmp_path):
    """A check never looks at the document: it cannot say that a waiver about it is unused."""
    own = (
        'waivers:\n  - {rule: PL034, values: {figure-not-there: "3.52‰"}, reason: 原文扫描不清, by: 处室}\n'
        f'  - {{rule: PL501, values: {{private: "{STATED}"}}, reason: 含筹建, by: 处室}}\n'
    )
    plan = Source("p.yaml", HEAD + SUM + FIGURES + own)
    document = tmp_path / "p.txt"
    document.write_text("\n" * 300, encoding="utf-8")
    checked = api.check(plan)
    traced, _ = api.trace([plan], document, Engine(cache.load()))

    assert "PL039" not in {f.rule for f in checked.findings}
    assert [(f.rule, f.place.line) for f in traced.findings if f.rule in ("PL038", "PL039")] == []
    assert ("PL034", "原文扫描不清") in {(f.rule, f.waived) for f in traced.findings}


def test_a_difference_knows_waivers(tmp_path):
    """A new finding that the same edit waives is shown with its reason, and does not make the command fail."""
    own = f'waivers:\n  - {{rule: PL501, values: {{private: "{STATED}"}}, reason: 含筹建, by: 处室}}\n'
    old, new = tmp_path / "old.yaml", tmp_path / "new.yaml"
    old.write_text(HEAD + SUM.replace("44", "43"), encoding="utf-8")
    new.write_text(HEAD + SUM + own, encoding="utf-8")

    def diff(*words):
        result = CliRunner().invoke(cli, ["diff", str(old), str(new), "--lang", "zh", *words])
        return result.exit_code, result.stdout

    status, text = diff()
    assert status == 0
    shown = "".join(text.split())
    assert "已豁免PL501“民营医院”合计印作44家，2项相加是43家，差1家—含筹建（处室）" in shown
    assert "意见新增 1（其中错误 0）" in text
    assert ": new waived PL501 " in diff("--format", "concise")[1]
    document = json.loads(diff("--format", "json")[1])
    assert document["summary"]["new"] == {"error": 0, "warning": 0, "info": 0}
    assert list(Draft7Validator(json.loads(read_schema("diff"))).iter_errors(document)) == []
    new.write_text(HEAD + SUM.replace("14 家", "13 家") + own, encoding="utf-8")
    assert diff()[0] == 1
