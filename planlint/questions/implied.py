"""Do all densities of one place and year imply one population, where nobody printed it?"""

from __future__ import annotations

from collections.abc import Iterator

from msgspec import Struct, field

from planlint import formula, wording
from planlint.amounts import Rounding
from planlint.facts import Figure, Topic
from planlint.findings import Severity, Text
from planlint.intervals import Interval, largest_agreement
from planlint.questions.densities import SYMBOLS, Pair, base_interval, pairs, reported_in
from planlint.verdicts import Inquiry, Options, Question, Relation, Verdict, fails, first_rounding, undecided


class _Implied(Struct, frozen=True):
    """What a density and its count say of the population that nobody printed."""

    pair: Pair
    relation: Relation
    intervals: dict[Rounding, Interval] = field(default_factory=dict)

    def interval(self, rounding: Rounding) -> Interval:
        """Return the population that the pair implies. Raises ZeroDivisionError where the density may be zero."""
        if rounding not in self.intervals:
            self.intervals[rounding] = _imply(self.pair, self.relation, rounding)
        return self.intervals[rounding]

    @property
    def figure(self) -> Figure:
        """Return the density that the argument is about."""
        return self.pair.value[0]


def ask_implied(inquiry: Inquiry, options: Options) -> Iterator[Verdict]:
    """Ask whether all densities of one population and year imply the same population where none is printed."""
    relation = options.formula
    groups: dict[tuple[Topic, int], list[_Implied]] = {}
    for population_topic, year, pair in inquiry.once(pairs):
        if reported_in(inquiry, population_topic, year):
            continue
        implied = _Implied(pair, relation)
        try:
            # The widest rounding is the one that may reach zero.
            if pair.value[0].value <= pair.value[0].amount_step:
                implied.interval(Rounding.LOOSE)
            implied.interval(Rounding.NEAREST)
        except ZeroDivisionError:
            continue
        groups.setdefault((population_topic, year), []).append(implied)
    for (topic, year), members in groups.items():
        found = _compare(inquiry, topic, year, members, options)
        if found is not None:
            yield found


def _imply(pair: Pair, relation: Relation, rounding: Rounding) -> Interval:
    values = {"value": base_interval(pair.value[0], rounding), "count": base_interval(pair.count[0], rounding)}
    return formula.evaluate(relation.solutions["population"], values, {})


def _compare(inquiry: Inquiry, topic: Topic, year: int, members: list[_Implied], options: Options) -> Verdict | None:
    population = inquiry.facts.catalogue.by_key[topic.indicator].name
    if len(members) < 2:
        return undecided(
            [f for m in members for f in (*m.pair.value, *m.pair.count)],
            Text(f"只有一处能推算{year}年{population.zh}", f"only one density implies the {population.en} of {year}"),
        )

    def one_population(rounding: Rounding) -> bool:
        return any(len(group) == len(members) for group in largest_agreement([m.interval(rounding) for m in members]))

    tier = first_rounding(one_population)
    if tier is Rounding.NEAREST:
        return None
    if tier is not None:
        return _implied_finding(inquiry, topic, year, members, [], "rounding", Severity.INFO)
    # The most generous rounding decides who is odd: nobody is accused who might have been truncated.
    best = largest_agreement([m.interval(Rounding.LOOSE) for m in members])
    severity = options.severity
    agreeing = best[0] if len(best) == 1 and len(best[0]) > 1 else frozenset[int]()
    odd = [m for i, m in enumerate(members) if agreeing and i not in agreeing]
    if odd and all(any(f.amount.hedge for f in (*m.pair.value, *m.pair.count)) for m in odd):
        severity = severity.milder()
    return _implied_finding(inquiry, topic, year, members, odd, "message", severity)


def _implied_finding(
    inquiry: Inquiry,
    topic: Topic,
    year: int,
    members: list[_Implied],
    odd: list[_Implied],
    variant: str,
    severity: Severity,
) -> Verdict:
    population = inquiry.facts.catalogue.by_key[topic.indicator].name
    steps = [_implied_step(m) for m in sorted(members, key=lambda m: m.interval(Rounding.NEAREST).low or 0)]
    agreeing = [m for m in members if odd and not any(m is o for o in odd)]
    odd_texts = [m.figure.mention.text for m in odd]
    agreeing_texts = [m.figure.mention.text for m in agreeing]
    if odd:
        conclusion = Text(
            f"{wording.listed(agreeing_texts, 'zh')} 可以同属一个人口；{wording.listed(odd_texts, 'zh')} 不能",
            f"{wording.listed(agreeing_texts, 'en')} can belong to one population; "
            f"{wording.listed(odd_texts, 'en')} cannot",
        )
    elif variant == "message":
        conclusion = Text("看不出哪一个是错的", "nothing tells which one is wrong")
    else:
        conclusion = Text("末位截断或差一个单位时可以一致", "they agree if the last digit was cut off or is one off")
    figures = [f for m in members for f in (*m.pair.value, *m.pair.count)]
    scope = topic.scope or inquiry.facts.plan.region
    called = Text(population.zh, population.en[:1].lower() + population.en[1:])
    shown: dict[str, str | Text] = {
        "scope": scope,
        "year": str(year),
        "population": called,
        "values": wording.both_listed([m.figure.mention.text for m in members]),
        "conclusion": conclusion,
    }
    advice = (OTHER_PEOPLE,) if variant == "message" else ()
    return fails(figures, shown, (*steps, conclusion, *advice), variant=variant, severity=severity)


OTHER_PEOPLE = Text(
    "若所用人口不同（常住、户籍、服务人口），请在规划中用 base 写明人口口径，就不再互相比较",
    "if they rest on different populations (常住, 户籍, 服务), say so with `base` in the plan: "
    "then they are not compared",
)


def _implied_step(member: _Implied) -> Text:
    value, count = member.figure, member.pair.count[0]
    interval = member.interval(Rounding.NEAREST)
    low, high = interval.low or 0, interval.high or 0
    large = high >= 10**4
    shown = wording.span(interval, 10**4, 2) if large else wording.span(interval, 1, 0)
    name = value.statement.name
    return (
        Text(
            f"{name}：{count.mention.text} ÷ {value.mention.text} → {shown} {'万人' if large else '人'}",
            f"{name}: {count.mention.text} ÷ {value.mention.text} → {shown}{' × 10,000' if large else ''} people",
        )
        if low or high
        else Text(name, name)
    )


IMPLIED = Question(
    {},
    {
        variant: frozenset({"scope", "year", "population", "values", "conclusion"})
        for variant in ("message", "rounding")
    },
    ask_implied,
    SYMBOLS,
)
