"""The only door to click: arguments in, a report out, and the exit status.

0: nothing at or above --fail-on; 1: findings; 2: the job could not be done. Nothing else ever ends with 1.
"""

from __future__ import annotations

import io
import os
import re
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import IO, TYPE_CHECKING

import click

from planlint.spelling import nearest
from planlint.version import __version__

if TYPE_CHECKING:
    from planlint.api import Progress, Report
    from planlint.engine import Engine
    from planlint.findings import Finding
    from planlint.rules import Page
    from planlint.source import Source
    from planlint.trace import Trace

FINDINGS = 1
FAILED = 2
_MANY = 20
"""Plans from which on a terminal shows a bar."""


class CannotRun(click.ClickException):
    """The job could not be done. click's own exception would exit with 1, the same as findings."""

    exit_code = FAILED

    def format_message(self) -> str:
        """Return the message; what it quotes of a file must not reach a terminal as control characters."""
        from planlint.source import printable

        return printable(super().format_message())


def locale_language() -> str:
    """Return zh where the locale is Chinese, en otherwise."""
    for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
        value = os.environ.get(name)
        if value:
            return "zh" if value.lower().startswith("zh") else "en"
    return "en"


_LANG = click.option(
    "--lang", type=click.Choice(["zh", "en"]), default=None, help="Language of messages; by default the locale's. 语言"
)
_FORMAT = click.option(
    "--format",
    "format_",
    type=click.Choice(["text", "concise", "json"]),
    default="text",
    show_default=True,
    help="How to show findings. 输出格式",
)
_RULES = click.option(
    "--rules",
    "folders",
    type=click.Path(exists=True, file_okay=False),
    multiple=True,
    metavar="DIR",
    help="A folder of further rules and catalogue files; may be given several times. 另加的规则目录",
)


@click.group(context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(__version__, "-V", "--version", prog_name="planlint", message="%(prog)s %(version)s")
def cli() -> None:
    """Find what cannot be true in a plan before the plan is signed. 在规划签发之前找出自相矛盾的数字。"""


@cli.command()
@click.argument("paths", nargs=-1, type=click.Path(allow_dash=True))
@_FORMAT
@_LANG
@click.option("--select", multiple=True, metavar="PL4,PL501", help="Only these rules or families. 只报这些规则")
@click.option("--ignore", multiple=True, metavar="PL1,PL402", help="Not these rules or families. 不报这些规则")
@click.option(
    "--severity",
    type=click.Choice(["info", "warning", "error"]),
    default="info",
    show_default=True,
    help="Lowest severity to show. 最低级别",
)
@click.option(
    "--fail-on",
    type=click.Choice(["info", "warning", "error", "never"]),
    default="error",
    show_default=True,
    help="Lowest severity that makes the exit status 1. 达到此级别时返回 1",
)
@click.option("-q", "--quiet", is_flag=True, help="One line a finding, no infos. 只列要点")
@click.option("-v", "--verbose", is_flag=True, help="Also what could not be decided. 连同无法判断之处")
@click.option("--explain", is_flag=True, help="Each finding as a whole argument. 逐条说明理由、算式和改法")
@click.option(
    "--cache/--no-cache",
    "remember",
    default=True,
    show_default=True,
    help="Whether what was said of an unchanged plan is said again without judging it. 是否沿用未改动规划的结果",
)
@_RULES
def check(
    paths: tuple[str, ...],
    format_: str,
    lang: str | None,
    select: tuple[str, ...],
    ignore: tuple[str, ...],
    severity: str,
    fail_on: str,
    quiet: bool,
    verbose: bool,
    explain: bool,
    remember: bool,
    folders: tuple[str, ...],
) -> None:
    """Check plan files, folders of them, or standard input (-). 检查规划文件或目录。"""
    from planlint.api import Judge, Selection, inspect
    from planlint.findings import Severity

    judge = Judge(folders, remember=remember)
    selection = Selection(_prefixes(select), _prefixes(ignore), Severity[severity.upper()])
    with _rules_needed():
        for prefix in selection.select:
            if not any(rule.id.startswith(prefix) for rule in judge.engine.ruleset.rules):
                raise click.UsageError(f"no rule begins with '{prefix}', so nothing would be checked")
        with _progress(format_) as progress:
            report = inspect(_plans(paths), judge, selection, progress)
    for problem in report.unreadable:
        click.echo(f"planlint: {problem}", err=True)
    if not report.tally.plans and not report.unreadable:
        raise CannotRun(f"no plan found in {', '.join(paths) or '.'}")
    if explain and format_ == "text":
        from planlint.report import words

        chosen = lang or locale_language()
        told = _arguments(report.findings, paths, judge.engine, chosen)
        _out(f"{told}\n{words.summary(report, chosen)}\n" if told else f"{words.summary(report, chosen)}\n")
    else:
        _write(report, format_, lang or locale_language(), quiet=quiet, verbose=verbose)
    if report.unreadable:
        raise click.exceptions.Exit(FAILED)
    worst = report.worst()
    if fail_on != "never" and worst is not None and worst >= Severity[fail_on.upper()]:
        raise click.exceptions.Exit(FINDINGS)


@cli.command()
@click.argument("paths", nargs=-1, required=True, type=click.Path())
@click.option(
    "--source",
    "document",
    required=True,
    type=click.Path(exists=True),
    metavar="TEXT|DIR",
    help="The document as plain text, or the folder of it. 规划原文（纯文本）或所在目录",
)
@_FORMAT
@_LANG
@click.option("--select", multiple=True, metavar="PL033", help="Only these rules or families. 只报这些规则")
@click.option("--ignore", multiple=True, metavar="PL036", help="Not these rules or families. 不报这些规则")
@click.option(
    "--min-share",
    type=click.FloatRange(0, 100),
    default=0,
    metavar="PERCENT",
    help="Exit with 1 where less of the numbers is accounted for. 已交代的数字少于此百分比时返回 1",
)
def trace(
    paths: tuple[str, ...],
    document: str,
    format_: str,
    lang: str | None,
    select: tuple[str, ...],
    ignore: tuple[str, ...],
    min_share: float,
) -> None:
    """Hold plan files against the text of their documents. 把规划文件与原文逐一核对。"""
    from planlint import api
    from planlint.findings import Severity
    from planlint.report import words

    chosen = lang or locale_language()
    selection = api.Selection(_prefixes(select), _prefixes(ignore))
    report, traces = api.trace(paths, document, _engine(()), selection)
    for problem in report.unreadable:
        click.echo(f"planlint: {problem}", err=True)
    _write(report, format_, chosen, quiet=False, verbose=False, traces=traces)
    if format_ == "text":
        _out("".join(words.traced(traced, chosen) + "\n" for traced in traces))
    if report.unreadable:
        raise click.exceptions.Exit(FAILED)
    short = any(traced.accounted * 100 < min_share * traced.numbers for traced in traces)
    if short or report.worst() is Severity.ERROR:
        raise click.exceptions.Exit(FINDINGS)


@cli.command()
@click.argument("paths", nargs=-1, required=True, type=click.Path())
@click.option(
    "--format",
    "format_",
    type=click.Choice(["text", "json"]),
    default="text",
    show_default=True,
    help="How to show it. 输出格式",
)
@_LANG
@click.option("-v", "--verbose", is_flag=True, help="Every figure with the smallest error noticed. 逐个列出")
@_RULES
def coverage(paths: tuple[str, ...], format_: str, lang: str | None, verbose: bool, folders: tuple[str, ...]) -> None:
    """Tell which figures of a plan no rule could find wrong. 哪些数字错了也发现不了，补印什么就能核对。"""
    from planlint import api
    from planlint.report import covering

    found, unreadable = api.cover(paths, _engine(folders))
    for problem in unreadable:
        click.echo(f"planlint: {problem}", err=True)
    if not found and not unreadable:
        raise CannotRun(f"no plan found in {', '.join(paths)}")
    if format_ == "json":
        _in_utf8()
        _out(covering.to_json(found))
    else:
        _out(covering.render(found, lang or locale_language(), verbose=verbose))
    if unreadable:
        raise click.exceptions.Exit(FAILED)


def _plans(paths: tuple[str, ...]) -> Iterator[str | Source]:
    from planlint.source import NotText, Source, decode, read_stream

    for path in paths or (".",):
        if path != "-":
            yield path
            continue
        try:
            yield Source("<stdin>", decode(read_stream(sys.stdin.buffer)))
        except NotText as problem:
            raise CannotRun(f"<stdin>:{problem.line}: not a readable text in UTF-8 ({problem.reason})") from None


def _prefixes(values: tuple[str, ...]) -> tuple[str, ...]:
    """Return rule ids or their beginnings. A prefix that is none is refused, or a typing slip would hide findings."""
    prefixes = [part.strip().upper() for value in values for part in value.split(",") if part.strip()]
    for prefix in prefixes:
        letters = prefix.rstrip("0123456789")
        if not letters.isalpha() or not letters.isascii() or len(prefix) - len(letters) > 3:
            raise click.UsageError(f"'{prefix}' is no rule id and no family; write PL401 or PL4")
    return tuple(prefixes)


@contextmanager
def _rules_needed() -> Iterator[None]:
    """Say in one line what is wrong with the rules, and end with the status of a job that could not be done."""
    from planlint.source import Malformed, UnreadableSource

    try:
        yield
    except (Malformed, UnreadableSource) as problem:
        raise CannotRun(str(problem)) from None


def _engine(folders: tuple[str, ...]) -> Engine:
    from planlint.api import Judge

    with _rules_needed():
        return Judge(folders).engine


@contextmanager
def _progress(format_: str) -> Iterator[Progress | None]:
    """Yield what shows progress: a bar on standard error for a terminal, nothing otherwise."""
    if format_ != "text" or not sys.stderr.isatty():
        yield None
        return
    started: list[tuple[object, Progress]] = []

    def begin(done: int, total: int) -> None:
        # Most runs are over before a bar would be seen, and rich would cost more than the check.
        if total < _MANY:
            return
        if not started:
            from planlint.report import terminal

            manager = terminal.progress(sys.stderr, "planlint")
            started.append((manager, manager.__enter__()))
        started[0][1](done, total)

    try:
        yield begin
    finally:
        if started:
            started[0][0].__exit__(None, None, None)  # type: ignore[attr-defined]


def _write(
    report: Report, format_: str, lang: str, *, quiet: bool, verbose: bool, traces: list[Trace] | None = None
) -> None:
    if format_ == "json":
        from planlint.report import machine

        _in_utf8()
        _out(machine.render(report, lang, traces))
    elif format_ == "concise":
        from planlint.report import concise

        _out(concise.render(report, lang))
    else:
        from planlint.report import text

        lines = text.layout(report, lang, quiet=quiet, verbose=verbose)
        if sys.stdout.isatty():
            from planlint.report import terminal

            terminal.show(lines, sys.stdout)
        else:
            _out(text.plain(lines))


def _out(content: str) -> None:
    sys.stdout.write(content)
    sys.stdout.flush()


def _in_utf8() -> None:
    """Write JSON in UTF-8 whatever the console uses: programs read it, and not every escape of Python's is JSON."""
    reconfigure = getattr(sys.stdout, "reconfigure", None)
    if reconfigure is not None:
        reconfigure(encoding="utf-8", errors="backslashreplace")


@cli.group(invoke_without_command=True)
@_LANG
@_RULES
@click.pass_context
def rules(context: click.Context, lang: str | None, folders: tuple[str, ...]) -> None:
    """List the rules, or test their examples. 列出规则。"""
    from planlint.source import printable

    context.obj = folders
    if context.invoked_subcommand is None:
        chosen = lang or locale_language()
        for page in _pages(folders, _engine(folders)):
            rule = page.rule
            summary = printable(page.summary.say(chosen))
            _out(f"{rule.id}  {rule.severity.word:<7}  {rule.name:<34}  {summary}\n")


@rules.command("test")
@_RULES
@click.pass_obj
def test_rules(outer: tuple[str, ...], folders: tuple[str, ...]) -> None:
    """Run the examples of all rules. 运行规则文件中的例子。"""
    from planlint import examples
    from planlint.source import printable

    every = (*outer, *folders)
    engine = _engine(every)
    pages = _pages(every, engine)
    failures = list(examples.run(pages, engine))
    for failure in failures:
        _out(printable(f"{failure.file}:{failure.line}: {failure.rule} {failure.problem}") + "\n")
    count = sum(len(page.examples) for page in pages)
    _out(f"{len(pages)} rules, {count} examples, {len(failures)} failures\n")
    if failures:
        raise click.exceptions.Exit(FINDINGS)


@rules.command("docs")
@click.argument("folder", metavar="DIR", type=click.Path(file_okay=False))
@_RULES
@click.pass_obj
def document_rules(outer: tuple[str, ...], folder: str, folders: tuple[str, ...]) -> None:
    """Write the manual of all rules into a folder; pages of rules that are gone go. 生成规则手册。"""
    from planlint.report import book

    every = (*outer, *folders)
    engine = _engine(every)
    files = book.bind(_pages(every, engine), engine)
    try:
        os.makedirs(folder, exist_ok=True)
        for name in sorted(os.listdir(folder)):
            if book.is_page(name) and name not in files:
                os.remove(os.path.join(folder, name))
        for name, content in files.items():
            with open(os.path.join(folder, name), "w", encoding="utf-8", newline="\n") as stream:
                stream.write(content)
    except OSError as problem:
        raise CannotRun(f"{problem.filename}: {problem.strerror}") from None
    _out(f"{folder}: {len(files)} files\n")


def _pages(folders: tuple[str, ...], engine: Engine) -> list[Page]:
    from planlint import rules as rule_module

    with _rules_needed():
        _, files = rule_module.rule_files(folders)
        return rule_module.read_pages(files, engine.ruleset.catalogue)


@cli.command()
@click.argument("what", metavar="RULE|FINGERPRINT")
@click.argument("paths", nargs=-1, type=click.Path())
@_LANG
@_RULES
def explain(what: str, paths: tuple[str, ...], lang: str | None, folders: tuple[str, ...]) -> None:
    """Print the manual page of a rule, or a finding of some plans as a whole argument. 说明一条规则或一条意见。

    A finding is named by its fingerprint, or by the first six characters of it or more. Without PATHS the plans of
    this folder are looked through.
    """
    engine = _engine(folders)
    chosen = lang or locale_language()
    if _FINGERPRINT.fullmatch(what.lower()):
        _out(_explained(what.lower(), paths, folders, chosen))
        return
    if paths:
        raise click.UsageError(f"'{what}' is no fingerprint, and a rule needs no plan")
    from planlint.report import manual

    pages = _pages(folders, engine)
    wanted = what.upper()
    page = next((p for p in pages if wanted == p.rule.id or what == p.rule.name), None)
    if page is None:
        near = nearest(wanted, [p.rule.id for p in pages])
        raise CannotRun(f"no rule '{what}'" + (f"; did you mean {near}?" if near else ""))
    _out(manual.render(page, engine, chosen))


_FINGERPRINT = re.compile(r"[0-9a-f]{6,16}(?:-[0-9]{1,4})?")


def _explained(fingerprint: str, paths: tuple[str, ...], folders: tuple[str, ...], lang: str) -> str:
    """Return the argument of the finding that a fingerprint names."""
    from planlint.api import Judge, inspect

    judge = Judge(folders)
    report = inspect(paths or (".",), judge)
    for problem in report.unreadable:
        click.echo(f"planlint: {problem}", err=True)
    found = [finding for finding in report.findings if finding.fingerprint.startswith(fingerprint)]
    exact = [finding for finding in found if finding.fingerprint == fingerprint]
    if not found:
        raise CannotRun(f"no finding '{fingerprint}' in {', '.join(paths) or '.'}")
    if len({finding.fingerprint for finding in found}) > 1 and not exact:
        raise CannotRun(f"'{fingerprint}' begins the fingerprints of {len(found)} findings")
    return _arguments(exact or found, paths, judge.engine, lang)


def _arguments(findings: Iterable[Finding], paths: tuple[str, ...], engine: Engine, lang: str) -> str:
    from planlint.api import argue
    from planlint.report import argument

    return argument.render(argue(_plans(paths), findings, engine), lang)


@cli.command()
@click.argument("what", type=click.Choice(["plan", "report", "coverage"]), default="plan")
def schema(what: str) -> None:
    """Print the JSON Schema of a plan file, of the JSON report or of the coverage. 输出 JSON Schema。"""
    from planlint.schemas import read_schema

    _in_utf8()
    _out(read_schema(what))


def main() -> None:
    """Run the command. This is the edge: whatever goes wrong below, the exit status is 0, 1 or 2."""
    if sys.stderr is None:
        # Started with standard error closed: what would be said there goes nowhere.
        sys.stderr = io.StringIO()
    if sys.stdout is None:
        click.echo("planlint: cannot write the report: standard output is closed", err=True)
        sys.exit(FAILED)
    for stream in (sys.stdout, sys.stderr):
        _tolerate(stream)
    try:
        code = cli.main(standalone_mode=False)
        sys.stdout.flush()
    except click.ClickException as problem:
        problem.show()
        code = FAILED
    except (click.exceptions.Abort, KeyboardInterrupt):
        click.echo("planlint: interrupted", err=True)
        code = FAILED
    except (BrokenPipeError, SystemExit):
        # The reader has gone. click would then exit with 1, the status of findings, and exits for nothing else here;
        # Python would complain again while closing standard output.
        _silence()
        code = FAILED
    except OSError as problem:
        click.echo(f"planlint: cannot write the report: {problem.strerror or problem}", err=True)
        _silence()
        code = FAILED
    except Exception:
        import traceback

        traceback.print_exc()
        click.echo("planlint: this is a defect of planlint, not of the plan", err=True)
        code = FAILED
    sys.exit(code if isinstance(code, int) else 0)


def _tolerate(stream: IO[str]) -> None:
    """Let a console that lacks a character (GBK, ASCII) show an escape instead of failing."""
    reconfigure = getattr(stream, "reconfigure", None)
    if reconfigure is not None:
        reconfigure(errors="backslashreplace", newline="\n")


def _silence() -> None:
    """Drop what could not be written, so that closing standard output does not fail again."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
