"""What `check` adds to a finding: the one clear repair, or how many figures must change."""

import pytest
from networks import engine
from told import HEAD

from planlint.network.advice import fewest
from planlint.source import Source

FIGURE = "  - {indicator: %s, year: 2020, value: %s}\n"


def steps(rule, *rows):
    """The last step of the only finding of a rule about some figures."""
    text = HEAD + "figures:\n" + "".join(FIGURE % row for row in rows)
    (finding,) = [f for f in engine().judge(Source("t.yaml", text)).findings if f.rule == rule]
    return finding.steps[-1]


TRIPLE = (
    ("常住人口", "100000 人"),
    ("医疗卫生机构床位数", "500 张"),
    ("每千人口医疗卫生机构床位数", "5.00 张"),
    ("执业（助理）医师数", "300 人"),
    ("每千人口执业（助理）医师数", "3.00 人"),
)


def test_a_repair_that_is_clearly_likelier():
    """4.00 printed 40.0 has lost its point; the head count is unexplained."""
    said = steps("PL301", *TRIPLE, ("注册护士数", "412 人"), ("每千人口注册护士数", "41.2 人"))

    assert said.zh == "若 41.2 人 改为 4.12 人（可能是小数点错位），其余各处即可一致"
    assert said.en == "if 41.2 人 were 4.12 人 (perhaps the decimal point moved), everything else would agree"


def test_no_advice_where_two_are_as_likely():
    """Of two printings nothing tells which is wrong, so nothing is said."""
    said = steps("PL401", ("医疗卫生机构床位数", "512 张"), ("医疗卫生机构床位数", "572 张"))

    assert "改为" not in said.zh


@pytest.mark.parametrize("many", [2, 3])
def test_how_many_must_change(many):
    """Where no single repair is clear, how many figures at least."""
    assert fewest(many).zh == f"至少要改 {many} 处数字，其余才能一致"
    assert fewest(many).en == f"at least {many} figures must change before the rest agree"
