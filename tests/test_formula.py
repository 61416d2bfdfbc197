"""Formulas: a short grammar, units checked, solved exactly, and nothing of a text ever executed."""

import itertools
import os
from pathlib import Path

import pytest
import sympy
from hypothesis import given, settings
from hypothesis import strategies as st

from planlint.exact import Fraction
from planlint.formula import BadFormula, Equation, check_units, combine, describe, evaluate, parse, solve
from planlint.intervals import Interval, point

A, B, C, D = (("sym", name) for name in "abcd")


@pytest.mark.parametrize(
    ("text", "left", "right", "symbols", "lists"),
    [
        ("a = b", A, B, ("a", "b"), ()),
        ("a = b + c - d", A, ("-", ("+", B, C), D), ("a", "b", "c", "d"), ()),
        ("a = b + c * d", A, ("+", B, ("*", C, D)), ("a", "b", "c", "d"), ()),
        ("a = b / c / d", A, ("/", ("/", B, C), D), ("a", "b", "c", "d"), ()),
        ("c * a = b", ("*", C, A), B, ("c", "a", "b"), ()),
        ("a = -(b)", A, ("neg", B), ("a", "b"), ()),
        ("a = b * 0.10", A, ("*", B, ("num", "0.10")), ("a", "b"), ()),
        ("a = 123456789012.123456789012", A, ("num", "123456789012.123456789012"), ("a",), ()),
        ("a=sum(b)", A, ("sum", "b"), ("a",), ("b",)),
        ("a ＝（b×c）÷d＋b－c", A, ("-", ("+", ("/", ("*", B, C), D), B), C), ("a", "b", "c", "d"), ()),
        ("a1 = b_2", ("sym", "a1"), ("sym", "b_2"), ("a1", "b_2"), ()),
    ],
)
def test_a_formula_becomes_plain_data(text, left, right, symbols, lists):
    """Names, numbers as written, four operations, a sign and sum() become tuples of text."""
    assert parse(text) == Equation(text, left, right, symbols, lists)


@pytest.mark.parametrize("name", ["pi", "beta", "gamma", "zeta", "rf", "fi", "sum", "eval", "x" * 40])
def test_names_that_mean_something_to_others_are_plain_names(name):
    """No name means a constant or a function; the solution shows it unchanged."""
    assert solve(parse(f"{name} = 2 * b")) == {
        name: ("*", ("num", "2"), ("sym", "b")),
        "b": ("/", ("sym", name), ("num", "2")),
    }


ONE_EQUATION = "a formula is one equation with one '='"
CHARACTERS = "only ASCII letters, digits and + - * / ( ) = sum may stand in a formula"


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("", ONE_EQUATION),
        ("a", ONE_EQUATION),
        ("= a", ONE_EQUATION),
        ("a =  ", ONE_EQUATION),
        ("a == b", ONE_EQUATION),
        ("a = b = c", ONE_EQUATION),
        ("a = (b := c)", ONE_EQUATION),
        ("a = f(x=b)", ONE_EQUATION),
        ("a := b", "'a :' is no formula"),
        ("a < b", ONE_EQUATION),
        ("a <= b", "'a <' is no formula"),
        ('a = __import__("os").system("id")', '\'__import__("os").system("id")\' may not stand in a formula'),
        ('a = __import__("os")', "'__import__(\"os\")' may not stand in a formula"),
        ("a = ().__class__.__base__", "'().__class__.__base__' may not stand in a formula"),
        ("a = b.c", "'b.c' may not stand in a formula"),
        ("a = b[0]", "'b[0]' may not stand in a formula"),
        ("a = lambda: 1", "'lambda: 1' may not stand in a formula"),
        ("a = [b for b in c]", "'[b for b in c]' may not stand in a formula"),
        ("a = {b for b in c}", "'{b for b in c}' may not stand in a formula"),
        ("a = (b for b in c)", "'(b for b in c)' may not stand in a formula"),
        ("a = f'{b}'", "'f'{b}'' may not stand in a formula"),
        ("a = 'b'", "''b'' may not stand in a formula"),
        ("a = b'c'", "'b'c'' may not stand in a formula"),
        ("a = b if c else d", "'b if c else d' may not stand in a formula"),
        ("a = b and c", "'b and c' may not stand in a formula"),
        ("a = not b", "'not b' may not stand in a formula"),
        ("a = await b", "'await b' may not stand in a formula"),
        ("a = yield", "'yield' is no formula"),
        ("a = ...", "'...' may not stand in a formula"),
        ("a = True", "'True' may not stand in a formula"),
        ("a = None", "'None' may not stand in a formula"),
        ("a = b, c", "'b, c' may not stand in a formula"),
        ("a = b，c", "'b,c' may not stand in a formula"),
        ("a = (b)(c)", "'(b)(c)' may not stand in a formula"),
        ("a = factorial(10000000)", "'factorial(10000000)' may not stand in a formula"),
        ("a = binomial(b, c)", "'binomial(b, c)' may not stand in a formula"),
        ("a = max(b, c)", "'max(b, c)' may not stand in a formula"),
        ("a = sum(b, c)", "'sum(b, c)' may not stand in a formula"),
        ("a = sum(b + c)", "'sum(b + c)' may not stand in a formula"),
        ("a = sum(*b)", "'sum(*b)' may not stand in a formula"),
        ("a = sum(B)", "'sum(B)' may not stand in a formula"),
        ("a = sum(a)", "a name stands both inside and outside sum()"),
        ("a = 9**9**9", "'9**9**9' may not stand in a formula"),
        ("a = b**2", "'b**2' may not stand in a formula"),
        ("a = b**1000000000", "'b**1000000000' may not stand in a formula"),
        ("a = b // c", "'b // c' may not stand in a formula"),
        ("a = b % c", "'b % c' may not stand in a formula"),
        ("a = b @ c", "'b @ c' may not stand in a formula"),
        ("a = b << c", "'b << c' may not stand in a formula"),
        ("a = +b", "'+b' may not stand in a formula"),
        ("a = ~b", "'~b' may not stand in a formula"),
        ("a = 1e3", "'1e3' may not stand in a formula"),
        ("a = 1e999999999", "'1e999999999' may not stand in a formula"),
        ("a = 0x10", "'0x10' may not stand in a formula"),
        ("a = 0b11", "'0b11' may not stand in a formula"),
        ("a = 1_000", "'1_000' may not stand in a formula"),
        ("a = 1j", "'1j' may not stand in a formula"),
        ("a = .5", "'.5' may not stand in a formula"),
        ("a = 5.", "'5.' may not stand in a formula"),
        ("a = 0777", "'0777' is no formula"),
        ("a = 1.0.0", "'1.0.0' is no formula"),
        ("a = 1000000000000 * 1" + "0" * 12, "'1000000000000' may not stand in a formula"),
        ("a = 0." + "1" * 13, "'0.1111111111111' may not stand in a formula"),
        ("E = a", "'E' may not stand in a formula"),
        ("a = I", "'I' may not stand in a formula"),
        ("a = S", "'S' may not stand in a formula"),
        ("a = N(b)", "'N(b)' may not stand in a formula"),
        ("a = _b", "'_b' may not stand in a formula"),
        ("a = " + "x" * 41, f"'{'x' * 40}' may not stand in a formula"),
        ("class = a", "'class' is no formula"),
        ("a = b; import os", "'b; import os' is no formula"),
        ("a = b # c", CHARACTERS),
        ("ﬁ = a", CHARACTERS),
        ("a = ｂ", CHARACTERS),
        ("床位 = a", CHARACTERS),
        ("a = １", CHARACTERS),
        ("a\u202e = b", CHARACTERS),
        ("a\u200b = b", CHARACTERS),
        ("a = b\n", CHARACTERS),
        ("a\t= b", CHARACTERS),
        ("a = b\0", CHARACTERS),
        ("a = \ud800", CHARACTERS),
        ("a = " + "(" * 201, f"'{'(' * 40}' is no formula"),
        ("a = " + "(" * 19 + "b" * 9 + ")" * 20, f"'{'(' * 19}{'b' * 9}{')' * 12}' is no formula"),
        ("a = " + "-" * 390 + "b", None),
        ("a = " + "-" * 21 + "b", "nested more than 20 levels"),
        ("a = b" + "+1" * 21, "nested more than 20 levels"),
        ("a = b" + "+1" * 190, "more than 100 parts"),
        ("a = " + "-" * 3000 + "b", "longer than 400 characters"),
        ("a = b" + "+1" * 20_000, "longer than 400 characters"),
        ("a = " + "1" * 10**6, "longer than 400 characters"),
    ],
)
def test_everything_else_is_refused(text, problem):
    """Whatever is not on the short list is refused with what is wrong; None stands for a limit of Python's parser."""
    with pytest.raises(BadFormula) as refused:
        parse(text)
    if problem is not None:
        assert str(refused.value) == problem


def test_the_limits_themselves_are_accepted():
    """400 characters and 20 levels pass; one more of each does not."""
    assert parse("a = " + "-" * 20 + "b").symbols == ("a", "b")
    long = "a = b + " + " " * 391 + "c"
    assert (len(long), parse(long).symbols) == (400, ("a", "b", "c"))
    with pytest.raises(BadFormula, match=r"^longer than 400 characters$"):
        parse(long + " ")


CANARIES = [
    'open("canary", "w")',
    '__import__("os").system("touch canary")',
    'exec("open(chr(99), chr(119))")',
    '(lambda: open("canary", "w"))()',
    '[open("canary", "w") for _ in (1,)]',
    'f"{open(chr(99), chr(119))}"',
    'sum(open("canary", "w"))',
    'sum.__globals__["open"]("canary", "w")',
    '().__class__.__base__.__subclasses__()[0].__init__.__globals__["system"]("touch canary")',
    'breakpoint(open("canary", "w"))',
]


@pytest.mark.parametrize("code", CANARIES)
def test_nothing_is_executed(code, tmp_path, monkeypatch):
    """Code on either side of an equation is refused, and no file appears."""
    monkeypatch.chdir(tmp_path)
    for text in (f"a = {code}", f"{code} = a", f"a = b + {code}", f"a = -{code}"):
        with pytest.raises(BadFormula):
            parse(text)
    assert os.listdir(tmp_path) == []


def test_sympy_never_sees_a_name_of_the_text(tmp_path, monkeypatch):
    """A symbol whose name is code, put in behind the parser's back, is solved for under another name and not run."""
    monkeypatch.chdir(tmp_path)
    seen = []
    make = sympy.Symbol
    monkeypatch.setattr(sympy, "Symbol", lambda name, **options: seen.append(name) or make(name, **options))
    name = "open('canary', 'w')"
    equation = Equation("", ("sym", name), ("*", ("num", "2"), B), (name, "b"), ())
    assert solve(equation)[name] == ("*", ("num", "2"), B)
    assert seen == ["t0000", "t0001"]
    assert not Path("canary").exists()


@settings(deadline=None)
@given(st.text(st.sampled_from([*"ab12.=+-*/() sum,_'\"[]{}:;#\\@!E"]), max_size=30))
def test_any_text_is_a_formula_or_refused(text):
    """No text ends in anything but an equation or a refusal."""
    try:
        equation = parse(text)
    except BadFormula:
        return
    assert equation.text == text
    assert set("".join(equation.symbols)) <= set("absum12_")


PERSON, BED, RESIDENT = (("person", 1),), (("bed", 1),), (("resident", 1),)
DENSITY = (("bed", 1), ("resident", -1))
DIMENSIONS = {
    "beds": BED,
    "more": BED,
    "staff": PERSON,
    "people": RESIDENT,
    "density": DENSITY,
    "share": (),
    "area": (),
}


@pytest.mark.parametrize(
    "text",
    [
        "density = beds / people",
        "density * people = beds",
        "density = beds / people * 1000",
        "density = (beds + more) / people",
        "beds = sum(more)",
        "share = beds / more",
        "share = beds / (beds + more) * 100",
        "share = (beds - more) / more",
        "share = 1 - beds / more",
        "beds = -more",
        "staff * beds = beds * staff",
        "beds * beds / more = beds",
    ],
)
def test_a_formula_whose_units_agree(text):
    """Both sides, and all that is added, have one dimension; numbers multiply without one."""
    check_units(parse(text), DIMENSIONS)


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("beds = staff + more", "adds person to bed"),
        ("beds + staff = more", "adds bed to person"),
        ("beds = more - staff", "adds bed to person"),
        ("beds = staff", "the two sides differ: bed and person"),
        ("density = people / beds", "the two sides differ: bed * resident^-1 and bed^-1 * resident"),
        ("density = beds * people", "the two sides differ: bed * resident^-1 and bed * resident"),
        ("beds = more + 1", "adds bed to a pure number"),
        ("beds = 100", "the two sides differ: bed and a pure number"),
        ("share = beds * more", "the two sides differ: a pure number and bed^2"),
        ("staff = sum(beds)", "the two sides differ: person and bed"),
        ("beds = rooms", "'rooms' has no unit"),
        ("beds = sum(rooms)", "'rooms' has no unit"),
        ("beds = more - (staff - people)", "adds person to resident"),
    ],
)
def test_units_that_do_not_agree_are_refused(text, problem):
    """Persons are never added to beds, nor equated with them; the message names both dimensions."""
    with pytest.raises(BadFormula) as refused:
        check_units(parse(text), DIMENSIONS)
    assert str(refused.value) == problem


def test_products_of_dimensions():
    """Powers are added and subtracted, and what cancels is gone."""
    assert combine(BED, RESIDENT, -1) == DENSITY
    assert combine(DENSITY, RESIDENT, 1) == BED
    assert combine(BED, BED, 1) == (("bed", 2),)
    assert combine(BED, BED, -1) == ()
    assert [describe(d) for d in ((), BED, DENSITY, (("length", 2),))] == [
        "a pure number",
        "bed",
        "bed * resident^-1",
        "length^2",
    ]


def value_of(expr, values):
    """Compute an expression in exact fractions, by the meaning of its tuples."""
    op, *rest = expr
    if op == "num":
        return Fraction(rest[0])
    if op == "sym":
        return values[rest[0]]
    if op == "sum":
        return sum(values[f"sum({rest[0]})"], Fraction(0))
    numbers = [value_of(inner, values) for inner in rest]
    if op == "neg":
        return -numbers[0]
    left, right = numbers
    return {"+": left + right, "-": left - right, "*": left * right, "/": left / right if right else None}[op]


SAMPLES = [Fraction(n) for n in ("3", "7/2", "-11/3", "13", "17/5", "-19", "23/7")]


@pytest.mark.parametrize(
    "text",
    [
        "a = b",
        "a = -b",
        "a = b + c",
        "a = b - c + d - 1.5",
        "a = b * c",
        "a = b / c",
        "a / b = c / d",
        "a * b = c * d",
        "a = b / c * 1000",
        "a = b * 0.1",
        "a = (b - c) / c * 100",
        "a = b * (1 + c)",
        "a = b * (c + d) / 7",
        "a = 1 / b + 1 / c",
        "a = b / (c / d)",
        "a / b = c / d + 2",
        "a = sum(b)",
        "a * c = sum(b)",
        "a = sum(b) / c - d",
        "a = sum(b) / sum(c)",
        "a = -(b + c) / d",
        "a + a = b",
        "a - (b - (c - d)) = 3",
        "a = 123456789012.000000000001 * b",
    ],
)
def test_each_symbol_is_solved_for(text):
    """The solution for every symbol, put in with sampled values for the others, makes both sides equal."""
    equation = parse(text)
    solutions = solve(equation)
    assert tuple(solutions) == equation.symbols
    lists = {f"sum({name})": [Fraction(2), Fraction(5, 3), Fraction(n)] for n, name in enumerate(equation.lists, 4)}
    for name, shift in itertools.product(equation.symbols, range(3)):
        others = [symbol for symbol in equation.symbols if symbol != name]
        values = {symbol: SAMPLES[(shift + n) % len(SAMPLES)] for n, symbol in enumerate(others)} | lists
        assert f"('sym', '{name}')" not in repr(solutions[name])
        values[name] = value_of(solutions[name], values)
        assert value_of(equation.left, values) == value_of(equation.right, values)


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("a = a", "cannot be solved for 'a' in exactly one way"),
        ("a = a + 1", "cannot be solved for 'a' in exactly one way"),
        ("a * a = b", "cannot be solved for 'a' in exactly one way"),
        ("a = b - b", "cannot be solved for 'a' in exactly one way"),
        ("a = b * 0", "cannot be solved for 'a' in exactly one way"),
        ("a = b / 0", "cannot be solved for 'a' in exactly one way"),
        ("a / (b - b) = c", "cannot be solved for 'a' in exactly one way"),
        ("a / (b * b) = c", "has a solution that is more than sums, products and quotients"),
    ],
)
def test_what_has_not_exactly_one_solution_is_refused(text, problem):
    """No solution, two of them, a root, or a division by zero: the formula is refused when the rule is loaded."""
    with pytest.raises(BadFormula) as refused:
        solve(parse(text))
    assert str(refused.value) == problem


def span(low, high, **opened):
    """Return an interval of written numbers."""
    return Interval(Fraction(low), Fraction(high), **opened)


@pytest.mark.parametrize(
    ("text", "values", "lists", "result"),
    [
        ("a = 2.5", {}, {}, point(Fraction(5, 2))),
        ("a = b", {"b": span("1", "2", high_open=True)}, {}, span("1", "2", high_open=True)),
        ("a = -b", {"b": span("1", "2", high_open=True)}, {}, span("-2", "-1", low_open=True)),
        ("a = b + c", {"b": span("1", "2"), "c": span("10", "20")}, {}, span("11", "22")),
        ("a = b - c", {"b": span("1", "2"), "c": span("10", "20")}, {}, span("-19", "-8")),
        ("a = b * c", {"b": span("-1", "2"), "c": span("10", "20")}, {}, span("-20", "40")),
        ("a = b / c * 1000", {"b": span("14", "15"), "c": span("5", "7")}, {}, span("2000", "3000")),
        ("a = sum(b)", {}, {"b": [span("1", "2"), span("3", "4"), point(5)]}, span("9", "11")),
        ("a = sum(b)", {}, {"b": []}, point(0)),
        ("a = sum(b) / c", {"c": point(2)}, {"b": [span("1", "2"), span("3", "4")]}, span("2", "3")),
    ],
)
def test_a_formula_of_intervals(text, values, lists, result):
    """Each operation is the one of interval arithmetic, and sum() adds a whole list."""
    assert evaluate(parse(text).right, values, lists) == result


def test_division_by_what_may_be_zero_is_not_evaluated():
    """A divisor that may be zero raises, so that the answer is undecided and not wrong."""
    with pytest.raises(ZeroDivisionError, match=r"^the divisor may be zero$"):
        evaluate(parse("a = b / c").right, {"b": point(1), "c": span("-1", "1")}, {})


def test_beds_imply_the_population():
    """14240 beds at 17.86 per thousand are 797 thousand residents, between two exact ends."""
    solutions = solve(parse("value * population = count"))
    implied = evaluate(
        solutions["population"], {"count": point(14240), "value": span("17.855", "17.865").times(Fraction(1, 1000))}, {}
    )
    assert implied == Interval(Fraction(14240_000_000, 17865), Fraction(14240_000_000, 17855))
    assert Fraction(797_312) in implied
