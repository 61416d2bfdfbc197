"""What is no contradiction between figures, mended by one number alone; and what weighs the choices."""

import pytest
from networks import engine, facts_of
from told import HEAD, TABLE

from planlint.exact import Fraction
from planlint.network.beyond import Seen, mend
from planlint.network.evidence import Evidence
from planlint.source import Source

ROW = TABLE + '      - {indicator: 孕产妇系统管理率, unit: "%%", 2020: 92.5, 2025: ≥%s}\n'
BODY = "figures:\n  - {indicator: 孕产妇系统管理率, year: 2020, value: %s}\n"


def mended(text, rule):
    """The repairs of the only finding of a rule, and into what interval each of their numbers must move."""
    (finding,) = [f for f in engine().judge(Source("truth.yaml", HEAD + text)).findings if f.rule == rule]
    facts = facts_of(HEAD + text)
    ask = next(r.ask for r in engine().rules if r.id == rule)
    found = mend(ask, finding.mentions, Seen(facts), Evidence(facts))
    return [(repair.text.zh, [c.wanted.zh for c in repair.corrections]) for repair in found]


def test_a_target_below_what_was_reached():
    """The goal that is usual, or less of the baseline; last that the two changed places."""
    assert mended(ROW % 29 + BODY % "92.5%", "PL101") == [
        ("若 ≥29% 改为 ≥100%，其余各处即可一致", ["[92.4, 100]%"]),
        ("若 92.5% 改为 22.5%，其余各处即可一致", ["[0, 29.1]%"]),
        (
            "若 92.5% 改为 29%（可能是基期值与目标值写反了）、≥29% 改为 ≥92.5%（可能是基期值与目标值写反了），"
            "其余各处即可一致",
            ["", ""],
        ),
    ]


def test_a_wrong_scale():
    """The digits stay and take the scale that the indicator is counted in."""
    assert mended("figures:\n  - {indicator: 婴儿死亡率, year: 2020, value: 3.5%}\n", "PL202") == [
        ("若 3.5% 改为 3.5‰，其余各处即可一致", ["3.5‰"])
    ]


def test_what_cannot_be():
    """925 % lost its point."""
    ((text, _),) = mended(BODY % "925%", "PL203")

    assert text == "若 925% 改为 92.5%（可能是小数点错位），其余各处即可一致"


@pytest.mark.parametrize(("value", "broken"), [("29", ["direction"]), ("95", []), ("120", ["bounds"])])
def test_evidence_counts_each_question_once(value, broken):
    """A target may fall behind its baseline, printed at two places, or be beyond all bounds."""
    from networks import network

    text = HEAD + ROW % 29 + BODY % "92.5%"
    evidence = Evidence(facts_of(text))
    target = next(o for o in network(text).observations if o.text == "≥29%")

    assert evidence.broken(target, Fraction(value) / 100) == broken


def test_evidence_of_printings_and_decimals():
    """Of two places one is likelier wrong than both; other decimals than in other years are less likely."""
    from networks import network

    text = HEAD + ROW % 95 + BODY % "92.5%" + "  - {indicator: 孕产妇系统管理率, year: 2015, value: 90.1%}\n"
    evidence = Evidence(facts_of(text))
    twice, once = (next(o for o in network(text).observations if o.text == t) for t in ("92.5%", "90.1%"))
    coarse, fine = (evidence.suits(once, Fraction(9, 10), Fraction(step)) for step in ("1/1000", "1/100"))

    assert (evidence.prior(twice), evidence.prior(once)) == (Fraction(1, 5), 1)
    assert coarse > fine
