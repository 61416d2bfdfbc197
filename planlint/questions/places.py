"""Does every figure say where it stands, and does the quote show the figure?"""

from __future__ import annotations

from collections.abc import Iterator

from planlint.amounts import Kind
from planlint.facts import Figure
from planlint.verdicts import Inquiry, Options, Question, Verdict, fails, name_of

_MANY = 3


def ask_place(inquiry: Inquiry, options: Options) -> Iterator[Verdict]:
    """Return one answer for all figures of a plan that name no line of the document."""
    lost = [figure for figure in inquiry.facts.figures if not figure.statement.lines]
    if lost:
        named = [name_of(figure) for figure in lost[:_MANY]]
        yield fails(lost, {"count": str(len(lost)), "names": "、".join(dict.fromkeys(named))})


def ask_quote(inquiry: Inquiry, options: Options) -> Iterator[Verdict]:
    """Put the question to every figure that has a quote: the digits of the amount must stand in it."""
    for figure in inquiry.facts.figures:
        quote = figure.statement.quote
        # Nearly every quote has the very characters of the amount.
        if not quote or figure.statement.text in quote:
            continue
        if figure.amount.kind in (Kind.VALUE, Kind.RANGE) and not _shows(quote, figure):
            yield fails([figure], {"name": name_of(figure), "value": figure.mention.text, "quote": quote})


def _shows(quote: str, figure: Figure) -> bool:
    """Tell whether a quote carries an amount in other characters: every one of its numbers."""
    text = figure.statement.text
    if _runs(text) <= _runs(quote) != set():
        return True
    # Only an odd quote needs the scanner, and most runs meet none.
    from planlint.trace import fold, keys_of

    shown = keys_of(quote)
    return fold(text) in fold(quote) or all(key in shown for key in keys_of(text))


def _runs(text: str) -> set[str]:
    """Return the plain numbers of a text; none where the text has digits of another form."""
    if not all(character.isascii() or not character.isnumeric() for character in text):
        return set()
    return set("".join(c if c in "0123456789." else " " for c in text).split())


PLACE = Question({}, {"message": frozenset({"count", "names"})}, ask_place)
QUOTE = Question({}, {"message": frozenset({"name", "value", "quote"})}, ask_quote)
