"""What a panel may decide about a finding on an opinion sheet, how a row names it, and what follows from that."""

from __future__ import annotations

import enum
from collections.abc import Iterable

from msgspec import Struct

from planlint.digest import digest
from planlint.findings import Finding, Text
from planlint.grants import is_reason

TAG = "planlint:"
"""What the name of a row's control begins with; the reference of its finding follows."""


class BadSheet(Exception):
    """A file that is no opinion sheet, or a row of one that cannot be understood; the message says where."""


class Ruling(enum.Enum):
    """What a panel decided about a finding. PARTLY and REJECTED need a reason."""

    ACCEPTED = "accepted"
    PARTLY = "partly"
    REJECTED = "rejected"
    OPEN = "open"


RULINGS = {
    Ruling.ACCEPTED: Text("采纳", "accepted"),
    Ruling.PARTLY: Text("部分采纳", "partly accepted"),
    Ruling.REJECTED: Text("不采纳", "not accepted"),
}
CHOOSE = Text("请选择", "choose")
NUMBER = Text("序号", "No.")
DECISION = Text("采纳情况", "Decision")
REASON = Text("理由", "Reason")


class Reply(Struct, frozen=True):
    """A row: the finding it is about, the digest of the values it was written for, the decision and the reason."""

    row: int
    fingerprint: str
    values: str
    ruling: Ruling
    reason: str


class Sheet(Struct, frozen=True):
    """What a filled sheet says; `others` are rows that somebody added and that name no finding."""

    replies: tuple[Reply, ...]
    others: tuple[int, ...]


def reference(finding: Finding) -> str:
    """Return what a row names its finding by: the fingerprint, and a digest of what is printed now."""
    return f"{finding.fingerprint}/{values(finding)}"


def values(finding: Finding) -> str:
    """Return a digest of what is printed in the places that a finding is about; blanks do not count."""
    printed = sorted({mention.id: "".join(mention.printed.split()) for mention in finding.mentions}.items())
    return digest("\0".join(part for pair in printed for part in pair).encode("utf-8", "surrogatepass"), size=4)


class Settlement(Struct, frozen=True):
    """What follows from a sheet: the findings that a panel keeps as they are, and rows from which nothing follows."""

    kept: tuple[tuple[Reply, Finding], ...]
    remarks: tuple[str, ...]


def settle(sheet: Sheet, findings: Iterable[Finding]) -> Settlement:
    """Return which findings are to be waived: those not accepted, of figures that are still those of the sheet.

    What is accepted, wholly or in part, will be changed in the plan: nothing is waived before it is. Raises BadSheet
    for a row that gives no reason.
    """
    known = {finding.fingerprint: finding for finding in findings}
    kept = []
    remarks = [f"row {row}: names no finding and is left out" for row in sheet.others]
    for reply in sheet.replies:
        if reply.ruling is not Ruling.REJECTED:
            continue
        if not is_reason(reply.reason):
            given = f"'{reply.reason}' is no reason" if reply.reason else "no reason is given"
            raise BadSheet(f"row {reply.row}: {RULINGS[Ruling.REJECTED].zh} (not accepted), but {given}")
        finding = known.get(reply.fingerprint)
        if finding is None:
            remarks.append(f"row {reply.row}: the finding {reply.fingerprint} is no longer found")
        elif values(finding) != reply.values:
            remarks.append(f"row {reply.row}: {finding.rule} is about other figures by now, and is to be decided anew")
        elif finding.waiver is not None or finding.waived is not None:
            remarks.append(f"row {reply.row}: {finding.rule} {finding.fingerprint} is waived already")
        else:
            kept.append((reply, finding))
    return Settlement(tuple(kept), tuple(remarks))
