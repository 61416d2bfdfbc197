"""The opinion sheet: what a review meeting needs, and the way back to waivers."""

import io
import json
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest
from click.testing import CliRunner

from planlint.api import Judge, inspect
from planlint.cli import cli
from planlint.findings import Waiver
from planlint.policy import Policy
from planlint.report import formats
from planlint.report.formats import Run
from planlint.rulings import reference
from planlint.source import Place, Source

docx = pytest.importorskip("docx")
qn = pytest.importorskip("docx.oxml.ns").qn

PLANS = Path(__file__).parent.parent / "plans"
PLAN = """\
planlint: 1
plan: {id: p, title: 某县“十四五”规划, region: 某县, period: 2021-2025, baseline: 2020, document: p.txt}
tables:
  - id: 表1
    columns: {2020: baseline, 2025: target}
    rows:
      - {indicator: 孕产妇系统管理率, unit: "%", 2020: 96.81, 2025: ≥90, at: 358}
claims:
  - {id: private, sum: 民营医院, whole: 44 家, parts: [29 家, 14 家], at: 191, quote: 民营医院44家}
"""
HEADINGS = {
    "zh": ["序号", "位置", "意见", "依据", "严重程度", "采纳情况", "理由"],
    "en": ["No.", "Place", "Opinion", "Evidence", "Severity", "Decision", "Reason"],
}


@pytest.fixture(scope="module")
def judge():
    """The built-in rules."""
    return Judge(remember=False)


def sheet(judge, text=PLAN, lang="zh", policy=None):
    """The bytes of a sheet, and the findings in it."""
    sources = (Source("p.yaml", text),)
    report = inspect(sources, judge, policy=policy) if policy else inspect(sources, judge)
    return formats.render("docx", report, Run(lang, sources, judge)), report.findings


def opened(data):
    """A sheet as python-docx reads it."""
    return docx.Document(io.BytesIO(data))


def texts(row):
    """What stands in the cells of a row, the text of controls included."""
    return [
        "\n".join("".join(t.text or "" for t in p.iter(qn("w:t"))) for p in cell._tc.iter(qn("w:p")))
        for cell in row.cells
    ]


def test_a_row_says_where_what_why_and_how_bad(judge):
    """In Chinese, in the register of a panel."""
    data, findings = sheet(judge)
    document = opened(data)
    rows = [texts(row) for row in document.tables[0].rows]

    assert [paragraph.text for paragraph in document.paragraphs] == [
        "某县“十四五”规划\n规划数字核查意见表",
        "地区：某县　　规划期：2021–2025　　原文：p.txt　　评审人：＿＿＿＿＿＿　　日期：＿＿＿＿＿＿",
        "填写说明：在“采纳情况”中选择；部分采纳、不采纳的，请在“理由”中写明。请勿改动灰色的编号。",
    ]
    assert rows == [
        HEADINGS["zh"],
        [
            "1",
            "第 358 行 孕产妇系统管理率，2020年：“96.81%”\n第 358 行 孕产妇系统管理率，2025年：“≥90%”",
            "建议核实目标值：“孕产妇系统管理率”2025年目标 ≥90%，比2020年基期 96.81% 还低，差 6.81 个百分点。",
            "目标不得比已经达到的差\n"
            "90 < 96.81（96.81% 按四舍五入在 [96.805, 96.815] 之内），差 6.81 个百分点；该指标越高越好\n"
            f"PL101  {reference(findings[0])}",
            "错误",
            "请选择",
            "",
        ],
        [
            "2",
            "第 191 行 民营医院：“民营医院44家”",
            "建议核对总数、分项和列举：“民营医院”合计印作 44 家，2 项相加是 43 家，差 1 家。",
            "总数 = 各项之和\n29 家 + 14 家 = 43 家\n这 3 个数不能都对，去掉任何一个就不矛盾\n"
            f"PL501  {reference(findings[1])}",
            "错误",
            "请选择",
            "",
        ],
    ]


def test_the_same_in_english(judge):
    """Headings, opinions and choices."""
    document = opened(sheet(judge, lang="en")[0])
    rows = [texts(row) for row in document.tables[0].rows]

    assert rows[0] == HEADINGS["en"]
    assert rows[2][1:3] == [
        "line 191 民营医院: “民营医院44家”",
        "Please check totals, parts and lists: “民营医院” is printed 44 家 in all, but its 2 parts add up to 43 家, "
        "a gap of 1 家.",
    ]
    assert [i.get(qn("w:value")) for i in next(document.element.iter(qn("w:dropDownList")))] == [
        "choose",
        "accepted",
        "partly accepted",
        "not accepted",
    ]


def test_the_page_is_made_for_a_meeting(judge):
    """Landscape A4, a heading on every page, whole rows, fonts for both scripts, numbered pages, a locked choice."""
    data, findings = sheet(judge)
    document = opened(data)
    section, table = document.sections[0], document.tables[0]
    fonts = document.styles["Normal"].element.rPr.rFonts
    controls = list(document.element.iter(qn("w:sdtPr")))

    assert [round(length.cm, 1) for length in (section.page_width, section.page_height)] == [29.7, 21.0]
    assert [row._tr.trPr.find(qn("w:tblHeader")) is not None for row in table.rows] == [True, False, False]
    assert [row._tr.trPr.find(qn("w:cantSplit")) is not None for row in table.rows] == [True, True, True]
    assert sum(column.width.cm for column in table.columns) == pytest.approx(26.7, abs=0.05)
    assert [fonts.get(qn(f"w:{script}")) for script in ("ascii", "eastAsia")] == ["Times New Roman", "宋体"]
    assert [e.text for e in section.footer._element.iter(qn("w:instrText"))] == ["PAGE", "NUMPAGES"]
    assert [c.find(qn("w:tag")).get(qn("w:val")) for c in controls] == [f"planlint:{reference(f)}" for f in findings]
    assert all(len(c.find(qn("w:tag")).get(qn("w:val"))) <= 64 for c in controls)
    assert [c.find(qn("w:lock")).get(qn("w:val")) for c in controls] == ["sdtLocked", "sdtLocked"]


def test_the_same_report_gives_the_same_bytes(judge):
    """No time, no author, no picture of the library's template."""
    data, _ = sheet(judge)
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        core = package.read("docProps/core.xml").decode()

        assert {entry.date_time for entry in package.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        assert [name for name in package.namelist() if "thumbnail" in name] == []
    assert [word for word in ("2013", "dcterms:created", "python-docx") if word in core] == []
    assert sheet(judge)[0] == data


def test_no_order_of_python_shows(tmp_path):
    """Two seeds of hashing give the same sheet and the same page."""
    written = []
    for seed in ("0", "1"):
        file = tmp_path / f"{seed}.docx"
        page = tmp_path / f"{seed}.html"
        outputs = ("--output", f"docx:{file}", "--output", f"html:{page}")
        command = [sys.executable, "-m", "planlint", "check", str(PLANS / "anning.yaml"), *outputs]
        env = {"PYTHONHASHSEED": seed, "PYTHONPATH": str(PLANS.parent), "PLANLINT_CACHE_DIR": str(tmp_path / "cache")}
        subprocess.run(command, env=env, capture_output=True, check=False)
        written.append((file.read_bytes(), page.read_bytes()))

    assert written[0] == written[1]


def test_what_is_printed_alike_is_told_once(judge):
    """With all its lines; what a baseline holds is counted."""
    figures = "figures:\n" + "".join(
        f"  - {{indicator: 常住人口, year: 2020, value: {value}, at: {line}}}\n"
        for value, line in (("50 万人", 7), ("50万人", 9), ("51 万人", 8))
    )
    sources = (Source("p.yaml", "\n".join(PLAN.splitlines()[:2]) + "\n" + figures),)
    report = inspect(sources, judge)
    report.tally.known = 3
    document = opened(formats.render("docx", report, Run("zh", sources, judge)))

    assert texts(document.tables[0].rows[1])[1] == (
        "第 7, 9 行 常住人口，2020年：“50 万人”\n第 8 行 常住人口，2020年：“51 万人”"
    )
    assert document.paragraphs[-1].text == "另有 3 条意见在基线中，未列入。"


def test_what_a_plan_says_is_text(judge):
    """Marks of XML, control and bidirectional characters are shown; nothing becomes an element."""
    hostile = PLAN.replace("民营医院44家", "'<w:p>44家]]>\u202e&amp;'")
    rows = [texts(row) for row in opened(sheet(judge, hostile)[0]).tables[0].rows]

    assert rows[2][1] == "第 191 行 民营医院：“<w:p>44家]]>\\u{202e}&amp;”"


def test_waived_findings_are_counted_and_left_out(judge):
    """What was accepted before is not decided again; a sheet without rows says so."""
    _, findings = sheet(judge)
    waivers = tuple(
        Waiver(
            f.rule,
            "p",
            f.fingerprint,
            (),
            tuple(sorted((m.id, m.printed) for m in f.mentions)),
            "理由充分",
            "组",
            "",
            "",
            Place("w", 1, 1),
        )
        for f in findings
    )
    one = opened(sheet(judge, policy=Policy("2026-01-01", waivers[1:]))[0])
    none = opened(sheet(judge, policy=Policy("2026-01-01", waivers))[0])
    quiet = opened(sheet(judge, "\n".join(PLAN.splitlines()[:2]) + "\n")[0])

    assert [len(table.rows) for table in one.tables] == [2]
    assert one.paragraphs[2].text.startswith("另有 1 条意见此前已同意保留，未列入本表。填写说明：")
    assert (len(none.tables), none.paragraphs[2].text) == (0, "没有意见。另有 2 条意见此前已同意保留，未列入本表。")
    assert (len(quiet.tables), quiet.paragraphs[2].text) == (0, "没有意见。")


def fill(file, decisions):
    """Fill a sheet in as a person does in Word: choose from the list, write into the last column."""
    document = docx.Document(file)
    rows = [row for table in document.tables for row in table.rows[1:]]
    for row, (said, reason) in zip(rows, decisions, strict=True):
        control = next(row._tr.iter(qn("w:sdt")))
        next(control.iter(qn("w:t"))).text = said
        row.cells[-1].text = reason
    document.save(file)


@pytest.fixture
def folder(tmp_path, monkeypatch):
    """A folder with a plan and its sheet."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "p.yaml").write_text(PLAN, encoding="utf-8")
    assert run("check", "p.yaml", "--lang", "zh", "--output", "docx:o.docx")[0] == 1
    return tmp_path


def run(*words):
    """Exit status, standard output and standard error of a command."""
    result = CliRunner().invoke(cli, words)
    return result.exit_code, result.stdout, result.stderr


def test_there_and_back(folder):
    """check, fill in, waive, check: what the panel keeps is waived with its reason, the rest stands."""
    fill("o.docx", [("采纳", ""), ("不采纳", "合计含一家\n筹建医院")])
    findings = json.loads(run("check", "p.yaml", "--format", "json")[1])["findings"]

    told = run("waive", "--from", "o.docx", "p.yaml", "--by", "评审组")
    after = json.loads(run("check", "p.yaml", "--format", "json", "--waivers", "planlint-waivers.yaml")[1])["findings"]

    assert told == (
        0,
        f"planlint-waivers.yaml: PL501 {findings[1]['fingerprint']} waived\n"
        "1 accepted, 0 partly accepted, 1 not accepted, 0 left open\n",
        "planlint: a check reads it with --waivers planlint-waivers.yaml, or as waivers in planlint.toml\n",
    )
    assert [(f["rule"], f["waived"]) for f in after] == [("PL101", None), ("PL501", "合计含一家 筹建医院")]
    assert after[1]["waiver"]["by"] == "评审组"


def test_a_row_without_a_reason_stops_everything(folder):
    """The row is named, nothing is written, the status is 2."""
    fill("o.docx", [("不采纳", "口径不同"), ("不采纳", " ")])
    empty = run("waive", "--from", "o.docx", "--by", "评审组")
    fill("o.docx", [("不采纳", "口径不同"), ("不采纳", "待定")])
    unfinished = run("waive", "--from", "o.docx", "--by", "评审组")

    assert empty == (2, "", "Error: o.docx: row 2: 不采纳 (not accepted), but no reason is given\n")
    assert unfinished == (2, "", "Error: o.docx: row 2: 不采纳 (not accepted), but '待定' is no reason\n")
    assert not (folder / "planlint-waivers.yaml").exists()


def test_figures_that_changed_since_are_decided_anew(folder):
    """A panel that kept 44 has not kept 45; nothing is written for that row."""
    fill("o.docx", [("部分采纳", ""), ("不采纳", "合计含一家筹建医院")])
    (folder / "p.yaml").write_text(PLAN.replace("whole: 44", "whole: 45"), encoding="utf-8")

    assert run("waive", "--from", "o.docx", "--by", "评审组") == (
        0,
        "0 accepted, 1 partly accepted, 1 not accepted, 0 left open\n",
        "planlint: o.docx: row 2: PL501 is about other figures by now, and is to be decided anew\n",
    )
    assert not (folder / "planlint-waivers.yaml").exists()


def test_options_that_contradict_each_other(folder):
    """A sheet gives its own reasons; without one, a finding and a reason must be named."""
    usage = "Usage: cli waive [OPTIONS] FINGERPRINT|--from FILE [PATHS]...\nTry 'cli waive --help' for help.\n\nError: "

    assert run("waive", "--from", "o.docx", "--by", "组", "--reason", "因为") == (
        2,
        "",
        f"{usage}--reason goes with a fingerprint; a sheet gives the reason of each row\n",
    )
    assert run("waive", "--by", "组", "--reason", "因为") == (
        2,
        "",
        f"{usage}name a finding by its fingerprint, or a filled opinion sheet with --from\n",
    )
    assert run("waive", "--from", "p.yaml", "--by", "组") == (
        2,
        "",
        "Error: p.yaml: not a Word document (.docx), or a damaged or protected one\n",
    )


def test_without_the_library_one_sentence_says_how_to_get_it(folder, monkeypatch):
    """The extra is named, the status is 2, and other reports of the run are written."""
    for name in [name for name in sys.modules if name.split(".")[0] == "docx" or name.startswith("planlint.report.op")]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.delitem(sys.modules, "planlint.report.wordfile", raising=False)
    monkeypatch.setitem(sys.modules, "docx", None)
    code, _, told = run("check", "p.yaml", "--output", "docx:other.docx", "--output", "html:o.html")

    assert (code, told) == (2, "planlint: docx needs docx: pip install 'planlint[docx]'\n")
    assert not (folder / "other.docx").exists()
    assert (folder / "o.html").exists()
