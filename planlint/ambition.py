"""The only place that tells whether an edit makes a target easier to reach, and in which respects."""

from __future__ import annotations

from collections.abc import Iterator

from planlint import wording
from planlint.amounts import KEEP, LIMIT, REACH, Amount, Change, Hedge, Kind, Operator
from planlint.exact import Fraction
from planlint.facts import Figure
from planlint.findings import Text
from planlint.matching import Entry

_STATED = REACH | LIMIT | KEEP
_WISHES = ("力争", "争取", "力求")
_LOOSE = (Hedge.ABOUT, Hedge.NEARLY)
_NO_NUMBER = (Kind.WORDS, Kind.ABSENT, Kind.PENDING)
_BINDING = "约束性"


def is_target(entry: Entry) -> bool:
    """Tell whether an entry promises something."""
    return entry.role in ("target", "assigned")


def weaker(old: Entry, new: Entry) -> tuple[Text, ...]:
    """Return in which respects a target asks for less than it did; none where it does not."""
    if not (is_target(old) and is_target(new)):
        return ()
    return (*_in_number(old.figure, new.figure), *_in_time(old.year, new.year), *_in_nature(old, new))


def _in_time(old: int | None, new: int | None) -> Iterator[Text]:
    if old is not None and new is not None and new > old:
        later = new - old
        yield Text(f"期限推后 {later} 年", f"due {later} year{'s' if later > 1 else ''} later")


def _in_nature(old: Entry, new: Entry) -> Iterator[Text]:
    before, after = old.statement.nature, new.statement.nature
    if before.startswith(_BINDING) and not after.startswith(_BINDING):
        yield Text("不再是约束性指标", "no longer binding")


def _in_number(old: Figure | None, new: Figure | None) -> Iterator[Text]:
    if old is None or new is None or old.topic.indicator != new.topic.indicator:
        return
    if old.amount.kind not in _NO_NUMBER and new.amount.kind in _NO_NUMBER:
        yield Text("不再有数字", "no number any more")
        return
    way = direction(old)
    gap = _gap(old, new, way)
    if gap < 0:
        yield _by(old, new)
    if gap <= 0:
        yield from _in_words(old.amount, new.amount, way)


def direction(figure: Figure) -> str:
    """Return which way a target improves, `higher` or `lower`; nothing where neither indicator nor sign says."""
    polarity, amount = figure.indicator.polarity, figure.amount
    if polarity in ("higher", "lower"):
        return polarity
    if amount.operator.is_floor or (amount.change is not None and amount.change.upward):
        return "higher"
    return "lower" if amount.operator.is_ceiling or amount.change is not None else ""


def _gap(old: Figure, new: Figure, way: str) -> Fraction:
    """Return by how much a target asks for more; 0 where it asks for as much, or where that cannot be told."""
    if not way:
        return Fraction(0)
    if old.is_measured and new.is_measured:
        more = _bound(new, way) - _bound(old, way)
        return more if way == "higher" else -more
    before, after = old.amount, new.amount
    if before.change is None or after.change is None or not _alike(before.change, after.change, way):
        return Fraction(0)
    if before.number is None or after.number is None or before.unit != after.unit:
        return Fraction(0)
    return after.number.value - before.number.value


def _alike(old: Change, new: Change, way: str) -> bool:
    """Tell whether of two changes the larger one is the better one."""
    same = (old.upward, old.base_year, old.yearly) == (new.upward, new.base_year, new.yearly)
    return same and old.upward == (way == "higher")


def _bound(figure: Figure, way: str) -> Fraction:
    upper = figure.upper
    return upper if way == "lower" and upper is not None else figure.value


def _by(old: Figure, new: Figure) -> Text:
    """Return how much less a target asks for, in words."""
    if not (old.is_measured and new.is_measured):
        return Text("要求的变化变小", "asks for a smaller change")
    way = direction(old)
    gap = wording.difference(abs(_bound(new, way) - _bound(old, way)), old.indicator.unit)
    if way == "higher":
        return Text(f"目标调低 {gap.zh}", f"lowered by {gap.en}")
    return Text(f"目标放宽 {gap.zh}", f"raised by {gap.en}, where lower is better")


def _in_words(old: Amount, new: Amount, way: str) -> Iterator[Text]:
    """Yield what about the words and signs around a number binds less than before."""
    if _strictness(new, way) < _strictness(old, way):
        before, after = _said(old), _said(new)
        if after:
            yield Text(f"“{before}”改成了“{after}”", f"“{after}” instead of “{before}”")
        else:
            yield Text(f"去掉了“{before}”", f"“{before}” dropped")
    if new.hedge in _LOOSE and old.hedge not in _LOOSE:
        yield Text(f"加了“{new.hedge.value}”", f"“{new.hedge.value}” added")
    wish = next((word for word in _WISHES if word in new.text and word not in old.text), "")
    if wish:
        yield Text(f"加了“{wish}”", f"“{wish}” added")


def _strictness(amount: Amount, way: str) -> int:
    """Return how firmly a bound is set: 3 beyond the number, 2 the number itself, 1 a bare number, 0 the wrong way."""
    operator = amount.operator
    if operator is Operator.NONE:
        return 2 if amount.words & _STATED else 1
    if way and operator.is_floor != (way == "higher"):
        return 0
    return 3 if operator in (Operator.ABOVE, Operator.BELOW) else 2


def _said(amount: Amount) -> str:
    if amount.operator is not Operator.NONE:
        return str(amount.operator.value)
    return next(iter(sorted(amount.words & _STATED)), "")
