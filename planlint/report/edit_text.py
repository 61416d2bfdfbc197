"""What an edit changes, as people read it in a terminal of 80 columns, and as one line a change."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from planlint.difference import Difference, PlanDifference
from planlint.editions import Review
from planlint.findings import Finding, Text
from planlint.report import columns, editing, words
from planlint.source import printable

WIDTH = 80
_NAME = 34


def render(review: Review, lang: str, *, quiet: bool = False) -> str:
    """Return the text. Plans without changes are only counted; `quiet` leaves out fixed and unchanged findings."""
    lines = [*_wrapped(editing.sides(review, lang), "", "  "), ""]
    for one in review.plans:
        if not editing.is_empty(one):
            title = printable(editing.title(one, review, lang))
            lines += [*_wrapped(title, "", "  "), *_plan(one, lang, quiet=quiet), ""]
    if all(editing.is_empty(one) for one in review.plans):
        lines += [editing.NOTHING.say(lang), ""]
    return "\n".join([*lines, *_wrapped(editing.summary(review, lang), "", "")]) + "\n"


def _wrapped(text: str, lead: str, indent: str) -> list[str]:
    return columns.wrapped(lead + text, WIDTH, indent)


def _plan(one: PlanDifference, lang: str, *, quiet: bool) -> Iterator[str]:
    if one.unread:
        yield from _wrapped(editing.UNREAD[one.unread].say(lang), "  ", "  ")
    if one.head:
        yield from _heading(editing.HEAD, len(one.head), lang)
        for part in one.head:
            yield from _wrapped(printable(editing.part(part, lang)), "    ", "      ")
    for sort, group in editing.by_sort(one.figures).items():
        yield from _heading(editing.HEADINGS[sort], len(group), lang)
        yield from _figures(group, lang)
    for sort, group in editing.by_sort(one.claims).items():
        yield from _heading(editing.CLAIMS[sort], len(group), lang)
        for difference in group:
            name = editing.short(f"{difference.shown.indicator} ({difference.shown.id})")
            yield from _wrapped(f"{editing.place(difference.shown)}  {name}", "    ", "      ")
            yield from _wrapped(editing.remarks(difference, lang), "      ", "      ")
    yield from _answers(one, lang, quiet=quiet)


def _heading(text: Text, count: int, lang: str) -> Iterator[str]:
    yield ""
    yield f"  {text.say(lang)} ({count})" if lang == "en" else f"  {text.say(lang)}（{count}）"


def _figures(group: list[Difference], lang: str) -> Iterator[str]:
    """Yield each figure in a row of a table, and below it where it stands and what is to be said of it."""
    names = [columns.cut(editing.short(d.shown.indicator), _NAME) for d in group]
    whens = [editing.when(d.shown, lang) for d in group]
    first, second = max(map(columns.width, names)), max(map(columns.width, whens))
    for difference, name, when in zip(group, names, whens, strict=True):
        lead = f"    {columns.left(name, first)}  {columns.left(when, second)}  "
        values = editing.values(difference)
        if columns.width(lead + values) <= WIDTH:
            yield (lead + values).rstrip()
        else:
            yield lead.rstrip()
            yield from _wrapped(values, "      ", "      ")
        remarks = editing.remarks(difference, lang)
        yield from _wrapped(f"{editing.place(difference.shown)}  {remarks}".rstrip(), "      ", "      ")


def _answers(one: PlanDifference, lang: str, *, quiet: bool) -> Iterator[str]:
    said = one.answers
    if said.new:
        yield from _heading(editing.NEW, len(said.new), lang)
        for finding in said.new:
            yield from _whole(finding, lang)
    if said.changed:
        yield from _heading(editing.CHANGED, len(said.changed), lang)
        for was, now in said.changed:
            yield from _wrapped(editing.head_of(now, lang), "    ", "      ")
            yield from _wrapped(f"{editing.WAS.say(lang)} {editing.head_of(was, lang)}", "      ", "        ")
    for heading, found in ((editing.FIXED, said.fixed), (editing.UNCHANGED, said.unchanged)):
        if found and not quiet:
            yield from _heading(heading, len(found), lang)
            yield from _brief(found, lang)


def _brief(found: Iterable[Finding], lang: str) -> Iterator[str]:
    for finding in found:
        place = f"{finding.place.line}:{finding.place.column}"
        yield columns.cut(f"    {place}  {editing.head_of(finding, lang)}", WIDTH)


def _whole(finding: Finding, lang: str) -> Iterator[str]:
    yield from _wrapped(editing.head_of(finding, lang), "    ", "      ")
    for mention in finding.mentions:
        place = f"{editing.place(mention)}:{mention.place.column}"
        said = f"  {words.origin(mention, lang)}  {words.shown(mention)}" if mention.origin.document else ""
        yield from _wrapped(editing.short(place + said), "      ", "        ")
    for step in finding.steps:
        yield from _wrapped(printable(f"→ {step.say(lang)}"), "        ", "          ")


def lines(review: Review, lang: str) -> str:
    """Return one line for each change and for each finding that is new, changed or fixed."""
    return "".join(f"{line}\n" for one in review.plans for line in _lines(one, lang))


def _lines(one: PlanDifference, lang: str) -> Iterator[str]:
    file = printable(one.new or one.old)
    if not (one.old and one.new):
        yield f"{file}:1:1: plan-{'added' if one.new else 'removed'} {printable(one.plan)}"
    for part in one.head:
        yield printable(f"{file}:1:1: plan {editing.part(part, lang)}")
    for kind, found in (("", one.figures), ("claim-", one.claims)):
        for difference in found:
            shown = difference.shown
            about = " ".join(filter(None, (editing.short(shown.indicator), editing.when(shown, lang))))
            said = editing.remarks(difference, lang)
            text = f"{about}: {editing.values(difference)}" + (f" ({said})" if said else "")
            yield printable(f"{editing.place(shown)}:{shown.place.column}: {kind}{difference.sort.value} {text}")
    said_of = one.answers
    marked = [("new", f) for f in said_of.new] + [("changed", now) for _, now in said_of.changed]
    for mark, finding in [*marked, *(("fixed", f) for f in said_of.fixed)]:
        place = f"{finding.place.file}:{finding.place.line}:{finding.place.column}"
        message = finding.message.say(lang)
        word = finding.severity.word if finding.waived is None else "waived"
        yield printable(f"{place}: {mark} {word} {finding.rule} {message}")
