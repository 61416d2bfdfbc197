"""Measure planlint against a second command in the same run, and print the ratios of paired medians.

    python benchmarks/speed.py [--plans 1000] [--runs 9]

One plan: a whole process, against `python -c "import yaml, click"`; a generated plan, and a real one that is held
against two reference plans, which are read with it. Many generated plans in one process: against bare
`yaml.compose(…, CSafeLoader)` over the same files. Both judged anew, as after an edit, and unchanged since the last
run. Ratios are what counts; times differ between machines.
"""

from __future__ import annotations

import argparse
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import generate

ROOT = Path(__file__).resolve().parent.parent
PLAN = ROOT / "plans" / "yuxi.yaml"
COMPOSE = """
import sys, pathlib, yaml
for path in sorted(pathlib.Path(sys.argv[1]).glob("*.yaml")):
    yaml.compose(path.read_text(encoding="utf-8"), yaml.CSafeLoader)
"""
MODULES = """
import sys, contextlib, io
from planlint.cli import cli
with contextlib.redirect_stdout(io.StringIO()):
    try:
        cli.main(["check", sys.argv[1], "--format", "json"], standalone_mode=False)
    except BaseException:
        pass
print(",".join(name for name in ("sympy", "pint", "rich") if name in sys.modules) or "none")
"""


def seconds(command: list[str]) -> float:
    """Return how long a whole process takes."""
    begin = time.perf_counter()
    subprocess.run(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=False)
    return time.perf_counter() - begin


def paired(ours: list[str], theirs: list[str], runs: int) -> tuple[float, float, float]:
    """Return the medians of two commands run in turn, and the median of the ratios pair by pair."""
    seconds(ours), seconds(theirs)
    pairs = [(seconds(ours), seconds(theirs)) for _ in range(runs)]
    return (
        statistics.median(a for a, _ in pairs),
        statistics.median(b for _, b in pairs),
        statistics.median(a / b for a, b in pairs),
    )


def main() -> None:
    """Print a table of ratios."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--plans", type=int, default=1000)
    parser.add_argument("--runs", type=int, default=9)
    options = parser.parse_args()
    command = str(Path(sys.executable).with_name("planlint"))
    # The first run of all compiles the rules, for which it needs what later runs do without.
    seconds([command, "check", str(PLAN), "--format", "json"])
    loaded = subprocess.run(
        [sys.executable, "-c", MODULES, str(PLAN)], capture_output=True, text=True, check=True
    ).stdout.strip()
    print(f"heavy modules imported by a machine-format check: {loaded}")
    print(f"{'what':<54} {'ours ms':>9} {'other ms':>9} {'ratio':>6}")
    imports = [sys.executable, "-c", "import yaml, click"]
    with tempfile.TemporaryDirectory() as folder:
        generate.write(Path(folder), options.plans)
        generated = str(min(Path(folder).iterdir()))
        for label, ours in (
            ("one generated plan anew, json", [command, "check", generated, "--format", "json", "--no-cache"]),
            ("one real plan anew, json", [command, "check", str(PLAN), "--format", "json", "--no-cache"]),
            ("one real plan anew, text (piped)", [command, "check", str(PLAN), "--no-cache"]),
            ("one unchanged plan, json", [command, "check", str(PLAN), "--format", "json"]),
            ("--version", [command, "--version"]),
        ):
            a, b, ratio = paired(ours, imports, options.runs)
            print(f"{label + ' / import yaml, click':<54} {a * 1000:>9.1f} {b * 1000:>9.1f} {ratio:>6.2f}", flush=True)
        size = sum(p.stat().st_size for p in Path(folder).iterdir()) / options.plans / 1000
        ours = [command, "check", folder, "--format", "concise"]
        for what, more in (("judged anew", ["--no-cache"]), ("unchanged", [])):
            a, b, ratio = paired([*ours, *more], [sys.executable, "-c", COMPOSE, folder], max(options.runs // 3, 3))
            label = f"{options.plans} plans of {size:.0f} kB, {what} / bare compose"
            print(f"{label:<54} {a * 1000:>9.1f} {b * 1000:>9.1f} {ratio:>6.2f}", flush=True)


if __name__ == "__main__":
    main()
