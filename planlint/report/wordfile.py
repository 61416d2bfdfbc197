"""The only place for the ways of Word documents: pages, fonts for two scripts, fields, and a list to choose from.

The same content gives the same bytes: nothing in the file says when it was made.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Sequence

import docx
from docx.document import Document
from docx.enum.section import WD_ORIENT
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt, RGBColor
from docx.styles.style import ParagraphStyle
from docx.table import Table, _Cell
from docx.text.paragraph import Paragraph
from docx.text.run import Run as Stretch

_SERIF, _SANS, _LATIN = "宋体", "黑体", "Times New Roman"
_GREY = RGBColor(0x59, 0x59, 0x59)
_EPOCH = (1980, 1, 1, 0, 0, 0)
"""The earliest time that a zip can hold."""


def blank(title: str, lang: str) -> Document:
    """Return an empty document in landscape A4 with a title among its properties and numbered pages."""
    document = docx.Document()
    section = document.sections[0]
    section.orientation = WD_ORIENT.LANDSCAPE
    section.page_width, section.page_height = Cm(29.7), Cm(21)
    section.left_margin = section.right_margin = Cm(1.5)
    section.top_margin, section.bottom_margin = Cm(1.6), Cm(1.5)
    section.header_distance = section.footer_distance = Cm(0.8)
    normal = document.styles["Normal"]
    if isinstance(normal, ParagraphStyle):
        _font(normal.element.get_or_add_rPr(), _SERIF, _LATIN)
        normal.font.size = Pt(9.5)
        _language(normal.element.get_or_add_rPr())
        normal.paragraph_format.space_after = Pt(0)
        normal.paragraph_format.line_spacing = 1.15
    properties = document.core_properties
    properties.title = title
    properties.author = properties.last_modified_by = properties.comments = properties.keywords = ""
    properties.language = "zh-CN" if lang == "zh" else "en"
    for child in list(properties._element):
        if child.tag.rpartition("}")[2] in ("created", "modified", "revision", "lastPrinted"):
            properties._element.remove(child)
    _drop_thumbnail(document)
    footer = section.footer.paragraphs[0]
    footer.alignment = WD_ALIGN_PARAGRAPH.CENTER
    before, between, after = ("第 ", " 页，共 ", " 页") if lang == "zh" else ("page ", " of ", "")
    for piece, field in ((before, "PAGE"), (between, "NUMPAGES"), (after, "")):
        sized(footer.add_run(piece), 8.5)
        if field:
            _field(footer, field)
    return document


def _drop_thumbnail(document: Document) -> None:
    """Take away the picture of the library's own template."""
    package = document.part.package
    for key, relation in list(package.rels.items()) if package is not None else ():
        if relation.reltype.endswith("/thumbnail") and package is not None:
            del package.rels[key]


def _font(properties: object, chinese: str, latin: str) -> None:
    """Set the fonts of some run properties: what is Chinese in them takes the one for East Asia."""
    fonts = properties.get_or_add_rFonts()  # type: ignore[attr-defined]
    for script, name in (("ascii", latin), ("hAnsi", latin), ("cs", latin), ("eastAsia", chinese)):
        fonts.set(qn(f"w:{script}"), name)


def _language(properties: object) -> None:
    """Say that what is Chinese is simplified Chinese: its punctuation stands elsewhere in a square than in others."""
    language = OxmlElement("w:lang")
    for script, name in (("val", "en-US"), ("eastAsia", "zh-CN")):
        language.set(qn(f"w:{script}"), name)
    properties.append(language)  # type: ignore[attr-defined]


def sized(stretch: Stretch, size: float, *, bold: bool = False, sans: bool = False, grey: bool = False) -> Stretch:
    """Return a piece of text, which is now of some size, and bold, without serifs or grey where that is wanted."""
    stretch.font.size = Pt(size)
    stretch.font.bold = bold or None
    if sans:
        _font(stretch._element.get_or_add_rPr(), _SANS, "Arial")
    if grey:
        stretch.font.color.rgb = _GREY
    return stretch


def _field(paragraph: Paragraph, name: str) -> None:
    """Add a field that Word works out, such as the number of the page."""
    for kind, text in (("begin", ""), ("", name), ("end", "")):
        stretch = sized(paragraph.add_run(), 8.5)
        element = OxmlElement("w:fldChar" if kind else "w:instrText")
        if kind:
            element.set(qn("w:fldCharType"), kind)
        else:
            element.text = text
        stretch._element.append(element)


def grid(document: Document, columns: Sequence[tuple[str, float]], rows: int) -> list[Sequence[_Cell]]:
    """Add a table and return the cells of its rows, the heading left out, which comes again on every page.

    `columns` are headings and widths in centimetres. No row begins on one page and ends on the next: it is misread.
    """
    table = document.add_table(rows=1 + rows, cols=len(columns))
    table.style = "Table Grid"
    table.alignment = WD_TABLE_ALIGNMENT.CENTER
    table.autofit = False
    _margins(table)
    for column, (_, width) in zip(table.columns, columns, strict=True):
        column.width = Cm(width)
    found: list[Sequence[_Cell]] = []
    for row in table.rows:
        row._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))
        cells = row.cells
        for cell, (_, width) in zip(cells, columns, strict=True):
            cell.width = Cm(width)
        found.append(cells)
    table.rows[0]._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))
    for cell, (title, _) in zip(found[0], columns, strict=True):
        cell.paragraphs[0].alignment = WD_ALIGN_PARAGRAPH.CENTER
        sized(cell.paragraphs[0].add_run(title), 10, bold=True, sans=True)
        _shade(cell)
    return found[1:]


def _margins(table: Table) -> None:
    """Keep what is written off the lines."""
    margins = OxmlElement("w:tblCellMar")
    for side, width in (("top", 45), ("left", 85), ("bottom", 45), ("right", 85)):
        element = OxmlElement(f"w:{side}")
        element.set(qn("w:w"), str(width))
        element.set(qn("w:type"), "dxa")
        margins.append(element)
    look = table._tbl.tblPr.find(qn("w:tblLook"))
    if look is not None:
        look.addprevious(margins)
    else:
        table._tbl.tblPr.append(margins)


def _shade(cell: _Cell) -> None:
    shade = OxmlElement("w:shd")
    for key, value in (("val", "clear"), ("color", "auto"), ("fill", "E7ECF2")):
        shade.set(qn(f"w:{key}"), value)
    cell._tc.get_or_add_tcPr().append(shade)


def choose(paragraph: Paragraph, title: str, tag: str, number: int, options: Sequence[str]) -> None:
    """Add a list to choose from, which shows its first option; it carries a tag, and no slip deletes it."""
    control, properties = OxmlElement("w:sdt"), OxmlElement("w:sdtPr")
    for name, value in (("alias", title), ("tag", tag), ("id", str(number)), ("lock", "sdtLocked")):
        element = OxmlElement(f"w:{name}")
        element.set(qn("w:val"), value)
        properties.append(element)
    choices = OxmlElement("w:dropDownList")
    for said in options:
        item = OxmlElement("w:listItem")
        item.set(qn("w:displayText"), said)
        item.set(qn("w:value"), said)
        choices.append(item)
    properties.append(choices)
    content = OxmlElement("w:sdtContent")
    content.append(sized(paragraph.add_run(options[0]), 9.5, grey=True)._element)
    control.append(properties)
    control.append(content)
    paragraph._p.append(control)
    paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER


def packed(document: Document) -> bytes:
    """Return the file, its parts all of one time: the library writes that of the clock."""
    written, result = io.BytesIO(), io.BytesIO()
    document.save(written)
    with zipfile.ZipFile(written) as source, zipfile.ZipFile(result, "w", zipfile.ZIP_DEFLATED) as target:
        for part in source.infolist():
            entry = zipfile.ZipInfo(part.filename, _EPOCH)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.external_attr = 0o600 << 16
            entry.create_system = 3
            target.writestr(entry, source.read(part.filename))
    return result.getvalue()
