"""The only place that guesses what a misspelt word was meant to be."""

from __future__ import annotations

from collections.abc import Iterable

_LONGEST = 80


def nearest(word: str, known: Iterable[str], cutoff: float = 0.6) -> str:
    """Return the known word most like another, nothing where none is alike. `cutoff` is difflib's ratio, 0 to 1."""
    # Needed only where something is wrong, and a check that finds nothing misspelt starts faster without it.
    import difflib

    close = difflib.get_close_matches(word[:_LONGEST], list(known), n=1, cutoff=cutoff)
    return close[0] if close else ""
