"""The examples of the documentation are plans that can be read."""

import re
from pathlib import Path

import pytest

from planlint import check, grants, plan
from planlint.source import Source

FORMAT = (Path(__file__).resolve().parent.parent / "docs" / "plan-format.md").read_text(encoding="utf-8")
HEAD = "planlint: 1\nplan: {id: p, title: t, region: 某县, period: 2021-2025, document: p.txt}\n"
PARTS = [block for block in re.findall(r"```yaml\n(.*?)```", FORMAT, re.DOTALL) if block.split(":")[0] in plan.TOP_KEYS]


@pytest.mark.parametrize("text", [part for part in PARTS if not part.startswith("plan: ")])
def test_examples_of_the_format_can_be_read(text):
    """Nothing is wrong with their form; an id, or a finding, may be that of another example."""
    report = check(Source("example.yaml", text if text.startswith("planlint:") else HEAD + text), select="PL0")

    assert [finding.message.en for finding in report.findings if finding.rule not in ("PL024", "PL039")] == []


def test_every_key_of_the_format_is_explained():
    """A key that the reader knows stands in the manual, between backquotes or in an example."""
    keys = {*plan.TOP_KEYS, *plan.PLAN_KEYS, *plan.TABLE_KEYS, *plan.COLUMN_KEYS, *plan.ROW_KEYS, *plan.CELL_KEYS}
    keys |= {
        *grants.WAIVER_KEYS,
        *plan.FIGURE_KEYS,
        *plan.PROJECTS_KEYS,
        *plan.PROJECT_KEYS,
        *plan.NOT_FIGURE_KEYS,
        *plan.CLAIM_KEYS,
    }
    keys |= {key for kind, own in plan.CLAIM_KINDS.items() for key in (kind, *own)} | set(plan.NOT_FIGURE_KINDS)
    explained = set(re.findall(r"`([a-z_]+)(?:: \w+)?`", FORMAT)) | set(re.findall(r"\b([a-z_]+):", FORMAT))

    assert sorted(keys - explained) == []
