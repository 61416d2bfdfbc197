"""Do count, population and density fit together?

The formula is the rule's; which figures stand for its symbols follows from the catalogue: an indicator with a
numerator and a denominator is `value`, its numerator `count`, its denominator `population`.
"""

from __future__ import annotations

from collections.abc import Iterator

from planlint import formula, wording
from planlint.amounts import Rounding
from planlint.facts import Figure
from planlint.findings import Severity, Text
from planlint.questions.densities import SYMBOLS, Pair, base_interval, pairs, reported_in, shorter
from planlint.verdicts import Inquiry, Options, Question, Relation, Verdict, fails, first_rounding, name_of, undecided


def ask_identity(inquiry: Inquiry, options: Options) -> Iterator[Verdict]:
    """Put the formula to every density whose count and population are both printed."""
    relation = options.formula
    for population_topic, year, pair in inquiry.once(pairs):
        populations = reported_in(inquiry, population_topic, year)
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


def _check(pair: Pair, population: list[Figure], relation: Relation, options: Options) -> Verdict | None:
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
    pair: Pair, population: list[Figure], relation: Relation, variant: str, severity: Severity
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
        "implied": f"1:{wording.rounded(middle)}" if unit.name == "比" else f"{wording.rounded(middle)} {unit.name}",
        "unit": unit.name,
        "year": str(value.year),
    }
    text = (
        f"{count.mention.text} ÷ {people.mention.text} = {wording.span(shorter(implied))} {unit.name}",
        f"{value.mention.text} ∈ {wording.span(value.interval(Rounding.NEAREST))} {unit.name}",
    )
    steps = tuple(Text(t, t) for t in text)
    return fails([*pair.value, *pair.count, *population], shown, steps, variant=variant, severity=severity)


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
