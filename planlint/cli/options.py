"""The options that several commands share, and how what they name is read."""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from typing import TYPE_CHECKING, TypeVar

import click

from planlint.cli.speaking import CannotRun, misuse

if TYPE_CHECKING:
    from planlint.api import Judge
    from planlint.config import Config
    from planlint.engine import Engine
    from planlint.policy import Policy
    from planlint.rules import Page
    from planlint.source import Source

Command = TypeVar("Command", bound=Callable[..., None])


def rule_names(context: click.Context, parameter: click.Parameter, typed: str) -> list[str]:
    """Return the families or rule ids that complete what is typed, told from the names of files: nothing is loaded."""
    from planlint.store import own_folders

    folders = (own_folders()[-1], *(context.params.get("folders") or ()))
    names = {name for folder in folders for _, _, files in os.walk(folder) for name in files}
    ids = sorted(name.partition("-")[0] for name in names if re.match(r"[A-Z]{2,6}[0-9]{3}-", name))
    before, comma, last = typed.upper().rpartition(",")
    several = len(last.rstrip("0123456789")) == len(last)
    # A hundred ids are no help; their families are.
    found = dict.fromkeys(id_[:-2] if several else id_ for id_ in ids)
    return [f"{before}{comma}{id_}" for id_ in found if id_.startswith(last)]


LANG = click.option(
    "--lang", type=click.Choice(["zh", "en"]), default=None, help="Language of messages; by default the locale's. 语言"
)


def formats(*names: str) -> Callable[[Command], Command]:
    """Return the option that says how a command shows what it found; the first of the formats is that by default."""
    return click.option(
        "--format",
        "format_",
        type=click.Choice(names),
        default=names[0],
        show_default=True,
        help="How to show what is found. 输出格式",
    )


def failing(what: str) -> Callable[[Command], Command]:
    """Return the option that says what makes the exit status 1."""
    return click.option(
        "--fail-on",
        type=click.Choice(["info", "warning", "error", "never"]),
        default=None,
        show_default="error",
        help=what,
    )


RULES = click.option(
    "--rules",
    "folders",
    type=click.Path(exists=True, file_okay=False),
    multiple=True,
    metavar="DIR",
    help="A folder of further rules and catalogue files; may be given several times. 另加的规则目录",
)

ISOLATED = click.option(
    "--isolated", is_flag=True, help="Read no configuration file, as for a stranger's plans. 不读配置文件"
)


def selection(command: Command) -> Command:
    """Add the options that say which findings are shown."""
    command = click.option(
        "--severity",
        type=click.Choice(["info", "warning", "error"]),
        default=None,
        show_default="info",
        help="Lowest severity to show. 最低级别",
    )(command)
    command = click.option(
        "--ignore",
        multiple=True,
        metavar="PL1,PL402",
        shell_complete=rule_names,
        help="Not these rules or families. 不报这些规则",
    )(command)
    return click.option(
        "--select",
        multiple=True,
        metavar="PL4,PL501",
        shell_complete=rule_names,
        help="Only these rules or families. 只报这些规则",
    )(command)


def configuration(command: Command) -> Command:
    """Add the options that say which configuration file counts."""
    command = ISOLATED(command)
    return click.option(
        "--config",
        "named",
        type=click.Path(),
        metavar="FILE",
        help="This configuration file instead of the nearest. 指定配置文件",
    )(command)


def one_configuration(named: str | None, *, isolated: bool) -> None:
    """End the command where a configuration file is named and none is to be read."""
    if named is not None and isolated:
        raise misuse("--config 和 --isolated 不能同用", "--config and --isolated exclude each other")


def settled(
    paths: tuple[str, ...],
    named: str | None,
    *,
    isolated: bool,
    given: Mapping[str, str | tuple[str, ...] | None],
) -> Config:
    """Return the settings in force for some plans: options of the command line in place of the file's values."""
    from planlint import config

    one_configuration(named, isolated=isolated)
    with rules_needed():
        return config.in_force(paths, named, isolated=isolated).over(given)


BASELINE = click.option(
    "--baseline", type=click.Path(), metavar="FILE", help="Report only what this file does not hold. 只报基线里没有的"
)
WAIVERS = click.option(
    "--waivers",
    type=click.Path(),
    multiple=True,
    metavar="FILE",
    help="A file of accepted findings; may be given several times. 豁免文件",
)


def policy_of(settings: Config, judge: Judge) -> Policy | None:
    """Return what the settings decide about findings, None where that is nothing; bad files end the command."""
    if not settings.waivers and not settings.severities and not settings.baseline:
        return None
    from planlint import baselines
    from planlint.api import this_day
    from planlint.policy import Policy

    with rules_needed():
        waivers = judge.waivers(settings.waivers)
        baseline = baselines.read(settings.baseline) if settings.baseline else None
    return Policy(this_day(), waivers, settings.severities, baseline)


def no_plan(paths: tuple[str, ...]) -> CannotRun:
    """Return that no plan is found, for raising."""
    from planlint.findings import Text

    where = ", ".join(paths) or "."
    return CannotRun(Text(f"{where} 中没有规划文件", f"no plan found in {where}"))


def plans_of(paths: tuple[str, ...]) -> Iterator[str | Source]:
    """Yield the paths that a command was given, this folder where there are none; `-` as the text of standard input."""
    for path in paths or (".",):
        yield standard_input()[0] if path == "-" else path


def standard_input() -> tuple[Source, bytes]:
    """Return standard input as a text, and its bytes; what is no text ends the command."""
    from planlint.findings import Text
    from planlint.source import NotText, Source, decode, read_stream

    data = read_stream(sys.stdin.buffer)
    try:
        return Source("<stdin>", decode(data)), data
    except NotText as problem:
        where = f"<stdin>:{problem.line}"
        zh = f"{where}：不是 UTF-8 编码的文本（{problem.reason}）"
        raise CannotRun(Text(zh, f"{where}: not a readable text in UTF-8 ({problem.reason})")) from None


def plans_among(paths: tuple[str, ...]) -> tuple[str, ...]:
    """Return folders, `-`, and the files that are plans or cannot be read: a hook is given every file of a commit."""
    from planlint.source import may_be_plan

    return tuple(path for path in paths or (".",) if path == "-" or os.path.isdir(path) or may_be_plan(path))


def prefixes(values: tuple[str, ...]) -> tuple[str, ...]:
    """Return rule ids or their beginnings. A prefix that is none is refused, or a typing slip would hide findings."""
    prefixes = [part.strip().upper() for value in values for part in value.split(",") if part.strip()]
    for prefix in prefixes:
        letters = prefix.rstrip("0123456789")
        if not letters.isalpha() or not letters.isascii() or len(prefix) - len(letters) > 3:
            raise misuse(
                f"“{prefix}”不是规则编号，也不是类别；请写 PL401 或 PL4",
                f"'{prefix}' is no rule id and no family; write PL401 or PL4",
            )
    return tuple(prefixes)


def refuse_unknown(prefixes: tuple[str, ...], judge: Judge) -> None:
    """End the command where a selection names no rule there is: it would pass whatever is wrong."""
    if not prefixes:
        # The rules are not loaded for nothing: plans that are known need none.
        return
    with rules_needed():
        rules = judge.engine.ruleset.rules
    for prefix in prefixes:
        if not any(rule.id.startswith(prefix) for rule in rules):
            raise misuse(
                f"没有以“{prefix}”开头的规则，什么也不会查",
                f"no rule begins with '{prefix}', so nothing would be checked",
            )


@contextmanager
def rules_needed() -> Iterator[None]:
    """Say in one line what is wrong with the rules, and end with the status of a job that could not be done."""
    from planlint.source import Malformed, UnreadableSource

    try:
        yield
    except (Malformed, UnreadableSource) as problem:
        raise CannotRun(str(problem)) from None


def engine_of(folders: tuple[str, ...]) -> Engine:
    """Return the engine of the rules; bad ones end the command with one line."""
    from planlint.api import Judge

    with rules_needed():
        return Judge(folders).engine


def pages_of(folders: tuple[str, ...], engine: Engine) -> list[Page]:
    """Return the manual pages of the rules."""
    from planlint import rules as rule_module

    with rules_needed():
        _, files = rule_module.rule_files(folders)
        return rule_module.read_pages(files, engine.ruleset.catalogue)
