"""The only place that makes HTML and SVG: elements are built, and every text that is none is escaped on its way in."""

from __future__ import annotations

import html
from collections.abc import Iterable

from planlint.source import printable

_VOID = frozenset({"meta", "input", "br"})


class Markup(str):
    """A piece of HTML. A plain text that meets it is escaped."""

    __slots__ = ()


def text(said: str) -> Markup:
    """Return a text as HTML: nothing in it is markup, and control and bidirectional characters are shown as escapes."""
    return said if isinstance(said, Markup) else Markup(html.escape(printable(said)))


def tag(name: str, /, *children: str, **attributes: str | int | None) -> Markup:
    """Return an element. Attributes that are None are left out; `class_` is class, `aria_label` is aria-label."""
    said = "".join(
        f' {key.rstrip("_").replace("_", "-")}="{text(str(value))}"'
        for key, value in attributes.items()
        if value is not None
    )
    inner = "".join(map(text, children))
    return Markup(f"<{name}{said}>" if name in _VOID else f"<{name}{said}>{inner}</{name}>")


def join(pieces: Iterable[str], between: str = "") -> Markup:
    """Return pieces one after another."""
    return Markup(text(between).join(map(text, pieces)))


def raw(trusted: str) -> Markup:
    """Return what is HTML already and comes from no plan: our own style sheet and script."""
    return Markup(trusted)
