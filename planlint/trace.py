"""The only place that holds a plan file against the text of its document.

Three questions: does every quote stand on its lines, does every figure stand there, and which numbers of the document
does the plan file leave out? A number of the text is carried by a figure, a claim or a table; or listed as no quantity
(`not_figures`); or recognised by its form (a date, a mark of enumeration, the number of a document); or left out.
"""

from __future__ import annotations

import enum
import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence

from msgspec import Struct, field

from planlint.numerals import NotANumeral, read_numeral
from planlint.patterns import pattern
from planlint.source import Place, Source
from planlint.statements import Claim, Plan, Statement
from planlint.tree import Fault

_WIDTH = {0xFF01 + offset: 0x21 + offset for offset in range(94)} | {0x3000: 0x20, 0x2236: 0x3A}
"""Full-width forms to their half-width twins, one character for one, so that columns stay what they are."""

_DIGITS = r"[0-9]{1,3}(?:,[0-9]{3})+(?![0-9])(?:\.[0-9]+)?|[0-9]+(?:\.[0-9]+)?"
_NUMERALS = "〇零一二三四五六七八九十百千万亿两"
_COUNTERS = "个|家|所|名|人|张|项|种|条|支|台|套|辆|间|处|位|次|件|户|村|镇|乡|街道|大|方面|座|部|册|栋|层|站|类|批次"
# A lone 一 is an article (一个), a lone 万 a manner of speaking; 第三 and 十四五 are names, 三级 and 五年 classes, and
# 以上三项 points back at what was said.
_WRITTEN = pattern(
    rf"(?:百分之|千分之|万分之)(?P<share>[{_NUMERALS}点百]+)"
    rf"|(?P<year>[一二][〇零一二三四五六七八九]{{3}})年"
    rf"|(?<![第每数几上/{_NUMERALS}])(?P<count>[{_NUMERALS}]+)(?:余|多)?(?=(?:{_COUNTERS}))"
)
_PRINTED = pattern(_DIGITS)
_ALL = pattern("全部|全覆盖|均达|翻一番|翻番|一半|半数")
_SAID_IN_WORDS = {"全部": "100", "全覆盖": "100", "一半": "50", "半数": "50"}
_CONTEXT = 12


class Fate(enum.Enum):
    """What became of a number of the document."""

    CARRIED = "carried"
    LISTED = "listed"
    FORM = "form"
    LEFT = "left"


class Number(Struct, frozen=True):
    """A number of the document: 1-based line and column, its characters, its digits, and where it stands when folded.

    `start` and `end` count the characters of the whole document without its white space.
    """

    line: int
    column: int
    text: str
    key: str
    start: int
    end: int
    is_formal: bool
    """Whether its form alone says that it is no quantity."""


class Text(Struct, frozen=True):
    """A document, folded so that quotes can be found in it: width folded, white space dropped."""

    lines: tuple[str, ...]
    folded: str
    starts: tuple[int, ...]
    numbers: tuple[Number, ...]
    """In the order in which they stand; no two of them overlap."""

    def line_at(self, offset: int) -> int:
        """Return the 1-based line on which a character of the folded text stands."""
        return bisect_right(self.starts, offset)

    def on_line(self, line: int) -> range:
        """Return the numbers (by index) of a line."""
        first = bisect_left(self.numbers, line, key=lambda number: number.line)
        return range(first, bisect_right(self.numbers, line, lo=first, key=lambda number: number.line))

    def find(self, wanted: str, lines: Sequence[int]) -> list[tuple[int, int]]:
        """Return where a folded text begins and ends; only where it begins on one of the lines, if there are any."""
        found, at = [], self.folded.find(wanted)
        allowed = frozenset(lines)
        while at >= 0:
            if not allowed or self.line_at(at) in allowed:
                found.append((at, at + len(wanted)))
            at = self.folded.find(wanted, at + 1)
        return found


class Trace(Struct):
    """A plan held against its document: how many numbers met which fate, and what does not stand where it should."""

    plan: str
    document: str
    fates: dict[Fate, int] = field(default_factory=lambda: dict.fromkeys(Fate, 0))
    faults: list[Fault] = field(default_factory=list)

    @property
    def numbers(self) -> int:
        """Return how many numbers the document has."""
        return sum(self.fates.values())

    @property
    def accounted(self) -> int:
        """Return how many of them the plan file accounts for."""
        return self.numbers - self.fates[Fate.LEFT]


def fold(text: str) -> str:
    """Return a text with width folded and white space dropped."""
    return "".join(text.translate(_WIDTH).split())


def read_text(text: str) -> Text:
    """Return a document with its numbers."""
    lines = tuple(line.rstrip("\r") for line in text.removesuffix("\n").split("\n"))
    starts, numbers, parts, length = [], [], [], 0
    for number, line in enumerate(lines, 1):
        plain = line.translate(_WIDTH)
        before = [0]
        for character in plain:
            before.append(before[-1] + (not character.isspace()))
        starts.append(length)
        for first, last, key in sorted(_scan(plain)):
            start, end = length + before[first], length + before[last]
            formal = _is_formal(plain, first, last)
            numbers.append(Number(number, first + 1, line[first:last], key, start, end, formal))
        parts.append("".join(plain.split()))
        length += before[-1]
    return Text(lines, "".join(parts), tuple(starts), tuple(numbers))


def _scan(plain: str) -> Iterator[tuple[int, int, str]]:
    """Yield begin, end and digits of each number in a text whose width is folded."""
    for found in _PRINTED.finditer(plain):
        yield found.start(), found.end(), found[0].replace(",", "")
    for found in _WRITTEN.finditer(plain):
        name = next(group for group, value in found.groupdict().items() if value)
        key = _key(found[name])
        if key and not (name == "count" and (found[name] == "一" or not set(found[name]) - set("百千万亿"))):
            yield found.start(name), found.end(name), key


def _key(numeral: str) -> str:
    """Return the digits of a number written in Chinese, nothing where it is none."""
    whole, dot, decimals = numeral.partition("点")
    try:
        return str(read_numeral(whole)) + ("." + "".join(str(read_numeral(c)) for c in decimals) if dot else "")
    except NotANumeral:
        return "100" if numeral == "百" else ""


def keys_of(text: str) -> list[str]:
    """Return the digits of the numbers in a text, those said in words (全部, 一半) included."""
    plain = text.translate(_WIDTH)
    return [key for _, _, key in _scan(plain)] + [
        _SAID_IN_WORDS[found[0]] for found in _ALL.finditer(plain) if found[0] in _SAID_IN_WORDS
    ]


# What stands before and behind a number that is none: tried in this order, on the text around it.
_YEAR = pattern(r"(?:19|20)[0-9]{2}")
_YEAR_MONTH = pattern(r"(?:19|20)[0-9]{2}\.(?:0?[1-9]|1[0-2])")
_DATE_BEFORE = pattern(r"(?:19|20)[0-9]{2}年(?:[0-9]{1,2}[-—–至]?)?$|[0-9]{1,2}月(?:[0-9]{1,2}[-—–至]?)?$")
_DATE_BEHIND = pattern(r"^(?:[-—–至~][0-9]{1,2})?(?:月|日|号)")
_YEAR_BEHIND = pattern(r"^(?:\s*(?:年|[-—–~至]+(?:19|20)[0-9]{2}))")
_ANOTHER_UNIT = pattern(rf"^\s*(?:{_COUNTERS}|[%‰元万亿余多]|张|平方|公里)")
_DOCUMENT_BEFORE = pattern(r"(?:〔|\[|第)(?:(?:19|20)[0-9]{2}(?:〕|\]))?$|[〔\[](?:19|20)[0-9]{2}[〕\]]\s*(?:第)?$")
_DOCUMENT_BEHIND = pattern(r"^\s*(?:〕|\]|号)")
_TITLE_BEFORE = pattern(r"(?:表|图|附件|附表|专栏)\s*(?:[0-9]+[-—.])?$")
_MARK_BEFORE = pattern(r"(?:^|[。；：;:\s|])\s*[(（]?$|[(（]$")
_MARK_BEHIND = pattern(r"^(?:[)）、]|\.(?![0-9]))")
_PAGE = pattern(r"\s*[-—–]+\s*[0-9]{1,3}\s*[-—–]+\s*|\s*第\s*[0-9]+\s*页.*")
_LEADER_BEFORE = pattern(r"(?:\.{3,}|…+|·{3,})\s*$")
"""The dots of a table of contents, behind which a page stands."""
_LETTER_BEFORE = pattern(r"[A-Za-z][-—]?$")
_LETTER_BEHIND = pattern(r"^[A-Za-z]")
_UNIT_LETTERS = pattern(r"^(?:km|kg|mg|ml|mL|cm|hm|m|g|L|t)(?:[0-9²³]|(?![A-Za-z]))")


def _is_formal(plain: str, first: int, last: int) -> bool:
    """Tell whether the form of a number says that it is a date, a mark, a page, a title or part of a name."""
    number, before, behind = plain[first:last], plain[:first], plain[last:]
    if _PAGE.fullmatch(plain):
        return True
    if number[0] in _NUMERALS:
        return len(number) == 4 and behind.startswith("年")
    if _YEAR_MONTH.fullmatch(number) or (_YEAR.fullmatch(number) and not _ANOTHER_UNIT.match(behind)):
        return True
    if _YEAR.fullmatch(number) and _YEAR_BEHIND.match(behind):
        return True
    if _DATE_BEHIND.match(behind) and (_DATE_BEFORE.search(before) or behind.startswith(("月", "-", "—", "至"))):
        return True
    if _DOCUMENT_BEFORE.search(before) and (_DOCUMENT_BEHIND.match(behind) or before.endswith("第")):
        return True
    if _LEADER_BEFORE.search(before) and not behind.strip():
        return True
    if _TITLE_BEFORE.search(before) or _LETTER_BEFORE.search(before):
        return True
    if _LETTER_BEHIND.match(behind) and not _UNIT_LETTERS.match(behind):
        return True
    short = len(number) <= 2 and "." not in number
    return bool(short and _MARK_BEFORE.search(before) and _MARK_BEHIND.match(behind))


class _Carrier(Struct, frozen=True):
    """Something in the plan file that says what a number is: its own numbers, and those of its name and surroundings.

    Each of `numbers` accounts for one number of the text; those of `names` for all alike on the lines.
    """

    numbers: tuple[str, ...]
    names: frozenset[str]
    text: str
    lines: tuple[int, ...]
    quote: str
    place: Place


def _names(*texts: str) -> frozenset[str]:
    return frozenset(key for text in texts for key in keys_of(text))


def _carriers(plan: Plan) -> Iterator[_Carrier]:
    texts = {statement.id: statement.text for statement in plan.statements if statement.id}
    for table in plan.tables:
        heads = " ".join(f"{heading} {year or ''}" for heading, _, year in table.columns)
        yield _Carrier((), _names(table.id, heads, str(len(table.rows))), "", table.lines, "", table.place)
        for row in table.rows:
            named = _names(row.no.text if row.no else "", row.name.text, row.scope)
            yield _Carrier((), named, "", row.lines, "", row.name.place)
    for statement in plan.statements:
        yield _of_statement(statement)
    for claim in plan.claims:
        yield _of_claim(claim, texts)


def _of_statement(statement: Statement) -> _Carrier:
    names = _names(statement.name, statement.scope, statement.unit, statement.months, str(statement.year or ""))
    numbers = tuple(keys_of(statement.text))
    return _Carrier(numbers, names, statement.text, statement.lines, statement.quote, statement.place)


def _of_claim(claim: Claim, texts: dict[str, str]) -> _Carrier:
    said = [texts.get(t.text, t.text) for t in (*claim.terms.values(), *claim.items, *claim.against)]
    numbers = tuple(key for text in said for key in keys_of(text))
    names = _names(claim.subject, claim.scope, str(claim.year or ""))
    if claim.kind == "dates":
        names |= frozenset(key.lstrip("0") for text in said for number in keys_of(text) for key in number.split("."))
    return _Carrier(numbers, names, "", claim.lines, claim.quote, claim.place)


def trace(plan: Plan, document: Source) -> Trace:
    """Return a plan held against the text of its document."""
    text = read_text(document.text)
    result = Trace(plan.id, document.name)
    fates: dict[int, Fate] = {}
    for carrier in _carriers(plan):
        if carrier.lines and max(carrier.lines) > len(text.lines):
            shown = (("line", str(max(carrier.lines))), ("last", str(len(text.lines))))
            result.faults.append(Fault("line-not-there", carrier.place, shown, carrier.lines))
        elif carrier.lines:
            result.faults.extend(_mark(carrier, text, fates))
    for listed in plan.not_figures:
        for said in listed.texts:
            spans = text.find(fold(said), listed.lines)
            if not spans:
                result.faults.append(_not_there(said, listed.lines, listed.place))
            for span in spans:
                for index in _within(span, text):
                    fates.setdefault(index, Fate.LISTED)
    for index, number in enumerate(text.numbers):
        fate = fates.get(index) or (Fate.FORM if number.is_formal else Fate.LEFT)
        result.fates[fate] += 1
        if fate is Fate.LEFT:
            shown = (("text", number.text), ("context", _context(text.lines[number.line - 1], number)))
            place = Place(document.name, number.line, number.column)
            result.faults.append(Fault("number-left-out", place, shown, (number.line,)))
    return result


def _within(span: tuple[int, int], text: Text) -> Iterator[int]:
    """Yield the numbers (by index) that lie in a stretch of the folded text, or reach into it."""
    index = max(bisect_right(text.numbers, span[0], key=lambda number: number.start) - 1, 0)
    while index < len(text.numbers) and text.numbers[index].start < span[1]:
        if text.numbers[index].end > span[0]:
            yield index
        index += 1


def _mark(carrier: _Carrier, text: Text, fates: dict[int, Fate]) -> Iterable[Fault]:
    """Mark the numbers that something in the plan file carries, and return what does not stand where it should."""
    here = [index for line in carrier.lines for index in text.on_line(line)]
    wanted = list(carrier.numbers)
    faults = []
    if carrier.quote:
        spans = text.find(fold(carrier.quote), carrier.lines)
        if not spans:
            faults.append(_not_there(carrier.quote, carrier.lines, carrier.place))
        # 甲率90%，乙率90%: two figures with one quote are two numbers.
        span = next(
            (s for s in spans if any(index not in fates for index in _within(s, text))), spans[0] if spans else None
        )
        for index in _within(span, text) if span is not None else ():
            key = text.numbers[index].key
            if key in wanted or key in carrier.numbers:
                fates[index] = Fate.CARRIED
                if key in wanted:
                    wanted.remove(key)
    for key in wanted:
        alike = [index for index in here if text.numbers[index].key == key]
        free = next((index for index in alike if index not in fates), None)
        if free is not None:
            fates[free] = Fate.CARRIED
    for index in here:
        if text.numbers[index].key in carrier.names:
            fates.setdefault(index, Fate.CARRIED)
    if carrier.text and not carrier.quote and not faults:
        printed = {text.numbers[index].key for index in here}
        words = "".join(fold(text.lines[line - 1]) for line in carrier.lines)
        if not all(key in printed or _stands_in(key, words) for key in carrier.numbers):
            shown = (("text", carrier.text), ("lines", _span(carrier.lines)))
            faults.append(Fault("figure-not-there", carrier.place, shown, carrier.lines))
    return faults


def _stands_in(digits: str, words: str) -> bool:
    """Tell whether digits stand in a text by themselves, not as part of a longer number."""
    return re.search(rf"(?<![0-9])(?<![0-9]\.){re.escape(digits)}(?!\.?[0-9])", words) is not None


def _not_there(quote: str, lines: tuple[int, ...], place: Place) -> Fault:
    return Fault("quote-not-there", place, (("quote", quote), ("lines", _span(lines))), lines)


def _span(lines: Sequence[int]) -> str:
    if not lines:
        return ""
    consecutive = list(lines) == list(range(lines[0], lines[-1] + 1))
    if len(lines) > 1 and consecutive:
        return f"{lines[0]}–{lines[-1]}"
    return ", ".join(map(str, lines))


def _context(line: str, number: Number) -> str:
    first = number.column - 1
    last = first + len(number.text)
    before, behind = line[max(first - _CONTEXT, 0) : first].lstrip(), line[last : last + _CONTEXT].rstrip()
    return " ".join(f"{before}{number.text}{behind}".split())
