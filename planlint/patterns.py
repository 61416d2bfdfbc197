"""Regular expressions that are compiled when they are first used: most runs need few of them.

Compiling is a quarter of a check of one plan, and comes to the same every time. So what the standard library compiles
a pattern to, a list of numbers for its matcher, is kept with the compiled rules. The matcher checks the numbers before
it takes them. How they are had and given back is not documented: MAKE is part of the key under which they are kept, and
where anything is not as expected, the pattern is compiled as usual.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterable, Mapping
from typing import cast

try:
    import _sre  # type: ignore[import-not-found]

    MAKE = f"{sys.hexversion} {_sre.MAGIC} {_sre.CODESIZE} {_sre.MAXREPEAT} {sys.byteorder}"
except (ImportError, AttributeError):  # pragma: no cover - another implementation of Python
    _sre, MAKE = None, ""
"""What compiled patterns depend on."""

_STRANGE = (ImportError, AttributeError, LookupError, TypeError, ValueError, OverflowError, RuntimeError)
"""What another make of the matcher may raise."""

Key = tuple[str, int]
"""A pattern's text and flags."""
Compiled = tuple[int, bytes, int, dict[str, int], tuple[str | None, ...]]
"""All flags, the numbers for the matcher, how many groups there are, and their names."""

_all: list[_Pattern] = []
_known: dict[Key, Compiled] = {}


class _Pattern:
    """Stands for a compiled pattern until one of its methods is asked for."""

    def __init__(self, text: str, flags: int) -> None:
        # A plain number in place of re's flags: it is what can be kept.
        self.key = text, int(flags)
        self._made: re.Pattern[str] | None = None
        _all.append(self)

    def __getattr__(self, name: str) -> object:
        # Called only for what is not set yet: the first use of each method.
        if self._made is None:
            self._made = _compiled(self.key)
        method = getattr(self._made, name)
        setattr(self, name, method)
        return method


def pattern(text: str, flags: int = 0) -> re.Pattern[str]:
    """Return a pattern that works as re.compile's result does."""
    return cast("re.Pattern[str]", _Pattern(text, flags))


def longest_first(words: Iterable[str]) -> list[str]:
    """Return words as the alternatives of a pattern: none hides a longer one, and the order is that of every run."""
    return sorted(words, key=lambda word: (-len(word), word))


def every() -> list[Key]:
    """Return texts and flags of all patterns of the modules imported so far, in one order."""
    return sorted({pattern.key for pattern in _all})


def compiled() -> dict[Key, Compiled]:
    """Return all patterns of the modules imported so far, compiled; those that cannot be kept are left out."""
    found = ((key, _numbers(key)) for key in every())
    return {key: numbers for key, numbers in found if numbers is not None}


def recall(known: Mapping[Key, Compiled]) -> None:
    """Take patterns that were compiled before."""
    _known.update(known)


def _compiled(key: Key) -> re.Pattern[str]:
    text, flags = key
    if key in _known:
        try:
            every_flag, numbers, *groups = _known[key]
            return cast("re.Pattern[str]", _sre.compile(text, every_flag, _list(numbers), *groups))
        except _STRANGE:
            pass
    return re.compile(text, flags)


def _numbers(key: Key) -> Compiled | None:
    """Return what re.compile hands to the matcher."""
    text, flags = key
    try:
        from re import _compiler, _parser  # type: ignore[attr-defined]

        parsed = _parser.parse(text, flags)
        numbers = _bytes(_compiler._code(parsed, flags))
        state = parsed.state
        names = {number: name for name, number in state.groupdict.items()}
        found = flags | state.flags, numbers, state.groups - 1, dict(state.groupdict)
        return *found, tuple(names.get(number) for number in range(state.groups))
    except _STRANGE:
        return None


def _bytes(numbers: Iterable[int]) -> bytes:
    return b"".join(int(number).to_bytes(4, sys.byteorder) for number in numbers)


def _list(numbers: bytes) -> list[int]:
    return memoryview(numbers).cast("I").tolist()
