"""What is told of a figure under the cursor."""

import pytest
from told import HEAD, engine

from planlint.lsp import draft
from planlint.lsp.hover import hover

TEXT = (
    HEAD
    + """\
figures:
  - {id: beds, indicator: 医疗卫生机构床位数, year: 2020, value: 14240 张, at: 1}
  - {indicator: 每千人口医疗卫生机构床位数, year: 2020, value: 17.86 张, at: 2}
  - {indicator: 常住人口, year: 2020, value: 79.7 万人, at: 3}
  - {indicator: 婴儿死亡率, year: 2025, value: 4‰以下, at: 4}
  - {indicator: 婴儿死亡率, scope: 某市, year: 2025, role: assigned, value: 下降, at: 4}
claims:
  - {comparison: 床位, left: beds, is: 高于, right: 12000 张, at: 5}
"""
)
FOUND = draft.read(TEXT, "p.yaml", engine())


def told(line, part, lang="zh"):
    """The lines told of a part of a line."""
    offset = TEXT.index(TEXT.splitlines()[line - 1]) + TEXT.splitlines()[line - 1].index(part)
    return hover(FOUND.facts, engine().rules, FOUND.place_at(offset), lang).splitlines()


def test_a_count_beside_its_density():
    """What is counted in ones is exact; its density and the population say what it may be, in its own unit."""
    assert told(4, "14240 张") == [
        "医疗卫生机构床位数  Beds of health institutions",
        "单位 张，无好坏之分",
        "定义见 《国家卫生健康统计调查制度》",
        "",
        "2020年实际：14240 张",
        "代表 恰好 14240（张）",
        "",
        "由每千人口医疗卫生机构床位数 17.86 张、常住人口 79.7 万人看，这里应印 14222 至 14247 张（PL301）",
        "印错了会怎样：小 19 张 或大 8 张 就会被发现（PL301、PL703）",
    ]


def test_in_english():
    """The same in the other language; a number printed in 万 is told in 万."""
    assert told(6, "79.7 万人", "en")[-2:] == [
        "by 每千人口医疗卫生机构床位数 17.86 张 and 医疗卫生机构床位数 14240 张, 79.7 to 79.8 万人 would fit (PL301)",
        "an error here: noticed from -0.1 万人 or +0.2 万人 (PL301)",
    ]


def test_a_bound_and_words():
    """A bound stands for one side; words stand for no number."""
    assert told(7, "4‰以下")[4:6] == ["2025年目标：4‰以下", "代表 不高于 4（‰）"]
    assert told(8, "下降")[4:] == ["某市2025年下达目标：下降"]


def test_a_name_tells_only_what_it_means():
    """Over the name of an indicator there is its definition."""
    assert told(7, "婴儿死亡率")[:2] == ["婴儿死亡率  Infant mortality", "单位 ‰，越低越好"]
    assert len(told(7, "婴儿死亡率")) == 3


def test_a_name_that_no_catalogue_has():
    """What is not known of it is not made up."""
    text = HEAD + "figures:\n  - {indicator: 某某服务覆盖面, year: 2020, value: 3 家, at: 1}\n"
    found = draft.read(text, "p.yaml", engine())
    place = found.place_at(text.index("某某服务"))

    assert hover(found.facts, engine().rules, place, "zh").splitlines() == [
        "某某服务覆盖面",
        "目录里没有这个名称，只能从名称和单位（家）看",
    ]


def test_terms_of_claims():
    """The id of a figure tells of that figure; an amount in place tells who would notice; a key tells nothing."""
    assert told(10, "beds") == told(4, "14240 张")
    assert told(10, "12000 张")[0].startswith("印错了会怎样：")
    assert told(10, "高于") == []


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_every_scalar_can_be_asked_about(lang):
    """Whatever the cursor is on, there is an answer, be it nothing."""
    for offset in range(len(TEXT)):
        place = FOUND.place_at(offset)
        if place is not None:
            assert isinstance(hover(FOUND.facts, engine().rules, place, lang), str)
