"""Names are folded before they are compared, and a density's name is taken apart."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from planlint.names import Density, Reading, density, fold, loosen, readings


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


@pytest.mark.parametrize(
    ("name", "found"),
    [
        ("婴儿死亡率（‰）", [Reading("婴儿死亡率", "‰")]),
        ("婴儿死亡率‰", [Reading("婴儿死亡率", "‰")]),
        ("孕产妇死亡率（1/10万）①", [Reading("孕产妇死亡率", "1/10万")]),
        ("2.常住人口（万人）*", [Reading("常住人口", "万人"), Reading("人口", "万人", "", "常住")]),
        ("执业（助理）医师", [Reading("执业(助理)医师")]),
        ("人均预期寿命（约束性）", [Reading("人均预期寿命")]),
        ("全县婴儿死亡率", [Reading("全县婴儿死亡率"), Reading("婴儿死亡率", "", "全县")]),
        ("全区域覆盖率", [Reading("全区域覆盖率")]),
        ("千人口注册护士数", [Reading("每千人口注册护士数")]),
        (
            "户籍人口孕产妇死亡率",
            [
                Reading("户籍人口孕产妇死亡率"),
                Reading("人口孕产妇死亡率", "", "", "户籍"),
                Reading("孕产妇死亡率", "", "", "户籍"),
            ],
        ),
        ("其中：公立医院床位数", [Reading("公立医院床位数")]),
        ("其中：公立医院", []),
        ("（‰）", [Reading("(‰)")]),
        ("1." * 80, []),
    ],
)
def test_a_name_is_read_without_what_stands_beside_it(name, found):
    """Units, marks, regions and populations are taken off one after the other, and kept."""
    assert list(readings(name)) == found


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("65岁以上老年人健康管理率", "65周岁及以上老年人健康管理率"),
        ("二级以上综合医院设老年医学科比例", "二级及以上综合医院设置老年医学科的比例"),
        ("个人卫生支出占卫生总费用比重", "个人卫生支出占卫生总费用的比例"),
        ("平均期望寿命", "人均预期寿命"),
        ("每千人口拥有注册护士", "每万人口注册护士数"),
        ("高血压患者基层规范管理率", "高血压患者基层规范管理服务率"),
    ],
)
def test_names_that_say_the_same_are_loosened_alike(one, other):
    """的, 及, 设置, 占比 and 数 do not tell two indicators apart."""
    assert loosen(fold(one)) == loosen(fold(other))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("执业医师数", "执业（助理）医师数"),
        ("高血压患者管理率", "高血压患者规范管理率"),
        ("婴儿死亡率", "婴儿死亡数"),
        ("甲类传染病发病率", "乙类传染病发病率"),
        ("每千人口床位数", "床位数"),
        ("户籍老年人口", "户籍人口"),
    ],
)
def test_names_that_say_something_else_stay_apart(one, other):
    """What is counted is never loosened."""
    assert loosen(fold(one)) != loosen(fold(other))
