"""Strict files: what is not exactly as it must be is an error with its place."""

import pytest

from planlint.exact import Fraction
from planlint.findings import Text
from planlint.records import Malformed, Record, read_root
from planlint.source import MAX_BYTES, Place

FILE = "rules/x.yaml"


def record(text):
    """The top mapping of a text."""
    return read_root(text.encode(), FILE)


def complaint(call, *arguments):
    """What a call says, without the file name before it."""
    with pytest.raises(Malformed) as caught:
        call(*arguments)
    shown = str(caught.value)
    where, problem = caught.value.place, caught.value.problem
    assert shown == f"{where.file}:{where.line}:{where.column}: {problem}"
    assert where.file == FILE
    return f"{where.line}:{where.column}: {problem}"


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        (b"", "1:1: expected a mapping at the top of the file"),
        (b"# nothing\n", "1:1: expected a mapping at the top of the file"),
        (b"---\n", "1:1: expected a mapping at the top of the file"),
        (b"- a\n", "1:1: expected a mapping at the top of the file"),
        (b"a", "1:1: expected a mapping at the top of the file"),
        (b"a: 1\n---\nb: 2\n", "2:1: second document"),
        ("甲: 1".encode("gbk"), "1:1: not a text in UTF-8 (gb18030)"),
        ("a: 1".encode("utf-16"), "1:1: not a text in UTF-8 (utf-16)"),
        (b"a: 1\nb: \xff\xff", "2:1: not a text in UTF-8 (not-utf-8)"),
        (b"a: 1\nb: \x00", "2:1: not a text in UTF-8 (control-character)"),
        (b"#" * (MAX_BYTES + 1), "1:1: not a text in UTF-8 (too-large)"),
        (b"a: &x 1\n", "1:4: forbidden: what &, text &x"),
        (b"a: 1\nb: !!str x\n", "2:4: forbidden: what !, text !!str"),
        (b"a:\n\t- b\n", "2:1: tab"),
        (b"a: {b: >3}\n", "1:8: bare bound: text >3"),
        (b"a: " + b"[" * 50, "1:43: too deep: limit 40"),
        (b"a: {b: 1\n", "1:4: syntax: problem while parsing a flow mapping did not find expected ',' or '}'"),
        (b"a: 1\na: 2\n", "2:1: duplicate key: key a"),
        (b"a: 1\n<<: {b: 2}\n", "2:1: forbidden: what <<, text <<"),
        (b"a: 1\n? [b]\n: 2\n", "2:3: shape: expected key, found list, where mapping"),
    ],
    ids=lambda value: ascii(value)[:30] if isinstance(value, bytes) else "",
)
def test_a_file_that_cannot_be_read_is_malformed_at_its_place(data, expected):
    """The first thing wrong stops the reading."""
    assert complaint(read_root, data, FILE) == expected


def test_a_byte_order_mark_moves_nothing():
    """Places are those of the text without the mark."""
    assert read_root("\ufeff甲: {a: 1}".encode(), FILE).record("甲").place == Place(FILE, 1, 4)


def test_keys_are_in_the_order_of_the_file():
    """A record knows its keys and its place."""
    found = record("b: 1\na: 2\n")

    assert found.names() == ["b", "a"]
    assert "a" in found
    assert "c" not in found
    assert found.place == Place(FILE, 1, 1)


def test_an_unknown_key_is_refused_and_the_nearest_is_named():
    """A typing slip is told from a strange word."""
    found = record("severty: x\nzzz: y\n")

    assert complaint(found.only, ["severity", "zzz"]) == "1:1: unknown key 'severty'; did you mean 'severity'?"
    assert complaint(found.only, ["severty"]) == "2:1: unknown key 'zzz'"
    assert found.only(["zzz", "severty"]) is found


def test_a_text_is_its_characters():
    """Numbers and booleans of YAML are texts; an absent key is an error unless there is a default."""
    found = record("a: 3.10\nb: no\nc: [x]\nd: |\n  两行\n  文字\n")

    assert (found.text("a"), found.text("b"), found.text("d")) == ("3.10", "no", "两行\n文字\n")
    assert found.text("z", "") == ""
    assert complaint(found.text, "z") == "1:1: missing key 'z'"
    assert complaint(found.text, "c") == "3:4: 'c' must be a text"
    assert complaint(found.text, "c", "default") == "3:4: 'c' must be a text"


def test_the_place_of_a_block_is_its_first_line():
    """The characters of a block stand below its key, others beside it."""
    found = record("x: 1\nplan: |\n  first\nother: 'x'\n")

    assert found.text_place("plan") == Place(FILE, 3, 1)
    assert found.text_place("other") == Place(FILE, 4, 8)


def test_a_choice_is_one_of_a_closed_list():
    """Anything else is refused with the list; a default stands for an absent key only."""
    found = record("a: 甲\nb: 丙\n")

    assert found.choice("a", ("甲", "乙")) == "甲"
    assert found.choice("z", ("甲",), "乙") == "乙"
    assert complaint(found.choice, "b", ("甲", "乙")) == "2:4: 'b' must be one of 甲, 乙; found '丙'"
    assert complaint(found.choice, "z", ("甲",)) == "1:1: missing key 'z'"


def test_a_flag_is_true_or_false():
    """YAML's yes and on are no flags here."""
    found = record("a: true\nb: false\nc: yes\n")

    assert (found.flag("a"), found.flag("b"), found.flag("z")) == (True, False, False)
    assert complaint(found.flag, "c") == "3:4: 'c' must be one of true, false; found 'yes'"


@pytest.mark.parametrize(("text", "value"), [("3.10", "31/10"), ("-0.5", "-1/2"), ("0", "0"), ("9" * 30, "9" * 30)])
def test_a_number_is_exact(text, value):
    """No float stands between the digits and the fraction."""
    assert record(f"a: {text}").number("a") == Fraction(value)


@pytest.mark.parametrize(
    "text",
    ["1e3", "1_000", "0x1F", "1/3", "٣", "²", "--1", "+1", ".", "'-'", "''", "1.2.3", "9" * 31, "nan", "[1]", "1 人"],
)
def test_anything_but_a_plain_decimal_is_no_number(text):
    """Exponents, fractions, digits of other scripts and long numbers are refused."""
    assert complaint(record(f"a: {text}").number, "a") == "1:4: 'a' must be a plain decimal number"


def test_bounds_are_a_pair_of_which_an_end_may_be_open():
    """null, ~ and blank are open ends; equal ends are allowed."""
    found = record("a: [0, 60.5]\nb: [null, 1]\nc: [1, ~]\nd: ['', null]\ne: [2, 2]\n")

    assert found.bounds("a") == (Fraction(0), Fraction(121, 2))
    assert found.bounds("b") == (None, Fraction(1))
    assert found.bounds("c") == (Fraction(1), None)
    assert found.bounds("d") == (None, None)
    assert found.bounds("e") == (Fraction(2), Fraction(2))
    assert found.bounds("z") == (None, None)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("[1]", "1:4: 'a' must be a pair [low, high]"),
        ("[1, 2, 3]", "1:4: 'a' must be a pair [low, high]"),
        ("5", "1:4: 'a' must be a list"),
        ("[2, 1]", "1:4: 'a' has its low end above its high end"),
        ("[0, x]", "1:8: 'a' must be a plain decimal number"),
        ("[{b: 1}, 2]", "1:5: 'a' must be a plain decimal number"),
        ("[[], 2]", "1:5: 'a' must be a plain decimal number"),
    ],
)
def test_bad_bounds_are_malformed(text, expected):
    """The end that is wrong is pointed at."""
    assert complaint(record(f"a: {text}").bounds, "a") == expected


def test_lists_hold_what_they_should():
    """An absent list is empty; a wrong item is pointed at."""
    found = record("a: [甲, 乙]\nb: x\nc: [甲, [乙]]\nd: [{k: 1}, {k: 2}]\n")

    assert found.texts("a") == ("甲", "乙")
    assert (found.texts("z"), found.records("z"), found.nodes("z")) == ((), [], [])
    assert [r.text("k") for r in found.records("d")] == ["1", "2"]
    assert complaint(found.texts, "b") == "2:4: 'b' must be a list"
    assert complaint(found.texts, "c") == "3:8: 'c' must be a list of texts"
    assert complaint(found.records, "c") == "3:5: 'c' must be a list of mappings"


def test_a_mapping_inside_knows_its_own_place():
    """What is missing in it is reported there; an absent mapping is empty and stands at its owner."""
    found = record("x: 1\na: {b: 1}\nc: 2\n")

    assert complaint(found.record("a").text, "z") == "2:4: missing key 'z'"
    assert complaint(found.record("z").text, "k") == "1:1: missing key 'k'"
    assert complaint(found.record, "c") == "3:4: 'c' must be a mapping"


def test_a_repeated_key_inside_is_refused():
    """Nested mappings are as strict as the top."""
    assert complaint(record("a: {b: 1, b: 2}").record, "a") == "1:11: duplicate key: key b"


def test_a_text_in_two_languages_is_stripped():
    """The blanks around a block are not part of a message."""
    found = record("a: {zh: ' 甲 ', en: |\n    one\n    two\n    }\n".replace("|\n    one\n    two\n    ", "'one '"))

    assert found.both("a") == Text("甲", "one")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("b: 1", "1:1: missing key 'a'"),
        ("a: 甲", "1:4: 'a' must be a mapping"),
        ("a: {zh: 甲}", "1:4: missing key 'en'"),
        ("a: {en: x}", "1:4: missing key 'zh'"),
        ("a: {zh: 甲, en: ''}", "1:16: 'en' is empty"),
        ("a: {zh: '  ', en: x}", "1:9: 'zh' is empty"),
        ("a: {zh: 甲, en: [x]}", "1:16: 'en' must be a text"),
        ("a: {zh: 甲, en: x, fr: y}", "1:19: unknown key 'fr'"),
    ],
)
def test_both_languages_are_needed(text, expected):
    """A message is never missing or blank in a language."""
    assert complaint(record(text).both, "a") == expected


def test_a_check_points_at_the_language_it_refuses():
    """What a check returns is the problem, at the text it was given."""

    def check(text):
        return f"'{text}' is bad" if text == "bad" else None

    assert record("a: {zh: 甲, en: good}").both("a", check) == Text("甲", "good")
    assert complaint(record("a: {zh: 甲, en: bad}").both, "a", check) == "1:16: 'bad' is bad"


def test_what_is_quoted_stays_on_its_line():
    """Escapes and line ends of a file are shown, not done."""
    found = record('"a\\e[31m\\n": 1\n')

    assert complaint(found.only, ["b"]) == "1:1: unknown key 'a\\u{1b}[31m\\u{a}'"


def test_a_failure_stands_at_the_value_or_at_the_record():
    """An absent key has no place of its own."""
    found = record("x: 1\na: {b: 甲}\n").record("a")

    assert isinstance(found, Record)
    assert str(found.fail("b", "no")) == f"{FILE}:2:8: no"
    assert str(found.fail("z", "no")) == f"{FILE}:2:4: no"
