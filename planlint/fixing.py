"""The only place that makes fixes in a text: each is tried, and kept only where it proves to have been right."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence

from msgspec import Struct
from msgspec.structs import replace

from planlint import fixes, plan, tree
from planlint.amounts import Amount
from planlint.engine import Engine, Fetch
from planlint.facts import Facts, derive
from planlint.findings import Finding, Severity
from planlint.fixes import Fix
from planlint.source import Source

Wanted = Callable[[Finding], bool]
PASSES = 40
"""A fix may lay bare what it hid; no file needs more rounds than this."""
MAX_REPAIRS = 50


class Fixed(Struct, frozen=True):
    """A text with all that could be put right, and the fixes made, each with the offsets of the text it was made in."""

    text: str
    fixes: tuple[Fix, ...]


class _Reading(Struct, frozen=True):
    """A text with what is read in it and said of it."""

    source: Source
    syntax: int
    """How many faults keep it from being YAML."""
    faults: Counter[object]
    stated: plan.Plan | None
    facts: Facts | None
    findings: tuple[Finding, ...]


def _all(finding: Finding) -> bool:
    return True


def fix(source: Source, engine: Engine, fetch: Fetch, *, wanted: Wanted = _all, unsafe: bool = False) -> Fixed:
    """Return a text in which everything certain and mechanical is put right; `unsafe` adds what changes its meaning.

    `wanted` tells which findings are to be fixed. To fix what was fixed changes nothing.
    """
    made: list[Fix] = []
    reading = _read(source, engine, fetch)
    for _ in range(PASSES):
        kept, reading = _round(reading, engine, fetch, wanted, unsafe=unsafe)
        made += kept
        if not kept:
            break
    for _ in range(MAX_REPAIRS if unsafe else 0):
        repaired = _repair(reading, engine, fetch, wanted)
        if repaired is None:
            break
        made.append(repaired[0])
        reading = repaired[1]
    return Fixed(reading.source.text, tuple(made))


def _read(source: Source, engine: Engine, fetch: Fetch) -> _Reading:
    root, broken = tree.parse(source.text, source.name)
    faults = list(broken)
    stated = plan.read(root, source.name, faults)
    facts = derive(stated, engine.lookups, faults) if stated is not None else None
    shown = Counter[object]((fault.kind, fault.shown) for fault in (facts.faults if facts is not None else faults))
    return _Reading(source, len(broken), shown, stated, facts, tuple(engine.judge(source, fetch).findings))


def _round(
    reading: _Reading, engine: Engine, fetch: Fetch, wanted: Wanted, *, unsafe: bool
) -> tuple[list[Fix], _Reading]:
    """Return the fixes that prove sound, and what is read with them made."""
    text = reading.source.text
    offered = [fix for finding in reading.findings if wanted(finding) for fix in fixes.of(finding, text)]
    if reading.stated is not None:
        offered += fixes.widths(reading.stated, text)
    for safe in (True, False) if unsafe else (True,):
        kept, after = _tried(reading, _apart(fix for fix in offered if fix.is_safe is safe), engine, fetch)
        if kept:
            return kept, after
    return [], reading


def _tried(reading: _Reading, chosen: list[Fix], engine: Engine, fetch: Fetch) -> tuple[list[Fix], _Reading]:
    """Return those of some fixes that prove sound: all of them together, or else one by one."""
    if not chosen:
        return [], reading
    together = _with(reading, chosen, engine, fetch)
    if _is_sound(reading, together, chosen):
        return chosen, together
    kept = []
    # From the last to the first, so that the offsets of those still to be tried stay what they are.
    for fix in reversed(chosen) if len(chosen) > 1 else ():
        tried = _with(reading, [fix], engine, fetch)
        if _is_sound(reading, tried, [fix]):
            kept.append(fix)
            reading = tried
    return kept, reading


def _apart(found: Iterable[Fix]) -> list[Fix]:
    """Return fixes in the order of the text without those that overlap an earlier one."""
    chosen: list[Fix] = []
    for fix in sorted(set(found)):
        if not chosen or fix.start >= chosen[-1].end:
            chosen.append(fix)
    return chosen


def _with(reading: _Reading, chosen: Sequence[Fix], engine: Engine, fetch: Fetch) -> _Reading:
    text = fixes.apply(reading.source.text, chosen)
    return _read(Source(reading.source.name, text), engine, fetch)


def _is_sound(before: _Reading, after: _Reading, made: Sequence[Fix]) -> bool:
    """Tell whether fixes did what they are for: less is broken, or nothing else is, and no figure was touched.

    What a broken line hid may come to light with faults of its own; where the text was YAML, nothing new may be wrong.
    """
    if after.syntax >= before.syntax and after.faults - before.faults:
        return False
    if not all(fix.is_safe for fix in made):
        return after.facts is not None or before.facts is None
    return not _stated(before) - _stated(after)


def _stated(reading: _Reading) -> Counter[object]:
    """Return all that a plan states, however it is written and wherever it stands."""
    facts = reading.facts
    if facts is None:
        return Counter()
    found = Counter[object](
        (f.topic, f.role, f.year, f.statement.table, f.statement.id, f.unit, f.factor, replace(f.amount, text=""))
        for f in facts.figures
    )
    for assertion in facts.assertions:
        claim = assertion.claim
        read: dict[str, object] = {key: operand.amount for key, operand in assertion.operands.items()}
        terms = tuple((key, _bare(read.get(key, term.text))) for key, term in sorted(claim.terms.items()))
        items: list[object] = [item.amount for item in assertion.items]
        items = items or [item.text for item in claim.items]
        found[claim.kind, claim.subject, claim.flags, terms, tuple(map(_bare, items))] += 1
    return found


def _bare(value: object) -> object:
    return replace(value, text="") if isinstance(value, Amount) else value


def _repair(reading: _Reading, engine: Engine, fetch: Fetch, wanted: Wanted) -> tuple[Fix, _Reading] | None:
    """Return the first change of a number that mends a finding and gives rise to no other; None where there is none."""
    findings = [finding for finding in reading.findings if finding.severity > Severity.INFO and wanted(finding)]
    for argument in engine.argue(reading.source, findings, fetch):
        for fix in fixes.of_argument(argument, reading.source.text):
            after = _with(reading, [fix], engine, fetch)
            left = _said(after)
            gone = argument.finding.fingerprint not in {f.fingerprint for f in after.findings}
            if gone and not left - _said(reading) and not after.faults - reading.faults:
                return fix, after
    return None


def _said(reading: _Reading) -> Counter[str]:
    return Counter(f.fingerprint for f in reading.findings if f.severity > Severity.INFO)
