"""Run planlint: the command, and `python -m planlint`."""

import gc
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
    from planlint import cli

    cli.main()


if __name__ == "__main__":
    main()
