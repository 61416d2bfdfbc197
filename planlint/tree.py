"""The only place that turns a text into a tree of nodes: the plain part of YAML at once, everything else by PyYAML."""

from __future__ import annotations

from collections.abc import Iterator

from planlint import plain
from planlint.nodes import Fault, Mapping, Node, Scalar, Sequence, visible
from planlint.source import Place

__all__ = [
    "Fault",
    "Mapping",
    "Node",
    "Scalar",
    "Sequence",
    "entries",
    "is_folded",
    "nowhere",
    "parse",
    "place",
    "shape",
    "visible",
]


def parse(text: str, file: str) -> tuple[Node | None, list[Fault]]:
    """Return the root node, or None where nothing can be read, and what could not be read.

    An entry of a list that is no YAML is cut out and reported; the rest of the tree is still returned.
    """
    root = plain.read(text)
    if root is not None:
        return root, []
    # PyYAML is imported only for what plans rarely hold: its import alone costs more than reading one.
    from planlint import fullyaml

    return fullyaml.parse(text, file)


def place(node: Node, file: str) -> Place:
    """Return where a node begins."""
    return Place(file, node.line + 1, node.column + 1)


def nowhere(where: Place) -> Mapping:
    """Return an empty mapping that stands at a place: what a key that is absent leads to."""
    return Mapping([], where.line - 1, where.column - 1)


def is_folded(node: Scalar) -> bool:
    """Tell whether a scalar was written as a block of text (`|` or `>`)."""
    return node.style in ("|", ">")


def shape(node: Node) -> str:
    """Return the word for what a node is."""
    return {Scalar: "text", Mapping: "mapping", Sequence: "list"}.get(type(node), "nothing")


def entries(node: Mapping, file: str, faults: list[Fault], where: str) -> Iterator[tuple[Scalar, Node]]:
    """Yield the keys and values of a mapping; keys that are no scalar, merge keys and repeated keys become faults."""
    seen: set[str] = set()
    for key, value in node.value:
        if not isinstance(key, Scalar):
            shown = (("expected", "key"), ("found", shape(key)), ("where", where))
            faults.append(Fault("shape", place(key, file), shown))
        elif key.value == "<<" and not key.style:
            faults.append(Fault("forbidden", place(key, file), (("what", "<<"), ("text", "<<"))))
        elif key.value in seen:
            faults.append(Fault("duplicate-key", place(key, file), (("key", key.value),)))
        else:
            seen.add(key.value)
            yield key, value
