"""What an edit changes, as JSON, as schemas/diff.schema.json describes it."""

from __future__ import annotations

from typing import Any

import msgspec

from planlint.difference import Difference, PlanDifference, Sort
from planlint.editions import Review
from planlint.findings import Finding, Mention, Severity
from planlint.heads import Part
from planlint.report import machine
from planlint.version import __version__

FORMAT = 1


def render(review: Review, lang: str) -> str:
    """Return the comparison as one JSON document with a final line break."""
    document = {
        "version": FORMAT,
        "planlint": __version__,
        "old": review.old or None,
        "new": review.new or None,
        "plans": [_plan(one, lang) for one in review.plans],
        "summary": _summary(review),
    }
    return msgspec.json.format(msgspec.json.encode(document), indent=1).decode() + "\n"


def _plan(one: PlanDifference, lang: str) -> dict[str, Any]:
    said = one.answers
    return {
        "plan": one.plan,
        "old": one.old or None,
        "new": one.new or None,
        "unread": one.unread or None,
        "head": [_part(part) for part in one.head],
        "figures": [_difference(difference, lang) for difference in one.figures],
        "claims": [_difference(difference, lang) for difference in one.claims],
        "moved": one.moved,
        "findings": {
            "new": [machine.told(finding, lang) for finding in said.new],
            "changed": [{"old": machine.told(o, lang), "new": machine.told(n, lang)} for o, n in said.changed],
            "fixed": [machine.told(finding, lang) for finding in said.fixed],
            "unchanged": [machine.told(finding, lang) for finding in said.unchanged],
        },
    }


def _part(part: Part) -> dict[str, str]:
    return {"key": part.key, "old": part.old, "new": part.new}


def _difference(difference: Difference, lang: str) -> dict[str, Any]:
    return {
        "sort": difference.sort.value,
        "old": _mention(difference.old),
        "new": _mention(difference.new),
        "parts": [_part(part) for part in difference.parts],
        "said": [text.say(lang) for text in difference.said],
    }


def _mention(cited: Mention | None) -> dict[str, Any] | None:
    return None if cited is None else machine.mention(cited)


def _summary(review: Review) -> dict[str, Any]:
    figures = [difference.sort for one in review.plans for difference in one.figures]
    said = [one.answers for one in review.plans]
    return {
        "plans": len(review.plans),
        "figures": {sort.value: figures.count(sort) for sort in Sort},
        "claims": sum(len(one.claims) for one in review.plans),
        "moved": sum(one.moved for one in review.plans),
        "new": _severities([f for answers in said for f in answers.new if f.waived is None]),
        "changed": sum(len(answers.changed) for answers in said),
        "fixed": sum(len(answers.fixed) for answers in said),
        "unchanged": sum(len(answers.unchanged) for answers in said),
    }


def _severities(found: list[Finding]) -> dict[str, int]:
    return {severity.word: sum(f.severity is severity for f in found) for severity in reversed(Severity)}
