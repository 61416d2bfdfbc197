"""The plans of the collection, held against the texts of their documents where these are at hand.

The documents are not part of the repository. Without them these tests are skipped, and pytest says so:

    PLANLINT_DOCUMENTS=folder pytest tests/test_plans.py
"""

import os
import re
from fractions import Fraction
from pathlib import Path

import pytest

from planlint import cache
from planlint.api import Report, Selection, trace
from planlint.engine import Engine

ROOT = Path(__file__).resolve().parent.parent
DOCUMENTS = Path(os.environ.get("PLANLINT_DOCUMENTS", ROOT.parent / "shared" / "source"))
PLANS = sorted((ROOT / "plans").rglob("*.yaml"))
ENOUGH = Fraction(98, 100)
"""The share of a document's numbers that a plan of the collection accounts for, at least."""


def document(path):
    """The text that a plan file names."""
    return DOCUMENTS / re.search(r"\bdocument: *([^\s,}]+)", path.read_text(encoding="utf-8"))[1]


@pytest.fixture(scope="module")
def engine():
    """The shipped rules."""
    return Engine(cache.load())


def cases():
    """Every plan; one whose document is not at hand is skipped, with the reason."""
    for path in PLANS:
        missing = pytest.mark.skipif(not document(path).is_file(), reason=f"{document(path).name} is not at hand")
        yield pytest.param(path, id=path.stem, marks=missing)


@pytest.mark.parametrize("path", list(cases()))
def test_a_plan_says_what_its_document_says(path, engine):
    """Every quote and figure stands on its lines: nothing was misread on the way into the plan file."""
    report, _ = trace([path], DOCUMENTS, engine, Selection(select=("PL033", "PL034", "PL035")))

    assert report == Report((), (), report.tally, ())


@pytest.mark.parametrize("path", list(cases()))
def test_a_plan_holds_nearly_all_numbers_of_its_document(path, engine):
    """What is left out is not checked, so nearly nothing is."""
    _, (found,) = trace([path], DOCUMENTS, engine)

    assert Fraction(found.accounted, found.numbers) >= ENOUGH
