"""The catalogue: reading indicators strictly, and finding them by their printed names."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from planlint import cache, catalogue, names, units
from planlint.catalogue import KINDS
from planlint.exact import Fraction
from planlint.source import Malformed

FILE = "rules/catalogue/x.yaml"
KNOWN = cache.load().catalogue
TABLE = KNOWN.unit_table


def read(text, **more):
    """The catalogue of one file, and of others by their names."""
    files = [(FILE, text.encode()), *((name, content.encode()) for name, content in more.items())]
    return catalogue.read(files, TABLE)


def indicator(**changed):
    """One indicator as a line of a file."""
    keys = {
        "key": "beds",
        "name": "{zh: 床位数, en: Beds}",
        "kind": "count",
        "unit": "张",
        "polarity": "higher",
    } | changed
    return "  - {" + ", ".join(f"{key.rstrip('_')}: {value}" for key, value in keys.items() if value) + "}\n"


def file_of(*lines):
    """A catalogue file."""
    return "catalogue: 1\nindicators:\n" + "".join(lines)


def complaint(*lines):
    """What is said of a bad catalogue."""
    with pytest.raises(Malformed) as caught:
        read(file_of(*lines))
    return str(caught.value).removeprefix(f"{FILE}:")


PEOPLE = indicator(key="people", name="{zh: 人口数, en: People}", unit="人口")
DENSITY = indicator(
    key="beds-density",
    name="{zh: 每千人口床位数, en: Beds per 1000}",
    kind="density",
    unit="张/千人口",
    numerator="beds",
    denominator="people",
    bounds="[0, 60]",
    typical="[2, null]",
    aliases="[每千人口拥有病床]",
    also="[床, 张]",
    source="《制度》",
    note="注",
)


def test_an_indicator_is_read_with_all_its_keys():
    """Every key of the file has its field; the scale comes from the name."""
    found = read(file_of(indicator(whole="true"), PEOPLE, DENSITY)).by_key["beds-density"]

    assert (found.name.zh, found.name.en, found.aliases) == ("每千人口床位数", "Beds per 1000", ("每千人口拥有病床",))
    assert (found.kind, found.polarity, found.whole) == ("density", "higher", False)
    assert (found.unit.name, found.unit.dimension) == ("张/千人口", (("bed", 1), ("resident", -1)))
    assert found.unit.factor == Fraction(1, 1000)
    assert [unit.name for unit in found.accepts] == ["张/千人口", "张"]
    assert found.bounds == (Fraction(0), Fraction(60))
    assert found.typical == (Fraction(2), None)
    assert (found.numerator, found.denominator, found.part_of) == ("beds", "people", "")
    assert (found.source, found.note, found.per) == ("《制度》", "注", 1000)


def test_absent_keys_are_empty():
    """Only key, name, kind, unit and polarity are needed; one name serves both languages."""
    found = read(file_of(indicator(name="床位数"))).by_key["beds"]

    assert (found.name.zh, found.name.en) == ("床位数", "床位数")
    assert (found.aliases, found.bounds, found.typical) == ((), (None, None), (None, None))
    assert (found.whole, found.numerator, found.denominator, found.part_of) == (False, "", "", "")
    assert (found.source, found.note, found.per) == ("", "", 1)
    assert [unit.name for unit in found.accepts] == ["张"]


@pytest.mark.parametrize(
    ("changed", "blamed", "problem"),
    [
        ({"key": "Beds"}, "Beds", "'Beds' is no key: small ASCII letters, digits and hyphens"),
        ({"key": "床"}, "床,", "'床' is no key: small ASCII letters, digits and hyphens"),
        ({"key": ""}, "{", "missing key 'key'"),
        ({"name": ""}, "{", "missing key 'name'"),
        ({"name": "{zh: 床位数}"}, "{zh", "missing key 'en'"),
        ({"name": "[床]"}, "[床]", "'name' must be a mapping"),
        ({"name": "'“”'"}, "{", "'“”' is no name"),
        ({"aliases": "['']"}, "{", "'' is no name"),
        ({"aliases": "病床"}, "病床", "'aliases' must be a list"),
        (
            {"kind": "number"},
            "number",
            "'kind' must be one of count, density, share, rate, duration, money, area, growth, quantity; "
            "found 'number'",
        ),
        ({"unit": "zz"}, "zz", "unknown unit 'zz'"),
        ({"unit": "''"}, "''", "unknown unit ''"),
        ({"unit": "张/0人口"}, "张/0", "unknown unit '张/0人口'; did you mean '人口'?"),
        ({"also": "[zz]"}, "[zz]", "unknown unit 'zz'"),
        (
            {"kind": "density", "name": "每3万人口床位数", "unit": "张/万人口"},
            "张/",
            "the name counts per 30000, the unit '张/万人口' does not",
        ),
        ({"kind": "share"}, "张", "a share is printed in a scale such as % or ‰, not in '张'"),
        ({"kind": "rate"}, "张", "a rate is printed in a scale such as % or ‰, not in '张'"),
        ({"polarity": "up"}, "up", "'polarity' must be one of higher, lower, band, none; found 'up'"),
        ({"polarity": ""}, "{", "missing key 'polarity'"),
        ({"bounds": "[3, 1]"}, "[3, 1]", "'bounds' has its low end above its high end"),
        ({"whole": "yes"}, "yes", "'whole' must be one of true, false; found 'yes'"),
        ({"polarty": "x"}, "polarty", "unknown key 'polarty'; did you mean 'polarity'?"),
        ({"numerator": "doctors"}, "{", "'beds' refers to 'doctors', which is no indicator's key"),
        ({"denominator": "doctors"}, "{", "'beds' refers to 'doctors', which is no indicator's key"),
        ({"part_of": "doctors"}, "{", "'beds' refers to 'doctors', which is no indicator's key"),
        ({"part_of": "beds"}, "{", "'beds' is defined by itself: beds, beds"),
        ({"numerator": "beds"}, "{", "'beds' is defined by itself: beds, beds"),
    ],
    ids=lambda value: "-".join(value) if isinstance(value, dict) else "",
)
def test_a_bad_indicator_is_malformed_at_its_place(changed, blamed, problem):
    """The run stops at the first one, and the value to blame is pointed at."""
    line = indicator(**changed)

    assert complaint(line) == f"3:{line.index(blamed) + 1}: {problem}"


def test_a_ring_of_definitions_is_malformed():
    """Parts of parts must end somewhere, however long the way."""
    ring = [indicator(key=f"k{i}", name=f"名{i}", part_of=f"k{(i + 1) % 5}") for i in range(5)]

    assert complaint(*ring) == "3:5: 'k0' is defined by itself: k0, k1, k2, k3, k4, k0"


def test_a_long_chain_of_definitions_is_read():
    """A thousand levels are no ring and need no recursion."""
    chain = [indicator(key=f"k{i}", name=f"名{i}", part_of=f"k{i + 1}" if i < 999 else "") for i in range(1000)]

    assert len(read(file_of(*chain)).by_key) == 1000


def test_a_key_given_twice_is_malformed_at_the_second():
    """Two indicators cannot share a key."""
    assert complaint(indicator(), indicator(name="病床数")) == "4:5: two indicators have the key 'beds'"


def test_a_name_given_to_two_indicators_is_malformed_at_the_second():
    """Names are compared as figures will be: width, brackets and blanks folded."""
    lines = [indicator(name="床位（张）数"), indicator(key="cots", name="小床", aliases="['床位 (张) 数']")]

    assert complaint(*lines) == "4:5: '床位 (张) 数' names both 'beds' and 'cots'"


def test_densities_that_differ_only_in_scale_are_one_indicator():
    """每千人口 and 每万人口 of one thing cannot be two entries."""
    lines = [
        indicator(key="a", name="每千人口床位数", kind="density", unit="张/千人口"),
        indicator(key="b", name="每万人口床位数", kind="density", unit="张/万人口"),
    ]

    assert complaint(*lines) == "4:5: '每万人口床位数' names both 'a' and 'b'"


def test_references_may_point_forward_and_to_other_files():
    """The order of indicators and files does not matter."""
    found = read(file_of(DENSITY), other=file_of(PEOPLE), third=file_of(indicator()))

    assert sorted(found.by_key) == ["beds", "beds-density", "people"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("indicators: []\n", "1:1: missing key 'catalogue'"),
        ("catalogue: 2\n", "1:12: this version reads 'catalogue: 1'"),
        ("catalogue: 1\nrules: []\n", "2:1: unknown key 'rules'"),
        ("catalogue: 1\nindicators: {}\n", "2:13: 'indicators' must be a list"),
        ("catalogue: 1\nindicators: [x]\n", "2:14: 'indicators' must be a list of mappings"),
        ("catalogue: 1\npopulations: {常住: [x]}\n", "2:19: '常住' must be a text"),
        ("catalogue: 1\nindicators:\n  - &a {key: x}\n", "3:5: forbidden: what &, text &a"),
    ],
)
def test_a_bad_file_is_malformed_at_its_place(text, expected):
    """The form of the file is as strict as its entries."""
    with pytest.raises(Malformed) as caught:
        read(text)

    assert str(caught.value) == f"{FILE}:{expected}"


@pytest.mark.parametrize(
    ("printed", "key", "per", "base"),
    [
        ("每千人口执业（助理）医师数", "physicians-density", 1000, ""),
        ("每千人口执业(助理) 医师数", "physicians-density", 1000, ""),
        ("【每千人口】执业（助理）医师数", "", 0, ""),
        ("每千常住人口执业（助理）医师数", "physicians-density", 1000, "常住"),
        ("每千户籍人口执业（助理）医师数", "physicians-density", 1000, "户籍"),
        ("每万人口执业（助理）医师数", "physicians-density", 10_000, ""),
        ("每十万人口执业（助理）医师数", "physicians-density", 100_000, ""),
        ("每10万人口执业（助理）医师数", "physicians-density", 100_000, ""),
        ("每千人口执业医师数", "licensed-physicians-density", 1000, ""),
        ("执业（助理）医师数", "physicians", 1, ""),
        ("“婴儿死亡率”", "infant-mortality", 1, ""),
        ("婴儿夭折率", "", 0, ""),
        ("", "", 0, ""),
        ("每千人口", "", 0, ""),
        ("每0千人口床位数", "", 0, ""),
        ("每" + "9" * 5000 + "人口床位数", "", 0, ""),
    ],
    ids=lambda value: value[:20] if isinstance(value, str) else "",
)
def test_an_indicator_is_found_by_its_printed_name(printed, key, per, base):
    """Aliases, width, brackets and blanks do not matter; scale and population are read from the name."""
    match = KNOWN.find(printed)

    assert (match and (match.indicator.key, match.per, match.base)) == ((key, per, base) if key else None)


def test_physicians_with_and_without_assistants_differ():
    """执业医师 and 执业（助理）医师 are two indicators, and so are their densities."""
    pairs = [("执业医师数", "执业（助理）医师数"), ("每千人口执业医师数", "每千人口执业（助理）医师数")]

    assert [KNOWN.find(a).indicator.key == KNOWN.find(b).indicator.key for a, b in pairs] == [False, False]


def test_the_nearest_name_is_offered():
    """A slip is answered with the standard name; a word like nothing else is not."""
    assert KNOWN.nearest("孕产妇死忘率") == "孕产妇死亡率"
    assert KNOWN.nearest("zzzzzz") == ""
    assert KNOWN.nearest("") == ""
    assert KNOWN.nearest("每" * 100_000) == ""


def test_a_count_leads_to_its_only_density():
    """Where a count has one density, it is found; where it has none, nothing is."""
    known = read(file_of(indicator(), PEOPLE, DENSITY))

    assert known.density_of(known.by_key["beds"]).key == "beds-density"
    assert known.density_of(known.by_key["people"]) is None


def test_a_count_with_two_densities_leads_to_neither():
    """Nothing says which one is meant, be both in the catalogue or one of them the plan's own."""
    second = DENSITY.replace("beds-density", "other").replace("口床位数", "口病床位").replace("拥有病床", "拥有床")
    known = read(file_of(indicator(), PEOPLE, DENSITY, second))
    alone = read(file_of(indicator(), PEOPLE, DENSITY))
    own = catalogue.extend(alone)
    catalogue.add(known.by_key["other"], own)

    assert known.density_of(known.by_key["beds"]) is None
    assert own.density_of(own.by_key["beds"]) is None
    assert alone.density_of(alone.by_key["beds"]).key == "beds-density"


def test_accepted_units_are_recognised_by_their_one_name():
    """名 is 人; a unit that is not listed is not accepted."""
    physicians = KNOWN.by_key["physicians"]

    assert physicians.accepted(KNOWN.unit("名")).name == "人"
    assert physicians.accepted(KNOWN.unit("张")) is None


def test_populations_are_indicators():
    """Each base of a population leads to the indicator that counts it; an unknown one to nothing."""
    found = {base: KNOWN.population_of(base) for base in ("常住", "户籍", "服务", "流动")}

    assert found["常住"] == "resident-population"
    assert found["流动"] == ""
    assert all(key in KNOWN.by_key for base, key in found.items() if base in KNOWN.populations)


def test_unknown_units_are_named():
    """Only the closed table of units is read."""
    with pytest.raises(units.UnknownUnit) as caught:
        KNOWN.unit("k人")

    assert (caught.value.text, caught.value.near) == ("k人", "人")


def test_adding_leaves_the_given_catalogue_as_it_was():
    """A plan's own indicators are seen by that plan alone."""
    known = read(file_of(indicator()))
    own = catalogue.extend(known)
    catalogue.add(KNOWN.by_key["resident-population"], own)

    assert sorted(own.by_key) == ["beds", "resident-population"]
    assert sorted(known.by_key) == ["beds"]
    assert known.find("常住人口数") is None
    assert own.find("常住人口数").indicator.key == "resident-population"


def test_an_indicator_that_clashes_adds_nothing():
    """A refused indicator leaves no name behind."""
    known = read(file_of(indicator()))
    other = read(file_of(indicator(key="cots", name="小床数", aliases="[病床, 床位数]"))).by_key["cots"]

    with pytest.raises(catalogue.Clash, match="'床位数' names both 'beds' and 'cots'"):
        catalogue.add(other, known)

    assert (sorted(known.by_key), known.find("小床数"), known.find("病床")) == (["beds"], None, None)


SHIPPED = sorted(KNOWN.by_key)


def test_every_kind_is_used():
    """No word of the closed list is idle."""
    assert {i.kind for i in KNOWN.by_key.values()} == set(KINDS)


@pytest.mark.parametrize("key", SHIPPED)
def test_a_shipped_indicator_is_complete(key):
    """It has a source, an English name without a full stop, and is found by each of its names."""
    found = KNOWN.by_key[key]

    assert found.source
    assert found.name.en.isascii() or "–" in found.name.en or "‰" in found.name.en
    assert not found.name.en.endswith(".")
    assert {KNOWN.find(name).indicator.key for name in (found.name.zh, *found.aliases)} == {key}


@pytest.mark.parametrize("key", [k for k in SHIPPED if KNOWN.by_key[k].typical != (None, None)])
def test_typical_values_are_possible(key):
    """What is usual lies inside what is possible."""
    (low, high), (lowest, highest) = KNOWN.by_key[key].typical, KNOWN.by_key[key].bounds

    assert low is None or lowest is None or low >= lowest
    assert high is None or highest is None or high <= highest


def test_what_an_indicator_never_exceeds_and_is_the_difference_of():
    """Both are lists of keys; absent ones are empty."""
    kinds = {"kind": "rate", "unit": "‰"}
    known = read(
        file_of(
            indicator(key="a", name="甲率", **kinds),
            indicator(key="b", name="乙率", at_most="[a]", **kinds),
            indicator(key="c", name="丙率", minus="[a, b]", **kinds),
        )
    ).by_key

    assert [(known[key].at_most, known[key].minus) for key in "abc"] == [((), ()), (("a",), ()), ((), ("a", "b"))]


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"at_most": "[doctors]"}, "3:5: 'beds' refers to 'doctors', which is no indicator's key"),
        ({"minus": "[doctors, beds]"}, "3:5: 'beds' refers to 'doctors', which is no indicator's key"),
        ({"minus": "[beds]"}, "'minus' must be a pair of keys: the first less the second"),
        ({"at_most": "[people]"}, "3:5: 'beds' and 'people' are of different kinds and cannot be compared"),
        ({"at_most": "[beds]"}, "3:5: 'beds' is defined by itself: beds, beds"),
        ({"minus": "[beds, beds]"}, "3:5: 'beds' is defined by itself: beds, beds"),
    ],
)
def test_what_cannot_be_compared_is_refused(changed, said):
    """Unknown keys, other dimensions, circles."""
    assert complaint(indicator(**changed), PEOPLE).endswith(said)


@pytest.mark.parametrize("key", [k for k in SHIPPED if KNOWN.by_key[k].at_most])
def test_what_is_never_exceeded_is_of_the_same_kind(key):
    """Only like is compared, and a part that is counted as a part is not named again."""
    found = KNOWN.by_key[key]

    assert {KNOWN.by_key[above].kind for above in found.at_most} == {found.kind}
    assert found.kind != "count" or found.part_of not in found.at_most


@pytest.mark.parametrize("key", [k for k in SHIPPED if KNOWN.by_key[k].part_of])
def test_a_part_is_counted_as_its_whole_is(key):
    """Only amounts of one kind can be compared with their whole."""
    part = KNOWN.by_key[key]
    whole = KNOWN.by_key[part.part_of]

    assert part.kind == whole.kind


@settings(deadline=None)
@given(st.sampled_from(SHIPPED), st.sampled_from(["“{}”", " {} ", "{}\u3000", "《{}》"]))
def test_quotes_and_blanks_around_a_name_change_nothing(key, pattern):
    """A name is found as it is printed in running text."""
    name = KNOWN.by_key[key].name.zh

    assert KNOWN.find(pattern.format(name)) == KNOWN.find(name)


@settings(deadline=None)
@given(st.text(max_size=30))
def test_any_name_is_found_or_not(name):
    """No name raises, and one that folds to nothing is never found."""
    match = KNOWN.find(name)

    assert match is None or names.fold(name)
    assert isinstance(KNOWN.nearest(name), str)
