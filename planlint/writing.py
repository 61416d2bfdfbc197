"""The only place that writes files: whole or not at all, so that an old one survives whatever goes wrong."""

from __future__ import annotations

import contextlib
import os
import stat
from collections.abc import Iterator

from planlint.source import AnyPath


def write_whole(path: AnyPath, content: bytes) -> None:
    """Put a content where a path leads, in one step. Raises OSError; the file is then what it was before.

    A link is followed, and a file keeps its permissions. What is no regular file (a terminal, a pipe) is written to.
    """
    target = os.path.realpath(path)
    try:
        mode = os.stat(target).st_mode
    except FileNotFoundError:
        mode = None
    if mode is not None and not stat.S_ISREG(mode):
        with open(target, "wb") as stream:
            stream.write(content)
        return
    with replacing(target) as descriptor, os.fdopen(descriptor, "wb") as stream:
        stream.write(content)
        stream.flush()
        os.fsync(descriptor)
        os.fchmod(descriptor, stat.S_IMODE(mode) if mode is not None else 0o666 & ~_mask())


@contextlib.contextmanager
def replacing(file: str) -> Iterator[int]:
    """Yield a new file that takes the place of another when it is written; nothing is left where it is not."""
    import tempfile

    descriptor, name = tempfile.mkstemp(dir=os.path.dirname(file) or os.curdir, prefix=".new-")
    try:
        yield descriptor
        os.replace(name, file)
    finally:
        # Whatever ended it, an interruption too, must not leave half a file behind; once replaced, there is none.
        with contextlib.suppress(OSError):
            os.unlink(name)


def _mask() -> int:
    """Return what the user takes away from the permissions of new files; it can only be read by setting it."""
    mask = os.umask(0o077)
    os.umask(mask)
    return mask
