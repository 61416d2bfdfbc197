"""How much is one event worth: can a ceiling be met by anything but none at all?"""

from __future__ import annotations

from collections.abc import Iterator

from planlint import wording
from planlint.amounts import Kind, Operator, Rounding
from planlint.exact import Fraction
from planlint.facts import Figure, Standing, Topic
from planlint.findings import Text
from planlint.intervals import Interval
from planlint.questions.strands import targets
from planlint.questions.targets import Target, targets_of
from planlint.verdicts import Inquiry, Options, Question, Verdict, fails, name_of, undecided


def ask_events(inquiry: Inquiry, options: Options) -> Iterator[Verdict]:
    """Put the question to every ceiling of a rate whose events and denominator the catalogue names."""
    unknown: dict[str, list[Figure]] = {}
    for strand in targets(inquiry):
        topic, all_figures = strand.topic, strand.every
        indicator = all_figures[0].indicator
        if (
            indicator.kind != "rate"
            or indicator.polarity != "lower"
            or not (indicator.numerator and indicator.denominator)
        ):
            continue
        if not inquiry.facts.catalogue.by_key[indicator.numerator].whole:
            continue
        figures = inquiry.usable(all_figures)
        for target in targets_of(figures, "lower", inquiry):
            if target.level is not None or target.bound <= 0 or target.year < inquiry.facts.plan.period.first:
                continue
            found = _denominator(topic, target.year, inquiry, options)
            if found is None:
                unknown.setdefault(indicator.denominator, []).extend(target.figures)
            elif not _allows_one(target, found[0]) and not _was_met(target, figures):
                yield _finding(target, *found)
    for key, left in unknown.items():
        name = inquiry.facts.catalogue.by_key[key].name
        yield undecided(left, Text(f"没有印出{name.zh}", f"{name.en[:1].lower()}{name.en[1:]} are not printed"))


def _denominator(
    topic: Topic, year: int, inquiry: Inquiry, options: Options
) -> tuple[Interval, list[Figure], Text] | None:
    """Return so many there are at most and at least, in the latest year before a target that tells it."""
    indicator = inquiry.facts.by_topic[topic][0].indicator
    keys = [indicator.denominator]
    if indicator.denominator == options.choices["denominator"]:
        keys.append(options.choices["instead"])
    for key in keys:
        printed = _latest(inquiry.about(Topic(key, topic.scope, topic.base)), year)
        if printed:
            first = printed[0]
            shown = Text(f"{first.year}年{first.statement.name} {first.mention.text}", first.mention.text)
            return first.interval(Rounding.NEAREST).times(first.indicator.unit.factor), printed, shown
    return _implied(topic, year, inquiry)


def _implied(topic: Topic, year: int, inquiry: Inquiry) -> tuple[Interval, list[Figure], Text] | None:
    """Return the denominator that a printed number of events and its rate imply: 3 deaths at 21.32/10万."""
    figures = inquiry.about(topic)
    indicator = figures[0].indicator
    counts = inquiry.about(Topic(indicator.numerator, topic.scope, topic.base))
    for count in _latest(counts, year):
        rates = [f for f in _latest(figures, year) if f.year == count.year and f.value > 0]
        if not rates or count.value <= 0:
            continue
        try:
            rate = rates[0].interval(Rounding.NEAREST).times(indicator.unit.factor)
            found = count.interval(Rounding.NEAREST).times(count.indicator.unit.factor) / rate
        except ZeroDivisionError:
            continue
        shown = f"{count.mention.text} ÷ {rates[0].mention.text}"
        return found, [count, *rates], Text(shown, shown)
    return None


def _latest(figures: list[Figure], before: int) -> list[Figure]:
    """Return what is reported for the latest year before a target, where it is one plain value."""
    plain = [
        f
        for f in figures
        if f.standing is Standing.REPORTED
        and f.is_measured
        and f.year < before
        and f.amount.kind is Kind.VALUE
        and f.amount.operator is Operator.NONE
        and not f.statement.months
    ]
    last = max((f.year for f in plain), default=0)
    found = [f for f in plain if f.year == last and f.value > 0]
    return found if len({f.value for f in found}) == 1 else []


def _allows_one(target: Target, denominator: Interval) -> bool:
    """Tell whether one event may stay within the bound, if there are as many as there can be."""
    if denominator.high is None:
        return True
    most = target.bound * target.figures[0].indicator.unit.factor * denominator.high
    strict = all(figure.amount.operator is Operator.BELOW for figure in target.figures)
    return most > 1 if strict else most >= 1


def _was_met(target: Target, figures: list[Figure]) -> bool:
    """Tell whether that very rate was reported: 1 of 20146 is printed 4.96, though it is a little more than 4.96."""
    return any(f.standing is Standing.REPORTED and f.is_measured and f.value == target.bound for f in figures)


def _finding(target: Target, denominator: Interval, sources: list[Figure], shown: Text) -> Verdict:
    first = target.figures[0]
    unit = first.indicator.unit
    high = denominator.high if denominator.high is not None else Fraction(1)
    low = denominator.low if denominator.low is not None and denominator.low > 0 else high
    worth = wording.rounded(2 / (low + high) / unit.factor, 3)
    one = f"{worth}{unit.name}" if unit.is_scale else f"{worth} {unit.name}"
    step = Text(
        f"按{shown.zh}，1 例即为 {one} > {first.mention.text}", f"with {shown.en}, 1 case is {one}, above the bound"
    )
    named: dict[str, str | Text] = {
        "name": name_of(first),
        "target": first.mention.text,
        "target_year": str(target.year),
        "one": one,
        "basis": shown,
    }
    return fails([*target.figures, *sources], named, (step,))


EVENTS = Question(
    {},
    {"message": frozenset({"name", "target", "target_year", "one", "basis"})},
    ask_events,
    indicators=frozenset({"denominator", "instead"}),
)
