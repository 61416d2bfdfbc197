"""The only place for strict reading of rule and catalogue files: a bad file there is an error with its place."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from planlint import tree
from planlint.exact import Fraction
from planlint.findings import Text
from planlint.source import Malformed, NotText, Place, decode
from planlint.spelling import nearest


def read_root(data: bytes, file: str) -> Record:
    """Return the top mapping of a file. Raises Malformed at the first thing that cannot be read."""
    try:
        text = decode(data)
    except NotText as problem:
        raise Malformed(Place(file, problem.line, 1), f"not a text in UTF-8 ({problem.reason})") from None
    root, faults = tree.parse(text, file)
    if faults:
        raise _malformed(faults[0])
    if not isinstance(root, tree.Mapping):
        raise Malformed(Place(file, 1, 1), "expected a mapping at the top of the file")
    return Record(root, file)


def _malformed(fault: tree.Fault) -> Malformed:
    details = ", ".join(f"{key} {value}" for key, value in fault.shown)
    return Malformed(fault.place, f"{fault.kind.replace('-', ' ')}{': ' + details if details else ''}")


class Record:
    """A mapping of a strict file: each key is asked for by its type, and what nobody asked for is refused."""

    def __init__(self, node: tree.Mapping, file: str) -> None:
        faults: list[tree.Fault] = []
        self.file = file
        self.place = tree.place(node, file)
        self._nodes = {key.value: value for key, value in tree.entries(node, file, faults, "mapping")}
        self._keys = {key.value: tree.place(key, file) for key, _ in node.value if isinstance(key, tree.Scalar)}
        if faults:
            raise _malformed(faults[0])

    def __contains__(self, key: str) -> bool:
        return key in self._nodes

    def names(self) -> list[str]:
        """Return the keys in the order of the file."""
        return list(self._nodes)

    def only(self, allowed: Iterable[str]) -> Record:
        """Return itself. Raises Malformed for a key that is not allowed, naming the nearest one that is."""
        known = list(allowed)
        for key, place in self._keys.items():
            if key not in known:
                near = nearest(key, known)
                raise Malformed(place, f"unknown key '{key}'" + (f"; did you mean '{near}'?" if near else ""))
        return self

    def fail(self, key: str, problem: str) -> Malformed:
        """Return an error that stands at a key's value, or at the record where the key is absent."""
        place = tree.place(self._nodes[key], self.file) if key in self._nodes else self.place
        return Malformed(place, problem)

    def _node(self, key: str) -> tree.Node:
        if key not in self._nodes:
            raise Malformed(self.place, f"missing key '{key}'")
        return self._nodes[key]

    def text(self, key: str, default: str | None = None) -> str:
        """Return a scalar's characters; the default where the key is absent and a default is given."""
        if default is not None and key not in self._nodes:
            return default
        node = self._node(key)
        if not isinstance(node, tree.Scalar):
            raise self.fail(key, f"'{key}' must be a text")
        return str(node.value)

    def text_place(self, key: str) -> Place:
        """Return where the characters of a scalar begin: those of a block on the line after its key."""
        node = self._node(key)
        place = tree.place(node, self.file)
        if isinstance(node, tree.Scalar) and tree.is_folded(node):
            return Place(place.file, place.line + 1, 1)
        return place

    def choice(self, key: str, allowed: Iterable[str], default: str | None = None) -> str:
        """Return a scalar that is one of a closed list."""
        known = list(allowed)
        value = self.text(key, default)
        if value not in known and value != default:
            raise self.fail(key, f"'{key}' must be one of {', '.join(known)}; found '{value}'")
        return value

    def flag(self, key: str) -> bool:
        """Return true or false; false where the key is absent."""
        return self.choice(key, ("true", "false"), "false") == "true"

    def number(self, key: str) -> Fraction:
        """Return an exact number."""
        return self._fraction(self._node(key), key)

    def bounds(self, key: str) -> tuple[Fraction | None, Fraction | None]:
        """Return a pair of numbers, None for an end written as null; both None where the key is absent."""
        if key not in self._nodes:
            return None, None
        nodes = self.nodes(key)
        if len(nodes) != 2:
            raise self.fail(key, f"'{key}' must be a pair [low, high]")
        low, high = (None if n.value in ("null", "~", "") else self._fraction(n, key) for n in nodes)
        if low is not None and high is not None and low > high:
            raise self.fail(key, f"'{key}' has its low end above its high end")
        return low, high

    def _fraction(self, node: tree.Node, key: str) -> Fraction:
        text = node.value if isinstance(node, tree.Scalar) else ""
        digits = text.removeprefix("-").replace(".", "", 1)
        if not digits.isascii() or not digits.isdigit() or len(digits) > 30:
            raise Malformed(tree.place(node, self.file), f"'{key}' must be a plain decimal number")
        return Fraction(text)

    def nodes(self, key: str) -> list[tree.Node]:
        """Return the items of a list; none where the key is absent."""
        if key not in self._nodes:
            return []
        node = self._nodes[key]
        if not isinstance(node, tree.Sequence):
            raise self.fail(key, f"'{key}' must be a list")
        return list(node.value)

    def texts(self, key: str) -> tuple[str, ...]:
        """Return a list of texts; none where the key is absent."""
        items = self.nodes(key)
        for item in items:
            if not isinstance(item, tree.Scalar):
                raise Malformed(tree.place(item, self.file), f"'{key}' must be a list of texts")
        return tuple(str(item.value) for item in items)

    def record(self, key: str) -> Record:
        """Return a mapping; an empty one where the key is absent."""
        if key not in self._nodes:
            return Record(tree.nowhere(self.place), self.file)
        node = self._nodes[key]
        if not isinstance(node, tree.Mapping):
            raise self.fail(key, f"'{key}' must be a mapping")
        return Record(node, self.file)

    def records(self, key: str) -> list[Record]:
        """Return a list of mappings; none where the key is absent."""
        found = []
        for item in self.nodes(key):
            if not isinstance(item, tree.Mapping):
                raise Malformed(tree.place(item, self.file), f"'{key}' must be a list of mappings")
            found.append(Record(item, self.file))
        return found

    def both(self, key: str, check: Callable[[str], str | None] | None = None) -> Text:
        """Return a text in two languages. `check` may return what is wrong with a text."""
        if key not in self._nodes:
            raise Malformed(self.place, f"missing key '{key}'")
        pair = self.record(key).only(("zh", "en"))
        for lang in ("zh", "en"):
            if not pair.text(lang).strip():
                raise pair.fail(lang, f"'{lang}' is empty")
            problem = check(pair.text(lang)) if check else None
            if problem:
                raise pair.fail(lang, problem)
        return Text(pair.text("zh").strip(), pair.text("en").strip())
