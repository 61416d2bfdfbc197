"""The only place that says how what is certain and mechanical is put right: edits of the reported spans, nothing else.

A fix is safe where it changes no figure that could be read before. Everything that changes what the plan says is
unsafe: it is offered, and never made unasked. `fixing` tries fixes and keeps those that prove sound; an editor offers
the same ones.
"""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterable, Iterator

from msgspec import Struct
from msgspec.structs import replace

from planlint import plan
from planlint.amounts import Amount, NotAnAmount, parse
from planlint.argument import Argument
from planlint.findings import Finding, Text
from planlint.patterns import pattern
from planlint.positions import Positions
from planlint.source import Place
from planlint.spelling import one_slip
from planlint.statements import Plan
from planlint.units import UnknownUnit


class Fix(Struct, frozen=True, order=True):
    """An edit: the characters from `start` to `end`, counted from 0 in a text without byte order mark, and what for."""

    start: int
    end: int
    replacement: str
    is_safe: bool
    why: Text


_REST_OF_LINE = pattern("[^\n\r\x85\u2028\u2029]*")

KEYS = frozenset(
    key
    for keys in (
        plan.TOP_KEYS,
        plan.PLAN_KEYS,
        plan.TABLE_KEYS,
        plan.COLUMN_KEYS,
        plan.ROW_KEYS,
        plan.CELL_KEYS,
        plan.FIGURE_KEYS,
        plan.CLAIM_KEYS,
        plan.PROJECTS_KEYS,
        plan.PROJECT_KEYS,
        plan.NOT_FIGURE_KEYS,
        *((kind, *own) for kind, own in plan.CLAIM_KINDS.items()),
    )
    for key in keys
)
_WORDS = frozenset({*plan.ROLES, *plan.TEXT_COLUMNS, *plan.BASES, *plan.NOT_FIGURE_KINDS, "true", "false"})


@functools.lru_cache(maxsize=8)
def _positions(text: str) -> Positions:
    return Positions(text)


def apply(text: str, fixes: Iterable[Fix]) -> str:
    """Return a text with fixes made that do not overlap; everything else stays as it is, character for character."""
    for fix in sorted(fixes, reverse=True):
        text = text[: fix.start] + fix.replacement + text[fix.end :]
    return text


def of(finding: Finding, text: str) -> tuple[Fix, ...]:
    """Return how what a finding reports can be put right in the text of its plan; none where that is not certain."""
    mention = finding.mentions[0]
    make = _OF_FAULT.get(mention.id) if mention.role == "unread" else None
    return () if make is None else tuple(make(finding, text, _positions(text).offset(finding.place)))


Make = Callable[[Finding, str, int], Iterator[Fix]]

_FLOW_TOKEN = pattern("[^,{}\\[\\]#\"'\n\r\x85\u2028\u2029]+")
_BLOCK_TOKEN = pattern('[^"\n\r\x85\u2028\u2029]+?(?=[ \t]+#|[ \t]*(?:[\n\r\x85\u2028\u2029]|\\Z))')
_BARE = pattern(r"(?:(?<=[:,{\[])|^)[ \t]+(?P<bare>>=?[ \t]*[0-9０-９]|[%@])")
_MARKED = pattern(r"(?:^|(?<=[{,-])|(?P<comma>，))[ ]*(?P<key>[A-Za-z_]+|(?:19|20|21)[0-9]{2})[ ]*(?:(?P<colon>：)|:)")
_QUOTES = Text("以“>”“%”“@”开头的内容要加引号", "a value that begins with >, % or @ takes quotes")
_MARKS = Text("标点要用半角", "YAML's marks are half-width")


def _line(finding: Finding, text: str, at: int) -> Iterator[Fix]:
    """Yield all that keeps a line from being YAML and can only be meant in one way: values without quotes, wide marks.

    One mistake hides the next, so all of a line are put right together.
    """
    start = _line_start(finding, text)
    line = _REST_OF_LINE.match(text, start)
    said = line[0] if line is not None else ""
    for found in _BARE.finditer(said):
        if not _is_quoted(said, found.start("bare")):
            yield from _quote(text, start, start + found.start("bare"))
    for found in _MARKED.finditer(said):
        if not _is_key(found["key"]) or _is_quoted(said, found.start("key")):
            continue
        for mark, name in ((",", "comma"), (":", "colon")):
            if found[name] is not None:
                begin = found.start(name)
                blank = "" if said[begin + 1 : begin + 2] in ("", " ") else " "
                yield Fix(start + begin, start + begin + 1, mark + blank, True, _MARKS)


def _is_quoted(line: str, at: int) -> bool:
    """Tell whether a place in a line may lie in quotes, or behind the beginning of a comment."""
    return any(line.count(quote, 0, at) % 2 for quote in "\"'") or " #" in line[:at] or line.startswith("#")


def _quote_dash(finding: Finding, text: str, at: int) -> Iterator[Fix]:
    line = _REST_OF_LINE.match(text, at)
    if line is not None and line[0].rstrip() == "-" and text[:at].rstrip(" \t").endswith(":"):
        yield Fix(at, at + 1, '"-"', True, Text("“-”表示没有印出，要加引号", "- for “not printed” takes quotes"))


def _quote(text: str, line: int, at: int) -> Iterator[Fix]:
    """Yield that the value which begins at an offset of a line is put in quotes; it ends where YAML would end it."""
    found = (_FLOW_TOKEN if _in_flow(text, line, at) else _BLOCK_TOKEN).match(text, at)
    value = found[0].rstrip() if found is not None else ""
    if value and "\\" not in value and '"' not in value:
        yield Fix(at, at + len(value), f'"{value}"', True, _QUOTES)


def _in_flow(text: str, line: int, at: int) -> bool:
    """Tell whether an offset of a line lies in braces or brackets."""
    depth = sum((c in "{[") - (c in "}]") for c in text[line:at])
    rest = _BLOCK_TOKEN.match(text, at)
    # Braces that an earlier line opens show in how this one ends.
    return depth > 0 or (rest is not None and rest[0][-1:] in (",", "}", "]"))


def _line_start(finding: Finding, text: str) -> int:
    return _positions(text).offset(replace(finding.place, column=1))


def _is_key(word: str) -> bool:
    return word in KEYS or word.isdigit()


_SPLIT = pattern(r"[:,{\[][ ]*(?P<value>(?:[≥≤＞＜]|约)?[0-9]{1,3}(?:,[0-9]{3})*),$")
_REST = pattern(r"[0-9]{3}(?![0-9])[^,{}\[\]:#\"'\n\r]*")


def _other_key(finding: Finding, text: str, at: int) -> Iterator[Fix]:
    """Yield the one key that a misspelt one must be, or that what looks like a key is the rest of a number."""
    key = finding.mentions[0].text
    known = "" if key in KEYS else one_slip(key, KEYS)
    # The message names the nearest key that is allowed here.
    if known and f"“{known}”" in finding.message.en and text.startswith(key, at):
        yield Fix(at, at + len(key), known, False, Text(f"栏名应是 {known}", f"the key must be {known}"))
    line = text[_line_start(finding, text) : at]
    split, rest = _SPLIT.search(line), _REST.match(text, at)
    if split is not None and rest is not None:
        start, end = at - len(line) + split.start("value"), at + len(rest[0].rstrip())
        why = Text("带千位分隔的数在花括号里要加引号", "a number with a thousands separator takes quotes in braces")
        yield Fix(start, end, f'"{text[start:end]}"', False, why)


_WORD = pattern(r"[^\s,{}\[\]:#\"']+")


def _other_word(finding: Finding, text: str, at: int) -> Iterator[Fix]:
    """Yield the one word of those allowed that a misspelt one must be."""
    quoted = text[at : at + 1] in ('"', "'")
    start = at + quoted
    found = _WORD.match(text, start)
    word = found[0] if found is not None else ""
    allowed = {known for known in _WORDS if known in finding.message.en.rpartition("; ")[2]}
    known = one_slip(word, allowed)
    if known:
        yield Fix(start, start + len(word), known, False, Text(f"应是 {known}", f"it must be {known}"))


_ID = pattern(r"(?<![A-Za-z_])id[ ]*:[ ]*[\"']?([a-z][a-z0-9._-]{0,119})")


def _other_id(finding: Finding, text: str, at: int) -> Iterator[Fix]:
    """Yield the one id written in the file that a misspelt reference must mean."""
    said = finding.mentions[0].text
    known = one_slip(said, _ID.findall(text))
    start = at + (text[at : at + 1] in ('"', "'"))
    if known and text.startswith(said, start):
        yield Fix(start, start + len(said), known, False, Text(f"编号应是 {known}", f"the id must be {known}"))


_OF_FAULT: dict[str, Make] = {
    "bare-bound": _line,
    "bare-sign": _line,
    "full-width-mark": _line,
    "not-one-of": _other_word,
    "syntax": _quote_dash,
    "unknown-key": _other_key,
    "unknown-reference": _other_id,
}
"""What puts each kind of fault right; whatever is not here is for people."""

_HALF = str.maketrans("０１２３４５６７８９．，％＞＜＝＋－／", "0123456789.,%><=+-/")
_PLAIN = pattern(r"[0-9≥≤A-Za-z\u4e00-\u9fff](?:[^\s,\[\]{}:#\"'`\\]|[ ](?![#:]))*")
_WIDTH = Text("数字和符号改用半角，数值不变", "digits and signs in half width; the value stays")


def widths(stated: Plan, text: str) -> tuple[Fix, ...]:
    """Return that the digits and signs of amounts are written in half width where each amount stays what it is."""
    amounts = [(said.place, said.text) for said in stated.statements]
    for claim in stated.claims:
        amounts += [(t.place, t.text) for t in (*claim.terms.values(), *claim.items) if not t.is_reference]
    found = {}
    for place, amount in amounts:
        half = amount.translate(_HALF)
        if half != amount and _is_same(amount, half) and (fix := _reprinted(text, place, amount, half)) is not None:
            found[fix.start] = replace(fix, is_safe=True, why=_WIDTH)
    return tuple(found.values())


def _is_same(amount: str, other: str) -> bool:
    """Tell whether two spellings are one amount."""
    read = [_read(text) for text in (amount, other)]
    return read[0] is not None and read[0] == read[1]


def _read(text: str) -> Amount | None:
    try:
        return replace(parse(text), text="")
    except (NotAnAmount, UnknownUnit):
        return None


def _reprinted(text: str, place: Place, old: str, new: str) -> Fix | None:
    """Return that a scalar holds another text; None where its characters do not stand in the file as they are."""
    at = _positions(text).offset(place)
    quote = text[at : at + 1] if text[at : at + 1] in ('"', "'") else ""
    start = at + len(quote)
    end = start + len(old)
    if text[start:end] != old or (quote and text[end : end + 1] != quote) or (quote and quote in new) or "\\" in new:
        return None
    written = new if quote or _PLAIN.fullmatch(new) else f'"{new}"'
    return Fix(start, end, written, False, Text("", ""))


def of_argument(argument: Argument, text: str) -> tuple[Fix, ...]:
    """Return the one change of one number that would mend a finding; none where there is a choice.

    It changes what the plan says, so it is never safe. A target is decided, not copied: none is ever changed.
    """
    mending = argument.mending
    if mending.capped or len(mending.repairs) != 1 or len(mending.repairs[0].corrections) != 1:
        return ()
    correction = mending.repairs[0].corrections[0]
    if len(correction.replacements) != 1:
        return ()
    replacement = correction.replacements[0]
    printing = replacement.printing
    old, new = printing.raw, replacement.raw
    # Either a likely slip explains it, or the digits stay and only the scale is another one.
    if not mending.repairs[0].is_explained and replacement.digits not in old:
        return ()
    if printing.mention.role in ("target", "assigned") or old == new:
        return ()
    fix = _reprinted(text, printing.mention.place, old, new)
    if fix is None:
        return ()
    return (replace(fix, why=Text(f"{old} 改为 {new}，其余才能一致", f"{new} for {old}, so that the rest agrees")),)
