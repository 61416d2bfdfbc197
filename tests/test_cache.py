"""The cache: what comes out is what went in, and whatever is wrong with it, the rules are compiled again."""

import marshal
import os
import subprocess
import sys
import zlib

import msgspec
import pytest

from planlint import cache, patterns, rules, store
from planlint.drawers import Reader
from planlint.engine import Engine
from planlint.source import Malformed, Source

PLAN = """\
planlint: 1
plan: {id: ex, title: 示例, region: 某县, period: 2021-2025, document: ex.txt}
indicators:
  - {key: local-kits, name: 家庭药箱数, unit: 套, kind: count, polarity: higher}
figures:
  - {indicator: 医疗卫生机构床位数, year: 2020, value: 6000 张, at: 1}
  - {indicator: 常住人口数, year: 2020, value: 100 万人, at: 2}
  - {indicator: 每千人口医疗卫生机构床位数, year: 2020, value: 6.5 张, at: 3}
  - {indicator: 精神科医师数, year: 2020, value: 4名/10万人, at: 4}
  - {indicator: 婴儿夭折率, year: 2020, value: 3.52‰, at: 5}
claims:
  - {sum: 民营医院, whole: 44 家, parts: [29 家, 14 家], at: 6}
"""


@pytest.fixture
def folder(tmp_path, monkeypatch):
    """An empty folder for the cache."""
    place = tmp_path / "cache"
    monkeypatch.setenv("PLANLINT_CACHE_DIR", str(place))
    return place


@pytest.fixture
def compilations(monkeypatch):
    """How often rules are compiled."""
    counted = []
    compile_rules = rules.compile_rules

    def count(*files):
        counted.append(1)
        return compile_rules(*files)

    monkeypatch.setattr(cache, "compile_rules", count)
    return counted


def content(ruleset):
    """All that a ruleset holds, as plain data: whether a formula is made of lists or tuples does not matter."""
    known = ruleset.catalogue
    tables = (known.by_key, known.by_name, known.by_stem, known.populations, known.unit_table, known.densities)
    tables += (known.by_loose,)
    return msgspec.json.decode(msgspec.json.encode([ruleset.rules, *map(dict, tables)], enc_hook=str))


def kept(folder):
    """The file of the cache that holds the rules."""
    (file,) = folder.glob("*.rules")
    return file


def test_what_was_kept_is_what_was_compiled(folder, compilations):
    """Rules, formulas, indicators and units come back whole, and are compiled once."""
    first = cache.load()
    second = cache.load()

    assert len(compilations) == 1
    assert second is not first
    assert content(second) == content(first)


def test_kept_rules_judge_as_compiled_ones_do(folder):
    """A plan gets the same findings, word for word."""
    outcomes = [Engine(cache.load()).judge(Source("p.yaml", PLAN)) for _ in range(2)]

    assert outcomes[0] == outcomes[1]
    assert [f.rule for f in outcomes[0].findings] == ["PL027", "PL301", "PL501"]


def test_a_kept_catalogue_takes_no_local_indicators(folder):
    """A plan's own indicators are gone when the next plan is judged."""
    cache.load()
    engine = Engine(cache.load())
    engine.judge(Source("p.yaml", PLAN))

    assert engine.ruleset.catalogue.find("家庭药箱数") is None


def test_the_file_is_plain_data(folder):
    """It holds texts, numbers, lists and tables, behind a seal; nothing in it could be executed."""
    cache.load()
    seal, _, payload = kept(folder).read_bytes().partition(b"\n")

    def kinds(value):
        yield type(value)
        for part in value.items() if isinstance(value, dict) else value if isinstance(value, list | tuple) else ():
            yield from kinds(part)

    data = marshal.loads(payload)
    (tables,) = folder.glob("*.catalogue")
    parts = Reader(tables.read_bytes, list)
    starts = (*data[0].values(), *data[1], *data[2])
    found = set(kinds(data)) | {kind for start in starts for kind in kinds(parts.part(start))}
    assert found <= {dict, list, tuple, str, int, bool, bytes, frozenset, type(None)}
    assert len(seal) == 8


def test_the_cache_is_the_same_byte_for_byte(folder):
    """Compiling twice keeps the same file, so it can be compared and shared."""
    cache.load()
    first = kept(folder).read_bytes()
    kept(folder).unlink()
    cache.load()

    assert kept(folder).read_bytes() == first


def flip(data):
    """One bit in the middle is another."""
    middle = len(data) // 2
    return data[:middle] + bytes([data[middle] ^ 1]) + data[middle + 1 :]


def sealed(payload):
    """A payload of another make under a seal that fits."""
    return b"%08x\n%s" % (zlib.crc32(payload), payload)


DRAWERS = (0,) * 1024
DAMAGED = {
    "empty": lambda data: b"",
    "seal only": lambda data: data[:9],
    "cut short": lambda data: data[:-100],
    "one bit flipped": flip,
    "something appended": lambda data: data + b"x",
    "no seal": lambda data: data[9:],
    "text": lambda data: b"planlint",
    "binary": lambda data: bytes(range(256)) * 40,
    "pickle": lambda data: b"\x80\x04cos\nsystem\n(S'id'\ntR.",
    "too large": lambda data: data + bytes(17 * 1024 * 1024),
    "list under a seal": lambda data: sealed(marshal.dumps([1, 2, 3])),
    "nothing under a seal": lambda data: sealed(b""),
    "empty table under a seal": lambda data: sealed(marshal.dumps({})),
    "text under a seal": lambda data: sealed(b"[]"),
    "ten texts under a seal": lambda data: sealed(marshal.dumps(("x",) * 10)),
    "no rules under a seal": lambda data: sealed(marshal.dumps(({}, DRAWERS, DRAWERS, {}, {}, {}, {}, (), ("x",), {}))),
    "no drawers under a seal": lambda data: sealed(marshal.dumps(({}, {}, {}, {}, {}, {}, {}, (), (), {}))),
    "deep list under a seal": lambda data: sealed(b"[\x01\0\0\0" * 100_000),
}


@pytest.mark.parametrize("damage", DAMAGED.values(), ids=DAMAGED)
def test_a_damaged_cache_is_compiled_and_written_again(folder, compilations, damage):
    """No error reaches the user, and the next run is quick again."""
    sound = content(cache.load())
    file = kept(folder)
    file.write_bytes(damage(file.read_bytes()))

    assert content(cache.load()) == sound
    assert content(cache.load()) == sound
    assert len(compilations) == 2


@pytest.mark.parametrize("damage", [None, flip, lambda data: bytes(len(data))])
def test_damaged_tables_are_compiled_and_written_again(folder, compilations, damage):
    """What a part should hold is found in the files of the catalogue."""
    sound = content(cache.load())
    (tables,) = folder.glob("*.catalogue")
    whole = tables.read_bytes()
    if damage is None:
        tables.unlink()
    else:
        tables.write_bytes(damage(whole))

    assert content(cache.load()) == sound
    assert tables.read_bytes() == whole
    assert content(cache.load()) == sound
    assert len(compilations) == 2


def test_damaged_tables_never_mix_with_rules_that_changed(folder, tmp_path):
    """What is compiled in place of a damaged part is kept under the key of what was compiled."""
    team = tmp_path / "catalogue"
    team.mkdir()
    entry = "catalogue: 1\nindicators:\n  - {{key: team-kits, name: {}, unit: 套, kind: count, polarity: higher}}\n"
    (team / "own.yaml").write_text(entry.format("家庭药箱数"), encoding="utf-8")
    cache.load([tmp_path])
    kept_rules = cache.load([tmp_path])
    (tables,) = folder.glob("*.catalogue")
    tables.write_bytes(b"")
    (team / "own.yaml").write_text(entry.format("家庭药盒数"), encoding="utf-8")

    assert kept_rules.catalogue.find("精神科医师数") is not None
    assert tables.read_bytes() == b""
    assert cache.load([tmp_path]).catalogue.find("家庭药盒数") is not None


def test_a_unit_that_is_none_is_compiled_again(folder, compilations):
    """A number under a seal that fits is still checked."""
    cache.load()
    data = marshal.loads(kept(folder).read_bytes().partition(b"\n")[2])
    for wrong in (((), "x", 1), ((), 1, 0), ((),), 5):
        table = {**data[6], next(iter(data[6])): wrong}
        kept(folder).write_bytes(sealed(marshal.dumps((*data[:6], table, *data[7:]))))
        cache.load()

    assert len(compilations) == 5


@pytest.mark.parametrize("content", [b"", b"x", b"../../etc", b"\0", "é".encode(), b"0" * 5000])
def test_a_damaged_index_is_written_again(folder, compilations, content):
    """An index leads to a file of the cache or nowhere; the rules are found by their content."""
    cache.load()
    (index,) = folder.glob("*.index")
    sound = index.read_bytes()
    for written in (content, sealed(content)):
        index.write_bytes(written)
        cache.load()

        assert index.read_bytes() == sound
    assert len(compilations) == 1


def test_rules_that_were_only_touched_are_not_compiled(folder, compilations, tmp_path):
    """Other times lead to the same content; only the index is new."""
    file = tmp_path / "catalogue" / "own.yaml"
    file.parent.mkdir()
    file.write_text("catalogue: 1\nindicators: []\n", encoding="utf-8")
    cache.load([tmp_path])
    os.utime(file, (1, 1))
    cache.load([tmp_path])

    assert len(compilations) == 1
    assert len(list(folder.glob("*.index"))) == 2


@pytest.mark.parametrize("change", ["__version__", "FORMAT"])
def test_another_version_keeps_its_own_file(folder, compilations, monkeypatch, change):
    """Neither an older nor a newer planlint reads what this one wrote."""
    cache.load()
    monkeypatch.setattr(cache, change, "999")
    cache.load()

    assert len(compilations) == 2
    assert len(list(folder.glob("*.rules"))) == 2


def test_a_changed_rule_is_compiled(folder, compilations, tmp_path):
    """The key is the content: one more blank is another set of rules."""
    team = tmp_path / "catalogue"
    team.mkdir()
    file = team / "own.yaml"
    known = []
    for name in ("家庭药箱数", "家庭药盒数", "家庭药箱数"):
        file.write_text(
            "catalogue: 1\nindicators:\n"
            f"  - {{key: team-kits, name: {name}, unit: 套, kind: count, polarity: higher}}\n",
            encoding="utf-8",
        )
        known.append(cache.load([tmp_path]).catalogue.find("家庭药箱数") is not None)

    assert known == [True, False, True]
    assert len(compilations) == 2


def test_a_bad_rule_is_reported_every_time(folder, tmp_path):
    """A failure is never kept."""
    (tmp_path / "TEAM001-x.yaml").write_text("id: TEAM001\n", encoding="utf-8")

    for _ in range(2):
        with pytest.raises(Malformed):
            cache.load([tmp_path])

    assert not folder.exists()


def test_a_folder_that_is_a_file_is_passed_over(folder, compilations):
    """Where nothing can be kept, rules are compiled each time."""
    folder.write_text("")
    cache.load()
    cache.load()

    assert len(compilations) == 2
    assert folder.read_text() == ""


@pytest.mark.parametrize("step", ["open", "replace", "mkdir"])
def test_a_full_or_read_only_disk_is_passed_over(folder, compilations, monkeypatch, step):
    """A cache that cannot be written leaves no rest and no error."""
    folder.mkdir()

    def refuse(*arguments, **more):
        raise OSError(28, "No space left on device")

    files = rules.rule_files(())
    with monkeypatch.context() as patch:
        if step == "mkdir":
            patch.setattr(os, "makedirs", refuse)
        else:
            patch.setattr(os, "fdopen" if step == "open" else "replace", refuse)
            patch.setattr(cache, "rule_files", lambda folders: files)
            patch.setattr(cache, "_read", lambda file, folders: None)
        ruleset = cache.load()

    assert ruleset.rules
    assert list(folder.iterdir()) == []


def test_a_cache_file_that_cannot_be_read_is_passed_over(folder, compilations):
    """A folder or a FIFO in the place of the file neither fails nor waits."""
    cache.load()
    file = kept(folder)
    file.unlink()
    file.mkdir()
    cache.load()
    file.rmdir()
    os.mkfifo(file)
    cache.load()

    assert len(compilations) == 3


def test_where_there_is_no_home_nothing_is_kept(tmp_path, monkeypatch):
    """Without any folder the rules are compiled, and nothing is written beside the caller."""
    for name in ("PLANLINT_CACHE_DIR", "XDG_CACHE_HOME", "HOME", "LOCALAPPDATA"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.chdir(tmp_path)

    assert store.folder() is None
    assert cache.load().rules
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("platform", "variables", "expected"),
    [
        ("linux", {"PLANLINT_CACHE_DIR": "/own", "XDG_CACHE_HOME": "/xdg", "HOME": "/home/a"}, "/own"),
        ("linux", {"XDG_CACHE_HOME": "/xdg", "HOME": "/home/a"}, "/xdg/planlint"),
        ("linux", {"XDG_CACHE_HOME": "relative", "HOME": "/home/a"}, "/home/a/.cache/planlint"),
        ("linux", {"HOME": "/home/a"}, "/home/a/.cache/planlint"),
        ("linux", {"HOME": "relative"}, None),
        ("darwin", {"HOME": "/Users/a"}, "/Users/a/.cache/planlint"),
        ("win32", {"LOCALAPPDATA": "/local", "HOME": "/home/a"}, "/local/planlint/cache"),
        ("win32", {"HOME": "/home/a"}, None),
    ],
)
def test_the_folder_is_where_the_system_wants_it(monkeypatch, platform, variables, expected):
    """One's own folder comes first, then the system's; a relative one is ignored, as the XDG rules say."""
    for name in ("PLANLINT_CACHE_DIR", "XDG_CACHE_HOME", "HOME", "LOCALAPPDATA"):
        monkeypatch.delenv(name, raising=False)
    for name, value in variables.items():
        monkeypatch.setenv(name, value)
    monkeypatch.setattr(sys, "platform", platform)

    assert store.folder() == expected


LOADED = """
import sys
from planlint import cache
from planlint.engine import Engine
from planlint.source import Source
outcome = Engine(cache.load()).judge(Source("p.yaml", sys.argv[1]))
print(sorted(f.rule for f in outcome.findings), sorted({"sympy", "pint", "mpmath"} & sys.modules.keys()))
"""


def test_a_second_run_imports_neither_sympy_nor_pint(folder):
    """They are needed to compile, not to judge: not even for local indicators, ratios and findings."""

    def run():
        command = [sys.executable, "-c", LOADED, PLAN]
        return subprocess.run(command, capture_output=True, text=True, check=True, timeout=300).stdout

    assert run() == "['PL027', 'PL301', 'PL501'] ['mpmath', 'pint', 'sympy']\n"
    assert run() == "['PL027', 'PL301', 'PL501'] []\n"


def test_new_patterns_are_compiled_and_kept(folder, compilations, monkeypatch):
    """What an older state of the program kept lacks them, so it is not taken for what this one needs."""
    cache.load()
    (index,) = folder.glob("*.index")
    index.unlink()
    monkeypatch.setattr(patterns, "_all", list(patterns._all))
    monkeypatch.setattr(patterns, "_known", {})
    patterns.pattern("一个新的写法")
    cache.load()
    cache.load()

    assert len(compilations) == 2
    assert ("一个新的写法", 0) in patterns._known
