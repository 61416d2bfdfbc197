"""Width and spaces are taken out of a text."""

from __future__ import annotations

import re
import sys
import unicodedata

from planlint.folding import squeezed


def test_width_is_folded_and_spaces_go() -> None:
    assert squeezed(" １０．１５\u3000人 \n/ 千\tm² ") == "10.15人/千m2"


def test_what_goes_is_what_a_pattern_calls_white_space() -> None:
    text = "".join(f"{chr(code)}x" for code in range(sys.maxunicode) if not 0xD800 <= code < 0xE000)
    assert squeezed(text) == re.sub(r"\s+", "", unicodedata.normalize("NFKC", text))
