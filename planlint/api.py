"""The programming interface: `planlint.check` returns a Report, made of the same objects that the command prints."""

from __future__ import annotations

import gc
import os
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from os import PathLike
from typing import TYPE_CHECKING

from msgspec import Struct

from planlint.findings import Finding, Outcome, Severity, Tally, Undecided, Waiver, in_order
from planlint.results import Read, Results, digest_of
from planlint.source import NotText, Source, UnreadableSource, decode, display, plan_files, read_bytes

if TYPE_CHECKING:
    from datetime import date

    from planlint.argument import Argument
    from planlint.baselines import Entry
    from planlint.coverage import Coverage
    from planlint.dossier import Dossier
    from planlint.engine import Engine
    from planlint.policy import Policy
    from planlint.trace import Trace

REFERENCE_FOLDER = "reference"
"""Where plans that others are held against may stand, beside those others."""


class Report(Struct, frozen=True):
    """What planlint found in some plans: findings in reading order, open questions, and counts."""

    findings: tuple[Finding, ...]
    undecided: tuple[Undecided, ...]
    tally: Tally
    unreadable: tuple[str, ...]
    gone: tuple[Entry, ...] = ()
    """What a baseline holds of these plans and nothing was found of any more."""
    plans: frozenset[str] = frozenset()
    """Ids of the plans that were judged; the file of one whose id cannot be read."""

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
    waivers: str | PathLike[str] | Iterable[str | PathLike[str]] = (),
    today: date | None = None,
) -> Report:
    """Return everything found in plans: paths of files or folders, or texts as `Source(name, text)`.

    `rules` names folders of further rules; `select` and `ignore` take rule ids or their beginnings; `severity` is the
    lowest to report; `waivers` names files of waivers, beside those in the plans, and `today` is the day on which they
    must hold. The plans that a text refers to are looked for beside the name that it is given, as those of a file are
    beside the file. A file that cannot be had is listed in the report's `unreadable`. Raises Malformed for a bad rule
    file or file of waivers, and UnreadableSource for one that cannot be read. No configuration file is read.
    """
    # A single text is a list of one: read as a list of letters, 'PL4' would begin with the P of every rule.
    folders = [rules] if isinstance(rules, str | PathLike) else rules
    chosen, refused = ((p,) if isinstance(p, str) else tuple(p) for p in (select, ignore))
    judge = Judge(folders)
    files = [waivers] if isinstance(waivers, str | PathLike) else list(waivers)
    policy = None
    if files or today is not None:
        from planlint.policy import Policy

        policy = Policy(this_day() if today is None else today.isoformat(), judge.waivers(files))
    return inspect(plans, judge, Selection(chosen, refused, Severity[severity.upper()]), policy=policy)


def this_day() -> str:
    """Return today's date as ISO 8601 writes it, by the clock and the zone of this machine."""
    return time.strftime("%Y-%m-%d")


class Judge:
    """The rules of some folders, loaded when a plan needs them, and what was said of plan files before.

    `remember` says whether an unchanged plan file is judged again.
    """

    def __init__(self, folders: Iterable[str | PathLike[str]] = (), *, remember: bool = True) -> None:
        self._folders = list(folders)
        self._engine: Engine | None = None
        self._results = Results(self._folders) if remember else None

    @property
    def engine(self) -> Engine:
        """Return the engine. Raises Malformed for a bad rule, UnreadableSource for a folder that cannot be read."""
        if self._engine is None:
            # Not needed where every plan is known: most of a start is this import.
            from planlint import cache
            from planlint.engine import Engine

            self._engine = Engine(cache.load(self._folders))
        return self._engine

    @property
    def rules(self) -> int:
        """Return how many rules there are."""
        known = self._results.rules if self._results is not None else 0
        return known or len(self.engine.ruleset.rules)

    def waivers(self, files: Iterable[str | PathLike[str]]) -> tuple[Waiver, ...]:
        """Return the waivers of some files. Raises what `engine` raises, for those files, too."""
        from planlint import waivers

        return tuple(waiver for file in files for waiver in waivers.read(file, self.engine))

    def judge(self, file: str, data: bytes) -> Outcome:
        """Return what is to be said of a plan file with some content. Raises what `engine` raises."""
        kept = self._results.find(file, data) if self._results is not None else None
        if kept is not None:
            return kept
        read: Read = []
        try:
            source = Source(display(file), decode(data))
            outcome = self.engine.judge(source, lambda wanted: _reference(file, wanted, read))
        except NotText as problem:
            outcome = self.engine.refuse(display(file), problem)
        if self._results is not None:
            self._results.keep(file, data, outcome, read, len(self.engine.ruleset.rules))
        return outcome


def inspect(
    plans: Iterable[str | PathLike[str] | Source],
    judge: Judge,
    selection: Selection = Selection(),
    progress: Progress | None = None,
    *,
    policy: Policy | None = None,
) -> Report:
    """Return everything that is to be said of some plans. Raises what Judge.engine raises."""
    unreadable: list[str] = []
    sources = list(_sources(plans, unreadable))
    outcomes: list[Outcome] = []
    undecided: list[Undecided] = []
    tally = Tally()
    with _collector_paused():
        for done, source in enumerate(sources, 1):
            outcome = _judge(source, judge, unreadable)
            if outcome is None:
                continue
            outcomes.append(outcome)
            tally.plans += 1
            tally.figures += outcome.figures
            undecided.extend(u for u in outcome.undecided if selection.covers(u.rule))
            if progress is not None:
                progress(done, len(sources))
    findings, gone = decided(outcomes, policy, lambda: judge.engine, selection, tally)
    tally.undecided = len(undecided)
    tally.rules = judge.rules
    judged = frozenset(outcome.plan or outcome.file for outcome in outcomes)
    return Report(findings, tuple(undecided), tally, tuple(unreadable), gone, judged)


def decided(
    outcomes: list[Outcome],
    policy: Policy | None,
    engine: Callable[[], Engine],
    selection: Selection,
    tally: Tally,
    *,
    traced: bool = False,
) -> tuple[tuple[Finding, ...], tuple[Entry, ...]]:
    """Return the findings that are wanted as the project has decided about them, and count them."""
    gone: tuple[Entry, ...] = ()
    if policy is None and not any(outcome.waivers for outcome in outcomes):
        # Nothing was decided, which is most runs.
        findings = tuple(f for f in in_order(f for o in outcomes for f in o.findings) if selection.wants(f))
    else:
        from planlint.policy import Policy, decide

        policy = policy or Policy(this_day())
        decision = decide(outcomes, policy, engine, selection.wants, traced=traced)
        findings, gone = decision.findings, decision.gone
        tally.known = decision.known if policy.baseline is not None else None
    for finding in findings:
        if finding.waived is None:
            tally.severities[finding.severity] += 1
        else:
            tally.waived += 1
    return findings, gone


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


def _judge(source: str | Source, judge: Judge, unreadable: list[str]) -> Outcome | None:
    if isinstance(source, Source):
        return judge.engine.judge(source, _beside(source.name))
    try:
        data = read_bytes(source)
    except UnreadableSource as problem:
        unreadable.append(str(problem))
        return None
    return judge.judge(source, data)


def _beside(plan: str) -> Callable[[str], Source | None]:
    """Return what finds the plans that a plan names."""
    return lambda wanted: _reference(plan, wanted, [])


def _reference(plan: str, name: str, read: Read) -> Source | None:
    """Return the plan file of a name: beside a plan, or in the folder `reference` beside it; tell what was read."""
    folder = os.path.dirname(plan)
    for parts in ((f"{name}.yaml",), (REFERENCE_FOLDER, f"{name}.yaml")):
        file = os.path.join(folder, *parts)
        try:
            data = read_bytes(file)
        except UnreadableSource:
            read.append((file, digest_of(None)))
            continue
        read.append((file, digest_of(data)))
        try:
            return Source(display(file), decode(data))
        except NotText:
            continue
    return None


def trace(
    plans: Iterable[str | PathLike[str]],
    document: str | PathLike[str],
    engine: Engine,
    selection: Selection = Selection(),
    *,
    policy: Policy | None = None,
) -> tuple[Report, list[Trace]]:
    """Return what does not agree between plan files and the texts of their documents, and the counts of each.

    `document` is a text, or a folder in which each plan's document is looked up by the name that the plan gives.
    """
    unreadable: list[str] = []
    outcomes: list[Outcome] = []
    traces: list[Trace] = []
    tally = Tally(rules=len(engine.ruleset.rules))
    for file in _sources(plans, unreadable):
        try:
            source = _read(file)
        except UnreadableSource as problem:
            unreadable.append(str(problem))
            continue
        except NotText as problem:
            tally.plans += 1
            outcomes.append(engine.refuse(_name(file), problem))
            continue
        try:
            outcome, traced = engine.trace(source, lambda wanted: _document(document, wanted))
        except UnreadableSource as problem:
            unreadable.append(str(problem))
            continue
        tally.plans += 1
        tally.figures += outcome.figures
        outcomes.append(outcome)
        if traced is not None:
            traces.append(traced)
    findings, gone = decided(outcomes, policy, lambda: engine, selection, tally, traced=True)
    return Report(findings, (), tally, tuple(unreadable), gone), traces


def argue(plans: Iterable[str | PathLike[str] | Source], findings: Iterable[Finding], engine: Engine) -> list[Argument]:
    """Return findings about some plans told in full, in their order. A plan that can no longer be read has none."""
    about = _by_file(findings)
    found = []
    for path, source in _texts(plans):
        if source.name in about:
            found += engine.argue(source, about[source.name], _beside(path))
    return found


def lay_out(
    plans: Iterable[str | PathLike[str] | Source], findings: Iterable[Finding], engine: Engine
) -> list[Dossier]:
    """Return what a panel reads of some plans, with these findings; nothing of a plan that cannot be read."""
    about = _by_file(findings)
    found = []
    for path, source in _texts(plans):
        dossier = engine.lay_out(source, about.get(source.name, ()), _beside(path))
        if dossier is not None:
            found.append(dossier)
    return found


def _by_file(findings: Iterable[Finding]) -> dict[str, list[Finding]]:
    about: dict[str, list[Finding]] = {}
    for finding in findings:
        about.setdefault(finding.place.file, []).append(finding)
    return about


def _texts(plans: Iterable[str | PathLike[str] | Source]) -> Iterator[tuple[str, Source]]:
    """Yield the path and the text of every plan that can be read."""
    for file in _sources(plans, []):
        try:
            source = _read(file)
        except (UnreadableSource, NotText):
            continue
        yield source.name if isinstance(file, Source) else file, source


def _read(file: str | Source) -> Source:
    """Return the text of a plan under the name that findings give it. Raises UnreadableSource and NotText."""
    return file if isinstance(file, Source) else Source(display(file), decode(read_bytes(file)))


def _name(file: str | Source) -> str:
    return file.name if isinstance(file, Source) else display(file)


def texts(plans: Iterable[str | PathLike[str] | Source]) -> Iterator[Source]:
    """Yield the texts of some plans under the names that findings give them; what cannot be read has none."""
    return (source for _, source in _texts(plans))


def cover(plans: Iterable[str | PathLike[str]], engine: Engine) -> tuple[list[Coverage], list[str]]:
    """Return which figures of some plans the rules would find wrong, and what could not be read."""
    unreadable: list[str] = []
    found = []
    for file in _sources(plans, unreadable):
        try:
            source = _read(file)
        except UnreadableSource as problem:
            unreadable.append(str(problem))
            continue
        except NotText as problem:
            unreadable.append(f"{_name(file)}:{problem.line}: not a readable text in UTF-8 ({problem.reason})")
            continue
        coverage = engine.cover(source, _beside(file.name if isinstance(file, Source) else file))
        if coverage is None:
            unreadable.append(f"{source.name}: no readable plan; planlint check says what is wrong")
        else:
            found.append(coverage)
    return found, unreadable


def _document(place: str | PathLike[str], name: str) -> Source:
    """Return the text of a document. Raises UnreadableSource; a name with a folder in it is refused."""
    if not os.path.isdir(place):
        return _text(place, os.path.basename(display(place)))
    if os.path.basename(name) != name or name in ("", os.curdir, os.pardir):
        raise UnreadableSource(f"{display(name)}: the name of a document in a folder, without the folder, is expected")
    return _text(os.path.join(place, name), display(name))


def _text(path: str | PathLike[str], name: str) -> Source:
    try:
        return Source(name, decode(read_bytes(path)))
    except NotText as problem:
        from planlint.engine import READING_WORDS

        said = READING_WORDS["reason", problem.reason]["en"]
        raise UnreadableSource(f"{display(path)}:{problem.line}: {said} {problem.detail}".rstrip()) from None


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
