"""One finding told in full: what is printed, the formula, the numbers, a picture, and what would mend it."""

import itertools
from pathlib import Path

import pytest
from click.testing import CliRunner

from planlint import cache
from planlint.cli import cli
from planlint.engine import Engine
from planlint.network.mending import bundled
from planlint.report import argument, columns
from planlint.source import Source

ROOT = Path(__file__).parent.parent
ENGINE = Engine(cache.load())
HEAD = """\
planlint: 1
plan: {id: t, title: 某规划, region: 某县, period: 2021-2025, baseline: 2020, document: t.txt}
"""
FIGURE = "  - {indicator: %s, year: 2020, value: %s, at: %d}\n"


def figures(*rows):
    """Figures of a plan."""
    return "figures:\n" + "".join(FIGURE % (*row, line) for line, row in enumerate(rows, 1))


def judged(text, rule):
    """The findings of a rule about a plan."""
    return [f for f in ENGINE.judge(Source("t.yaml", HEAD + text)).findings if f.rule == rule]


def arguments(text, rule):
    """The findings of a rule told in full."""
    return ENGINE.argue(Source("t.yaml", HEAD + text), judged(text, rule))


def told(text, rule, lang):
    """The text of the only finding of a rule, its fingerprint left out."""
    found = arguments(text, rule)
    return argument.render(found, lang).replace(found[0].finding.fingerprint, "…")


THREE = figures(
    ("医疗卫生机构床位数", "500 张"),
    ("每千人口医疗卫生机构床位数", "5.00 张"),
    ("执业（助理）医师数", "300 人"),
    ("每千人口执业（助理）医师数", "3.00 人"),
    ("注册护士数", "440 人"),
    ("每千人口注册护士数", "4.04 人"),
)
POPULATIONS = """\
PL302 densities-of-different-populations · 错误 · …
由数量和比率推算，某县2020年的常住人口互不相同，5.00 张、3.00 人、4.04 人 不能同
时成立：5.00 张、3.00 人 可以同属一个人口；4.04 人 不能

前提
  1. 医疗卫生机构床位数，2020年：500 张（逐个数出，没有舍入）
     t.yaml:4:47  t.txt 第 1 行
  2. 每千人口医疗卫生机构床位数，2020年：5.00 张（即 [4.995, 5.005] 张）
     t.yaml:5:51  t.txt 第 2 行
  3. 执业（助理）医师数，2020年：300 人（逐个数出，没有舍入）
     t.yaml:6:47  t.txt 第 3 行
  4. 每千人口执业（助理）医师数，2020年：3.00 人（即 [2.995, 3.005] 人）
     t.yaml:7:51  t.txt 第 4 行
  5. 注册护士数，2020年：440 人（逐个数出，没有舍入）
     t.yaml:8:43  t.txt 第 5 行
  6. 每千人口注册护士数，2020年：4.04 人（即 [4.035, 4.045] 人）
     t.yaml:9:47  t.txt 第 6 行

公式
  人口 = 数量 ÷ 比率

代入
  500 张 ÷ [4.995, 5.005] 张/千人口 = [9.990, 10.010] 万人
  300 人 ÷ [2.995, 3.005] 人/千人口 = [9.983, 10.017] 万人
  440 人 ÷ [4.035, 4.045] 人/千人口 = [10.878, 10.905] 万人

推算的人口（万人）
  3.00 人 每千人口执业（…  []                                    [9.983, 10.017]
  5.00 张 每千人口医疗卫…  |                                     [9.990, 10.010]
  4.04 人 每千人口注册护…                                   []  [10.878, 10.905]
                           9.983                        10.905

结论
  常住人口 = 500 张 ÷ 5.00 张 → [99901, 100100] 人；常住人口 = 440 人 ÷ 4.04 人
  → [10.88, 10.90] 万人：这 4 个数不能都对，去掉任何一个就不矛盾
  常住人口 = 300 人 ÷ 3.00 人 → [99834, 100166] 人；常住人口 = 440 人 ÷ 4.04 人
  → [10.88, 10.90] 万人：这 4 个数不能都对，去掉任何一个就不矛盾
  5.00 张、3.00 人 可以同属一个人口；4.04 人 不能

怎样改就能一致
  保留 5.00 张、3.00 人
  1. 每千人口注册护士数 4.04 人 改为 4.40 人（应在 [4.3956, 4.40437] 人/千人口
       之内；可能是相邻两位数字写颠倒了）
  2. 注册护士数 440 人 改为 404 人（可能是相邻两位数字写颠倒了）
  如果几个比率本来用的不是同一个人口（常住、户籍、服务人口，或不是同一时点），请
  逐个写明用的是哪一个
"""


def test_populations_that_differ_are_told_so():
    """The whole argument, as a panel reads it."""
    assert told(THREE, "PL302", "zh") == POPULATIONS


FIVE = THREE + "".join(FIGURE % row for row in (("药师（士）数", "90 人", 7), ("每千人口药师（士）数", "0.70 人", 8)))


TWICE = FIVE + FIGURE % ("每千人口执业（助理）医师数", "2.60 人", 9)
"""Two densities of one count."""


@pytest.mark.parametrize(("text", "bundles", "tries"), [(THREE, 2, 2), (FIVE, 1, 4), (TWICE, 1, 4)])
def test_any_choice_among_the_repairs_agrees(text, bundles, tries):
    """Whatever alternatives are taken, nothing is left to say."""
    found = bundled(arguments(text, "PL302")[0].mending.repairs)
    tried = 0
    for chosen in (chosen for bundle in found for chosen in itertools.product(*bundle.options)):
        mended = text
        for correction in chosen:
            (new,) = correction.replacements
            mended = mended.replace(f"value: {new.printing.raw},", f"value: {new.raw},")
        assert mended != text
        assert judged(mended, "PL302") == []
        tried += 1

    assert (len(found), tried) == (bundles, tries)


def test_each_of_the_four_is_needed():
    """A core is smallest: take away any of its four figures and the rest agree."""
    lines = figures(
        ("医疗卫生机构床位数", "500 张"),
        ("每千人口医疗卫生机构床位数", "5.00 张"),
        ("注册护士数", "440 人"),
        ("每千人口注册护士数", "4.04 人"),
    ).splitlines(keepends=True)

    assert len(judged("".join(lines), "PL302")) == 1
    assert [judged("".join(lines[:i] + lines[i + 1 :]), "PL302") for i in range(1, 5)] == [[]] * 4


IDENTITY = """\
PL301 density-contradicts-count · error · …
“每千人口医疗卫生机构床位数” 2020 is printed 5.40 张; from 医疗卫生机构床位数
500 张 and 常住人口数 10.0 万人 it is 5.0000 张/千人口

Premises
  1. 常住人口数, 2020: 10.0 万人 (stands for [99500, 100500] 人口)
     t.yaml:4:43  t.txt line 1
  2. 医疗卫生机构床位数, 2020: 500 张 (counted, not rounded)
     t.yaml:5:47  t.txt line 2
  3. 每千人口医疗卫生机构床位数, 2020: 5.40 张 (stands for [5.395, 5.405] 张)
     t.yaml:6:51  t.txt line 3

Formula
  density = count ÷ population

Put in
  500 张 ÷ 10.0 万人 = [4.97512, 5.02513] 张/千人口
  5.40 张 ∈ [5.395, 5.405] 张/千人口

Printed and implied (张/千人口)
  5.40 张 每千人口医疗卫…                                   []  [5.3950, 5.4050]
  500 张 ÷ 10.0 万人       [==]                                 [4.9751, 5.0251]
                           4.9751                       5.4050

Conclusion
  these 3 figures cannot all be true, and without any one of them the rest can

What would make them agree
  1. 每千人口医疗卫生机构床位数: 5.00 张 for 5.40 张 (within [4.97512, 5.02513]
       张/千人口)
  2. 医疗卫生机构床位数: 540 张 for 500 张 (within [537, 543] 张)
  3. 常住人口数: 9.3 万人 for 10.0 万人 (within [92507, 92678] 人)
"""


def test_a_density_that_contradicts_its_count():
    """The formula is the rule's own, in ordinary notation; each of three numbers could be the wrong one."""
    text = figures(
        ("常住人口数", "10.0 万人"), ("医疗卫生机构床位数", "500 张"), ("每千人口医疗卫生机构床位数", "5.40 张")
    )

    assert told(text, "PL301", "en") == IDENTITY


def test_repairs_of_a_sum_are_few():
    """Each of three terms could be the wrong one; of a long sum some are told, and that they are not all."""
    short = "claims: [{sum: 民营医院, whole: 44 家, parts: [29 家, 14 家], at: 1}]\n"
    long = f"claims: [{{sum: 医院, whole: 44 家, parts: [{', '.join(['6 家'] * 7)}], at: 1}}]\n"

    assert [
        [correction.new for correction in repair.corrections] for repair in arguments(short, "PL501")[0].mending.repairs
    ] == [["15 家"], ["43 家"], ["30 家"]]
    assert told(long, "PL501", "zh").endswith(
        "  1. 医院 6 家 改为 8 家；这样印的有 6 处，改任何一处\n  改动同样少的改法不止这些，只列最可能的 6 种\n"
    )


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_every_finding_of_the_plans_can_be_told(lang):
    """No line is wider than a terminal unless it is one place, and nothing of a finding is lost."""
    for path in sorted((ROOT / "plans").glob("*.yaml")):
        source = Source(path.name, path.read_text(encoding="utf-8"))
        findings = ENGINE.judge(source).findings
        found = ENGINE.argue(source, findings)
        wide = [
            line
            for line in argument.render(found, lang).splitlines()
            if columns.width(line) > 80 and f"{path.name}:" not in line
        ]

        assert [one.finding for one in found] == findings
        assert wide == []
        assert all({m for p in one.premises for m in p.mentions} == set(one.finding.mentions) for one in found)


def test_explain_takes_a_fingerprint_or_a_rule(tmp_path):
    """A finding is named by the first characters of its fingerprint; what names none or several is refused."""
    path = tmp_path / "t.yaml"
    path.write_text(HEAD + THREE, encoding="utf-8")
    fingerprint = judged(THREE, "PL302")[0].fingerprint
    run = CliRunner().invoke

    by_all = run(cli, ["explain", fingerprint, str(path), "--lang", "zh"])
    by_some = run(cli, ["explain", fingerprint[:6].upper(), str(path), "--lang", "zh"])
    unknown = run(cli, ["explain", "0123456789abcdef", str(path)])
    rule = run(cli, ["explain", "PL302", "--lang", "zh"])
    both = run(cli, ["explain", "PL302", str(path), "--lang", "zh"])

    assert by_all.stdout == POPULATIONS.replace("t.yaml", str(path)).replace("· …", f"· {fingerprint}")
    assert (by_all.exit_code, by_some.stdout) == (0, by_all.stdout)
    assert (unknown.exit_code, unknown.stderr) == (2, f"Error: no finding '0123456789abcdef' in {path}\n")
    assert (rule.exit_code, rule.stdout.splitlines()[0]) == (0, "# PL302 densities-of-different-populations")
    assert (both.exit_code, both.stdout) == (0, by_all.stdout)


def test_check_explains_what_it_finds(tmp_path):
    """The exit status is that of the check; a plan without findings has only its summary."""
    path = tmp_path / "t.yaml"
    path.write_text(HEAD + THREE, encoding="utf-8")
    run = CliRunner().invoke
    found = run(cli, ["check", str(path), "--select", "PL302", "--explain", "--lang", "zh"])
    none = run(cli, ["check", str(path), "--select", "PL5", "--explain", "--lang", "zh"])

    assert found.exit_code == 1
    assert found.stdout.startswith("PL302 densities-of-different-populations · 错误 · ")
    assert found.stdout.splitlines()[-1].startswith("1 份规划，6 个数字，")
    assert (none.exit_code, len(none.stdout.splitlines())) == (0, 1)


@pytest.mark.parametrize(
    ("text", "columns_", "lines"),
    [
        ("甲乙丙丁", 4, ["甲乙", "丙丁"]),
        ("one two three", 7, ["one two", "three"]),
        ("共 10.15 人，", 9, ["共", "10.15 人，"]),
        ("甲乙，丙", 4, ["甲", "乙，", "丙"]),
        ("word", 2, ["word"]),
        ("", 5, [""]),
    ],
)
def test_lines_break_where_they_may(text, columns_, lines):
    """A number stays with its unit, a comma with what it closes; a word that is too long stands alone."""
    assert columns.wrapped(text, columns_, "") == lines


def test_width_counts_columns():
    """Chinese characters take two columns, joiners none."""
    assert (columns.width("甲a（"), columns.left("甲", 4) + "|", columns.right("甲", 4)) == (5, "甲  |", "  甲")
    assert (columns.cut("甲乙丙", 5), columns.cut("甲乙", 4), columns.cut("abc", 2)) == ("甲乙…", "甲乙", "a…")


def test_a_rule_with_plans_tells_all_its_findings(tmp_path):
    """A report names rules; nobody must look up a fingerprint first."""
    entry = "  - {indicator: 民营医院数, scope: %s, year: 2020, value: %s 家, at: 1}\n"
    parts = "".join(entry % pair for pair in (("甲乡", 43), ("甲乡", 34), ("乙乡", 12), ("乙乡", 21)))
    plan = tmp_path / "p.yaml"
    head = "planlint: 1\nplan: {id: p, title: t, region: 某县, period: 2021-2025, document: p.txt}\nfigures:\n"
    plan.write_text(head + parts, encoding="utf-8")

    told = CliRunner().invoke(cli, ["explain", "PL401", str(plan), "--lang", "en", "--waiver"])
    silent = CliRunner().invoke(cli, ["explain", "PL501", str(plan)])

    assert told.exit_code == 0
    assert told.output.count("PL401 figure-with-two-values · error · ") == 2
    assert told.output.count("  - rule: PL401\n") == 2
    assert (silent.exit_code, silent.output) == (2, f"Error: PL501 says nothing of {plan}\n")


RATE = figures(("活产数", "1234 人"), ("婴儿死亡率", "2.05‰"))
BETWEEN_TWO_AND_THREE = {
    "zh": """\
PL306 rate-of-no-whole-count · 警告 · …
“婴儿死亡率”2020年印作 2.05‰；按活产数 1234 人，没有一个整数四舍五入后得到这个比
率

前提
  1. 活产数，2020年：1234 人（逐个数出，没有舍入）
     t.yaml:4:41  t.txt 第 1 行
  2. 婴儿死亡率，2020年：2.05‰（即 [2.045, 2.055] ‰）
     t.yaml:5:43  t.txt 第 2 行

公式
  比率 = 整数 ÷ 整数

代入
  2 ÷ 1234 = 1.6207‰
  3 ÷ 1234 = 2.4311‰

结论
  这 2 个数不能都对，去掉任何一个就不矛盾

怎样改就能一致
  1. 婴儿死亡率 2.05‰ 改为 4.05‰（5 ÷ 1234 = 4.0519‰）
  2. 活产数 1234 人 改为 10234 人（21 ÷ 10234 = 2.052‰；可能是漏写了一位数字）
""",
    "en": """\
PL306 rate-of-no-whole-count · warning · …
“婴儿死亡率” 2020 is printed 2.05‰, but with 活产数 1234 人 no whole number
rounds to that rate

Premises
  1. 活产数, 2020: 1234 人 (counted, not rounded)
     t.yaml:4:41  t.txt line 1
  2. 婴儿死亡率, 2020: 2.05‰ (stands for [2.045, 2.055] ‰)
     t.yaml:5:43  t.txt line 2

Formula
  rate = whole number ÷ whole number

Put in
  2 ÷ 1234 = 1.6207‰
  3 ÷ 1234 = 2.4311‰

Conclusion
  these 2 figures cannot all be true, and without any one of them the rest can

What would make them agree
  1. 婴儿死亡率: 4.05‰ for 2.05‰ (5 ÷ 1234 = 4.0519‰)
  2. 活产数: 10234 人 for 1234 人 (21 ÷ 10234 = 2.052‰; perhaps one digit was
       dropped)
""",
}


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_a_rate_between_two_whole_numbers(lang):
    """The divisions on both sides of the rate, and from which whole numbers a corrected one would come."""
    assert told(RATE, "PL306", lang) == BETWEEN_TWO_AND_THREE[lang]


def test_rates_of_one_denominator_are_told_together():
    """The rule's finding and the network's contradiction are one: the same figures, and all four are needed."""
    text = figures(
        ("婴儿死亡数", "1 例"), ("婴儿死亡率", "2.5‰"), ("孕产妇系统管理率", "94.00%"), ("新生儿访视率", "94.06%")
    )
    (found,) = arguments(text, "PL306")

    assert [step.zh for step in found.steps] == [
        "孕产妇系统管理率 94.00%：分母可以是 400",
        "新生儿访视率 94.06%：分母可以是 404",
    ]
    assert [said.zh for said in found.conclusion] == ["这 4 个数不能都对，去掉任何一个就不矛盾"]
    assert [
        (c.observation.text, c.new, c.how.zh or c.wanted.zh) for r in found.mending.repairs for c in r.corrections
    ] == [
        ("1 例", "3 例", "3 例"),
        ("2.5‰", "1.5‰", "[1.49253, 1.50376]‰"),
        ("94.00%", "94.06%", "380 ÷ 404 = 94.059%"),
        ("94.06%", "94.00%", "376 ÷ 400 = 94%"),
    ]


def test_some_rates_of_many_are_told_by_name():
    """Three rates are cited; two of them and the births cannot be together."""
    text = figures(
        ("活产数", "0.040万人"), ("孕产妇系统管理率", "94.00%"), ("新生儿访视率", "94.06%"), ("婴儿死亡率", "5.0‰")
    )
    (found,) = arguments(text, "PL306")

    assert [said.zh for said in found.conclusion] == [
        "活产数：印作 0.040万人 → [395, 405] 人；孕产妇系统管理率 94.00%：分母可以是 400；"
        "新生儿访视率 94.06%：分母可以是 404：这 3 个数不能都对，去掉任何一个就不矛盾"
    ]
