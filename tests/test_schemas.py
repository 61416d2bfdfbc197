"""The published schemas: valid draft-07, the same keys as the reader's own tables, and true of what planlint reads.

Plans are loaded as an editor's YAML server loads them (YAML 1.2, core schema): 80.62 is a number, 2020 a number as a
key, and `no` a text.
"""

import json
import re
from pathlib import Path
from typing import ClassVar

import pytest
import yaml
from click.testing import CliRunner
from jsonschema import Draft7Validator

from planlint import cache, catalogue, grants, plan
from planlint.api import check, trace
from planlint.cli import cli
from planlint.engine import Engine
from planlint.report import machine
from planlint.schemas import read_schema
from planlint.source import Source

ROOT = Path(__file__).parent.parent
PLANS = sorted((ROOT / "plans").glob("*.yaml"))
SCHEMAS = {name: json.loads(read_schema(name)) for name in ("plan", "report", "coverage", "diff")}
HEAD = """\
planlint: 1
plan: {id: p, title: 某县规划, region: 某县, period: 2021-2025, document: p.txt}
"""


class EditorLoader(yaml.SafeLoader):
    """PyYAML's constructors behind the resolver of YAML 1.2."""

    yaml_implicit_resolvers: ClassVar[dict] = {}


for tag, pattern, first in (
    ("null", r"~|null|Null|NULL|", ["~", "n", "N", ""]),
    ("bool", r"true|True|TRUE|false|False|FALSE", list("tTfF")),
    ("int", r"[-+]?[0-9]+", list("-+0123456789")),
    ("float", r"[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?", list("-+.0123456789")),
):
    EditorLoader.add_implicit_resolver(f"tag:yaml.org,2002:{tag}", re.compile(rf"(?:{pattern})$"), first)


def as_json(value):
    """JSON knows no keys but texts."""
    if isinstance(value, dict):
        return {str(key): as_json(item) for key, item in value.items()}
    return [as_json(item) for item in value] if isinstance(value, list) else value


def problems(text):
    """What a validator says of a plan's text, sorted."""
    document = as_json(yaml.load(text, EditorLoader))  # noqa: S506 - a SafeLoader
    return sorted(error.message for error in Draft7Validator(SCHEMAS["plan"]).iter_errors(document))


def keys(name):
    """The keys that a definition of the plan schema allows."""
    definition = SCHEMAS["plan"]["definitions"][name]
    for option in definition.get("anyOf", [definition]):
        if "properties" in option:
            return set(option["properties"])
    raise AssertionError(f"{name} has no keys")


def objects(schema):
    """Every part of a schema that describes a mapping."""
    if isinstance(schema, dict):
        if isinstance(schema.get("properties"), dict):
            yield schema
        for part in schema.values():
            yield from objects(part)
    elif isinstance(schema, list):
        for part in schema:
            yield from objects(part)


@pytest.mark.parametrize("name", SCHEMAS)
def test_schemas_are_valid_draft_07(name):
    """A schema says which draft it follows and follows it."""
    schema = SCHEMAS[name]

    Draft7Validator.check_schema(schema)

    assert schema["$schema"] == "http://json-schema.org/draft-07/schema#"
    assert schema["$id"].startswith("urn:")


@pytest.mark.parametrize("name", SCHEMAS)
def test_schemas_refer_to_nothing_outside(name):
    """No reference leads out of the file, so an editor needs no network."""
    references = set(re.findall(r'"\$ref": "([^"]*)"', read_schema(name)))
    defined = {f"#/definitions/{key}" for key in SCHEMAS[name]["definitions"]}

    assert references == defined & references


@pytest.mark.parametrize("path", PLANS, ids=lambda path: path.stem)
def test_plans_validate(path):
    """Every plan of the collection is what the schema allows."""
    assert problems(path.read_text(encoding="utf-8")) == []


def test_keys_are_those_of_the_reader():
    """The schema allows exactly the keys that planlint reads."""
    definitions = SCHEMAS["plan"]["definitions"]
    claims = definitions["claim"]["oneOf"]

    assert set(SCHEMAS["plan"]["properties"]) == set(plan.TOP_KEYS)
    assert keys("plan") == set(plan.PLAN_KEYS)
    assert keys("table") == set(plan.TABLE_KEYS)
    assert keys("column") == set(plan.COLUMN_KEYS)
    assert keys("row") == set(plan.ROW_KEYS)
    assert keys("cell") == set(plan.CELL_KEYS)
    assert keys("figure") == set(plan.FIGURE_KEYS)
    assert keys("projects") == set(plan.PROJECTS_KEYS)
    assert keys("project") == set(plan.PROJECT_KEYS)
    assert keys("indicator") == set(catalogue.KEYS)
    assert keys("waiver") == set(grants.WAIVER_KEYS)
    assert keys("not_figure") == set(plan.NOT_FIGURE_KEYS)
    assert {next(iter(claim["properties"])): set(claim["properties"]) for claim in claims} == {
        kind: {kind, *own, *plan.CLAIM_KEYS} for kind, own in plan.CLAIM_KINDS.items()
    }


def test_required_keys_of_claims_are_those_of_the_reader():
    """A claim needs its subject and the terms that planlint needs."""
    claims = SCHEMAS["plan"]["definitions"]["claim"]["oneOf"]

    assert {claim["required"][0]: tuple(claim["required"][1:]) for claim in claims} == plan.REQUIRED_TERMS


def test_closed_lists_are_those_of_the_reader():
    """Roles, populations, kinds and polarities are the words that planlint knows."""
    definitions = SCHEMAS["plan"]["definitions"]
    figure, indicator = definitions["figure"]["properties"], definitions["indicator"]["properties"]

    assert tuple(definitions["role"]["enum"]) == (*plan.ROLES, *plan.TEXT_COLUMNS)
    assert tuple(figure["role"]["enum"]) == plan.ROLES
    assert tuple(figure["base"]["enum"]) == plan.BASES
    assert tuple(definitions["not_figure"]["properties"]["kind"]["enum"]) == plan.NOT_FIGURE_KINDS
    assert tuple(indicator["kind"]["enum"]) == catalogue.KINDS
    assert tuple(indicator["polarity"]["enum"]) == catalogue.POLARITIES
    assert tuple(definitions["table"]["properties"]["columns"]["propertyNames"]["not"]["enum"]) == plan.ROW_KEYS


@pytest.mark.parametrize("name", SCHEMAS)
def test_mappings_are_closed(name):
    """No mapping takes keys that nobody described; a row takes the headings of its table."""
    open_ = [part for part in objects(SCHEMAS[name]) if part.get("additionalProperties") is not False]

    assert open_ == ([SCHEMAS["plan"]["definitions"]["row"]] if name == "plan" else [])


def test_every_key_is_described_in_chinese():
    """A drafter who rests on a key in the editor reads what it means."""
    undescribed = [
        key
        for part in objects(SCHEMAS["plan"])
        for key, value in part["properties"].items()
        if not re.search("[\u4e00-\u9fff]", value.get("description", ""))
    ]

    assert undescribed == []


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("plans: []", "Additional properties are not allowed ('plans' was unexpected)"),
        (
            "figures:\n  - {indicator: 婴儿死亡率, valeu: 3.5‰, value: 3.5‰}",
            "Additional properties are not allowed ('valeu' was unexpected)",
        ),
        ("figures:\n  - {indicator: 婴儿死亡率}", "'value' is a required property"),
        (
            "figures:\n  - {indicator: 婴儿死亡率, value: 3.5‰, role: goal}",
            "'goal' is not one of ['actual', 'baseline', 'target', 'assigned', 'reference']",
        ),
        (
            "figures:\n  - {indicator: 婴儿死亡率, value: 3.5‰, nature: 必须}",
            "'必须' is not one of ['约束性', '预期性']",
        ),
        (
            "tables:\n  - {id: 表1, colums: {2025: target}, columns: {2025: target}, rows: []}",
            "Additional properties are not allowed ('colums' was unexpected)",
        ),
        (
            "tables:\n  - {id: 表1, columns: {unit: target}, rows: []}",
            "'unit' should not be valid under "
            "{'enum': ['no', 'indicator', 'unit', 'scope', 'base', 'nature', 'note', 'id', 'at', 'quote']}",
        ),
        (
            "projects:\n  - {id: 附表, rows: [{project: 甲, costs: 3}]}",
            "Additional properties are not allowed ('costs' was unexpected)",
        ),
    ],
)
def test_slips_fail(text, message):
    """A misspelt key, a missing one or a word outside a closed list is refused by name."""
    assert problems(f"{HEAD}{text}\n") == [message]


def test_misspelt_keys_fail_in_every_mapping():
    """A key that nobody knows is refused wherever a mapping is closed."""
    plans = [
        "plan: {id: p, title: t, region: r, period: 2021-2025, document: d, x: 1}\nplanlint: 1\n",
        f"{HEAD}x: 1\n",
        f"{HEAD}tables: [{{id: t, columns: {{2025: target}}, rows: [], x: 1}}]\n",
        f"{HEAD}tables: [{{id: t, columns: {{2025: {{role: target, x: 1}}}}, rows: []}}]\n",
        f"{HEAD}tables: [{{id: t, columns: {{2025: target}}, rows: [{{indicator: a, 2025: {{value: 1, x: 1}}}}]}}]\n",
        f"{HEAD}figures: [{{indicator: a, value: 1, x: 1}}]\n",
        f"{HEAD}claims: [{{sum: a, whole: 1, parts: [1], x: 1}}]\n",
        f"{HEAD}projects: [{{id: t, rows: [], x: 1}}]\n",
        f"{HEAD}projects: [{{id: t, rows: [{{project: a, x: 1}}]}}]\n",
        f"{HEAD}indicators: [{{key: local-a, name: a, kind: count, unit: 套, polarity: none, x: 1}}]\n",
        f"{HEAD}not_figures: [{{kind: name, text: a, x: 1}}]\n",
    ]

    assert [text for text in plans if not problems(text)] == []
    assert [text for text in plans if problems(text.replace(", x: 1", "").replace("x: 1\n", ""))] == []


def test_two_relations_in_one_claim_fail():
    """A claim is one relation."""
    assert len(problems(f"{HEAD}claims: [{{sum: a, whole: 1, parts: [1], ratio: a, of: 1, to: 1, is: 1}}]\n")) == 1


@pytest.mark.parametrize(
    "text",
    [
        "tables: [{id: 表1, columns: {2020: baseline}, rows: [{indicator: a, 2020: 80.62}, {indicator: b, 2020: }]}]",
        "tables: [{id: 表1, columns: {2020年: {role: actual, unit: 岁}}, rows: [{indicator: a, 2020年: {value: 7}}]}]",
        'figures: [{indicator: a, value: "3.10", year: 2020年, at: "3-4"}, {indicator: a, value: 3, at: [1, "2-3"]}]',
        "claims: [{list: a, count: 7 家, items: [甲, 乙], open: true}, {dates: a, start: 2021.12}]",
        "projects: [{id: a, total: 89632, count: 6, rows: [{no: 1, project: 甲, cost: 9, start: 2021-10-01, at: 3}]}]",
        "indicators: [{key: local-a, name: {zh: 甲, en: a}, kind: count, unit: 套, polarity: none, bounds: [0, null]}]",
        "tables:\nfigures: []\n",
    ],
)
def test_what_planlint_reads_validates(text):
    """Numbers, quoted or not, blanks and long forms pass, and planlint itself finds nothing wrong with their shape."""
    report = check(Source("p.yaml", HEAD + text + "\n"), select="PL0", ignore=["PL027", "PL026", "PL031"])

    assert [finding.message.en for finding in report.findings] == []
    assert problems(HEAD + text + "\n") == []


@pytest.mark.parametrize(
    ("arguments", "name"), [([], "plan"), (["plan"], "plan"), (["report"], "report"), (["coverage"], "coverage")]
)
def test_schema_command_prints_the_file(arguments, name):
    """`planlint schema` prints the file as it stands, the plan's where nothing is named."""
    result = CliRunner().invoke(cli, ["schema", *arguments])

    assert (result.exit_code, result.stdout) == (0, read_schema(name))


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("path", PLANS, ids=lambda path: path.stem)
def test_reports_validate(path, lang):
    """The JSON report of every plan is what the schema says."""
    document = json.loads(machine.document(check(path), lang))

    assert [error.message for error in Draft7Validator(SCHEMAS["report"]).iter_errors(document)] == []
    assert document["summary"]["plans"] == 1


def test_reports_of_trace_validate(tmp_path):
    """The counts of numbers are what the schema says, too."""
    (tmp_path / "p.yaml").write_text(HEAD + "figures: [{indicator: a, value: 3 家, at: 1}]\n", encoding="utf-8")
    (tmp_path / "p.txt").write_text("甲三家，乙4家，2020年\n", encoding="utf-8")
    report, traces = trace([tmp_path / "p.yaml"], tmp_path, Engine(cache.load()))
    document = json.loads(machine.document(report, "zh", traces))

    assert [error.message for error in Draft7Validator(SCHEMAS["report"]).iter_errors(document)] == []
    assert [(t["numbers"], t["carried"], t["by_form"], t["left_out"]) for t in document["trace"]] == [(3, 1, 1, 1)]


@pytest.mark.parametrize("text", ["", "planlint: 1\nplan: {id: p}\n", "[", "\x07", "planlint: 1\nplan: &a {x: *a}\n"])
def test_reports_of_unreadable_plans_validate(tmp_path, text):
    """What cannot be read makes findings of the same form."""
    (tmp_path / "plan.yaml").write_text(text, encoding="utf-8")
    document = json.loads(machine.document(check(tmp_path / "plan.yaml"), "zh"))

    assert [error.message for error in Draft7Validator(SCHEMAS["report"]).iter_errors(document)] == []
    assert document["findings"] != []


def test_report_keys_are_those_of_the_contract():
    """The report's keys are fixed: a program that reads it needs no other version."""
    definitions = SCHEMAS["report"]["definitions"]

    assert list(SCHEMAS["report"]["properties"]) == ["version", "planlint", "findings", "summary", "trace"]
    assert {name: list(part["properties"]) for name, part in definitions.items()} == {
        "finding": "rule name severity plan message fingerprint waived steps figures waiver".split(),
        "waiver": "by until place".split(),
        "figure": "id indicator role year text place source".split(),
        "summary": "plans figures rules error warning info waived undecided known".split(),
        "trace": "plan document numbers carried listed by_form left_out".split(),
    }
    # Only planlint trace adds the counts of numbers to a report; waivers and a baseline add what they do.
    needed = [
        [key for key in part["properties"] if key not in ("trace", "waiver", "known")]
        for part in objects(SCHEMAS["report"])
    ]
    assert [part["required"] for part in objects(SCHEMAS["report"])] == needed
