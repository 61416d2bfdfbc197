"""Rule and catalogue files that try to break out: each is refused with its place, and nothing runs.

Cases are named by their number in a list of measured traps: E rules and expressions, with those of A (bytes), B
(structure), C (scalars), D (units) and F (files) that a rule folder can meet.
"""

import os
import subprocess
import sys
from pathlib import Path

import pytest

import planlint
from planlint import cache
from planlint.catalogue import read as read_catalogue
from planlint.rules import read_pages
from planlint.source import Malformed, Source, UnreadableSource

RULE = """\
id: TEAM001
name: hostile
severity: error
summary: {zh: 甲, en: ab}
why: {zh: 乙, en: cd}
ask: identity
with:
  formula: |-
    FORMULA
message: {zh: 'MESSAGE', en: 'MESSAGE'}
variants: {rounding: {zh: 甲, en: ab}}
examples:
  valid:
    - plan: |
        figures: []
  invalid:
    - plan: |
        figures: []  # expect
"""
NAME = "TEAM001-hostile.yaml"
GOOD = "value * population = count"


def rule(formula=GOOD, message="{name}"):
    """A rule file with a formula and a message."""
    return RULE.replace("FORMULA", formula).replace("MESSAGE", message.replace("'", "''"))


def refusal(content):
    """What is said of a rule file."""
    data = content if isinstance(content, bytes) else content.encode()
    with pytest.raises(Malformed) as caught:
        read_pages([(NAME, data)], cache.load().catalogue)
    return str(caught.value)


def test_the_rule_that_all_cases_change_is_sound():
    """Otherwise every case below would be refused for another reason."""
    (page,) = read_pages([(NAME, rule().encode())], cache.load().catalogue)

    assert page.rule.id == "TEAM001"


def may_not_stand(text):
    """The refusal of a part of a formula."""
    return f"'{text}' may not stand in a formula"


ASCII = "only ASCII letters, digits and + - * / ( ) = sum may stand in a formula"
NAMES = "must use exactly the names count, population, value"
ONE = "a formula is one equation with one '='"
FORMULAS = {
    "E51-import": ("__import__('os').system('id') = count", may_not_stand("__import__('os').system('id')")),
    "E51-open": ("open('x', 'w') * value = count", may_not_stand("open('x', 'w')")),
    "E52-class-walk": (
        "().__class__.__base__.__subclasses__() = count",
        may_not_stand("().__class__.__base__.__subclasses__()"),
    ),
    "E52-attribute": ("value.real * population = count", may_not_stand("value.real")),
    "E52-index": ("value[0] * population = count", may_not_stand("value[0]")),
    "E53-lambda": ("(lambda: 1)() = value", may_not_stand("(lambda: 1)()")),
    "E53-comprehension": ("[value for value in count] = population", may_not_stand("[value for value in count]")),
    "E53-f-string": ('f"{value}" = count', may_not_stand('f"{value}"')),
    "E53-walrus": ("(value := count) = population", ONE),
    "E53-condition": ("value if count else value = count", may_not_stand("value if count else value")),
    "E53-await": ("(await value) * population = count", may_not_stand("await value")),
    "E53-yield": ("(yield value) = count", may_not_stand("yield value")),
    "E53-star": ("sum(*value) = count", may_not_stand("sum(*value)")),
    "E53-keyword": ("sum(x, value) = count", may_not_stand("sum(x, value)")),
    "E53-text": ("'a' * value = count", may_not_stand("'a'")),
    "E53-true": ("True * value = count", may_not_stand("True")),
    "E53-complex": ("1j * value = count", may_not_stand("1j")),
    "E53-statement": ("value * population = count; x = 1", ONE),
    "E53-assignment": ("import os\n    value = count", ASCII),
    "E54-power-of-powers": ("9**9**9 * value * population = count", may_not_stand("9**9**9")),
    "E54-power-of-a-name": ("value**1000000000 * population = count", may_not_stand("value**1000000000")),
    "E54-shift": ("(1 << 1000000000) * value = count", may_not_stand("1 << 1000000000")),
    "E55-factorial": ("factorial(10000000) * value = count", may_not_stand("factorial(10000000)")),
    "E55-binomial": ("binomial(9, 5) * value = count", may_not_stand("binomial(9, 5)")),
    "E56-401-letters": ("value" + " " * 396 + "= count", "longer than 400 characters"),
    "E56-201-brackets": ("(" * 201 + "value" + ")" * 201 + " = count", "longer than 400 characters"),
    "E56-100-brackets-and-minus": ("-" * 100 + "value * population = count", "more than 100 parts"),
    "E56-30-levels": ("-" * 30 + "value * population = count", "nested more than 20 levels"),
    "E56-3000-minus": ("-" * 3000 + "value * population = count", "longer than 400 characters"),
    "E56-20000-times-plus-one": (GOOD + "+1" * 20_000, "longer than 400 characters"),
    "E56-150-times-plus-one": (GOOD + "+1" * 150, "more than 100 parts"),
    "E57-name-of-a-generated-symbol": ("t0000 * value * population = count", NAMES),
    "E57-name-as-code": ("__builtins__ * value * population = count", may_not_stand("__builtins__")),
    "E58-E": ("E * value * population = count", may_not_stand("E")),
    "E58-I": ("I * value * population = count", may_not_stand("I")),
    "E58-S": ("S * value * population = count", may_not_stand("S")),
    "E58-pi": ("pi * value * population = count", NAMES),
    "E58-beta": ("beta * value * population = count", NAMES),
    "E58-ligature": ("ﬁ * value * population = count", ASCII),
    "E58-fi": ("fi * value * population = count", NAMES),
    "E58-override": ("value\u202e * population = count", ASCII),
    "E58-no-width": ("val\u200bue * population = count", ASCII),
    "E58-ideographic-blank": ("value\u3000* population = count", ASCII),
    "E58-name-of-a-rule-key": ("sum * population = count", NAMES),
    "E60-division-by-zero": (GOOD + " / 0", "cannot be solved for 'value' in exactly one way"),
    "E60-division-by-a-hidden-zero": (GOOD + " / (1 - 1)", "cannot be solved for 'value' in exactly one way"),
    "E60-equation-of-one-thing": ("value = value", NAMES),
    "E60-nothing-to-solve": (
        "value * population * 0 = count * 0",
        "cannot be solved for 'value' in exactly one way",
    ),
    "E60-unknown-target": ("value * beds = count", NAMES),
    "E60-two-equations": ("value * population = count = count", ONE),
    "E60-comparison": ("value < count", ONE),
    "E60-chain": ("a<b<a", ONE),
    "E60-and": ("value and count = population", may_not_stand("value and count")),
    "E60-not": ("not value = count", may_not_stand("not value")),
    "E60-no-right-side": ("value * population =", ONE),
    "E60-persons-and-beds": (GOOD + " + population", "adds bed to resident for 'care-home-beds-density'"),
    "E60-list-of-one": ("sum(value) * population = count", "sum() must hold nothing here"),
    **{
        case: (f"{literal} * value * population = count", may_not_stand(literal[:40]))
        for case, literal in {
            "C29-hexadecimal": "0x1F",
            "C29-octal": "0o17",
            "C31-underscore": "1_000",
            "C32-small-exponent": "1e3",
            "C32-exponent": "1e999999999",
            "C33-13-digits": "1234567890123",
            "C33-300-digits": "9" * 300,
        }.items()
    },
}


@pytest.mark.parametrize(("formula", "problem"), FORMULAS.values(), ids=FORMULAS)
def test_a_formula_that_is_no_plain_equation_is_refused(formula, problem):
    """Formulas are read by a short list of what may stand in them, before any plan is."""
    assert refusal(rule(formula)) == f"{NAME}:8:12: {problem}"


def test_nothing_a_formula_says_is_done(tmp_path, monkeypatch):
    """Not even while it is refused."""
    monkeypatch.chdir(tmp_path)
    for text in ("open('x', 'w')", "__import__('os').mkdir('x')", "exec('open(1)')", "eval('1')"):
        refusal(rule(f"{text} * value = count"))

    assert list(tmp_path.iterdir()) == []


MESSAGES = {
    "E52-attribute": "{name.__class__}",
    "E52-class-walk": "{name.__class__.__mro__[1].__subclasses__}",
    "E52-index": "{name[0]}",
    "E54-width": "{name:>1000000000}",
    "E54-nested-width": "{name:{year}}",
    "E53-format": "{value:.2f}",
    "E53-conversion": "{name!r}",
    "E53-number": "{0}",
    "E53-nothing": "{}",
    "E60-unknown": "{secret}",
    "E58-look-alike": "{nаme}",
}


@pytest.mark.parametrize("message", MESSAGES.values(), ids=MESSAGES)
def test_a_message_shows_plain_names_only(message):
    """No placeholder reaches into an object or sets a width."""
    said = refusal(rule(message=message))

    assert said == (
        f"{NAME}:10:15: '{message}' is no placeholder here; "
        "there are count, count_name, implied, name, population, population_name, unit, value, year"
    )


@pytest.mark.parametrize("message", ["{name", "name}", "{name}}", "{{name}"], ids=lambda text: f"E60-{text}")
def test_a_message_of_loose_braces_is_refused(message):
    """Braces come in pairs."""
    assert refusal(rule(message=message)).startswith(f"{NAME}:10:15: bad placeholder: ")


@pytest.mark.parametrize("pattern", ["(a+)+$", r"^(\d+|\d+\.\d+)*$", "(每.*?)*人口$"], ids=lambda text: f"E59-{text}")
def test_no_rule_brings_a_pattern(pattern):
    """There is no option that a regular expression could stand in."""
    text = rule().replace("with:\n", f"with:\n  pattern: '{pattern}'\n")

    assert refusal(text) == f"{NAME}:8:3: unknown key 'pattern'"


FILES = {
    "A01-empty": (b"", "1:1: expected a mapping at the top of the file"),
    "A02-comment-only": (b"# x\n", "1:1: expected a mapping at the top of the file"),
    "A03-document-start-only": (b"---\n", "1:1: expected a mapping at the top of the file"),
    "A04-two-documents": ((rule() + "---\na: 1\n").encode(), "19:1: second document"),
    "A06-utf-16": (rule().encode("utf-16"), "1:1: not a text in UTF-8 (utf-16)"),
    "A07-gbk": (rule().encode("gbk"), "4:1: not a text in UTF-8 (gb18030)"),
    "A09-nul": (rule().encode() + b"# \0", "19:1: not a text in UTF-8 (control-character)"),
    "A10-surrogate": (rule().encode() + b"# \xed\xa0\x80", "19:1: not a text in UTF-8 (not-utf-8)"),
    "A12-too-large": (b"#" * (17 * 1024 * 1024), "1:1: not a text in UTF-8 (too-large)"),
    "B15-deep": (("why: " + "[" * 100).encode(), "1:45: too deep: limit 40"),
    "B17-anchor": (rule().replace("why: ", "why: &a ").encode(), "5:6: forbidden: what &, text &a"),
    "B20-alias-of-itself": (b"&a [*a]", "1:1: forbidden: what &, text &a"),
    "B20-merge": (b"id: x\n<<: {name: y}\n", "2:1: forbidden: what <<, text <<"),
    "B21-key-twice": ((rule() + "id: TEAM002\n").encode(), "19:1: duplicate key: key id"),
    "B22-list-as-a-key": (b"[a]: 1\n", "1:1: shape: expected key, found list, where mapping"),
    "B22-template": (b"{{ rule }}\n", "1:2: shape: expected key, found mapping, where mapping"),
    "B23-tag": (
        b"!!python/object/apply:os.system [id]\n",
        "1:1: forbidden: what !, text !!python/object/apply:os.system",
    ),
    "B24-tab": (b"why:\n\tzh: x\n", "2:1: tab"),
    "B25-ideographic-blank": ("id: {a: x}\n\u3000b: x\n".encode(), "2:1: unknown key '\u3000b'"),
    "B26-full-width-colon": ("id：TEAM001\nname: x\n".encode(), "1:3: full width mark: text ："),
    "F66-cut-between-lines": (rule().partition("ask")[0].encode(), "1:1: missing key 'ask'"),
    "F66-cut-in-a-character": (
        rule().encode().partition("甲".encode())[0] + b"\xe7",
        "4:1: not a text in UTF-8 (not-utf-8)",
    ),
    "F66-other-program": (b"PK\x03\x04", "1:1: not a text in UTF-8 (control-character)"),
}


@pytest.mark.parametrize(("data", "problem"), FILES.values(), ids=FILES)
def test_a_file_that_is_no_rule_is_refused_at_its_place(data, problem):
    """One problem, with file, line and column, and no traceback."""
    assert refusal(data) == f"{NAME}:{problem}"


def test_a05_a_byte_order_mark_moves_no_column():
    """The severity of the first case stands where an editor shows it."""
    assert refusal("\ufeff" + rule().replace("severity: error", "severity: fatal")) == (
        f"{NAME}:3:11: 'severity' must be one of info, warning, error; found 'fatal'"
    )


ENTRY = "  - {key: team-a, name: 甲数, unit: UNIT, kind: KIND, polarity: higher MORE}\n"
CATALOGUES = {
    "D44-rate-as-a-count": ("1/10万", "count", "", None),
    "D45-ten-thousand-twice": ("万万人", "count", "", "3:35: unknown unit '万万人'; did you mean '人'?"),
    "D46-kilo-persons": ("k人", "count", "", "3:35: unknown unit 'k人'; did you mean '人'?"),
    "D49-unit-of-100000-letters": ("x" * 100_000, "count", "", f"3:35: unknown unit '{'x' * 586}…{'x' * 199}'"),
    "D50-power": ("9**9**9 人", "count", "", "3:35: unknown unit '9**9**9 人'"),
    "D50-per-no-residents": ("人/0人口", "density", "", "3:35: unknown unit '人/0人口'; did you mean '人口'?"),
    "D50-per-5000-digits": (
        f"人/{'9' * 5000}人口",
        "density",
        "",
        f"3:35: unknown unit '人/{'9' * 584}…{'9' * 197}人口'",
    ),
    "C32-bounds-beyond-all": ("人", "count", ", bounds: [0, 1e400]", "3:81: 'bounds' must be a plain decimal number"),
    "C32-infinite-bounds": ("人", "count", ", bounds: [0, .inf]", "3:81: 'bounds' must be a plain decimal number"),
    "C33-bounds-of-5000-digits": (
        "人",
        "count",
        f", bounds: [0, {'9' * 5000}]",
        "3:81: 'bounds' must be a plain decimal number",
    ),
    "E60-cyclic-definition": ("人", "count", ", part_of: team-a", "3:5: 'team-a' is defined by itself: team-a, team-a"),
    "E60-unknown-target": (
        "人",
        "count",
        ", numerator: zz",
        "3:5: 'team-a' refers to 'zz', which is no indicator's key",
    ),
}


@pytest.mark.parametrize(("unit", "kind", "more", "problem"), CATALOGUES.values(), ids=CATALOGUES)
def test_a_catalogue_that_defines_nonsense_is_refused(unit, kind, more, problem):
    """Units come from a closed table, numbers are plain, and definitions end somewhere."""
    entry = ENTRY.replace("UNIT", unit).replace("KIND", kind).replace(" MORE", more)
    files = [("c.yaml", f"catalogue: 1\nindicators:\n{entry}".encode())]
    table = cache.load().catalogue.unit_table

    if problem is None:
        assert read_catalogue(files, table).by_key["team-a"].unit.name == "/10万"
        return
    with pytest.raises(Malformed) as caught:
        read_catalogue(files, table)
    assert str(caught.value) == f"c.yaml:{problem}"


# -- folders of rules


def test_a_bad_rule_stops_the_run(tmp_path):
    """The interface raises, and no plan is judged with fewer rules."""
    (tmp_path / NAME).write_text(rule("9**9**9 = value"), encoding="utf-8")

    with pytest.raises(Malformed) as caught:
        planlint.check(Source("p.yaml", ""), rules=[tmp_path])

    assert str(caught.value) == f"{tmp_path}/{NAME}:8:12: '9**9**9' may not stand in a formula"


@pytest.mark.parametrize("kind", ["fifo", "link", "loop"], ids=lambda kind: f"F62-{kind}")
def test_what_is_no_file_in_a_rule_folder_stops_the_run(tmp_path, kind):
    """A rule that cannot be read is never left out silently."""
    path = tmp_path / NAME
    if kind == "fifo":
        os.mkfifo(path)
    else:
        path.symlink_to(path if kind == "loop" else tmp_path / "nowhere")

    with pytest.raises(UnreadableSource) as caught:
        planlint.check(Source("p.yaml", ""), rules=[tmp_path])

    reasons = {"fifo": "not a regular file", "link": "No such file or directory"}
    assert str(caught.value) == f"{path}: {reasons.get(kind, 'Too many levels of symbolic links')}"


BOMB = "a0: &a0 [x,x,x,x,x,x,x,x,x]\n" + "".join(
    f"a{i}: &a{i} [{','.join([f'*a{i - 1}'] * 9)}]\n" for i in range(1, 10)
)
PROCESS = {
    "B14-30000-brackets": ("[" * 30_000, "1:41: too deep: limit 40"),
    "B15-5000-mappings": ("{a: " * 5000, "1:161: too deep: limit 40"),
    "B16-5000-dashes": ("- " * 5000, "1:81: too deep: limit 40"),
    "B17-100000-anchors": (
        "[" + ",".join(f"&a{i} 1" for i in range(100_000)) + "]",
        "1:2: forbidden: what &, text &a0",
    ),
    "B18-alias-bomb": (BOMB, "1:5: forbidden: what &, text &a0"),
    "B19-merge-bomb": (BOMB.replace("[*", "{<<: [*").replace("]\n", "]}\n"), None),
    "E54-power-of-powers": (
        rule("9**9**9 * value * population = count"),
        "8:12: '9**9**9' may not stand in a formula",
    ),
    "E56-399-brackets": (rule("(" * 190 + "value" + ")" * 190 + " = 1"), None),
    "E56-190-brackets-open": (rule("(" * 190 + "value = count"), None),
}


@pytest.mark.parametrize(("content", "problem"), PROCESS.values(), ids=PROCESS)
@pytest.mark.parametrize("folder", ["", "catalogue"], ids=["rules", "catalogue"])
def test_what_could_end_the_interpreter_is_refused(tmp_path, content, problem, folder):
    """In a process of its own: status 2, one line, in time."""
    place = tmp_path / folder
    place.mkdir(exist_ok=True)
    (place / NAME).write_text(content, encoding="utf-8")
    command = [sys.executable, "-m", "planlint", "check", "-", "--format", "concise", "--rules", str(tmp_path)]
    done = subprocess.run(command, input=b"", capture_output=True, timeout=60)

    lines = done.stderr.decode().splitlines()
    assert (done.returncode, done.stdout, len(lines)) == (2, b"", 1)
    assert lines[0].startswith(f"Error: {place / NAME}:")
    if problem is not None and (folder == "" or content == BOMB):
        assert lines[0] == f"Error: {place / NAME}:{problem}"


def test_f61_a_rule_folder_holds_what_lies_in_it(tmp_path):
    """A linked folder is not entered; no key of a rule names another file."""
    (tmp_path / "rules").mkdir()
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "TEAM002-x.yaml").write_text("id: broken\n", encoding="utf-8")
    (tmp_path / "rules" / "link").symlink_to(tmp_path / "out", target_is_directory=True)

    report = planlint.check(Source("p.yaml", "planlint: 9\n"), rules=[tmp_path / "rules"])

    assert [f.rule for f in report.findings] == ["PL013"]
    assert refusal(rule() + "include: ../out/TEAM002-x.yaml\n") == f"{NAME}:19:1: unknown key 'include'"


def test_f64_an_odd_name_is_shown_on_one_line(tmp_path):
    """Line ends and escapes of a file name are escaped in the message."""
    path = Path(os.fsdecode(os.path.join(os.fsencode(tmp_path), b"TEAM001\n\x1b[31m.yaml")))
    path.write_text("id: x\n", encoding="utf-8")

    with pytest.raises(Malformed) as caught:
        planlint.check(Source("p.yaml", ""), rules=[tmp_path])

    assert str(caught.value).startswith(f"{tmp_path}/TEAM001\\u{{a}}\\u{{1b}}[31m.yaml:1:5: ")
