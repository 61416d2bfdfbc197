"""The only place for baselines: the findings that a project already knows, one sorted line each, so that git merges."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from msgspec import Struct

from planlint.findings import Finding
from planlint.patterns import pattern
from planlint.source import AnyPath, Malformed, NotText, Place, decode, display, printable, read_bytes
from planlint.writing import write_whole

NAME = "planlint-baseline.txt"
HEAD = "# planlint baseline 1"
_EXPLAINED = "# fingerprint, rule, plan, what it is about; written by `planlint baseline`, merged line by line"
_FINGERPRINT = pattern(r"[0-9a-f]{16}(?:-[0-9]{1,4})?")
_RULE = pattern(r"[A-Z]{2,6}[0-9]{3}")
_MOST_NAMES = 3


class Entry(Struct, frozen=True):
    """A finding that is known. `line` is that of the file, 0 for one that stands in none yet."""

    fingerprint: str
    rule: str
    plan: str
    remark: str
    line: int = 0


class Baseline(Struct, frozen=True):
    """What a file of known findings holds, by fingerprint."""

    file: str
    entries: Mapping[str, Entry]


def entry_of(finding: Finding) -> Entry:
    """Return the entry of a finding; its remark names what it is about and no value, which may change."""
    names = list(dict.fromkeys(m.indicator or m.text for m in finding.mentions))
    more = f" +{len(names) - _MOST_NAMES}" if len(names) > _MOST_NAMES else ""
    remark = f"{finding.name}: {'; '.join(names[:_MOST_NAMES])}{more}"
    plan, said = (" ".join(printable(text).split()) for text in (finding.plan, remark))
    return Entry(finding.fingerprint, finding.rule, plan, said)


def read(file: AnyPath) -> Baseline:
    """Return the baseline of a file. Raises UnreadableSource, and Malformed for a line that is none."""
    name = display(file)
    try:
        lines = decode(read_bytes(file)).split("\n")
    except NotText as problem:
        raise Malformed(Place(name, problem.line, 1), f"not a text in UTF-8 ({problem.reason})") from None
    if lines[0].rstrip() != HEAD:
        raise Malformed(Place(name, 1, 1), f"no baseline: its first line must be '{HEAD}'")
    entries: dict[str, Entry] = {}
    for number, line in enumerate(lines, 1):
        if not line.strip() or line.startswith("#"):
            continue
        parts = line.rstrip("\r").split("\t")
        is_entry = len(parts) == 4 and _FINGERPRINT.fullmatch(parts[0]) and _RULE.fullmatch(parts[1])
        if not is_entry:
            merge = " (an unfinished merge)" if line.startswith(("<<<<<<<", "=======", ">>>>>>>", "|||||||")) else ""
            said = f"expected fingerprint, rule, plan and remark, separated by tabs{merge}"
            raise Malformed(Place(name, number, 1), said)
        fingerprint, rule, plan, remark = parts
        entries[fingerprint] = Entry(fingerprint, rule, plan, remark, number)
    return Baseline(name, entries)


def render(entries: Iterable[Entry]) -> str:
    """Return the text of a baseline: a line for each finding, sorted."""
    lines = sorted({f"{e.fingerprint}\t{e.rule}\t{e.plan}\t{e.remark}" for e in entries})
    return "\n".join([HEAD, _EXPLAINED, *lines]) + "\n"


def write(file: AnyPath, entries: Iterable[Entry]) -> None:
    """Write a baseline, whole or not at all. Raises OSError."""
    write_whole(file, render(entries).encode("utf-8", "backslashreplace"))
