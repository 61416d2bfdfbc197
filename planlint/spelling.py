"""The only place that guesses what a misspelt word was meant to be."""

from __future__ import annotations

from collections.abc import Iterable

_LONGEST = 80
_SHORT = 5
_TELLING = frozenset("0123456789一二三四五六七八九十大中小男女新老省市县区乡村初高")
"""Letters that make another thing of a name: 二级 and 三级, 小学 and 中学."""


def is_slip(word: str, known: str) -> bool:
    """Tell whether a word is a known one with one letter wrong, or with two neighbours changed places."""
    if len(word) != len(known) or len(word) < _SHORT:
        return False
    wrong = [i for i, (one, other) in enumerate(zip(word, known, strict=True)) if one != other]
    if len(wrong) == 1:
        return not any(word[i] in _TELLING or known[i] in _TELLING for i in wrong)
    return (
        len(wrong) == 2
        and wrong[1] == wrong[0] + 1
        and word[wrong[0]] == known[wrong[1]]
        and word[wrong[1]] == known[wrong[0]]
    )


def nearest(word: str, known: Iterable[str], cutoff: float = 0.6) -> str:
    """Return the known word most like another, nothing where none is alike. `cutoff` is difflib's ratio, 0 to 1."""
    # Needed only where something is wrong, and a check that finds nothing misspelt starts faster without it.
    import difflib

    close = difflib.get_close_matches(word[:_LONGEST], list(known), n=1, cutoff=cutoff)
    return close[0] if close else ""
