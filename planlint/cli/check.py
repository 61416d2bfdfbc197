"""`planlint check`: findings about plans, and the exit status."""

from __future__ import annotations

import click

from planlint.cli import destinations, fixing
from planlint.cli.options import (
    BASELINE,
    LANG,
    RULES,
    WAIVERS,
    configuration,
    failing,
    formats,
    no_plan,
    plans_among,
    plans_of,
    policy_of,
    prefixes,
    refuse_unknown,
    rules_needed,
    selection,
    settled,
)
from planlint.cli.output import name_gone, progress_bar
from planlint.cli.speaking import FAILED, FINDINGS, locale_language, misuse, tell
from planlint.report.formats import TEXTS, Run


@click.command()
@click.argument("paths", nargs=-1, type=click.Path(allow_dash=True))
@formats(*TEXTS)
@click.option(
    "--output",
    "outputs",
    multiple=True,
    metavar="FORMAT:FILE",
    help="Also a report in a file, as in html:report.html; may be given several times. 另存报告",
)
@LANG
@selection
@failing("Lowest severity that makes the exit status 1. 达到此级别时返回 1")
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
@click.option("--plans-only", is_flag=True, help="Pass over given files that are no plans. 给出的文件不是规划就跳过")
@click.option("--watch", is_flag=True, help="Check again whenever a file changes. 文件一有改动就重新检查")
@RULES
@WAIVERS
@BASELINE
@configuration
@fixing.options
def check(
    paths: tuple[str, ...],
    format_: str,
    outputs: tuple[str, ...],
    lang: str | None,
    select: tuple[str, ...],
    ignore: tuple[str, ...],
    severity: str | None,
    fail_on: str | None,
    quiet: bool,
    verbose: bool,
    explain: bool,
    remember: bool,
    plans_only: bool,
    watch: bool,
    folders: tuple[str, ...],
    waivers: tuple[str, ...],
    baseline: str | None,
    named: str | None,
    isolated: bool,
    fix: bool,
    show: bool,
    unsafe_fixes: bool,
) -> None:
    """Check plan files, folders of them, or standard input (-). 检查规划文件或目录。"""
    if watch:
        from planlint.cli import watching

        watching.watch(click.get_current_context(), paths)
        return
    from planlint.api import Judge, Selection, inspect
    from planlint.findings import Severity

    targets = destinations.read(outputs, format_)
    paths = plans_among(paths) if plans_only else paths
    given = {"select": prefixes(select), "ignore": prefixes(ignore), "severity": severity, "fail-on": fail_on}
    given |= {"lang": lang, "rules": folders, "waivers": waivers, "baseline": baseline}
    settings = settled(paths, named, isolated=isolated, given=given)
    lang = settings.lang or locale_language()
    judge = Judge(settings.rules, remember=remember)
    wanted = Selection(settings.select, settings.ignore, Severity[settings.severity.upper()])
    refuse_unknown(settings.select, judge)
    if unsafe_fixes and not (fix or show):
        raise misuse("--unsafe-fixes 须与 --fix 或 --diff 同用", "--unsafe-fixes goes with --fix or --diff")
    policy = policy_of(settings, judge)
    if (fix or show) and (paths or not plans_only):
        fixing.run(paths, judge, wanted, settings.fail_on, lang, policy, show=show, unsafe=unsafe_fixes)
    with rules_needed(), progress_bar(format_) as progress:
        plans = tuple(plans_of(paths)) if paths or not plans_only else ()
        report = inspect(plans, judge, wanted, progress, policy=policy)
    tell(report.unreadable)
    if report.gone:
        name_gone(settings.baseline, report.gone, lang)
    if not report.tally.plans and not report.unreadable and not plans_only:
        raise no_plan(paths)
    shown = {"quiet": quiet, "verbose": verbose, "explain": explain}
    run = Run(lang, plans, judge, settings.rules, fail_on=settings.fail_on, **shown)
    written = destinations.write_all(report, run, targets)
    if report.unreadable or not written:
        raise click.exceptions.Exit(FAILED)
    worst = report.worst()
    fails_on = settings.fail_on
    if fails_on != "never" and worst is not None and worst >= Severity[fails_on.upper()]:
        raise click.exceptions.Exit(FINDINGS)
