"""Changes on offer: each is applied, and the fault is gone."""

import pytest
from told import HEAD, engine

from planlint.lsp import actions, draft
from planlint.source import Source
from planlint.spans import Span


def offered(text, lang="zh"):
    """Rule, title, whether it is safe, and the text after each change on offer."""
    whole = Span(0, len(text))
    return [(one.rule, one.title, one.is_safe, applied(text, one.edits)) for one in asked(text, whole, lang)]


def asked(text, span, lang):
    """What is offered for a part of a text."""
    found = draft.read(text, "p.yaml", engine())
    findings = engine().judge(Source("p.yaml", text.removeprefix("\ufeff"))).findings
    return actions.offers(found, span, findings, engine().readers, lang)


def applied(text, edits):
    """A text with all edits of a change made."""
    for edit in sorted(edits, key=lambda edit: edit.span, reverse=True):
        text = text[: edit.span.start] + edit.text + text[edit.span.end :]
    return text


FIGURE = HEAD + "figures:\n  - {indicator: 婴儿死亡率, year: 2020, value: 3.5‰, at: 1}\n"


@pytest.mark.parametrize(
    ("right", "wrong", "rule", "title", "safe"),
    [
        ("value:", "valeu:", "PL016", "栏名应是 value", False),
        ("indicator: 婴儿死亡率", "indicator: 婴儿死亡律", "PL027", "改为“婴儿死亡率”", False),
        ('value: ">3.5‰"', "value: >3.5‰", "PL004", '改为 ">3.5‰"（以“>”“%”“@”开头的内容要加引号）', True),
        ('unit: "%"', "unit: %", "PL005", '改为 "%"（以“>”“%”“@”开头的内容要加引号）', True),
    ],
)
def test_a_change_makes_it_right(right, wrong, rule, title, safe):
    """The change replaces the word that is wrong, or the value without its quotes, and nothing else."""
    if right.startswith("unit"):
        text = FIGURE.replace("at: 1", f"at: 1, {right}")
    else:
        text = FIGURE.replace("value: 3.5‰", right) if ">" in right else FIGURE
    assert right in text

    assert offered(text.replace(right, wrong)) == [(rule, title, safe, text)]


def test_a_unit_is_changed_within_its_amount():
    """Only the unit is replaced, not the number before it."""
    text = HEAD + "figures:\n  - {indicator: 医疗卫生机构床位数, year: 2020, value: 3 张帐, at: 1}\n"
    found = draft.read(text, "p.yaml", engine())
    near = dict(found.faults[0].shown)["near"]

    assert found.faults[0].kind == "unknown-unit"
    assert [fixed for *_, fixed in offered(text)] == ([text.replace("张帐", near)] if near else [])


def test_a_bound_on_a_row_of_its_own():
    """Outside of braces the value ends with the line, a comment left out."""
    text = HEAD + "figures:\n  - indicator: 婴儿死亡率\n    value: >3.5‰, 约  # a\n"

    assert [fixed for *_, fixed in offered(text)] == [text.replace(">3.5‰, 约", '">3.5‰, 约"')]


def test_silence():
    """A sound plan, a block of text, and a value with quotes in it are left alone."""
    assert offered(FIGURE) == []
    assert offered(HEAD + "figures:\n  - indicator: 婴儿死亡率\n    value: >\n      3.5‰\n") == []
    assert offered(FIGURE.replace("3.5‰", '>3 "a"')) == []


def test_only_what_is_asked_about():
    """An editor asks about the line of the cursor."""
    assert asked(FIGURE.replace("value:", "valeu:"), Span(0, 3), "en") == []


def test_several_faults_of_a_line_are_one_change():
    """One mistake hides the next; behind a byte order mark, too."""
    text = "\ufeff" + FIGURE.replace("year: 2020, value: 3.5‰", "year：2020，value: >3.5‰")

    assert offered(text)[0][2:] == (True, "\ufeff" + FIGURE.replace("3.5‰", '">3.5‰"'))
