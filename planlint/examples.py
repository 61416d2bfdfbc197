"""The only place that runs the examples of rule files: a rule speaks on the marked lines and nowhere else.

A line that a rule must report carries the comment `# expect`, a line that it cannot decide `# undecided`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from msgspec import Struct

from planlint.engine import Engine
from planlint.findings import Finding, Outcome
from planlint.patterns import pattern
from planlint.policy import Policy, decide
from planlint.rules import Example, Page
from planlint.source import NotText, Source, refuse_controls

HEAD = """\
planlint: 1
plan: {id: example, title: 示例规划, region: 某县, period: 2021-2025, document: example.txt, baseline: YEAR}
"""
PLAN = "example.yaml"
DOCUMENT = "example.txt"
TODAY = "2026-01-01"
"""The day on which the waivers of examples must hold."""
Spot = tuple[str, int]
"""A file of an example and a line of it."""
_MARK = pattern(r"# (expect|undecided)\b|\bexpect$")
_BASELINE = pattern(r"(20[0-9]{2}): baseline|year: (2019)\b")


class Failure(Struct, frozen=True):
    """An example that does not do what its marks say."""

    file: str
    line: int
    rule: str
    problem: str


def text_of(example: Example) -> tuple[str, int]:
    """Return the whole plan of an example, and how many lines stand before its own first line."""
    if example.text.lstrip().startswith(("planlint:", "#")):
        return example.text, 0
    years = [int(first or second) for first, second in _BASELINE.findall(example.text)]
    # An example of 2019 figures belongs to a plan with that base year.
    named = ", ".join(name for name, _ in example.references)
    head = HEAD.replace("YEAR", str(max(years, default=2020)))
    if named:
        head = head.replace("}", f", within: [某市, 某省], references: [{named}]}}")
    return head + example.text, head.count("\n")


def judge(example: Example, engine: Engine) -> Outcome:
    """Return what planlint says of an example."""
    text, _ = text_of(example)
    source = Source(PLAN, text)
    try:
        refuse_controls(text)
    except NotText as problem:
        return engine.refuse(source.name, problem)
    if example.document:
        return engine.trace(source, lambda _: Source(DOCUMENT, example.document))[0]
    texts = {name: Source(f"{name}.yaml", text) for name, text in example.references}
    outcome = engine.judge(source, texts.get)
    if outcome.waivers:
        decided = decide([outcome], Policy(TODAY), lambda: engine, lambda finding: True)
        outcome.findings = list(decided.findings)
    return outcome


def lines_of(finding: Finding) -> set[Spot]:
    """Return the file and line of everything that a finding points at."""
    places = [finding.place, *(mention.place for mention in finding.mentions)]
    return {(place.file, place.line) for place in places}


def run(pages: Iterable[Page], engine: Engine) -> Iterator[Failure]:
    """Yield every example that fails."""
    for page in pages:
        for example in page.examples:
            yield from _run(page, example, engine)


def _run(page: Page, example: Example, engine: Engine) -> Iterator[Failure]:
    _, before = text_of(example)
    expected, open_expected = (_marked(example, mark, before) for mark in ("expect", "undecided"))
    outcome = judge(example, engine)
    reported = {spot for f in outcome.findings if f.rule == page.rule.id for spot in lines_of(f)}
    open_ = {(PLAN, line) for u in outcome.undecided if u.rule == page.rule.id for line in u.lines}
    others = [f for f in outcome.findings if f.rule != page.rule.id and f.rule.startswith("PL0")]
    problems = []
    if reported != expected:
        problems.append(f"reports lines {_shown(reported, before)}, expected {_shown(expected, before)}")
    if example.kind == "undecided" and (open_ != open_expected or not open_):
        problems.append(f"leaves open {_shown(open_, before)}, expected {_shown(open_expected, before)}")
    if example.kind == "invalid" and not expected:
        problems.append("an invalid example marks no line with '# expect'")
    if others and not page.rule.id.startswith("PL0"):
        problems.append(f"cannot be read: {others[0].message.en}")
    for problem in problems:
        yield Failure(page.file, example.first_line, page.rule.id, f"{example.kind} example: {problem}")


def _marked(example: Example, mark: str, before: int) -> set[Spot]:
    """Return the lines of an example's files that carry a mark."""
    files = [(PLAN, example.text, before), (DOCUMENT, example.document, 0)]
    files += [(f"{name}.yaml", text, 0) for name, text in example.references]
    return {
        (file, number)
        for file, text, offset in files
        for number, line in enumerate(text.splitlines(), offset + 1)
        if (found := _MARK.search(line)) and (found[1] or "expect") == mark
    }


def _shown(spots: set[Spot], before: int) -> str:
    named = (str(line - before) if file == PLAN else f"{file}:{line}" for file, line in sorted(spots))
    return ", ".join(named) or "none"
