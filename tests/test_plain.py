"""The quick reader: whatever it reads, it reads as PyYAML does, to the same characters, places and quotes."""

from pathlib import Path

import pytest
import yaml
from hypothesis import example, given, settings
from hypothesis import strategies as st

from planlint import fullyaml, plain, rules
from planlint.examples import text_of
from planlint.nodes import Mapping, Scalar, Sequence
from planlint.records import Record, read_root

ROOT = Path(__file__).parent.parent
PLANS = sorted((ROOT / "plans").rglob("*.yaml"))


def same(text):
    """The quick reader leaves the text to PyYAML or agrees with it; True where it read it."""
    quick = plain.read(text)
    if quick is None:
        return False
    full, faults = fullyaml.parse(text, "p.yaml")
    assert (quick, faults) == (full, [])
    return True


@pytest.mark.parametrize("path", PLANS, ids=lambda path: path.stem)
def test_plans_are_read_quickly_and_alike(path):
    """Every plan of the collection is written in the part of YAML that is read at once."""
    assert same(path.read_text(encoding="utf-8"))


def test_examples_are_read_alike():
    """So is what rule files show, mistakes included."""
    texts = []
    for file, data in rules.rule_files(())[1]:
        given_ = read_root(data, file).record("examples")
        for kind in rules.KINDS_OF_EXAMPLE:
            for record in given_.records(kind) if kind in given_ else []:
                assert isinstance(record, Record)
                example_ = rules.Example(kind, "", record.text("plan"), 1)
                texts.append(text_of(example_)[0])

    assert sum(map(same, texts)) > len(texts) * 0.8


READ = {
    "braces": "a: {b: c, d: 'e f', \"g\": 5}",
    "brackets": "a: [1, 2.0, '3']",
    "nested": "a: {b: [1, {c: d}], e: {}}\nf: []",
    "rows": "rows:\n  - {a: 1}\n  - {a: 2}  # and so on",
    "marks under the key": "rows:\n- a\n- b\nmore: c",
    "compact mappings": "- a: 1\n  b:\n    c: 2\n- d: 3",
    "comments": "# first\na: b # c\n\n# last\n",
    "over lines": "plan: {a: 1,\n   b: 2,  # why\n   c: 3}\nd: e",
    "Chinese": "指标：一: ≥80 岁\n“二”: {2020年: 3.5‰, 约: 约 5%}",
    "colons and hashes": "a: b:c#d\ne: {f: 1:1.15, g: h#i}",
    "minus": "a: -0.5\nb: {c: -1, d: -x}",
    "ideographic blank in a text": "a: b\u3000c",
    "no end of line": "a: b",
    "brackets in a plain text": "a: b, c [d] {e}",
}
LEFT = {
    "empty": "",
    "comment": "# only",
    "scalar": "a",
    "tab": "a:\tb",
    "return": "a: b\r\n",
    "next line": "a: b\x85c: d",
    "anchor": "a: &b c",
    "alias": "a: *b",
    "tag": "a: !x b",
    "block": "a: |\n  b",
    "folded": "a: >3.56",
    "escape": 'a: "\\u0041"',
    "doubled quote": "a: 'it''s'",
    "two lines": "a: b\n  c",
    "empty value": "a:\nb: c",
    "empty value in braces": "{a: , b: c}",
    "null item": "-\n- a",
    "key without value": "{a, b: c}",
    "pair in brackets": "[a: b]",
    "two documents": "a: b\n---\nc: d",
    "directive": "%YAML 1.1\n---\na: b",
    "question": "? a\n: b",
    "list in a list": "- - a\n",
    "bad indentation": "a:\n    b: c\n  d: e",
    "open bracket": "a: {b: c",
    "something behind": "a: {b: c} d",
    "percent": "a: %",
    "minus alone": "a: -",
    "trailing comma": "a: {b: c,}",
    "deep": "a: " + "[" * 50 + "]" * 50,
    "long key": "a: {" + "k" * 1100 + ": b}",
    "value with a colon": "a: b: c",
}


@pytest.mark.parametrize("text", READ.values(), ids=READ)
def test_what_is_read_at_once(text):
    """The forms in which plans are written need no other parser."""
    assert same(text)


@pytest.mark.parametrize("text", LEFT.values(), ids=LEFT)
def test_what_is_left_to_the_full_parser(text):
    """Whatever is not certain is not read here."""
    assert plain.read(text) is None


def test_places_and_quotes():
    """A node stands where its first character stands, the quote included."""
    assert plain.read("a:\n  - {b: 'c', d: e}\n") == Mapping(
        [
            (
                Scalar("a", 0, 0),
                Sequence(
                    [
                        Mapping(
                            [
                                (Scalar("b", 1, 5), Scalar("c", 1, 8, "'")),
                                (Scalar("d", 1, 13), Scalar("e", 1, 16)),
                            ],
                            1,
                            4,
                        )
                    ],
                    1,
                    2,
                ),
            )
        ],
        0,
        0,
    )


SIGNS = st.text(alphabet="ab:,- {}[]#\n'\"?!&*|>%=~0.\u3000约\t", max_size=30)
PIECES = st.sampled_from(
    [
        "a: b",
        "- c",
        "{d: e}",
        "{f: [1, 2]}",
        "\n",
        "\n  ",
        "\n    ",
        ": ",
        ", ",
        " # g",
        "'h'",
        '"i"',
        "- ",
        "[",
        "]",
        "}",
    ]
)


@settings(deadline=None, max_examples=500)
@given(SIGNS | st.lists(PIECES, max_size=12).map("".join))
@example("a: [b\n]")
@example("a: {b: c\n}")
@example("- a: b\n   c: d")
@example("a:\n- b\n - c")
@example("{a: b}\n{c: d}")
@example("a: 'b' c")
@example("a: =")
@example("a: {<<: b}")
def test_any_text_is_left_or_read_alike(text):
    """Random signs and random pieces of plans."""
    same(text)


SCALARS = st.sampled_from(["1", "2.50", "≥80", "约5", "a b", "x:y", "-1", "'q'", '"r s"', "10/10万", "第920医院"])
KEYS = st.sampled_from(["k", "指标", "2020", "'q'", "a b"])


def trees(children):
    flow_map = st.lists(st.tuples(KEYS, children), max_size=4).map(
        lambda pairs: "{" + ", ".join(f"{key}: {value}" for key, value in pairs) + "}"
    )
    flow_list = st.lists(children, max_size=4).map(lambda items: "[" + ", ".join(items) + "]")
    return flow_map | flow_list


@settings(deadline=None)
@given(st.lists(st.tuples(KEYS, st.recursive(SCALARS, trees, max_leaves=8)), min_size=1, max_size=6), st.integers(0, 4))
def test_rows_are_read_at_once(pairs, indent):
    """Whatever is put together of keys, scalars, braces and brackets is read, and read alike."""
    text = "rows:\n" + "".join(f"{' ' * indent}- {{{key}: {value}}}\n" for key, value in pairs)
    block = "".join(f"{key} {number}: {value}\n" for number, (key, value) in enumerate(pairs) if "'" not in key)

    assert same(text)
    assert same(block) or not block


def test_the_full_parser_has_libyaml():
    """The comparison is with libyaml, the parser that most users have."""
    assert yaml.__with_libyaml__
