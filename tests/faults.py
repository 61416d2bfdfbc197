"""What tests of a broken world share: plans with a known finding, and the command in a process of its own."""

import io
import os
import subprocess
import sys
import tempfile
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


def forked(*arguments, stdout=None, encoding="utf-8", before=lambda: None):
    """Exit status, standard output and standard error of the command in a fork of this process, which is warm.

    `stdout` is a descriptor to write to instead; `before` breaks the world of the fork only.
    """
    with tempfile.TemporaryFile() as out, tempfile.TemporaryFile() as err:
        child = os.fork()
        if not child:
            _be_the_command(arguments, out.fileno() if stdout is None else stdout, err.fileno(), encoding, before)
        _, status = os.waitpid(child, 0)
        out.seek(0)
        err.seek(0)
        return os.waitstatus_to_exitcode(status), out.read(), err.read()


def _be_the_command(arguments, out, err, encoding, before):
    """Run the command as a process of its own would, and end."""
    code = 99
    try:
        os.dup2(out, 1)
        os.dup2(err, 2)
        sys.stdout, sys.stderr = (
            io.TextIOWrapper(io.BufferedWriter(io.FileIO(number, "w", closefd=False)), encoding) for number in (1, 2)
        )
        sys.argv = ["planlint", *map(str, arguments)]
        before()
        from planlint.cli import main

        main()
    except SystemExit as ended:
        code = ended.code
    finally:
        sys.stderr.flush()
        os._exit(code)
