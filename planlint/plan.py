"""The only place that knows the plan file: the tree becomes statements, claims and faults.

What cannot be read becomes a fault with its place; everything else of the plan is still returned. docs/plan-format.md
explains every key.
"""

from __future__ import annotations

from collections.abc import Iterable

from msgspec import Struct

from planlint import grants, tree
from planlint.fields import ID, YEAR, Fields, Years
from planlint.patterns import pattern
from planlint.rows import Rows, Sheet
from planlint.source import Place
from planlint.statements import (
    INVESTMENT,
    LATER_GOAL,
    PROJECT_COUNT,
    Claim,
    NotFigure,
    Plan,
    Row,
    Statement,
    Table,
    Term,
)
from planlint.subtotals import blocks, is_additive, is_total
from planlint.tree import Fault, Mapping, Node, Scalar, Sequence

VERSION = "1"
ROLES = ("actual", "baseline", "target", "assigned", "reference")
TEXT_COLUMNS = ("verdict", "note")
BASES = ("常住", "户籍", "服务")

TOP_KEYS = ("planlint", "plan", "tables", "figures", "claims", "projects", "indicators", "not_figures", "waivers")
PLAN_KEYS = ("id", "title", "region", "within", "references", "period", "baseline", "review", "document", "status")
TABLE_KEYS = ("id", "title", "at", "repeats", "unit", "scope", "base", "note", "columns", "rows")
COLUMN_KEYS = ("role", "year", "unit", "indicator", "scope")
ROW_KEYS = ("no", "indicator", "unit", "scope", "base", "nature", "note", "id", "at", "quote")
CELL_KEYS = ("value", "year", "months", "at", "quote", "note", "id")
FIGURE_KEYS = (
    "indicator",
    "value",
    "year",
    "months",
    "role",
    "scope",
    "base",
    "period",
    "unit",
    "at",
    "quote",
    "nature",
    "note",
    "id",
    "trusted",
)
CLAIM_KINDS: dict[str, tuple[str, ...]] = {
    "sum": ("whole", "parts", "partial"),
    "ratio": ("of", "to", "is"),
    "product": ("factors", "is"),
    "list": ("count", "items", "open", "against"),
    "sequence": ("items",),
    "change": ("from", "to", "by", "years", "verb", "series"),
    "comparison": ("left", "is", "right", "by"),
    "verdict": ("value", "goal", "is"),
    "conversion": ("value", "is"),
    "dates": ("start", "end", "span", "state"),
}
MAIN_LIST = {"sum": "parts", "product": "factors", "list": "items", "sequence": "items", "change": "series"}
"""The list that a claim of a kind is about."""
CLAIM_KEYS = ("at", "quote", "note", "id", "scope", "year")
REQUIRED_TERMS: dict[str, tuple[str, ...]] = {
    "sum": ("whole", "parts"),
    "ratio": ("of", "to", "is"),
    "product": ("factors", "is"),
    "list": ("items",),
    "sequence": ("items",),
    "change": (),
    "comparison": ("left", "is", "right"),
    "verdict": ("is",),
    "conversion": ("value", "is"),
    "dates": (),
}
PROJECTS_KEYS = ("id", "title", "at", "unit", "total", "count", "repeats", "note", "rows")
PROJECT_KEYS = ("no", "project", "cost", "state", "start", "end", "span", "place", "count", "at", "quote", "note", "id")
NOT_FIGURE_KEYS = ("text", "kind", "at", "note")
NOT_FIGURE_KINDS = ("name", "document", "page", "mark", "date", "class", "phrase", "heading", "deleted")
"""What a number that is no quantity may be: part of a name, the number of a document, a page, a mark of enumeration,
a date, a class or limit (70岁及以下, 三级), a set phrase, a heading, a passage that the document itself strikes out."""

_REFERENCE_NAME = pattern(r"[a-z0-9][a-z0-9._-]{0,79}")


def read(root: Node | None, file: str, faults: list[Fault]) -> Plan | None:
    """Return the plan of a tree and append what cannot be read to `faults`; None where there is no plan at all."""
    if root is None:
        if not faults:
            faults.append(Fault("empty", Place(file, 1, 1)))
        return None
    reader = _Reader(file, faults)
    top = reader.mapping(root, TOP_KEYS, "file")
    if top is None:
        return None
    version = reader.text(top, "planlint")
    if version != VERSION:
        faults.append(Fault("version", _where(top, "planlint", root, file), (("found", version),)))
        return None
    head = reader.mapping(top.get("plan"), PLAN_KEYS, "plan", root)
    if head is None:
        return None
    return reader.plan(head, top, root)


def _where(fields: dict[str, Node], key: str, owner: Node, file: str) -> Place:
    return tree.place(fields.get(key, owner), file)


class _Column(Struct, frozen=True):
    """What stands below a heading; `indicator` and `scope` where the columns say them and not the rows."""

    role: str
    year: int | None
    unit: str
    indicator: str = ""
    scope: str = ""


def _sheet(table: str, repeats: str, own: tuple[str, str, str], columns: dict[str, _Column]) -> Sheet | None:
    """Return what the rows of a table take over, None where more than figures is read from them."""
    if any(column.indicator or column.role in TEXT_COLUMNS for column in columns.values()):
        return None
    heads = ((heading, column.role, column.year, column.unit, column.scope) for heading, column in columns.items())
    return Sheet(table, repeats, *own, tuple(heads))


class _Reader(Fields):
    """Reads the parts of one file; whatever is wrong goes to the list of faults."""

    def __init__(self, file: str, faults: list[Fault]) -> None:
        super().__init__(file, faults)
        self.unread: set[str] = set()
        self.rows = Rows(self, ROLES, BASES)
        self.tables: list[Table] = []
        self.first_planned = 0
        """The first year of the planned period: a value of that year or later is one of a review half-way."""

    def plan(self, head: dict[str, Node], top: dict[str, Node], root: Node) -> Plan | None:
        """Return the plan; the head must be complete, or nothing can be judged."""
        before = len(self.faults)
        owner = top["plan"]
        id_ = self.required(head, "id", owner, "plan")
        if id_ and not ID.fullmatch(id_):
            self.fault("bad-id", head["id"], found=id_)
        title = self.required(head, "title", owner, "plan")
        region = self.required(head, "region", owner, "plan")
        document = self.required(head, "document", owner, "plan")
        if self.required(head, "period", owner, "plan"):
            period = self.years(head, "period")
        else:
            period = None
        if len(self.faults) > before or period is None:
            return None
        self.first_planned = period.first
        baseline = self.year(head, "baseline") or period.first - 1
        within = tuple(n.value for n in self.items(head, "within") if type(n) is Scalar)
        statements: list[Statement] = []
        claims: list[Claim] = []
        for node in self.items(top, "tables"):
            self.table(node, statements, claims)
        for node in self.items(top, "figures"):
            statement = self.rows.figure(node) if type(node) is Mapping and node.pairs is None else None
            if statement is None:
                statement = self.figure(node)
            if statement is not None:
                statements.append(statement)
        for node in self.items(top, "projects"):
            self.projects(node, statements, claims)
        for node in self.items(top, "claims"):
            claim = self.claim(node)
            if claim is not None:
                claims.append(claim)
        return Plan(
            file=self.file,
            id=id_,
            title=title,
            region=region,
            within=within,
            references=self.references(head),
            period=period,
            baseline=baseline,
            review=self.years(head, "review") or Years(baseline - 4, baseline),
            document=document,
            status=self.text(head, "status"),
            statements=tuple(statements),
            claims=tuple(claims),
            tables=tuple(self.tables),
            not_figures=tuple(self.not_figures(top)),
            indicators=tuple(self.local_indicators(top)),
            unread=frozenset(self.unread),
            waivers=tuple(grants.read_all(self, top, id_)),
            reported=max(
                (year or 0 for table in self.tables for _, role, year in table.columns if role == "actual"), default=0
            ),
        )

    def local_indicators(self, top: dict[str, Node]) -> Iterable[Mapping]:
        """Yield the plan's own indicators."""
        for node in self.items(top, "indicators"):
            if isinstance(node, Mapping):
                yield node
            else:
                self.fault("shape", node, expected="mapping", found=tree.shape(node), where="indicators")

    def references(self, head: dict[str, Node]) -> tuple[Term, ...]:
        """Return the names of the plans that this one is held against; a name is no path, so it leads nowhere else."""
        found = []
        for node in self.items(head, "references"):
            if not isinstance(node, Scalar):
                self.fault("bad-reference", node, found=tree.shape(node))
            elif not _REFERENCE_NAME.fullmatch(node.value):
                self.fault("bad-reference", node, found=node.value)
            else:
                found.append(Term(node.value, tree.place(node, self.file)))
        return tuple(found)

    def not_figures(self, top: dict[str, Node]) -> Iterable[NotFigure]:
        """Yield the digits that the plan file says are no quantities."""
        for node in self.items(top, "not_figures"):
            fields = self.mapping(node, NOT_FIGURE_KEYS, "not_figures")
            if fields is None:
                continue
            listed = fields.get("text")
            nodes = listed.value if type(listed) is Sequence else [listed] if listed is not None else []
            texts = tuple(str(item.value) for item in nodes if type(item) is Scalar and item.value.strip())
            if not texts or len(texts) < len(nodes):
                self.fault("missing-key", listed or node, key="text", where="not_figures")
                continue
            kind = self.choice(fields, "kind", NOT_FIGURE_KINDS)
            if "kind" not in fields:
                self.fault("missing-key", node, key="kind", where="not_figures")
            yield NotFigure(texts, kind, self.lines(fields), tree.place(node, self.file))

    def table(self, node: Node, statements: list[Statement], claims: list[Claim]) -> None:
        """Add the figures of a table, row by row, and the verdicts that a column of them states."""
        fields = self.mapping(node, TABLE_KEYS, "table")
        if fields is None:
            return
        id_ = self.required(fields, "id", node, "table")
        columns = self.columns(fields, node)
        allowed = frozenset((*ROW_KEYS, *columns))
        unit = self.text(fields, "unit")
        scope, base = self.text(fields, "scope"), self.choice(fields, "base", BASES)
        repeats = self.text(fields, "repeats")
        if "rows" not in fields:
            self.fault("missing-key", node, key="rows", where="table")
        rows: list[Row] = []
        printed: list[tuple[str, dict[str, Node], tuple[int, ...]]] = []
        sheet = _sheet(id_, repeats, (unit, scope, base), columns)
        recipes = self.rows.recipes(sheet) if sheet is not None else None
        notes = [heading for heading, column in columns.items() if column.role == "note"]
        heads = tuple((heading, column.role, column.year) for heading, column in columns.items())
        for item in self.items(fields, "rows"):
            if type(item) is Mapping and item.pairs is None and sheet is not None and recipes is not None:
                read = self.rows.cells(sheet, recipes, item, statements)
                if read is not None:
                    rows.append(read)
                    continue
            row = self.mapping(item, allowed, "row")
            if row is None:
                continue
            by_column = "indicator" not in row and any(column.indicator for column in columns.values())
            # Where the columns say what is counted, the row says where: 甲县.
            name = self.required(row, "scope" if by_column else "indicator", item, "row")
            if not name:
                continue
            name_place = tree.place(row["scope" if by_column else "indicator"], self.file)
            row_unit = self.text(row, "unit") or unit
            row_scope = self.text(row, "scope") or scope
            row_base = self.choice(row, "base", BASES) or base
            lines = self.lines(row)
            quote, note = self.text(row, "quote"), self.text(row, "note")
            nature = self.text(row, "nature") or self.nature(row, notes)
            row_id = self.id(row)
            no = self.no(row)
            if by_column:
                printed.append((name, row, lines))
                row_scope = "" if is_total(name) else row_scope
            else:
                rows.append(Row(no, Term(name, name_place), row_scope, row_base, lines))
                claims.extend(self.verdicts(row, columns, name, row_unit, row_scope, lines))
            first: dict[str, Place] = {}
            for heading, column in columns.items():
                cell, role, year = row.get(heading), column.role, column.year
                if cell is None or role in TEXT_COLUMNS:
                    continue
                said = column.indicator or ("" if by_column else name)
                if not said:
                    self.fault("missing-key", item, key="indicator", where="row")
                    continue
                if column.indicator and column.indicator not in first:
                    # Each indicator of such a row is a row by itself, and stands where its first cell does.
                    first[said] = tree.place(cell, self.file)
                    rows.append(Row(no, Term(said, first[said]), column.scope or row_scope, row_base, lines))
                    no = None
                own: dict[str, Node] = {}
                if type(cell) is Mapping:
                    own = self.mapping(cell, CELL_KEYS, "cell") or {}
                    cell = own.get("value")
                    if cell is None:
                        self.fault("missing-key", item, key="value", where="cell")
                        continue
                text = self.amount(cell)
                if text is None:
                    continue
                before = len(self.faults)
                cell_year = (self.year(own) if own else None) or year
                cell_id = self.id(own) if own else ""
                if len(self.faults) > before:
                    self.unread.add(cell_id)
                    continue
                statements.append(
                    Statement(
                        said,
                        text,
                        tree.place(cell, self.file),
                        first.get(said, name_place),
                        role,
                        cell_year,
                        column.scope or row_scope,
                        row_base,
                        (column.unit or row_unit) if column.indicator else (row_unit or column.unit),
                        "",
                        self.lines(own) or lines if own else lines,
                        self.text(own, "quote") or quote if own else quote,
                        nature,
                        self.text(own, "note") or note if own else note,
                        cell_id or (f"{row_id}.{year or ''}.{role}" if row_id else ""),
                        id_,
                        repeats,
                        False,
                        self.months(own) if own else "",
                    )
                )
        self.tables.append(Table(id_, tree.place(node, self.file), self.lines(fields), repeats, heads, tuple(rows)))
        claims.extend(self.column_totals(printed, columns, unit))

    def column_totals(
        self,
        rows: list[tuple[str, dict[str, Node], tuple[int, ...]]],
        columns: dict[str, _Column],
        unit: str,
    ) -> Iterable[Claim]:
        """Yield the sums that the rows 合计 and 小计 of a table state, column by column."""
        for whole, parts in blocks([name for name, _, _ in rows]):
            _, row, lines = rows[whole]
            for heading, column in columns.items():
                own = column.unit or self.text(row, "unit") or unit
                if heading not in row or column.role not in ROLES or not is_additive(column.indicator, own):
                    continue
                # 其中：开发区 is counted in a row above it already.
                cells = [rows[part][1].get(heading) for part in parts if not rows[part][0].startswith("其中")]
                terms = [self.cell_term(cell, own) for cell in cells if cell is not None]
                total = self.cell_term(row[heading], own)
                known = [term for term in terms if term is not None]
                if total is None or not known:
                    continue
                flags = frozenset({"partial"} if len(known) < len(cells) else ())
                subject = f"{column.indicator}（{heading}）"
                yield Claim("sum", subject, {"whole": total}, tuple(known), flags, total.place, lines, year=column.year)

    def cell_term(self, cell: Node, unit: str) -> Term | None:
        """Return a cell as a term of a claim, in the unit of its column; None where nothing is printed."""
        if type(cell) is Mapping:
            cell = next((v for k, v in cell.value if type(k) is Scalar and k.value == "value"), cell)
        text = cell.value.strip() if type(cell) is Scalar else ""
        if not any(character.isdigit() for character in text):
            return None
        return Term(text + unit if unit and text[-1:].isdigit() else text, tree.place(cell, self.file))

    def no(self, row: dict[str, Node]) -> Term | None:
        """Return the printed number of a row."""
        return Term(self.text(row, "no").strip(), tree.place(row["no"], self.file)) if "no" in row else None

    def verdicts(
        self,
        row: dict[str, Node],
        columns: dict[str, _Column],
        name: str,
        unit: str,
        scope: str,
        lines: tuple[int, ...],
    ) -> Iterable[Claim]:
        """Yield what the verdict columns of a row say of its latest reported value and the goal for that year."""
        said = [heading for heading, column in columns.items() if column.role == "verdict" and heading in row]
        cells: dict[str, tuple[int, Term]] = {}
        goals: dict[int, Term] = {}
        for heading, column in columns.items() if said else ():
            kind = {"actual": "value", "baseline": "value", "target": "goal"}.get(column.role)
            year = column.year if not column.indicator and not column.scope else None
            cell = row.get(heading)
            if type(cell) is Mapping:
                cell = next((v for k, v in cell.value if type(k) is Scalar and k.value == "value"), None)
            text = cell.value.strip() if type(cell) is Scalar else ""
            if kind is None or year is None or cell is None or not text:
                continue
            own = unit or column.unit
            place = tree.place(cell, self.file)
            term = Term(text + own, place, own) if own and text[-1:].isdigit() else Term(text, place)
            if kind == "goal":
                goals[year] = term
            if kind not in cells or year > cells[kind][0]:
                cells[kind] = (year, term)
        for heading in said:
            terms = {kind: term for kind, (_, term) in cells.items()}
            if len(terms) < 2 or type(row[heading]) is not Scalar:
                continue
            if cells["value"][0] in goals and "提前" not in self.text(row, heading):
                # What was due by then stands beside the goal of the last year; 提前完成 alone speaks of the latter.
                cells["goal"] = (cells["value"][0], goals[cells["value"][0]])
                terms["goal"] = cells["goal"][1]
            same, half_way = cells["value"][0] == cells["goal"][0], self.first_planned <= cells["value"][0]
            if same or (half_way and cells["value"][0] < cells["goal"][0]):
                place = tree.place(row[heading], self.file)
                terms["is"] = Term(self.text(row, heading), place)
                year = cells["value"][0]
                flags = frozenset() if same else frozenset({LATER_GOAL})
                yield Claim("verdict", name, terms, (), flags, place, lines, scope=scope, year=year)

    def columns(self, fields: dict[str, Node], owner: Node) -> dict[str, _Column]:
        """Return what stands in each column by its heading."""
        node = fields.get("columns")
        if type(node) is not Mapping:
            if node is None:
                self.fault("missing-key", owner, key="columns", where="table")
            else:
                self.fault("shape", node, expected="mapping", found=tree.shape(node), where="columns")
            return {}
        columns: dict[str, _Column] = {}
        for key, value in tree.entries(node, self.file, self.faults, "columns"):
            heading = key.value.strip().removesuffix("年").strip()
            year = int(heading) if YEAR.fullmatch(heading) else None
            if type(value) is Mapping:
                own = self.mapping(value, COLUMN_KEYS, "column") or {}
                role = self.choice(own, "role", (*ROLES, *TEXT_COLUMNS))
                if "role" not in own:
                    self.fault("missing-key", value, key="role", where="column")
                year = self.year(own) or year
                unit, indicator, scope = (self.text(own, name) for name in ("unit", "indicator", "scope"))
            else:
                indicator = scope = ""
                role, unit = self.choice({key.value: value}, key.value, (*ROLES, *TEXT_COLUMNS)), ""
            if key.value in ROW_KEYS:
                self.fault("not-one-of", key, key="columns", found=key.value, allowed="a heading that is no row key")
                continue
            columns[key.value] = _Column(role or "note", year, unit, indicator, scope)
        return columns

    def amount(self, node: Node) -> str | None:
        """Return the characters of an amount, None for something else; a folded block is the trap of a bare `>`."""
        if type(node) is not Scalar:
            self.fault("shape", node, expected="amount", found=tree.shape(node), where="value")
            return None
        if node.style is not None and tree.is_folded(node):
            self.fault("bare-bound", node, text=node.style)
            return None
        return str(node.value)

    def figure(self, node: Node) -> Statement | None:
        """Return a body figure, None where it cannot be read."""
        before = len(self.faults)
        fields = self.mapping(node, _FIGURE_KEYS, "figure")
        if fields is None:
            return None
        name = self.required(fields, "indicator", node, "figure")
        value = fields.get("value")
        if value is None:
            self.fault("missing-key", node, key="value", where="figure")
        text = self.amount(value) if value is not None else None
        role = self.choice(fields, "role", ROLES) if "role" in fields else ""
        year = self.year(fields) if "year" in fields else None
        base = self.choice(fields, "base", BASES) if "base" in fields else ""
        scope = self.text(fields, "scope")
        guessed = any(_is_decisive(fault) for fault in self.faults[before:])
        own_id = self.id(fields) if "id" in fields else ""
        if not name or value is None or text is None or guessed:
            # A year that cannot be read is not a year left out: nothing is judged by a guess.
            self.unread.add(own_id)
            return None
        period = self.text(fields, "period")
        if period and period not in ("review", "plan"):
            years = self.years(fields, "period")
            period = f"{years.first}-{years.last}" if years is not None else ""
        return Statement(
            name,
            text,
            tree.place(value, self.file),
            tree.place(fields["indicator"], self.file),
            role,
            year,
            scope,
            base,
            self.text(fields, "unit"),
            period,
            self.lines(fields),
            self.text(fields, "quote"),
            self.text(fields, "nature"),
            self.text(fields, "note"),
            own_id,
            "",
            "",
            self.flag(fields, "trusted") if "trusted" in fields else False,
            self.months(fields),
        )

    def claim(self, node: Node) -> Claim | None:
        """Return a claim, None where it cannot be read."""
        if not isinstance(node, Mapping):
            self.fault("shape", node, expected="mapping", found=tree.shape(node), where="claim")
            return None
        kind = next((k.value for k, _ in node.value if type(k) is Scalar and k.value in CLAIM_KINDS), None)
        if kind is None:
            self.fault("unknown-claim", node, allowed=", ".join(CLAIM_KINDS))
            return None
        fields = self.mapping(node, (kind, *CLAIM_KINDS[kind], *CLAIM_KEYS), "claim")
        if fields is None:
            return None
        before = len(self.faults)
        subject = self.required(fields, kind, node, "claim")
        if kind == "list" and "count" not in fields and "against" not in fields:
            self.fault("missing-key", node, key="count", where="claim")
        for key in REQUIRED_TERMS[kind]:
            if key not in fields:
                self.fault("missing-key", node, key=key, where="claim")
        lists = {MAIN_LIST.get(kind, ""), "against"}
        flags = frozenset(key for key in ("partial", "open") if key in fields and self.flag(fields, key))
        terms = {
            key: Term(self.text(fields, key).strip(), tree.place(fields[key], self.file))
            for key in CLAIM_KINDS[kind]
            if key in fields and key not in lists and key not in ("partial", "open")
        }
        items = self.items(fields, MAIN_LIST[kind]) if kind in MAIN_LIST else []
        against = self.items(fields, "against") if "against" in fields else []
        for item in (*items, *against):
            if type(item) is not Scalar:
                self.fault("shape", item, expected="amount", found=tree.shape(item), where="claim")
        if len(self.faults) > before:
            return None
        return Claim(
            kind=kind,
            subject=subject,
            terms=terms,
            items=self.terms(items),
            against=self.terms(against),
            flags=flags,
            place=tree.place(fields[kind], self.file),
            lines=self.lines(fields),
            quote=self.text(fields, "quote"),
            note=self.text(fields, "note"),
            id=self.id(fields),
            scope=self.text(fields, "scope"),
            year=self.year(fields),
        )

    def terms(self, items: list[Node]) -> tuple[Term, ...]:
        """Return the items of a list as terms."""
        scalars = (item for item in items if isinstance(item, Scalar))
        return tuple(Term(item.value.strip(), tree.place(item, self.file)) for item in scalars)

    def projects(self, node: Node, statements: list[Statement], claims: list[Claim]) -> None:
        """Add a table of projects: each cost is a figure, the total is their sum, the count counts the rows."""
        fields = self.mapping(node, PROJECTS_KEYS, "projects")
        if fields is None:
            return
        id_ = self.required(fields, "id", node, "projects")
        unit, repeats = self.text(fields, "unit"), self.text(fields, "repeats")
        costs: list[Term] = []
        names_: list[Term] = []
        rows: list[Row] = []
        totals: list[Row] = []
        printed: list[tuple[str, Term | None]] = []
        places: dict[str, list[str]] = {}
        undecided = lost = False
        if "rows" not in fields:
            self.fault("missing-key", node, key="rows", where="projects")
        for item in self.items(fields, "rows"):
            row = self.mapping(item, PROJECT_KEYS, "project")
            project = self.required(row, "project", item, "project") if row is not None else ""
            if row is None or not project:
                undecided = lost = True
                continue
            cost = self.amount(row["cost"]) if "cost" in row else None
            printed.append((project, None if cost is None else Term(cost, tree.place(row["cost"], self.file))))
            if is_total(project):
                named = Term(project, tree.place(row["project"], self.file))
                totals.append(Row(self.no(row), named, "", "", self.lines(row)))
                continue
            names_.append(Term(project, tree.place(row["project"], self.file)))
            lines, quote, own_id = self.lines(row), self.text(row, "quote"), self.id(row)
            site = self.text(row, "place")
            rows.append(Row(self.no(row), names_[-1], site, "", lines))
            # The same works in two townships are two projects.
            sites = places.setdefault(project, [])
            scope = f"{project}（{site}）" if site and sites and site not in sites else project
            sites.append(site)
            if cost is None:
                undecided = True
            else:
                place = tree.place(row["cost"], self.file)
                costs.append(Term(cost, place))
                statements.append(
                    Statement(
                        INVESTMENT,
                        cost,
                        place,
                        tree.place(row["project"], self.file),
                        "target",
                        None,
                        scope,
                        "",
                        unit,
                        "",
                        lines,
                        quote,
                        "",
                        self.text(row, "note"),
                        own_id,
                        id_,
                        repeats,
                        False,
                    )
                )
            if "start" in row or "end" in row:
                claims.append(self.project_dates(row, project, lines, quote))
        self.tables.append(
            Table(id_, tree.place(node, self.file), self.lines(fields), repeats, (), tuple(rows), True, tuple(totals))
        )
        if "total" in fields:
            text = self.text(fields, "total")
            total = Term(text, tree.place(fields["total"], self.file))
            claims.append(_money_total(id_, unit, total, costs, self.lines(fields), partial=undecided))
        for whole, parts in blocks([name for name, _ in printed]):
            name, total_cell = printed[whole]
            cells = [printed[part][1] for part in parts]
            known = [cell for cell in cells if cell is not None]
            if total_cell is not None and known:
                partial = lost or len(known) < len(cells)
                claims.append(_money_total(f"{id_} {name}", unit, total_cell, known, (), partial=partial))
        if "count" in fields:
            term = Term(self.text(fields, "count"), tree.place(fields["count"], self.file))
            claims.append(
                Claim(
                    "list",
                    f"{id_} {PROJECT_COUNT}",
                    {"count": term},
                    tuple(names_),
                    # A row that cannot be read is a fault of its own, and no project too few.
                    frozenset({"open"} if lost else ()),
                    term.place,
                    self.lines(fields),
                )
            )

    def project_dates(self, row: dict[str, Node], project: str, lines: tuple[int, ...], quote: str) -> Claim:
        """Return the span of dates that a project row states."""
        keys: tuple[str, ...] = ("start", "end", "span", "state")
        terms = {key: Term(self.text(row, key).strip(), tree.place(row[key], self.file)) for key in keys if key in row}
        place = tree.place(row["project"], self.file)
        return Claim("dates", project, terms, (), frozenset(), place, lines, quote, scope=project)


def _money_total(
    table: str, unit: str, total: Term, costs: list[Term], lines: tuple[int, ...], *, partial: bool
) -> Claim:
    """Return the sum that a table of projects states; a row without a cost leaves it undecided."""

    def in_unit(term: Term) -> Term:
        return Term(term.text + unit, term.place, unit) if unit and term.text[-1:].isdigit() else term

    flags = frozenset({"partial"} if partial else ())
    parts = tuple(map(in_unit, costs))
    return Claim("sum", f"{table} {INVESTMENT}", {"whole": in_unit(total)}, parts, flags, total.place, lines)


_FIGURE_KEYS = frozenset(FIGURE_KEYS)
_DECISIVE = frozenset({"year", "role", "base", "scope", "value", "indicator"})


def _is_decisive(fault: Fault) -> bool:
    """Tell whether a fault leaves open what a figure is about, so that it must not be compared with others."""
    shown = dict(fault.shown)
    concerned = shown.get("near") or shown.get("key") or shown.get("where")
    return fault.kind in ("bad-year", "forbidden", "full-width-mark") or concerned in _DECISIVE
