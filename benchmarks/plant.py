"""Plant slips: the ways in which a figure goes wrong while it is typed, copied or converted, each as a change of text.

A site is a printed number in a plan file. For each site and kind, `variants` gives every text that the slip may leave
behind; one is drawn by chance. Nothing here knows a rule.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise

from planlint import plan, tree
from planlint.amounts import Kind, NotAnAmount, parse
from planlint.engine import Engine
from planlint.facts import Facts, derive
from planlint.sights import terms
from planlint.source import Place
from planlint.units import UnknownUnit

WEIGHTS = {
    "digits swapped": 14,
    "digit changed": 22,
    "digit dropped": 12,
    "digit doubled": 8,
    "power of ten": 8,
    "neighbouring row": 9,
    "neighbouring column": 7,
    "baseline and target": 4,
    "万 and 亿": 5,
    "% ‰ /10万": 5,
    "per 千 and 万": 2,
    "unit not converted": 2,
    "cumulative for annual": 1,
    "% for 百分点": 1,
}
"""How often people make each slip, as an estimate: typing first, then copying, then units."""
_NUMBER = re.compile(r"[0-9]+(?:,[0-9]{3})*(?:\.[0-9]+)?")
_SCALES = ("/10万", "/十万", "%", "‰")


@dataclass(frozen=True)
class Site:
    """A printed number: where it stands, what is printed, and the places by which findings may cite it."""

    place: Place
    text: str
    cited: frozenset[Place]
    figure: str
    """The id of the figure, empty for a term of a claim."""
    table: tuple[str, str, int] | None = None
    """Table, row and column, where it stands in a table."""
    name: str = ""
    name_place: Place | None = None
    role: str = ""
    unit: str = ""
    kind: str = ""


@dataclass(frozen=True)
class Slip:
    """A site that was changed in one way: the lines of the plan that read otherwise, and the sites that are wrong now."""

    kind: str
    sites: tuple[Site, ...]
    printed: str
    changed: tuple[tuple[int, str], ...]

    def text(self, lines: list[str]) -> str:
        """Return the whole plan with the slip."""
        rows = dict(self.changed)
        return "\n".join(rows.get(number, line) for number, line in enumerate(lines))


def read(engine: Engine, text: str, name: str) -> Facts:
    """Return what a plan file states."""
    root, faults = tree.parse(text, name)
    stated = plan.read(root, name, faults)
    if stated is None:
        raise ValueError(f"{name} is no plan")
    return derive(stated, engine.lookups, faults)


def sites(facts: Facts) -> list[Site]:
    """Return every number of a plan's figures and claims, in the order of the file."""
    found: dict[Place, Site] = {}
    sums: dict[Place, set[Place]] = {}
    for assertion in facts.assertions:
        # A long sum is cited as one claim, not by each of its parts.
        for operand in (*assertion.operands.values(), *assertion.items):
            sums.setdefault(operand.place, set()).add(assertion.mention.place)
    for figure in facts.figures:
        said = figure.statement
        if figure.amount.number is None or figure.amount.kind is not Kind.VALUE:
            continue
        table = (
            (said.table, f"{said.name_place.line}:{said.name_place.column}", said.place.column) if said.table else None
        )
        cited = frozenset({said.place, *sums.get(said.place, ())})
        found[said.place] = Site(
            said.place,
            said.text,
            cited,
            figure.id,
            table,
            said.name,
            said.name_place,
            figure.role,
            said.unit,
            figure.indicator.kind,
        )
    for assertion in facts.assertions:
        for operand in terms(assertion):
            own = operand.place.line == assertion.mention.place.line or operand.place == assertion.mention.place
            if operand.figure is None and operand.amount.number is not None and operand.place not in found and own:
                cited = frozenset({operand.place, assertion.mention.place})
                found[operand.place] = Site(operand.place, operand.amount.text, cited, "", kind=assertion.claim.kind)
    return [found[place] for place in sorted(found)]


def variants(site: Site, all_sites: list[Site], lines: list[str]) -> dict[str, list[Slip]]:
    """Return the slips that can happen at a site, by kind."""
    found: dict[str, list[Slip]] = {}
    for kind, printed in _texts(site, all_sites):
        if _differs(printed, site.text):
            row = _replaced(lines[site.place.line - 1], site, printed)
            if row is not None:
                changed = ((site.place.line - 1, row),)
                found.setdefault(kind, []).append(Slip(kind, (site,), printed, changed))
    for slip in (_swapped_columns(site, all_sites, lines), _other_thousand(site, lines)):
        if slip is not None:
            found.setdefault(slip.kind, []).append(slip)
    return found


def _differs(printed: str, before: str) -> bool:
    """Tell whether a text is an amount, and says what is not so: 4.50 for 4.5 is no slip, nor is 80 for 80.3."""
    try:
        new, old = parse(printed), parse(before)
    except (NotAnAmount, UnknownUnit):
        return False
    if new.number is None or old.number is None:
        return False
    same = (new.unit, new.change) == (old.unit, old.change)
    coarser = new.number.quantum if new.number.quantum > old.number.quantum else Fraction(0)
    return not same or abs(new.number.value - old.number.value) > coarser / 2


def _texts(site: Site, all_sites: list[Site]) -> Iterator[tuple[str, str]]:
    match = _NUMBER.search(site.text)
    if match is None:
        return
    before, digits, after = site.text[: match.start()], match[0], site.text[match.end() :]
    for kind, number in _numbers(digits):
        yield kind, before + number + after
    if "万" in after and "/" not in after:
        yield "万 and 亿", before + digits + after.replace("万", "", 1)
        yield "万 and 亿", before + digits + after.replace("万", "亿", 1)
        yield "unit not converted", before + _plain(Fraction(digits.replace(",", "")) * 10_000) + after
    elif "亿" in after:
        yield "万 and 亿", before + digits + after.replace("亿", "万", 1)
        yield "unit not converted", before + _plain(Fraction(digits.replace(",", "")) * 10_000) + after
    elif site.unit.startswith("万") and not after:
        yield "unit not converted", before + _plain(Fraction(digits.replace(",", "")) * 10_000)
    elif after.strip()[:1] in "人元" and after.strip() and len(digits) >= 4:
        yield "万 and 亿", f"{before}{digits} 万{after.strip()}"
    for scale in _SCALES:
        if after.strip().startswith(scale):
            rest = after.strip().removeprefix(scale)
            for other in {"%": ("‰",), "‰": ("%",)}.get(scale, ("/万", "‰")):
                yield "% ‰ /10万", before + digits + other + rest
    if after.strip().startswith("%") and site.kind in ("change", "comparison"):
        yield "% for 百分点", before + digits + after.replace("%", " 个百分点")
    if "百分点" in after:
        yield "% for 百分点", before + digits + re.sub(" ?个?百分点", "%", after)
    if site.kind == "change" and before.startswith("增长"):
        yield "cumulative for annual", "年均" + site.text
    if before.startswith("年均"):
        yield "cumulative for annual", site.text.removeprefix("年均")
    yield from _neighbours(site, all_sites, before, after)


def _numbers(digits: str) -> Iterator[tuple[str, str]]:
    places = [i for i, c in enumerate(digits) if c.isdigit()]
    for i, j in pairwise(places):
        if digits[i] != digits[j]:
            swapped = list(digits)
            swapped[i], swapped[j] = swapped[j], swapped[i]
            yield "digits swapped", "".join(swapped)
    for i in places:
        if len(places) > 1:
            yield "digit dropped", (digits[:i] + digits[i + 1 :]).strip(".")
        yield "digit doubled", digits[: i + 1] + digits[i:]
        for other in "0123456789":
            # Leading zeros are no slip that anybody prints.
            if other != digits[i] and not (i == 0 and other == "0" and len(digits) > 1):
                yield "digit changed", digits[:i] + other + digits[i + 1 :]
    value = Fraction(digits.replace(",", ""))
    for shifted in (value * 10, value / 10):
        yield "power of ten", _plain(shifted)


def _plain(value: Fraction) -> str:
    """Return a number that has a finite decimal expansion, in digits."""
    places = 0
    while (value * 10**places).denominator != 1:
        places += 1
    digits = str((value * 10**places).numerator).rjust(places + 1, "0")
    return f"{digits[:-places]}.{digits[-places:]}" if places else digits


def _neighbours(site: Site, all_sites: list[Site], before: str, after: str) -> Iterator[tuple[str, str]]:
    """Yield the numbers of the cells beside, above and below."""
    if site.table is None:
        return
    table, row, _ = site.table
    cells = [other for other in all_sites if other.table is not None and other.table[0] == table]
    rows = list(dict.fromkeys(other.table[1] for other in cells if other.table))
    at = rows.index(row)
    own = [other for other in cells if other.table and other.table[1] == row]
    for near in (at - 1, at + 1):
        if not 0 <= near < len(rows):
            continue
        beside = [other for other in cells if other.table and other.table[1] == rows[near]]
        if own.index(site) < len(beside):
            number = _NUMBER.search(beside[own.index(site)].text)
            if number is not None:
                yield "neighbouring row", before + number[0] + after
    for other in own:
        number = _NUMBER.search(other.text)
        if other is not site and number is not None:
            yield "neighbouring column", before + number[0] + after


def _swapped_columns(site: Site, all_sites: list[Site], lines: list[str]) -> Slip | None:
    """Return the plan with the numbers of a row's baseline and target exchanged."""
    if site.role != "baseline" or site.table is None:
        return None
    target = next((s for s in all_sites if s.table and s.table[:2] == site.table[:2] and s.role == "target"), None)
    if target is None:
        return None
    first, second = _NUMBER.search(site.text), _NUMBER.search(target.text)
    if first is None or second is None or Fraction(first[0].replace(",", "")) == Fraction(second[0].replace(",", "")):
        return None
    new = {
        site: _NUMBER.sub(second[0], site.text, count=1),
        target: _NUMBER.sub(first[0], target.text, count=1),
    }
    rows: dict[int, str | None] = {}
    # From right to left, or the first change would move the second.
    for one in sorted((site, target), key=_column, reverse=True):
        number = one.place.line - 1
        row = rows.get(number, lines[number])
        rows[number] = _replaced(row, one, new[one]) if row is not None else None
    changed = tuple((number, row) for number, row in rows.items() if row is not None)
    return Slip("baseline and target", (site, target), new[site], changed) if len(changed) == len(rows) else None


def _column(site: Site) -> Place:
    return site.place


def _other_thousand(site: Site, lines: list[str]) -> Slip | None:
    """Return the plan with the figure printed per 万 where its name says per 千, or the other way round."""
    place, name = site.name_place, site.name
    if place is None or site.table is not None or not name.startswith(("每千", "每万")):
        return None
    other = ("每万" if name.startswith("每千") else "每千") + name[2:]
    row = lines[place.line - 1]
    start = row.find(name, place.column - 1)
    if start < 0:
        return None
    changed = row[:start] + other + row[start + len(name) :]
    return Slip("per 千 and 万", (site,), f"{other} {site.text}", ((place.line - 1, changed),))


def _replaced(row: str, site: Site, printed: str) -> str | None:
    """Return a line with another text at a site; None where the text does not stand there as it was read."""
    start = row.find(site.text, site.place.column - 1)
    if start < 0 or start > site.place.column:
        return None
    return row[:start] + printed + row[start + len(site.text) :]
