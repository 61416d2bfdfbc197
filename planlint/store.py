"""The only place that keeps files between runs: behind a seal, never half written, passed over when damaged."""

from __future__ import annotations

import contextlib
import os
import sys
import zlib
from collections.abc import Iterable

from planlint.digest import digest
from planlint.source import AnyPath, UnreadableSource, read_bytes

_FOLDER = "PLANLINT_CACHE_DIR"


def folder() -> str | None:
    """Return the folder of the cache, None where there is no home to put it in."""
    own = os.environ.get(_FOLDER)
    if own:
        return own
    if sys.platform == "win32":
        base = os.environ.get("LOCALAPPDATA")
        return os.path.join(base, "planlint", "cache") if base else None
    base = os.environ.get("XDG_CACHE_HOME")
    if base and os.path.isabs(base):
        return os.path.join(base, "planlint")
    home = os.environ.get("HOME")
    return os.path.join(home, ".cache", "planlint") if home and os.path.isabs(home) else None


def own_folders() -> tuple[str, ...]:
    """Return the folders of the program and of its rules, which in a checkout stand beside it."""
    package = os.path.dirname(os.path.abspath(__file__))
    if os.path.isdir(os.path.join(package, "rules")):
        return (package,)
    return package, os.path.join(os.path.dirname(package), "rules")


def stamps(folders: Iterable[AnyPath]) -> list[str]:
    """Return name, size and times of every file below some folders, in no more than a look at the folders, sorted.

    The time of the last change of the entry itself is among them: it cannot be set by hand, as the others can.
    """
    found = []
    for top in folders:
        waiting = [os.fspath(top)]
        while waiting:
            where = waiting.pop()
            try:
                with os.scandir(where) as entries:
                    for entry in entries:
                        if entry.is_dir():
                            if entry.name != "__pycache__":
                                waiting.append(entry.path)
                            continue
                        of = entry.stat()
                        found.append(f"{entry.path}\0{of.st_size} {of.st_mtime_ns} {of.st_ctime_ns} {of.st_ino}")
            except OSError:
                # Whoever reads the files next says what is wrong with them.
                found.append(f"{where}\0unreadable")
    return sorted(found)


def key_of(parts: Iterable[object]) -> str:
    """Return the digest of some texts and numbers."""
    return digest("\n".join(map(str, parts)).encode("utf-8", "surrogatepass"))


def read(file: str) -> bytes | None:
    """Return what a sealed file holds, None where it is missing or damaged."""
    try:
        seal, _, payload = read_bytes(file).partition(b"\n")
    except UnreadableSource:
        return None
    return payload if _seal(payload) == seal else None


def _seal(payload: bytes) -> bytes:
    """Return what shows that nothing was damaged; it is no proof against forgery, and a digest takes longer."""
    return b"%08x" % zlib.crc32(payload)


def write(file: str, payload: bytes) -> None:
    """Keep a payload behind its seal; another process never sees half a file."""
    write_plain(file, _seal(payload) + b"\n" + payload)


def write_plain(file: str, content: bytes) -> None:
    """Keep what is sealed in parts; another process never sees half a file."""
    # Not needed where everything is known already, which is most starts.
    from planlint.writing import replacing

    with contextlib.suppress(OSError):
        os.makedirs(os.path.dirname(file), exist_ok=True)
        with replacing(file) as descriptor, os.fdopen(descriptor, "wb") as stream:
            stream.write(content)
