"""What only looks wrong: plans in which nobody may find an error or give a warning.

Each file in `silence` is one innocent case and begins with the reason why it is. A rule that speaks there is at fault.
An info may be given where a line `# infos: PL401` says so. A file with a text of the same name is traced to it, too.
"""

import re
from pathlib import Path

import pytest

from planlint.api import Judge, inspect, trace

FILES = sorted((Path(__file__).parent / "silence").glob("*.yaml"))
TRACED = [path for path in FILES if path.with_suffix(".txt").exists()]
JUDGE = Judge(remember=False)
_INFOS = re.compile(r"# infos: (PL[0-9]{3}(?:, PL[0-9]{3})*)")


def comment(path):
    """The lines of the comment with which a file begins, and the rules that may give an info."""
    lines = []
    for line in path.read_text(encoding="utf-8").splitlines():
        if not line.startswith("# "):
            break
        lines.append(line)
    infos = [rule for line in lines if (found := _INFOS.fullmatch(line)) for rule in found[1].split(", ")]
    return " ".join(line[2:] for line in lines if not _INFOS.fullmatch(line)), infos


def said(report):
    """Severity, rule and message of each finding, the rules of infos apart."""
    loud = [(f.severity.word, f.rule, f.message.zh) for f in report.findings if f.severity.word != "info"]
    return loud, sorted({f.rule for f in report.findings if f.severity.word == "info"})


def test_there_are_many():
    """Trust is lost by one false alarm; forty innocent cases are few."""
    assert len(FILES) >= 40


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_a_case_says_why_it_is_innocent(path):
    """The reason comes first, in a sentence."""
    reason, _ = comment(path)

    assert len(reason) >= 20
    assert reason.endswith((".", "。"))


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_nothing_is_found_in_an_innocent_plan(path):
    """No error, no warning, and infos only where the case says so; the figures were read and judged."""
    report = inspect([path], JUDGE)

    assert said(report) == ([], sorted(comment(path)[1]))
    assert report.unreadable == ()
    assert report.tally.plans == 1


@pytest.mark.parametrize("path", TRACED, ids=lambda path: path.stem)
def test_nothing_is_missing_in_an_innocent_copy(path):
    """Every number of the document is accounted for, and stands where the plan file says."""
    report, (found,) = trace([path], path.with_suffix(".txt"), JUDGE.engine)

    assert said(report) == ([], [])
    assert found.accounted == found.numbers
