"""What a drafter is told where libyaml cannot go on: its own words are for programmers, and English."""

from __future__ import annotations

from planlint.findings import Text

_QUOTE = Text("引号没有成对", "a quotation mark is not closed")
_BRACE = Text(
    "花括号 { } 没有成对，或者两栏之间少了逗号", "a brace is not closed, or a comma is missing between two entries"
)
_BRACKET = Text(
    "方括号 [ ] 没有成对，或者两项之间少了逗号", "a bracket is not closed, or a comma is missing between two items"
)
_COLON = Text(
    "多了一个冒号，或者缩进没有对齐；内容里有冒号时请加引号",
    "there is a colon too many, or the indentation is uneven; a text with a colon in it needs quotes",
)
_INDENT = Text(
    "缩进没有对齐，或者括号、引号后面还有多余的字",
    "the indentation is uneven, or something stands behind a closing bracket or quotation mark",
)
_MORE = Text(
    "引号后面还有多余的字，或者缩进没有对齐", "something stands behind a quotation mark, or the indentation is uneven"
)
_NAME = Text("这一行缺少冒号，或者冒号后面没有空格", "this line has no colon, or no blank behind it")
_SIGN = Text(
    "这里只有标点，没有内容；以标点开头的内容请加引号",
    "there is a mark and nothing else; what begins with a mark needs quotes",
)

PROBLEMS = {
    "while scanning a quoted scalar found unexpected end of stream": _QUOTE,
    "while parsing a flow mapping did not find expected ',' or '}'": _BRACE,
    "while parsing a flow sequence did not find expected ',' or ']'": _BRACKET,
    "mapping values are not allowed in this context": _COLON,
    "while parsing a block collection did not find expected '-' indicator": _INDENT,
    "while parsing a block mapping did not find expected key": _MORE,
    "while scanning a simple key could not find expected ':'": _NAME,
    "while parsing a flow node did not find expected node content": _SIGN,
    "while parsing a block node did not find expected node content": _SIGN,
    "block sequence entries are not allowed in this context": Text(
        "“- ”要另起一行", "a list entry, “- ”, begins a line of its own"
    ),
    "while parsing a quoted scalar found unknown escape character": Text(
        "双引号里的反斜线有特殊含义，请改用单引号",
        "a backslash means something within double quotes; use single quotes",
    ),
}
"""libyaml's words, as they are reported most, to ours; the others are shown as they are."""
