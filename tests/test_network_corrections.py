"""What a figure should be: the interval, the texts of every place, the reason, and which of several is likelier."""

from networks import engine
from told import HEAD

from planlint.source import Source

FIGURE = "  - {indicator: %s, year: 2020, value: %s}\n"


def repairs(rule, text):
    """The repairs of the only finding of a rule: texts of the plan file by line, what is wanted, and the sentence."""
    source = Source("t.yaml", HEAD + text)
    (finding,) = [f for f in engine().judge(source).findings if f.rule == rule]
    (told,) = engine().argue(source, [finding])
    return [
        (
            [(new.printing.raw, new.raw) for c in repair.corrections for new in c.replacements],
            [c.wanted.zh for c in repair.corrections],
            repair.text.zh,
        )
        for repair in told.mending.repairs
    ]


def figures(*rows):
    """Figures of a plan."""
    return "figures:\n" + "".join(FIGURE % row for row in rows)


def test_a_dropped_digit_leaves_odd_decimals():
    """4.34 printed 4.4 has lost its 3; 4.4 that became 4.34 has no such reason."""
    years = "".join(
        f"  - {{indicator: 每千人口注册护士数, year: {y}, value: {v} 人}}\n" for y, v in ((2015, 3.21), (2018, 3.87))
    )
    rows = figures(("每千人口注册护士数", "4.34 人"), ("每千人口注册护士数", "4.4 人")) + years

    first, second = repairs("PL401", rows)

    assert first == (
        [("4.4 人", "4.3 人")],
        ["[4.335, 4.345] 人/千人口"],
        "若 4.4 人 改为 4.3 人（别处已有 1 处这样印），其余各处即可一致",
    )
    assert second[0] == [("4.34 人", "4.40 人")]


def test_nothing_comes_of_a_slip_unless_it_is_printed():
    """0 is a value where another place prints it."""
    found = repairs("PL401", figures(("孕产妇死亡率", "0/10万"), ("孕产妇死亡率", "9/10万")))

    assert sorted(new for texts, _, _ in found for new in texts) == [("0/10万", "9/10万"), ("9/10万", "0/10万")]


def test_a_number_that_nobody_writes():
    """0300 is what is wrong, whatever 3000 may be."""
    rows = figures(("医疗卫生机构床位数", "3000 张"), ("医疗卫生机构床位数", "0300 张"))

    assert repairs("PL401", rows)[0][0] == [("0300 张", "3000 张")]


PROJECTS = """\
projects:
  - id: 附表
    unit: 万元
    total: %s
    rows:
      - {project: 某县医院扩建, cost: 400}
      - {project: 某县中医院扩建, cost: 500}
      - {project: 某县妇幼保健院扩建, cost: 700}
"""


def test_the_unit_at_the_head_of_a_table_is_not_written():
    """What replaces the characters of the file has no unit where the file prints none there."""
    found = repairs("PL501", PROJECTS % 1690)

    assert [texts for texts, _, _ in found] == [
        [("1690", "1600")],
        [("700", "790")],
        [("400", "490")],
        [("500", "590")],
    ]


LIST = "claims:\n  - {list: 医院, count: %s, items: [甲医院, 乙医院, 丙医院]}\n"


def test_the_number_of_a_list_is_that_of_its_names():
    """The names stand there; judged again with their number in place, nothing is reported of the list."""
    found = repairs("PL503", LIST % "4 家")
    left = [f for f in engine().judge(Source("t.yaml", HEAD + LIST % "3 家")).findings if f.rule == "PL503"]

    assert (found, left) == ([([("4 家", "3 家")], ["3 家"], "若 4 家 改为 3 家，其余各处即可一致")], [])
