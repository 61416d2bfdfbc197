"""The benchmark of slips: generated plans are innocent, the same seed gives the same, and slips are what they say."""

import sys
from pathlib import Path

import pytest

from planlint.api import Judge
from planlint.findings import Severity
from planlint.source import Source

sys.path.insert(0, str(Path(__file__).parent.parent / "benchmarks"))

import consistent
import network
import plant
import slips

ENGINE = Judge().engine
PLAN = """\
planlint: 1
plan: {id: t, title: t, region: 某县, period: 2021-2025, baseline: 2020, document: t.txt}
tables:
  - id: 表1
    columns: {2020: baseline, 2025: target}
    rows:
      - {indicator: 孕产妇系统管理率, unit: "%", 2020: 92.5, 2025: ≥95, at: 1}
      - {indicator: 产前筛查率, unit: "%", 2020: 71, 2025: ≥80, at: 2}
figures:
  - {indicator: 每千人口注册护士数, year: 2020, value: 3.52 人, at: 3}
  - {indicator: 常住人口数, year: 2020, value: 16.26 万人, at: 4}
claims:
  - {change: 门诊人次, from: 80 万人次, to: 96 万人次, by: 增长20%, years: 2015-2020, at: 5}
"""


def planted(line, text):
    """What each kind of slip may print at a number of the plan."""
    found = plant.sites(plant.read(ENGINE, PLAN, "t.yaml"))
    site = next(one for one in found if (one.place.line, one.text) == (line, text))
    possible = plant.variants(site, found, PLAN.split("\n"))
    return {kind: sorted({slip.printed for slip in made}) for kind, made in possible.items()}


@pytest.mark.parametrize("number", range(20))
def test_generated_plans_are_innocent(number):
    """Rounding alone is never an error nor a warning."""
    outcome = ENGINE.judge(Source("p.yaml", consistent.plan(number)))

    assert [f.message.zh for f in outcome.findings if f.severity > Severity.INFO] == []


def test_the_same_seed_gives_the_same():
    """Plans, slips and counts can be made again; another number is another plan."""
    plans = [slips.prepare(ENGINE, "p.yaml", consistent.plan(3))]

    assert consistent.plan(3) == consistent.plan(3) != consistent.plan(4)
    assert (
        slips.described(slips.plant(ENGINE, plans, 20, 1))["all"]
        == slips.described(slips.plant(ENGINE, plans, 20, 1))["all"]
    )


def test_slips_in_a_cell():
    """A cell can be typed wrong or copied from beside it; a baseline can change places with its target."""
    made = planted(7, "92.5")

    assert {kind: made[kind] for kind in made if kind != "digit changed"} == {
        "digits swapped": ["29.5", "95.2"],
        "digit dropped": ["2.5", "9.5"],
        "digit doubled": ["92.55", "922.5", "992.5"],
        "power of ten": ["9.25", "925"],
        "neighbouring row": ["71"],
        "neighbouring column": ["95"],
        "baseline and target": ["95"],
    }


def test_slips_of_units():
    """Per thousand becomes per ten thousand, 万 gets lost or doubled, a rise a year one in all."""
    assert planted(10, "3.52 人")["per 千 and 万"] == ["每万人口注册护士数 3.52 人"]
    assert planted(11, "16.26 万人")["万 and 亿"] == ["16.26 人", "16.26 亿人"]
    assert planted(11, "16.26 万人")["unit not converted"] == ["162600 万人"]
    assert planted(13, "增长20%")["cumulative for annual"] == ["年均增长20%"]
    assert planted(13, "增长20%")["% for 百分点"] == ["增长20 个百分点"]


def test_a_swap_changes_both_cells():
    """The operator stays where it stood."""
    found = plant.sites(plant.read(ENGINE, PLAN, "t.yaml"))
    site = next(one for one in found if one.text == "92.5")
    (slip,) = plant.variants(site, found, PLAN.split("\n"))["baseline and target"]

    assert '{indicator: 孕产妇系统管理率, unit: "%", 2020: 95, 2025: ≥92.5, at: 1}' in slip.text(PLAN.split("\n"))
    assert {one.text for one in slip.sites} == {"92.5", "≥95"}


def test_what_coverage_promises_is_found():
    """No slip as large as the smallest error that is said to be noticed goes unnoticed."""
    plans = [slips.prepare(ENGINE, f"{n}.yaml", consistent.plan(n)) for n in range(3)]
    tally = slips.plant(ENGINE, plans, 150, 5)

    assert tally.promised.planted > 50
    assert tally.missed == []


def test_a_county_is_innocent_and_errors_in_it_are_repaired():
    """A plan whose townships add up is silent; of five wrong digits each must change, and no more."""
    text = network.county(200, 3)
    _, found = network.repaired(ENGINE, network.spoiled(ENGINE, text, 5, 3))

    assert ENGINE.judge(Source("county.yaml", text)).findings == []
    assert len(plant.read(ENGINE, text, "county.yaml").figures) == 202
    assert sum(len(conflict.repairs[0].corrections) for conflict in found) == 5
