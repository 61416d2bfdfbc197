"""A text in an editor: what is written where, however little of it can be read."""

import pytest
from told import HEAD, engine

from planlint.lsp import draft
from planlint.source import MAX_BYTES, Place


def read(text):
    return draft.read(text, "p.yaml", engine())


def written(text, line, column):
    """The characters of what stands at a place."""
    found = read(text)
    span = found.span(Place("p.yaml", line, column))
    return text[span.start : span.end]


@pytest.mark.parametrize(
    ("line", "column", "expected"),
    [
        (1, 4, "plain text"),
        (2, 4, '"dou\\"ble"'),
        (3, 4, "'sin''gle'"),
        (4, 4, ">"),
        (6, 4, "𠮷"),
        (7, 4, "over"),
        (9, 4, "{b: 1}"),
        (9, 8, "1"),
        (9, 99, "}"),
    ],
)
def test_spans_end_where_the_writing_ends(line, column, expected):
    """A scalar with its quotes; of a text over several lines the first; of anything else the rest of the line."""
    text = (
        "a: plain text  # not this\nb: \"dou\\\"ble\"\nc: 'sin''gle'\nd: >\n  folded\ne: 𠮷\nf: over\n  two\ng: {b: 1}"
    )

    assert written(text, line, column) == expected


def test_an_empty_value_is_still_seen():
    """An editor underlines at least one character."""
    assert written("a:\nb: 1\n", 1, 3) == ":"


def test_the_scalar_under_the_cursor():
    """Its place, up to the offset just behind it; between scalars there is none."""
    text = 'a: "b c"  # d'
    found = read(text)
    places = [found.place_at(offset) for offset in range(len(text) + 1)]

    assert [place.column if place else None for place in places] == [1, 1] + [None] + [4] * 6 + [None] * 5


def test_what_can_be_read_serves():
    """A broken entry leaves the others; a text that is no plan, or too large, has no facts."""
    broken = HEAD + "figures:\n  - {indicator: a, value: >3}\n  - {indicator: 婴儿死亡率, year: 2020, value: 3.5‰}\n"

    assert [figure.amount.text for figure in read(broken).facts.figures] == ["3.5‰"]
    assert [fault.kind for fault in read(broken).faults] == ["bare-bound"]
    assert read("a: [").facts is None
    assert read(HEAD + "#" * MAX_BYTES).facts is None
    assert [figure.amount.text for figure in read("\ufeff" + broken).facts.figures] == ["3.5‰"]
