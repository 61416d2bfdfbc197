"""Is one value of several years ten times, or a tenth of, all the others, as where a decimal point has moved?"""

from __future__ import annotations

from collections.abc import Iterator

from planlint import wording
from planlint.amounts import Kind
from planlint.exact import Fraction
from planlint.facts import Figure
from planlint.findings import Severity, Text
from planlint.verdicts import Inquiry, Options, Verdict, fails, name_of

_KINDS = frozenset({"share", "density", "duration", "count", "money", "area"})
"""Deaths and cases go up and down tenfold where there are few of them."""
_STEADY = Fraction(3, 2)
"""Times the lowest of the other values up to which they are alike."""
_LEAST = 10
"""Things of which there are fewer may well become ten times as many."""


def ask_shifts(inquiry: Inquiry, options: Options) -> Iterator[Verdict]:
    """Put the question to every indicator that is printed for three years or more."""
    for figures in inquiry.facts.by_topic.values():
        if len(figures) < 3 or len({figure.year for figure in figures}) < 3:
            # Most indicators are printed for a base year and a target year.
            continue
        if figures[0].indicator.kind in _KINDS:
            years = _by_year(inquiry.usable(figures))
            if len(years) > 2:
                yield from _judge(years, options)


def _by_year(figures: list[Figure]) -> dict[int, list[Figure]]:
    """Return the figures of each year that prints one number only, in the order of the years."""
    years: dict[int, list[Figure]] = {}
    for figure in figures:
        if figure.is_measured and figure.amount.kind is Kind.VALUE and figure.value > 0:
            years.setdefault(figure.year, []).append(figure)
    return {year: years[year] for year in sorted(years) if len({f.value for f in years[year]}) == 1}


def _judge(years: dict[int, list[Figure]], options: Options) -> Iterator[Verdict]:
    for year, found in years.items():
        others = [figures[0] for other, figures in years.items() if other != year]
        low, high = (end(f.value for f in others) for end in (min, max))
        value = found[0].value
        if high > low * _STEADY or max(high, value) < _LEAST:
            continue
        moved = next((m for m in (value * 10, value / 10) if low / _STEADY <= m <= high * _STEADY), None)
        if moved is None:
            continue
        between = min(f.year for f in others) < year < max(f.year for f in others)
        # What lies between two that are alike was hardly ever so; the first or the last may be a leap.
        severity = options.severity.milder() if between else Severity.INFO
        yield _finding(found, others, moved, severity)


def _finding(found: list[Figure], others: list[Figure], moved: Fraction, severity: Severity) -> Verdict:
    first = found[0]
    unit = wording.short_unit(first.indicator.unit)
    shown: dict[str, str | Text] = {
        "name": name_of(first),
        "value": first.mention.text,
        "year": str(first.year),
        "others": wording.both_listed([f.mention.text for f in others]),
        "moved": wording.in_unit(wording.few(moved), unit),
    }
    return fails([*found, *others], shown, variant="shifted", severity=severity)
