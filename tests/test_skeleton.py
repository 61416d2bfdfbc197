"""The beginning of a plan file: planlint reads it, its examples too, and never writes over anything unasked."""

import os
import re
import stat

import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st
from told import engine

from planlint import plan, tree
from planlint.cli import cli
from planlint.fields import Years
from planlint.skeleton import BadHead, skeleton
from planlint.source import Source

PERIOD = Years(2026, 2030)
EXAMPLE = re.compile(r"^(  +)# (?!status|within)", re.MULTILINE)


def run(*arguments):
    return CliRunner().invoke(cli, ["new", *arguments])


def read(text):
    """The plan of a text, and what could not be read."""
    root, faults = tree.parse(text, "p.yaml")
    return plan.read(root, "p.yaml", faults), faults


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("period", [PERIOD, Years(2021, 2025), Years(2026, 2035)])
def test_planlint_has_nothing_against_it(lang, period):
    """As it is written, and with all its examples in use."""
    text = skeleton("某县", period, lang)
    used = EXAMPLE.sub(r"\1", text)

    assert engine().judge(Source("p.yaml", text)).findings == []
    assert engine().judge(Source("p.yaml", text)).figures == 0
    assert [(f.rule, f.message.en) for f in engine().judge(Source("p.yaml", used)).findings] == []
    assert engine().judge(Source("p.yaml", used)).figures == 6


def test_the_head():
    """What was given, and what follows from it."""
    stated, faults = read(skeleton("昆明市", PERIOD, "zh"))

    assert faults == []
    assert (stated.id, stated.title, stated.region) == ("plan-2026-2030", "昆明市“十五五”卫生健康规划", "昆明市")
    assert (stated.period, stated.baseline, stated.document) == (PERIOD, 2025, "plan.txt")
    assert read(skeleton("某县", Years(2024, 2026), "zh"))[0].title == "某县卫生健康规划（2024—2026年）"


@given(st.text(max_size=20), st.text(max_size=20))
def test_any_region_and_title_are_read_as_given(region, title):
    """Whatever YAML would make of it, the plan says what was given; or it is refused."""
    try:
        text = skeleton(region, PERIOD, "en", title=title)
    except BadHead:
        return
    stated, faults = read(text)

    assert faults == []
    assert stated.region == region.strip()
    if title.strip():
        assert stated.title == title.strip()


@pytest.mark.parametrize(
    ("arguments", "problem"),
    [
        (["--region", "某县", "--period", "2030-2026"], "'2030-2026' is no period; write two years such as 2026-2030"),
        (["--region", "某县", "--period", "十五五"], "'十五五' is no period; write two years such as 2026-2030"),
        (["--region", " ", "--period", "2026-2030", "--title", "a"], "the region must not be empty"),
        (["--region", "a\x1b", "--period", "2026-2030"], "the region must be printable and of at most 200 characters"),
        (
            ["--region", "某县", "--period", "2026-2030", "--id", "X"],
            "'X' is no id: small ASCII letters, digits and hyphens, a letter first",
        ),
        (["--region", "某县", "--period", "2026-2030", "no/such/a.yaml"], "no/such/a.yaml: No such file or directory"),
    ],
)
def test_one_clear_message(arguments, problem):
    """Nothing is written, and the status is that of a job that could not be done."""
    result = run(*arguments)

    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr.splitlines()[-1] == f"Error: {problem}"


def test_standard_output_without_a_file():
    """What is not saved is shown."""
    assert run("--region", "某县", "--period", "2026-2030", "--lang", "zh").stdout == skeleton("某县", PERIOD, "zh")


def test_a_file_is_never_written_over_unasked(tmp_path):
    """The name of the file is the plan's, and the text of another is kept unless --force says otherwise."""
    file = tmp_path / "mojiang.yaml"
    arguments = ("--region", "某县", "--period", "2026-2030", "--lang", "zh", str(file))

    assert run(*arguments).exit_code == 0
    assert read(file.read_text(encoding="utf-8"))[0].id == "mojiang"
    assert stat.S_IMODE(file.stat().st_mode) & 0o600 == 0o600

    file.write_text("mine", encoding="utf-8")
    again = run(*arguments)
    assert (again.exit_code, again.stderr) == (2, f"错误：{file} 已存在；加 --force 才覆盖\n")
    assert file.read_text(encoding="utf-8") == "mine"
    assert run(*arguments, "--force").exit_code == 0
    assert file.read_text(encoding="utf-8") == skeleton("某县", PERIOD, "zh", id_="mojiang")
    assert os.listdir(tmp_path) == ["mojiang.yaml"]
