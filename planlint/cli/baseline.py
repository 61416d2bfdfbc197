"""`planlint baseline`: what is known of plans that exist already, so that a check reports only what is new."""

from __future__ import annotations

import os
from collections.abc import Iterable

import click

from planlint.baselines import NAME, Entry, entry_of, read, write
from planlint.cli.options import LANG, RULES, configuration, no_plan, plans_of, policy_of, rules_needed, settled
from planlint.cli.output import out
from planlint.cli.speaking import FAILED, CannotRun, locale_language, tell


@click.command()
@click.argument("paths", nargs=-1, type=click.Path(allow_dash=True))
@click.option(
    "--output", metavar="FILE", type=click.Path(), help=f"Where to write it; by default the settings' or {NAME}. 写到"
)
@click.option("--update", is_flag=True, help="Write an existing file anew and name what goes. 更新已有的基线")
@LANG
@RULES
@configuration
def baseline(
    paths: tuple[str, ...],
    output: str | None,
    update: bool,
    lang: str | None,
    folders: tuple[str, ...],
    named: str | None,
    isolated: bool,
) -> None:
    """Write down what is found in plans now; `check --baseline` then reports only what is new. 建立基线。

    What is waived stays out. With --update, entries of plans that are not among PATHS are kept.
    """
    from msgspec.structs import replace

    from planlint.api import Judge, Selection, inspect
    from planlint.findings import Text

    settings = settled(paths, named, isolated=isolated, given={"lang": lang, "rules": folders})
    file = output or settings.baseline or NAME
    exists = os.path.lexists(file)
    if exists and not update:
        raise CannotRun(Text(f"{file} 已存在；加 --update 才重写", f"{file} exists already; --update writes it anew"))
    judge = Judge(settings.rules)
    with rules_needed():
        earlier = read(file).entries if exists else {}
        policy = policy_of(replace(settings, baseline=""), judge)
        report = inspect(plans_of(paths), judge, Selection(settings.select, settings.ignore), policy=policy)
    tell(report.unreadable)
    if report.unreadable:
        # A plan that cannot be read would lose its entries.
        raise click.exceptions.Exit(FAILED)
    if not report.tally.plans:
        raise no_plan(paths)
    found = {f.fingerprint: entry_of(f) for f in report.findings if f.waived is None}
    elsewhere = [entry for entry in earlier.values() if entry.plan not in report.plans]
    gone = [e for e in earlier.values() if e.plan in report.plans and e.fingerprint not in found]
    try:
        write(file, [*found.values(), *elsewhere])
    except OSError as problem:
        raise CannotRun(f"{file}: {problem.strerror or problem}") from None
    out(_told(file, found, earlier, elsewhere, gone, settings.lang or locale_language()))


def _told(
    file: str,
    found: dict[str, Entry],
    earlier: Iterable[str],
    elsewhere: list[Entry],
    gone: list[Entry],
    lang: str,
) -> str:
    """Return what was done, with the entries that went."""
    from planlint.report.words import counted
    from planlint.source import display

    zh = lang == "zh"
    lines = [f"{'已消除：' if zh else 'gone: '}{e.fingerprint} {e.rule} {e.plan} {e.remark}\n" for e in gone]
    new = len(found.keys() - set(earlier))
    total = len(found) + len(elsewhere)
    if zh:
        return "".join(lines) + f"{display(file)}：意见 {total} 条，新增 {new}，消除 {len(gone)}\n"
    return "".join(lines) + f"{display(file)}: {counted(total, 'finding')}: {new} new, {len(gone)} gone\n"
