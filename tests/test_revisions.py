"""Git is asked for files and contents, and nothing that a repository says is run."""

import os
import shutil
import subprocess
from pathlib import Path

import pytest

from planlint import revisions
from planlint.revisions import Blob, NoGit, blobs, commit_of, contents, top

pytestmark = pytest.mark.skipif(shutil.which("git") is None, reason="needs git")


def git(*arguments, **more):
    """Run git as a user does who has no configuration of his own."""
    return subprocess.run(["git", *arguments], check=True, capture_output=True, text=True, **more).stdout.strip()


@pytest.fixture
def repository(tmp_path, monkeypatch):
    """A repository with one commit, around this folder."""
    monkeypatch.setenv("HOME", str(tmp_path))
    for name in ("GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE", "XDG_CONFIG_HOME"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("GIT_CONFIG_NOSYSTEM", "1")
    folder = tmp_path / "repo"
    folder.mkdir()
    monkeypatch.chdir(folder)
    git("init", "-q", "-b", "main", ".")
    git("config", "user.email", "nobody@example.org")
    git("config", "user.name", "nobody")
    Path("plans").mkdir()
    Path("plans/某县.yaml").write_text("planlint: 1\n", encoding="utf-8")
    Path("plans/a\nb.yaml").write_text("x: 1\n", encoding="utf-8")
    Path("plans/link.yaml").symlink_to("/etc/passwd")
    git("add", "-A")
    git("commit", "-qm", "one")
    return folder


def test_a_commit_by_every_name(repository):
    """Branches, relatives, abbreviations; never an option, a file of a commit, or a control character."""
    whole = git("rev-parse", "HEAD")

    assert [commit_of(name) for name in ("HEAD", "main", "main^0", whole[:8], "@", "refs/heads/main")] == [whole] * 6
    names = (
        "nope",
        "HEAD~1",
        "--exec-path",
        "-h",
        "HEAD:plans",
        ":/one",
        "HEAD\n",
        "",
        "a b\0",
        "HEAD..main",
        "x" * 300,
    )
    assert [commit_of(name) for name in names] == [None] * len(names)


def test_a_tree_is_no_revision(repository):
    """Only commits can be compared."""
    assert commit_of(git("rev-parse", "HEAD^{tree}")) is None


def test_files_and_their_contents(repository):
    """Names as they are, by paths from the top; links are left out."""
    commit = commit_of("HEAD")
    found = list(blobs(commit, ["plans"]))

    assert [blob.path for blob in found] == ["plans/a\nb.yaml", "plans/某县.yaml"]
    assert [data for _, data in contents(found)] == [b"x: 1\n", b"planlint: 1\n"]
    assert list(blobs(commit, ["plan*", "-z", ":(top)plans"])) == []
    assert [blob.path for blob in blobs(commit, [os.curdir])] == [blob.path for blob in found]
    assert Path(top()) == repository.resolve()


def test_from_a_folder_inside(repository, monkeypatch):
    """Paths are counted from the top wherever one stands."""
    monkeypatch.chdir(repository / "plans")

    assert [blob.path for blob in blobs(commit_of("HEAD"), ["plans/某县.yaml"])] == ["plans/某县.yaml"]


def test_sizes_are_bounded(repository, monkeypatch):
    """A file that is too large is not asked for; too many of them, or too long a list, are refused."""
    commit = commit_of("HEAD")
    found = list(blobs(commit, ["plans"]))
    monkeypatch.setattr(revisions, "MAX_CONTENTS", 10)
    with pytest.raises(NoGit, match="name fewer"):
        list(contents(found))
    monkeypatch.setattr(revisions, "MAX_BYTES", 5)
    assert [data for _, data in contents(found)] == [b"x: 1\n"]
    with pytest.raises(NoGit, match="git lists more than"):
        revisions._asked(("ls-tree", "-r", "HEAD"), limit=20)


def test_a_content_that_is_missing(repository):
    """A repository that lacks an object says so; nothing is fetched."""
    with pytest.raises(NoGit, match=r"^gone\.yaml: the repository lacks its content$"):
        list(contents([Blob("gone.yaml", "0" * 39 + "1", 3)]))


def test_no_repository_and_no_git(tmp_path, monkeypatch):
    """Each is said in one sentence."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(tmp_path.parent))
    with pytest.raises(NoGit, match="not a git repository"):
        commit_of("HEAD")
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(NoGit, match=r"^git is not installed, so no revision can be read"):
        commit_of("HEAD")


def test_git_that_hangs_is_ended(repository, tmp_path, monkeypatch):
    """Whatever git waits for, the user does not."""
    slow = tmp_path / "bin" / "git"
    slow.parent.mkdir()
    slow.write_text("#!/bin/sh\nexec sleep 60\n")
    slow.chmod(0o755)
    monkeypatch.setenv("PATH", f"{slow.parent}{os.pathsep}{os.environ['PATH']}")
    monkeypatch.setattr(revisions, "SECONDS", 0.3)
    with pytest.raises(NoGit, match="git took longer than"):
        commit_of("HEAD")


def test_nothing_that_a_repository_configures_is_run(repository, tmp_path):
    """Monitors, hooks, filters, conversions, pagers, external diffs, helpers and remotes of a stranger stay quiet."""
    mark = tmp_path / "was-run"
    script = tmp_path / "evil"
    script.write_text(f"#!/bin/sh\ntouch {mark}\nexit 0\n")
    script.chmod(0o755)
    evil = str(script)
    Path(".gitattributes").write_text("*.yaml diff=evil filter=evil merge=evil\n")
    Path("plans/late.yaml").write_text("planlint: 1\nx: 2\n")
    git("add", "-A")
    git("commit", "-qm", "two")
    lost = git("rev-parse", "HEAD:plans/late.yaml")
    for key, value in {
        "core.fsmonitor": evil,
        "core.hooksPath": str(tmp_path),
        "core.pager": evil,
        "pager.ls-tree": evil,
        "core.editor": evil,
        "core.sshCommand": evil,
        "core.askPass": evil,
        "core.alternateRefsCommand": evil,
        "core.gitProxy": evil,
        "credential.helper": f"!{evil}",
        "diff.external": evil,
        "diff.evil.textconv": evil,
        "diff.evil.command": evil,
        "filter.evil.smudge": evil,
        "filter.evil.clean": evil,
        "filter.evil.process": evil,
        "alias.rev-parse": f"!{evil}",
        "alias.cat-file": f"!{evil}",
        "gpg.program": evil,
        "log.showSignature": "true",
        "remote.origin.url": f"ext::{evil}",
        "remote.origin.promisor": "true",
        "remote.origin.partialclonefilter": "blob:none",
        "remote.origin.uploadpack": evil,
        "extensions.partialClone": "origin",
        "protocol.ext.allow": "always",
        "core.repositoryFormatVersion": "1",
        "uploadpack.packObjectsHook": evil,
    }.items():
        git("config", key, value)
    (repository / ".git" / "objects" / lost[:2] / lost[2:]).unlink()
    found = list(blobs(commit_of("HEAD~1"), ["plans"]))
    assert [data for _, data in contents(found)] == [b"x: 1\n", b"planlint: 1\n"]
    # What is missing would be fetched from the remote, by whatever command it names.
    for call in (lambda: list(blobs(commit_of("HEAD"), ["plans"])), lambda: list(contents([Blob("a", lost, 17)]))):
        with pytest.raises(NoGit, match="the repository lacks its content"):
            call()

    assert not mark.exists()
    # The test can fail: git as it is called without care runs at least the remote's command.
    subprocess.run(["git", "cat-file", "-p", lost], check=False, capture_output=True)
    assert mark.exists()
