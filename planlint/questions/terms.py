"""The terms of a claim side by side: in one unit, with the figures they are, and what their tiers of rounding allow."""

from __future__ import annotations

from msgspec import Struct
from msgspec.structs import replace

from planlint import wording
from planlint.amounts import Kind, Rounding
from planlint.exact import Fraction
from planlint.facts import Assertion, Figure, Operand
from planlint.findings import Severity, Text
from planlint.intervals import Interval, point
from planlint.questions import claims
from planlint.questions.merging import in_order
from planlint.source import Place
from planlint.units import Unit
from planlint.verdicts import Answer, Inquiry, Verdict


class Terms(Struct, frozen=True):
    """Terms that can be compared: their exact numbers and their intervals are in `unit`, or in base units."""

    operands: tuple[Operand, ...]
    unit: Unit | None
    as_figures: bool
    """Whether all terms are figures of one indicator, in whose unit they are compared."""

    def value(self, index: int) -> Fraction:
        """Return the printed number of a term, as if it were exact."""
        operand = self.operands[index]
        if self.as_figures and operand.figure is not None:
            return operand.figure.value
        return claims.exact(operand, self.unit)

    def upper(self, index: int) -> Fraction:
        """Return the upper end of a printed range, the number itself where there is none."""
        operand = self.operands[index]
        if self.as_figures and operand.figure is not None:
            upper = operand.figure.upper
            return upper if upper is not None else operand.figure.value
        printed = operand.amount.upper
        if printed is None:
            return self.value(index)
        return claims.exact(replace(operand, amount=replace(operand.amount, number=printed)), self.unit)

    def interval(self, index: int, rounding: Rounding) -> Interval:
        """Return the true values that a term may stand for."""
        operand = self.operands[index]
        if self.as_figures and operand.figure is not None:
            return operand.figure.interval(rounding)
        return claims.interval(operand, self.unit, rounding)

    def bound(self, index: int, rounding: Rounding) -> Interval:
        """Return a term that others are held against: a threshold is itself, what was measured an interval."""
        if self.operands[index].amount.operator.value:
            return point(self.value(index))
        return self.interval(index, rounding)

    def difference(self, number: Fraction) -> Text:
        """Return a difference in the unit that was printed; between two percentages it is percentage points."""
        unit = self.operands[0].figure.indicator.unit if self.as_figures and self.operands[0].figure else self.unit
        if unit is None:
            return Text(wording.number(number), wording.number(number))
        printed = number if self.as_figures else number / unit.factor
        if unit.name == "%":
            return wording.difference(printed, unit)
        shown = wording.like(printed, wording.short_unit(unit), self.operands[0].amount.text)
        return Text(shown, shown)

    @property
    def is_hedged(self) -> bool:
        """Tell whether a word such as 约 loosens a term."""
        return claims.hedged(list(self.operands))


def terms_of(inquiry: Inquiry, operands: list[Operand]) -> Terms | None:
    """Return terms side by side, None where they are no numbers of one sort."""
    if not all(operand.is_number and operand.amount.change is None for operand in operands):
        return None
    figures = [operand.figure for operand in operands]
    if all(f is not None and f.is_measured for f in figures):
        if len({f.indicator.key for f in figures if f is not None}) == 1:
            return Terms(tuple(operands), None, as_figures=True)
    if not claims.alike(operands):
        return None
    return Terms(tuple(operands), claims.common_unit(operands), as_figures=False)


def _places(inquiry: Inquiry) -> dict[Place, Figure]:
    """Return every figure by its place."""
    return {figure.statement.place: figure for figure in inquiry.facts.figures}


def with_figure(inquiry: Inquiry, operand: Operand | None) -> Operand | None:
    """Return a term with the figure that it is, also where a cell of a table became the term."""
    if operand is None or operand.figure is not None:
        return operand
    figure = inquiry.once(_places).get(operand.place)
    return replace(operand, figure=figure) if figure is not None else operand


def is_pending(operand: Operand | None) -> bool:
    """Tell whether a term prints no number."""
    return operand is None or operand.amount.kind in (Kind.ABSENT, Kind.PENDING, Kind.WORDS)


def claimed(inquiry: Inquiry, *kinds: str) -> list[Assertion]:
    """Return the claims of some kinds whose terms could all be read, in the order of the file."""
    printed = [kind for kind in kinds if claims.of_kind(inquiry, kind)]
    if len(printed) < 2:
        return [a for kind in printed for a in claims.of_kind(inquiry, kind) if a.is_complete]
    return [a for a in inquiry.facts.assertions if a.claim.kind in printed and a.is_complete]


def finding(
    assertion: Assertion,
    operands: list[Operand],
    shown: dict[str, str | Text],
    steps: tuple[Text, ...] = (),
    *,
    variant: str = "message",
    severity: Severity | None = None,
) -> Verdict:
    """Return a failing verdict about a claim, its terms and the figures they are."""
    return Verdict(
        Answer.FAILS, in_order(claims.mentions(assertion, operands)), shown, steps, variant=variant, severity=severity
    )


def subject_of(assertion: Assertion) -> str:
    """Return what a claim is about, with its scope where it names one."""
    claim = assertion.claim
    return f"{claim.scope} {claim.subject}" if claim.scope else claim.subject


def polarity_of(assertion: Assertion, operands: list[Operand]) -> str:
    """Return which direction is better for what a claim is about: higher, lower, or nothing where that is not known."""
    figure = next((operand.figure for operand in operands if operand.figure is not None), None)
    indicator = figure.indicator if figure is not None else assertion.indicator
    return indicator.polarity if indicator is not None and indicator.polarity in ("higher", "lower") else ""


def text_of(operand: Operand) -> str:
    """Return a term as printed, a figure with the unit of its row."""
    return operand.figure.mention.text if operand.figure is not None else operand.amount.text
