"""Sums that a plan states: those that come out to the digit need no interval."""

from itertools import product

from told import judge

from planlint.questions import assertions

TERMS = ("29 家", "14 家", "14 个", "14", "14 万人", "14.0 家", "约14 家", "≥14 家", "14 张", "待定", "10—14 家", "c.a")


def sums():
    """Plans with a sum each: every pair of parts with a few wholes, all parts or some, and figures by their ids."""
    head = "figures:\n  - {indicator: 医院数, year: 2020, value: 14 家, id: c.a, at: 1}\nclaims:\n"
    claim = "  - {{sum: 医院数, whole: {}, parts: [{}, {}]{}, at: 2}}\n"
    return [
        head + claim.format(whole, *parts, partial)
        for whole in ("43 家", "28 家", "28", "28 个", "约28 家", "30 家")
        for parts in product(TERMS, TERMS)
        for partial in ("", ", partial: true")
    ]


def test_whole_things_are_added_at_a_glance(monkeypatch):
    """The short way and the long way say the same of every sum."""
    texts = sums()

    def answers():
        outcomes = [judge(text) for text in texts]
        return [
            (
                [finding for finding in outcome.findings if finding.rule == "PL501"],
                [left for left in outcome.undecided if left.rule == "PL501"],
            )
            for outcome in outcomes
        ]

    quick = answers()
    monkeypatch.setattr(assertions, "_adds_up_exactly", lambda whole, parts: False)

    assert answers() == quick
    assert ([], []) in quick
