"""The manual: a page for each rule in docs/rules, made from the rule files."""

import functools
from pathlib import Path

import pytest
from click.testing import CliRunner

from planlint import cache
from planlint.cli import cli
from planlint.engine import Engine
from planlint.report import book
from planlint.rules import read_pages, rule_files

FOLDER = Path(__file__).resolve().parent.parent / "docs" / "rules"
RULESET = cache.load()
PAGES = read_pages(rule_files(())[1], RULESET.catalogue)
ANEW = "make it anew: planlint rules docs docs/rules"


@functools.cache
def manual():
    """The files of the manual as the rule files make them."""
    return book.bind(PAGES, Engine(RULESET))


def write(folder, *options):
    """The result of writing the manual."""
    return CliRunner().invoke(cli, ["rules", "docs", str(folder), *map(str, options)])


def test_the_manual_holds_the_rules_and_no_other():
    """A rule that is new has a page; a page of a rule that is gone goes."""
    assert sorted(path.name for path in FOLDER.iterdir()) == sorted(manual()), ANEW


@pytest.mark.parametrize("name", [book.INDEX, *(f"{page.rule.id}-{page.rule.name}.md" for page in PAGES)])
def test_a_page_is_as_its_rule_makes_it(name):
    """Messages in the manual are those that planlint gives today."""
    assert (FOLDER / name).read_bytes().decode("utf-8") == manual()[name], ANEW


def test_the_command_writes_what_is_published(tmp_path):
    """The folder is made; pages that are stale go, and what is no page stays."""
    folder = tmp_path / "docs" / "rules"
    folder.mkdir(parents=True)
    for name in ("PL999-gone.md", "PL101-old-name.md", "notes.md", "PL999-gone.txt"):
        (folder / name).write_text("x", encoding="utf-8")
    result = write(folder)

    assert (result.exit_code, result.stdout) == (0, f"{folder}: {len(manual())} files\n")
    assert {path.name for path in folder.iterdir()} == {*manual(), "notes.md", "PL999-gone.txt"}
    assert {name: (folder / name).read_bytes().decode("utf-8") for name in manual()} == manual()


def test_a_folder_that_cannot_be_written_ends_with_2(tmp_path):
    """A file in the way is named."""
    (tmp_path / "docs").write_text("x", encoding="utf-8")
    result = write(tmp_path / "docs" / "rules")

    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr.startswith("Error: ")
    assert str(tmp_path / "docs") in result.stderr


def test_every_message_stands_in_both_languages():
    """Each example that reports something shows what it says, in Chinese and in English."""
    page = manual()["PL101-target-worse-than-baseline.md"]

    assert page.count("> 错误 PL101") == page.count("> error PL101") == 0
    assert page.count("> 错误 ") == page.count("> error ") > 0
    assert "## 不报 Says nothing\n" in page
    assert "## 报告 Reports\n" in page


def test_the_index_leads_to_every_page():
    """Each rule stands in the table of its family with its severity and a link."""
    index = manual()[book.INDEX]
    links = [f"[{p.rule.id} {p.rule.name}]({p.rule.id}-{p.rule.name}.md)" for p in PAGES]

    assert [index.count(link) for link in links] == [1] * len(PAGES)
    assert "\n## PL4xx 同一数字的各处是否一致 Agreement of one figure at several places\n" in index


def test_control_characters_do_not_reach_the_manual():
    """PL011 shows an escape sequence, not one that works."""
    assert all(character >= " " or character == "\n" for text in manual().values() for character in text)
