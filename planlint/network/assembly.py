"""The only place that makes the network of a plan: its figures, then its claims, then what rates have in common."""

from __future__ import annotations

from collections.abc import Collection

from planlint.facts import Facts, Figure
from planlint.network.build import Relations, draft, finish
from planlint.network.claims import add_claims
from planlint.network.rates import add_rates
from planlint.network.variables import Network


def network_of(facts: Facts, relations: Relations, spoiled: Collection[Figure] = ()) -> Network:
    """Return the network of a plan; figures that earlier answers rejected are left out."""
    made = draft(facts, relations, spoiled)
    add_claims(made)
    add_rates(made)
    return finish(made)
