"""Accepting a finding from an editor: the entry is refused until somebody says why, and then it counts."""

import pytest
from told import HEAD, engine

from planlint.api import Judge, Selection, decided
from planlint.findings import Tally
from planlint.lsp import draft, waiving
from planlint.spans import Span

PLAN = (
    HEAD
    + """\
claims:
  - {sum: 民营医院, whole: 44 家, parts: [29 家, 14 家], at: 191}
"""
)
JUDGE = Judge(remember=False)


def found(text):
    """What is to be said of a plan, its waivers minded."""
    outcome = JUDGE.judge("p.yaml", text.encode())
    return list(decided([outcome], None, lambda: JUDGE.engine, Selection(), Tally())[0])


def offered(text, span=None):
    """The title, and the text with the entry, of each offer."""
    read = draft.read(text, "p.yaml", engine())
    actions = waiving.offers(read, span or Span(0, len(text)), found(text), engine(), "zh")
    return [
        (one.title, text[: edit.span.start] + edit.text + text[edit.span.end :])
        for one in actions
        for edit in one.edits
    ]


@pytest.mark.parametrize("end", ["\n", ""])
def test_an_entry_counts_once_it_says_why(end):
    """As inserted it waives nothing and is a finding; with reason and name it waives what it was made for."""
    ((title, entered),) = offered(PLAN.rstrip("\n") + end)

    assert title == "PL501 附理由保留这条意见"
    assert entered.startswith(PLAN + "waivers:\n  - rule: PL501\n")
    assert sorted({(f.rule, f.waived) for f in found(entered)}) == [("PL015", None), ("PL501", None)]

    told = entered.replace('reason: ""', "reason: 含一家筹建中的医院").replace('by: ""', "by: 规划处")
    assert [(f.rule, f.waived) for f in found(told)] == [("PL501", "含一家筹建中的医院")]
    assert offered(told) == []


@pytest.mark.parametrize("margin", ["", "  ", "    "])
def test_an_entry_stands_beside_others(margin):
    """It goes before the first, as deep as that one."""
    before = f"waivers:\n{margin}- {{rule: PL101, values: {{a: b}}, reason: 已报批, by: 规划处}}\n"
    _, entered = offered(PLAN + before)[0]

    assert f"\n{margin}- rule: PL501\n{margin}  " in entered
    assert entered.endswith(before.splitlines(keepends=True)[1])
    assert [f.rule for f in found(entered) if f.rule in ("PL001", "PL016")] == []


def test_nothing_is_offered_where_it_cannot_stand():
    """Waivers in brackets, a plan in braces, a text that is no plan; a finding elsewhere; findings about waivers."""
    assert offered(PLAN + "waivers: [{rule: PL101, values: {a: b}, reason: 已报批, by: 规划处}]\n") == []
    assert offered("planlint: 1\nplan: {id: p}\n") == []
    assert offered(PLAN, Span(0, 3)) == []
