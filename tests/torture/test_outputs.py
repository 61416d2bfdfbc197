"""Plans whose names try to break what is written about them, in every format: text stays text.

Cases are named by their number in a list of measured traps: G outputs. There is no CSV and no spreadsheet, so a cell
that begins with a sign (72) is held to be shown as it is, and nothing here reads Excel files (67).
"""

import io
import json
import re
import xml.etree.ElementTree as ET
import zipfile
from html.parser import HTMLParser

import pytest

from planlint.api import Judge, inspect
from planlint.report import formats
from planlint.report.formats import FORMATS, Run
from planlint.source import Source

NAMES = {
    "G68-element": "<svg onload=alert(1)>",
    "G68-end-of-a-script": "</script></style><script>alert(1)</script>",
    "G68-address": "[x](javascript:alert(1))",
    "G68-attribute": "' onmouseover='alert(1)",
    "G69-escape": "\\e[31m\\x9b31m",
    "G69-link": "\\e]8;;http://a.example\\a",
    "G69-backspace": "a\\b\\b",
    "G69-override": "\\u202e\\u2066a",
    "G70-markup": "[red]a[/]:100:",
    "G70-markdown": "**a** `b` ~~c~~ |d| <!-- @all",
    "G71-escaped-line": "a%0A::error file=x::b",
    "G71-line": "a\\n::error file=x::b",
    "G71-carriage-return": "a\\r##[error]b",
    "G72-formula": "=cmd|'/C calc'!A0",
    "G72-sum": "@SUM(1)",
    "G72-tab": "\\t=1",
    "G73-ampersand": "a & b < c ]]>",
    "G73-vertical-tab": "a\\vb\\fc",
    "G73-40000-letters": "字" * 40_000,
    "G73-no-character": "a\\ufffeb\\uffff",
}
HEAD = "planlint: 1\nplan: {id: ex, title: TITLE, region: 某县, period: 2021-2025, document: ex.txt}\n"
FIGURES = """\
figures:
  - {indicator: NAME, year: 2020, value: 43 家, at: 1, note: NAME}
  - {indicator: 民营医院数, year: 2020, value: 43 家, at: 1, quote: NAME}
  - {indicator: 民营医院数, year: 2020, value: 44 家, at: 2, note: NAME}
  - {indicator: 婴儿死亡率, year: 2020, value: NAME, at: 3}
"""
SHOWN = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufffe\uffff\ud800-\udfff]"
)
"""What no terminal and no page may be given."""
DATA = re.compile("[\x00-\x08\x0b-\x1f]")
"""What no reader of JSON or XML takes."""


@pytest.fixture(scope="module")
def judge():
    """The built-in rules."""
    return Judge(remember=False)


class _Page(HTMLParser):
    """Collects the elements of a page, and the attributes that would run something."""

    def __init__(self):
        super().__init__()
        self.scripts = 0
        self.odd = []

    def handle_starttag(self, tag, attrs):
        self.scripts += tag == "script"
        for name, value in attrs:
            if name.startswith("on") or "javascript:" in (value or ""):
                self.odd.append((tag, name, value))


def page(text):
    """The number of scripts on a page, and what else would run."""
    read = _Page()
    read.feed(text)
    return read.scripts, read.odd


@pytest.fixture(scope="module")
def plain(judge):
    """The scripts of a page about a harmless plan."""
    return page(rendered(judge, "甲乙数")["html"].decode())


def rendered(judge, name):
    """A report about a plan with one name in every place, in every format."""
    text = (HEAD.replace("TITLE", "NAME") + FIGURES).replace("NAME", f'"{name}"')
    sources = (Source("p.yaml", text),)
    report = inspect(sources, judge)
    assert "PL401" in {finding.rule for finding in report.findings}
    run = Run("zh", sources, judge, verbose=True)
    return {"count": len(report.findings)} | {
        name: formats.render(name, report, run) for name in FORMATS if usable(name)
    }


def usable(name):
    """Whether a format can be written here."""
    if not FORMATS[name].extra:
        return True
    try:
        import docx  # noqa: F401
    except ImportError:
        return False
    return True


@pytest.mark.parametrize("name", NAMES.values(), ids=NAMES)
def test_a_name_is_text_in_every_format(judge, plain, name):
    """Nothing runs, no line is forged, no control character goes out, and every reader reads."""
    made = rendered(judge, name)
    count = made.pop("count")

    for format_ in ("text", "concise", "github", "markdown", "html"):
        assert SHOWN.findall(made[format_].decode()) == [], format_
    for format_ in ("json", "sarif", "gitlab", "junit"):
        assert DATA.findall(made[format_].decode()) == [], format_
    assert page(made["html"].decode()) == plain
    assert len(made["concise"].decode().splitlines()) == count
    assert all(line.startswith("p.yaml:") for line in made["concise"].decode().splitlines())
    commands = [line for line in made["github"].decode().splitlines() if re.match(r"::|##\[", line)]
    assert len(commands) == count
    assert all(re.match(r"::(?:error|warning|notice) file=p\.yaml,line=", line) for line in commands)
    assert len(json.loads(made["json"])["findings"]) == count
    assert len(json.loads(made["sarif"])["runs"][0]["results"]) == count
    assert len(json.loads(made["gitlab"])) == count
    ET.fromstring(made["junit"])
    if "docx" in made:
        with zipfile.ZipFile(io.BytesIO(made["docx"])) as package:
            body = package.read("word/document.xml")
        ET.fromstring(body)
        assert SHOWN.findall(body.decode()) == []
