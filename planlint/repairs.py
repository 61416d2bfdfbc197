"""What would make figures agree: which number to change, into which interval, and the likeliest text to print.

A repair changes as few numbers as it can, and what it offers agrees with everything it is said to agree with.
"""

from __future__ import annotations

from collections.abc import Iterable

from msgspec import Struct

from planlint import wording
from planlint.amounts import Rounding, parse
from planlint.exact import Fraction
from planlint.facts import Facts, Figure, Fit
from planlint.figure_sights import figure_sights
from planlint.findings import Finding
from planlint.intervals import Interval, largest_agreement, point
from planlint.misprints import COPIED, meant
from planlint.patterns import pattern
from planlint.questions.densities import Pair, base_interval
from planlint.sights import Printed, Sight, Strength, claim_sights, left_for, of_figure
from planlint.source import Place
from planlint.verdicts import by_value

_DIGITS = pattern(r"[0-9]+(?:,[0-9]{3})*(?:\.([0-9]+))?")
_REJECTED = (Fraction(0), Fraction(0))
_CANDIDATES = 300
MANY = 6
"""Repairs beyond which no more are told: of a long sum any part may be wrong."""
_SCALES = {"%": Fraction(1, 100), "‰": Fraction(1, 1000)}


class Change(Struct, frozen=True):
    """One number to change, into `text` most likely. All from `first` to `last` would do, printed as precisely."""

    printed: Printed
    first: str
    last: str
    text: str
    edits: int
    """How many digits differ from what is printed."""
    is_printed: bool = False
    """Whether the plan prints this value of the same figure somewhere else."""


class Repair(Struct, frozen=True):
    """Numbers to change together. For each, `changes` holds alternatives, the likeliest first."""

    kept: tuple[str, ...]
    """What is printed and stays, where that is a choice."""
    changes: tuple[tuple[Change, ...], ...]


class Board(Struct, frozen=True):
    """Every number of a plan with all that is seen of it, looked up by place."""

    numbers: dict[Place, Printed]
    sights: dict[Place, list[Sight]]

    def disputed(self, place: Place) -> list[Sight]:
        """Return the sights that reject a number as it stands."""
        printed = self.numbers[place]
        return [sight for sight in self.sights[place] if sight.smallest(printed) == _REJECTED]

    def allowed(self, place: Place) -> Interval | None:
        """Return what all others leave for a number, None where nothing would suit them all."""
        found: Interval | None = Interval(None, None)
        for sight in self.sights[place]:
            found = found.intersect(sight.allowed) if found is not None and sight.allowed is not None else None
        return found

    def printings(self, place: Place) -> list[str]:
        """Return what other printings of the same figure say, as it would be printed here."""
        printed = self.numbers[place]
        mentions = {
            mention for sight in self.sights[place] if sight.strength is Strength.PRINTING for mention in sight.others
        }
        others = (other for other in self.numbers.values() if other.mention in mentions)
        return list(dict.fromkeys(_as_here(other, printed) for other in others))


def _as_here(other: Printed, printed: Printed) -> str:
    """Return the number of another printing with its own decimals between the signs and the unit of this one."""
    here, there = _DIGITS.search(printed.amount.text), _DIGITS.search(other.amount.text)
    same = printed.amount.unit == other.amount.unit or not printed.figure or not other.figure
    if here is None or there is None or not same:
        return printed.amount.text
    one = printed.quantum * 10 ** len(here[1] or "")
    places = len(there[1] or "")
    digits = wording.fixed(other.value / one, places) if one == other.quantum * 10**places else there[0]
    return printed.amount.text[: here.start()] + digits + printed.amount.text[here.end() :]


def board(facts: Facts) -> Board:
    """Return what is seen of every number of a plan."""
    found = Board({}, {})
    for printed, sight in (*figure_sights(facts), *claim_sights(facts)):
        found.numbers[printed.place] = printed
        found.sights.setdefault(printed.place, []).append(sight)
    return found


def mend(ask: str, finding: Finding, facts: Facts, seen: Board) -> tuple[Repair, ...]:
    """Return the single numbers of a finding that would satisfy everything that looks at them, the likeliest first.

    A number that can be changed so that nothing at all contradicts it any more is more suspect the more contradicted
    it; of those alike, the one that a common slip explains. Where no single number would do, printings of one figure
    can still follow one of them.
    """
    cited = set(finding.mentions)
    if ask == "unit":
        return tuple(_rescaled([figure for figure in facts.figures if figure.mention in cited]))
    suspects: list[tuple[int, Fraction, Change]] = []
    for place, printed in seen.numbers.items():
        if printed.mention not in cited or ask not in {sight.ask for sight in seen.disputed(place)}:
            continue
        allowed = seen.allowed(place)
        found = likeliest(printed, allowed, seen.printings(place)) if allowed is not None else None
        if found is not None:
            suspects.append((len(seen.disputed(place)), *found))
    suspects.sort(key=lambda suspect: (-suspect[0], -suspect[1], suspect[2].edits, suspect[2].printed.place))
    if not suspects and ask == "agreement":
        return _one_value([figure for figure in facts.figures if figure.mention in finding.mentions])
    if len(suspects) > MANY:
        # Of many that would do, those that a slip explains.
        suspects = [suspect for suspect in suspects if suspect[1]] or []
    return tuple(Repair((), ((change,),)) for _, _, change in suspects[:MANY])


def likeliest(printed: Printed, allowed: Interval, printings: Iterable[str] = ()) -> tuple[Fraction, Change] | None:
    """Return the likeliest number in an interval and how likely a slip made the printed one of it; None for no number.

    What the other `printings` of the figure say comes first. Zero is the likelihood of a number that no single slip
    explains.
    """
    change = into(printed, allowed)
    before = printed.amount.text
    slips = meant(before)
    known = dict(slips)
    copies = [(text, known.get(text, Fraction(COPIED))) for text in printings]
    for text, chance in (*sorted(copies, key=lambda copy: -copy[1]), *slips):
        if text != before and _is_allowed(text, printed, allowed):
            first, last = (change.first, change.last) if change is not None else (text, text)
            is_printed = any(text == copy for copy, _ in copies)
            return chance, Change(printed, first, last, text, _distance(before, text), is_printed)
    return (Fraction(0), change) if change is not None else None


def _is_allowed(text: str, printed: Printed, allowed: Interval) -> bool:
    """Tell whether another text lies in what is allowed, which is as wide as the text is coarse."""
    number, before = parse(text).number, printed.amount.number
    if number is None or before is None:
        return False
    # A cell does not print the 万 that stands above it.
    scale = before.quantum / _printed_quantum(printed.amount.text)
    before_unit, unit = printed.amount.unit, parse(text).unit
    if before_unit in _SCALES and unit in _SCALES:
        scale *= _SCALES[unit] / _SCALES[before_unit]
    value, quantum = number.value * scale, number.quantum * scale
    if not value and printed.value:
        # Nothing at all is never what a slip made something of.
        return False
    wider = Fraction(0) if printed.exact and before.whole else (quantum - before.quantum) / 2
    low = None if allowed.low is None else allowed.low - wider
    high = None if allowed.high is None else allowed.high + wider
    return (low is None or value >= low) and (high is None or value <= high)


def _printed_quantum(text: str) -> Fraction:
    number = parse(text).number
    return number.quantum if number is not None else Fraction(1)


def _rescaled(figures: list[Figure]) -> Iterable[Repair]:
    """Yield that figures in a wrong scale keep their digits and take the scale that their indicator is counted in."""
    for figure in figures:
        unit, own = figure.amount.unit, figure.indicator.unit.name
        if figure.fit is Fit.OTHER_SCALE and unit and figure.amount.text.count(unit) == 1:
            text = figure.amount.text.replace(unit, own)
            yield Repair((), ((Change(of_figure(figure), text, text, text, 1),),))


def _one_value(figures: list[Figure]) -> tuple[Repair, ...]:
    """Return that all printings follow one of them, that which most places print first."""
    groups = list(by_value([figure for figure in figures if figure.is_measured]).values())
    found = []
    for kept in sorted(groups, key=lambda group: -len(group)) if len(groups) <= MANY else ():
        changes = []
        for group in groups:
            if group is not kept:
                text, before = kept[0].mention.text, group[0].mention.text
                changes.append((Change(of_figure(group[0]), text, text, text, _distance(before, text), True),))
        found.append(Repair((kept[0].mention.text,), tuple(changes)))
    return tuple(found)


def into(printed: Printed, allowed: Interval, elsewhere: Iterable[Fraction] = ()) -> Change | None:
    """Return how a number moves into an interval at its printed precision; None where no such number lies there.

    A value that is printed `elsewhere` is preferred.
    """
    first, last = _multiples(printed.quantum, allowed)
    if (first is not None and last is not None and first > last) or (last is not None and last < 0):
        return None
    known = [other for other in elsewhere if other != printed.value and other in allowed]
    known = [other for other in known if (other / printed.quantum).denominator == 1]
    value = known[0] if known else _likeliest(printed, first, last)
    ends = (value if first is None else max(first, Fraction(0)), value if last is None else last)
    lowest, highest, text = (_reprinted(printed, number) for number in (*ends, value))
    return Change(printed, lowest, highest, text, _distance(printed.amount.text, text), bool(known)) if text else None


def _likeliest(printed: Printed, first: Fraction | None, last: Fraction | None) -> Fraction:
    """Return the number between two multiples that differs in the fewest digits from what is printed.

    Of several, the one in the middle. Among very many digits say nothing, and the middle is taken.
    """
    if first is None or last is None:
        return first if first is not None else last if last is not None else printed.value
    middle = (first + last) / 2
    steps = int((last - first) / printed.quantum)
    if steps > _CANDIDATES:
        return first + steps // 2 * printed.quantum
    candidates = [first + step * printed.quantum for step in range(steps + 1)]
    before = printed.amount.text
    return min(candidates, key=lambda number: (_distance(before, _reprinted(printed, number)), abs(number - middle)))


def _multiples(quantum: Fraction, allowed: Interval) -> tuple[Fraction | None, Fraction | None]:
    """Return the first and the last multiple of a quantum in an interval, None at an infinite end."""
    first = last = None
    if allowed.low is not None:
        first = -((-allowed.low) // quantum) * quantum
        first = first + quantum if allowed.low_open and first == allowed.low else first
    if allowed.high is not None:
        last = allowed.high // quantum * quantum
        last = last - quantum if allowed.high_open and last == allowed.high else last
    return first, last


def _reprinted(printed: Printed, value: Fraction) -> str:
    """Return the printed text with another number, in the same unit and with as many decimals."""
    text = printed.amount.text
    found = _DIGITS.search(text)
    if found is None:
        return ""
    places = len(found[1] or "")
    one = printed.quantum * 10**places
    return text[: found.start()] + wording.fixed(value / one, places) + text[found.end() :]


def _distance(one: str, other: str) -> int:
    """Return how many characters to change, drop or add to come from one text to the other."""
    row = list(range(len(other) + 1))
    for i, a in enumerate(one, 1):
        before, row[0] = row[0], i
        for j, b in enumerate(other, 1):
            before, row[j] = row[j], min(row[j] + 1, row[j - 1] + 1, before + (a != b))
    return row[-1]


def of_populations(members: list[Pair]) -> tuple[Repair, ...]:
    """Return what to change so that densities imply one population: whatever is not of the largest agreement."""
    try:
        people = [_implied(pair, Rounding.NEAREST) for pair in members]
    except ZeroDivisionError:
        return ()
    found = []
    for kept in largest_agreement(people):
        common: Interval | None = Interval(None, None)
        for index in kept:
            common = common.intersect(people[index]) if common is not None else None
        if common is None or common.low is None or common.high is None or len(kept) < 2:
            continue
        # All that is changed suits one number, so that any choice among the alternatives agrees with any other.
        middle = point((common.low + common.high) / 2)
        odd = [pair for index, pair in enumerate(members) if index not in kept]
        changes = [_alternatives(pair, middle, members) for pair in odd]
        if all(changes):
            stays = tuple(members[index].value[0].mention.text for index in sorted(kept))
            found.append(Repair(stays, tuple(changes)))
    return tuple(sorted(found, key=lambda repair: sum(options[0].edits for options in repair.changes)))


def _implied(pair: Pair, rounding: Rounding) -> Interval:
    return base_interval(pair.count[0], rounding) / base_interval(pair.value[0], rounding)


def _alternatives(pair: Pair, people: Interval, members: Iterable[Pair]) -> tuple[Change, ...]:
    """Return how a density or its count can be changed to suit a population; what is printed elsewhere comes first."""
    value, count = pair.value[0], pair.count[0]
    wanted = (
        (value, base_interval(count, Rounding.NEAREST) / people),
        (count, base_interval(value, Rounding.NEAREST) * people),
    )
    found = []
    for figure, interval in wanted:
        if any(figure in (*other.value, *other.count) for other in members if other is not pair):
            # 8089 physicians stand behind 9.62 and 10.15 per thousand: to change them for one is to spoil the other.
            continue
        factor = figure.factor if figure.factor is not None else Fraction(1)
        others = [one.value / factor for pair_ in members for one in (*pair_.value, *pair_.count) if _same(one, figure)]
        printed = of_figure(figure)
        change = into(printed, left_for(printed, interval, factor * figure.indicator.unit.factor), others)
        if change is not None:
            found.append(change)
    return tuple(sorted(found, key=lambda change: (not change.is_printed, change.edits)))


def _same(one: Figure, other: Figure) -> bool:
    return one.topic.indicator == other.topic.indicator and one.topic.scope == other.topic.scope
