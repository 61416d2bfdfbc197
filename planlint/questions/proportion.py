"""Does a proportion that nobody prints, such as nurses for each physician, get worse from the base to the target?"""

from __future__ import annotations

from collections.abc import Iterator

from planlint import wording
from planlint.amounts import Operator, Rounding
from planlint.exact import Fraction
from planlint.facts import Figure, Topic
from planlint.findings import Text
from planlint.intervals import Interval
from planlint.questions.targets import Subject, Target, subjects
from planlint.verdicts import Inquiry, Options, Question, Verdict, fails, undecided

LEAST = Fraction(98, 100)


def ask_proportion(inquiry: Inquiry, options: Options) -> Iterator[Verdict]:
    """Put the question to every scope that has targets for both indicators."""
    over, under = (_last_subjects(inquiry, options.choices[key]) for key in ("over", "under"))
    for place, upper in over.items():
        lower = under.get(place)
        if lower is None or upper.target.year != lower.target.year:
            continue
        bases = [_base(subject) for subject in (upper, lower)]
        if not all(bases):
            missing = [s.target.figures[0] for s, base in zip((upper, lower), bases, strict=True) if not base]
            called = wording.listed([figure.statement.name for figure in missing], "zh")
            yield undecided(
                [*upper.target.figures, *lower.target.figures],
                Text(f"没有印出“{called}”唯一的基期值", "no single baseline is printed for both"),
            )
        elif bases[0][0].year == bases[1][0].year:
            yield from _judge(upper.target, lower.target, bases[0], bases[1])


def _last_subjects(inquiry: Inquiry, key: str) -> dict[tuple[str, str], Subject]:
    """Return the target of an indicator for the last year by scope and population; none where it has two numbers."""
    found: dict[tuple[str, str], list[Subject]] = {}
    for subject in inquiry.once(_by_indicator).get(key, ()):
        topic: Topic = subject.target.figures[0].topic
        found.setdefault((topic.scope, topic.base), []).append(subject)
    last = {}
    for place, several in found.items():
        year = max([subject.target.year for subject in several])
        of_year = [subject for subject in several if subject.target.year == year]
        if len(of_year) == 1:
            last[place] = of_year[0]
    return last


def _by_indicator(inquiry: Inquiry) -> dict[str, list[Subject]]:
    """Return the targets whose indicator has a direction, by its key."""
    found: dict[str, list[Subject]] = {}
    for subject in inquiry.once(subjects):
        found.setdefault(subject.target.figures[0].topic.indicator, []).append(subject)
    return found


def _base(subject: Subject) -> list[Figure]:
    """Return the base value of a target: that of its table, else the one that the text reports."""
    figures = subject.baselines or subject.others
    plain = [f for f in figures if f.amount.operator is Operator.NONE and f.amount.hedge is None and f.value > 0]
    return plain if len(plain) == 1 or len({f.value for f in plain}) == 1 else []


def _judge(upper: Target, lower: Target, above: list[Figure], below: list[Figure]) -> Iterator[Verdict]:
    if upper.bound <= 0 or lower.bound <= 0 or any(f.amount.hedge for f in (*upper.figures, *lower.figures)):
        return
    if _is_plainly_no_worse(upper, lower, above[0], below[0]):
        return
    planned = _quotient(upper.bound, upper.figures[0]) / _quotient(lower.bound, lower.figures[0])
    try:
        before = _interval(above[0]) / _interval(below[0])
    except ZeroDivisionError:
        return
    # Whatever the rounding of the base allows is no worsening, and a fiftieth is not worth a word.
    if before.low is None or planned >= before.low * LEAST:
        return
    now = _quotient(above[0].value, above[0]) / _quotient(below[0].value, below[0])
    shown: dict[str, str | Text] = {
        "over": above[0].mention.text,
        "under": below[0].mention.text,
        "over_target": upper.figures[0].mention.text,
        "under_target": lower.figures[0].mention.text,
        "base_year": str(above[0].year),
        "target_year": str(upper.year),
        "before": wording.rounded(now, 3),
        "after": wording.rounded(planned, 3),
    }
    steps = (
        f"{above[0].year}: {above[0].mention.text} ÷ {below[0].mention.text} = {wording.rounded(now, 4)}",
        f"{upper.year}: {upper.figures[0].mention.text} ÷ {lower.figures[0].mention.text} = "
        f"{wording.rounded(planned, 4)}",
    )
    figures = [*above, *below, *upper.figures, *lower.figures]
    yield fails(figures, shown, tuple(Text(step, step) for step in steps))


def _is_plainly_no_worse(upper: Target, lower: Target, above: Figure, below: Figure) -> bool:
    """Tell whether the printed numbers are no worse: then no rounding of theirs is, and units cancel out."""
    return upper.bound * below.value >= lower.bound * above.value * LEAST


def _quotient(value: Fraction, figure: Figure) -> Fraction:
    """Return a number in base units, so that densities per thousand and per ten thousand can be divided."""
    return value * figure.indicator.unit.factor


def _interval(figure: Figure) -> Interval:
    return figure.interval(Rounding.LOOSE).times(figure.indicator.unit.factor)


PROPORTION = Question(
    {},
    {
        "message": frozenset(
            {
                "over",
                "under",
                "over_target",
                "under_target",
                "base_year",
                "target_year",
                "before",
                "after",
            }
        )
    },
    ask_proportion,
    indicators=frozenset({"over", "under"}),
)
