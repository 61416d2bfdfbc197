"""The only place that puts contradictions that share an observation together, and finds what would end each group.

Nothing is told in words here, so that whoever only wants to know whether a repair is clear need not wait for them.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

from msgspec import Struct
from msgspec.structs import replace

from planlint.findings import Mention
from planlint.intervals import Interval
from planlint.network.cores import Core, Trials
from planlint.network.corrections import Repair, intervals_of, ranked
from planlint.network.evidence import Evidence
from planlint.network.openings import is_granular
from planlint.network.repairs import MOST_FIGURES, MOST_TIES, Releases, Set, changeable, together
from planlint.network.variables import Network
from planlint.source import Place


class Group(Struct, frozen=True):
    """Cores that share observations, with all that takes part in them.

    `sets` are the smallest sets of observations whose release ends them, `unsolved` says that none could be found.
    """

    cores: tuple[Core, ...]
    support: Set
    sets: tuple[Set, ...]
    unsolved: bool
    mentions: tuple[Mention, ...]

    @property
    def has_constraints(self) -> bool:
        """Tell whether arithmetic takes part, and not only two printings of one figure."""
        return any(core.constraints for core in self.cores)


class Mended(Struct, frozen=True):
    """A group with the smallest corrections that end it, ranked; `capped` says that more of the same size exist."""

    group: Group
    repairs: tuple[Repair, ...]
    capped: bool

    @property
    def mentions(self) -> tuple[Mention, ...]:
        """Return all that takes part, in the order of the file."""
        return self.group.mentions

    @property
    def changed(self) -> Set:
        """Return the observations that some repair would change."""
        return frozenset(c.observation.number for repair in self.repairs for c in repair.corrections)

    @property
    def offered(self) -> tuple[Repair, ...]:
        """Return the repair that is worth showing: the only one, or one that is explained and clearly ahead.

        That two printings of one figure would agree if the one were the other goes without saying.
        """
        if not self.repairs or not self.group.has_constraints:
            return ()
        first = self.repairs[0]
        if len(self.repairs) == 1 and not self.capped:
            return (first,)
        ahead = len(self.repairs) > 1 and first.weight >= 2 * self.repairs[1].weight
        return (first,) if ahead and first.is_explained else ()


def place_of(one: Mended | Group) -> tuple[Place, str]:
    """Return where a contradiction stands in a plan, to be sorted by."""
    return one.mentions[0].place, one.mentions[0].id


def groups_of(network: Network, released: Releases, most_changes: int = MOST_FIGURES) -> list[Group]:
    """Return the contradictions of a part; one that more than `most_changes` figures must change to end is left out."""
    found = []
    # Cores that share only what nobody doubts have nothing to do with each other.
    for unsorted in together(released.cores, lambda core: changeable(network, core)):
        cores = sorted(unsorted, key=_simplest)
        support = frozenset[int]().union(*(core.observations for core in cores))
        unsolved = bool(support & released.unsolved)
        if unsolved and most_changes < MOST_FIGURES:
            continue
        sets = () if unsolved else tuple(dict.fromkeys(whole & support for whole in released.sets))
        found.append(Group(tuple(cores), support, sets, unsolved, mentions_of(network, support, cores)))
    return found


def mended(trials: Trials, groups: Sequence[Group], released: Releases, evidence: Evidence) -> list[Mended]:
    """Return the groups of a part with what would end each."""
    found: list[Mended] = []
    # Contradictions of one part share figures that nobody prints: what mends one must suit what mends the others.
    settled: dict[int, Interval] = {}
    looked_at: Set = frozenset()
    for group in groups:
        own: dict[Set, Set] = {}
        for whole in released.sets if not group.unsolved else ():
            # Those that are not mended yet are released while this one is looked at.
            own.setdefault(whole & group.support, (whole & group.support) | (whole - looked_at))
        granular = [core.observations for core in group.cores if is_granular(trials.network, core)]
        repairs, capped = ranked(trials, own, evidence, settled, frozenset[int]().union(*granular))
        if repairs:
            settled |= intervals_of(repairs[0], trials.tier)
            looked_at |= group.support
        found.append(Mended(group, repairs[:MOST_TIES], released.capped or capped))
    return [_suiting(trials, one, settled) for one in found] if len(found) > 1 else found


def _suiting(trials: Trials, one: Mended, settled: Mapping[int, Interval]) -> Mended:
    """Return a group with its first repair, and those others that suit what mends the rest of its part."""
    if len(one.repairs) < 2:
        return one
    own = intervals_of(one.repairs[0], trials.tier)
    rest = {number: interval for number, interval in settled.items() if number not in own}
    kept = tuple(
        repair
        for repair in one.repairs[1:]
        if trials.state(replaced={**rest, **intervals_of(repair, trials.tier)}).conflict is None
    )
    return replace(one, repairs=(one.repairs[0], *kept))


def _simplest(core: Core) -> tuple[int, int, list[int]]:
    return len(core.constraints), len(core.observations), sorted(core.observations)


def mentions_of(network: Network, observations: Collection[int], cores: Sequence[Core]) -> tuple[Mention, ...]:
    """Return all that is cited by some observations and by the claims of some cores, in the order of the file."""
    cited = [m for number in observations for m in network.observations[number].mentions]
    for core in cores:
        for number in core.constraints:
            mention = network.constraints[number].mention
            if mention is not None:
                cited.append(mention)
    return tuple(sorted(dict.fromkeys(cited), key=lambda mention: (mention.place, mention.id)))
