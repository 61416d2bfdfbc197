"""The only place that says of a finding which figures cannot all be true and what would make them agree."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from itertools import product

from msgspec import Struct

from planlint.amounts import Rounding
from planlint.facts import Facts
from planlint.figure_sights import rejected
from planlint.findings import Finding, Mention
from planlint.network.assembly import network_of
from planlint.network.beyond import Seen, mend
from planlint.network.build import Relations
from planlint.network.conflicts import Argument, Conflict, argument_of, study_part
from planlint.network.cores import WIDEST, Core, core_of, parts
from planlint.network.corrections import Correction, Repair
from planlint.network.evidence import Evidence
from planlint.network.propagate import propagate
from planlint.network.variables import Network

MANY = 6
"""Repairs beyond which no more are told: of a long sum any part may be wrong."""


class Mending(Struct, frozen=True, eq=False):
    """What a finding comes to: cores among the figures it cites, and repairs, the likeliest first.

    `conflict` is the contradiction of the network that it is part of, None where it is none; `capped` says that more
    repairs exist.
    """

    conflict: Conflict | None
    cores: tuple[Argument, ...]
    repairs: tuple[Repair, ...]
    capped: bool


class Bundle(Struct, frozen=True, eq=False):
    """Corrections to be made together; for each, alternatives, the likeliest first. Any choice among them agrees."""

    options: tuple[tuple[Correction, ...], ...]


def bundled(repairs: Sequence[Repair]) -> tuple[Bundle, ...]:
    """Return repairs as bundles: those that differ in one choice, and make the others alike, become alternatives."""
    found: list[Bundle] = []
    left = list(repairs)
    while left:
        first = left[0]
        options = tuple(_alternatives(first, at, left) for at in range(len(first.corrections)))
        marks = {frozenset(map(_mark, chosen)) for chosen in product(*options)}
        own = [repair for repair in left if frozenset(map(_mark, repair.corrections)) in marks]
        if len(first.corrections) < 2 or len(own) < len(marks):
            # Not every choice was tried and found to agree.
            options, own = tuple((correction,) for correction in first.corrections), [first]
        found.append(Bundle(options))
        left = [repair for repair in left if repair not in own]
    return tuple(found)


def _alternatives(first: Repair, at: int, repairs: Sequence[Repair]) -> tuple[Correction, ...]:
    """Return the corrections that stand in place of one of a repair where all the others are the same."""
    rest = {_mark(c) for c in first.corrections if c is not first.corrections[at]}
    found: dict[tuple[int, str], Correction] = {}
    for repair in repairs:
        other = [c for c in repair.corrections if _mark(c) not in rest]
        if len(other) == 1 and len(repair.corrections) == len(first.corrections):
            found.setdefault(_mark(other[0]), other[0])
    return tuple(found.values())


def _mark(correction: Correction) -> tuple[int, str]:
    return correction.observation.number, correction.new


class Mender:
    """A plan whose findings are to be mended; what it needs is worked out once, when it is first needed."""

    def __init__(self, facts: Facts, relations: Relations) -> None:
        self._facts = facts
        self._relations = relations
        self._evidence = Evidence(facts)
        self._network: Network | None = None
        self._conflicts: dict[tuple[Rounding, tuple[int, ...]], tuple[Conflict, ...]] = {}
        self._seen: Seen | None = None

    def mend(self, finding: Finding, ask: str) -> Mending:
        """Return what a finding comes to. `ask` is the question of its rule."""
        found = self._contradiction(finding) if ask not in _LONE else None
        if found is not None:
            conflict, cores = found
            repairs = tuple(_foremost(repair, finding.mentions) for repair in conflict.repairs)
            return Mending(conflict, cores, repairs[:MANY], conflict.capped or len(repairs) > MANY)
        if self._seen is None:
            self._seen = Seen(self._facts)
        repairs = mend(ask, finding.mentions, self._seen, self._evidence)
        return Mending(None, (), repairs[:MANY], len(repairs) > MANY)

    def _contradiction(self, finding: Finding) -> tuple[Conflict, tuple[Argument, ...]] | None:
        """Return the contradiction that a finding is about, with the cores among what it cites."""
        ids = {mention.id for mention in finding.mentions}
        spoiled = rejected(self._facts)
        if self._network is None:
            self._network = network_of(self._facts, self._relations, spoiled)
        network = self._network
        observations = _cited(network, ids)
        # Figures that agree only where somebody truncated contradict each other more mildly.
        for tier in (WIDEST, Rounding.NEAREST):
            state = propagate(network, tier, only=observations)
            own = core_of(network, state, tier)
            if own is not None:
                return self._conflict(network, own, observations, tier)
        return None

    def _conflict(
        self, network: Network, own: Core, observations: Collection[int], tier: Rounding
    ) -> tuple[Conflict, tuple[Argument, ...]] | None:
        variables = [network.observations[number].variable for number in own.observations]
        part = next((part for part in parts(network) if variables[0] in part.variables), None)
        if part is None:
            # A number that cannot be at all (800 % of something) is alone: it contradicts no other.
            return None
        known = self._conflicts.get((tier, part.variables))
        if known is None:
            known = self._conflicts[tier, part.variables] = study_part(network, part, self._evidence, tier)
        for conflict in known:
            cores = [a for a in conflict.arguments if a.core.observations <= set(observations)]
            if any(own.observations & a.core.observations for a in conflict.arguments):
                if all(a.core != own for a in cores):
                    cores.insert(0, argument_of(network, own))
                return conflict, _telling(cores)
        return None


def _cited(network: Network, ids: Collection[str]) -> frozenset[int]:
    """Return the observations that a finding cites: a long sum is cited as one claim, not by each of its parts."""
    variables = {
        term.variable
        for constraint in network.constraints
        if constraint.mention is not None and constraint.mention.id in ids
        for term in constraint.terms
    }
    return frozenset(
        observation.number
        for observation in network.observations
        if observation.variable in variables or any(printing.mention.id in ids for printing in observation.printings)
    )


_LONE = frozenset({"unit", "direction", "bounds"})
"""Questions about one figure or about intentions, which no contradiction between figures answers."""


def _telling(cores: Sequence[Argument]) -> tuple[Argument, ...]:
    """Return cores in an order in which each says as much as it can that those before it did not."""
    left = sorted(cores, key=lambda a: not a.core.constraints)
    known: set[int] = set()
    found = []
    while left:
        best = max(left, key=lambda a: len(a.core.observations - known))
        left.remove(best)
        found.append(best)
        known |= best.core.observations
    return tuple(found)


def _id(mention: Mention) -> str:
    """Return the id of the claim in which a term stands alone."""
    return mention.id.rpartition("/")[0]


def _foremost(repair: Repair, cited: Sequence[Mention]) -> Repair:
    """Return a repair with the corrections first that a finding is about."""
    ids = {mention.id for mention in cited}
    ordered = sorted(
        repair.corrections,
        key=lambda c: not any(p.mention.id in ids or _id(p.mention) in ids for p in c.observation.printings),
    )
    return Repair(tuple(ordered), repair.text)
