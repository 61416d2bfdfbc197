"""What is remembered of a plan: it is said again only where nothing has changed, and is the same to the letter."""

import os

import pytest

import planlint
from planlint import api, plaindata, store
from planlint.engine import Engine
from planlint.source import Malformed

HEAD = (
    "planlint: 1\nplan: {id: p, title: 某县规划, region: 某县, within: [某省], period: 2021-2025, document: p.txt%s}\n"
)
WRONG = HEAD.replace("%s", "") + "claims:\n  - {sum: 民营医院, whole: 44 家, parts: [29 家, 14 家], at: 191}\n"
RIGHT = WRONG.replace("44", "43")
ABOVE = """\
planlint: 1
plan: {id: above, title: 某省规划, region: 某省, period: 2021-2025, document: a.txt}
figures:
  - {indicator: 婴儿死亡率, year: 2025, value: ≤%s‰, at: 1}
"""
BELOW = (
    HEAD.replace("%s", ", references: [above]")
    + "figures:\n  - {indicator: 婴儿死亡率, year: 2025, value: ≤5‰, at: 1}\n"
)


@pytest.fixture
def folder(tmp_path, monkeypatch):
    """A folder for plans, and an empty one for what is kept."""
    monkeypatch.setenv("PLANLINT_CACHE_DIR", str(tmp_path / "cache"))
    place = tmp_path / "plans"
    place.mkdir()
    monkeypatch.chdir(place)
    return place


@pytest.fixture
def judged(monkeypatch):
    """The names of the plans that were judged anew."""
    names = []
    judge = Engine.judge

    def count(self, source, *more):
        names.append(source.name)
        return judge(self, source, *more)

    monkeypatch.setattr(Engine, "judge", count)
    return names


def rules(report):
    return [finding.rule for finding in report.findings]


def test_an_unchanged_plan_is_not_judged_again(folder, judged):
    """Findings, open questions and counts are those of the first run, every part of them."""
    (folder / "p.yaml").write_text(WRONG, encoding="utf-8")
    first, second = planlint.check("p.yaml"), planlint.check("p.yaml")

    assert judged == ["p.yaml"]
    assert first == second
    assert rules(second) == ["PL501"]
    assert (second.tally.plans, second.tally.rules) == (1, first.tally.rules)


def test_a_changed_plan_is_judged_again(folder, judged):
    """Back and forth: the content counts, not the time of the file."""
    file = folder / "p.yaml"
    said = []
    for text in (WRONG, RIGHT, WRONG):
        file.write_text(text, encoding="utf-8")
        os.utime(file, (1, 1))
        said.append(rules(planlint.check("p.yaml")))

    assert said == [["PL501"], [], ["PL501"]]
    assert len(judged) == 3


def test_a_changed_reference_counts(folder, judged):
    """A plan that is held against another is judged again when the other changes, comes or goes."""
    (folder / "p.yaml").write_text(BELOW, encoding="utf-8")
    above = folder / "reference" / "above.yaml"
    above.parent.mkdir()
    said = [rules(planlint.check("p.yaml"))]
    for bound in ("5", "4"):
        above.write_text(ABOVE % bound, encoding="utf-8")
        said.append(rules(planlint.check("p.yaml")))
    said.append(rules(planlint.check("p.yaml")))
    (folder / "above.yaml").write_text(ABOVE % "5", encoding="utf-8")
    said.append(rules(planlint.check("p.yaml")))

    assert said == [["PL030"], [], ["PL901"], ["PL901"], []]
    assert len(judged) == 4


def test_other_rules_are_other_answers(folder, judged, tmp_path):
    """A team's folder of rules, and a change in it, lead to a new judgement."""
    (folder / "p.yaml").write_text(WRONG, encoding="utf-8")
    team = tmp_path / "team" / "catalogue"
    team.mkdir(parents=True)
    planlint.check("p.yaml")
    for content in ("catalogue: 1\nindicators: []\n", "catalogue: 1\n\nindicators: []\n"):
        (team / "own.yaml").write_text(content, encoding="utf-8")
        planlint.check("p.yaml", rules=team.parent)
        planlint.check("p.yaml", rules=team.parent)

    assert len(judged) == 3


def test_a_bad_rule_is_still_reported(folder, tmp_path):
    """What was said under good rules does not hide that a rule is bad now."""
    (folder / "p.yaml").write_text(WRONG, encoding="utf-8")
    team = tmp_path / "team"
    team.mkdir()
    planlint.check("p.yaml", rules=team)
    (team / "TEAM001-x.yaml").write_text("id: TEAM001\n", encoding="utf-8")

    for _ in range(2):
        with pytest.raises(Malformed):
            planlint.check("p.yaml", rules=team)


def test_a_name_is_part_of_what_was_said(folder, judged):
    """Places carry the path as it was given: another way to the same file is judged by itself."""
    (folder / "p.yaml").write_text(WRONG, encoding="utf-8")
    names = [planlint.check(path).findings[0].place.file for path in ("p.yaml", "./p.yaml", str(folder / "p.yaml"))]

    assert names == ["p.yaml", "./p.yaml", str(folder / "p.yaml")]
    assert len(judged) == 3


def test_each_plan_has_one_file(folder, tmp_path):
    """The folder does not grow with every edit."""
    file = folder / "p.yaml"
    for number in range(3):
        file.write_text(WRONG.replace("44", str(50 + number)), encoding="utf-8")
        planlint.check("p.yaml")

    assert len(list((tmp_path / "cache" / "results").iterdir())) == 1


@pytest.mark.parametrize("damage", [lambda d: b"", lambda d: d[:-9], lambda d: d + b"x", lambda d: b"x" * 99])
def test_a_damaged_file_is_judged_again(folder, judged, tmp_path, damage):
    """Nothing of it reaches the report, and it is written anew."""
    (folder / "p.yaml").write_text(WRONG, encoding="utf-8")
    first = planlint.check("p.yaml")
    (kept,) = (tmp_path / "cache" / "results").iterdir()
    kept.write_bytes(damage(kept.read_bytes()))

    assert planlint.check("p.yaml") == first
    assert planlint.check("p.yaml") == first
    assert len(judged) == 2


def test_data_of_another_make_under_a_seal(folder, judged, tmp_path):
    """Even what is sealed is looked at before it is believed."""
    (folder / "p.yaml").write_text(WRONG, encoding="utf-8")
    first = planlint.check("p.yaml")
    (kept,) = (tmp_path / "cache" / "results").iterdir()
    for value in (None, 5, (), ("a",) * 9, [99, 1], {"a": 1}):
        store.write(str(kept), plaindata.packed(value))
        assert planlint.check("p.yaml") == first
    assert len(judged) == 7


def test_remembering_can_be_left(folder, judged):
    """--no-cache judges anew and keeps nothing."""
    (folder / "p.yaml").write_text(WRONG, encoding="utf-8")
    for _ in range(2):
        report = api.inspect(["p.yaml"], api.Judge(remember=False))

    assert rules(report) == ["PL501"]
    assert len(judged) == 2


def test_without_a_folder_nothing_is_kept(folder, judged, monkeypatch):
    """Where there is no home, every run judges."""
    for name in ("PLANLINT_CACHE_DIR", "XDG_CACHE_HOME", "HOME", "LOCALAPPDATA"):
        monkeypatch.delenv(name, raising=False)
    (folder / "p.yaml").write_text(WRONG, encoding="utf-8")
    for _ in range(2):
        planlint.check("p.yaml")

    assert len(judged) == 2
    assert sorted(path.name for path in folder.iterdir()) == ["p.yaml"]


def test_bytes_that_are_no_text_are_remembered_as_such(folder):
    """The finding about a GBK file is the same the second time."""
    (folder / "p.yaml").write_bytes(WRONG.encode("gbk"))
    first, second = planlint.check("p.yaml"), planlint.check("p.yaml")

    assert first == second
    assert rules(second) == ["PL011"]
