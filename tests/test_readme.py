"""The README says what is so."""

import re
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")
GOLDEN = "".join(path.read_text(encoding="utf-8") for path in sorted((ROOT / "tests" / "golden").glob("*.txt")))


def test_reports_shown_are_reports_given():
    """Every line of a report in the README stands in a golden report."""
    blocks = re.findall(r"```\n\$ planlint check [^\n]*\n(.*?)```", README, re.DOTALL)
    lines = [line for block in blocks for line in block.splitlines() if line.strip()]

    assert len(lines) > 10
    assert [line for line in lines if line not in GOLDEN.splitlines()] == []


def test_coverage_shown_is_coverage_given():
    """The table of coverage is that of the plan, line by line."""
    from click.testing import CliRunner

    from planlint.cli import cli

    command, block = re.search(r"```\n\$ planlint (coverage [^\n]*)\n(.*?)```", README, re.DOTALL).groups()
    words = [str(ROOT / word) if word.startswith("plans/") else word for word in command.split()]
    given = CliRunner().invoke(cli, words).stdout.replace(f"{ROOT}/", "")

    assert given.startswith(block)


def test_the_argument_shown_stands_in_the_manual():
    """The repairs quoted are those of the manual, which is held against the command."""
    manual = (ROOT / "docs" / "between-figures.md").read_text(encoding="utf-8")
    block = re.search(r"```\n(怎样改就能一致\n.*?)```", README, re.DOTALL)[1]

    assert block in manual


def test_ci_runs_the_test_command_of_the_readme():
    """The line under “Run the tests” is the line that .ci/run executes."""
    command = re.search(r"Run the tests:\n\n```\n(.*)\n```", README)[1]

    assert command in (ROOT / ".ci" / "run").read_text(encoding="utf-8").splitlines()


def test_the_plan_in_ten_lines_is_one(tmp_path):
    """The example of a plan has at most ten lines below its comment and is checked without a word about its form."""
    from planlint import check
    from planlint.source import Source

    text = re.search(r"## A plan in ten lines.*?```yaml\n(.*?)```", README, re.DOTALL)[1]
    found = check(Source("plan.yaml", text))

    assert len(text.splitlines()) == 10
    assert [finding.rule for finding in found.findings] == ["PL101"]


def test_every_module_stands_in_the_table_of_stages():
    """A newcomer finds each module, or the folder that it is in, beside the stage that it belongs to."""
    table = README.split("| stage | modules")[1].split("\n\n")[0]
    named = set(re.findall(r"`([a-z_]+)/?`", table))
    package = ROOT / "planlint"
    held = {path.stem for path in package.iterdir() if path.suffix == ".py" and not path.stem.startswith("__")}
    held |= {path.name for path in package.iterdir() if path.is_dir() and not path.name.startswith("__")}

    assert held - named - {"schemas"} == set()
    assert named - held == set()
