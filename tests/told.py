"""What planlint tells of parts of a plan: the rules with severity and message, for tests of the questions."""

import functools

from planlint import cache
from planlint.engine import Engine
from planlint.source import Source

HEAD = """\
planlint: 1
plan: {id: p, title: 某县规划, region: 某县, within: [某市, 某省], period: 2021-2025, baseline: 2020, document: p.txt}
"""
TABLE = """\
tables:
  - id: 表1
    columns: {2020: baseline, 2025: target}
    rows:
"""


@functools.cache
def engine():
    """The rules that come with planlint."""
    return Engine(cache.load())


def judge(text, head=HEAD, **references):
    """The outcome for the parts of a plan, held against other plans; the first line of the parts is line 3."""
    if references:
        head = head.replace("document: p.txt", f"document: p.txt, references: [{', '.join(references)}]")
    sources = {name: Source(f"{name}.yaml", whole) for name, whole in references.items()}
    return engine().judge(Source("p.yaml", head + text), sources.get)


def said(rule, text, **references):
    """Severity, Chinese message and lines of the findings of one rule."""
    return [
        (f.severity.word, f.message.zh, [m.place.line for m in f.mentions])
        for f in judge(text, **references).findings
        if f.rule == rule
    ]


def left_open(rule, text, **references):
    """Why one rule cannot decide."""
    return [u.because.zh for u in judge(text, **references).undecided if u.rule == rule]


def told(text, *rules, head=HEAD):
    """Rule, severity and Chinese message of each finding of some rules, in the order in which the rules were asked."""
    found = judge(text, head).findings
    return [(f.rule, f.severity.word, f.message.zh) for f in found if f.rule.startswith(rules)]


def steps(text, rule):
    """The Chinese steps of the first finding of a rule."""
    return next([step.zh for step in f.steps] for f in judge(text).findings if f.rule == rule)


def open_questions(text, *rules, head=HEAD):
    """Rule and missing fact of what cannot be decided."""
    return [(u.rule, u.because.zh) for u in judge(text, head).undecided if u.rule.startswith(rules)]


def rows(*lines, columns="{2020: baseline, 2025: target}"):
    """A table of some rows."""
    return TABLE.replace("{2020: baseline, 2025: target}", columns) + "".join(f"      - {{{line}}}\n" for line in lines)


def figures(*lines):
    """Some figures of the text."""
    return "figures:\n" + "".join(f"  - {{{line}}}\n" for line in lines)
