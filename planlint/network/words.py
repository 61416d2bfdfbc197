"""The only place that puts a network into words: amounts, the step from figures to another, an argument in full."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from planlint import wording
from planlint.amounts import Rounding
from planlint.exact import Fraction
from planlint.findings import Text
from planlint.intervals import Interval
from planlint.network.cores import Core, refuted
from planlint.network.ends import Bound, State, empty, explained
from planlint.network.granularity import rates_of
from planlint.network.propagate import propagate
from planlint.network.quotients import gaps, nothing_whole
from planlint.network.variables import Constraint, Network, Printing, Shape, Variable
from planlint.questions.densities import shorter

_MANY = 8
"""Parts beyond which a sum is folded."""
_WAN, _LARGE = 10**4, 10**5
_PEOPLE = {"人口": "人"}


def span(interval: Interval, variable: Variable) -> Text:
    """Return an interval in the unit of a variable: whole things in whole numbers, many of them in 万."""
    unit = variable.unit
    if unit is None:
        shown = wording.span(shorter(interval))
        return Text(shown, shown)
    own = interval.times(1 / unit.factor)
    if variable.whole:
        own = _whole(own)
    name = _PEOPLE.get(unit.name, unit.name)
    ends = [abs(end) for end in (own.low, own.high) if end is not None]
    if ends and min(ends) >= _LARGE and not unit.is_scale:
        many = wording.span(own if own.low == own.high else shorter(own), _WAN, None if own.low == own.high else 2)
        return Text(f"{many} 万{name}", f"{many} × 10,000 {name}")
    shown = wording.span(own if _is_whole(own) else shorter(own))
    gap = "" if name[:1] in "%‰/" else " "
    return Text(f"{shown}{gap}{name}", f"{shown}{gap}{name}")


def amount_span(own: Interval, printing: Printing) -> Text:
    """Return an interval of printed numbers in the unit they are printed in; an infinite end is left out."""
    unit = printing.amount.unit or (printing.figure.indicator.unit.name if printing.figure is not None else "")
    gap = "" if not unit or unit[:1] in "%‰/" else " "
    if own.low is None or own.high is None:
        end = own.high if own.low is None else own.low
        if end is None:
            return Text("", "")
        shown = f"{wording.number(end)}{gap}{unit}"
        if own.low is None:
            return Text(f"不超过 {shown}", f"at most {shown}")
        return Text(f"不低于 {shown}", f"at least {shown}")
    shown = f"{wording.span(own if _is_whole(own) else shorter(own))}{gap}{unit}"
    return Text(shown, shown)


def told(network: Network, core: Core) -> Text:
    """Return a core in one sentence: its argument, and that every member is needed."""
    steps = argument(network, core)[:-1]
    zh, en = ("；".join(step.zh for step in steps), "; ".join(step.en for step in steps))
    needed = minimal(core)
    return Text(f"{zh}：{needed.zh}", f"{en}: {needed.en}")


def minimal(core: Core) -> Text:
    """Return that figures cannot all be true, and that every one of them is needed for that."""
    count = len(core.observations)
    return Text(
        f"这 {count} 个数不能都对，去掉任何一个就不矛盾",
        f"these {count} figures cannot all be true, and without any one of them the rest can",
    )


def _is_whole(own: Interval) -> bool:
    return all(end is None or end.denominator == 1 for end in (own.low, own.high))


def _whole(own: Interval) -> Interval:
    """Return the whole numbers of an interval, the interval itself where it holds none."""
    low = None if own.low is None else Fraction(-((-own.low).__floor__()) + (own.low_open and own.low.denominator == 1))
    high = None if own.high is None else Fraction(own.high.__floor__() - (own.high_open and own.high.denominator == 1))
    return own if low is not None and high is not None and low > high else Interval(low, high)


Said = Callable[[int], Text]
"""Returns what a variable is called in an expression: the amount as printed, or its name."""


def expression(constraint: Constraint, target: int, said: Said) -> Text:
    """Return how a constraint gives one of its variables from the others, as one would write it by hand."""
    zh, en = (_side(constraint, target, said, lang) for lang in ("zh", "en"))
    return Text(zh, en)


def _side(constraint: Constraint, target: int, said: Said, lang: str) -> str:
    own = next(term.weight for term in constraint.terms if term.variable == target)
    like: list[str] = []
    unlike: list[str] = []
    for term in constraint.terms:
        if term.variable != target:
            (unlike if (term.weight > 0) != (own > 0) else like).append(said(term.variable).say(lang))
    if constraint.shape is Shape.PRODUCT:
        above = " × ".join(unlike) or "1"
        return " ÷ ".join([above, *like])
    if constraint.constant and constraint.kind == "change":
        (unlike if (constraint.constant > 0) != (own > 0) else like).insert(0, "1")
    if not unlike:
        return "".join(f"-{part}" for part in _folded(like, lang))
    return " - ".join([" + ".join(_folded(unlike, lang)), *_folded(like, lang)])


def _folded(parts: Sequence[str], lang: str) -> list[str]:
    if len(parts) <= _MANY:
        return list(parts)
    return [*parts[:3], f"…（{len(parts)} 项）" if lang == "zh" else f"… ({len(parts)} parts)", parts[-1]]


def argument(network: Network, core: Core) -> tuple[Text, ...]:
    """Return a core as a short argument: what follows from the one side, what from the other, and that they differ.

    The sides meet in something that nobody prints where there is such a thing, for it is what they disagree about.
    """
    granular = _of_wholes(network, core)
    if granular:
        return granular
    sides = _sides(network, core)
    if sides is None:
        conflict = refuted(network, core.observations, core.constraints, core.rounding).conflict
        if conflict is None:
            return ()
        sides = sorted((conflict.low, conflict.high), key=lambda bound: bound.depth)
    lines: dict[Text, None] = {}
    for bound in sides:
        lines.update(dict.fromkeys(chain(network, bound)))
    return (*lines, _conclusion(network.variables[sides[0].variable]))


def _of_wholes(network: Network, core: Core) -> tuple[Text, ...]:
    """Return the argument of a core in which no number of things suits the rates; nothing for any other core."""
    number = next((n for n in sorted(core.constraints) if network.constraints[n].shape is Shape.RATES), None)
    if number is None:
        return ()
    constraint = network.constraints[number]
    state = refuted(network, core.observations, core.constraints - {number}, Rounding.NEAREST)
    if state.conflict is not None:
        state = refuted(network, core.observations, core.constraints - {number}, core.rounding)
    about = constraint.terms[0].variable
    printed = [v for n in sorted(core.observations) for v in (network.observations[n].variable,)]
    rates = [rate.value for rate in rates_of(constraint) if rate.value in printed]
    ends = [end for end in (state.lows[about], state.highs[about]) if end is not None]
    told = gaps(network, constraint, state, rates)
    return (*chain(network, *ends), *told, nothing_whole(network.variables[about], len(rates)))


def _sides(network: Network, core: Core) -> list[Bound] | None:
    """Return the two ends that a core gives of an unprinted variable, each from constraints of its own."""
    numbers = sorted({term.variable for n in core.constraints for term in network.constraints[n].terms})
    for variable in numbers:
        if network.printed[variable]:
            continue
        beside = [_beside(network, core, variable, n) for n in core.constraints & {*network.touching[variable]}]
        if len(beside) != 2 or beside[0] & beside[1]:
            continue
        ends: list[Bound | None] = []
        for constraints in sorted(beside, key=sorted):
            state = refuted(network, core.observations, constraints, core.rounding)
            if state.conflict is not None:
                return None
            ends += [state.lows[variable], state.highs[variable]]
        for low, high in ((ends[0], ends[3]), (ends[2], ends[1])):
            if low is not None and high is not None and empty(low, high):
                return [low, high] if low is ends[0] else [high, low]
    return None


def _beside(network: Network, core: Core, variable: int, first: int) -> frozenset[int]:
    """Return the constraints of a core that hang together with one of them, other than by way of a variable."""
    found, waiting = {first}, [first]
    while waiting:
        for term in network.constraints[waiting.pop()].terms:
            if term.variable != variable:
                for number in core.constraints & {*network.touching[term.variable]}:
                    if number not in found:
                        found.add(number)
                        waiting.append(number)
    return frozenset(found)


def _conclusion(variable: Variable) -> Text:
    name = variable.name
    return Text(
        f"“{name.zh}”只有一个值，这些范围没有共同的数", f"“{name.en}” has one value, and these ranges share none"
    )


def chain(network: Network, *bounds: Bound) -> tuple[Text, ...]:
    """Return the steps that lead from what is printed to some ends of an interval, each with what it gives."""
    steps: list[Text] = []
    seen: set[tuple[int, int | None, int | None]] = set()

    def tell(bound: Bound) -> None:
        mark = (bound.variable, bound.constraint, bound.observation)
        if mark in seen:
            return
        seen.add(mark)
        for parent in bound.parents:
            if parent.constraint is not None:
                tell(parent)
        steps.append(_step(network, bound))

    for bound in bounds:
        if bound.constraint is not None or bound.observation is not None:
            tell(bound)
    return tuple(steps)


def _step(network: Network, bound: Bound) -> Text:
    variable = network.variables[bound.variable]
    if bound.observation is not None:
        observation = network.observations[bound.observation]
        shown = span(observation.interval(Rounding.NEAREST), variable)
        return Text(
            f"{variable.name.zh}：印作 {observation.text} → {shown.zh}",
            f"{variable.name.en}: printed {observation.text} → {shown.en}",
        )
    if bound.constraint is None:
        raise ValueError("an end that is natural needs no step")
    constraint = network.constraints[bound.constraint]
    known = {p.variable: p.observation for p in bound.parents if p.observation is not None}

    def said(number: int) -> Text:
        observation = known.get(number)
        if observation is None:
            return network.variables[number].name
        return Text(network.observations[observation].text, network.observations[observation].text)

    if constraint.shape is Shape.RATES:
        return _rates_step(network, bound)
    how = expression(constraint, bound.variable, said)
    shown = span(implied_by(network, bound), variable)
    mark = "=" if constraint.shape is not Shape.BOUND else "≤" if bound.upper else "≥"
    return Text(f"{variable.name.zh} {mark} {how.zh} → {shown.zh}", f"{variable.name.en} {mark} {how.en} → {shown.en}")


def _rates_step(network: Network, bound: Bound) -> Text:
    """Return what whole numbers behind rates leave of a number of things."""
    variable = network.variables[bound.variable]
    printed = [network.observations[p.observation].text for p in bound.parents if p.observation is not None]
    listed = wording.both_listed(list(dict.fromkeys(printed)))
    shown = span(implied_by(network, bound), variable)
    return Text(
        f"{variable.name.zh}：{listed.zh} 由整数除得 → {shown.zh}",
        f"{variable.name.en}: {listed.en} come from whole numbers → {shown.en}",
    )


def implied_by(network: Network, bound: Bound) -> Interval:
    """Return the interval that the argument behind an end gives, as strictly as it can be taken."""
    observations, constraints = explained(bound)
    variables = {bound.variable, *(network.observations[number].variable for number in observations)}
    for number in constraints:
        variables.update(term.variable for term in network.constraints[number].terms)
    for rounding in Rounding:
        state: State = propagate(
            network, rounding, variables=sorted(variables), constraints=constraints, only=observations
        )
        if state.conflict is None:
            return state.interval(bound.variable)
    return Interval(None, bound.value) if bound.upper else Interval(bound.value, None)
