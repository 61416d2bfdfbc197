"""Plans that try to break the reader: one clear finding each, never a traceback.

Cases are named by their number in a list of measured traps: A bytes and text, B structure, C scalars, D units, F files.
Beside each hostile entry stand two figures that contradict each other: where they are reported, the rest of the plan
was judged.
"""

import functools
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

import planlint
from planlint import cache
from planlint.engine import Engine
from planlint.source import Source

HEAD = "planlint: 1\nplan: {id: ex, title: 示例, region: 某县, period: 2021-2025, document: ex.txt}\n"
OTHERS = """\
  - {indicator: 民营医院数, year: 2020, value: 43 家, at: 1}
  - {indicator: 民营医院数, year: 2020, value: 44 家, at: 2}
"""


@functools.cache
def engine():
    """The built-in rules."""
    return Engine(cache.load())


def figures(*items):
    """A plan with some entries before the two that contradict each other."""
    return HEAD + "figures:\n" + "".join(f"  - {item}\n" for item in items) + OTHERS


def valued(value, indicator="婴儿死亡率"):
    """A plan with one value before the two figures that contradict each other."""
    return figures(f"{{indicator: {indicator}, year: 2020, value: {value}, at: 1}}")


def check(content, tmp_path):
    """Rule, line and column of each finding about a file, as a user gets them."""
    file = tmp_path / "p.yaml"
    file.write_bytes(content if isinstance(content, bytes) else content.encode())
    # That an entry which lost its line names none is not what is asked here.
    report = planlint.check(file, ignore="PL031")
    assert report.unreadable == ()
    assert {f.place.file for f in report.findings} <= {str(file)}
    return [(f.rule, f.place.line, f.place.column) for f in report.findings]


def messages(content):
    """The English messages about a text."""
    return [f.message.en for f in engine().judge(Source("p.yaml", content)).findings if f.rule != "PL031"]


SPOKEN = ("PL401", 5, 43)
VALUE = (4, 43)
ENTRY = (4, 5)


def alone(rule, line, column):
    """One finding, and nothing else was judged."""
    return [(rule, line, column)]


def beside(rule, line, column):
    """One finding, and the rest of the plan was judged."""
    return [(rule, line, column), SPOKEN]


SILENT = [SPOKEN]
"""The entry is read as it was meant, and the rest of the plan was judged."""

BYTES = {
    "A01-empty": (b"", alone("PL012", 1, 1)),
    "A02-comment-only": ("# 空\n", alone("PL012", 1, 1)),
    "A03-document-start-only": ("---\n", alone("PL014", 2, 1)),
    "A04-two-documents": (valued("3‰") + "---\nplanlint: 1\n", alone("PL006", 7, 1)),
    "A04-two-empty-documents": ("---\n---\n", alone("PL006", 2, 1)),
    "A05-byte-order-mark": ("\ufeff" + valued("3.5x"), beside("PL026", *VALUE)),
    "A06-utf-16-le": (("\ufeff" + valued("3‰")).encode("utf-16-le"), alone("PL011", 1, 1)),
    "A06-utf-16-be": (("\ufeff" + valued("3‰")).encode("utf-16-be"), alone("PL011", 1, 1)),
    "A06-utf-16-cut": (b"\xfe\xff\xff\xbc\x2c", alone("PL011", 1, 1)),
    "A06-utf-16-without-mark": (valued("3‰").encode("utf-16-le"), alone("PL011", 2, 1)),
    "A07-gbk": (valued("3‰").replace("‰", "%").encode("gbk"), alone("PL011", 2, 1)),
    "A08-gb18030-four-bytes": ("# 𠮷\n".encode("gb18030"), alone("PL011", 1, 1)),
    "A09-nul": (valued("3‰") + "# \0\n", alone("PL011", 7, 1)),
    "A09-c0": (valued('"\x0b3‰"'), alone("PL011", 4, 1)),
    "A09-escape": (valued('"\x1b[31m3‰"'), alone("PL011", 4, 1)),
    "A09-delete": (valued('"3\x7f‰"'), alone("PL011", 4, 1)),
    "A09-c1": (valued('"3\x9b‰"'), alone("PL011", 4, 1)),
    "A09-escaped-escape": (valued('"\\e[31m3"'), beside("PL025", *VALUE)),
    "A10-surrogate-in-bytes": (HEAD.encode() + b"# \xed\xa0\x80\n", alone("PL011", 3, 1)),
    "A10-surrogate-escaped": (valued('"\\ud800"'), beside("PL001", *VALUE)),
    "A10-surrogate-pair-escaped": (valued('"\\ud83d\\ude00"'), beside("PL001", *VALUE)),
    "A11-carriage-returns": (valued("3.5x").replace("\n", "\r"), beside("PL026", *VALUE)),
    "A11-carriage-returns-and-line-feeds": (valued("3.5x").replace("\n", "\r\n"), beside("PL026", *VALUE)),
    "A11-next-lines": (valued("3.5x").replace("\n", "\x85"), beside("PL026", *VALUE)),
    "A11-line-separators": (valued(">3.5").replace("\n", "\u2028"), beside("PL004", *VALUE)),
    "A12-five-megabytes": (valued("3.5x") + "# " + "x" * 5_000_000 + "\n", beside("PL026", *VALUE)),
    "A12-one-line-of-a-megabyte": (valued('"' + "3" * 1_000_000 + '"'), beside("PL025", *VALUE)),
    "A12-too-large": (HEAD + "#" * (16 * 1024 * 1024), alone("PL011", 1, 1)),
    "A13-key-of-1025-letters": (HEAD + "x" * 1025 + ": 1\n", alone("PL001", 3, 1026)),
    "A13-key-of-1025-letters-in-braces": (figures("{" + "键" * 1025 + ": 1}"), beside("PL001", *ENTRY)),
    "A13-explicit-key-of-1025-letters": (HEAD + "? " + "x" * 1025 + "\n: 1\n", alone("PL016", 3, 3)),
}

STRUCTURE = {
    "B15-mappings": (figures("{a: " * 100 + "1" + "}" * 100), alone("PL008", 4, 5 + 4 * 38)),
    "B15-mappings-left-open": (figures("{a: " * 100), alone("PL008", 4, 5 + 4 * 38)),
    "B17-an-anchor": (figures("&a {indicator: 婴儿死亡率, value: 3‰}"), alone("PL007", *ENTRY)),
    "B20-an-alias-of-itself": (HEAD + "figures: &f [*f]\n", [("PL007", 3, 10), ("PL007", 3, 14)]),
    "B20-a-merge-of-itself": (HEAD + "figures:\n  - &f {<<: *f}\n", [("PL007", 4, 5), ("PL007", 4, 13)]),
    "B21-a-key-twice": (valued("3‰, value: 4‰"), beside("PL009", 4, 47)),
    "B21-a-key-twice-at-the-top": (valued("3‰") + "plan: {}\n", [("PL009", 7, 1), SPOKEN][::-1]),
    "B21-a-key-again-by-merging": (
        figures("{<<: {value: 3‰}, indicator: 婴儿死亡率, value: 4‰}"),
        beside("PL007", 4, 6),
    ),
    "B21-a-merge-key-in-quotes": (figures('{"<<": x, indicator: 婴儿死亡率, value: 4‰}'), beside("PL016", 4, 6)),
    "B22-a-list-as-a-key": (figures("{[a]: 1, indicator: 婴儿死亡率, value: 3‰}"), beside("PL014", 4, 6)),
    "B22-a-mapping-as-a-key": (figures("{{a: 1}: 1, indicator: 婴儿死亡率, value: 3‰}"), beside("PL014", 4, 6)),
    "B22-a-template-as-an-entry": (figures("{{ x }}"), beside("PL014", 4, 6)),
    "B22-a-template-as-a-value": (valued("{{ x }}"), beside("PL014", *VALUE)),
    "B22-a-template-as-the-file": ("{{ x }}\n", alone("PL014", 1, 2)),
    "B22-a-list-as-a-heading": (
        HEAD + "tables: [{id: t, columns: {[a]: target, 2020: actual}, rows: [{indicator: 医护比, 2020: 1:1}]}]\n",
        alone("PL014", 3, 28),
    ),
    "B23-a-python-tag": (figures("!!python/object/apply:os.system [id]"), alone("PL007", *ENTRY)),
    "B23-a-tag-of-ones-own": (valued("!x 3‰"), alone("PL007", *VALUE)),
    "B23-a-tag-in-full": (valued("!<tag:yaml.org,2002:int> 3"), alone("PL007", *VALUE)),
    "B23-a-directive": ("%TAG ! tag:x,2020:\n---\n" + valued("!y 3‰"), alone("PL007", 6, 43)),
    "B24-a-tab-before-a-list": (HEAD + "figures:\n\t- {indicator: 婴儿死亡率}\n", alone("PL002", 4, 1)),
    "B24-a-tab-in-an-entry": (
        figures("indicator: 婴儿死亡率\n\tvalue: 3‰"),
        [("PL002", 5, 1), ("PL401", 6, 43)],
    ),
    "B25-ideographic-indentation": (HEAD + "figures:\n　　- {indicator: 婴儿死亡率}\n", alone("PL003", 4, 1)),
    "B25-ideographic-indentation-in-an-entry": (
        figures("indicator: 婴儿死亡率\n  　value: 3‰"),
        [("PL003", 5, 3), ("PL401", 6, 43)],
    ),
    "B25-no-break-indentation": (HEAD + "figures: []\n\xa0\xa0claims: []\n", alone("PL003", 4, 1)),
    "B25-ideographic-blank-after-a-colon": (HEAD.replace("plan: ", "plan:　"), alone("PL003", 2, 6)),
    "B26-full-width-colon-at-the-top": (HEAD + "figures：\n  - {indicator: 婴儿死亡率}\n", alone("PL003", 3, 8)),
    "B26-full-width-colon-in-an-entry": (
        figures("indicator：婴儿死亡率\n    value: 3‰"),
        [("PL003", 4, 14), ("PL401", 6, 43)],
    ),
    "B26-full-width-colon-in-the-first-line": (HEAD.replace("planlint: ", "planlint："), alone("PL003", 1, 9)),
    "B26-full-width-comma": (valued("3‰，note: 注"), beside("PL003", 4, 45)),
    "B26-quotes-of-another-kind-around-a-name": (valued("3‰", "“婴儿死亡率”"), [("PL401", 5, 43)]),
    "B26-quotes-of-another-kind-around-a-value": (valued("“3‰”"), beside("PL025", *VALUE)),
}

UNIT = "PL026"
SCALARS = {
    "C27-places-are-kept": ("3.10‰", SILENT),
    "C28-10:30": ("10:30", beside("PL201", *VALUE)),
    "C28-1:30": ("1:30", beside("PL201", *VALUE)),
    "C29-0o17": ("0o17", beside(UNIT, *VALUE)),
    "C29-0x1F": ("0x1F", beside(UNIT, *VALUE)),
    "C30-no": ("NO", SILENT),
    "C30-on": ("on", SILENT),
    "C30-null": ("~", SILENT),
    "C31-underscores": ("1_000", beside(UNIT, *VALUE)),
    "C31-half-a-separator": ('"3,52‰"', beside("PL025", *VALUE)),
    "C31-full-width-separator": ("10，000‰", beside("PL203", *VALUE)),
    "C32-1e400": ("1e400", beside(UNIT, *VALUE)),
    "C32-1e999999999": ("1e999999999", beside(UNIT, *VALUE)),
    "C32-infinity": (".inf", SILENT),
    "C32-no-number": (".nan", SILENT),
    "C33-5000-digits": ("5" * 5000, beside("PL025", *VALUE)),
    "C33-100-digits": ("5" * 100 + "‰", beside("PL025", *VALUE)),
    "C34-a-million-binary-digits": ("0b" + "1" * 1_000_000, beside("PL025", *VALUE)),
    "C34-20000-groups-of-sixty": (":".join(["1"] * 20_000), beside("PL025", *VALUE)),
    "C35-no-such-month": ("2020-13-45", beside("PL025", *VALUE)),
    "C35-no-such-day": ("2020-02-30", beside("PL025", *VALUE)),
    "C36-binary-of-nothing": ("0b_", beside(UNIT, *VALUE)),
    "C37-full-width-digits": ("３．１０‰", SILENT),
    "C37-arabic-digits": ("٣‰", beside("PL025", *VALUE)),
    "C38-equals": ("=", SILENT),
    "C39-minus-nothing": ("-0‰", SILENT),
    "C39-plus": ("+5‰", beside("PL025", *VALUE)),
    "C39-no-digit-before-the-point": (".5‰", beside("PL025", *VALUE)),
    "C39-no-digit-behind-the-point": ("5.‰", beside("PL025", *VALUE)),
    "C40-range": ("7.40—7.50‰", SILENT),
    "C40-range-with-a-tilde": ("4.5~5‰", SILENT),
    "C40-range-upside-down": ("7.50—7.40‰", beside("PL025", *VALUE)),
    "C41-bound": ("≥3‰", SILENT),
    "C41-bound-in-quotes": ('">3‰"', SILENT),
    "C41-bare-bound": (">3‰", beside("PL004", *VALUE)),
    "C41-bare-bound-of-two-signs": (">=3‰", beside("PL004", *VALUE)),
    "C41-about": ("3.5‰左右", SILENT),
    "C41-in-brackets": ("[3‰]", beside("PL014", *VALUE)),
    "C41-dash": ("—", SILENT),
    "C41-bare-dash-before-a-number": ("- 3", beside("PL001", *VALUE)),
    "C41-percent-sign": ("%", beside("PL005", *VALUE)),
    "D43-full-width-percent": ("0.35％", SILENT),
    "D43-per-ten-thousand-sign": ("35‱", SILENT),
    "D43-degrees": ("3℃", beside(UNIT, *VALUE)),
    "D43-square-metres": ("3㎡", beside("PL201", *VALUE)),
    "D44-per-hundred-thousand": ("350/10万", SILENT),
    "D44-a-number-before-the-rate": ("350 1/10万", beside("PL025", *VALUE)),
    "D45-ten-thousand-twice": ("3万万人", beside(UNIT, *VALUE)),
    "D45-ten-million": ("3千万人", beside("PL201", *VALUE)),
    "D46-kilo-persons": ("3 k人", beside(UNIT, *VALUE)),
    "D46-milli-persons": ("3 m人", beside(UNIT, *VALUE)),
    "D46-hecto-persons": ("3 h人", beside(UNIT, *VALUE)),
    "D47-percentage-points": ("3个百分点", [SPOKEN, ("PL206", *VALUE)]),
    "D48-persons-per-thousand": ("3 人/千人口", beside("PL201", *VALUE)),
    "D49-unit-of-100000-letters": ("3 " + "x" * 100_000, beside("PL025", *VALUE)),
    "D50-power": ("9**9**9 人", beside(UNIT, *VALUE)),
    "D50-product": ("9*9", beside(UNIT, *VALUE)),
    "D50-division-by-nothing": ("3 人/0人口", beside(UNIT, *VALUE)),
    "D50-divided-by-a-sign": ("3 人÷张", beside(UNIT, *VALUE)),
    "D50-percent-twice": ("5 %%", beside(UNIT, *VALUE)),
    "D50-remainder": ("50 % 7", beside(UNIT, *VALUE)),
}


@pytest.mark.parametrize(("content", "expected"), BYTES.values(), ids=BYTES)
def test_bytes_and_text(tmp_path, content, expected):
    """A file that is no text, or an odd one, is one finding."""
    assert check(content, tmp_path) == expected


@pytest.mark.parametrize(("content", "expected"), STRUCTURE.values(), ids=STRUCTURE)
def test_structure(tmp_path, content, expected):
    """What YAML allows and a plan does not is one finding at its place."""
    assert check(content, tmp_path) == expected


@pytest.mark.parametrize(("value", "expected"), SCALARS.values(), ids=SCALARS)
def test_scalars_and_units(tmp_path, value, expected):
    """A value is read as a drafter meant it, or reported once; the figures beside it are judged."""
    assert check(valued(value), tmp_path) == expected


def amount_of(value, indicator):
    """Value and rounding of a figure, in its indicator's unit."""
    from fractions import Fraction

    from planlint import plan, tree
    from planlint.facts import derive

    root, faults = tree.parse(valued(value, indicator), "p.yaml")
    found = derive(plan.read(root, "p.yaml", faults), engine().lookups, faults).figures[0]
    assert isinstance(found.value, Fraction)
    return str(found.value), str(found.amount.number.quantum), found.amount.text


@pytest.mark.parametrize(
    ("value", "indicator", "expected"),
    [
        pytest.param("3.10‰", "婴儿死亡率", ("31/10", "1/100", "3.10‰"), id="C27-two-places"),
        pytest.param("3.1‰", "婴儿死亡率", ("31/10", "1/10", "3.1‰"), id="C27-one-place"),
        pytest.param("017‰", "婴儿死亡率", ("17", "1", "017‰"), id="C29-no-octal"),
        pytest.param("08‰", "婴儿死亡率", ("8", "1", "08‰"), id="C29-no-octal-digit"),
        pytest.param('"1,000 张"', "医疗卫生机构床位数", ("1000", "1", "1,000 张"), id="C31-separator"),
        pytest.param("1，000 张", "医疗卫生机构床位数", ("1000", "1", "1，000 张"), id="C31-full-width-separator"),
        pytest.param("３．１０‰", "婴儿死亡率", ("31/10", "1/100", "３．１０‰"), id="C37-full-width-digits"),
        pytest.param("1∶1.15", "医护比", ("23/20", "1/100", "1∶1.15"), id="C42-ratio-sign"),
        pytest.param("1:1.15", "医护比", ("23/20", "1/100", "1:1.15"), id="C42-colon"),
        pytest.param("0.35％", "婴儿死亡率", ("7/2", "1/100", "0.35％"), id="D43-full-width-percent"),
        pytest.param("886㎡", "业务用房面积", ("886", "1", "886㎡"), id="D43-square-metres"),
        pytest.param("10/10万", "孕产妇死亡率", ("10", "1", "10/10万"), id="D44-a-rate-and-no-fraction"),
        pytest.param("3千万人", "常住人口数", ("30000000", "10000000", "3千万人"), id="D45-ten-million"),
        pytest.param("3.1 人/千人口", "每千人口注册护士数", ("31/10", "1/10", "3.1 人/千人口"), id="D48-persons"),
    ],
)
def test_values_are_exact(value, indicator, expected):
    """Number, precision and characters survive the whole way."""
    assert amount_of(value, indicator) == expected


def test_c42_a_ratio_and_its_look_alike_agree():
    """1∶1.15 and 1:1.15 are one value."""
    text = HEAD + "figures:\n  - {indicator: 医护比, value: 1∶1.15}\n  - {indicator: 医护比, value: 1:1.15}\n"

    assert messages(text) == []


def test_d47_percentage_points_are_never_added_to_percent():
    """A sum of % and 个百分点 is left open, not computed."""
    outcome = engine().judge(
        Source("p.yaml", HEAD + "claims:\n  - {sum: 甲, whole: 15%, parts: [10%, 5个百分点], at: 1}\n")
    )

    assert outcome.findings == []
    assert [u.because.en for u in outcome.undecided] == ["the parts have different units"]


def test_d48_per_mille_is_no_density():
    """3.1‰ and 3.1 人/千人口 look alike and are different things."""
    assert messages(valued("3.1‰", "每千人口注册护士数"))[0] == (
        "“每千人口注册护士数” 2020, 3.1‰; the unit “‰” is of another kind; expected 人/千人口"
    )


@pytest.mark.parametrize(
    "name",
    [
        pytest.param("每" * 100_000, id="D49-name-of-100000-letters"),
        pytest.param("每0人口床位数", id="D50-per-no-residents"),
        pytest.param(f"每{'9' * 5000}人口床位数", id="C33-per-5000-digits"),
        pytest.param("\u202e婴儿死亡率\u200b", id="A09-format-characters"),
    ],
)
def test_a_name_of_an_odd_kind_is_unknown(tmp_path, name):
    """Names are as hostile as values."""
    assert check(valued("3‰", f'"{name}"'), tmp_path) == [SPOKEN, ("PL027", 4, 17)]


@pytest.mark.parametrize(
    "unit",
    [
        pytest.param("x" * 100_000, id="D49-unit-of-100000-letters"),
        pytest.param("人/0人口", id="D50-per-no-residents"),
        pytest.param(f"人/{'9' * 5000}人口", id="C33-per-5000-digits"),
    ],
)
def test_a_unit_of_a_row_is_as_closed_as_one_of_a_value(tmp_path, unit):
    """A unit that stands away from its number comes from the same table."""
    assert check(valued(f"3, unit: {unit}"), tmp_path) == beside(UNIT, *VALUE)


def test_a12_a_plan_of_five_megabytes_is_judged(tmp_path):
    """Fifty thousand figures take a while, and nothing breaks."""
    rows = "".join(
        f"  - {{indicator: 民营医院数, year: 2020, value: 43 家, at: {i % 999 + 1}, note: {'注' * 15}}}\n"
        for i in range(40_000)
    )
    text = HEAD + "figures:\n" + rows + "  - {indicator: 民营医院数, year: 2020, value: 44 家}\n"

    assert len(text.encode()) > 4_000_000
    assert messages(text) == ["“民营医院数” 2020 has 2 different values, 43 家 (40000 places) and 44 家"]


def test_b22_a_thousand_local_indicators_are_read():
    """Each costs the same, however many stand above it."""
    lines = "".join(
        f"  - {{key: local-k{i}, name: 本地{i}号, unit: 套, kind: count, polarity: higher}}\n" for i in range(1000)
    )

    assert messages(HEAD + "indicators:\n" + lines + "figures: [{indicator: 本地999号, value: 3 套}]\n") == []


# -- through the command, in a process of its own

BOMB = "a0: &a0 [x,x,x,x,x,x,x,x,x]\n" + "".join(
    f"a{i}: &a{i} [{','.join([f'*a{i - 1}'] * 9)}]\n" for i in range(1, 10)
)
MERGES = "a0: &a0 {k: 1}\n" + "".join(f"a{i}: &a{i} {{<<: [{','.join([f'*a{i - 1}'] * 9)}]}}\n" for i in range(1, 8))


def run(*arguments, **more):
    """Run the command; it ends in time, with a status of its own, and without a traceback."""
    command = [sys.executable, "-m", "planlint", "check", *map(str, arguments), "--format", "concise", "--lang", "en"]
    done = subprocess.run(command, capture_output=True, timeout=60, **more)
    assert done.returncode in {0, 1, 2}
    assert b"Traceback" not in done.stderr
    assert b"Traceback" not in done.stdout
    return done.returncode, done.stdout.decode(), done.stderr.decode()


def rules_of(output):
    """Line, column and rule of each line that a file of one name gives."""
    return [
        tuple(line.partition(".yaml:")[2].replace(": ", " ").replace(":", " ").split()[:4])
        for line in output.splitlines()
    ]


PROCESS = {
    "B14-30000-brackets": (HEAD + "x: " + "[" * 30_000, ("3", "43", "error", "PL008")),
    "B14-30000-brackets-closed": (HEAD + "x: " + "[" * 30_000 + "]" * 30_000, ("3", "43", "error", "PL008")),
    "B14-30000-brackets-alone": ("[" * 30_000, ("1", "41", "error", "PL008")),
    "B14-30000-brackets-after-a-broken-entry": (
        HEAD + "figures:\n  - {a: >3}\nx: " + "[" * 30_000,
        ("5", "43", "error", "PL008"),
    ),
    "B15-5000-mappings": (HEAD + "x: " + "{a: " * 5000 + "1" + "}" * 5000, ("3", "160", "error", "PL008")),
    "B16-5000-dashes": (HEAD + "x:\n  " + "- " * 5000 + "1\n", ("4", "81", "error", "PL008")),
    "B16-5000-question-marks": (HEAD + "? " * 5000 + "1\n", ("3", "81", "error", "PL008")),
    "B17-100000-anchors": (
        HEAD + "x: [" + ",".join(f"&a{i} 1" for i in range(100_000)) + "]\n",
        ("3", "5", "error", "PL007"),
    ),
    "B18-alias-bomb": (HEAD + BOMB, ("3", "5", "error", "PL007")),
    "B19-merge-bomb": (HEAD + MERGES, ("3", "5", "error", "PL007")),
    "B20-alias-of-itself": ("&a [*a]\n", ("1", "1", "error", "PL007")),
    "B20-merge-of-itself": (HEAD + "figures: &a {<<: *a}\n", ("3", "10", "error", "PL007")),
}


@pytest.mark.parametrize(("content", "expected"), PROCESS.values(), ids=PROCESS)
def test_what_could_end_the_interpreter_is_a_finding(tmp_path, content, expected):
    """No crash, no hang: the first finding names the place."""
    (tmp_path / "p.yaml").write_text(content, encoding="utf-8")
    status, out, err = run(tmp_path / "p.yaml")

    assert (status, err) == (1, "")
    assert expected in rules_of(out)


@pytest.mark.parametrize(
    "content",
    [
        pytest.param("&a [*a]", id="B20-alias-of-itself"),
        pytest.param("[" * 30_000, id="B14-30000-brackets"),
        pytest.param(BOMB, id="B18-alias-bomb"),
    ],
)
def test_standard_input_is_as_safe(content):
    """What comes by a pipe is read like a file."""
    status, out, err = run("-", input=content.encode())

    assert (status, err) == (1, "")
    assert out.startswith("<stdin>:1:")


# -- files


@pytest.mark.parametrize(
    "path",
    [
        pytest.param("../secret.yaml", id="F61-above"),
        pytest.param("/etc/passwd", id="F61-absolute"),
        pytest.param(r"\\server\share\x.yaml", id="F61-share"),
        pytest.param("p.yaml", id="F63-itself"),
    ],
)
@pytest.mark.parametrize("key", ["include", "extends", "import"])
def test_no_key_opens_another_file(tmp_path, key, path):
    """A plan cannot include: such a key is unknown, and nothing is read."""
    (tmp_path.parent / "secret.yaml").write_text(valued("3 kt"), encoding="utf-8")

    assert check(f"{valued('3‰')}{key}: {path}\n", tmp_path) == [("PL401", 5, 43), ("PL016", 7, 1)]


def test_f61_a_link_out_of_the_folder_is_read_as_the_file_it_is(tmp_path):
    """A link is reported under its own name; nothing else of its target's folder is touched."""
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "p.yaml").write_text(valued("3 kt"), encoding="utf-8")
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "link.yaml").symlink_to(tmp_path / "out" / "p.yaml")

    report = planlint.check(tmp_path / "in")

    assert sorted({f.place.file for f in report.findings}) == [str(tmp_path / "in" / "link.yaml")]


def special(tmp_path, kind):
    """A path that is no plan file, and what is said of it."""
    path = tmp_path / "p.yaml"
    if kind == "fifo":
        os.mkfifo(path)
    elif kind == "link":
        path.symlink_to(tmp_path / "nowhere")
    elif kind == "loop":
        path.symlink_to(path)
    elif kind == "device":
        path = Path("/dev/zero")
    elif kind == "long":
        path = tmp_path / ("x" * 300 + ".yaml")
    return path


SPECIAL = {
    "F62-fifo": ("fifo", "not a regular file"),
    "F62-device": ("device", "not a regular file"),
    "F62-missing": ("missing", "No such file or directory"),
    "F62-broken-link": ("link", "No such file or directory"),
    "F62-link-to-itself": ("loop", "Too many levels of symbolic links"),
    "F62-name-too-long": ("long", "File name too long"),
}


@pytest.mark.parametrize(("kind", "reason"), SPECIAL.values(), ids=SPECIAL)
def test_what_is_no_file_is_named_and_the_others_are_judged(tmp_path, kind, reason):
    """The status says that the job could not be done, and the plans that could be read are reported."""
    path = special(tmp_path, kind)
    (tmp_path / "good.yaml").write_text(valued("3‰"), encoding="utf-8")
    status, out, err = run(path, tmp_path / "good.yaml")

    assert (status, err) == (2, f"planlint: {path}: {reason}\n")
    assert rules_of(out) == [("5", "43", "error", "PL401")]


@pytest.mark.parametrize("kind", ["fifo", "link"], ids=["F62-fifo", "F62-broken-link"])
def test_in_a_folder_too(tmp_path, kind):
    """A folder with one such file is checked to its end."""
    path = special(tmp_path, kind)
    (tmp_path / "q.yaml").write_text(valued("3‰"), encoding="utf-8")
    status, out, err = run(tmp_path)

    assert (status, err) == (
        2,
        f"planlint: {path}: {SPECIAL[f'F62-{kind}' if kind == 'fifo' else 'F62-broken-link'][1]}\n",
    )
    assert rules_of(out) == [("5", "43", "error", "PL401")]


def test_f62_a_file_that_vanishes_is_named(tmp_path, monkeypatch):
    """Between listing and reading a file may go; the others are judged."""
    for name in ("a.yaml", "b.yaml"):
        (tmp_path / name).write_text(valued("3‰"), encoding="utf-8")
    read_bytes = planlint.api.read_bytes

    def vanish(path):
        if Path(path).name == "a.yaml":
            Path(path).unlink()
        return read_bytes(path)

    monkeypatch.setattr(planlint.api, "read_bytes", vanish)
    report = planlint.check(tmp_path)

    assert report.unreadable == (f"{tmp_path}/a.yaml: No such file or directory",)
    assert [f.rule for f in report.findings] == ["PL401"]


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        pytest.param(b"a\nb.yaml", "a\\u{a}b.yaml", id="F64-newline"),
        pytest.param(b"a,b.yaml", "a,b.yaml", id="F64-comma"),
        pytest.param(b"a::error::b.yaml", "a::error::b.yaml", id="F64-colons"),
        pytest.param(b"\xff\xfe.yaml", "\\xff\\xfe.yaml", id="F64-no-utf-8"),
        pytest.param(b"\x1b[31m.yaml", "\\u{1b}[31m.yaml", id="F64-escape"),
        pytest.param("规划 一.yaml".encode(), "规划 一.yaml", id="F64-chinese-and-blank"),
    ],
)
def test_odd_file_names_are_shown_on_one_line(tmp_path, name, shown):
    """Each finding is one line and names the file, whatever bytes its name is made of."""
    path = os.path.join(os.fsencode(tmp_path), name)
    with open(path, "wb") as stream:
        stream.write(valued("3‰").encode())
    status, out, err = run(os.fsdecode(path))

    assert (status, err) == (1, "")
    assert out.splitlines() == [
        f"{tmp_path}/{shown}:5:43: error PL401 “民营医院数” 2020 has 2 different values, 43 家 and 44 家"
    ]


@pytest.mark.parametrize(
    "content",
    [
        pytest.param(b"PK\x03\x04" + bytes(2000), id="F65-archive"),
        pytest.param(b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj\n", id="F66-pdf"),
        pytest.param(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(500), id="F66-old-office"),
        pytest.param(b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY x "y">]><a>&x;</a>', id="F65-doctype"),
    ],
)
def test_documents_of_other_programs_are_one_finding(tmp_path, content):
    """Only YAML is read; nothing is unpacked or expanded."""
    (finding,) = check(content, tmp_path)

    assert finding[0] in {"PL001", "PL005", "PL007", "PL011", "PL014"}


def test_every_format_survives_hostile_text(tmp_path):
    """Escapes in names and values reach no terminal, and JSON stays JSON."""
    (tmp_path / "p.yaml").write_text(valued("3‰", '"\\e[31m\\u202e\\n::error::x"'), encoding="utf-8")
    _, out, _ = run(tmp_path / "p.yaml")
    command = [sys.executable, "-m", "planlint", "check", str(tmp_path), "--format", "json"]
    done = subprocess.run(command, capture_output=True, timeout=60, check=False)

    assert [line for line in out.splitlines() if not line.isprintable()] == []
    assert len(out.splitlines()) == 2
    assert [f["rule"] for f in json.loads(done.stdout)["findings"]] == ["PL401", "PL027"]


# -- random text

SCALAR = st.sampled_from(
    "3.10 ≥80 '>3.56' 约12.71亩 10/10万 1万—1.2万平方米 在2020基础上增加30% 翻一番 待定 - ~ 1:1.15 100% [3] {a:1} "
    "&a *a !x >3 2020 2025 target actual 民营医院数 婴儿死亡率 每千人口注册护士数 常住人口数 a b local-a 43家 0 -5 "
    "6000张 100万人".split()
)
KEY = st.sampled_from(
    "indicator value year role scope base unit at quote id period trusted columns rows tables figures claims projects "
    "indicators sum whole parts ratio of to is list count items change from by project cost total key name kind "
    "polarity numerator denominator 2020 2025 <<".split()
)
BROKEN = st.sampled_from(
    ["：", "，", "\t", "　", "[", "]", "{", "}", "- ", ": ", "\n", "#", '"', "'", "|", "\u2028", "\0", "---\n"]
)


def block(depth):
    """Lines that look like YAML at some depth."""
    indent = "  " * depth
    line = st.tuples(KEY, SCALAR).map(lambda pair: f"{indent}{pair[0]}: {pair[1]}\n")
    item = st.lists(st.tuples(KEY, SCALAR), max_size=5).map(
        lambda pairs: f"{indent}- {{{', '.join(f'{key}: {value}' for key, value in pairs)}}}\n"
    )
    if depth == 3:
        return line | item
    inner = st.tuples(KEY, st.lists(block(depth + 1), max_size=4)).map(
        lambda part: f"{indent}{part[0]}:\n{''.join(part[1])}"
    )
    return line | item | inner


@st.composite
def yamlish(draw):
    """A text that looks like a plan, with some slips in it."""
    text = draw(st.sampled_from([HEAD, "", "planlint: 1\n"])) + "".join(draw(st.lists(block(0), max_size=6)))
    for _ in range(draw(st.integers(0, 4))):
        where = draw(st.integers(0, len(text)))
        text = text[:where] + draw(BROKEN) + text[where + draw(st.integers(0, 3)) :]
    return text


@settings(deadline=None, max_examples=300)
@given(yamlish() | st.text(max_size=200))
@example("targets: &a [*a]")
@example("targets: " + "[" * 1000)
@example(HEAD + "tables:\n  - {id: t, columns: {[a]: target}, rows: [{indicator: 婴儿死亡率}]}\n")
@example(HEAD + "figures:\n  - {indicator: 每0人口床位数, value: 3}\n")
@example(HEAD + f"figures:\n  - {{indicator: 每{'9' * 5000}人口床位数, value: 3}}\n")
@example(HEAD + "figures:\n  - {indicator: 注册护士数, value: 3 人/0人口}\n")
@example(HEAD + f"figures:\n  - {{indicator: 注册护士数, value: 3, unit: 人/{'9' * 5000}人口}}\n")
@example(HEAD + "indicators:\n  - {key: local-a, name: 甲, unit: 套/0人口, kind: density, polarity: higher}\n")
@example(HEAD + "claims:\n  - {sum: 甲, whole: 0, parts: []}\n  - {ratio: 甲, of: 0, to: 0, is: 0%}\n")
@example(HEAD + "claims:\n  - {ratio: 甲, of: 1 人, to: 0 人, is: 1:0}\n")
@example(HEAD + "projects:\n  - {id: p, total: 待定, count: x, rows: [{project: 甲, cost: 逐步提高}]}\n")
@example(chr(0xD800))
@example("\0")
def test_any_text_gives_findings(text):
    """Whatever the text, planlint says what is wrong with it where, in both languages."""
    outcome = engine().judge(Source("any", text))

    assert all(f.place.line >= 1 and f.place.column >= 1 for f in outcome.findings)
    assert all(f.message.zh and f.message.en and f.mentions for f in outcome.findings)
