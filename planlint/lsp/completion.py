"""What may be typed at a cursor: keys of the plan format, names of indicators, units, roles and ids of figures."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from msgspec import Struct

from planlint import catalogue, grants, names, plan, units
from planlint.catalogue import Catalogue
from planlint.facts import Facts
from planlint.fields import NATURES
from planlint.lsp.context import Context
from planlint.patterns import pattern
from planlint.spans import Span

MANY = 200
"""Offered at once; typing on narrows the list."""

_KEYS: dict[tuple[str, ...], tuple[str, ...]] = {
    (): plan.TOP_KEYS,
    ("plan",): plan.PLAN_KEYS,
    ("tables",): plan.TABLE_KEYS,
    ("tables", "rows"): plan.ROW_KEYS,
    ("figures",): plan.FIGURE_KEYS,
    ("projects",): plan.PROJECTS_KEYS,
    ("projects", "rows"): plan.PROJECT_KEYS,
    ("not_figures",): plan.NOT_FIGURE_KEYS,
    ("indicators",): catalogue.KEYS,
    ("waivers",): grants.WAIVER_KEYS,
}
_NUMBER = pattern(r"[^0-9]{0,12}[0-9][0-9.,]*[ ]*")
_SPECIAL = frozenset("%@`>|&*!#{}[],?-:'\"=")
"""Signs that cannot begin a value without quotes."""


class Candidate(Struct, frozen=True):
    """Something that may be typed: how it is listed, what is said of it, and what is inserted."""

    label: str
    detail: str
    insert: str
    kind: str
    """key, indicator, unit, word or figure."""


class Offer(Struct, frozen=True):
    """Candidates in order, and the part of the text that they replace."""

    span: Span
    candidates: tuple[Candidate, ...]


def complete(context: Context, typed: str, known: Catalogue, facts: Facts | None) -> Offer:
    """Return what may be typed in a context where some characters stand already."""
    start = context.start
    if context.key is None and not (context.path and context.path[-1] in _LISTS):
        found = _keys(context)
    else:
        if _is_amount(context):
            number = _NUMBER.match(typed)
            if number is None:
                # Where an amount begins, only its writer knows it.
                return Offer(Span(start, start + len(typed)), ())
            start, typed = start + number.end(), typed[number.end() :]
        found = _values(context, known, facts)
    return Offer(Span(start, start + len(typed)), tuple(_ranked(found, typed.strip("\"'"))[:MANY]))


_LISTS = (*plan.MAIN_LIST.values(), "against")
_TERMS = frozenset((*_LISTS, *(key for keys in plan.CLAIM_KINDS.values() for key in keys)))


def _is_amount(context: Context) -> bool:
    """Tell whether an amount is typed: the value of a figure, or a cell of a table."""
    cell = context.path == ("tables", "rows") and context.key in context.headings
    return cell or (context.key == "value" and context.path[:1] in (("figures",), ("tables",)))


def _keys(context: Context) -> Iterator[Candidate]:
    path = context.path
    keys = _KEYS.get(path, ())
    if path == ("claims",):
        kind = next((key for key in context.entries if key in plan.CLAIM_KINDS), None)
        keys = (*plan.CLAIM_KINDS[kind], *plan.CLAIM_KEYS) if kind is not None else tuple(plan.CLAIM_KINDS)
    elif path == ("tables", "rows"):
        keys = (*plan.ROW_KEYS[:3], *context.headings, *plan.ROW_KEYS[3:])
    elif path[:2] == ("tables", "columns") and len(path) == 3:
        keys = plan.COLUMN_KEYS
    elif path[:2] == ("tables", "rows") and len(path) == 3:
        keys = plan.CELL_KEYS
    for key in keys:
        if key not in context.entries:
            yield Candidate(key, "", f"{key}: ", "key")


def _values(context: Context, known: Catalogue, facts: Facts | None) -> Iterator[Candidate]:
    path, key = context.path, context.key or context.path[-1]
    if key == "indicator":
        yield from _indicators(facts.catalogue if facts is not None else known)
    elif key == "unit" or _is_amount(context):
        yield from _units(context, known)
    elif path[:1] == ("claims",) and key in _TERMS:
        yield from _figures(facts)
    elif key == "repeats" and facts is not None:
        yield from (Candidate(table.id, "", _written(table.id), "word") for table in facts.plan.tables)
    else:
        words = _WORDS.get(key, ())
        if path == ("tables", "columns") or (path[:2] == ("tables", "columns") and key == "role"):
            words = (*plan.ROLES, *plan.TEXT_COLUMNS)
        yield from (Candidate(word, "", _written(word), "word") for word in words)


_WORDS: dict[str, tuple[str, ...]] = {
    "planlint": (plan.VERSION,),
    "role": plan.ROLES,
    "base": plan.BASES,
    "nature": NATURES,
    "kind": plan.NOT_FIGURE_KINDS,
    "trusted": ("true",),
    "partial": ("true",),
    "open": ("true",),
}


def _indicators(known: Catalogue) -> Iterator[Candidate]:
    for indicator in known.by_key.values():
        detail = f"{indicator.unit.name}  {indicator.name.en}"
        yield Candidate(indicator.name.zh, detail, _written(indicator.name.zh), "indicator")
        for alias in indicator.aliases:
            yield Candidate(alias, f"= {indicator.name.zh}", _written(alias), "indicator")


def _units(context: Context, known: Catalogue) -> Iterator[Candidate]:
    """Yield the units of the entry's indicator, else every printed name of a unit."""
    match = known.find(context.entries.get("indicator", ""))
    if match is None:
        printed: Iterable[str] = units.PRINTED
    else:
        accepted = [unit.name for unit in match.indicator.accepts]
        printed = dict.fromkeys(part for name in accepted for part in (name.partition("/")[0], name) if part)
    for name in printed:
        yield Candidate(name, "", _written(name) if context.key == "unit" else name, "unit")


def _figures(facts: Facts | None) -> Iterator[Candidate]:
    """Yield the ids of figures, those written by hand first."""
    figures = facts.figures if facts is not None else ()
    for figure in sorted(figures, key=lambda figure: not figure.statement.id):
        said = figure.mention
        yield Candidate(figure.id, f"{said.indicator} {said.year} {said.text}", figure.id, "figure")


def _written(text: str) -> str:
    """Return a text as a value of YAML: in quotes where it could not stand bare, in braces or out of them."""
    bare = text[:1] not in _SPECIAL and not any(sign in text for sign in (",", "[", "]", "{", "}", ": ", " #"))
    return text if bare else f'"{text}"'


def _ranked(found: Iterable[Candidate], typed: str) -> list[Candidate]:
    """Return the candidates that what was typed may become: those that begin with it, that hold it, that scatter it."""
    wanted = names.fold(typed)
    ranked = []
    for number, candidate in enumerate(found):
        folded = names.fold(candidate.label)
        if folded.startswith(wanted):
            rank = 0
        elif wanted in folded:
            rank = 1
        elif _scattered(wanted, folded):
            rank = 2
        else:
            continue
        ranked.append((rank, len(folded) if wanted and candidate.kind == "indicator" else 0, number, candidate))
    return [candidate for _, _, _, candidate in sorted(ranked, key=lambda entry: entry[:3])]


def _scattered(wanted: str, folded: str) -> bool:
    """Tell whether all signs of a text stand in another in their order."""
    rest = iter(folded)
    return all(sign in rest for sign in wanted)
