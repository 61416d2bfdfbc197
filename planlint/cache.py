"""The only place that keeps compiled rules on disk: plain data, keyed by content and version, rebuilt when in doubt.

A small index leads from what the file system says of the rule files (names, sizes, times) to the digest of their
contents, so that an unchanged set of rules is not even read.
"""

from __future__ import annotations

import os
import zlib
from collections.abc import Iterable, Iterator, Mapping, MutableMapping
from typing import TYPE_CHECKING, cast

from planlint import patterns, store
from planlint.catalogue import Catalogue, Indicator
from planlint.digest import digest
from planlint.exact import Fraction
from planlint.findings import Severity, Text
from planlint.plaindata import DAMAGE, MAKE, Codec, packed, unpacked
from planlint.rules import Files, Rule, Ruleset, compile_rules, rule_files
from planlint.source import AnyPath
from planlint.units import Dimension, Unit, definitions
from planlint.verdicts import Options, Relation
from planlint.version import __version__

FORMAT = 9
"""Changes whenever what is kept, or the way it is compiled, changes."""


def load(folders: Iterable[AnyPath] = ()) -> Ruleset:
    """Return the built-in rules and those of other folders, compiled now or read from the cache.

    Raises Malformed or UnreadableSource. A cache that cannot be read or written is passed over.
    """
    folders = list(folders)
    place = store.folder()
    if place is None:
        return compile_rules(*rule_files(folders))
    stamps = store.stamps((*store.own_folders(), *folders))
    index = os.path.join(place, store.key_of((MAKE, patterns.MAKE, FORMAT, __version__, *stamps)) + ".index")
    known = store.read(index)
    kept = _read(_file(place, known.decode("ascii", "replace"))) if known is not None else None
    if kept is not None:
        return kept
    catalogue_files, files = rule_files(folders)
    key = _digest(catalogue_files, files)
    ruleset = _read(_file(place, key)) if key.encode() != known else None
    if ruleset is None:
        ruleset = compile_rules(catalogue_files, files)
        store.write(_file(place, key), _pack(ruleset))
    store.write(index, key.encode())
    return ruleset


def _file(place: str, key: str) -> str:
    # The key may come from a damaged index: whatever it says, it names a file of this folder.
    return os.path.join(place, f"{os.path.basename(key)[:64]}.rules".replace("\0", ""))


def _digest(catalogue_files: Files, files: Files) -> str:
    # The table of units is compiled, too, though it is no rule.
    parts = [f"{MAKE} {patterns.MAKE} {FORMAT} {__version__}".encode(), definitions().encode()]
    for name, data in (*catalogue_files, *files):
        parts += [f"\0{name}\0{len(data)}\0".encode("utf-8", "surrogatepass"), data]
    return digest(*parts)


if TYPE_CHECKING:
    from marshal import _Marshallable as Plain

    Names = dict[str, str]
    Drawers = tuple[bytes, ...]
    Table = dict[str, tuple[Dimension, int, int]]
    Kept = tuple[
        dict[str, bytes], Drawers, Drawers, Names, Names, Names, Table, Plain, dict[patterns.Key, patterns.Compiled]
    ]

_CODEC = Codec(Text, Unit, Indicator, Relation, Options, Rule, Severity)


class _Shelf(MutableMapping[str, Indicator]):
    """Indicators by key, each made when it is first asked for: a plan needs a few dozen of a thousand."""

    def __init__(self, packed: dict[str, bytes]) -> None:
        self._packed = packed
        self._made: dict[str, Indicator] = {}

    def __getitem__(self, key: str) -> Indicator:
        found = self._made.get(key)
        if found is None:
            made = _CODEC.load(self._packed[key])
            if not isinstance(made, Indicator):
                raise TypeError(f"the cache holds no indicator '{key}'")
            found = self._made[key] = made
        return found

    def __setitem__(self, key: str, indicator: Indicator) -> None:
        self._packed[key] = b""
        self._made[key] = indicator

    def __delitem__(self, key: str) -> None:
        del self._packed[key]
        self._made.pop(key, None)

    def __iter__(self) -> Iterator[str]:
        return iter(self._packed)

    def __len__(self) -> int:
        return len(self._packed)

    def __contains__(self, key: object) -> bool:
        return key in self._packed


class _Names(MutableMapping[str, str]):
    """A table of thousands of names in small drawers, each unpacked when a name in it is first asked for."""

    DRAWERS = 1024

    def __init__(self, drawers: Drawers) -> None:
        if len(drawers) != self.DRAWERS:
            raise ValueError("the cache holds no names")
        self._packed = drawers
        self._open: dict[int, Names] = {}

    @classmethod
    def packed(cls, names: Mapping[str, str]) -> Drawers:
        """Return the drawers of a table."""
        drawers: list[Names] = [{} for _ in range(cls.DRAWERS)]
        for name, key in names.items():
            drawers[cls._number(name)][name] = key
        return tuple(packed(drawer) for drawer in drawers)

    @classmethod
    def _number(cls, name: str) -> int:
        # hash() of a text differs from run to run.
        return zlib.crc32(name.encode("utf-8", "surrogatepass")) % cls.DRAWERS

    def _drawer(self, number: int) -> Names:
        found = self._open.get(number)
        if found is None:
            found = self._open[number] = cast("Names", unpacked(self._packed[number]))
        return found

    def __getitem__(self, name: str) -> str:
        return self._drawer(self._number(name))[name]

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


def _pack(ruleset: Ruleset) -> bytes:
    known = ruleset.catalogue
    indicators = {key: _CODEC.dump(indicator) for key, indicator in known.by_key.items()}
    table = {name: (powers, *factor.as_integer_ratio()) for name, (powers, factor) in known.unit_table.items()}
    names = (_Names.packed(known.by_name), _Names.packed(known.by_loose))
    few = (dict(known.by_stem), known.populations, dict(known.densities))
    return packed((indicators, *names, *few, table, _CODEC.plain(ruleset.rules), patterns.compiled()))


def _unpack(payload: bytes) -> Ruleset:
    """Return the rules of a payload. Raises one of plaindata.DAMAGE for a damaged one."""
    # What is no such tuple raises below; the cast only tells the type checker what was written.
    indicators, by_name, by_loose, by_stem, populations, densities, table, rules, compiled = cast(
        "Kept", unpacked(payload)
    )
    units = {name: (powers, Fraction(above, below)) for name, (powers, above, below) in table.items()}
    names, loose = _Names(by_name), _Names(by_loose)
    known = Catalogue(_Shelf(indicators), names, by_stem, populations, units, densities, loose)
    made = _CODEC.made(rules)
    if not isinstance(made, tuple) or not all(isinstance(rule, Rule) for rule in made):
        raise TypeError("the cache holds no rules")
    patterns.recall(compiled)
    return Ruleset(made, known)


def _read(file: str) -> Ruleset | None:
    """Return the rules kept in a file, None where it is missing, damaged or of another make."""
    payload = store.read(file)
    if payload is None:
        return None
    try:
        return _unpack(payload)
    except DAMAGE:
        return None
