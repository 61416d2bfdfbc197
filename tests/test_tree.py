"""The tree: raw characters, places, and what is refused before anything is composed."""

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from planlint import fullyaml, tree
from planlint.source import Place
from planlint.tree import Fault, Mapping, Scalar, Sequence, entries, parse, place

FILE = "p.yaml"


def plain(node):
    """A node as lists, dictionaries and strings."""
    if isinstance(node, Scalar):
        return node.value
    if isinstance(node, Sequence):
        return [plain(item) for item in node.value]
    return {plain(key): plain(value) for key, value in node.value}


def read(text):
    """The tree of a text that has no faults."""
    root, faults = parse(text, FILE)
    assert faults == []
    return root


def faults_of(text):
    """Faults as (kind, line, column, shown)."""
    _, faults = parse(text, FILE)
    return [(f.kind, f.place.line, f.place.column, dict(f.shown)) for f in faults]


RAW = [
    "3.10 78.30 4.0 017 08 0o17 0b101 0x1F 1_000 1__0 1e3 1.0e+3 1e400 .inf .nan -0 +5 .5 5. 2020-12-31 2020-1-1",
    "2020-13-45 2020-02-30 25:00 1:30 10:30 20:20.5 no NO on off y yes true ~ null = 0b_ 0x_ ３．１０ ٣ ² 1，000 ≥95 —",
]


@pytest.mark.parametrize("text", " ".join(RAW).split())
def test_scalars_arrive_as_the_characters_that_were_written(text):
    """Nothing is guessed to be a number, a date, a boolean or nothing at all."""
    assert plain(read(f"a: {text}")) == {"a": text}
    assert plain(read(f"- [{text}]")) == [[text]]
    assert plain(read(f"{{a: '{text}'}}")) == {"a": text}


@pytest.mark.parametrize("text", ["5" * 5000, "0b" + "1" * 1_000_000, ":".join(["1"] * 20_000)], ids=len)
def test_long_numbers_stay_text(text):
    """No digit is converted, so none of them costs time."""
    assert plain(read(f"a: {text}")) == {"a": text}


def test_keys_keep_their_characters_too():
    """A year as a key is four characters."""
    assert plain(read("{2020: a, no: b, 0x10: c}")) == {"2020": "a", "no": "b", "0x10": "c"}


def test_quotes_never_change_the_value():
    """Plain, single and double quotes give the same characters."""
    assert plain(read("[≥80, '≥80', \"≥80\"]")) == ["≥80"] * 3


def places_of(text):
    """Every scalar with its line and column."""

    def walk(node):
        if isinstance(node, Scalar):
            where = place(node, FILE)
            yield node.value, where.line, where.column
        for part in node.value if not isinstance(node, Scalar) else ():
            for item in part if isinstance(part, tuple) else (part,):
                yield from walk(item)

    return list(walk(read(text)))


def test_places_count_characters_from_one():
    """Chinese text counts by characters, not bytes, and an emoji is one."""
    text = "指标: {名称🏥: 婴儿死亡率,  值: 3.52‰}\n- x: 1\n".split("\n- ")[0]

    assert places_of(text) == [
        ("指标", 1, 1),
        ("名称🏥", 1, 6),
        ("婴儿死亡率", 1, 11),
        ("值", 1, 19),
        ("3.52‰", 1, 22),
    ]


def test_places_after_a_byte_order_mark_are_those_without_it():
    """The C parser would count the mark as a column."""
    text = "a: {甲: 3.1}\n乙: 2"

    assert places_of("\ufeff" + text) == places_of(text)
    assert places_of(text) == [("a", 1, 1), ("甲", 1, 5), ("3.1", 1, 8), ("乙", 2, 1), ("2", 2, 4)]


@pytest.mark.parametrize("text", ["- {甲: >3}", "- {甲: %}", "- {甲：乙, b: [}", "- {a: [}", "- &a 1"])
def test_faults_after_a_byte_order_mark_stand_where_they_do_without_it(text):
    """A place on the first line does not count the mark, whoever computes it."""
    assert faults_of("\ufeff" + text) == faults_of(text)


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r", "\x85", "\u2028", "\u2029"], ids=ascii)
def test_places_are_the_same_with_every_line_end(end):
    """Lines are counted as YAML counts them."""
    text = "a: 1\nb:\n  - 甲\n  - {c: >3}\n  - 乙\n".replace("\n", end)
    root, faults = parse(text, FILE)

    assert plain(root) == {"a": "1", "b": ["甲", "乙"]}
    assert faults == [Fault("bare-bound", Place(FILE, 4, 9), (("text", ">3"),))]


def test_blocks_of_text_are_known_as_such():
    """Only | and > make a block; quotes do not."""
    root = read("a: |\n  x\nb: >\n  y\nc: 'z'\nd: \"z\"\ne: z\n")

    assert [tree.is_folded(value) for _, value in root.value] == [True, True, False, False, False]


@pytest.mark.parametrize("text", ["", "# 注释\n", "\n\n", "\ufeff"], ids=ascii)
def test_a_text_without_content_has_no_root(text):
    """Nothing is no fault of syntax."""
    assert parse(text, FILE) == (None, [])


@pytest.mark.parametrize("text", ["---\n", "---\n...\n", "~"], ids=ascii)
def test_a_document_without_content_is_an_empty_scalar(text):
    """An empty document is a scalar: the plan's reader says what was expected."""
    assert isinstance(read(text), Scalar)


REFUSED = {
    "anchor": ("a: 1\nb: &x 2\n", [("forbidden", 2, 4, {"what": "&", "text": "&x"})]),
    "alias": (
        "a: &甲 1\nb: *甲\n",
        [
            (
                "syntax",
                1,
                5,
                {"problem": "while scanning an anchor did not find expected alphabetic or numeric character"},
            )
        ],
    ),
    "anchor and alias": (
        "a: &x 1\nb: [*x, *x]\n",
        [
            ("forbidden", 1, 4, {"what": "&", "text": "&x"}),
            ("forbidden", 2, 5, {"what": "*", "text": "*x"}),
            ("forbidden", 2, 9, {"what": "*", "text": "*x"}),
        ],
    ),
    "alias to itself": (
        "&a [*a]",
        [("forbidden", 1, 1, {"what": "&", "text": "&a"}), ("forbidden", 1, 5, {"what": "*", "text": "*a"})],
    ),
    "alias to nothing": ("a: *x", [("forbidden", 1, 4, {"what": "*", "text": "*x"})]),
    "tag": ("指标: !x 3.5‰", [("forbidden", 1, 5, {"what": "!", "text": "!x"})]),
    "standard tag": ("a: !!int 3", [("forbidden", 1, 4, {"what": "!", "text": "!!int"})]),
    "long tag": ("a: !<tag:yaml.org,2002:int> 3", [("forbidden", 1, 4, {"what": "!", "text": "!!int"})]),
    "python tag": (
        "- !!python/object/apply:os.system [id]",
        [("forbidden", 1, 3, {"what": "!", "text": "!!python/object/apply:os.system"})],
    ),
    "tag on nothing": ('a: !!int ""', [("forbidden", 1, 4, {"what": "!", "text": "!!int"})]),
    "bare tag": ("a: ! 3", [("forbidden", 1, 4, {"what": "!", "text": "!"})]),
    "second document": ("a: 1\n---\nb: 2\n", [("second-document", 2, 1, {})]),
    "empty second document": ("---\n---\n", [("second-document", 2, 1, {})]),
}


@pytest.mark.parametrize(("text", "expected"), REFUSED.values(), ids=REFUSED)
def test_what_a_plan_does_not_use_is_refused_with_its_place(text, expected):
    """Each anchor, alias and tag is one fault, and nothing is composed."""
    assert faults_of(text) == expected
    assert parse(text, FILE)[0] is None


def test_of_many_anchors_twenty_are_named():
    """A hundred thousand faults help nobody."""
    assert len(faults_of("[" + ",".join(f"&a{i} 1" for i in range(100_000)) + "]")) == 20


def test_signs_inside_words_are_no_anchors_tags_or_aliases():
    """R&D, 5*3 and 注意! are words; quoted ones may begin with the sign."""
    assert plain(read("[R&D, 5*3, 注意!, '*注', \"&a\", '!x']")) == ["R&D", "5*3", "注意!", "*注", "&a", "!x"]


def nested(levels):
    """A mapping whose value is nested so that the whole has so many levels."""
    return "a: " + "[" * (levels - 1) + "]" * (levels - 1)


def test_forty_levels_are_read_and_the_next_is_refused():
    """The limit counts the mapping at the top."""
    assert faults_of(nested(40)) == []
    assert faults_of(nested(41)) == [("too-deep", 1, 43, {"limit": "40"})]
    assert parse(nested(41), FILE)[0] is None


@pytest.mark.parametrize("opening", ["[", "{a: ", "- ", "? ", "[{a: "])
def test_any_kind_of_nesting_is_refused(opening):
    """Brackets, braces, dashes and question marks all nest, closed or not."""
    kinds = [kind for kind, *_ in faults_of(opening * 500)]

    assert kinds == ["too-deep"]


def test_deep_blocks_are_refused():
    """Indentation nests, too."""
    text = "".join(" " * i + "a:\n" for i in range(60))

    assert faults_of(text) == [("too-deep", 41, 41, {"limit": "40"})]


def test_brackets_inside_words_do_not_count():
    """A text of many brackets in quotes is flat."""
    assert plain(read('a: "' + "[" * 100 + '"')) == {"a": "[" * 100}


BROKEN = {
    "bare bound in braces": ("- {a: 1, b: >3.56, c: 2}", [("bare-bound", 1, 13, {"text": ">3.56"})]),
    "bare bound in a block": ("- a: 1\n  b: >=4.76 人\n", [("bare-bound", 2, 6, {"text": ">=4.76"})]),
    "bare bound in a list": ("- [1, > 3]", [("bare-bound", 1, 7, {"text": "> 3"})]),
    "bare percent": ("- {unit: %, a: 1}", [("bare-sign", 1, 10, {"text": "%"})]),
    "bare at": ("- {a: @x}", [("bare-sign", 1, 7, {"text": "@"})]),
    "bare backquote": ("- {甲: `x`}", [("bare-sign", 1, 7, {"text": "`"})]),
    "tab": ("a:\n\t- b\n", [("tab", 2, 1, {})]),
    "tab in an entry": ("- a: 1\n\tb: 2\n- c: 3\n", [("tab", 2, 1, {})]),
    "full-width colon": ("- {指标：甲, a: [}", [("full-width-mark", 1, 6, {"text": "："})]),
    "full-width colon noticed on the next line": ("- 甲：乙\n  b: 1\n", [("full-width-mark", 1, 4, {"text": "："})]),
    "full-width comma": ("- {a: 1，b: 2}", [("full-width-mark", 1, 8, {"text": "，"})]),
    "ideographic blank as indentation": (
        "x:\n  - a: 1\n  \u3000b: 2\n",
        [("full-width-mark", 3, 3, {"text": "U+3000"})],
    ),
    "no-break blank as indentation": ("x:\n  - a: 1\n  \xa0b: 2\n", [("full-width-mark", 3, 3, {"text": "U+00A0"})]),
    "ideographic blank after a colon": ("a:\u3000{b: 1, c: 2}", [("full-width-mark", 1, 3, {"text": "U+3000"})]),
    "open bracket": (
        "- {a: 1\n- {b: 2}\n",
        [("syntax", 1, 3, {"problem": "while parsing a flow mapping did not find expected ',' or '}'"})],
    ),
    "open bracket beside a full-width comma in a text": (
        "- {quote: 甲，乙, a: 1\n- {b: 2}\n",
        [("syntax", 1, 3, {"problem": "while parsing a flow mapping did not find expected ',' or '}'"})],
    ),
    "open quote": (
        '- {a: "b}\n',
        [("syntax", 1, 7, {"problem": "while scanning a quoted scalar found unexpected end of stream"})],
    ),
    "surrogate escape": (
        '- "\\ud800"\n',
        [("syntax", 1, 3, {"problem": "while parsing a quoted scalar found invalid Unicode character escape code"})],
    ),
    "key too long": (
        "x" * 1025 + ": 1\n",
        [("syntax", 1, 1026, {"problem": "mapping values are not allowed in this context"})],
    ),
}


@pytest.mark.parametrize(("text", "expected"), BROKEN.values(), ids=BROKEN)
def test_broken_yaml_is_one_fault_at_the_place_to_look_at(text, expected):
    """What Chinese drafters trip over is named; the rest is said in YAML's words."""
    assert faults_of(text) == expected


@pytest.mark.parametrize("character", ["\0", "\x1b", "\x7f", "\uffff", chr(0xD800)], ids=ascii)
def test_characters_that_are_no_text_are_one_fault(character):
    """A text handed over without reading a file is checked, too."""
    shown = {"reason": "control-character", "detail": f"U+{ord(character):04X}"}

    assert faults_of(f"a: 1\nb: 甲{character}\n") == [("not-text", 2, 1, shown)]


def test_a_broken_entry_is_cut_out_and_the_others_keep_their_places():
    """What stands after a broken entry is read, with the lines it has in the file."""
    text = "a:\n  - 甲\n  - {b: >3}\n  - x: [\n    y: 1\n\n    z: 2\n  - 乙\nc: 丙\n"
    root, faults = parse(text, FILE)

    assert plain(root) == {"a": ["甲", "乙"], "c": "丙"}
    assert [(f.kind, f.place.line) for f in faults] == [("bare-bound", 3), ("syntax", 4)]
    assert place(root.value[1][1], FILE) == Place(FILE, 9, 4)


def test_of_nested_lists_only_the_inner_entry_is_cut_out():
    """A broken row leaves its table."""
    root, faults = parse("t:\n  - id: 甲\n    rows:\n      - {a: [}\n      - {a: 1}\n  - id: 乙\n", FILE)

    assert plain(root) == {"t": [{"id": "甲", "rows": [{"a": "1"}]}, {"id": "乙"}]}
    assert [f.place for f in faults] == [Place(FILE, 4, 14)]


def test_a_broken_head_leaves_nothing():
    """Where no entry can be cut out, nothing is guessed."""
    root, faults = parse("plan: {a: [}\nb:\n  - 1\n", FILE)

    assert root is None
    assert [(f.kind, f.place.line) for f in faults] == [("syntax", 1)]


def test_many_broken_entries_end_the_search():
    """After twenty broken entries the file is given up."""
    root, faults = parse("- {a: [}\n" * 30, FILE)

    assert root is None
    assert [f.place.line for f in faults] == list(range(1, 21))


def entries_of(text):
    """Keys of a mapping and the faults of the others."""
    faults = []
    found = [(key.value, plain(value)) for key, value in entries(read(text), FILE, faults, "column")]
    return found, [(f.kind, f.place.line, f.place.column, dict(f.shown)) for f in faults]


def test_entries_are_yielded_once_and_odd_keys_are_faults():
    """Of a repeated key the first is kept; merge keys, lists and mappings as keys are refused with their places."""
    text = "a: 1\na: 2\n<<: {b: 3}\n'<<': 4\n? [x]\n: 5\n? {y: z}\n: 6\n"

    assert entries_of(text) == (
        [("a", "1"), ("<<", "4")],
        [
            ("duplicate-key", 2, 1, {"key": "a"}),
            ("forbidden", 3, 1, {"what": "<<", "text": "<<"}),
            ("shape", 5, 3, {"expected": "key", "found": "list", "where": "column"}),
            ("shape", 7, 3, {"expected": "key", "found": "mapping", "where": "column"}),
        ],
    )


def test_what_is_absent_stands_where_it_should_be():
    """An absent mapping is empty and has the place of its owner."""
    node = tree.nowhere(Place(FILE, 7, 3))

    assert isinstance(node, Mapping)
    assert plain(node) == {}
    assert place(node, FILE) == Place(FILE, 7, 3)


def test_shapes_have_one_word_each():
    """The words that messages use."""
    assert [tree.shape(node) for node in read("[a, [], {}]").value] == ["text", "list", "mapping"]


PIECES = st.sampled_from(
    [
        *"[]{}:,-?|>#&*!%@`'\"\\~=",
        *["\n", "\n  ", "\n- ", "\t", " ", ": ", " #", "<<: ", "---\n", "...", "&a ", "*a", "!x ", "!!int "],
        *["\u3000", "\xa0", "：", "，", "“", "\u2028", "\x85", "\r", "\ufeff", "\0", chr(0xD800), "\\ud800"],
        *["指标", "a", "2020", "≥80", ">3.56", "3.10", "每千人口"],
    ]
)


@settings(deadline=None, max_examples=300)
@given(st.lists(PIECES, max_size=40).map("".join))
@example("&a [*a]")
@example("a: &x {<<: *x}")
@example("[" * 1000)
@example("{a: " * 300)
@example("- " * 300)
@example("? " * 300)
@example("- {a: >3}\n" * 30)
@example("-\t- a:\n\t\t- >1\r>2")
@example('"\\ud800"')
@example("%YAML 9.9\n---\na")
@example("%TAG ! tag:x:\n---\n!y z")
@example("a\u2028- {b: >3}\x85- c")
@example("- |\n\t>3\n-\n>\n")
@example("{? [a] : b, ? {c: d} : e}")
def test_any_text_gives_a_tree_or_faults_inside_it(text):
    """Nothing that looks like YAML raises, and every place lies in the text."""
    root, faults = parse(text, FILE)

    lines = len(fullyaml._LINE_END.split(text))
    assert root is None or isinstance(root, Scalar | Sequence | Mapping)
    assert all(1 <= f.place.line <= lines + 1 and f.place.column >= 1 and f.place.file == FILE for f in faults)
