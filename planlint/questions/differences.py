"""Does an indicator that is the difference of two others come out (natural growth is births less deaths)?"""

from __future__ import annotations

from collections.abc import Iterator

from msgspec import Struct

from planlint import wording
from planlint.amounts import Kind, Rounding
from planlint.facts import Figure, Fit, Standing, Topic
from planlint.findings import Severity, Text
from planlint.intervals import Interval
from planlint.questions.densities import base_interval
from planlint.verdicts import Inquiry, Options, Question, Verdict, fails, first_rounding, name_of, undecided


class _Terms(Struct, frozen=True):
    """A difference with what is printed of its two terms, each the most precise printing of its value."""

    whole: Figure
    first: Figure | None
    second: Figure | None

    @property
    def figures(self) -> list[Figure]:
        """Return the figures that are printed."""
        return [figure for figure in (self.whole, self.first, self.second) if figure is not None]


def ask_difference(inquiry: Inquiry, options: Options) -> Iterator[Verdict]:
    """Put the question to every reported difference of two indicators."""
    for topic, figures in inquiry.facts.by_topic.items():
        indicator = figures[0].indicator
        if not indicator.minus:
            continue
        for whole in inquiry.about(topic):
            if _usable(whole):
                first, second = (_of(inquiry, topic, key, whole) for key in indicator.minus)
                yield from _judge(_Terms(whole, first, second), inquiry, options)


def _usable(figure: Figure) -> bool:
    return figure.is_measured and figure.standing is Standing.REPORTED and figure.amount.kind is Kind.VALUE


def _of(inquiry: Inquiry, topic: Topic, key: str, whole: Figure) -> Figure | None:
    """Return the one value of a term for the year of the difference; None where there is none or several."""
    same = [
        figure
        for figure in inquiry.about(Topic(key, topic.scope, topic.base))
        if _usable(figure) and figure.year == whole.year and figure.statement.months == whole.statement.months
    ]
    values = {figure.value for figure in same}
    return min(same, key=lambda figure: figure.amount_step) if len(values) == 1 else None


def _judge(terms: _Terms, inquiry: Inquiry, options: Options) -> Iterator[Verdict]:
    whole, first, second = terms.whole, terms.first, terms.second
    missing = [key for key, term in zip(whole.indicator.minus, (first, second), strict=True) if term is None]
    if first is not None and second is not None:
        yield from _all_printed(terms, first, second, options)
        return
    if first is not None and _never_negative(inquiry, whole.indicator.minus[1]):
        found = _against(terms, first, options)
        if found is not None:
            yield found
            return
    names = [inquiry.facts.catalogue.by_key[key].name for key in missing]
    zh, en = "、".join(name.zh for name in names), " or ".join(name.en for name in names)
    yield undecided(terms.figures, _missing(whole, zh, en))


def _missing(whole: Figure, zh: str, en: str) -> Text:
    return Text(
        f"没有印出{whole.year}年的{zh}，或者印了几个值",
        f"{en} of {whole.year} is not printed, or with several values",
    )


def _never_negative(inquiry: Inquiry, key: str) -> bool:
    low = inquiry.facts.catalogue.by_key[key].bounds[0]
    return low is not None and low >= 0


def _all_printed(terms: _Terms, first: Figure, second: Figure, options: Options) -> Iterator[Verdict]:
    def fits(rounding: Rounding) -> bool:
        return _less(first, second, rounding).meets(base_interval(terms.whole, rounding))

    tier = first_rounding(fits)
    if tier is Rounding.NEAREST:
        return
    if tier is not None:
        yield _finding(terms, "rounding", Severity.INFO)
        return
    yield _finding(terms, "message", _severity(terms, options))


def _against(terms: _Terms, first: Figure, options: Options) -> Verdict | None:
    """Return what is wrong with a difference that is larger than what it is taken from."""

    def fits(rounding: Rounding) -> bool:
        return not base_interval(first, rounding).below(base_interval(terms.whole, rounding))

    tier = first_rounding(fits)
    if tier is not None:
        return None
    return _finding(terms, "above", _severity(terms, options))


def _less(first: Figure, second: Figure, rounding: Rounding) -> Interval:
    return base_interval(first, rounding) - base_interval(second, rounding)


def _severity(terms: _Terms, options: Options) -> Severity:
    hedged = any(figure.amount.hedge for figure in terms.figures)
    return options.severity.milder() if hedged else options.severity


def _finding(terms: _Terms, variant: str, severity: Severity) -> Verdict:
    whole, first, second = terms.whole, terms.first, terms.second
    unit = whole.indicator.unit
    shown: dict[str, str | Text] = {
        "name": name_of(whole),
        "year": str(whole.year),
        "value": whole.mention.text,
        "first_name": first.statement.name if first else "",
        "first": first.mention.text if first else "",
        "second_name": second.statement.name if second else "",
        "second": second.mention.text if second else "",
        "computed": "",
    }
    steps = []
    if first is not None and second is not None:
        computed = (
            first.value * first.indicator.unit.factor - second.value * second.indicator.unit.factor
        ) / unit.factor
        shown["computed"] = wording.in_unit(computed, wording.short_unit(unit))
        step = f"{first.mention.text} - {second.mention.text} = {shown['computed']}"
        steps.append(Text(step, step))
    elif first is not None:
        step = f"{whole.mention.text} > {first.mention.text}"
        steps.append(Text(step, step))
    for figure in terms.figures:
        steps += _other_scale(terms, figure)
    return fails(terms.figures, shown, tuple(steps), variant=variant, severity=severity)


def _other_scale(terms: _Terms, odd: Figure) -> list[Text]:
    """Return what the digits of a figure in an unusual scale would mean in its indicator's own (1.2 % for 1.2 ‰)."""
    if odd.fit is not Fit.OTHER_SCALE or odd.amount.number is None or terms.first is None:
        return []

    def own(figure: Figure) -> Interval:
        interval = base_interval(figure, Rounding.NEAREST)
        # The same digits, read in the scale that the indicator is counted in.
        return interval.times(1 / figure.factor) if figure is odd and figure.factor else interval

    first, whole = own(terms.first), own(terms.whole)
    if terms.second is None:
        fits = not first.below(whole)
    else:
        fits = (first - own(terms.second)).meets(whole)
    if not fits:
        return []
    read = wording.in_unit(odd.amount.number.value, odd.indicator.unit.name)
    return [Text(f"把 {odd.mention.text} 读作 {read} 就能成立", f"read as {read}, {odd.mention.text} would fit")]


_SHOWN = frozenset({"name", "year", "value", "first_name", "first", "second_name", "second", "computed"})
DIFFERENCE = Question({}, {"message": _SHOWN, "rounding": _SHOWN, "above": _SHOWN}, ask_difference)
