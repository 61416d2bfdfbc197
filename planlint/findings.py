"""The only place for what a reader sees of an inconsistency: texts in two languages, findings and their order."""

from __future__ import annotations

import enum
from collections.abc import Iterable

from msgspec import Struct, field
from msgspec.structs import replace

from planlint.digest import digest
from planlint.source import Place


class Text(Struct, frozen=True, array_like=True, gc=False):
    """A text in Chinese and in English."""

    zh: str
    en: str

    def say(self, lang: str) -> str:
        """Return the text in a language, `zh` or `en`."""
        return self.zh if lang == "zh" else self.en


class Severity(enum.IntEnum):
    """How bad: error, it cannot be true or meant; warning, a reviewer would send it back; info, worth a look."""

    INFO = 1
    WARNING = 2
    ERROR = 3

    @property
    def word(self) -> str:
        """Return the word used in files and options."""
        return self.name.lower()

    def milder(self) -> Severity:
        """Return the next lower severity."""
        return Severity(max(self - 1, Severity.INFO))


class Origin(Struct, frozen=True, gc=False):
    """Where a figure stands in the plan document: file name of the document, its lines, and a short quote."""

    document: str
    lines: tuple[int, ...]
    quote: str


class Mention(Struct, frozen=True, gc=False):
    """A figure or claim as a finding cites it."""

    id: str
    indicator: str
    role: str
    year: int | None
    text: str
    place: Place
    origin: Origin
    stated: str = ""
    """All amounts that a claim states, where `text` is only what it comes to."""

    @property
    def printed(self) -> str:
        """Return everything that a decision about it rests on."""
        return self.stated or self.text


class Waiver(Struct, frozen=True):
    """A recorded decision to accept a finding: which one, why, by whom, until when, for which printed values.

    A finding is named by its fingerprint, or by the ids of all figures that it is about; `place` is that of the entry.
    """

    rule: str
    plan: str
    finding: str
    figures: tuple[str, ...]
    values: tuple[tuple[str, str], ...]
    reason: str
    by: str
    until: str
    meaning: str
    place: Place


class Finding(Struct, frozen=True, gc=False):
    """One answer that a reader must see."""

    rule: str
    name: str
    severity: Severity
    plan: str
    place: Place
    message: Text
    mentions: tuple[Mention, ...]
    steps: tuple[Text, ...]
    fingerprint: str
    waived: str | None = None
    """The reason why it is accepted, None where it is not."""
    waiver: Waiver | None = None


class Undecided(Struct, frozen=True, gc=False):
    """A question that the plan does not print enough to answer."""

    rule: str
    place: Place
    because: Text
    lines: tuple[int, ...]


class Outcome(Struct):
    """What one plan has to say for itself."""

    file: str
    plan: str
    figures: int = 0
    findings: list[Finding] = field(default_factory=list)
    undecided: list[Undecided] = field(default_factory=list)
    waivers: tuple[Waiver, ...] = ()
    """Those that the plan itself states."""


def fingerprint(rule: str, plan: str, ids: Iterable[str]) -> str:
    """Return the identity of a finding: the rule, the plan and the ids of what it is about, never a line number."""
    content = "\0".join([rule, plan, *sorted(ids)])
    return digest(content.encode("utf-8", "surrogatepass"), size=8)


def in_order(found: Iterable[Finding]) -> list[Finding]:
    """Sort findings by file, then severity, place and rule; number those that are alike in everything else."""
    ordered = sorted(
        dict.fromkeys(found), key=lambda f: (f.place.file, -f.severity, f.place, f.rule, f.message.zh, f.fingerprint)
    )
    seen: dict[str, int] = {}
    result = []
    for finding in ordered:
        count = seen[finding.fingerprint] = seen.get(finding.fingerprint, 0) + 1
        # Two broken entries of one plan may have nothing but their place to tell them apart.
        result.append(finding if count == 1 else replace(finding, fingerprint=f"{finding.fingerprint}-{count}"))
    return result


class Tally(Struct):
    """Counts of one run."""

    plans: int = 0
    figures: int = 0
    rules: int = 0
    undecided: int = 0
    waived: int = 0
    severities: dict[Severity, int] = field(default_factory=lambda: dict.fromkeys(Severity, 0))
    known: int | None = None
    """Findings left out because a baseline holds them, None where there is none."""
