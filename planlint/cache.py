"""The only place that keeps compiled rules on disk: plain data, keyed by content and version, rebuilt when in doubt.

A small index leads from what the file system says of the rule files (names, sizes, times) to the digest of their
contents, so that an unchanged set of rules is not even read.
"""

from __future__ import annotations

import contextlib
import marshal
import os
import sys
from collections.abc import Iterable, Iterator, MutableMapping
from typing import TYPE_CHECKING

from msgspec import Struct
from msgspec.structs import astuple

from planlint.catalogue import Catalogue, Indicator
from planlint.digest import digest
from planlint.exact import Fraction
from planlint.findings import Severity, Text
from planlint.rules import Files, Rule, Ruleset, compile_rules, rule_files, rule_stamps
from planlint.source import AnyPath, UnreadableSource, read_bytes
from planlint.units import Unit
from planlint.verdicts import Options, Relation
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
    folders = list(folders)
    place = folder()
    if place is None:
        return compile_rules(*rule_files(folders))
    stamps = "\n".join(f"{part}" for part in (_MAKE, FORMAT, __version__, *rule_stamps(folders)))
    index = os.path.join(place, digest(stamps.encode("utf-8", "surrogatepass")) + ".index")
    known = _open(index)
    kept = _read(_file(place, known.decode("ascii", "replace"))) if known is not None else None
    if kept is not None:
        return kept
    catalogue_files, files = rule_files(folders)
    key = _digest(catalogue_files, files)
    ruleset = _read(_file(place, key)) if key.encode() != known else None
    if ruleset is None:
        ruleset = compile_rules(catalogue_files, files)
        _write(_file(place, key), _pack(ruleset))
    _write(index, key.encode())
    return ruleset


_MAKE = f"{sys.implementation.cache_tag} {marshal.version}"
"""Marshalled data is read only by the Python that wrote it."""


def _file(place: str, key: str) -> str:
    # The key may come from a damaged index: whatever it says, it names a file of this folder.
    return os.path.join(place, f"{os.path.basename(key)[:64]}.rules".replace("\0", ""))


def _digest(catalogue_files: Files, files: Files) -> str:
    parts = [f"{_MAKE} {FORMAT} {__version__}".encode()]
    for name, data in (*catalogue_files, *files):
        parts += [f"\0{name}\0{len(data)}\0".encode("utf-8", "surrogatepass"), data]
    return digest(*parts)


# -- objects to plain data and back

_KINDS: tuple[type[Struct], ...] = (Text, Unit, Indicator, Relation, Options, Rule)
_FRACTION = len(_KINDS)
_SEVERITY = _FRACTION + 1
_NUMBER = {kind: number for number, kind in enumerate(_KINDS)}

if TYPE_CHECKING:
    # The stub's name for what marshal takes.
    # None, bool, int, str, bytes, tuple, dict, frozenset of such; a list [kind, …] stands for an object.
    from marshal import _Marshallable as Plain


def _to_plain(value: object) -> Plain:
    """Return plain data for an object of the rules; numbers exact, nothing that could be executed."""
    if isinstance(value, Struct):
        return [_NUMBER[type(value)], *map(_to_plain, astuple(value))]
    if isinstance(value, Fraction):
        return [_FRACTION, value.numerator, value.denominator]
    if isinstance(value, Severity):
        return [_SEVERITY, int(value)]
    if isinstance(value, tuple):
        return tuple(map(_to_plain, value))
    if isinstance(value, frozenset):
        return frozenset(map(_to_plain, value))
    if isinstance(value, dict):
        return {key: _to_plain(part) for key, part in value.items()}
    if value is None or isinstance(value, str | bool | int):
        return value
    raise TypeError(f"a cache holds no {type(value).__name__}")


def _from_plain(value: Plain) -> object:
    """Return the object that plain data stands for. Raises ValueError, TypeError or IndexError for anything else."""
    if type(value) is list:
        kind, *parts = value
        if kind == _FRACTION:
            above, below = parts
            return Fraction(above) if below == 1 else Fraction(above, below)
        if kind == _SEVERITY:
            return Severity(*parts)
        return _KINDS[kind](*map(_from_plain, parts))
    if type(value) is tuple:
        return tuple(map(_from_plain, value)) if value else value
    if type(value) is dict:
        return {key: _from_plain(part) for key, part in value.items()}
    if type(value) is frozenset:
        return frozenset(map(_from_plain, value))
    return value


class _Shelf(MutableMapping[str, Indicator]):
    """Indicators by key, each made when it is first asked for: a plan needs a few dozen of a thousand."""

    def __init__(self, packed: dict[str, bytes]) -> None:
        self._packed = packed
        self._made: dict[str, Indicator] = {}

    def __getitem__(self, key: str) -> Indicator:
        found = self._made.get(key)
        if found is None:
            made = _from_plain(marshal.loads(self._packed[key]))  # noqa: S302 - sealed, and data only
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


def _pack(ruleset: Ruleset) -> bytes:
    known = ruleset.catalogue
    indicators = {key: marshal.dumps(_to_plain(indicator)) for key, indicator in known.by_key.items()}
    table = {name: (powers, *factor.as_integer_ratio()) for name, (powers, factor) in known.unit_table.items()}
    names = (dict(known.by_name), dict(known.by_stem), known.populations, dict(known.densities))
    return marshal.dumps((indicators, *names, table, _to_plain(ruleset.rules)))


def _unpack(payload: bytes) -> Ruleset:
    """Return the rules of a payload. Raises ValueError, TypeError, EOFError or ArithmeticError for a damaged one."""
    indicators, by_name, by_stem, populations, densities, table, rules = marshal.loads(payload)  # noqa: S302 - see above
    units = {name: (powers, Fraction(above, below)) for name, (powers, above, below) in table.items()}
    known = Catalogue(_Shelf(indicators), by_name, by_stem, populations, units, densities)
    made = _from_plain(rules)
    if not isinstance(made, tuple) or not all(isinstance(rule, Rule) for rule in made):
        raise TypeError("the cache holds no rules")
    return Ruleset(made, known)


# -- files


def _open(file: str) -> bytes | None:
    """Return what a sealed file holds, None where it is missing or damaged."""
    try:
        seal, _, payload = read_bytes(file).partition(b"\n")
    except UnreadableSource:
        return None
    return payload if digest(payload).encode() == seal else None


def _read(file: str) -> Ruleset | None:
    """Return the rules kept in a file, None where it is missing, damaged or of another make."""
    payload = _open(file)
    if payload is None:
        return None
    try:
        return _unpack(payload)
    except (ValueError, TypeError, EOFError, LookupError, AttributeError, ArithmeticError):
        return None


def _write(file: str, payload: bytes) -> None:
    """Keep a payload behind its seal; another process never sees half a file."""
    import tempfile

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
