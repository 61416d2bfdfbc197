"""`planlint explain`: a rule's manual page, or a finding as a whole argument."""

from __future__ import annotations

import re

import click

from planlint.cli.options import LANG, RULES, CannotRun, engine_of, locale_language, pages_of, rule_names
from planlint.cli.output import arguments, out
from planlint.spelling import nearest

_FINGERPRINT = re.compile(r"[0-9a-f]{6,16}(?:-[0-9]{1,4})?")


@click.command()
@click.argument("what", metavar="RULE|FINGERPRINT", shell_complete=rule_names)
@click.argument("paths", nargs=-1, type=click.Path())
@LANG
@RULES
def explain(what: str, paths: tuple[str, ...], lang: str | None, folders: tuple[str, ...]) -> None:
    """Print the manual page of a rule, or a finding of some plans as a whole argument. 说明一条规则或一条意见。

    A finding is named by its fingerprint, or by the first six characters of it or more. Without PATHS the plans of
    this folder are looked through.
    """
    engine = engine_of(folders)
    chosen = lang or locale_language()
    if _FINGERPRINT.fullmatch(what.lower()):
        out(_explained(what.lower(), paths, folders, chosen))
        return
    if paths:
        raise click.UsageError(f"'{what}' is no fingerprint, and a rule needs no plan")
    from planlint.report import manual

    pages = pages_of(folders, engine)
    wanted = what.upper()
    page = next((p for p in pages if wanted == p.rule.id or what == p.rule.name), None)
    if page is None:
        near = nearest(wanted, [p.rule.id for p in pages])
        raise CannotRun(f"no rule '{what}'" + (f"; did you mean {near}?" if near else ""))
    out(manual.render(page, engine, chosen))


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
    return arguments(exact or found, paths, judge.engine, lang)
