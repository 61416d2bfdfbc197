"""A finding as an article of the HTML report: what is said, the places with their quotes, the argument, the repairs."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from msgspec import Struct

from planlint.argument import Argument
from planlint.findings import Finding, Mention, Severity, Text
from planlint.premises import Premise
from planlint.report import argument as argument_text
from planlint.report import charts, words
from planlint.report.markup import Markup, join, tag

_SHAPES = {
    Severity.ERROR: ("M2 2h12v12H2z", "M5 5l6 6M11 5l-6 6"),
    Severity.WARNING: ("M8 1l7.5 14H.5z", "M8 6v4M8 12v1"),
    Severity.INFO: ("M8 1a7 7 0 1 0 .01 0z", "M8 7v5M8 4v1"),
}
"""Shape and sign of each severity: they differ without colour, too."""
_SHOWN = 6
"""Places shown at once; the others unfold."""


class Index(Struct, frozen=True):
    """The anchors of a page: of each place that is cited, and of the findings that cite it."""

    places: dict[Mention, str]
    findings: dict[Mention, list[Finding]]


def family(rule: str) -> str:
    """Return the family of a rule: PL3 of PL302."""
    return rule[:-2]


def anchor(finding: Finding) -> str:
    """Return the anchor of a finding."""
    return f"f-{finding.fingerprint}"


def article(finding: Finding, told: Argument | None, index: Index, lang: str) -> Markup:
    """Return a finding in full; without an argument, with the steps that the rule gave."""
    said = finding.message.say(lang)
    parts: list[str] = [_head(finding, lang), tag("h4", said, lang=_said_in(lang))]
    if finding.waived is not None:
        parts.append(_waived(finding, finding.waived, lang))
    premises = {premise.mentions[0]: premise for premise in told.premises} if told is not None else {}
    parts.append(_places(finding, premises, index, lang))
    parts.extend(_argument(told, lang) if told is not None else _steps(finding.steps, lang))
    return tag(
        "article",
        *parts,
        id=anchor(finding),
        class_=f"finding {finding.severity.word}",
        data_severity=finding.severity.word,
        data_family=family(finding.rule),
        data_plan=finding.place.file,
        aria_label=f"{finding.rule}, {words.SEVERITY[finding.severity].say(lang)}",
    )


def _waived(finding: Finding, reason: str, lang: str) -> Markup:
    """Return why a finding is accepted, by whom and until when."""
    waiver = finding.waiver
    by, until = (waiver.by, waiver.until) if waiver is not None else ("", "")
    said = [Text("豁免理由：", "Waived because: ").say(lang), tag("span", reason, lang="zh-CN", class_="quote")]
    if by:
        said += [Text("；同意人：", "; agreed by ").say(lang), tag("span", by, lang="zh-CN")]
    if until:
        said.append(Text(f"；有效至 {until}", f"; until {until}").say(lang))
    return tag("p", *said, class_="reason")


def _said_in(lang: str) -> str | None:
    """Return no language where that of the page holds; messages in English cite Chinese names, and stay English."""
    return None if lang == "zh" else "en"


def badge(severity: Severity, lang: str) -> Markup:
    """Return a severity as a sign with its word."""
    shape, sign = _SHAPES[severity]
    paths = tag("path", d=shape, class_="shape"), tag("path", d=sign, class_="sign")
    drawn = tag("svg", *paths, viewBox="0 0 16 16", width=16, height=16, aria_hidden="true", focusable="false")
    return tag("span", drawn, " ", words.SEVERITY[severity].say(lang), class_=f"badge {severity.word}")


def _head(finding: Finding, lang: str) -> Markup:
    title = words.FAMILIES.get(family(finding.rule))
    about = tag("span", title.say(lang), class_="family") if title is not None else ""
    rule = tag("span", tag("b", finding.rule), " ", finding.name, class_="rule", lang="en")
    mark = tag("a", finding.fingerprint, href=f"#{anchor(finding)}", class_="fingerprint")
    return tag("p", badge(finding.severity, lang), rule, about, mark, class_="head")


def _places(finding: Finding, premises: dict[Mention, Premise], index: Index, lang: str) -> Markup:
    rows = [_place(mention, finding, premises.get(mention), index, lang) for mention in finding.mentions]
    title = tag("h5", Text("所在之处", "Where it stands").say(lang))
    shown = tag("ol", *rows[:_SHOWN], class_="places")
    if len(rows) <= _SHOWN:
        return join((title, shown))
    more = len(rows) - _SHOWN
    said = Text(f"另有 {more} 处", f"{more} more places").say(lang)
    rest = tag("ol", *rows[_SHOWN:], class_="places", start=_SHOWN + 1)
    return join((title, shown, tag("details", tag("summary", said), rest)))


def _place(mention: Mention, finding: Finding, premise: Premise | None, index: Index, lang: str) -> Markup:
    year = "" if mention.year is None else Text(f"，{mention.year}年", f", {mention.year}").say(lang)
    stands = premise.stands_for if premise is not None else None
    about = f"{mention.indicator}{year}" if mention.indicator else ""
    others = [other for other in index.findings.get(mention, ()) if other.fingerprint != finding.fingerprint]
    return tag(
        "li",
        tag("a", where(mention, lang), href=f"#{index.places[mention]}", class_="where"),
        " ",
        tag("span", about, class_="about", lang="zh-CN") if about else "",
        " ",
        quoted(mention),
        tag("span", f"（{stands.zh}）" if lang == "zh" else f" ({stands.en})", class_="stands") if stands else "",
        also(others, lang),
    )


def also(others: Sequence[Finding], lang: str) -> Markup:
    """Return links to other findings about a place."""
    if not others:
        return charts.empty()
    links = join((tag("a", o.rule, href=f"#{anchor(o)}") for o in others), Text("、", ", ").say(lang))
    return tag("span", Text("；另见 ", "; see also ").say(lang), links, class_="also")


def where(mention: Mention, lang: str) -> str:
    """Return where a figure stands: in its document where that is known, else in the plan file."""
    if mention.origin.lines:
        return words.origin(mention, lang)
    return f"{mention.place.file}:{mention.place.line}:{mention.place.column}"


def quoted(mention: Mention) -> Markup:
    """Return the quote with the figure marked in it, or the figure alone."""
    quote, figure = mention.origin.quote, words.printed(mention)
    found = _find(figure, quote)
    if not figure and not quote:
        return charts.empty()
    if found is not None:
        start, end = found
        pieces = [quote[:start], tag("mark", quote[start:end]), quote[end:]]
    elif quote:
        pieces = [tag("mark", figure), "（“", quote, "”）"] if figure else [quote]
    else:
        pieces = [tag("mark", figure)]
    return tag("span", *pieces, class_="quote", lang="zh-CN")


def _find(figure: str, quote: str) -> tuple[int, int] | None:
    """Return where a figure stands in a quote; blanks do not count."""
    wanted = "".join(figure.split())
    kept = [position for position, character in enumerate(quote) if not character.isspace()]
    start = "".join(quote[position] for position in kept).find(wanted) if wanted else -1
    return (kept[start], kept[start + len(wanted) - 1] + 1) if start >= 0 else None


def _steps(steps: Sequence[Text], lang: str) -> Iterator[Markup]:
    if steps:
        yield tag("h5", Text("算式", "Arithmetic").say(lang))
        yield tag("ul", *(tag("li", step.say(lang)) for step in steps), class_="steps")


def _argument(told: Argument, lang: str) -> Iterator[Markup]:
    if told.formula is not None:
        yield tag("h5", Text("应当成立", "What should hold").say(lang))
        yield tag("p", told.formula.say(lang), class_="formula")
    yield from _steps(told.steps, lang)
    drawn = charts.intervals(told.picture, lang) if told.picture is not None else None
    if drawn is not None and told.picture is not None:
        unit = told.picture.unit.say(lang)
        bracket = Text(f"（{unit}）", f" ({unit})").say(lang) if unit else ""
        caption = tag("figcaption", f"{told.picture.title.say(lang)}{bracket}")
        yield tag("figure", caption, drawn)
    if told.conclusion:
        yield tag("h5", Text("结论", "Conclusion").say(lang))
        yield join(tag("p", said.say(lang), class_="conclusion") for said in told.conclusion)
    yield from _repairs(told, lang)
    if told.note is not None:
        yield tag("p", told.note.say(lang), class_="note")


def _repairs(told: Argument, lang: str) -> Iterator[Markup]:
    found = argument_text.proposals(told, lang)
    if not found:
        return
    yield tag("h5", Text("怎样改就能一致", "What would make them agree").say(lang))
    kept = argument_text.kept(told, lang)
    if kept:
        yield tag("p", kept)
    items = []
    for head, numbers in found:
        said = [join(sentences, tag("br")) for sentences in numbers]
        items.append(tag("li", head, tag("ul", *(tag("li", one) for one in said))) if head else tag("li", *said))
    yield tag("ol", *items, class_="repairs")
    if told.mending.capped:
        yield tag("p", argument_text.capped(told, lang), class_="note")
