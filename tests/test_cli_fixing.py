"""`planlint check --fix`, `--diff` and `--unsafe-fixes`: bytes of files, streams, exit statuses."""

import os
import stat
from pathlib import Path

import pytest
from click.testing import CliRunner

from planlint import editions
from planlint.cli import cli

HEAD = "planlint: 1\nplan: {id: p, title: t, region: 某县, period: 2021-2025, document: p.txt}\n"
BAD = HEAD + "figures:  # 注\n  - {indicator: 民营医院数, year: 2020, value: ４３ 家, at: 1}   \n"
GOOD = BAD.replace("４３", "43")
CLASH = "  - {indicator: 民营医院数, year: 2020, value: 34 家, at: 2}\n"
SLIP = HEAD + "figures:\n  - {indicator: 婴儿死亡率, year: 2020, value: 3.5‰, at: 3, qoute: 3.5‰}\n"
DIFF = f"""\
--- p.yaml
+++ p.yaml
@@ -1,4 +1,4 @@
 planlint: 1
 plan: {{id: p, title: t, region: 某县, period: 2021-2025, document: p.txt}}
 figures:  # 注
-{BAD.splitlines()[3]}
+{GOOD.splitlines()[3]}
"""


@pytest.fixture(autouse=True)
def here(tmp_path, monkeypatch):
    """An empty folder, and English."""
    for name in ("LC_ALL", "LC_MESSAGES"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("LANG", "en_US.UTF-8")
    monkeypatch.chdir(tmp_path)


def run(*arguments, **more):
    result = CliRunner().invoke(cli, ["check", *arguments], **more)
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    return result.exit_code, result.stdout, result.stderr


def write(text, name="p.yaml"):
    Path(name).write_bytes(text if isinstance(text, bytes) else text.encode())


def test_a_file_is_fixed_and_what_remains_is_reported():
    """The exit status is that of what remains."""
    write(BAD + CLASH)
    status, out, err = run("--fix", "--format", "concise", ".")

    assert (status, err) == (1, "planlint: fixed 1 place in 1 file\n")
    assert out == "p.yaml:4:43: error PL401 “民营医院数” 2020 has 2 different values, 43 家 and 34 家\n"
    assert Path("p.yaml").read_text(encoding="utf-8") == GOOD + CLASH
    assert run("--fix", "--lang", "zh", ".")[2] == "planlint: 没有可以改正之处\n"


@pytest.mark.parametrize("lead", [b"", b"\xef\xbb\xbf"], ids=["plain", "bom"])
@pytest.mark.parametrize("end", [b"\n", b"\r\n"], ids=["lf", "crlf"])
@pytest.mark.parametrize("last", [b"", b"\n\n# end", b"   \n\n"], ids=["as is", "no end", "blanks"])
def test_everything_else_stays_byte_for_byte(lead, end, last):
    """Comments, line ends, a byte order mark, blanks at line ends, and whether the last line ends."""
    before, after = (lead + (text.encode() + last).replace(b"\n", end) for text in (BAD, GOOD))
    write(before)
    run("--fix", "p.yaml")

    assert Path("p.yaml").read_bytes() == after


def test_a_diff_writes_nothing():
    """It stands in place of the report, with the same exit status as without."""
    write(BAD)

    assert run("--diff", "p.yaml") == (0, DIFF, "")
    assert run("--fix", "--diff", "p.yaml") == (0, DIFF, "")
    assert Path("p.yaml").read_text(encoding="utf-8") == BAD
    write(BAD + CLASH)
    assert run("--diff", "p.yaml")[0] == 1
    assert run("--diff", "--fail-on", "never", "p.yaml")[0] == 0
    write(GOOD)
    assert run("--diff", "p.yaml") == (0, "", "")


def test_a_diff_of_a_last_line_without_end():
    """As every tool that reads diffs wants it."""
    write(BAD.rstrip())

    assert run("--diff", "p.yaml")[1].splitlines()[-3:] == [
        "\\ No newline at end of file",
        "+" + GOOD.rstrip().splitlines()[3],
        "\\ No newline at end of file",
    ]


def test_unsafe_fixes_are_asked_for():
    """Alone they mean nothing."""
    write(SLIP)

    assert run("--fix", "p.yaml")[2] == "planlint: nothing to fix\n"
    assert run("--unsafe-fixes", "p.yaml")[0] == 2
    assert "Error: --unsafe-fixes goes with --fix or --diff" in run("--unsafe-fixes", "p.yaml")[2]
    assert run("--fix", "--unsafe-fixes", "p.yaml")[::2] == (0, "planlint: fixed 1 place in 1 file\n")
    assert Path("p.yaml").read_text(encoding="utf-8") == SLIP.replace("qoute", "quote")


def test_only_what_is_selected_is_fixed():
    """A finding that is not wanted is not fixed either."""
    write(SLIP)
    run("--fix", "--unsafe-fixes", "--ignore", "PL016", "p.yaml")

    assert Path("p.yaml").read_text(encoding="utf-8") == SLIP


def test_standard_input_is_printed_fixed():
    """The text on standard output, what remains on standard error."""
    data = b"\xef\xbb\xbf" + (BAD + CLASH).encode().replace(b"\n", b"\r\n")
    result = CliRunner().invoke(cli, ["check", "--fix", "-"], input=data)

    assert result.exit_code == 1
    assert result.stdout_bytes == b"\xef\xbb\xbf" + (GOOD + CLASH).encode().replace(b"\n", b"\r\n")
    assert result.stderr == "<stdin>:4:43: error PL401 “民营医院数” 2020 has 2 different values, 43 家 and 34 家\n"
    assert run("--diff", "-", input=BAD) == (0, DIFF.replace("p.yaml", "<stdin>"), "")
    assert run("--fix", "-", input=GOOD) == (0, GOOD, "")


def test_standard_input_is_fixed_alone():
    """Its text and a report cannot both stand on standard output."""
    write(BAD)
    status, out, err = run("--fix", "-", "p.yaml", input=BAD)

    assert (status, out) == (2, "")
    assert "Error: standard input is fixed alone: name no files beside -" in err
    assert run("--fix", "-", input=b"\xff\xfe")[::2] == (2, "Error: <stdin>:1: not a readable text in UTF-8 (utf-16)\n")


def test_a_file_that_changed_meanwhile_is_left_alone(monkeypatch):
    """Somebody else's edit is worth more."""
    write(BAD)
    honest = editions.from_disk
    seen = []

    def from_disk(file):
        data = honest(file)
        if not seen:
            Path(file).write_text(BAD + "# mine\n", encoding="utf-8")
        seen.append(file)
        return data

    monkeypatch.setattr(editions, "from_disk", from_disk)
    status, _, err = run("--fix", "p.yaml")

    assert status == 2
    assert err.splitlines()[0] == "planlint: p.yaml: changed while it was being fixed, so it was left alone"
    assert Path("p.yaml").read_text(encoding="utf-8") == BAD + "# mine\n"


def test_a_file_that_cannot_be_written_stays(monkeypatch):
    """The others are fixed, and the status says that not all was done."""
    write(BAD)
    write(BAD.replace("id: p", "id: q"), "q.yaml")

    def write_whole(path, content):
        if path == "p.yaml":
            raise OSError(28, "No space left on device")
        Path(path).write_bytes(content)

    monkeypatch.setattr("planlint.writing.write_whole", write_whole)
    status, _, err = run("--fix", "p.yaml", "q.yaml")

    assert status == 2
    assert err.splitlines() == [
        "planlint: p.yaml: cannot be written: No space left on device",
        "planlint: fixed 1 place in 1 file",
    ]
    assert Path("p.yaml").read_text(encoding="utf-8") == BAD
    assert Path("q.yaml").read_text(encoding="utf-8") == GOOD.replace("id: p", "id: q")


@pytest.mark.skipif(os.name != "posix", reason="needs links and permissions")
def test_links_and_permissions_stay():
    """The file behind a link is fixed, the link stays one."""
    write(BAD)
    os.chmod("p.yaml", 0o640)
    os.symlink("p.yaml", "link.yaml")
    run("--fix", "link.yaml")

    assert Path("link.yaml").is_symlink()
    assert stat.S_IMODE(os.stat("p.yaml").st_mode) == 0o640
    assert Path("p.yaml").read_text(encoding="utf-8") == GOOD


def test_what_cannot_be_read_is_reported_as_without():
    """A missing file, and one in another encoding, are left to the report."""
    write(BAD.encode("gb18030"))
    status, out, err = run("--fix", "--format", "concise", "p.yaml", "none.yaml")

    assert status == 2
    assert out.startswith("p.yaml:2:1: error PL011 ")
    assert err == "planlint: nothing to fix\nplanlint: none.yaml: No such file or directory\n"
    assert Path("p.yaml").read_bytes() == BAD.encode("gb18030")


def test_references_are_those_beside_the_plan():
    """A plan that names another is judged with it while it is fixed."""
    write(BAD.replace("document: p.txt", "references: [up], document: p.txt"))
    write(HEAD.replace("id: p", "id: up"), "up.yaml")

    assert run("--fix", "p.yaml")[0] == 0
