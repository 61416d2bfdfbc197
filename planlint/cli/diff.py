"""`planlint diff`: what an edit of plans changes, and what is said of it that was not said before."""

from __future__ import annotations

import os

import click
from msgspec.structs import replace

from planlint.cli.options import (
    LANG,
    RULES,
    WAIVERS,
    configuration,
    failing,
    formats,
    policy_of,
    prefixes,
    refuse_unknown,
    rules_needed,
    selection,
    settled,
)
from planlint.cli.output import in_utf8, out
from planlint.cli.speaking import FAILED, FINDINGS, CannotRun, locale_language, misuse, tell

_BEHIND = "planlint.paths"


class _WithPaths(click.Command):
    """Keeps what stands behind `--` apart, as git does: click would take it for more of the same arguments."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        if "--" in args:
            at = args.index("--")
            ctx.meta[_BEHIND] = tuple(args[at + 1 :])
            args = args[:at]
        return super().parse_args(ctx, args)


@click.command(cls=_WithPaths, options_metavar="[OPTIONS]")
@click.argument("words", metavar="OLD [NEW] [-- PATHS]", nargs=-1, required=True)
@formats("text", "concise", "json", "markdown")
@LANG
@selection
@failing("Lowest severity of a new finding that makes the exit status 1. 新意见达到此级别时返回 1")
@click.option("-q", "--quiet", is_flag=True, help="Without fixed and unchanged findings. 不列已消除和未变的意见")
@RULES
@WAIVERS
@configuration
@click.pass_context
def diff(
    context: click.Context,
    words: tuple[str, ...],
    format_: str,
    lang: str | None,
    select: tuple[str, ...],
    ignore: tuple[str, ...],
    severity: str | None,
    fail_on: str | None,
    quiet: bool,
    folders: tuple[str, ...],
    waivers: tuple[str, ...],
    named: str | None,
    isolated: bool,
) -> None:
    """Show what changed between two editions of plans. 比较规划的两个版本。

    OLD and NEW are files, folders, or revisions of the git repository around this folder. A revision alone is compared
    with the files as they stand; paths behind -- limit revisions, and are this folder where none are given.
    """
    from planlint.api import Judge, Selection
    from planlint.editions import Unclear, editions, review
    from planlint.findings import Severity

    if len(words) > 2:
        raise misuse("比较的是两个版本；路径写在 -- 之后", "two editions are compared; paths go behind --")
    given = {"select": prefixes(select), "ignore": prefixes(ignore), "severity": severity, "fail-on": fail_on}
    given |= {"lang": lang, "rules": folders, "waivers": waivers}
    # What is known of the old edition is told as unchanged, so a baseline has nothing to add.
    settings = replace(settled(_on_disk(words), named, isolated=isolated, given=given), baseline="")
    wanted = Selection(settings.select, settings.ignore, Severity[settings.severity.upper()])
    judge = Judge(settings.rules)
    refuse_unknown(settings.select, judge)
    policy = policy_of(settings, judge)
    try:
        old, new = editions(words, context.meta.get(_BEHIND))
        with rules_needed():
            found = review(old, new, judge.engine, wanted, policy=policy)
    except Unclear as problem:
        raise CannotRun(str(problem)) from None
    tell(found.unreadable)
    chosen = settings.lang or locale_language()
    if format_ == "json":
        from planlint.report import edit_data

        in_utf8()
        out(edit_data.render(found, chosen))
    elif format_ == "markdown":
        from planlint.report import edit_markdown

        # It goes into a comment or a page, as that of a check does.
        in_utf8()
        out(edit_markdown.render(found, chosen))
    else:
        from planlint.report import edit_text

        out(edit_text.lines(found, chosen) if format_ == "concise" else edit_text.render(found, chosen, quiet=quiet))
    if found.unreadable:
        raise click.exceptions.Exit(FAILED)
    worst = found.worst()
    fails_on = settings.fail_on
    if fails_on != "never" and worst is not None and worst >= Severity[fails_on.upper()]:
        raise click.exceptions.Exit(FINDINGS)


def _on_disk(words: tuple[str, ...]) -> tuple[str, ...]:
    """Return the words that are paths: the configuration is that of the first, this folder's where none is."""
    return tuple(word for word in words if os.path.lexists(word))
