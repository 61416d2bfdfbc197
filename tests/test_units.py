"""The closed table of units: what pint says of each, what each printed name means, and what is unknown."""

from collections import Counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from planlint import units
from planlint.exact import Fraction
from planlint.units import PRINTED, Unit, UnknownUnit, compile_table, fold, is_counter, is_known, unit_of


@pytest.fixture(scope="module")
def table():
    """What pint says, once for all tests."""
    return compile_table()


COUNTED_NOUNS = (
    "person resident household birth visit case operation time bed item institution facility room team set machine "
    "vehicle entry kind strip seat building storey spot piece document group village town course certificate "
    "percentage_point score grade event dose bed_day"
).split()
MEASURES = {
    "yuan": ({"money": 1}, "1"),
    "year": ({"duration": 1}, "1"),
    "month": ({"duration": 1}, "1/12"),
    "day": ({"day": 1}, "1"),
    "week": ({"day": 1}, "7"),
    "hour": ({"day": 1}, "1/24"),
    "minute": ({"day": 1}, "1/1440"),
    "second": ({"day": 1}, "1/86400"),
    "metre": ({"length": 1}, "1"),
    "kilometre": ({"length": 1}, "1000"),
    "centimetre": ({"length": 1}, "1/100"),
    "square_metre": ({"length": 2}, "1"),
    "square_kilometre": ({"length": 2}, "1000000"),
    "hectare": ({"length": 2}, "10000"),
    "mu": ({"length": 2}, "2000/3"),
    "gram": ({"mass": 1}, "1"),
    "kilogram": ({"mass": 1}, "1000"),
    "tonne": ({"mass": 1}, "1000000"),
    "milligram": ({"mass": 1}, "1/1000"),
    "microgram": ({"mass": 1}, "1/1000000"),
    "litre": ({"volume": 1}, "1"),
    "millilitre": ({"volume": 1}, "1/1000"),
    "cubic_metre": ({"volume": 1}, "1000"),
    "percent": ({}, "1/100"),
    "permille": ({}, "1/1000"),
    "per_ten_thousand": ({}, "1/10000"),
    "per_hundred_thousand": ({}, "1/100000"),
    "per_million": ({}, "1/1000000"),
    "fold": ({}, "1"),
    "ratio": ({}, "1"),
    "permille_point": ({"percentage_point": 1}, "1/10"),
}


def test_every_unit_has_the_right_dimension_and_factor(table):
    """pint computes each unit exactly; a counted noun is the base unit of a dimension of its own."""
    expected = {name: (tuple(powers.items()), Fraction(factor)) for name, (powers, factor) in MEASURES.items()}
    expected |= {noun: (((noun, 1),), Fraction(1)) for noun in COUNTED_NOUNS}
    assert table == expected


def test_every_factor_is_an_exact_fraction(table):
    """No factor has passed through a float: a 亩 is 2000/3 square metres, not 666.67."""
    assert {type(factor) for _, factor in table.values()} == {Fraction}
    assert table["mu"] == ((("length", 2),), Fraction(2000, 3))


@pytest.mark.parametrize(
    ("text", "name", "dimension", "factor"),
    [
        ("人", "人", {"person": 1}, "1"),
        ("名", "人", {"person": 1}, "1"),
        ("人口", "人口", {"resident": 1}, "1"),
        ("张床位", "张", {"bed": 1}, "1"),
        ("家", "家", {"institution": 1}, "1"),
        ("元", "元", {"money": 1}, "1"),
        ("户", "户", {"household": 1}, "1"),
        ("活产", "活产", {"birth": 1}, "1"),
        ("亩", "亩", {"length": 2}, "2000/3"),
        ("m2", "平方米", {"length": 2}, "1"),
        ("公顷", "公顷", {"length": 2}, "10000"),
        ("千米", "公里", {"length": 1}, "1000"),
        ("公斤", "千克", {"mass": 1}, "1000"),
        ("%", "%", {}, "1/100"),
        ("‰", "‰", {}, "1/1000"),
        ("/千", "‰", {}, "1/1000"),
        ("/万", "/万", {}, "1/10000"),
        ("/10万", "/10万", {}, "1/100000"),
        ("/十万", "/10万", {}, "1/100000"),
        ("1/10万", "/10万", {}, "1/100000"),
        ("每十万", "/10万", {}, "1/100000"),
        ("/百万", "/百万", {}, "1/1000000"),
        ("倍", "倍", {}, "1"),
        ("百分点", "百分点", {"percentage_point": 1}, "1"),
        ("个百分点", "百分点", {"percentage_point": 1}, "1"),
        ("张/千人口", "张/千人口", {"bed": 1, "resident": -1}, "1/1000"),
        ("床位/千人口", "张/千人口", {"bed": 1, "resident": -1}, "1/1000"),
        ("张/1000人口", "张/1000人口", {"bed": 1, "resident": -1}, "1/1000"),
        ("人/万人口", "人/万人口", {"person": 1, "resident": -1}, "1/10000"),
        ("名/10万人口", "人/10万人口", {"person": 1, "resident": -1}, "1/100000"),
        ("个/百万人口", "个/百万人口", {"item": 1, "resident": -1}, "1/1000000"),
        ("元/人", "元/人", {"money": 1, "person": -1}, "1"),
        ("元/年", "元/年", {"duration": -1, "money": 1}, "1"),
        ("人/千人", "人/千人", {}, "1/1000"),
        ("平方米/张", "平方米/张", {"bed": -1, "length": 2}, "1"),
        ("元/亩", "元/亩", {"length": -2, "money": 1}, "3/2000"),
    ],
)
def test_a_printed_name_gives_its_unit(table, text, name, dimension, factor):
    """A name of the table, or one such name per so many of another, gives its dimension and its exact factor."""
    assert unit_of(text, table) == Unit(name, tuple(dimension.items()), Fraction(factor))


def test_counted_things_are_never_added(table):
    """Persons, beds, items, institutions, money, households, births, residents and points differ in dimension."""
    nouns = "人 张 个 家 元 户 活产 人口 人次 所 套 台 项 百分点".split()
    assert len({unit_of(noun, table).dimension for noun in nouns}) == len(nouns)


def test_a_percentage_point_is_no_percent(table):
    """A difference between two percentages is not a percentage."""
    point, percent = unit_of("个百分点", table), unit_of("%", table)
    assert (point.dimension, percent.dimension) == ((("percentage_point", 1),), ())
    assert (point.is_scale, percent.is_scale) == (False, True)


def test_a_density_is_no_scale(table):
    """Persons per thousand residents are no permille."""
    assert (unit_of("人/千人口", table).is_scale, unit_of("‰", table).is_scale) == (False, True)


def test_the_scales(table):
    """%, ‰ and the rates per so many are scales of a pure number; 倍 and 比 are not."""
    assert {unit_of(text, table).name for text in PRINTED if unit_of(text, table).is_scale} == {
        "%",
        "‰",
        "/万",
        "/10万",
        "/百万",
    }


@pytest.mark.parametrize(
    ("text", "counts"),
    [
        ("人", True),
        ("张", True),
        ("人次", True),
        ("村", True),
        ("元", False),
        ("岁", False),
        ("平方米", False),
        ("%", False),
        ("个百分点", False),
        ("张/千人口", False),
    ],
)
def test_what_counts_whole_things(table, text, counts):
    """People, beds and the like come in whole numbers; money, time, area, shares and densities do not."""
    assert is_counter(unit_of(text, table)) is counts


def test_no_name_is_ambiguous():
    """Each printed name stands for one unit only, and is written as folding leaves it."""
    printed = Counter(word for words in units._NAMES.values() for word in words.split())
    assert [word for word, times in printed.items() if times > 1] == []
    assert set(printed) == set(PRINTED)
    assert [word for word in PRINTED if fold(word) != word] == []


def test_no_name_is_also_a_number_of_another():
    """No name begins with a multiplier that would leave another name, lengths and masses in thousands apart."""
    readable = {(many + rest) for many in units.MULTIPLIERS for rest in PRINTED}
    assert sorted(readable & set(PRINTED)) == ["千克", "千米"]


def test_every_printed_name_is_known(table):
    """Every name of the table is known and has a canonical name with the same dimension and factor."""
    for text in PRINTED:
        unit = unit_of(text, table)
        assert is_known(text)
        assert unit_of(unit.name, table) == unit


@pytest.mark.parametrize(
    ("text", "near"),
    [
        ("k人", "人"),
        ("m人", "人"),
        ("万人", "人"),
        ("万万人", "人"),
        ("个百分", "个百分点"),
        ("平方公理", "平方公里"),
        ("℃", ""),
        ("‽", ""),
        ("kt", "t"),
        ("人/0人口", "人口"),
        ("人/01人口", "人口"),
        ("人/" + "1" * 5000 + "人口", ""),
        ("人" * 100_000, ""),
        ("9**9**9", ""),
        ("人\u202e", "人"),
    ],
)
def test_an_unknown_unit_is_refused_with_the_nearest_name(table, text, near):
    """What is outside the closed table is no unit; a similar name is suggested where there is one."""
    assert not is_known(text)
    with pytest.raises(UnknownUnit) as refused:
        unit_of(text, table)
    assert (refused.value.text, refused.value.near) == (text, near)


@pytest.mark.parametrize(
    "text", ["", "/", "人/", "/人", "人/千", "人//千人", "元/人/年", "千人", "5人", "人口/人口/人口"]
)
def test_a_unit_has_at_most_one_slash_and_a_name_on_both_sides(table, text):
    """A missing name, a multiplier in front and a second slash make no unit."""
    assert not is_known(text)
    with pytest.raises(UnknownUnit) as refused:
        unit_of(text, table)
    assert refused.value.text == text


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("％", "%"),
        (" 平方米 ", "平方米"),
        ("㎡", "m2"),
        ("m²", "m2"),
        ("m³", "m3"),
        ("㎞", "km"),
        ("／10万", "/10万"),
        ("台（套）", "台(套)"),
        ("万\u3000元", "万元"),
        ("μg", "μg"),
        ("㎍", "μg"),
    ],
)
def test_folding(text, folded):
    """Width, spaces and raised digits make no difference to a unit."""
    assert fold(text) == folded


@settings(deadline=None)
@given(st.text(st.sampled_from([*"人张个家元/千万百十0123456789%‰口米"]), max_size=8))
def test_known_units_are_those_that_can_be_built(text):
    """What is_known accepts can be built, with a factor above zero; what it refuses cannot."""
    try:
        unit = unit_of(text, compiled())
    except UnknownUnit:
        assert not is_known(text)
    else:
        assert is_known(text)
        assert unit.factor > 0


def compiled(cache={}):  # noqa: B006 - one table for all examples
    """Return the table, computed once."""
    if not cache:
        cache.update(compile_table())
    return cache
