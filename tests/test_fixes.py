"""Fixes: what is offered, what is made, and laws: sound, idempotent, nothing else touched."""

import functools
import re

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from planlint import cache, check, fixes, plan, tree
from planlint.amounts import NotAnAmount, Rounding, parse
from planlint.engine import Engine
from planlint.facts import derive
from planlint.findings import in_order
from planlint.fixes import Fix, apply
from planlint.fixing import fix
from planlint.source import Source
from planlint.spelling import one_slip
from planlint.units import UnknownUnit

HEAD = "planlint: 1\nplan: {id: p, title: t, region: 某县, period: 2021-2025, document: p.txt}\n"
ROW = "tables:\n  - id: 表1\n    columns: {2020: baseline, 2025: target}\n    rows:\n      - "
FIGURE = "figures:\n  - "


@functools.cache
def engine():
    """The built-in rules, compiled once."""
    return Engine(cache.load())


def fixed(parts, *, unsafe=False):
    """The parts of a plan after fixing, and why."""
    found = fix(Source("p.yaml", HEAD + parts), engine(), lambda _: None, unsafe=unsafe)
    assert found.text.startswith(HEAD)
    return found.text[len(HEAD) :], [made.why.en for made in found.fixes]


def facts(parts):
    faults = []
    stated = plan.read(tree.parse(HEAD + parts, "p.yaml")[0], "p.yaml", faults)
    return derive(stated, engine().lookups, faults)


def findings(text):
    return in_order(engine().judge(Source("p.yaml", text)).findings)


def report(text):
    return check(Source("p.yaml", text)).findings


BARE = "a value that begins with >, % or @ takes quotes"
MARKS = "YAML's marks are half-width"
WIDTH = "digits and signs in half width; the value stays"

SAFE = [
    # Values that YAML cannot read without quotes.
    (
        ROW + "{indicator: 产前筛查率, unit: %, 2020: 80, 2025: >85}  # note\n",
        ROW + '{indicator: 产前筛查率, unit: "%", 2020: 80, 2025: ">85"}  # note\n',
        [BARE, BARE],
    ),
    (
        FIGURE + "indicator: 婴儿死亡率\n    value: > 4‰ # note\n    year: 2020\n",
        FIGURE + 'indicator: 婴儿死亡率\n    value: "> 4‰" # note\n    year: 2020\n',
        [BARE],
    ),
    (
        FIGURE + "{indicator: 婴儿死亡率, year: 2020,\n     value: >=4‰,\n     at: 3}\n",
        FIGURE + '{indicator: 婴儿死亡率, year: 2020,\n     value: ">=4‰",\n     at: 3}\n',
        [BARE],
    ),
    (
        FIGURE + "indicator: 民营医院数\n    value: -\n    year: 2020\n",
        FIGURE + 'indicator: 民营医院数\n    value: "-"\n    year: 2020\n',
        ["- for “not printed” takes quotes"],
    ),
    (
        FIGURE + "{indicator: 婴儿死亡率, year: 2020, value: 3‰, note: @注, at: 3}\n",
        FIGURE + '{indicator: 婴儿死亡率, year: 2020, value: 3‰, note: "@注", at: 3}\n',
        [BARE],
    ),
    # Marks of YAML in full width, where only a key can stand.
    (
        FIGURE + "{indicator：婴儿死亡率，year：2020，value: 1‰, note: '甲：乙', at: 3}\n",
        FIGURE + "{indicator: 婴儿死亡率, year: 2020, value: 1‰, note: '甲：乙', at: 3}\n",
        [MARKS, MARKS, MARKS, MARKS],
    ),
    ("figures：\n  - {indicator: 婴儿死亡率, year: 2020, value: 1‰}\n", None, [MARKS]),
    # Amounts in full width: what needs quotes afterwards gets them.
    (
        FIGURE + "{indicator: 婴儿死亡率, year: 2020, value: ３．５２‰, quote: ３．５２‰}\n",
        FIGURE + "{indicator: 婴儿死亡率, year: 2020, value: 3.52‰, quote: ３．５２‰}\n",
        [WIDTH],
    ),
    (
        FIGURE + "{indicator: 产前筛查率, year: 2025, value: ＞90％, at: 3}\n",
        FIGURE + '{indicator: 产前筛查率, year: 2025, value: ">90%", at: 3}\n',
        [WIDTH],
    ),
    (
        FIGURE + "{indicator: 产前筛查率, year: 2025, value: '９０％以上', at: 3}\n",
        FIGURE + "{indicator: 产前筛查率, year: 2025, value: '90%以上', at: 3}\n",
        [WIDTH],
    ),
    (
        FIGURE + "{indicator: 医疗卫生机构床位数, year: 2020, value: 4，500 张, at: 3}\n",
        FIGURE + '{indicator: 医疗卫生机构床位数, year: 2020, value: "4,500 张", at: 3}\n',
        [WIDTH],
    ),
    (
        "claims:\n  - {sum: 民营医院, whole: ４３ 家, parts: [２９ 家, 14 家], at: 191}\n",
        "claims:\n  - {sum: 民营医院, whole: 43 家, parts: [29 家, 14 家], at: 191}\n",
        [WIDTH, WIDTH],
    ),
]


@pytest.mark.parametrize(("before", "after", "why"), SAFE)
@pytest.mark.parametrize("end", ["\n", "\r\n"], ids=["lf", "crlf"])
def test_what_is_certain_is_put_right(before, after, why, end):
    """In the reported spans only, whatever ends the lines; a second time there is nothing left."""
    after = after if after is not None else before.replace("：", ":", 1)
    said = (before.replace("\n", end), after.replace("\n", end))

    assert fixed(said[0]) == (said[1], why)
    assert fixed(said[1]) == (said[1], [])


UNSAFE = [
    (
        FIGURE + "{indicator: 婴儿死亡率, year: 2020, value: 3.5‰, at: 3, qoute: 3.5‰}\n",
        FIGURE + "{indicator: 婴儿死亡率, year: 2020, value: 3.5‰, at: 3, quote: 3.5‰}\n",
        ["the key must be quote"],
    ),
    (
        FIGURE + "{indicator: 婴儿死亡率, year: 2025, role: taget, value: ≤4‰, at: 3}\n",
        FIGURE + "{indicator: 婴儿死亡率, year: 2025, role: target, value: ≤4‰, at: 3}\n",
        ["it must be target"],
    ),
    (
        FIGURE + "{id: general, indicator: 综合医院数, year: 2020, value: 29 家, at: 1}\n"
        "claims:\n  - {sum: 民营医院, whole: 43 家, parts: [generel, 14 家], at: 1}\n",
        FIGURE + "{id: general, indicator: 综合医院数, year: 2020, value: 29 家, at: 1}\n"
        "claims:\n  - {sum: 民营医院, whole: 43 家, parts: [general, 14 家], at: 1}\n",
        ["the id must be general"],
    ),
    (
        FIGURE + "{indicator: 医疗卫生机构床位数, year: 2020, value: 4,500 张, at: 3}\n",
        FIGURE + '{indicator: 医疗卫生机构床位数, year: 2020, value: "4,500 张", at: 3}\n',
        ["a number with a thousands separator takes quotes in braces"],
    ),
    (
        FIGURE + "{indicator: 婴儿死亡率, year: 2020, value: 3.52‰, at: 3}\n  - "
        "{indicator: 婴儿死亡率, year: 2020, value: 3.52%, at: 4}\n",
        FIGURE + "{indicator: 婴儿死亡率, year: 2020, value: 3.52‰, at: 3}\n  - "
        "{indicator: 婴儿死亡率, year: 2020, value: 3.52‰, at: 4}\n",
        ["3.52‰ for 3.52%, so that the rest agrees"],
    ),
]


@pytest.mark.parametrize(("before", "after", "why"), UNSAFE)
def test_what_changes_the_meaning_is_made_only_where_it_is_wanted(before, after, why):
    """Never unasked, and once."""
    assert fixed(before) == (before, [])
    assert fixed(before, unsafe=True) == (after, why)
    assert fixed(after, unsafe=True) == (after, [])


LEFT = [
    # Two keys are one slip away; a key that stands there already; nothing is near.
    FIGURE + "{indicator: 婴儿死亡率, year: 2020, value: 3.5‰, quote: 3.5‰, qoute: 3.6‰, at: 3}\n",
    FIGURE + "{indicator: 婴儿死亡率, year: 2020, value: 3.5‰, zitat: 3.5‰, at: 3}\n",
    # A column of another year is no slip of the hand.
    ROW + "{indicator: 婴儿死亡率, unit: ‰, 2021: 3.5}\n",
    # What the new key would say cannot be read.
    FIGURE + "{indicator: 婴儿死亡率, value: 3.5‰, yaer: abc, at: 3}\n",
    # Any of the two may be the right one.
    FIGURE + "{indicator: 民营医院数, year: 2020, value: 43 家, at: 1}\n  - "
    "{indicator: 民营医院数, year: 2020, value: 34 家, at: 2}\n",
    # A target is decided, not copied.
    ROW + "{indicator: 婴儿死亡率, unit: ‰, 2020: 3.5, 2025: ≤4}\n",
    # A folded block: what it is a bound of, nobody knows.
    FIGURE + "indicator: 婴儿死亡率\n    year: 2025\n    value: >\n      4‰\n",
    # Not certain: a comma that may be a point, a tab, an anchor.
    FIGURE + '{indicator: 婴儿死亡率, year: 2020, value: "3,52‰", at: 3}\n',
    "figures:\n\t- {indicator: 婴儿死亡率}\n",
    FIGURE + "{indicator: 婴儿死亡率, year: 2020, value: &a 3‰, at: 3}\n",
    # Digits of another script, raised ones, and marks within a text are left alone.
    FIGURE + "{indicator: 婴儿死亡率, year: 2020, value: ٣‰, note: 甲：乙，丙（３）, at: 3}\n",
    # A number that full width alone keeps apart from another word.
    "not_figures:\n  - {kind: name, text: ３＋３Ｘ}\n",
]


@pytest.mark.parametrize("parts", LEFT)
@pytest.mark.parametrize("unsafe", [False, True], ids=["safe", "unsafe"])
def test_what_is_not_certain_is_left_alone(parts, unsafe):
    """Rather nothing than a guess."""
    assert fixed(parts, unsafe=unsafe) == (parts, [])


def test_many_broken_lines_are_fixed_in_one_run():
    """More than the reader recovers from at once."""
    parts = "figures:\n" + "".join(
        f"  - {{indicator: 婴儿死亡率, year: 2020, value: >{n}‰, at: {n}}}\n" for n in range(1, 60)
    )
    after, why = fixed(parts)

    assert after == re.sub(r">[0-9]+‰", lambda found: f'"{found[0]}"', parts)
    assert why == [BARE] * 59


def test_one_bad_fix_keeps_no_other_from_being_made(monkeypatch):
    """Each is tried alone where all of them together prove unsound."""
    parts = FIGURE + "{indicator: 婴儿死亡率, year: 2020, value: ３‰, at: 1}\n"
    at = (HEAD + parts).index("2020, value")
    wrong = Fix(at, at + 4, "2019", True, fixes._WIDTH)
    honest = fixes.widths
    monkeypatch.setattr(fixes, "widths", lambda stated, text: (*honest(stated, text), wrong))

    assert fixed(parts) == (parts.replace("３", "3"), [WIDTH])


def test_what_is_waived_is_left_as_it_was_accepted():
    """A waiver holds for the characters that were granted; other figures are fixed all the same."""
    parts = (
        FIGURE + "{id: a, indicator: 民营医院数, year: 2020, value: ４３ 家, at: 1}\n"
        "  - {id: b, indicator: 民营医院数, year: 2020, value: ３４ 家, at: 2}\n"
        "  - {id: c, indicator: 婴儿死亡率, year: 2020, value: ３‰, at: 3}\n"
        "  - {id: d, indicator: 婴儿死亡率, year: 2020, value: 3%, at: 4}\n"
        "waivers:\n"
        "  - {rule: PL401, values: {a: ４３ 家, b: ３４ 家}, reason: 口径不同, by: 规划处}\n"
        "  - {rule: PL202, values: {d: 3%, c: ３‰}, reason: 原文如此, by: 规划处}\n"
    )
    waived = [f.rule for f in report(HEAD + parts) if f.waived is not None]

    assert waived == ["PL401", "PL202"]
    assert fixed(parts, unsafe=True) == (parts, [])
    assert fixed(parts[: parts.index("  - {rule: PL202")])[0] == parts[: parts.index("  - {rule: PL202")].replace(
        "３‰", "3‰"
    )


def test_an_editor_gets_the_same_fixes():
    """By finding and text, as spans of that text, a byte order mark included."""
    text = HEAD + FIGURE + "{indicator: 婴儿死亡率, year: 2020, value: >4‰, at: 3}\n"
    for given_text in (text, "\ufeff" + text):
        (found,) = findings(text)
        at = given_text.index(">4‰")

        assert fixes.of(found, given_text) == (Fix(at, at + 3, '">4‰"', True, fixes._QUOTES),)


def test_other_findings_have_no_fixes():
    """Nor has one whose place the text does not have any more."""
    two = findings(HEAD + LEFT[4])

    assert [(f.rule, fixes.of(f, HEAD + LEFT[4])) for f in two] == [("PL401", ())]
    (bound,) = findings(HEAD + FIGURE + "{indicator: 婴儿死亡率, year: 2020, value: >4‰, at: 3}\n")
    assert fixes.of(bound, "") == ()


def test_fixes_are_applied_from_the_end():
    """So that none moves another."""
    why = fixes._WIDTH

    assert (
        apply("abcdef", [Fix(1, 2, "BBB", True, why), Fix(4, 4, "-", True, why), Fix(5, 6, "", True, why)])
        == "aBBBcd-e"
    )


@pytest.mark.parametrize(
    ("word", "found"),
    [
        ("qoute", "quote"),
        ("quot", "quote"),
        ("quotee", "quote"),
        ("quota", "quote"),
        ("quote", ""),
        ("qouta", ""),
        ("", ""),
        ("a", "at"),
        ("role", "rule"),
    ],
)
def test_one_slip(word, found):
    """One letter left out, put in, mistaken, or two exchanged; the only one so near."""
    assert one_slip(word, ["quote", "at", "rule"]) == found


def test_two_words_one_slip_away_are_none():
    """A choice is no certainty."""
    assert one_slip("bat", ["cat", "rat", "dog"]) == ""


# Laws.

CHARACTERS = "0123456789０１２３４５６７８９.．,，%％‰>＞<＜≥约-－／/ 人万以上左右达到"
laws = settings(deadline=None, max_examples=200)
amounts = st.text(CHARACTERS, min_size=1, max_size=10)
quotes = st.sampled_from(["", '"', "'"])


def written(values):
    lines = [
        f"  - {{indicator: 每千人口注册护士数, year: {2019 + n}, value: {q}{v}{q}, at: {n + 1}}}  # {v}\n"
        for n, (v, q) in enumerate(values)
    ]
    return "figures:\n" + "".join(lines)


def measured(parts):
    return [
        (f.id, f.amount.operator, f.amount.hedge, f.measure is not None and f.interval(Rounding.NEAREST))
        for f in facts(parts).figures
    ]


@laws
@given(st.lists(st.tuples(amounts, quotes), min_size=1, max_size=4), st.booleans())
@example([("＞９０", '"'), ("９０", ""), ("１，０００", "")], False)
def test_fixing_is_sound_and_idempotent(values, unsafe):
    """A fixed plan fixed again is itself; no figure that could be read is another one; nothing new is wrong."""
    parts = written(values)
    after, _ = fixed(parts, unsafe=unsafe)
    before, now = measured(parts), measured(after)

    assert fixed(after, unsafe=unsafe)[0] == after
    assert re.sub("#.*", "", after).count("\n") == parts.count("\n")
    assert [line.partition("#")[2] for line in after.split("\n")] == [
        line.partition("#")[2] for line in parts.split("\n")
    ]
    if not unsafe:
        assert [figure for figure in before if figure not in now] == []
        said = [[f for f in findings(HEAD + text) if f.rule < "PL1"] for text in (parts, after)]
        hidden = sum(f.rule in ("PL001", "PL004", "PL005") for f in said[0])
        known = {f.fingerprint for f in said[0]}
        # What a broken line hid may come to light.
        assert hidden or [f.rule for f in said[1] if f.fingerprint not in known] == []


@laws
@given(amounts)
def test_a_width_is_never_a_value(text):
    """Where half width would be another amount, it is not offered."""
    half = text.translate(fixes._HALF)

    def read(amount):
        try:
            return parse(amount).number
        except (NotAnAmount, UnknownUnit):
            return None

    if fixes._is_same(text, half):
        assert read(text) == read(half)


@laws
@given(st.text(max_size=60))
@example("planlint: 1\nplan: {id: p")
@example("figures：\n- {value: >3, 2025：%}\n\x85 - >1")
def test_no_text_breaks_the_fixing(text):
    """Any text is fixed or left, never a traceback."""
    for parts in (text, HEAD + text):
        found = fix(Source("any", parts), engine(), lambda _: None, unsafe=True)
        again = fix(Source("any", found.text), engine(), lambda _: None, unsafe=True)

        assert again.text == found.text
