"""The only place that keeps compiled rules on disk: plain data, keyed by content and version, rebuilt when in doubt."""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import sys
import tempfile
from collections.abc import Iterable
from fractions import Fraction
from pathlib import Path
from typing import Any

from planlint.catalogue import Bounds, Catalogue, Indicator
from planlint.findings import Severity, Text
from planlint.rules import Files, Rule, Ruleset, compile_rules, rule_files
from planlint.source import UnreadableSource, read_bytes
from planlint.units import Unit
from planlint.verdicts import Options, Relation
from planlint.version import __version__

FORMAT = 1
"""Changes whenever what is kept, or the way it is compiled, changes."""

_FOLDER = "PLANLINT_CACHE_DIR"


def folder() -> Path | None:
    """Return the folder of the cache, None where there is no home to put it in."""
    own = os.environ.get(_FOLDER)
    if own:
        return Path(own)
    if sys.platform == "win32":
        base = os.environ.get("LOCALAPPDATA")
        return Path(base) / "planlint" / "cache" if base else None
    base = os.environ.get("XDG_CACHE_HOME")
    if base and os.path.isabs(base):
        return Path(base) / "planlint"
    home = os.environ.get("HOME")
    return Path(home) / ".cache" / "planlint" if home and os.path.isabs(home) else None


def load(folders: Iterable[Path] = ()) -> Ruleset:
    """Return the built-in rules and those of other folders, compiled now or read from the cache.

    Raises Malformed or UnreadableSource. A cache that cannot be read or written is passed over.
    """
    catalogue_files, files = rule_files(folders)
    place = folder()
    file = place / f"{_digest(catalogue_files, files)}.json" if place else None
    kept = _read(file) if file else None
    if kept is not None:
        return kept
    ruleset = compile_rules(catalogue_files, files)
    if file is not None:
        _write(file, ruleset)
    return ruleset


def _digest(catalogue_files: Files, files: Files) -> str:
    state = hashlib.blake2b(f"{FORMAT} {__version__}".encode(), digest_size=16)
    for name, data in (*catalogue_files, *files):
        state.update(f"\0{name}\0{len(data)}\0".encode("utf-8", "surrogatepass"))
        state.update(data)
    return state.hexdigest()


def _read(file: Path) -> Ruleset | None:
    """Return the rules kept in a file, None where it is missing, damaged or of another make."""
    try:
        seal, _, payload = read_bytes(file).partition(b"\n")
        if hashlib.blake2b(payload, digest_size=16).hexdigest().encode() != seal:
            return None
        return _from_data(json.loads(payload))
    except (UnreadableSource, ValueError, LookupError, TypeError, AttributeError, ArithmeticError):
        return None


def _write(file: Path, ruleset: Ruleset) -> None:
    """Keep the rules; another process never sees half a file."""
    payload = json.dumps(_to_data(ruleset), ensure_ascii=True, separators=(",", ":")).encode()
    seal = hashlib.blake2b(payload, digest_size=16).hexdigest().encode()
    with contextlib.suppress(OSError):
        file.parent.mkdir(parents=True, exist_ok=True)
        descriptor, name = tempfile.mkstemp(dir=file.parent, prefix=".new-")
        try:
            with os.fdopen(descriptor, "wb") as stream:
                stream.write(seal + b"\n" + payload)
            os.replace(name, file)
        except OSError:
            os.unlink(name)
            raise


def _to_data(ruleset: Ruleset) -> Any:
    known = ruleset.catalogue
    return {
        "units": {name: [dimension, str(factor)] for name, (dimension, factor) in known.unit_table.items()},
        "indicators": [_indicator_to_data(i) for i in known.by_key.values()],
        "by_name": known.by_name,
        "by_stem": known.by_stem,
        "populations": known.populations,
        "rules": [_rule_to_data(rule) for rule in ruleset.rules],
    }


def _from_data(data: Any) -> Ruleset:
    table = {name: (_dimension(powers), Fraction(factor)) for name, (powers, factor) in data["units"].items()}
    shared: dict[str, Unit] = {}
    by_key = {row[0]: _indicator_from_data(row, shared) for row in data["indicators"]}
    known = Catalogue(by_key, data["by_name"], data["by_stem"], data["populations"], table)
    return Ruleset(tuple(_rule_from_data(row) for row in data["rules"]), known)


def _indicator_to_data(i: Indicator) -> list[Any]:
    return [
        i.key,
        [i.name.zh, i.name.en],
        i.aliases,
        i.kind,
        _unit_to_data(i.unit),
        [_unit_to_data(u) for u in i.accepts],
        i.polarity,
        _bounds_to_data(i.bounds),
        _bounds_to_data(i.typical),
        i.whole,
        i.numerator,
        i.denominator,
        i.part_of,
        i.source,
        i.note,
        i.per,
    ]


def _indicator_from_data(row: list[Any], shared: dict[str, Unit]) -> Indicator:
    key, name, aliases, kind, unit, accepts, polarity, bounds, typical, *rest = row
    return Indicator(
        key,
        Text(*name),
        tuple(aliases),
        kind,
        _unit(unit, shared),
        tuple(_unit(u, shared) for u in accepts),
        polarity,
        _bounds(bounds),
        _bounds(typical),
        *rest,
    )


def _unit_to_data(unit: Unit) -> list[Any]:
    return [unit.name, unit.dimension, str(unit.factor)]


def _unit(row: list[Any], shared: dict[str, Unit]) -> Unit:
    if row[0] not in shared:
        shared[row[0]] = Unit(row[0], _dimension(row[1]), Fraction(row[2]))
    return shared[row[0]]


def _dimension(powers: list[list[Any]]) -> tuple[tuple[str, int], ...]:
    return tuple((base, power) for base, power in powers)


def _bounds_to_data(bounds: Bounds) -> list[str | None]:
    return [None if end is None else str(end) for end in bounds]


def _bounds(row: list[str | None]) -> Bounds:
    low, high = (None if end is None else Fraction(end) for end in row)
    return low, high


def _rule_to_data(rule: Rule) -> list[Any]:
    relation = rule.options.relation
    return [
        rule.id,
        rule.name,
        rule.ask,
        dict(rule.options.choices),
        int(rule.options.severity),
        None if relation is None else [relation.text, relation.left, relation.right, relation.solutions],
        {key: [text.zh, text.en] for key, text in rule.messages.items()},
    ]


def _rule_from_data(row: list[Any]) -> Rule:
    id_, name, ask, choices, severity, relation, messages = row
    compiled = None
    if relation is not None:
        text, left, right, solutions = relation
        compiled = Relation(text, _expr(left), _expr(right), {k: _expr(v) for k, v in solutions.items()})
    options = Options(choices, Severity(severity), compiled)
    return Rule(id_, name, ask, options, {key: Text(*pair) for key, pair in messages.items()})


def _expr(data: Any) -> tuple[object, ...]:
    return tuple(_expr(part) if isinstance(part, list) else part for part in data)
