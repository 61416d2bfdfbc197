"""The only place for files of waivers: read strictly, and written whole, one entry for each finding."""

from __future__ import annotations

import os
from collections.abc import Iterable

from planlint import tree
from planlint.engine import Engine
from planlint.fields import Fields
from planlint.findings import Finding, Waiver
from planlint.grants import read_all
from planlint.policy import meaning, plain
from planlint.source import AnyPath, Malformed, NotText, Place, decode, display, read_bytes
from planlint.tree import Fault
from planlint.writing import write_whole

NAME = "planlint-waivers.yaml"
VERSION = "1"
MAX_BYTES = 1024 * 1024
KEYS = ("planlint-waivers", "waivers")
_HEAD = f"""\
# Findings that are accepted, and why. `planlint waive` writes this file anew: remarks belong into the reasons.
# 已同意保留的意见及理由。本文件由 planlint waive 整份写出，说明请写在 reason 里。
planlint-waivers: {VERSION}
"""


def read(file: AnyPath, engine: Engine) -> tuple[Waiver, ...]:
    """Return the waivers of a file. Raises UnreadableSource, and Malformed at the first entry that is wrong."""
    name = display(file)
    data = read_bytes(file)
    if len(data) > MAX_BYTES:
        raise Malformed(Place(name, 1, 1), "the file is larger than 1 MB")
    try:
        text = decode(data)
    except NotText as problem:
        raise Malformed(Place(name, problem.line, 1), f"not a text in UTF-8 ({problem.reason})") from None
    return _read(text, name, engine)


def _read(text: str, name: str, engine: Engine) -> tuple[Waiver, ...]:
    root, faults = tree.parse(text, name)
    _refuse(faults, engine)
    if root is None:
        raise Malformed(Place(name, 1, 1), "the file is empty")
    fields = Fields(name, faults)
    if not isinstance(root, tree.Mapping) or not any(getattr(key, "value", "") == KEYS[0] for key, _ in root.value):
        raise Malformed(tree.place(root, name), f"no file of waivers: '{KEYS[0]}: {VERSION}' is missing")
    top = fields.mapping(root, KEYS, "file") or {}
    version = fields.text(top, KEYS[0]).strip()
    if version != VERSION:
        raise Malformed(tree.place(top[KEYS[0]], name), f"'{KEYS[0]}' must be {VERSION}; found '{version}'")
    waivers = engine.known_waivers(list(read_all(fields, top, None)), faults)
    _refuse(faults, engine)
    return waivers


def _refuse(faults: Iterable[Fault], engine: Engine) -> None:
    """Raise Malformed for the first fault, in the words of the rule about it."""
    for fault in faults:
        raise Malformed(fault.place, engine.word("", fault).message.en)


def add(file: AnyPath, waivers: Iterable[Waiver], engine: Engine) -> tuple[int, int]:
    """Add waivers to a file, which is made where it is missing, and return how many are new and how many replaced.

    A waiver takes the place of an earlier one for the same finding. Raises what read() raises, also for what is given,
    and OSError; the file is then what it was.
    """
    earlier = read(file, engine) if os.path.lexists(file) else ()
    given = {_key(waiver): waiver for waiver in waivers}
    same = {_by_values(waiver) for waiver in given.values()}
    kept = [w for w in earlier if _key(w) not in given and (w.finding or _by_values(w) not in same)]
    text = render([*kept, *given.values()])
    # Nothing is written that could not be read again, such as an entry without a reason.
    _read(text, display(file), engine)
    write_whole(file, text.encode())
    replaced = len(earlier) - len(kept)
    return max(len(given) - replaced, 0), replaced


Key = tuple[str, str, str, tuple[tuple[str, str], ...]]


def _key(waiver: Waiver) -> Key:
    return waiver.plan, waiver.rule, plain(waiver.finding), () if waiver.finding else waiver.values


def _by_values(waiver: Waiver) -> Key:
    """Return what names a finding without its fingerprint, as an entry written by hand may."""
    return waiver.plan, waiver.rule, "", waiver.values


def waiver_of(finding: Finding, reason: str, by: str, until: str, engine: Engine) -> Waiver:
    """Return the waiver that accepts a finding for the values it is about now."""
    rule = next(rule for rule in engine.ruleset.rules if rule.id == finding.rule)
    values = tuple(sorted({mention.id: mention.printed for mention in finding.mentions}.items()))
    granted = reason.strip(), by.strip(), until.strip()
    return Waiver(
        finding.rule, finding.plan, plain(finding.fingerprint), (), values, *granted, meaning(rule), finding.place
    )


def render(waivers: Iterable[Waiver]) -> str:
    """Return the text of a file of waivers, sorted by plan, rule and finding."""
    ordered = sorted(waivers, key=_key)
    if not ordered:
        return f"{_HEAD}waivers: []\n"
    return f"{_HEAD}waivers:\n" + "".join(entry(waiver) for waiver in ordered)


def entry(waiver: Waiver, *, in_plan: bool = False) -> str:
    """Return the text of one entry, as it stands in a file, or `in_plan`."""
    lines = [f"rule: {waiver.rule}"]
    if not in_plan:
        lines.append(f"plan: {quoted(waiver.plan)}")
    if waiver.finding:
        lines.append(f"finding: {quoted(waiver.finding)}")
    if waiver.figures:
        lines.append(f"figures: [{', '.join(map(quoted, waiver.figures))}]")
    lines += ["values:", *(f"  {quoted(figure)}: {quoted(text)}" for figure, text in waiver.values)]
    lines += [f"reason: {quoted(waiver.reason)}", f"by: {quoted(waiver.by)}"]
    if waiver.until:
        lines.append(f"until: {quoted(waiver.until)}")
    if waiver.meaning:
        lines.append(f"meaning: {quoted(waiver.meaning)}")
    return "  - " + "\n    ".join(lines) + "\n"


def quoted(text: str) -> str:
    """Return a text in double quotes, as YAML and JSON read it: nothing in it can become anything else."""
    return '"' + "".join(map(_escaped, text)) + '"'


def _escaped(character: str) -> str:
    if character in '"\\':
        return f"\\{character}"
    if character.isprintable():
        return character
    code = ord(character)
    return f"\\u{code:04x}" if code < 0x10000 else f"\\U{code:08x}"
