"""`planlint lsp`: findings while a plan is written, in an editor that speaks the Language Server Protocol."""

from __future__ import annotations

import click

from planlint.cli.options import ISOLATED, LANG, RULES, CannotRun, locale_language, rules_needed


@click.command()
@LANG
@RULES
@ISOLATED
def lsp(lang: str | None, folders: tuple[str, ...], isolated: bool) -> None:
    """Serve an editor over standard input and output. 供编辑器边写边查（语言服务器）。

    The editor starts it. Messages are in the language of --lang, of the project's configuration, or else of
    the editor.
    """
    try:
        from planlint.lsp import server
        from planlint.lsp.settings import Desk
    except ImportError as problem:
        if (problem.name or "").partition(".")[0] not in ("pygls", "lsprotocol"):
            raise
        raise CannotRun("the editor server needs pygls: pip install 'planlint[lsp]'") from None
    desk = Desk(folders, isolated=isolated)
    with rules_needed():
        # Bad rules end the command before an editor waits for it.
        desk.plain()
    server.serve(desk, lang, locale_language())
