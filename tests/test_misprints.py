"""What may have been meant by a number that is printed wrong."""

import pytest

from planlint.misprints import meant


@pytest.mark.parametrize(
    ("printed", "wanted", "chance"),
    [
        ("10.51 人", "10.15 人", "14/3"),
        ("10.16 人", "10.15 人", "11/18"),
        ("10.5 人", "10.15 人", "3/10"),
        ("10.115 人", "10.15 人", "2"),
        ("101.5 人", "10.15 人", "4"),
        ("1.015 人", "10.15 人", "4"),
        ("≥8", "≥80", "4"),
        ("80%", "80.3%", "2/5"),
        ("1,000 张", "1001 张", "11/18"),
        ("16.26 万人", "16.26 人", "5"),
        ("2.35%", "2.35‰", "5"),
    ],
)
def test_one_slip_explains_it(printed, wanted, chance):
    """Swapped, mistyped, dropped and doubled digits, a point out of place, another unit."""
    assert {text: str(likely) for text, likely in meant(printed)}[wanted] == chance


@pytest.mark.parametrize(
    ("printed", "other"), [("10.15 人", "10.15 人"), ("10.15 人", "99.99 人"), ("12", "012"), ("20/10万", "20/10")]
)
def test_what_no_slip_explains(printed, other):
    """The same text, two slips at once, zeros that nobody prints, and the 万 of a rate."""
    assert other not in dict(meant(printed))


def test_a_text_without_digits_has_no_misprint():
    """Words are not misprinted numbers."""
    assert meant("全覆盖") == []


def test_the_likeliest_comes_first():
    """Few ways to make a slip make each of them likelier."""
    chances = [likely for _, likely in meant("4.04")]

    assert chances == sorted(chances, reverse=True)
