"""The only place that adds to findings what the network knows: which correction would make everything else agree."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import TYPE_CHECKING

from msgspec.structs import replace

from planlint.facts import Facts, Figure
from planlint.findings import Finding, Severity, Text
from planlint.network.assembly import network_of
from planlint.network.build import Relations
from planlint.network.cores import Part, idle, parts
from planlint.network.variables import Network, Printing

if TYPE_CHECKING:
    from planlint.network.groups import Mended

MOST_CHANGES = 3
"""Beyond that many figures to change nobody can tell how it went wrong, and looking takes long."""

Changeable = Mapping[int, frozenset[int]]
"""For findings, by their indices: the observations of which each cites every printing. No others may it speak of."""


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
    found = list(findings)
    cited = [index for index in concerned if findings[index].severity > Severity.INFO]
    if not cited:
        return found
    network = network_of(facts, relations, spoiled)
    changeable = _changeable(network, {index: findings[index] for index in cited})
    touched = _touched(network, changeable)
    if touched:
        # Most contradictions are two printings of one figure, of which nothing is said: they wait for none of this.
        from planlint.network.evidence import Evidence
        from planlint.network.remedies import remedies

        for index, one in remedies(network, touched, changeable, Evidence(facts), MOST_CHANGES):
            found[index] = replace(found[index], steps=(*found[index].steps, *advised(one)))
    return found


def _changeable(network: Network, findings: Mapping[int, Finding]) -> Changeable:
    citing: dict[str, set[int]] = {}
    for index, finding in findings.items():
        for mention in finding.mentions:
            citing.setdefault(mention.id, set()).add(index)
    found: dict[int, set[int]] = {}
    for observation in network.observations:
        left: Collection[int] | None = None
        for printing in observation.printings:
            by = citing.get(_cited_by(printing))
            left = by if left is None or by is None else by.intersection(left)
            if not left:
                break
        for index in left or ():
            found.setdefault(index, set()).add(observation.number)
    return {index: frozenset(found[index]) for index in sorted(found)}


def _cited_by(printing: Printing) -> str:
    """Return the id that a finding cites a printing by: a term that stands in a claim is cited by the claim."""
    return printing.mention.id if printing.figure is not None else printing.mention.id.rpartition("/")[0]


def _touched(network: Network, changeable: Changeable) -> dict[int, list[Part]]:
    """Return the parts of a network in which findings may speak of something; not those where that is all printings."""
    found: dict[int, list[Part]] = {}
    for part in parts(network, idle(network)) if changeable else ():
        own = {number for variable in part.variables for number in network.printed[variable]}
        for index, numbers in changeable.items():
            if not own.isdisjoint(numbers):
                found.setdefault(index, []).append(part)
    return {index: own for index, own in found.items() if any(part.constraints for part in own)}


def advised(mended: Mended) -> tuple[Text, ...]:
    """Return what is said of a contradiction beside its finding: the clear repair, or how many figures must change."""
    if mended.offered:
        return tuple(repair.text for repair in mended.offered)
    many = len(mended.repairs[0].corrections) if mended.repairs else 0
    return (fewest(many),) if many > 1 and mended.group.has_constraints else ()


def fewest(many: int) -> Text:
    """Return that no fewer than so many figures must change."""
    return Text(f"至少要改 {many} 处数字，其余才能一致", f"at least {many} figures must change before the rest agree")
