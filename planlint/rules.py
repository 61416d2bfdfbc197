"""The only place that reads rule files, and compiles rules and catalogue into plain data that a cache can hold."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Mapping

from msgspec import Struct

from planlint import catalogue, formula, units
from planlint.catalogue import Catalogue
from planlint.findings import Severity, Text
from planlint.patterns import pattern
from planlint.questions import QUESTIONS
from planlint.questions.reading import FAULTS
from planlint.records import Record, read_root
from planlint.source import AnyPath, Malformed, Place, display, read_bytes, yaml_files
from planlint.units import Dimension
from planlint.verdicts import Options, Question, Relation

KEYS = ("id", "name", "severity", "summary", "why", "ask", "with", "message", "variants", "examples")
KINDS_OF_EXAMPLE = ("valid", "invalid", "undecided")
CATALOGUE = "catalogue"
LISTS = frozenset({"parts"})
"""The symbols of questions that stand for several amounts: they can only be summed."""
_NAME = pattern(r"[a-z][a-z0-9]*(?:-[a-z0-9]+)*")
_TEAM_ID = pattern(r"[A-Z]{2,6}[0-9]{3}")


class Example(Struct, frozen=True):
    """A plan, or part of one, that shows a rule at work. `first_line` is where it stands in the rule file.

    `document` is the text it is traced to, where the rule is about that; `references` are the plans it names.
    """

    kind: str
    note: str
    text: str
    first_line: int
    document: str = ""
    references: tuple[tuple[str, str], ...] = ()


class Rule(Struct, frozen=True):
    """A rule as the engine needs it."""

    id: str
    name: str
    ask: str
    options: Options
    messages: Mapping[str, Text]

    @property
    def severity(self) -> Severity:
        """Return the severity of the rule's plain message."""
        return self.options.severity

    @property
    def question(self) -> Question:
        """Return the question the rule asks."""
        return QUESTIONS[self.ask]


class Page(Struct, frozen=True):
    """A rule with everything its manual page says."""

    rule: Rule
    summary: Text
    why: Text
    examples: tuple[Example, ...]
    file: str


class Summary(Struct, frozen=True):
    """What a rule says of itself."""

    id: str
    name: str
    severity: Severity
    summary: Text
    why: Text


class Ruleset(Struct, frozen=True):
    """Rules and catalogue, compiled."""

    rules: tuple[Rule, ...]
    catalogue: Catalogue


Files = list[tuple[str, bytes]]
"""Names, for messages, and contents."""


def built_in_folder() -> str:
    """Return the folder of the rules that come with planlint: inside the package, or beside it in a checkout."""
    package = os.path.dirname(os.path.abspath(__file__))
    shipped = os.path.join(package, "rules")
    return shipped if os.path.isdir(shipped) else os.path.join(os.path.dirname(package), "rules")


def rule_files(folders: Iterable[AnyPath]) -> tuple[Files, Files]:
    """Return the catalogue files and the rule files of the built-in folder and of other folders, in order.

    Raises UnreadableSource.
    """
    catalogue_files: Files = []
    files: Files = []
    for folder in (built_in_folder(), *folders):
        for path in yaml_files(folder):
            entry = (display(path), read_bytes(path))
            (catalogue_files if CATALOGUE in os.path.relpath(path, folder).split(os.sep)[:-1] else files).append(entry)
    return catalogue_files, files


def compile_rules(catalogue_files: Files, files: Files) -> Ruleset:
    """Return rules and catalogue from file contents. Raises Malformed. Imports pint and sympy."""
    table = units.compile_table()
    indicators = catalogue.read(catalogue_files, table)
    rules = tuple(page.rule for page in read_pages(files, indicators))
    return Ruleset(rules, indicators)


def read_pages(files: Files, indicators: Catalogue) -> list[Page]:
    """Return the rules of some files with their manual pages, sorted by id. Raises Malformed."""
    pages: dict[str, Page] = {}
    for file, data in files:
        page = read_page(read_root(data, file), file, indicators)
        if page.rule.id in pages:
            raise Malformed(Place(file, 1, 1), f"'{page.rule.id}' is already the id of {pages[page.rule.id].file}")
        pages[page.rule.id] = page
    return [pages[id_] for id_ in sorted(pages)]


def summaries(files: Files) -> list[Summary]:
    """Return what the rules of some files say of themselves, sorted by id. Raises Malformed.

    Their formulas are not looked at: that costs seconds, and was done when the rules were compiled.
    """
    found = []
    for file, data in files:
        root = read_root(data, file)
        severity = Severity[root.choice("severity", [s.word for s in Severity]).upper()]
        found.append(Summary(root.text("id"), root.text("name"), severity, root.both("summary"), root.both("why")))
    return sorted(found, key=lambda summary: summary.id)


def read_page(root: Record, file: str, indicators: Catalogue) -> Page:
    """Return the rule of one file. Raises Malformed for anything that is not exactly as it must be."""
    root.only(KEYS)
    id_ = root.text("id")
    if not _TEAM_ID.fullmatch(id_):
        raise root.fail("id", f"'{id_}' is no rule id: letters and three digits, such as PL101 or TEAM001")
    name = root.text("name")
    if not _NAME.fullmatch(name):
        raise root.fail("name", f"'{name}' is no rule name: small ASCII words with hyphens")
    if os.path.splitext(os.path.basename(file))[0] != f"{id_}-{name}":
        raise root.fail("id", f"the file must be named {id_}-{name}.yaml")
    ask = root.choice("ask", QUESTIONS)
    question = QUESTIONS[ask]
    severity = Severity[root.choice("severity", [s.word for s in Severity]).upper()]
    options = _options(root, question, severity, indicators)
    messages = _messages(root, question, options, ask)
    rule = Rule(id_, name, ask, options, messages)
    return Page(rule, root.both("summary"), root.both("why"), _examples(root, ask), file)


def _options(root: Record, question: Question, severity: Severity, indicators: Catalogue) -> Options:
    given = root.record("with")
    named = sorted(question.indicators)
    given.only([*question.options, *named, *(["formula"] if question.symbols is not None else [])])
    choices = {key: given.choice(key, values) for key, values in question.options.items()}
    for key in named:
        choices[key] = given.text(key)
        if choices[key] not in indicators.by_key:
            raise given.fail(key, f"'{choices[key]}' is no indicator's key")
    relation = None
    if question.symbols is not None:
        relation = _relation(given, question.symbols, indicators)
    return Options(choices, severity, relation)


def _relation(given: Record, symbols: frozenset[str], indicators: Catalogue) -> Relation:
    text = given.text("formula")
    try:
        equation = formula.parse(text)
        used = {*equation.symbols, *equation.lists}
        if used != symbols:
            raise formula.BadFormula(f"must use exactly the names {', '.join(sorted(symbols))}")
        if set(equation.lists) != symbols & LISTS:
            raise formula.BadFormula(f"sum() must hold {', '.join(sorted(symbols & LISTS)) or 'nothing'} here")
        for dimensions, where in _typings(symbols, indicators):
            try:
                formula.check_units(equation, dimensions)
            except formula.BadFormula as problem:
                raise formula.BadFormula(f"{problem}{where}") from None
        return Relation(text, equation.left, equation.right, formula.solve(equation))
    except formula.BadFormula as problem:
        raise given.fail("formula", str(problem)) from None


def _typings(symbols: frozenset[str], indicators: Catalogue) -> Iterable[tuple[dict[str, Dimension], str]]:
    """Yield the dimensions of a formula's names: of every indicator for a density's, of any one sort for a sum's."""
    if "population" not in symbols:
        thing: Dimension = (("item", 1),)
        yield {name: () if name == "ratio" else thing for name in symbols}, ""
        return
    for indicator in indicators.by_key.values():
        if indicator.numerator and indicator.denominator:
            count = indicators.by_key[indicator.numerator].unit.dimension
            population = indicators.by_key[indicator.denominator].unit.dimension
            value = indicator.unit.dimension
            if indicator.kind == "rate":
                # ‰ of live births is a pure number on paper; what it measures is deaths for each birth.
                value = formula.combine(count, population, -1)
            yield {"value": value, "count": count, "population": population}, f" for '{indicator.key}'"


def _messages(root: Record, question: Question, options: Options, ask: str) -> dict[str, Text]:
    placeholders = dict(question.placeholders)
    if ask == "reading":
        placeholders = {"message": FAULTS[options.choices["fault"]]}
    messages = {"message": root.both("message", _placeholder_check(placeholders["message"]))}
    variants = root.record("variants")
    needed = [key for key in placeholders if key != "message"]
    variants.only(needed)
    for key in needed:
        if key in question.optional and key not in variants:
            messages[key] = messages["message"]
            continue
        messages[key] = variants.both(key, _placeholder_check(placeholders[key]))
    return messages


def _placeholder_check(allowed: frozenset[str]) -> Callable[[str], str | None]:
    """Return a check that a message uses plain names only, and only those its question fills."""

    def check(text: str) -> str | None:
        import string

        try:
            fields = list(string.Formatter().parse(text))
        except ValueError as problem:
            return f"bad placeholder: {problem}"
        for _, name, format_, conversion in fields:
            if name is None:
                continue
            written = f"{name}{'!' + conversion if conversion else ''}{':' + format_ if format_ else ''}"
            if written not in allowed:
                return f"'{{{written}}}' is no placeholder here; there are {', '.join(sorted(allowed)) or 'none'}"
        return None

    return check


def _examples(root: Record, ask: str) -> tuple[Example, ...]:
    given = root.record("examples").only(KINDS_OF_EXAMPLE)
    examples = []
    for kind in KINDS_OF_EXAMPLE:
        for record in given.records(kind) if kind in given else []:
            record.only(("note", "plan", "document", "references"))
            place = record.text_place("plan")
            named = record.record("references")
            examples.append(
                Example(
                    kind,
                    record.text("note", ""),
                    record.text("plan"),
                    place.line,
                    record.text("document", ""),
                    tuple((name, named.text(name)) for name in named.names()),
                )
            )
    for kind in ("valid", "invalid"):
        if not any(example.kind == kind for example in examples):
            raise root.fail("examples", f"a rule without an example that is {kind} does not load")
    return tuple(examples)
