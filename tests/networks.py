"""Networks of plan texts, for tests."""

import functools

from planlint import cache, plan, tree
from planlint.engine import Engine
from planlint.facts import derive
from planlint.network.assembly import network_of
from planlint.network.conflicts import study


@functools.cache
def engine():
    """The built-in rules, compiled once."""
    return Engine(cache.load())


@functools.cache
def relations():
    """The compiled formulas of the rules, by question."""
    return engine().relations


def facts_of(text):
    """What a plan text states."""
    root, faults = tree.parse(text, "truth.yaml")
    return derive(plan.read(root, "truth.yaml", faults), engine().lookups, faults)


def network(text):
    """The network of a plan text."""
    return network_of(facts_of(text), relations())


def conflicts(text):
    """The contradictions of a plan text."""
    return study(facts_of(text), relations())
