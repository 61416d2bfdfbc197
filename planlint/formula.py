"""The only door to sympy: formulas of rules are parsed by a whitelist, typed with units, and solved when rules load.

Nothing is ever evaluated as Python: `ast` gives the shape of the text, each node is checked against a short list, and
sympy sees only symbols with generated names. What comes out is plain data that a cache can hold.
"""

from __future__ import annotations

import ast
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from msgspec import Struct

from planlint.exact import Fraction
from planlint.intervals import Interval, point, total
from planlint.patterns import pattern
from planlint.units import Dimension

if TYPE_CHECKING:
    import sympy

MAX_LENGTH = 400
MAX_NODES = 100
MAX_DEPTH = 20
_NAME = pattern(r"[a-z][a-z0-9_]{0,39}")
_NUMBER = pattern(r"[0-9]{1,12}(?:\.[0-9]{1,12})?")
_TRANSLATED = str.maketrans({"（": "(", "）": ")", "＝": "=", "＋": "+", "－": "-", "×": "*", "÷": "/", "，": ","})

Expr = tuple[object, ...]
"""('num', text) | ('sym', name) | ('sum', name) | ('+'|'-'|'*'|'/', left, right) | ('neg', inner): plain data."""


class BadFormula(ValueError):
    """A formula that is refused, with what is wrong in words."""


class Equation(Struct, frozen=True):
    """Two sides that must be equal; `symbols` in order of appearance, `lists` those that stand inside sum()."""

    text: str
    left: Expr
    right: Expr
    symbols: tuple[str, ...]
    lists: tuple[str, ...]


_OPERATORS: dict[type[ast.operator], str] = {ast.Add: "+", ast.Sub: "-", ast.Mult: "*", ast.Div: "/"}


def parse(text: str) -> Equation:
    """Return the equation that a text writes. Raises BadFormula for anything outside the whitelist."""
    if len(text) > MAX_LENGTH:
        raise BadFormula(f"longer than {MAX_LENGTH} characters")
    plain = text.translate(_TRANSLATED)
    if not plain.isascii() or "#" in plain or any(not c.isprintable() for c in plain):
        # What stands behind # would be dropped as a comment.
        raise BadFormula("only ASCII letters, digits and + - * / ( ) = sum may stand in a formula")
    sides = plain.split("=")
    if len(sides) != 2 or not all(side.strip() for side in sides):
        raise BadFormula("a formula is one equation with one '='")
    names: dict[str, None] = {}
    lists: dict[str, None] = {}
    left, right = (_side(side.strip(), names, lists) for side in sides)
    if names.keys() & lists.keys():
        raise BadFormula("a name stands both inside and outside sum()")
    return Equation(text, left, right, tuple(names), tuple(lists))


def _side(text: str, names: dict[str, None], lists: dict[str, None]) -> Expr:
    try:
        tree = ast.parse(text, mode="eval")
    except (SyntaxError, ValueError, MemoryError, RecursionError):
        raise BadFormula(f"'{text[:40]}' is no formula") from None
    if sum(1 for _ in ast.walk(tree)) > MAX_NODES:
        raise BadFormula(f"more than {MAX_NODES} parts")
    return _expr(tree.body, text, names, lists, 0)


def _expr(node: ast.expr, text: str, names: dict[str, None], lists: dict[str, None], depth: int) -> Expr:
    if depth > MAX_DEPTH:
        raise BadFormula(f"nested more than {MAX_DEPTH} levels")
    # As written: ast has made floats of numbers, and takes 1e3, 0x10 and 1_000 too.
    written = text[node.col_offset : node.end_col_offset]
    match node:
        case ast.BinOp(op=op) if type(op) in _OPERATORS:
            left = _expr(node.left, text, names, lists, depth + 1)
            return (_OPERATORS[type(op)], left, _expr(node.right, text, names, lists, depth + 1))
        case ast.UnaryOp(op=ast.USub()):
            return ("neg", _expr(node.operand, text, names, lists, depth + 1))
        case ast.Name(id=name) if _NAME.fullmatch(name):
            names[name] = None
            return ("sym", name)
        case ast.Call(func=ast.Name(id="sum"), args=[ast.Name(id=name)], keywords=[]) if _NAME.fullmatch(name):
            lists[name] = None
            return ("sum", name)
        case ast.Constant() if _NUMBER.fullmatch(written):
            return ("num", written)
    raise BadFormula(f"'{written[:40]}' may not stand in a formula")


def check_units(equation: Equation, dimensions: Mapping[str, Dimension]) -> None:
    """Raise BadFormula where a formula adds or equates amounts of different dimensions, persons to beds."""
    left, right = (_dimension(side, dimensions) for side in (equation.left, equation.right))
    if left is not None and right is not None and left != right:
        raise BadFormula(f"the two sides differ: {describe(left)} and {describe(right)}")


def _dimension(expr: Expr, dimensions: Mapping[str, Dimension]) -> Dimension | None:
    """Return an expression's dimension, None for a bare number that fits anywhere it is multiplied."""
    match expr:
        case ("num", _):
            return ()
        case ("sym" | "sum", str(name)):
            if name not in dimensions:
                raise BadFormula(f"'{name}' has no unit")
            return dimensions[name]
        case ("neg", inner):
            return _dimension(_sub(inner), dimensions)
        case (str(op), left, right):
            a, b = _dimension(_sub(left), dimensions), _dimension(_sub(right), dimensions)
            if a is None or b is None:
                return None
            if op in "+-":
                if a != b:
                    raise BadFormula(f"adds {describe(a)} to {describe(b)}")
                return a
            return combine(a, b, 1 if op == "*" else -1)
    raise BadFormula("not a formula")


def combine(left: Dimension, right: Dimension, sign: int) -> Dimension:
    """Return the dimension of a product (sign 1) or a quotient (sign -1)."""
    powers = dict(left)
    for base, power in right:
        powers[base] = powers.get(base, 0) + sign * power
    return tuple(sorted((base, power) for base, power in powers.items() if power))


def describe(dimension: Dimension) -> str:
    """Return a dimension in words."""
    return " * ".join(base if power == 1 else f"{base}^{power}" for base, power in dimension) or "a pure number"


def _sub(expr: object) -> Expr:
    if type(expr) is tuple:
        return expr
    if not isinstance(expr, list):
        raise BadFormula("not a formula")
    return tuple(expr)


def solve(equation: Equation) -> dict[str, Expr]:
    """Return each symbol (lists aside) as an expression of the others, by sympy.

    Raises BadFormula where that is not possible in exactly one way.
    """
    import sympy

    names = [*equation.symbols, *(f"sum({name})" for name in equation.lists)]
    # A symbol's name must never carry text from a file: some of sympy's printers execute it.
    symbols = {name: sympy.Symbol(f"t{i:04d}", nonzero=True) for i, name in enumerate(names)}
    back = {symbol: name for name, symbol in symbols.items()}
    difference = _to_sympy(equation.left, symbols) - _to_sympy(equation.right, symbols)
    solutions: dict[str, Expr] = {}
    for name in equation.symbols:
        found = sympy.solve(difference, symbols[name])
        if len(found) != 1:
            raise BadFormula(f"cannot be solved for '{name}' in exactly one way")
        solutions[name] = _from_sympy(sympy.together(found[0]), back)
    return solutions


def _to_sympy(expr: Expr, symbols: Mapping[str, sympy.Symbol]) -> sympy.Expr:
    import sympy

    match expr:
        case ("num", str(text)):
            value = Fraction(text)
            return sympy.Rational(value.numerator, value.denominator)
        case ("sym", str(name)):
            return symbols[name]
        case ("sum", str(name)):
            return symbols[f"sum({name})"]
        case ("neg", inner):
            return -_to_sympy(_sub(inner), symbols)
        case (str(op), left, right):
            a, b = _to_sympy(_sub(left), symbols), _to_sympy(_sub(right), symbols)
            return a + b if op == "+" else a - b if op == "-" else a * b if op == "*" else a / b
    raise BadFormula("not a formula")


def _from_sympy(expr: sympy.Expr, back: Mapping[sympy.Symbol, str]) -> Expr:
    if expr in back:
        name = back[expr]
        return ("sum", name[4:-1]) if name.startswith("sum(") else ("sym", name)
    if expr.is_Rational:
        return ("num", str(expr.p)) if expr.q == 1 else ("/", ("num", str(expr.p)), ("num", str(expr.q)))
    if expr.is_Add or expr.is_Mul:
        above, below = expr.as_numer_denom()
        if below != 1:
            return ("/", _from_sympy(above, back), _from_sympy(below, back))
        op = "+" if expr.is_Add else "*"
        first, *rest = (_from_sympy(arg, back) for arg in expr.args)
        for other in rest:
            first = (op, first, other)
        return first
    if expr.is_Pow and expr.exp == -1:
        return ("/", ("num", "1"), _from_sympy(expr.base, back))
    raise BadFormula("has a solution that is more than sums, products and quotients")


def evaluate(
    expr: Sequence[object], values: Mapping[str, Interval], lists: Mapping[str, Sequence[Interval]]
) -> Interval:
    """Return the interval of an expression. Raises ZeroDivisionError where a divisor may be zero."""
    # Not a `match`: each of its cases looks anew at what the expression is.
    if not 2 <= len(expr) <= 3:
        raise BadFormula("not a formula")
    op, first = expr[0], expr[1]
    if isinstance(first, str):
        if op == "sym":
            return values[first]
        if op == "sum":
            return total(lists[first])
        if op == "num":
            return point(Fraction(first))
        raise BadFormula("not a formula")
    a = evaluate(_sub(first), values, lists)
    if op == "neg":
        return -a
    if len(expr) < 3:
        raise BadFormula("not a formula")
    b = evaluate(_sub(expr[2]), values, lists)
    if op == "+":
        return a + b
    if op == "-":
        return a - b
    return a * b if op == "*" else a / b
