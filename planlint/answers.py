"""The only place that tells which findings about two editions of a plan are the same, and which are new or fixed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from msgspec import Struct

from planlint.findings import Finding, Severity
from planlint.matching import Tier, pair


class Answers(Struct, frozen=True):
    """What is said of the new edition that was not said of the old one, and the other way round."""

    new: tuple[Finding, ...] = ()
    changed: tuple[tuple[Finding, Finding], ...] = ()
    """Findings about the same that say something else, as they were and as they are."""
    fixed: tuple[Finding, ...] = ()
    unchanged: tuple[Finding, ...] = ()

    def worst(self) -> Severity | None:
        """Return the highest severity of what is new or graver than before and not waived; None if there is nothing."""
        graver = (now for was, now in self.changed if now.severity > was.severity or was.waived is not None)
        return max((f.severity for f in (*self.new, *graver) if f.waived is None), default=None)


class _Said(Struct, frozen=True):
    """A finding with the ids of what it is about, in those of the new edition."""

    finding: Finding
    cited: tuple[object, ...]


def answers(
    old: Sequence[Finding],
    new: Sequence[Finding],
    renamed: Mapping[str, str] | None = None,
    *,
    same_plan: bool = True,
) -> Answers:
    """Return which findings are new, changed, fixed and unchanged.

    They are recognised by their fingerprints; where the plan or a figure has another id than before, by the rule and
    what it is about. `renamed` leads from the old id of a figure to its new one.
    """
    tiers = [
        Tier(lambda said: (said.finding.fingerprint, _answer(said.finding))),
        Tier(lambda said: said.finding.fingerprint),
        Tier(lambda said: (said.cited, said.finding.message)),
        Tier(lambda said: said.cited),
    ]
    was = [_Said(finding, _cited(finding, renamed or {})) for finding in old]
    now = [_Said(finding, _cited(finding, {})) for finding in new]
    pairs = pair(was, now, tiers if same_plan else tiers[2:])
    twos = [(old[one], new[other]) for one, other in pairs.both]
    return Answers(
        tuple(new[number] for number in pairs.added),
        tuple(two for two in twos if _answer(two[0]) != _answer(two[1])),
        tuple(old[number] for number in pairs.removed),
        tuple(two[1] for two in twos if _answer(two[0]) == _answer(two[1])),
    )


def _cited(finding: Finding, renamed: Mapping[str, str]) -> tuple[object, ...]:
    """Return the rule of a finding and what it is about."""
    if any(mention.role == "unread" for mention in finding.mentions):
        return finding.rule, finding.message
    return finding.rule, tuple(sorted(renamed.get(mention.id, mention.id) for mention in finding.mentions))


def _answer(finding: Finding) -> tuple[object, ...]:
    return finding.severity, finding.message, finding.steps, finding.waived
