"""What the command line says when it refuses: in Chinese or English, by --lang or the locale, always with status 2."""

import pytest
from click.testing import CliRunner

from planlint.cli import cli
from planlint.cli.speaking import in_chinese, in_words

HEAD = "planlint: 1\nplan: {id: p, title: t, region: 某县, period: 2021-2025, document: p.txt}\n"
PLAN = HEAD + "claims:\n  - {sum: 民营医院, whole: 44 家, parts: [29 家, 14 家], at: 191}\n"


@pytest.fixture(autouse=True)
def locale(monkeypatch):
    """A locale that does not depend on who runs the tests; what speaking Chinese sets goes with the test."""
    for name in ("LC_ALL", "LC_MESSAGES"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("LANGUAGE", "")
    monkeypatch.setenv("LANG", "en_US.UTF-8")


def refused(*arguments):
    """The last line on standard error of a command that cannot be run."""
    result = CliRunner().invoke(cli, arguments)
    assert (result.exit_code, result.stdout) == (2, "")
    return result.stderr.splitlines()[-1]


SAID = [
    (("check", "--nope"), "没有选项 '--nope'。 是不是 '--ignore', '--no-cache'？"),
    (("chek",), "没有命令 'chek'。"),
    (("check", "--format", "foo"), "不在 'text', 'concise', 'json', 'sarif', 'junit', 'github', 'gitlab', "),
    (("check", "--select"), "选项 '--select' 后面缺少值。"),
    (("check", "--quiet=1"), "选项 '--quiet' 后面不能带值。"),
    (("check", "--select", "XX!"), "“XX!”不是规则编号，也不是类别；请写 PL401 或 PL4"),
    (("check", "--rules", "nowhere"), "'--rules' 的值不对：'nowhere' 不存在。"),
    (("check", "--unsafe-fixes"), "--unsafe-fixes 须与 --fix 或 --diff 同用"),
    (("check", "--output", "htm:x"), "--output：没有格式“htm”；是不是 html？"),
    (("schema", "plan", "report"), "多余的参数（report）"),
    (("new", "--region", "某县"), "缺少选项 '--period'."),
    (("new", "--region", "某县", "--period", "3"), "“3”不是规划期；请写两个年份，如 2026-2030"),
    (("diff", "a", "b", "c"), "比较的是两个版本；路径写在 -- 之后"),
    (("waive", "--by", "组"), "请写意见的代号，或用 --from 写填好的意见表"),
    (("lsp", "--isolated", "--config", "x.toml"), "--config 和 --isolated 不能同用"),
]


@pytest.mark.parametrize(("arguments", "said"), SAID, ids=[" ".join(arguments) for arguments, _ in SAID])
def test_chinese_by_the_locale(monkeypatch, arguments, said):
    """planlint's own refusals and click's."""
    monkeypatch.setenv("LANG", "zh_CN.UTF-8")

    line = refused(*arguments)
    assert line.startswith("错误：")
    assert said in line


@pytest.mark.parametrize("words", [("--lang", "zh"), ("--lang=zh",)])
def test_lang_is_heard_before_what_is_wrong_is_said(words):
    """It counts wherever it stands, and only for the command that it is given to."""
    assert refused("check", "--nope", *words).startswith("错误：没有选项 '--nope'。")
    assert refused("check", *words, "--nope").startswith("错误：没有选项 '--nope'。")
    assert refused("check", "--nope").startswith("Error: No such option '--nope'.")


def test_english_in_a_chinese_locale(monkeypatch):
    """--lang en stands above the locale."""
    monkeypatch.setenv("LANG", "zh_CN.UTF-8")

    assert refused("check", "--nope", "--lang", "en").startswith("Error: No such option '--nope'.")
    assert refused("check", "--unsafe-fixes", "--lang", "en") == "Error: --unsafe-fixes goes with --fix or --diff"


def test_a_missing_file(tmp_path):
    """What the operating system gives as the reason is translated, too."""
    file = tmp_path / "none.yaml"

    result = CliRunner().invoke(cli, ["check", str(file), "--lang", "zh"])
    assert (result.exit_code, result.stderr) == (2, f"planlint: {file}：没有这个文件或目录\n")


def test_help_lists_commands_in_the_language(monkeypatch):
    """Every command has its words in Chinese."""
    english = CliRunner().invoke(cli, ["--help"]).stdout
    monkeypatch.setenv("LANG", "zh_CN.UTF-8")
    chinese = CliRunner().invoke(cli, ["--help"]).stdout

    assert "  schema      Print the JSON Schema of a plan file, of the JSON report," in english
    listed = chinese.partition("命令:\n")[2].splitlines()
    assert "  waive       豁免意见。" in listed
    assert [line for line in listed if not any("\u4e00" <= c <= "\u9fff" for c in line) and "Schema" not in line] == []


def test_the_chinese_of_a_help_text():
    """What stands behind the English; nothing where there is none."""
    assert in_chinese("Do this. 做这个。\n\nMore about it.") == "做这个。"
    assert in_chinese("Do this.\n\n做这个。") is None


def test_a_reason_that_is_not_known_stays(monkeypatch):
    """And so does a message without one."""
    monkeypatch.setenv("LANG", "zh_CN.UTF-8")

    assert in_words("x: Permission denied") == "x：没有权限"
    assert in_words("x: something else") == "x: something else"
    assert in_words("no reason") == "no reason"


def test_diff_takes_waivers(tmp_path):
    """What is waived is no new finding of an edit, as for a check."""
    old, new, file = tmp_path / "old.yaml", tmp_path / "new.yaml", tmp_path / "w.yaml"
    old.write_text(PLAN.replace("44", "43"), encoding="utf-8")
    new.write_text(PLAN, encoding="utf-8")
    report = CliRunner().invoke(cli, ["check", str(new), "--verbose", "--select", "PL501", "--lang", "zh"]).stdout
    named = next(line for line in report.splitlines() if "planlint explain" in line)
    fingerprint = named.rpartition(" ")[2]
    assert named == f"    详见 planlint explain {fingerprint}"
    assert "planlint explain" not in CliRunner().invoke(cli, ["check", str(new)]).stdout
    told = CliRunner().invoke(cli, ["explain", fingerprint, str(new)])
    assert (told.exit_code, fingerprint in told.stdout) == (0, True)

    words = [fingerprint, str(new), "--by", "评审组", "--reason", "口径不同，经研究保留", "--to", str(file)]
    assert CliRunner().invoke(cli, ["waive", *words]).exit_code == 0

    assert CliRunner().invoke(cli, ["diff", str(old), str(new)]).exit_code == 1
    assert CliRunner().invoke(cli, ["diff", str(old), str(new), "--waivers", str(file)]).exit_code == 0
