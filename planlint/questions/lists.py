"""Are there as many names as a list says, each once, and the same ones wherever they are listed?"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from planlint import amounts, names, wording
from planlint.amounts import Rounding
from planlint.exact import Fraction
from planlint.facts import Assertion, Operand
from planlint.findings import Mention, Origin, Severity, Text
from planlint.intervals import Interval, point
from planlint.numerals import CHARACTERS, NotANumeral, read_numeral
from planlint.patterns import pattern
from planlint.questions import claims
from planlint.spelling import nearest
from planlint.statements import Term
from planlint.verdicts import Answer, Inquiry, Options, Question, Verdict

_LARGEST = 50
"""百强 and 千村 name no list of a hundred or a thousand things."""
_COLLECTIVE = frozenset({"批", "组", "套"})
"""一批 and 一组 are said of any number of things."""
_JOINED = "、和与及"
"""What may join several names in one printed item (危重儿童和新生儿救治)."""


_LIMIT = pattern(r"及其?(?=以[上下])")
"""15岁及以上 joins nothing."""


def item_mention(assertion: Assertion, term: Term) -> Mention:
    """Return a name of a list as a finding cites it."""
    origin = Origin(assertion.mention.origin.document, assertion.claim.lines, assertion.claim.quote)
    id_ = f"{assertion.id}/{names.fold(term.text)}"
    return Mention(id_, assertion.claim.subject, "claim", assertion.claim.year, term.text, term.place, origin)


def stated_count(operand: Operand) -> Interval | None:
    """Return how many things a count stands for: 7 家, 五大, 三病, 40多个; None where no number can be read."""
    amount = operand.amount
    if operand.is_number and amount.number is not None:
        if amount.number.value.denominator != 1 or amount.unit in _COLLECTIVE:
            return None
        return amounts.measured(amount, Rounding.NEAREST, exact=True)
    length = next((i for i, c in enumerate(amount.text) if c not in CHARACTERS), len(amount.text))
    if any(c in CHARACTERS for c in amount.text[length:]):
        # 四梁八柱 and 三会一课 count two sorts of things.
        return None
    try:
        number = read_numeral(amount.text[:length])
    except NotANumeral:
        return None
    # 一系列 and 一体 count nothing.
    return point(number) if 1 < number <= _LARGEST else None


def _is_table(assertion: Assertion) -> bool:
    """Tell whether a list is that of a table's rows, each of which is one thing whatever its name joins."""
    return assertion.claim.place == assertion.claim.terms["count"].place


def _alike(assertions: list[Assertion]) -> list[list[Assertion]]:
    """Return claims grouped where a second report prints them again, word for word."""
    groups: dict[object, list[Assertion]] = {}
    for assertion in assertions:
        claim = assertion.claim
        count = assertion.operands["count"].amount.text if "count" in assertion.operands else ""
        items = tuple(names.fold(item.text) for item in claim.items)
        against = tuple(names.fold(item.text) for item in claim.against)
        key = (names.fold(claim.subject), claim.scope, claim.year, count, items, against)
        groups.setdefault(key, []).append(assertion)
    return list(groups.values())


def _lists(inquiry: Inquiry) -> list[list[Assertion]]:
    """Return the list claims of a plan that could be read, repeats together."""
    return _alike([a for a in claims.of_kind(inquiry, "list") if a.is_complete])


def _undecided(group: list[Assertion], because: Text) -> Verdict:
    return Verdict(Answer.UNDECIDED, tuple(a.mention for a in group), {}, because=because)


# -- as many as stated


def ask_length(inquiry: Inquiry, options: Options) -> Iterator[Verdict]:
    """Put the question to every list that says how many things it names."""
    for group in inquiry.once(_lists):
        first = group[0]
        operand = first.operands.get("count")
        if operand is None or (operand.figure is not None and operand.figure in inquiry.spoiled):
            continue
        count = stated_count(operand)
        if count is None:
            yield _undecided(
                group,
                Text(
                    f"“{first.claim.subject}”没有印出数目（{operand.amount.text}）",
                    f"no number of “{first.claim.subject}” is printed ({operand.amount.text})",
                ),
            )
            continue
        yield from _judge_length(group, operand, count, options)


def _judge_length(group: list[Assertion], operand: Operand, count: Interval, options: Options) -> Iterator[Verdict]:
    claim = group[0].claim
    listed, distinct = len(claim.items), len({names.fold(item.text) for item in claim.items})
    if not listed or listed in count or distinct in count:
        # Names listed twice are another fault, and said as such.
        return
    more = count.high is not None and distinct > count.high
    if not more and "open" in claim.flags:
        return
    table = _is_table(group[0])
    if not more and not table and _joined(claim.items, count):
        yield _undecided(group, Text("一项里可能并列了几个名称", "one item may join several names"))
        return
    # Too few names without 等 may be examples; too many cannot be.
    severity = options.severity if more or table else options.severity.milder()
    if operand.amount.hedge is not None:
        severity = severity.milder()
    stated = operand.amount.number.value if operand.amount.number is not None else count.low or Fraction(0)
    shown: dict[str, str | Text] = {
        "name": claim.subject,
        "count": operand.amount.text,
        "listed": str(listed),
        "gap": wording.number(abs(stated - listed)),
    }
    texts = [item.text for item in claim.items]
    step = Text(
        f"列出 {listed} 项：{wording.listed(texts, 'zh')}", f"{listed} are listed: {wording.listed(texts, 'en')}"
    )
    cited = [a.mention for a in group]
    cited += [o.figure.mention for a in group if (o := a.operands["count"]).figure is not None]
    ordered = tuple(sorted(dict.fromkeys(cited), key=lambda mention: (mention.place, mention.id)))
    yield Verdict(Answer.FAILS, ordered, shown, (step,), variant="more" if more else "message", severity=severity)


def _joined(items: Sequence[Term], count: Interval) -> bool:
    """Tell whether the items would be as many as stated if one or more of them joined several names."""
    texts = [_LIMIT.sub("", item.text) for item in items]
    most = len(items) + sum(text.count(mark) for text in texts for mark in _JOINED)
    return count.low is not None and most >= count.low


# -- each once


def repeated_names(terms: Sequence[Term]) -> list[list[Term]]:
    """Return the names that stand more than once among some terms; bare numbers are none."""
    groups: dict[str, list[Term]] = {}
    for term in terms:
        folded = names.fold(term.text)
        if folded and not folded.isdigit():
            groups.setdefault(folded, []).append(term)
    return [group for group in groups.values() if len(group) > 1]


def ask_once(inquiry: Inquiry, options: Options) -> Iterator[Verdict]:
    """Ask every list of names in a text whether a name stands in it twice."""
    for group in inquiry.once(_lists):
        first = group[0]
        if "count" in first.claim.terms and _is_table(first):
            continue
        for many in (first.claim.items, first.claim.against):
            twice = repeated_names(many)
            if twice:
                yield _twice(group, many, twice)


def _twice(group: list[Assertion], many: Sequence[Term], twice: list[list[Term]]) -> Verdict:
    first = group[0]
    wanted = {names.fold(terms[0].text) for terms in twice}
    cited = []
    for assertion in group:
        terms = assertion.claim.items if many is first.claim.items else assertion.claim.against
        cited += [item_mention(assertion, term) for term in terms if names.fold(term.text) in wanted]
    distinct = len({names.fold(term.text) for term in many})
    shown: dict[str, str | Text] = {
        "name": first.claim.subject,
        "items": wording.both_listed([terms[0].text for terms in twice]),
        "times": wording.both_listed([str(len(terms)) for terms in twice]),
    }
    step = Text(
        f"列出 {len(many)} 项，不同的只有 {distinct} 项",
        f"{len(many)} items are listed, only {distinct} of them different",
    )
    return Verdict(Answer.FAILS, tuple(cited), shown, (step,))


# -- the same ones elsewhere


def ask_same(inquiry: Inquiry, options: Options) -> Iterator[Verdict]:
    """Ask every list that is printed in another place, too, whether both name the same things."""
    for group in inquiry.once(_lists):
        claim = group[0].claim
        if claim.against:
            yield from _compare(group, claim.items, claim.against, options)


def _compare(
    group: list[Assertion], left: Sequence[Term], right: Sequence[Term], options: Options
) -> Iterator[Verdict]:
    only_left, only_right = _unmatched(left, right)
    near = _near(only_left, only_right)
    only_left = [term for term in only_left if all(term is not pair[0] for pair in near)]
    only_right = [term for term in only_right if all(term is not pair[1] for pair in near)]
    first = group[0]
    if "open" in first.claim.flags and only_right:
        # After 等 any of the others may be meant.
        if not only_left and not near:
            yield _undecided(group, Text("“等”字后面的名称没有印出", "the names behind 等 are not printed"))
        only_right = []
    if not (only_left or only_right or near):
        return
    differing = bool(only_left or only_right)
    shown: dict[str, str | Text] = {
        "name": first.claim.subject,
        "differences": _differences(only_left, only_right, near),
    }
    terms = [*only_left, *only_right, *(term for pair in near for term in pair)]
    cited = [first.mention, *(item_mention(first, term) for term in terms), *(a.mention for a in group[1:])]
    variant, severity = ("message", options.severity) if differing else ("near", Severity.INFO)
    yield Verdict(Answer.FAILS, tuple(cited), shown, (), variant=variant, severity=severity)


def _unmatched(left: Sequence[Term], right: Sequence[Term]) -> tuple[list[Term], list[Term]]:
    """Return the names without their like in the other list; what all names of a list end with is left out first."""
    ends = _common_end(left), _common_end(right)
    by_left, by_right = ({_short(t, end): t for t in side} for end, side in zip(ends, (left, right), strict=True))
    full_left, full_right = ({names.fold(t.text) for t in side} for side in (left, right))
    return (
        [t for key, t in by_left.items() if key not in by_right and names.fold(t.text) not in full_right],
        [t for key, t in by_right.items() if key not in by_left and names.fold(t.text) not in full_left],
    )


def _common_end(terms: Sequence[Term]) -> str:
    folded = [names.fold(term.text) for term in terms]
    if len(folded) < 2:
        return ""
    shortest = min(map(len, folded))
    length = 0
    while length < shortest - 1 and len({name[-length - 1] for name in folded}) == 1:
        length += 1
    return folded[0][-length:] if length else ""


def _short(term: Term, end: str) -> str:
    return names.fold(term.text).removesuffix(end)


MANY = 2500
"""So many pairs of names without their like are compared letter by letter."""


def _near(left: list[Term], right: list[Term]) -> list[tuple[Term, Term]]:
    """Return the names that are most like each other and like no third."""
    if len(left) * len(right) > MANY:
        # Where hundreds differ nobody has misspelt a name, and comparing each with each takes seconds.
        return []
    free = {names.fold(term.text): term for term in right}
    pairs = []
    for term in left:
        folded = names.fold(term.text)
        # 第一附属医院 is not a way of writing 第三附属医院.
        found = nearest(folded, [name for name in free if _numbers(name) == _numbers(folded)], cutoff=0.7)
        if found:
            pairs.append((term, free.pop(found)))
    return pairs


def _numbers(folded: str) -> str:
    return "".join(c for c in folded if c in CHARACTERS or c.isdigit())


def _differences(left: list[Term], right: list[Term], near: list[tuple[Term, Term]]) -> Text:
    zh, en = [], []
    if left:
        zh.append(f"另一处没有 {wording.listed([t.text for t in left], 'zh')}")
        en.append(f"the other place lacks {wording.listed([t.text for t in left], 'en')}")
    if right:
        zh.append(f"另一处多出 {wording.listed([t.text for t in right], 'zh')}")
        en.append(f"the other place adds {wording.listed([t.text for t in right], 'en')}")
    for a, b in near:
        zh.append(f"{a.text} 在另一处写作 {b.text}")
        en.append(f"{a.text} is {b.text} in the other place")
    return Text("；".join(zh), "; ".join(en))


_LENGTH_SHOWN = frozenset({"name", "count", "listed", "gap"})
LENGTH = Question({}, {"message": _LENGTH_SHOWN, "more": _LENGTH_SHOWN}, ask_length)
_SAME_SHOWN = frozenset({"name", "differences"})
SAME = Question({}, {"message": _SAME_SHOWN, "near": _SAME_SHOWN}, ask_same)
