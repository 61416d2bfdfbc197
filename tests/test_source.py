"""Reading files: bytes to text, what is refused and where, which files of a folder are plans."""

import io
import os
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from planlint import source
from planlint.source import (
    MAX_BYTES,
    NotText,
    Place,
    UnreadableSource,
    decode,
    display,
    plan_files,
    printable,
    read_bytes,
    read_stream,
    refuse_controls,
    yaml_files,
)


def refusal(data):
    """Why bytes are no text: reason, line and detail."""
    with pytest.raises(NotText) as caught:
        decode(data)
    return caught.value.reason, caught.value.line, caught.value.detail


def test_utf8_is_read_as_it_stands():
    """Chinese text, an emoji and full-width digits arrive unchanged."""
    text = "指标：３．１０‰\n𠮷🏥\n"

    assert decode(text.encode()) == text


def test_byte_order_mark_is_dropped():
    """A byte order mark at the beginning is no part of the text; one further on stays."""
    assert decode("\ufeffa\ufeff".encode()) == "a\ufeff"


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r", "\x85", "\u2028", "\u2029"])
def test_every_line_end_of_yaml_is_text(end):
    """Line ends of other systems are no control characters."""
    assert decode(f"a{end}b".encode()) == f"a{end}b"


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be"])
def test_utf16_with_a_mark_is_named(encoding):
    """A UTF-16 file is recognised by its byte order mark."""
    mark = {"utf-16": b"", "utf-16-le": b"\xff\xfe", "utf-16-be": b"\xfe\xff"}[encoding]

    assert refusal(mark + "planlint: 1".encode(encoding)) == ("utf-16", 1, "")


def test_utf16_cut_in_the_middle_of_a_character_is_named():
    """Half a character at the end of UTF-16 changes nothing."""
    assert refusal(b"\xfe\xff\xff\xbc\x2c") == ("utf-16", 1, "")


@pytest.mark.parametrize("encoding", ["gbk", "gb18030"])
def test_gbk_is_named_with_its_line(encoding):
    """The encoding most Chinese editors fall back to is named, with the first line that shows it."""
    assert refusal("planlint: 1\n# 示例\n".encode(encoding)) == ("gb18030", 2, "")


def test_four_byte_gb18030_is_named():
    """A character beyond the basic plane takes four bytes in GB18030."""
    assert refusal("a: 1\nb: 2\n𠮷".encode("gb18030")) == ("gb18030", 3, "")


def test_bytes_of_no_encoding_are_refused_with_their_line():
    """Bytes that are neither UTF-8 nor GB18030 are refused at their line."""
    assert refusal(b"a: 1\nb: \xff\xff\n") == ("not-utf-8", 2, "")


def test_a_surrogate_in_utf8_bytes_is_refused():
    """A lone surrogate smuggled into UTF-8 is not UTF-8, and looks like no other encoding."""
    assert refusal(b"a: 1\n# \xed\xa0\x80\n") == ("not-utf-8", 2, "")


CONTROLS = "\0 \x01 \x07 \x08 \x0b \x0c \x1b \x1f \x7f \x80 \x9b \x9f \ufffe \uffff".split(" ")


@pytest.mark.parametrize("character", CONTROLS, ids=lambda c: f"U+{ord(c):04X}")
def test_control_characters_are_refused_with_their_line(character):
    """A character that YAML does not allow is named by its code point."""
    data = f"一\n二\n三 {character}\n".encode()

    assert refusal(data) == ("control-character", 3, f"U+{ord(character):04X}")


@pytest.mark.parametrize("character", ["\t", "\n", "\r", "\x85", "\xa0", "\u3000", "\u202e", "\ufeff", "\ufffd"])
def test_other_characters_are_no_controls(character):
    """Blanks, line ends and format characters pass the reader; the outputs escape them."""
    assert refuse_controls(f"a{character}b") is None


@pytest.mark.parametrize("code", [0xD800, 0xDBFF, 0xDC00, 0xDFFF], ids=hex)
def test_lone_surrogates_are_refused_in_a_text(code):
    """A text that no file can hold is refused like a control character."""
    with pytest.raises(NotText) as caught:
        refuse_controls(f"a\n{chr(code)}")

    assert (caught.value.reason, caught.value.line) == ("control-character", 2)


def test_a_file_too_large_is_refused_with_its_size():
    """One byte over the limit is too large, and the size is given in megabytes."""
    assert decode(b"#" * MAX_BYTES) == "#" * MAX_BYTES
    assert refusal(b"#" * (MAX_BYTES + 1)) == ("too-large", 1, "")


@settings(deadline=None)
@given(st.binary(max_size=200))
def test_bytes_are_text_or_refused_with_a_known_reason(data):
    """Any bytes give a text without controls, or one of the listed reasons."""
    outcome = "text"
    try:
        refuse_controls(decode(data))
    except NotText as problem:
        outcome = problem.reason

    assert outcome in {"text", *NotText.REASONS}


@settings(deadline=None)
@given(st.text(st.characters(exclude_categories=("Cc", "Cs", "Cn", "Co"), exclude_characters="\ufeff"), max_size=60))
def test_text_survives_a_round_trip(text):
    """What an editor saves as UTF-8 is what is read."""
    assert decode(text.encode()) == text


def test_places_sort_by_file_then_line_then_column():
    """Places are values: equal by content and in reading order."""
    places = [Place("b", 1, 1), Place("a", 10, 1), Place("a", 2, 9), Place("a", 2, 10)]

    assert sorted(places) == [Place("a", 2, 9), Place("a", 2, 10), Place("a", 10, 1), Place("b", 1, 1)]
    assert Place("a", 1, 2) == Place("a", 1, 2)


def test_a_regular_file_is_read(tmp_path):
    """The bytes come as they are, also by way of a link."""
    file = tmp_path / "计划.yaml"
    file.write_bytes(b"\xff\x00a")
    (tmp_path / "link.yaml").symlink_to(file)

    assert read_bytes(file) == b"\xff\x00a"
    assert read_bytes(str(tmp_path / "link.yaml")) == b"\xff\x00a"


def test_of_an_endless_file_one_byte_too_many_is_read(tmp_path):
    """A file larger than the limit is not read to its end."""
    file = tmp_path / "large"
    with file.open("wb") as stream:
        stream.truncate(MAX_BYTES * 4)

    assert len(read_bytes(file)) == MAX_BYTES + 1


def test_of_an_endless_stream_one_byte_too_many_is_read():
    """Standard input is not read beyond the limit either."""
    assert len(read_stream(io.BytesIO(bytes(MAX_BYTES + 100)))) == MAX_BYTES + 1


def unreadable(path):
    """What is said of a path that cannot be read."""
    with pytest.raises(UnreadableSource) as caught:
        read_bytes(path)
    return str(caught.value)


def test_a_missing_file_is_unreadable(tmp_path):
    """The message names the path and the reason."""
    assert unreadable(tmp_path / "none.yaml") == f"{tmp_path}/none.yaml: No such file or directory"


def test_a_folder_is_no_regular_file(tmp_path):
    """A folder is no file."""
    assert unreadable(tmp_path) == f"{tmp_path}: Is a directory"


def test_a_fifo_is_refused_without_waiting(tmp_path):
    """A FIFO without a writer would hang an ordinary open."""
    os.mkfifo(tmp_path / "fifo.yaml")

    code = "import sys; from planlint.source import read_bytes\nread_bytes(sys.argv[1])"
    done = subprocess.run(
        [sys.executable, "-c", code, str(tmp_path / "fifo.yaml")], capture_output=True, text=True, timeout=60
    )

    assert done.stderr.splitlines()[-1] == (
        f"planlint.source.UnreadableSource: {tmp_path}/fifo.yaml: not a regular file"
    )


@pytest.mark.skipif(not Path("/dev/zero").exists(), reason="no devices here")
def test_a_device_is_refused():
    """A device that never ends is no regular file."""
    assert unreadable("/dev/zero") == "/dev/zero: not a regular file"


def test_a_name_with_nul_is_unreadable():
    """No system call takes such a name."""
    assert unreadable("a\0b") == "a\\u{0}b: embedded null byte"


def test_a_name_too_long_is_unreadable():
    """A name of ten thousand letters is refused by the system and reported in its words."""
    assert unreadable("x" * 10_000) == f"{'x' * 10_000}: File name too long"


def test_a_file_without_permission_is_unreadable(tmp_path, monkeypatch):
    """What the system says is passed on."""

    def refuse(path, flags):
        raise PermissionError(13, "Permission denied", str(path))

    monkeypatch.setattr(os, "open", refuse)

    assert unreadable(tmp_path / "a.yaml") == f"{tmp_path}/a.yaml: Permission denied"


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("规划 A, ‰", "规划 A, ‰"),
        ("a\nb\tc", "a\\u{a}b\\u{9}c"),
        ("\x1b[31m\x07", "\\u{1b}[31m\\u{7}"),
        ("\u202e\u200b\ufeff", "\\u{202e}\\u{200b}\\u{feff}"),
        ("a\u2028b\x85", "a\\u{2028}b\\u{85}"),
        ("\ud800", "\\u{d800}"),
        ("全\u3000角\xa0格", "全\u3000角\xa0格"),
        ("", ""),
    ],
)
def test_what_is_printed_carries_no_control_or_format_character(text, shown):
    """Escape sequences and bidirectional overrides of a plan never reach a terminal; blanks stay blanks."""
    assert printable(text) == shown


@settings(deadline=None)
@given(st.text(max_size=40))
def test_printable_text_is_on_one_line(text):
    """Whatever the text, what is printed is one line and stays what it is when escaped again."""
    shown = printable(text)

    assert len(shown.splitlines()) <= 1
    assert printable(shown) == shown


def test_a_path_of_odd_bytes_can_be_printed():
    """Bytes of a file name that are no UTF-8 and line ends in it are escaped."""
    assert display(os.fsdecode(b"a\xff\nb.yaml")) == "a\\xff\\u{a}b.yaml"


PLAN = "planlint: 1\nplan: {}\n"


def found(folder, path=""):
    """The plan files of a folder, relative to it."""
    return [os.path.relpath(file, folder) for file in plan_files(folder / path)]


def write(folder, **files):
    """Write files by their path, `/` for a folder."""
    for name, content in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content if isinstance(content, bytes) else content.encode())


def test_a_folder_is_walked_in_sorted_order(tmp_path):
    """Files of a folder come before those of its folders, each sorted by name."""
    names = ["b.yaml", "a.yml", "z/a.yaml", "m/b.yaml", "m/a.yaml", "m/a/c.yaml", "B.yaml"]
    write(tmp_path, **dict.fromkeys(names, PLAN))

    assert found(tmp_path) == ["B.yaml", "a.yml", "b.yaml", "m/a.yaml", "m/b.yaml", "m/a/c.yaml", "z/a.yaml"]


def test_hidden_files_other_files_and_yaml_that_is_no_plan_are_skipped(tmp_path):
    """Only YAML files that carry the key of a plan at the beginning of a line are plans."""
    write(
        tmp_path,
        **{
            "a.yaml": PLAN,
            ".hidden.yaml": PLAN,
            ".git/b.yaml": PLAN,
            "plan.txt": PLAN,
            "plan.yaml.bak": PLAN,
            "other.yaml": "name: x\nplan: |\n  planlint: 1\n",
            "words.yaml": "# planlint: 1\nplanlinter: 1\n",
            "empty.yaml": "",
        },
    )

    assert found(tmp_path) == ["a.yaml"]


@pytest.mark.parametrize(
    "content",
    [
        "# 注释\nplanlint: 1\n",
        "\ufeffplanlint: 1\n",
        "# a\r\nplanlint: 1\r\n",
        "# a\rplanlint: 1\r",
        '"planlint": 1\n',
        "planlint : 1\n",
        "planlint：1\n",
        '{"planlint": 1}',
        '\n{\n  "planlint": 1\n}\n',
        "---\nplanlint: 9\n",
        "planlint: 1\n# 示例".encode("gbk"),
        "\ufeffplanlint: 1\n# 示例".encode("utf-16-le"),
        "\ufeff# 示例\r\nplanlint: 1\n".encode("utf-16-be"),
    ],
)
def test_a_plan_is_recognised_however_it_was_saved(tmp_path, content):
    """A plan in another encoding or style is found in its folder, so that it is reported instead of overlooked."""
    write(tmp_path, **{"a.yaml": content})

    assert found(tmp_path) == ["a.yaml"]


def test_a_file_stands_for_itself(tmp_path):
    """What a user names is read, hidden or not, plan or not, there or not."""
    write(tmp_path, **{".a.txt": ""})

    assert found(tmp_path, ".a.txt") == [".a.txt"]
    assert found(tmp_path, "missing.yaml") == ["missing.yaml"]


def test_what_cannot_be_read_in_a_folder_is_not_skipped(tmp_path):
    """A FIFO and a broken link with the name of a plan are yielded: reading them says what is wrong."""
    write(tmp_path, **{"b.yaml": PLAN, "d.yaml": PLAN})
    (tmp_path / "a.yaml").symlink_to(tmp_path / "nowhere")
    os.mkfifo(tmp_path / "c.yaml")

    assert found(tmp_path) == ["a.yaml", "b.yaml", "c.yaml", "d.yaml"]


def test_a_file_without_permission_does_not_hide_those_after_it(tmp_path, monkeypatch):
    """Each file of a folder is on its own."""
    write(tmp_path, **dict.fromkeys(["a.yaml", "b.yaml", "c.yaml"], PLAN))

    def read(path):
        if Path(path).name == "b.yaml":
            raise UnreadableSource("no")
        return PLAN.encode()

    monkeypatch.setattr(source, "read_bytes", read)

    assert found(tmp_path) == ["a.yaml", "b.yaml", "c.yaml"]


def refuse_to_list(monkeypatch, name):
    """Make one folder impossible to list."""
    scandir = os.scandir

    def refuse(path):
        if Path(path).name == name:
            raise PermissionError(13, "Permission denied", str(path))
        return scandir(path)

    monkeypatch.setattr(os, "scandir", refuse)


def test_a_folder_that_cannot_be_listed_is_not_passed_over(tmp_path, monkeypatch):
    """A closed folder is yielded after the plans, so that reading it says what is wrong."""
    write(tmp_path, **{"a/x.yaml": PLAN, "b/x.yaml": PLAN, "c/x.yaml": PLAN})
    refuse_to_list(monkeypatch, "b")

    assert found(tmp_path) == ["a/x.yaml", "c/x.yaml", "b"]


def test_links_to_folders_are_not_followed(tmp_path):
    """A link to a folder above would never end."""
    write(tmp_path, **{"a.yaml": PLAN})
    (tmp_path / "loop").symlink_to(tmp_path, target_is_directory=True)

    assert found(tmp_path) == ["a.yaml"]


def test_rule_files_are_sorted_and_complete(tmp_path):
    """All YAML files below a folder of rules are named, a broken link too: no rule is dropped silently."""
    write(tmp_path, **dict.fromkeys(["b/PL2.yml", "a.yaml", "b/PL1.yaml", "b/readme.md"], ""))
    (tmp_path / "c.yaml").symlink_to(tmp_path / "nowhere")

    assert [os.path.relpath(p, tmp_path) for p in yaml_files(tmp_path)] == [
        "a.yaml",
        "b/PL1.yaml",
        "b/PL2.yml",
        "c.yaml",
    ]


def test_a_folder_of_rules_that_cannot_be_listed_stops_the_run(tmp_path, monkeypatch):
    """A rule nobody could read must not be missing silently."""
    write(tmp_path, **{"a/PL1.yaml": "", "b/PL2.yaml": ""})
    refuse_to_list(monkeypatch, "b")

    with pytest.raises(UnreadableSource) as caught:
        yaml_files(tmp_path)

    assert str(caught.value) == f"{tmp_path}/b: Permission denied"
