"""The only place that calls git: which files a revision holds, and their contents. Nothing is checked out or run.

The repository may be a stranger's. Git is called with lists of arguments, never through a shell; a name that begins
with a hyphen is no revision; no hook, file monitor, filter, text conversion, external diff or remote that the
repository's own configuration names is ever started; sizes and times are bounded.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
import threading
from collections.abc import Iterable, Iterator

from msgspec import Struct

from planlint.patterns import pattern
from planlint.source import MAX_BYTES, printable

SECONDS = 30
MAX_LISTING = 32 * 1024 * 1024
MAX_CONTENTS = 256 * 1024 * 1024
"""Largest list of files, and largest sum of their contents, that is taken from git."""

_SAFE = (
    "--no-pager",
    "--literal-pathspecs",
    "--no-replace-objects",
    "-c",
    "core.fsmonitor=false",
    "-c",
    f"core.hooksPath={os.devnull}",
    "-c",
    "core.pager=cat",
    "-c",
    "core.alternateRefsCommand=",
    "-c",
    "safe.bareRepository=explicit",
    "-c",
    "protocol.allow=never",
)
_ENVIRONMENT = {
    "GIT_CONFIG_NOSYSTEM": "1",
    "GIT_TERMINAL_PROMPT": "0",
    "GIT_OPTIONAL_LOCKS": "0",
    # A partial clone would fetch what it lacks by a command that its configuration names.
    "GIT_NO_LAZY_FETCH": "1",
    "GIT_ALLOW_PROTOCOL": "none",
    "GIT_SSH_COMMAND": "false",
    "GIT_ASKPASS": "false",
    "LC_ALL": "C",
}
_NAME = pattern(r"[^\x00-\x20\x7f:?*\[\\-][^\x00-\x1f\x7f:?*\[\\]{0,255}")
"""What may name a revision: `:` would lead to a file of one, a leading hyphen to an option."""
_OBJECT = pattern(r"[0-9a-f]{40}(?:[0-9a-f]{24})?")
_FILES = ("100644", "100755")


class NoGit(Exception):
    """Git is missing, the folder is no repository, or git refuses: the message says what."""


class Blob(Struct, frozen=True):
    """A file of a revision: its path from the top of the repository, its object and its size."""

    path: str
    object: str
    size: int


def commit_of(name: str) -> str | None:
    """Return the commit that a name stands for in the repository around this folder, None where it is no revision.

    Raises NoGit where there is no git or no repository.
    """
    if not _NAME.fullmatch(name):
        return None
    asked = ("rev-parse", "--verify", "--quiet", "--end-of-options", f"{name}^{{commit}}")
    status, said, problem = _git(asked)
    found = said.decode("utf-8", "replace").strip()
    if status == 0 and _OBJECT.fullmatch(found):
        return found
    if status == 128 and problem:
        raise NoGit(problem)
    return None


def is_shallow() -> bool:
    """Tell whether the repository around this folder lacks the beginning of its history. Raises NoGit."""
    return _asked(("rev-parse", "--is-shallow-repository")).strip() == b"true"


def top() -> str:
    """Return the top folder of the repository around this folder. Raises NoGit where there is none."""
    return os.fsdecode(_asked(("rev-parse", "--show-toplevel")).removesuffix(b"\n"))


def blobs(commit: str, paths: Iterable[str]) -> Iterator[Blob]:
    """Yield the files of a commit at or below some paths, which are counted from the top. Raises NoGit.

    Links and other repositories inside this one are left out.
    """
    # The top itself is no path to git, but what it lists without any.
    wanted = [path for path in paths if path != os.curdir]
    listed = _asked(("ls-tree", "-r", "-z", "-l", "--full-tree", "--end-of-options", commit, *wanted))
    for record in listed.split(b"\0"):
        about, _, name = record.partition(b"\t")
        fields = about.decode("ascii", "replace").split()
        if len(fields) != 4 or fields[0] not in _FILES:
            continue
        path = os.fsdecode(name)
        if not fields[3].isdigit() or not _OBJECT.fullmatch(fields[2]):
            raise _lacking(path)
        yield Blob(path, fields[2], int(fields[3]))


def _lacking(path: str) -> NoGit:
    """Return the error about a file of which a damaged or partial repository knows the name only."""
    return NoGit(f"{printable(path)}: the repository lacks its content")


def contents(wanted: Iterable[Blob]) -> Iterator[tuple[Blob, bytes]]:
    """Yield files with their contents, of each at most MAX_BYTES + 1. Raises NoGit."""
    small = [blob for blob in wanted if blob.size <= MAX_BYTES]
    if sum(blob.size for blob in small) > MAX_CONTENTS:
        raise NoGit(f"the files of the revision come to more than {MAX_CONTENTS // 2**20} MB; name fewer")
    names = "".join(f"{blob.object}\n" for blob in small).encode()
    answered = _asked(("cat-file", "--batch"), names, MAX_CONTENTS + 200 * len(small)) if small else b""
    at = 0
    for blob in small:
        head = f"{blob.object} blob {blob.size}\n".encode()
        end = at + len(head) + blob.size
        if not answered.startswith(head, at) or answered[end : end + 1] != b"\n":
            raise _lacking(blob.path)
        yield blob, answered[at + len(head) : end]
        at = end + 1


def _asked(arguments: tuple[str, ...], typed: bytes = b"", limit: int = MAX_LISTING) -> bytes:
    """Return what git answers. Raises NoGit with what it says instead."""
    status, said, problem = _git(arguments, typed, limit)
    if status != 0:
        raise NoGit(problem or f"git {arguments[0]} ended with status {status}")
    return said


def _git(arguments: tuple[str, ...], typed: bytes = b"", limit: int = MAX_LISTING) -> tuple[int, bytes, str]:
    """Run git and return its exit status, what it prints, and the first line of what it complains about."""
    program = shutil.which("git")
    if program is None or not os.path.isabs(program):
        raise NoGit("git is not installed, so no revision can be read; compare files or folders instead")
    with tempfile.TemporaryFile() as typing, tempfile.TemporaryFile() as complaints:
        typing.write(typed)
        typing.seek(0)
        try:
            process = subprocess.Popen(  # noqa: S603 - a list of arguments, no shell
                [program, *_SAFE, *arguments],
                stdin=typing,
                stdout=subprocess.PIPE,
                stderr=complaints,
                env={**os.environ, **_ENVIRONMENT},
            )
        except OSError as problem:
            raise NoGit(f"git cannot be run: {problem.strerror}") from None
        said = _read(process, limit)
        complaints.seek(0)
        lines = complaints.read(4000).decode("utf-8", "replace").strip().splitlines()
    problem_said = next((line for line in lines if line.startswith("fatal: ")), lines[0] if lines else "")
    return process.returncode, said, printable(problem_said.removeprefix("fatal: "))


def _read(process: subprocess.Popen[bytes], limit: int) -> bytes:
    """Return what a process prints. Raises NoGit where it takes too long or prints too much."""
    late = threading.Event()

    def stop() -> None:
        late.set()
        process.kill()

    timer = threading.Timer(SECONDS, stop)
    timer.start()
    try:
        with process:
            said = process.stdout.read(limit + 1) if process.stdout is not None else b""
            if len(said) > limit:
                process.kill()
    finally:
        timer.cancel()
    if late.is_set():
        raise NoGit(f"git took longer than {SECONDS} seconds")
    if len(said) > limit:
        raise NoGit(f"git lists more than {limit // 2**20} MB; name fewer files")
    return said
