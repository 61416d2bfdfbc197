"""The only door to click: arguments in, a report out, and the exit status.

0: nothing at or above --fail-on; 1: findings; 2: the job could not be done. Nothing else ever ends with 1.
"""

from __future__ import annotations

import io
import os
import sys
from importlib import import_module
from typing import IO

import click

from planlint.cli.speaking import FAILED, in_chinese, language, speak, tell
from planlint.version import __version__

COMMANDS = (
    "baseline",
    "check",
    "completion",
    "config",
    "coverage",
    "diff",
    "explain",
    "lsp",
    "new",
    "rules",
    "schema",
    "trace",
    "waive",
)
"""Each stands in the module of its name, which is imported when the command is called: a start pays for one."""


class _Commands(click.Group):
    def make_context(
        self, info_name: str | None, args: list[str], parent: click.Context | None = None, **extra: object
    ) -> click.Context:
        speak(args)
        return super().make_context(info_name, args, parent, **extra)

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in COMMANDS:
            return None
        command: click.Command = getattr(import_module(f"planlint.cli.{cmd_name}"), cmd_name)
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        for name in COMMANDS:
            command = self.get_command(ctx, name)
            if command is not None:
                command.short_help = in_chinese(command.help or "") if language() == "zh" else None
        super().format_commands(ctx, formatter)


@click.group(cls=_Commands, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(
    __version__,
    "-V",
    "--version",
    prog_name="planlint",
    message="%(prog)s %(version)s",
    help="Show the version and exit. 显示版本",
)
def cli() -> None:
    """Find what cannot be true in a plan before the plan is signed. 在规划签发之前找出自相矛盾的数字。"""


def main() -> None:
    """Run the command. This is the edge: whatever goes wrong below, the exit status is 0, 1 or 2."""
    if sys.stderr is None:
        # Started with standard error closed: what would be said there goes nowhere.
        sys.stderr = io.StringIO()
    if sys.stdout is None:
        tell(["cannot write the report: standard output is closed"])
        sys.exit(FAILED)
    for stream in (sys.stdout, sys.stderr):
        _tolerate(stream)
    try:
        code = cli.main(standalone_mode=False)
        sys.stdout.flush()
    except click.ClickException as problem:
        problem.show()
        code = FAILED
    except (click.exceptions.Abort, KeyboardInterrupt):
        tell(["interrupted"])
        code = FAILED
    except (BrokenPipeError, SystemExit) as ended:
        # The reader has gone. click would then exit with 1, the status of findings; with 0 it ends what a shell asks
        # for completion. Python would complain again while closing standard output.
        code = 0 if isinstance(ended, SystemExit) and not ended.code else FAILED
        if code:
            _silence()
    except OSError as problem:
        tell([f"cannot write the report: {problem.strerror or problem}"])
        _silence()
        code = FAILED
    except Exception:
        import traceback

        traceback.print_exc()
        tell(["this is a defect of planlint, not of the plan"])
        code = FAILED
    sys.exit(code if isinstance(code, int) else 0)


def _tolerate(stream: IO[str]) -> None:
    """Let a console that lacks a character (GBK, ASCII) show an escape instead of failing."""
    reconfigure = getattr(stream, "reconfigure", None)
    if reconfigure is not None:
        reconfigure(errors="backslashreplace", newline="\n")


def _silence() -> None:
    """Drop what could not be written, so that closing standard output does not fail again."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
