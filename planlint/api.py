"""The programming interface: `planlint.check` returns a Report, made of the same objects that the command prints."""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from os import PathLike

from msgspec import Struct

from planlint import cache
from planlint.engine import Engine, Outcome, Undecided
from planlint.findings import Finding, Severity, Tally, in_order
from planlint.source import NotText, Source, UnreadableSource, decode, display, plan_files, read_bytes


class Report(Struct, frozen=True):
    """What planlint found in some plans: findings in reading order, open questions, and counts."""

    findings: tuple[Finding, ...]
    undecided: tuple[Undecided, ...]
    tally: Tally
    unreadable: tuple[str, ...]

    def worst(self) -> Severity | None:
        """Return the highest severity among findings that are not waived, None if there are none."""
        return max((f.severity for f in self.findings if f.waived is None), default=None)


class Selection(Struct, frozen=True):
    """Which findings are wanted: rule ids or families by their beginning (PL4), and the lowest severity."""

    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    severity: Severity = Severity.INFO

    def wants(self, finding: Finding) -> bool:
        """Tell whether a finding is to be reported."""
        return finding.severity >= self.severity and self.covers(finding.rule)

    def covers(self, rule: str) -> bool:
        """Tell whether anything of a rule is to be reported; the longest matching prefix decides."""
        chosen = max((len(p) for p in self.select if rule.startswith(p)), default=0 if not self.select else -1)
        refused = max((len(p) for p in self.ignore if rule.startswith(p)), default=-1)
        return chosen > refused


Progress = Callable[[int, int], None]
"""Called with the number of plans done and of all plans."""


def check(
    *plans: str | PathLike[str] | Source,
    rules: str | PathLike[str] | Iterable[str | PathLike[str]] = (),
    select: str | Iterable[str] = (),
    ignore: str | Iterable[str] = (),
    severity: str = "info",
) -> Report:
    """Return everything found in plans: paths of files or folders, or texts as `Source(name, text)`.

    `rules` names folders of further rules; `select` and `ignore` take rule ids or their beginnings; `severity` is the
    lowest to report. A file that cannot be had is listed in the report's `unreadable`. Raises Malformed for a bad rule
    file and UnreadableSource for a rule folder that cannot be read.
    """
    # A single text is a list of one: read as a list of letters, 'PL4' would begin with the P of every rule.
    folders = [rules] if isinstance(rules, str | PathLike) else rules
    chosen, refused = ((p,) if isinstance(p, str) else tuple(p) for p in (select, ignore))
    engine = Engine(cache.load(folders))
    return inspect(plans, engine, Selection(chosen, refused, Severity[severity.upper()]))


def inspect(
    plans: Iterable[str | PathLike[str] | Source],
    engine: Engine,
    selection: Selection = Selection(),
    progress: Progress | None = None,
) -> Report:
    """Return everything an engine finds in some plans."""
    unreadable: list[str] = []
    sources = list(_sources(plans, unreadable))
    findings: list[Finding] = []
    undecided: list[Undecided] = []
    tally = Tally(rules=len(engine.ruleset.rules))
    with _collector_paused():
        for done, source in enumerate(sources, 1):
            outcome = _judge(source, engine, unreadable)
            if outcome is None:
                continue
            tally.plans += 1
            tally.figures += outcome.figures
            findings.extend(f for f in outcome.findings if selection.wants(f))
            undecided.extend(u for u in outcome.undecided if selection.covers(u.rule))
            if progress is not None:
                progress(done, len(sources))
    ordered = in_order(findings)
    for finding in ordered:
        tally.severities[finding.severity] += 1
    tally.undecided = len(undecided)
    return Report(tuple(ordered), tuple(undecided), tally, tuple(unreadable))


def _sources(plans: Iterable[str | PathLike[str] | Source], unreadable: list[str]) -> Iterator[str | Source]:
    """Yield the files of paths, each once, and the given texts."""
    seen: set[str] = set()
    for plan in plans:
        if isinstance(plan, Source):
            yield plan
            continue
        try:
            for file in plan_files(plan):
                if file not in seen:
                    seen.add(file)
                    yield file
        except UnreadableSource as problem:
            unreadable.append(str(problem))
        except OSError as problem:
            # A name that is too long is refused before anything is opened.
            unreadable.append(f"{display(plan)}: {problem.strerror or problem}")


def _judge(source: str | Source, engine: Engine, unreadable: list[str]) -> Outcome | None:
    if isinstance(source, Source):
        return engine.judge(source)
    name = display(source)
    try:
        return engine.judge(Source(name, decode(read_bytes(source))))
    except UnreadableSource as problem:
        unreadable.append(str(problem))
    except NotText as problem:
        return engine.refuse(name, problem)
    return None


@contextmanager
def _collector_paused() -> Iterator[None]:
    """Pause the garbage collector: a tree of nodes has no cycles, and collecting costs more than reading."""
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_enabled:
            gc.enable()
