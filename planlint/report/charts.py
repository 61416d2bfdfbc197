"""Pictures of numbers as inline SVG: the course of an indicator, intervals on one scale, the coverage of a table.

What colour says, a shape or a hatching says, too, and words beside the picture. No style attribute is written: the
report's Content-Security-Policy allows none.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from planlint import wording
from planlint.courses import Course, Goal, Reached
from planlint.coverage import State
from planlint.exact import Fraction
from planlint.intervals import largest_agreement
from planlint.pictures import Bar, Picture
from planlint.report import columns
from planlint.report.markup import Markup, join, raw, tag

_WIDTH, _HEIGHT = 300, 124
_LEFT, _RIGHT, _TOP, _BOTTOM, _AXIS, _YEARS = 42, 252, 34, 72, 104, 119
_ROOM = 30
"""What a year takes below the axis."""
_LABEL = 14
_SIGNS = {1: "≥", -1: "≤", 0: ""}

PATTERNS = raw(
    '<svg class="patterns" width="0" height="0" aria-hidden="true" focusable="false"><defs>'
    '<pattern id="hatch" width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">'
    '<rect class="hatch-ground" width="6" height="6"/><rect class="hatch-line" width="2.4" height="6"/></pattern>'
    '<pattern id="dots" width="5" height="5" patternUnits="userSpaceOnUse">'
    '<rect class="dots-ground" width="5" height="5"/><circle class="dots-dot" cx="2.5" cy="2.5" r="1.2"/></pattern>'
    '<pattern id="bands" width="6" height="6" patternUnits="userSpaceOnUse">'
    '<rect class="bands-ground" width="6" height="6"/><rect class="bands-line" width="2.4" height="6"/></pattern>'
    '<pattern id="rings" width="8" height="7" patternUnits="userSpaceOnUse">'
    '<rect class="rings-ground" width="8" height="7"/><circle class="rings-ring" cx="4" cy="3.5" r="2"/></pattern>'
    "</defs></svg>"
)
"""What other pictures of the page fill their shapes with; drawn once."""


def course(drawn: Course, label: str) -> Markup:
    """Return the way from what was reached to what is aimed at. `label` says the same in words."""
    marks = _marks(drawn)
    years = sorted({mark.year for mark in marks})
    values = [mark.value for mark in marks]
    across = _Scale(Fraction(years[0]), Fraction(years[-1]), _LEFT, _RIGHT)
    up = _Scale(min(values), max(values), _BOTTOM, _TOP)
    parts: list[str] = [tag("line", class_="axis", x1=8, y1=_AXIS, x2=_WIDTH - 8, y2=_AXIS)]
    named = _named(drawn, across)
    for year in sorted(named):
        parts.append(tag("text", str(year), class_="year", x=across(year), y=_YEARS, text_anchor="middle"))
    last = [mark for mark in drawn.reached if mark.year == drawn.reached[-1].year]
    for goal in drawn.goals:
        for mark in last:
            parts.extend(_way(mark, goal, across, up))
    parts.extend(_before(drawn.reached, across, up))
    parts.extend(tag("circle", class_="reached", cx=across(m.year), cy=up(m.value), r="4.5") for m in drawn.reached)
    for goal in drawn.goals:
        parts.extend(_goal(goal, across, up))
    parts.extend(_labels(drawn, named, across, up))
    box = f"0 0 {_WIDTH} {_HEIGHT}"
    return tag("svg", *parts, class_="course", viewBox=box, role="img", aria_label=label)


def _named(drawn: Course, across: _Scale) -> set[int]:
    """Return the years to be named: of the aims, of what was reached last and first, where there is room for them."""
    found: list[int] = []
    for year in dict.fromkeys((*(g.year for g in drawn.goals), drawn.reached[-1].year, drawn.reached[0].year)):
        if all(abs(Fraction(across(year)) - Fraction(across(other))) >= _ROOM for other in found):
            found.append(year)
    return set(found)


def _marks(drawn: Course) -> list[Reached | Goal]:
    """Return everything that a chart shows."""
    return [*drawn.reached, *drawn.goals]


class _Scale:
    """Numbers laid on a line of the picture, exactly; coordinates have one decimal."""

    def __init__(self, low: Fraction, high: Fraction, start: int, end: int) -> None:
        self._low, self._extent = low, high - low
        self._start, self._end = start, end

    def __call__(self, value: Fraction | int) -> str:
        share = (value - self._low) / self._extent if self._extent else Fraction(1, 2)
        return wording.number(Fraction(round((self._start + share * (self._end - self._start)) * 10), 10))


def _way(mark: Reached, goal: Goal, across: _Scale, up: _Scale) -> Iterator[Markup]:
    """Yield the line from what was reached to a bound; one that leads backwards stands on a hatched ground."""
    if goal.year <= mark.year:
        return
    x1, y1, x2, y2 = across(mark.year), up(mark.value), across(goal.year), up(goal.value)
    lost = mark in goal.lost
    if lost:
        yield tag("polygon", class_="lost", points=f"{x1},{y1} {x2},{y1} {x2},{y2}", fill="url(#hatch)")
    yield tag("line", class_="way worse" if lost else "way", x1=x1, y1=y1, x2=x2, y2=y2)


def _before(reached: Sequence[Reached], across: _Scale, up: _Scale) -> Iterator[Markup]:
    """Yield the line through what was reached year by year; two values of one year are not on a line."""
    years = [mark.year for mark in reached]
    if len(reached) > 1 and len(set(years)) == len(years):
        yield tag("polyline", class_="past", points=" ".join(f"{across(m.year)},{up(m.value)}" for m in reached))


def _goal(goal: Goal, across: _Scale, up: _Scale) -> Iterator[Markup]:
    """Yield the bound: a bar with an arrow to the side that it leaves open, a lozenge where no sign says which."""
    x, y = Fraction(across(goal.year)), Fraction(up(goal.value))
    kind = "goal worse" if goal.behind else "goal"
    if goal.side:
        tip, foot = _at(y - 11 * goal.side), _at(y - 4 * goal.side)
        yield tag("line", class_=kind, x1=_at(x - 13), y1=_at(y), x2=_at(x + 13), y2=_at(y))
        yield tag("polygon", class_=kind, points=f"{_at(x)},{tip} {_at(x + 5)},{foot} {_at(x - 5)},{foot}")
    else:
        points = ((x, y - 6), (x + 6, y), (x, y + 6), (x - 6, y))
        yield tag("polygon", class_=kind, points=" ".join(f"{_at(a)},{_at(b)}" for a, b in points))
    if goal.behind:
        a, b, c, d = _at(x + 19), _at(y - 5), _at(x + 29), _at(y + 5)
        yield tag("path", class_="cross", d=f"M{a} {b}L{c} {d}M{a} {d}L{c} {b}")


def _at(coordinate: Fraction) -> str:
    return wording.number(Fraction(round(coordinate * 10), 10))


def _labels(drawn: Course, named: set[int], across: _Scale, up: _Scale) -> Iterator[Markup]:
    """Yield the highest and the lowest amount of each named year as it is printed, above and below its mark."""
    for year in sorted(named):
        marks = [mark for mark in _marks(drawn) if mark.year == year]
        ordered = sorted(marks, key=lambda mark: mark.value)
        # Where the way comes down, there is room below.
        falls = len(marks) == 1 and isinstance(marks[0], Goal) and marks[0].value < drawn.reached[-1].value
        yield _amount(ordered[-1], across, up, is_above=not falls)
        if len(ordered) > 1:
            yield _amount(ordered[0], across, up, is_above=False)


def _amount(mark: Reached | Goal, across: _Scale, up: _Scale, *, is_above: bool) -> Markup:
    side = mark.side if isinstance(mark, Goal) else 0
    # An arrow on this side needs its room.
    shift = (-17 if side > 0 else -11) if is_above else (26 if side < 0 else 18)
    said = _short(mark, _SIGNS[side])
    place = _at(Fraction(up(mark.value)) + shift)
    return tag("text", said, class_="amount", x=across(mark.year), y=place, text_anchor="middle", lang="zh-CN")


def _short(mark: Reached | Goal, sign: str) -> str:
    """Return an amount as it is printed, or its number where that is long."""
    said = mark.mentions[0].text
    return said if columns.width(said) <= _LABEL else f"{sign}{wording.short(mark.value)}"


def intervals(picture: Picture, lang: str) -> Markup | None:
    """Return intervals on one scale, a row each; those outside the one largest agreement are hatched."""
    lows = [bar.interval.low for bar in picture.bars if bar.interval.low is not None]
    highs = [bar.interval.high for bar in picture.bars if bar.interval.high is not None]
    if len(lows) < len(picture.bars) or len(highs) < len(picture.bars):
        return None
    low, high = min(lows), max(highs)
    margin = (high - low) / 20 or Fraction(1)
    across = _Scale(low - margin, high + margin, 0, 400)
    agreeing = largest_agreement([bar.interval for bar in picture.bars])
    core = agreeing[0] if len(agreeing) == 1 and len(agreeing[0]) > 1 else frozenset(range(len(picture.bars)))
    rows = [
        _interval(bar, across, _places(high - low), is_odd=index not in core, lang=lang)
        for index, bar in enumerate(picture.bars)
    ]
    return tag("ul", *rows, class_="intervals")


def _interval(bar: Bar, across: _Scale, places: int, *, is_odd: bool, lang: str) -> Markup:
    start, end = Fraction(across(bar.interval.low or 0)), Fraction(across(bar.interval.high or 0))
    width = max(end - start, Fraction(3))
    shape = tag(
        "rect",
        class_="bar odd" if is_odd else "bar",
        x=_at(start - (width - (end - start)) / 2),
        y=3,
        width=_at(width),
        height=10,
        fill="url(#hatch)" if is_odd else None,
    )
    track = tag("line", class_="track", x1=0, y1=8, x2=400, y2=8)
    drawn = tag("svg", track, shape, viewBox="0 0 400 16", preserveAspectRatio="none", aria_hidden="true")
    span = wording.span(bar.interval, 1, places)
    word = tag("small", "与其他不合" if lang == "zh" else "apart from the others", class_="apart") if is_odd else ""
    name = tag("span", tag("b", bar.text) if bar.text else "", " " if bar.text else "", bar.label, lang="zh-CN")
    return tag("li", tag("span", name, word, class_="name"), drawn, tag("span", span, class_="span"))


def _places(extent: Fraction) -> int:
    """Return how many decimals tell ends apart on a scale of some extent."""
    return next((places for places in range(9) if extent * 10**places >= 500), 9)


_FILLS = {
    State.IN_PART: "url(#bands)",
    State.NOTED: "url(#rings)",
    State.RANGE: "url(#dots)",
    State.UNSEEN: "url(#hatch)",
}


def shares(states: Sequence[tuple[State, int]], label: str) -> Markup:
    """Return how much of a whole has which state, one beside the other."""
    whole = sum(count for _, count in states)
    parts: list[Markup] = []
    done = 0
    for state, count in states:
        start, end = (Fraction(400 * part, whole or 1) for part in (done, done + count))
        done += count
        if count:
            fill = _FILLS.get(state)
            at, width = _at(start), _at(end - start)
            parts.append(tag("rect", class_=f"share {state.value}", fill=fill, x=at, y=0, width=width, height=14))
    return tag(
        "svg", *parts, class_="shares", viewBox="0 0 400 14", preserveAspectRatio="none", role="img", aria_label=label
    )


def key(states: Iterable[tuple[State, str]]) -> Markup:
    """Return what the fillings of `shares` mean."""
    return tag("ul", *(_key(state, word) for state, word in states), class_="key")


def _key(state: State, word: str) -> Markup:
    square = tag("rect", class_=f"share {state.value}", width=14, height=14, fill=_FILLS.get(state))
    return tag("li", tag("svg", square, viewBox="0 0 14 14", width=14, height=14, aria_hidden="true"), " ", word)


def empty() -> Markup:
    """Return nothing, as a piece."""
    return join(())
