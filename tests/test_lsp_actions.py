"""Changes on offer: each is applied, and the fault is gone."""

import pytest
from told import HEAD, engine

from planlint.lsp import actions, draft
from planlint.lsp.draft import Span


def offered(text, lang="zh"):
    """Rule, title, and the text after each change on offer."""
    found = draft.read(text, "p.yaml", engine())
    whole = Span(0, len(text))
    return [
        (one.rule, one.title, text[: one.span.start] + one.text + text[one.span.end :])
        for one in actions.fixes(found, whole, engine().readers, lang)
    ]


FIGURE = HEAD + "figures:\n  - {indicator: 婴儿死亡率, year: 2020, value: 3.5‰, at: 1}\n"


@pytest.mark.parametrize(
    ("right", "wrong", "rule", "title"),
    [
        ("value:", "valeu:", "PL016", "改为“value”"),
        ("indicator: 婴儿死亡率", "indicator: 婴儿死亡率吧", "PL027", "改为“婴儿死亡率”"),
        ('value: ">3.5‰"', "value: >3.5‰", "PL004", '加上引号：">3.5‰"'),
        ('unit: "%"', "unit: %", "PL005", '加上引号："%"'),
    ],
)
def test_a_change_makes_it_right(right, wrong, rule, title):
    """The change replaces the word that is wrong, or the value without its quotes, and nothing else."""
    if right.startswith("unit"):
        text = FIGURE.replace("at: 1", f"at: 1, {right}")
    else:
        text = FIGURE.replace("value: 3.5‰", right) if ">" in right else FIGURE
    assert right in text

    assert offered(text.replace(right, wrong)) == [(rule, title, text)]


def test_a_unit_is_changed_within_its_amount():
    """Only the unit is replaced, not the number before it."""
    text = HEAD + "figures:\n  - {indicator: 医疗卫生机构床位数, year: 2020, value: 3 张帐, at: 1}\n"
    found = draft.read(text, "p.yaml", engine())
    near = dict(found.faults[0].shown)["near"]

    assert found.faults[0].kind == "unknown-unit"
    assert [fixed for _, _, fixed in offered(text)] == ([text.replace("张帐", near)] if near else [])


def test_a_bound_on_a_row_of_its_own():
    """Outside of braces the value ends with the line, a comment left out."""
    text = HEAD + "figures:\n  - indicator: 婴儿死亡率\n    value: >3.5‰, 约  # a\n"

    assert [fixed for _, _, fixed in offered(text)] == [text.replace(">3.5‰, 约", '">3.5‰, 约"')]


def test_silence():
    """A sound plan, a block of text, and a value with quotes in it are left alone."""
    assert offered(FIGURE) == []
    assert offered(HEAD + "figures:\n  - indicator: 婴儿死亡率\n    value: >\n      3.5‰\n") == []
    assert offered(FIGURE.replace("3.5‰", '>3 "a"')) == []


def test_only_what_is_asked_about():
    """An editor asks about the line of the cursor."""
    text = FIGURE.replace("value:", "valeu:")
    found = draft.read(text, "p.yaml", engine())

    assert actions.fixes(found, Span(0, 3), engine().readers, "en") == []
