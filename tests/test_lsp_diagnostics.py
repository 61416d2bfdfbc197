"""What is underlined: findings as spans, with their arithmetic and their other places."""

from told import engine

from planlint.findings import Finding, Mention, Origin, Severity, Text
from planlint.lsp import diagnostics, draft
from planlint.lsp.diagnostics import Notice, Related
from planlint.source import Place
from planlint.spans import Span

TEXT = "a: 10.15 人\nb: 9.62\n"


def mention(file, line, text):
    return Mention("x", "医师数", "actual", 2020, text, Place(file, line, 4), Origin("d.txt", (7,), ""))


def test_a_finding_as_an_editor_shows_it():
    """The message with its steps, the other places in their order; those in another file have no span here."""
    own, other, elsewhere = mention("p.yaml", 1, "10.15 人"), mention("p.yaml", 2, "9.62"), mention("q.yaml", 1, "\x1b")
    finding = Finding(
        "PL401",
        "name",
        Severity.WARNING,
        "p",
        own.place,
        Text("不一致", "they differ"),
        (own, other, elsewhere),
        (Text("差 0.53", "0.53 apart"),),
        "abc",
    )
    found = draft.read(TEXT, "p.yaml", engine())

    assert diagnostics.notices(found, [finding], "en") == [
        Notice(
            Span(3, 10),
            Severity.WARNING,
            "PL401",
            "they differ\n→ 0.53 apart",
            (
                Related(other.place, Span(14, 18), "医师数 9.62 d.txt line 7"),
                Related(elsewhere.place, None, "医师数 \\u{1b} d.txt line 7"),
            ),
            "abc",
        )
    ]
    assert diagnostics.notices(found, [finding], "zh")[0].message == "不一致\n→ 差 0.53"
