"""The only reader of filled opinion sheets: which finding a row is about, what was decided, and why.

A sheet comes by mail from whoever filled it in. One part of it is read, in bounded size, by a parser that is given no
declaration to expand and follows nothing; a sheet with macros is refused.
"""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Iterator
from xml.parsers import expat

from planlint.findings import Text
from planlint.patterns import pattern
from planlint.rulings import CHOOSE, DECISION, REASON, RULINGS, TAG, BadSheet, Reply, Ruling, Sheet
from planlint.source import MAX_BYTES, AnyPath, display, printable, read_bytes

BODY = "word/document.xml"
_MOST_PARTS = 2000
_MOST_BYTES = 64 * 1024 * 1024
_MOST_ROWS = 20_000
_MOST_CELLS = 200
_MOST_ELEMENTS = 1_000_000
_PIECE = 16
"""What keeping a piece of text costs beside its characters; a text is kept once for each row that it stands in."""
_TOO_MUCH = ("内容多到不可能是意见表", "holds more than an opinion sheet can")
_REFERENCE = pattern(r"([0-9a-f]{16}(?:-[0-9]{1,4})?)/([0-9a-f]{8})")
_NUMBER = pattern(r"[0-9]{1,6}")


def read(file: AnyPath) -> Sheet:
    """Return the rows of a filled sheet. Raises UnreadableSource, and BadSheet with the row that is wrong."""
    name = display(file)
    try:
        body = _body(read_bytes(file))
        rows = list(_rows(body))
    except BadSheet as problem:
        raise problem.at(name, name) from None
    replies: dict[str, Reply] = {}
    others = []
    for row in rows:
        try:
            reply = _reply(row)
        except BadSheet as problem:
            raise problem.at(f"{name}：第 {row.number} 行", f"{name}: row {row.number}") from None
        if reply is None:
            others.append(row.number)
            continue
        known = replies.setdefault(reply.fingerprint, reply)
        if known != reply:
            raise BadSheet(
                f"{name}：第 {row.number} 行：与第 {known.row} 行是同一条意见",
                f"{name}: row {row.number}: row {known.row} is about the same finding",
            )
    if not replies:
        raise BadSheet(
            f"{name}：没有一行指明意见，不是 planlint 的意见表",
            f"{name}: no row names a finding; this is no opinion sheet of planlint",
        )
    return Sheet(tuple(replies.values()), tuple(others))


def _body(data: bytes) -> bytes:
    """Return the text part of a docx, at most _MOST_BYTES of it. Raises BadSheet for anything else."""
    if len(data) > MAX_BYTES:
        raise BadSheet(f"大于 {MAX_BYTES // 1024**2} MB", f"larger than {MAX_BYTES // 1024**2} MB")
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            parts = package.infolist()
            names = {part.filename for part in parts}
            if len(parts) > _MOST_PARTS or sum(part.file_size for part in parts) > _MOST_BYTES:
                raise BadSheet("解压后过大，不是意见表", "unpacks to more than an opinion sheet can hold")
            if any(name.lower().endswith("vbaproject.bin") for name in names):
                raise BadSheet("含有宏，请另存为普通的 .docx", "holds macros; save it as an ordinary .docx")
            if BODY not in names:
                raise BadSheet("不是 Word 文档（.docx）", "not a Word document (.docx)")
            with package.open(BODY) as stream:
                # What the directory says of a size is only a claim.
                body = stream.read(_MOST_BYTES + 1)
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, ValueError, OSError):
        raise BadSheet(
            "不是 Word 文档（.docx），或者已损坏、设了密码",
            "not a Word document (.docx), or a damaged or protected one",
        ) from None
    if len(body) > _MOST_BYTES:
        raise BadSheet("解压后过大，不是意见表", "unpacks to more than an opinion sheet can hold")
    return body


class _Control:
    """A content control that is being read."""

    def __init__(self) -> None:
        self.name = ""
        self.text: list[str] = []


class _Row:
    """A row of a table: the texts of its cells and the controls in it. `table` are the headings found so far."""

    def __init__(self, table: dict[str, int], number: int) -> None:
        self.table = table
        self.number = number
        self.cells: list[list[str]] = []
        self.controls: list[_Control] = []

    def cell(self, heading: Text) -> str | None:
        """Return the text below a heading, None where there is none."""
        index = self.table.get(heading.zh)
        return _joined(self.cells[index]) if index is not None and index < len(self.cells) else None


class _Reader:
    """Collects rows from the events of the parser; what is struck out or moved away is no text."""

    def __init__(self) -> None:
        self.rows: list[_Row] = []
        self._tables: list[dict[str, int]] = []
        self._open: list[_Row] = []
        self._controls: list[_Control] = []
        self._count = 0
        self._elements = 0
        self._kept = 0
        self._skipped = 0
        self._is_text = False

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """Enter an element."""
        self._elements += 1
        if self._elements > _MOST_ELEMENTS:
            raise BadSheet(*_TOO_MUCH)
        kind = name.rpartition(" ")[2]
        if self._skipped or kind in ("moveFrom", "del", "Fallback"):
            self._skipped += 1
        elif kind == "tbl":
            self._tables.append({})
        elif kind == "tr" and self._tables:
            if len(self.rows) > _MOST_ROWS:
                raise BadSheet(f"超过 {_MOST_ROWS} 行", f"more than {_MOST_ROWS} rows")
            self._open.append(_Row(self._tables[-1], 0))
        elif kind == "tc" and self._open:
            if len(self._open[-1].cells) == _MOST_CELLS:
                raise BadSheet(*_TOO_MUCH)
            self._open[-1].cells.append([])
        elif kind == "sdt":
            self._controls.append(_Control())
        elif kind == "tag" and self._controls:
            self._controls[-1].name = next((v for k, v in attributes.items() if k.endswith(" val")), "")
        elif kind == "t":
            self._is_text = True
        elif kind in ("tab", "br", "cr"):
            self._add(" ")

    def end(self, name: str) -> None:
        """Leave an element."""
        kind = name.rpartition(" ")[2]
        if self._skipped:
            self._skipped -= 1
        elif kind == "tbl" and self._tables:
            self._tables.pop()
        elif kind == "tr" and self._open:
            self._finish(self._open.pop())
        elif kind == "sdt" and self._controls:
            control = self._controls.pop()
            if self._open:
                self._open[-1].controls.append(control)
        elif kind == "t":
            self._is_text = False
        elif kind == "p":
            self._add(" ")

    def text(self, said: str) -> None:
        """Take characters."""
        if self._is_text and not self._skipped:
            self._add(said)

    def _add(self, said: str) -> None:
        self._kept += (len(said) + _PIECE) * (len(self._open) + len(self._controls))
        if self._kept > _MOST_BYTES:
            raise BadSheet(*_TOO_MUCH)
        for row in self._open:
            if row.cells:
                row.cells[-1].append(said)
        for control in self._controls:
            control.text.append(said)

    def _finish(self, row: _Row) -> None:
        """Enter a row, or what its headings say of the rows below."""
        texts = [_joined(cell) for cell in row.cells]
        headings = {
            heading.zh: index
            for heading in (DECISION, REASON)
            for index, said in enumerate(texts)
            if said.startswith(heading.zh) or said.lower().startswith(heading.en.lower())
        }
        if len(headings) == 2 and not any(control.name.startswith(TAG) for control in row.controls):
            row.table.update(headings)
            return
        self._count += 1
        found = _NUMBER.match(texts[0]) if texts else None
        row.number = int(found[0]) if found else self._count
        self.rows.append(row)


def _joined(pieces: list[str]) -> str:
    return " ".join("".join(pieces).split())


def _rows(body: bytes) -> Iterator[_Row]:
    """Yield the rows of all tables. Raises BadSheet."""
    parser = expat.ParserCreate(namespace_separator=" ")
    reader = _Reader()
    parser.StartElementHandler = reader.start
    parser.EndElementHandler = reader.end
    parser.CharacterDataHandler = reader.text
    # Word writes no document type, and without one there is no entity to expand.
    parser.StartDoctypeDeclHandler = _refuse
    try:
        parser.Parse(body, True)
    except expat.ExpatError as problem:
        said = expat.ErrorString(problem.code)
        raise BadSheet(f"文件已损坏：{said}", f"damaged: {said}") from None
    except (LookupError, ValueError):
        # Only of an encoding that the first line names; Word writes UTF-8.
        raise BadSheet("文件已损坏：文字不是 UTF-8 编码", "damaged: its text is not in UTF-8") from None
    return iter(reader.rows)


def _refuse(*_: object) -> None:
    raise BadSheet("含有文档类型声明，Word 不会这样写", "holds a document type declaration, which Word never writes")


def _reply(row: _Row) -> Reply | None:
    """Return what a row says, None where it names no finding. Raises BadSheet."""
    control = next((control for control in row.controls if control.name.startswith(TAG)), None)
    # Where somebody typed over the control, the printed reference still names the finding.
    named = control.name.removeprefix(TAG) if control is not None else _joined([" ".join(map(_joined, row.cells))])
    found = _REFERENCE.search(named)
    if found is None:
        return None
    reason = row.cell(REASON)
    said = _joined(control.text) if control is not None else row.cell(DECISION)
    if reason is None or said is None:
        raise BadSheet(
            f"所在的表没有“{REASON.zh}”栏或“{DECISION.zh}”栏",
            f"no column “{REASON.zh}” ({REASON.en}) or “{DECISION.zh}” ({DECISION.en}) in its table",
        )
    return Reply(row.number, found[1], found[2], _ruling(said), printable(reason))


def _ruling(said: str) -> Ruling:
    if not said or said in (CHOOSE.zh, CHOOSE.en):
        return Ruling.OPEN
    for ruling, words in RULINGS.items():
        if said.lower() in (words.zh, words.en):
            return ruling
    listed = ", ".join(f"{words.zh} ({words.en})" for words in RULINGS.values())
    chinese = "、".join(words.zh for words in RULINGS.values())
    given = printable(said[:40])
    raise BadSheet(
        f"“{given}”不是采纳情况；应为{chinese}之一", f"'{given}' is no decision; one of {listed} is expected"
    )
