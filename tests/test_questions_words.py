"""Words against numbers: which words are read, and the whole messages of what does not hold."""

import pytest

from planlint.api import check
from planlint.questions.words import Outcome, Said, Way, is_whole, outcome, standing, verb
from planlint.source import Source

HEAD = """\
planlint: 1
plan: {id: p, title: t, region: 某县, within: [某市, 某省], period: 2021-2025, document: p.txt}
"""


def said(text, *rules):
    """Severity and Chinese message of every finding of some rules."""
    report = check(Source("p.yaml", HEAD + text), select=rules)
    return [(f.severity.word, f.message.zh) for f in report.findings]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("达成", Outcome.REACHED),
        ("已如期完成目标", Outcome.REACHED),
        ("基本达成", Outcome.NEARLY),
        ("未完成", Outcome.MISSED),
        ("尚未达到目标", Outcome.MISSED),
        ("提前一年实现", Outcome.EARLY),
        ("超额完成", Outcome.EXCEEDED),
        ("达到序时进度", Outcome.REACHED),
        ("未达序时进度", Outcome.MISSED),
        ("超序时进度", Outcome.EXCEEDED),
        ("滞后", Outcome.MISSED),
        ("滞后于序时进度", Outcome.MISSED),
        ("符合预期", Outcome.REACHED),
        ("全面二孩政策执行情况良好", None),
        ("部分完成", None),
        ("预计可完成", None),
        ("", None),
    ],
)
def test_a_verdict_is_read_whole(text, expected):
    """A remark that holds such a word is no verdict."""
    assert outcome(text) is expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("提高到", Said(Way.UP)),
        ("由…提高到", Said(Way.UP)),
        ("从……下降至", Said(Way.DOWN)),
        ("稳步提升至", Said(Way.UP)),
        ("略有下降", Said(Way.DOWN, hedged=True)),
        ("稳中有升", Said(Way.UP, hedged=True)),
        ("逐年下降", Said(Way.DOWN, each=True)),
        ("连续五年增长", Said(Way.UP, each=True, steps=5)),
        ("翻了两番", Said(Way.DOUBLED, times=2)),
        ("保持稳定", Said(Way.SAME)),
        ("增速放缓", None),
        ("增幅下降", None),
        ("不降反升", None),
        ("启动", None),
    ],
)
def test_a_verb_is_read_whole(text, expected):
    """What is said of a speed is not said of the value."""
    assert verb(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("远低于", Said(Way.DOWN)),
        ("均优于", Said(Way.BETTER)),
        ("不低于", Said(Way.AT_LEAST)),
        ("达到", Said(Way.REACHED)),
        ("与全省基本持平", Said(Way.SAME, hedged=True)),
        ("领先", Said(Way.BETTER)),
        ("接近", None),
    ],
)
def test_a_comparison_is_read_whole(text, expected):
    """不低于 is not a kind of 低于."""
    assert standing(text) == expected


def test_nearly_all_are_not_all():
    """True for all, None for nearly all, false for anything else."""
    assert [is_whole(text) for text in ("全覆盖", "基本实现全覆盖", "覆盖")] == [True, None, False]


def test_a_missed_goal_called_reached():
    """The message shows value, goal and gap."""
    text = "claims: [{verdict: 婴儿死亡率, value: 7.1‰, goal: 6.9‰, is: 达成, at: 1}]"

    assert said(text, "PL701") == [("error", "“婴儿死亡率”写作“达成”，但 7.1‰ 没有达到目标 6.9‰，差 0.2‰")]


def test_a_reached_goal_called_nearly_reached():
    """It is only worth a note."""
    text = "claims: [{verdict: 人均预期寿命, value: 80.62岁, goal: 80岁, is: 基本达成, at: 1}]"
    message = "“人均预期寿命”写作“基本达成”，而 80.62岁 已经达到目标 80岁，不只是“基本”"

    assert said(text, "PL701") == [("info", message)]


def test_a_word_that_loosens_a_number_makes_it_milder():
    """约 costs an error one severity, and never adds one."""
    text = "claims: [{verdict: 居民健康素养水平, value: 约18%, goal: 25%, is: 达成, at: 1}]"
    message = "“居民健康素养水平”写作“达成”，但 约18% 没有达到目标 25%，差 7 个百分点"

    assert said(text, "PL701") == [("warning", message)]


def test_a_figure_in_a_wrong_unit_is_reported_once():
    """What another rule rejects is not held against its words as well."""
    text = """\
figures:
  - {indicator: 婴儿死亡率, year: 2020, value: 2.35%, at: 1, id: imr}
claims:
  - {verdict: 婴儿死亡率, value: imr, goal: 6.9‰, is: 达成, at: 1}
"""

    assert [f.rule for f in check(Source("p.yaml", HEAD + text)).findings if f.rule in ("PL202", "PL701")] == ["PL202"]


def test_raised_to_a_smaller_number():
    """The verb is quoted, with both values and the gap."""
    text = "claims: [{change: 人均预期寿命, from: 80.62岁, to: 78岁, verb: 提高到, at: 1}]"

    assert said(text, "PL702") == [("error", "“人均预期寿命”说是“提高到”，从 80.62岁 到 78岁 却正好相反，相差 2.62 岁")]


def test_not_quite_doubled():
    """翻一番 without an amount is held against the two values."""
    text = "claims: [{change: 养老机构数, from: 4个, to: 7个, verb: 翻一番, at: 1}]"

    assert said(text, "PL702") == [("error", "“养老机构数”说是“翻一番”，从 4个 到 7个 却没有那么多")]


def test_a_series_against_its_word():
    """The step that goes the other way is shown."""
    text = "claims: [{change: 养老机构数, series: [3个, 5个, 4个], verb: 逐年增加, at: 1}]"

    assert said(text, "PL704") == [("error", "“养老机构数”说是“逐年增加”，但 5个 > 4个（各年为 3个、5个、4个）")]


def test_a_difference_that_does_not_come_out():
    """高于 holds, but not by so much."""
    text = "claims: [{comparison: 人均预期寿命, left: 78.42岁, is: 高于, right: 75.0岁, by: 4.4岁, at: 1}]"

    assert said(text, "PL703") == [("error", "“人均预期寿命”的 78.42岁 说是“高于”75.0岁 4.4岁，其实相差 3.42 岁")]


@pytest.mark.parametrize(
    "claim",
    [
        "{comparison: 每千人口床位数, left: 5.2张, is: 高于, right: 4.0张, by: 1.2张, at: 1}",
        "{comparison: 每千人口床位数, left: 5.2张, is: 高于, right: 0张, by: 10%, at: 1}",
        "{comparison: 人均预期寿命, left: 80岁, is: 好于预期, right: 82岁, at: 1}",
        "{change: 人均预期寿命, from: 80岁, to: 78岁, verb: 由升转降后回升, at: 1}",
        "{change: 人均预期寿命, from: 80岁, to: 78岁, at: 1}",
        "{verdict: 人均预期寿命, value: 79岁以上, goal: 80岁, is: 完成, at: 1}",
    ],
)
def test_what_only_looks_wrong_is_left_alone(claim):
    """Unknown words, open values and bounds say nothing."""
    assert said(f"claims: [{claim}]", "PL7") == []


def test_all_covered_at_95_percent():
    """One claim that says both."""
    text = "claims: [{verdict: 家庭医生签约服务覆盖率, value: 95%, is: 全覆盖, at: 1}]"

    assert said(text, "PL705") == [("error", "“家庭医生签约服务覆盖率”说是“全覆盖”，数值却是 95%，差 5 个百分点")]
