"""The only place that keeps the large tables of the catalogue in small sealed parts, each opened when it is asked for.

A plan needs a few hundred of thousands of names: neither the others nor their seals are looked at. A part that is
damaged or missing is made again from the catalogue's own files.
"""

from __future__ import annotations

import zlib
from collections.abc import Callable, Iterable, Iterator, Mapping, MutableMapping
from typing import TYPE_CHECKING, TypeVar, cast, overload

from msgspec.structs import astuple

from planlint.catalogue import Catalogue, Indicator
from planlint.exact import Fraction
from planlint.findings import Text
from planlint.plaindata import DAMAGE, packed, unpacked
from planlint.units import Unit

if TYPE_CHECKING:
    from marshal import _Marshallable as Plain

    Some = tuple[str, ...]
    Ratio = tuple[int, int] | None
    More = tuple[bool, str, str, str, str, str, int, Some, Some]
    Kept = tuple[str, tuple[str, str], Some, str, int, list[int], str, Ratio, Ratio, Ratio, Ratio, *More]

T = TypeVar("T")
Starts = tuple[int, ...]
"""Where parts begin, in bytes."""
_SIZE, _SEAL = 4, 8
"""Where the size of a part ends, and behind it its seal."""


class Writer:
    """Puts parts one behind the other."""

    def __init__(self) -> None:
        self._parts: list[bytes] = []
        self._end = 0

    def add(self, part: bytes) -> int:
        """Add a part and return where it begins."""
        start = self._end
        sealed = len(part).to_bytes(_SIZE, "big") + zlib.crc32(part).to_bytes(_SEAL - _SIZE, "big") + part
        self._parts.append(sealed)
        self._end += len(sealed)
        return start

    def content(self) -> bytes:
        """Return all parts as a file holds them."""
        return b"".join(self._parts)


class Reader:
    """Parts of a file. `read` returns its content; `compiled` returns the catalogue that it was made from."""

    def __init__(self, read: Callable[[], bytes], compiled: Callable[[], Catalogue]) -> None:
        self._read = read
        self._compiled = compiled
        self._content: bytes | None = None
        self._catalogue: Catalogue | None = None

    def part(self, start: int) -> Plain:
        """Return the plain data of a part. Raises one of DAMAGE for a damaged one."""
        if self._content is None:
            self._content = self._read()
        seal, begin = start + _SIZE, start + _SEAL
        part = self._content[begin : begin + int.from_bytes(self._content[start:seal], "big")]
        if zlib.crc32(part) != int.from_bytes(self._content[seal:begin], "big"):
            raise ValueError("a part of the cache is damaged")
        return unpacked(part)

    @property
    def catalogue(self) -> Catalogue:
        """Return the catalogue compiled anew, in place of damaged parts."""
        if self._catalogue is None:
            self._catalogue = self._compiled()
        return self._catalogue


class Indicators(MutableMapping[str, Indicator]):
    """Indicators by key, each made when it is first asked for: a plan needs a few dozen of a thousand.

    `units` are the units that they are measured in: some dozens, each the same object wherever it occurs.
    """

    def __init__(self, starts: Mapping[str, int], units: tuple[Unit, ...], reader: Reader) -> None:
        self._starts = dict(starts)
        self._units = units
        self._reader = reader
        self._made: dict[str, Indicator] = {}

    @staticmethod
    def write(indicators: Mapping[str, Indicator], writer: Writer) -> tuple[dict[str, int], tuple[Unit, ...]]:
        """Add indicators to a file; return where each begins, and their units."""
        every = dict.fromkeys(unit for one in indicators.values() for unit in (one.unit, *one.accepts))
        numbers = {unit: number for number, unit in enumerate(every)}
        starts = {key: writer.add(packed(_plain(indicator, numbers))) for key, indicator in indicators.items()}
        return starts, tuple(every)

    def __getitem__(self, key: str) -> Indicator:
        found = self._made.get(key)
        if found is None:
            found = self._made[key] = self._opened(key, self._starts[key])
        return found

    def _opened(self, key: str, start: int) -> Indicator:
        try:
            made = _indicator(cast("Kept", self._reader.part(start)), self._units)
        except DAMAGE:
            made = None
        return made if made is not None and made.key == key else self._reader.catalogue.by_key[key]

    def __setitem__(self, key: str, indicator: Indicator) -> None:
        self._starts[key] = -1
        self._made[key] = indicator

    def __delitem__(self, key: str) -> None:
        del self._starts[key]
        self._made.pop(key, None)

    def __iter__(self) -> Iterator[str]:
        return iter(self._starts)

    def __len__(self) -> int:
        return len(self._starts)

    def __contains__(self, key: object) -> bool:
        return key in self._starts


def _plain(indicator: Indicator, units: Mapping[Unit, int]) -> Plain:
    """Return an indicator as plain data, its units by their numbers."""
    key, name, aliases, kind, unit, accepts, polarity, bounds, typical, *more = astuple(indicator)
    ends = [None if end is None else end.as_integer_ratio() for end in (*bounds, *typical)]
    return (key, astuple(name), aliases, kind, units[unit], [units[one] for one in accepts], polarity, *ends, *more)


def _indicator(plain: Kept, units: tuple[Unit, ...]) -> Indicator:
    """Return the indicator that plain data stands for. Raises one of DAMAGE for anything else."""
    key, name, aliases, kind, unit, accepts, polarity, low, high, least, most, *more = plain
    return Indicator(
        key,
        Text(*name),
        aliases,
        kind,
        units[unit],
        tuple([units[number] for number in accepts]),
        polarity,
        (low and Fraction(*low), high and Fraction(*high)),
        (least and Fraction(*least), most and Fraction(*most)),
        *cast("More", more),
    )


class Names(MutableMapping[str, str]):
    """A table of thousands of names in small drawers. `whole` finds it in a catalogue."""

    DRAWERS = 1024

    def __init__(self, starts: Starts, reader: Reader, whole: Callable[[Catalogue], Mapping[str, str]]) -> None:
        if len(starts) != self.DRAWERS:
            raise ValueError("the cache holds no names")
        self._starts = starts
        self._reader = reader
        self._whole = whole
        self._open: dict[int, dict[str, str]] = {}

    @classmethod
    def write(cls, names: Mapping[str, str], writer: Writer) -> Starts:
        """Add a table to a file and return where each drawer begins."""
        return tuple(writer.add(packed(drawer)) for drawer in cls._sorted(names.items()))

    @classmethod
    def _sorted(cls, entries: Iterable[tuple[str, str]]) -> list[dict[str, str]]:
        drawers: list[dict[str, str]] = [{} for _ in range(cls.DRAWERS)]
        for name, key in entries:
            drawers[cls._number(name)][name] = key
        return drawers

    @classmethod
    def _number(cls, name: str) -> int:
        # hash() of a text differs from run to run.
        return zlib.crc32(name.encode("utf-8", "surrogatepass")) % cls.DRAWERS

    def _drawer(self, number: int) -> dict[str, str]:
        found = self._open.get(number)
        if found is None:
            found = self._open[number] = self._opened(number)
        return found

    def _opened(self, number: int) -> dict[str, str]:
        try:
            found = self._reader.part(self._starts[number])
        except DAMAGE:
            found = None
        if isinstance(found, dict):
            return cast("dict[str, str]", found)
        return self._sorted(self._whole(self._reader.catalogue).items())[number]

    def __getitem__(self, name: str) -> str:
        return self._drawer(self._number(name))[name]

    @overload
    def get(self, name: str, /) -> str | None: ...

    @overload
    def get(self, name: str, default: str | T, /) -> str | T: ...

    def get(self, name: str, default: str | T | None = None, /) -> str | T | None:
        """Return the key of a name; written out, because most names that are looked up are not there."""
        return self._drawer(self._number(name)).get(name, default)

    def __setitem__(self, name: str, key: str) -> None:
        self._drawer(self._number(name))[name] = key

    def __delitem__(self, name: str) -> None:
        del self._drawer(self._number(name))[name]

    def __contains__(self, name: object) -> bool:
        return isinstance(name, str) and name in self._drawer(self._number(name))

    def __iter__(self) -> Iterator[str]:
        for number in range(self.DRAWERS):
            yield from self._drawer(number)

    def __len__(self) -> int:
        return sum(len(self._drawer(number)) for number in range(self.DRAWERS))
