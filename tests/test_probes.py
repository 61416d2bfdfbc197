"""What coverage promises of each rule, tried: the smallest error is noticed, one step less is not."""

import re

import pytest

from planlint import cache, examples
from planlint.engine import Engine
from planlint.exact import Fraction
from planlint.rules import read_pages, rule_files
from planlint.source import Source

ENGINE = Engine(cache.load())
PAGES = {page.rule.id: page for page in read_pages(rule_files(())[1], ENGINE.ruleset.catalogue)}
NUMBER = re.compile(r"[0-9]+(?:\.[0-9]+)?")
ASKED = (
    "PL101 PL102 PL103 PL105 PL107 PL108 PL109 PL110 PL304 PL305 PL306 PL307 PL309 PL401 PL402 PL404 PL502 PL508 PL509 "
    "PL701 PL702 PL703 PL704 PL705 PL901 PL902 PL903 PL904 PL905"
).split()
SOLVED = "PL203 PL205 PL207 PL301 PL302 PL303 PL308 PL501".split()
NOTES = "PL103 PL105 PL107 PL108 PL109 PL308".split()


def printed_anew(lines, printed, error):
    """The plan with a number that is wrong by so much, None where that cannot be printed in its place."""
    place, text = printed.place, printed.amount.text
    found = NUMBER.search(text)
    line = lines[place.line - 1]
    start = line.find(text, place.column - 1)
    if found is None or start not in range(place.column - 1, place.column + 2) or not Fraction(found[0]):
        return None
    places = len(found[0].partition(".")[2])
    digits = (printed.value + error) * Fraction(found[0]) / printed.value * 10**places
    if digits.denominator != 1 or digits < 0:
        return None
    whole = str(digits.numerator).rjust(places + 1, "0")
    number = f"{whole[:-places]}.{whole[-places:]}" if places else whole
    new = line[:start] + text[: found.start()] + number + text[found.end() :] + line[start + len(text) :]
    return "\n".join([*lines[: place.line - 1], new, *lines[place.line :]])


def tried(rule, text, fetch):
    """Every promise of a rule about a plan: the number, the error, whether it is noticed, and one step less."""
    coverage = ENGINE.cover(Source(examples.PLAN, text), fetch)
    known = {finding.fingerprint for finding in ENGINE.judge(Source(examples.PLAN, text), fetch).findings}

    def speaks(changed, printed):
        found = ENGINE.judge(Source(examples.PLAN, changed), fetch).findings
        new = [finding for finding in found if finding.rule == rule and finding.fingerprint not in known]
        # The sum of a table cites its total alone.
        return any(rule == "PL501" or printed.mention.id in [m.id for m in finding.mentions] for finding in new)

    for one in coverage.numbers:
        views = [view for view in one.views if rule in view.rules]
        if any(view.is_disputed for view in views):
            continue
        for sign, gaps in ((-1, [view.below for view in views]), (1, [view.above for view in views])):
            gap = min((gap for gap in gaps if gap is not None), default=None)
            for error, noticed in () if gap is None else ((gap, True), (gap - one.printed.quantum, False)):
                changed = printed_anew(text.split("\n"), one.printed, sign * error) if error else None
                if changed is not None:
                    yield one.printed.amount.text, str(sign * error), noticed, speaks(changed, one.printed)


@pytest.mark.parametrize("rule", [*ASKED, *SOLVED])
def test_what_a_rule_is_said_to_notice_it_notices(rule):
    """In every valid example, for every number that the rule sees."""
    promises = []
    for example in PAGES[rule].examples:
        if example.kind == "valid":
            plans = {name: Source(f"{name}.yaml", text) for name, text in example.references}
            promises += tried(rule, examples.text_of(example)[0], plans.get)

    assert [promise for promise in promises if promise[2] is not promise[3]] == []
    assert any(noticed for _, _, noticed, _ in promises)


@pytest.mark.parametrize("rule", NOTES)
def test_what_is_only_noted_is_not_checked(rule):
    """A rule that makes notes sees a figure without making it a checked one."""
    found = set()
    for example in PAGES[rule].examples:
        if example.kind == "valid":
            coverage = ENGINE.cover(Source(examples.PLAN, examples.text_of(example)[0]))
            found |= {view.sight.strength.value for one in coverage.numbers for view in one.views if rule in view.rules}

    assert found == {"note"}


def test_a_sieve_promises_no_size():
    """Of 24 centres 22 are 91.7 %: one step more is noticed, but 95.8 % would not be."""
    text = examples.text_of(PAGES["PL306"].examples[0])[0]
    found = ENGINE.cover(Source(examples.PLAN, text)).numbers

    assert [
        (one.printed.amount.text, one.state.value, one.noticed, [view.rules for view in one.views]) for one in found
    ] == [
        ("24 家", "in-part", (None, None), [("PL306",)]),
        ("91.7%", "in-part", (None, None), [("PL203",), ("PL306",)]),
    ]


def test_a_thousand_figures_cost_little():
    """A smallest error is found in few tries: what a rule is asked grows with the figures, not with their square."""
    rows = "".join(
        f"      - {{indicator: 孕产妇系统管理率, scope: 第{number}镇, unit: '%', 2020: 92.5, 2025: ≥95, at: 1}}\n"
        for number in range(500)
    )
    head = examples.HEAD.replace("YEAR", "2020")
    text = f"{head}tables:\n  - id: 表1\n    columns: {{2020: baseline, 2025: target}}\n    rows:\n{rows}"
    tries = []
    rule = next(rule for rule in ENGINE.rules if rule.id == "PL101")
    ask = rule.question.ask

    def counted(inquiry, options):
        tries.append(len(inquiry.facts.figures))
        return ask(inquiry, options)

    engine = Engine(ENGINE.ruleset)
    engine.rules = [_Counted(rule, counted)]
    coverage = engine.cover(Source("t.yaml", text))

    assert coverage.whole.numbers == 1000
    assert max(tries) == 2
    assert len(tries) < 20 * 1000


class _Counted:
    """A rule that tells how often it is asked."""

    def __init__(self, rule, ask):
        self.id, self.ask, self.options, self.severity = rule.id, rule.ask, rule.options, rule.severity
        self.question = type("Asked", (), {"ask": staticmethod(ask)})
