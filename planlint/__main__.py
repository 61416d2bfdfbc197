"""Run planlint: the command, and `python -m planlint`."""

import gc
import os
import sys

# A run builds what it needs and ends: collecting garbage while modules are imported and plans are read finds none.
gc.disable()


def main() -> None:
    """Run the command; what is asked most often by other programs, which version this is, needs no command line."""
    if sys.argv[1:] in (["--version"], ["-V"]) and sys.stdout is not None:
        from planlint.version import __version__

        try:
            sys.stdout.write(f"planlint {__version__}\n")
            sys.stdout.flush()
        except OSError:
            # Whatever is wrong with standard output, the command words it, as for everything else.
            pass
        else:
            return
    _import_msgspec()
    from planlint import cli

    try:
        cli.main()
    except SystemExit as ended:
        if ended.code is None or isinstance(ended.code, int):
            _leave(ended.code or 0)
        raise


def _import_msgspec() -> None:
    """Import msgspec as where typing_extensions is not installed: it asks for it first, and does without.

    To import typing_extensions takes as long as to read a plan. Whoever asks for it later gets it.
    """
    asked = "typing_extensions"
    if asked in sys.modules:
        return
    sys.modules[asked] = None  # type: ignore[assignment]
    try:
        import msgspec  # noqa: F401
    finally:
        del sys.modules[asked]


def _leave(status: int) -> None:
    """End the process without freeing object by object what the system takes back at once.

    That is a tenth of a check of one plan. Whoever watches the process or still works in it ends it the usual way.
    """
    import threading

    watched = sys.gettrace() is not None or sys.getprofile() is not None or sys.flags.inspect
    if watched or threading.active_count() > 1:
        return
    try:
        for stream in (sys.stdout, sys.stderr):
            if stream is not None:
                stream.flush()
    except (OSError, ValueError):
        # What cannot be written or is closed is Python's to report.
        return
    os._exit(status)


if __name__ == "__main__":
    main()
