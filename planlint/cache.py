"""The only place that keeps compiled rules on disk: plain data, keyed by content and version, rebuilt when in doubt.

A small index leads from what the file system says of the rule files (names, sizes, times) to the digest of their
contents, so that an unchanged set of rules is not even read.
"""

from __future__ import annotations

import os
from collections.abc import Iterable
from operator import attrgetter
from typing import TYPE_CHECKING, cast

from planlint import patterns, store
from planlint.catalogue import Catalogue
from planlint.digest import digest
from planlint.drawers import Indicators, Names, Reader, Starts, Writer
from planlint.exact import Fraction
from planlint.findings import Severity, Text
from planlint.plaindata import DAMAGE, MAKE, Codec, packed, unpacked
from planlint.rules import Files, Rule, Ruleset, compile_rules, rule_files
from planlint.source import AnyPath, UnreadableSource, read_bytes
from planlint.units import Dimension, Unit, definitions
from planlint.verdicts import Options, Relation
from planlint.version import __version__

FORMAT = 12
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
    kept = _read(_file(place, known.decode("ascii", "replace")), folders) if known is not None else None
    if kept is not None:
        return kept
    catalogue_files, files = rule_files(folders)
    key = _digest(catalogue_files, files)
    ruleset = _read(_file(place, key), folders) if key.encode() != known else None
    if ruleset is None:
        ruleset = _compiled(_file(place, key), catalogue_files, files)
    store.write(index, key.encode())
    return ruleset


def _compiled(file: str, catalogue_files: Files, files: Files) -> Ruleset:
    """Return compiled rules, and keep them in a file and the tables of the catalogue in another beside it."""
    ruleset = compile_rules(catalogue_files, files)
    writer = Writer()
    payload = _pack(ruleset, writer)
    # First what the other leads to.
    store.write_plain(_beside(file), writer.content())
    store.write(file, payload)
    return ruleset


def _beside(file: str) -> str:
    return file.removesuffix(".rules") + ".catalogue"


def _file(place: str, key: str) -> str:
    # The key may come from a damaged index: whatever it says, it names a file of this folder.
    return os.path.join(place, f"{os.path.basename(key)[:64]}.rules".replace("\0", ""))


def _digest(catalogue_files: Files, files: Files) -> str:
    # The table of units is compiled, too, though it is no rule, and so are the patterns of the program.
    parts = [f"{MAKE} {patterns.MAKE} {FORMAT} {__version__}".encode(), definitions().encode()]
    parts += [f"\0{text}\0{flags}".encode("utf-8", "surrogatepass") for text, flags in patterns.every()]
    for name, data in (*catalogue_files, *files):
        parts += [f"\0{name}\0{len(data)}\0".encode("utf-8", "surrogatepass"), data]
    return digest(*parts)


if TYPE_CHECKING:
    from marshal import _Marshallable as Plain

    Few = dict[str, str]
    Table = dict[str, tuple[Dimension, int, int]]
    Kept = tuple[
        dict[str, int], Starts, Starts, Few, Few, Few, Table, Plain, Plain, dict[patterns.Key, patterns.Compiled]
    ]

_CODEC = Codec(Text, Unit, Relation, Options, Rule, Severity)


def _pack(ruleset: Ruleset, writer: Writer) -> bytes:
    known = ruleset.catalogue
    indicators, measures = Indicators.write(known.by_key, writer)
    table = {name: (powers, *factor.as_integer_ratio()) for name, (powers, factor) in known.unit_table.items()}
    names = (Names.write(known.by_name, writer), Names.write(known.by_loose, writer))
    few = (dict(known.by_stem), known.populations, dict(known.densities))
    plain = (_CODEC.plain(measures), _CODEC.plain(ruleset.rules))
    return packed((indicators, *names, *few, table, *plain, patterns.compiled()))


def _unpack(payload: bytes, reader: Reader) -> Ruleset:
    """Return the rules of a payload. Raises one of plaindata.DAMAGE for a damaged one."""
    # What is no such tuple raises below; the cast only tells the type checker what was written.
    indicators, by_name, by_loose, by_stem, populations, densities, table, measures, rules, compiled = cast(
        "Kept", unpacked(payload)
    )
    units = {name: (powers, Fraction(above, below)) for name, (powers, above, below) in table.items()}
    names = Names(by_name, reader, attrgetter("by_name"))
    loose = Names(by_loose, reader, attrgetter("by_loose"))
    own_units = _CODEC.made(measures)
    if not isinstance(own_units, tuple) or not all(isinstance(unit, Unit) for unit in own_units):
        raise TypeError("the cache holds no units")
    by_key = Indicators(indicators, own_units, reader)
    known = Catalogue(by_key, names, by_stem, populations, units, densities, loose)
    made = _CODEC.made(rules)
    if not isinstance(made, tuple) or not all(isinstance(rule, Rule) for rule in made):
        raise TypeError("the cache holds no rules")
    patterns.recall(compiled)
    return Ruleset(made, known)


def _read(file: str, folders: list[AnyPath]) -> Ruleset | None:
    """Return the rules kept in a file, None where it is missing, damaged or of another make."""
    payload = store.read(file)
    if payload is None:
        return None

    def content() -> bytes:
        try:
            return read_bytes(_beside(file))
        except UnreadableSource:
            return b""

    def compiled() -> Catalogue:
        # Under the key of what the files hold now.
        made = rule_files(folders)
        return _compiled(_file(os.path.dirname(file), _digest(*made)), *made).catalogue

    try:
        return _unpack(payload, Reader(content, compiled))
    except DAMAGE:
        return None
