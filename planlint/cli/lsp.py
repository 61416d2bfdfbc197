"""`planlint lsp`: findings while a plan is written, in an editor that speaks the Language Server Protocol."""

from __future__ import annotations

import click

from planlint.cli.options import LANG, RULES, configuration, one_configuration, rules_needed
from planlint.cli.speaking import CannotRun, locale_language


@click.command()
@LANG
@RULES
@configuration
def lsp(lang: str | None, folders: tuple[str, ...], named: str | None, isolated: bool) -> None:
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
        from planlint.findings import Text

        install = "pip install 'planlint[lsp]'"
        said = Text(f"编辑器服务需要 pygls：{install}", f"the editor server needs pygls: {install}")
        raise CannotRun(said) from None
    one_configuration(named, isolated=isolated)
    desk = Desk(folders, named, isolated=isolated)
    with rules_needed():
        # Bad rules, or settings that were named, end the command before an editor waits for it.
        desk.ready()
    server.serve(desk, lang, locale_language())
