"""Where else a figure stands: its other printings, and the claims that name it."""

from __future__ import annotations

from collections.abc import Iterator

from planlint.facts import Facts, Figure
from planlint.lsp.hover import figure_at
from planlint.source import Place


def definitions(facts: Facts, place: Place) -> list[Place]:
    """Return where the figure that a claim names stands, else the other printings of the figure at a place."""
    figure = figure_at(facts, place) or _named_at(facts, place)
    if figure is None:
        return []
    if figure.statement.place != place and figure.statement.name_place != place:
        return [figure.statement.place]
    return [other for other in _printings(facts, figure) if other != figure.statement.place]


def references(facts: Facts, place: Place) -> list[Place]:
    """Return every place of the figure at a place: all its printings, and the terms of claims that name one of them."""
    figure = figure_at(facts, place) or _named_at(facts, place)
    if figure is None:
        return []
    ids = {other.id for other in facts.figures if _same(other, figure)}
    terms = (
        term.place
        for assertion in facts.assertions
        for term in (*assertion.claim.terms.values(), *assertion.claim.items)
        if term.is_reference and term.text in ids
    )
    return sorted({*_printings(facts, figure), *terms})


def _named_at(facts: Facts, place: Place) -> Figure | None:
    """Return the first figure of the row whose indicator is named at a place."""
    return next((figure for figure in facts.figures if figure.statement.name_place == place), None)


def _printings(facts: Facts, figure: Figure) -> Iterator[Place]:
    return (other.statement.place for other in facts.figures if _same(other, figure))


def _same(one: Figure, other: Figure) -> bool:
    """Tell whether two figures are one: indicator, scope, population, year and kind of role are the same."""
    return one.topic == other.topic and one.year == other.year and one.standing is other.standing
