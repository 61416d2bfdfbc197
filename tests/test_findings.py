"""Findings, their order and their identity."""

import pytest

from planlint.findings import Finding, Mention, Origin, Severity, Tally, Text, fingerprint, in_order
from planlint.source import Place


def finding(line=1, column=1, file="a.yaml", rule="PL101", severity=Severity.ERROR, message="m", print_="f"):
    """A finding that differs from another in nothing but what is given."""
    place = Place(file, line, column)
    mention = Mention("id", "婴儿死亡率", "actual", 2020, "3.5‰", place, Origin("a.txt", (1,), ""))
    return Finding(rule, "name", severity, "p", place, Text(message, message), (mention,), (), print_)


@pytest.mark.parametrize(("lang", "said"), [("zh", "错"), ("en", "wrong")])
def test_text_speaks_two_languages(lang, said):
    """A text is said in the language asked for."""
    assert Text("错", "wrong").say(lang) == said


def test_severities_are_ordered_words():
    """A severity compares with others and is written as a small word."""
    assert sorted([Severity.ERROR, Severity.INFO, Severity.WARNING]) == [1, 2, 3]
    assert [severity.word for severity in Severity] == ["info", "warning", "error"]


def test_milder_ends_at_info():
    """Nothing is milder than an info."""
    assert [severity.milder() for severity in Severity] == [Severity.INFO, Severity.INFO, Severity.WARNING]


def test_fingerprint_is_fixed():
    """A fingerprint kept in a file stays valid from run to run and from machine to machine."""
    assert fingerprint("PL101", "plan", ["a", "b"]) == "d4971fda2402af93"


def test_fingerprint_does_not_depend_on_order():
    """Two figures contradict each other whichever stands first."""
    assert fingerprint("PL401", "p", ["a", "b"]) == fingerprint("PL401", "p", ["b", "a"])


@pytest.mark.parametrize(
    "other",
    [
        ("PL402", "p", ["a", "b"]),
        ("PL401", "q", ["a", "b"]),
        ("PL401", "p", ["a"]),
        ("PL401", "p", ["a", "b", "b"]),
        ("PL401", "p", ["ab"]),
        ("PL401", "p", ["", "a", "b"]),
        ("PL401p", "", ["a", "b"]),
    ],
)
def test_fingerprints_differ_where_anything_differs(other):
    """Rule, plan and every id count, and so do the seams between them."""
    assert fingerprint(*other) != fingerprint("PL401", "p", ["a", "b"])


def test_fingerprint_takes_any_text():
    """Half a surrogate pair in an id is no reason to fail."""
    assert len(fingerprint("PL401", "p", ["\ud800"])) == 16


def test_findings_stand_in_reading_order():
    """File first, then the worst, then the place, then the rule, then the message."""
    expected = [
        finding(line=9, severity=Severity.ERROR, print_="1"),
        finding(line=2, column=1, severity=Severity.WARNING, print_="2"),
        finding(line=2, column=9, severity=Severity.WARNING, rule="PL101", print_="3"),
        finding(line=2, column=9, severity=Severity.WARNING, rule="PL102", message="m", print_="4"),
        finding(line=2, column=9, severity=Severity.WARNING, rule="PL102", message="n", print_="5"),
        finding(line=10, severity=Severity.WARNING, print_="6"),
        finding(line=1, severity=Severity.INFO, print_="7"),
        finding(line=1, file="b.yaml", print_="8"),
    ]

    assert in_order(reversed(expected)) == expected


def test_exact_repeats_are_dropped():
    """The same finding said twice is said once."""
    assert in_order([finding(), finding()]) == [finding()]


def test_alike_findings_are_numbered_by_place():
    """Two broken entries that differ in nothing but their place keep identities of their own."""
    found = in_order([finding(line=7), finding(line=3), finding(line=5), finding(line=4, print_="g")])

    assert [(f.place.line, f.fingerprint) for f in found] == [(3, "f"), (4, "g"), (5, "f-2"), (7, "f-3")]


def test_findings_cannot_be_changed():
    """What was found stays as it was found."""
    with pytest.raises(AttributeError):
        finding().message = Text("", "")


def test_tally_begins_at_nothing():
    """Every severity is counted from zero, in a tally of its own."""
    tally = Tally()
    tally.severities[Severity.ERROR] += 1

    assert Tally() == Tally(0, 0, 0, 0, 0, {Severity.INFO: 0, Severity.WARNING: 0, Severity.ERROR: 0})
