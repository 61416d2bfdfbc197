"""What a drafter is told where a line is no YAML: what to mend, in either language, and never libyaml's own words."""

import pytest
from told import HEAD, engine

from planlint.source import Source
from planlint.syntax_words import PROBLEMS

BROKEN = {
    '  - {indicator: "a, value: 3}': "引号没有成对",
    "  - {indicator: 婴儿死亡率, value: 3": "花括号 { } 没有成对，或者两栏之间少了逗号",
    "  - {indicator: 婴儿死亡率 value: 3: 4}": "花括号 { } 没有成对，或者两栏之间少了逗号",
    "  - [a, b": "方括号 [ ] 没有成对，或者两项之间少了逗号",
    "  - indicator: 婴儿死亡率: b": "多了一个冒号，或者缩进没有对齐；内容里有冒号时请加引号",
    "  - indicator: a\n   value: 3": "缩进没有对齐，或者括号、引号后面还有多余的字",
    "  - {indicator: a}}": "缩进没有对齐，或者括号、引号后面还有多余的字",
    '  - indicator: "a" b': "引号后面还有多余的字，或者缩进没有对齐",
    "  - a: b\n    c\n    d: e": "这一行缺少冒号，或者冒号后面没有空格",
    "  - {a: 1,, b: 2}": "这里只有标点，没有内容；以标点开头的内容请加引号",
    '  - {a: "\\q"}': "双引号里的反斜线有特殊含义，请改用单引号",
    "  - a: - b": "“- ”要另起一行",
}


@pytest.mark.parametrize("entry", BROKEN)
def test_what_to_mend(entry):
    """The message of an entry that is broken, among entries that are not."""
    text = HEAD + f"figures:\n{entry}\n  - {{indicator: 婴儿死亡率, year: 2020, value: 3.5‰, at: 1}}\n"
    found = [
        finding.message.zh for finding in engine().judge(Source("p.yaml", text)).findings if finding.rule == "PL001"
    ]

    assert found[:1] == [f"标点或缩进不对，这一条没有读入：{BROKEN[entry]}"]


def test_every_word_is_needed():
    """Each of libyaml's problems that has words of ours is met by some entry."""
    assert {words.zh for words in PROBLEMS.values()} == set(BROKEN.values())
