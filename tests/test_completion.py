"""What a shell asks planlint for while a command is typed, and the scripts that let it ask."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

from planlint.cli import cli

LIMIT = 30


def asked(line, *, seen=()):
    """What is offered for the last word of a line, as bash asks; `seen` are modules that must not be imported."""
    program = "import sys; sys.argv[0] = 'planlint'; from planlint.cli import main; main()"
    words = line.split(" ")
    result = subprocess.run(
        [sys.executable, *(["-X", "importtime"] if seen else []), "-c", program],
        env=os.environ | {"_PLANLINT_COMPLETE": "bash_complete", "COMP_WORDS": line, "COMP_CWORD": str(len(words) - 1)},
        capture_output=True,
        encoding="utf-8",
        timeout=LIMIT,
        check=False,
    )
    assert result.returncode == 0
    assert not [name for name in seen if f" {name}\n" in result.stderr]
    return [entry.partition(",")[2] for entry in result.stdout.split()]


def test_commands_and_options():
    """click knows its own."""
    assert asked("planlint co") == ["completion", "config", "coverage"]
    assert asked("planlint check --wat") == ["--watch"]
    assert asked("planlint check --lang ") == ["zh", "en"]


def test_families_first_then_rules():
    """A hundred ids are no help: the family is completed before the rule; lists go on behind a comma."""
    assert asked("planlint check --select PL") == [f"PL{family}" for family in range(10)]
    assert asked("planlint check --ignore pl80") == [f"PL80{number}" for number in range(1, 10)]
    assert asked("planlint check --select PL1,PL30")[:2] == ["PL1,PL301", "PL1,PL302"]
    assert asked("planlint explain PL10")[0] == "PL101"


def test_a_teams_own_rules(tmp_path):
    """Those of a folder that was named before."""
    (tmp_path / "TEAM001-a-rule.yaml").touch()

    assert asked(f"planlint check --rules {tmp_path} --select TEAM0") == ["TEAM001"]


def test_nothing_is_loaded_for_it():
    """A shell asks at every key: neither rules nor plans are read."""
    assert asked("planlint check --select PL10", seen=("planlint.engine", "planlint.rules", "yaml"))[0] == "PL101"


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_scripts(shell, tmp_path):
    """The script asks planlint, and the shell, where it is here, finds nothing wrong with it."""
    result = CliRunner().invoke(cli, ["completion", shell])
    script = tmp_path / "script"
    script.write_text(result.stdout, encoding="utf-8")

    assert result.exit_code == 0
    assert f"_PLANLINT_COMPLETE={shell}_complete" in result.stdout
    if shutil.which(shell):
        subprocess.run([shell, "-n", str(script)], check=True, timeout=LIMIT)


@pytest.mark.skipif(not shutil.which("bash"), reason="needs bash")
def test_bash_answers(tmp_path):
    """The whole way: the script is read, and the function that it defines asks the program."""
    program = tmp_path / "planlint"
    program.write_text(f"#!{sys.executable}\nfrom planlint.cli import main\nmain()\n", encoding="utf-8")
    program.chmod(0o755)
    asking = (
        "source <(planlint completion bash); COMP_WORDS=(planlint check --select PL90); COMP_CWORD=3; "
        '_planlint_completion planlint; echo "${COMPREPLY[@]}"'
    )
    result = subprocess.run(
        ["bash", "-c", asking],
        env=os.environ | {"PATH": f"{tmp_path}:{os.environ['PATH']}", "PYTHONPATH": str(Path(__file__).parent.parent)},
        capture_output=True,
        encoding="utf-8",
        timeout=LIMIT,
        check=True,
    )

    assert result.stdout.split()[:4] == ["PL901", "PL902", "PL903", "PL904"]
