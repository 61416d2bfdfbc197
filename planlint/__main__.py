"""Run planlint: the command, and `python -m planlint`."""

import gc

# A run builds what it needs and ends: collecting garbage while modules are imported and plans are read finds none.
gc.disable()

from planlint.cli import main  # noqa: E402 - after the collector is off

__all__ = ["main"]

if __name__ == "__main__":
    main()
