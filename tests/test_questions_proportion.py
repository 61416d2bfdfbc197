"""Proportions that nobody prints: nurses for each physician and for each bed."""

from told import figures, open_questions, rows, steps, told

from planlint.questions import proportion

PHYSICIANS = "indicator: 每千人口执业（助理）医师数, unit: 人, 2020: 3.12, 2025: {}, at: 1"
NURSES = "indicator: 每千人口注册护士数, unit: 人, 2020: 4.34, 2025: {}, at: 2"


def test_fewer_nurses_for_each_physician_is_a_note():
    """Both quotients are shown."""
    text = rows(PHYSICIANS.format('">3.56"'), NURSES.format('">4.76"'))

    assert told(text, "PL108") == [
        (
            "PL108",
            "info",
            "按每千人口的数推算，2020年每名医师配护士 1.39 名（4.34 人 ÷ 3.12 人），"
            "2025年目标只有 1.34 名（>4.76 人 ÷ >3.56 人）",
        )
    ]
    assert steps(text, "PL108") == ["2020: 4.34 人 ÷ 3.12 人 = 1.391", "2025: >4.76 人 ÷ >3.56 人 = 1.337"]


def test_beds_have_a_rule_of_their_own():
    """More beds than nurses."""
    text = rows("indicator: 每千人口医疗卫生机构床位数, unit: 张, 2020: 4.85, 2025: 7.11, at: 1", NURSES.format("5"))

    assert [found[0] for found in told(text, "PL108", "PL109")] == ["PL109"]


def test_what_rounding_or_two_per_cent_explains_is_left_alone():
    """At the bound nothing is said."""
    text = rows(
        "indicator: 每千人口执业（助理）医师数, unit: 人, 2020: 3.00, 2025: 3.60, at: 1",
        "indicator: 每千人口注册护士数, unit: 人, 2020: 4.00, 2025: 4.68, at: 2",
    )

    assert told(text, "PL108") == []
    assert len(told(text.replace("4.68", "4.67"), "PL108")) == 1


def test_other_years_and_vague_targets_are_not_divided():
    """Targets of different years say nothing together, nor do those with 左右."""
    other_year = figures(
        "indicator: 每千人口执业（助理）医师数, year: 2020, value: 3.12人, at: 1",
        "indicator: 每千人口执业（助理）医师数, year: 2024, value: ≥3.9人, at: 1",
        "indicator: 每千人口注册护士数, year: 2020, value: 4.34人, at: 1",
        "indicator: 每千人口注册护士数, year: 2025, value: ≥4.5人, at: 1",
    )

    assert told(other_year, "PL108") == []
    assert told(rows(PHYSICIANS.format("3.9"), NURSES.format("4.5左右")), "PL108") == []


def test_two_base_values_decide_nothing():
    """Which of two printed values is right is another rule's question."""
    text = rows(PHYSICIANS.format("3.56"), NURSES.format("4.5"))
    text += "  - id: 表2\n    columns: {2020: baseline}\n    rows:\n"
    text += "      - {indicator: 每千人口注册护士数, unit: 人, 2020: 4.9, at: 5}\n"

    assert told(text, "PL108") == []
    assert open_questions(text, "PL108") == [("PL108", "没有印出“每千人口注册护士数”唯一的基期值")]


def test_no_worse_is_told_at_a_glance(monkeypatch):
    """The short way and the long way say the same, up to the bound and beyond it."""
    targets = ("4.5", "4.6", "4.67", "4.68", "4.7", "≥4.8", "4.8左右", "0", "4.6—4.9")
    bases = ("3.12", "3.0", "0", "约3", "≥3")
    texts = [
        rows(PHYSICIANS.format(ours).replace("3.12", base), NURSES.format(goal))
        for base in bases
        for ours in ("3.6", "≥3.3", "0")
        for goal in targets
    ]

    def answers():
        return [(told(text, "PL108"), open_questions(text, "PL108")) for text in texts]

    quick = answers()
    monkeypatch.setattr(proportion, "_is_plainly_no_worse", lambda upper, lower, above, below: False)

    assert answers() == quick
    assert {len(found) for found, _ in quick} == {0, 1}
