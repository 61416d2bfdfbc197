"""Guesses about misspelt words: no more and no other than difflib makes."""

import difflib

from hypothesis import given
from hypothesis import strategies as st

from planlint.spelling import is_slip, nearest, one_slip

WORDS = st.text("床位数护士医师12", max_size=9)


@given(WORDS, st.lists(WORDS, max_size=6), st.sampled_from([0.0, 0.6, 0.7, 1.0]))
def test_the_nearest_is_what_difflib_takes_for_it(word, known, cutoff):
    close = difflib.get_close_matches(word, known, n=1, cutoff=cutoff)
    assert nearest(word, known, cutoff) == (close[0] if close else "")


def test_nothing_is_near_where_nothing_is_alike():
    assert nearest("床位数", ["护士", ""]) == ""
    assert nearest("床位数", ["护士数", "床位"]) == "床位"


def test_one_slip_turns_a_word_into_one_other():
    assert one_slip("肺节核", ["肺结核", "艾滋病"]) == "肺结核"
    assert one_slip("肺结核", ["肺结", "肺核"]) == ""


def test_letters_that_tell_things_apart_are_no_slip():
    assert is_slip("每千人口床位术", "每千人口床位数")
    assert not is_slip("二级综合医院", "三级综合医院")
