"""What the world does to reports, format by format: full disks, readers that go, folders without a right, Ctrl-C."""

import os
import signal
import subprocess
import threading

import pytest
from faults import ERROR, HEAD, command, environment, run

from planlint.report.formats import FORMATS, TEXTS

pytestmark = pytest.mark.skipif(os.name != "posix", reason="needs the files of a POSIX system")
FILES = [name for name in FORMATS if name not in ("html", "docx")]
"""The formats that need nothing else; the panel's two have tests of their own."""
PRINTED = [name for name in TEXTS if name in FILES]
MACHINES = [name for name in PRINTED if not FORMATS[name].for_people]
OLD = b"what was there before\n"


@pytest.fixture(scope="module")
def warm(tmp_path_factory):
    """A cache folder that holds the compiled built-in rules."""
    folder = tmp_path_factory.mktemp("cache")
    run("check", "-", cache=folder, stdin=(HEAD + ERROR).encode())
    return folder


@pytest.fixture
def plan(tmp_path):
    """A plan that contradicts itself, in a folder of its own."""
    path = tmp_path / "plans" / "p.yaml"
    path.parent.mkdir()
    path.write_text(HEAD + ERROR, encoding="utf-8")
    return path


@pytest.mark.parametrize("format_", PRINTED)
def test_a_reader_that_goes_is_no_finding(warm, plan, format_):
    """`planlint check | head` ends with 2 and without a word, whatever is written."""
    reading, writing = os.pipe()
    os.close(reading)
    try:
        done = subprocess.run(
            command("check", plan, "--format", format_),
            env=environment(warm),
            stdout=writing,
            stderr=subprocess.PIPE,
            timeout=120,
        )
    finally:
        os.close(writing)

    assert (done.returncode, done.stderr) == (2, b"")


@pytest.mark.parametrize("format_", PRINTED)
def test_a_full_disk_is_no_finding(warm, plan, format_):
    """Standard output leads to it."""
    with open("/dev/full", "wb") as full:
        done = subprocess.run(
            command("check", plan, "--format", format_),
            env=environment(warm),
            stdout=full,
            stderr=subprocess.PIPE,
            timeout=120,
        )

    assert (done.returncode, done.stderr) == (2, b"planlint: cannot write the report: No space left on device\n")


def test_full_disks_and_good_ones_in_one_run(warm, plan, tmp_path):
    """Each report that fails is named, the others are there, and standard output has what it always has."""
    bad = [f"--output={name}:{tmp_path}/full/{name}" for name in FILES]
    good = [f"--output={name}:{tmp_path}/{name}.txt" for name in FILES]
    (tmp_path / "full").mkdir()
    before = "import os, planlint.writing as writing\nreplace = os.replace\n"
    before += "def full(source, target):\n"
    before += "    if '/full/' in str(target): raise OSError(28, 'No space left on device')\n"
    before += "    return replace(source, target)\nos.replace = full\n"

    alone = run("check", plan, cache=warm)
    done = run("check", plan, *bad, *good, cache=warm, before=before)

    assert (done.returncode, done.stdout) == (2, alone.stdout)
    assert done.stderr.decode().splitlines() == [
        f"planlint: cannot write {name}:{tmp_path}/full/{name}: No space left on device" for name in FILES
    ]
    assert list((tmp_path / "full").iterdir()) == []
    assert all((tmp_path / f"{name}.txt").stat().st_size for name in FILES)


@pytest.mark.parametrize("format_", FILES)
def test_an_old_report_outlives_a_failure(warm, plan, tmp_path, format_):
    """No right to write, no room, no file system: the old one is what it was, and nothing lies beside it."""
    target = tmp_path / "reports" / "report"
    target.parent.mkdir()
    target.write_bytes(OLD)
    before = "import tempfile\ndef refuse(**where):\n    raise PermissionError(13, 'Permission denied')\n"
    before += "tempfile.mkstemp = refuse\n"

    done = run("check", plan, f"--output={format_}:{target}", cache=warm, before=before, PLANLINT_CACHE_DIR="/dev/null")

    assert done.returncode == 2
    assert done.stderr.decode() == f"planlint: cannot write {format_}:{target}: Permission denied\n"
    assert (list(target.parent.iterdir()), target.read_bytes()) == ([target], OLD)


@pytest.mark.skipif(os.name == "posix" and os.geteuid() == 0, reason="the superuser may write everywhere")
def test_a_folder_without_a_right_is_named(warm, plan, tmp_path):
    """The same, with a real folder."""
    closed = tmp_path / "closed"
    closed.mkdir(mode=0o500)

    done = run("check", plan, f"--output=sarif:{closed}/r.sarif", cache=warm)

    assert done.returncode == 2
    assert done.stderr.decode() == f"planlint: cannot write sarif:{closed}/r.sarif: Permission denied\n"


@pytest.mark.parametrize("format_", FILES)
def test_an_interruption_leaves_the_old_report(warm, plan, tmp_path, format_):
    """Ctrl-C when all but the last step is done: the old report stands, half a new one does not."""
    target = tmp_path / "reports" / "report"
    target.parent.mkdir()
    target.write_bytes(OLD)
    before = "import os, time\nsync = os.fsync\ndef slow(descriptor):\n    sync(descriptor)\n"
    before += "    print('written', file=sys.stderr, flush=True)\n    time.sleep(100)\nos.fsync = slow\n"
    process = subprocess.Popen(
        command("check", plan, f"--output={format_}:{target}", before=before),
        env=environment(warm),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    timer = threading.Timer(100, process.kill)
    timer.start()
    assert process.stderr.readline() == b"written\n"
    process.send_signal(signal.SIGINT)
    out, err = process.communicate()
    timer.cancel()

    assert (process.returncode, out, err.strip()) == (2, b"", b"planlint: interrupted")
    assert (list(target.parent.iterdir()), target.read_bytes()) == ([target], OLD)


@pytest.mark.parametrize("format_", MACHINES)
def test_what_machines_read_is_in_utf_8(warm, plan, format_):
    """Whatever the console uses: byte for byte what the file would hold."""
    said = {
        run("check", plan, "--format", format_, "--lang", "zh", cache=warm, PYTHONUTF8="0", **changes).stdout
        for changes in (
            {"PYTHONIOENCODING": "gbk"},
            {"PYTHONIOENCODING": "ascii"},
            {"PYTHONIOENCODING": "utf-8"},
            {"LC_ALL": "C", "LANG": None},
        )
    }

    assert len(said) == 1
    assert "民营医院" in said.pop().decode("utf-8")


@pytest.mark.parametrize("format_", FILES)
def test_a_file_is_in_utf_8_on_any_console(warm, plan, tmp_path, format_):
    """A report for people, too: the file travels."""
    target = tmp_path / "report"
    done = run("check", plan, f"--output={format_}:{target}", "--lang=zh", cache=warm, PYTHONIOENCODING="ascii")

    assert (done.returncode, done.stderr) == (1, b"")
    assert "民营医院" in target.read_bytes().decode("utf-8")


@pytest.mark.parametrize("format_", MACHINES)
def test_no_byte_depends_on_the_hash_seed(warm, plan, format_):
    """Reports of the other formats are held against each other beside this file."""
    said = {
        run("check", plan, "--format", format_, cache=warm, PYTHONHASHSEED=seed).stdout for seed in ("0", "4294967295")
    }

    assert len(said) == 1


def test_a_summary_that_cannot_be_written_costs_no_annotation(warm, plan, tmp_path):
    """GitHub's page of the step has gone; the annotations are there, and the status says that not all was done."""
    done = run("check", plan, "--format=github", cache=warm, GITHUB_STEP_SUMMARY=str(tmp_path / "gone" / "page"))

    assert done.returncode == 2
    assert done.stdout.startswith(b"::error file=")
    assert done.stderr == b"planlint: cannot write the summary of the step: No such file or directory\n"
