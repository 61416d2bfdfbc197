"""A finding told in full, as text for a terminal of 80 columns: premises, formula, numbers, picture, conclusion."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from planlint import wording
from planlint.argument import Argument
from planlint.exact import Fraction
from planlint.findings import Text
from planlint.network import solver
from planlint.network.corrections import Correction, why
from planlint.network.mending import bundled
from planlint.pictures import Bar, Picture
from planlint.premises import Premise
from planlint.report import columns, words
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
    if argument.mending.repairs:
        yield from _section(Text("怎样改就能一致", "What would make them agree"), lang)
        yield from _repairs(argument, lang)
    elif argument.mending.conflict is not None and argument.mending.conflict.unsolved:
        yield from _section(Text("怎样改就能一致", "What would make them agree"), lang)
        unsolved = solver.BEYOND if solver.is_installed() else solver.MISSING
        yield from columns.wrapped(f"  {unsolved.say(lang)}", WIDTH, "  ")
    if argument.note is not None:
        yield from columns.wrapped(f"  {argument.note.say(lang)}", WIDTH, "  ")


def _section(title: Text, lang: str) -> Iterator[str]:
    yield ""
    yield title.say(lang)


def _premise(number: int, premise: Premise, lang: str) -> Iterator[str]:
    first = premise.mentions[0]
    if premise.left_out:
        more = premise.left_out
        yield Text(f"     …（另有 {more} 项）", f"     … (and {more} more terms)").say(lang)
    role = "" if premise.role is None else Text(f"（{premise.role.zh}）", f" ({premise.role.en})").say(lang)
    year = f"，{first.year}年" if lang == "zh" else f", {first.year}"
    said = f"{first.indicator}{role}{year if first.year is not None else ''}"
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


def _repairs(argument: Argument, lang: str) -> Iterator[str]:
    said = kept(argument, lang)
    if said:
        yield from columns.wrapped(f"  {printable(said)}", WIDTH, "  ")
    for number, (head, options) in enumerate(proposals(argument, lang), 1):
        lead = f"  {number}. "
        if head:
            yield f"{lead}{head}"
        for sentences in options:
            yield from _options("     - " if head else lead, sentences)
    if argument.mending.capped:
        yield f"  {capped(argument, lang)}"


def kept(argument: Argument, lang: str) -> str:
    """Return what the likeliest repair leaves as it is, nothing where that is no choice."""
    if not argument.kept:
        return ""
    listed = wording.both_listed(argument.kept)
    return Text(f"保留 {listed.zh}", f"keep {listed.en}").say(lang)


def proposals(argument: Argument, lang: str) -> list[tuple[str, list[list[str]]]]:
    """Return the repairs in words: for each number to change its alternatives, below a line where there are several."""
    bundles = bundled(argument.mending.repairs)
    alike = Counter(_correction(bundle.options[0][0], lang) for bundle in bundles if len(bundle.options) == 1)
    found = []
    for bundle in bundles:
        many = len(bundle.options)
        if many == 1:
            # Of several parts of 6 any one may be the wrong one: they are told once.
            same = alike.pop(_correction(bundle.options[0][0], lang), 0)
            if same:
                found.append(("", [_alternatives(bundle.options[0], lang, same)]))
            continue
        head = Text(f"{many} 处一起改：", f"{many} figures together:").say(lang)
        found.append((head, [_alternatives(options, lang) for options in bundle.options]))
    return found


def capped(argument: Argument, lang: str) -> str:
    """Return that there are more repairs than those listed."""
    many = len(argument.mending.repairs)
    return Text(
        f"改动同样少的改法不止这些，只列最可能的 {many} 种",
        f"there are more repairs as small as these; the likeliest {many} are listed",
    ).say(lang)


def _alternatives(options: Sequence[Correction], lang: str, alike: int = 1) -> list[str]:
    """Return what one number may be changed to; `alike` is how many numbers the same can be said of."""
    more = Text(f"；这样印的有 {alike} 处，改任何一处", f"; any one of {alike} that are printed so").say(lang)
    other = Text("或者 ", "or ").say(lang)
    return [
        f"{other if index else ''}{_correction(correction, lang)}{more if alike > 1 else ''}"
        for index, correction in enumerate(options)
    ]


def _options(lead: str, sentences: Sequence[str]) -> Iterator[str]:
    """Yield the alternatives for one number, a line each."""
    for index, sentence in enumerate(sentences):
        text = f"{' ' * len(lead) if index else lead}{sentence}"
        yield from columns.wrapped(printable(text), WIDTH, " " * (len(lead) + 2))


def _correction(correction: Correction, lang: str) -> str:
    first = correction.observation.mentions[0]
    name, before, new = first.indicator, correction.observation.text, correction.new
    said = Text(f"{name} {before} 改为 {new}", f"{name}: {new} for {before}").say(lang)
    wanted, reason = correction.wanted.say(lang), why(correction).say(lang)
    is_point = correction.interval.low is not None and correction.interval.low == correction.interval.high
    between = Text(f"应在 {wanted} 之内", f"within {wanted}").say(lang) if wanted and not is_point else ""
    between = correction.how.say(lang) or between
    more = Text("；", "; ").say(lang).join(part for part in (between, reason) if part)
    return said + (Text(f"（{more}）", f" ({more})").say(lang) if more else "")
