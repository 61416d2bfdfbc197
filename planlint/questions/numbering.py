"""Do the numbers of rows, headings and enumerations count on without a gap, a repeat or a step back?"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Sequence

from msgspec import Struct

from planlint import names, wording
from planlint.findings import Mention, Origin, Text
from planlint.numerals import CHARACTERS, NotANumeral, read_numeral
from planlint.patterns import pattern
from planlint.questions import claims
from planlint.questions.lists import item_mention
from planlint.statements import Term
from planlint.verdicts import Answer, Inquiry, Options, Question, Verdict

Number = tuple[int, ...]

_MARK = pattern(r"(?P<before>[^0-9]*?)(?P<number>[0-9]{1,4}(?:[.-][0-9]{1,3}){0,5})(?P<after>[^0-9]*)")
_BRACKETS = "()（）[]【】"
_ROMAN = {"i": 1, "ii": 2, "iii": 3, "iv": 4, "v": 5, "vi": 6, "vii": 7, "viii": 8, "ix": 9, "x": 10}
_BLANK = frozenset({"", "-", "—", "–", "/"})


class Mark(Struct, frozen=True):
    """A printed number: how it is written (so that 一, 1 and （1） count by themselves) and what it says."""

    style: tuple[str, str, str]
    number: Number
    term: Term


def read_mark(term: Term) -> Mark | None:
    """Return the number that a mark prints: 3, （三）, 三、, ③, 表2-1, 2.1; None where it prints none."""
    text = unicodedata.normalize("NFKC", "".join(term.text.split()))
    raised = any(unicodedata.category(c) == "No" for c in term.text)
    found = _MARK.fullmatch(text)
    if found is not None:
        if "-" in found["number"] and not found["before"]:
            # 1-3 may stand for three rows, or for the third of the first.
            return None
        number = tuple(int(part) for part in found["number"].replace("-", ".").split("."))
        return Mark((found["before"], "circled" if raised else "digits", found["after"]), number, term)
    roman = _ROMAN.get(text.strip(".、)(").lower())
    if roman is not None:
        return Mark(("", "roman", ""), (roman,), term)
    start = next((i for i, c in enumerate(text) if c in CHARACTERS), len(text))
    end = next((i for i in range(start, len(text)) if text[i] not in CHARACTERS), len(text))
    try:
        return Mark((text[:start], "chinese", text[end:]), (read_numeral(text[start:end]),), term)
    except NotANumeral:
        return None


def follows(last: Number, number: Number, blanks: int) -> bool:
    """Tell whether a number counts on from another one, `blanks` rows without a number between them.

    1.2 is followed by 1.3, by 1.2.1, by 2, and by 2.1 or 4.1: a chapter may have no number of this kind.
    """
    if all(part == 1 for part in number):
        return True
    if number == last + (1,) * (len(number) - len(last)) and len(number) > len(last):
        return True
    head = number
    while len(head) > 1 and head[-1] == 1:
        head = head[:-1]
        if head[:-1] == last[: len(head) - 1] and len(last) >= len(head) and head[-1] > last[len(head) - 1]:
            return True
    if len(number) > len(last) or number[:-1] != last[: len(number) - 1]:
        return False
    return last[len(number) - 1] < number[-1] <= last[len(number) - 1] + 1 + blanks


class Break(Struct, frozen=True):
    """A number that does not count on from the one before it."""

    before: Mark
    mark: Mark
    kind: str


def breaks(terms: Sequence[Term | None]) -> tuple[list[Break], list[Term]]:
    """Return where a numbering breaks, and the marks that cannot be read."""
    open_: dict[tuple[str, str, str], list[Number]] = {}
    latest: dict[tuple[str, str, str], Mark] = {}
    found, unread = [], []
    blanks, style = 0, ("", "", "")
    for term in terms:
        if term is None or term.text in _BLANK:
            blanks += 1
            continue
        mark = read_mark(term)
        if mark is None:
            unread.append(term)
            open_.clear()
            continue
        levels = open_.setdefault(mark.style, [])
        # A numbering inside another one is over when the outer one counts on (1 2 1 2 3).
        level = next((i for i in range(len(levels) - 1, -1, -1) if follows(levels[i], mark.number, blanks)), None)
        first = all(part == 1 for part in mark.number)
        if not levels or (first and (mark.number != levels[-1] or style != mark.style)):
            levels.append(mark.number)
        elif level is not None and mark.number != levels[-1]:
            levels[level:] = [mark.number]
        else:
            found.append(Break(latest[mark.style], mark, _kind(levels[-1], mark.number)))
            levels[-1] = mark.number
        latest[mark.style], style = mark, mark.style
        blanks = 0
    return found, unread


def _kind(last: Number, number: Number) -> str:
    return "repeat" if number == last else "gap" if number > last else "order"


_SAID = {
    "gap": Text("中间缺号", "a number is left out"),
    "repeat": Text("编号重复", "a number is printed twice"),
    "order": Text("编号倒退", "the numbers go back"),
}


def ask_numbering(inquiry: Inquiry, options: Options) -> Iterator[Verdict]:
    """Put the question to every numbered table and every enumeration that a claim writes down."""
    facts = inquiry.facts
    for table in facts.plan.tables:
        # A sum among numbered projects may bear a number; one that does not leaves none out.
        sums = [row for row in table.totals if row.no is not None]
        rows = sorted((*table.rows, *sums), key=lambda row: row.name.place) if sums else table.rows
        numbered = [row for row in rows if row.no is not None]
        if len(numbered) < 2:
            continue
        found, unread = breaks([row.no for row in rows])
        mentions = {
            id(row.no): Mention(
                f"{table.id}/{names.fold(row.name.text)}",
                row.name.text,
                "claim",
                None,
                row.no.text,
                row.no.place,
                Origin(facts.plan.document, row.lines, ""),
            )
            for row in numbered
            if row.no is not None
        }
        yield from _verdicts(table.id, found, unread, mentions)
    for assertion in claims.of_kind(inquiry, "sequence"):
        if len(assertion.claim.items) > 1:
            found, unread = breaks(assertion.claim.items)
            mentions = {id(term): item_mention(assertion, term) for term in assertion.claim.items}
            yield from _verdicts(assertion.claim.subject, found, unread, mentions)


def _verdicts(name: str, found: list[Break], unread: list[Term], mentions: dict[int, Mention]) -> Iterator[Verdict]:
    if found:
        cited = [mentions[id(mark.term)] for broken in found for mark in (broken.before, broken.mark)]
        said = [
            Text(f"{b.before.term.text} 之后是 {b.mark.term.text}（{_SAID[b.kind].zh}）",
                 f"{b.before.term.text} is followed by {b.mark.term.text} ({_SAID[b.kind].en})")
            for b in found
        ]  # fmt: skip
        shown: dict[str, str | Text] = {
            "name": name,
            "breaks": Text("；".join(s.zh for s in said), wording.listed([s.en for s in said], "en")),
        }
        ordered = tuple(sorted(dict.fromkeys(cited), key=lambda mention: (mention.place, mention.id)))
        yield Verdict(Answer.FAILS, ordered, shown)
    elif unread:
        text = unread[0].text
        because = Text(f"编号“{text}”读不出数", f"no number can be read from the mark “{text}”")
        yield Verdict(Answer.UNDECIDED, tuple(mentions[id(term)] for term in unread), {}, because=because)


NUMBERING = Question({}, {"message": frozenset({"name", "breaks"})}, ask_numbering)
