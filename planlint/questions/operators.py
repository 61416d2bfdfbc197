"""Does the sign of a target, or the verb of a change, point where the indicator gets better?"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from planlint.amounts import Kind, Operator
from planlint.exact import Fraction
from planlint.facts import Figure
from planlint.findings import Severity, Text
from planlint.patterns import pattern
from planlint.questions.reasons import reason_for, reason_step
from planlint.questions.relative import base_year, is_relative
from planlint.questions.strands import targets
from planlint.questions.targets import reported_in
from planlint.verdicts import Inquiry, Options, Question, Verdict, fails, name_of, undecided

CHANGE_IN_WORDS = pattern(
    r"(?:力争|争取|确保|逐步|稳步|持续|不断|进一步|明显|显著|大幅|大幅度|逐年|有所|总体|呈|较快|平稳)*"
    r"(?P<verb>提高|提升|上升|增长|增加|升高|下降|降低|减少|缩短|压减)(?:趋势|态势)?"
)
"""A target that says only that something rises or falls. 遏制上升 and 降幅收窄 are no such words."""
_CEILINGS = frozenset({operator for operator in Operator if operator.is_ceiling})
_FLOORS = frozenset({operator for operator in Operator if operator.is_floor})
_UPWARD = frozenset({"提高", "提升", "上升", "增长", "增加", "升高"})


def ask_operator(inquiry: Inquiry, options: Options) -> Iterator[Verdict]:
    """Put the question to every target of an indicator that has a direction."""
    for strand in targets(inquiry):
        polarity = strand.every[0].indicator.polarity
        if polarity not in ("higher", "lower"):
            continue
        against = _CEILINGS if polarity == "higher" else _FLOORS
        # Nearly all targets are numbers that their sign, if there is one, bounds on the right side.
        odd = [f for f in strand.figures if f.measure is None or f.amount.operator in against]
        if not odd:
            continue
        groups: dict[tuple[int, Fraction], list[Figure]] = {}
        verbs: dict[tuple[int, str], list[Figure]] = {}
        for figure in inquiry.usable(odd):
            if figure.is_measured:
                groups.setdefault((figure.year, figure.value), []).append(figure)
            elif _upward(figure) is (polarity == "lower"):
                verbs.setdefault((figure.year, figure.amount.text), []).append(figure)
            elif figure.amount.kind is Kind.PENDING:
                yield undecided([figure], Text("目标待定", "the target is still open"))
        for (year, bound), figures in groups.items():
            yield _against(figures, year, bound, strand.every, options.severity, inquiry)
        for figures in verbs.values():
            yield _other_way(figures, options.severity, inquiry)


def _upward(figure: Figure) -> bool | None:
    """Tell whether a target names a rise; None where it names neither a rise nor a fall."""
    if figure.amount.change is not None:
        return figure.amount.change.upward if is_relative(figure) else None
    found = CHANGE_IN_WORDS.fullmatch(figure.amount.text.strip()) if figure.amount.kind is Kind.WORDS else None
    return found["verb"] in _UPWARD if found is not None else None


def _against(
    figures: list[Figure],
    year: int,
    bound: Fraction,
    topic: Sequence[Figure],
    severity: Severity,
    inquiry: Inquiry,
) -> Verdict:
    first = figures[0]
    higher = first.indicator.polarity == "higher"
    start = base_year(topic, year, inquiry.facts.plan.baseline)
    reported = reported_in(topic, start) if start is not None else []
    improving = [f for f in reported if (bound >= f.value if higher else bound <= f.value)]
    # A ceiling below what was reached is a deliberate cut, and a reviewer will ask; one above it bounds nothing.
    if not improving:
        severity = severity.milder()
    steps = tuple(
        Text(
            f"{f.year}年为 {f.mention.text}；“{first.mention.text}”连 {f.mention.text} 也满足，等于没有目标",
            f"{f.mention.text} in {f.year} already satisfies “{first.mention.text}”: the target asks for nothing",
        )
        for f in improving[:1]
    )
    shown = _shown(first) | {"expected": "≥" if higher else "≤"}
    return _verdict([*figures, *improving], figures, shown, steps, severity, inquiry, "message")


def _other_way(figures: list[Figure], severity: Severity, inquiry: Inquiry) -> Verdict:
    """Return the finding about a change that leads away from the better side; a cut may be deliberate."""
    first = figures[0]
    rises = first.indicator.polarity == "lower"
    shown = _shown(first) | {
        "says": Text("上升", "a rise") if rises else Text("下降", "a fall"),
        "expected": Text("下降", "fall") if rises else Text("上升", "rise"),
    }
    return _verdict(figures, figures, shown, (), severity.milder(), inquiry, "verb")


def _shown(first: Figure) -> dict[str, str | Text]:
    higher = first.indicator.polarity == "higher"
    return {
        "name": name_of(first),
        "target": first.mention.text,
        "target_year": str(first.year),
        "better": Text("越高越好", "higher is better") if higher else Text("越低越好", "lower is better"),
    }


def _verdict(
    cited: list[Figure],
    spoiled: list[Figure],
    shown: dict[str, str | Text],
    steps: tuple[Text, ...],
    severity: Severity,
    inquiry: Inquiry,
    variant: str,
) -> Verdict:
    """Return the verdict, one step milder where the plan gives a reason."""
    reason = reason_for(cited, inquiry)
    if reason:
        severity, steps = severity.milder(), (*steps, reason_step(reason))
    return fails(cited, shown, steps, variant=variant, severity=severity, spoiled=tuple(spoiled))


_NAMED = frozenset({"name", "target", "target_year", "better", "expected"})
OPERATOR = Question({}, {"message": _NAMED, "verb": _NAMED | {"says"}}, ask_operator)
