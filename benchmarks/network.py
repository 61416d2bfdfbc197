"""Time the network between figures: a large plan judged, and five simultaneous errors repaired.

    python benchmarks/network.py [--figures 1000] [--errors 5] [--among 600] [--runs 5] [--seed 11] [--json]

The plan is one county with its townships: population, beds, physicians, nurses and technicians of each, as counts and
per thousand in a table and in the body, and the townships added up to the county, so that all of it hangs together.
Rules are compiled beforehand. Times are those of the processor. The repairs are those of every contradiction, told and verified exactly.
"""

from __future__ import annotations

import argparse
import json
import random
import statistics
import time
from fractions import Fraction

from generate import rounded
from plant import read, sites, variants

from planlint.api import Judge
from planlint.engine import Engine
from planlint.network.conflicts import Conflict, study
from planlint.source import Source

HEAD = """\
planlint: 1
plan: {id: county, title: 某县“十四五”卫生健康规划, region: 某县, period: 2021-2025, baseline: 2020, document: county.txt}
tables:
  - id: 表1
    columns: {2020: baseline, 2025: target}
    rows:
"""
THINGS = (
    ("医疗卫生机构床位数", "每千人口医疗卫生机构床位数", "张", 6.5),
    ("执业（助理）医师数", "每千人口执业（助理）医师数", "人", 3.1),
    ("注册护士数", "每千人口注册护士数", "人", 3.6),
)
KEYS = {
    "常住人口数": "people",
    "医疗卫生机构床位数": "beds",
    "执业（助理）医师数": "physicians",
    "注册护士数": "nurses",
}


def county(figures: int, seed: int) -> str:
    """Return the text of a plan of about so many figures, none of them wrong."""
    chance = random.Random(f"county-{seed}")  # noqa: S311
    rows: list[str] = []
    body: list[str] = []
    whole: dict[str, int] = {}
    parts: dict[str, list[str]] = {}
    line = 100
    for town in range(max(-((7 - figures) // 13), 1)):
        people = chance.randrange(20_000, 90_000)
        counts = {"常住人口数": ("人", people)}
        for name, density, unit, mean in THINGS:
            number = int(people * mean / 1000 * chance.uniform(0.7, 1.3))
            counts[name] = (unit, number)
            shown, goal = (rounded(Fraction(number * up, people), 2) for up in (1000, 1200))
            line += 1
            scope = f"scope: 第{town}镇"
            rows.append(
                f"      - {{indicator: {density}, {scope}, unit: {unit}, 2020: {shown}, 2025: ≥{goal}, at: {line}}}"
            )
            body.append(f"  - {{indicator: {density}, {scope}, year: 2020, value: {shown} {unit}, at: {line + 1000}}}")
        for name, (unit, number) in counts.items():
            id_ = f"{KEYS[name]}-{town}"
            whole[name] = whole.get(name, 0) + number
            parts.setdefault(name, []).append(id_)
            body.append(
                f"  - {{id: {id_}, indicator: {name}, scope: 第{town}镇, year: 2020, value: {number} {unit}, at: {line}}}"
            )
    claims = []
    for name, number in whole.items():
        unit = "人" if name == "常住人口数" else next(unit for own, _, unit, _ in THINGS if own == name)
        id_ = f"{KEYS[name]}-all"
        body.append(f"  - {{id: {id_}, indicator: {name}, year: 2020, value: {number} {unit}, at: 9}}")
        claims.append(f"  - {{sum: {name}, whole: {id_}, parts: [{', '.join(parts[name])}], at: 10}}")
    for name, density, unit, _ in THINGS:
        shown = rounded(Fraction(whole[name] * 1000, whole["常住人口数"]), 2)
        body.append(f"  - {{indicator: {density}, year: 2020, value: {shown} {unit}, at: 11}}")
    return "\n".join([HEAD.rstrip(), *rows, "figures:", *body, "claims:", *claims]) + "\n"


def spoiled(engine: Engine, text: str, errors: int, seed: int) -> str:
    """Return a plan with so many wrong digits, each in another figure of the body."""
    chance = random.Random(f"errors-{seed}")  # noqa: S311
    lines = text.split("\n")
    every = sites(read(engine, text, "county.yaml"))
    for site in chance.sample([site for site in every if site.table is None], errors):
        slip = chance.choice(variants(site, every, lines)["digit changed"])
        lines = slip.text(lines).split("\n")
    return "\n".join(lines)


def seconds(engine: Engine, text: str, runs: int) -> float:
    """Return the median processor time of judging a plan anew; others may use the machine."""
    engine.judge(Source("county.yaml", text))
    taken = []
    for _ in range(runs):
        begin = time.process_time()
        engine.judge(Source("county.yaml", text))
        taken.append(time.process_time() - begin)
    return statistics.median(taken)


def repaired(engine: Engine, text: str) -> tuple[float, tuple[Conflict, ...]]:
    """Return the processor time of finding every contradiction of a plan with its repairs, and what is found."""
    facts = read(engine, text, "county.yaml")
    begin = time.process_time()
    found = study(facts, engine.relations)
    return time.process_time() - begin, found


def main() -> None:
    """Print the times."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--figures", type=int, default=1000)
    parser.add_argument("--errors", type=int, default=5)
    parser.add_argument("--among", type=int, default=600)
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--seed", type=int, default=11)
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args()
    engine = Judge().engine
    large = county(options.figures, options.seed)
    clean = seconds(engine, large, options.runs)
    wrong = seconds(engine, spoiled(engine, large, 1, options.seed), options.runs)
    taken, changed = [], []
    for run in range(options.runs):
        text = county(options.among, options.seed + run)
        took, found = repaired(engine, spoiled(engine, text, options.errors, options.seed + run))
        taken.append(took)
        changed.append(sum(len(conflict.repairs[0].corrections) for conflict in found if conflict.repairs))
    result = {
        "figures": len(read(engine, large, "county.yaml").figures),
        "judged_ms": round(clean * 1000, 1),
        "judged_with_one_error_ms": round(wrong * 1000, 1),
        "repaired_figures": len(read(engine, county(options.among, options.seed), "county.yaml").figures),
        "repaired_ms": [round(took * 1000, 1) for took in taken],
        "changed": changed,
    }
    print(json.dumps(result) if options.json else "\n".join(f"{key}: {value}" for key, value in result.items()))


if __name__ == "__main__":
    main()
