"""`planlint completion`: the script that lets a shell complete commands, options and rule ids."""

from __future__ import annotations

import click

from planlint.cli.output import out

_VARIABLE = "_PLANLINT_COMPLETE"


@click.command()
@click.argument("shell", type=click.Choice(["bash", "zsh", "fish"]))
def completion(shell: str) -> None:
    """Print the script that lets a shell complete planlint's words. 输出命令行补全脚本。

    For bash: planlint completion bash > ~/.local/share/bash-completion/completions/planlint
    """
    from click.shell_completion import get_completion_class

    program = click.get_current_context().find_root()
    kind = get_completion_class(shell)
    if kind is not None:
        out(kind(program.command, {}, "planlint", _VARIABLE).source())
