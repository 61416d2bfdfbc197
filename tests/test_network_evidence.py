"""What speaks for one value and against another where no arithmetic decides."""

from networks import facts_of, network
from told import HEAD

from planlint.exact import Fraction
from planlint.network.evidence import Evidence

DEATHS = "figures:\n" + "".join(
    f"  - {{indicator: 婴儿死亡率, year: {year}, value: {value}}}\n"
    for year, value in ((2015, "6.00‰"), (2018, "5.20‰"), (2020, "5.00‰"))
)
BEDS = """\
figures:
  - {indicator: 医疗卫生机构床位数, year: 2020, value: 500 张}
  - {indicator: 病房数, year: 2020, value: 200 张}
"""


def seen(text, printed):
    """The evidence about a plan, and the observation that is printed so."""
    made = HEAD + text
    return Evidence(facts_of(made)), next(o for o in network(made).observations if o.text == printed)


def ratio(text, printed, one, other, step="1/100000"):
    """How much better one value suits than another."""
    evidence, observation = seen(text, printed)
    first, second = (evidence.suits(observation, Fraction(value), Fraction(step)) for value in (one, other))
    return first / second


def test_nearer_to_another_year():
    """5.3 ‰ lies 0.1 from the 5.2 of 2018, 10 ‰ two thirds above the 6 of 2015: by times, with 0.05 of no account."""
    assert ratio(DEATHS, "5.00‰", "0.0053", "0.01") == (Fraction(2, 3) + Fraction(1, 20)) / (
        Fraction(1, 52) + Fraction(1, 20)
    )


def test_far_above_is_as_unlikely_as_far_below():
    """Ten times the largest and a tenth of the smallest of the others are as far away."""
    assert ratio(DEATHS, "5.00‰", "0.06", "0.00052") == 1


def test_standing_still_is_no_more_likely_than_a_move_of_a_twentieth():
    """What equals another year may be a copy: that 5.2 is printed once is all that counts for it."""
    assert ratio(DEATHS, "5.00‰", "0.0052", "0.00546") == 2


def test_decimals_that_nobody_prints():
    """All print two decimals, so one is less likely; other years count thrice, the like once, none a third."""
    evidence, observation = seen(DEATHS, "5.00‰")

    assert evidence.precise(observation, Fraction(1, 10**5)) == Fraction(25, 28)
    assert evidence.precise(observation, Fraction(1, 10**4)) == Fraction(1, 28)


def test_more_places_are_less_likely_wrong():
    """Each further place counts a fifth, whether it prints the same words or only the same number."""
    evidence, observation = seen(DEATHS, "5.00‰")

    assert [evidence.prior(observation, alike) for alike in (0, 1, 2)] == [1, Fraction(1, 5), Fraction(1, 25)]


def test_a_goal_that_ends_with_zeros():
    """Goals of 90 % are ten times as likely as such of 91 %, and fives twice."""
    goal = "figures:\n  - {indicator: 孕产妇系统管理率, year: 2025, role: target, value: 88%}\n"
    suits = [ratio(goal, "88%", value, "0.91", "1/100") for value in ("0.9", "0.95", "0.92")]

    assert suits == [10, 2, 1]


def test_what_is_counted_has_no_wish_for_zeros():
    """Reported shares are as they are."""
    reported = "figures:\n  - {indicator: 孕产妇系统管理率, year: 2020, value: 88%}\n"

    assert ratio(reported, "88%", "0.9", "0.91", "1/100") == 1


def test_its_own_printings_are_not_what_is_usual():
    """A figure printed twice does not make its value usual; another indicator's value does."""
    twice = "figures:\n" + "  - {indicator: 孕产妇系统管理率, year: 2020, value: 88%}\n" * 1
    twice += "  - {indicator: 孕产妇系统管理率, year: 2020, value: 86%}\n"
    other = twice + "  - {indicator: 3岁以下儿童系统管理率, year: 2020, value: 86%}\n"

    assert ratio(twice, "88%", "0.86", "0.87", "1/100") == 1
    assert ratio(other, "88%", "0.86", "0.87", "1/100") == 2
