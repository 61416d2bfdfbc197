"""Reports: what is laid out, what reaches a terminal, and what a stranger's plan cannot do to either."""

import functools
import io
import json
import re
from pathlib import Path

import pytest
from rich.cells import cell_len

from planlint import cache
from planlint.api import Report, check
from planlint.engine import Engine, Undecided
from planlint.examples import Failure, run
from planlint.findings import Finding, Mention, Origin, Severity, Tally, Text
from planlint.report import concise, machine, manual, terminal, words
from planlint.report.terminal import breaks
from planlint.report.text import Line, layout, plain
from planlint.rules import read_pages, rule_files
from planlint.source import Place, Source

ROOT = Path(__file__).parent.parent
PLANS = sorted((ROOT / "plans").glob("*.yaml"))
HEAD = "planlint: 1\nplan: {id: p, title: t, region: 某县, period: 2021-2025, document: %s}\n"
CONTROLS = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\u200b\u202a-\u202e\u2028\u2029\u2066-\u2069]")
HOSTILE = {
    "escape": r"\e[31m",
    "override": r"\u202e",
    "c1": r"\x9b31m",
    "link": r"\e]8;;http://example.org\a",
    "bell": r"\a",
    "return": r"\r",
    "separator": r"\u2028",
    "break": r"\n",
}


def mention(line=3, text="3.52‰", lines=(21,), quote="", document="p.txt"):
    """A mention of a figure."""
    place = Place("plans/p.yaml", line, 5)
    return Mention("id", "婴儿死亡率", "actual", 2020, text, place, Origin(document, lines, quote))


def finding(severity=Severity.ERROR, mentions=(mention(),), steps=(), file="plans/p.yaml"):
    """A finding with the given parts."""
    place = Place(file, mentions[0].place.line, 5)
    return Finding("PL101", "worse", severity, "p", place, Text("错了", "wrong"), mentions, steps, "f" * 16)


def report(*findings, undecided=(), **tally):
    """A report of findings."""
    counts = {severity: sum(f.severity is severity for f in findings) for severity in Severity}
    return Report(findings, tuple(undecided), Tally(severities=counts, **tally), ())


def on_terminal(lines, width=80):
    """What a terminal of a width shows."""
    stream = io.StringIO()
    terminal.show(lines, stream, width=width)
    return stream.getvalue()


def dense(text):
    """A text without the breaks and blanks that laying out adds."""
    return re.sub(r"\s", "", text)


@functools.cache
def report_of(path):
    """The report of a plan of the collection."""
    return check(Source(f"plans/{path.name}", path.read_text(encoding="utf-8")))


def hostile(part):
    """The report of a plan whose texts all carry a piece of text, as YAML writes it between double quotes."""
    document = f'"p{part}.txt"'
    return check(
        Source(
            "p.yaml",
            HEAD % document
            + f"""\
figures:
  - {{indicator: "民营医院数", scope: "甲{part}乙", year: 2020, value: 43 家, at: 1, quote: "四{part}三"}}
  - {{indicator: 民营医院数, scope: "甲{part}乙", year: 2020, value: 34 家, at: 2, note: "注{part}"}}
  - {{indicator: "不知{part}何物", year: 2020, value: 34 家, at: 3}}
  - {{indicator: 民营医院数, year: 2020, value: "3{part}4 家", at: 4}}
  - {{indicator: 民营医院数, year: "20{part}20", value: 34 家, at: 5, "键{part}": 1}}
claims:
  - {{sum: "合{part}计", whole: 5 家, parts: [1 家, 2 家], at: 6}}
  - {{sum: 合计, whole: "甲{part}", parts: [1 家, 2 家], at: 7}}
""",
        )
    )


@pytest.mark.parametrize("width", [80, 40])
@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("path", PLANS, ids=lambda path: path.stem)
def test_lines_fit_the_terminal(path, lang, width):
    """No line is wider than the terminal, Chinese characters counted as two columns, and nothing is lost."""
    shown = on_terminal(layout(report_of(path), lang, verbose=True), width)

    assert max(cell_len(line) for line in shown.splitlines()) <= width
    assert dense(shown) == dense(plain(layout(report_of(path), lang, verbose=True)))


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("path", PLANS, ids=lambda path: path.stem)
def test_piped_text_is_the_layout_without_styles(path, lang):
    """A pipe gets the same pieces as a terminal, each line indented as laid out."""
    lines = list(layout(report_of(path), lang))
    expected = [" " * line.indent + "".join(piece for piece, _ in line.pieces) for line in lines]

    assert plain(iter(lines)) == "".join(line.rstrip() + "\n" for line in expected)


def test_long_chinese_text_hangs():
    """A message without a single blank is folded, and its further lines stand two columns deeper."""
    lines = [Line(2, (("错误", "bold red"), (" PL101 ", "bold"), ("数" * 60, "")))]
    shown = on_terminal(lines).splitlines()

    assert shown == ["  错误 PL101 " + "数" * 33, "    " + "数" * 27]


def test_no_line_begins_with_a_closing_mark():
    """A line is broken before the character that a closing mark belongs to, and after no opening mark."""
    assert breaks("一二三四，五六七八", 8, 8) == [3, 7]
    assert breaks("一二三（四五）六", 8, 8) == [3, 7]
    assert breaks("one two three", 8, 8) == [8]
    assert breaks("x" * 20, 8, 8) == [8, 16]


@pytest.mark.parametrize(
    "markup", ["[red]", "[/]", "[bold]x[/bold]", ":100:", ":warning:", "[link=http://example.org]x"]
)
def test_what_looks_like_markup_is_text(markup):
    """Square brackets and colons of a plan are shown as they are."""
    found = hostile(markup)
    shown = on_terminal(layout(found, "zh"), 200)

    assert dense(shown) == dense(plain(layout(found, "zh")))
    assert f"不知{markup}何物" in shown
    assert f"不知{markup}何物" in concise.lines(found, "zh")


@pytest.mark.parametrize("part", HOSTILE.values(), ids=HOSTILE)
def test_control_characters_of_a_plan_are_escaped(part):
    """Nothing in a plan reaches a terminal as a control sequence, in any format that people read."""
    found = hostile(part)
    everything = [
        plain(layout(found, "zh", verbose=True)),
        on_terminal(layout(found, "en", verbose=True)),
        on_terminal(layout(found, "zh", quiet=True)),
        concise.lines(found, "zh"),
        concise.lines(found, "en"),
    ]

    assert len(found.findings) >= 6
    assert [CONTROLS.findall(text) for text in everything] == [[]] * 5
    assert all("\\u{" in text for text in everything)


@pytest.mark.parametrize("part", HOSTILE.values(), ids=HOSTILE)
def test_concise_has_one_line_a_finding(part):
    """A line break in a plan makes no line of its own, so nobody can forge a finding."""
    found = hostile(part)

    assert len(concise.lines(found, "zh").splitlines()) == len(found.findings)


def test_json_keeps_what_a_plan_says():
    """Programs get the characters themselves, escaped as JSON."""
    found = json.loads(machine.document(hostile(HOSTILE["escape"]), "zh"))
    quotes = {figure["source"]["quote"] for item in found["findings"] for figure in item["figures"]}

    assert "四\x1b[31m三" in quotes


def test_colours_appear_only_where_asked_for(monkeypatch):
    """Without a terminal rich adds nothing to the text."""
    monkeypatch.delenv("FORCE_COLOR", raising=False)

    assert on_terminal([Line(0, (("错误", "bold red"), (" x", "")))]) == "错误 x\n"


def test_text_report_of_findings():
    """Grouped by file, each finding with its places, what is said there, and the arithmetic."""
    second = mention(4, "4‰", (30, 31), "不超过4‰")
    found = report(
        finding(mentions=(mention(), second), steps=(Text("四大于三", "4 > 3"),)),
        finding(Severity.INFO, (mention(9, document=""),)),
        finding(Severity.WARNING, file="plans/q.yaml"),
        plans=2,
        figures=3,
        rules=4,
    )

    assert plain(layout(found, "zh")).splitlines() == [
        "plans/p.yaml",
        "",
        "  错误 PL101 错了",
        "    plans/p.yaml:3:5  p.txt 第 21 行  3.52‰",
        "    plans/p.yaml:4:5  p.txt 第 30–31 行  4‰（“不超过4‰”）",
        "      → 四大于三",
        "",
        "  提示 PL101 错了",
        "    plans/p.yaml:9:5",
        "",
        "plans/q.yaml",
        "",
        "  警告 PL101 错了",
        "    plans/p.yaml:3:5  p.txt 第 21 行  3.52‰",
        "",
        "2 份规划，3 个数字，4 条规则：错误 1，警告 1，提示 1；0 处因未印出有关数字而无法判断",
    ]
    assert plain(layout(found, "en")).splitlines()[2:6] == [
        "  error PL101 wrong",
        "    plans/p.yaml:3:5  p.txt line 21  3.52‰",
        "    plans/p.yaml:4:5  p.txt lines 30–31  4‰（“不超过4‰”）",
        "      → 4 > 3",
    ]


def test_quiet_text_is_one_line_a_finding():
    """Places, arithmetic and infos are left out."""
    found = report(finding(steps=(Text("四大于三", "4 > 3"),)), finding(Severity.INFO), plans=1)

    assert plain(layout(found, "en", quiet=True)).splitlines()[:-1] == ["plans/p.yaml", "  error PL101 wrong", ""]


def test_verbose_text_lists_open_questions():
    """What cannot be decided is said with its place and what is missing."""
    question = Undecided("PL101", Place("plans/p.yaml", 7, 3), Text("没有印出基期值", "no baseline is printed"), (7,))
    found = report(undecided=[question], plans=1)

    assert plain(layout(found, "zh")).splitlines()[:-1] == []
    assert plain(layout(found, "zh", verbose=True)).splitlines()[:-1] == [
        "  plans/p.yaml:7:3 PL101 无法判断：没有印出基期值",
        "",
    ]
    assert plain(layout(found, "en", verbose=True)).splitlines()[:-1] == [
        "  plans/p.yaml:7:3 PL101 cannot be decided: no baseline is printed",
        "",
    ]


@pytest.mark.parametrize(
    ("lines", "zh", "en"),
    [
        ((), "p.txt", "p.txt"),
        ((209,), "p.txt 第 209 行", "p.txt line 209"),
        ((209, 210), "p.txt 第 209–210 行", "p.txt lines 209–210"),
        ((209, 210, 211), "p.txt 第 209–211 行", "p.txt lines 209–211"),
        ((209, 300, 540), "p.txt 第 209, 300, 540 行", "p.txt lines 209, 300, 540"),
    ],
)
def test_origins(lines, zh, en):
    """A place in the document is the file and its lines."""
    found = mention(lines=lines)

    assert (words.origin(found, "zh"), words.origin(found, "en")) == (zh, en)


@pytest.mark.parametrize(
    ("text", "quote", "shown"),
    [
        ("10.15 人", "", "10.15 人"),
        ("10.15 人", "10.15人", "10.15 人"),
        ("10.15 人", "达到10.15人", "10.15 人（“达到10.15人”）"),
    ],
)
def test_quotes_are_shown_where_they_say_more(text, quote, shown):
    """A quote that is the amount itself is not said twice."""
    assert words.shown(mention(text=text, quote=quote)) == shown


@pytest.mark.parametrize(
    ("plans", "en"),
    [
        (1, "1 plan, 2 figures, 3 rules: 1 error, 0 warnings, 0 infos; "),
        (2, "2 plans, 2 figures, 3 rules: 1 error, 0 warnings, 0 infos; "),
    ],
)
def test_summary(plans, en):
    """The closing line counts what was read and what was found."""
    found = report(finding(), plans=plans, figures=2, rules=3)

    assert words.summary(found, "en") == en + "0 questions cannot be decided for want of a printed figure"


def test_concise_lines():
    """`file:line:column: severity RULE message`, in English words for programs and the message in the language."""
    found = report(finding(), finding(Severity.WARNING))

    assert concise.lines(found, "zh") == ("plans/p.yaml:3:5: error PL101 错了\nplans/p.yaml:3:5: warning PL101 错了\n")
    assert concise.lines(report(), "zh") == ""


def test_json_report():
    """The contract, key by key and in order."""
    found = report(finding(steps=(Text("四大于三", "4 > 3"),)), plans=1, figures=2, rules=3, waived=0)
    figure = {
        "id": "id",
        "indicator": "婴儿死亡率",
        "role": "actual",
        "year": 2020,
        "text": "3.52‰",
        "place": {"file": "plans/p.yaml", "line": 3, "column": 5},
        "source": {"document": "p.txt", "lines": [21], "quote": ""},
    }
    document = {
        "version": 1,
        "planlint": json.loads(machine.document(report(), "en"))["planlint"],
        "findings": [
            {
                "rule": "PL101",
                "name": "worse",
                "severity": "error",
                "plan": "p",
                "message": "wrong",
                "fingerprint": "f" * 16,
                "waived": None,
                "steps": ["4 > 3"],
                "figures": [figure],
            }
        ],
        "summary": {
            "plans": 1,
            "figures": 2,
            "rules": 3,
            "error": 1,
            "warning": 0,
            "info": 0,
            "waived": 0,
            "undecided": 0,
        },
    }

    assert machine.document(found, "en") == json.dumps(document, ensure_ascii=False, indent=1) + "\n"
    assert json.loads(machine.document(found, "zh"))["findings"][0]["message"] == "错了"


@functools.cache
def pages():
    """The pages of the built-in rules and an engine for their examples."""
    ruleset = cache.load()
    return read_pages(rule_files([])[1], ruleset.catalogue), Engine(ruleset)


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_every_rule_has_a_manual_page(lang):
    """A page names the rule, says why it exists, and shows each example with what is said of it."""
    found, engine = pages()
    for page in found:
        rendered = manual.render(page, engine, lang)

        assert rendered.startswith(f"# {page.rule.id} {page.rule.name}\n\n{page.summary.say(lang)} · ")
        assert rendered.count("```yaml\n") == len(page.examples)
        assert page.why.say(lang).split("\n")[0] in rendered
        assert CONTROLS.search(rendered) is None


def test_a_manual_page_shows_the_messages():
    """The reports under an example are the ones that the rule gives."""
    found, engine = pages()
    page = next(page for page in found if page.rule.id == "PL101")
    rendered = manual.render(page, engine, "en")

    assert rendered.count("\n> error PL101 ") + rendered.count("\n> warning PL101 ") >= 3
    assert "\n## Says nothing\n" in rendered
    assert "\n> no baseline is printed\n" in rendered


def test_the_examples_of_all_rules_run():
    """A rule speaks on the marked lines of its own examples and nowhere else."""
    found, engine = pages()
    failures: list[Failure] = list(run(found, engine))

    assert failures == []


def test_progress_moves():
    """The bar takes the number of plans done and of all plans; its label is no markup."""
    stream = io.StringIO()
    with terminal.progress(stream, "planlint [red]") as told:
        told(1, 2)
        told(2, 2)

    assert re.sub(r"\s+", " ", re.sub("[━╸╺]", "", stream.getvalue())).strip() in ("", "planlint [red] 2/2")


@pytest.mark.parametrize(
    ("found", "zh", "en"),
    [
        ((), "", ""),
        ((209,), "第 209 行", "line 209"),
        ((12, 13, 14), "第 12–14 行", "lines 12–14"),
        ((7, 9), "第 7, 9 行", "lines 7, 9"),
        ((7, 9, 10, 11, 40, 41), "第 7, 9–11, 40–41 行", "lines 7, 9–11, 40–41"),
    ],
)
def test_lines_of_the_document_are_said_in_runs(found, zh, en):
    """Many lines that a list was gathered from can still be read."""
    assert (words.lines_of(found, "zh"), words.lines_of(found, "en")) == (zh, en)
