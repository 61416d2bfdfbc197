"""The only place that finds what contradicts itself: the parts of a network, and minimal sets that cannot all be true.

A core is minimal: take any one of its observations or constraints away and the rest is no longer refuted. What
"refuted" means, and where it is exact, stands in propagate.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping

from msgspec import Struct

from planlint.amounts import Rounding
from planlint.intervals import Interval
from planlint.network.ends import State, explained
from planlint.network.propagate import extend, propagate
from planlint.network.variables import Network, Shape

WIDEST = Rounding.LOOSE
"""The tier under which figures contradict each other: nobody is accused who might have been truncated."""

NOTHING: Mapping[int, Interval] = {}


class Part(Struct, frozen=True):
    """A part of a network that nothing ties to the rest: numbers of its variables and of its constraints."""

    variables: tuple[int, ...]
    constraints: frozenset[int]


class Core(Struct, frozen=True):
    """Observations and constraints, by their numbers, that cannot all be true; none of them can be spared.

    `rounding` is the tier under which that is so.
    """

    observations: frozenset[int]
    constraints: frozenset[int]
    rounding: Rounding = WIDEST


def idle(network: Network) -> frozenset[int]:
    """Return the constraints that can contradict nothing: products with a variable that nothing else is said of."""
    found: set[int] = set()
    waiting = list(range(len(network.variables)))
    while waiting:
        number = waiting.pop()
        variable = network.variables[number]
        busy = [n for n in network.touching[number] if n not in found]
        bounded = variable.high is not None or variable.low != 0 or variable.integral
        if network.printed[number] or len(busy) != 1 or bounded:
            continue
        if network.constraints[busy[0]].shape is Shape.PRODUCT:
            found.add(busy[0])
            waiting.extend(term.variable for term in network.constraints[busy[0]].terms)
    return frozenset(found)


def parts(network: Network, without: Collection[int] = ()) -> list[Part]:
    """Return the parts of a network in which more than one thing is said, in the order of their first variables.

    `without` names constraints that tie nothing together.
    """
    found: list[Part] = []
    seen: set[int] = set()
    for start in range(len(network.variables)):
        if start in seen:
            continue
        seen.add(start)
        members, constraints, waiting = [start], set[int](), [start]
        while waiting:
            for number in network.touching[waiting.pop()]:
                if number in constraints or number in without:
                    continue
                constraints.add(number)
                for term in network.constraints[number].terms:
                    if term.variable not in seen:
                        seen.add(term.variable)
                        members.append(term.variable)
                        waiting.append(term.variable)
        if constraints or len(network.printed[start]) > 1:
            found.append(Part(tuple(sorted(members)), frozenset(constraints)))
    return found


def state_of(network: Network, part: Part, rounding: Rounding = WIDEST, without: Collection[int] = ()) -> State:
    """Return what follows in a part of a network, some observations left out."""
    return propagate(network, rounding, variables=part.variables, constraints=part.constraints, without=without)


class Trials:
    """A part of a network that is tried again and again with some of its observations left out or replaced.

    What follows without any of them is worked out once for each rounding. `tier` is the rounding under which figures
    count as contradicting each other.
    """

    def __init__(self, network: Network, part: Part, tier: Rounding = WIDEST) -> None:
        self.network = network
        self.part = part
        self.tier = tier
        self._suspects: frozenset[int] = frozenset()
        self._known: dict[Rounding, State] = {}

    def state(
        self,
        without: Collection[int] = (),
        replaced: Mapping[int, Interval] = NOTHING,
        rounding: Rounding | None = None,
    ) -> State:
        """Return what follows when some observations are left out and others say something else."""
        rounding = self.tier if rounding is None else rounding
        touched = {*without, *replaced}
        if not touched <= self._suspects:
            self._suspects |= touched
            self._known.clear()
        if rounding not in self._known:
            self._known[rounding] = state_of(self.network, self.part, rounding, self._suspects)
        known = self._known[rounding]
        if known.conflict is not None:
            return known
        observed = [
            (n, replaced.get(n) or self.network.observations[n].interval(rounding))
            for n in sorted(self._suspects)
            if n not in without
        ]
        return extend(self.network, known, self.part.constraints, observed)


def refuted(
    network: Network, observations: Collection[int], constraints: Collection[int], rounding: Rounding = WIDEST
) -> State:
    """Return what follows from some observations and constraints alone."""
    variables = {network.observations[number].variable for number in observations}
    for number in constraints:
        variables.update(term.variable for term in network.constraints[number].terms)
    return propagate(network, rounding, variables=sorted(variables), constraints=constraints, only=observations)


def core_of(network: Network, state: State, rounding: Rounding = WIDEST) -> Core | None:
    """Return a minimal set that explains a contradiction under a rounding, None where there is none."""
    if state.conflict is None:
        return None
    observations, constraints = explained(state.conflict.low, state.conflict.high)
    observations, constraints = _by_rates(network, observations, constraints, rounding) or (observations, constraints)
    # Members are tried one by one; what a smaller argument does not need any more goes at once.
    for number in sorted(observations):
        if number in observations:
            observations, constraints = _less(network, observations - {number}, constraints, rounding) or (
                observations,
                constraints,
            )
    for number in sorted(constraints):
        if number in constraints:
            observations, constraints = _less(network, observations, constraints - {number}, rounding) or (
                observations,
                constraints,
            )
    return Core(observations, constraints, rounding)


def _by_rates(
    network: Network, observations: frozenset[int], constraints: frozenset[int], rounding: Rounding
) -> tuple[frozenset[int], frozenset[int]] | None:
    """Return a contradiction that needs no numerators which nobody prints, None where it cannot do without them.

    That no number of things suits the rates is shorter said than how their numerators narrow each other.
    """
    tied = {
        number: network.constraints[number].terms
        for number in constraints
        if network.constraints[number].kind == "identity"
        and not network.printed[network.constraints[number].terms[0].variable]
    }
    touching = {other for terms in tied.values() for term in terms for other in network.touching[term.variable]}
    rates = {number for number in touching if network.constraints[number].shape is Shape.RATES}
    return _less(network, observations, (constraints - tied.keys()) | rates, rounding) if rates else None


def _less(
    network: Network, observations: Iterable[int], constraints: Iterable[int], rounding: Rounding
) -> tuple[frozenset[int], frozenset[int]] | None:
    """Return what a smaller set still needs for its contradiction, None where it has none."""
    conflict = refuted(network, frozenset(observations), frozenset(constraints), rounding).conflict
    return explained(conflict.low, conflict.high) if conflict is not None else None
