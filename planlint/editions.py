"""The only place that finds the two editions of plans that are compared: files, folders, revisions of a repository.

A word that names something on disk is a path. A word that git knows as a commit is a revision. A word that is both is
refused, and so is a word that is neither: nothing is guessed.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial

from msgspec import Struct
from msgspec.structs import replace

from planlint import plan, revisions, tree
from planlint.answers import Answers, answers
from planlint.api import REFERENCE_FOLDER, Selection, decided
from planlint.difference import PlanDifference, compare
from planlint.engine import Engine
from planlint.facts import Facts, derive
from planlint.findings import Finding, Severity, Tally
from planlint.policy import Policy
from planlint.source import (
    MAX_BYTES,
    NotText,
    Source,
    UnreadableSource,
    decode,
    display,
    is_plan,
    plan_files,
    read_bytes,
)

_SUFFIXES = (".yaml", ".yml")


class Unclear(Exception):
    """What is to be compared cannot be told, or cannot be had: the message says why and what to write instead."""


class File(Struct, frozen=True):
    """A plan file of one edition. `key` tells which file of the other edition it is; `where` is where it stands."""

    key: str
    name: str
    data: bytes
    where: str


class Edition(Struct, frozen=True):
    """One side of a comparison: its name, its plan files, and what returns another file of it, None for none."""

    name: str
    files: tuple[File, ...]
    read: Callable[[str], bytes | None]
    unreadable: tuple[str, ...] = ()


class Review(Struct, frozen=True):
    """Two editions held against each other, plan by plan."""

    old: str
    new: str
    plans: tuple[PlanDifference, ...]
    unreadable: tuple[str, ...]

    def worst(self) -> Severity | None:
        """Return the highest severity of what is new, None if nothing is."""
        found = (one.answers.worst() for one in self.plans)
        return max((severity for severity in found if severity is not None), default=None)


def editions(words: Sequence[str], paths: Sequence[str] | None) -> tuple[Edition, Edition]:
    """Return the old and the new edition that one or two words name; `paths` limit revisions. Raises Unclear."""
    try:
        commits = [_commit(word) for word in words]
        if len(words) == 1:
            if commits[0] is None:
                raise Unclear(f"'{display(words[0])}' is a path: name what it is to be compared with, too")
            limits = paths if paths is not None else (os.curdir,)
            return _at(words[0], commits[0], limits), _working_tree(limits)
        old, new = words
        if None not in commits:
            limits = paths if paths is not None else (os.curdir,)
            return _at(old, commits[0], limits), _at(new, commits[1], limits)
        if paths is not None:
            raise Unclear("paths behind -- go with revisions only, and one of the two is a path already")
        if commits[0] is not None:
            return _at(old, commits[0], (new,)), _working_tree((new,))
        if commits[1] is not None:
            return _working_tree((old,)), _at(new, commits[1], (old,))
        if os.path.isdir(old) != os.path.isdir(new):
            raise Unclear("a file is compared with a file, a folder with a folder")
        return _on_disk(old), _on_disk(new)
    except revisions.NoGit as problem:
        raise Unclear(str(problem)) from None


def _commit(word: str) -> str | None:
    """Return the commit that a word names, None for a path. Raises Unclear for a word that is both or neither."""
    is_path = os.path.lexists(word)
    try:
        commit = revisions.commit_of(word)
    except revisions.NoGit as problem:
        if is_path:
            return None
        raise Unclear(
            f"'{display(word)}' is no file or folder, and cannot be looked up as a revision: {problem}"
        ) from None
    if is_path and commit is not None:
        raise Unclear(
            f"'{display(word)}' is both a revision and a path; write './{display(word)}' for the path, "
            f"'{display(word)}^0' for the revision"
        )
    if not is_path and commit is None:
        hint = "; this clone is shallow, so older commits are missing (git fetch --unshallow)"
        raise Unclear(
            f"'{display(word)}' is neither a revision nor a file or folder; paths go behind --"
            + (hint if revisions.is_shallow() else "")
        )
    return commit


def _on_disk(path: str) -> Edition:
    """Return the plan files at a path; one file alone is the other edition of any other file."""
    is_folder = os.path.isdir(path)
    return _read(path, ((os.path.relpath(file, path) if is_folder else "", file) for file in plan_files(path)))


def _working_tree(paths: Sequence[str]) -> Edition:
    """Return the plan files on disk at some paths, by their path in the repository."""
    top = revisions.top()
    found = (file for path in paths if os.path.lexists(path) for file in plan_files(path))
    return _read("", ((_inside(file, top), file) for file in found))


def _read(name: str, files: Iterable[tuple[str, str]]) -> Edition:
    found: dict[str, File] = {}
    unreadable = []
    for key, file in files:
        try:
            found.setdefault(key, File(key, display(file), read_bytes(file), file))
        except UnreadableSource as problem:
            unreadable.append(str(problem))
    return Edition(name, tuple(found.values()), from_disk, tuple(unreadable))


def from_disk(file: str) -> bytes | None:
    """Return the content of a file, None where it cannot be had."""
    try:
        return read_bytes(file)
    except UnreadableSource:
        return None


def _inside(path: str, top: str) -> str:
    """Return a path as the repository knows it. Raises Unclear for one outside."""
    whole = os.path.normpath(os.path.join(os.path.realpath(os.curdir), path))
    inner = os.path.relpath(whole, os.path.realpath(top))
    if inner == os.pardir or inner.startswith(os.pardir + os.sep):
        raise Unclear(f"'{display(path)}' lies outside the repository {display(top)}")
    return inner.replace(os.sep, "/")


def _at(name: str, commit: str | None, paths: Sequence[str]) -> Edition:
    """Return the plan files of a revision at some paths."""
    revision = commit or name
    top = revisions.top()
    wanted = [_inside(path, top) for path in paths]
    blobs = [blob for blob in revisions.blobs(revision, wanted) if blob.path in wanted or _is_yaml(blob.path)]
    large = tuple(f"{name}:{display(b.path)}: larger than 16 MB" for b in blobs if b.size > MAX_BYTES)
    files = [
        File(blob.path, f"{name}:{display(blob.path)}", data, blob.path)
        for blob, data in revisions.contents(sorted(blobs, key=lambda blob: blob.path.split("/")))
        if blob.path in wanted or is_plan(data)
    ]
    return Edition(name, tuple(files), partial(_from_revision, revision), large)


def _is_yaml(path: str) -> bool:
    """Tell whether a file may be a plan by its name: hidden files and folders are left out, as on disk."""
    return path.endswith(_SUFFIXES) and not any(part.startswith(".") for part in path.split("/"))


def _from_revision(revision: str, path: str) -> bytes | None:
    found = [blob for blob in revisions.blobs(revision, (path,)) if blob.path == path]
    return next((data for _, data in revisions.contents(found)), None)


class _Read(Struct, frozen=True):
    """A plan file as it was judged; `facts` is None where it is no readable plan."""

    file: File
    facts: Facts | None
    findings: tuple[Finding, ...]

    @property
    def id(self) -> str:
        return self.facts.plan.id if self.facts is not None else ""


def review(
    old: Edition,
    new: Edition,
    engine: Engine,
    selection: Selection = Selection(),
    *,
    policy: Policy | None = None,
) -> Review:
    """Return what differs between two editions. Raises Unclear where neither holds a plan."""
    unreadable = (*old.unreadable, *new.unreadable)
    if not old.files and not new.files and not unreadable:
        raise Unclear("no plan found in either of the two")
    sides = [[_judged(file, edition, engine, selection, policy) for file in edition.files] for edition in (old, new)]
    plans = [_compared(one, other) for one, other in _paired(*sides)]
    return Review(old.name, new.name, tuple(plans), unreadable)


def _judged(file: File, edition: Edition, engine: Engine, selection: Selection, policy: Policy | None) -> _Read:
    try:
        source = Source(file.name, decode(file.data))
    except NotText as problem:
        return _Read(file, None, tuple(engine.refuse(file.name, problem).findings))
    outcome = engine.judge(source, partial(reference, edition.read, file.where))
    faults: list[tree.Fault] = []
    stated = plan.read(tree.parse(source.text, source.name)[0], source.name, faults)
    facts = derive(stated, engine.lookups, faults) if stated is not None else None
    found, _ = decided([outcome], policy, lambda: engine, selection, Tally())
    return _Read(file, facts, found)


def reference(read: Callable[[str], bytes | None], where: str, name: str) -> Source | None:
    """Return the plan that the plan at a place names, as `read` returns it; None where there is none."""
    folder = os.path.dirname(where)
    for parts in ((f"{name}.yaml",), (REFERENCE_FOLDER, f"{name}.yaml")):
        path = os.path.join(folder, *parts)
        data = read(path)
        try:
            if data is not None:
                return Source(display(path), decode(data))
        except NotText:
            continue
    return None


def _paired(old: Sequence[_Read], new: Sequence[_Read]) -> Iterator[tuple[_Read | None, _Read | None]]:
    """Yield which plan is which: by the path, or else by an id that one plan alone has on each side."""
    by_key = {one.file.key: one for one in old}
    keys = {other.file.key for other in new}
    left = [one for one in old if one.file.key not in keys]
    come = [other for other in new if other.file.key not in by_key]
    renamed = {}
    for other in come:
        same = [one for one in left if one.id and one.id == other.id]
        if len(same) == 1 and sum(third.id == other.id for third in come) == 1:
            renamed[other.file.key] = same[0]
    for other in new:
        yield by_key.get(other.file.key) or renamed.get(other.file.key), other
    moved = {one.file.key for one in renamed.values()}
    yield from ((one, None) for one in left if one.file.key not in moved)


def _compared(old: _Read | None, new: _Read | None) -> PlanDifference:
    if old is not None and new is not None and old.facts is not None and new.facts is not None:
        return compare(old.facts, new.facts, old.findings, new.findings)
    shown = new if new is not None else old
    if shown is None:
        raise ValueError("one of the two is a plan")
    was, now = (side.file.name if side is not None else "" for side in (old, new))
    size = len(shown.facts.plan.statements) if shown.facts is not None else 0
    found = PlanDifference(shown.id, was, now, (), (), (), 0, Answers(), size=size)
    if new is None:
        # What was said of a plan that is gone is neither fixed nor still there.
        return found
    said = answers(old.findings if old is not None else (), new.findings, same_plan=False)
    if old is None:
        return replace(found, answers=said)
    unread = [word for word, side in (("old", old), ("new", new)) if side.facts is None]
    if new.facts is None:
        # Nothing is fixed by becoming unreadable.
        said = replace(said, fixed=())
    return replace(found, plan=new.id or old.id, answers=said, unread="both" if len(unread) == 2 else unread[0])
