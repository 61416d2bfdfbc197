"""The only place that turns a release into a correction: where the figure must move, what to print, and how likely."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from types import MappingProxyType

from msgspec import Struct
from msgspec.structs import replace

from planlint import wording
from planlint.amounts import Rounding
from planlint.exact import Fraction
from planlint.findings import Text
from planlint.intervals import Interval
from planlint.network.choices import Choice, Choices, Elsewhere, choices
from planlint.network.cores import Trials
from planlint.network.ends import State
from planlint.network.evidence import Evidence
from planlint.network.literals import Replacement, fits_into, quantum
from planlint.network.openings import Opening
from planlint.network.repairs import Set
from planlint.network.slips import Slip
from planlint.network.variables import Network, Observation
from planlint.network.words import span

_TRIES = 8
_CORRECTIONS, _LEAST = 60, 6
"""How many corrections are worked out for one contradiction, and how many repairs at least."""
_TRUNCATED = Fraction(1, 10)
"""How much less likely it is that the rest agrees only where somebody truncated."""


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
    how: Text = Text("", "")
    """From which whole numbers it would come, where that is what counts."""

    @property
    def new(self) -> str:
        """Return the corrected amount as a reader knows it."""
        return self.replacements[0].text


class Repair(Struct, frozen=True, eq=False):
    """A smallest set of corrections after which the figures agree, the likeliest first, and in words."""

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


def ranked(
    trials: Trials,
    sets: Mapping[Set, Set],
    evidence: Evidence,
    settled: Mapping[int, Interval] = MappingProxyType({}),
    granular: Set = frozenset(),
) -> tuple[tuple[Repair, ...], bool]:
    """Return the repairs of some sets, the likeliest first, and whether there were too many to look at.

    Each set comes with the larger one, free of contradictions, that it is a part of; `settled` are observations that
    are corrected already, `granular` those that whole numbers behind rates are at odds about. Every repair is
    verified: with the corrected amounts in place, under the rounding of the trials, nothing is refuted any more.
    """
    chosen = sorted(sets, key=lambda s: (len(s), sorted(s)))
    # The more figures, the longer each set takes, and the less its rank says.
    most = max(_CORRECTIONS // len(chosen[0]), _LEAST) if chosen and chosen[0] else 0
    corrector = _Corrector(trials, evidence, granular)
    repairs = []
    for own in chosen[:most]:
        found = corrector.repair(own, sets[own], settled) if own else None
        if found is not None:
            repairs.append(found)
    return in_order(repairs), len(chosen) > most


def in_order(repairs: Sequence[Repair]) -> tuple[Repair, ...]:
    """Return repairs, those that change the fewest figures first, the likeliest of them before the others."""
    return tuple(sorted(repairs, key=_rank))


def _rank(repair: Repair) -> tuple[object, ...]:
    corrections = repair.corrections
    return (
        len(corrections),
        -repair.weight,
        -sum(c.observation.hedged for c in corrections),
        sum(len(c.observation.printings) for c in corrections),
        sum((c.move for c in corrections), Fraction(0)),
        [c.observation.mentions[0].place for c in corrections],
    )


def intervals_of(repair: Repair, rounding: Rounding) -> dict[int, Interval]:
    """Return what the observations that a repair corrects say then, by their numbers."""
    return {c.observation.number: _joint(c.replacements, rounding) for c in repair.corrections}


def repair_of(corrections: Sequence[Correction]) -> Repair:
    """Return some corrections as a repair."""
    first = sorted(corrections, key=lambda c: (-c.weight, c.observation.mentions[0].place))
    return Repair(tuple(first), _said(corrections))


def _joint(replacements: tuple[Replacement, ...], rounding: Rounding) -> Interval:
    interval = replacements[0].interval(rounding)
    for other in replacements[1:]:
        interval = interval.intersect(other.interval(rounding)) or interval
    return interval


class _Corrector:
    """Corrects observations of one contradiction; many sets have members in common, which are corrected alike."""

    def __init__(self, trials: Trials, evidence: Evidence, granular: Set) -> None:
        self._trials = trials
        self._evidence = evidence
        self._granular = granular
        self._known: dict[tuple[int, Interval, tuple[tuple[Fraction, Elsewhere], ...]], Choices] = {}

    def repair(self, own: Set, released: Set, settled: Mapping[int, Interval]) -> Repair | None:
        """Return the corrections of a set, chosen one by one so that they suit each other; None where none do."""
        done = dict(settled)
        corrections = []
        for number in sorted(own):
            open_ = released - done.keys()
            correct = self._correct_between if number in self._granular else self._correct
            correction = correct(number, open_, done)
            if correction is None:
                return None
            done[number] = _joint(correction.replacements, self._trials.tier)
            corrections.append(correction)
        return repair_of(corrections)

    def _correct(self, number: int, without: Set, replaced: Mapping[int, Interval]) -> Correction | None:
        trials = self._trials
        observation = trials.network.observations[number]
        # What must hold is looked at as strictly as it can be taken.
        state: State = trials.state(without, replaced, Rounding.NEAREST)
        likely = Fraction(1)
        if state.conflict is not None:
            state, likely = trials.state(without, replaced), _TRUNCATED
        if state.conflict is not None:
            # What was corrected before leaves nothing for this one.
            return None
        wanted = state.interval(observation.variable)
        found = self._choices(observation, wanted, without)
        for choice in found.choices[:_TRIES]:
            trial = {**replaced, number: _joint(choice.replacements, trials.tier)}
            if trials.state(without - {number}, trial).conflict is None:
                shown = span(wanted, trials.network.variables[observation.variable])
                return correction_of(observation, wanted, shown, choice, found.weight * likely)
        return None

    def _choices(self, observation: Observation, wanted: Interval, without: Set) -> Choices:
        elsewhere = _elsewhere(self._trials.network, observation, without)
        key = observation.number, wanted, tuple(elsewhere.items())
        found = self._known.get(key)
        if found is None:
            fits = fits_into(observation.printings[0], wanted)
            found = self._known[key] = choices(observation, wanted, fits, elsewhere, self._evidence)
        return found

    def _correct_between(self, number: int, without: Set, replaced: Mapping[int, Interval]) -> Correction | None:
        """Return a correction of an observation for which whole numbers leave gaps."""
        trials = self._trials
        network = trials.network
        observation = network.observations[number]
        opening, likely = Opening(trials, number, without, replaced, Rounding.NEAREST), Fraction(1)
        if opening.state.conflict is not None:
            opening, likely = Opening(trials, number, without, replaced, trials.tier), _TRUNCATED
        if opening.state.conflict is not None:
            return None
        wanted, near = opening.state.interval(observation.variable), opening.near()
        elsewhere = _elsewhere(network, observation, without)
        found = choices(observation, wanted, opening.fits(), elsewhere, self._evidence, near)
        for choice in found.choices[:_TRIES]:
            trial = {**replaced, number: _joint(choice.replacements, trials.tier)}
            if trials.state(without - {number}, trial).conflict is None:
                after = opening.after(_joint(choice.replacements, opening.rounding))
                if after.conflict is not None:
                    continue
                own = next((one for one in near if opening.lies_in(one, choice.value)), None)
                own = own or after.interval(observation.variable)
                shown = span(own, network.variables[observation.variable])
                made = correction_of(observation, own, shown, choice, found.weight * likely)
                return replace(made, how=opening.how(after))
        return None


def correction_of(
    observation: Observation, wanted: Interval, shown: Text, choice: Choice, weight: Fraction
) -> Correction:
    """Return a choice as a correction."""
    old = observation.value
    move = abs(choice.value - old) / abs(old) if old else Fraction(1)
    slip = None if choice.elsewhere else choice.slip
    return Correction(observation, wanted, shown, choice.replacements, slip, choice.elsewhere, weight, move)


def _elsewhere(network: Network, observation: Observation, without: Set) -> dict[Fraction, Elsewhere]:
    """Return the other values that are printed of a variable and stay."""
    others = [
        network.observations[n]
        for n in network.printed[observation.variable]
        if n not in without and n != observation.number
    ]
    return {other.value: (len(other.printings), quantum(other.printings[0])) for other in others}


def _said(corrections: Sequence[Correction]) -> Text:
    """Return a repair as one sentence."""
    ordered = sorted(corrections, key=lambda c: c.observation.mentions[0].place)
    zh = "、".join(f"{c.observation.text} 改为 {c.new}{_bracketed(c, 'zh')}" for c in ordered)
    en = wording.listed([f"{c.observation.text} were {c.new}{_bracketed(c, 'en')}" for c in ordered], "en")
    return Text(f"若 {zh}，其余各处即可一致", f"if {en}, everything else would agree")


def _bracketed(correction: Correction, lang: str) -> str:
    said = why(correction).say(lang)
    return (f"（{said}）" if lang == "zh" else f" ({said})") if said else ""


def why(correction: Correction) -> Text:
    """Return what makes a correction likely; nothing where nothing does."""
    if correction.elsewhere:
        count = correction.elsewhere
        return Text(f"别处已有 {count} 处这样印", f"as printed at {count} other place{'s' * (count > 1)}")
    if correction.slip is not None:
        return Text(f"可能是{correction.slip.text.zh}", f"perhaps {correction.slip.text.en}")
    return Text("", "")
