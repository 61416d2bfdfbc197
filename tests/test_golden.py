"""The whole text report of every plan of the collection, in both languages, as it was when it was last looked at.

A change of a rule, of the catalogue or of a message shows here as a difference to be read. When every line of it is
wanted, write the files anew and review them in the diff:

    PLANLINT_REGENERATE=1 pytest tests/test_golden.py
"""

import os
from pathlib import Path

import pytest

from planlint.api import check
from planlint.report import text
from planlint.source import Source

ROOT = Path(__file__).parent.parent
GOLDEN = Path(__file__).parent / "golden"
PLANS = sorted((ROOT / "plans").glob("*.yaml"))
REPORTS = [(path, lang) for path in PLANS for lang in ("zh", "en")]


def golden(path, lang):
    """The file that keeps the report of a plan in a language."""
    return GOLDEN / f"{path.stem}.{lang}.txt"


@pytest.mark.parametrize(("path", "lang"), REPORTS, ids=[f"{path.stem}-{lang}" for path, lang in REPORTS])
def test_reports_are_as_they_were(path, lang, monkeypatch):
    """Every line of a report is as it was when somebody last read it."""
    # The plans that a plan refers to are looked for beside its name.
    monkeypatch.chdir(path.parent.parent)
    source = Source(f"plans/{path.name}", path.read_text(encoding="utf-8"))
    report = text.plain(text.layout(check(source), lang))
    if os.environ.get("PLANLINT_REGENERATE"):
        GOLDEN.mkdir(exist_ok=True)
        golden(path, lang).write_text(report, encoding="utf-8", newline="\n")

    assert report == golden(path, lang).read_bytes().decode("utf-8")


def test_no_report_is_left_behind():
    """There is a file for every plan and language, and no other."""
    assert sorted(path.name for path in GOLDEN.iterdir()) == sorted(golden(*report).name for report in REPORTS)
