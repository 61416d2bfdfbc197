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
    word = word[:_LONGEST]
    possible = [other for other in known if _most_alike(word, other) >= cutoff]
    if not possible:
        return ""
    # Needed only where something is like, and a check that finds nothing misspelt starts faster without it.
    import difflib

    close = difflib.get_close_matches(word, possible, n=1, cutoff=cutoff)
    return close[0] if close else ""


def _most_alike(word: str, other: str) -> float:
    """Return what difflib's ratio cannot exceed: the letters in common, wherever they stand. No verdict rests on it."""
    return 2 * sum(min(word.count(c), other.count(c)) for c in set(word)) / (len(word) + len(other) or 1)


def one_slip(word: str, known: Iterable[str]) -> str:
    """Return the only known word that one slip of the hand may have turned into another; nothing where none or several.

    A slip is a letter left out, put in or mistaken, or two neighbours exchanged.
    """
    close = {other for other in known if _is_one_slip(word, other)}
    return close.pop() if len(close) == 1 else ""


def _is_one_slip(word: str, other: str) -> bool:
    if word == other or abs(len(word) - len(other)) > 1 or max(len(word), len(other)) > _LONGEST:
        return False
    same = next((i for i, (a, b) in enumerate(zip(word, other, strict=False)) if a != b), min(len(word), len(other)))
    one, two = word[same:], other[same:]
    if len(one) != len(two):
        return one[1:] == two or one == two[1:]
    return one[1:] == two[1:] or (one[:2] == two[1::-1] and one[2:] == two[2:])
