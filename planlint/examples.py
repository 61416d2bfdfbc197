"""The only place that runs the examples of rule files: a rule speaks on the marked lines and nowhere else.

A line that a rule must report carries the comment `# expect`, a line that it cannot decide `# undecided`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from msgspec import Struct

from planlint.engine import Engine, Outcome
from planlint.findings import Finding
from planlint.patterns import pattern
from planlint.rules import Example, Page
from planlint.source import NotText, Source, refuse_controls

HEAD = """\
planlint: 1
plan: {id: example, title: 示例规划, region: 某县, period: 2021-2025, baseline: BASELINE, document: example.txt}
"""
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
    head = HEAD.replace("BASELINE", str(max(years, default=2020)))
    return head + example.text, head.count("\n")


def judge(example: Example, engine: Engine) -> Outcome:
    """Return what planlint says of an example."""
    text, _ = text_of(example)
    source = Source("example.yaml", text)
    try:
        refuse_controls(text)
    except NotText as problem:
        return engine.refuse(source.name, problem)
    return engine.judge(source)


def lines_of(finding: Finding) -> Iterable[int]:
    """Return the lines of a plan file that a finding points at."""
    return {finding.place.line, *(mention.place.line for mention in finding.mentions)}


def run(pages: Iterable[Page], engine: Engine) -> Iterator[Failure]:
    """Yield every example that fails."""
    for page in pages:
        for example in page.examples:
            yield from _run(page, example, engine)


def _run(page: Page, example: Example, engine: Engine) -> Iterator[Failure]:
    _, before = text_of(example)
    marked: dict[str, set[int]] = {"expect": set(), "undecided": set()}
    for number, line in enumerate(example.text.splitlines(), before + 1):
        found = _MARK.search(line)
        if found:
            marked[found[1] or "expect"].add(number)
    outcome = judge(example, engine)
    reported = {line for f in outcome.findings if f.rule == page.rule.id for line in lines_of(f)}
    open_ = {line for u in outcome.undecided if u.rule == page.rule.id for line in u.lines}
    others = [f for f in outcome.findings if f.rule != page.rule.id and f.rule.startswith("PL0")]
    problems = []
    if reported != marked["expect"]:
        problems.append(f"reports lines {_shown(reported, before)}, expected {_shown(marked['expect'], before)}")
    if example.kind == "undecided" and (open_ != marked["undecided"] or not open_):
        problems.append(f"leaves open {_shown(open_, before)}, expected {_shown(marked['undecided'], before)}")
    if example.kind == "invalid" and not marked["expect"]:
        problems.append("an invalid example marks no line with '# expect'")
    if others and not page.rule.id.startswith("PL0"):
        problems.append(f"cannot be read: {others[0].message.en}")
    for problem in problems:
        yield Failure(page.file, example.first_line, page.rule.id, f"{example.kind} example: {problem}")


def _shown(lines: set[int], before: int) -> str:
    return ", ".join(str(line - before) for line in sorted(lines)) or "none"
