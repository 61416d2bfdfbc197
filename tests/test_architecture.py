"""The shape of the code: who may import whom, the one door of each library, and what is never written."""

import ast
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parent.parent / "planlint"
DOORS = {"yaml": "tree", "pint": "units", "sympy": "formula", "rich": "report.terminal", "click": "cli"}
EDGE = {"cli", "report", "report.concise", "report.machine", "report.manual", "report.terminal", "report.text"}
EDGE |= {"report.words"}
"""Modules behind the verdicts: they show what was found and decide nothing."""

MAY_IMPORT = {
    # The package itself names its version, and its programming interface on request.
    "": "version api",
    "__main__": "cli",
    "version": "",
    # Texts, trees and places.
    "patterns": "",
    "spelling": "",
    "digest": "",
    "source": "patterns",
    "findings": "digest source",
    "tree": "patterns source",
    "records": "exact tree findings source spelling",
    # Numbers and units.
    "exact": "",
    "intervals": "exact",
    "numerals": "",
    "units": "exact patterns spelling",
    "amounts": "exact units intervals numerals patterns",
    "formula": "exact intervals patterns units",
    # What a plan states.
    "names": "patterns units",
    "catalogue": "exact names units findings patterns records source spelling",
    "plan": "tree patterns source spelling",
    "facts": "exact amounts catalogue findings intervals names plan records source tree units",
    # What is asked of it.
    "verdicts": "amounts exact facts findings formula",
    "wording": "exact findings intervals units",
    "questions": "questions.agreement questions.assertions questions.bounds questions.capacity questions.changes "
    "questions.columns questions.conversion questions.differences questions.direction questions.granularity "
    "questions.identity questions.implied questions.magnitude questions.order questions.periods questions.places "
    "questions.points questions.products questions.reading questions.unit_size verdicts",
    "questions.agreement": "amounts exact facts findings verdicts wording",
    "questions.assertions": "amounts exact facts findings formula intervals questions.claims units verdicts wording",
    "questions.bounds": "amounts catalogue exact facts findings questions.claims verdicts wording",
    "questions.capacity": "amounts exact facts findings formula intervals questions.densities verdicts wording",
    "questions.changes": "amounts exact facts findings intervals questions.claims questions.growth verdicts wording",
    "questions.claims": "amounts exact facts findings intervals units verdicts",
    "questions.columns": "amounts facts findings questions.claims units verdicts",
    "questions.conversion": "amounts exact facts findings questions.claims verdicts wording",
    "questions.densities": "amounts exact facts intervals verdicts",
    "questions.differences": "amounts facts findings intervals questions.densities verdicts wording",
    "questions.direction": "amounts exact facts findings verdicts wording",
    "questions.granularity": "amounts exact facts findings intervals questions.densities questions.whole verdicts "
    "wording",
    "questions.growth": "amounts exact facts intervals questions.claims units",
    "questions.identity": "amounts facts findings formula questions.densities verdicts wording",
    "questions.implied": "amounts facts findings formula intervals questions.densities verdicts wording",
    "questions.magnitude": "catalogue facts findings intervals questions.claims questions.points units verdicts "
    "wording",
    "questions.order": "wording amounts catalogue facts findings questions.densities verdicts",
    "questions.periods": "catalogue facts findings plan verdicts wording",
    "questions.places": "amounts facts trace verdicts",
    "questions.points": "facts findings questions.claims questions.growth verdicts wording",
    "questions.products": "amounts exact facts findings formula intervals questions.claims units verdicts wording",
    "questions.reading": "verdicts",
    "questions.unit_size": "amounts catalogue exact facts findings names plan verdicts wording",
    "questions.whole": "exact intervals",
    "rules": "catalogue findings formula patterns questions questions.reading records source units verdicts",
    "cache": "exact catalogue digest rules source units version verdicts",
    "engine": "plan tree facts findings questions rules source verdicts",
    "examples": "engine findings patterns rules source",
    "api": "cache engine findings source",
    # What is shown.
    "schemas": "",
    "report": "",
    "report.words": "api findings",
    "report.text": "api findings report.words source",
    "report.terminal": "api report.text",
    "report.concise": "api source",
    "report.machine": "api findings version",
    "report.manual": "engine examples findings report.words rules source",
    "cli": "api cache engine examples findings records report.concise report.machine report.manual "
    "report.terminal report.text rules schemas source spelling version",
}


def modules():
    """Every module of the package by its dotted name; the package itself is the empty name."""
    found = {}
    for path in sorted(PACKAGE.rglob("*.py")):
        parts = path.relative_to(PACKAGE).with_suffix("").parts
        found[".".join(part for part in parts if part != "__init__")] = path
    return found


MODULES = modules()
TREES = {name: ast.parse(path.read_text(encoding="utf-8")) for name, path in MODULES.items()}
everywhere = pytest.mark.parametrize("module", MODULES, ids=lambda module: module or "planlint")


def imported(module):
    """The dotted names that a module imports anywhere: inside functions and for type checking, too."""
    names = set()
    for node in ast.walk(TREES[module]):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{module}:{node.lineno}: imports are written in full"
            for alias in node.names:
                inner = f"{node.module}.{alias.name}"
                names.add(inner if inner.removeprefix("planlint.") in MODULES else node.module)
    return names


def ours(module):
    """The modules of the package that a module imports, by their names inside the package."""
    return {
        name.removeprefix("planlint").removeprefix(".") for name in imported(module) if name.split(".")[0] == "planlint"
    }


def calls(module):
    """Every plain name that a module calls, with its line."""
    return {
        (node.func.id, node.lineno)
        for node in ast.walk(TREES[module])
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name)
    }


def test_every_module_has_a_row():
    """A new module says whom it may import; a row of a module that is gone goes, too."""
    assert set(MAY_IMPORT) == set(MODULES)


@everywhere
def test_imports_are_those_of_the_table(module):
    """A module imports exactly the modules in its row, by their full names."""
    allowed = set(MAY_IMPORT[module].split())

    assert ours(module) == allowed


def test_imports_point_one_way():
    """The modules can be laid in an order in which each imports only earlier ones."""
    left = {module: set(row.split()) for module, row in MAY_IMPORT.items()}
    while ready := [module for module, row in left.items() if not row & left.keys()]:
        for module in ready:
            del left[module]

    assert left == {}


@pytest.mark.parametrize("library", DOORS)
def test_each_library_has_one_door(library):
    """A library is imported by one module, so that one module knows its traps."""
    guests = [module for module in MODULES if library in {name.split(".")[0] for name in imported(module)}]

    assert guests == [DOORS[library]]


@everywhere
def test_only_the_edge_catches_everything(module):
    """A defect of ours is a traceback; only the command's outermost function turns it into an exit status."""
    caught = []
    for function in ast.walk(TREES[module]):
        if not isinstance(function, ast.FunctionDef):
            continue
        for node in ast.walk(function):
            if isinstance(node, ast.ExceptHandler):
                kinds = {part.id for part in ast.walk(node.type) if isinstance(part, ast.Name)} if node.type else {""}
                caught += [function.name] * bool(kinds & {"", "Exception", "BaseException"})

    assert caught == (["main"] if module == "cli" else [])


@everywhere
def test_nothing_in_a_file_is_executed(module):
    """What plans and rules say is read, never run."""
    forbidden = {"eval", "exec", "compile", "__import__", "sympify", "parse_expr", "lambdify", "breakpoint"}
    named = {node.attr for node in ast.walk(TREES[module]) if isinstance(node, ast.Attribute)}
    named |= {node.id for node in ast.walk(TREES[module]) if isinstance(node, ast.Name)}
    loaded = {
        node.attr
        for node in ast.walk(TREES[module])
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and node.value.id == "yaml"
    }
    loaded = {name for name in loaded if name.endswith(("load", "load_all"))}

    assert {name for name, _ in calls(module)} & forbidden == set()
    assert named & {"sympify", "parse_expr", "lambdify", "Marshal"} == set()
    assert loaded == set()
    assert {name.split(".")[0] for name in imported(module)} & {"pickle", "marshal", "shelve", "subprocess"} == set()


@everywhere
def test_data_is_never_asserted(module):
    """`python -O` would drop the check."""
    assert [node.lineno for node in ast.walk(TREES[module]) if isinstance(node, ast.Assert)] == []


@pytest.mark.parametrize("module", [m for m in MODULES if m not in EDGE], ids=lambda module: module or "planlint")
def test_verdicts_know_no_floats(module):
    """Everything that reaches a verdict is an exact rational; only how alike two names are may be rounded."""
    alike = set()
    for node in ast.walk(TREES[module]):
        if isinstance(node, ast.keyword) and node.arg == "cutoff":
            alike.add(id(node.value))
        elif isinstance(node, ast.arguments):
            named = [*node.posonlyargs, *node.args]
            defaults = zip(named[len(named) - len(node.defaults) :], node.defaults, strict=True)
            alike |= {id(default) for parameter, default in defaults if parameter.arg == "cutoff"}
    literals = [
        node.lineno
        for node in ast.walk(TREES[module])
        if isinstance(node, ast.Constant) and isinstance(node.value, float) and id(node) not in alike
    ]

    assert literals == []
    assert [line for name, line in calls(module) if name in ("float", "complex")] == []
    assert "decimal" not in imported(module)


def public(body, prefix=""):
    """The public functions and classes of a body, and the public methods of those classes."""
    for node in body:
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef) and node.name[0] != "_":
            yield f"{prefix}{node.name}", node
            if isinstance(node, ast.ClassDef):
                yield from public(node.body, f"{node.name}.")


@everywhere
def test_every_public_name_says_what_it_is(module):
    """A module, a public class and a public function have a docstring."""
    silent = [name for name, node in public(TREES[module].body) if not ast.get_docstring(node)]

    assert silent == []
    assert ast.get_docstring(TREES[module])


@everywhere
def test_modules_are_small(module):
    """A module that grows beyond 700 lines is two modules."""
    assert len(MODULES[module].read_text(encoding="utf-8").splitlines()) <= 700
