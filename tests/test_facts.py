"""Facts: statements and claims with names, units, roles and years looked up."""

import re
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from planlint import cache, plan, tree
from planlint.amounts import Kind, Rounding
from planlint.engine import Engine
from planlint.facts import Fit, Lookups, Standing, Topic, derive
from planlint.intervals import Interval
from planlint.source import Source

FILE = "p.yaml"
HEAD = "planlint: 1\nplan: {id: ex, title: 示例, region: 昆明市某区, period: 2021-2025, document: ex.txt}\n"
ENGINE = Engine(cache.load())
LOOKUPS = Lookups(cache.load().catalogue)


def facts(text, head=HEAD):
    """The facts of a body."""
    root, faults = tree.parse(head + text, FILE)
    stated = plan.read(root, FILE, faults)
    return derive(stated, LOOKUPS, faults)


def figures(*items, head=HEAD):
    """The figures of a list of entries that have no faults."""
    found = facts("figures:\n" + "".join(f"  - {{{item}}}\n" for item in items), head)
    assert found.faults == ()
    return found.figures


def figure(item, head=HEAD):
    """The only figure of an entry."""
    (found,) = figures(item, head=head)
    return found


def faults(text, head=HEAD):
    """Faults as (kind, line in the body, column, shown)."""
    return [(f.kind, f.place.line - 2, f.place.column, dict(f.shown)) for f in facts(text, head).faults]


def findings(text, head=HEAD):
    """Rule and English message of each finding about a body; figures here say no lines, which is no matter."""
    found = ENGINE.judge(Source(FILE, head + text)).findings
    return [(f.rule, f.message.en) for f in found if f.rule != "PL031"]


REPORTED = """\
tables:
  - id: 表1
    columns: {2020: baseline, 2022: actual, 2025: target}
    rows:
      - {indicator: 婴儿死亡率, unit: ‰, 2022: 3.2}
figures:
  - {indicator: 活产数, year: 2022, value: 8240人}
  - {indicator: 活产数, year: 2023, value: 8240人}
  - {indicator: 婴儿死亡率, year: 2022, value: ≤4‰}
"""


def test_a_column_of_reached_values_says_what_has_been_reached():
    """In an evaluation half-way a figure of its year is a target only where it says so; one of a later year is."""
    assert [(f.year, f.role) for f in facts(REPORTED).figures] == [
        (2022, "actual"),
        (2022, "actual"),
        (2023, "target"),
        (2022, "target"),
    ]


COUNTIES = """\
tables:
  - id: 表2
    unit: 张
    columns:
      人口: {role: actual, year: 2020, indicator: 常住人口, unit: 万人}
      床位: {role: actual, year: 2020, indicator: 医疗卫生机构床位数}
      千人口: {role: target, year: 2025, indicator: 每千人口床位数}
      备注: note
    rows:
      - {no: 1, scope: 甲县, 人口: 51.23, 床位: {value: 4612, id: beds-a}, 千人口: 9.2, 备注: 约束性}
      - {no: 2, scope: 乙县, 人口: 38.76, 床位: 3105, 千人口: 8.4}
      - {scope: 合计, 人口: 89.99, 床位: 7717, 千人口: 8.9}
"""


def test_a_county_a_row_and_what_is_counted_by_the_column():
    """The total is the region's own, and the sum of the counties in the columns that add up."""
    found = facts(COUNTIES)

    assert found.faults == ()
    assert [(f.indicator.key, f.topic.scope, f.year, f.role, f.mention.text) for f in found.figures] == [
        ("resident-population", "甲县", 2020, "actual", "51.23 万人"),
        ("beds", "甲县", 2020, "actual", "4612 张"),
        ("beds-density", "甲县", 2025, "target", "9.2 张"),
        ("resident-population", "乙县", 2020, "actual", "38.76 万人"),
        ("beds", "乙县", 2020, "actual", "3105 张"),
        ("beds-density", "乙县", 2025, "target", "8.4 张"),
        ("resident-population", "", 2020, "actual", "89.99 万人"),
        ("beds", "", 2020, "actual", "7717 张"),
        ("beds-density", "", 2025, "target", "8.9 张"),
    ]
    assert [(a.claim.subject, [item.text for item in a.claim.items]) for a in found.assertions] == [
        ("常住人口（人口）", ["51.23万人", "38.76万人"]),
        ("医疗卫生机构床位数（床位）", ["4612张", "3105张"]),
    ]
    assert [row.name.text for row in found.plan.tables[0].rows[:3]] == [
        "常住人口",
        "医疗卫生机构床位数",
        "每千人口床位数",
    ]


def test_a_county_a_column():
    """The column says whose value it is."""
    text = "tables:\n  - id: 表3\n    columns: {甲: {role: target, year: 2025, scope: 甲县}, 全区: target}\n    rows:\n"
    text += "      - {indicator: 床位数, unit: 张, 甲: 300, 全区: 900}\n"

    assert [(f.topic.scope, f.year, f.mention.text) for f in facts(text).figures] == [
        ("甲县", 2025, "300 张"),
        ("", 2025, "900 张"),
    ]


def test_a_column_that_says_nothing_is_counted_needs_a_row_that_does():
    """Beside a column with an indicator one without is a fault of the row."""
    text = "tables:\n  - id: 表3\n    columns: {床位: {role: actual, indicator: 床位数}, 2020: actual}\n    rows:\n"
    text += "      - {scope: 甲县, 床位: 300, 2020: 900}\n"

    assert faults(text) == [("missing-key", 5, 9, {"key": "indicator", "where": "row"})]


def test_a_place_may_be_said_in_so_many_words():
    """全区 is the plan's own region, 全市 the city above it."""
    head = HEAD.replace("region:", "within: [昆明市], region:")

    found = figures(
        *(f"indicator: 床位数, scope: {word}, value: 900张" for word in ("全区", "全市", "甲县")), head=head
    )

    assert [figure.topic.scope for figure in found] == ["", "昆明市", "甲县"]


def test_a_standard_a_year_is_money():
    """每人每年550元 is what an indicator of money prints."""
    assert figure("indicator: 城乡居民医保人均财政补助标准, value: 每人每年550元").value == 550


def test_what_the_catalogue_has_may_be_described_again():
    """A plan older than an entry of the catalogue is no worse for it; one that turns it round is refused."""
    text = "indicators:\n  - {key: local-x, name: %s, aliases: [%s], unit: '%%', kind: share, polarity: %s}\n"
    text += "figures:\n  - {indicator: 巩固率, value: 99%%}\n"
    same, turned, other = (
        facts(text % said)
        for said in (
            ("九年义务教育巩固率", "巩固率", "higher"),
            ("九年义务教育巩固率", "巩固率", "lower"),
            ("九年义务教育巩固率", "婴儿死亡率", "higher"),
        )
    )

    assert [f.indicator.key for f in same.figures] == ["compulsory-education-kept"]
    assert same.faults == ()
    assert [fault.kind for fault in turned.faults if fault.kind != "unknown-indicator"] == ["bad-indicator"]
    assert [fault.kind for fault in other.faults if fault.kind != "unknown-indicator"] == ["bad-indicator"]


def test_a_part_may_bear_its_name():
    """A claim reads the amount behind the name of a part."""
    (assertion,) = facts("claims:\n  - {sum: 资金, whole: 9000万元, parts: [中央6000万元, 自筹3000万元]}\n").assertions

    assert [int(item.amount.number.value) for item in assertion.items] == [60_000_000, 30_000_000]


# -- role, year, scope, base


@pytest.mark.parametrize(
    ("keys", "role", "year"),
    [
        ("", "actual", 2020),
        (", year: 2015", "actual", 2015),
        (", year: 2020", "actual", 2020),
        (", year: 2021", "target", 2021),
        (", year: 2025", "target", 2025),
        (", year: 2030", "target", 2030),
        (", year: 2023, period: review", "actual", 2023),
        (", year: 2023, period: plan", "target", 2023),
        (", year: 2023, role: actual", "actual", 2023),
        (", role: target", "target", 2025),
        (", role: assigned", "assigned", 2025),
        (", role: baseline", "baseline", 2020),
        (", role: reference", "reference", 2020),
        (", role: actual", "actual", 2020),
        (", role: target, year: 2023", "target", 2023),
    ],
)
def test_role_and_year_default_as_the_manual_says(keys, role, year):
    """A year of the planned period means a target; a target without a year is for the last one."""
    found = figure(f"indicator: 婴儿死亡率, value: 3‰{keys}")

    assert (found.role, found.year) == (role, year)


def test_defaults_follow_the_head():
    """With a base year inside the period, years up to it are reached, not planned."""
    head = HEAD.replace("document", "baseline: 2022, document")
    found = figures(
        "indicator: 婴儿死亡率, value: 3‰",
        "indicator: 婴儿死亡率, value: 3‰, year: 2022",
        "indicator: 婴儿死亡率, value: 3‰, year: 2023",
        head=head,
    )

    assert [(f.role, f.year) for f in found] == [("actual", 2022), ("actual", 2022), ("target", 2023)]


def test_a_column_without_a_year_is_dated_by_its_role():
    """Targets and assigned values stand for the last year, the rest for the base year."""
    columns = "现状: actual, 基期: baseline, 目标: target, 下达: assigned, 全国: reference"
    cells = ", ".join(f"{heading}: 3‰" for heading in ("现状", "基期", "目标", "下达", "全国"))
    found = facts(f"tables: [{{id: t, columns: {{{columns}}}, rows: [{{indicator: 婴儿死亡率, {cells}}}]}}]\n")

    assert [(f.role, f.year, f.standing) for f in found.figures] == [
        ("actual", 2020, Standing.REPORTED),
        ("baseline", 2020, Standing.REPORTED),
        ("target", 2025, Standing.TARGET),
        ("assigned", 2025, Standing.ASSIGNED),
        ("reference", 2020, Standing.REFERENCE),
    ]


@pytest.mark.parametrize(
    ("scope", "expected"),
    [
        ("昆明市某区", ""),
        ("“昆明市某区”", ""),
        (" 昆明市 某区 ", ""),
        ("昆明市", "昆明市"),
        ("甲医院（东区）", "甲医院(东区)"),
        ("甲医院(东区)", "甲医院(东区)"),
        ("''", ""),
    ],
)
def test_a_scope_that_is_the_region_is_no_scope(scope, expected):
    """Scopes are compared as names are, and the plan's own region is what is meant without one."""
    assert figure(f"indicator: 婴儿死亡率, value: 3‰, scope: {scope}").topic == Topic("infant-mortality", expected, "")


def test_the_region_is_compared_as_scopes_are():
    """Brackets of another width in the head make no other region."""
    head = HEAD.replace("昆明市某区", "昆明市（某区）")

    assert figure("indicator: 婴儿死亡率, value: 3‰, scope: 昆明市(某区)", head=head).topic.scope == ""


@pytest.mark.parametrize(
    ("item", "base"),
    [
        ("indicator: 每千人口注册护士数, value: 3 人", ""),
        ("indicator: 每千常住人口注册护士数, value: 3 人", ""),
        ("indicator: 每千户籍人口注册护士数, value: 3 人", "户籍"),
        ("indicator: 每千人口注册护士数, value: 3 人, base: 户籍", "户籍"),
        ("indicator: 每千户籍人口注册护士数, value: 3 人, base: 常住", ""),
        ("indicator: 注册护士数, value: 3 人, base: 户籍", "户籍"),
    ],
)
def test_a_base_is_kept_unless_the_definition_counts_it_anyway(item, base):
    """每千常住人口 is 每千人口 where residents are meant; the file's word comes before the name's."""
    assert figure(item).topic.base == base


# -- units


def test_a_scale_in_the_name_is_counted():
    """每万人口 8.0 人 is 每千人口 0.8 人, each with its own rounding."""
    found = figures(
        "indicator: 每万人口公共卫生人员数, value: 8.0 人", "indicator: 每千人口公共卫生人员数, value: 0.8 人"
    )

    assert [f.value for f in found] == [Fraction(4, 5), Fraction(4, 5)]
    assert found[0].topic == found[1].topic
    assert [f.interval(Rounding.NEAREST) for f in found] == [
        Interval(Fraction("0.795"), Fraction("0.805")),
        Interval(Fraction("0.75"), Fraction("0.85")),
    ]
    assert [f.per for f in found] == [10_000, 1000]


def test_one_figure_in_two_scales_agrees():
    """Nothing is found where 8.0 per ten thousand stands beside 0.8 per thousand, and 10.0 contradicts it."""
    text = (
        "figures:\n  - {indicator: 每万人口公共卫生人员数, value: %s 人}\n"
        "  - {indicator: 每千人口公共卫生人员数, value: 0.8 人}\n"
    )

    assert findings(text % "8.0") == []
    assert findings(text % "10.0") == [
        ("PL401", "“每万人口公共卫生人员数” 2020 has 2 different values, 10.0 人 and 0.8 人")
    ]


def test_physicians_with_and_without_assistants_are_not_compared():
    """执业医师 and 执业（助理）医师 are different topics, and different values are no contradiction."""
    text = (
        "figures:\n  - {indicator: 每千人口执业医师数, value: 3.5 人}\n"
        "  - {indicator: 每千人口执业（助理）医师数, value: 4.1 人}\n"
    )

    assert len({f.topic for f in facts(text).figures}) == 2
    assert findings(text) == []


@pytest.mark.parametrize(
    ("item", "fit", "value"),
    [
        ("indicator: 婴儿死亡率, value: 3.5‰", Fit.FITS, Fraction(7, 2)),
        ("indicator: 婴儿死亡率, value: 3.5", Fit.ASSUMED, Fraction(7, 2)),
        ("indicator: 婴儿死亡率, value: 0.35％", Fit.OTHER_SCALE, Fraction(7, 2)),
        ("indicator: 婴儿死亡率, value: 350/10万", Fit.OTHER_SCALE, Fraction(7, 2)),
        ("indicator: 婴儿死亡率, value: 3.5 人", Fit.OTHER_DIMENSION, None),
        ("indicator: 婴儿死亡率, value: 3.5个百分点", Fit.OTHER_DIMENSION, None),
        ("indicator: 民营医院数, value: 43 家", Fit.FITS, Fraction(43)),
        ("indicator: 民营医院数, value: 43 所", Fit.FITS, Fraction(43)),
        ("indicator: 民营医院数, value: 43 张", Fit.OTHER_COUNTER, None),
        ("indicator: 常住人口数, value: 3.5 万人", Fit.FITS, Fraction(35_000)),
        ("indicator: 常住人口数, value: 3.5, unit: 万人", Fit.FITS, Fraction(35_000)),
        ("indicator: 每千人口注册护士数, value: 3.1 人", Fit.FITS, Fraction(31, 10)),
        ("indicator: 每千人口注册护士数, value: 3.1 名", Fit.FITS, Fraction(31, 10)),
        ("indicator: 每千人口注册护士数, value: 3.1 人/千人口", Fit.FITS, Fraction(31, 10)),
        ("indicator: 每千人口注册护士数, value: 31 人/万人", Fit.FITS, Fraction(31, 10)),
        ("indicator: 每千人口注册护士数, value: 3.1", Fit.ASSUMED, Fraction(31, 10)),
        ("indicator: 每万人口注册护士数, value: 31", Fit.ASSUMED, Fraction(31, 10)),
        ("indicator: 每千人口注册护士数, value: 3.1 张", Fit.OTHER_COUNTER, None),
        ("indicator: 每千人口注册护士数, value: 3.1‰", Fit.OTHER_DIMENSION, None),
        ("indicator: 业务用房面积, value: 886㎡", Fit.FITS, Fraction(886)),
        ("indicator: 医护比, value: 1∶1.15", Fit.FITS, Fraction(23, 20)),
        ("indicator: 医护比, value: 1:1.15", Fit.FITS, Fraction(23, 20)),
    ],
)
def test_a_unit_fits_or_it_does_not(item, fit, value):
    """What fits is turned into the indicator's unit exactly; what does not has no value."""
    found = figure(item)

    assert found.fit is fit
    assert found.is_measured == (value is not None)
    assert value is None or found.value == value


@pytest.mark.parametrize("value", ["3 张", "待定", "逐步提高", '"-"', "在2020基础上增加30%"])
def test_what_is_no_measured_number_has_no_interval(value):
    """Asking for it is an error of planlint, not of the plan."""
    found = figure(f"indicator: 注册护士数, value: {value}")

    assert not found.is_measured
    with pytest.raises(ValueError, match=r"no measured amount|no number in its indicator's unit"):
        found.interval(Rounding.NEAREST)


def test_a_count_per_people_is_its_density():
    """精神科医师数 4名/10万人: the unit says that a density is meant where the name does not."""
    found = figure("indicator: 精神科医师数, value: 4名/10万人")

    assert found.indicator.kind == "density"
    assert found.indicator.numerator == figure("indicator: 精神科医师数, value: 30 名").indicator.key
    assert found.value * found.indicator.unit.factor == Fraction(4, 100_000)


def test_whole_things_printed_in_ones_are_exact():
    """14240 张 is itself; 16.26 万人 stands for a range."""
    beds, people = figures("indicator: 医疗卫生机构床位数, value: 14240 张", "indicator: 常住人口数, value: 16.26 万人")

    assert beds.interval(Rounding.NEAREST) == Interval(Fraction(14240), Fraction(14240))
    assert people.interval(Rounding.NEAREST) == Interval(Fraction(162_550), Fraction(162_650))


@pytest.mark.parametrize(
    ("value", "kind", "text"),
    [
        ("1_000", None, "1_000"),
        ("no", Kind.WORDS, "no"),
        ("~", Kind.WORDS, "~"),
        ("012", Kind.VALUE, "012"),
        ("1:30", Kind.VALUE, "1:30"),
        ("3.10", Kind.VALUE, "3.10"),
        ("2020-13-45", None, "2020-13-45"),
        ("1e400", None, "1e400"),
    ],
)
def test_raw_characters_reach_the_reader_of_amounts(value, kind, text):
    """What YAML would have guessed is read as it was printed, or refused as it was printed."""
    found = facts(f"figures:\n  - {{indicator: 医护比, value: {value}}}\n")

    assert [(f.amount.kind, f.amount.text) for f in found.figures] == ([(kind, text)] if kind else [])
    assert len(found.faults) == (0 if kind else 1)


def test_places_behind_the_point_are_kept():
    """3.10 and 3.1 have one value and two precisions."""
    found = figures("indicator: 婴儿死亡率, value: 3.10‰", "indicator: 婴儿死亡率, value: 3.1‰")

    assert [(f.value, f.amount.number.quantum) for f in found] == [
        (Fraction(31, 10), Fraction(1, 100)),
        (Fraction(31, 10), Fraction(1, 10)),
    ]


# -- ids and mentions


@pytest.mark.parametrize(
    ("item", "id_"),
    [
        ("indicator: 婴儿死亡率, value: 3‰", "infant-mortality.2020.actual"),
        ("indicator: 婴儿死亡率, value: 3‰, year: 2025", "infant-mortality.2025.target"),
        ("indicator: 婴儿死亡率, value: 3‰, scope: 甲医院（东区）", "infant-mortality@甲医院(东区).2020.actual"),
        ("indicator: 每千户籍人口注册护士数, value: 3 人", "registered-nurses-density.户籍.2020.actual"),
        ("indicator: 婴儿死亡率, value: 3‰, id: imr", "imr"),
    ],
)
def test_an_id_is_made_of_what_the_figure_is_about(item, id_):
    """Indicator, scope, base, year and role; one written by hand stays."""
    assert figure(item).id == id_


def test_a_cell_has_its_table_in_its_id():
    """The same figure in two tables and in the body has three ids."""
    table = "  - {id: %s, columns: {2020: actual}, rows: [{indicator: 婴儿死亡率, 2020: 3‰}]}\n"
    text = f"tables:\n{table % '表1'}{table % '表2'}figures:\n  - {{indicator: 婴儿死亡率, value: 3‰}}\n"

    assert [f.id for f in facts(text).figures] == [
        "infant-mortality.2020.actual/表1",
        "infant-mortality.2020.actual/表2",
        "infant-mortality.2020.actual",
    ]


def test_ids_are_unique():
    """Repeated figures are numbered, and so are the cells of a row with an id of its own."""
    text = (
        "tables: [{id: t, columns: {2020: actual, 现状: {role: actual, year: 2020}},"
        " rows: [{id: r, indicator: 婴儿死亡率, 2020: 3‰, 现状: 3‰}]}]\n"
        "figures:\n" + "  - {indicator: 婴儿死亡率, value: 3‰}\n" * 3
    )

    assert [f.id for f in facts(text).figures] == [
        "r.2020.actual",
        "r.2020.actual~2",
        "infant-mortality.2020.actual",
        "infant-mortality.2020.actual~2",
        "infant-mortality.2020.actual~3",
    ]


ENTRIES = [
    "{indicator: 婴儿死亡率, value: 3.5‰, at: 1}",
    "{indicator: 婴儿死亡率, value: 3.9‰, scope: 甲医院, at: 2}",
    "{indicator: 婴儿死亡率, value: 4‰, year: 2025, at: 3}",
    "{indicator: 民营医院数, value: 43 家, at: 4}",
    "{indicator: 每千人口注册护士数, value: 3.1 人, at: 5}",
    "{indicator: 每千户籍人口注册护士数, value: 3.1 人, at: 6}",
    "{indicator: 婴儿夭折率, value: 3.1‰, at: 7}",
]


@settings(deadline=None)
@given(st.permutations(ENTRIES), st.integers(0, 5))
def test_ids_do_not_depend_on_order_or_lines(shuffled, blanks):
    """Other entries and blank lines around a figure leave its id alone."""

    def ids(entries, gap=""):
        found = facts("figures:\n" + "".join(f"{gap}  - {entry}\n" for entry in entries))
        return {f.mention.origin.lines: f.id for f in found.figures}

    assert ids(shuffled, "\n" * blanks) == ids(ENTRIES)
    assert ids(ENTRIES[2:3]).items() <= ids(ENTRIES).items()


def test_no_id_holds_a_line_number():
    """Neither the line of the file nor that of the document."""
    text = "# c\n" * 4711 + "figures:\n" + "".join(f"  - {e.replace('at: ', 'at: 9')}\n" for e in ENTRIES)

    ids = " ".join(f.id for f in facts(text).figures)
    assert sorted(set(re.findall(r"[0-9]+", ids))) == ["2020", "2025"]


def test_a_mention_carries_all_a_reader_needs():
    """Printed name and text, role, year, place in the file and in the document."""
    found = figure("indicator: 婴儿死亡率, value: 2.35%, at: 177, quote: 控制在2.35%").mention

    assert (found.id, found.indicator, found.role, found.year) == (
        "infant-mortality.2020.actual",
        "婴儿死亡率",
        "actual",
        2020,
    )
    assert (found.text, found.place.line, found.place.column) == ("2.35%", 4, 31)
    assert (found.origin.document, found.origin.lines, found.origin.quote) == ("ex.txt", (177,), "控制在2.35%")


@pytest.mark.parametrize(
    ("value", "unit", "shown"),
    [
        ("9.62", "人", "9.62 人"),
        ("80", '"%"', "80%"),
        ("3.5", "‰", "3.5‰"),
        ("10", "/10万", "10/10万"),
        ("9.62 人", "人", "9.62 人"),
        ("待定", "人", "待定"),
    ],
)
def test_a_cell_is_cited_with_the_unit_of_its_row(value, unit, shown):
    """A bare number takes the unit that stands away from it."""
    text = (
        f"tables: [{{id: t, columns: {{2020: actual}}, rows: [{{indicator: 医护比, unit: {unit}, 2020: {value}}}]}}]\n"
    )

    assert [f.mention.text for f in facts(text).figures] == [shown]


# -- what cannot be read

OTHERS = "  - {indicator: 民营医院数, value: 43 家}\n  - {indicator: 民营医院数, value: 44 家}\n"
SPOKEN = ("PL401", "“民营医院数” 2020 has 2 different values, 43 家 and 44 家")


@pytest.mark.parametrize(
    ("item", "expected"),
    [
        (
            'indicator: 婴儿死亡率, value: "3,52‰"',
            ("bad-amount", 2, 31, {"reason": "comma", "text": "3,52‰"}),
        ),
        (
            "indicator: 婴儿死亡率, value: ٣‰",
            ("bad-amount", 2, 31, {"reason": "not-an-amount", "text": "٣‰"}),
        ),
        (
            f"indicator: 婴儿死亡率, value: {'3' * 201}",
            ("bad-amount", 2, 31, {"reason": "too-long", "text": "3" * 60}),
        ),
        (
            f"indicator: 婴儿死亡率, value: {'3' * 31}",
            ("bad-amount", 2, 31, {"reason": "too-many-digits", "text": "3" * 31}),
        ),
        ("indicator: 婴儿死亡率, value: 3 kt", ("unknown-unit", 2, 31, {"text": "kt", "near": "t"})),
        ("indicator: 婴儿死亡率, value: 3 k人", ("unknown-unit", 2, 31, {"text": "k人", "near": "人"})),
        ("indicator: 婴儿死亡率, value: 3, unit: zz", ("unknown-unit", 2, 31, {"text": "zz", "near": ""})),
        (
            f"indicator: 婴儿死亡率, value: 3, unit: 人/{'9' * 5000}人口",
            ("unknown-unit", 2, 31, {"text": "人/" + "9" * 58, "near": ""}),
        ),
        ("indicator: 婴儿死亡率, value: 3 人/0人口", ("unknown-unit", 2, 31, {"text": "人/0人口", "near": "人口"})),
    ],
    ids=lambda value: value[:40] if isinstance(value, str) else "",
)
def test_an_unreadable_figure_is_one_fault_and_the_others_are_judged(item, expected):
    """Rules that would need it are silent; those about other figures are not."""
    text = f"figures:\n  - {{{item}}}\n{OTHERS}"
    heard = [finding for finding in findings(text) if not finding[0].startswith("PL0")]

    assert faults(text) == [expected]
    assert len(facts(text).figures) == 2
    assert heard == [SPOKEN]


def test_rules_that_need_an_unreadable_figure_are_silent():
    """With one of its terms unreadable an identity is neither confirmed nor denied."""
    text = (
        "figures:\n  - {indicator: 医疗卫生机构床位数, value: 6000 张}\n  - {indicator: 常住人口数, value: %s}\n"
        "  - {indicator: 每千人口医疗卫生机构床位数, value: 6.5 张}\n"
    )

    assert [rule for rule, _ in findings(text % "100 万人")] == ["PL301"]
    assert [rule for rule, _ in findings(text % "100 kt")] == ["PL026"]


# -- claims


def assertion(text):
    """The only assertion of a body."""
    (found,) = facts(text).assertions
    return found


def test_terms_are_amounts_in_place_or_figures_by_id():
    """A reference brings the figure with its unit; an amount has only itself."""
    found = assertion(
        "figures:\n  - {id: w, indicator: 民营医院数, value: 44 家}\n"
        "claims:\n  - {sum: 民营医院, whole: w, parts: [29 家, 1.4 万家, 15]}\n"
    )

    assert found.is_complete
    assert found.operands["whole"].figure.id == "w"
    assert found.operands["whole"].unit.name == "家"
    assert [(o.amount.text, o.figure, o.unit and o.unit.name) for o in found.items] == [
        ("29 家", None, "家"),
        ("1.4 万家", None, "家"),
        ("15", None, None),
    ]
    assert [o.interval(Rounding.NEAREST) for o in found.items] == [
        Interval(Fraction(29), Fraction(29)),
        Interval(Fraction(13_500), Fraction(14_500)),
        Interval(Fraction(15), Fraction(15)),
    ]


def test_a_derived_id_can_be_referred_to():
    """What planlint calls a figure in its reports names it in a claim, too."""
    found = assertion(
        "figures:\n  - {indicator: 民营医院数, value: 44 家}\n"
        "claims:\n  - {sum: 民营医院, whole: private-hospitals.2020.actual, parts: [29 家, 15 家]}\n"
    )

    assert found.operands["whole"].figure.id == "private-hospitals.2020.actual"


def test_a_figure_of_a_density_stands_without_its_counter():
    """A density without a unit has none as a term; another indicator has its own."""
    found = assertion(
        "figures:\n  - {id: a, indicator: 每千人口注册护士数, value: 3.1}\n"
        "  - {id: b, indicator: 民营医院数, value: 44}\n"
        "claims:\n  - {ratio: 甲, of: a, to: b, is: 3%}\n"
    )

    assert (found.operands["of"].unit, found.operands["to"].unit.name) == (None, "家")


BAD_TERMS = {
    "unknown id": ("whole: hospital", ("unknown-reference", 2, 22, {"text": "hospital"})),
    "unknown unit": ("whole: 44 kt", ("unknown-unit", 2, 22, {"text": "kt", "near": "t"})),
    "bad amount": ('whole: "4,4 家"', ("bad-amount", 2, 22, {"reason": "comma", "text": "4,4 家"})),
    "long id": ("whole: " + "x" * 100, ("unknown-reference", 2, 22, {"text": "x" * 60})),
}


@pytest.mark.parametrize(("term", "expected"), BAD_TERMS.values(), ids=BAD_TERMS)
def test_a_term_that_cannot_be_read_is_one_fault_and_the_claim_is_silent(term, expected):
    """The claims beside it are judged."""
    text = (
        f"claims:\n  - {{sum: 医院, {term}, parts: [29 家, 14 家]}}\n"
        "  - {sum: 院, whole: 9 家, parts: [1 家, 2 家]}\n"
    )
    heard = [finding for finding in findings(text) if not finding[0].startswith("PL0")]

    assert faults(text) == [expected]
    assert [a.is_complete for a in facts(text).assertions] == [False, True]
    assert heard == [("PL501", "“院” is printed 9 家 in all, but its 2 parts add up to 3 家, a gap of 6 家")]


def test_a_reference_to_an_unreadable_figure_is_no_second_fault():
    """The figure is reported where it stands, and the claim is silent."""
    text = (
        "figures:\n  - {id: w, indicator: 民营医院数, value: 44 kt}\n"
        "claims:\n  - {sum: 医院, whole: w, parts: [29 家, 14 家]}\n"
    )

    assert [kind for kind, *_ in faults(text)] == ["unknown-unit"]
    assert not assertion(text).is_complete
    assert [rule for rule, _ in findings(text)] == ["PL026"]


def test_words_of_a_claim_are_not_read_as_amounts():
    """高于, 提前实现 and a state are words; dates are dates."""
    found = facts(
        "claims:\n  - {comparison: 甲, left: 78.42 岁, is: 高于, right: 全省, by: 4.4 岁}\n"
        "  - {verdict: 甲, value: 80 岁, goal: 78岁, is: 提前实现}\n"
        '  - {dates: 甲, start: "2021.12", end: "2025.12", state: 新建}\n'
        "  - {list: 甲, count: 7 家, items: [第一医院, yunnan hospital]}\n"
    )

    assert found.faults == ()
    assert [sorted(a.operands) for a in found.assertions] == [["by", "left", "right"], ["goal", "value"], [], ["count"]]


def test_claims_have_ids_of_their_own():
    """Kind and subject, numbered where they are alike; one written by hand stays."""
    text = "claims:\n" + "".join(
        f"  - {{conversion: {subject}, value: 1 米, is: 1 米{more}}}\n"
        for subject, more in (("用地（面积）", ""), ("用地(面积)", ""), ("用地", ", id: c"))
    )

    assert [a.id for a in facts(text).assertions] == ["conversion.用地(面积)", "conversion.用地(面积)~2", "c"]


# -- projects


def test_projects_become_figures_and_a_sum():
    """Each cost is an investment planned for its project, and the total is judged against them."""
    text = (
        'projects:\n  - id: 附表\n    unit: 万元\n    total: "310"\n    count: "2"\n    rows:\n'
        "      - {project: 甲项目, cost: 100}\n      - {project: 乙项目, cost: 200}\n"
    )
    found = facts(text)

    assert [(f.id, f.value, f.unit.name) for f in found.figures] == [
        ("project-investment@甲项目.2025.target/附表", Fraction(1_000_000), "元"),
        ("project-investment@乙项目.2025.target/附表", Fraction(2_000_000), "元"),
    ]
    assert [(a.id, a.is_complete) for a in found.assertions] == [
        ("sum.附表项目总投资", True),
        ("list.附表项目数", True),
    ]
    assert findings(text) == [
        (
            "PL501",
            "“附表 项目总投资” is printed 310万元 in all, but its 2 parts add up to 300 万元, a gap of 10 万元",
        )
    ]
    assert findings(text.replace("310", "300")) == []


# -- indicators of the plan's own

LOCAL = "indicators:\n  - {key: local-kits, name: 家庭药箱数, unit: 套, kind: count, polarity: higher, whole: true}\n"


def test_a_local_indicator_works_like_any_other():
    """It is found by its name and judged by the same rules, in this plan alone."""
    text = "figures:\n  - {indicator: 家庭药箱数, value: 40 套}\n  - {indicator: 家庭药箱数, value: 41 套}\n"

    assert [(f.id, f.value) for f in facts(LOCAL + text).figures] == [
        ("local-kits.2020.actual", 40),
        ("local-kits.2020.actual~2", 41),
    ]
    assert findings(LOCAL + text) == [("PL401", "“家庭药箱数” 2020 has 2 different values, 40 套 and 41 套")]
    assert faults(text) == [("unknown-indicator", 2, 17, {"name": "家庭药箱数", "near": ""})]


def test_a_name_that_no_catalogue_has_is_compared_with_itself():
    """Its name and its unit are enough to compare what two places print; what it says is one severity milder."""
    text = (
        "figures:\n  - {id: kits, indicator: 家庭药箱数, value: 40 套}\n  - {indicator: 家庭药箱数（套）, value: 41}\n"
        "claims:\n  - {sum: 药箱, whole: kits, parts: [20 套, 21 套]}\n"
    )
    outcome = ENGINE.judge(Source("p.yaml", HEAD + text))

    assert sorted((f.rule, f.severity.word) for f in outcome.findings if f.rule != "PL031") == [
        ("PL027", "info"),
        ("PL401", "warning"),
        ("PL501", "error"),
    ]


@pytest.mark.parametrize(
    ("name", "unit", "polarity", "kind"),
    [
        ("某某疫苗接种率", "%", "higher", "share"),
        ("某某班毛入园率", "%", "higher", "quantity"),
        ("设置某某科的比例", "%", "higher", "quantity"),
        ("某某占比", "%", "none", "quantity"),
        ("某某支出占比", "%", "none", "quantity"),
        ("某某热发病率", "/100万", "lower", "quantity"),
        ("居民死因监测报告死亡率", "‰", "none", "quantity"),
        ("孕产妇死亡率下降率", "%", "none", "quantity"),
        ("药箱空置率", "%", "none", "quantity"),
        ("家庭药箱数", "套", "none", "count"),
        ("每户药箱数", "套", "none", "quantity"),
        ("药箱投入", "万元", "none", "money"),
    ],
)
def test_what_a_name_says_of_an_unlisted_indicator(name, unit, polarity, kind):
    """The end of a name tells the direction only where it leaves no doubt."""
    (figure,) = facts(f'figures:\n  - {{indicator: {name}, value: "40{unit}"}}\n').figures

    assert figure.indicator.is_unlisted
    assert (figure.indicator.polarity, figure.indicator.kind) == (polarity, kind)


def test_a_slip_in_a_name_is_asked_about_by_itself():
    """One letter wrong is a slip of the pen; 小学 for 中学 is another thing."""
    text = "figures:\n  - {indicator: 孕产妇住院分晚率, value: 99%}\n  - {indicator: 家庭药箱数, value: 40 套}\n"
    text += "  - {indicator: 中学生近视率, value: 50%}\n"
    named = "家庭药箱数”、“中学生近视率"

    assert faults(text) == [
        ("unknown-indicator", 2, 17, {"name": "孕产妇住院分晚率", "near": "孕产妇住院分娩率"}),
        ("unknown-indicator", 3, 17, {"name": named, "near": ""}),
    ]


def test_a_local_density_is_tied_to_the_catalogue():
    """Numerator and denominator may be the catalogue's or the plan's own, if they stand above."""
    text = (
        LOCAL
        + "  - {key: local-kits-density, name: 每千人口家庭药箱数, unit: 套/千人口, kind: density, polarity: higher,\n"
        "     numerator: local-kits, denominator: resident-population}\n"
        "figures:\n  - {indicator: 家庭药箱数, value: 6000 套}\n  - {indicator: 常住人口数, value: 100 万人}\n"
        "  - {indicator: 每千人口家庭药箱数, value: 6.5 套}\n"
    )

    assert [rule for rule, _ in findings(text)] == ["PL301"]
    assert findings(text.replace("6.5 套", "6.0 套")) == []


def test_a_local_count_per_people_is_its_local_density():
    """4套/10万人 of a plan's own count is its own density."""
    text = (
        LOCAL
        + "  - {key: local-kits-density, name: 每千人口家庭药箱数, unit: 套/千人口, kind: density, polarity: higher,\n"
        "     numerator: local-kits, denominator: resident-population}\n"
        "figures: [{indicator: 家庭药箱数, value: 4套/10万人}]\n"
    )

    assert [(f.indicator.key, f.value) for f in facts(text).figures] == [("local-kits-density", Fraction(1, 25))]


BAD_LOCAL = {
    "no prefix": (
        "{key: kits, name: 药箱数, unit: 套, kind: count, polarity: higher}",
        (11, "the key of a plan's own indicator begins with 'local-'"),
    ),
    "no kind": ("{key: local-a, name: 药箱数, unit: 套, polarity: higher}", (5, "missing key 'kind'")),
    "unknown unit": (
        "{key: local-a, name: 药箱数, unit: zz, kind: count, polarity: higher}",
        (37, "unknown unit 'zz'"),
    ),
    "unit of nothing": (
        "{key: local-a, name: 药箱数, unit: 套/0人口, kind: density, polarity: higher}",
        (37, "unknown unit '套/0人口'; did you mean '人口'?"),
    ),
    "unit of many digits": (
        f"{{key: local-a, name: 药箱数, unit: 套/{'9' * 5000}人口, kind: density, polarity: higher}}",
        (37, f"unknown unit '套/{'9' * 584}…{'9' * 197}人口'"),
    ),
    "blank name": (
        "{key: local-a, name: '', unit: 套, kind: count, polarity: higher}",
        (5, "'' is no name"),
    ),
    "name of the catalogue": (
        "{key: local-a, name: 民营医院数, unit: 家, kind: count, polarity: higher}",
        (5, "'民营医院数' names both 'private-hospitals' and 'local-a'"),
    ),
    "key given twice": (
        "{key: local-b, name: 药箱数, unit: 套, kind: count, polarity: higher}",
        (5, "two indicators have the key 'local-b'"),
    ),
    "part of itself": (
        "{key: local-a, name: 药箱数, unit: 套, kind: count, polarity: higher, part_of: local-a}",
        (5, "'local-a' refers to 'local-a', which is no indicator's key"),
    ),
    "part of nothing": (
        "{key: local-a, name: 药箱数, unit: 套, kind: count, polarity: higher, part_of: zz}",
        (5, "'local-a' refers to 'zz', which is no indicator's key"),
    ),
    "unknown key": (
        "{key: local-a, nam: 药箱数, unit: 套, kind: count, polarity: higher}",
        (20, "unknown key 'nam'; did you mean 'name'?"),
    ),
    "repeated key": ("{key: local-a, key: local-a}", (20, "duplicate key: key key")),
    "merge key": ("{<<: {key: local-a}}", (6, "forbidden: what <<, text <<")),
    "list as a key": ("{[a]: b}", (6, "shape: expected key, found list, where mapping")),
}


@pytest.mark.parametrize(("item", "expected"), BAD_LOCAL.values(), ids=BAD_LOCAL)
def test_a_bad_local_indicator_is_a_finding_and_the_others_work(item, expected):
    """A plan is data: its indicators are reported, never fatal."""
    text = (
        "indicators:\n  - {key: local-b, name: 乙, unit: 套, kind: count, polarity: higher}\n"
        f"  - {item}\n  - {{key: local-c, name: 丙, unit: 套, kind: count, polarity: higher}}\n"
        "figures:\n  - {indicator: 乙, value: 1 套}\n  - {indicator: 丙, value: 1 套}\n"
    )
    column, problem = expected

    assert faults(text) == [("bad-indicator", 3, column, {"problem": problem})]
    assert [f.id for f in facts(text).figures] == ["local-b.2020.actual", "local-c.2020.actual"]


def test_local_indicators_never_reach_the_next_plan():
    """One engine judges many plans, each with its own indicators."""
    facts(LOCAL)

    assert LOOKUPS.find("家庭药箱数") is None


def test_lookups_forget_when_they_hold_too_much():
    """A plan of endless names does not fill the memory; what is found stays the same."""
    lookups = Lookups(LOOKUPS.catalogue)
    lookups.LIMIT = 10
    names = [f"无{i}" for i in range(50)]

    assert [lookups.find(name) for name in names] == [None] * 50
    assert lookups.find("婴儿死亡率") == LOOKUPS.find("婴儿死亡率")


# -- what came later: products, sequences, series, names of indicators, references


def test_factors_and_series_are_amounts_and_names_are_not():
    """The items of a product or a change are looked up; those of a list or a sequence are words and marks."""
    found = facts(
        "figures: [{id: per-home, indicator: 民营医院数, year: 2020, value: 5 家}]\n"
        "claims:\n"
        "  - {product: 床位, factors: [per-home, 100 张], is: 500 张}\n"
        "  - {change: 婴儿死亡率, verb: 连续下降, series: [5‰, 4.5‰], years: 2 年}\n"
        "  - {sequence: 表1, items: [1, 甲, 4]}\n"
        "  - {list: 医院, items: [甲, 乙], against: [乙]}\n"
    )
    product, change, sequence, listed = found.assertions

    assert found.faults == ()
    assert [(i.amount.number.value, i.figure and i.figure.id) for i in product.items] == [(5, "per-home"), (100, None)]
    assert [i.amount.number.value for i in change.items] == [5, Fraction("4.5")]
    assert sorted(change.operands) == ["years"]
    assert (sequence.items, sequence.operands, listed.items, listed.operands) == ((), {}, (), {})
    assert all(a.is_complete for a in found.assertions)


@pytest.mark.parametrize(
    "item", ["{product: 甲, factors: [nowhere, 3 家], is: 9 家}", "{change: 甲, series: [3 家, nowhere]}"]
)
def test_a_factor_that_is_not_there_is_a_fault(item):
    """A claim with a term missing is not judged."""
    (found,) = facts(f"claims:\n  - {item}\n").assertions

    assert [fault[0] for fault in faults(f"claims:\n  - {item}\n")] == ["unknown-reference"]
    assert not found.is_complete
    assert len(found.items) == 1


@pytest.mark.parametrize(
    ("subject", "key"), [("婴儿死亡率", "infant-mortality"), ("婴儿 死亡率", "infant-mortality"), ("用地", None)]
)
def test_a_claim_knows_the_indicator_that_it_names(subject, key):
    """The subject is looked up as a name of the catalogue; anything else is no fault."""
    found = assertion(f"claims: [{{change: {subject}, from: 5‰, to: 4‰}}]\n")

    assert (found.indicator and found.indicator.key) == key


def test_verdict_columns_become_assertions():
    """Value and goal carry the unit of the row; the words stay words."""
    found = facts(
        "tables:\n  - id: t\n    columns: {2020: actual, 目标: {role: target, year: 2020}, 完成情况: verdict}\n"
        "    rows: [{indicator: 婴儿死亡率, unit: ‰, 2020: 2.35, 目标: 6.9, 完成情况: 达成, at: 3}]\n"
    )
    (verdict,) = found.assertions

    assert {key: (o.amount.number.value, o.unit.name) for key, o in verdict.operands.items()} == {
        "value": (Fraction("2.35"), "‰"),
        "goal": (Fraction("6.9"), "‰"),
    }
    assert (verdict.claim.terms["is"].text, verdict.indicator.key) == ("达成", "infant-mortality")


def test_references_come_with_the_facts():
    """The plans that a plan is held against are kept in their order."""
    above = facts("figures: [{indicator: 民营医院数, value: 3 家}]\n")
    root, found = tree.parse(HEAD, FILE)
    stated = plan.read(root, FILE, found)

    assert derive(stated, LOOKUPS, found, [above]).references == (above,)
    assert above.references == ()


COUNTY = (
    "planlint: 1\nplan: {id: ex, title: 示例, region: 某县, "
    "within: [某市, 某省], period: 2021-2025, document: ex.txt}\n"
)


@pytest.mark.parametrize(
    ("name", "scope", "base", "shown"),
    [
        ("婴儿死亡率（‰）", "", "", "3.1‰"),
        ("全县婴儿死亡率（‰）", "", "", "3.1‰"),
        ("辖区婴儿死亡率（‰）", "", "", "3.1‰"),
        ("全市婴儿死亡率（‰）", "某市", "", "3.1‰"),
        ("我省婴儿死亡率（‰）", "某省", "", "3.1‰"),
        ("全国婴儿死亡率（‰）", "全国", "", "3.1‰"),
        ("户籍婴儿死亡率（‰）", "", "户籍", "3.1‰"),
        ("婴儿死亡率", "", "", "3.1"),
    ],
)
def test_a_name_may_carry_unit_region_and_population(name, scope, base, shown):
    """What the row does not say is taken from the name; 全市 in a county's plan is the city above it."""
    found = figure(f"indicator: {name}, year: 2020, value: 3.1, at: 1", head=COUNTY)

    assert (found.topic, found.mention.text) == (Topic("infant-mortality", scope, base), shown)


def test_the_unit_of_the_row_comes_before_that_of_the_name():
    """A unit of one's own is what was meant to be read."""
    assert figure("indicator: 婴儿死亡率（%）, unit: ‰, year: 2020, value: 3.1, at: 1").mention.text == "3.1‰"


@pytest.mark.parametrize(
    ("item", "fit"),
    [
        ("indicator: 甲乙类传染病发病率, value: 155 人/10万人", Fit.FITS),
        ("indicator: 甲乙类传染病发病率, value: 155例/10万", Fit.FITS),
        ("indicator: 婴儿死亡率, value: 155 人/10万人", Fit.OTHER_SCALE),
        ("indicator: 人均基本公共卫生服务经费, value: 89元/人·年", Fit.FITS),
        ("indicator: 每10万人口精神科执业（助理）医师数, value: 3.5/10万", Fit.FITS),
        ("indicator: 每千人口床位数, value: 6.5%", Fit.OTHER_DIMENSION),
    ],
)
def test_units_that_name_what_is_counted_fit(item, fit):
    """Cases per 100,000 people are a rate per 100,000, money a head is money."""
    assert figure(f"{item}, year: 2020, at: 1").fit is fit


def test_an_entry_that_is_no_yaml_takes_its_id_along():
    """What refers to it is not blamed: the entry is, once. A reference to nothing is blamed where all can be read."""
    broken = "figures:\n  - {id: beds, indicator: 医疗卫生机构床位数, year: 2020, value: >3 张}\n"
    claim = "claims:\n  - {sum: 床位, whole: beds, parts: [1 张, 2 张]}\n"

    assert [fault[0] for fault in faults(broken + claim)] == ["bare-bound"]
    assert [fault[0] for fault in faults(claim)] == ["unknown-reference"]


@pytest.mark.parametrize(
    ("count", "text"),
    [("m-towns", "10个"), ("10个", "10个"), ("m-none", "m-none")],
)
def test_a_claim_shows_the_amount_of_the_figure_that_it_names(count, text):
    """Nobody prints an id: a report that quotes the claim quotes what the document says."""
    stated = (
        "figures:\n  - {indicator: 街道办事处数, value: 10个, year: 2020, id: m-towns, at: 1}\n"
        f"claims:\n  - {{list: 街道办事处, count: {count}, items: [碧鸡, 金碧]}}\n"
    )
    assert [assertion.mention.text for assertion in facts(stated).assertions] == [text]
