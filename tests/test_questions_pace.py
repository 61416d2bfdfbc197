"""Pace: the planned step against the step of the last period."""

import pytest
from told import figures, open_questions, steps, told


def path(indicator, start, base, target, first=2015):
    """One indicator at three times."""
    return figures(
        f"indicator: {indicator}, year: {first}, value: {start}, at: 1",
        f"indicator: {indicator}, year: 2020, value: {base}, at: 2",
        f"indicator: {indicator}, year: 2025, value: {target}, at: 3",
    )


def test_a_much_slower_pace_is_a_note_with_its_arithmetic():
    """Both paces are shown a year."""
    text = path("每千人口医疗卫生机构床位数", "6.50张", "17.86张", "≥18张")

    assert told(text, "PL107") == [
        (
            "PL107",
            "info",
            "“每千人口医疗卫生机构床位数”2015年 6.50张、2020年 17.86张，每年改善 2.27 张；"
            "到2025年 ≥18张，每年 0.028 张，不到前者的三分之一",
        )
    ]
    assert steps(text, "PL107") == ["每年：(17.86 − 6.5) ÷ 5 = 2.27；(18 − 17.86) ÷ 5 = 0.0280"]


def test_a_much_faster_pace_is_a_note():
    """More than three times, in numbers and in parts."""
    assert told(path("每千人口注册护士数", "2.00人", "2.40人", "≥4.10人"), "PL107") == [
        (
            "PL107",
            "info",
            "“每千人口注册护士数”2015年 2.00人、2020年 2.40人，每年改善 0.08 人；"
            "到2025年 ≥4.10人，每年 0.34 人，是前者的三倍以上",
        )
    ]


@pytest.mark.parametrize(
    "text",
    [
        pytest.param(path("每千人口注册护士数", "2.00人", "3.00人", "≥6.00人"), id="exactly three times"),
        pytest.param(path("每千人口注册护士数", "2人", "3人", "≥9人"), id="too coarse"),
        pytest.param(path("每千人口注册护士数", "2.0人", "2.6人", "≥9.9人"), id="six units of the last digit"),
        pytest.param(path("每千人口注册护士数", "2.40人", "2.44人", "≥4.10人"), id="hardly any change before"),
        pytest.param(path("产前筛查率", "62.5%", "94.8%", "≥96%"), id="near the top"),
        pytest.param(path("婴儿死亡率", "5.01‰", "2.67‰", "≤2.5‰"), id="low already"),
        pytest.param(path("每千人口注册护士数", "3.00人", "2.40人", "≥4.10人"), id="worse before"),
        pytest.param(path("每千人口注册护士数", "2.00人", "3.00人", "≥2.50人"), id="worse ahead"),
        pytest.param(path("每千人口注册护士数", "2.00人", "约3.00人", "≥9.00人"), id="hedged"),
        pytest.param(path("人口自然增长率", "2.00‰", "3.00‰", "≥9.00‰"), id="no direction"),
        pytest.param(path("每千人口注册护士数", "2.00人", "3.00人", "≥9.00人", first=2019), id="a single year"),
    ],
)
def test_what_tells_no_pace_is_left_alone(text):
    """Coarse, saturated, hedged, directionless or short: no pace is inferred."""
    assert told(text, "PL107") == []


def test_without_a_start_it_is_undecided():
    """One open question for the whole plan."""
    text = figures(
        "indicator: 每千人口注册护士数, year: 2020, value: 4.34 人, at: 3",
        "indicator: 每千人口注册护士数, year: 2025, value: ≥4.90 人, at: 4",
        "indicator: 产前筛查率, year: 2020, value: 60%, at: 5",
        "indicator: 产前筛查率, year: 2025, value: 80%, at: 6",
    )

    assert open_questions(text, "PL107") == [("PL107", "没有印出上一规划期期初的值")]


def test_the_first_year_of_the_reviewed_period_is_a_start_too():
    """The last period ran from 2016 to 2020: a value of 2016 says where it began as well as one of 2015."""
    told_of = told(path("每千人口医疗卫生机构床位数", "6.50张", "17.86张", "≥18张", first=2016), "PL107")

    assert [message.partition("，")[0] for _, _, message in told_of] == [
        "“每千人口医疗卫生机构床位数”2016年 6.50张、2020年 17.86张"
    ]
