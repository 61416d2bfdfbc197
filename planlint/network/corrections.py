"""The only place that turns a release into a correction: where the figure must move, what to print, and how likely."""

from __future__ import annotations

from collections.abc import Mapping

from msgspec import Struct

from planlint import wording
from planlint.amounts import Rounding
from planlint.exact import Fraction
from planlint.findings import Text
from planlint.intervals import Interval
from planlint.network.cores import Trials
from planlint.network.ends import State
from planlint.network.literals import Replacement, fitting, quantum, replace_number
from planlint.network.repairs import MOST_TIES, Set
from planlint.network.slips import Neighbours, Slip, likeliest, slips
from planlint.network.variables import Network, Observation
from planlint.network.words import span

_ELSEWHERE = Fraction(50)
"""What it weighs that the plan itself prints the corrected value at another place."""
_UNEXPLAINED = Fraction(1, 20)
_SIZES = (1, -1, 2, -2, 3, -3, 4, -4, 8, -8)
"""Powers of ten by which people miss a number."""
_TRIES = 8
_GRID = 24


class Correction(Struct, frozen=True, eq=False):
    """One observation with what it should be: the interval it must move into, in base units, and what to print.

    `replacements` holds every place that prints it; `slip` is set only where it is the one likely explanation, and
    `elsewhere` is how often the plan prints the corrected value already.
    """

    observation: Observation
    interval: Interval
    wanted: Text
    """The interval with its unit."""
    replacements: tuple[Replacement, ...]
    slip: Slip | None
    elsewhere: int
    weight: Fraction
    move: Fraction
    """By which part of itself the value changes."""

    @property
    def new(self) -> str:
        """Return the corrected amount as a reader knows it."""
        return self.replacements[0].text


class Repair(Struct, frozen=True, eq=False):
    """A smallest set of corrections after which the figures agree, and in words."""

    corrections: tuple[Correction, ...]
    text: Text

    @property
    def weight(self) -> Fraction:
        """Return how likely it is that people slipped in just this way, for comparison only."""
        weight = Fraction(1)
        for correction in self.corrections:
            weight *= correction.weight
        return weight

    @property
    def is_explained(self) -> bool:
        """Tell whether every correction has a likely slip, or is what the plan prints elsewhere."""
        return all(c.slip is not None or c.elsewhere for c in self.corrections)


def ranked(trials: Trials, sets: Mapping[Set, Set], neighbours: Neighbours) -> tuple[tuple[Repair, ...], bool]:
    """Return the repairs of some sets, the likeliest first, and whether there were too many to look at.

    Each set comes with the larger one, free of contradictions, that it is a part of. Every repair is verified: with
    the corrected amounts in place, under the most generous rounding, nothing is refuted any more.
    """
    chosen = sorted(sets, key=lambda s: (len(s), sorted(s)))
    repairs = []
    for own in chosen[: 2 * MOST_TIES]:
        found = _repair(trials, own, sets[own], neighbours) if own else None
        if found is not None:
            repairs.append(found)
    repairs.sort(key=_rank)
    return tuple(repairs), len(chosen) > 2 * MOST_TIES


def _rank(repair: Repair) -> tuple[object, ...]:
    corrections = repair.corrections
    return (
        len(corrections),
        -repair.weight,
        -sum(c.observation.hedged for c in corrections),
        sum(len(c.observation.printings) for c in corrections),
        sum((c.move for c in corrections), Fraction(0)),
        [c.observation.number for c in corrections],
    )


def _repair(trials: Trials, own: Set, released: Set, neighbours: Neighbours) -> Repair | None:
    """Return the corrections of a set, chosen one after the other so that they suit each other; None where none do."""
    done: dict[int, Interval] = {}
    corrections = []
    for number in sorted(own):
        open_ = released - done.keys()
        state = _strictest(trials, open_, done)
        correction = _correct(trials, number, open_, done, state, neighbours)
        if correction is None:
            return None
        done[number] = _joint(correction.replacements)
        corrections.append(correction)
    return Repair(tuple(corrections), _said(corrections))


def _strictest(trials: Trials, without: Set, replaced: Mapping[int, Interval]) -> State:
    """Return what follows under the strictest rounding that leaves no contradiction."""
    state = trials.state(without, replaced, Rounding.NEAREST)
    return state if state.conflict is None else trials.state(without, replaced)


def _joint(replacements: tuple[Replacement, ...]) -> Interval:
    interval = replacements[0].interval(Rounding.LOOSE)
    for other in replacements[1:]:
        interval = interval.intersect(other.interval(Rounding.LOOSE)) or interval
    return interval


class _Choice(Struct, frozen=True, eq=False):
    replacements: tuple[Replacement, ...]
    slips: tuple[Slip, ...]
    elsewhere: int

    @property
    def weight(self) -> Fraction:
        best = self.slips[0].weight if self.slips else _UNEXPLAINED
        return max(best, _ELSEWHERE) if self.elsewhere else best


def _correct(
    trials: Trials,
    number: int,
    without: Set,
    replaced: Mapping[int, Interval],
    state: State,
    neighbours: Neighbours,
) -> Correction | None:
    network = trials.network
    observation = network.observations[number]
    wanted = state.interval(observation.variable)
    choices = _choices(network, observation, wanted, without, neighbours)
    for choice in choices[:_TRIES]:
        trial = {**replaced, number: _joint(choice.replacements)}
        if trials.state(without - {number}, trial).conflict is None:
            slip = None if choice.elsewhere else likeliest(choice.slips)
            old = observation.value
            move = abs(choice.replacements[0].value - old) / abs(old) if old else Fraction(1)
            shown = span(wanted, network.variables[observation.variable])
            return Correction(
                observation, wanted, shown, choice.replacements, slip, choice.elsewhere, choice.weight, move
            )
    return None


def _choices(
    network: Network, observation: Observation, wanted: Interval, without: Set, neighbours: Neighbours
) -> list[_Choice]:
    """Return what may be printed instead, the most plausible first."""
    first = observation.printings[0]
    printed = [
        network.observations[n]
        for n in network.printed[observation.variable]
        if n not in without and n != observation.number
    ]
    values: dict[Fraction, int] = {}
    for other in printed:
        values[_on_grid(other.value, quantum(first))] = len(other.printings)
    plausible = fitting(first, wanted)
    for value in [*plausible, *_in_grid(wanted, quantum(first))]:
        values.setdefault(value, 0)
    found = []
    for value, elsewhere in values.items():
        choice = _choice(observation, value, elsewhere, neighbours)
        if choice is not None and value != observation.value:
            found.append((choice, value))
    counted = first.exact and first.amount.number is not None and first.amount.number.whole
    for power in _SIZES:
        value = observation.value * Fraction(10) ** power
        if value in wanted and value not in values:
            # The same digits with their point elsewhere may need more decimals: 3.8 becomes 0.38.
            choice = _choice(observation, value, 0, neighbours, finer=0 if counted else max(-power, 0))
            if choice is not None:
                found.append((choice, value))
    if not found:
        finer = [_choice(observation, value, 0, neighbours, finer=1) for value in fitting(first, wanted, 1)]
        return [] if counted else [choice for choice in finer if choice is not None]
    middle = plausible[0] if plausible else found[0][1]
    found.sort(key=lambda pair: (-pair[0].weight, abs(pair[1] - middle), pair[1]))
    if not found[0][0].elsewhere and len(found) > 1 and found[0][0].weight < 2 * found[1][0].weight:
        # No slip stands out: the middle of what is wanted is as good as any.
        found.sort(key=lambda pair: (abs(pair[1] - middle), pair[1]))
    return [choice for choice, _ in found]


def _on_grid(value: Fraction, step: Fraction) -> Fraction:
    return round(value / step) * step if step else value


def _in_grid(wanted: Interval, step: Fraction) -> list[Fraction]:
    """Return the printable numbers inside an interval where there are few."""
    if wanted.low is None or wanted.high is None or not step or (wanted.high - wanted.low) / step > _GRID:
        return []
    first = -((-wanted.low / step).__floor__())
    last = (wanted.high / step).__floor__()
    return [n * step for n in range(first, last + 1) if n * step in wanted]


def _choice(
    observation: Observation, value: Fraction, elsewhere: int, neighbours: Neighbours, finer: int = 0
) -> _Choice | None:
    """Return a value as every place would print it, None where one of them cannot."""
    replacements = []
    for printing in observation.printings:
        own = quantum(printing) / 10**finer
        replacement = replace_number(printing, _on_grid(value, own), finer)
        if replacement is None:
            return None
        replacements.append(replacement)
    return _Choice(tuple(replacements), tuple(slips(replacements[0], neighbours)), elsewhere)


def _said(corrections: list[Correction]) -> Text:
    """Return a repair as one sentence."""
    ordered = sorted(corrections, key=lambda c: c.observation.mentions[0].place)
    zh = "、".join(f"{c.observation.text} 改为 {c.new}{_why(c).zh}" for c in ordered)
    en = wording.listed([f"{c.observation.text} were {c.new}{_why(c).en}" for c in ordered], "en")
    return Text(f"若 {zh}，其余各处即可一致", f"if {en}, everything else would agree")


def _why(correction: Correction) -> Text:
    if correction.elsewhere:
        count = correction.elsewhere
        return Text(f"（别处已有 {count} 处这样印）", f" (as printed at {count} other place{'s' * (count > 1)})")
    if correction.slip is not None:
        return Text(f"（可能是{correction.slip.text.zh}）", f" (perhaps {correction.slip.text.en})")
    return Text("", "")
