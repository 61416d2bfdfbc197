"""`planlint waive`: accept a finding, with a reason, for the values that it is about now."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from planlint.cli.options import CannotRun, configuration, policy_of, rules_needed, settled
from planlint.cli.output import finding_of, out

if TYPE_CHECKING:
    from planlint.tree import Fault


@click.command()
@click.argument("fingerprint")
@click.argument("paths", nargs=-1, type=click.Path())
@click.option("--reason", required=True, metavar="TEXT", help="Why the finding can be accepted. 为什么可以接受")
@click.option("--by", required=True, metavar="WHO", help="Who agreed. 谁同意的")
@click.option("--until", default="", metavar="DATE", help="The last day, such as 2026-12-31. 有效到哪一天")
@click.option("--to", "target", type=click.Path(), metavar="FILE", help="The file of waivers to write. 豁免文件")
@configuration
def waive(
    fingerprint: str,
    paths: tuple[str, ...],
    reason: str,
    by: str,
    until: str,
    target: str | None,
    named: str | None,
    isolated: bool,
) -> None:
    """Write down that a finding is accepted: why, by whom, for the values printed now. 豁免一条意见。

    The finding is named by its fingerprint, or by the first six characters of it or more. Without PATHS the plans of
    this folder are looked through.
    """
    from planlint import grants, waivers
    from planlint.api import Judge, inspect
    from planlint.source import display

    if not grants.is_reason(reason):
        raise click.UsageError(f"'{reason}' is no reason; say why the finding can be accepted")
    if not grants.is_name(by):
        raise click.UsageError("--by must say who agreed")
    if until and not grants.is_date(until):
        raise click.UsageError(f"'{until}' is no date such as 2026-12-31")
    settings = settled(paths, named, isolated=isolated, given={})
    file = target or (settings.waivers[0] if settings.waivers else waivers.NAME)
    judge = Judge(settings.rules)
    with rules_needed():
        report = inspect(paths or (".",), judge, policy=policy_of(settings, judge))
        finding = finding_of(report, fingerprint.lower(), paths)
        if finding.waiver is not None:
            place = finding.waiver.place
            raise CannotRun(f"the finding is waived already: {place.file}:{place.line}")
        waiver = waivers.waiver_of(finding, reason, by, until, judge.engine)
        refused: list[Fault] = []
        judge.engine.known_waivers([waiver], refused)
        for fault in refused:
            raise CannotRun(judge.engine.word("", fault).message.en)
        try:
            _, replaced = waivers.add(file, [waiver], judge.engine)
        except OSError as problem:
            raise CannotRun(f"{file}: {problem.strerror or problem}") from None
    out(f"{display(file)}: {finding.rule} {finding.fingerprint} {'waived anew' if replaced else 'waived'}\n")
    if file not in settings.waivers:
        click.echo(
            f"planlint: a check reads it with --waivers {display(file)}, or as waivers in planlint.toml", err=True
        )
