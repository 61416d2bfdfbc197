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
    """A file that is no opinion sheet, or a row of one that cannot be understood; `said` tells what and where."""

    def __init__(self, zh: str, en: str) -> None:
        super().__init__(en)
        self.said = Text(zh, en)

    def at(self, zh: str, en: str) -> BadSheet:
        """Return the same with the place where it is so in front."""
        return BadSheet(f"{zh}：{self.said.zh}", f"{en}: {self.said.en}")


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
    remarks: tuple[Text, ...]


def settle(sheet: Sheet, findings: Iterable[Finding]) -> Settlement:
    """Return which findings are to be waived: those not accepted, of figures that are still those of the sheet.

    What is accepted, wholly or in part, will be changed in the plan: nothing is waived before it is. Raises BadSheet
    for a row that gives no reason.
    """
    known = {finding.fingerprint: finding for finding in findings}
    kept = []
    remarks = [_row(row, "没有指明意见，略过", "names no finding and is left out") for row in sheet.others]
    for reply in sheet.replies:
        if reply.ruling is not Ruling.REJECTED:
            continue
        if not is_reason(reply.reason):
            raise _without_reason(reply)
        finding = known.get(reply.fingerprint)
        if finding is None:
            name = reply.fingerprint
            remarks.append(_row(reply.row, f"意见 {name} 已消除", f"the finding {name} is no longer found"))
        elif values(finding) != reply.values:
            zh = f"{finding.rule} 所涉数字已改，须重新决定"
            en = f"{finding.rule} is about other figures by now, and is to be decided anew"
            remarks.append(_row(reply.row, zh, en))
        elif finding.waiver is not None or finding.waived is not None:
            name = f"{finding.rule} {finding.fingerprint}"
            remarks.append(_row(reply.row, f"{name} 已豁免", f"{name} is waived already"))
        else:
            kept.append((reply, finding))
    return Settlement(tuple(kept), tuple(remarks))


def _row(number: int, zh: str, en: str) -> Text:
    return Text(f"第 {number} 行：{zh}", f"row {number}: {en}")


def _without_reason(reply: Reply) -> BadSheet:
    zh = f"“{reply.reason}”不是理由" if reply.reason else "没有写理由"
    en = f"'{reply.reason}' is no reason" if reply.reason else "no reason is given"
    rejected = RULINGS[Ruling.REJECTED].zh
    said = _row(reply.row, f"{rejected}，但{zh}", f"{rejected} (not accepted), but {en}")
    return BadSheet(said.zh, said.en)
