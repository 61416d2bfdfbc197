"""`planlint explain`: a rule's manual page, or a finding as a whole argument."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import click

from planlint.cli.options import LANG, RULES, configuration, engine_of, pages_of, rule_names, settled
from planlint.cli.output import arguments, finding_of, out
from planlint.cli.speaking import CannotRun, locale_language, tell
from planlint.spelling import nearest

if TYPE_CHECKING:
    from collections.abc import Sequence

    from planlint.config import Config
    from planlint.engine import Engine
    from planlint.findings import Finding

_OFFER = {
    "zh": "经研究可以保留的，写明理由（reason）和同意的人（by），抄入规划文件：",
    "en": "Where it can be accepted, copy this into the plan file with a reason and who agreed:",
}
_FINGERPRINT = re.compile(r"[0-9a-f]{6,16}(?:-[0-9]{1,4})?")


@click.command()
@click.argument("what", metavar="RULE|FINGERPRINT", shell_complete=rule_names)
@click.argument("paths", nargs=-1, type=click.Path())
@click.option("--waiver", is_flag=True, help="Also the entry that would waive it. 附上可抄用的豁免条目")
@LANG
@RULES
@configuration
def explain(
    what: str,
    paths: tuple[str, ...],
    waiver: bool,
    lang: str | None,
    folders: tuple[str, ...],
    named: str | None,
    isolated: bool,
) -> None:
    """Print the manual page of a rule, or findings of some plans as whole arguments. 说明一条规则或一条意见。

    A finding is named by its fingerprint, or by the first six characters of it or more; without PATHS the plans of
    this folder are looked through. A rule with PATHS names all its findings there.
    """
    settings = settled(paths, named, isolated=isolated, given={"lang": lang, "rules": folders})
    folders = settings.rules
    engine = engine_of(folders)
    chosen = settings.lang or locale_language()
    if _FINGERPRINT.fullmatch(what.lower()):
        out(_explained(what.lower(), paths, settings, chosen, with_waiver=waiver))
        return
    from planlint.findings import Text
    from planlint.report import manual

    pages = pages_of(folders, engine)
    wanted = what.upper()
    page = next((p for p in pages if wanted == p.rule.id or what == p.rule.name), None)
    if page is None:
        near = nearest(wanted, [p.rule.id for p in pages])
        zh = f"没有规则“{what}”" + (f"；是不是 {near}？" if near else "")
        raise CannotRun(Text(zh, f"no rule '{what}'" + (f"; did you mean {near}?" if near else "")))
    if not paths:
        out(manual.render(page, engine, chosen))
        return
    from planlint.api import Judge, Selection, inspect

    report = inspect(paths, Judge(folders), Selection((page.rule.id,)))
    tell(report.unreadable)
    if not report.findings:
        where = ", ".join(paths)
        raise CannotRun(Text(f"{page.rule.id} 对 {where} 没有意见", f"{page.rule.id} says nothing of {where}"))
    out(_told(report.findings, paths, chosen, engine, with_waiver=waiver))


def _explained(fingerprint: str, paths: tuple[str, ...], settings: Config, lang: str, *, with_waiver: bool) -> str:
    """Return the argument of the finding that a fingerprint names, and how it could be waived."""
    from planlint.api import Judge, inspect

    judge = Judge(settings.rules)
    finding = finding_of(inspect(paths or (".",), judge), fingerprint, paths)
    return _told([finding], paths, lang, judge.engine, with_waiver=with_waiver)


def _told(findings: Sequence[Finding], paths: tuple[str, ...], lang: str, engine: Engine, *, with_waiver: bool) -> str:
    told = arguments(findings, paths, engine, lang)
    if not with_waiver:
        return told
    from planlint import waivers

    entries = (waivers.entry(waivers.waiver_of(f, "", "", "", engine), in_plan=True) for f in findings)
    return f"{told}\n{_OFFER[lang]}\n\nwaivers:\n{''.join(entries)}"
