"""Can printed rates come from whole numbers of things at all, each alone and all on one denominator?"""

from __future__ import annotations

from collections.abc import Iterator

from msgspec import Struct, field

from planlint import wording
from planlint.amounts import Rounding
from planlint.facts import Figure, Topic
from planlint.findings import Severity, Text
from planlint.intervals import Interval
from planlint.questions.densities import base_interval, reported_in, reported_years, terms
from planlint.questions.whole import Ranges, around, denominators, wholes
from planlint.verdicts import Inquiry, Options, Question, Verdict, fails, first_rounding, name_of, undecided


class _Group(Struct):
    """The rates of one denominator and year: those whose numerator is printed imply it, the others are asked."""

    topic: Topic
    year: int
    printed: list[Figure]
    rates: list[list[Figure]] = field(default_factory=list)
    implying: list[tuple[Figure, Figure]] = field(default_factory=list)

    def among(self, rounding: Rounding) -> Ranges | None:
        """Return the denominators that are printed or implied, None where nothing says."""
        if self.printed:
            interval: Interval | None = base_interval(self.printed[0], rounding)
        else:
            interval = None
            for value, count in self.implying:
                try:
                    implied = base_interval(count, rounding) / base_interval(value, rounding)
                except ZeroDivisionError:
                    continue
                interval = implied if interval is None else interval.intersect(implied)
                if interval is None:
                    # They contradict each other, which is another rule's to say.
                    return None
        found = wholes(interval) if interval is not None else None
        return [found] if found is not None and found[0] > 0 else None

    @property
    def sources(self) -> list[Figure]:
        """Return the figures that say what the denominator is."""
        return self.printed or [figure for pair in self.implying for figure in pair]


def ask_granularity(inquiry: Inquiry, options: Options) -> Iterator[Verdict]:
    """Put the question to all rates of things that come in whole numbers, by denominator and year."""
    populations = _populations(inquiry)
    for group in _groups(inquiry):
        if not group.rates or (group.topic.indicator in populations and not group.printed):
            # A population that is only implied may be that of another day, and large it is in any case.
            continue
        if any(figure.is_loose for figure in group.printed):
            # About so many can be any number near by, and so can a mean of several years.
            continue
        if group.among(Rounding.NEAREST) is None:
            open_ = [rate for rate in group.rates if not _suits_any(rate[0])]
            if open_ and not group.printed and not group.implying:
                name = inquiry.facts.catalogue.by_key[group.topic.indicator].name
                figures = [figure for rate in open_ for figure in rate]
                because = Text(f"没有印出{group.year}年{name.zh}", f"{name.en} of {group.year} is not printed")
                yield undecided(figures, because)
            continue
        yield from _judge(group, options)


def _populations(inquiry: Inquiry) -> set[str]:
    """Return the indicators that count the people of a place."""
    return {*inquiry.facts.catalogue.populations.values(), "average-population"}


def _suits_any(rate: Figure) -> bool:
    """Tell whether a rate can be said of any number of things: none of them, or all."""
    number = rate.amount.number
    if number is not None and rate.amount.hedge is None and rate.amount.upper is None and rate.factor is not None:
        # A unit of the last digit and more away from both there is nothing to work out.
        step = number.quantum
        if number.value > step and (number.value + step) * rate.factor * rate.indicator.unit.factor < 1:
            return False
    interval = base_interval(rate, Rounding.NEAREST)
    return 0 in interval or 1 in interval


def _groups(inquiry: Inquiry) -> list[_Group]:
    groups: dict[tuple[Topic, int], _Group] = {}
    for topic, figures in inquiry.facts.by_topic.items():
        topics = terms_of_rate(inquiry, topic, figures[0])
        if topics is None:
            continue
        count_topic, denominator = topics
        years = reported_years(inquiry, topic)
        for year in sorted(years):
            values = years[year]
            if len(values) != 1:
                continue
            key = (denominator, year)
            if key not in groups:
                groups[key] = _Group(denominator, year, _one(inquiry, denominator, year))
            counts = _one(inquiry, count_topic, year) if count_topic is not None else []
            if counts:
                groups[key].implying.append((values[0][0], counts[0]))
            elif not any(figure.is_loose for figure in values[0]):
                groups[key].rates.append(values[0])
    return list(groups.values())


def _one(inquiry: Inquiry, topic: Topic, year: int) -> list[Figure]:
    """Return the figures of a topic and year where all print one value."""
    groups = reported_in(inquiry, topic, year)
    return groups[0] if len(groups) == 1 else []


def terms_of_rate(inquiry: Inquiry, topic: Topic, figure: Figure) -> tuple[Topic | None, Topic] | None:
    """Return numerator and denominator of a rate of whole things; a share of whole things needs no numerator."""
    indicator, known = figure.indicator, inquiry.facts.catalogue.by_key
    if not indicator.denominator or not known[indicator.denominator].whole:
        return None
    if indicator.numerator:
        return inquiry.once(terms).get(topic) if known[indicator.numerator].whole else None
    if indicator.kind != "share" or topic.base:
        return None
    return None, Topic(indicator.denominator, topic.scope, "")


def _judge(group: _Group, options: Options) -> Iterator[Verdict]:
    alone = [rate for rate in group.rates if _tier(group, [rate]) is None]
    for rate in alone:
        yield _alone(group, rate, options.severity)
    for rate in group.rates:
        if _tier(group, [rate]) not in (None, Rounding.NEAREST):
            yield _alone(group, rate, Severity.INFO, "rounding")
            alone.append(rate)
    rest = [rate for rate in group.rates if all(rate is not other for other in alone)]
    tier = _tier(group, rest) if len(rest) > 1 else Rounding.NEAREST
    if tier is not Rounding.NEAREST:
        yield _together(group, rest, options.severity if tier is None else Severity.INFO)


def _tier(group: _Group, rates: list[list[Figure]]) -> Rounding | None:
    """Return the strictest rounding under which one denominator gives all rates."""

    def possible(rounding: Rounding) -> bool:
        found = group.among(rounding)
        for rate in rates:
            if found is None:
                return True
            found = denominators(base_interval(rate[0], rounding), found)
        return found is None or bool(found)

    return first_rounding(possible)


def _severity(figures: list[Figure], severity: Severity) -> Severity:
    return severity.milder() if any(figure.amount.hedge for figure in figures) else severity


def _alone(group: _Group, rate: list[Figure], severity: Severity, variant: str = "message") -> Verdict:
    first, figures = rate[0], [*rate, *group.sources]
    found = group.among(Rounding.NEAREST) or [(1, 1)]
    unit = first.indicator.unit
    nearest = around(base_interval(first, Rounding.NEAREST), (found[0][0], found[-1][1]))
    shares = [wording.quotient(k, size, unit, first.amount_step * unit.factor) for k, size in nearest]
    shown: dict[str, str | Text] = {
        "name": name_of(first),
        "year": str(group.year),
        "value": first.mention.text,
        "denominator": _denominator(group, found),
    }
    steps = tuple(Text(share, share) for share in shares)
    return fails(figures, shown, steps, variant=variant, severity=_severity(figures, severity))


def _denominator(group: _Group, found: Ranges) -> Text:
    """Return the denominator in words, with its name where it is printed."""
    if group.printed:
        first = group.printed[0]
        said = f"{first.statement.name} {first.mention.text}"
        return Text(said, said)
    low, high = found[0][0], found[-1][1]
    span = str(low) if low == high else f"{low}—{high}"
    texts = [f"{count.mention.text} ÷ {value.mention.text}" for value, count in group.implying]
    return Text(f"推算的分母 {span}（{'、'.join(texts)}）", f"a denominator of {span} ({', '.join(texts)})")


def _together(group: _Group, rates: list[list[Figure]], severity: Severity) -> Verdict:
    figures = [*(figure for rate in rates for figure in rate), *group.sources]
    steps = []
    for rate in rates:
        found = denominators(base_interval(rate[0], Rounding.NEAREST), group.among(Rounding.NEAREST) or [])
        spans = "、".join(str(low) if low == high else f"{low}—{high}" for low, high in found[:_SHOWN_RANGES])
        more = " …" if len(found) > _SHOWN_RANGES else ""
        name = name_of(rate[0])
        text = rate[0].mention.text
        steps.append(Text(f"{name} {text}：分母可以是 {spans}{more}", f"{name} {text}: denominators {spans}{more}"))
    shown: dict[str, str | Text] = {
        "names": wording.both_listed([name_of(rate[0]) for rate in rates]),
        "values": wording.both_listed([rate[0].mention.text for rate in rates]),
        "year": str(group.year),
        "denominator": _denominator(group, group.among(Rounding.NEAREST) or [(0, 0)]),
    }
    return fails(figures, shown, tuple(steps), variant="together", severity=_severity(figures, severity))


_SHOWN_RANGES = 4
GRANULARITY = Question(
    {},
    {
        "message": frozenset({"name", "year", "value", "denominator"}),
        "rounding": frozenset({"name", "year", "value", "denominator"}),
        "together": frozenset({"names", "values", "year", "denominator"}),
    },
    ask_granularity,
)
