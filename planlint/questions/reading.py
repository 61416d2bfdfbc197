"""What could not be read. These rules only word the faults that reading found; nothing is asked of the figures."""

from __future__ import annotations

from collections.abc import Iterator

from planlint.verdicts import Inquiry, Options, Question, Verdict

FAULTS: dict[str, frozenset[str]] = {
    "syntax": frozenset({"problem"}),
    "tab": frozenset(),
    "full-width-mark": frozenset({"text"}),
    "bare-bound": frozenset({"text"}),
    "bare-sign": frozenset({"text"}),
    "second-document": frozenset(),
    "forbidden": frozenset({"what", "text"}),
    "too-deep": frozenset({"limit"}),
    "duplicate-key": frozenset({"key"}),
    "not-text": frozenset({"reason", "detail"}),
    "empty": frozenset(),
    "version": frozenset({"found"}),
    "shape": frozenset({"expected", "found", "where"}),
    "missing-key": frozenset({"key", "where"}),
    "unknown-key": frozenset({"key", "near", "where"}),
    "unknown-claim": frozenset({"allowed"}),
    "not-one-of": frozenset({"key", "found", "allowed"}),
    "bad-year": frozenset({"found"}),
    "bad-years": frozenset({"key", "found"}),
    "bad-lines": frozenset({"found"}),
    "bad-id": frozenset({"found"}),
    "duplicate-id": frozenset({"found"}),
    "unknown-reference": frozenset({"text"}),
    "bad-amount": frozenset({"reason", "text"}),
    "amount-in-words": frozenset({"text"}),
    "unknown-unit": frozenset({"text", "near"}),
    "unknown-indicator": frozenset({"name", "near"}),
    "bad-indicator": frozenset({"problem"}),
    "bad-months": frozenset({"found"}),
    "bad-reference": frozenset({"found"}),
    "quote-not-there": frozenset({"quote", "lines"}),
    "figure-not-there": frozenset({"text", "lines"}),
    "line-not-there": frozenset({"line", "last"}),
    "number-left-out": frozenset({"text", "context"}),
    "bad-waiver": frozenset({"wrong"}),
    "lapsed-waiver": frozenset({"rule", "wrong"}),
    "unused-waiver": frozenset({"rule", "wrong"}),
}
"""Every kind of fault and what its message may show."""


def ask_nothing(inquiry: Inquiry, options: Options) -> Iterator[Verdict]:
    """Return no verdict: the engine words the faults itself."""
    return iter(())


READING = Question({"fault": tuple(FAULTS)}, {"message": frozenset()}, ask_nothing)
