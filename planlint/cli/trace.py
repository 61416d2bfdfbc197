"""`planlint trace`: plan files against the texts of their documents."""

from __future__ import annotations

import click

from planlint.cli.options import (
    LANG,
    RULES,
    configuration,
    formats,
    policy_of,
    prefixes,
    rule_names,
    rules_needed,
    settled,
)
from planlint.cli.output import out, show
from planlint.cli.speaking import FAILED, FINDINGS, locale_language, tell


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
@formats("text", "concise", "json")
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
@RULES
@configuration
def trace(
    paths: tuple[str, ...],
    document: str,
    format_: str,
    lang: str | None,
    select: tuple[str, ...],
    ignore: tuple[str, ...],
    min_share: float,
    folders: tuple[str, ...],
    named: str | None,
    isolated: bool,
) -> None:
    """Hold plan files against the text of their documents. 把规划文件与原文逐一核对。"""
    from msgspec.structs import replace

    from planlint import api
    from planlint.findings import Severity
    from planlint.report import words
    from planlint.report.formats import Run

    given = {"select": prefixes(select), "ignore": prefixes(ignore), "lang": lang, "rules": folders}
    settings = settled(paths, named, isolated=isolated, given=given)
    chosen = settings.lang or locale_language()
    selection = api.Selection(settings.select, settings.ignore)
    judge = api.Judge(settings.rules)
    with rules_needed():
        # A baseline is made of what a check finds.
        policy = policy_of(replace(settings, baseline=""), judge)
        report, traces = api.trace(paths, document, judge.engine, selection, policy=policy)
    tell(report.unreadable)
    run = Run(chosen, paths, judge, settings.rules)
    run.traces = tuple(traces)
    show(report, format_, run)
    if format_ == "text":
        out("".join(words.traced(traced, chosen) + "\n" for traced in traces))
    if report.unreadable:
        raise click.exceptions.Exit(FAILED)
    short = any(traced.accounted * 100 < min_share * traced.numbers for traced in traces)
    if short or report.worst() is Severity.ERROR:
        raise click.exceptions.Exit(FINDINGS)
