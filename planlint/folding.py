"""The only place that takes width and spaces out of a text, which every reader of printed words does first."""

from __future__ import annotations

import unicodedata


def squeezed(text: str) -> str:
    """Return a text with its width folded (Unicode NFKC) and without any white space."""
    # Faster than a pattern, which would have to be compiled: what split() parts at is what \s matches.
    return "".join(unicodedata.normalize("NFKC", text).split())
