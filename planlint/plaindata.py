"""The only place that turns objects into plain data that a file can hold, and back: nothing in it can be executed."""

from __future__ import annotations

import enum
import marshal
import sys
from typing import TYPE_CHECKING

from msgspec import Struct
from msgspec.structs import astuple

from planlint.exact import Fraction

if TYPE_CHECKING:
    # None, bool, int, str, bytes, tuple, dict, frozenset of such; a list [kind, …] stands for an object, or for a tuple
    # or a dict with objects in it. So all that is no list is what it stands for, and is not looked into.
    from marshal import _Marshallable as Plain

MAKE = f"{sys.implementation.cache_tag} {marshal.version}"
"""Marshalled data is read only by the Python that wrote it: part of every key."""

DAMAGE = (ValueError, TypeError, EOFError, LookupError, AttributeError, ArithmeticError)
"""What reading data of another make may raise."""

_FRACTION, _TUPLE, _DICT = range(3)
"""What a list stands for that stands for no object of a kind."""
_FIRST_KIND = 3
_PLAIN = frozenset({str, int, bool, type(None)})


def packed(value: Plain) -> bytes:
    """Return the bytes of plain data."""
    return marshal.dumps(value)


def unpacked(data: bytes) -> Plain:
    """Return the plain data of some bytes. Raises one of DAMAGE for anything else."""
    return marshal.loads(data)  # type: ignore[no-any-return]  # noqa: S302 - sealed where it is kept, and data only


class Codec:
    """Objects of some kinds as plain data. The order of `kinds`, the classes that may occur, is part of the format."""

    def __init__(self, *kinds: type[Struct] | type[enum.Enum]) -> None:
        self._kinds = kinds
        self._numbers = {kind: number for number, kind in enumerate(kinds, _FIRST_KIND)}

    def dump(self, value: object) -> bytes:
        """Return the bytes of an object. Raises TypeError for one that is of none of the kinds."""
        return packed(self.plain(value))

    def load(self, data: bytes) -> object:
        """Return the object of some bytes. Raises one of DAMAGE for anything else."""
        return self.made(unpacked(data))

    def plain(self, value: object) -> Plain:
        """Return plain data for an object; numbers stay exact."""
        if isinstance(value, Struct):
            # Most parts are texts and whole numbers, which are plain already.
            parts = [part if type(part) in _PLAIN else self.plain(part) for part in astuple(value)]
            return [self._numbers[type(value)], *parts]
        if isinstance(value, Fraction):
            return [_FRACTION, value.numerator, value.denominator]
        if isinstance(value, enum.Enum):
            return [self._numbers[type(value)], value.value]
        if isinstance(value, tuple):
            if all(type(part) in _PLAIN for part in value):
                return value
            parts = list(map(self.plain, value))
            return [_TUPLE, *parts] if any(isinstance(part, list) for part in parts) else tuple(parts)
        if isinstance(value, frozenset):
            return frozenset(map(self.plain, value))
        if isinstance(value, dict):
            entries = {key: self.plain(part) for key, part in value.items()}
            return [_DICT, entries] if any(isinstance(part, list) for part in entries.values()) else entries
        if value is None or isinstance(value, str | bytes | bool | int):
            return value
        raise TypeError(f"{type(value).__name__} is no plain data")

    def made(self, value: Plain) -> object:
        """Return the object that plain data stands for. Raises one of DAMAGE for anything else."""
        if not isinstance(value, list):
            return value
        number, *parts = value
        if number >= _FIRST_KIND:
            return self._kinds[number - _FIRST_KIND](*[self.made(p) if type(p) is list else p for p in parts])
        if number == _FRACTION:
            above, below = parts
            return Fraction(above) if below == 1 else Fraction(above, below)
        if number == _TUPLE:
            return tuple(map(self.made, parts))
        (entries,) = parts
        return {key: self.made(part) for key, part in entries.items()}
