"""Was a goal reached that the plan says was reached, or missed, or exceeded?"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from msgspec import Struct
from msgspec.structs import replace

from planlint.amounts import KEEP, LIMIT, REACH, Hedge, Rounding
from planlint.exact import Fraction
from planlint.facts import Assertion, Figure, Operand, Standing
from planlint.findings import Severity, Text
from planlint.intervals import Interval
from planlint.questions import claims
from planlint.questions.merging import merged
from planlint.questions.terms import (
    Terms,
    claimed,
    finding,
    is_pending,
    polarity_of,
    subject_of,
    terms_of,
    text_of,
    with_figure,
)
from planlint.questions.words import Outcome, is_of_what_was_due, outcome
from planlint.statements import LATER_GOAL
from planlint.verdicts import Inquiry, Options, Question, Verdict, first_rounding

_FAR = Fraction(1, 10)
_HALF = Fraction(1, 2)


class _Case(Struct, frozen=True):
    """A verdict that can be judged: the value is term 0, the goal term 1; `floor` says that the goal is a floor."""

    assertion: Assertion
    terms: Terms
    floor: bool

    @property
    def value(self) -> Operand:
        """Return the value."""
        return self.terms.operands[0]

    @property
    def goal(self) -> Operand:
        """Return the goal."""
        return self.terms.operands[1]

    @property
    def bound(self) -> Fraction:
        """Return the number that must be reached: the near end of a printed range."""
        return self.terms.value(1) if self.floor else self.terms.upper(1)

    @property
    def strict(self) -> bool:
        """Tell whether the bound itself does not reach the goal (超过80)."""
        return self.goal.amount.operator.value in (">", "<")

    @property
    def miss(self) -> Fraction:
        """Return how far the printed value falls short; not above zero where it reaches the goal."""
        value = self.terms.value(0)
        return self.bound - value if self.floor else value - self.bound

    @property
    def is_met(self) -> bool:
        """Tell whether the printed value reaches the goal."""
        return self.miss < 0 or (self.miss == 0 and not self.strict)

    @property
    def allowed(self) -> Interval:
        """Return the values that reach the goal."""
        return Interval(self.bound, None, self.strict) if self.floor else Interval(None, self.bound, False, self.strict)

    def may_meet(self, rounding: Rounding) -> bool:
        """Tell whether the value, as it may have been rounded, can reach the goal."""
        return self.terms.interval(0, rounding).meets(self.allowed)


def _is_floor(assertion: Assertion, goal: Operand, operands: list[Operand]) -> bool | None:
    """Tell whether a goal is a floor: its own sign says so, or its words, or the direction of the indicator."""
    amount = goal.amount
    if amount.operator.value:
        return amount.operator.is_floor
    if amount.words & LIMIT:
        return False
    polarity = polarity_of(assertion, operands)
    if polarity:
        return polarity == "higher"
    return True if amount.words & (REACH - KEEP) else None


def ask_outcome(inquiry: Inquiry, options: Options) -> Iterator[Verdict]:
    """Put the question to every verdict on a goal; a remark that is no verdict is left alone."""
    return merged(_ask(inquiry, options))


def _ask(inquiry: Inquiry, options: Options) -> Iterator[Verdict]:
    for assertion in claimed(inquiry, "verdict"):
        said = outcome(assertion.claim.terms["is"].text)
        if said is None:
            continue
        value, goal = (with_figure(inquiry, assertion.operands.get(key)) for key in ("value", "goal"))
        if is_pending(value) or is_pending(goal) or value is None or goal is None:
            missing = ("目标", "the goal") if is_pending(goal) else ("完成值", "the value reached")
            yield claims.undecided(assertion, f"没有印出{missing[0]}", f"{missing[1]} is not printed as a number")
            continue
        if is_of_what_was_due(assertion.claim.terms["is"].text) and not _is_due(value, goal):
            # Half-way to a goal nobody has printed what was due by then.
            continue
        operands = [value, goal]
        if claims.spoiled(inquiry, operands):
            continue
        terms = terms_of(inquiry, operands)
        floor = _is_floor(assertion, goal, operands)
        if floor is None and said is Outcome.EXCEEDED:
            # What can be exceeded with success is a floor.
            floor = True
        if terms is None:
            yield claims.undecided(assertion, "完成值和目标的单位不同", "value and goal have different units")
        elif floor is None:
            yield claims.undecided(
                assertion, "目标没有写明是上限还是下限", "the goal does not say whether it is a floor"
            )
        else:
            case = _Case(assertion, terms, floor)
            if LATER_GOAL not in assertion.claim.flags:
                yield from _JUDGES[said](case, inquiry, options)
            elif said in (Outcome.REACHED, Outcome.EXCEEDED, Outcome.EARLY):
                # 已完成 half-way may speak of what was due by then, so it is no more than a warning.
                mild = replace(options, severity=options.severity.milder())
                yield from _reached(case, inquiry, mild)


def _is_due(value: Operand, goal: Operand) -> bool:
    """Tell whether a goal is known to be set for the very year of the value."""
    return value.figure is not None and goal.figure is not None and value.figure.year == goal.figure.year


def _reached(case: _Case, inquiry: Inquiry, options: Options) -> Iterator[Verdict]:
    if case.is_met:
        return
    tier = first_rounding(case.may_meet)
    if tier is None:
        yield _finding(case, "message", _loosened(case, options.severity))
    elif tier is not Rounding.NEAREST:
        yield _finding(case, "rounding", Severity.INFO)


def _missed(case: _Case, inquiry: Inquiry, options: Options) -> Iterator[Verdict]:
    if not case.is_met:
        return
    rest = Interval(None, case.bound, False, not case.strict)
    rest = rest if case.floor else Interval(case.bound, None, not case.strict)
    hidden = first_rounding(lambda rounding: case.terms.interval(0, rounding).meets(rest)) is not None
    yield _finding(case, "met", Severity.INFO if hidden else _loosened(case, options.severity))


def _nearly(case: _Case, inquiry: Inquiry, options: Options) -> Iterator[Verdict]:
    if case.is_met:
        yield _finding(case, "fully", Severity.INFO)
    elif first_rounding(case.may_meet) is None and _is_far(case, inquiry):
        severity = options.severity.milder()
        yield _finding(case, "far", _loosened(case, severity))


def _is_far(case: _Case, inquiry: Inquiry) -> bool:
    """Tell whether a goal is missed by a tenth of it, or with less than half of the way gone."""
    if case.miss > abs(case.bound) * _FAR:
        return True
    start = _earlier(case, inquiry)
    if start is None:
        return False
    way = case.bound - start if case.floor else start - case.bound
    return way > 0 and case.miss > way * _HALF


def _earlier(case: _Case, inquiry: Inquiry) -> Fraction | None:
    """Return the value from which a goal started: the earliest that is reported of the five years before the goal."""
    figure, goal = case.value.figure, case.goal.figure
    if figure is None or goal is None or not case.terms.as_figures:
        return None
    before = [
        f
        for f in inquiry.about(figure.topic)
        if f.standing is Standing.REPORTED and f.is_measured and goal.year - 5 <= f.year < figure.year
    ]
    return min(before, key=lambda f: (f.year, f.statement.place)).value if before else None


def _early(case: _Case, inquiry: Inquiry, options: Options) -> Iterator[Verdict]:
    if not case.is_met:
        yield from _reached(case, inquiry, options)
        return
    value, goal = case.value.figure, case.goal.figure
    if value is None or goal is None:
        yield claims.undecided(case.assertion, "没有印出两个数的年份", "the years of the two figures are not printed")
    elif value.year > goal.year:
        yield _finding(case, "late", options.severity.milder())
    elif value.year == goal.year and not _met_before(case, value, inquiry):
        yield claims.undecided(
            case.assertion,
            f"没有印出{goal.year}年以前已达到目标的数值",
            f"no value that reaches the goal before {goal.year} is printed",
        )


def _met_before(case: _Case, value: Figure, inquiry: Inquiry) -> bool:
    """Tell whether an earlier reported value reaches the goal."""
    if not case.terms.as_figures:
        return False
    return any(
        f.value >= case.bound if case.floor else f.value <= case.bound
        for f in inquiry.about(value.topic)
        if f.standing is Standing.REPORTED and f.is_measured and f.year < value.year
    )


def _exceeded(case: _Case, inquiry: Inquiry, options: Options) -> Iterator[Verdict]:
    if not case.is_met:
        yield from _reached(case, inquiry, options)
    elif case.miss == 0:
        beyond = Interval(case.bound, None, True) if case.floor else Interval(None, case.bound, False, True)
        hidden = case.terms.interval(0, Rounding.NEAREST).meets(beyond)
        yield _finding(case, "equal", Severity.INFO if hidden else options.severity.milder())


_JUDGES: dict[Outcome, Callable[[_Case, Inquiry, Options], Iterator[Verdict]]] = {
    Outcome.REACHED: _reached,
    Outcome.MISSED: _missed,
    Outcome.NEARLY: _nearly,
    Outcome.EARLY: _early,
    Outcome.EXCEEDED: _exceeded,
}


def _loosened(case: _Case, severity: Severity) -> Severity:
    """Return a severity, milder where a word loosens one of the two numbers."""
    loose = case.terms.is_hedged or case.goal.amount.hedge is Hedge.ABOUT
    return severity.milder() if loose else severity


def _finding(case: _Case, variant: str, severity: Severity) -> Verdict:
    sign = {(True, True): "≥", (True, False): "<", (False, True): "≤", (False, False): ">"}[case.floor, case.is_met]
    gap = case.terms.difference(abs(case.miss))
    better = Text("不低于目标才算达到", "it is reached from the goal upwards")
    if not case.floor:
        better = Text("不高于目标才算达到", "it is reached from the goal downwards")
    value, goal = text_of(case.value), text_of(case.goal)
    steps = (
        Text(
            f"{value} {sign} {goal}，相差 {gap.zh}；这个指标{better.zh}",
            f"{value} {sign} {goal}, a gap of {gap.en}; for this indicator {better.en}",
        ),
    )
    years = [operand.figure.year if operand.figure is not None else None for operand in (case.value, case.goal)]
    shown: dict[str, str | Text] = {
        "name": subject_of(case.assertion),
        "value": value,
        "goal": goal,
        "said": case.assertion.claim.terms["is"].text,
        "gap": gap,
        "value_year": str(years[0] or ""),
        "goal_year": str(years[1] or ""),
    }
    return finding(case.assertion, list(case.terms.operands), shown, steps, variant=variant, severity=severity)


_SHOWN = frozenset({"name", "value", "goal", "said", "gap"})
OUTCOME = Question(
    {},
    {
        **dict.fromkeys(("message", "rounding", "met", "fully", "far", "equal"), _SHOWN),
        "late": _SHOWN | {"value_year", "goal_year"},
    },
    ask_outcome,
)
