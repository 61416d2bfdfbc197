"""The manual page of a rule, made from its file: why it exists, and its examples with the messages they give."""

from __future__ import annotations

from planlint import examples
from planlint.engine import Engine
from planlint.findings import Text
from planlint.report import words
from planlint.rules import Page
from planlint.source import printable

HEADINGS = {
    "valid": Text("不报", "Says nothing"),
    "invalid": Text("报告", "Reports"),
    "undecided": Text("无法判断", "Cannot be decided"),
}
"""What examples of each kind show."""


def render(page: Page, engine: Engine, lang: str) -> str:
    """Return the page as Markdown."""
    rule = page.rule
    severity = words.SEVERITY[rule.severity].say(lang)
    parts = [
        f"# {rule.id} {rule.name}\n",
        f"{printable(page.summary.say(lang))} · {severity}\n",
        printable_lines(page.why.say(lang)),
    ]
    for kind, heading in HEADINGS.items():
        chosen = [example for example in page.examples if example.kind == kind]
        if not chosen:
            continue
        parts.append(f"## {heading.say(lang)}\n")
        for example in chosen:
            note = f"{printable(example.note)}\n" if example.note else ""
            parts.append(f"{note}\n```yaml\n{printable_lines(example.text)}```\n")
            outcome = examples.judge(example, engine)
            said = [
                f"> {words.SEVERITY[f.severity].say(lang)} {f.rule} {printable(f.message.say(lang))}"
                for f in outcome.findings
                if f.rule == rule.id
            ]
            said += [f"> {printable(u.because.say(lang))}" for u in outcome.undecided if u.rule == rule.id]
            if said:
                parts.append("\n>\n".join(said) + "\n")
    return "\n".join(parts)


def printable_lines(text: str) -> str:
    """Return an example's text with control characters escaped, line by line."""
    return "".join(printable(line) + "\n" for line in text.rstrip("\n").split("\n"))
