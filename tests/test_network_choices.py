"""What to print instead: the likeliest of the numbers that would do."""

from hypothesis import given
from hypothesis import strategies as st
from networks import facts_of, network
from test_network_conflicts import DENSITIES, plan

from planlint.exact import Fraction
from planlint.intervals import Interval
from planlint.network.choices import _near, choices
from planlint.network.evidence import Evidence
from planlint.network.literals import fits_into
from planlint.network.slips import meant

TEXT = plan(*DENSITIES[:3], "indicator: 每千人口注册护士数, year: 2020, value: 3.50 人")
DENSITY = next(o for o in network(TEXT).observations if o.text == "3.50 人")


def chosen(low, high, elsewhere=None):
    """What may stand instead of 3.50, between two densities per thousand."""
    wanted = Interval(Fraction(low) / 1000, Fraction(high) / 1000)
    return choices(DENSITY, wanted, fits_into(DENSITY.printings[0], wanted), elsewhere or {}, Evidence(facts_of(TEXT)))


def shown(found):
    """Texts with the slip that explains the printed one and the places that print it."""
    return [(c.replacements[0].text, c.slip and c.slip.kind, c.elsewhere) for c in found.choices]


def test_a_narrow_interval_leaves_one_number():
    """No slip explains it, and little speaks for it."""
    found = chosen("3.2383", "3.2437")

    assert shown(found) == [("3.24 人", None, 0)]
    assert found.weight == Fraction(1, 20)


def test_a_slip_is_named_where_it_is_the_one_explanation():
    """5.30 and 3.50 have their first digits swapped; it is printed at two other places, too."""
    value = Fraction(53, 10000)

    assert shown(chosen("5.296", "5.304"))[0] == ("5.30 人", "swapped", 0)
    assert shown(chosen("4.5", "6", {value: (2, Fraction(1, 100000))}))[0] == ("5.30 人", "swapped", 2)


def test_nothing_fits_nowhere():
    """Densities are not negative, and what is printed is no correction of itself."""
    assert shown(chosen("-2", "-1")) == []
    assert "3.50 人" not in [text for text, _, _ in shown(chosen("3.4", "3.6"))]


@given(
    printed=st.from_regex(r"[1-9][0-9]{0,4}(\.[0-9]{1,2})?", fullmatch=True),
    one=st.sampled_from([Fraction(1), Fraction(1, 100), Fraction(1, 1000), Fraction(10**4)]),
    middle=st.fractions(0, 10**5, max_denominator=1000),
    width=st.fractions(0, 50, max_denominator=1000),
    ends=st.sampled_from(["both", "low", "high"]),
)
def test_what_need_not_be_looked_at_never_fits(printed, one, middle, width, ends):
    """Of the numbers that a slip may have come from, none that may stand for a wanted value is passed over."""
    wanted = Interval(
        middle * one if ends != "high" else None,
        (middle + width) * one if ends != "low" else None,
    )

    def fits(digits):
        whole, _, decimals = digits.partition(".")
        step = one / 10 ** len(decimals)
        value = int(whole + decimals) * step
        return Interval(value - step / 2, value + step / 2).meets(wanted)

    every = {guess.digits for guess in meant(printed) if fits(guess.digits)}
    near = {guess.digits for guess in meant(printed, "", _near(wanted, one))}
    assert every - {printed} <= near
