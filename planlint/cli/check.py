"""`planlint check`: findings about plans, and the exit status."""

from __future__ import annotations

import click

from planlint.cli.options import (
    FAILED,
    FINDINGS,
    FORMAT,
    LANG,
    RULES,
    CannotRun,
    acceptance,
    configuration,
    locale_language,
    plans_of,
    policy_of,
    prefixes,
    rules_needed,
    settled,
)
from planlint.cli.output import arguments, name_gone, out, progress_bar, write


@click.command()
@click.argument("paths", nargs=-1, type=click.Path(allow_dash=True))
@FORMAT
@LANG
@click.option("--select", multiple=True, metavar="PL4,PL501", help="Only these rules or families. 只报这些规则")
@click.option("--ignore", multiple=True, metavar="PL1,PL402", help="Not these rules or families. 不报这些规则")
@click.option(
    "--severity",
    type=click.Choice(["info", "warning", "error"]),
    default=None,
    show_default="info",
    help="Lowest severity to show. 最低级别",
)
@click.option(
    "--fail-on",
    type=click.Choice(["info", "warning", "error", "never"]),
    default=None,
    show_default="error",
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
@RULES
@acceptance
@configuration
def check(
    paths: tuple[str, ...],
    format_: str,
    lang: str | None,
    select: tuple[str, ...],
    ignore: tuple[str, ...],
    severity: str | None,
    fail_on: str | None,
    quiet: bool,
    verbose: bool,
    explain: bool,
    remember: bool,
    folders: tuple[str, ...],
    waivers: tuple[str, ...],
    baseline: str | None,
    named: str | None,
    isolated: bool,
) -> None:
    """Check plan files, folders of them, or standard input (-). 检查规划文件或目录。"""
    from planlint.api import Judge, Selection, inspect
    from planlint.findings import Severity

    given = {"select": prefixes(select), "ignore": prefixes(ignore), "severity": severity, "fail-on": fail_on}
    given |= {"lang": lang, "rules": folders, "waivers": waivers, "baseline": baseline}
    settings = settled(paths, named, isolated=isolated, given=given)
    lang = settings.lang or locale_language()
    judge = Judge(settings.rules, remember=remember)
    selection = Selection(settings.select, settings.ignore, Severity[settings.severity.upper()])
    with rules_needed():
        for prefix in selection.select:
            if not any(rule.id.startswith(prefix) for rule in judge.engine.ruleset.rules):
                raise click.UsageError(f"no rule begins with '{prefix}', so nothing would be checked")
        with progress_bar(format_) as progress:
            report = inspect(plans_of(paths), judge, selection, progress, policy=policy_of(settings, judge))
    for problem in report.unreadable:
        click.echo(f"planlint: {problem}", err=True)
    if report.gone:
        name_gone(settings.baseline, report.gone)
    if not report.tally.plans and not report.unreadable:
        raise CannotRun(f"no plan found in {', '.join(paths) or '.'}")
    if explain and format_ == "text":
        from planlint.report import words

        told = arguments([f for f in report.findings if f.waived is None], paths, judge.engine, lang)
        out(f"{told}\n{words.summary(report, lang)}\n" if told else f"{words.summary(report, lang)}\n")
    else:
        write(report, format_, lang, quiet=quiet, verbose=verbose)
    if report.unreadable:
        raise click.exceptions.Exit(FAILED)
    worst = report.worst()
    fails_on = settings.fail_on
    if fails_on != "never" and worst is not None and worst >= Severity[fails_on.upper()]:
        raise click.exceptions.Exit(FINDINGS)
