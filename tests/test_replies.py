"""Filled sheets from strangers: read as Word, LibreOffice or a person leaves them, refused where they are a trap."""

import struct
import zipfile

import pytest

from planlint import replies
from planlint.findings import Finding, Mention, Origin, Severity, Text, Waiver
from planlint.rulings import BadSheet, Reply, Ruling, Sheet, reference, settle, values
from planlint.source import MAX_BYTES, Place, UnreadableSource

MAIN = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
ONE, TWO = "0123456789abcdef", "fedcba9876543210-2"
HEADINGS = ("序号", "意见", "采纳情况", "理由")
HEAD = f"<w:tr>{''.join(f'<w:tc><w:p><w:r><w:t>{t}</w:t></w:r></w:p></w:tc>' for t in HEADINGS)}</w:tr>"
NONE = "o.docx: no row names a finding; this is no opinion sheet of planlint"


def control(reference, said, *, cell=False):
    """A list to choose from, around the paragraph's text, or around the whole cell as Word may write it."""
    text = f"<w:r><w:t>{said}</w:t></w:r>"
    inner = f"<w:tc><w:p>{text}</w:p></w:tc>" if cell else text
    sdt = f'<w:sdt><w:sdtPr><w:tag w:val="planlint:{reference}"/></w:sdtPr><w:sdtContent>{inner}</w:sdtContent></w:sdt>'
    return sdt if cell else f"<w:tc><w:p>{sdt}</w:p></w:tc>"


def row(number, choice, reason, opinion="建议核实"):
    """A row of a sheet."""
    plain = "".join(f"<w:tc><w:p><w:r><w:t>{t}</w:t></w:r></w:p></w:tc>" for t in (number, opinion))
    return f"<w:tr>{plain}{choice}<w:tc>{reason}</w:tc></w:tr>"


def said(text):
    """A paragraph."""
    return f"<w:p><w:r><w:t>{text}</w:t></w:r></w:p>"


def table(*rows):
    """A table with its headings."""
    return f"<w:tbl>{HEAD}{''.join(rows)}</w:tbl>"


def docx(folder, body, *, parts=(), prologue="", name="o.docx"):
    """Write a docx with some body and further parts; return its path."""
    root = f'<w:document xmlns:w="{MAIN}"><w:body>{body}</w:body></w:document>'
    text = f'<?xml version="1.0" encoding="UTF-8"?>{prologue}{root}'
    with zipfile.ZipFile(folder / name, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("word/document.xml", text)
        for part, content in parts:
            package.writestr(part, content)
    return folder / name


@pytest.fixture(autouse=True)
def here(tmp_path, monkeypatch):
    """Messages name files as they were given."""
    monkeypatch.chdir(tmp_path)


def refused(path):
    """Why a sheet is refused."""
    with pytest.raises(BadSheet) as problem:
        replies.read(path.name)
    return str(problem.value)


def test_rows_are_read(tmp_path):
    """Decisions in both languages; what nobody chose is open; reasons over several lines become one."""
    file = docx(
        tmp_path,
        table(
            row("1", control(f"{ONE}/11111111", "采纳"), said("")),
            row("2", control(f"{TWO}/22222222", "Not accepted", cell=True), said("口径") + said("不同")),
        )
        + table(
            row("3", control(f"{ONE}-3/33333333", "部分采纳"), said("只改一处")),
            row("4", control(f"{ONE}-4/44444444", "请选择"), said("")),
            row("", "<w:tc><w:p/></w:tc>", said("另请补充"), "我的意见"),
        ),
    )

    assert replies.read(file) == Sheet(
        (
            Reply(1, ONE, "11111111", Ruling.ACCEPTED, ""),
            Reply(2, TWO, "22222222", Ruling.REJECTED, "口径 不同"),
            Reply(3, f"{ONE}-3", "33333333", Ruling.PARTLY, "只改一处"),
            Reply(4, f"{ONE}-4", "44444444", Ruling.OPEN, ""),
        ),
        (5,),
    )


def test_a_control_that_is_gone_is_made_up_for(tmp_path):
    """The grey reference names the finding, and the cell holds what was typed."""
    typed = row("7", said("不采纳").join(("<w:tc>", "</w:tc>")), said("有据"), f"建议核实 PL101 {ONE}/12345678")

    assert replies.read(docx(tmp_path, table(typed))).replies == (Reply(7, ONE, "12345678", Ruling.REJECTED, "有据"),)


def test_what_is_struck_out_is_no_text(tmp_path):
    """Of tracked changes the new text counts; a moved passage counts where it came to; controls are escaped."""
    reason = (
        "<w:p><w:del><w:r><w:delText>旧</w:delText></w:r></w:del><w:moveFrom><w:r><w:t>移走</w:t></w:r></w:moveFrom>"
        "<w:ins><w:r><w:t>新的理由\u202e</w:t></w:r></w:ins></w:p>"
    )

    (reply,) = replies.read(docx(tmp_path, table(row("1", control(f"{ONE}/11111111", "不采纳"), reason)))).replies
    assert reply.reason == "新的理由\\u{202e}"


def test_a_row_that_is_not_understood_is_named(tmp_path):
    """A decision of one's own, two rows about one finding, a column that was deleted."""
    own = docx(tmp_path, table(row("1", control(f"{ONE}/11111111", "同意"), said(""))))
    assert refused(own) == (
        "o.docx: row 1: '同意' is no decision; one of 采纳 (accepted), 部分采纳 (partly accepted), "
        "不采纳 (not accepted) is expected"
    )
    twice = [row(n, control(f"{ONE}/11111111", said_), said("理由")) for n, said_ in (("1", "采纳"), ("2", "不采纳"))]
    assert refused(docx(tmp_path, table(*twice))) == "o.docx: row 2: row 1 is about the same finding"
    bare = f"<w:tbl>{row('3', control(f'{ONE}/11111111', '采纳'), said(''))}</w:tbl>"
    assert refused(docx(tmp_path, bare)) == (
        "o.docx: row 3: no column “理由” (Reason) or “采纳情况” (Decision) in its table"
    )
    assert refused(docx(tmp_path, said("通知"))) == NONE


def test_what_is_no_docx_is_refused(tmp_path):
    """Other files, other archives, damaged ones, and what is not there."""
    file = tmp_path / "o.docx"
    no = "o.docx: not a Word document (.docx), or a damaged or protected one"
    for content in (b"", b"\xd0\xcf\x11\xe0 a .doc of old", b"PK\x03\x04"):
        file.write_bytes(content)
        assert refused(file) == no
    with zipfile.ZipFile(file, "w") as package:
        package.writestr("content.xml", "<office/>")
    assert refused(file) == "o.docx: not a Word document (.docx)"
    data = bytearray(docx(tmp_path, table(row("1", control(f"{ONE}/11111111", "采纳"), said("")))).read_bytes())
    data[60:70] = b"\0" * 10
    file.write_bytes(bytes(data))
    assert refused(file) == no
    docx(tmp_path, "<w:p>")
    assert refused(file) == "o.docx: damaged: mismatched tag"
    with pytest.raises(UnreadableSource, match=r"missing\.docx: No such file"):
        replies.read("missing.docx")


def test_bombs_are_refused(tmp_path):
    """Too large, unpacking to too much, lying about it, too many parts."""
    much = b"0" * (70 * 1024 * 1024)
    unpacks = "o.docx: unpacks to more than an opinion sheet can hold"
    assert refused(docx(tmp_path, "", parts=[("word/media/a.bin", much)])) == unpacks
    assert refused(docx(tmp_path, "", parts=[(f"p{n}", "") for n in range(2001)])) == unpacks
    file = tmp_path / "o.docx"
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("word/document.xml", much)
    data = bytearray(file.read_bytes())
    # The directory says 100 bytes.
    directory = data.rindex(b"PK\x01\x02")
    data[directory + 24 : directory + 28] = struct.pack("<I", 100)
    file.write_bytes(bytes(data))
    assert refused(file) == "o.docx: not a Word document (.docx), or a damaged or protected one"
    file.write_bytes(b"PK" + b"\0" * MAX_BYTES)
    assert refused(file) == "o.docx: larger than 16 MB"


def test_nothing_is_declared_expanded_or_run(tmp_path):
    """A document type, and so any entity, is refused before it is read; so are macros."""
    laughs = '<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;">]>'
    outside = '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>'
    body = table(row("1", control(f"{ONE}/11111111", "不采纳"), said("&a;")))
    for prologue in (laughs, outside):
        assert refused(docx(tmp_path, body, prologue=prologue)) == (
            "o.docx: holds a document type declaration, which Word never writes"
        )
    assert refused(docx(tmp_path, body)) == "o.docx: damaged: undefined entity"
    macros = docx(tmp_path, table(), parts=[("word/vbaProject.bin", b"\0")])
    assert refused(macros) == "o.docx: holds macros; save it as an ordinary .docx"


def test_nesting_is_no_trouble(tmp_path):
    """Ten thousand tables inside each other neither hang nor break the reader."""
    deep = "<w:tbl><w:tr><w:tc>" * 10_000 + "</w:tc></w:tr></w:tbl>" * 10_000

    assert refused(docx(tmp_path, deep)) == NONE


def finding(fingerprint=ONE, text="44 家", waiver=None):
    """A finding about one figure."""
    mention = Mention("a", "民营医院", "actual", 2020, text, Place("p.yaml", 4, 1), Origin("p.txt", (4,), ""))
    said_ = Text("不符", "differs")
    return Finding("PL501", "x", Severity.ERROR, "p", mention.place, said_, (mention,), (), fingerprint, None, waiver)


def test_what_follows_from_a_sheet():
    """Only what is not accepted is kept, and only where the finding is still the one that was decided about."""
    waiver = Waiver("PL501", "p", "c" * 16, (), (), "r", "b", "", "", Place("w", 1, 1))
    now = [finding(), finding("b" * 16), finding("c" * 16, waiver=waiver)]
    rows = (
        Reply(1, ONE, values(now[0]), Ruling.REJECTED, "口径不同"),
        Reply(2, "a" * 16, "00000000", Ruling.REJECTED, "口径不同"),
        Reply(3, "b" * 16, "00000000", Ruling.REJECTED, "口径不同"),
        Reply(4, "c" * 16, values(now[2]), Ruling.REJECTED, "口径不同"),
        Reply(5, "d" * 16, "", Ruling.PARTLY, ""),
        Reply(6, "e" * 16, "", Ruling.OPEN, ""),
    )

    settlement = settle(Sheet(rows, (7,)), now)

    assert settlement.kept == ((rows[0], now[0]),)
    assert settlement.remarks == (
        Text("第 7 行：没有指明意见，略过", "row 7: names no finding and is left out"),
        Text(f"第 2 行：意见 {'a' * 16} 已消除", f"row 2: the finding {'a' * 16} is no longer found"),
        Text(
            "第 3 行：PL501 所涉数字已改，须重新决定",
            "row 3: PL501 is about other figures by now, and is to be decided anew",
        ),
        Text(f"第 4 行：PL501 {'c' * 16} 已豁免", f"row 4: PL501 {'c' * 16} is waived already"),
    )


def test_a_reference_changes_with_what_is_printed():
    """Blanks do not count, digits do."""
    assert reference(finding()) == f"{ONE}/{values(finding())}"
    assert values(finding(text="44家")) == values(finding())
    assert values(finding(text="45 家")) != values(finding())


def test_a_reason_is_needed():
    """The row is named."""
    with pytest.raises(BadSheet, match=r"^row 3: 不采纳 \(not accepted\), but no reason is given$"):
        settle(Sheet((Reply(3, ONE, "", Ruling.REJECTED, ""),), ()), [finding()])
