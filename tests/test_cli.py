"""The command: exit statuses, options, streams. What needs a process of its own runs in one, with its own cache."""

import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

from planlint.cli import cli
from planlint.cli.speaking import locale_language
from planlint.version import __version__

ROOT = Path(__file__).parent.parent
HEAD = "planlint: 1\nplan: {id: p, title: t, region: 某县, period: 2021-2025, document: p.txt}\n"
ERROR = """\
figures:
  - {indicator: 民营医院数, year: 2020, value: 43 家, at: 1}
  - {indicator: 民营医院数, year: 2020, value: 34 家, at: 2}
"""
WARNING = """\
tables:
  - id: 表1
    columns: {2020: baseline, 2025: target}
    rows:
      - {indicator: 孕产妇系统管理率, unit: "%", 2020: 93.35, 2025: 93, at: 195}
"""
INFO = """\
figures:
  - {indicator: 婴儿死亡率, year: 2020, value: 3.5‰, at: 1}
  - {indicator: 婴儿死亡率, year: 2020, value: 3.59‰, at: 2}
"""
SILENT = "figures: [{indicator: 民营医院数, year: 2020, value: 43 家, at: 1}]\n"
OPEN = "figures: [{indicator: 人均预期寿命, year: 2025, value: ≥79 岁, at: 1}]\n"
POSIX = pytest.mark.skipif(os.name != "posix", reason="needs the file descriptors of a POSIX system")


@pytest.fixture(autouse=True)
def english(monkeypatch):
    """A locale that does not depend on who runs the tests."""
    for name in ("LC_ALL", "LC_MESSAGES"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("LANG", "en_US.UTF-8")


@pytest.fixture
def plan(tmp_path):
    """Writes a plan file and gives its path."""

    def write(parts, name="p.yaml"):
        path = tmp_path / "plans" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(HEAD + parts, encoding="utf-8")
        return str(path)

    return write


def invoke(*arguments, **options):
    """The result of the command group, called in this process."""
    return CliRunner().invoke(cli, [str(argument) for argument in arguments], **options)


@pytest.fixture(scope="module")
def warm(tmp_path_factory):
    """A cache folder that holds the compiled built-in rules."""
    folder = tmp_path_factory.mktemp("cache")
    done = run("check", "-", cache=folder, stdin=HEAD + SILENT)
    assert (done.returncode, any(folder.iterdir())) == (0, True)
    return folder


def environment(cache, **changes):
    """The environment of a process: nothing of the caller's but the way to the interpreter."""
    kept = {name: os.environ[name] for name in ("PATH", "SYSTEMROOT", "VIRTUAL_ENV") if name in os.environ}
    base = {**kept, "PYTHONPATH": str(ROOT), "PYTHONUTF8": "1", "LANG": "en_US.UTF-8", "HOME": str(cache)}
    base["PLANLINT_CACHE_DIR"] = str(cache)
    return {name: value for name, value in (base | changes).items() if value is not None}


def run(*arguments, cache, stdin="", before="", python=(), **changes):
    """Run main() in a process of its own; `before` is Python that runs first, a variable set to None is unset."""
    program = f"import sys\nsys.argv[0] = 'planlint'\n{before}\nfrom planlint.cli import main\nmain()"
    command = [sys.executable, *python, "-W", "error", "-c", program, *map(str, arguments)]
    return subprocess.run(command, input=stdin.encode(), capture_output=True, env=environment(cache, **changes))


# -- exit statuses


@pytest.mark.parametrize(
    ("parts", "options", "status"),
    [
        (SILENT, [], 0),
        (INFO, [], 0),
        (WARNING, [], 0),
        (ERROR, [], 1),
        (WARNING, ["--fail-on", "warning"], 1),
        (INFO, ["--fail-on", "warning"], 0),
        (INFO, ["--fail-on", "info"], 1),
        (ERROR, ["--fail-on", "never"], 0),
        (SILENT, ["--fail-on", "info"], 0),
        (ERROR, ["--ignore", "PL4"], 0),
        (ERROR, ["--select", "PL1"], 0),
        (ERROR, ["--quiet"], 1),
        (ERROR, ["--format", "json"], 1),
        (ERROR, ["--format", "concise"], 1),
    ],
)
def test_the_status_tells_whether_anything_was_found(plan, parts, options, status):
    """0: nothing at or above --fail-on; 1: findings."""
    result = invoke("check", plan(parts), *options)

    assert (result.exit_code, result.stderr) == (status, "")


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["check", "--frobnicate"], "No such option"),
        (["check", "--format", "xml"], "Invalid value for '--format'"),
        (["check", "--lang", "fr"], "Invalid value for '--lang'"),
        (["check", "--severity", "fatal"], "Invalid value for '--severity'"),
        (["check", "--fail-on", "sometimes"], "Invalid value for '--fail-on'"),
        (["check", "--rules", "no-such-folder"], "Directory 'no-such-folder' does not exist"),
        (["check", "--select", "401"], "'401' is no rule id and no family; write PL401 or PL4"),
        (["check", "--select", "PL4O1"], "'PL4O1' is no rule id and no family; write PL401 or PL4"),
        (["check", "--ignore", "PL4011"], "'PL4011' is no rule id and no family; write PL401 or PL4"),
        (["check", "--ignore", "规则"], "'规则' is no rule id and no family; write PL401 or PL4"),
        (["check", "--select", "PL4,LP1"], "no rule begins with 'LP1', so nothing would be checked"),
        (["explian"], "No such command 'explian'"),
        (["schema", "rule"], "Invalid value"),
        (["explain"], "Missing argument 'RULE|FINGERPRINT'"),
    ],
)
def test_usage_errors_end_with_2(arguments, message):
    """A slip on the command line is never mistaken for a clean plan or for findings."""
    result = invoke(*arguments)

    assert (result.exit_code, result.stdout) == (2, "")
    assert message in result.stderr


def test_a_missing_path_ends_with_2(plan, tmp_path):
    """A path that is not there is named, and what is there is judged all the same."""
    missing = tmp_path / "missing.yaml"
    result = invoke("check", missing, plan(ERROR), "--format", "concise")

    assert result.exit_code == 2
    assert result.stderr == f"planlint: {missing}: No such file or directory\n"
    assert [line.split()[1:3] for line in result.stdout.splitlines()] == [["error", "PL401"]]


@pytest.mark.parametrize(
    ("name", "shown", "problem"),
    [
        ("x" * 300, "x" * 300, "File name too long"),
        ("a\nb.yaml", "a\\u{a}b.yaml", "No such file or directory"),
        ("a::b,c.yaml", "a::b,c.yaml", "No such file or directory"),
    ],
    ids=["long", "break", "colons"],
)
def test_impossible_paths_end_with_2(warm, tmp_path, name, shown, problem):
    """A name that no file has is a job that cannot be done, not a defect, and makes one line."""
    done = run("check", tmp_path / name, cache=warm)

    assert done.returncode == 2
    assert done.stderr.decode() == f"planlint: {tmp_path / shown}: {problem}\n"


def test_a_folder_without_plans_ends_with_2(tmp_path):
    """Nothing checked is not the same as nothing found."""
    (tmp_path / "other.yaml").write_text("name: x\n", encoding="utf-8")
    result = invoke("check", tmp_path)

    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr == f"Error: no plan found in {tmp_path}\n"


def test_a_bad_rule_ends_with_2(plan, tmp_path):
    """A rule file that cannot be used stops the run with its place."""
    file = tmp_path / "team" / "TEAM001-x.yaml"
    file.parent.mkdir()
    file.write_text("id: TEAM001\nnmae: x\n", encoding="utf-8")
    result = invoke("check", plan(SILENT), "--rules", file.parent)

    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr == f"Error: {file}:2:1: unknown key 'nmae'; did you mean 'name'?\n"


def test_what_a_bad_rule_says_is_escaped(plan, tmp_path):
    """A rule file is quoted without its control characters."""
    file = tmp_path / "team" / "TEAM001-x.yaml"
    file.parent.mkdir()
    file.write_text('"\\e[31mid": TEAM001\n', encoding="utf-8")
    result = invoke("check", plan(SILENT), "--rules", file.parent, color=True)

    assert result.exit_code == 2
    assert "unknown key '\\u{1b}[31mid'" in result.stderr


def test_a_crash_ends_with_2(warm):
    """A defect of planlint is a traceback and never looks like findings."""
    before = (
        "from planlint.engine import Engine\ndef crash(self, *given): raise RuntimeError('oh')\nEngine.judge = crash"
    )
    done = run("check", "-", cache=warm, stdin=HEAD + SILENT, before=before)

    assert (done.returncode, done.stdout) == (2, b"")
    assert done.stderr.startswith(b"Traceback ")
    assert done.stderr.endswith(b"RuntimeError: oh\nplanlint: this is a defect of planlint, not of the plan\n")


def test_usage_errors_of_the_process_end_with_2(warm):
    """The process ends as the command group does."""
    done = run("check", "--select", "401", cache=warm)

    assert (done.returncode, done.stdout) == (2, b"")
    assert done.stderr.endswith(b"Error: '401' is no rule id and no family; write PL401 or PL4\n")


@pytest.mark.parametrize(("parts", "status"), [(SILENT, 0), (ERROR, 1)])
def test_the_process_ends_with_the_status(warm, parts, status):
    """What the command group returns is what the process exits with."""
    done = run("check", "-", cache=warm, stdin=HEAD + parts)

    assert (done.returncode, done.stderr) == (status, b"")


@pytest.mark.parametrize("arguments", [["--help"], ["--version"], ["check", "-h"]])
def test_help_ends_with_0(warm, arguments):
    """Asking is no error."""
    done = run(*arguments, cache=warm)

    assert (done.returncode, done.stderr) == (0, b"")
    assert done.stdout != b""


def test_version_is_the_package_s(warm):
    """The version is printed with the name of the command."""
    assert run("-V", cache=warm).stdout == f"planlint {__version__}\n".encode()


@POSIX
def test_an_interrupt_ends_with_2(warm):
    """Ctrl-C is neither success nor findings, and leaves no traceback."""
    before = (
        "import os, signal\nfrom planlint import source\n"
        "source.read_stream = lambda stream: os.kill(os.getpid(), signal.SIGINT) or b''"
    )
    done = run("check", "-", cache=warm, before=before)

    assert signal.SIGINT == 2
    assert (done.returncode, done.stdout) == (2, b"")
    assert done.stderr.strip() == b"planlint: interrupted"


@POSIX
@pytest.mark.parametrize(
    "arguments", [["check", "-"], ["check", "-", "--format", "json"], ["rules"], ["schema"], ["--help"]]
)
def test_a_closed_pipe_ends_with_2(warm, arguments):
    """A reader that has gone is no finding, and nothing is said about it."""
    read, written = os.pipe()
    os.close(read)
    program = "from planlint.cli import main; main()"
    try:
        done = subprocess.run(
            [sys.executable, "-c", program, *arguments],
            input=(HEAD + SILENT).encode(),
            stdout=written,
            stderr=subprocess.PIPE,
            env=environment(warm),
        )
    finally:
        os.close(written)

    assert (done.returncode, done.stderr) == (2, b"")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs /dev/full")
@pytest.mark.parametrize("format_", ["text", "json", "concise"])
def test_a_full_disk_ends_with_2(warm, format_):
    """A report that could not be written is not a report."""
    with open("/dev/full", "wb") as full:
        done = subprocess.run(
            [sys.executable, "-c", "from planlint.cli import main; main()", "check", "-", "--format", format_],
            input=(HEAD + ERROR).encode(),
            stdout=full,
            stderr=subprocess.PIPE,
            env=environment(warm),
        )

    assert (done.returncode, done.stderr) == (2, b"planlint: cannot write the report: No space left on device\n")


def test_a_closed_standard_output_ends_with_2(warm):
    """Started without standard output, planlint says so."""
    done = run("check", "-", cache=warm, stdin=HEAD + SILENT, before="sys.stdout = None")

    assert done.returncode == 2
    assert done.stderr == b"planlint: cannot write the report: standard output is closed\n"


@pytest.mark.parametrize(("parts", "status"), [(SILENT, 0), (ERROR, 1)])
def test_a_closed_standard_error_changes_nothing(warm, parts, status):
    """Started without standard error, as by a scheduler, planlint does its work."""
    done = run("check", "-", cache=warm, stdin=HEAD + parts, before="sys.stderr = None")

    assert done.returncode == status
    assert done.stdout.startswith(b"1 plan, " if status == 0 else b"<stdin>\n")


# -- options


@pytest.mark.parametrize(
    ("options", "rules"),
    [
        (["--select", "PL4"], ["PL401"]),
        (["--select", "pl401"], ["PL401"]),
        (["--select", "PL1, PL4"], ["PL101", "PL401"]),
        (["--select", "PL1", "--select", "PL401"], ["PL101", "PL401"]),
        (["--ignore", "PL1"], ["PL401"]),
        (["--ignore", "PL1,PL4"], []),
        (["--select", "PL101", "--ignore", "PL1"], ["PL101"]),
        (["--select", "PL1", "--ignore", "PL101"], []),
        (["--select", "PL1", "--ignore", "PL1"], []),
        (["--severity", "error"], ["PL401"]),
        (["--severity", "warning"], ["PL101", "PL401"]),
    ],
)
def test_selection(plan, options, rules):
    """The longest prefix decides; ids and families may stand in one list or in several."""
    result = invoke("check", plan(WARNING + ERROR), "--format", "json", *options)

    assert sorted(found["rule"] for found in json.loads(result.stdout)["findings"]) == rules


def test_quiet_is_one_line_a_finding(plan):
    """Places, arithmetic and infos are left out; the summary stays."""
    path = plan(INFO + ERROR.removeprefix("figures:\n"))
    lines = invoke("check", path, "--quiet").stdout.splitlines()

    assert [line[:13] for line in lines[:2]] == [path[:13], "  error PL401"]
    assert (len(lines), lines[2]) == (4, "")
    assert lines[3].startswith("1 plan, 4 figures, ")


def test_verbose_lists_what_cannot_be_decided(plan):
    """Open questions are shown on request, with their places."""
    path = plan(OPEN)
    shown = f"  {path}:3:50 PL101 cannot be decided: no baseline is printed\n"

    assert shown not in invoke("check", path).stdout
    assert shown in invoke("check", path, "--verbose").stdout


def test_several_paths_and_folders(plan, tmp_path):
    """Files and folders are taken together, each plan once."""
    first, second = plan(ERROR, "a/1.yaml"), plan(SILENT, "b/2.yml")
    result = invoke("check", first, tmp_path / "plans", second, "--format", "json")
    document = json.loads(result.stdout)

    assert document["summary"]["plans"] == 2
    assert [figure["place"]["file"] for figure in document["findings"][0]["figures"]] == [first, first]


def test_without_paths_the_working_folder_is_checked(plan, tmp_path, monkeypatch):
    """No path means here."""
    plan(ERROR)
    monkeypatch.chdir(tmp_path)
    result = invoke("check", "--format", "concise")

    assert (result.exit_code, result.stdout.partition(":")[0]) == (1, str(Path("plans") / "p.yaml"))


def test_standard_input_is_a_dash():
    """A plan may come through a pipe."""
    result = invoke("check", "-", "--format", "concise", input=HEAD + ERROR)

    assert result.exit_code == 1
    assert result.stdout.startswith("<stdin>:4:43: error PL401 ")


def test_standard_input_that_is_no_text_ends_with_2():
    """Bytes in GBK through a pipe are refused with the reason."""
    result = invoke("check", "-", input=(HEAD + ERROR).encode("gbk"))

    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr == "Error: <stdin>:2: not a readable text in UTF-8 (gb18030)\n"


@pytest.mark.parametrize(
    ("variables", "lang"),
    [
        ({}, "en"),
        ({"LANG": "zh_CN.UTF-8"}, "zh"),
        ({"LANG": "ZH_tw"}, "zh"),
        ({"LANG": "C.UTF-8"}, "en"),
        ({"LANG": "zh_CN.UTF-8", "LC_ALL": "en_GB.UTF-8"}, "en"),
        ({"LANG": "en_GB.UTF-8", "LC_ALL": "zh_CN.GBK"}, "zh"),
        ({"LANG": "en_GB.UTF-8", "LC_MESSAGES": "zh_CN.GBK"}, "zh"),
        ({"LC_MESSAGES": "de_DE", "LC_ALL": "zh_CN.GBK"}, "zh"),
        ({"LANG": "zh_CN", "LC_ALL": ""}, "zh"),
    ],
)
def test_the_locale_chooses_the_language(monkeypatch, variables, lang):
    """LC_ALL before LC_MESSAGES before LANG; Chinese for a Chinese locale, English for all others."""
    monkeypatch.delenv("LANG")
    for name, value in variables.items():
        monkeypatch.setenv(name, value)

    assert locale_language() == lang


@pytest.mark.parametrize(
    ("locale", "options", "said"),
    [
        ("zh_CN.UTF-8", [], "个不同的值"),
        ("en_US.UTF-8", [], "different values"),
        ("zh_CN.UTF-8", ["--lang", "en"], "different values"),
        ("en_US.UTF-8", ["--lang", "zh"], "个不同的值"),
    ],
)
@pytest.mark.parametrize("format_", ["text", "json", "concise"])
def test_lang_overrides_the_locale(plan, monkeypatch, locale, options, said, format_):
    """Messages speak the locale's language unless another is asked for."""
    monkeypatch.setenv("LANG", locale)

    assert said in invoke("check", plan(ERROR), "--format", format_, *options).stdout


# -- trace

TRACED = """\
figures:
  - {indicator: 婴儿死亡率, year: 2020, value: 3.52‰, at: 2, quote: 降至3.52‰}
  - {indicator: 民营医院数, year: 2020, value: 43 家, at: 2}
"""
DOCUMENT = "第一章\n（1）2020年婴儿死亡率降至3.52‰，民营医院43家。\n"
SHORT = DOCUMENT + "另有诊所5家。\n"
COUNTS = (
    "p: 4 numbers in p.txt, 3 carried, 0 listed as no quantity, 1 recognised by form as dates, marks and the like, "
    "0 left out; 100.0% accounted for"
)


@pytest.fixture
def document(tmp_path):
    """Writes the text of a document and gives its path."""

    def write(text, name="p.txt"):
        path = tmp_path / "source" / name
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
        return path

    return write


def test_trace_counts_the_numbers_of_a_document(plan, document):
    """A plan that holds everything is told so, in either language."""
    path, source = plan(TRACED), document(DOCUMENT)
    english = invoke("trace", path, "--source", source)
    chinese = invoke("trace", path, "--source", source, "--lang", "zh")

    assert (english.exit_code, english.stderr, english.stdout.splitlines()[-1]) == (0, "", COUNTS)
    assert chinese.stdout.splitlines()[-1] == (
        "p：原文 p.txt 有 4 个数字，录入 3，列为不是数量 0，按写法认出的日期、编号等 1，遗漏 0；已交代 100.0%"
    )


def test_trace_shows_what_does_not_agree(plan, document):
    """A quote that is not there is an error with both places; a number left out is an info of the document."""
    path = plan(TRACED.replace("降至", "降到"))
    result = invoke("trace", path, "--source", document(SHORT), "--format", "concise")

    assert result.exit_code == 1
    assert result.stdout.splitlines() == [
        f"{path}:4:43: error PL033 “降到3.52‰” does not stand on line 2 of the document",
        "p.txt:3:5: info PL036 “5” is left out (另有诊所5家。)",
    ]


def test_trace_says_where_in_the_document(plan, document):
    """The text report names the lines of the document that were searched."""
    path = plan(TRACED.replace("降至", "降到"))
    result = invoke("trace", path, "--source", document(DOCUMENT), "--select", "PL033")

    assert f"    {path}:4:43  p.txt line 2  降到3.52‰\n" in result.stdout


def test_trace_prints_json_with_its_counts(plan, document):
    """The report is that of check with the counts of each plan; nothing else is printed."""
    result = invoke("trace", plan(TRACED), "--source", document(SHORT), "--format", "json")
    report = json.loads(result.stdout)

    assert (result.exit_code, [finding["rule"] for finding in report["findings"]]) == (0, ["PL036"])
    assert report["trace"] == [
        {
            "plan": "p",
            "document": "p.txt",
            "numbers": 5,
            "carried": 3,
            "listed": 0,
            "by_form": 1,
            "left_out": 1,
        }
    ]


@pytest.mark.parametrize(
    ("text", "share", "status"),
    [(DOCUMENT, "100", 0), (SHORT, "80", 0), (SHORT, "80.1", 1), (SHORT, "0", 0), ("", "100", 1), ("甲", "100", 1)],
)
def test_a_share_may_be_demanded(plan, document, text, share, status):
    """A share at the bound is enough. A figure that is not there is an error whatever the share."""
    result = invoke("trace", plan(TRACED), "--source", document(text), "--min-share", share)

    assert (result.exit_code, result.stderr) == (status, "")


@pytest.mark.parametrize("share", ["101", "-1", "all"])
def test_a_share_is_a_percentage(plan, document, share):
    """A slip in the number is no share of nothing."""
    result = invoke("trace", plan(TRACED), "--source", document(DOCUMENT), "--min-share", share)

    assert (result.exit_code, result.stdout) == (2, "")


def test_documents_are_looked_up_in_a_folder(plan, document, tmp_path):
    """Each plan names its document, and several plans are traced in one run."""
    plan(TRACED)
    plan("figures: []\n", "q.yaml")
    (tmp_path / "plans" / "q.yaml").write_text(
        HEAD.replace("id: p", "id: q").replace("p.txt", "q.txt") + "figures: []\n", encoding="utf-8"
    )
    document("无\n", "q.txt")
    result = invoke("trace", tmp_path / "plans", "--source", document(DOCUMENT).parent)

    assert (result.exit_code, result.stderr) == (0, "")
    assert [line.split(", ")[0] for line in result.stdout.splitlines()[-2:]] == [
        "p: 4 numbers in p.txt",
        "q: 0 numbers in q.txt",
    ]


def test_a_missing_document_ends_with_2(plan, document):
    """Nothing was held against anything, and no counts pretend otherwise."""
    folder = document(DOCUMENT, "other.txt").parent
    result = invoke("trace", plan(TRACED), "--source", folder)

    assert result.exit_code == 2
    assert result.stderr == f"planlint: {folder / 'p.txt'}: No such file or directory\n"
    assert "numbers in" not in result.stdout
    assert invoke("trace", plan(TRACED), "--source", folder / "p.txt").exit_code == 2
    assert invoke("trace", plan(TRACED)).exit_code == 2


@pytest.mark.parametrize(
    ("data", "said"),
    [
        ("第一章\n民营医院43家".encode("gbk"), "1: the file is GBK/GB18030; save it as UTF-8"),
        ("民营医院43家".encode("utf-16"), "1: the file is UTF-16; save it as UTF-8"),
        (b"a\n\xff\xfe\xfd", "2: the file is not UTF-8"),
        (b"a\n\x07", "2: the file holds a control character U+0007"),
    ],
    ids=["gbk", "utf-16", "bytes", "control"],
)
@pytest.mark.parametrize("folder", [True, False])
def test_a_document_that_is_no_text_ends_with_2(plan, document, data, said, folder):
    """The message names the file, the line, and how to save it."""
    path = document(data)
    result = invoke("trace", plan(TRACED), "--source", path.parent if folder else path)

    assert (result.exit_code, result.stderr) == (2, f"planlint: {path}:{said}\n")


@pytest.mark.parametrize("name", ["../p.txt", "sub/p.txt", "/etc/passwd", "..", "."])
def test_a_document_lies_in_the_folder_that_is_given(tmp_path, document, name):
    """A plan from a stranger cannot have another file read."""
    path = tmp_path / "q.yaml"
    path.write_text(HEAD.replace("p.txt", name) + TRACED, encoding="utf-8")
    result = invoke("trace", path, "--source", document(DOCUMENT).parent)

    assert result.exit_code == 2
    assert result.stderr == (f"planlint: {name}: the name of a document in a folder, without the folder, is expected\n")


@POSIX
def test_a_document_that_is_no_file_ends_with_2(plan, document):
    """A FIFO would never end."""
    path = document(DOCUMENT)
    path.unlink()
    os.mkfifo(path)
    result = invoke("trace", plan(TRACED), "--source", path.parent)

    assert (result.exit_code, result.stderr) == (2, f"planlint: {path}: not a regular file\n")


def test_a_plan_that_cannot_be_read_is_not_traced(tmp_path, document):
    """What is wrong with the file is said, and no numbers are counted."""
    path = tmp_path / "p.yaml"
    path.write_text("planlint: 1\nplan: {id: p}\n", encoding="utf-8")
    (tmp_path / "g.yaml").write_bytes((HEAD + "# 民营医院").encode("gbk"))
    result = invoke("trace", path, tmp_path / "g.yaml", tmp_path / "none.yaml", "--source", document(DOCUMENT))

    assert result.exit_code == 2
    assert result.stderr == f"planlint: {tmp_path / 'none.yaml'}: No such file or directory\n"
    assert "PL015" in result.stdout
    assert "PL011" in result.stdout
    assert "numbers in" not in result.stdout


# -- other commands


def test_rules_are_listed():
    """One line a rule, with id, severity, name and summary."""
    lines = invoke("rules").stdout.splitlines()

    assert "PL101  error    target-worse-than-baseline          a target is worse than its baseline" in lines
    assert lines == sorted(lines)
    assert (
        "PL101  error    target-worse-than-baseline          目标比基期还差"
        in invoke("rules", "--lang", "zh").stdout.splitlines()
    )


def test_a_team_s_rules_are_tested(tmp_path):
    """An example that does not do what its marks say is named with its line, and the status is 1."""
    source = next((ROOT / "rules").rglob("PL401-*.yaml")).read_text(encoding="utf-8")
    file = tmp_path / "TEAM401-figure-with-two-values.yaml"
    file.write_text(source.replace("id: PL401", "id: TEAM401").replace("# expect", "", 1), encoding="utf-8")
    result = invoke("rules", "test", "--rules", tmp_path)

    assert result.exit_code == 1
    assert f"{file}:" in result.stdout
    assert result.stdout.splitlines()[-1].endswith(" 1 failures")


@pytest.mark.parametrize("name", ["PL101", "pl101", "target-worse-than-baseline"])
def test_explain_takes_id_or_name(name):
    """The manual page of a rule is found by either."""
    result = invoke("explain", name)

    assert (result.exit_code, result.stdout.splitlines()[0]) == (0, "# PL101 target-worse-than-baseline")


def test_explain_knows_what_is_near():
    """A slip in the id is answered with the nearest one."""
    result = invoke("explain", "PL3O2")

    assert result.exit_code == 2
    assert result.stderr == "Error: no rule 'PL3O2'; did you mean PL302?\n"


# -- surroundings


@pytest.mark.parametrize("encoding", ["ascii", "gbk", "ascii:strict", "latin-1"])
@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("format_", ["text", "concise"])
def test_consoles_without_a_character_show_an_escape(warm, encoding, lang, format_):
    """A report never fails for want of a character."""
    options = ("check", "-", "--format", format_, "--lang", lang, "--verbose")
    parts = INFO.replace("at: 1", "at: 1, quote: ²三.五") + ERROR.removeprefix("figures:\n")
    done = run(*options, cache=warm, stdin=HEAD + parts, PYTHONIOENCODING=encoding)
    expected = run(*options, cache=warm, stdin=HEAD + parts).stdout.decode()
    codec = encoding.partition(":")[0]

    assert (done.returncode, done.stderr) == (1, b"")
    assert done.stdout.decode(codec) == expected.encode(codec, "backslashreplace").decode(codec)


@pytest.mark.parametrize("encoding", ["ascii", "gbk", "utf-16"])
@pytest.mark.parametrize("arguments", [["check", "-", "--format", "json"], ["schema"], ["schema", "report"]])
def test_json_is_always_utf_8(warm, encoding, arguments):
    """Programs read JSON in UTF-8, whatever the console writes."""
    parts = ERROR.replace("at: 1", "at: 1, quote: ²四\U00020000三")
    done = run(*arguments, cache=warm, stdin=HEAD + parts, PYTHONIOENCODING=encoding)

    assert done.stderr == b""
    assert done.stdout == run(*arguments, cache=warm, stdin=HEAD + parts).stdout
    assert json.loads(done.stdout.decode("utf-8"))


@pytest.mark.parametrize("format_", ["text", "json", "concise"])
def test_output_is_the_same_byte_for_byte(warm, tmp_path, format_):
    """Hash seeds, optimisation, a cold cache, no home and no cache leave every byte as it is."""
    plans = sorted((ROOT / "plans").glob("*.yaml"))
    arguments = ("check", *plans, "--format", format_, "--lang", "zh", "--verbose")
    (tmp_path / "file").write_text("", encoding="utf-8")
    runs = [
        run(*arguments, cache=warm, PYTHONHASHSEED="0"),
        run(*arguments, cache=warm, PYTHONHASHSEED="1"),
        run(*arguments, cache=warm, python=["-O"]),
        run(*arguments, cache=tmp_path / "cold", PYTHONHASHSEED="2"),
        run(*arguments, cache=warm, HOME=None, PLANLINT_CACHE_DIR=None),
        run(*arguments, cache=tmp_path / "file" / "cache"),
    ]

    assert [(done.returncode, done.stderr) for done in runs] == [(1, b"")] * 6
    assert [done.stdout == runs[0].stdout for done in runs] == [True] * 6


@POSIX
def test_a_read_only_cache_changes_nothing(tmp_path):
    """A cache that cannot be written is passed over, and nothing is left in it."""
    folder = tmp_path / "cache"
    folder.mkdir()
    folder.chmod(0o555)
    try:
        if os.access(folder, os.W_OK):
            pytest.skip("this user may write anywhere")
        done = run("check", "-", cache=folder, stdin=HEAD + SILENT)
    finally:
        folder.chmod(0o755)

    assert (done.returncode, done.stderr, list(folder.iterdir())) == (0, b"", [])


@pytest.mark.parametrize("format_", ["json", "concise", "text"])
def test_a_warm_run_imports_no_heavy_library(warm, format_):
    """With compiled rules at hand sympy, pint and rich stay where they are."""
    before = (
        "import atexit\n"
        "heavy = ('sympy', 'pint', 'rich')\n"
        "atexit.register(lambda: print([name for name in heavy if name in sys.modules], file=sys.stderr))"
    )
    done = run("check", "-", "--format", format_, cache=warm, stdin=HEAD + ERROR, before=before)

    assert (done.returncode, done.stderr) == (1, b"[]\n")


def test_a_run_does_without_typing_extensions(warm):
    """msgspec asks for it first and does without; the import alone takes as long as to read a plan."""
    code = (
        "import atexit, sys\n"
        "asked = ('msgspec', 'typing_extensions')\n"
        "atexit.register(lambda: print([name for name in asked if name in sys.modules], file=sys.stderr))\n"
        # A run that is watched ends in the usual way.
        "sys.setprofile(lambda *_: None)\n"
        "sys.argv = ['planlint', 'check', '-', '--format', 'concise']\n"
        "from planlint.__main__ import main\n"
        "main()\n"
    )
    environment = {**os.environ, "PLANLINT_CACHE_DIR": str(warm)}
    command = [sys.executable, "-c", code]
    done = subprocess.run(command, input=HEAD + ERROR, capture_output=True, text=True, env=environment, check=False)

    assert (done.returncode, done.stderr) == (1, "['msgspec']\n")


def test_a_known_plan_needs_no_rules(plan, tmp_path):
    """What was said of an unchanged plan is said again without loading what it takes to judge one."""
    path = plan(ERROR)
    before = (
        "import atexit\n"
        "needed = ('planlint.engine', 'planlint.rules', 'planlint.questions', 'planlint.config')\n"
        "atexit.register(lambda: print([name for name in needed if name in sys.modules], file=sys.stderr))"
    )
    first = run("check", path, "--format", "concise", cache=tmp_path, before=before)
    second = run("check", path, "--format", "concise", cache=tmp_path, before=before)

    assert first.stdout == second.stdout != b""
    assert (second.returncode, second.stderr) == (1, b"['planlint.config']\n")


@POSIX
@pytest.mark.parametrize(("no_color", "coloured"), [(None, True), ("1", False)])
def test_a_terminal_is_coloured_unless_no_color_is_set(warm, no_color, coloured):
    """On a terminal severities have colours; NO_COLOR takes them away and nothing else."""
    import pty

    leader, follower = pty.openpty()
    process = subprocess.Popen(
        [sys.executable, "-c", "from planlint.cli import main; main()", "check", "-"],
        stdin=subprocess.PIPE,
        stdout=follower,
        stderr=subprocess.PIPE,
        env=environment(warm, NO_COLOR=no_color, TERM="xterm-256color", COLUMNS="80"),
    )
    os.close(follower)
    process.stdin.write((HEAD + ERROR).encode())
    process.stdin.close()
    shown = b""
    try:
        while chunk := os.read(leader, 65536):
            shown += chunk
    except OSError:
        # Linux ends a pseudo-terminal so.
        pass
    finally:
        os.close(leader)
    errors = process.stderr.read()
    process.stderr.close()

    assert (process.wait(), errors) == (1, b"")
    assert b"has 2 different values" in shown
    assert (b"\x1b[1;31m" in shown) is coloured
    assert (b"31m" in shown) is coloured


def test_python_m_planlint_is_the_command(warm):
    """The package can be run without the script."""
    command = [sys.executable, "-m", "planlint", "--version"]
    done = subprocess.run(command, capture_output=True, env=environment(warm))

    assert (done.returncode, done.stdout) == (0, f"planlint {__version__}\n".encode())
