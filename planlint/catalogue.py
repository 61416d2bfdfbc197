"""The only place that knows indicators: names and aliases, unit, polarity, kind, bounds, and what they are made of."""

from __future__ import annotations

import functools
import heapq
from collections import Counter
from collections.abc import Iterable, Iterator, MutableMapping
from typing import TypeVar, overload

from msgspec import Struct, field

from planlint import names, units
from planlint.exact import Fraction
from planlint.findings import Text
from planlint.patterns import pattern
from planlint.records import Record, read_root
from planlint.source import Malformed, Place
from planlint.spelling import is_slip, nearest
from planlint.units import Unit

KINDS = ("count", "density", "share", "rate", "duration", "money", "area", "growth", "quantity")
POLARITIES = ("higher", "lower", "band", "none")
KEYS = (
    "key",
    "name",
    "aliases",
    "kind",
    "unit",
    "also",
    "polarity",
    "bounds",
    "typical",
    "whole",
    "numerator",
    "denominator",
    "part_of",
    "at_most",
    "minus",
    "source",
    "note",
)
_KEY = pattern(r"[a-z][a-z0-9-]{0,79}")
LOCAL = "local-"
UNLISTED = f"{LOCAL}unlisted-"
"""How the keys of indicators begin that are made of a printed name alone."""

_LIKELY = 12
_MOST_UNITS = 1000
_INSTITUTIONS = frozenset({"家", "个", "所"})
"""Counters that are used for institutions alike."""

Bounds = tuple[Fraction | None, Fraction | None]


class Indicator(Struct, frozen=True, array_like=True):
    """What a figure measures. `bounds` and `typical` are in `unit`; `accepts` are all units it may be printed in."""

    key: str
    name: Text
    aliases: tuple[str, ...]
    kind: str
    unit: Unit
    accepts: tuple[Unit, ...]
    polarity: str
    bounds: Bounds
    typical: Bounds
    whole: bool
    numerator: str
    denominator: str
    part_of: str
    source: str
    note: str
    per: int
    """For a density, how many residents its standard name counts per; 1 otherwise."""
    at_most: tuple[str, ...] = ()
    """Keys of the indicators that it is never larger than."""
    minus: tuple[str, ...] = ()
    """Two keys: the indicator is the first less the second; empty where it is no difference."""

    @property
    def is_unlisted(self) -> bool:
        """Tell whether no catalogue has it, so that only what its name says is known."""
        return self.key.startswith(UNLISTED)

    def accepted(self, printed: Unit) -> Unit | None:
        """Return the accepted unit that a printed unit names, None if this indicator is never printed so."""
        return next((unit for unit in self.accepts if unit.name == printed.name), None)


class Match(Struct, frozen=True, gc=False):
    """An indicator found by its printed name, with what the name says of scale and population."""

    indicator: Indicator
    per: int
    base: str
    unit: str = ""
    """The unit that the name carries: 婴儿死亡率（‰）."""
    region: str = ""
    """Whose figure the name says it is: 全市, 辖区."""


class Catalogue(Struct, frozen=True):
    """All indicators by key and by folded name, the unit table, and which indicator counts which population."""

    by_key: MutableMapping[str, Indicator]
    by_name: MutableMapping[str, str]
    by_stem: MutableMapping[str, str]
    populations: dict[str, str]
    unit_table: units.Table
    densities: MutableMapping[str, str]
    """Key of a count to the key of the one density that has it as its numerator; empty where there are several."""
    by_loose: MutableMapping[str, str]
    """Loosened name to key; empty where two indicators share it, which then says nothing."""
    pairs: dict[str, list[str]] = field(default_factory=dict)
    """Pair of letters to the names that hold it; only misspelt names need it, so it is built for the first of them."""
    known_units: dict[str, Unit] = field(default_factory=dict)
    """Printed units that were looked up before, for all plans of one run."""

    def density_of(self, count: Indicator) -> Indicator | None:
        """Return the density that an indicator is the numerator of, None if there is none or more than one."""
        key = self.densities.get(count.key)
        return self.by_key[key] if key else None

    def find(self, name: str) -> Match | None:
        """Return the indicator that a printed name means, None for an unknown name.

        A name that nobody has as it stands is read without its unit, its region and its marks, and then loosely.
        """
        exact = self._exact(names.fold(name))
        if exact is not None:
            return exact
        for reading in names.readings(name):
            found = self._exact(reading.folded) or self._loose(reading.folded)
            if found is not None and not (reading.base and found.base):
                return Match(found.indicator, found.per, reading.base or found.base, reading.unit, reading.region)
        return None

    def _exact(self, folded: str) -> Match | None:
        key = self.by_name.get(folded)
        if key is not None:
            indicator = self.by_key[key]
            parts = names.density(folded) if indicator.kind == "density" else None
            return Match(indicator, parts.per if parts else indicator.per, parts.base if parts else "")
        parts = names.density(folded)
        if parts is not None and parts.stem in self.by_stem:
            return Match(self.by_key[self.by_stem[parts.stem]], parts.per, parts.base)
        return None

    def _loose(self, folded: str) -> Match | None:
        key = self.by_loose.get(names.loosen(folded))
        if not key:
            return None
        indicator = self.by_key[key]
        parts = names.density(folded) if indicator.kind == "density" else None
        return Match(indicator, parts.per if parts else indicator.per, parts.base if parts else "")

    def nearest(self, name: str) -> str:
        """Return the standard name most like an unknown one, or nothing."""
        folded = names.fold(name)[:80]
        # Comparing with every name costs a tenth of a second; names that share the most letter pairs come first.
        shared = Counter(name for pair in _pairs(folded) for name in self._by_pair().get(pair, ()))
        likely = heapq.nlargest(_LIKELY, shared, key=lambda known: (shared[known], known))
        close = next((known for known in likely if is_slip(folded, known)), "") or nearest(folded, likely, cutoff=0.75)
        return self.by_key[self.by_name[close]].name.zh if close else ""

    def _by_pair(self) -> dict[str, list[str]]:
        """Return the names that hold each pair of letters, built when the first name is unknown."""
        if not self.pairs:
            for name in self.by_name:
                for pair in _pairs(name):
                    self.pairs.setdefault(pair, []).append(name)
        return self.pairs

    def unit(self, text: str) -> Unit:
        """Return a unit by its printed name. Raises units.UnknownUnit."""
        known = self.known_units.get(text)
        if known is None:
            if len(self.known_units) >= _MOST_UNITS:
                self.known_units.clear()
            known = self.known_units[text] = units.unit_of(units.fold(text), self.unit_table)
        return known

    def population_of(self, base: str) -> str:
        """Return the key of the indicator that counts a population (常住, 户籍, 服务), or nothing."""
        return self.populations.get(base, "")


@functools.lru_cache(maxsize=8192)
def _pairs(folded: str) -> frozenset[str]:
    return frozenset(folded[i : i + 2] for i in range(len(folded) - 1))


class Clash(ValueError):
    """Two indicators that cannot stand side by side, or one that refers to nothing. `key` is the later one."""

    def __init__(self, key: str, problem: str) -> None:
        super().__init__(problem)
        self.key = key


def index(indicators: Iterable[Indicator], populations: dict[str, str], table: units.Table) -> Catalogue:
    """Return a catalogue. Raises Clash."""
    known = Catalogue({}, {}, {}, populations, table, {}, {})
    for indicator in indicators:
        _enter(indicator, known)
    for indicator in known.by_key.values():
        _check_references(indicator, known)
    _check_cycles(known)
    return known


V = TypeVar("V")
D = TypeVar("D")


class _Over(MutableMapping[str, V]):
    """What a plan adds to a table that stays as it is: like ChainMap, of which each look-up takes several calls."""

    def __init__(self, below: MutableMapping[str, V]) -> None:
        self._own: dict[str, V] = {}
        self._below = below

    def __getitem__(self, key: str) -> V:
        return self._own[key] if key in self._own else self._below[key]

    @overload
    def get(self, key: str, /) -> V | None: ...

    @overload
    def get(self, key: str, default: V | D, /) -> V | D: ...

    def get(self, key: str, default: V | D | None = None, /) -> V | D | None:
        """Return a value, the default where there is none."""
        return self._own[key] if key in self._own else self._below.get(key, default)

    def __contains__(self, key: object) -> bool:
        return key in self._own or key in self._below

    def __setitem__(self, key: str, value: V) -> None:
        self._own[key] = value

    def __delitem__(self, key: str) -> None:
        del self._own[key]

    def __iter__(self) -> Iterator[str]:
        yield from self._below
        yield from (key for key in self._own if key not in self._below)

    def __len__(self) -> int:
        return sum(1 for _ in self)


def extend(known: Catalogue) -> Catalogue:
    """Return a catalogue that can take a plan's own indicators and leaves the given one as it is."""
    return Catalogue(
        _Over(known.by_key),
        _Over(known.by_name),
        _Over(known.by_stem),
        known.populations,
        known.unit_table,
        _Over(known.densities),
        _Over(known.by_loose),
        known_units=known.known_units,
    )


def add(indicator: Indicator, known: Catalogue) -> None:
    """Add an indicator that refers only to those already there. Raises Clash and adds nothing."""
    _check_references(indicator, known)
    _enter(indicator, known)


def adopt(indicator: Indicator, known: Catalogue) -> bool:
    """Take the names of a plan's own indicator for the one that has some of them; False where it is another one.

    It is the same where kind, unit and direction are: a plan cannot turn an indicator round by describing it anew.
    """
    folded = [names.fold(name) for name in (indicator.name.zh, *indicator.aliases)]
    keys = {known.by_name[name] for name in folded if name in known.by_name}
    if indicator.key in known.by_key or len(keys) != 1:
        return False
    other = known.by_key[next(iter(keys))]
    same = (indicator.kind, indicator.polarity) == (other.kind, other.polarity)
    if not same or other.accepted(indicator.unit) is None or other.key.startswith(LOCAL):
        return False
    known.by_name.update((name, other.key) for name in folded if name)
    return True


def _enter(indicator: Indicator, known: Catalogue) -> None:
    if indicator.key in known.by_key:
        raise Clash(indicator.key, f"two indicators have the key '{indicator.key}'")
    entered: list[tuple[MutableMapping[str, str], str]] = []
    for name in (indicator.name.zh, *indicator.aliases):
        folded = names.fold(name)
        if not folded:
            raise Clash(indicator.key, f"'{name}' is no name")
        parts = names.density(folded) if indicator.kind == "density" else None
        for found, entry in ((known.by_name, folded), (known.by_stem, parts.stem if parts else "")):
            other = found.get(entry, indicator.key)
            if other != indicator.key:
                raise Clash(indicator.key, f"'{name}' names both '{other}' and '{indicator.key}'")
            if entry:
                entered.append((found, entry))
    known.by_key[indicator.key] = indicator
    for found, entry in entered:
        found[entry] = indicator.key
        if found is known.by_name:
            loose = names.loosen(entry)
            known.by_loose[loose] = indicator.key if known.by_loose.get(loose, indicator.key) == indicator.key else ""
    if indicator.kind == "density" and indicator.numerator:
        several = indicator.numerator in known.densities
        known.densities[indicator.numerator] = "" if several else indicator.key


def _check_references(indicator: Indicator, known: Catalogue) -> None:
    for key in (
        indicator.numerator,
        indicator.denominator,
        indicator.part_of,
        *indicator.at_most,
        *indicator.minus,
    ):
        if key and key not in known.by_key:
            raise Clash(indicator.key, f"'{indicator.key}' refers to '{key}', which is no indicator's key")
    for key in (*indicator.at_most, *indicator.minus):
        if not _comparable(indicator, known.by_key[key]):
            raise Clash(indicator.key, f"'{indicator.key}' and '{key}' are of different kinds and cannot be compared")


def _comparable(one: Indicator, other: Indicator) -> bool:
    """Tell whether two indicators count the same sort of thing: beds and beds, per thousand or per ten thousand."""
    same = one.unit.dimension == other.unit.dimension or {one.unit.name, other.unit.name} <= _INSTITUTIONS
    return same and one.denominator == other.denominator


def _check_cycles(known: Catalogue) -> None:
    """Raise Clash for an indicator that is made of itself or a part of itself, be it by way of others."""
    import graphlib

    made_of = {key: (i.numerator, i.denominator) for key, i in known.by_key.items()}
    part_of = {key: (i.part_of,) for key, i in known.by_key.items()}
    at_most = {key: i.at_most for key, i in known.by_key.items()}
    minus = {key: i.minus for key, i in known.by_key.items()}
    for graph in (made_of, part_of, at_most, minus):
        try:
            graphlib.TopologicalSorter(graph).prepare()
        except graphlib.CycleError as problem:
            cycle: list[str] = problem.args[1]
            raise Clash(cycle[0], f"'{cycle[0]}' is defined by itself: {', '.join(reversed(cycle))}") from None


def read(files: Iterable[tuple[str, bytes]], table: units.Table) -> Catalogue:
    """Return the catalogue of some files (name and content). Raises Malformed."""
    indicators: list[Indicator] = []
    places: dict[str, Place] = {}
    populations: dict[str, str] = {}
    for file, data in files:
        root = read_root(data, file).only(("catalogue", "indicators", "populations"))
        if root.text("catalogue") != "1":
            raise root.fail("catalogue", "this version reads 'catalogue: 1'")
        named = root.record("populations")
        populations |= {base: named.text(base) for base in named.names()}
        for record in root.records("indicators"):
            indicators.append(read_indicator(record, table))
            places[indicators[-1].key] = record.place
    try:
        return index(indicators, populations, table)
    except Clash as problem:
        raise Malformed(places[problem.key], str(problem)) from None


def read_indicator(record: Record, table: units.Table) -> Indicator:
    """Return the indicator that a record describes. Raises Malformed."""
    record.only(KEYS)
    key = record.text("key")
    if not _KEY.fullmatch(key):
        raise record.fail("key", f"'{key}' is no key: small ASCII letters, digits and hyphens")
    kind = record.choice("kind", KINDS)
    unit = _read_unit(record, "unit", record.text("unit"), table)
    accepts = dict.fromkeys([unit, *(_read_unit(record, "also", text, table) for text in record.texts("also"))])
    parts = names.density(names.fold(_name(record).zh)) if kind == "density" else None
    if kind in ("share", "rate") and unit.dimension:
        raise record.fail("unit", f"a {kind} is printed in a scale such as % or ‰, not in '{unit.name}'")
    if parts is not None and _counted_per(unit) not in (1, parts.per):
        # What is printed per 30,000 in a unit per 10,000 would be read as three times itself.
        raise record.fail("unit", f"the name counts per {parts.per}, the unit '{unit.name}' does not")
    minus = record.texts("minus")
    if minus and len(minus) != 2:
        raise record.fail("minus", "'minus' must be a pair of keys: the first less the second")
    return Indicator(
        key=key,
        name=_name(record),
        aliases=record.texts("aliases"),
        kind=kind,
        unit=unit,
        accepts=tuple(accepts),
        polarity=record.choice("polarity", POLARITIES),
        bounds=record.bounds("bounds"),
        typical=record.bounds("typical"),
        whole=record.flag("whole"),
        numerator=record.text("numerator", ""),
        denominator=record.text("denominator", ""),
        part_of=record.text("part_of", ""),
        source=record.text("source", ""),
        note=record.text("note", ""),
        per=parts.per if parts else 1,
        at_most=record.texts("at_most"),
        minus=minus,
    )


def _name(record: Record) -> Text:
    try:
        plain = record.text("name")
    except Malformed:
        return record.both("name")
    return Text(plain, plain)


def _counted_per(unit: Unit) -> int:
    """Return how many a density's unit counts per; 1 where it does not say."""
    return names.counted_per(f"每{unit.name.partition('/')[2]}") or 1


def _read_unit(record: Record, key: str, text: str, table: units.Table) -> Unit:
    try:
        return units.unit_of(units.fold(text), table)
    except units.UnknownUnit as problem:
        near = f"; did you mean '{problem.near}'?" if problem.near else ""
        raise record.fail(key, f"unknown unit '{text}'{near}") from None
