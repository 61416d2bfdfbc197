"""The only place that takes the entries of a mapping apart: texts, years, lines and ids, each checked as it is read.

What is wrong becomes a fault with its place, and the reader goes on.
"""

from __future__ import annotations

from collections.abc import Iterable

from msgspec import Struct

from planlint import tree
from planlint.patterns import pattern
from planlint.spelling import nearest
from planlint.tree import Fault, Mapping, Node, Scalar, Sequence

ID = pattern(r"[a-z][a-z0-9._-]{0,119}")
YEAR = pattern(r"(?:19|20|21)[0-9]{2}")
_YEARS = pattern(r"((?:19|20|21)[0-9]{2})\s*(?:-|—|–|~|～|至)\s*((?:19|20|21)[0-9]{2})")
_LINES = pattern(r"([0-9]{1,7})(?:\s*-\s*([0-9]{1,7}))?")
_MONTHS = pattern(r"([1-9]|1[0-2])(?:-([1-9]|1[0-2]))?")
NATURES = ("约束性", "预期性")
"""How a column of remarks says whether a target binds."""
_FULL_WIDTH = pattern(r"^[\u3000\xa0]|：")
"""What makes a key of a blank that is none to YAML, or of a whole line that lost its colon."""


class Years(Struct, frozen=True):
    """A span of years, both ends included."""

    first: int
    last: int

    def __contains__(self, year: int) -> bool:
        return self.first <= year <= self.last


def years_of(text: str) -> Years | None:
    """Return the span of years that a text such as 2021-2025 states, None for any other text."""
    found = _YEARS.fullmatch(text)
    if found is None or int(found[1]) > int(found[2]):
        return None
    return Years(int(found[1]), int(found[2]))


def year_of(text: str) -> int | None:
    """Return the year that a text such as 2025年 states, None for any other text."""
    value = text.strip().removesuffix("年").strip()
    return int(value) if YEAR.fullmatch(value) else None


def lines_of(text: str) -> tuple[int, ...] | None:
    """Return the lines of a document that a text such as 12-14 states, None for any other text."""
    if text.isdecimal() and text.isascii() and 0 < (line := int(text[:8])) < 10**7:
        return (line if len(text) <= 8 else int(text),)
    return _span(text)


def _span(text: str) -> tuple[int, ...] | None:
    found = _LINES.fullmatch(text.strip())
    if found is None:
        return None
    first, last = int(found[1]), int(found[2] or found[1])
    return tuple(range(first, last + 1)) if 0 < first <= last <= first + 1000 else None


def is_id(text: str, taken: set[str]) -> bool:
    """Tell whether a text can be an id and is not taken."""
    return text not in taken and ID.fullmatch(text) is not None


class Fields:
    """Reads the entries of one file; whatever is wrong goes to the list of faults."""

    def __init__(self, file: str, faults: list[Fault]) -> None:
        self.file = file
        self.faults = faults
        self.ids: set[str] = set()

    def fault(self, kind: str, node: Node, **shown: str) -> None:
        """Record a fault at a node."""
        self.faults.append(Fault(kind, tree.place(node, self.file), tuple(shown.items())))

    def mapping(
        self, node: Node | None, allowed: Iterable[str], where: str, owner: Node | None = None
    ) -> dict[str, Node] | None:
        """Return the entries of a mapping; unknown keys become faults and are left out."""
        if node is None:
            if owner is not None:
                self.fault("missing-key", owner, key=where, where="file")
            return None
        if not isinstance(node, Mapping):
            self.fault("shape", node, expected="mapping", found=tree.shape(node), where=where)
            return None
        fields: dict[str, Node] = {}
        before = len(self.faults)
        for key, value in node.value:
            # The plain case, one scalar key not seen before, is nearly all of a plan.
            if type(key) is Scalar and key.value in allowed and key.value not in fields:
                fields[key.value] = value
            else:
                self.odd_key(key, fields, allowed, where)
        if len(self.faults) > before and not any(type(key) is Scalar for key, _ in node.value):
            # {{ x }}: nothing of it is a key, which is said once; what it lacks would only repeat that.
            return None
        return fields

    def odd_key(self, key: Node, fields: dict[str, Node], allowed: Iterable[str], where: str) -> None:
        """Record what is wrong with a key."""
        if not isinstance(key, Scalar):
            self.fault("shape", key, expected="key", found=tree.shape(key), where=where)
        elif key.value == "<<" and not key.style:
            self.fault("forbidden", key, what="<<", text="<<")
        elif key.value in fields:
            self.fault("duplicate-key", key, key=key.value)
        elif found := _FULL_WIDTH.search(key.value):
            self.fault("full-width-mark", key, text=tree.visible(found[0]))
        else:
            near = nearest(key.value, allowed)
            self.fault("unknown-key", key, key=key.value, near=near, where=where)

    def text(self, fields: dict[str, Node], key: str) -> str:
        """Return a scalar's characters, nothing where the key is absent."""
        node = fields.get(key)
        if node is None:
            return ""
        if type(node) is not Scalar:
            self.fault("shape", node, expected="text", found=tree.shape(node), where=key)
            return ""
        return str(node.value)

    def nature(self, row: dict[str, Node], notes: Iterable[str]) -> str:
        """Return what a column of remarks says of whether the targets of a row bind, nothing where none does."""
        for heading in notes:
            cell = row.get(heading)
            if type(cell) is Scalar and cell.value.strip().startswith(NATURES):
                return str(cell.value).strip()
        return ""

    def required(self, fields: dict[str, Node], key: str, owner: Node, where: str) -> str:
        """Return a scalar's characters; an absent or empty one is a fault."""
        value = self.text(fields, key).strip()
        if not value and (key not in fields or type(fields[key]) is Scalar):
            self.fault("missing-key", fields.get(key, owner), key=key, where=where)
        return value

    def choice(self, fields: dict[str, Node], key: str, allowed: tuple[str, ...]) -> str:
        """Return one of a closed list, nothing where the key is absent or the value is none of them."""
        value = self.text(fields, key)
        if value and value not in allowed:
            self.fault("not-one-of", fields[key], key=key, found=value, allowed=", ".join(allowed))
            return ""
        return value

    def year(self, fields: dict[str, Node], key: str = "year") -> int | None:
        """Return a year, None where the key is absent or the value is no year."""
        text = self.text(fields, key)
        year = year_of(text)
        value = text.strip().removesuffix("年").strip()
        if year is None and value:
            self.fault("bad-year", fields[key], found=value)
        return year

    def years(self, fields: dict[str, Node], key: str) -> Years | None:
        """Return a span of years, None where the key is absent or the value is none."""
        value = self.text(fields, key).replace("年", "").strip()
        if not value:
            return None
        found = years_of(value)
        if found is None:
            self.fault("bad-years", fields[key], key=key, found=value)
        return found

    def flag(self, fields: dict[str, Node], key: str) -> bool:
        """Return whether a key says true."""
        return self.choice(fields, key, ("true", "false")) == "true"

    def lines(self, fields: dict[str, Node]) -> tuple[int, ...]:
        """Return the lines of the document that `at` names."""
        node = fields.get("at")
        if node is None:
            return ()
        if type(node) is Scalar:
            lines = lines_of(node.value)
            if lines is None:
                self.fault("bad-lines", node, found=node.value)
            return lines or ()
        found: list[int] = []
        for item in node.value if type(node) is Sequence else [node]:
            shown = item.value if isinstance(item, Scalar) else tree.shape(item)
            span = _span(shown)
            if span is None:
                self.fault("bad-lines", item, found=shown)
            else:
                found.extend(span)
        return tuple(found)

    def id(self, fields: dict[str, Node]) -> str:
        """Return an id written by hand; one that is malformed or taken is a fault."""
        value = self.text(fields, "id")
        if not value:
            return ""
        if not ID.fullmatch(value):
            self.fault("bad-id", fields["id"], found=value)
            return ""
        if value in self.ids:
            self.fault("duplicate-id", fields["id"], found=value)
            return ""
        self.ids.add(value)
        return value

    def items(self, fields: dict[str, Node], key: str) -> list[Node]:
        """Return the items of a list, nothing where the key is absent or empty."""
        node = fields.get(key)
        if node is None or (type(node) is Scalar and node.value.strip() in ("", "null", "~")):
            return []
        if type(node) is not Sequence:
            self.fault("shape", node, expected="list", found=tree.shape(node), where=key)
            return []
        return list(node.value)

    def months(self, fields: dict[str, Node]) -> str:
        """Return the part of a year that a figure covers, nothing where it covers the whole year."""
        value = self.text(fields, "months").replace("月", "").strip() if "months" in fields else ""
        if value:
            found = _MONTHS.fullmatch(value)
            if found is None or int(found[1]) > int(found[2] or found[1]):
                self.fault("bad-months", fields["months"], found=value)
                return ""
        return value
