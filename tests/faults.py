"""What tests of a broken world share: plans with a known finding, and the command in a process of its own."""

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parent.parent
HEAD = "planlint: 1\nplan: {id: p, title: t, region: 某县, period: 2021-2025, document: p.txt}\n"
ERROR = """\
figures:
  - {indicator: 民营医院数, year: 2020, value: 43 家, at: 1}
  - {indicator: 民营医院数, year: 2020, value: 34 家, at: 2}
"""
SILENT = "figures: [{indicator: 民营医院数, year: 2020, value: 43 家, at: 1}]\n"
STATUS = {ERROR: 1, SILENT: 0}


def environment(cache, **changes):
    """The environment of a process: nothing of the caller's but the way to the interpreter."""
    kept = {name: os.environ[name] for name in ("PATH", "SYSTEMROOT", "VIRTUAL_ENV") if name in os.environ}
    base = {**kept, "PYTHONPATH": str(ROOT), "PYTHONUTF8": "1", "LANG": "en_US.UTF-8", "HOME": str(cache)}
    base["PLANLINT_CACHE_DIR"] = str(cache)
    return {name: value for name, value in (base | changes).items() if value is not None}


def command(*arguments, before=""):
    """The command line of planlint; `before` is Python that runs first, to break the world."""
    program = f"import sys\nsys.argv[0] = 'planlint'\n{before}\nfrom planlint.cli import main\nmain()"
    return [sys.executable, "-W", "error", "-c", program, *map(str, arguments)]


def run(*arguments, cache, before="", cwd=None, stdin=b"", **changes):
    """Run the command to its end; a variable set to None is unset."""
    return subprocess.run(
        command(*arguments, before=before),
        input=stdin,
        capture_output=True,
        env=environment(cache, **changes),
        cwd=cwd,
        timeout=120,
    )
