"""Patterns: what is kept of them matches as what is compiled does, and what cannot be used is compiled again."""

import os
import re
import subprocess
import sys

import pytest

from planlint import patterns, rules  # noqa: F401 - rules brings the patterns of everything that is checked
from planlint.patterns import pattern

SAMPLE = "2020年每千人口床位数 6.5张，提高到≥95%以上 (3) planlint: 1\n - {a: 'b', c: \"d\"} # x"


@pytest.fixture
def known(monkeypatch):
    """The patterns taken from an earlier run; none are left behind."""
    found = {}
    monkeypatch.setattr(patterns, "_known", found)
    return found


def test_a_kept_pattern_is_the_compiled_one(known):
    """Text, flags, groups and names are equal, and so is all that they find."""
    kept = patterns.compiled()
    patterns.recall(kept)

    assert len(kept) > 50
    for text, flags in kept:
        made, compiled = patterns._compiled((text, flags)), re.compile(text, flags)
        assert made == compiled
        assert (made.groups, made.groupindex) == (compiled.groups, compiled.groupindex)
        found, expected = list(made.finditer(SAMPLE)), list(compiled.finditer(SAMPLE))
        assert [(m.span(), m.groups()) for m in found] == [(m.span(), m.groups()) for m in expected]


@pytest.mark.parametrize(
    "strange",
    [(), (32, b"", 0, {}, ()), (32, b"\1", 0, {}, (None,)), (32, b"\xff" * 8, 0, {}, (None,)), ("x", 1, None)],
)
def test_a_damaged_pattern_is_compiled(known, strange):
    """What the matcher refuses costs time, no answer."""
    known["[0-9]+", 0] = strange
    digits = pattern("[0-9]+")

    assert digits.findall("12 a 3") == ["12", "3"]


def test_flags_are_kept(known):
    """A pattern is known by its flags, too."""
    pattern("a.b", re.DOTALL)
    patterns.recall(patterns.compiled())

    assert pattern("a.b", re.DOTALL).fullmatch("a\nb")
    assert not pattern("a.b").fullmatch("a\nb")


def test_without_the_matcher_nothing_is_kept(monkeypatch):
    """Another Python compiles as usual."""
    monkeypatch.setattr(patterns, "_numbers", lambda key: None)

    assert patterns.compiled() == {}


def test_patterns_are_the_same_in_every_run():
    """What is kept of a pattern is found by its text, which the order of a set must not change."""
    code = "import planlint.questions, planlint.patterns as p; print(sorted(repr(one.key) for one in p._all))"
    runs = {
        subprocess.run(
            [sys.executable, "-c", code], env={**os.environ, "PYTHONHASHSEED": seed}, capture_output=True, check=True
        ).stdout
        for seed in ("1", "2", "3")
    }
    assert len(runs) == 1
