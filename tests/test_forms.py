"""Reports have the form that their readers demand: schemas of JUnit, of GitLab, and of what code scanning takes."""

import json
import os
import re
from pathlib import Path
from xml.etree import ElementTree

import pytest
from faults import ERROR, HEAD, SILENT
from jsonschema import Draft202012Validator
from msgspec.structs import replace

from planlint.api import Judge, inspect
from planlint.report import formats
from planlint.report.formats import Run
from planlint.source import Source

ROOT = Path(__file__).parent.parent
TEXT = {"type": "string", "minLength": 1}
LINE = {"type": "integer", "minimum": 1}


def closed(required, optional=None):
    """The schema of an object with these keys and no others."""
    properties = required | (optional or {})
    return {
        "type": "object",
        "required": sorted(required),
        "properties": properties,
        "additionalProperties": False,
    }


GITLAB = {
    "type": "array",
    "items": closed(
        {
            "description": TEXT,
            "check_name": TEXT,
            "fingerprint": TEXT,
            "severity": {"enum": ["info", "minor", "major", "critical", "blocker"]},
            "location": closed(
                {"path": {"type": "string", "pattern": "^(?!\\./|/)."}, "lines": closed({"begin": LINE})}
            ),
        }
    ),
}
"""docs.gitlab.com/ci/testing/code_quality: a path is relative and does not begin with `./`."""

MESSAGE = closed({"text": TEXT})
PLACE = closed(
    {
        "artifactLocation": closed(
            {
                "uri": {"type": "string", "pattern": "^[A-Za-z0-9%/._~-]+$", "format": "uri-reference"},
                "uriBaseId": {"const": "%SRCROOT%"},
            }
        ),
        "region": closed({"startLine": LINE, "startColumn": LINE, "endLine": LINE, "endColumn": LINE}),
    }
)
RULE = closed(
    {
        "id": TEXT,
        "name": {"type": "string", "maxLength": 255},
        "shortDescription": closed({"text": {"type": "string", "minLength": 1, "maxLength": 1024}}),
        "fullDescription": closed({"text": {"type": "string", "minLength": 1, "maxLength": 1024}}),
        "help": closed({"text": TEXT, "markdown": TEXT}),
        "defaultConfiguration": closed({"level": {"enum": ["error", "warning", "note"]}}),
        "properties": closed({"tags": {"type": "array", "items": TEXT, "minItems": 1, "maxItems": 20}}),
    }
)
RESULT = closed(
    {
        "ruleId": TEXT,
        "ruleIndex": {"type": "integer", "minimum": 0},
        "level": {"enum": ["error", "warning", "note"]},
        "message": MESSAGE,
        "locations": {"type": "array", "minItems": 1, "maxItems": 1, "items": closed({"physicalLocation": PLACE})},
        "partialFingerprints": closed({"planlint/v1": TEXT}),
        "suppressions": {
            "type": "array",
            "items": closed({"kind": {"const": "external"}, "status": {"const": "accepted"}, "justification": TEXT}),
        },
    },
    {
        "relatedLocations": {
            "type": "array",
            "maxItems": 1000,
            "items": closed({"id": LINE, "message": MESSAGE, "physicalLocation": PLACE}),
        }
    },
)
"""The part of SARIF 2.1.0 that GitHub reads, with its limits; what may be absent elsewhere is demanded here."""


@pytest.fixture(scope="module")
def judge():
    """The built-in rules."""
    return Judge(remember=False)


@pytest.fixture(scope="module")
def reports(judge):
    """Reports of every kind: real plans with one waived finding, a plan that cannot be read, one that is silent."""
    paths = tuple(path for path in sorted((ROOT / "plans").glob("*.yaml")))
    real = inspect([path.relative_to(Path.cwd()) if path.is_relative_to(Path.cwd()) else path for path in paths], judge)
    first, *rest = real.findings
    broken = Source("a\tb:c,%.yaml", HEAD + "figures: [\n")
    silent = Source("silent.yaml", HEAD + SILENT)
    texts = (broken, silent, Source("规划 一.yaml", HEAD + ERROR))
    return [
        (replace(real, findings=(replace(first, waived="口径不同，见附件"), *rest)), paths),
        (inspect([*texts, "nowhere.yaml"], judge), (*texts, "nowhere.yaml")),
        (inspect([silent], judge), (silent,)),
    ]


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_gitlab_reads_what_is_written(judge, reports, lang):
    """Every entry has the keys of a code quality report, and a fingerprint of its own."""
    for report, paths in reports:
        entries = json.loads(formats.render("gitlab", report, Run(lang, paths, judge)))

        assert [error.message for error in Draft202012Validator(GITLAB).iter_errors(entries)] == []
        assert len({entry["fingerprint"] for entry in entries}) == len(entries)


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_code_scanning_reads_what_is_written(judge, reports, lang):
    """Every rule and every result is complete, within GitHub's limits, and ends behind where it begins."""
    for report, paths in reports:
        run = json.loads(formats.render("sarif", report, Run(lang, paths, judge)))["runs"][0]
        rules, results = run["tool"]["driver"]["rules"], run["results"]

        assert [e.message for rule in rules for e in Draft202012Validator(RULE).iter_errors(rule)] == []
        assert [e.message for result in results for e in Draft202012Validator(RESULT).iter_errors(result)] == []
        assert all(rules[result["ruleIndex"]]["id"] == result["ruleId"] for result in results)
        for result in results:
            for place in (*result["locations"], *result.get("relatedLocations", ())):
                region = place["physicalLocation"]["region"]
                begin, end = (region["startLine"], region["startColumn"]), (region["endLine"], region["endColumn"])
                assert begin < end


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("fail_on", ["info", "error"])
def test_dashboards_read_what_is_written(judge, reports, lang, fail_on):
    """Every report is valid, and its counts are those of its cases."""
    etree = pytest.importorskip("lxml.etree")
    schema = etree.XMLSchema(etree.parse(str(Path(__file__).parent / "junit.xsd")))
    for report, paths in reports:
        root = etree.fromstring(formats.render("junit", report, Run(lang, paths, judge, fail_on=fail_on)))

        assert schema.validate(root), schema.error_log
        for suite in root:
            counted = {name: int(suite.get(name)) for name in ("tests", "failures", "errors", "skipped")}
            assert counted == {
                "tests": len(suite),
                "failures": len(suite.findall("testcase/failure")),
                "errors": len(suite.findall("testcase/error")),
                "skipped": len(suite.findall("testcase/skipped")),
            }


NAMES = ["::error file=a,line=1::b", "##[error]b", "-rf", "a\n::error::b", "a,b:c%25", "\x1b[31m"]
NAMES += ["<b>&'\"|`@all", "\udcff", "规划 一"]


@pytest.mark.skipif(os.name != "posix", reason="needs a file system that takes any name")
@pytest.mark.parametrize("format_", [name for name in formats.TEXTS if name != "html"])
def test_names_of_files_are_names(judge, tmp_path, monkeypatch, format_):
    """Real files: whatever they are called, a report keeps its form, and no line of it begins a command."""
    monkeypatch.chdir(tmp_path)
    for number, name in enumerate(NAMES):
        Path(f"{name}.yaml").write_bytes((HEAD.replace("id: p", f"id: p{number}") + ERROR).encode())
    report = inspect(["."], judge)
    said = formats.render(format_, report, Run("en", (".",), judge)).decode()
    lines = said.splitlines()
    commands = [line for line in lines if line.lstrip().startswith(("::", "##["))]

    assert [finding.rule for finding in report.findings] == ["PL401"] * len(NAMES)
    assert all(line.isprintable() for line in lines)
    if format_ == "github":
        assert len(commands) == len(NAMES)
        assert all(re.match(r"::error file=[^,:]+,line=4,col=43,endColumn=46,title=PL401 ", line) for line in commands)
        return
    assert commands == []
    if format_ == "sarif":
        results = json.loads(said)["runs"][0]["results"]
        assert [e.message for result in results for e in Draft202012Validator(RESULT).iter_errors(result)] == []
    if format_ == "gitlab":
        assert [e.message for e in Draft202012Validator(GITLAB).iter_errors(json.loads(said))] == []
    if format_ == "junit":
        assert len(ElementTree.fromstring(said)) == len(NAMES)
