"""Does one value stand above, below or beside another as the plan says, and by as much?"""

from __future__ import annotations

from collections.abc import Iterator

from planlint import names
from planlint.amounts import Rounding
from planlint.exact import Fraction
from planlint.facts import Assertion, Facts, Figure, Operand, Standing
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
)
from planlint.questions.words import Said, Way, standing
from planlint.verdicts import Inquiry, Options, Question, Verdict, first_rounding

_MUCH = Fraction(1, 20)
_LEVELS = {
    "全国": "",
    "国家": "",
    "全省": "省",
    "省级": "省",
    "省内": "省",
    "全自治区": "自治区",
    "自治区": "自治区",
    "全市": "市",
    "市级": "市",
    "全州": "州",
    "州级": "州",
    "全县": "县",
    "县级": "县",
}
"""Words for a level above, and how the name of a region of that level ends; the country has no such name."""
_COUNTRY = frozenset({"全国", "中国", "国家"})
_GOALS = ("下达", "目标", "要求", "任务", "控制")


def ask_standing(inquiry: Inquiry, options: Options) -> Iterator[Verdict]:
    """Put the question to every comparison; a value that is not printed in place is looked for by its scope."""
    return merged(_ask(inquiry, options))


def _ask(inquiry: Inquiry, options: Options) -> Iterator[Verdict]:
    for assertion in claimed(inquiry, "comparison"):
        said = standing(assertion.claim.terms["is"].text)
        left, right = (assertion.operands.get(key) for key in ("left", "right"))
        if said is None or left is None or right is None:
            continue
        if is_pending(left):
            yield claims.undecided(assertion, "没有印出被比较的数值", "the value that is compared is not printed")
            continue
        found = [right] if not is_pending(right) else _others(inquiry, assertion, left, right.amount.text)
        for other in found:
            yield from _compare(inquiry, assertion, [left, other], said, options)
        if not found:
            yield claims.undecided(
                assertion,
                f"没有印出“{right.amount.text}”的数值",
                f"the value of “{right.amount.text}” is not printed",
            )


def _others(inquiry: Inquiry, assertion: Assertion, left: Operand, text: str) -> list[Operand]:
    """Return the values of the levels that a text names (全省平均水平), one of each, for the same year."""
    figure = left.figure
    indicator = figure.indicator if figure is not None else assertion.indicator
    year = figure.year if figure is not None else assertion.claim.year
    if indicator is None or year is None:
        return []
    found: list[Operand] = []
    for scopes in _scopes(inquiry.facts, text):
        figures = [
            f
            for f in _printed(inquiry.facts, scopes, text)
            if f.indicator.key == indicator.key and f.year == year and f.is_measured and f not in inquiry.spoiled
        ]
        # Two values of one level are a matter of agreement; nothing is compared with either.
        if figures and len({f.value for f in figures}) == 1:
            first = figures[0]
            found.append(Operand(first.amount, first.unit, first, first.statement.place))
    return found


def _scopes(facts: Facts, text: str) -> Iterator[frozenset[str]]:
    """Yield the folded names that each level named in a text may have."""
    plain = names.fold(text)
    seen: set[frozenset[str]] = set()
    for word, ending in _LEVELS.items():
        if word not in plain:
            continue
        above = {names.fold(name) for name in facts.plan.within}
        scopes = frozenset({word} | ({n for n in above if n.endswith(ending)} if ending else _COUNTRY))
        named = scopes - {word} or scopes
        if named not in seen:
            seen.add(named)
            yield scopes
    for name in facts.plan.within:
        folded = names.fold(name)
        if folded in plain and not any(folded in scopes for scopes in seen):
            yield frozenset({folded})


def _printed(facts: Facts, scopes: frozenset[str], text: str) -> Iterator[Figure]:
    """Yield the figures of some scopes, of the plan itself and of the plans that it is held against."""
    goal = any(word in text for word in _GOALS)
    wanted = {Standing.ASSIGNED} if goal else {Standing.REFERENCE}
    if not goal and "平均" not in text and "水平" not in text:
        wanted.add(Standing.ASSIGNED)
    for figure in facts.figures:
        if figure.standing in wanted and figure.topic.scope in scopes:
            yield figure
    for other in facts.references:
        if names.fold(other.plan.region) in scopes:
            standing_ = Standing.TARGET if goal else Standing.REPORTED
            yield from (f for f in other.figures if not f.topic.scope and f.standing is standing_)


def _compare(
    inquiry: Inquiry, assertion: Assertion, operands: list[Operand], said: Said, options: Options
) -> Iterator[Verdict]:
    if claims.spoiled(inquiry, operands):
        return
    terms, way = terms_of(inquiry, operands), _way(said, polarity_of(assertion, operands))
    if terms is None:
        yield claims.undecided(assertion, "两个数的单位不同，不能相比", "the two values cannot be compared")
    elif way is None:
        yield claims.undecided(assertion, "不知道这个指标高还是低才算好", "which direction is better is not known")
    else:
        severity = options.severity.milder() if terms.is_hedged or said.hedged else options.severity
        wrong = _judge(assertion, terms, said, way, severity)
        if wrong is not None:
            yield wrong
        elif "by" in assertion.operands and way in (Way.UP, Way.DOWN):
            yield from _judge_gap(assertion, terms, way, severity)


def _way(said: Said, polarity: str) -> Way | None:
    """Return a comparison in terms of up and down; None where the direction of the indicator is open."""
    if said.way not in (Way.BETTER, Way.WORSE, Way.REACHED):
        return said.way
    if not polarity:
        return None
    if said.way is Way.REACHED:
        return Way.AT_LEAST if polarity == "higher" else Way.AT_MOST
    return Way.UP if (polarity == "higher") == (said.way is Way.BETTER) else Way.DOWN


def _judge(assertion: Assertion, terms: Terms, said: Said, way: Way, severity: Severity) -> Verdict | None:
    """Return what is wrong with the direction of a comparison, None where nothing is."""
    upward = way in (Way.UP, Way.AT_LEAST)

    def may(rounding: Rounding) -> bool:
        left, right = terms.interval(0, rounding), terms.bound(1, rounding)
        if way is Way.SAME:
            return left.meets(right)
        return not (left.below(right) if upward else right.below(left))

    tier = first_rounding(may)
    if tier is None:
        if way is Way.SAME and said.hedged and abs(terms.value(0) - terms.value(1)) <= abs(terms.value(1)) * _MUCH:
            return None
        return _finding(assertion, terms, "same" if way is Way.SAME else "message", severity)
    if way in (Way.UP, Way.DOWN) and terms.value(0) == terms.value(1) and not terms.operands[0].amount.operator.value:
        return _finding(assertion, terms, "equal", severity.milder())
    if tier is not Rounding.NEAREST:
        return _finding(assertion, terms, "rounding", Severity.INFO)
    return None


def _judge_gap(assertion: Assertion, terms: Terms, way: Way, severity: Severity) -> Iterator[Verdict]:
    """Yield what is wrong with the difference that a comparison states (高于全省 4.4 岁)."""
    by = assertion.operands["by"]
    if not by.is_number:
        return
    unit = terms.operands[0].figure.indicator.unit if terms.as_figures and terms.operands[0].figure else terms.unit
    points = by.amount.unit.endswith("百分点")
    percent = unit is not None and unit.name == "%"
    if points and not percent:
        yield claims.undecided(assertion, "相比的不是百分比", "what is compared is no percentage")
        return
    factor = Fraction(1) if terms.as_figures or unit is None else 1 / unit.factor

    high, low = (0, 1) if way is Way.UP else (1, 0)

    def gap(rounding: Rounding) -> Interval:
        return (terms.interval(high, rounding) - terms.interval(low, rounding)).times(factor)

    def stated(rounding: Rounding) -> Interval:
        if points or by.unit is None or unit is None or by.unit.name == unit.name:
            return claims.interval(by, None, rounding).times(1 if points or by.unit is None else 1 / by.unit.factor)
        return by.interval(rounding).times(1 / unit.factor)

    def relative(rounding: Rounding) -> bool:
        base = terms.interval(1, rounding).times(factor)
        return gap(rounding).meets(base * by.interval(rounding))

    is_share = by.unit is not None and by.unit.is_scale and not points
    if is_share and not percent and not (unit is not None and unit.is_scale):
        tier = first_rounding(relative) if terms.value(1) > 0 else Rounding.NEAREST
    elif not points and by.unit is not None and unit is not None and by.unit.dimension != unit.dimension:
        if not _counts_alike(by, terms):
            yield claims.undecided(assertion, "差额的单位不同", "the difference has another unit")
            return
        tier = first_rounding(lambda rounding: gap(rounding).meets(_plain(by, rounding)))
    else:
        tier = first_rounding(lambda rounding: gap(rounding).meets(stated(rounding)))
        if is_share and percent:
            if tier is not None:
                yield _gap_finding(assertion, terms, by, "points", severity.milder())
                return
            tier = first_rounding(relative) if terms.value(1) > 0 else None
    yield from _in_tier(assertion, terms, by, tier, severity)


def _in_tier(
    assertion: Assertion, terms: Terms, by: Operand, tier: Rounding | None, severity: Severity
) -> Iterator[Verdict]:
    """Yield what a tier of rounding makes of a stated difference; nothing where it holds."""
    if tier is None:
        loose = severity.milder() if by.amount.hedge is not None else severity
        yield _gap_finding(assertion, terms, by, "gap", loose)
    elif tier is not Rounding.NEAREST:
        yield _gap_finding(assertion, terms, by, "rounding", Severity.INFO)


def _counts_alike(by: Operand, terms: Terms) -> bool:
    """Tell whether a difference has the counter of the density that is compared (高 1.2 人 per thousand)."""
    figure = terms.operands[0].figure
    return figure is not None and figure.indicator.kind == "density" and figure.factor == 1 and terms.as_figures


def _plain(by: Operand, rounding: Rounding) -> Interval:
    """Return a difference in its own printed unit."""
    found = by.interval(rounding)
    return found.times(1 / by.unit.factor) if by.unit is not None else found


def _sign(terms: Terms) -> str:
    left, right = terms.value(0), terms.value(1)
    return "<" if left < right else ">" if left > right else "="


def _finding(assertion: Assertion, terms: Terms, variant: str, severity: Severity) -> Verdict:
    left, right = (text_of(operand) for operand in terms.operands)
    gap = terms.difference(abs(terms.value(0) - terms.value(1)))
    sign = _sign(terms)
    steps = (Text(f"{left} {sign} {right}，相差 {gap.zh}", f"{left} {sign} {right}, a gap of {gap.en}"),)
    shown: dict[str, str | Text] = {
        "name": subject_of(assertion),
        "left": left,
        "right": right,
        "said": assertion.claim.terms["is"].text,
        "by": "",
        "gap": gap,
    }
    return finding(assertion, list(terms.operands), shown, steps, variant=variant, severity=severity)


def _gap_finding(assertion: Assertion, terms: Terms, by: Operand, variant: str, severity: Severity) -> Verdict:
    left, right = (text_of(operand) for operand in terms.operands)
    gap = terms.difference(abs(terms.value(0) - terms.value(1)))
    step = Text(f"{left} 与 {right} 相差 {gap.zh}", f"{left} and {right} differ by {gap.en}")
    shown: dict[str, str | Text] = {
        "name": subject_of(assertion),
        "left": left,
        "right": right,
        "said": assertion.claim.terms["is"].text,
        "by": by.amount.text,
        "gap": gap,
    }
    return finding(assertion, [*terms.operands, by], shown, (step,), variant=variant, severity=severity)


_SHOWN = frozenset({"name", "left", "right", "said", "by", "gap"})
STANDING = Question({}, dict.fromkeys(("message", "same", "equal", "gap", "points", "rounding"), _SHOWN), ask_standing)
