"""What a finding comes to: its cores, and repairs that may be chosen among."""

from networks import engine, facts_of, relations
from test_network_conflicts import DENSITIES, plan

from planlint.network.mending import MANY, Mender, bundled
from planlint.source import Source

NURSES = "indicator: 每千人口注册护士数, year: 2020, value: 3.50 人"
PHYSICIANS = "indicator: 每千人口执业（助理）医师数, year: 2020, value: 9.87 人"
ODD = plan(*DENSITIES[:3], NURSES)


def mended(text, rule):
    """What the first finding of a rule comes to."""
    finding = next(f for f in engine().judge(Source("truth.yaml", text)).findings if f.rule == rule)
    ask = next(r.ask for r in engine().rules if r.id == rule)
    return Mender(facts_of(text), relations()).mend(finding, ask)


def test_a_contradiction_has_its_core_and_repairs():
    """Four figures, each of which could be the wrong one."""
    found = mended(ODD, "PL302")

    assert [sorted(one.core.observations) for one in found.cores] == [[0, 1, 2, 3]]
    assert sorted(c.observation.text for repair in found.repairs for c in repair.corrections) == [
        "3.50 人",
        "3241 人",
        "6.00 张",
        "6000 张",
    ]
    assert not found.capped


def test_alternatives_are_bundled():
    """Two densities are odd: one is printed rightly elsewhere, for the other there is a choice."""
    text = plan(
        *DENSITIES,
        NURSES,
        PHYSICIANS,
        "indicator: 药师（士）数, year: 2020, value: 500 人",
        "indicator: 每千人口药师（士）数, year: 2020, value: 0.50 人",
    )
    found = mended(text, "PL302")
    bundles = bundled(found.repairs)

    assert [[[c.observation.text for c in options] for options in bundle.options] for bundle in bundles] == [
        [["9.87 人", "2873 人"], ["3.50 人"]]
    ]


def test_of_many_repairs_some_are_told():
    """Any of ten parts could be wrong."""
    claim = f"sum: 医院, whole: 64 家, parts: [{', '.join(f'{n} 家' for n in range(2, 12))}]"
    found = mended(plan(DENSITIES[0], claims=[claim]), "PL501")

    assert (len(found.repairs), found.capped) == (MANY, True)


def test_a_number_that_cannot_be_at_all():
    """800 % of something contradicts no other figure: it is mended alone, whatever the finding is about."""
    text = plan("indicator: 产前筛查率, year: 2025, value: 800%, quote: 产前筛查率达到80%, at: 1")
    found = mended(text, "PL032")

    assert (found.conflict, found.cores) == (None, ())
