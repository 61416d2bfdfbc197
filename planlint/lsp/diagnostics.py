"""What an editor underlines: findings as spans of the text with their related places."""

from __future__ import annotations

from collections.abc import Iterable

from msgspec import Struct

from planlint.findings import Finding, Mention, Severity, Text
from planlint.lsp.draft import Draft
from planlint.report import words
from planlint.source import Place, printable
from planlint.spans import Span


class Related(Struct, frozen=True):
    """Another place of a finding. `span` is None where it stands in another file."""

    place: Place
    span: Span | None
    message: str


class Notice(Struct, frozen=True):
    """A finding as an editor shows it."""

    span: Span
    severity: Severity
    code: str
    message: str
    related: tuple[Related, ...]
    fingerprint: str
    is_waived: bool = False


def notices(draft: Draft, findings: Iterable[Finding], lang: str) -> list[Notice]:
    """Return findings about a draft in a language, in their order."""
    return [_notice(draft, finding, lang) for finding in findings]


def _notice(draft: Draft, finding: Finding, lang: str) -> Notice:
    steps = (f"→ {printable(step.say(lang))}" for step in finding.steps)
    accepted = Text(f"已同意保留：{finding.waived}", f"accepted: {finding.waived}")
    reasons = [] if finding.waived is None else [printable(accepted.say(lang))]
    others = (mention for mention in finding.mentions if mention.place != finding.place)
    return Notice(
        draft.span(finding.place),
        finding.severity,
        finding.rule,
        "\n".join([*reasons, printable(finding.message.say(lang)), *steps]),
        tuple(_related(draft, mention, lang) for mention in others),
        finding.fingerprint,
        finding.waived is not None,
    )


def _related(draft: Draft, mention: Mention, lang: str) -> Related:
    own = mention.place.file == draft.name
    said = " ".join(filter(None, (mention.indicator, words.shown(mention), words.origin(mention, lang))))
    return Related(mention.place, draft.span(mention.place) if own else None, printable(said))
