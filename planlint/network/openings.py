"""The only place that looks for the values that whole numbers behind rates leave for a figure, with gaps between them.

An interval says too little there: of 24 institutions 87.5 % and 91.7 % are possible, and nothing between them.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping

from planlint import wording
from planlint.amounts import Rounding
from planlint.exact import Fraction
from planlint.findings import Text
from planlint.intervals import Interval, point
from planlint.network.cores import Core, Trials
from planlint.network.ends import State
from planlint.network.granularity import denominator, rates_of, things
from planlint.network.literals import Fits, fits_into, quantum
from planlint.network.propagate import extend, propagate
from planlint.network.quotients import quotients
from planlint.network.variables import Constraint, Network, Observation, Shape
from planlint.questions.whole import Ranges

_FARTHEST = 10
"""How many times as large, or as small, another number of things may be."""
_TRIED = 200
"""Numbers of things for which the nearest rates are looked up one by one."""
_NEAREST = 4


def is_granular(network: Network, core: Core) -> bool:
    """Tell whether a core rests on whole numbers behind rates."""
    for number in core.constraints:
        constraint = network.constraints[number]
        first = constraint.terms[0].variable
        if constraint.shape is Shape.RATES:
            return True
        if constraint.kind == "identity" and network.variables[first].integral and not network.printed[first]:
            return True
    return False


class Opening:
    """What whole numbers leave for an observation when it is released and others say what they say."""

    def __init__(
        self,
        trials: Trials,
        number: int,
        without: Collection[int],
        replaced: Mapping[int, Interval],
        rounding: Rounding,
    ) -> None:
        self._trials = trials
        self._observation: Observation = trials.network.observations[number]
        self._without = frozenset(without) - {number}
        self._replaced = dict(replaced)
        self.rounding = rounding
        self.state: State = trials.state(without, replaced, rounding)
        self._known: dict[Interval, bool] = {}

    def fits(self) -> Fits:
        """Return what tells whether a number would do, tried with everything else in the network."""
        observation = self._observation
        printing = observation.printings[0]
        within = fits_into(printing, self.state.interval(observation.variable))
        old, finest = observation.value, quantum(printing)
        counted = printing.exact and printing.amount.number is not None and printing.amount.number.whole

        def fits(value: Fraction, step: Fraction) -> bool:
            if not within(value, step) or not old <= value * _FARTHEST <= old * _FARTHEST**2 or step > finest:
                # So large a number of things, or a rate so rough, suits anything, which says nothing for it.
                return False
            return self._agrees(point(value) if counted else Interval(value - step / 2, value + step / 2))

        return fits

    def _agrees(self, interval: Interval) -> bool:
        known = self._known.get(interval)
        if known is None:
            known = self._known[interval] = self.after(interval).conflict is None
        return known

    def near(self) -> list[Interval]:
        """Return intervals around the printed value that whole numbers leave for it, the nearest first."""
        old, variable = self._observation.value, self._observation.variable
        found: list[Interval] = []
        for constraint in self._constraints():
            if constraint.terms[0].variable == variable:
                found += [_interval(pair) for pair in self._things(constraint, old)]
            elif any(rate.value == variable for rate in rates_of(constraint)):
                found += self._rates(constraint, variable, old) or self._elsewhere(constraint, variable)
            else:
                found += self._elsewhere(constraint, variable)
        found.sort(key=lambda interval: (_distance(interval, old), interval.low or 0))
        return list(dict.fromkeys(found))[:_NEAREST]

    def lies_in(self, interval: Interval, value: Fraction) -> bool:
        """Tell whether a number, printed as the observation is, may stand for a value in an interval."""
        printing = self._observation.printings[0]
        return fits_into(printing, interval)(value, quantum(printing))

    def after(self, interval: Interval) -> State:
        """Return what follows when the observation says something else."""
        return self._trials.state(self._without, {**self._replaced, self._observation.number: interval}, self.rounding)

    def how(self, state: State) -> Text:
        """Return from which whole numbers the rates come in a state that holds no contradiction."""
        said = [
            line
            for constraint in self._constraints()
            for line in quotients(self._trials.network, constraint, state, self._observation.variable)
        ]
        return wording.both_listed(said)

    def _constraints(self) -> Iterator[Constraint]:
        for number in sorted(self._trials.part.constraints):
            constraint = self._trials.network.constraints[number]
            if constraint.shape is Shape.RATES:
                yield constraint

    def _things(self, constraint: Constraint, old: Fraction) -> Ranges:
        """Return the numbers of things next to an old one from which every rate can come."""
        number = constraint.terms[0].variable
        lows, highs = self.state.lows, self.state.highs
        low, high = lows[number], highs[number]
        window = (max(int(old / _FARTHEST), 1), int(old * _FARTHEST) + 1)
        ranges = denominator(constraint, lows, highs, among=window)
        found: Ranges = []
        for first, last in ranges.ranges if ranges is not None else []:
            first = first if low is None else max(first, low.value.__ceil__())
            last = last if high is None else min(last, high.value.__floor__())
            if first <= last:
                found.append((first, last))
        return sorted(found, key=lambda pair: (_distance(_interval(pair), old), pair))[:_NEAREST]

    def _rates(self, constraint: Constraint, variable: int, old: Fraction) -> list[Interval]:
        """Return the rates next to an old one that come from a whole number of things."""
        lows, highs = self.state.lows, self.state.highs
        among = things(constraint, lows, highs)
        if among is None:
            return []
        left = denominator(constraint, lows, highs, {variable})
        ranges = left.ranges if left is not None else [among]
        found = []
        for number in [n for first, last in ranges for n in range(first, min(last, first + _TRIED) + 1)][:_TRIED]:
            many = int(old * number)
            found += [point(Fraction(count, number)) for count in (many, many + 1)]
        return found

    def _elsewhere(self, constraint: Constraint, variable: int) -> list[Interval]:
        """Return what a figure would have to be for a number of things next to the present one to follow."""
        network = self._trials.network
        number = constraint.terms[0].variable
        beside = [n for n in network.touching[variable] if network.constraints[n].shape is not Shape.RATES]
        variables = sorted({variable, *(term.variable for n in beside for term in network.constraints[n].terms)})
        before = propagate(network, self.rounding, variables=variables, constraints=beside)
        among = things(constraint, before.lows, before.highs)
        if among is None:
            return []
        found = []
        for pair in self._things(constraint, Fraction(sum(among), 2)):
            after = extend(network, self.state, self._trials.part.constraints, (), ((number, _interval(pair)),))
            if after.conflict is None and after.lows[variable] is not None and after.highs[variable] is not None:
                found.append(after.interval(variable))
        return found


def _interval(pair: tuple[int, int]) -> Interval:
    return Interval(Fraction(pair[0]), Fraction(pair[1]))


def _distance(interval: Interval, old: Fraction) -> Fraction:
    """Return how far an interval lies from a value."""
    if old in interval or interval.low is None or interval.high is None:
        return Fraction(0)
    return min(abs(interval.low - old), abs(interval.high - old))
