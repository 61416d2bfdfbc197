"""The only place that writes a plan file: the commented beginning of one, for a region and a period."""

from __future__ import annotations

import json

from planlint.fields import ID, Years
from planlint.findings import Text
from planlint.patterns import pattern
from planlint.source import printable

_PLAIN = pattern(r"[^\W\d_](?:[\w“”‘’（）()《》、·—-]| (?=[\w“（《]))*")
"""What YAML reads as it stands, wherever it is written."""
_FIVE_YEARS = {2016: "十三五", 2021: "十四五", 2026: "十五五", 2031: "十六五"}
LONGEST = 200
"""Characters of a region or title."""

_BODY = Text(
    """\
# yaml-language-server: $schema=plan.schema.json
# 上面一行让编辑器边写边提示；先运行一次：planlint schema > plan.schema.json
# 照原文抄录数字，连同“约”“以上”“达到”等字和单位，错的也照抄。以 # 开头的是说明和示例，不会被读取；
# 要用示例，删去行首的“# ”，保留前面的空格。拿不准就加引号：">3.56"、"%"。加了不会错。
planlint: 1
plan:
  id: {id}
  title: {title}
  region: {region}
  # within: [某市, 某省]  # 上级地区，由近到远
  period: {period}
  baseline: {baseline}
  document: {document}
  # status: 征求意见稿

# 指标表：表头写明哪一列是基期值（baseline）、实际数（actual）、目标（target），一行一个指标；at 是在原文第几行。
tables:
  # - id: 表1
  #   columns: {{{baseline}: baseline, {last}: target}}
  #   rows:
  #     - {{indicator: 人均预期寿命, unit: 岁, {baseline}: 79.2, {last}: ≥80, nature: 预期性, at: 101}}
  #     - {{indicator: 孕产妇系统管理率, unit: "%", {baseline}: 95.2, {last}: ≥96, nature: 约束性, at: 102}}

# 正文里的数字：一个数字一行；quote 是能看到这个数字的最短引文。
figures:
  # - {{id: beds, indicator: 医疗卫生机构床位数, year: {baseline}, value: 5200 张, at: 31, quote: 5200 张}}
  # - {{indicator: 孕产妇系统管理率, year: {last}, value: 96%以上, at: 45, quote: 达到96%以上}}

# 规划自己说的关系：合计、比、列举、变化、比较等；各项写数量，或写上面数字的 id。
claims:
  # - {{sum: 医疗卫生机构床位数, whole: beds, parts: [3100 张, 2100 张], at: 31}}
""",
    """\
# yaml-language-server: $schema=plan.schema.json
# The line above lets an editor complete and check; once, run: planlint schema > plan.schema.json
# Copy the figures as they are printed, with their units and words such as 约 and 以上, mistakes included. What begins
# with # explains or shows and is not read; to use an example take the "# " away and keep the blanks before it.
# When in doubt, quote: ">3.56", "%". Quotes never change the meaning.
planlint: 1
plan:
  id: {id}
  title: {title}
  region: {region}
  # within: [某市, 某省]  # the regions above it, nearest first
  period: {period}
  baseline: {baseline}
  document: {document}
  # status: 征求意见稿

# Tables of indicators: what stands below each heading (baseline, actual, target), one row an indicator; `at` is the
# line of the document.
tables:
  # - id: 表1
  #   columns: {{{baseline}: baseline, {last}: target}}
  #   rows:
  #     - {{indicator: 人均预期寿命, unit: 岁, {baseline}: 79.2, {last}: ≥80, nature: 预期性, at: 101}}
  #     - {{indicator: 孕产妇系统管理率, unit: "%", {baseline}: 95.2, {last}: ≥96, nature: 约束性, at: 102}}

# Figures of the body: one line each; `quote` is the shortest fragment that shows the figure.
figures:
  # - {{id: beds, indicator: 医疗卫生机构床位数, year: {baseline}, value: 5200 张, at: 31, quote: 5200 张}}
  # - {{indicator: 孕产妇系统管理率, year: {last}, value: 96%以上, at: 45, quote: 达到96%以上}}

# What the plan itself says of its figures: sums, ratios, lists, changes, comparisons; terms are amounts, or ids.
claims:
  # - {{sum: 医疗卫生机构床位数, whole: beds, parts: [3100 张, 2100 张], at: 31}}
""",
)


class BadHead(ValueError):
    """A region, title or id that no plan can have; `said` tells why."""

    def __init__(self, zh: str, en: str) -> None:
        super().__init__(en)
        self.said = Text(zh, en)


def skeleton(region: str, period: Years, lang: str, *, title: str = "", id_: str = "", document: str = "") -> str:
    """Return the text of a plan file that has its head and no figure yet. Raises BadHead."""
    span = f"{period.first}-{period.last}"
    if id_ and not ID.fullmatch(id_):
        raise BadHead(
            f"“{id_}”不能作代号：用小写英文字母、数字和连字符，字母开头",
            f"'{id_}' is no id: small ASCII letters, digits and hyphens, a letter first",
        )
    where = _written(Text("地区", "region"), region.strip())
    return _BODY.say(lang).format(
        id=id_ or f"plan-{span}",
        title=_written(Text("标题", "title"), title.strip() or _title(region.strip(), period)),
        region=where,
        period=span,
        baseline=period.first - 1,
        last=period.last,
        document=_written(Text("原文文件名", "document"), document or f"{id_ or 'plan'}.txt"),
    )


def _title(region: str, period: Years) -> str:
    """Return what a plan of a region and period is usually called."""
    name = _FIVE_YEARS.get(period.first) if period.last == period.first + 4 else None
    if name is not None:
        return f"{region}“{name}”卫生健康规划"
    return f"{region}卫生健康规划（{period.first}—{period.last}年）"


def _written(what: Text, text: str) -> str:
    """Return a text as a value of YAML. Raises BadHead for one that is empty, too long or not printable."""
    if not text:
        raise BadHead(f"{what.zh}不能空着", f"the {what.en} must not be empty")
    if len(text) > LONGEST or printable(text) != text:
        raise BadHead(
            f"{what.zh}不能有控制字符，最多 {LONGEST} 个字",
            f"the {what.en} must be printable and of at most {LONGEST} characters",
        )
    return text if _PLAIN.fullmatch(text) else json.dumps(text, ensure_ascii=False)
