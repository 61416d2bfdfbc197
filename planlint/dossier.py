"""All that a panel reads of one plan: its heading, its findings as arguments, courses of indicators, and coverage."""

from __future__ import annotations

from msgspec import Struct

from planlint.argument import Argument
from planlint.courses import Course
from planlint.coverage import Coverage


class Heading(Struct, frozen=True):
    """What a plan says of itself."""

    id: str
    title: str
    region: str
    period: str
    baseline: int
    document: str


class Dossier(Struct, frozen=True):
    """One plan as a panel reads it."""

    file: str
    heading: Heading
    arguments: tuple[Argument, ...]
    courses: tuple[Course, ...]
    coverage: Coverage
