"""docs/ci.md, the action for GitHub and the hooks for pre-commit: what they say is what happens."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
import yaml
from click.testing import CliRunner
from faults import ERROR, HEAD, SILENT

from planlint.cli import cli
from planlint.report.formats import FORMATS

ROOT = Path(__file__).resolve().parent.parent
PAGE = (ROOT / "docs" / "ci.md").read_text(encoding="utf-8")
ACTION = yaml.safe_load((ROOT / "action.yml").read_text(encoding="utf-8"))
STEPS = ACTION["runs"]["steps"]
HOOKS = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text(encoding="utf-8"))
SNIPPETS = [yaml.safe_load(block) for block in re.findall(r"```yaml\n(.*?)```", PAGE, re.DOTALL)]

posix = pytest.mark.skipif(os.name != "posix", reason="needs a POSIX shell")


def program(folder):
    """A `planlint` in a folder of programs, run by this interpreter."""
    folder.mkdir(parents=True)
    file = folder / "planlint"
    start = "import sys; sys.argv[0] = 'planlint'; from planlint.cli import main; main()"
    file.write_text(f'#!/bin/sh\nexec "{sys.executable}" -c "{start}" "$@"\n', encoding="utf-8")
    file.chmod(0o755)
    return folder


def environment(tmp_path, **more):
    """What a runner gives to a step; nothing is taken from the folder that is checked."""
    kept = {"PATH": os.environ["PATH"], "HOME": str(tmp_path), "LANG": "C.UTF-8", "PYTHONUTF8": "1"}
    return kept | {"PYTHONPATH": str(ROOT), "PYTHONSAFEPATH": "1", "PLANLINT_CACHE_DIR": str(tmp_path / "c")} | more


# -- the page


@posix
def test_commands_print_what_the_page_shows(tmp_path):
    """One after the other, as a reader would type them; how many rules there are may change."""
    folder = tmp_path / "checkout"
    (folder / "plans").mkdir(parents=True)
    (folder / "plans" / "county.yaml").write_text(re.search(r"```yaml\n(planlint: 1.*?)```", PAGE, re.DOTALL)[1])
    (folder / "docker-compose.yaml").write_text("services: {}\n")
    path = f"{program(tmp_path / 'bin')}{os.pathsep}{os.environ['PATH']}"
    blocks = re.findall(r"```console\n(.*?)```", PAGE, re.DOTALL)
    printed = []
    for block in blocks:
        said = ""
        for line in re.findall(r"^\$ (.*)", block, re.MULTILINE):
            done = subprocess.run(
                ["/bin/sh", "-c", line],
                cwd=folder,
                env=environment(tmp_path, PATH=path),
                stdout=subprocess.PIPE,
                stderr=subprocess.STDOUT,
                encoding="utf-8",
            )
            said += f"$ {line}\n{done.stdout}"
        printed.append(re.sub(r"\d+ rules", "N rules", said))

    assert len(blocks) == 3
    assert printed == [re.sub(r"\d+ rules", "N rules", block) for block in blocks]
    assert (folder / "comment.md").read_text(encoding="utf-8").startswith("### What cannot be true in these plans\n")


def test_every_format_is_explained():
    """The page has a row for each."""
    rows = re.findall(r"^\| (`[^|]*`) \|", PAGE.partition("## Before each commit")[0], re.MULTILINE)

    assert set(FORMATS) <= set(re.findall(r"`([a-z]+)`", " ".join(rows)))


def test_commands_of_the_snippets_are_ones_that_planlint_knows():
    """Each option of the GitLab job and of the hook is one of `planlint check`."""
    hook = next(one for one in SNIPPETS if "repos" in one)["repos"][0]["hooks"][0]
    job = next(one for one in SNIPPETS if "planlint" in one and "script" in str(one))["planlint"]
    command = next(line for line in job["script"] if "check" in line)
    options = {word for word in [*command.split(), *hook["args"]] if word.startswith("-")}
    known = CliRunner().invoke(cli, ["check", "--help"]).output

    assert hook["id"] in {one["id"] for one in HOOKS}
    assert options == {"--lang", "--output", "--quiet"}
    assert all(option in known for option in options)
    assert {f"{kind}:{file}" for kind, file in zip(("gitlab", "junit"), job["artifacts"]["paths"], strict=True)} <= set(
        command.split()
    )


def test_inputs_of_the_action_are_explained():
    """All of them, and the page's workflow gives no others."""
    explained = set(re.findall(r"`([a-z-]+)`", "".join(re.findall(r"^\| [^|]*\|", PAGE, re.MULTILINE))))
    steps = next(one for one in SNIPPETS if "jobs" in one)["jobs"]["planlint"]["steps"]
    given = next(step["with"] for step in steps if "planlint@" in step.get("uses", ""))

    assert set(ACTION["inputs"]) <= explained
    assert set(given) <= set(ACTION["inputs"])


# -- pre-commit


def hook(*files, id_="planlint"):
    """The result of a hook on files, as pre-commit calls it."""
    entry = next(one for one in HOOKS if one["id"] == id_)["entry"].split()
    assert entry[0] == "planlint"
    return CliRunner().invoke(cli, [*entry[1:], *map(str, files)])


def test_a_hook_passes_over_what_is_no_plan(tmp_path):
    """It is given every YAML file of a commit, broken ones, too; they are not its business."""
    for name, text in {"a.yaml": "x: [\n", "b.yaml": HEAD + SILENT, "c.yaml": HEAD + ERROR}.items():
        (tmp_path / name).write_text(text, encoding="utf-8")

    assert hook(tmp_path / "a.yaml").exit_code == 0
    assert hook(tmp_path / "a.yaml", tmp_path / "b.yaml").exit_code == 0
    done = hook(tmp_path / "a.yaml", tmp_path / "c.yaml")
    assert (done.exit_code, "PL401" in done.output, "a.yaml" in done.output) == (1, True, False)


def test_a_hook_names_what_it_cannot_read(tmp_path):
    """A plan that cannot be read is not passed over."""
    (tmp_path / "gone.yaml").symlink_to("nowhere")

    assert hook(tmp_path / "gone.yaml").exit_code == 2


def test_the_hook_for_all_plans_looks_through_the_repository(tmp_path, monkeypatch):
    """Also where it holds no plan yet."""
    monkeypatch.chdir(tmp_path)
    assert hook(id_="planlint-all").exit_code == 0

    (tmp_path / "deep").mkdir()
    (tmp_path / "deep" / "c.yaml").write_text(HEAD + ERROR, encoding="utf-8")
    assert hook(id_="planlint-all").exit_code == 1


def test_plans_only_without_paths_looks_here(tmp_path, monkeypatch):
    """As without the option."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "c.yaml").write_text(HEAD + ERROR, encoding="utf-8")

    assert CliRunner().invoke(cli, ["check", "--plans-only"]).exit_code == 1


# -- the action


def test_nothing_is_written_into_the_shell():
    """An input that stood in a script would be run with the rights of the workflow."""
    for step in STEPS:
        assert "${{" not in step["run"]
    assert set(STEPS[1]["env"].values()) >= {f"${{{{ inputs.{name} }}}}" for name in ACTION["inputs"]}


def act(tmp_path, **inputs):
    """The result of the action's check, called as a runner does, in a folder with a plan."""
    folder = tmp_path / "checkout"
    folder.mkdir()
    (folder / "-x,y:z %.yaml").write_text(HEAD + ERROR, encoding="utf-8")
    # A stranger's checkout may hold modules of any name.
    for name in ("click", "planlint", "yaml", "sitecustomize"):
        (folder / f"{name}.py").write_text("open('run', 'w')\n")
    program(tmp_path / "planlint-action" / "venv" / "bin")
    given = {name: str(one["default"]) for name, one in ACTION["inputs"].items()} | inputs
    values = {}
    for name, value in STEPS[1]["env"].items():
        found = re.fullmatch(r"\$\{\{ inputs\.([a-z-]+) \}\}", value)
        values[name] = given[found[1]] if found else value
    files = {"RUNNER_TEMP": tmp_path, "GITHUB_OUTPUT": tmp_path / "out", "GITHUB_STEP_SUMMARY": tmp_path / "page"}
    done = subprocess.run(
        ["bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", STEPS[1]["run"]],
        cwd=folder,
        env=environment(tmp_path, **values, **{name: str(file) for name, file in files.items()}),
        capture_output=True,
        encoding="utf-8",
    )
    assert not (folder / "run").exists()
    assert (tmp_path / "out").read_text() == f"status={done.returncode}\n"
    return done, folder


@posix
def test_the_action_annotates(tmp_path):
    """With its defaults: a command for the finding, a summary on the page, the status of findings."""
    done, _ = act(tmp_path)

    assert (done.returncode, done.stderr) == (1, "")
    assert done.stdout.startswith("::error file=-x%2Cy%3Az %25.yaml,line=4,col=43,endColumn=")
    assert (tmp_path / "page").read_text(encoding="utf-8").startswith("### What cannot be true in these plans\n")


@posix
def test_the_action_writes_sarif_and_takes_options(tmp_path):
    """A line each; `fail-on` and `lang` are those of the command."""
    inputs = {"sarif": "a b.sarif", "options": "--select=PL4\n--ignore=PL402\n", "lang": "zh", "fail-on": "never"}
    done, folder = act(tmp_path, paths=".\n-x,y:z %.yaml\n", isolated="true", **inputs)

    assert (done.returncode, done.stderr) == (0, "")
    assert "PL401 figure-with-two-values::“民营医院数”" in done.stdout
    assert (folder / "a b.sarif").exists()


@posix
@pytest.mark.parametrize("name", sorted({*ACTION["inputs"]} - {"isolated"}))
def test_inputs_are_never_run(tmp_path, name):
    """Whatever they hold, they are a path, a file or an option that does not exist."""
    value = "'\" ; touch run; $(touch run) `touch run` && touch run * -"
    done, folder = act(tmp_path, **{name: value})

    assert done.returncode == (1 if name == "sarif" else 2)
    assert [file.name for file in folder.iterdir() if file.suffix not in (".py", ".yaml")] == [value] * (
        name == "sarif"
    )
