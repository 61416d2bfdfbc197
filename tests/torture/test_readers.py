"""Settings, waivers, baselines, sheets and revisions that try to break their readers: one line, status 2, in time.

Cases are named by their number in a list of measured traps where they have one, otherwise by what they are about.
"""

import os
import subprocess
import time
import zipfile

import pytest
from click.testing import CliRunner
from faults import ERROR, HEAD

from planlint.cli import cli

MEGA = 1024 * 1024
LIMIT = 10
"""Seconds for the worst case on a slow machine; each of these took minutes or hours once, or takes a fraction."""
WORD = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


@pytest.fixture(scope="module")
def place(tmp_path_factory):
    """A repository with a plan."""
    folder = tmp_path_factory.mktemp("readers")
    (folder / "p.yaml").write_text(HEAD + ERROR, encoding="utf-8")
    who = ("-c", "user.name=a", "-c", "user.email=a@example.org")
    for words in (("init", "-q"), ("add", "p.yaml"), (*who, "commit", "-qm", "x")):
        subprocess.run(["git", *words], cwd=folder, check=True, capture_output=True)
    return folder


@pytest.fixture(autouse=True)
def here(place, monkeypatch):
    """Messages name files as they were given."""
    monkeypatch.chdir(place)


def refusal(*words):
    """The one line that a command ends with; it is short, printable and comes soon."""
    started = time.monotonic()
    result = CliRunner().invoke(cli, words)
    assert isinstance(result.exception, SystemExit), result.exception
    assert (result.exit_code, result.stdout, result.stderr.count("\n")) == (2, "", 1), result.output
    assert time.monotonic() - started < LIMIT
    line = result.stderr.removesuffix("\n")
    assert line.isprintable()
    assert len(line) < 1000
    return line.removeprefix("Error: ")


def about(file, content, *words):
    """What is said of a file that a command reads; the file goes afterwards."""
    with open(file, "wb") as stream:
        stream.write(content if isinstance(content, bytes) else content.encode())
    try:
        return refusal(*words)
    finally:
        os.unlink(file)


BYTES = {
    "A06-utf-16": ("# 规划".encode("utf-16"), "1:1: not a text in UTF-8 (utf-16)"),
    "A07-gbk": ("\n# 规划".encode("gbk"), "2:1: not a text in UTF-8 (gb18030)"),
    "A09-nul": (b"\n\na\0b", "3:1: not a text in UTF-8 (control-character)"),
    "A09-escape": (b"\x1b[31m", "1:1: not a text in UTF-8 (control-character)"),
    "A09-c1": ("a\x9bb".encode(), "1:1: not a text in UTF-8 (control-character)"),
    "A09-all-bytes": (bytes(range(256)), "2:1: not a text in UTF-8 (not-utf-8)"),
    "A10-surrogate": (b"# \xed\xa0\x80", "1:1: not a text in UTF-8 (not-utf-8)"),
}
READERS = {
    "settings": ("planlint.toml", "check", "p.yaml"),
    "baseline": ("b.txt", "check", "p.yaml", "--baseline", "b.txt"),
    "waivers": ("w.yaml", "check", "p.yaml", "--waivers", "w.yaml"),
}


@pytest.mark.parametrize(("content", "said"), BYTES.values(), ids=BYTES)
@pytest.mark.parametrize("reader", READERS)
def test_what_is_no_text_is_refused_at_its_line(reader, content, said):
    """The three files of a project are as strict as plans."""
    file, *words = READERS[reader]

    assert about(file, content, *words) == f"{file}:{said}"


@pytest.mark.parametrize(
    ("reader", "said"),
    [
        ("settings", "1:1: the file is larger than 1 MB"),
        ("waivers", "1:1: the file is larger than 1 MB"),
        ("baseline", "1:1: not a text in UTF-8 (too-large)"),
    ],
)
def test_a12_what_is_too_large_is_not_parsed(reader, said):
    """The limit is known before anything is read as YAML or TOML."""
    file, *words = READERS[reader]

    assert about(file, b"#" * (17 * MEGA), *words) == f"{file}:{said}"


def cut(begin, letter, first, last, end=""):
    """A long message, shortened."""
    return f"{begin}{letter * first}…{letter * last}{end}"


SETTINGS = {
    "B21-key-twice": ("lang = 'zh'\r\nlang = 'en'\r\n", "2:12: cannot overwrite a value"),
    "B21-table-twice": ("[severities]\n[severities]\n", "2:12: cannot declare ('severities',) twice"),
    "A05-byte-order-mark": ("\ufeffselct = 1", "1:1: unknown key 'selct'; did you mean 'select'?"),
    "A11-crlf": ("lang = 'zh'\r\nselct = 1\r\n", "2:1: unknown key 'selct'; did you mean 'select'?"),
    "A11-cr": ("lang='zh'\rselct = 1", "1:10: expected newline or end of document after a statement"),
    "A09-escaped-key": ('"\\u001b[31m\\u202e" = 1', "1:1: unknown key '\\u{1b}[31m\\u{202e}'"),
    "A09-override": ("\u202elang = 1", "1:1: invalid statement"),
    "A10-surrogate-escaped": ('lang = "\\ud800"', None),
    "B15-tables-in-braces": ("a = " + "{a=" * 100_000, "1:1: nested too deep"),
    "B15-a-key-of-many-parts": ("#\n a" + ".a" * 400_000 + " = 1", "2:2: a key of more than 32 parts"),
    "B15-quoted-parts": ("'='" + ' . "\\"#"' * 32 + " = 1", "1:1: a key of more than 32 parts"),
    "B15-a-table-of-many-parts": ("[" + "a." * 400_000 + "a]", "1:2: a key of more than 32 parts"),
    "B15-a-key-in-braces": ("a = {" + "a." * 400_000 + "a = 1}", "1:6: a key of more than 32 parts"),
    "B15-behind-an-open-text": ("a." * 40 + 'a = """' + '\\"""' * 200_000, "1:1: a key of more than 32 parts"),
    "B15-open-texts": ('a = """' + '\\"""' * 200_000, None),
    "B15-almost-too-many-parts": (("a." * 30 + "a = 1\n") * 15_000, None),
    "A12-many-tables": ("".join(f"[t{n}]\n" for n in range(60_000)), "1:2: unknown key 't0'"),
    "A12-a-long-word": ("lang = '" + "x" * 900_000 + "'", None),
    "A12-a-long-rule": ("select = ['" + "X" * 900_000 + "']", cut("1:12: no rule begins with '", "X", 579, 199, "'")),
    "C33-digits": ("lang = " + "9" * 100_000, "1:1: a number has too many digits"),
    "F61-a-long-path": ("rules = ['" + "a/" * 400_000 + "']", "1:1: 'rules' names a path of more than 1000 characters"),
    "F61-nul-in-a-path": ('rules = ["a\\u0000"]', "1:1: 'a\\u{0}' does not lie in the folder of this file"),
}


@pytest.mark.parametrize(("content", "said"), SETTINGS.values(), ids=SETTINGS)
def test_settings_are_read_in_time_or_refused(content, said):
    """One key of 400,000 parts took the reader of TOML hours."""
    line = about(*READERS["settings"][:1], content, *READERS["settings"][1:])

    assert line.startswith("planlint.toml:")
    assert said is None or line == f"planlint.toml:{said}"


def test_texts_and_remarks_with_many_dots_are_no_keys():
    """What a project writes about itself does not count, nor do the settings of others."""
    deep = "a." * 40 + "a"
    texts = f'# {deep}\nb = "{deep}"\nc = \'{deep}\'\nd = \'\'\'\n{deep}\'\'\'\ne = """\n"{deep}""""\nf = [1.5, 2.5]\n'
    with open("pyproject.toml", "w", encoding="utf-8") as stream:
        stream.write(f"[tool.planlint]\nlang = 'en'\n[tool.x]\n{texts}")
    try:
        assert CliRunner().invoke(cli, ["config"]).exit_code == 0
    finally:
        os.unlink("pyproject.toml")


TOP = "# planlint baseline 1\n"
LINE = "expected fingerprint, rule, plan and remark, separated by tabs"
BASELINES = {
    "A05-byte-order-mark": (f"\ufeff{TOP}x", f"2:1: {LINE}"),
    "A11-crlf": (f"{TOP}x\n".replace("\n", "\r\n"), f"2:1: {LINE}"),
    "A11-cr": (f"{TOP}0123456789abcdef\tPL101\tp\tx\r0123456789abcdef\tPL102\tp\tx\r", f"2:1: {LINE}"),
    "A12-one-line": ("x" * 15 * MEGA, "1:1: no baseline: its first line must be '# planlint baseline 1'"),
    "A12-many-lines": (TOP + "x\n" * 5_000_000, f"2:1: {LINE}"),
}


@pytest.mark.parametrize(("content", "said"), BASELINES.values(), ids=BASELINES)
def test_baselines_are_refused_at_their_line(content, said):
    """The first line that is none ends it."""
    assert about(READERS["baseline"][0], content, *READERS["baseline"][1:]) == f"b.txt:{said}"


START = "planlint-waivers: 1\n"
BOMB = "a0: &a0 [x,x]\n" + "".join(f"a{i}: &a{i} [{','.join([f'*a{i - 1}'] * 9)}]\n" for i in range(1, 10))
FULL = "YAML wants the half-width mark, and a blank after a colon"
WAIVERS = {
    "A01-empty": ("", "1:1: the file is empty"),
    "A04-two-documents": (f"{START}waivers: []\n---\na: 1\n", "3:1: a second document begins here; "),
    "A05-byte-order-mark": (f"\ufeff{START}waiver: []", "2:1: the file has no key “waiver”; did you mean “waivers”?"),
    "A09-escaped-key": (START + '"\\e[31m\\u202e": 1\n', "2:1: the file has no key “\\u{1b}[31m\\u{202e}”"),
    "A11-crlf": (f"{START}waiver: []\n".replace("\n", "\r\n"), "2:1: the file has no key “waiver”; did you mean "),
    "A13-key-of-1025-letters": (START + "x" * 1025 + ": 1\n", "2:1026: this is no YAML "),
    "B14-brackets": (f"{START}waivers: " + "[" * 30_000, "2:49: more than 40 levels are nested here"),
    "B18-alias-bomb": (START + BOMB, "2:5: “&a0” is an anchor, "),
    "B21-key-twice": (f"{START}waivers: []\nwaivers: []\n", "3:1: the key “waivers” is given twice here; "),
    "B23-tag": (f"{START}waivers: !!python/object/apply:os.system [id]", "2:10: “!!python/object/apply:os.system” is "),
    "B24-tab": (f"{START}waivers:\n\t- a", "3:1: a tab stands here; indent with blanks"),
    "B25-ideographic-indentation": (f"{START}waivers:\n　- a", f"3:1: a full-width “U+3000” stands here; {FULL}"),
    "B26-full-width-colon": (f"{START}waivers：[]\n", f"2:8: a full-width “：” stands here; {FULL}"),
    "A12-many": (f"{START}waivers:\n" + "  - {rule: PL101}\n" * 50_000, "3:5: the waiver lacks “plan”"),
}


@pytest.mark.parametrize(("content", "said"), WAIVERS.values(), ids=WAIVERS)
def test_waivers_are_refused_at_their_place(content, said):
    """They are as strict as plans."""
    assert about(READERS["waivers"][0], content, *READERS["waivers"][1:]).startswith(f"w.yaml:{said}")


def package(body, method=zipfile.ZIP_DEFLATED):
    """The bytes of a docx with some body."""
    with zipfile.ZipFile("made.docx", "w", method) as made:
        made.writestr("word/document.xml", body)
    with open("made.docx", "rb") as stream:
        data = stream.read()
    os.unlink("made.docx")
    return data


def nested(opening, inner, closing, levels):
    """A body of elements within each other."""
    return f"<w:document {WORD}>{opening * levels}{inner}{closing * levels}</w:document>"


CELL = "<w:tbl><w:tr><w:tc>", "</w:tc></w:tr></w:tbl>"
NO_DOCX = "not a Word document (.docx), or a damaged or protected one"
NO_ROW = "no row names a finding; this is no opinion sheet of planlint"
MUCH = "holds more than an opinion sheet can"
SHEETS = {
    "A01-empty": (lambda: b"", NO_DOCX),
    "A09-all-bytes": (lambda: bytes(range(256)), NO_DOCX),
    "A09-nul": (lambda: package("<a>\0</a>"), "damaged: not well-formed (invalid token)"),
    "A09-not-utf-8": (lambda: package(b"<a>\xff</a>"), "damaged: not well-formed (invalid token)"),
    "A07-gbk": (lambda: package("<?xml version='1.0' encoding='gbk'?><a/>"), "damaged: its text is not in UTF-8"),
    "A07-no-encoding": (lambda: package("<?xml version='1.0' encoding='x'?><a/>"), "damaged: its text is not in UTF-8"),
    "F65-bomb": (lambda: package(b" " * 80 * MEGA), "unpacks to more than an opinion sheet can hold"),
    "F65-declaration": (
        lambda: package('<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>'),
        "holds a document type declaration, which Word never writes",
    ),
    "F65-deep-tables": (lambda: package(nested(CELL[0], "", CELL[1], 20_000)), NO_ROW),
    "F65-a-text-in-deep-tables": (
        lambda: package(nested(CELL[0], f"<w:t>{'x' * MEGA}</w:t>", CELL[1], 3000)),
        MUCH,
    ),
    "F65-texts-in-deep-controls": (lambda: package(nested("<w:sdt>", "<w:br/>" * 20_000, "</w:sdt>", 20_000)), MUCH),
    "F65-many-cells": (lambda: package(nested("<w:tbl><w:tr>", "<w:tc/>" * 500_000, "</w:tr></w:tbl>", 1)), MUCH),
    "F65-many-elements": (lambda: package(nested("", "<w:p/>" * 1_000_001, "", 0)), MUCH),
    "F66-cut": (lambda: package(nested("", "", "", 0))[:-30], NO_DOCX),
}


@pytest.mark.parametrize(("content", "said"), SHEETS.values(), ids=SHEETS)
def test_sheets_are_refused_in_time(content, said):
    """A text in nested tables was copied once for each of them."""
    assert about("o.docx", content(), "waive", "--from", "o.docx", "--by", "组", "p.yaml") == f"o.docx: {said}"


@pytest.mark.parametrize(
    "name",
    [
        "",
        "a\x1b[31m",
        "\u202eHEAD",
        "HEAD:p.yaml",
        "HEAD~999999999999",
        "@{-1}",
        "HEAD^{tree}",
        "a..b",
        "a\nb",
        "\udc80",
    ],
)
def test_a_name_that_is_no_revision_is_one_line(name):
    """Whatever git would make of it."""
    assert refusal("diff", name).endswith("' is neither a revision nor a file or folder; paths go behind --")


@pytest.mark.parametrize("name", ["x" * 300, "HEAD^{/" + "(" * 200 + "}"], ids=["long", "pattern"])
def test_a_name_too_long_for_a_revision_is_one_line(name):
    """No pattern is searched for."""
    assert "is neither a revision nor a file or folder" in refusal("diff", name)


def test_a_hyphen_is_an_option_of_ours_and_never_of_git():
    """Behind -- there are paths only."""
    done = CliRunner().invoke(cli, ["diff", "--upload-pack=x"])

    assert (done.exit_code, done.stdout) == (2, "")
    assert done.stderr.splitlines()[-1].startswith("Error: No such option")
