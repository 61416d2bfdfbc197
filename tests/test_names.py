"""Names are folded before they are compared, and a density's name is taken apart."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from planlint.names import Density, density, fold


@pytest.mark.parametrize(
    ("name", "folded"),
    [
        ("每千人口执业（助理）医师数", "每千人口执业(助理)医师数"),
        ("每千人口 执业(助理) 医师数", "每千人口执业(助理)医师数"),
        ("每千人口执业【助理】医师数", "每千人口执业(助理)医师数"),
        ("每千人口执业〔助理〕医师数", "每千人口执业(助理)医师数"),
        ("每千人口执业[助理]医师数", "每千人口执业(助理)医师数"),
        ("“三医”联动", "三医联动"),
        ("《规划》", "规划"),
        ("孕产妇、新生儿", "孕产妇新生儿"),
        ("５Ｇ\u3000网络", "5g网络"),
        ("HIV感染率", "hiv感染率"),
        ("占比：", "占比"),
        ("婴儿死亡率", "婴儿死亡率"),
        ("", ""),
    ],
)
def test_folding(name, folded):
    """Width, brackets, case, spaces, quotes and punctuation make no difference to a name."""
    assert fold(name) == folded


@pytest.mark.parametrize(("left", "right"), [("婴儿死亡率", "新生儿死亡率"), ("床位数", "床位"), ("5岁", "6岁")])
def test_different_names_stay_different(left, right):
    """Folding removes no letter and no digit."""
    assert fold(left) != fold(right)


@settings(deadline=None)
@given(st.text(st.sampled_from([*"医师（）()［］【】 　、，“”《》ＡaA１1-_."]), max_size=12))
def test_folding_twice_changes_nothing(name):
    """A folded name is its own folded form."""
    assert fold(fold(name)) == fold(name)


@pytest.mark.parametrize(
    ("folded", "parts"),
    [
        ("每千人口床位数", Density(1000, "", "床位数")),
        ("每千常住人口床位数", Density(1000, "常住", "床位数")),
        ("每千户籍人口床位数", Density(1000, "户籍", "床位数")),
        ("每千服务人口床位数", Density(1000, "服务", "床位数")),
        ("每千名常住人口床位数", Density(1000, "常住", "床位数")),
        ("每千人床位数", Density(1000, "", "床位数")),
        ("每千人口拥有床位数", Density(1000, "", "床位数")),
        ("每万人口全科医生数", Density(10_000, "", "全科医生数")),
        ("每10万人口精神科医师数", Density(100_000, "", "精神科医师数")),
        ("每十万人口精神科医师数", Density(100_000, "", "精神科医师数")),
        ("每百万人口献血率", Density(1_000_000, "", "献血率")),
        ("每1000人口床位数", Density(1000, "", "床位数")),
        ("每百人床位数", Density(100, "", "床位数")),
        ("每1人口费用", Density(1, "", "费用")),
    ],
)
def test_a_density_is_taken_apart(folded, parts):
    """The name says per how many people, of which population, and of what."""
    assert density(folded) == parts


@pytest.mark.parametrize(
    "folded",
    [
        "",
        "床位数",
        "每人口床位数",
        "每千人口",
        "每千",
        "每千户床位数",
        "人均每千人口床位数",
        "每年体检人数",
        "每0人口床位数",
        "每0千人口床位数",
        "每" + "1" * 5000 + "人口床位数",
        "每" + "9" * 10 + "人口床位数",
    ],
)
def test_any_other_name_is_no_density(folded):
    """A name without people to divide by, or per none or per a number out of all measure, is no density."""
    assert density(folded) is None
