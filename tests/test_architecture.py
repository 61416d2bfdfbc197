"""The shape of the code: who may import whom, the one door of each library, and what is never written."""

import ast
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parent.parent / "planlint"
DOORS = {
    "yaml": "fullyaml",
    "pint": "units",
    "sympy": "formula",
    "rich": "report.terminal",
    "click": "cli",
    "docx": "report",
    "pygls": "lsp",
    "lsprotocol": "lsp",
    "z3": "network.solver",
}
EDGE = ("cli", "lsp", "report")
"""Packages behind the verdicts: they show what was found and decide nothing."""

MAY_IMPORT = {
    # The package itself names its version, and its programming interface on request.
    "": "api version",
    "__main__": "cli version",
    "version": "",
    # Texts, trees and places.
    "patterns": "",
    "spelling": "",
    "digest": "",
    "source": "patterns",
    "findings": "digest source",
    "nodes": "source",
    "plain": "nodes patterns",
    "fullyaml": "nodes patterns source",
    "tree": "fullyaml nodes plain source",
    "records": "exact findings source spelling tree",
    # Numbers and units.
    "exact": "",
    "intervals": "exact",
    "numerals": "",
    "units": "exact folding patterns spelling",
    "amounts": "exact folding intervals numerals patterns units",
    "formula": "exact intervals patterns units",
    # What a plan states.
    "names": "patterns units",
    "catalogue": "exact findings names patterns records source spelling units",
    "subtotals": "patterns",
    "labels": "amounts patterns units",
    "fields": "patterns spelling tree",
    "plan": "fields grants patterns rows source statements subtotals tree",
    "rows": "fields source statements tree",
    "facts": "amounts catalogue digest exact findings intervals labels names patterns records source spelling "
    "statements tree units unlisted",
    "skeleton": "fields findings patterns source",
    "unlisted": "amounts catalogue digest exact findings names patterns units",
    "trace": "numerals patterns source statements tree",
    # What is asked of it.
    "verdicts": "amounts exact facts findings formula",
    "wording": "exact findings intervals units",
    "questions": "questions.agreement questions.assertions questions.assigned questions.bounds questions.capacity "
    "questions.change_claims questions.changes questions.columns questions.conversion questions.coverage "
    "questions.differences questions.direction questions.drift questions.duplicates questions.events "
    "questions.granularity questions.horizons questions.identity questions.implied questions.later questions.levels "
    "questions.lists questions.magnitude questions.months questions.numbering questions.operators questions.order "
    "questions.outcomes questions.pace questions.partition questions.periods questions.places questions.points "
    "questions.products questions.proportion questions.reading questions.regions questions.restated "
    "questions.schedules questions.standings questions.states questions.tables questions.testability "
    "questions.unit_size questions.vagueness questions.verbs questions.wholes verdicts",
    "questions.agreement": "amounts exact facts findings questions.strands verdicts wording",
    "questions.assertions": "amounts exact facts findings formula intervals questions.claims units verdicts wording",
    "questions.among": "amounts exact facts findings intervals patterns questions.tables statements units verdicts "
    "wording",
    "questions.assigned": "amounts exact facts findings questions.strands verdicts wording",
    "questions.bounds": "amounts catalogue exact facts findings questions.claims questions.shifts verdicts wording",
    "questions.capacity": "amounts exact facts findings formula intervals questions.densities questions.strands "
    "verdicts wording",
    "questions.change_claims": "amounts exact facts findings intervals questions.claims questions.growth verdicts "
    "wording",
    "questions.changes": "amounts facts findings questions.relative questions.rows verdicts wording",
    "questions.claims": "amounts exact facts findings intervals names questions.words units verdicts",
    "questions.columns": "amounts facts findings questions.claims units verdicts",
    "questions.conversion": "amounts exact facts findings questions.claims verdicts wording",
    "questions.coverage": "amounts exact facts findings intervals questions.claims questions.merging questions.terms "
    "questions.words verdicts wording",
    "questions.densities": "amounts exact facts intervals verdicts",
    "questions.differences": "amounts facts findings intervals questions.densities verdicts wording",
    "questions.direction": "amounts facts findings questions.reasons questions.targets verdicts wording",
    "questions.drift": "amounts catalogue exact facts findings names patterns questions.tables spelling statements "
    "verdicts wording",
    "questions.duplicates": "questions.lists questions.tables verdicts",
    "questions.events": "amounts exact facts findings intervals questions.strands questions.targets verdicts wording",
    "questions.granularity": "amounts facts findings intervals questions.densities questions.whole verdicts wording",
    "questions.growth": "amounts exact facts intervals questions.claims units",
    "questions.horizons": "amounts facts findings statements verdicts wording",
    "questions.identity": "amounts facts findings formula questions.densities verdicts wording",
    "questions.implied": "amounts facts findings formula intervals questions.densities verdicts wording",
    "questions.later": "amounts facts findings questions.strands questions.targets verdicts wording",
    "questions.levels": "amounts exact facts findings names statements verdicts wording",
    "questions.lists": "amounts exact facts findings intervals names numerals patterns questions.claims spelling "
    "statements verdicts wording",
    "questions.magnitude": "catalogue facts findings intervals questions.claims questions.points questions.strands "
    "units verdicts wording",
    "questions.merging": "findings verdicts",
    "questions.months": "catalogue facts findings questions.claims questions.merging verdicts",
    "questions.numbering": "findings names numerals patterns questions.claims questions.lists statements verdicts "
    "wording",
    "questions.operators": "amounts exact facts findings patterns questions.reasons questions.relative "
    "questions.strands questions.targets verdicts",
    "questions.order": "amounts catalogue facts findings questions.densities questions.strands verdicts wording",
    "questions.outcomes": "amounts exact facts findings intervals questions.claims questions.merging questions.terms "
    "questions.words statements verdicts",
    "questions.pace": "amounts exact facts findings intervals questions.targets units verdicts wording",
    "questions.partition": "amounts exact facts findings intervals questions.densities questions.strands verdicts "
    "wording",
    "questions.periods": "catalogue facts fields findings statements verdicts wording",
    "questions.places": "amounts facts trace verdicts",
    "questions.points": "facts findings questions.claims questions.growth questions.strands verdicts wording",
    "questions.products": "amounts exact facts findings formula intervals questions.claims units verdicts wording",
    "questions.proportion": "amounts exact facts findings intervals questions.targets verdicts wording",
    "questions.reading": "verdicts",
    "questions.reasons": "facts findings names patterns verdicts",
    "questions.regions": "amounts exact facts findings intervals names questions.levels questions.wholes statements "
    "verdicts wording",
    "questions.relative": "amounts catalogue exact facts findings intervals statements units wording",
    "questions.restated": "amounts facts findings intervals names patterns questions.claims questions.merging "
    "questions.terms verdicts wording",
    "questions.rows": "facts findings questions.tables source statements verdicts wording",
    "questions.schedules": "amounts dates exact facts findings intervals names questions.claims questions.merging "
    "source statements verdicts wording",
    "questions.shifts": "amounts exact facts findings verdicts wording",
    "questions.standings": "amounts exact facts findings intervals names questions.claims questions.merging "
    "questions.terms questions.words verdicts",
    "questions.states": "dates facts findings names questions.claims questions.merging questions.schedules verdicts "
    "wording",
    "questions.strands": "facts verdicts",
    "questions.tables": "amounts facts findings names source statements verdicts wording",
    "questions.targets": "amounts exact facts patterns questions.relative questions.strands verdicts",
    "questions.terms": "amounts exact facts findings intervals questions.claims questions.merging source units "
    "verdicts wording",
    "questions.testability": "amounts catalogue facts findings names questions.operators questions.relative "
    "questions.rows verdicts",
    "questions.unit_size": "amounts catalogue exact facts findings names statements verdicts wording",
    "questions.vagueness": "amounts exact facts findings names questions.relative questions.rows questions.strands "
    "units verdicts",
    "questions.verbs": "amounts exact facts findings questions.claims questions.merging questions.terms "
    "questions.words verdicts wording",
    "questions.whole": "exact intervals",
    "questions.wholes": "amounts catalogue facts findings intervals questions.among questions.strands verdicts wording",
    "questions.words": "folding numerals patterns",
    "rules": "catalogue findings formula patterns questions questions.reading records source units verdicts",
    "sights": "amounts exact facts findings intervals source units",
    "claim_sights": "amounts change_sights exact facts intervals questions.claims questions.growth questions.terms "
    "questions.words sights units",
    "figure_sights": "amounts exact facts intervals questions.bounds questions.densities questions.targets sights "
    "verdicts",
    "change_sights": "amounts exact facts intervals questions.claims questions.growth questions.words sights",
    "hint_sights": "amounts exact facts figure_sights findings intervals questions.pace questions.unit_size "
    "sights verdicts",
    "premises": "amounts facts findings source verdicts wording",
    "pictures": "amounts exact facts findings intervals questions.claims questions.densities wording",
    "network.beyond": "amounts claim_sights exact facts figure_sights findings hint_sights intervals network.build "
    "network.choices network.corrections network.evidence network.literals network.slips network.variables "
    "network.words sights source",
    "network.choices": "exact intervals network.evidence network.literals network.slips network.variables",
    "network.evidence": "exact facts network.literals network.slips network.surroundings network.variables",
    "network.mending": "amounts facts figure_sights findings network.assembly network.beyond network.build "
    "network.conflicts network.cores network.corrections network.evidence network.propagate network.variables",
    "rates": "amounts facts questions.densities verdicts",
    "parties": "facts names questions.coverage questions.densities questions.restated questions.verbs rates rules "
    "sights verdicts",
    "probes": "amounts exact facts figure_sights findings intervals parties rates rules sights source verdicts",
    "size_sights": "exact facts figure_sights intervals questions.unit_size sights verdicts",
    "coverage": "claim_sights exact facts figure_sights findings parties probes rules sights size_sights source",
    "argument": "amounts facts findings formula network.advice network.mending network.words pictures premises "
    "questions.densities questions.implied rules verdicts wording",
    "plaindata": "exact",
    "writing": "source",
    "store": "digest source writing",
    "cache": "catalogue digest drawers exact findings patterns plaindata rules source store units verdicts version",
    "courses": "amounts exact facts findings questions.targets verdicts",
    "dossier": "argument courses coverage",
    "rulings": "digest findings grants",
    "replies": "findings patterns rulings source",
    "engine": "argument courses coverage dossier facts findings grants network.advice network.mending plan questions "
    "rules source spelling statements syntax_words trace tree verdicts",
    "examples": "engine findings patterns policy rules source",
    "api": "argument baselines cache coverage dossier engine findings policy results source trace waivers",
    "syntax_words": "findings",
    "matching": "facts findings names source statements",
    "ambition": "amounts exact facts findings matching wording",
    "answers": "findings matching",
    "heads": "statements tree",
    "difference": "ambition amounts answers exact facts findings heads matching source statements wording",
    "revisions": "patterns source",
    "editions": "answers api difference engine facts findings plan policy revisions source tree",
    "fixes": "amounts argument findings patterns plan positions source spelling statements units",
    "fixing": "amounts api engine facts findings fixes plan policy source statements tree",
    # What an editor shows.
    "lsp": "",
    "lsp.draft": "engine facts plan positions source spans tree",
    "lsp.diagnostics": "findings lsp.draft report.words source spans",
    "lsp.hover": "amounts catalogue coverage exact facts findings intervals report.covering report.words rules sights "
    "source wording",
    "lsp.context": "patterns",
    "lsp.completion": "catalogue facts fields grants lsp.context names patterns plan spans units",
    "lsp.navigation": "facts lsp.hover source",
    "lsp.actions": "findings fixes lsp.draft rules source spans tree",
    "lsp.server": "engine findings lsp.actions lsp.completion lsp.context lsp.diagnostics lsp.draft lsp.hover "
    "lsp.messages lsp.navigation lsp.settings lsp.waiving positions source spans version",
    "lsp.settings": "api baselines config findings policy",
    "lsp.waiving": "engine findings lsp.actions lsp.draft source spans tree waivers",
    "lsp.messages": "findings lsp.actions lsp.completion lsp.diagnostics lsp.draft positions source spans",
    # What is shown.
    "schemas": "",
    "report": "",
    "report.words": "api findings trace",
    "report.text": "api findings report.argument report.formats report.words source",
    "report.terminal": "api report.text",
    "report.argument": "argument exact findings network.corrections network.mending network.solver pictures "
    "premises report.columns report.words source wording",
    "report.markup": "source",
    "report.charts": "courses coverage exact intervals pictures report.columns report.markup wording",
    "report.articles": "argument findings premises report.argument report.charts report.markup report.words",
    "report.chapters": "argument courses coverage dossier findings report.articles report.charts report.covering "
    "report.markup report.words",
    "report.html": "api coverage dossier findings report.articles report.chapters report.charts report.formats "
    "report.markup report.words version",
    "report.opinions": "api argument dossier findings report.formats report.wordfile report.words rulings source",
    "report.wordfile": "",
    "report.columns": "",
    "report.concise": "api findings report.formats source",
    "report.covering": "coverage exact findings report.columns report.machine source version wording",
    "report.editing": "difference editions findings heads report.words source",
    "report.edit_data": "difference editions findings heads report.machine version",
    "report.edit_markdown": "difference editions findings report.editing report.markdown report.words",
    "report.edit_text": "difference editions findings report.columns report.editing report.words source",
    "report.machine": "api findings report.formats trace version",
    "report.manual": "engine examples findings report.words rules source",
    "report.book": "engine examples patterns report.manual report.words rules source",
    "cli": "cli.speaking version",
    "baselines": "findings patterns source writing",
    "cli.baseline": "api baselines cli.options cli.output cli.speaking findings report.words source",
    "cli.waive": "api cli.options cli.output cli.speaking engine findings grants replies report.words rulings source "
    "tree waivers",
    "grants": "fields findings patterns tree",
    "policy": "baselines digest engine findings rules tree",
    "waivers": "engine fields findings grants policy source tree writing",
    "config": "patterns source spelling store",
    "cli.config": "cli.options cli.output cli.speaking config source",
    "cli.check": "api cli.destinations cli.fixing cli.options cli.output cli.speaking cli.watching findings "
    "report.formats",
    "cli.completion": "cli.output",
    "cli.coverage": "api cli.options cli.output cli.speaking report.covering",
    "cli.explain": "api cli.options cli.output cli.speaking config engine findings report.manual spelling waivers",
    "cli.options": "api baselines cli.speaking config engine findings policy rules source store",
    "cli.output": "api baselines cli.options cli.speaking engine findings report.argument report.formats "
    "report.terminal report.text source",
    "cli.diff": "api cli.options cli.output cli.speaking editions findings report.edit_data report.edit_markdown "
    "report.edit_text",
    "cli.fixing": "api cli.options cli.output cli.speaking editions findings fixing policy report.concise source "
    "writing",
    "cli.lsp": "cli.options cli.speaking findings lsp.server lsp.settings",
    "cli.new": "cli.options cli.output cli.speaking fields findings skeleton source writing",
    "cli.rules": "cli.options cli.output cli.speaking examples report.book source writing",
    "cli.schema": "cli.output schemas",
    "cli.speaking": "findings source",
    "cli.trace": "api cli.options cli.output cli.speaking findings report.formats report.words",
    "cli.watching": "cli.speaking config rules source",
    "dates": "folding numerals patterns",
    "results": "digest findings plaindata source store version",
    "network": "",
    "network.advice": "facts findings network.assembly network.build network.cores network.evidence network.groups "
    "network.remedies network.variables",
    "network.assembly": "exact facts network.build network.claims network.rates network.variables",
    "network.build": "catalogue exact facts findings formula network.variables questions.densities units verdicts",
    "network.claims": "amounts exact facts findings network.build network.variables questions.claims questions.growth "
    "questions.products questions.terms units",
    "network.conflicts": "amounts exact facts findings intervals network.assembly network.build network.cores "
    "network.evidence network.groups network.propagate network.repairs network.variables network.words",
    "network.cores": "amounts intervals network.ends network.propagate network.variables",
    "network.corrections": "amounts exact findings intervals network.choices network.cores network.ends "
    "network.evidence network.literals network.openings network.repairs network.slips network.variables "
    "network.words wording",
    "network.ends": "exact intervals",
    "network.granularity": "intervals network.ends network.variables questions.whole",
    "network.groups": "findings intervals network.cores network.corrections network.evidence network.openings "
    "network.repairs network.variables source",
    "network.literals": "amounts exact intervals network.variables patterns units wording",
    "network.openings": "amounts exact findings intervals network.cores network.ends network.granularity "
    "network.literals network.propagate network.quotients network.variables questions.whole wording",
    "network.propagate": "amounts exact intervals network.ends network.granularity network.variables",
    "network.quotients": "exact findings intervals network.ends network.granularity network.literals network.variables "
    "questions.whole wording",
    "network.rates": "exact facts network.build network.variables questions.granularity",
    "network.remedies": "network.cores network.evidence network.groups network.repairs network.variables",
    "network.repairs": "network.cores network.solver network.variables",
    "network.slips": "exact facts findings",
    "network.solver": "findings",
    "network.surroundings": "claim_sights facts figure_sights sights source",
    "network.variables": "amounts exact facts findings intervals units",
    "network.words": "amounts exact findings intervals network.cores network.ends network.granularity "
    "network.propagate network.quotients network.variables questions.densities wording",
    "cli.destinations": "api cli.output cli.speaking findings report.formats source spelling writing",
    "positions": "patterns source",
    "report.formats": "api source trace",
    "spans": "patterns positions source tree",
    "report.github": "api findings report.formats report.regions report.words source",
    "report.gitlab": "api findings report.formats report.regions source",
    "report.junit": "api findings report.formats report.words source",
    "report.markdown": "api findings patterns report.formats report.words source",
    "report.regions": "positions report.formats source spans tree",
    "report.sarif": "api findings report.formats report.regions report.words rules source version",
    "statements": "fields findings patterns source tree",
    "drawers": "catalogue exact findings plaindata units",
    "folding": "",
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


def package(module):
    """The package that a module stands in, or the module itself."""
    return module.split(".")[0]


@pytest.mark.parametrize("library", DOORS)
def test_each_library_has_one_door(library):
    """A library is imported by one module or package, so that one place knows its traps."""
    guests = [module for module in MODULES if library in {name.split(".")[0] for name in imported(module)}]

    assert {package(guest) if package(guest) == DOORS[library] else guest for guest in guests} == {DOORS[library]}


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
    started = {name.split(".")[0] for name in imported(module)} & {"pickle", "shelve", "subprocess"}
    # Git alone knows what a revision holds; one module calls it, with lists of arguments.
    assert started == ({"subprocess"} if module == "revisions" else set())
    # marshal's data holds no code where nothing executes it; one module reads it.
    assert "marshal" not in imported(module) or module in ("plaindata", "cache", "drawers")


@everywhere
def test_data_is_never_asserted(module):
    """`python -O` would drop the check."""
    assert [node.lineno for node in ast.walk(TREES[module]) if isinstance(node, ast.Assert)] == []


@pytest.mark.parametrize(
    "module", [m for m in MODULES if package(m) not in EDGE], ids=lambda module: module or "planlint"
)
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
    """A module, a public class and a public function have a docstring; one of several signatures needs none."""
    silent = [
        name
        for name, node in public(TREES[module].body)
        if not ast.get_docstring(node) and "overload" not in map(ast.unparse, node.decorator_list)
    ]

    assert silent == []
    assert ast.get_docstring(TREES[module])


@everywhere
def test_modules_are_small(module):
    """A module that grows beyond 700 lines is two modules."""
    assert len(MODULES[module].read_text(encoding="utf-8").splitlines()) <= 700


def test_git_is_never_called_through_a_shell():
    """What a user types names a revision, never a command."""
    shells = [
        node.lineno
        for node in ast.walk(TREES["revisions"])
        if (isinstance(node, ast.keyword) and node.arg == "shell")
        or (isinstance(node, ast.Attribute) and node.attr in ("system", "popen", "getoutput", "getstatusoutput"))
    ]

    assert shells == []
