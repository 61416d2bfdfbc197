"""`planlint waive`: accept findings, with reasons, for the values that they are about now."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import click

from planlint.cli.options import LANG, RULES, configuration, policy_of, rules_needed, settled
from planlint.cli.output import finding_of, out
from planlint.cli.speaking import CannotRun, locale_language, misuse, tell

if TYPE_CHECKING:
    from planlint.api import Report
    from planlint.engine import Engine
    from planlint.findings import Finding, Waiver
    from planlint.rulings import Sheet
    from planlint.tree import Fault


@click.command()
@click.argument("given", nargs=-1, metavar="FINGERPRINT|--from FILE [PATHS]...", type=click.Path())
@click.option("--reason", metavar="TEXT", help="Why the finding can be accepted. 为什么可以接受")
@click.option("--by", required=True, metavar="WHO", help="Who agreed. 谁同意的")
@click.option("--until", default="", metavar="DATE", help="The last day, such as 2026-12-31. 有效到哪一天")
@click.option("--to", "target", type=click.Path(), metavar="FILE", help="The file of waivers to write. 豁免文件")
@click.option(
    "--from",
    "sheet",
    type=click.Path(),
    metavar="FILE",
    help="A filled opinion sheet (docx): waive what it does not accept, with its reasons. 填好的意见表",
)
@LANG
@RULES
@configuration
def waive(
    given: tuple[str, ...],
    reason: str | None,
    by: str,
    until: str,
    target: str | None,
    sheet: str | None,
    lang: str | None,
    folders: tuple[str, ...],
    named: str | None,
    isolated: bool,
) -> None:
    """Write down that findings are accepted: why, by whom, for the values printed now. 豁免意见。

    A finding is named by its fingerprint, or by the first six characters of it or more; or --from names a filled
    opinion sheet. Without PATHS the plans of this folder are looked through.
    """
    from planlint import grants, waivers
    from planlint.api import Judge, inspect
    from planlint.findings import Text
    from planlint.report.words import WAIVED
    from planlint.source import display

    paths = _paths(given, reason, sheet)
    if reason is not None and not grants.is_reason(reason):
        raise misuse(
            f"“{reason}”不是理由；请写明为什么可以接受", f"'{reason}' is no reason; say why the finding can be accepted"
        )
    if not grants.is_name(by):
        raise misuse("--by 要写明谁同意", "--by must say who agreed")
    if until and not grants.is_date(until):
        raise misuse(f"“{until}”不是 2026-12-31 这样的日期", f"'{until}' is no date such as 2026-12-31")
    filled = _sheet(sheet) if sheet is not None else None
    settings = settled(paths, named, isolated=isolated, given={"lang": lang, "rules": folders})
    lang = settings.lang or locale_language()
    file = target or (settings.waivers[0] if settings.waivers else waivers.NAME)
    judge = Judge(settings.rules)
    with rules_needed():
        report = inspect(paths or (".",), judge, policy=policy_of(settings, judge))
        chosen = _settled(filled, report, sheet) if filled is not None else [_named(report, given[0], reason, paths)]
        granted = [_waiver(finding, said, by, until, judge.engine) for said, finding in chosen]
        try:
            _, replaced = waivers.add(file, granted, judge.engine) if granted else (0, 0)
        except OSError as problem:
            raise CannotRun(f"{file}: {problem.strerror or problem}") from None
    verb = Text("重新豁免", "waived anew") if replaced and filled is None else WAIVED
    for _, finding in chosen:
        out(f"{display(file)}: {finding.rule} {finding.fingerprint} {verb.say(lang)}\n")
    if filled is not None:
        out(_counts(filled, lang))
    if granted and file not in settings.waivers:
        name = display(file)
        said = Text(
            f"检查时用 --waivers {name} 读取，或在 planlint.toml 的 waivers 里写明",
            f"a check reads it with --waivers {name}, or as waivers in planlint.toml",
        )
        click.echo(f"planlint: {said.say(lang)}", err=True)


def _paths(given: tuple[str, ...], reason: str | None, sheet: str | None) -> tuple[str, ...]:
    """Return the plans to look through; without a sheet, a fingerprint stands before them."""
    if sheet is not None:
        if reason is not None:
            raise misuse(
                "--reason 与意见代号同用；意见表逐行写有理由",
                "--reason goes with a fingerprint; a sheet gives the reason of each row",
            )
        return given
    if not given:
        raise misuse(
            "请写意见的代号，或用 --from 写填好的意见表",
            "name a finding by its fingerprint, or a filled opinion sheet with --from",
        )
    if reason is None:
        raise misuse("缺少选项 '--reason'。", "Missing option '--reason'.")
    return given[1:]


def _named(report: Report, fingerprint: str, reason: str | None, paths: tuple[str, ...]) -> tuple[str, Finding]:
    finding = finding_of(report, fingerprint.lower(), paths)
    if finding.waiver is not None:
        place = finding.waiver.place
        from planlint.findings import Text

        where = f"{place.file}:{place.line}"
        raise CannotRun(Text(f"意见已豁免：{where}", f"the finding is waived already: {where}"))
    return reason or "", finding


def _sheet(file: str) -> Sheet:
    from planlint import replies
    from planlint.rulings import BadSheet
    from planlint.source import UnreadableSource

    try:
        return replies.read(file)
    except (BadSheet, UnreadableSource) as problem:
        raise CannotRun(problem.said if isinstance(problem, BadSheet) else str(problem)) from None


def _settled(filled: Sheet, report: Report, file: str | None) -> Sequence[tuple[str, Finding]]:
    """Return what a sheet keeps, with its reasons; what follows from no row is said on standard error."""
    from planlint import rulings
    from planlint.findings import Text
    from planlint.source import display

    tell(report.unreadable)
    name = display(file or "")
    try:
        settlement = rulings.settle(filled, report.findings)
    except rulings.BadSheet as problem:
        raise CannotRun(Text(f"{name}：{problem.said.zh}", f"{name}: {problem.said.en}")) from None
    tell(Text(f"{name}：{remark.zh}", f"{name}: {remark.en}") for remark in settlement.remarks)
    return [(reply.reason, finding) for reply, finding in settlement.kept]


def _counts(filled: Sheet, lang: str) -> str:
    """Return how many rows say what."""
    from planlint.rulings import Ruling

    rulings = [reply.ruling for reply in filled.replies]
    accepted, partly, rejected, left = (rulings.count(ruling) for ruling in Ruling)
    if lang == "zh":
        return f"采纳 {accepted}，部分采纳 {partly}，不采纳 {rejected}，未表态 {left}\n"
    return f"{accepted} accepted, {partly} partly accepted, {rejected} not accepted, {left} left open\n"


def _waiver(finding: Finding, reason: str, by: str, until: str, engine: Engine) -> Waiver:
    """Return the waiver of a finding; one that could not be read back is refused."""
    from planlint import waivers

    waiver = waivers.waiver_of(finding, reason, by, until, engine)
    refused: list[Fault] = []
    engine.known_waivers([waiver], refused)
    for fault in refused:
        raise CannotRun(engine.word("", fault).message)
    return waiver
