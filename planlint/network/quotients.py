"""The only place that puts whole numbers behind rates into words: 2 ÷ 1234 = 1.6207‰."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from planlint import wording
from planlint.exact import Fraction
from planlint.findings import Text
from planlint.intervals import Interval
from planlint.network.ends import State
from planlint.network.granularity import Rate, rates_of, things
from planlint.network.literals import quantum
from planlint.network.variables import Constraint, Network, Variable
from planlint.questions.whole import Ranges, around, denominators, first_at, last_at

_MOST = 3
_RANGES = 4


def quotients(network: Network, constraint: Constraint, state: State, about: int) -> Iterator[str]:
    """Yield from which whole numbers the rates of a constraint come, where only one number of things is possible.

    Where `about` is one of the rates it is told alone.
    """
    among = things(constraint, state.lows, state.highs)
    rates = rates_of(constraint)
    if (
        among is None
        or among[0] != among[1]
        or not any(about in (constraint.terms[0].variable, r.value) for r in rates)
    ):
        return
    own = [rate for rate in rates if rate.value == about]
    for rate in own or [rate for rate in rates if network.printed[rate.value]][:_MOST]:
        counts = _counts(state.interval(rate.value), among[0])
        if counts is not None and counts[0] == counts[1]:
            yield _quotient(network, counts[0], among[0], rate.value)


def _quotient(network: Network, count: int, number: int, rate: int) -> str:
    steps = [quantum(network.observations[n].printings[0]) for n in network.printed[rate]]
    return wording.quotient(count, number, network.variables[rate].unit, min(steps, default=Fraction(0)))


def _counts(rate: Interval, number: int) -> tuple[int, int] | None:
    """Return the lowest and the highest numerator that give a rate of so many things."""
    if rate.low is None or rate.high is None:
        return None
    return (
        first_at(rate.low * number, beyond=rate.low_open),
        last_at(rate.high * number, beyond=rate.high_open),
    )


def gaps(network: Network, constraint: Constraint, state: State, printed: Sequence[int]) -> list[Text]:
    """Return why no number of things suits some rates: what lies around one, or which numbers suit each of them.

    `printed` are the variables of the rates that count.
    """
    among = things(constraint, state.lows, state.highs)
    if among is None:
        return []
    own = [rate for rate in rates_of(constraint) if rate.value in printed]
    left = [(rate, denominators(state.interval(rate.value), [among])) for rate in own]
    for rate, ranges in left:
        if not ranges:
            lines = [_quotient(network, *pair, rate.value) for pair in around(state.interval(rate.value), among)]
            return [Text(line, line) for line in lines]
    return [_suits(network, rate, ranges) for rate, ranges in left if ranges != [among]]


def _suits(network: Network, rate: Rate, ranges: Ranges) -> Text:
    spans = [str(low) if low == high else f"{low}—{high}" for low, high in ranges[:_RANGES]]
    more = " …" if len(ranges) > _RANGES else ""
    name = network.variables[rate.value].name
    printed = network.observations[network.printed[rate.value][0]].text if network.printed[rate.value] else ""
    return Text(
        f"{name.zh} {printed}：分母可以是 {'、'.join(spans)}{more}",
        f"{name.en} {printed}: denominators {', '.join(spans)}{more}",
    )


def nothing_whole(number: Variable, rates: int) -> Text:
    """Return that no number of things lets a rate, or some rates together, come from whole numbers."""
    if rates == 1:
        return Text(
            f"“{number.name.zh}”取哪个整数，这个比率都不是整数除得的",
            f"no whole number for “{number.name.en}” gives this rate from a whole number",
        )
    return Text(
        f"“{number.name.zh}”取哪个整数，这几个比率都不能同时由整数除得",
        f"no whole number for “{number.name.en}” gives all these rates from whole numbers",
    )
