"""The only place that studies a network as a whole: its contradictions, told and repaired, and its implied figures."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from itertools import product

from msgspec import Struct
from msgspec.structs import replace

from planlint.amounts import Rounding
from planlint.exact import Fraction
from planlint.facts import Facts, Figure
from planlint.findings import Mention, Text
from planlint.intervals import Interval
from planlint.network.build import Relations, draft, finish
from planlint.network.claims import add_claims
from planlint.network.cores import WIDEST, Core, Part, Trials, idle, parts, state_of
from planlint.network.corrections import Repair, intervals_of, ranked
from planlint.network.evidence import Evidence
from planlint.network.openings import is_granular
from planlint.network.propagate import propagate
from planlint.network.rates import add_rates
from planlint.network.repairs import MOST_FIGURES, MOST_TIES, Releases, Set, releases
from planlint.network.variables import Constraint, Network, Observation, Shape, Variable
from planlint.network.words import argument, chain, expression, span

_MOST_READINGS = 24


class Argument(Struct, frozen=True):
    """A minimal core with every place, and told in words."""

    core: Core
    mentions: tuple[Mention, ...]
    steps: tuple[Text, ...]


class Implied(Struct, frozen=True):
    """What some observations, or all there are, say of a variable: its interval and how it follows."""

    variable: Variable
    interval: Interval
    observations: tuple[int, ...]
    shown: Text
    """The interval with its unit."""
    steps: tuple[Text, ...]


class Conflict(Struct, frozen=True):
    """One contradiction of a plan: all that takes part in it, and the smallest corrections that end it.

    `repairs` are ranked; `capped` says that more of the same size exist.
    """

    network: Network
    variables: tuple[Variable, ...]
    arguments: tuple[Argument, ...]
    implied: tuple[Implied, ...]
    repairs: tuple[Repair, ...]
    capped: bool
    mentions: tuple[Mention, ...]
    unsolved: bool = False
    """Whether no smallest corrections could be found."""

    @property
    def has_constraints(self) -> bool:
        """Tell whether arithmetic takes part, and not only two printings of one figure."""
        return any(argument.core.constraints for argument in self.arguments)

    @property
    def offered(self) -> tuple[Repair, ...]:
        """Return the repair that is worth showing: the only one, or one that is explained and clearly ahead.

        That two printings of one figure would agree if the one were the other goes without saying.
        """
        if not self.repairs or not self.has_constraints:
            return ()
        first = self.repairs[0]
        if len(self.repairs) == 1 and not self.capped:
            return (first,)
        ahead = len(self.repairs) > 1 and first.weight >= 2 * self.repairs[1].weight
        return (first,) if ahead and first.is_explained else ()


def network_of(facts: Facts, relations: Relations, spoiled: Collection[Figure] = ()) -> Network:
    """Return the network of a plan; figures that earlier answers rejected are left out."""
    made = draft(facts, relations, spoiled)
    add_claims(made)
    add_rates(made)
    return finish(made)


def study(
    facts: Facts,
    relations: Relations,
    spoiled: Collection[Figure] = (),
    concerning: Collection[str] | None = None,
    most_changes: int = MOST_FIGURES,
    tier: Rounding = WIDEST,
) -> tuple[Conflict, ...]:
    """Return every contradiction among the figures of a plan, in the order of the file.

    `concerning` confines the work to parts of the network in which a figure or claim with one of these ids takes part.
    A contradiction that more than `most_changes` figures must change to end is left out. `tier` is the rounding under
    which figures count as contradicting each other.
    """
    network = network_of(facts, relations, spoiled)
    found: list[Conflict] = []
    evidence = Evidence(facts)
    for part in parts(network, idle(network)):
        if concerning is not None and not _concerns(network, part, concerning):
            continue
        found.extend(study_part(network, part, evidence, tier, most_changes))
    return tuple(sorted(found, key=lambda conflict: (conflict.mentions[0].place, conflict.mentions[0].id)))


def study_part(
    network: Network, part: Part, evidence: Evidence, tier: Rounding = WIDEST, most_changes: int = MOST_FIGURES
) -> tuple[Conflict, ...]:
    """Return every contradiction in a part of a network."""
    trials = Trials(network, part, tier)
    # Whoever asks for few corrections does not wait for many.
    released = releases(trials, most_changes, solves=most_changes >= MOST_FIGURES)
    return tuple(_conflicts(trials, released, evidence, most_changes)) if released is not None else ()


def _concerns(network: Network, part: Part, ids: Collection[str]) -> bool:
    """Tell whether something with one of the ids takes part in a part."""
    claims = (network.constraints[number].mention for number in part.constraints)
    if any(mention is not None and mention.id in ids for mention in claims):
        return True
    printed = (network.observations[n] for variable in part.variables for n in network.printed[variable])
    return any(printing.mention.id in ids for observation in printed for printing in observation.printings)


def implied_figures(network: Network, rounding: Rounding = Rounding.NEAREST) -> tuple[Implied, ...]:
    """Return every variable that nobody prints and that what is printed confines on both sides, with the argument.

    Parts that hold a contradiction imply nothing.
    """
    found = []
    for part in parts(network):
        silent = [number for number in part.variables if not network.printed[number]]
        state = state_of(network, part, rounding) if silent else None
        if state is None or state.conflict is not None:
            continue
        for number in silent:
            low, high = state.lows[number], state.highs[number]
            if low is None or high is None or low.constraint is None or high.constraint is None:
                continue
            interval, variable = state.interval(number), network.variables[number]
            steps = chain(network, low, high)
            found.append(Implied(variable, interval, (), span(interval, variable), steps))
    return tuple(found)


def _conflicts(trials: Trials, released: Releases, evidence: Evidence, most_changes: int) -> list[Conflict]:
    """Return one conflict for each group of cores that share an observation."""
    network = trials.network
    found: list[Conflict] = []
    # Contradictions of one part share figures that nobody prints: what mends one must suit what mends the others.
    settled: dict[int, Interval] = {}
    looked_at: Set = frozenset()
    for cores in _groups(network, released.cores):
        support = frozenset[int]().union(*(core.observations for core in cores))
        own: dict[Set, Set] = {}
        unsolved = bool(support & released.unsolved)
        for whole in released.sets if not unsolved else ():
            # Those that are not mended yet are released while this one is looked at.
            own.setdefault(whole & support, (whole & support) | (whole - looked_at))
        if unsolved and most_changes < MOST_FIGURES:
            continue
        granular = [core.observations for core in cores if is_granular(network, core)]
        repairs, capped = ranked(trials, own, evidence, settled, frozenset[int]().union(*granular))
        if repairs:
            settled |= intervals_of(repairs[0], trials.tier)
            looked_at |= support
        mentions = _mentions(network, support, cores)
        variables = sorted({network.observations[number].variable for number in support})
        found.append(
            Conflict(
                network,
                tuple(network.variables[number] for number in variables),
                tuple(argument_of(network, core) for core in cores),
                _readings(network, cores),
                repairs[:MOST_TIES],
                released.capped or capped,
                mentions,
                unsolved,
            )
        )
    return [_suiting(trials, conflict, settled) for conflict in found] if len(found) > 1 else found


def _suiting(trials: Trials, conflict: Conflict, settled: Mapping[int, Interval]) -> Conflict:
    """Return a contradiction with its first repair, and those others that suit what mends the rest of its part."""
    if len(conflict.repairs) < 2:
        return conflict
    own = intervals_of(conflict.repairs[0], trials.tier)
    rest = {number: interval for number, interval in settled.items() if number not in own}
    kept = tuple(
        repair
        for repair in conflict.repairs[1:]
        if trials.state(replaced={**rest, **intervals_of(repair, trials.tier)}).conflict is None
    )
    return replace(conflict, repairs=(conflict.repairs[0], *kept))


def _groups(network: Network, cores: Sequence[Core]) -> list[list[Core]]:
    """Return cores that share observations which may be changed, by way of others too, together."""
    groups: list[tuple[set[int], list[Core]]] = []
    for core in cores:
        members, together = {n for n in core.observations if not network.observations[n].trusted}, [core]
        apart = []
        for others, group in groups:
            if others & members:
                members |= others
                together = group + together
            else:
                apart.append((others, group))
        groups = [*apart, (members, together)]
    return [sorted(group, key=_simplest) for _, group in groups]


def _simplest(core: Core) -> tuple[int, int, list[int]]:
    return len(core.constraints), len(core.observations), sorted(core.observations)


def _mentions(network: Network, observations: Collection[int], cores: Sequence[Core]) -> tuple[Mention, ...]:
    cited = [m for number in observations for m in network.observations[number].mentions]
    for core in cores:
        for number in core.constraints:
            mention = network.constraints[number].mention
            if mention is not None:
                cited.append(mention)
    return tuple(sorted(dict.fromkeys(cited), key=lambda mention: (mention.place, mention.id)))


def argument_of(network: Network, core: Core) -> Argument:
    """Return a core with every place, and told in words."""
    return Argument(core, _mentions(network, core.observations, [core]), argument(network, core))


def _readings(network: Network, cores: Sequence[Core]) -> tuple[Implied, ...]:
    """Return what each constraint of some cores says of a variable that nobody prints, from what is printed beside it.

    Two printings of one figure say two things.
    """
    found: list[Implied] = []
    constraints = sorted({number for core in cores for number in core.constraints})
    silent = {t.variable for n in constraints for t in network.constraints[n].terms if not network.printed[t.variable]}
    for variable in sorted(silent):
        said: list[Implied] = []
        for number in constraints:
            constraint = network.constraints[number]
            if constraint.shape in (Shape.SUM, Shape.PRODUCT) and any(t.variable == variable for t in constraint.terms):
                said.extend(_said(network, constraint, variable))
        found.extend(sorted(said, key=lambda implied: (implied.interval.low or Fraction(0), implied.observations)))
    return tuple(found)


def _said(network: Network, constraint: Constraint, variable: int) -> list[Implied]:
    others = [network.printed[term.variable] for term in constraint.terms if term.variable != variable]
    found = []
    for chosen in list(product(*others))[:_MOST_READINGS]:
        state = propagate(
            network,
            Rounding.NEAREST,
            variables=[term.variable for term in constraint.terms],
            constraints=[constraint.number],
            only=chosen,
        )
        if state.conflict is not None:
            continue
        texts = {network.observations[n].variable: network.observations[n] for n in chosen}
        how = expression(constraint, variable, lambda number, texts=texts: _text(texts[number]))  # type: ignore[misc]
        interval, about = state.interval(variable), network.variables[variable]
        shown = span(interval, about)
        step = Text(f"{about.name.zh} = {how.zh} → {shown.zh}", f"{about.name.en} = {how.en} → {shown.en}")
        found.append(Implied(about, interval, tuple(sorted(chosen)), shown, (step,)))
    return found


def _text(observation: Observation) -> Text:
    return Text(observation.text, observation.text)
