"""What an edit changes: each sort of difference as a whole, and laws that hold for every plan."""

import functools
import random
import re
from pathlib import Path

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from planlint import cache, plan, tree
from planlint.answers import Answers, answers
from planlint.difference import Sort, compare
from planlint.engine import Engine
from planlint.facts import derive
from planlint.findings import Severity, in_order
from planlint.heads import Part
from planlint.positions import Positions
from planlint.source import Source

HEAD = """\
planlint: 1
plan: {id: p, title: t, region: 某县, period: 2021-2025, baseline: 2020, document: p.txt}
"""


@functools.cache
def engine():
    """The built-in rules, compiled once."""
    return Engine(cache.load())


def facts(parts, head=HEAD):
    faults = []
    stated = plan.read(tree.parse(head + parts, "p.yaml")[0], "p.yaml", faults)
    return derive(stated, engine().lookups, faults)


def changes(old, new, head=HEAD):
    """Sort, id, values, keys and remarks of every figure that differs."""
    return [
        (
            d.sort.value,
            d.shown.id,
            d.old and d.old.text,
            d.new and d.new.text,
            [(part.key, part.old, part.new) for part in d.parts],
            [said.en for said in d.said],
        )
        for d in compare(facts(old), facts(new, head)).figures
    ]


def figure(rest, indicator="每千人口注册护士数"):
    return f"figures:\n  - {{indicator: {indicator}, {rest}}}\n"


def row(cells, indicator="每千人口注册护士数", rest="unit: 人", columns="{2020: baseline, 2025: target}"):
    entry = f"{{no: 1, indicator: {indicator}, {rest}, {cells}}}"
    return f"tables:\n  - id: t\n    columns: {columns}\n    rows:\n      - {entry}\n"


def test_a_reported_value_that_changed_comes_first():
    """The most suspicious edit: what was reported for a past year is another number, and no note says why."""
    old = row("2020: 3.20, 2025: ≥3.8") + figure("year: 2019, value: 3.0 人, at: 1")
    new = row("2020: 3.02, 2025: ≥3.9") + figure("year: 2019, value: 3.1 人, at: 1")

    assert changes(old, new) == [
        (
            "reported",
            "registered-nurses-density.2020.baseline/t",
            "3.20 人",
            "3.02 人",
            [],
            ["−0.18 人", "no note says why"],
        ),
        ("reported", "registered-nurses-density.2019.actual", "3.0 人", "3.1 人", [], ["+0.1 人", "no note says why"]),
        ("value", "registered-nurses-density.2025.target/t", "≥3.8 人", "≥3.9 人", [], ["+0.1 人"]),
    ]


def test_a_note_with_a_changed_value_is_shown():
    """A correction that says why is no silent one."""
    old = figure("year: 2020, value: 3.20 人, at: 1")
    new = figure("year: 2020, value: 3.02 人, note: 按年报更正, at: 1")
    said = (
        "reported",
        "registered-nurses-density.2020.actual",
        "3.20 人",
        "3.02 人",
        [("note", "", "按年报更正")],
        ["−0.18 人"],
    )

    assert changes(old, new) == [said]


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("≥3.8", "≥3.6", ["lowered by 0.2 人"]),
        ("≥3.8", "约3.8", ["“≥” dropped", "“约” added"]),
        ("≥3.8", "3.8", ["“≥” dropped"]),
        ('">3.8"', "≥3.8", ["“≥” instead of “>”"]),
        ("≥3.8", "≤3.8", ["“≤” instead of “≥”"]),
        ("≥3.8", "力争≥3.8", ["“力争” added"]),
        ("≥3.8", "逐步提高", ["no number any more"]),
        ("≥3.8", '"-"', ["no number any more"]),
        ("≥3.8", "约3.5", ["lowered by 0.3 人", "“≥” dropped", "“约” added"]),
        ("较2020年提高10%", "较2020年提高8%", ["asks for a smaller change"]),
    ],
)
def test_a_target_that_asks_for_less(old, new, said):
    """Every way to make a target easier is told in words."""
    (found,) = changes(row(f"2020: 3.2, 2025: {old}"), row(f"2020: 3.2, 2025: {new}"))

    assert (found[0], found[5]) == ("weakened", said)


@pytest.mark.parametrize(
    ("old", "new"),
    [("≥3.8", "≥4"), ("3.8", "≥3.8"), ("约3.8", "3.8"), ("逐步提高", "≥3.8"), ("≥3.8", "约4"), ("≥3.8", "3.8以上")],
)
def test_a_target_that_asks_for_no_less_is_not_called_weaker(old, new):
    """What is stricter, or says the same, is not blamed."""
    found = changes(row(f"2020: 3.2, 2025: {old}"), row(f"2020: 3.2, 2025: {new}"))

    assert [sort for sort, *_ in found if sort == "weakened"] == []


def test_lower_is_better_where_it_is():
    """A ceiling that rises is weaker, one that falls is not."""
    old, new = (row(f"2020: 3.5, 2025: ≤{end}", "婴儿死亡率", "unit: ‰") for end in ("3", "3.4"))

    assert [(f[0], f[5]) for f in changes(old, new)] == [("weakened", ["raised by 0.4‰, where lower is better"])]
    assert [(f[0], f[5]) for f in changes(new, old)] == [("value", ["−0.4‰"])]


def test_a_later_deadline_is_weaker():
    """The same number five years later; an earlier year is a change of what it is about."""
    old, new = (figure(f"year: {year}, role: target, value: ≥3.8 人, at: 4") for year in (2025, 2030))

    assert changes(old, new) == [
        (
            "weakened",
            "registered-nurses-density.2030.target",
            "≥3.8 人",
            "≥3.8 人",
            [("year", "2025", "2030")],
            ["due 5 years later"],
        )
    ]
    assert [f[0] for f in changes(new, old)] == ["meaning"]


def test_a_target_that_no_longer_binds_is_weaker():
    """约束性 dropped is ambition dropped."""
    old, new = (
        row("2025: ≥3.8", rest=f"unit: 人, nature: {n}", columns="{2025: target}") for n in ("约束性", "预期性")
    )

    assert [(f[0], f[5]) for f in changes(old, new)] == [("weakened", ["no longer binding"])]


@pytest.mark.parametrize(
    ("old", "new", "sort"),
    [
        ("8.0", "0.80", "same"),
        ("8", "0.8", "same"),
        ("8.0", "0.8", "precision"),
    ],
)
def test_another_scale_with_the_same_value(old, new, sort):
    """8.0 per ten thousand and 0.80 per thousand are the same; 0.8 says it less precisely."""
    one = figure(f"id: n, year: 2020, value: {old} 人, at: 1", "每万人口注册护士数")
    other = figure(f"id: n, year: 2020, value: {new} 人, at: 1", "每千人口注册护士数")

    assert [f[0] for f in changes(one, other)] == [sort]


@pytest.mark.parametrize(
    ("old", "new", "sort"),
    [
        ("10.0 人", "10 人", "precision"),
        ("３．１ 人", "3.1 人", "same"),
        ("3.1人", "3.1 人", "same"),
        ("≥10 人", "≥10.0 人", "same"),
        ("不低于10人", "≥10 人", "same"),
    ],
)
def test_what_is_only_written_otherwise(old, new, sort):
    """Width, blanks and words that mean a sign change nothing; digits after the point do."""
    one, other = (figure(f"year: 2025, role: target, value: {value}, at: 1") for value in (old, new))

    assert [f[0] for f in changes(one, other)] == [sort]


def test_another_unit_is_another_value():
    """The digits stay, the figure does not."""
    one, other = (figure(f"year: 2020, value: 3.52{unit}, at: 1", "婴儿死亡率") for unit in ("‰", "%"))

    assert changes(one, other) == [
        ("reported", "infant-mortality.2020.actual", "3.52‰", "3.52%", [], ["+31.68‰", "no note says why"])
    ]


def test_another_scope_is_another_figure():
    """One that can be mistaken for no other is followed to its new scope."""
    one, other = (figure(f"year: 2020, value: 3.5‰, at: 1{scope}", "婴儿死亡率") for scope in ("", ", scope: 某市"))

    assert changes(one, other) == [
        ("meaning", "infant-mortality@某市.2020.actual", "3.5‰", "3.5‰", [("scope", "", "某市")], [])
    ]


def test_added_and_removed():
    """What nothing on the other side could be is new, or gone."""
    one = figure("year: 2020, value: 3.5‰, at: 1", "婴儿死亡率")
    other = figure("year: 2020, value: 43 家, at: 7", "民营医院数")

    assert changes(one, other) == [
        ("removed", "infant-mortality.2020.actual", "3.5‰", None, [], []),
        ("added", "private-hospitals.2020.actual", None, "43 家", [], []),
    ]


def test_figures_that_could_not_be_read_are_compared_too():
    """An indicator that nobody knows, and an amount that is none, change like any other."""
    one = (
        figure("year: 2020, value: 3.5‰, at: 1", "甲乙丙丁率") + '  - {indicator: 民营医院数, value: "3,5 家", at: 2}\n'
    )
    other = one.replace("3.5‰", "3.6‰").replace("3,5", "3,6")

    assert [(f[0], f[2], f[3]) for f in changes(one, other)] == [
        ("reported", "3.5‰", "3.6‰"),
        ("reported", "3,5 家", "3,6 家"),
    ]


def test_a_figure_that_becomes_unreadable_is_the_same_figure():
    """What planlint fills in for the one that it can read is no change of meaning."""
    one = figure("year: 2020, value: 1-2 家, at: 1", "民营医院数")
    other = figure("year: 2020, value: 7-2 家, at: 1", "民营医院数")
    target = (
        row("2025: 1-2", columns="{2025: target}"),
        row("2025: 7-2", columns="{2025: target}"),
    )

    assert [(f[0], *f[2:]) for f in changes(one, other)] == [
        ("reported", "1-2 家", "7-2 家", [], ["can no longer be read", "no note says why"])
    ]
    assert [(f[0], *f[2:]) for f in changes(other, one)] == [
        ("reported", "7-2 家", "1-2 家", [], ["could not be read before", "no note says why"])
    ]
    assert [(f[0], *f[4:]) for f in changes(*target)] == [("value", [], ["can no longer be read"])]


def test_names_notes_and_ids_are_noted():
    """What changes no value stands last."""
    one = figure("id: a, year: 2020, value: 3.1 人, at: 1", "每千人口注册护士数")
    other = figure("id: b, year: 2020, value: 3.1 人, at: 1", "每千人口拥有注册护士数")

    assert changes(one, other) == [
        (
            "noted",
            "b",
            "3.1 人",
            "3.1 人",
            [("indicator", "每千人口注册护士数", "每千人口拥有注册护士数"), ("id", "a", "b")],
            [],
        )
    ]


def test_a_figure_that_only_moves_in_the_document_is_counted():
    """Lines and quotes change when the document is paged anew."""
    one, other = (facts(figure(f"year: 2020, value: 3.1 人, at: {line}")) for line in (1, 9))
    found = compare(one, other)

    assert (found.figures, found.moved) == ((), 1)


def test_rows_are_known_by_their_printed_numbers():
    """Of two rows with one name, each keeps its own."""
    rows = "tables:\n  - id: t\n    columns: {2020: baseline}\n    rows:\n"
    rows += "".join(
        f"      - {{no: {no}, indicator: 民营医院数, unit: 家, 2020: {v}}}\n" for no, v in ((1, 40), (2, 50))
    )
    swapped = rows.replace("2020: 50", "2020: 51").splitlines()
    swapped[-1], swapped[-2] = swapped[-2], swapped[-1]

    assert [f[2:4] for f in changes(rows, "\n".join(swapped) + "\n")] == [("50 家", "51 家")]


def test_the_head_of_a_plan():
    """Period and base year give every figure its meaning."""
    head = HEAD.replace("2021-2025", "2021-2030").replace("baseline: 2020", "baseline: 2019")
    head = head.replace("title: t", "within: [某市], title: t")
    found = compare(facts(""), facts("", head))

    assert found.head == (
        Part("within", "", "某市"),
        Part("period", "2021-2025", "2021-2030"),
        Part("baseline", "2020", "2019"),
        Part("review", "2016-2020", "2015-2019"),
    )


def test_an_indicator_of_the_plans_own():
    """Which way it improves decides what is found."""
    own = "indicators:\n  - {key: local-x, name: 小屋数, unit: 套, kind: count, polarity: higher, whole: true}\n"
    found = compare(facts(own), facts(own.replace("higher", "lower")))

    assert found.head == (Part("indicators/local-x/polarity", "higher", "lower"),)


def test_claims():
    """A claim is shown by the terms that changed; a new one by all of its own."""
    one = "claims:\n  - {sum: 民营医院, whole: 43 家, parts: [29 家, 14 家], at: 191}\n"
    other = one.replace("14 家", "13 家") + "  - {list: 街道, count: 2, items: [甲, 乙], at: 5}\n"
    found = compare(facts(one), facts(other)).claims

    assert [(d.sort, d.shown.id, d.parts) for d in found] == [
        (Sort.VALUE, "sum.民营医院", (Part("items", "29 家、14 家", "29 家、13 家"),)),
        (Sort.ADDED, "list.街道", (Part("count", "", "2"), Part("items", "", "甲、乙"), Part("subject", "", "街道"))),
    ]


def test_a_cell_that_a_claim_repeats_is_one_change():
    """The cost of a project is a term of their sum, and a cell of the table."""
    one = "projects:\n  - id: p\n    unit: 万元\n    total: 300\n    rows:\n"
    one += "      - {project: 甲, cost: 100, start: 2021, end: 2023}\n      - {project: 乙, cost: 200}\n"
    found = compare(facts(one), facts(one.replace("cost: 100", "cost: 110")))

    assert ([f.sort for f in found.figures], found.claims) == ([Sort.VALUE], ())


def found_in(parts, head=HEAD):
    return in_order(engine().judge(Source("p.yaml", head + parts)).findings)


def test_findings_are_known_by_what_they_are_about():
    """New, changed, fixed, unchanged; the plan's own id may change."""
    one = row("2020: 3.8, 2025: ≥3.5") + figure("year: 2020, value: 43 家, at: 1", "民营医院数")
    one += "  - {indicator: 民营医院数, year: 2020, value: 34 家, at: 2}\n"
    other = one.replace("≥3.5", "≥3.6").replace("34 家", "43 家") + "  - {indicator: 夭折率, value: 3, at: 9}\n"
    said = answers(found_in(one), found_in(other, HEAD.replace("id: p", "id: q")), same_plan=False)

    assert [finding.rule for finding in said.new] == ["PL027"]
    assert [(was.rule, now.rule) for was, now in said.changed] == [("PL101", "PL101")]
    assert [finding.rule for finding in said.fixed] == ["PL401"]
    assert [finding.rule for finding in said.unchanged] == ["PL031"]
    assert said.worst() is Severity.INFO


def test_a_finding_that_became_graver_counts_as_new():
    """The status of an edit is that of what it made worse."""
    (found,) = found_in(figure("year: 2020, value: 3, at: 1", "夭折率"))
    graver, milder = (msgspec.structs.replace(found, severity=s) for s in (Severity.ERROR, Severity.INFO))

    assert Answers(changed=((milder, graver),)).worst() is Severity.ERROR
    assert Answers(changed=((graver, milder),)).worst() is None


# Laws.

NAMES = ("每千人口注册护士数", "婴儿死亡率", "民营医院数", "孕产妇系统管理率", "甲乙丙丁率")
UNITS = dict(zip(NAMES, ("人", "‰", "家", "%", "%"), strict=True))


@st.composite
def written(draw):
    """Entries of a plan: body figures with all that may tell them apart, or nothing."""
    found = []
    for number in range(draw(st.integers(0, 6))):
        name = draw(st.sampled_from(NAMES))
        entry = {
            "indicator": name,
            "year": str(draw(st.sampled_from((2019, 2020, 2025)))),
            "value": f"{draw(st.integers(1, 40))}{UNITS[name]}",
        }
        if draw(st.booleans()):
            entry["at"] = str(draw(st.integers(1, 30)))
        if draw(st.integers(0, 3)) == 0:
            entry["id"] = f"f{number}"
        if draw(st.integers(0, 4)) == 0:
            entry["scope"] = "某市"
        found.append(entry)
    return found


def text_of(entries):
    return "figures:\n" + "".join(
        "  - {" + ", ".join(f"{k}: {v}" for k, v in entry.items()) + "}\n" for entry in entries
    )


laws = settings(deadline=None, max_examples=150)


@laws
@given(written(), st.integers())
def test_a_plan_differs_from_itself_in_nothing(entries, seed):
    """Neither does it where its entries stand in another order, with comments between."""
    one = facts(text_of(entries))
    shuffled = list(entries)
    random.Random(seed).shuffle(shuffled)  # noqa: S311
    other = facts("# a comment\n\n" + text_of(shuffled))

    for found in (compare(one, one), compare(one, other)):
        assert (found.head, found.figures, found.claims, found.moved) == ((), (), (), 0)


def stated(mention):
    return mention and (mention.indicator, mention.role, mention.year, mention.text, mention.origin.lines)


@laws
@given(written(), written())
def test_what_was_added_is_removed_the_other_way_round(old, new):
    """The comparison has no preferred side, and loses no figure."""
    one, other = facts(text_of(old)), facts(text_of(new))
    there, back = compare(one, other).figures, compare(other, one).figures

    def sides(found, first, second):
        return sorted((str(stated(getattr(d, first))), str(stated(getattr(d, second)))) for d in found)

    assert sides(there, "old", "new") == sides(back, "new", "old")
    added = sum(d.sort is Sort.ADDED for d in there) - sum(d.sort is Sort.REMOVED for d in there)
    assert added == len(new) - len(old)


@laws
@given(written().filter(bool), st.integers(0, 5), st.integers(41, 60))
def test_one_changed_literal_is_one_change(entries, which, value):
    """Whatever stands beside it."""
    number = which % len(entries)
    changed = [dict(entry) for entry in entries]
    changed[number]["value"] = f"{value}{UNITS[changed[number]['indicator']]}"
    found = compare(facts(text_of(entries)), facts(text_of(changed)))

    assert len(found.figures) == 1
    assert found.figures[0].new.text == changed[number]["value"]
    assert (found.head, found.claims, found.moved) == ((), (), 0)


def test_every_figure_of_a_real_plan_can_be_followed():
    """One digit changed is one change, whether it can still be read or not; rows in another order are none."""
    text = (Path(__file__).parent.parent / "plans" / "yuxi.yaml").read_text(encoding="utf-8")
    one, positions = facts(text, ""), Positions(text)
    found = []
    for said in one.plan.statements[::4]:
        at = positions.offset(said.place)
        digit = re.compile("[0-9]").search(text, at, at + len(said.text) + 1)
        if digit is not None:
            other = text[: digit.start()] + str((int(digit[0]) + 6) % 10) + text[digit.end() :]
            difference = compare(one, facts(other, ""))
            found.append((len(difference.figures), difference.claims, difference.head, difference.moved))
    rows, shuffled = [], []
    for line in [*text.split("\n"), ""]:
        if re.match(r" +- \{.*\}$", line):
            rows.append(line)
            continue
        random.Random(7).shuffle(rows)  # noqa: S311
        shuffled += [*rows, line]
        rows = []
    difference = compare(one, facts("\n".join(shuffled), ""))

    assert len(found) > 30
    assert set(found) == {(1, (), (), 0)}
    assert (difference.figures, difference.claims, difference.head, difference.moved) == ((), (), (), 0)


def test_a_difference_shows_what_is_there():
    """The figure as it is, or else as it was."""
    (found,) = compare(facts(figure("year: 2020, value: 1 家", "民营医院数")), facts("")).figures

    assert found.shown.text == "1 家"
