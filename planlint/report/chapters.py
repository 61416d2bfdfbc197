"""A plan as a chapter of the HTML report: findings, waived ones, courses of indicators, coverage, and cited places."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from planlint.argument import Argument
from planlint.courses import Course, Goal, Reached
from planlint.coverage import Count, Coverage, State
from planlint.dossier import Dossier
from planlint.findings import Finding, Mention, Text, Undecided
from planlint.report import charts, covering, words
from planlint.report.articles import Index, anchor, article, quoted
from planlint.report.markup import Markup, join, tag

BETTER = {"higher": Text("越高越好", "higher is better"), "lower": Text("越低越好", "lower is better")}


def chapter(
    number: int,
    file: str,
    dossier: Dossier | None,
    findings: Sequence[Finding],
    undecided: Sequence[Undecided],
    lang: str,
) -> Markup:
    """Return everything about one plan. `dossier` is None where it cannot be read."""
    told = {a.finding.fingerprint: a for a in dossier.arguments} if dossier is not None else {}
    index = _index(number, findings)
    stand = [f for f in findings if f.waived is None]
    waived = [f for f in findings if f.waived is not None]
    title = f"c{number}-title"
    parts = [_title(title, file, dossier, lang)]
    parts.extend(_section(number, "findings", Text("意见", "Findings"), _articles(stand, told, index, lang), lang))
    if not stand:
        parts.append(tag("p", Text("没有意见。", "No finding.").say(lang)))
    parts.extend(_section(number, "waived", Text("已豁免", "Waived"), _articles(waived, told, index, lang), lang))
    if dossier is not None:
        drawn = [_course(course, index, findings, lang) for course in dossier.courses]
        legend = tag("p", _LEGEND.say(lang), class_="legend")
        body = [legend, tag("div", *drawn, class_="cards")] if drawn else []
        parts.extend(_section(number, "courses", Text("从现状到目标", "From baseline to target"), body, lang))
        covered = list(_coverage(dossier.coverage, lang))
        parts.extend(
            _section(number, "coverage", Text("哪些数字核对得到", "Which figures can be checked"), covered, lang)
        )
    places = _places(index, file, lang)
    parts.extend(_section(number, "places", Text("引用之处", "Places cited"), places, lang))
    parts.extend(_section(number, "open", words.OPEN, _open(undecided, lang), lang))
    return tag("section", *parts, class_="plan", id=f"c{number}", aria_labelledby=title)


def _title(anchor_: str, file: str, dossier: Dossier | None, lang: str) -> Markup:
    if dossier is None:
        return tag("header", tag("h2", file, id=anchor_), tag("p", Text("读不出规划", "no readable plan").say(lang)))
    heading = dossier.heading
    facts = (
        (Text("地区", "Region"), heading.region),
        (Text("规划期", "Period"), heading.period.replace("-", "–")),
        (Text("基期", "Base year"), str(heading.baseline)),
        (Text("原文", "Document"), heading.document),
        (Text("规划文件", "Plan file"), file),
    )
    rows = (tag("div", tag("dt", name.say(lang)), tag("dd", said)) for name, said in facts)
    return tag("header", tag("h2", heading.title, id=anchor_, lang="zh-CN"), tag("dl", *rows, class_="facts"))


def _section(number: int, name: str, title: Text, body: Sequence[str], lang: str) -> Iterator[Markup]:
    """Yield a part of a chapter; one with nothing in it is left out."""
    if body:
        said = f"c{number}-{name}"
        yield tag("section", tag("h3", title.say(lang), id=said), *body, class_=name, aria_labelledby=said)


def _articles(findings: Iterable[Finding], told: dict[str, Argument], index: Index, lang: str) -> list[Markup]:
    return [article(finding, told.get(finding.fingerprint), index, lang) for finding in findings]


def _index(number: int, findings: Iterable[Finding]) -> Index:
    """Return the anchors of what a chapter cites, in the order of the file."""
    cited: dict[Mention, list[Finding]] = {}
    for finding in findings:
        for mention in dict.fromkeys(finding.mentions):
            cited.setdefault(mention, []).append(finding)
    ordered = sorted(cited, key=lambda mention: (mention.place, mention.id))
    return Index({mention: f"c{number}-p{n}" for n, mention in enumerate(ordered, 1)}, cited)


def _places(index: Index, file: str, lang: str) -> list[Markup]:
    """Return every place that a finding cites, with links to those findings."""
    if not index.places:
        return []
    head = (Text("所在之处", "place"), Text("印的是", "what is printed"), Text("意见", "findings"))
    rows = [
        tag(
            "tr",
            tag("td", *_both(mention, file, lang)),
            tag("td", tag("span", _about(mention), lang="zh-CN"), " ", quoted(mention)),
            tag("td", join((_link(f) for f in index.findings[mention]), " "), class_="links"),
            id=name,
        )
        for mention, name in index.places.items()
    ]
    return [_table([title.say(lang) for title in head], rows, Text("引用之处", "places cited").say(lang))]


def _both(mention: Mention, file: str, lang: str) -> Iterator[str]:
    """Yield where a figure stands in its document, and in its plan file, which is named where it is another one."""
    line, column = mention.place.line, mention.place.column
    if mention.origin.lines:
        yield words.origin(mention, lang)
    other = "" if mention.place.file == file else f" {mention.place.file}"
    yield tag("small", Text(f"规划文件{other} {line}:{column}", f"plan file{other} {line}:{column}").say(lang))


def _about(mention: Mention) -> str:
    year = "" if mention.year is None else f" {mention.year}"
    return f"{mention.indicator}{year}"


def _link(finding: Finding) -> Markup:
    return tag("a", finding.rule, href=f"#{anchor(finding)}")


def _table(head: Sequence[str], rows: Sequence[Markup], label: str) -> Markup:
    """Return a table that scrolls by itself where the page is narrow."""
    cells = (tag("th", title, scope="col") for title in head)
    table = tag("table", tag("thead", tag("tr", *cells)), tag("tbody", *rows))
    return tag("div", table, class_="scroll", role="region", aria_label=label, tabindex="0")


_LEGEND = Text(
    "● 已达到　▲ 至少　▼ 至多　◆ 目标未写明上下限。粗线、斜线底纹和 × 表示目标比已达到的还差。",
    "● reached, ▲ at least, ▼ at most, ◆ a target without a bound. A thick line, hatching and × show that the target "
    "is worse than what was reached.",
)


def _course(course: Course, index: Index, findings: Iterable[Finding], lang: str) -> Markup:
    said = [_said(mark, lang) for mark in course.reached] + [_aim(goal, lang) for goal in course.goals]
    name = course.name
    label = f"{name}{Text('：', ': ').say(lang)}{Text('；', '; ').say(lang).join(said)}"
    better = BETTER.get(course.polarity)
    behind = dict.fromkeys(one for goal in course.goals for one in goal.behind)
    rules = {f.fingerprint: f for f in findings}
    parts = [
        tag("h4", tag("span", name, lang="zh-CN"), tag("small", better.say(lang)) if better is not None else ""),
        charts.course(course, label),
        tag("p", Text("；", "; ").say(lang).join(said), class_="words"),
    ]
    if behind:
        links = join((_link(rules[one]) for one in behind if one in rules), " ")
        worse = Text("目标比已达到的还差：", "The target is worse than what was reached: ").say(lang)
        parts.append(tag("p", tag("b", worse), links, class_="verdict"))
    return tag("div", *parts, class_="card behind" if behind else "card")


def _said(mark: Reached, lang: str) -> str:
    text = mark.mentions[0].text
    return Text(f"{mark.year}年 {text}", f"{mark.year}: {text}").say(lang)


def _aim(goal: Goal, lang: str) -> str:
    text = goal.mentions[0].text
    return Text(f"{goal.year}年目标 {text}", f"target for {goal.year}: {text}").say(lang)


def _coverage(coverage: Coverage, lang: str) -> Iterator[Markup]:
    yield tag("p", covering.summary(coverage, lang))
    yield charts.key((state, word.say(lang)) for state, word in covering.STATES.items())
    head = [Text("部分", "part"), Text("数字", "figures"), Text("构成", "shares"), *covering.STATES.values()]
    parts = [_part(part, part.where or Text("正文", "body").say(lang), lang) for part in coverage.parts]
    rows = [*parts, _part(coverage.whole, Text("全部", "all").say(lang), lang)]
    yield _table([title.say(lang) for title in head], rows, Text("核对范围", "coverage").say(lang))
    yield from _advice(coverage, lang)


def _part(part: Count, name: str, lang: str) -> Markup:
    states = [(state, part.states[state]) for state in State]
    label = Text("，", ", ").say(lang).join(f"{covering.STATES[state].say(lang)} {count}" for state, count in states)
    counts = (tag("td", str(count), class_="number") for _, count in states)
    return tag(
        "tr",
        tag("th", name, scope="row", lang="zh-CN"),
        tag("td", str(part.numbers), class_="number"),
        tag("td", charts.shares(states, label), class_="drawn"),
        *counts,
    )


def _advice(coverage: Coverage, lang: str) -> Iterator[Markup]:
    """Yield what to print so that more can be checked, by what that is, the most rewarding first."""
    groups = covering.advised(coverage)
    if not groups:
        return
    said = Text("没有规则能核对的数字，和补印什么就能核对", "Figures no rule can check, and what to print")
    items = []
    for advice, members in groups:
        figures = (
            Text("；", "; ")
            .say(lang)
            .join(f"{one.printed.mention.indicator} {one.printed.mention.text}" for one in members)
        )
        items.append(
            tag("li", tag("b", advice.say(lang)), Text("：", ": ").say(lang), tag("span", figures, lang="zh-CN"))
        )
    yield tag("details", tag("summary", said.say(lang)), tag("ul", *items, class_="advice"))


def _open(undecided: Sequence[Undecided], lang: str) -> list[Markup]:
    """Return the questions that the plan does not print enough to answer, by what is missing."""
    if not undecided:
        return []
    groups: dict[tuple[str, Text], list[Undecided]] = {}
    for item in undecided:
        groups.setdefault((item.rule, item.because), []).append(item)
    items = []
    for (rule, because), members in groups.items():
        lines = ", ".join(dict.fromkeys(str(item.place.line) for item in members))
        place = Text(f"（规划文件第 {lines} 行）", f" (plan file, line {lines})").say(lang)
        items.append(tag("li", tag("b", rule), " ", because.say(lang), tag("span", place, class_="about")))
    said = Text(f"{len(undecided)} 处", f"{len(undecided)} questions").say(lang)
    return [tag("details", tag("summary", said), tag("ul", *items, class_="advice"))]
