"""Does a name stand twice in a list, or a row twice in a table?"""

from __future__ import annotations

from collections.abc import Iterator

from planlint.questions import lists, tables
from planlint.verdicts import Inquiry, Options, Question, Verdict


def ask_twice(inquiry: Inquiry, options: Options) -> Iterator[Verdict]:
    """Put the question to every list of a text and to every table."""
    yield from lists.ask_once(inquiry, options)
    yield from tables.ask_twice(inquiry)


_SHOWN = frozenset({"name", "items", "times"})
TWICE = Question({}, {"message": _SHOWN, "row": _SHOWN}, ask_twice)
