"""`planlint lsp`: findings while a plan is written, in an editor that speaks the Language Server Protocol."""

from __future__ import annotations

import click

from planlint.cli.options import LANG, RULES, CannotRun, locale_language, rules_needed


@click.command()
@LANG
@RULES
def lsp(lang: str | None, folders: tuple[str, ...]) -> None:
    """Serve an editor over standard input and output. 供编辑器边写边查（语言服务器）。

    The editor starts it. Messages are in the editor's language unless --lang says otherwise.
    """
    from planlint.api import Judge

    try:
        from planlint.lsp import server
    except ImportError as problem:
        if (problem.name or "").partition(".")[0] not in ("pygls", "lsprotocol"):
            raise
        raise CannotRun("the editor server needs pygls: pip install 'planlint[lsp]'") from None
    judge = Judge(folders, remember=False)
    with rules_needed():
        judge.engine  # noqa: B018 - bad rules end the command before an editor waits for it
    server.serve(judge, lang, locale_language())
