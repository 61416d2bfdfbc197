"""Names in front of the parts of a sum."""

import pytest

from planlint.labels import unlabelled


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("中央6000万元", "6000万元"),
        ("县级公立医院12家", "12家"),
        ("男12人", "12人"),
        ("多重282人", "282人"),
        ("自筹（含贷款）：3000万元", "3000万元"),
        ("减少30人", "减少30人"),
        ("约30人", "约30人"),
        ("不低于30人", "不低于30人"),
        ("每县1所", "每县1所"),
        ("第920医院", "第920医院"),
        ("中央6000", "中央6000"),
        ("中央3—5万元", "中央3—5万元"),
        ("private-hospitals", "private-hospitals"),
        ("6000万元", "6000万元"),
    ],
)
def test_a_name_is_taken_off_and_nothing_else(text, expected):
    """Words that say something of the number stay with it."""
    assert unlabelled(text) == expected
