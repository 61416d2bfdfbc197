"""The only place that adds to findings what the network knows: which correction would make everything else agree."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from msgspec.structs import replace

from planlint.facts import Facts, Figure
from planlint.findings import Finding, Severity, Text
from planlint.network.build import Relations
from planlint.network.conflicts import Conflict, study
from planlint.network.corrections import Repair

MOST_CHANGES = 3
"""Beyond that many figures to change nobody can tell how it went wrong, and looking takes long."""


def advise(
    findings: Sequence[Finding],
    concerned: Collection[int],
    facts: Facts,
    relations: Relations,
    spoiled: Collection[Figure],
) -> list[Finding]:
    """Return findings with a last step that says what would end the contradiction, where that is clear.

    `concerned` are the indices of the findings about figures that contradict each other.
    """
    concerned = [index for index in concerned if findings[index].severity > Severity.INFO]
    ids = {mention.id for index in concerned for mention in findings[index].mentions}
    conflicts = study(facts, relations, spoiled, ids, MOST_CHANGES) if ids else ()
    return [
        _with_advice(finding, conflicts) if conflicts and index in concerned else finding
        for index, finding in enumerate(findings)
    ]


def _with_advice(finding: Finding, conflicts: Sequence[Conflict]) -> Finding:
    ids = {mention.id for mention in finding.mentions}
    for conflict in conflicts:
        if not conflict.repairs or not all(_within(repair, ids) for repair in conflict.repairs):
            continue
        return replace(finding, steps=(*finding.steps, *advised(conflict)))
    return finding


def advised(conflict: Conflict) -> tuple[Text, ...]:
    """Return what is said of a contradiction beside its finding: the clear repair, or how many figures must change."""
    if conflict.offered:
        return tuple(repair.text for repair in conflict.offered)
    many = len(conflict.repairs[0].corrections) if conflict.repairs else 0
    return (fewest(many),) if many > 1 and conflict.has_constraints else ()


def fewest(many: int) -> Text:
    """Return that no fewer than so many figures must change."""
    return Text(f"至少要改 {many} 处数字，其余才能一致", f"at least {many} figures must change before the rest agree")


def _within(repair: Repair, ids: Collection[str]) -> bool:
    """Tell whether a finding cites every figure that a repair would change."""
    for correction in repair.corrections:
        for printing in correction.observation.printings:
            # A term that stands in a claim is cited by the claim.
            id_ = printing.mention.id if printing.figure is not None else printing.mention.id.rpartition("/")[0]
            if id_ not in ids:
                return False
    return True
