"""Files are written whole or not at all."""

import os
import stat

import pytest

from planlint import writing


def test_a_file_takes_its_content_and_keeps_its_permissions(tmp_path):
    """Permissions of an old file stay; a new one has those that the user's mask leaves."""
    old, new = tmp_path / "old", tmp_path / "new"
    old.write_bytes(b"before")
    old.chmod(0o640)

    writing.write_whole(old, b"after")
    writing.write_whole(new, b"fresh")

    mask = os.umask(0)
    os.umask(mask)
    assert (old.read_bytes(), stat.S_IMODE(old.stat().st_mode)) == (b"after", 0o640)
    assert (new.read_bytes(), stat.S_IMODE(new.stat().st_mode)) == (b"fresh", 0o666 & ~mask)
    assert sorted(p.name for p in tmp_path.iterdir()) == ["new", "old"]


@pytest.mark.parametrize(
    "problem", [OSError(28, "No space left on device"), KeyboardInterrupt()], ids=["full", "Ctrl-C"]
)
def test_what_goes_wrong_leaves_the_old_file_and_nothing_else(tmp_path, monkeypatch, problem):
    """A full disk and an interruption alike."""

    def fail(descriptor):
        raise problem

    monkeypatch.setattr(os, "fsync", fail)
    report = tmp_path / "report"
    report.write_bytes(b"before")

    with pytest.raises(type(problem)):
        writing.write_whole(report, b"after")

    assert report.read_bytes() == b"before"
    assert [p.name for p in tmp_path.iterdir()] == ["report"]


def test_a_link_is_followed(tmp_path):
    """The file that it names changes; the link stays."""
    real, link = tmp_path / "real", tmp_path / "link"
    real.write_bytes(b"before")
    link.symlink_to(real)

    writing.write_whole(link, b"after")

    assert link.is_symlink()
    assert real.read_bytes() == b"after"


def test_a_device_is_written_to():
    """/dev/null is no file to put another in the place of."""
    writing.write_whole("/dev/null", b"gone")

    assert stat.S_ISCHR(os.stat("/dev/null").st_mode)
