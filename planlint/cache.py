"""The only place that keeps compiled rules on disk: plain data, keyed by content and version, rebuilt when in doubt."""

from __future__ import annotations

import contextlib
import os
import sys
from collections.abc import Iterable, Iterator, MutableMapping, Sequence

import msgspec
from msgspec import Struct
from msgspec.structs import replace

from planlint.catalogue import Catalogue, Indicator
from planlint.digest import digest
from planlint.exact import Fraction
from planlint.rules import Files, Rule, Ruleset, compile_rules, rule_files
from planlint.source import AnyPath, UnreadableSource, read_bytes
from planlint.units import Dimension
from planlint.verdicts import Relation
from planlint.version import __version__

FORMAT = 5
"""Changes whenever what is kept, or the way it is compiled, changes."""

_FOLDER = "PLANLINT_CACHE_DIR"


def folder() -> str | None:
    """Return the folder of the cache, None where there is no home to put it in."""
    own = os.environ.get(_FOLDER)
    if own:
        return own
    if sys.platform == "win32":
        base = os.environ.get("LOCALAPPDATA")
        return os.path.join(base, "planlint", "cache") if base else None
    base = os.environ.get("XDG_CACHE_HOME")
    if base and os.path.isabs(base):
        return os.path.join(base, "planlint")
    home = os.environ.get("HOME")
    return os.path.join(home, ".cache", "planlint") if home and os.path.isabs(home) else None


def load(folders: Iterable[AnyPath] = ()) -> Ruleset:
    """Return the built-in rules and those of other folders, compiled now or read from the cache.

    Raises Malformed or UnreadableSource. A cache that cannot be read or written is passed over.
    """
    catalogue_files, files = rule_files(folders)
    place = folder()
    file = os.path.join(place, f"{_digest(catalogue_files, files)}.msgpack") if place else None
    kept = _read(file) if file else None
    if kept is not None:
        return kept
    ruleset = compile_rules(catalogue_files, files)
    if file is not None:
        _write(file, ruleset)
    return ruleset


def _digest(catalogue_files: Files, files: Files) -> str:
    parts = [f"{FORMAT} {__version__}".encode()]
    for name, data in (*catalogue_files, *files):
        parts += [f"\0{name}\0{len(data)}\0".encode("utf-8", "surrogatepass"), data]
    return digest(*parts)


class _Kept(Struct):
    """What a cache file holds. Each indicator is packed by itself: a plan needs a few dozen of a thousand."""

    units: dict[str, tuple[Dimension, Fraction]]
    indicators: dict[str, bytes]
    by_name: dict[str, str]
    by_stem: dict[str, str]
    populations: dict[str, str]
    densities: dict[str, str]
    rules: tuple[Rule, ...]


class _Shelf(MutableMapping[str, Indicator]):
    """Indicators by key, each unpacked when it is first asked for."""

    def __init__(self, packed: dict[str, bytes]) -> None:
        self._packed = packed
        self._unpacked: dict[str, Indicator] = {}
        self._decoder = msgspec.msgpack.Decoder(Indicator, dec_hook=_from_plain)

    def __getitem__(self, key: str) -> Indicator:
        found = self._unpacked.get(key)
        if found is None:
            found = self._unpacked[key] = self._decoder.decode(self._packed[key])
        return found

    def __setitem__(self, key: str, indicator: Indicator) -> None:
        self._packed[key] = b""
        self._unpacked[key] = indicator

    def __delitem__(self, key: str) -> None:
        del self._packed[key]
        self._unpacked.pop(key, None)

    def __iter__(self) -> Iterator[str]:
        return iter(self._packed)

    def __len__(self) -> int:
        return len(self._packed)

    def __contains__(self, key: object) -> bool:
        return key in self._packed


def _to_plain(value: object) -> str:
    """Write an exact number as text; msgspec knows no fractions."""
    if isinstance(value, Fraction):
        return str(value)
    raise NotImplementedError(type(value).__name__)


def _from_plain(kind: type, value: object) -> object:
    """Read an exact number back; the parts of a formula are what they are."""
    if kind is object:
        return value
    if kind is Fraction:
        if not isinstance(value, str):
            raise ValueError("an exact number is kept as text")
        return Fraction(value)
    raise NotImplementedError(kind.__name__)


def _read(file: str) -> Ruleset | None:
    """Return the rules kept in a file, None where it is missing, damaged or of another make."""
    try:
        seal, _, payload = read_bytes(file).partition(b"\n")
        if digest(payload).encode() != seal:
            return None
        kept = msgspec.msgpack.decode(payload, type=_Kept, dec_hook=_from_plain)
    except (UnreadableSource, msgspec.MsgspecError, ArithmeticError):
        return None
    known = Catalogue(_Shelf(kept.indicators), kept.by_name, kept.by_stem, kept.populations, kept.units, kept.densities)
    return Ruleset(tuple(_with_formula(rule) for rule in kept.rules), known)


def _with_formula(rule: Rule) -> Rule:
    """Return a rule whose formula is made of tuples again; a packed formula comes back as lists."""
    relation = rule.options.relation
    if relation is None:
        return rule
    solutions = {name: _tuples(expr) for name, expr in relation.solutions.items()}
    whole = Relation(relation.text, _tuples(relation.left), _tuples(relation.right), solutions)
    return replace(rule, options=replace(rule.options, relation=whole))


def _tuples(expr: Sequence[object]) -> tuple[object, ...]:
    return tuple(_tuples(part) if isinstance(part, list) else part for part in expr)


def _write(file: str, ruleset: Ruleset) -> None:
    """Keep the rules; another process never sees half a file."""
    import tempfile

    encoder = msgspec.msgpack.Encoder(enc_hook=_to_plain)
    known = ruleset.catalogue
    kept = _Kept(
        known.unit_table,
        {key: encoder.encode(indicator) for key, indicator in known.by_key.items()},
        dict(known.by_name),
        dict(known.by_stem),
        known.populations,
        dict(known.densities),
        ruleset.rules,
    )
    payload = encoder.encode(kept)
    seal = digest(payload).encode()
    with contextlib.suppress(OSError):
        os.makedirs(os.path.dirname(file), exist_ok=True)
        descriptor, name = tempfile.mkstemp(dir=os.path.dirname(file), prefix=".new-")
        try:
            with os.fdopen(descriptor, "wb") as stream:
                stream.write(seal + b"\n" + payload)
            os.replace(name, file)
        except OSError:
            os.unlink(name)
            raise
