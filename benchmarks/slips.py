"""Plant single slips into plans and count which of them planlint notices.

    python benchmarks/slips.py [--clean 1000] [--plans 40] [--slips 2000] [--seed 11] [--json]

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
from fractions import Fraction
from pathlib import Path

import consistent
from plant import WEIGHTS, Site, Slip, read, sites, variants

from planlint.amounts import parse
from planlint.api import Judge
from planlint.coverage import Covered, State, cover
from planlint.engine import Engine
from planlint.findings import Finding, Outcome, Severity
from planlint.network.corrections import Repair
from planlint.network.literals import Replacement
from planlint.source import Place, Source

ROOT = Path(__file__).resolve().parent.parent
LEFT_OUT = "PL03"
GUESSES = {
    "told": "the finding offers repairs",
    "culprit_first": "the first repair changes the figure",
    "culprit": "some repair changes the figure",
    "value_first": "the first repair restores its value",
    "value": "some repair restores its value",
}
NUMERIC = frozenset({"digits swapped", "digit changed", "digit doubled", "digit dropped"})
"""Slips that change the number and nothing else."""


@dataclass
class Tested:
    """A plan, what is found in it as it stands, and its sites."""

    name: str
    text: str
    before: dict[tuple[str, str], Severity]
    sites: list[Site]
    lines: list[str]
    covered: dict[Place, Covered]
    folder: Path | None = None

    def is_covered(self, slip: Slip) -> bool:
        """Tell whether some rule looks at the figure from both sides, and nothing is reported of it yet."""
        known = [self.covered[site.place] for site in slip.sites if site.place in self.covered]
        return any(one.state in (State.CHECKED, State.REPEATED) and not one.is_disputed for one in known)

    def is_promised(self, slip: Slip) -> bool:
        """Tell whether the slip is at least as large as the smallest error that coverage says is noticed."""
        site = slip.sites[0]
        known = self.covered.get(site.place)
        if len(slip.sites) > 1 or slip.kind not in NUMERIC or known is None or known.is_disputed:
            return False
        new, old = parse(slip.printed), parse(site.text)
        if new.number is None or old.number is None or new.number.quantum != old.number.quantum:
            return False
        # In the unit of the row: a cell prints no 万 that stands above it.
        error = (new.number.value - old.number.value) * known.printed.quantum / old.number.quantum
        below, above = known.noticed
        return (below is not None and error <= -below) or (above is not None and error >= above)


@dataclass
class Score:
    """How many slips were planted and found."""

    planted: int = 0
    found: int = 0
    serious: int = 0
    """Found by a warning or an error."""

    def enter(self, new: list[Finding]) -> None:
        """Count a slip and what was said of it."""
        self.planted += 1
        self.found += bool(new)
        self.serious += any(finding.severity > Severity.INFO for finding in new)


@dataclass
class Guess:
    """Of the slips found, how often the repairs told with the finding name the figure and its true value."""

    found: int = 0
    told: int = 0
    """Findings that offer any repair."""
    culprit_first: int = 0
    culprit: int = 0
    value_first: int = 0
    value: int = 0

    def enter(self, slip: Slip, repairs: tuple[Repair, ...]) -> None:
        """Count what the repairs of the gravest finding say of a slip."""
        self.found += 1
        self.told += bool(repairs)
        places = {site.place: site for site in slip.sites}
        named = [
            (
                new.printing.mention.place in places,
                new.printing.mention.place in places and _restores(new, places[new.printing.mention.place]),
            )
            for repair in repairs
            for correction in repair.corrections
            for new in correction.replacements
        ]
        self.culprit_first += bool(named) and named[0][0]
        self.culprit += any(culprit for culprit, _ in named)
        self.value_first += bool(named) and named[0][1]
        self.value += any(value for _, value in named)


def _restores(new: Replacement, site: Site) -> bool:
    """Tell whether a replacement is the number that stood at a site; a cell does not print the unit that is above it."""
    old = parse(site.text)
    number = new.amount.number
    if number is None or old.number is None:
        return False
    return number.value == old.number.value or (not old.unit and Fraction(new.digits) == old.number.value)


@dataclass
class Tally:
    """The counts of one set of plans, in all and by kind of slip."""

    every: Score = field(default_factory=Score)
    covered: Score = field(default_factory=Score)
    """On figures that stand in an equation or are printed twice."""
    promised: Score = field(default_factory=Score)
    """Of a size that coverage says is noticed."""
    guess: Guess = field(default_factory=Guess)
    unseen: list[tuple[str, str, str, str]] = field(default_factory=list)
    missed: list[tuple[str, str, str]] = field(default_factory=list)
    """Promised and not found: plan, place and what was printed instead of what."""
    kinds: dict[str, Score] = field(default_factory=lambda: {kind: Score() for kind in WEIGHTS})
    seconds: list[float] = field(default_factory=list)

    def enter(self, tested: Tested, slip: Slip, new: list[Finding]) -> None:
        """Count a slip and what was said of it."""
        self.every.enter(new)
        self.kinds[slip.kind].enter(new)
        if tested.is_covered(slip):
            self.covered.enter(new)
            if not new:
                site = slip.sites[0]
                self.unseen.append(
                    (tested.name, f"{site.place.line}: {site.name}", f"{site.text} → {slip.printed}", slip.kind)
                )
        if tested.is_promised(slip):
            self.promised.enter(new)
            if not new:
                site = slip.sites[0]
                self.missed.append((tested.name, f"{site.place.line}: {site.name}", f"{site.text} → {slip.printed}"))


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
    facts = read(engine, text, name)
    covered = {one.printed.place: one for one in cover(facts, engine.ruleset.rules, name).numbers}
    tested = Tested(name, text, {}, sites(facts), text.split("\n"), covered, folder)
    for finding in judge(engine, tested, text).findings:
        tested.before[finding.rule, finding.fingerprint] = finding.severity
    return tested


def new_findings(engine: Engine, tested: Tested, slip: Slip, tally: Tally) -> list[Finding]:
    """Return what is reported of a slip and was not before: another finding, or a graver one, that cites its site."""
    begin = time.process_time()
    outcome = judge(engine, tested, slip.text(tested.lines))
    tally.seconds.append(time.process_time() - begin)
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
    figures, begin = 0, time.process_time()
    for number in range(many):
        name = f"consistent-{number:04d}.yaml"
        outcome = engine.judge(Source(name, consistent.plan(number, seed)))
        figures += outcome.figures
        spoken = [finding for finding in outcome.findings if not finding.rule.startswith(LEFT_OUT)]
        flagged.update({finding.severity.word for finding in spoken})
        rules.update({f"{finding.rule} {finding.severity.word}" for finding in spoken})
    return flagged, rules, figures, time.process_time() - begin


def plant(engine: Engine, plans: list[Tested], many: int, seed: int) -> Tally:
    """Return how many of so many slips were found."""
    chance = random.Random(f"slips-{seed}")  # noqa: S311
    tally = Tally()
    while tally.every.planted < many:
        tested = chance.choices(plans, [len(plan.sites) for plan in plans])[0]
        slip = draw(chance, tested)
        if slip is not None:
            new = new_findings(engine, tested, slip, tally)
            tally.enter(tested, slip, new)
            if new:
                gravest = max(new, key=lambda finding: (finding.severity, -finding.place.line))
                (told,) = engine.argue(Source(tested.name, slip.text(tested.lines)), [gravest])
                tally.guess.enter(slip, told.mending.repairs)
    return tally


def main() -> None:
    """Print the table, or the same as JSON."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--clean", type=int, default=1000)
    parser.add_argument("--plans", type=int, default=40, help="generated plans that slips are planted into")
    parser.add_argument("--slips", type=int, default=2000, help="slips in each set of plans")
    parser.add_argument("--seed", type=int, default=11)
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
        "all": vars(tally.every),
        "covered": vars(tally.covered),
        "promised": vars(tally.promised),
        "guess": vars(tally.guess),
        "missed": tally.missed,
        "unseen": tally.unseen,
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
        lines += ["", f"slips in {name} plans: {part['all']['planted']}, {part['milliseconds']} ms each"]
        rows = {
            "all figures": part["all"],
            "covered figures": part["covered"],
            "promised": part["promised"],
            **part["kinds"],
        }
        lines += [
            f"  {kind:<22} {row['planted']:>5} planted {row['found']:>5} found {share(row['found'], row['planted'])}"
            f" {row['serious']:>5} as warning or error"
            for kind, row in rows.items()
        ]
        guess = part["guess"]
        lines += [
            f"  {words:<46} {guess[key]:>5} of {guess['found']} found {share(guess[key], guess['found'])}"
            for key, words in GUESSES.items()
        ]
        lines += [f"  promised and not found: {', '.join(missed)}" for missed in part["missed"]]
        lines += [f"  not found: {', '.join(missed)}" for missed in part["unseen"]]
    return "\n".join(lines)


def share(part: int, whole: int) -> str:
    """Return a share with one decimal."""
    return f"{100 * part / whole:5.1f} %" if whole else "      –"


if __name__ == "__main__":
    main()
