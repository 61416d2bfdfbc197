"""`planlint trace`: plan files against the texts of their documents."""

from __future__ import annotations

import click

from planlint.cli.options import FAILED, FINDINGS, FORMAT, LANG, engine_of, locale_language, prefixes, rule_names
from planlint.cli.output import out, write


@click.command()
@click.argument("paths", nargs=-1, required=True, type=click.Path())
@click.option(
    "--source",
    "document",
    required=True,
    type=click.Path(exists=True),
    metavar="TEXT|DIR",
    help="The document as plain text, or the folder of it. 规划原文（纯文本）或所在目录",
)
@FORMAT
@LANG
@click.option(
    "--select",
    multiple=True,
    metavar="PL033",
    shell_complete=rule_names,
    help="Only these rules or families. 只报这些规则",
)
@click.option(
    "--ignore",
    multiple=True,
    metavar="PL036",
    shell_complete=rule_names,
    help="Not these rules or families. 不报这些规则",
)
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
    selection = api.Selection(prefixes(select), prefixes(ignore))
    report, traces = api.trace(paths, document, engine_of(()), selection)
    for problem in report.unreadable:
        click.echo(f"planlint: {problem}", err=True)
    write(report, format_, chosen, quiet=False, verbose=False, traces=traces)
    if format_ == "text":
        out("".join(words.traced(traced, chosen) + "\n" for traced in traces))
    if report.unreadable:
        raise click.exceptions.Exit(FAILED)
    short = any(traced.accounted * 100 < min_share * traced.numbers for traced in traces)
    if short or report.worst() is Severity.ERROR:
        raise click.exceptions.Exit(FINDINGS)
