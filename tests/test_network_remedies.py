"""Which contradictions `check` works out: those that a finding may speak of, and no others."""

from networks import engine
from told import HEAD

from planlint.network import remedies
from planlint.source import Source

FIGURE = "  - {indicator: %s, year: 2020, value: %s}\n"
BEDS, NURSES = "每千人口医疗卫生机构床位数", "每千人口注册护士数"
POINT_LOST = (
    ("常住人口", "100000 人"),
    ("医疗卫生机构床位数", "500 张"),
    (BEDS, "5.00 张"),
    ("执业（助理）医师数", "300 人"),
    ("每千人口执业（助理）医师数", "3.00 人"),
    ("注册护士数", "412 人"),
    (NURSES, "41.2 人"),
)


def judged(monkeypatch, *rows):
    """The findings about some figures, and for how many parts repairs were worked out."""
    worked_out = []
    real = remedies.mended

    def counted(*given):
        worked_out.append(given)
        return real(*given)

    monkeypatch.setattr(remedies, "mended", counted)
    text = HEAD + "figures:\n" + "".join(FIGURE % row for row in rows)
    return engine().judge(Source("t.yaml", text)).findings, len(worked_out)


def test_a_contradiction_that_a_finding_speaks_of(monkeypatch):
    """The finding cites what is to be changed."""
    findings, many = judged(monkeypatch, *POINT_LOST)

    assert many == 1
    assert [f.rule for f in findings if any("改为 4.12 人" in step.zh for step in f.steps)] == ["PL301"]


def test_two_printings_of_one_figure_are_not_worked_out(monkeypatch):
    """Nothing is ever said of them, neither alone nor beside others."""
    assert judged(monkeypatch, ("孕产妇死亡率", "9/10万"), ("孕产妇死亡率", "8/10万"))[1] == 0
    assert judged(monkeypatch, *POINT_LOST, ("孕产妇死亡率", "9/10万"), ("孕产妇死亡率", "8/10万"))[1] == 1


def test_two_printings_beside_arithmetic_that_comes_out(monkeypatch):
    """Nobody counted the nurses: the density is part of no contradiction but that of its printings."""
    findings, many = judged(monkeypatch, *POINT_LOST[:5], (NURSES, "4.12 人"), (NURSES, "4.21 人"))

    assert [f.rule for f in findings if f.rule.startswith("PL4")] == ["PL401"]
    assert many == 0
