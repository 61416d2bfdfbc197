"""The only place that finds what must change: all smallest sets of observations whose release ends every contradiction.

Minimal cores are collected until a smallest set that hits all of them releases the whole part; such a set is found by
asking the network itself each time, so that a core nobody has seen yet is never missed.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from msgspec import Struct

from planlint.network.cores import Core, Trials, core_of
from planlint.network.variables import Network

MOST_TIES = 20
MOST_SETS = 60
"""How many smallest sets are tried before ties are made from one of them, member by member."""
MOST_FIGURES = 12
"""A part that needs more corrections than this is beyond advice."""
MOST_CORES = 400

Set = frozenset[int]


class Releases(Struct, frozen=True):
    """The cores of a part, and the smallest sets of observations whose release makes the rest consistent.

    `capped` says that there may be more sets of this size than are listed.
    """

    cores: tuple[Core, ...]
    sets: tuple[Set, ...]
    capped: bool


class _Search:
    def __init__(self, network: Network, trials: Trials, first: Core) -> None:
        self.network = network
        self.trials = trials
        self.cores: list[Core] = [first]

    @property
    def targets(self) -> list[Set]:
        """Return for each core the observations that may be released."""
        return [
            frozenset(n for n in core.observations if not self.network.observations[n].trusted) for core in self.cores
        ]

    def frees(self, released: Set) -> bool:
        """Tell whether a release makes the part consistent; if not, the core that is left is kept."""
        core = core_of(self.network, self.trials.state(released), self.trials.tier)
        if core is None:
            return True
        if core not in self.cores:
            self.cores.append(core)
        return False


def releases(trials: Trials) -> Releases | None:
    """Return what must be released in a part, None where it holds no contradiction."""
    first = core_of(trials.network, trials.state(), trials.tier)
    if first is None:
        return None
    search = _Search(trials.network, trials, first)
    _disjoint(search)
    one = _smallest(search)
    if one is None:
        return Releases(tuple(search.cores), (), capped=False)
    sets, capped = _ties(search, one)
    return Releases(tuple(search.cores), tuple(sorted(sets, key=sorted)), capped)


def _disjoint(search: _Search) -> None:
    """Collect cores that share no observation: each asks for a correction of its own."""
    released: Set = frozenset()
    while True:
        free = search.targets[-1]
        released |= free
        if not free or search.frees(released):
            return


def _smallest(search: _Search) -> Set | None:
    """Return a smallest set whose release makes the part consistent; None where there is none within reason."""
    while len(search.cores) <= MOST_CORES:
        found = next(hitting_sets(search.targets), None)
        if found is None:
            return None
        if search.frees(found):
            return found
    return None


def _ties(search: _Search, one: Set) -> tuple[list[Set], bool]:
    """Return all sets of the size of a smallest one, as far as they can be listed."""
    known = {one}
    while True:
        tried = 0
        for found in hitting_sets(search.targets):
            tried += 1
            if tried > MOST_SETS:
                return _by_member(search, one), True
            if found in known:
                continue
            if not search.frees(found):
                # A new core rules out this set and others like it: start again with it.
                break
            known.add(found)
        else:
            return list(known), False
        if len(search.cores) > MOST_CORES:
            return list(known), True


def _by_member(search: _Search, one: Set) -> list[Set]:
    """Return the sets that differ from a smallest one in a single member."""
    found = [one]
    for member in sorted(one):
        others = one - {member}
        only_by = [target for target in search.targets if not target & others]
        for other in sorted(frozenset.intersection(*only_by) - {member}) if only_by else ():
            candidate = others | {other}
            if search.frees(candidate):
                found.append(candidate)
    return found


def hitting_sets(targets: Sequence[Set], most: int = MOST_FIGURES) -> Iterator[Set]:
    """Yield the smallest sets that have a member in each target; nothing where that is impossible or takes too many."""
    targets = [target for target in dict.fromkeys(targets) if not any(other < target for other in targets)]
    for size in range(_fewest(targets), most + 1):
        found = False
        for candidate in dict.fromkeys(_hit(targets, frozenset(), size, frozenset())):
            found = True
            yield candidate
        if found:
            return


def _fewest(targets: Sequence[Set]) -> int:
    """Return how many members are needed at least: as many as there are targets without a common member."""
    taken: set[int] = set()
    count = 0
    for target in sorted(targets, key=lambda t: (len(t), sorted(t))):
        if not taken & target:
            taken |= target
            count += 1
    return count


def _hit(targets: Sequence[Set], chosen: Set, size: int, refused: Set) -> Iterator[Set]:
    """Yield the sets of at most so many members; a member once tried is refused to the branches after it."""
    left = [target for target in targets if not target & chosen]
    if not left:
        yield chosen
        return
    if size < _fewest(left):
        return
    first = min(left, key=lambda t: (len(t - refused), sorted(t)))
    for member in sorted(first - refused):
        yield from _hit(left, chosen | {member}, size - 1, refused)
        refused |= {member}
