"""The manual in files: a page for each rule in both languages, and an index by family. Nothing here writes them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from planlint import examples
from planlint.engine import Engine
from planlint.patterns import pattern
from planlint.report import words
from planlint.report.manual import HEADINGS, printable_lines
from planlint.rules import Example, Page
from planlint.source import printable

INDEX = "README.md"
_PAGE = pattern(r"[A-Z]{2,6}[0-9]{3}-[a-z0-9-]+\.md")
_HEAD = (
    "<!-- Made by `planlint rules docs`; change the rule file and make it again. -->\n"
    "<!-- 由 `planlint rules docs` 生成；请改规则文件后重新生成。 -->\n"
)


def is_page(name: str) -> bool:
    """Tell whether a file is called as a rule's page is."""
    return _PAGE.fullmatch(name) is not None


def bind(pages: Iterable[Page], engine: Engine) -> dict[str, str]:
    """Return the files of the manual by their names: the index, and the page of each rule."""
    rules = sorted(pages, key=lambda page: page.rule.id)
    files = {INDEX: _index(rules)}
    files |= {_name(page): _page(page, engine) for page in rules}
    return files


def _name(page: Page) -> str:
    return f"{page.rule.id}-{page.rule.name}.md"


def _index(pages: Iterable[Page]) -> str:
    families: dict[str, list[Page]] = {}
    for page in pages:
        families.setdefault(page.rule.id[:-2], []).append(page)
    lines = [f"{_HEAD}\n# 规则 Rules\n"]
    for family, members in families.items():
        title = words.FAMILIES.get(family)
        lines.append(f"\n## {family}xx{f' {title.zh} {title.en}' if title else ''}\n")
        lines.append("| 规则 rule | 级别 severity | 报告什么 | what it reports |\n|---|---|---|---|")
        for page in members:
            rule, severity = page.rule, words.SEVERITY[page.rule.severity]
            said = (printable(text).replace("|", "\\|") for text in (page.summary.zh, page.summary.en))
            link = f"[{rule.id} {rule.name}]({_name(page)})"
            lines.append(f"| {link} | {severity.zh} {severity.en} | {' | '.join(said)} |")
    return "\n".join(lines) + "\n"


def _page(page: Page, engine: Engine) -> str:
    rule = page.rule
    severity = words.SEVERITY[rule.severity]
    parts = [f"{_HEAD}\n# {rule.id} {rule.name}\n"]
    for lang in ("zh", "en"):
        parts.append(f"**{severity.say(lang)}** · {printable(page.summary.say(lang))}\n")
        parts.append(printable_lines(page.why.say(lang)))
    for kind, heading in HEADINGS.items():
        chosen = [example for example in page.examples if example.kind == kind]
        if chosen:
            parts.append(f"## {heading.zh} {heading.en}\n")
        for example in chosen:
            parts.extend(_example(page, example, engine))
    return "\n".join(parts)


def _example(page: Page, example: Example, engine: Engine) -> Iterator[str]:
    if example.note:
        yield f"{printable(example.note)}\n"
    yield f"```yaml\n{printable_lines(example.text)}```\n"
    for name, text in example.references:
        yield f"`{name}.yaml`\n\n```yaml\n{printable_lines(text)}```\n"
    if example.document:
        yield f"`{examples.DOCUMENT}`\n\n```\n{printable_lines(example.document)}```\n"
    said = [f"> {line}" for line in _said(page, example, engine)]
    if said:
        yield "\n>\n".join(said) + "\n"


def _said(page: Page, example: Example, engine: Engine) -> Iterator[str]:
    """Yield the messages that an example gives, each in both languages."""
    outcome = examples.judge(example, engine)
    for finding in outcome.findings:
        if finding.rule == page.rule.id:
            severity = words.SEVERITY[finding.severity]
            yield f"{severity.zh} {printable(finding.message.zh)}"
            yield f"{severity.en} {printable(finding.message.en)}"
    for open_ in outcome.undecided:
        if open_.rule == page.rule.id:
            yield f"{words.OPEN.zh}：{printable(open_.because.zh)}"
            yield f"{words.OPEN.en}: {printable(open_.because.en)}"
