"""Are all covered where the plan says that all are?"""

from __future__ import annotations

from collections.abc import Iterator

from planlint import wording
from planlint.amounts import Rounding
from planlint.exact import Fraction
from planlint.facts import Assertion
from planlint.findings import Severity, Text
from planlint.intervals import point
from planlint.questions import claims
from planlint.questions.merging import merged
from planlint.questions.terms import Terms, claimed, finding, is_pending, subject_of, terms_of, text_of, with_figure
from planlint.questions.words import is_whole
from planlint.verdicts import Inquiry, Options, Question, Verdict, first_rounding

_NEARLY = Fraction(1, 20)
_WORDS = {"comparison": (("is",), "left"), "verdict": (("is",), "value"), "change": (("verb", "by"), "to")}


def ask_whole(inquiry: Inquiry, options: Options) -> Iterator[Verdict]:
    """Put the question to every claim that says 全覆盖 or 全部: its value must be able to be 100 %."""
    return merged(_ask_whole(inquiry, options))


def _ask_whole(inquiry: Inquiry, options: Options) -> Iterator[Verdict]:
    for assertion in claimed(inquiry, *_WORDS):
        said = said_of_whole(assertion)
        if not said:
            continue
        value = with_figure(inquiry, assertion.operands.get(_WORDS[assertion.claim.kind][1]))
        if value is None or is_pending(value):
            yield claims.undecided(assertion, "没有印出覆盖的比例", "the share that is covered is not printed")
            continue
        terms = terms_of(inquiry, [value])
        unit = value.figure.indicator.unit if value.figure is not None else value.unit
        if terms is None or unit is None or unit.name != "%" or claims.spoiled(inquiry, [value]):
            continue
        yield from _judge_whole(assertion, terms, said, options)


def said_of_whole(assertion: Assertion) -> str:
    """Return the word by which a claim says that all are covered, nothing where it has none."""
    texts = [assertion.claim.terms[k].text for k in _WORDS[assertion.claim.kind][0] if k in assertion.claim.terms]
    return next((text for text in texts if is_whole(text) is not False), "")


def _judge_whole(assertion: Assertion, terms: Terms, said: str, options: Options) -> Iterator[Verdict]:
    whole = Fraction(100) if terms.as_figures else Fraction(1)
    tier = first_rounding(lambda rounding: not terms.interval(0, rounding).below(point(whole)))
    if tier is Rounding.NEAREST:
        return
    missing = terms.difference(whole - terms.value(0))
    nearly = is_whole(said) is None
    if nearly and whole - terms.value(0) <= whole * _NEARLY:
        return
    shown: dict[str, str | Text] = {
        "name": subject_of(assertion),
        "said": said,
        "value": text_of(terms.operands[0]),
        "gap": missing,
    }
    shortfall = wording.number(terms.value(0) / whole * 100)
    steps = (Text(f"100 > {shortfall}，差 {missing.zh}", f"100 > {shortfall}, a gap of {missing.en}"),)
    severity = options.severity.milder() if nearly or terms.is_hedged else options.severity
    variant, severity = ("message", severity) if tier is None else ("rounding", Severity.INFO)
    yield finding(assertion, list(terms.operands), shown, steps, variant=variant, severity=severity)


_WHOLE_SHOWN = frozenset({"name", "said", "value", "gap"})
WHOLE = Question({}, {"message": _WHOLE_SHOWN, "rounding": _WHOLE_SHOWN}, ask_whole)
