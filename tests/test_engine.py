"""The engine on a small catalogue and rules of its own, so that every message is known to the letter."""

import functools

import pytest

from planlint.engine import Engine
from planlint.findings import Finding, Mention, Origin, Severity, Text, Undecided, fingerprint
from planlint.questions.reading import FAULTS
from planlint.rules import compile_rules
from planlint.source import NotText, Place, Source

CATALOGUE = """\
catalogue: 1
indicators:
  - {key: deaths, name: {zh: 婴儿死亡率, en: Deaths}, kind: rate, unit: ‰, polarity: lower, typical: [0, 50]}
  - {key: life, name: {zh: 寿命, en: Life}, kind: duration, unit: 岁, polarity: higher, bounds: [30, 95]}
  - {key: hospitals, name: {zh: 医院数, en: Hospitals}, kind: count, unit: 家, polarity: none, whole: true}
"""
RULE = """\
id: {id}
name: {name}
severity: {severity}
summary: {{zh: 无, en: none}}
why: {{zh: 无, en: none}}
ask: {ask}
with: {{{options}}}
message: {{zh: "{zh}", en: "{en}"}}
{variants}
examples: {{valid: [{{plan: a}}], invalid: [{{plan: a}}]}}
"""
HEAD = """\
planlint: 1
plan: {id: p, title: t, region: 某县, period: 2021-2025, document: p.txt}
"""


def rule(id_, name, ask, options, zh, en, severity="error", variants=""):
    """The name and the bytes of a rule file."""
    text = RULE.format(id=id_, name=name, ask=ask, options=options, zh=zh, en=en, severity=severity, variants=variants)
    return f"{id_}-{name}.yaml", text.encode()


def fields(names):
    """A message that shows every placeholder."""
    return " ".join(f"{name}={{{name}}}" for name in sorted(names))


@functools.cache
def engine():
    """Three rules about figures, and one for every fault."""
    shown = fields({"name", "target", "target_year", "reached", "reached_year", "gap", "lower"})
    files = [
        rule("TEAM101", "worse", "direction", "against: baseline, when: worse", f"差 {shown}", f"worse {shown}"),
        rule(
            "TEAM401",
            "two-values",
            "agreement",
            "role: reported",
            "{name}有 {count} 个值：{values}",
            "{name} has {count} values, {values}",
            variants="variants: {rounding: {zh: '{name}略有出入：{values}', en: '{name} differs slightly, {values}'}}",
        ),
        rule("TEAM202", "scale", "unit", "check: scale", "{name}印作 {value}", "{name} is printed {value}", "warning"),
        *(
            rule(f"READ{n:03}", kind, "reading", f"fault: {kind}", f"读 {fields(shown)}", f"read {fields(shown)}")
            for n, (kind, shown) in enumerate(FAULTS.items())
        ),
    ]
    return Engine(compile_rules([("catalogue/all.yaml", CATALOGUE.encode())], files))


def judge(text):
    """What the engine says of the parts of a plan; their first line is line 3."""
    return engine().judge(Source("p.yaml", HEAD + text))


def said(outcome):
    """Rules and messages."""
    return [(finding.rule, finding.message) for finding in outcome.findings]


def test_a_finding_says_everything():
    """Rule, severity, plan, place, message in two languages, mentions, arithmetic and identity are all there."""
    outcome = judge(
        "figures:\n"
        "  - {indicator: 医院数, year: 2020, value: 43 家, at: 191, quote: 43 家医院}\n"
        "  - {indicator: 医院数, year: 2020, value: 34 家, at: [199, 201]}\n"
    )
    first = Mention(
        "hospitals.2020.actual",
        "医院数",
        "actual",
        2020,
        "43 家",
        Place("p.yaml", 4, 41),
        Origin("p.txt", (191,), "43 家医院"),
    )
    second = Mention(
        "hospitals.2020.actual~2",
        "医院数",
        "actual",
        2020,
        "34 家",
        Place("p.yaml", 5, 41),
        Origin("p.txt", (199, 201), ""),
    )

    assert (outcome.file, outcome.plan, outcome.figures, outcome.undecided) == ("p.yaml", "p", 2, [])
    assert outcome.findings == [
        Finding(
            "TEAM401",
            "two-values",
            Severity.ERROR,
            "p",
            Place("p.yaml", 4, 41),
            Text("医院数有 2 个值：43 家、34 家", "医院数 has 2 values, 43 家 and 34 家"),
            (first, second),
            (Text("数得清的东西没有四舍五入，不同就是不同", "what is counted is not rounded: different is different"),),
            fingerprint("TEAM401", "p", ["hospitals.2020.actual", "hospitals.2020.actual~2"]),
            None,
        )
    ]


def test_words_of_a_message_speak_its_language():
    """A placeholder that is a word is filled in the language of the message."""
    outcome = judge(
        "tables:\n"
        "  - id: t\n"
        "    columns: {2020: baseline, 2025: target}\n"
        "    rows:\n"
        "      - {indicator: 寿命, unit: 岁, 2020: 78.4, 2025: ≥77, at: 3}\n"
    )
    shown = "name=寿命 reached=78.4 岁 reached_year=2020 target=≥77 岁 target_year=2025"

    assert said(outcome) == [
        ("TEAM101", Text(f"差 gap=1.4 岁 lower=低 {shown}", f"worse gap=1.4 岁 lower=lower {shown}"))
    ]


def test_what_rounding_explains_is_an_info():
    """The rounding variant of a rule is never louder than an info."""
    outcome = judge(
        "figures:\n"
        "  - {indicator: 婴儿死亡率, year: 2020, value: 3.5‰, at: 1}\n"
        "  - {indicator: 婴儿死亡率, year: 2020, value: 3.59‰, at: 2}\n"
    )

    assert said(outcome) == [
        ("TEAM401", Text("婴儿死亡率略有出入：3.5‰、3.59‰", "婴儿死亡率 differs slightly, 3.5‰ and 3.59‰"))
    ]
    assert [finding.severity for finding in outcome.findings] == [Severity.INFO]


def test_rejected_figures_are_not_used_again():
    """A figure in a wrong scale is reported for that alone, whatever else it contradicts."""
    outcome = judge(
        "figures:\n"
        "  - {indicator: 婴儿死亡率, year: 2020, value: 9.9%, at: 1}\n"
        "  - {indicator: 婴儿死亡率, year: 2020, value: 3.59‰, at: 2}\n"
    )

    assert said(outcome) == [("TEAM202", Text("婴儿死亡率印作 9.9%", "婴儿死亡率 is printed 9.9%"))]
    assert [finding.severity for finding in outcome.findings] == [Severity.WARNING]


def test_open_questions_name_what_is_missing():
    """Without a baseline nothing can be said of a target, and that is said."""
    outcome = judge("figures:\n  - {indicator: 寿命, year: 2025, value: ≥77, at: 3}\n")

    assert outcome.findings == []
    assert outcome.undecided == [
        Undecided("TEAM101", Place("p.yaml", 4, 40), Text("没有印出基期值", "no baseline is printed"), (4,))
    ]


def test_the_rest_of_a_broken_plan_is_judged():
    """An entry that cannot be read is one finding; the others are read and compared."""
    outcome = judge(
        "figures:\n"
        "  - {indicator: 医院数, year: 2020, value: 43 家, at: 1}\n"
        "  - {indicator: 医院数, year: 2020, value: '1,5 家', at: 2}\n"
        "  - {indicator: 医院数, year: 2020, value: 34 家, at: 3}\n"
    )

    assert [(finding.rule[:4], finding.message.en) for finding in outcome.findings] == [
        ("READ", "read reason=the comma separates no thousands text=1,5 家"),
        ("TEAM", "医院数 has 2 values, 43 家 and 34 家"),
    ]


def test_what_cannot_be_read_is_cited():
    """A fault has a place, a mention and an identity like any other finding."""
    (finding,) = judge("figures:\n  - {indicator: 医院数, valeu: 3 家, value: 3 家, at: 2}\n").findings
    place = Place("p.yaml", 4, 22)
    message = "key=valeu near={} where={}"

    assert finding == Finding(
        f"READ{list(FAULTS).index('unknown-key'):03}",
        "unknown-key",
        Severity.ERROR,
        "p",
        place,
        Text(
            "读 " + message.format("；是不是“value”？", "数字条目"),
            "read " + message.format("; did you mean “value”?", "the figure"),
        ),
        (Mention("unknown-key", "", "unread", None, "valeu", place, Origin("", (), "")),),
        (),
        fingerprint(finding.rule, "p", ["unknown-key", "key=valeu", "near=value", "where=figure"]),
    )


@pytest.mark.parametrize(
    ("text", "zh", "en"),
    [
        (
            "figures: 3\n",
            "expected=一个列表 found=一段文字 where=figures",
            "expected=a list found=a text where=figures",
        ),
        (
            "figures: [3 家]\n",
            "expected=一组“栏名: 内容” found=一段文字 where=数字条目",
            "expected=a mapping found=a text where=the figure",
        ),
        (
            "figures: [{indicator: 寿命, value: 3 岁, xyz: 1}]\n",
            "key=xyz near= where=数字条目",
            "key=xyz near= where=the figure",
        ),
        (
            "tables: [{id: 表1, columns: {[a]: target, 2025: target}, rows: []}]\n",
            "expected=一个栏名 found=一个列表 where=columns",
            "expected=a plain key found=a list where=columns",
        ),
        ("figures: [{value: 3 岁}]\n", "key=indicator where=数字条目", "key=indicator where=the figure"),
        (
            "figures: [{indicator: 医院数, value: '1,5'}]\n",
            "reason=逗号不是千位分隔 text=1,5",
            "reason=the comma separates no thousands text=1,5",
        ),
    ],
)
def test_faults_are_said_in_two_languages(text, zh, en):
    """The reader's own words are translated."""
    assert [finding.message for finding in judge(text).findings] == [Text(f"读 {zh}", f"read {en}")]


@pytest.mark.parametrize("word", ["text", "list", "mapping", "nothing"])
def test_the_words_of_a_plan_are_not_translated(word):
    """A role that happens to be called as planlint calls a shape is quoted as it stands."""
    allowed = "actual, baseline, target, assigned, reference"
    (finding,) = judge(f"figures: [{{indicator: 寿命, value: 77 岁, role: {word}}}]\n").findings

    assert finding.message.zh == f"读 allowed={allowed} found={word} key=role"


def test_braces_of_a_plan_are_text():
    """What a plan prints never fills a placeholder."""
    (finding,) = judge("figures: [{indicator: '{key}{0}', value: 77 岁}]\n").findings

    assert finding.message.en == "read name={key}{0} near="


def test_a_file_without_a_plan_is_known_by_its_name():
    """A finding about a file that states no plan carries the file's name instead of an id."""
    outcome = engine().judge(Source("folder/p.yaml", "planlint: 2\n"))

    assert (outcome.plan, outcome.figures, outcome.undecided) == ("", 0, [])
    assert [(f.plan, f.message.en) for f in outcome.findings] == [("folder/p.yaml", "read found=2")]


@pytest.mark.parametrize(
    ("problem", "en"),
    [
        (NotText("control-character", 7, "U+0007"), "read detail=U+0007 reason=the file holds a control character"),
        (NotText("gb18030", 3), "read detail= reason=the file is GBK/GB18030; save it as UTF-8"),
        (NotText("utf-16"), "read detail= reason=the file is UTF-16; save it as UTF-8"),
        (NotText("not-utf-8", 2), "read detail= reason=the file is not UTF-8"),
        (NotText("too-large"), "read detail= reason=the file is larger than 16 MB"),
    ],
)
def test_bytes_that_are_no_text_are_a_finding(problem, en):
    """A drafter learns how to save the file."""
    outcome = engine().refuse("p.yaml", problem)

    assert [(f.place, f.message.en) for f in outcome.findings] == [(Place("p.yaml", problem.line, 1), en)]
    assert "读 detail=" in outcome.findings[0].message.zh
    assert outcome.findings[0].message.zh.isascii() is False


def test_every_reason_has_words():
    """Whatever makes bytes no text is said in both languages."""
    for reason in NotText.REASONS:
        (finding,) = engine().refuse("p.yaml", NotText(reason)).findings

        assert f"reason={reason}" not in finding.message.en + finding.message.zh


def test_one_engine_serves_many_plans():
    """Nothing of one plan is left when the next is judged."""
    text = "figures: [{indicator: 医院数, year: 2020, value: 43 家}, {indicator: 医院数, year: 2020, value: 34 家}]\n"
    first = judge(text)
    judge(text.replace("医院数", "寿命").replace("家", "岁"))

    assert judge(text) == first


def test_a_version_that_is_blank_is_said_to_be_blank():
    """What is quoted of a plan file is never an empty pair of quotes."""
    text = 'planlint: ""\nplan: {id: p, title: t, region: 某县, period: 2021-2025, document: p.txt}\n'
    (finding,) = engine().judge(Source("p.yaml", text)).findings

    assert (finding.name, finding.message) == ("version", Text("读 found=空白", "read found=nothing"))
