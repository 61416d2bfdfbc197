"""What the world does to each command that prints or writes: full disks, readers that go, poor consoles, Ctrl-C.

Each command runs in a fork of this process, so that all of them can meet every fault in seconds.
"""

import json
import os
import re
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest
from click.testing import CliRunner
from faults import ERROR, HEAD, environment, forked

from planlint.cli import cli
from planlint.report.formats import FORMATS, TEXTS

pytestmark = pytest.mark.skipif(os.name != "posix", reason="needs the processes of a POSIX system")
SLIP = "  - {indicator: 民营医院数, year: 2021, value: ４３ 家, at: 3}\n"
OLD = "  - {indicator: 民营医院数, year: 2020, value: 34 家, at: 2}\n"
SHEETS = ["docx"]

PRINTED = {
    **{f"check-{name}": ("check", "p.yaml", "--format", name) for name in TEXTS},
    "check-explain": ("check", "p.yaml", "--explain"),
    "check-quiet": ("check", "p.yaml", "--quiet"),
    "check-diff": ("check", "p.yaml", "--diff"),
    "diff-text": ("diff", "old.yaml", "p.yaml"),
    "diff-concise": ("diff", "old.yaml", "p.yaml", "--format", "concise"),
    "diff-json": ("diff", "old.yaml", "p.yaml", "--format", "json"),
    "diff-markdown": ("diff", "old.yaml", "p.yaml", "--format", "markdown"),
    "coverage-text": ("coverage", "p.yaml", "-v"),
    "coverage-json": ("coverage", "p.yaml", "--format", "json"),
    "trace-text": ("trace", "p.yaml", "--source", "p.txt"),
    "trace-concise": ("trace", "p.yaml", "--source", "p.txt", "--format", "concise"),
    "trace-json": ("trace", "p.yaml", "--source", "p.txt", "--format", "json"),
    "explain-rule": ("explain", "PL401"),
    "explain-finding": ("explain", "FINGERPRINT", "p.yaml", "--waiver"),
    "config-text": ("config",),
    "config-json": ("config", "--format", "json"),
    "rules": ("rules",),
    "new": ("new", "--region", "某县", "--period", "2026-2030"),
    "schema": ("schema",),
    "completion": ("completion", "bash"),
}
"""Every command that only prints, with every format it has."""
SAYS_LANG = {"check", "diff", "coverage", "trace", "explain", "config", "rules", "new"}
MACHINES = [
    name
    for name in PRINTED
    if re.search("json|schema|-diff|diff-markdown|^new", name)
    or (name.startswith("check-") and (found := FORMATS.get(name[6:])) and not found.for_people)
]
"""What programs, pages and files take, in UTF-8 on every console."""
PEOPLE = [name for name in PRINTED if name not in MACHINES]

WRITTEN = {
    "html": ("r.html", "check", "p.yaml", "--output", "html:r.html"),
    "docx": ("r.docx", "check", "p.yaml", "--output", "docx:r.docx"),
    "baseline": ("b.txt", "baseline", "p.yaml", "--output", "b.txt", "--update"),
    "waive": ("w.yaml", "waive", "FINGERPRINT", "p.yaml", "--reason", "口径不同", "--by", "评审组", "--to", "w.yaml"),
    "new": ("n.yaml", "new", "n.yaml", "--region", "某县", "--period", "2026-2030", "--force"),
    "manual": ("manual/PL101.md", "rules", "docs", "manual"),
    "fix": ("p.yaml", "check", "p.yaml", "--fix"),
}
"""Every command that writes, with the file it writes; the other formats of reports have tests beside these."""


@pytest.fixture(scope="module")
def place(tmp_path_factory):
    """A folder with a plan, an older edition, its document, and what each command writes, once written."""
    folder = tmp_path_factory.mktemp("commands")
    before = os.getcwd()
    os.chdir(folder)
    try:
        Path("p.yaml").write_text(HEAD + ERROR + SLIP, encoding="utf-8")
        Path("old.yaml").write_text(HEAD + (ERROR + SLIP).replace(OLD, ""), encoding="utf-8")
        Path("p.txt").write_text("民营医院43家。\n民营医院34家。\n民营医院4３家。\n", encoding="utf-8")
        # Everything is imported and compiled here, once, for all forks.
        for words in PRINTED.values():
            CliRunner().invoke(cli, words)
        for name, (_, *words) in WRITTEN.items():
            if name in usable() and name not in ("fix", "waive"):
                CliRunner().invoke(cli, [word for word in words if word != "--update"])
        found = json.loads(CliRunner().invoke(cli, ["check", "p.yaml", "--format", "json"]).stdout)["findings"]
        fingerprint = next(f["fingerprint"] for f in found if f["rule"] == "PL401")
        Path("fingerprint").write_text(fingerprint)
    finally:
        os.chdir(before)
    return folder


def usable():
    """The writing commands that can be run here."""
    try:
        import docx  # noqa: F401
    except ImportError:
        return [name for name in WRITTEN if name not in SHEETS]
    return list(WRITTEN)


@pytest.fixture(autouse=True)
def here(place, monkeypatch):
    """In that folder, with no language of the machine's."""
    monkeypatch.chdir(place)
    monkeypatch.setenv("LC_ALL", "en_US.UTF-8")


def words_of(name):
    """The command line of a command that prints."""
    return named(PRINTED[name])


def named(words):
    """A command line with the fingerprint of the plan's finding."""
    return [Path("fingerprint").read_text() if word == "FINGERPRINT" else word for word in words]


# -- what is printed


@pytest.mark.parametrize("name", PRINTED)
def test_full_disks_and_gone_readers_are_no_findings(name):
    """Standard output leads to a full disk: one line, status 2. Nobody reads it any more: no line, status 2."""
    with open("/dev/full", "wb") as full:
        filled = forked(*words_of(name), stdout=full.fileno())
    reading, writing = os.pipe()
    os.close(reading)
    left = forked(*words_of(name), stdout=writing)
    os.close(writing)

    assert filled == (2, b"", b"planlint: cannot write the report: No space left on device\n")
    assert left == (2, b"", b"")


def in_chinese(name):
    """The command line of a command that prints, in Chinese where it can be told so."""
    words = words_of(name)
    return [*words, "--lang", "zh"] if words[0] in SAYS_LANG else words


@pytest.mark.parametrize("name", PEOPLE)
@pytest.mark.parametrize("encoding", ["gbk", "ascii"])
def test_a_poor_console_shows_what_it_can(name, encoding):
    """Characters that it lacks are escapes; nothing else differs from what a rich one shows."""
    rich = forked(*in_chinese(name))
    poor = forked(*in_chinese(name), encoding=encoding)

    assert rich[0] in (0, 1)
    assert poor == (rich[0], rich[1].decode().encode(encoding, "backslashreplace"), rich[2])


@pytest.mark.parametrize("name", MACHINES)
def test_programs_get_utf_8_on_any_console(name):
    """A comment of escapes would help nobody, and GBK is no JSON."""
    rich = forked(*in_chinese(name))

    assert rich[0] in (0, 1)
    assert {forked(*in_chinese(name), encoding=encoding) for encoding in ("gbk", "ascii")} == {rich}


# -- what is written


def refuse(target, problem):
    """What makes a step of writing fail, with the number of an error or with Ctrl-C."""

    def fail(*_, **__):
        raise problem

    module, name = target

    def before():
        setattr(module, name, fail)

    return before


def snapshot():
    """Every file of the folder with its content."""
    return {str(path): path.read_bytes() for path in sorted(Path().rglob("*")) if path.is_file()}


@pytest.mark.parametrize("name", WRITTEN)
@pytest.mark.parametrize("fault", ["full", "closed", "interrupted"])
def test_an_old_file_outlives_whatever_happens(name, fault):
    """The disk is full, the folder may not be written, Ctrl-C at the last moment: all is as before, and it is said."""
    import tempfile

    if name not in usable():
        pytest.skip("needs python-docx")
    file, *words = WRITTEN[name]
    targets = {
        "full": ((os, "fsync"), OSError(28, "No space left on device")),
        "closed": ((tempfile, "mkstemp"), OSError(30, "Read-only file system")),
        "interrupted": ((os, "fsync"), KeyboardInterrupt()),
    }
    words = [word for word in words if word != "--update" or Path(file).exists()]
    earlier = snapshot()

    # What is remembered of plans is written in the same way, and is not asked about.
    if words[0] == "check":
        words.append("--no-cache")
    status, out, err = forked(*named(words), before=refuse(*targets[fault]))

    assert (status, snapshot()) == (2, earlier)
    if fault == "interrupted":
        assert err.strip().endswith(b"planlint: interrupted")
        assert b"Traceback" not in err
    else:
        reason = str(targets[fault][1].strerror)
        (line,) = [line for line in err.decode().splitlines() if line.endswith(reason)]
        assert line.split(" ")[0] in ("Error:", "planlint:")
        assert file.split("/")[0] in line
    assert out == b"" or words[0] == "check"


@pytest.mark.parametrize("name", [name for name in WRITTEN if name != "fix"])
def test_a_file_in_the_way_is_named(name):
    """Where a folder should be there is a file."""
    if name not in usable():
        pytest.skip("needs python-docx")
    file, *words = WRITTEN[name]
    wanted = file.split("/")[0]
    inside = [re.sub(rf"(^|:){wanted}$", rf"\1p.txt/{wanted}", word) for word in words if word != "--update"]

    status, out, err = forked(*named(inside))

    assert (status, out) == (2, b"")
    assert err.decode().splitlines()[-1].startswith("Error: ")
    assert b"p.txt" in err
    assert b"Traceback" not in err


# -- what is missing


@pytest.mark.parametrize(
    ("module", "words", "said"),
    [
        ("docx", ("check", "p.yaml", "--output", "docx:x.docx"), "docx needs docx: pip install 'planlint[docx]'"),
        ("pygls", ("lsp",), "the editor server needs pygls: pip install 'planlint[lsp]'"),
        ("lsprotocol", ("lsp",), "the editor server needs pygls: pip install 'planlint[lsp]'"),
    ],
)
def test_a_missing_extra_says_how_to_install_it(module, words, said):
    """One sentence, status 2; the rest of the run is done."""

    def block():
        for known in [
            one for one in sys.modules if one.startswith(("planlint.report.", "planlint.lsp", "planlint.cli.lsp"))
        ]:
            del sys.modules[known]
        for known in [one for one in sys.modules if one.partition(".")[0] == module]:
            del sys.modules[known]
        sys.modules[module] = None

    status, out, err = forked(*words, before=block)

    assert (status, err.decode()) == (2, f"{'planlint' if words[0] == 'check' else 'Error'}: {said}\n")
    assert (b"PL401" in out) == (words[0] == "check")
    assert not Path("x.docx").exists()


def test_without_the_solver_everything_else_is_said():
    """It is asked only where a search takes too long, and its absence is then a remark."""

    def block():
        sys.modules["z3"] = None

    assert forked("check", "p.yaml", "--explain", before=block) == forked("check", "p.yaml", "--explain")


# -- what must not matter

ONE_PROCESS = """
import hashlib, json, sys, zipfile
from click.testing import CliRunner
from planlint.cli import cli
said = {}
for name, words in json.load(sys.stdin).items():
    result = CliRunner().invoke(cli, words)
    said[name] = [result.exit_code, hashlib.sha256(result.stdout_bytes).hexdigest(), result.stderr]
for name in sys.argv[1:]:
    with open(name, "rb") as stream:
        said[name] = hashlib.sha256(stream.read()).hexdigest()
print(json.dumps(said))
"""


def test_neither_hash_seed_nor_locale_changes_a_byte():
    """All commands and formats in processes of other seeds; in the locale C they say the same in the same language."""
    sheet = [f"--output={name}:other.{name}" for name in ("html", "docx") if name in usable()]
    commands = {name: [*words_of(name), "--isolated"] for name in PRINTED if PRINTED[name][0] in SAYS_LANG - {"new"}}
    commands |= {name: words_of(name) for name in ("new", "schema", "completion")}
    commands["files"] = ["check", "p.yaml", "--no-cache", *sheet]
    commands["manual"] = ["rules", "docs", "other"]
    files = [option.partition(":")[2] for option in sheet] + ["other/PL101.md", "other/README.md"]
    said = [
        subprocess.run(
            [sys.executable, "-c", ONE_PROCESS, *files],
            input=json.dumps(commands).encode(),
            env=environment(os.environ["PLANLINT_CACHE_DIR"], **changes),
            capture_output=True,
            check=True,
            timeout=120,
        ).stdout
        for changes in (
            {"PYTHONHASHSEED": "0"},
            {"PYTHONHASHSEED": "4294967295", "LC_ALL": "C", "LANG": None, "HOME": None},
        )
    ]

    assert said[0] == said[1]
    assert all(status[0] in (0, 1) for name, status in json.loads(said[0]).items() if name in commands)


def test_the_page_and_the_sheet_carry_every_finding():
    """A finding each, as the JSON report has them; what is printed alike may share a row of the sheet."""
    wanted = [name for name in ("html", "docx") if name in usable()]
    done = CliRunner().invoke(
        cli, ["check", "p.yaml", "--format", "json", *(f"--output={name}:all.{name}" for name in wanted)]
    )
    found = json.loads(done.stdout)["findings"]

    assert len(found) > 1
    page = Path("all.html").read_text(encoding="utf-8")
    assert all(page.count(f'id="{f["fingerprint"]}"') == 1 or f["fingerprint"] in page for f in found)
    assert all(f["rule"] in page for f in found)
    if "docx" in wanted:
        with zipfile.ZipFile("all.docx") as package:
            body = package.read("word/document.xml").decode()
        assert all(f["fingerprint"] in body for f in found)
