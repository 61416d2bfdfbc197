"""The only place that chooses what to print instead: the likeliest of the numbers that would do, and how likely."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from msgspec import Struct

from planlint.exact import Fraction
from planlint.intervals import Interval
from planlint.network.evidence import BROKEN, Evidence
from planlint.network.literals import (
    Fits,
    Replacement,
    behind,
    digits_of,
    fitting,
    one_of,
    quantum,
    replace_digits,
    replace_number,
)
from planlint.network.slips import Likely, Slip, is_written, likeliest, meant
from planlint.network.variables import Observation

_UNEXPLAINED = Fraction(1, 20)
"""How likely it is that a figure went wrong in a way that nobody can name."""
_COPIED = Fraction(8)
"""How likely it is that one of two printings was left as it stood in an older draft."""
_MISWRITTEN = 20
"""How much likelier a number is to be wrong that nobody prints so: 0300."""
_GRID = 24
_MOST = 400


Elsewhere = tuple[int, Fraction]
"""At how many places a value is printed, and in what steps."""


class Choice(Struct, frozen=True, eq=False):
    """What every place of an observation would print instead. `slip` is set where it alone explains the old text."""

    value: Fraction
    replacements: tuple[Replacement, ...]
    slip: Slip | None
    elsewhere: int


class Choices(Struct, frozen=True, eq=False):
    """What may be printed instead, the likeliest first, and how likely all of them are together."""

    choices: tuple[Choice, ...]
    weight: Fraction


class _Candidate(Struct, eq=False):
    """A number that would do, with the slips that explain the printed one by it."""

    value: Fraction
    step: Fraction
    slips: list[Slip]
    elsewhere: tuple[int, Fraction] | None = None
    """At how many other places it is printed, and as which value."""
    digits: str = ""
    old: str = ""
    new: str = ""
    likely: Fraction = Fraction(0)


def choices(
    observation: Observation,
    wanted: Interval,
    fits: Fits,
    elsewhere: Mapping[Fraction, Elsewhere],
    evidence: Evidence,
    near: Sequence[Interval] = (),
) -> Choices:
    """Return what may be printed instead of a value, so that it `fits` what is wanted.

    `elsewhere` holds the values that other places print, with their number. Where what is wanted has gaps, `near` are
    the parts of it next to the value.
    """
    candidates = _candidates(observation, wanted, near or (wanted,), fits, elsewhere, evidence)
    prior = evidence.prior(observation, elsewhere.get(observation.value, (0, None))[0])
    own_printing = observation.printings[0]
    step = quantum(own_printing)
    if not is_written(digits_of(own_printing) or "0"):
        prior *= _MISWRITTEN
    # Of two numbers printed for one thing one is right: what speaks for the one is not counted against the other again.
    usual = max(
        evidence.suits(observation, value, size)
        for value, size in ((observation.value, step), *((v, size) for v, (_, size) in elsewhere.items()))
    )
    # Where the others print fewer or more decimals, that is to be explained as well.
    other = min((evidence.precise(observation, size) for _, size in elsewhere.values() if size != step), default=1)
    total, best = Fraction(0), Fraction(0)
    for one in candidates:
        own = sum((slip.known if one.elsewhere else slip.weight for slip in one.slips), Fraction(0))
        if one.elsewhere:
            gain = evidence.suits(observation, one.elsewhere[1], elsewhere[one.elsewhere[1]][1]) / usual
        else:
            gain = evidence.suits(observation, one.value, one.step) * other / usual
            if elsewhere and all(abs(one.value - v) > max(size, step) / 2 for v, (_, size) in elsewhere.items()):
                # A third value for one figure would end one contradiction and begin another.
                gain *= BROKEN
        one.likely = (max(own, _UNEXPLAINED / 3) + (_COPIED if one.elsewhere else 0)) * gain
        total += own * gain
        best = max(best, gain)
    first = fitting(observation.printings[0], wanted, fits) if not near else [observation.value]
    middle = (first or [one.value for one in candidates] or [observation.value])[0]
    candidates.sort(key=lambda one: (-one.likely, one.value not in elsewhere, abs(one.value - middle), one.value))
    found = []
    for one in candidates[:_GRID]:
        made = _made(observation, one)
        if made is not None:
            found.append(Choice(one.value, made, _slip(one, candidates), one.elsewhere[0] if one.elsewhere else 0))
    return Choices(tuple(found), prior * (total + _UNEXPLAINED * (best or 1)))


def _slip(one: _Candidate, candidates: list[_Candidate]) -> Slip | None:
    """Return the slip that alone explains a choice: others that would do must be clearly less likely."""
    slip = likeliest(sorted(one.slips, key=lambda s: -s.weight), len(candidates))
    rivals = [c for c in candidates if c is not one and c.likely * 2 > one.likely]
    return slip if all(any(s.kind == slip.kind for s in rival.slips) for rival in rivals if slip) else None


def _candidates(
    observation: Observation,
    wanted: Interval,
    parts: Sequence[Interval],
    fits: Fits,
    elsewhere: Mapping[Fraction, Elsewhere],
    evidence: Evidence,
) -> list[_Candidate]:
    first = observation.printings[0]
    step = quantum(first)
    known: dict[tuple[Fraction, Fraction, str], _Candidate] = {}

    def enter(value: Fraction, size: Fraction) -> _Candidate | None:
        if value == observation.value or value < 0 or not fits(value, size):
            return None
        if not value and observation.value and not elsewhere.get(value):
            # Nothing at all is never what a slip made something of, unless it is printed so.
            return None
        return known.setdefault((value, size, ""), _Candidate(value, size, []))

    for value, (places, size) in elsewhere.items():
        # Either with the decimals of this place, or just as it is printed there.
        for one in (enter(round(value / step) * step if step else value, step), enter(value, size)):
            if one is not None:
                one.elsewhere, one.step = (places, value), step
    for part in parts:
        for value in (*fitting(first, part, fits), *_in_grid(part, step)):
            enter(value, step)
    _slipped(observation, wanted, fits, known, elsewhere)
    figure = first.figure
    if figure is not None and known:
        for slip, _ in evidence.neighbours.slips(figure):
            # A copied cell says nothing of what should stand there: all that would do is as likely.
            for one in known.values():
                one.slips.append(slip)
    if not known:
        finer = [enter(value, step / 10) for part in parts for value in fitting(first, part, fits, 1)]
        return [one for one in finer if one is not None] if not first.exact else []
    return list(known.values())


def _slipped(
    observation: Observation,
    wanted: Interval,
    fits: Fits,
    known: dict[tuple[Fraction, Fraction, str], _Candidate],
    elsewhere: Mapping[Fraction, Elsewhere],
) -> None:
    """Add the numbers that one slip may have turned into the printed one."""
    first = observation.printings[0]
    digits = digits_of(first)
    if not digits:
        return
    one = one_of(first)
    counted = first.exact and first.amount.number is not None and first.amount.number.whole
    for guess in meant(digits, behind(first), _near(wanted, one) if one.numerator > 0 else None):
        if guess.new in _SCALES and first.figure is not None and first.figure.indicator.unit.name != guess.new:
            # Nobody means a scale that the indicator is not counted in.
            continue
        whole, _, decimals = guess.digits.partition(".")
        size = one * _WORTH.get(guess.new, _ONE) / _WORTH.get(guess.old, _ONE) / 10 ** len(decimals)
        value = size * int(whole + decimals)
        if counted and value.denominator != 1:
            continue
        if value == observation.value or not (value or value in elsewhere) or not fits(value, size):
            continue
        found = known.setdefault((value, size, guess.new or guess.old), _Candidate(value, size, []))
        found.slips.append(guess.slip)
        if not found.digits:
            found.digits, found.old, found.new = guess.digits, guess.old, guess.new


def _near(wanted: Interval, one: Fraction) -> Likely:
    """Return what tells whether a number can stand for any value in an interval: it lies at most half a step off.

    `one` is what a printed 1 is worth. Few numbers do; whole numbers alone tell so, and whether it `fits` is asked of
    those few.
    """
    low = wanted.low / one if wanted.low is not None else None
    high = wanted.high / one if wanted.high is not None else None
    known: dict[int, tuple[int | None, int | None]] = {}

    def may_be(number: int, decimals: int) -> bool:
        ends = known.get(decimals)
        if ends is None:
            scale = 10**decimals
            ends = known[decimals] = (
                (low * scale - _HALF).__ceil__() if low is not None else None,
                (high * scale + _HALF).__floor__() if high is not None else None,
            )
        return (ends[0] is None or number >= ends[0]) and (ends[1] is None or number <= ends[1])

    return may_be


_ONE, _HALF = Fraction(1), Fraction(1, 2)
_SCALES = frozenset({"%", "‰"})
_WORTH = {"万": Fraction(10**4), "亿": Fraction(10**8), "%": Fraction(1, 100), "‰": Fraction(1, 1000)}


def _in_grid(wanted: Interval, step: Fraction) -> Iterator[Fraction]:
    """Yield the printable numbers inside an interval where there are few."""
    if wanted.low is None or wanted.high is None or not step or (wanted.high - wanted.low) / step > _GRID:
        return
    for n in range(-((-wanted.low / step).__floor__()), (wanted.high / step).__floor__() + 1):
        if n * step in wanted:
            yield n * step


def _made(observation: Observation, one: _Candidate) -> tuple[Replacement, ...] | None:
    """Return a value as every place would print it, None where one of them cannot."""
    found = []
    for printing in observation.printings:
        made = replace_digits(printing, one.digits, one.old, one.new) if one.digits else None
        if made is None or made.value != one.value:
            step = quantum(printing)
            made = replace_number(printing, round(one.value / step) * step if step else one.value)
        for finer in (1, 2, 3):
            if made is not None and (made.value == one.value or printing is not observation.printings[0]):
                break
            made = replace_number(printing, one.value, finer)
        if made is None:
            return None
        found.append(made)
    return tuple(found)
