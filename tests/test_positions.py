"""Places and an editor's positions: lines as each counts them, columns in the units of an encoding."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planlint.positions import Positions
from planlint.source import Place


def place(line, column):
    return Place("f", line, column)


@pytest.mark.parametrize(("encoding", "column"), [("utf-8", 7), ("utf-16", 3), ("utf-32", 2)])
def test_columns_are_in_the_units_of_the_encoding(encoding, column):
    """𠮷 is one character, two units of UTF-16 and four of UTF-8; 县 three of UTF-8."""
    positions = Positions("a\n𠮷县: b", encoding)

    assert positions.position(positions.offset(place(2, 3))) == (1, column)
    assert positions.offset_at((1, column)) == 4


def test_ends_of_lines_only_yaml_knows():
    """NEL, LS and PS end a line of YAML and none of the editor's."""
    positions = Positions("a\u2028b\u2029c\x85d\r\ne\rf")

    assert [positions.position(positions.offset(place(line, 1))) for line in range(1, 7)] == [
        (0, 0),
        (0, 2),
        (0, 4),
        (0, 6),
        (1, 0),
        (2, 0),
    ]


def test_a_byte_order_mark_is_counted_by_the_editor_only():
    """What planlint calls column 1 of line 1 stands behind the mark."""
    positions = Positions("\ufeffa: b\nc")

    assert positions.position(positions.offset(place(1, 1))) == (0, 1)
    assert positions.position(positions.offset(place(2, 1))) == (1, 0)


def test_what_lies_outside_is_the_nearest_end():
    """An editor may ask beyond a line, and a place may lie behind the text."""
    positions = Positions("𠮷b\ncd")

    assert positions.offset_at((0, 99)) == 2
    assert positions.offset_at((9, 0)) == 5
    assert positions.offset(place(9, 9)) == 5
    assert positions.offset(place(2, 9)) == 5


def test_a_position_within_a_character_is_behind_it():
    """Half of 𠮷 is no place to be."""
    assert Positions("𠮷b").offset_at((0, 1)) == 1


@given(st.text(st.sampled_from("a县𠮷\n\r\u2028\x85: "), max_size=30), st.sampled_from(["utf-8", "utf-16", "utf-32"]))
def test_every_offset_comes_back(text, encoding):
    """Position and offset are each other's inverse everywhere but within a line's end of two characters."""
    positions = Positions(text, encoding)
    for offset in range(len(text) + 1):
        if text[offset - 1 : offset + 1] != "\r\n":
            assert positions.offset_at(positions.position(offset)) == offset
