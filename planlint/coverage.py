"""Which rules would notice an error in a figure, and from what size on: the coverage of a plan.

A figure that stands in an equation is checked; one that is only printed again is held against its other printings; one
that is held against a target or a larger figure is seen from one side; of one with mere bounds only the impossible
would be noticed. What stands in none of these can be wrong unseen.
"""

from __future__ import annotations

import enum
from collections.abc import Iterable, Sequence

from msgspec import Struct

from planlint.claim_sights import claim_sights
from planlint.exact import Fraction
from planlint.facts import Facts, Figure, Standing, Topic
from planlint.figure_sights import figure_sights
from planlint.findings import Text
from planlint.parties import ASKED
from planlint.probes import probed_sights, room_of
from planlint.rules import Rule
from planlint.sights import Printed, Sight, Strength, numbers
from planlint.size_sights import size_sights
from planlint.source import Place


class State(enum.Enum):
    """How well a figure is covered."""

    CHECKED = "checked"
    REPEATED = "repeated"
    ONE_SIDED = "one-sided"
    IN_PART = "in-part"
    NOTED = "noted"
    RANGE = "range"
    UNSEEN = "unseen"


Errors = tuple[Fraction | None, Fraction | None]
"""The smallest error downward and upward."""
SURE = frozenset({Strength.EQUATION, Strength.PRINTING, Strength.ORDER})
"""What notices every error from some size on."""


class View(Struct, frozen=True):
    """What some rules see of a number: the smallest error they notice in each direction, in its printed unit."""

    rules: tuple[str, ...]
    sight: Sight
    below: Fraction | None
    above: Fraction | None

    @property
    def is_disputed(self) -> bool:
        """Tell whether the number contradicts the others as it stands."""
        return self.below == 0 and self.above == 0


class Covered(Struct, frozen=True):
    """A number with everything that is seen of it. `advice` says what to print so that it can be checked."""

    printed: Printed
    views: tuple[View, ...]
    state: State
    advice: Text | None

    @property
    def noticed(self) -> tuple[Fraction | None, Fraction | None]:
        """Return the smallest error that some rule is sure to notice downward and upward; notes and ranges are none."""
        tight = [view for view in self.views if view.sight.strength in SURE and not view.is_disputed]
        below = min((view.below for view in tight if view.below is not None), default=None)
        return below, min((view.above for view in tight if view.above is not None), default=None)

    @property
    def is_disputed(self) -> bool:
        """Tell whether some rule already rejects the number together with others."""
        return any(view.is_disputed for view in self.views if view.sight.strength is not Strength.NOTE)


class Count(Struct, frozen=True):
    """How many numbers of a part of the plan are covered how well. `where` is a table's id, or empty for the body."""

    where: str
    states: dict[State, int]

    @property
    def numbers(self) -> int:
        """Return how many numbers there are."""
        return sum(self.states.values())


class Coverage(Struct, frozen=True):
    """The coverage of a plan: every number in the order of the file, counts by table, and of the whole plan."""

    plan: str
    file: str
    numbers: tuple[Covered, ...]
    parts: tuple[Count, ...]
    whole: Count


def cover(facts: Facts, rules: Iterable[Rule], file: str) -> Coverage:
    """Return the coverage of a plan by some rules; what no rule of these asks is not seen."""
    found = _all_covered(facts, rules)
    tables = dict.fromkeys([table.id for table in facts.plan.tables] + [""])
    parts = (_count(where, [one for one in found if one.printed.table == where]) for where in tables)
    return Coverage(facts.plan.id, file, found, tuple(part for part in parts if part.numbers), _count("", found))


def cover_one(facts: Facts, rules: Iterable[Rule], place: Place) -> Covered | None:
    """Return what some rules see of the number at a place, None where no number stands there."""
    return next(iter(_all_covered(facts, rules, place)), None)


def _all_covered(facts: Facts, rules: Iterable[Rule], place: Place | None = None) -> tuple[Covered, ...]:
    """Return the numbers of a plan, or the one at a place, with what some rules see of them."""
    known = list(rules)
    entries: list[tuple[Printed, tuple[str, ...], Sight]] = []
    guesses: dict[tuple[str, Place], Errors] = {}
    for printed, sight in (*figure_sights(facts), *claim_sights(facts), *size_sights(facts)):
        ids = _rules(sight, known)
        if sight.ask not in ASKED:
            entries.append((printed, ids, sight))
        for id_ in ids if sight.ask in ASKED else ():
            guesses[id_, printed.place] = _least(guesses.get((id_, printed.place)), sight.smallest(printed))
    entries += [(printed, (rule.id,), sight) for printed, rule, sight in probed_sights(facts, known, guesses, place)]
    sights: dict[Place, list[View]] = {}
    for printed, ids, sight in entries:
        view = _view(printed, ids, sight)
        if ids and (view.below is not None or view.above is not None):
            sights.setdefault(printed.place, []).append(view)
    wanted = (printed for printed in numbers(facts) if place in (None, printed.place))
    return tuple(_covered(printed, sights.get(printed.place, []), facts) for printed in wanted)


def _rules(sight: Sight, rules: Sequence[Rule]) -> tuple[str, ...]:
    """Return the ids of the rules that ask what a sight answers."""
    return tuple(
        rule.id
        for rule in rules
        if rule.ask == sight.ask
        and (not sight.choice or sight.choice in rule.options.choices.values())
        and rule.options.choices.get("when", "worse") == "worse"
    )


def _least(known: Errors | None, more: Errors) -> Errors:
    """Return the smaller of two errors in each direction, None being larger than all."""
    if known is None:
        return more
    below, above = ([gap for gap in gaps if gap is not None] for gaps in zip(known, more, strict=True))
    return min(below, default=None), min(above, default=None)


def _view(printed: Printed, rules: tuple[str, ...], sight: Sight) -> View:
    """Return what rules see of a number. An error that nobody can print, or that its bounds reject, they do not see."""
    below, above = sight.smallest(printed)
    if below == 0 and above == 0:
        return View(rules, sight, below, above)
    low, high = room_of(printed)
    if sight.strength is Strength.RANGE:
        low, high = Fraction(0), None
    if below is not None and printed.value - below < low:
        below = None
    if above is not None and high is not None and printed.value + above > high:
        above = None
    return View(rules, sight, below, above)


def _covered(printed: Printed, views: list[View], facts: Facts) -> Covered:
    strengths = {view.sight.strength for view in views}
    state = next((_STATES[strength] for strength in Strength if strength in strengths), State.UNSEEN)
    advisable = printed.figure is not None and state not in (State.CHECKED, State.REPEATED)
    advice = _advice(printed.figure, facts) if advisable and printed.figure is not None else None
    return Covered(printed, tuple(views), state, advice)


_STATES = {
    Strength.EQUATION: State.CHECKED,
    Strength.PRINTING: State.REPEATED,
    Strength.ORDER: State.ONE_SIDED,
    Strength.SIEVE: State.IN_PART,
    Strength.NOTE: State.NOTED,
    Strength.RANGE: State.RANGE,
}


def _count(where: str, found: Sequence[Covered]) -> Count:
    return Count(where, {state: sum(one.state is state for one in found) for state in State})


def _advice(figure: Figure, facts: Facts) -> Text | None:
    """Return what to print so that a reported figure can be checked; nobody can compute a target."""
    if figure.standing is not Standing.REPORTED:
        return None
    indicator = figure.indicator
    if indicator.numerator and indicator.denominator:
        return _print([indicator.numerator, indicator.denominator], figure, facts)
    if indicator.denominator or indicator.kind in ("share", "rate", "density"):
        return Text("印出它的分子和分母", "print its numerator and its denominator")
    # Nobody counts the beds of one hospital per thousand residents.
    density = facts.catalogue.density_of(indicator) if not figure.topic.scope else None
    if density is not None:
        return _print([density.key, density.denominator], figure, facts)
    if indicator.kind in ("count", "money", "area"):
        return Text("印出它的各项构成，或它所属的总数", "print its parts, or the total that it is a part of")
    return Text("写明数据来源，供人核对", "name its source, for a person to look up")


def _print(keys: list[str], figure: Figure, facts: Facts) -> Text | None:
    """Return which of some indicators are to be printed for the year and place of a figure."""
    missing = [key for key in keys if not _is_printed(key, figure, facts)]
    if not missing:
        return None
    names = [facts.catalogue.by_key[key].name for key in missing]
    year, scope = figure.year, figure.statement.scope
    zh = "、".join(name.zh for name in names)
    en = " and ".join(f"“{name.en}”" for name in names)
    return Text(f"印出{scope}{year}年的{zh}", f"print {en} of {year}{f' for {scope}' if scope else ''}")


def _is_printed(key: str, figure: Figure, facts: Facts) -> bool:
    topics = (Topic(key, figure.topic.scope, base) for base in {figure.topic.base, ""})
    return any(
        other.year == figure.year and other.standing is Standing.REPORTED and other.is_measured
        for topic in topics
        for other in facts.by_topic.get(topic, [])
    )
