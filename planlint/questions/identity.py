"""Do count, population and density fit together, and do all densities imply one population?

The formula is the rule's; which figures stand for its symbols follows from the catalogue: an indicator with a
numerator and a denominator is `value`, its numerator `count`, its denominator `population`.
"""

from __future__ import annotations

from collections.abc import Iterator

from msgspec import Struct, field

from planlint import formula, wording
from planlint.amounts import Kind, Rounding
from planlint.facts import Figure, Standing, Topic
from planlint.findings import Severity, Text
from planlint.intervals import Interval, largest_agreement
from planlint.verdicts import Inquiry, Options, Question, Relation, Verdict, fails, first_rounding, name_of, undecided

SYMBOLS = frozenset({"value", "count", "population"})


def base_interval(figure: Figure, rounding: Rounding) -> Interval:
    """Return a figure's interval in base units of its dimension: 10.15 人/千人口 is 0.01015 人 a resident."""
    return figure.interval(rounding).times(figure.indicator.unit.factor)


class _Pair(Struct, frozen=True):
    """A density or share with the count it was made from: same scope, population and year."""

    value: list[Figure]
    count: list[Figure]


def _reported(figures: list[Figure], year: int) -> list[list[Figure]]:
    """Return the measured figures of a year, one group for each distinct value, the most precise printing first."""
    groups: list[list[Figure]] = []
    for figure in figures:
        if figure.standing is Standing.REPORTED and figure.year == year and figure.is_measured:
            if figure.amount.kind is Kind.VALUE and not figure.amount.operator.value:
                same = next((group for group in groups if group[0].value == figure.value), None)
                if same is not None:
                    same.append(figure)
                else:
                    groups.append([figure])
    for group in groups:
        # 2 人 and 2.0 人 are one value; the more precise printing is the one to judge by, wherever it stands.
        group.sort(key=lambda figure: figure.amount_step)
    return groups


def _topics_of(inquiry: Inquiry, topic: Topic, value: Figure) -> tuple[Topic, Topic] | None:
    """Return the topics of the count and of the population that belong to a density's topic."""
    indicator = value.indicator
    population = indicator.denominator
    if topic.base:
        population = inquiry.facts.catalogue.population_of(topic.base)
    if not indicator.numerator or not population:
        return None
    # A density with its population in the name takes a count that names it, or none.
    count = Topic(indicator.numerator, topic.scope, topic.base)
    if topic.base and count not in inquiry.facts.by_topic and indicator.kind == "density":
        count = Topic(indicator.numerator, topic.scope, "")
    return count, Topic(population, topic.scope, "")


def _pairs(inquiry: Inquiry) -> list[tuple[Topic, int, _Pair]]:
    """Return every density with its count, by population and year."""
    return list(_find_pairs(inquiry))


def _find_pairs(inquiry: Inquiry) -> Iterator[tuple[Topic, int, _Pair]]:
    for topic, all_figures in inquiry.facts.by_topic.items():
        if not all_figures[0].indicator.numerator:
            continue
        found = _topics_of(inquiry, topic, all_figures[0])
        if found is None:
            continue
        count_topic, population_topic = found
        counts = inquiry.about(count_topic)
        figures = inquiry.usable(all_figures)
        for year in sorted({f.year for f in figures if f.standing is Standing.REPORTED}):
            for value in _reported(figures, year):
                for count in _reported(counts, year) or [[]]:
                    yield population_topic, year, _Pair(value, count)


def ask_identity(inquiry: Inquiry, options: Options) -> Iterator[Verdict]:
    """Put the formula to every density whose count and population are both printed."""
    relation = options.formula
    for population_topic, year, pair in inquiry.once(_pairs):
        populations = _reported(inquiry.about(population_topic), year)
        if not pair.count:
            continue
        if not populations:
            name = inquiry.facts.catalogue.by_key[population_topic.indicator].name
            yield undecided(
                [*pair.value, *pair.count],
                Text(f"没有印出{year}年{name.zh}", f"{name.en} of {year} is not printed"),
            )
            continue
        for population in populations:
            found = _check(pair, population, relation, options)
            if found is not None:
                yield found


def _check(pair: _Pair, population: list[Figure], relation: Relation, options: Options) -> Verdict | None:
    value, count, people = pair.value[0], pair.count[0], population[0]

    def fits(rounding: Rounding) -> bool:
        values = {
            "value": base_interval(value, rounding),
            "count": base_interval(count, rounding),
            "population": base_interval(people, rounding),
        }
        return formula.evaluate(relation.solutions["value"], values, {}).meets(values["value"])

    try:
        tier = first_rounding(fits)
    except ZeroDivisionError:
        return undecided([value, count, people], Text("分母可能为零", "the denominator may be zero"))
    if tier is Rounding.NEAREST:
        return None
    if tier is not None:
        return _identity_finding(pair, population, relation, "rounding", Severity.INFO)
    severity = options.severity
    if any(f.amount.hedge for f in (value, count, people)):
        severity = severity.milder()
    return _identity_finding(pair, population, relation, "message", severity)


def _identity_finding(
    pair: _Pair, population: list[Figure], relation: Relation, variant: str, severity: Severity
) -> Verdict:
    value, count, people = pair.value[0], pair.count[0], population[0]
    intervals = {
        "value": base_interval(value, Rounding.NEAREST),
        "count": base_interval(count, Rounding.NEAREST),
        "population": base_interval(people, Rounding.NEAREST),
    }
    unit = value.indicator.unit
    implied = formula.evaluate(relation.solutions["value"], intervals, {}).times(1 / unit.factor)
    middle = count.value * count.indicator.unit.factor / (people.value * people.indicator.unit.factor) / unit.factor
    shown: dict[str, str | Text] = {
        "name": name_of(value),
        "value": value.mention.text,
        "count": count.mention.text,
        "population": people.mention.text,
        "population_name": people.statement.name,
        "count_name": count.statement.name,
        "implied": f"{wording.rounded(middle)}",
        "unit": unit.name,
        "year": str(value.year),
    }
    text = (
        f"{count.mention.text} ÷ {people.mention.text} = {wording.span(_shorter(implied))} {unit.name}",
        f"{value.mention.text} ∈ {wording.span(value.interval(Rounding.NEAREST))} {unit.name}",
    )
    steps = tuple(Text(t, t) for t in text)
    return fails([*pair.value, *pair.count, *population], shown, steps, variant=variant, severity=severity)


def _shorter(interval: Interval) -> Interval:
    """Return an interval whose ends have few digits and which is not narrower, for show only."""
    from planlint.exact import Fraction

    def cut(end: Fraction | None, up: int) -> Fraction | None:
        if end is None:
            return None
        scale = 1
        while abs(end) * scale < 10**5 and scale < 10**9:
            scale *= 10
        exact = end * scale
        return Fraction(
            -((-exact.numerator) // exact.denominator) if up else exact.numerator // exact.denominator, scale
        )

    return Interval(cut(interval.low, 0), cut(interval.high, 1))


class _Implied(Struct, frozen=True):
    """What a density and its count say of the population that nobody printed."""

    pair: _Pair
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
    for population_topic, year, pair in inquiry.once(_pairs):
        if not pair.count:
            continue
        if _reported(inquiry.about(population_topic), year):
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


def _imply(pair: _Pair, relation: Relation, rounding: Rounding) -> Interval:
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
    return fails(figures, shown, (*steps, conclusion), variant=variant, severity=severity)


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


IDENTITY = Question(
    {},
    {
        variant: frozenset(
            {"name", "value", "count", "population", "population_name", "count_name", "implied", "unit", "year"}
        )
        for variant in ("message", "rounding")
    },
    ask_identity,
    SYMBOLS,
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
