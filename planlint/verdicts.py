"""The only place for what a question is and what it may answer."""

from __future__ import annotations

import enum
from collections.abc import Callable, Collection, Iterator, Mapping
from itertools import pairwise
from operator import attrgetter
from typing import TypeVar

from msgspec import Struct, field

from planlint.amounts import Rounding
from planlint.exact import Fraction
from planlint.facts import Facts, Figure, Topic
from planlint.findings import Mention, Severity, Text
from planlint.formula import Expr

Result = TypeVar("Result")


class Answer(enum.Enum):
    """Unknown is never a pass: what cannot be decided says which figure is missing."""

    HOLDS = "holds"
    FAILS = "fails"
    UNDECIDED = "undecided"


_UNDECIDED = Answer.UNDECIDED

Shown = Mapping[str, str | Text]
_NOTHING: Shown = {}


class Verdict(Struct, frozen=True, gc=False):
    """One answer. `variant` chooses among a rule's messages; `severity` replaces the rule's own where it is set."""

    answer: Answer
    mentions: tuple[Mention, ...]
    shown: Shown
    steps: tuple[Text, ...] = ()
    variant: str = "message"
    severity: Severity | None = None
    because: Text | None = None
    spoiled: tuple[Figure, ...] = ()
    """Figures that later questions must not use, because this answer already rejects them."""
    doubtful: bool = False
    """Whether it rests on a figure of which no more than its name is known: one severity milder."""


class Relation(Struct, frozen=True):
    """A formula of a rule, compiled: both sides, and each symbol in terms of the others."""

    text: str
    left: Expr
    right: Expr
    solutions: dict[str, Expr]


class Options(Struct, frozen=True):
    """A rule's options, compiled: plain choices, the rule's severity, and its formula if it has one."""

    choices: Mapping[str, str]
    severity: Severity
    relation: Relation | None = None

    @property
    def formula(self) -> Relation:
        """Return the rule's formula; a question that needs one is never loaded without it."""
        if self.relation is None:
            raise ValueError("the rule has no formula")
        return self.relation


class Inquiry(Struct, frozen=True):
    """What a question is put to: the facts of a plan and the figures that earlier answers rejected."""

    facts: Facts
    spoiled: Collection[Figure]
    memory: dict[object, object] = field(default_factory=dict)
    """What several rules work out alike, by the function that does."""

    def once(self, work: Callable[[Inquiry], Result]) -> Result:
        """Return what a function makes of this inquiry; it is called once for all rules that ask."""
        try:
            # What a function made is of the type that it makes; `cast` says so, too, but is a call.
            return self.memory[work]  # type: ignore[return-value]
        except KeyError:
            pass
        made = self.memory[work] = work(self)
        return made

    def usable(self, figures: list[Figure]) -> list[Figure]:
        """Return the figures that nothing has rejected yet."""
        if not self.spoiled:
            return figures
        return [figure for figure in figures if figure not in self.spoiled]

    def about(self, topic: Topic) -> list[Figure]:
        """Return the usable figures of a topic."""
        figures = self.facts.by_topic.get(topic)
        if figures is None:
            return []
        return self.usable(figures) if self.spoiled else figures


class Question(Struct, frozen=True):
    """A closed question: its options with their allowed values, the placeholders of its messages, and how to ask it.

    `symbols` are the names a formula may use, None where the question takes no formula. `indicators` are the options
    whose value is the key of an indicator. Where a rule leaves out a variant that is `optional`, its plain message
    serves.
    """

    options: Mapping[str, tuple[str, ...]]
    placeholders: Mapping[str, frozenset[str]]
    ask: Callable[[Inquiry, Options], Iterator[Verdict]]
    symbols: frozenset[str] | None = None
    indicators: frozenset[str] = frozenset()
    optional: frozenset[str] = frozenset()


def name_of(figure: Figure) -> str:
    """Return the printed name of a figure, with its scope where that is not the plan's region."""
    statement = figure.statement
    return f"{statement.scope} {statement.name}" if statement.scope else statement.name


def fails(
    figures: Collection[Figure],
    shown: Shown,
    steps: tuple[Text, ...] = (),
    *,
    variant: str = "message",
    severity: Severity | None = None,
    spoiled: tuple[Figure, ...] = (),
) -> Verdict:
    """Return a failing verdict about some figures, mentioned in the order of the file."""
    doubtful = any(figure.indicator.is_unlisted for figure in figures)
    return Verdict(Answer.FAILS, cite(figures), shown, steps, variant, severity, None, spoiled, doubtful)


def undecided(figures: Collection[Figure], because: Text) -> Verdict:
    """Return that a question cannot be decided, and which fact is missing."""
    return Verdict(_UNDECIDED, cite(figures), _NOTHING, (), "message", None, because)


_BY_PLACE = attrgetter("place", "id")


def cite(figures: Collection[Figure]) -> tuple[Mention, ...]:
    """Return the mentions of figures in the order of the file, each once."""
    if len(figures) == 1:
        (figure,) = figures
        return (figure.mention,)
    mentions = [figure.mention for figure in figures]
    for before, after in pairwise(mentions):
        if not before.place < after.place:
            return tuple(sorted(dict.fromkeys(mentions), key=_BY_PLACE))
    # Mostly they come in this order, and each once.
    return tuple(mentions)


def by_value(figures: Collection[Figure]) -> dict[Fraction, list[Figure]]:
    """Return figures grouped by their exact printed value, in the order of the file."""
    groups: dict[Fraction, list[Figure]] = {}
    for figure in figures:
        groups.setdefault(figure.value, []).append(figure)
    return groups


def first_rounding(holds: Callable[[Rounding], bool]) -> Rounding | None:
    """Return the strictest of the three tiers under which something holds, None where it fails under all."""
    return next((rounding for rounding in Rounding if holds(rounding)), None)
