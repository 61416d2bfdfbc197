"""Did a value go where the verb says: up, down, nowhere, twice as high, each year?"""

from __future__ import annotations

from collections.abc import Iterator

from planlint import wording
from planlint.amounts import Kind, Rounding
from planlint.exact import Fraction
from planlint.facts import Assertion, Operand
from planlint.findings import Severity, Text
from planlint.questions import claims
from planlint.questions.merging import merged
from planlint.questions.terms import Terms, claimed, finding, is_pending, polarity_of, subject_of, terms_of, text_of
from planlint.questions.words import Said, Way, verb
from planlint.verdicts import Inquiry, Options, Question, Verdict, first_rounding

_MUCH = Fraction(1, 10)


def _word(assertion: Assertion) -> str:
    """Return the verb of a change; where only a word stands for the amount of it (由…下降至…), that word."""
    terms = assertion.claim.terms
    if "verb" in terms:
        return terms["verb"].text
    by = assertion.operands.get("by")
    return by.amount.text if by is not None and by.amount.kind is Kind.WORDS else ""


def _direction(said: Said, polarity: str) -> Way | None:
    """Return up or down for a verb that says better or worse; None where the direction of the indicator is open."""
    if said.way not in (Way.BETTER, Way.WORSE):
        return said.way
    if not polarity:
        return None
    return Way.UP if (polarity == "higher") == (said.way is Way.BETTER) else Way.DOWN


def ask_verb(inquiry: Inquiry, options: Options) -> Iterator[Verdict]:
    """Put the question to every change with a verb; where an amount stands beside it, only which way it went."""
    return merged(_ask_verb(inquiry, options))


def _ends(assertion: Assertion) -> tuple[Operand | None, Operand | None]:
    """Return where a change begins and ends; of a series the first and the last value."""
    items = assertion.items
    first, last = (items[0], items[-1]) if len(items) > 1 else (None, None)
    return assertion.operands.get("from") or first, assertion.operands.get("to") or last


def _ask_verb(inquiry: Inquiry, options: Options) -> Iterator[Verdict]:
    for assertion in claimed(inquiry, "change"):
        word = _word(assertion)
        said = verb(word) if word else None
        by = assertion.operands.get("by")
        if said is None:
            continue
        by_much = by is not None and (by.amount.number is not None or by.amount.change is not None)
        if by_much and ("verb" not in assertion.claim.terms or said.way in (Way.SAME, Way.DOUBLED)):
            continue
        if assertion.items and said.each and said.way is not Way.SAME:
            # Every step is looked at by itself.
            continue
        start, end = _ends(assertion)
        if start is None or end is None or is_pending(start) or is_pending(end):
            if by_much:
                # Whoever asks by how much says so already.
                continue
            missing = ("起点", "start") if start is None or is_pending(start) else ("终点", "end")
            yield claims.undecided(
                assertion, f"没有印出{missing[0]}的数值", f"the value at the {missing[1]} is not printed"
            )
            continue
        operands = [start, end]
        if claims.spoiled(inquiry, operands):
            continue
        terms, way = terms_of(inquiry, operands), _direction(said, polarity_of(assertion, operands))
        if by_much and (terms is None or way is None):
            continue
        if terms is None:
            yield claims.undecided(assertion, "两个数的单位不同，不能相比", "the two values cannot be compared")
        elif way is None:
            yield claims.undecided(assertion, "不知道这个指标升还是降才算好", "which direction is better is not known")
        else:
            yield from _judge(assertion, terms, word, said, way, options)


def _judge(assertion: Assertion, terms: Terms, word: str, said: Said, way: Way, options: Options) -> Iterator[Verdict]:
    severity = options.severity.milder() if terms.is_hedged or said.hedged else options.severity
    if way is Way.SAME:
        yield from _unchanged(assertion, terms, word)
    elif way is Way.DOUBLED:
        yield from _doubled(assertion, terms, word, said, severity)
    else:
        tier = _goes(terms, 0, 1, way)
        if tier is None:
            yield _finding(assertion, terms, word, "message", severity)
        elif terms.value(0) == terms.value(1) and not _is_bound(terms):
            yield _finding(assertion, terms, word, "equal", severity.milder())
        elif tier is not Rounding.NEAREST:
            yield _finding(assertion, terms, word, "rounding", Severity.INFO)


def _is_bound(terms: Terms) -> bool:
    """Tell whether a sign or a word makes one of the values a bound: 提高到90%以上 may be 95."""
    return any(o.amount.operator.value or o.amount.kind is Kind.RANGE for o in terms.operands)


def _goes(terms: Terms, first: int, second: int, way: Way) -> Rounding | None:
    """Return the strictest tier of rounding under which a step may go up or down, None where it cannot."""

    def may(rounding: Rounding) -> bool:
        before, after = terms.interval(first, rounding), terms.interval(second, rounding)
        return not (after.below(before) if way is Way.UP else before.below(after))

    return first_rounding(may)


def _unchanged(assertion: Assertion, terms: Terms, word: str) -> Iterator[Verdict]:
    before, after = terms.value(0), terms.value(1)
    if first_rounding(lambda rounding: terms.interval(0, rounding).meets(terms.interval(1, rounding))) is not None:
        return
    if abs(after - before) > abs(before) * _MUCH:
        yield _finding(assertion, terms, word, "kept", Severity.INFO)


def _doubled(assertion: Assertion, terms: Terms, word: str, said: Said, severity: Severity) -> Iterator[Verdict]:
    factor = Fraction(2**said.times)
    tier = first_rounding(
        lambda rounding: not terms.interval(1, rounding).below(terms.interval(0, rounding).times(factor))
    )
    if tier is None:
        yield _finding(assertion, terms, word, "doubled", severity)
    elif tier is not Rounding.NEAREST:
        yield _finding(assertion, terms, word, "rounding", Severity.INFO)


def _finding(assertion: Assertion, terms: Terms, word: str, variant: str, severity: Severity) -> Verdict:
    before, after = terms.value(0), terms.value(1)
    start, end = (text_of(operand) for operand in terms.operands)
    gap = terms.difference(abs(after - before))
    sign = "<" if before < after else ">" if before > after else "="
    times = wording.rounded(after / before, 4) if before else ""
    steps = [Text(f"{start} {sign} {end}，相差 {gap.zh}", f"{start} {sign} {end}, a gap of {gap.en}")]
    if variant == "doubled" and times:
        steps = [Text(f"{end} ÷ {start} = {times} 倍", f"{end} ÷ {start} = {times}")]
    shown: dict[str, str | Text] = {
        "name": subject_of(assertion),
        "verb": word,
        "from": start,
        "to": end,
        "gap": gap,
    }
    return finding(assertion, list(terms.operands), shown, tuple(steps), variant=variant, severity=severity)


def verb_of(assertion: Assertion) -> Said | None:
    """Return what the verb of a change says, None where it has none that is known, or no values to hold it against."""
    word = _word(assertion) if None not in _ends(assertion) else ""
    return verb(word) if word else None


def ask_series(inquiry: Inquiry, options: Options) -> Iterator[Verdict]:
    """Put the question to every series of values that a word such as 逐年 says to go one way."""
    return merged(_ask_series(inquiry, options))


def _ask_series(inquiry: Inquiry, options: Options) -> Iterator[Verdict]:
    for assertion in claimed(inquiry, "change"):
        items = list(assertion.items)
        word = _word(assertion)
        said = verb(word) if word and items else None
        if said is None or not said.each or said.way in (Way.SAME, Way.DOUBLED):
            continue
        if any(is_pending(item) for item in items):
            yield claims.undecided(assertion, "有一年的数值没有印出", "the value of some year is not printed")
            continue
        if len(items) < 2 or claims.spoiled(inquiry, items):
            continue
        terms, way = terms_of(inquiry, items), _direction(said, polarity_of(assertion, items))
        if terms is None or way is None:
            yield claims.undecided(assertion, "不知道这些数能否相比", "whether the values can be compared is not known")
            continue
        yield from _judge_series(assertion, terms, word, said, way, options)


def _judge_series(
    assertion: Assertion, terms: Terms, word: str, said: Said, way: Way, options: Options
) -> Iterator[Verdict]:
    severity = options.severity.milder() if terms.is_hedged or said.hedged else options.severity
    against: list[int] = []
    equal: list[int] = []
    for index in range(1, len(terms.operands)):
        if _goes(terms, index - 1, index, way) is None:
            against.append(index)
        elif terms.value(index - 1) == terms.value(index):
            equal.append(index)
    if against:
        yield _series_finding(assertion, terms, word, [*against, *equal], "message", severity)
    elif equal:
        yield _series_finding(assertion, terms, word, equal, "equal", severity.milder())
    # 连续五年 are five steps, or the four steps between five values.
    if said.steps is not None and len(terms.operands) not in (said.steps, said.steps + 1):
        yield _series_finding(assertion, terms, word, [], "count", severity.milder())


def _series_finding(
    assertion: Assertion, terms: Terms, word: str, indexes: list[int], variant: str, severity: Severity
) -> Verdict:
    texts = [text_of(operand) for operand in terms.operands]
    steps = []
    for index in sorted(indexes):
        before, after = terms.value(index - 1), terms.value(index)
        sign = "<" if before < after else ">" if before > after else "="
        steps.append(Text(*(2 * [f"{texts[index - 1]} {sign} {texts[index]}"])))
    shown: dict[str, str | Text] = {
        "name": subject_of(assertion),
        "verb": word,
        "values": wording.both_listed(texts),
        "steps": wording.both_listed([step.zh for step in steps]),
        "count": str(len(texts)),
    }
    return finding(assertion, list(terms.operands), shown, tuple(steps), variant=variant, severity=severity)


_VERB_SHOWN = frozenset({"name", "verb", "from", "to", "gap"})
VERB = Question({}, dict.fromkeys(("message", "equal", "rounding", "kept", "doubled"), _VERB_SHOWN), ask_verb)
_SERIES_SHOWN = frozenset({"name", "verb", "values", "count"})
SERIES = Question(
    {},
    {"message": _SERIES_SHOWN | {"steps"}, "equal": _SERIES_SHOWN | {"steps"}, "count": _SERIES_SHOWN},
    ask_series,
)
