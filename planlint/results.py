"""The only place that remembers what was said of a plan: an unchanged one under unchanged rules is not judged again.

One file for each plan file, by its path, so that the folder does not grow with every edit. What is kept counts only for
the same rules (names, sizes and times of their files), the same program, the same name and content of the plan, and the
same content of the plans that it is held against.
"""

from __future__ import annotations

import os
from collections.abc import Iterable

from planlint import store
from planlint.digest import digest
from planlint.findings import Finding, Mention, Origin, Outcome, Severity, Text, Undecided, Waiver
from planlint.plaindata import DAMAGE, MAKE, Codec
from planlint.source import AnyPath, Place, UnreadableSource, display, read_bytes
from planlint.version import __version__

FORMAT = 3
"""Changes whenever what is kept changes."""

_CODEC = Codec(Text, Place, Origin, Mention, Finding, Undecided, Severity, Waiver)

Read = list[tuple[str, str]]
"""Further files that a judgement rests on, and the digest of each; empty where it could not be read."""


class Results:
    """What is kept for the rules of some folders. `rules` is how many rules there were, where anything was found."""

    def __init__(self, folders: Iterable[AnyPath]) -> None:
        self._folder = store.folder()
        self.rules = 0
        if self._folder is not None:
            stamps = store.stamps((*store.own_folders(), *folders))
            self._key = store.key_of((MAKE, FORMAT, __version__, *stamps))

    def find(self, file: AnyPath, data: bytes) -> Outcome | None:
        """Return what was said of a file with this content, None where that is not known."""
        payload = store.read(self._place(file)) if self._folder is not None else None
        if payload is None:
            return None
        try:
            kept = _CODEC.load(payload)
            if not isinstance(kept, tuple) or kept[:3] != (self._key, display(file), digest(data)):
                return None
            _, _, _, read, rules, plan, figures, findings, undecided, waivers = kept
            if any(_digest_of(other) != known for other, known in read):
                return None
            outcome = Outcome(display(file), plan, int(figures), list(findings), list(undecided), tuple(waivers))
            self.rules = int(rules)
        except DAMAGE:
            return None
        return outcome

    def keep(self, file: AnyPath, data: bytes, outcome: Outcome, read: Read, rules: int) -> None:
        """Keep what was said of a file."""
        if self._folder is not None:
            said = (outcome.plan, outcome.figures, tuple(outcome.findings), tuple(outcome.undecided), outcome.waivers)
            kept = (self._key, display(file), digest(data), tuple(read), rules, *said)
            store.write(self._place(file), _CODEC.dump(kept))

    def _place(self, file: AnyPath) -> str:
        name = digest(os.fsencode(os.path.abspath(file)))
        return os.path.join(self._folder or "", "results", name)


def _digest_of(file: str) -> str:
    """Return the digest of a file's content, nothing where it cannot be read."""
    try:
        return digest(read_bytes(file))
    except UnreadableSource:
        return ""


def digest_of(data: bytes | None) -> str:
    """Return the digest of some content, nothing where there is none."""
    return digest(data) if data is not None else ""
