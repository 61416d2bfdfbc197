"""The only place that makes fixes in a text: each is tried, and kept only where it proves to have been right."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence

from msgspec import Struct
from msgspec.structs import replace

from planlint import fixes, plan, tree
from planlint.amounts import Amount
from planlint.api import Selection, decided
from planlint.engine import Engine, Fetch
from planlint.facts import Facts, derive
from planlint.findings import Finding, Severity, Tally
from planlint.fixes import Fix
from planlint.policy import Policy
from planlint.source import Source
from planlint.statements import Plan

Wanted = Callable[[Finding], bool]
PASSES = 40
"""A fix may lay bare what it hid; no file needs more rounds than this."""
MAX_TRIED = 100
MAX_REPAIRS = 50


class Fixed(Struct, frozen=True):
    """A text with all that could be put right, and the fixes made, each with the offsets of the text it was made in."""

    text: str
    fixes: tuple[Fix, ...]


class _Trial(Struct, frozen=True):
    """What a text is judged with."""

    engine: Engine
    fetch: Fetch
    policy: Policy | None


class _Reading(Struct, frozen=True):
    """A text with what is read in it and said of it."""

    source: Source
    broken: tuple[int, ...]
    """The lines of what keeps it from being YAML, in order; those that the parser did not come to are not known."""
    faults: Counter[object]
    stated: Plan | None
    facts: Facts | None
    findings: tuple[Finding, ...]
    """As the project has decided about them: some may be waived."""


def _all(finding: Finding) -> bool:
    return True


def fix(
    source: Source,
    engine: Engine,
    fetch: Fetch,
    *,
    wanted: Wanted = _all,
    policy: Policy | None = None,
    unsafe: bool = False,
) -> Fixed:
    """Return a text in which everything certain and mechanical is put right; `unsafe` adds what changes its meaning.

    `wanted` tells which findings are to be fixed; what is waived never is, and no waiver is made to lapse. To fix what
    was fixed changes nothing.
    """
    trial = _Trial(engine, fetch, policy)
    made: list[Fix] = []
    reading = _read(source, trial)
    for _ in range(PASSES):
        kept, reading = _round(reading, trial, wanted, unsafe=unsafe)
        made += kept
        if not kept:
            break
    for _ in range(MAX_REPAIRS if unsafe else 0):
        repaired = _repair(reading, trial, wanted)
        if repaired is None:
            break
        made.append(repaired[0])
        reading = repaired[1]
    return Fixed(reading.source.text, tuple(made))


def _read(source: Source, trial: _Trial) -> _Reading:
    root, broken = tree.parse(source.text, source.name)
    faults = list(broken)
    stated = plan.read(root, source.name, faults)
    facts = derive(stated, trial.engine.lookups, faults) if stated is not None else None
    shown = Counter[object]((fault.kind, fault.shown) for fault in (facts.faults if facts is not None else faults))
    lines = tuple(sorted(fault.place.line for fault in broken))
    outcome = trial.engine.judge(source, trial.fetch)
    findings, _ = decided([outcome], trial.policy, lambda: trial.engine, Selection(), Tally())
    return _Reading(source, lines, shown, stated, facts, findings)


def _round(reading: _Reading, trial: _Trial, wanted: Wanted, *, unsafe: bool) -> tuple[list[Fix], _Reading]:
    """Return the fixes that prove sound, and what is read with them made."""
    text = reading.source.text
    offered = [fix for finding in reading.findings if _is_open(finding, wanted) for fix in fixes.of(finding, text)]
    if reading.stated is not None:
        offered += fixes.widths(reading.stated, text)
    for safe in (True, False) if unsafe else (True,):
        kept, after = _tried(reading, _apart(fix for fix in offered if fix.is_safe is safe), trial)
        if kept:
            return kept, after
    return [], reading


def _tried(reading: _Reading, chosen: list[Fix], trial: _Trial) -> tuple[list[Fix], _Reading]:
    """Return those of some fixes that prove sound: all of them together, or else one by one."""
    if not chosen:
        return [], reading
    together = _with(reading, chosen, trial)
    if _is_sound(reading, together, chosen):
        return chosen, together
    kept = []
    # From the last to the first, so that the offsets of those still to be tried stay what they are.
    for fix in reversed(chosen[:MAX_TRIED]) if len(chosen) > 1 else ():
        tried = _with(reading, [fix], trial)
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


def _with(reading: _Reading, chosen: Sequence[Fix], trial: _Trial) -> _Reading:
    text = fixes.apply(reading.source.text, chosen)
    return _read(Source(reading.source.name, text), trial)


def _is_sound(before: _Reading, after: _Reading, made: Sequence[Fix]) -> bool:
    """Tell whether fixes did what they are for: less is broken, or nothing else is, and no figure was touched.

    What a broken line hid may come to light with faults of its own; where the text was YAML, nothing new may be wrong.
    """
    # Of very many broken lines the parser reports the first ones: then these are others, further on.
    is_less = len(after.broken) < len(before.broken) or (
        len(after.broken) == len(before.broken) and after.broken > before.broken
    )
    if _accepted(before) & _open(after):
        # What was accepted for the old characters would be reported again.
        return False
    if not is_less and after.faults - before.faults:
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


def _repair(reading: _Reading, trial: _Trial, wanted: Wanted) -> tuple[Fix, _Reading] | None:
    """Return the first change of a number that mends a finding and gives rise to no other; None where there is none."""
    findings = [
        finding for finding in reading.findings if finding.severity > Severity.INFO and _is_open(finding, wanted)
    ]
    for argument in trial.engine.argue(reading.source, findings, trial.fetch):
        for fix in fixes.of_argument(argument, reading.source.text):
            after = _with(reading, [fix], trial)
            left = _said(after)
            gone = argument.finding.fingerprint not in {f.fingerprint for f in after.findings}
            if (
                gone
                and not _accepted(reading) & _open(after)
                and not left - _said(reading)
                and not after.faults - reading.faults
            ):
                return fix, after
    return None


def _is_open(finding: Finding, wanted: Wanted) -> bool:
    return finding.waived is None and wanted(finding)


def _accepted(reading: _Reading) -> set[str]:
    return {f.fingerprint for f in reading.findings if f.waived is not None}


def _open(reading: _Reading) -> set[str]:
    return {f.fingerprint for f in reading.findings if f.waived is None}


def _said(reading: _Reading) -> Counter[str]:
    return Counter(f.fingerprint for f in reading.findings if f.severity > Severity.INFO)
