"""The HTML report: complete in itself, deaf to what a plan smuggles in, and readable by everybody."""

import base64
import hashlib
import re
import sys
from html.parser import HTMLParser
from pathlib import Path

import pytest

from planlint.api import Judge, inspect
from planlint.findings import Waiver
from planlint.policy import Policy
from planlint.report import html
from planlint.report.formats import Run
from planlint.source import Place, Source

sys.path.insert(0, str(Path(__file__).parent.parent / "benchmarks"))

import consistent

ROOT = Path(__file__).parent.parent
ASSETS = ROOT / "planlint" / "report" / "assets"
VOID = {"meta", "input", "br"}
PLAN = """\
planlint: 1
plan: {id: p, title: 某县“十四五”规划, region: 某县, period: 2021-2025, baseline: 2020, document: p.txt}
tables:
  - id: 表1
    columns: {2020: baseline, 2025: target}
    rows:
      - {indicator: 孕产妇系统管理率, unit: "%", 2020: 96.81, 2025: ≥90, at: 358}
figures:
  - {indicator: 每千常住人口注册护士数, year: 2020, value: 3.5 人, at: 20, quote: 达到 3.5 人}
  - {indicator: 每千常住人口注册护士数, year: 2020, value: 3.9 人, at: 21, quote: 每千人 3.9 人}
claims:
  - {id: private, sum: 民营医院, whole: 44 家, parts: [29 家, 14 家], at: 191}
"""
HOSTILE = "</style><script>alert(1)</script><img src=https://example.org/x onerror=alert(1)>\u202e"


@pytest.fixture(scope="module")
def judge():
    """The built-in rules."""
    return Judge(remember=False)


def page(judge, *texts, lang="zh", policy=None, verbose=False):
    """The report about some texts."""
    sources = tuple(Source(f"p{number}.yaml", text) for number, text in enumerate(texts, 1))
    report = inspect(sources, judge, policy=policy) if policy else inspect(sources, judge)
    return html.render(report, Run(lang, sources, judge, verbose=verbose)).decode()


class Tree(HTMLParser):
    """Elements with their attributes and texts; refuses what is not nested properly."""

    def __init__(self, content):
        super().__init__()
        self.open, self.found, self.texts = [], [], []
        self.feed(content)
        self.close()
        assert self.open == []

    def handle_starttag(self, tag, attrs):
        names = [name for name, _ in attrs]
        assert len(names) == len(set(names)), (tag, names)
        self.found.append((tag, dict(attrs)))
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag):
        assert self.open.pop() == tag

    def handle_data(self, data):
        self.texts.append((tuple(self.open[-2:]), data))

    def all(self, tag, **wanted):
        """The attributes of the elements of a name that have these."""
        return [a for t, a in self.found if t == tag and all(a.get(k) == v for k, v in wanted.items())]

    def said(self, *ends):
        """The texts directly inside an element, joined for each piece."""
        return [text for path, text in self.texts if path[-len(ends) :] == ends]


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_every_anchor_leads_somewhere(judge, lang):
    """Identities are unique, links lead to them, labels name what is there; the language is declared."""
    tree = Tree(page(judge, PLAN, PLAN.replace("id: p,", "id: q,"), lang=lang))
    ids = [a["id"] for _, a in tree.found if "id" in a]
    links = [a["href"] for a in tree.all("a")]

    assert len(ids) == len(set(ids))
    assert links
    assert {link[1:] for link in links if link[0] == "#"} <= set(ids)
    assert [link for link in links if link[0] != "#"] == []
    assert {a["aria-labelledby"] for _, a in tree.found if "aria-labelledby" in a} <= set(ids)
    assert tree.all("html") == [{"lang": "zh-CN" if lang == "zh" else "en"}]
    assert [len(tree.all(tag)) for tag in ("main", "header", "footer", "h1")] == [1, 3, 1, 1]
    assert all(a.get("aria-label") for a in tree.all("svg") if a.get("role") == "img")
    assert [a for a in tree.all("svg") if a.get("role") != "img" and a.get("aria-hidden") != "true"] == []


def test_each_finding_is_told_with_its_argument(judge):
    """Message, places with marked quotes, formula, arithmetic and links to the other finding about a place."""
    content = page(judge, PLAN)
    tree = Tree(content)
    articles = [(a["data-severity"], a["data-family"], a["aria-label"]) for a in tree.all("article")]

    assert articles == [
        ("error", "PL1", "PL101, 错误"),
        ("error", "PL4", "PL401, 错误"),
        ("error", "PL5", "PL501, 错误"),
    ]
    assert '<span class="quote" lang="zh-CN">达到 <mark>3.5 人</mark></span>' in content
    assert '<span class="quote" lang="zh-CN">每千人 <mark>3.9 人</mark></span>' in content
    assert "总数 = 各项之和" in tree.said("p")
    assert '<ul class="steps"><li>29 家 + 14 家 = 43 家</li></ul>' in content


def test_a_target_behind_its_baseline_is_seen_without_colour(judge):
    """A cross, a hatching, a thick line and words tell it; progress has none of them."""
    worse = page(judge, PLAN)
    better = page(judge, PLAN.replace("≥90", "≥98"))

    for sign in ('class="cross"', 'class="lost"', 'class="way worse"', "目标比已达到的还差："):
        assert sign in worse
        assert sign not in better
    label = 'aria-label="孕产妇系统管理率：2020年 96.81%；2025年目标 ≥90%"'
    assert label in worse


def test_what_contradicts_is_drawn(judge):
    """Intervals stand on one scale, with their ends in digits."""
    content = page(judge, PLAN)

    assert "<figcaption>各处的值（人）</figcaption>" in content
    assert [said for said in ("[3.45, 3.55]", "[3.85, 3.95]") if said not in content] == []


def test_nothing_is_loaded_and_only_ours_runs(judge):
    """The policy names the hashes of the one style and the one script; no element loads anything."""
    tree = Tree(page(judge, PLAN))
    (policy,) = [a["content"] for a in tree.all("meta") if a.get("http-equiv") == "Content-Security-Policy"]
    hashes = {
        name: base64.b64encode(hashlib.sha256("".join(tree.said(tag)).encode()).digest()).decode()
        for name, tag in (("style", "style"), ("script", "script"))
    }

    assert policy == (
        f"default-src 'none'; style-src 'sha256-{hashes['style']}'; script-src 'sha256-{hashes['script']}'; "
        "base-uri 'none'; form-action 'none'"
    )
    assert [(tag, a) for tag, a in tree.found if {"src", "style", "onclick", "action"} & set(a)] == []
    assert {tag for tag, _ in tree.found} & {"link", "iframe", "object", "embed", "base", "img", "use"} == set()
    assert len(tree.all("script")) == len(tree.all("style")) == 1
    assert (
        re.findall(r"https?:|url\((?!#)|@import", (ASSETS / "page.css").read_text() + (ASSETS / "page.js").read_text())
        == []
    )


def test_what_a_plan_says_is_text(judge):
    """Neither elements nor controls get through, from any of the places where a plan puts text."""
    hostile = HOSTILE.replace('"', "")
    text = PLAN.replace("某县“十四五”规划", f"'{hostile}'").replace("region: 某县", f"region: '{hostile}'")
    text = text.replace("sum: 民营医院", f"sum: '民营{hostile}'").replace(
        "quote: 达到 3.5 人", f"quote: '{hostile} 3.5 人'"
    )
    text = text.replace("id: 表1", f"id: '{hostile}'").replace("document: p.txt", f"document: '{hostile}'")
    content = page(judge, text, verbose=True)
    tree = Tree(content)

    assert len(tree.all("script")) == 1
    assert tree.all("img") == []
    assert "\u202e" not in content
    assert "\\u{202e}" in content
    assert content.count("&lt;script&gt;alert(1)") >= 4


def test_waived_findings_stand_apart_with_their_reason(judge):
    """They are counted as waived, and neither among the others nor lost."""
    report = inspect([Source("p1.yaml", PLAN)], judge)
    sum_ = next(finding for finding in report.findings if finding.rule == "PL501")
    values = tuple(sorted((mention.id, mention.printed) for mention in sum_.mentions))
    waiver = Waiver(
        "PL501", "p", sum_.fingerprint, (), values, "含一家<筹建>医院", "规划处", "2099-12-31", "", Place("w", 1, 1)
    )
    content = page(judge, PLAN, policy=Policy("2026-01-01", (waiver,)))
    before, after = content.split('<h3 id="c1-waived">已豁免</h3>')

    assert f'id="f-{sum_.fingerprint}"' not in before
    assert f'id="f-{sum_.fingerprint}"' in after
    assert (
        '<p class="reason">豁免理由：<span lang="zh-CN" class="quote">含一家&lt;筹建&gt;医院</span>'
        '；同意人：<span lang="zh-CN">规划处</span>；有效至 2099-12-31</p>'
    ) in after


def test_a_plan_that_cannot_be_read_has_its_findings_all_the_same(judge):
    """Files that are no plans, and files that are not there, are told; a run without findings says so."""
    assert 'aria-label="PL014, 错误"' in page(judge, "planlint: 1\nplan: 3\n")
    report = inspect(["missing.yaml"], judge)
    assert "missing.yaml: No such file" in html.render(report, Run("en", ("missing.yaml",), judge)).decode()
    assert "没有意见。" in page(
        judge,
        "\n".join(PLAN.splitlines()[:2]) + "\nfigures: [{indicator: 常住人口, year: 2020, value: 50 万人, at: 3}]\n",
    )


def test_a_thousand_figures_take_less_than_a_megabyte(judge):
    """Generated plans, which are all course and coverage, and the real ones, which are full of findings."""
    generated = tuple(Source(f"g{number}.yaml", consistent.plan(number)) for number in range(12))
    real = tuple(
        Source(f"plans/{path.name}", path.read_text(encoding="utf-8"))
        for path in sorted((ROOT / "plans").glob("*.yaml"))
    )
    sizes = {}
    for name, sources in (("generated", generated), ("real", real)):
        report = inspect(sources, judge)
        size = len(html.render(report, Run("zh", sources, judge)))
        sizes[name] = size * 1000 // report.tally.figures

    assert {name: size for name, size in sizes.items() if size > 1_000_000} == {}


def palette(css, start):
    """The colours that a block of the style sheet names."""
    block = css[css.index(start) :]
    return dict(re.findall(r"--([a-z-]+): (#[0-9a-f]{6});", block[: block.index("color-scheme")]))


def contrast(one, other):
    """The contrast of two colours as WCAG 2 defines it."""

    def luminance(colour):
        parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
        red, green, blue = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
        return 0.2126 * red + 0.7152 * green + 0.0722 * blue

    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("start", [":root {", "@media (prefers-color-scheme: dark)", "@media print"])
def test_colours_have_contrast(start):
    """Text has 4.5 to 1 on every ground it stands on, lines and shapes have 3 to 1 (WCAG AA)."""
    css = (ASSETS / "page.css").read_text(encoding="utf-8")
    colours = palette(css, ":root {") | palette(css, start)
    texts = [
        (ink, ground) for ink in ("ink", "soft", "link", "error", "warning", "info") for ground in ("sheet", "page")
    ]
    texts += [
        ("ink", "mark"),
        ("ink", "info-ground"),
        ("soft", "info-ground"),
        ("link", "info-ground"),
        ("error", "info-ground"),
    ]
    shapes = [(shape, "sheet") for shape in ("reached", "goal", "worse", "checked", "repeated", "loose", "unseen")]

    assert [pair for pair in texts if contrast(colours[pair[0]], colours[pair[1]]) < 4.5] == []
    assert [pair for pair in shapes if contrast(colours[pair[0]], colours[pair[1]]) < 3] == []
