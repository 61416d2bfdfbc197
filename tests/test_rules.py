"""Rule files: the shipped ones and their examples, and what a bad one is told."""

import functools
import re
from collections import Counter
from pathlib import Path

import pytest

from planlint import cache, examples
from planlint.engine import Engine
from planlint.findings import Severity, Text
from planlint.questions import QUESTIONS
from planlint.questions.reading import FAULTS
from planlint.rules import Example, Page, built_in_folder, compile_rules, read_pages, rule_files
from planlint.source import Malformed, UnreadableSource

RULESET = cache.load()
PAGES = read_pages(rule_files(())[1], RULESET.catalogue)


@functools.cache
def engine():
    """The shipped rules."""
    return Engine(RULESET)


def each_example():
    """Every example of every rule, named by rule, kind and number."""
    for page in PAGES:
        for number, example in enumerate(page.examples, 1):
            yield pytest.param(page, example, id=f"{page.rule.id}-{number}-{example.kind}")


@pytest.mark.parametrize(("page", "example"), list(each_example()))
def test_an_example_does_what_its_marks_say(page, example):
    """A rule speaks on the marked lines of its own examples and nowhere else."""
    alone = Page(page.rule, page.summary, page.why, (example,), page.file)

    assert list(examples.run([alone], engine())) == []


def test_ids_and_names_are_unique():
    """An id and a name mean one rule."""
    assert [n for n, count in Counter(page.rule.id for page in PAGES).items() if count > 1] == []
    assert [n for n, count in Counter(page.rule.name for page in PAGES).items() if count > 1] == []


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.rule.id)
def test_a_rule_lies_in_the_file_of_its_name_and_the_folder_of_its_family(page):
    """The id, the name and the family can be read from the path."""
    families = {
        "0": "reading",
        "1": "direction",
        "2": "units",
        "3": "arithmetic",
        "4": "agreement",
        "5": "parts",
        "6": "periods",
        "7": "words",
        "8": "testability",
        "9": "levels",
    }
    path = Path(page.file)

    assert re.fullmatch(r"PL[0-9]{3}", page.rule.id)
    assert path.name == f"{page.rule.id}-{page.rule.name}.yaml"
    assert path.parent.name == families[page.rule.id[2]]


def test_every_question_is_asked_by_some_rule():
    """A question nobody asks would be dead code."""
    assert {page.rule.ask for page in PAGES} == set(QUESTIONS)


def test_every_fault_has_exactly_one_rule():
    """Whatever cannot be read is worded by one rule, so a finding never lacks words."""
    worded = Counter(page.rule.options.choices["fault"] for page in PAGES if page.rule.ask == "reading")

    assert worded == Counter(list(FAULTS))


def texts_of(page):
    """All texts of a rule with their names."""
    yield "summary", page.summary
    yield "why", page.why
    yield from page.rule.messages.items()


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.rule.id)
def test_every_text_is_in_chinese_and_in_english(page):
    """Nothing is left untranslated, and messages end without a full stop."""
    for name, text in texts_of(page):
        assert re.search(r"[\u4e00-\u9fff]", text.zh), name
        assert re.search(r"[A-Za-z]{2}", text.en), name
    assert [t for t in page.rule.messages.values() if t.zh.endswith("。") or t.en.endswith(".")] == []


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.rule.id)
def test_both_languages_of_a_message_show_the_same_things(page):
    """A figure that is named in one language is named in the other."""
    for name, text in page.rule.messages.items():
        assert set(re.findall(r"{\w+}", text.zh)) == set(re.findall(r"{\w+}", text.en)), name


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.rule.id)
def test_a_rule_has_three_valid_and_three_invalid_examples(page):
    """One example of each kind shows too little; what is valid is what one might be tempted to report."""
    kinds = Counter(example.kind for example in page.examples)

    assert kinds["valid"] >= 3
    assert kinds["invalid"] >= 3


@pytest.mark.parametrize("page", [p for p in PAGES if p.rule.id[2] != "0"], ids=lambda page: page.rule.id)
def test_a_rule_about_figures_shows_what_it_cannot_decide(page):
    """A plan that does not print enough is neither right nor wrong. What cannot be read is itself the finding."""
    kinds = Counter(example.kind for example in page.examples)

    assert kinds["undecided"] >= 1


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.rule.id)
def test_every_example_says_what_it_shows(page):
    """The manual prints the note above the example; two examples never show the same."""
    assert [example.text for example in page.examples if not example.note] == []
    shown = {(example.text, example.document, example.references) for example in page.examples}
    assert len(shown) == len(page.examples)


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.rule.id)
def test_an_example_knows_its_line(page):
    """The line that a failing example is reported at is the line where it begins."""
    lines = Path(page.file).read_text(encoding="utf-8").splitlines()
    elsewhere = [e.note for e in page.examples if e.text.splitlines()[0].strip() not in lines[e.first_line - 1]]

    assert elsewhere == []


def test_rules_are_sorted_by_id():
    """The order of files on disk does not matter."""
    ids = [rule.id for rule in RULESET.rules]

    assert ids == sorted(ids)
    assert ids == [page.rule.id for page in PAGES]


# -- bad rule files

GOOD = """\
id: TEAM001
name: beds-by-people
severity: warning
summary: {zh: 甲, en: ab}
why: {zh: 乙, en: cd}
ask: identity
with: {formula: value * population = count}
message: {zh: "{name}不符", en: "{name} differs"}
variants: {rounding: {zh: "{value}近", en: "{value} near"}}
examples:
  valid:
    - note: 没有数字
      plan: |
        figures: []
  invalid:
    - plan: |
        figures: []  # expect
"""
NAME = "team/TEAM001-beds-by-people.yaml"


def pages(text, name=NAME):
    """The pages of one rule file."""
    return read_pages([(name, text.encode())], RULESET.catalogue)


def test_a_good_rule_is_read_whole():
    """Everything a rule file says is kept."""
    (page,) = pages(GOOD)

    assert (page.rule.id, page.rule.name, page.rule.ask) == ("TEAM001", "beds-by-people", "identity")
    assert (page.rule.severity, page.rule.question) == (Severity.WARNING, QUESTIONS["identity"])
    assert page.rule.messages == {
        "message": Text("{name}不符", "{name} differs"),
        "rounding": Text("{value}近", "{value} near"),
    }
    assert (page.summary, page.why, page.file) == (Text("甲", "ab"), Text("乙", "cd"), NAME)
    assert page.examples == (
        Example("valid", "没有数字", "figures: []\n", 14),
        Example("invalid", "", "figures: []  # expect\n", 17),
    )
    assert page.rule.options.formula.text == "value * population = count"
    assert page.rule.options.formula.solutions["population"] == ("/", ("sym", "count"), ("sym", "value"))


PLACEHOLDERS = "count, count_name, implied, name, population, population_name, unit, value, year"
BAD = {
    "unknown key": ("why:", "wyh:", "5:1: unknown key 'wyh'; did you mean 'why'?"),
    "missing key": ("severity: warning\n", "", "1:1: missing key 'severity'"),
    "missing text": ("summary: {zh: 甲, en: ab}\n", "", "1:1: missing key 'summary'"),
    "missing message": ('message: {zh: "{name}不符", en: "{name} differs"}\n', "", "1:1: missing key 'message'"),
    "missing language": (", en: ab", "", "4:10: missing key 'en'"),
    "empty language": ("en: ab", "en: ''", "4:22: 'en' is empty"),
    "strange language": ("en: ab", "en: ab, fr: x", "4:26: unknown key 'fr'"),
    "bad id": (
        "TEAM001",
        "team1",
        "1:5: 'team1' is no rule id: letters and three digits, such as PL101 or TEAM001",
    ),
    "bad name": ("beds-by", "Beds by", "2:7: 'Beds by-people' is no rule name: small ASCII words with hyphens"),
    "id of another file": ("TEAM001", "TEAM002", "1:5: the file must be named TEAM002-beds-by-people.yaml"),
    "name of another file": ("beds-by", "beds-for", "1:5: the file must be named TEAM001-beds-for-people.yaml"),
    "bad severity": (
        "warning",
        "fatal",
        "3:11: 'severity' must be one of info, warning, error; found 'fatal'",
    ),
    "unknown question": (
        "ask: identity",
        "ask: python",
        f"6:6: 'ask' must be one of {', '.join(QUESTIONS)}; found 'python'",
    ),
    "unknown option": ("with: {", "with: {pattern: (a+)+$, ", "7:8: unknown key 'pattern'"),
    "missing formula": ("with: {formula: value * population = count}\n", "", "1:1: missing key 'formula'"),
    "formula that is no text": ("value * population = count", "[a]", "7:17: 'formula' must be a text"),
    "persons and beds added": (
        "value * population = count",
        "value * population = count + population",
        "7:17: adds bed to resident for 'care-home-beds-density'",
    ),
    "sides of different units": (
        "value * population = count",
        "value * count = population",
        "7:17: the two sides differ: bed^2 * resident^-1 and resident for 'care-home-beds-density'",
    ),
    "unknown symbol": (
        "= count",
        "= count * x",
        "7:17: must use exactly the names count, population, value",
    ),
    "unused symbol": ("value * population", "population", "7:17: must use exactly the names count, population, value"),
    "sum of one amount": ("= count", "= sum(count)", "7:17: sum() must hold nothing here"),
    "division by zero": (
        "= count",
        "= count / 0",
        "7:17: cannot be solved for 'value' in exactly one way",
    ),
    "code": ("= count", "= __import__('os')", "7:17: '__import__('os')' may not stand in a formula"),
    "unknown placeholder": (
        "{name} differs",
        "{nome} differs",
        f"8:31: '{{nome}}' is no placeholder here; there are {PLACEHOLDERS}",
    ),
    "placeholder with a format": (
        "{value} near",
        "{value:.2f} near",
        f"9:43: '{{value:.2f}}' is no placeholder here; there are {PLACEHOLDERS}",
    ),
    "placeholder with a conversion": (
        "{value} near",
        "{value!r} near",
        f"9:43: '{{value!r}}' is no placeholder here; there are {PLACEHOLDERS}",
    ),
    "placeholder with an attribute": (
        "{name}不符",
        "{name.__class__}",
        f"8:15: '{{name.__class__}}' is no placeholder here; there are {PLACEHOLDERS}",
    ),
    "placeholder with an index": (
        "{name}不符",
        "{name[0]}",
        f"8:15: '{{name[0]}}' is no placeholder here; there are {PLACEHOLDERS}",
    ),
    "placeholder by number": (
        "{name}不符",
        "{0}",
        f"8:15: '{{0}}' is no placeholder here; there are {PLACEHOLDERS}",
    ),
    "placeholder without a name": (
        "{name}不符",
        "{}",
        f"8:15: '{{}}' is no placeholder here; there are {PLACEHOLDERS}",
    ),
    "open placeholder": ("{name}不符", "{name", "8:15: bad placeholder: expected '}' before end of string"),
    "missing variants": (
        'variants: {rounding: {zh: "{value}近", en: "{value} near"}}\n',
        "",
        "1:1: missing key 'rounding'",
    ),
    "unknown variant": (
        "variants: {rounding",
        "variants: {roundings: {}, rounding",
        "9:12: unknown key 'roundings'; did you mean 'rounding'?",
    ),
    "no valid example": (
        "  valid:\n    - note: 没有数字\n      plan: |\n        figures: []\n",
        "",
        "11:3: a rule without an example that is valid does not load",
    ),
    "no invalid example": (
        "  invalid:\n    - plan: |\n        figures: []  # expect\n",
        "",
        "11:3: a rule without an example that is invalid does not load",
    ),
    "examples of an unknown kind": ("  valid:", "  vaild:", "11:3: unknown key 'vaild'; did you mean 'valid'?"),
    "example without a plan": (
        "    - plan: |\n        figures: []  # expect\n",
        "    - {note: 乙}\n",
        "16:7: missing key 'plan'",
    ),
    "example with an unknown key": ("note: 没有数字", "nots: x", "12:7: unknown key 'nots'; did you mean 'note'?"),
    "example that is no mapping": (
        "    - plan: |\n        figures: []  # expect\n",
        "    - 5\n",
        "16:7: 'invalid' must be a list of mappings",
    ),
    "anchor": ("why: {", "why: &a {", "5:6: forbidden: what &, text &a"),
    "key given twice": ("why: {", "id: x\nwhy: {", "5:1: duplicate key: key id"),
    "broken YAML": (
        "en: ab}",
        "en: ab",
        "4:10: syntax: problem while parsing a flow mapping did not find expected ',' or '}'",
    ),
}


@pytest.mark.parametrize(("old", "new", "expected"), BAD.values(), ids=BAD)
def test_a_bad_rule_is_malformed_at_its_place(old, new, expected):
    """Whatever is wrong with a rule is found before any plan is read, with file, line and column."""
    assert GOOD.count(old) == 1

    with pytest.raises(Malformed) as caught:
        pages(GOOD.replace(old, new))

    assert str(caught.value) == f"{NAME}:{expected}"


@pytest.mark.parametrize("name", ["TEAM001.yaml", "TEAM001-beds-by-people-too.yaml", "a/TEAM001-beds-by-peoples.yml"])
def test_a_rule_file_bears_the_name_of_its_rule(name):
    """A file name that only begins like the rule is another name."""
    with pytest.raises(Malformed) as caught:
        pages(GOOD, name)

    assert str(caught.value) == f"{name}:1:5: the file must be named TEAM001-beds-by-people.yaml"


def test_an_id_given_twice_is_malformed():
    """Two rules cannot share an id, whatever their names and folders."""
    second = GOOD.replace("beds-by-people", "other")
    files = [(NAME, GOOD.encode()), ("b/TEAM001-other.yaml", second.encode())]

    with pytest.raises(Malformed) as caught:
        read_pages(files, RULESET.catalogue)

    assert str(caught.value) == f"b/TEAM001-other.yaml:1:1: 'TEAM001' is already the id of {NAME}"


SUM = (
    GOOD.replace("ask: identity", "ask: sum")
    .replace("rounding: {zh", "partial: {zh: x, en: x}, rounding: {zh")
    .replace("{value}", "{sum}")
)


@pytest.mark.parametrize(
    ("formula", "expected"),
    [
        ("whole = parts", "7:17: sum() must hold parts here"),
        ("sum(whole) = parts", "7:17: sum() must hold parts here"),
        ("sum(whole) = sum(parts)", "7:17: sum() must hold parts here"),
        ("whole = sum(parts) + parts", "7:17: a name stands both inside and outside sum()"),
        ("whole = sum(part)", "7:17: must use exactly the names parts, whole"),
    ],
)
def test_a_formula_uses_its_symbols_as_the_question_fills_them(formula, expected):
    """Many amounts can only be summed, and one amount cannot be: otherwise judging would fail later."""
    with pytest.raises(Malformed) as caught:
        pages(SUM.replace("value * population = count", formula))

    assert str(caught.value) == f"{NAME}:{expected}"


def test_a_formula_of_a_sum_may_be_written_in_any_order():
    """The parts may stand on the left, and the minus sign may do the work."""
    (page,) = pages(SUM.replace("value * population = count", "sum(parts) - whole = 0 * whole"))

    assert page.rule.options.formula.solutions == {"whole": ("sum", "parts")}


def test_a_reading_rule_may_show_what_its_fault_gives():
    """The placeholders of a reading rule are those of its fault."""
    text = GOOD.replace(
        "ask: identity\nwith: {formula: value * population = count}", "ask: reading\nwith: {fault: tab}"
    )
    text = "".join(line for line in text.splitlines(keepends=True) if not line.startswith("variants"))

    with pytest.raises(Malformed) as caught:
        pages(text)

    assert str(caught.value) == f"{NAME}:8:15: '{{name}}' is no placeholder here; there are none"


# -- folders of rules


def test_the_shipped_rules_come_first_and_sorted():
    """Catalogue files and rule files are told apart by their folder, and named as a user would."""
    catalogue_files, files = rule_files(())
    folder = Path(built_in_folder())

    assert [name for name, _ in files] == sorted(str(p) for p in folder.glob("*/PL*.yaml"))
    assert [name for name, _ in catalogue_files] == sorted(str(p) for p in folder.glob("catalogue/*.yaml"))


def test_a_team_folder_adds_rules_and_indicators(tmp_path):
    """A folder of a team's own may hold both, in any depth."""
    (tmp_path / "deep" / "catalogue").mkdir(parents=True)
    (tmp_path / "deep" / "catalogue" / "own.yaml").write_text(
        "catalogue: 1\nindicators:\n  - {key: team-kits, name: 家庭药箱数, unit: 套, kind: count, polarity: higher}\n",
        encoding="utf-8",
    )
    (tmp_path / Path(NAME).name).write_text(GOOD, encoding="utf-8")

    ruleset = compile_rules(*rule_files([tmp_path]))

    assert {r.id for r in ruleset.rules} - {r.id for r in RULESET.rules} == {"TEAM001"}
    assert ruleset.catalogue.find("家庭药箱数").indicator.key == "team-kits"


def test_a_catalogue_folder_above_does_not_make_rules_an_indicator(tmp_path):
    """Only folders below the one given are looked at: a checkout may lie in a folder named catalogue."""
    folder = tmp_path / "catalogue" / "rules"
    folder.mkdir(parents=True)
    (folder / Path(NAME).name).write_text(GOOD, encoding="utf-8")

    assert [Path(name).name for name, _ in rule_files([folder])[1]][-1] == Path(NAME).name


def test_a_rule_that_cannot_be_read_stops_the_run(tmp_path):
    """A broken link is no reason to judge with fewer rules."""
    (tmp_path / "TEAM001-x.yaml").symlink_to(tmp_path / "nowhere")

    with pytest.raises(UnreadableSource) as caught:
        rule_files([tmp_path])

    assert str(caught.value) == f"{tmp_path}/TEAM001-x.yaml: No such file or directory"


def test_a_missing_folder_stops_the_run(tmp_path):
    """A folder that is not there is not an empty one."""
    with pytest.raises(UnreadableSource) as caught:
        rule_files([tmp_path / "none"])

    assert str(caught.value) == f"{tmp_path}/none: No such file or directory"


# -- running examples


def failures(text, **kinds):
    """What running the examples of a shipped rule says when they are replaced."""
    page = next(p for p in PAGES if p.rule.id == "PL501")
    made = tuple(Example(kind, "", text_ or text, 7) for kind, text_ in kinds.items())
    changed = Page(page.rule, page.summary, page.why, made, "x.yaml")
    return [(f.file, f.line, f.rule, f.problem) for f in examples.run([changed], engine())]


WRONG_SUM = "claims:\n  - {sum: 医院, whole: 9 家, parts: [3 家, 4 家], at: 1}"


def test_an_example_that_is_not_reported_fails():
    """A marked line on which the rule is silent is named by its line in the example."""
    text = WRONG_SUM.replace("9 家", "7 家") + "  # expect\n"

    assert failures(text, invalid="") == [
        ("x.yaml", 7, "PL501", "invalid example: reports lines none, expected 2"),
    ]


def test_an_example_that_is_reported_without_a_mark_fails():
    """A rule that speaks in a valid example is wrong about it."""
    assert failures(WRONG_SUM, valid="") == [("x.yaml", 7, "PL501", "valid example: reports lines 2, expected none")]


def test_an_invalid_example_needs_a_mark():
    """An invalid example that marks nothing proves nothing."""
    assert failures("figures: []\n", invalid="") == [
        ("x.yaml", 7, "PL501", "invalid example: an invalid example marks no line with '# expect'"),
    ]


def test_an_undecided_example_needs_its_mark():
    """What cannot be decided must be said on the marked line."""
    undecided = "claims:\n  - {sum: 医院, whole: 9 家, parts: [3 家, 待定], at: 1}"

    assert failures(undecided, undecided=undecided + "  # undecided\n") == []
    assert failures(undecided, undecided=undecided) == [
        ("x.yaml", 7, "PL501", "undecided example: leaves open 2, expected none"),
    ]
    assert failures(undecided, undecided="figures: []\n") == [
        ("x.yaml", 7, "PL501", "undecided example: leaves open none, expected none"),
    ]


def test_an_example_that_cannot_be_read_fails():
    """A slip in an example is not taken for an example of silence."""
    assert failures("figures:\n  - {indicator: 婴儿死亡率}\n", valid="") == [
        ("x.yaml", 7, "PL501", "valid example: cannot be read: the figure lacks “value”"),
    ]


def test_an_example_is_completed_to_a_plan():
    """A part of a plan gets a head; a whole plan is left alone; lines are counted in the example."""
    part, before = examples.text_of(Example("valid", "", "figures: []\n", 1))
    whole = "planlint: 1\nplan: {}\n"

    assert part.splitlines()[before:] == ["figures: []"]
    assert "baseline: 2020" in part
    assert examples.text_of(Example("valid", "", whole, 1)) == (whole, 0)


def test_the_base_year_of_an_example_follows_its_baseline_column():
    """A table of 2019 belongs to a plan whose base year is 2019."""
    text, _ = examples.text_of(Example("valid", "", "tables:\n  - columns: {2019: baseline}\n", 1))

    assert "baseline: 2019}" in text
