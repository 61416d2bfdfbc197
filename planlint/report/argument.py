"""A finding told in full, as text for a terminal of 80 columns: premises, formula, numbers, picture, conclusion."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from planlint import wording
from planlint.argument import Argument, Bar, Picture, Premise
from planlint.exact import Fraction
from planlint.findings import Text
from planlint.repairs import MANY, Repair
from planlint.report import columns, words
from planlint.reprints import Change
from planlint.source import printable

WIDTH = 80
_LABEL = 24
_PLACES = 6
"""Places of one premise beyond which only their number is told."""


def render(arguments: Sequence[Argument], lang: str) -> str:
    """Return arguments as text, an empty line between two of them."""
    return "\n\n".join("\n".join(_argument(argument, lang)) for argument in arguments) + "\n" if arguments else ""


def _argument(argument: Argument, lang: str) -> Iterator[str]:
    finding = argument.finding
    severity = words.SEVERITY[finding.severity].say(lang)
    yield f"{finding.rule} {finding.name} · {severity} · {finding.fingerprint}"
    yield from columns.wrapped(printable(finding.message.say(lang)), WIDTH, "")
    yield from _section(Text("前提", "Premises"), lang)
    for number, premise in enumerate(argument.premises, 1):
        yield from _premise(number, premise, lang)
    if argument.formula is not None:
        yield from _section(Text("公式", "Formula"), lang)
        yield f"  {argument.formula.say(lang)}"
    if argument.steps:
        yield from _section(Text("代入", "Put in"), lang)
        for step in argument.steps:
            yield from columns.wrapped(f"  {printable(step.say(lang))}", WIDTH, "    ")
    if argument.picture is not None:
        title, unit = argument.picture.title, argument.picture.unit
        yield from _section(Text(f"{title.zh}（{unit.zh}）", f"{title.en} ({unit.en})") if unit.en else title, lang)
        yield from picture(argument.picture)
    if argument.conclusion:
        yield from _section(Text("结论", "Conclusion"), lang)
        for said in argument.conclusion:
            yield from columns.wrapped(f"  {printable(said.say(lang))}", WIDTH, "  ")
    if argument.repairs:
        yield from _section(Text("怎样改就能一致", "What would make them agree"), lang)
        for number, repair in enumerate(argument.repairs, 1):
            yield from _repair(number, repair, lang)
        if len(argument.repairs) == MANY:
            yield "  " + Text(f"至多列 {MANY} 种改法", f"at most {MANY} repairs are listed").say(lang)
    if argument.note is not None:
        yield from columns.wrapped(f"  {argument.note.say(lang)}", WIDTH, "  ")


def _section(title: Text, lang: str) -> Iterator[str]:
    yield ""
    yield title.say(lang)


def _premise(number: int, premise: Premise, lang: str) -> Iterator[str]:
    first = premise.mentions[0]
    year = f"，{first.year}年" if lang == "zh" else f", {first.year}"
    said = f"{first.indicator}{year if first.year is not None else ''}"
    text = f"：{first.text}" if lang == "zh" else f": {first.text}"
    stands = "" if premise.stands_for is None else f"（{premise.stands_for.zh}）"
    if lang == "en" and premise.stands_for is not None:
        stands = f" ({premise.stands_for.en})"
    yield from columns.wrapped(printable(f"  {number}. {said}{text}{stands}"), WIDTH, "     ")
    for mention in premise.mentions[:_PLACES]:
        place = f"{printable(mention.place.file)}:{mention.place.line}:{mention.place.column}"
        source = f"  {printable(words.origin(mention, lang))}" if mention.origin.document else ""
        yield f"     {place}{source}"
    more = len(premise.mentions) - _PLACES
    if more > 0:
        yield f"     {Text(f'另有 {more} 处', f'and {more} more places').say(lang)}"


def picture(drawn: Picture) -> Iterator[str]:
    """Yield intervals on one scale, a line each: where they do not overlap, no number lies in all."""
    lows = [bar.interval.low for bar in drawn.bars if bar.interval.low is not None]
    highs = [bar.interval.high for bar in drawn.bars if bar.interval.high is not None]
    if len(lows) < len(drawn.bars) or len(highs) < len(drawn.bars):
        return
    low, high = min(lows), max(highs)
    spans = [_span(bar, high - low) for bar in drawn.bars]
    names = [columns.cut(_name(bar), _LABEL) for bar in drawn.bars]
    label, span = max(map(columns.width, names)), max(map(columns.width, spans))
    room = max(WIDTH - 2 - label - 2 - span - 2, 10)
    for bar, name, text in zip(drawn.bars, names, spans, strict=True):
        drawn_bar = _bar(bar, low, high, room)
        yield f"  {columns.left(name, label)}  {columns.left(drawn_bar, room)}  {columns.right(text, span)}".rstrip()
    ends = _short(low, high - low), _short(high, high - low)
    gap = room - columns.width(ends[0]) - columns.width(ends[1])
    if gap > 0:
        yield f"  {' ' * label}  {ends[0]}{' ' * gap}{ends[1]}"


def _name(bar: Bar) -> str:
    """Return what stands in front of a bar: the amount as printed, and as much of its name as there is room for."""
    text = printable(bar.text)
    room = _LABEL - columns.width(text) - 1
    return f"{text} {columns.cut(printable(bar.label), room)}" if text else printable(bar.label)


def _bar(bar: Bar, low: Fraction, high: Fraction, room: int) -> str:
    first, last = (_column(end, low, high, room) for end in (bar.interval.low, bar.interval.high))
    if first == last:
        return " " * first + "|"
    return " " * first + "[" + "=" * (last - first - 1) + "]"


def _column(end: Fraction | None, low: Fraction, high: Fraction, room: int) -> int:
    if end is None or high == low:
        return 0
    return int((end - low) * (room - 1) // (high - low))


def _span(bar: Bar, extent: Fraction) -> str:
    return wording.span(bar.interval, 1, _decimals(extent))


def _short(number: Fraction, extent: Fraction) -> str:
    return wording.fixed(number, _decimals(extent))


def _decimals(extent: Fraction) -> int:
    """Return how many decimals tell ends apart on a scale of some extent."""
    places = 0
    while places < 9 and extent * 10**places < 500:
        places += 1
    return places


def _repair(number: int, repair: Repair, lang: str) -> Iterator[str]:
    lead = f"  {number}. "
    if not repair.kept:
        (options,) = repair.changes
        yield from _options(lead, options, lang)
        return
    yield from columns.wrapped(printable(f"{lead}{kept(repair, lang)}"), WIDTH, "     ")
    for options in repair.changes:
        yield from _options("     - ", options, lang)


def _options(lead: str, options: Sequence[Change], lang: str) -> Iterator[str]:
    """Yield the alternatives for one number in one line."""
    yield from columns.wrapped(printable(f"{lead}{alternatives(options, lang)}"), WIDTH, " " * len(lead))


def kept(repair: Repair, lang: str) -> str:
    """Return what a repair leaves as it is, where that is a choice."""
    listed = Text(*(wording.listed(repair.kept, lang) for lang in ("zh", "en")))
    return Text(f"保留 {listed.zh}：", f"keep {listed.en}:").say(lang)


def alternatives(options: Sequence[Change], lang: str) -> str:
    """Return the ways in which one number may be changed, in words."""
    return Text("；或者 ", "; or ").say(lang).join(_change(change, lang) for change in options)


def _change(change: Change, lang: str) -> str:
    printed = change.printed
    name, before = printed.mention.indicator, printed.mention.text
    said = Text(f"{name} {before} 改为 {change.text}", f"{name}: {change.text} for {before}").say(lang)
    if change.is_printed:
        return said + Text("（另一处印的）", ", as printed elsewhere").say(lang)
    if change.first == change.last:
        return said
    return said + Text(f"（{change.first} 至 {change.last} 均可）", f" ({change.first} to {change.last})").say(lang)
