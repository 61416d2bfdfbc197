"""What the world does to a run: files that vanish, disks that fill, consoles that lack a character.

Whatever happens, the exit status says whether the job was done, one line says why it was not, and no file is lost.
"""

import json
import os
import re
import signal
import subprocess
import threading
import time

import pytest
from faults import ERROR, HEAD, SILENT, command, environment, run

pytestmark = pytest.mark.skipif(os.name != "posix", reason="needs the files of a POSIX system")


@pytest.fixture(scope="module")
def warm(tmp_path_factory):
    """A cache folder that holds the compiled built-in rules."""
    folder = tmp_path_factory.mktemp("cache")
    assert run("check", "-", cache=folder, stdin=(HEAD + SILENT).encode()).returncode == 0
    return folder


@pytest.fixture
def plans(tmp_path):
    """A folder of two plans: one contradicts itself, one does not."""
    folder = tmp_path / "plans"
    folder.mkdir()
    (folder / "bad.yaml").write_text(HEAD + ERROR, encoding="utf-8")
    (folder / "good.yaml").write_text(HEAD.replace("id: p", "id: q") + SILENT, encoding="utf-8")
    return folder


def found(done):
    """The rules of a JSON report."""
    return [finding["rule"] for finding in json.loads(done.stdout)["findings"]]


# -- files


def test_a_file_that_vanishes_is_named_and_the_rest_is_judged(warm, plans):
    """It was listed, and is gone when it is read."""
    before = f"""
import planlint.source as source
listed = source.plan_files
def vanish(path):
    for file in listed(path):
        yield file
        if file.endswith("good.yaml"):
            import os
            os.remove({str(plans / "good.yaml")!r})
import planlint.api
planlint.api.plan_files = vanish
"""
    done = run("check", plans, "--format", "json", cache=warm, before=before)

    assert (done.returncode, found(done)) == (2, ["PL401"])
    assert done.stderr.decode() == f"planlint: {plans}/good.yaml: No such file or directory\n"


def test_a_file_that_cannot_be_read_is_named_and_the_rest_is_judged(warm, plans):
    """The disk fails under it, as the memory of a process does when it is read as a file."""
    (plans / "broken.yaml").symlink_to("/proc/self/mem")

    done = run("check", plans, "--format", "json", cache=warm)

    assert (done.returncode, found(done)) == (2, ["PL401"])
    assert [line.split(": ")[:2] for line in done.stderr.decode().splitlines()] == [
        ["planlint", f"{plans}/broken.yaml"]
    ]


def test_a_pipe_is_not_waited_for(warm, plans):
    """Nobody writes to it: waiting would hang the gate."""
    os.mkfifo(plans / "pipe.yaml")

    started = time.monotonic()
    done = run("check", plans / "pipe.yaml", cache=warm)

    assert done.returncode == 2
    assert done.stderr.decode() == f"planlint: {plans}/pipe.yaml: not a regular file\n"
    assert time.monotonic() - started < 60


def test_a_file_that_is_replaced_is_judged_as_it_was_read(warm, plans):
    """Half of the old and half of the new would be a plan that nobody wrote."""
    before = f"""
import planlint.engine as engine
judge = engine.Engine.judge
def replace(self, source, *rest):
    with open({str(plans / "bad.yaml")!r}, "w") as stream:
        stream.write("nonsense: [")
    return judge(self, source, *rest)
engine.Engine.judge = replace
"""
    done = run("check", plans / "bad.yaml", "--format", "json", "--no-cache", cache=warm, before=before)

    assert (done.returncode, found(done)) == (1, ["PL401"])


def test_a_loop_of_links_ends(warm, plans):
    """A link to the folder above would be walked for ever."""
    (plans / "again").symlink_to(plans)
    (plans / "self.yaml").symlink_to(plans / "self.yaml")

    done = run("check", plans, "--format", "json", cache=warm)

    assert (done.returncode, found(done)) == (2, ["PL401"])
    assert done.stderr.decode().startswith(f"planlint: {plans}/self.yaml: ")


def test_a_folder_with_the_name_of_a_plan_is_a_folder(warm, plans):
    """x.yaml may be a folder; what stands in it is judged."""
    (plans / "x.yaml").mkdir()
    (plans / "bad.yaml").rename(plans / "x.yaml" / "bad.yaml")

    done = run("check", plans, "--format", "json", cache=warm)

    assert (done.returncode, found(done)) == (1, ["PL401"])


# -- caches


@pytest.mark.parametrize("damage", [b"", b"\0" * 64, b"not a cache\n"], ids=["empty", "zeros", "text"])
def test_a_broken_cache_is_built_again(tmp_path, plans, damage):
    """Every file of it, at once; the report is the same, and so is the next one."""
    cache = tmp_path / "cache"
    first = run("check", plans, "--format", "json", cache=cache)
    files = [path for path in cache.rglob("*") if path.is_file()]
    for path in files:
        path.write_bytes(damage)

    second = run("check", plans, "--format", "json", cache=cache)

    assert (second.returncode, second.stdout, second.stderr) == (1, first.stdout, b"")
    assert len(files) > 2
    assert all(path.read_bytes() != damage for path in files)


def test_a_cache_that_is_a_file_is_done_without(tmp_path, plans):
    """Nothing can be kept there; the report is the same."""
    cache = tmp_path / "cache"
    cache.write_text("in the way")

    done = run("check", plans, "--format", "json", cache=cache, HOME=str(tmp_path))

    assert (done.returncode, found(done), done.stderr) == (1, ["PL401"], b"")
    assert cache.read_text() == "in the way"


@pytest.mark.parametrize("home", [None, "", "relative", "/nonexistent/home", "/dev/null"])
def test_no_home_is_needed(plans, warm, home):
    """Build machines have none."""
    done = run("check", plans, "--format", "json", cache=warm, HOME=home, PLANLINT_CACHE_DIR=None, XDG_CACHE_HOME=None)

    assert (done.returncode, found(done), done.stderr) == (1, ["PL401"], b"")


def test_two_runs_at_once_do_not_hurt_each_other(tmp_path, plans):
    """Both fill one empty cache; both say the same."""
    arguments = command("check", plans, "--format", "json")
    environ = environment(tmp_path / "cache")
    runs = [subprocess.Popen(arguments, env=environ, stdout=subprocess.PIPE, stderr=subprocess.PIPE) for _ in range(3)]
    said = [process.communicate(timeout=120) for process in runs]

    assert {process.returncode for process in runs} == {1}
    assert len(set(said)) == 1
    assert list((tmp_path / "cache").rglob(".new-*")) == []


# -- streams and locales


@pytest.mark.parametrize("format_", ["text", "concise"])
@pytest.mark.parametrize(("encoding", "shown"), [("gbk", "民营医院"), ("ascii", r"\u6c11\u8425\u533b\u9662")])
def test_a_console_shows_what_it_can(warm, plans, encoding, shown, format_):
    """GBK has the characters of Chinese and lacks others; ASCII lacks all."""
    done = run(
        "check",
        plans,
        "--format",
        format_,
        "--lang",
        "zh",
        cache=warm,
        PYTHONUTF8="0",
        PYTHONIOENCODING=encoding,
    )

    assert (done.returncode, done.stderr) == (1, b"")
    assert shown in done.stdout.decode(encoding)


def test_the_locale_c_is_a_locale(warm, plans):
    """It has no language and no encoding worth the name."""
    done = run("check", plans, cache=warm, PYTHONUTF8=None, LANG=None, LC_ALL="C")

    assert (done.returncode, done.stderr) == (1, b"")
    assert b"error PL401" in done.stdout


@pytest.mark.parametrize("format_", ["text", "concise", "json"])
def test_no_byte_depends_on_the_hash_seed(warm, plans, format_):
    """Sets and dictionaries of texts are ordered differently in each process; reports are not."""
    said = {
        run("check", plans, "--format", format_, "--no-cache", cache=warm, PYTHONHASHSEED=seed).stdout
        for seed in ("0", "1", "2", "4294967295")
    }

    assert len(said) == 1


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_signal_ends_a_run_without_a_report(warm, tmp_path, number):
    """Ctrl-C is status 2, as the job was not done; a killed process is what its signal says. Nothing is left behind."""
    for n in range(200):
        (tmp_path / f"{n}.yaml").write_text(HEAD + ERROR, encoding="utf-8")
    before = "import os, planlint.api as api\nstarted = api._judge\n"
    before += "def slow(*given):\n    print('at work', file=sys.stderr, flush=True)\n"
    before += "    import time; time.sleep(0.2)\n    return started(*given)\napi._judge = slow\n"
    process = subprocess.Popen(
        command("check", tmp_path, before=before),
        env=environment(warm),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    assert process.stderr.readline() == b"at work\n"
    timer = threading.Timer(100, process.kill)
    timer.start()
    process.send_signal(number)
    out, err = process.communicate()
    timer.cancel()

    assert out == b""
    if number == signal.SIGINT:
        assert process.returncode == 2
        # A line break first: a terminal has just shown ^C.
        assert re.sub(rb"at work\n", b"", err) == b"\nplanlint: interrupted\n"
    else:
        assert process.returncode == -signal.SIGTERM
