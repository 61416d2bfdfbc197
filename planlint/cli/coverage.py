"""`planlint coverage`: which figures no rule could find wrong."""

from __future__ import annotations

import click

from planlint.cli.options import LANG, RULES, configuration, engine_of, formats, no_plan, settled
from planlint.cli.output import in_utf8, out
from planlint.cli.speaking import FAILED, locale_language, tell


@click.command()
@click.argument("paths", nargs=-1, required=True, type=click.Path())
@formats("text", "json")
@LANG
@click.option("-v", "--verbose", is_flag=True, help="Every figure with the smallest error noticed. 逐个列出")
@RULES
@configuration
def coverage(
    paths: tuple[str, ...],
    format_: str,
    lang: str | None,
    verbose: bool,
    folders: tuple[str, ...],
    named: str | None,
    isolated: bool,
) -> None:
    """Tell which figures of a plan no rule could find wrong. 哪些数字错了也发现不了，补印什么就能核对。"""
    from planlint import api
    from planlint.report import covering

    settings = settled(paths, named, isolated=isolated, given={"lang": lang, "rules": folders})
    found, unreadable = api.cover(paths, engine_of(settings.rules))
    tell(unreadable)
    if not found and not unreadable:
        raise no_plan(paths)
    if format_ == "json":
        in_utf8()
        out(covering.to_json(found))
    else:
        out(covering.render(found, settings.lang or locale_language(), verbose=verbose))
    if unreadable:
        raise click.exceptions.Exit(FAILED)
