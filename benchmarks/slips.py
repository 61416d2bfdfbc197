"""Plant single slips into plans and count which of them planlint notices.

    python benchmarks/slips.py [--clean 1000] [--plans 40] [--slips 2000] [--seed 7] [--json]

Clean plans are generated from one truth and printed with rounding: whatever is reported about them is a false alarm.
Slips are planted one at a time, into generated plans and into the plans of the folder `plans`. A slip is found when
planlint reports something that it did not report before and that cites the changed figure. What compares a plan file
with its document (PL031 to PL036) is left out: a slip of the document stands in both.
"""

from __future__ import annotations

import argparse
import json
import random
import statistics
import time
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

import consistent
from plant import WEIGHTS, Site, Slip, read, sites, variants

from planlint.api import Judge
from planlint.engine import Engine
from planlint.findings import Finding, Outcome, Severity
from planlint.source import Source

ROOT = Path(__file__).resolve().parent.parent
LEFT_OUT = "PL03"


@dataclass
class Tested:
    """A plan, what is found in it as it stands, and its sites."""

    name: str
    text: str
    before: dict[tuple[str, str], Severity]
    sites: list[Site]
    lines: list[str]
    folder: Path | None = None


@dataclass
class Score:
    """How many slips were planted and found."""

    planted: int = 0
    found: int = 0
    serious: int = 0
    """Found by a warning or an error."""


@dataclass
class Tally:
    """The counts of one set of plans, in all and by kind of slip."""

    every: Score = field(default_factory=Score)
    kinds: dict[str, Score] = field(default_factory=lambda: {kind: Score() for kind in WEIGHTS})
    seconds: list[float] = field(default_factory=list)

    def enter(self, slip: Slip, new: list[Finding]) -> None:
        """Count a slip and what was said of it."""
        for score in (self.every, self.kinds[slip.kind]):
            score.planted += 1
            score.found += bool(new)
            score.serious += any(finding.severity > Severity.INFO for finding in new)


def fetch(folder: Path | None, name: str) -> Source | None:
    """Return the plan that a plan is held against."""
    for path in (folder / f"{name}.yaml", folder / "reference" / f"{name}.yaml") if folder else ():
        if path.exists():
            return Source(path.name, path.read_text(encoding="utf-8"))
    return None


def judge(engine: Engine, tested: Tested, text: str) -> Outcome:
    """Return what is found in a plan with some text."""
    return engine.judge(Source(tested.name, text), lambda wanted: fetch(tested.folder, wanted))


def prepare(engine: Engine, name: str, text: str, folder: Path | None = None) -> Tested:
    """Return a plan ready for slips."""
    tested = Tested(name, text, {}, sites(read(engine, text, name)), text.split("\n"), folder)
    for finding in judge(engine, tested, text).findings:
        tested.before[finding.rule, finding.fingerprint] = finding.severity
    return tested


def new_findings(engine: Engine, tested: Tested, slip: Slip, tally: Tally) -> list[Finding]:
    """Return what is reported of a slip and was not before: another finding, or a graver one, that cites its site."""
    begin = time.perf_counter()
    outcome = judge(engine, tested, slip.text)
    tally.seconds.append(time.perf_counter() - begin)
    cited = {place for site in slip.sites for place in site.cited}
    lines = {(place.file, place.line, place.column) for place in cited}
    found = []
    for finding in outcome.findings:
        known = tested.before.get((finding.rule, finding.fingerprint))
        if finding.rule.startswith(LEFT_OUT) or (known is not None and finding.severity <= known):
            continue
        places = (finding.place, *(mention.place for mention in finding.mentions))
        if any((place.file, place.line, place.column) in lines for place in places):
            found.append(finding)
    return found


def draw(chance: random.Random, tested: Tested) -> Slip | None:
    """Return a slip at a site drawn evenly, of a kind drawn by weight."""
    site = chance.choice(tested.sites)
    possible = variants(site, tested.sites, tested.lines)
    if not possible:
        return None
    kinds = [kind for kind in WEIGHTS if kind in possible]
    kind = chance.choices(kinds, [WEIGHTS[kind] for kind in kinds])[0]
    return chance.choice(possible[kind])


def clean(engine: Engine, many: int, seed: int) -> tuple[Counter[str], Counter[str], int, float]:
    """Return the plans flagged by severity, the rules that flagged them, the figures, and seconds."""
    flagged: Counter[str] = Counter()
    rules: Counter[str] = Counter()
    figures, begin = 0, time.perf_counter()
    for number in range(many):
        name = f"consistent-{number:04d}.yaml"
        outcome = engine.judge(Source(name, consistent.plan(number, seed)))
        figures += outcome.figures
        spoken = [finding for finding in outcome.findings if not finding.rule.startswith(LEFT_OUT)]
        flagged.update({finding.severity.word for finding in spoken})
        rules.update({f"{finding.rule} {finding.severity.word}" for finding in spoken})
    return flagged, rules, figures, time.perf_counter() - begin


def plant(engine: Engine, plans: list[Tested], many: int, seed: int) -> Tally:
    """Return how many of so many slips were found."""
    chance = random.Random(f"slips-{seed}")  # noqa: S311
    tally = Tally()
    while tally.every.planted < many:
        tested = chance.choices(plans, [len(plan.sites) for plan in plans])[0]
        slip = draw(chance, tested)
        if slip is not None:
            tally.enter(slip, new_findings(engine, tested, slip, tally))
    return tally


def main() -> None:
    """Print the table, or the same as JSON."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--clean", type=int, default=1000)
    parser.add_argument("--plans", type=int, default=40, help="generated plans that slips are planted into")
    parser.add_argument("--slips", type=int, default=2000, help="slips in each set of plans")
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args()
    engine = Judge().engine
    flagged, rules, figures, seconds = clean(engine, options.clean, options.seed)
    sets = {
        "generated": [
            prepare(engine, f"consistent-{number:04d}.yaml", consistent.plan(number, options.seed))
            for number in range(options.plans)
        ],
        "real": [
            prepare(engine, path.name, path.read_text(encoding="utf-8"), path.parent)
            for path in sorted((ROOT / "plans").glob("*.yaml"))
        ],
    }
    tallies = {name: plant(engine, plans, options.slips, options.seed) for name, plans in sets.items()}
    result = {
        "clean": {
            "plans": options.clean,
            "figures": figures,
            "flagged": {word: flagged[word] for word in ("error", "warning", "info")},
            "rules": dict(sorted(rules.items())),
            "milliseconds": round(seconds * 1000 / max(options.clean, 1), 1),
        },
        **{name: described(tally) for name, tally in tallies.items()},
    }
    print(json.dumps(result, ensure_ascii=False, indent=1) if options.json else table(result))


def described(tally: Tally) -> dict[str, object]:
    """Return the counts of a set of plans as plain data."""
    return {
        "planted": tally.every.planted,
        "found": tally.every.found,
        "serious": tally.every.serious,
        "milliseconds": round(statistics.median(tally.seconds) * 1000, 1),
        "kinds": {kind: vars(score) for kind, score in tally.kinds.items() if score.planted},
    }


def table(result: dict[str, dict]) -> str:  # type: ignore[type-arg]
    """Return the counts as tables for people."""
    found = result["clean"]
    lines = [
        f"clean plans: {found['plans']}, {found['figures']} figures, {found['milliseconds']} ms a plan",
        "  flagged by " + ", ".join(f"{word}: {many}" for word, many in found["flagged"].items()),
        *(f"  {rule}: {many} plans" for rule, many in found["rules"].items()),
    ]
    for name in ("generated", "real"):
        part = result[name]
        lines += ["", f"slips in {name} plans: {part['planted']}, {part['milliseconds']} ms each"]
        rows = {"all": part, **part["kinds"]}
        lines += [
            f"  {kind:<22} {row['planted']:>5} planted {row['found']:>5} found {share(row['found'], row['planted'])}"
            f" {row['serious']:>5} as warning or error"
            for kind, row in rows.items()
        ]
    return "\n".join(lines)


def share(part: int, whole: int) -> str:
    """Return a share with one decimal."""
    return f"{100 * part / whole:5.1f} %" if whole else "      –"


if __name__ == "__main__":
    main()
