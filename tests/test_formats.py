"""Every format carries the same findings, whatever a plan or its file is called."""

import json
import re
import subprocess
import sys
import xml.etree.ElementTree as ET
from importlib import import_module
from pathlib import Path

import pytest
from click.testing import CliRunner
from faults import ERROR, HEAD, SILENT

from planlint import api, rules
from planlint.api import Judge, Report, Selection, inspect
from planlint.cli import cli
from planlint.findings import Severity
from planlint.report import formats
from planlint.report.formats import FORMATS, Run
from planlint.report.markdown import safe
from planlint.report.regions import Region, Regions, uri
from planlint.source import Place, Source

ROOT = Path(__file__).parent.parent
WRITTEN = [name for name, format_ in FORMATS.items() if not format_.extra and name != "html"]
"""The formats that are text; the page for browsers has tests of its own."""
PLANS = sorted((ROOT / "plans").glob("*.yaml"))


@pytest.fixture(scope="module")
def judge():
    """The built-in rules."""
    return Judge(remember=False)


@pytest.fixture(scope="module")
def real(judge):
    """The report about the five plans, and what it is about."""
    sources = tuple(Source(f"plans/{path.name}", path.read_text(encoding="utf-8")) for path in PLANS)
    return inspect(sources, judge), Run("zh", sources, judge)


def rendered(name, report, run):
    """A report in a format, as text."""
    return formats.render(name, report, run).decode()


def about(judge, text, name="plans/p.yaml", lang="en"):
    """The report about one text and its run."""
    source = Source(name, text)
    return inspect([source], judge), Run(lang, (source,), judge)


# -- the same findings everywhere


def identities(report):
    """Rule, file and line of each finding, sorted."""
    return sorted((f.rule, f.place.file, f.place.line) for f in report.findings)


def test_json_carries_all(real):
    """Rule and fingerprint of each."""
    document = json.loads(rendered("json", *real))

    assert [f["fingerprint"] for f in document["findings"]] == [f.fingerprint for f in real[0].findings]


def test_concise_carries_all(real):
    """One line each."""
    lines = rendered("concise", *real).splitlines()
    found = [re.match(r"(.*):(\d+):\d+: \w+ (\w+) ", line).groups() for line in lines]

    assert sorted((rule, file, int(line)) for file, line, rule in found) == identities(real[0])


def test_sarif_carries_all(real):
    """A result each, with its rule declared."""
    run = json.loads(rendered("sarif", *real))["runs"][0]
    declared = [rule["id"] for rule in run["tool"]["driver"]["rules"]]
    found = []
    for result in run["results"]:
        place = result["locations"][0]["physicalLocation"]
        assert declared[result["ruleIndex"]] == result["ruleId"]
        found.append((result["ruleId"], place["artifactLocation"]["uri"], place["region"]["startLine"]))

    assert sorted(found) == identities(real[0])
    assert len({r["partialFingerprints"]["planlint/v1"] for r in run["results"]}) == len(found)


def test_junit_carries_all(real):
    """A case each, failed where the run fails, and sums that agree: contradictions should not contradict themselves."""
    root = ET.fromstring(rendered("junit", *real))
    failures = root.findall("testsuite/testcase/failure")
    cases = [case.get("name").split()[2] for case in root.iter("testcase") if len(case)]

    assert sorted(cases) == sorted(f.fingerprint for f in real[0].findings)
    assert len(failures) == int(root.get("failures")) == real[0].tally.severities[Severity.ERROR]
    assert len(root.findall("testsuite/testcase/system-out")) == len(real[0].findings) - len(failures)
    assert sum(int(suite.get("tests")) for suite in root) == int(root.get("tests"))
    assert all(len(suite.findall("testcase")) == int(suite.get("tests")) for suite in root)
    assert [suite.get("name") for suite in root] == [f"plans/{path.name}" for path in PLANS]


def test_github_carries_all(real):
    """A command each, the worst first."""
    lines = rendered("github", *real).splitlines()[:-1]
    found = [re.match(r"::\w+ file=(.*?),line=(\d+),.*title=(\w+) ", line).groups() for line in lines]
    kinds = [line.split(" ")[0] for line in lines]

    assert sorted((rule, file, int(line)) for file, line, rule in found) == identities(real[0])
    assert kinds == sorted(kinds, key=["::error", "::warning", "::notice"].index)


def test_gitlab_carries_all(real):
    """An entry each, told apart by their fingerprints."""
    entries = json.loads(rendered("gitlab", *real))
    found = [(e["check_name"], e["location"]["path"], e["location"]["lines"]["begin"]) for e in entries]

    assert sorted(found) == identities(real[0])
    assert len({entry["fingerprint"] for entry in entries}) == len(entries)
    assert {entry["severity"] for entry in entries} <= {"info", "minor", "major", "critical", "blocker"}


def test_markdown_carries_all(real):
    """An item each, with its places folded away."""
    text = rendered("markdown", *real)

    assert len(re.findall(r"^- \*\*(?:错误|警告|提示) PL\d+\*\*", text, re.MULTILINE)) == len(real[0].findings)
    assert text.count("<details>") == text.count("</details>") == len(real[0].findings)


@pytest.mark.parametrize("name", WRITTEN)
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_a_format_says_the_same_each_time(judge, real, name, lang):
    """Byte for byte."""
    run = Run(lang, real[1].paths, judge)

    assert formats.render(name, real[0], run) == formats.render(name, real[0], Run(lang, real[1].paths, judge))


# -- regions


def test_regions_count_as_editors_do(judge):
    """𠮷 takes two units of UTF-16; quotes belong to what is written."""
    text = HEAD + (
        'figures:\n  - {indicator: 民营医院数, scope: 𠮷县, year: 2020, value: "43 家", at: 1}\n'
        "  - {indicator: 民营医院数, scope: 𠮷县, year: 2020, value: 34 家, at: 2}\n"
    )
    report, run = about(judge, text)
    regions = Regions(run)

    assert [regions.of(mention.place) for mention in report.findings[0].mentions] == [
        Region(4, 55, 4, 61),
        Region(5, 55, 5, 59),
    ]


def test_a_region_of_what_has_gone_is_its_beginning(judge):
    """The file was removed since."""
    regions = Regions(Run("en", (), judge))

    assert regions.of(Place("gone.yaml", 3, 5)) == Region(3, 5, None, None)


@pytest.mark.parametrize(
    ("file", "shown"),
    [
        ("plans/p.yaml", "plans/p.yaml"),
        ("./p.yaml", "p.yaml"),
        ("a b/100%:#?.yaml", "a%20b/100%25%3A%23%3F.yaml"),
        ("规划.yaml", "%E8%A7%84%E5%88%92.yaml"),
        ("/abs/p.yaml", "file:///abs/p.yaml"),
        (str(Path.cwd() / "plans" / "p.yaml"), "plans/p.yaml"),
        ("plans/../p.yaml", "p.yaml"),
        ("javascript:alert(1).yaml", "javascript%3Aalert%281%29.yaml"),
    ],
)
def test_files_become_uris(file, shown):
    """No name of a file is taken for a scheme, a query or a fragment."""
    assert uri(file) == shown


# -- SARIF


def test_sarif_in_full(judge):
    """A whole result: message, region, related place, fingerprint."""
    report, run = about(judge, HEAD + ERROR)
    document = json.loads(rendered("sarif", report, run))
    result, finding = document["runs"][0]["results"][0], report.findings[0]

    assert (document["version"], document["runs"][0]["columnKind"]) == ("2.1.0", "utf16CodeUnits")
    assert result == {
        "ruleId": "PL401",
        "ruleIndex": [r["id"] for r in document["runs"][0]["tool"]["driver"]["rules"]].index("PL401"),
        "level": "error",
        "message": {
            "text": "\n".join([finding.message.en, *(f"→ {step.en}" for step in finding.steps), "See also: [34 家](1)"])
        },
        "locations": [
            {
                "physicalLocation": {
                    "artifactLocation": {"uri": "plans/p.yaml", "uriBaseId": "%SRCROOT%"},
                    "region": {"startLine": 4, "startColumn": 43, "endLine": 4, "endColumn": 47},
                }
            }
        ],
        "partialFingerprints": {"planlint/v1": finding.fingerprint},
        "relatedLocations": [
            {
                "id": 1,
                "message": {"text": "民营医院数 34 家 p.txt line 2"},
                "physicalLocation": {
                    "artifactLocation": {"uri": "plans/p.yaml", "uriBaseId": "%SRCROOT%"},
                    "region": {"startLine": 5, "startColumn": 43, "endLine": 5, "endColumn": 47},
                },
            }
        ],
        "suppressions": [],
    }


def test_sarif_declares_all_rules_in_both_languages(judge, real):
    """Each with a text for every place in which a code scanning page shows one."""
    for lang in ("zh", "en"):
        driver = json.loads(rendered("sarif", real[0], Run(lang, (), judge)))["runs"][0]["tool"]["driver"]
        assert len(driver["rules"]) == len(judge.engine.ruleset.rules)
        for rule in driver["rules"]:
            assert all(rule[key]["text"].strip() for key in ("shortDescription", "fullDescription", "help"))
            assert rule["defaultConfiguration"]["level"] in ("error", "warning", "note")


def test_sarif_imports_no_algebra(judge, real):
    """Rules were compiled before; solving them again for their texts would cost seconds in each run of a gate."""
    pages = rules.read_pages(rules.rule_files(())[1], judge.engine.ruleset.catalogue)
    told = rules.summaries(rules.rule_files(())[1])

    assert [(page.rule.id, page.rule.name, page.rule.severity, page.summary, page.why) for page in pages] == [
        (one.id, one.name, one.severity, one.summary, one.why) for one in told
    ]
    program = (
        "import sys; from planlint.report import sarif; from planlint import rules; "
        "rules.summaries(rules.rule_files(())[1]); print({'sympy', 'pint'} & {*sys.modules})"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, cwd=ROOT)
    assert (done.stdout, done.stderr) == ("set()\n", "")


def test_sarif_says_what_could_not_be_read(judge):
    """A run that did not judge everything has not succeeded."""
    report = inspect(["nowhere.yaml"], judge)
    run = json.loads(rendered("sarif", report, Run("en", ("nowhere.yaml",), judge)))["runs"][0]

    assert run["invocations"] == [
        {
            "executionSuccessful": False,
            "toolExecutionNotifications": [
                {"level": "error", "message": {"text": "nowhere.yaml: No such file or directory"}}
            ],
        }
    ]


def waived(report, reason):
    """The report with its first finding accepted."""
    from msgspec.structs import replace

    first, *rest = report.findings
    return replace(report, findings=(replace(first, waived=reason), *rest))


def test_waived_findings_stay_visible_and_fail_nothing(judge):
    """Suppressed in SARIF, skipped in JUnit, struck out in Markdown; formats without a word for it leave them out."""
    report, run = about(judge, HEAD + ERROR)
    report = waived(report, "两处口径不同")

    result = json.loads(rendered("sarif", report, run))["runs"][0]["results"][0]
    suite = ET.fromstring(rendered("junit", report, run))
    assert result["suppressions"] == [{"kind": "external", "status": "accepted", "justification": "两处口径不同"}]
    assert [skipped.get("message") for skipped in suite.iter("skipped")] == ["两处口径不同"]
    assert [(one.get("failures"), one.get("skipped")) for one in suite] == [("0", "1")]
    assert "~~waived PL401~~" in rendered("markdown", report, run)
    assert json.loads(rendered("gitlab", report, run)) == []
    assert "::error" not in rendered("github", report, run)


@pytest.mark.parametrize(
    ("fail_on", "lowest"),
    [("info", Severity.INFO), ("warning", Severity.WARNING), ("error", Severity.ERROR), ("never", Severity.ERROR)],
)
def test_junit_fails_where_the_run_fails(judge, real, fail_on, lowest):
    """A dashboard that turns red over a remark would soon be ignored."""
    report = real[0]
    failed = sum(finding.severity >= lowest for finding in report.findings)
    root = ET.fromstring(rendered("junit", report, Run("en", real[1].paths, judge, fail_on=fail_on)))

    assert all(report.tally.severities.values())
    assert (root.get("failures"), len(list(root.iter("failure")))) == (str(failed), failed)


def test_a_message_links_to_its_other_places_only(judge):
    """Code scanning reads links out of messages; the ones of a plan are none."""
    report, run = about(judge, HEAD + ERROR.replace("民营医院数", '"甲[x](http://y.z)"'))
    results = json.loads(rendered("sarif", report, run))["runs"][0]["results"]
    links = [link for result in results for link in re.findall(r"\]\(([^)]*)\)", result["message"]["text"])]

    assert len(results) > 1
    assert all(link.isdigit() for link in links)


# -- what strangers write


GAP = "&#8203;"
"""Between a sign and what it would refer to."""
HOSTILE = "a,b:c%\n::error::x\x1b[31m<script>&'\"|`@all #1 [x](y) ]]>"


@pytest.mark.parametrize("name", WRITTEN)
def test_hostile_names_stay_text(judge, name):
    """A plan's file and words come from a stranger's merge request."""
    text = HEAD.replace("某县", json.dumps(HOSTILE.replace("\x1b", ""))) + ERROR.replace("43 家", '"43 家 <b>&::"')
    report, run = about(judge, text, name=HOSTILE)
    said = rendered(name, report, run)

    assert "\x1b" not in said
    assert not re.search(r"^::error::x", said, re.MULTILINE)
    assert name != "markdown" or "<script>" not in said
    if name == "junit":
        ET.fromstring(said)


def test_github_escapes_what_ends_a_property():
    """Commas, colons, per cent signs, line breaks."""
    from planlint.report.github import _data, _property

    assert _property("a,b:c%\nd") == r"a%2Cb%3Ac%25\u{a}d"
    assert _data("50%", "→ x") == "50%25%0A→ x"


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("@all #1 !2 <b>", f"&#64;{GAP}all &#35;{GAP}1 &#33;{GAP}2 &#60;b&#62;"),
        ("[x](http://y.z)", f"&#91;x&#93;(http&#58;{GAP}//y.z)"),
        ("www.x.y", f"www&#46;{GAP}x.y"),
        ("a|b", "a&#124;b"),
        ("$x$ *y* `z`", f"&#36;{GAP}x&#36;{GAP} &#42;y&#42; &#96;z&#96;"),
        ("10.15 人：≥10%", "10.15 人：≥10%"),
    ],
)
def test_markdown_is_neutralised(text, shown):
    """Nobody is called, nothing is linked, nothing is drawn."""
    assert safe(text) == shown


# -- --output


def invoke(*arguments, **options):
    """The result of the command, called in this process."""
    return CliRunner().invoke(cli, ["check", *map(str, arguments)], **options)


@pytest.fixture
def plan(tmp_path):
    """A plan that contradicts itself."""
    path = tmp_path / "p.yaml"
    path.write_text(HEAD + ERROR, encoding="utf-8")
    return path


def test_outputs_are_written_beside_the_report(plan, tmp_path):
    """The console shows what it would show without them."""
    alone = invoke(plan)
    done = invoke(plan, "--output", f"json:{tmp_path}/r.json", "--output", f"sarif:{tmp_path}/r.sarif")

    assert (done.exit_code, done.output) == (1, alone.output)
    assert json.loads((tmp_path / "r.json").read_text())["summary"]["error"] == 1
    assert json.loads((tmp_path / "r.sarif").read_text())["version"] == "2.1.0"


def test_a_dash_takes_the_console(plan, tmp_path):
    """The format of standard output is then that of the output."""
    done = invoke(plan, "--output", "concise:-", "--output", f"json:{tmp_path}/r.json")

    assert done.output == invoke(plan, "--format", "concise").output
    assert (tmp_path / "r.json").exists()


@pytest.mark.parametrize(
    ("output", "problem"),
    [
        ("html", "--output: 'html' names no file; write html:FILE"),
        ("html:", "--output: 'html:' names no file; write html:FILE"),
        ("htm:x", "--output: 'htm' is no format; did you mean html?"),
        ("report.html", "--output: 'report.html' is not FORMAT:FILE"),
        ("json:nowhere/r.json", "--output: there is no folder"),
        ("json:plan.yaml", "--output: plan.yaml would be taken for a plan; no report is YAML"),
        ("json:.", "--output: . is a folder"),
    ],
)
def test_what_cannot_be_written_is_refused_at_once(plan, output, problem):
    """Before anything is judged, and in one sentence."""
    done = invoke(plan, "--output", output)

    assert done.exit_code == 2
    assert problem in done.output


def test_two_reports_do_not_go_to_one_file(plan, tmp_path):
    """The second would replace the first."""
    one, other = f"json:{tmp_path}/r", f"sarif:{tmp_path}/../{tmp_path.name}/r"

    assert "two reports cannot go to" in invoke(plan, "--output", one, "--output", other).output
    assert "two reports cannot go to -" in invoke(plan, "--output", "json:-", "--output", "sarif:-").output


def test_one_failing_output_does_not_cost_the_others(plan, tmp_path):
    """It is named, the others are written, and the status says that the job was not done."""
    done = invoke(plan, "--output", "json:/dev/full", "--output", f"sarif:{tmp_path}/r.sarif")

    assert done.exit_code == 2
    assert "planlint: cannot write json:/dev/full: No space left on device" in done.output
    assert json.loads((tmp_path / "r.sarif").read_text())["version"] == "2.1.0"


def test_a_missing_extra_says_how_to_install_it(plan, tmp_path, monkeypatch):
    """One sentence, no traceback."""

    def missing(name):
        if name.endswith("opinions"):
            raise ModuleNotFoundError("No module named 'docx'", name="docx")
        return import_module(name)

    monkeypatch.setattr(formats, "import_module", missing)
    done = invoke(plan, "--output", f"docx:{tmp_path}/r.docx")

    assert done.exit_code == 2
    assert "planlint: docx needs docx: pip install 'planlint[docx]'\n" in done.output
    assert not (tmp_path / "r.docx").exists()


def test_a_format_that_is_not_there_is_named(plan, tmp_path, monkeypatch):
    """An installation may lack the page or the sheet of the panel; that is no defect of this run."""

    def missing(name):
        raise ModuleNotFoundError(f"No module named '{name}'", name=name)

    monkeypatch.setattr(formats, "import_module", missing)
    done = invoke(plan, "--output", f"html:{tmp_path}/r.html")

    assert done.exit_code == 2
    assert "planlint: this planlint cannot write html\n" in done.output


def test_the_page_of_a_github_step_gets_a_summary(plan, tmp_path, monkeypatch):
    """Added to what other steps wrote."""
    page = tmp_path / "summary.md"
    page.write_text("before\n")
    monkeypatch.setenv("GITHUB_STEP_SUMMARY", str(page))

    done = invoke(plan, "--format", "github", "--lang", "en")

    assert done.exit_code == 1
    assert done.output.startswith("::error file=")
    assert page.read_text().startswith("before\n### What cannot be true in these plans\n")


def test_every_format_is_listed_in_the_help():
    """A format that nobody can find is none."""
    shown = CliRunner().invoke(cli, ["check", "--help"]).output

    assert [name for name in formats.TEXTS if name not in shown] == []


def test_an_empty_report_is_a_report(judge):
    """In every format, without a finding."""
    report, run = about(judge, HEAD + SILENT)

    assert isinstance(report, Report)
    assert (report.findings, report.worst()) == ((), None)
    assert json.loads(rendered("sarif", report, run))["runs"][0]["results"] == []
    assert ET.fromstring(rendered("junit", report, run)).get("failures") == "0"
    assert rendered("markdown", report, run).endswith("Nothing was found.\n")
    assert json.loads(rendered("gitlab", report, run)) == []


def test_selected_findings_only(judge, real):
    """A format shows the report, not the plan."""
    report = inspect(real[1].paths, judge, Selection(severity=Severity.ERROR))

    assert len(json.loads(rendered("gitlab", report, real[1]))) == report.tally.severities[Severity.ERROR]
    assert [source.name for source in api.texts(real[1].paths)] == [f"plans/{path.name}" for path in PLANS]
