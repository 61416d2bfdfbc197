"""The only place that finds what must change: all smallest sets of observations whose release ends every contradiction.

Minimal cores are collected until a smallest set that hits all of them releases the whole part; such a set is found by
asking the network itself each time, so that a core nobody has seen yet is never missed. Cores that share nothing are
solved for themselves. Where a search would take too long, an exact solver does it if there is one; what it says is
tried in the network like everything else.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import TypeVar

from msgspec import Struct

from planlint.network import solver
from planlint.network.cores import Core, Trials, core_of
from planlint.network.variables import Network

MOST_TIES = 20
MOST_SETS = 60
"""How many smallest sets are tried before ties are made from one of them, member by member."""
MOST_FIGURES = 12
"""A contradiction that needs more corrections than this is beyond a search."""
MOST_CORES = 400
MOST_STEPS = 2_000
"""How many choices a search may look at."""

Set = frozenset[int]
Item = TypeVar("Item")


class TooMany(Exception):
    """A search would take too long."""


class Releases(Struct, frozen=True):
    """The cores of a part, and the smallest sets of observations whose release makes the rest consistent.

    Each set frees the whole part. `capped` says that there may be more sets of this size than are listed; `unsolved`
    are observations of contradictions for which no smallest set could be found.
    """

    cores: tuple[Core, ...]
    sets: tuple[Set, ...]
    capped: bool
    unsolved: Set = frozenset()


def changeable(network: Network, core: Core) -> Set:
    """Return the observations of a core that may be released."""
    return frozenset(n for n in core.observations if not network.observations[n].trusted)


class _Search:
    def __init__(self, network: Network, trials: Trials, first: Core, most: int, *, solves: bool) -> None:
        self.network = network
        self.trials = trials
        self.cores: list[Core] = []
        self.targets: list[Set] = []
        """For each core the observations that may be released."""
        self.most = most
        self.solves = solves
        self.keep(first)

    def keep(self, core: Core) -> None:
        """Add a core that is not known yet."""
        self.cores.append(core)
        self.targets.append(changeable(self.network, core))

    def frees(self, released: Set) -> bool:
        """Tell whether a release makes the part consistent; if not, the core that is left is kept."""
        core = core_of(self.network, self.trials.state(released), self.trials.tier)
        if core is None:
            return True
        if core not in self.cores:
            self.keep(core)
        return False

    def smallest(self, targets: Sequence[Set]) -> Set | None:
        """Return a smallest set that has a member in each target; None where none can be found."""
        try:
            found = next(hitting_sets(targets, self.most), None)
        except TooMany:
            found = None
        if found is None and self.solves and all(targets):
            found = solver.smallest(targets)
        return found


def releases(trials: Trials, most: int = MOST_FIGURES, *, solves: bool = True) -> Releases | None:
    """Return what must be released in a part, None where it holds no contradiction.

    A contradiction that needs more than `most` corrections is left unsolved, unless `solves` and there is a solver.
    """
    first = core_of(trials.network, trials.state(), trials.tier)
    if first is None:
        return None
    search = _Search(trials.network, trials, first, most, solves=solves)
    _disjoint(search)
    while True:
        released, unsolved = _chosen(search)
        if not all(search.targets) or len(search.cores) > MOST_CORES:
            return Releases(tuple(search.cores), (), capped=False, unsolved=unsolved)
        if search.frees(released):
            break
    sets, capped = _ties(search, released, unsolved)
    return Releases(tuple(search.cores), tuple(sorted(sets, key=sorted)), capped, unsolved)


def _disjoint(search: _Search) -> None:
    """Collect cores that share no observation: each asks for a correction of its own."""
    released: Set = frozenset()
    while True:
        free = search.targets[-1]
        released |= free
        if not free or search.frees(released):
            return


def _chosen(search: _Search) -> tuple[Set, Set]:
    """Return a smallest set that hits all cores, and what of it is not known to be smallest."""
    released: Set = frozenset()
    unsolved: Set = frozenset()
    for targets in apart(search.targets):
        found = search.smallest(targets)
        if found is None:
            found = frozenset().union(*targets)
            unsolved |= found
        released |= found
    return released, unsolved


def apart(targets: Sequence[Set]) -> list[list[Set]]:
    """Return targets in groups that share no member."""
    return together(targets, lambda target: target)


def together(items: Sequence[Item], members_of: Callable[[Item], Set]) -> list[list[Item]]:
    """Return things in groups that share no member: those that share one, by way of others too, are together."""
    groups: list[tuple[Set, list[Item]]] = []
    for item in items:
        members, together, others = members_of(item), [item], []
        for support, group in groups:
            if support & members:
                members |= support
                together = group + together
            else:
                others.append((support, group))
        groups = [*others, (members, together)]
    return [group for _, group in groups]


def _ties(search: _Search, released: Set, unsolved: Set) -> tuple[list[Set], bool]:
    """Return all sets of the size of a smallest one in some contradiction, the others released as they were chosen."""
    known = {released}
    capped = False
    waiting = [targets for targets in apart(search.targets) if not frozenset().union(*targets) & unsolved]
    while waiting:
        targets = waiting.pop()
        own = released & frozenset().union(*targets)
        found, is_capped, new = _ties_of(search, targets, own, released - own)
        capped = capped or is_capped
        known.update(found)
        if new and len(search.cores) <= MOST_CORES:
            # A core nobody had seen ties others together, or rules out some: look again at what it belongs to.
            groups = apart(search.targets)
            waiting.append(next(group for group in groups if search.targets[-1] in group))
    return list(known), capped


def _ties_of(search: _Search, targets: Sequence[Set], own: Set, others: Set) -> tuple[list[Set], bool, bool]:
    """Return the alternatives to a set, whether there may be more, and whether a new core turned up."""
    found: list[Set] = []
    try:
        for tried, candidate in enumerate(hitting_sets(targets, search.most)):
            if tried > MOST_SETS:
                return _by_member(search, targets, own, others), True, False
            if candidate == own:
                continue
            many = len(search.cores)
            if search.frees(candidate | others):
                found.append(candidate | others)
            elif len(search.cores) > many:
                return found, False, True
    except TooMany:
        return _by_member(search, targets, own, others), True, False
    if not found and len(own) > search.most:
        return _by_member(search, targets, own, others), True, False
    return found, False, False


def _by_member(search: _Search, targets: Sequence[Set], own: Set, others: Set) -> list[Set]:
    """Return the sets that differ from a smallest one in a single member."""
    found = []
    for member in sorted(own):
        left = own - {member}
        only_by = [target for target in targets if not target & left]
        for other in sorted(frozenset.intersection(*only_by) - {member}) if only_by else ():
            candidate = left | {other} | others
            if search.frees(candidate):
                found.append(candidate)
            if len(found) >= MOST_TIES:
                return found
    return found


def hitting_sets(targets: Sequence[Set], most: int = MOST_FIGURES) -> Iterator[Set]:
    """Yield the smallest sets that have a member in each target; nothing where that is impossible or takes too many.

    Raises TooMany where the search would take too long.
    """
    targets = [target for target in dict.fromkeys(targets) if not any(other < target for other in targets)]
    # In this order the first of several as short is the one of the smallest numbers.
    targets.sort(key=sorted)
    steps = [0]
    for size in range(_fewest(targets), most + 1):
        found = False
        for candidate in dict.fromkeys(_hit(targets, frozenset(), size, frozenset(), steps)):
            found = True
            yield candidate
        if found:
            return


def _fewest(targets: Sequence[Set]) -> int:
    """Return how many members are needed at least: as many as there are targets without a common member."""
    taken: set[int] = set()
    count = 0
    for target in sorted(targets, key=len):
        if not taken & target:
            taken |= target
            count += 1
    return count


def _hit(targets: Sequence[Set], chosen: Set, size: int, refused: Set, steps: list[int]) -> Iterator[Set]:
    """Yield the sets of at most so many members; a member once tried is refused to the branches after it."""
    steps[0] += 1
    if steps[0] > MOST_STEPS:
        raise TooMany
    left = [target for target in targets if not target & chosen]
    if not left:
        yield chosen
        return
    if size < _fewest(left):
        return
    first = min(left, key=lambda t: len(t - refused)) if refused else min(left, key=len)
    for member in sorted(first - refused):
        yield from _hit(left, chosen | {member}, size - 1, refused, steps)
        refused |= {member}
