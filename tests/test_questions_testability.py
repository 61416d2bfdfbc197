"""Testability: targets without baseline, number or row, and targets of somebody else."""

import pytest
from told import HEAD, figures, open_questions, rows, told

LITERACY = 'indicator: 居民健康素养水平, unit: "%", 2020: {}, 2025: {}, at: 3'
SCREENING = 'indicator: 产前筛查率, unit: "%", 2020: 80, 2025: {}, nature: {}, at: 4'


def test_rows_without_a_baseline_are_one_finding():
    """The whole table, with its names."""
    text = rows(
        LITERACY.format('"-"', "≥25"),
        'indicator: 15岁以上人群吸烟率, unit: "%", 2025: 24, at: 4',
        SCREENING.format("≥90", "预期性"),
    )

    assert told(text, "PL801") == [
        (
            "PL801",
            "info",
            "“表1”有 2 项指标只有目标，没有基期值：“居民健康素养水平”、“15岁以上人群吸烟率”",
        )
    ]


@pytest.mark.parametrize(
    "more",
    [
        figures("indicator: 居民健康素养水平, year: 2019, role: actual, value: 19%, at: 9"),
        figures("indicator: 居民健康素养水平, year: 2020, value: 19%, at: 9"),
    ],
)
def test_a_baseline_in_the_text_is_one(more):
    """The reader can find where the target starts."""
    assert told(rows(LITERACY.format('"-"', "≥25")) + more, "PL801") == []


def test_a_value_from_long_ago_is_no_baseline():
    """What was before the reviewed period does not say where the plan starts."""
    old = figures("indicator: 居民健康素养水平, year: 2012, value: 9%, at: 9")

    assert len(told(rows(LITERACY.format('"-"', "≥25")) + old, "PL801")) == 1


def test_a_baseline_in_words_is_undecided():
    """较低 is no number, and not nothing."""
    assert open_questions(rows(LITERACY.format("较低", "≥25")), "PL801") == [("PL801", "基期只印了文字")]
    assert open_questions(rows(LITERACY.format("无", "≥25")), "PL801") == []


def test_words_are_one_finding_for_a_table():
    """What each row says is quoted."""
    text = rows(
        "indicator: 健康预期寿命, unit: 岁, 2020: 64.9, 2025: 逐步提高, at: 1",
        'indicator: 重大慢性病过早死亡率, unit: "%", 2020: 15, 2025: 呈下降趋势, at: 2',
        SCREENING.format("全部", "预期性"),
    )

    assert told(text, "PL802", "PL806") == [
        (
            "PL802",
            "info",
            "“表1”有 2 项目标只有文字，没有数值：“健康预期寿命：逐步提高”、“重大慢性病过早死亡率：呈下降趋势”",
        )
    ]


@pytest.mark.parametrize(
    ("target", "found"),
    [
        ("稳步提高", ("warning", "“表1”中“产前筛查率”是约束性指标，目标却只有文字“稳步提高”，没有数值可以考核")),
        ("待定", ("error", "“表1”中“产前筛查率”是约束性指标，却没有目标值（印作“待定”）")),
        ('"-"', ("error", "“表1”中“产前筛查率”是约束性指标，却没有目标值（印作“-”）")),
        ("≥90", None),
        ("全部", None),
        ("较2020年提高3个百分点", None),
        ("均设置", None),
    ],
)
def test_what_binds_must_have_a_number(target, found):
    """Blank is an error, a direction without a measure a warning; PL802 is silent about both."""
    expected = [("PL806", *found)] if found else []

    assert told(rows(SCREENING.format(target, "约束性")), "PL802", "PL806") == expected


def test_a_table_without_natures_binds_nobody():
    """Where no row says what binds, a target in words is only PL802's."""
    text = rows('indicator: 产前筛查率, unit: "%", 2020: 80, 2025: 稳步提高, at: 4')

    assert [f[0] for f in told(text, "PL802", "PL806")] == ["PL802"]
    assert open_questions(text, "PL806") == []


def head(region, within="某市"):
    """The head of another region's plan."""
    return HEAD.replace("region: 某县", f"region: {region}").replace("[某市, 某省]", f"[{within}]")


@pytest.mark.parametrize(
    ("region", "name", "found"),
    [
        ("某县", "全州", True),
        ("某县", "全县", False),
        ("某市", "全市", False),
        ("某市", "全省", True),
        ("某区", "全市", True),
        ("某州", "全州", False),
        ("某省", "全国", True),
        ("某壮族自治区", "全区", False),
        ("某县", "全市场", False),
    ],
)
def test_the_level_in_a_name_is_compared_with_the_plans_own(region, name, found):
    """全市 is every city's own, a district's superior."""
    text = rows(f'indicator: {name}儿童近视率, unit: "%", 2020: 43.97, 2025: ≤40, at: 3')
    text += f'indicators:\n  - {{key: local-x, name: {name}儿童近视率, unit: "%", kind: share, polarity: lower}}\n'

    assert bool(told(text, "PL807", head=head(region))) is found


def test_a_scope_above_is_named():
    """Expected targets are a note, binding ones a warning."""
    text = rows('indicator: 产前筛查率, scope: 某市, unit: "%", 2020: 80, 2025: ≥90, at: 3')

    assert told(text, "PL807") == [
        (
            "PL807",
            "info",
            "指标表中“产前筛查率”的目标 ≥90% 属于某市，不是某县自己的；某县单独完成不了，也无从考核",
        )
    ]
    assert [f[1] for f in told(text.replace("at: 3", "at: 3, nature: 约束性"), "PL807")] == ["warning"]


def test_targets_of_the_text_without_a_row_are_one_finding():
    """Rates, coverages and densities of the plan's own region; nothing else."""
    text = rows(SCREENING.format("≥90", "预期性")) + figures(
        "indicator: 孕产妇系统管理率, year: 2025, value: 95%以上, at: 30",
        "indicator: 每千人口注册护士数, year: 2025, value: 4.5人, at: 31",
        "indicator: 产前筛查率, year: 2025, value: 90%以上, at: 32",
        "indicator: 基层慢性病管理中心覆盖率, year: 2025, value: 全覆盖, at: 33",
        "indicator: 累计培训优秀院长数, year: 2025, value: 100名, at: 34",
        "indicator: 平均住院日, scope: 县人民医院, year: 2025, value: 7天, at: 35",
    )

    assert told(text, "PL808") == [
        (
            "PL808",
            "info",
            "正文有 2 项有数值的目标不在指标表里，评估时容易漏掉：“孕产妇系统管理率”、“每千人口注册护士数”",
        )
    ]


@pytest.mark.parametrize(
    ("name", "row", "alike"),
    [
        ("工作场所职业病危害因素定期检测率", "重点行业工作场所职业病危害因素定期检测率", True),
        (
            "二级及以上综合性医院设立老年医学相关科室的比例",
            "二级及以上综合医院（含中医医院）设置老年医学科的比例",
            True,
        ),
        ("高血压患者规范管理率", "糖尿病患者规范管理率", False),
        ("每千人口药师（士）数", "每千人口注册护士数", False),
        ("新生儿遗传代谢疾病筛查率", "新生儿听力筛查率", False),
    ],
)
def test_a_name_put_differently_has_its_row(name, row, alike):
    """Names that begin alike and share most of their characters mean one thing."""
    unit = "人" if "每千" in row else '"%"'
    value = "3人" if "每千" in row else "90%"
    text = rows(f"indicator: {row}, unit: {unit}, 2020: 1, 2025: 2, at: 3")
    text += figures(f"indicator: {name}, year: 2025, value: {value}, at: 4")

    assert (told(text, "PL808") == []) is alike
