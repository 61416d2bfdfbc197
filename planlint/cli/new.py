"""`planlint new`: the commented beginning of a plan file."""

from __future__ import annotations

import os

import click

from planlint.cli.options import LANG
from planlint.cli.output import in_utf8, out
from planlint.cli.speaking import CannotRun, locale_language, misuse


@click.command()
@click.argument("file", default="-", type=click.Path(allow_dash=True))
@click.option("--region", required=True, help="The region that the plan is about. 规划所属地区")
@click.option("--period", required=True, metavar="2026-2030", help="The years planned. 规划期")
@click.option("--title", default="", help="The title of the document. 规划标题")
@click.option("--id", "id_", default="", metavar="ID", help="A short name in small ASCII letters. 规划的代号")
@click.option("--force", is_flag=True, help="Overwrite a file that exists. 覆盖已有文件")
@LANG
def new(file: str, region: str, period: str, title: str, id_: str, force: bool, lang: str | None) -> None:
    """Write the commented beginning of a plan file to FILE, or to standard output. 新建规划文件。"""
    from planlint.fields import ID, years_of
    from planlint.skeleton import BadHead, skeleton

    years = years_of(period.strip())
    if years is None:
        raise misuse(
            f"“{period}”不是规划期；请写两个年份，如 2026-2030",
            f"'{period}' is no period; write two years such as 2026-2030",
        )
    stem = os.path.splitext(os.path.basename(file))[0] if file != "-" else ""
    known = stem if ID.fullmatch(stem) else ""
    try:
        text = skeleton(region, years, lang or locale_language(), title=title, id_=id_ or known)
    except BadHead as problem:
        raise misuse(problem.said.zh, problem.said.en) from None
    if file == "-":
        in_utf8()
        out(text)
        return
    _save(file, text, force=force)


def _save(file: str, text: str, *, force: bool) -> None:
    """Write a file that does not exist yet, or any where that is wanted."""
    from planlint.findings import Text
    from planlint.source import display
    from planlint.writing import write_whole

    if not force and os.path.lexists(file):
        name = display(file)
        raise CannotRun(Text(f"{name} 已存在；加 --force 才覆盖", f"{name} exists; --force overwrites it"))
    try:
        write_whole(file, text.encode())
    except (OSError, ValueError) as problem:
        raise CannotRun(f"{display(file)}: {getattr(problem, 'strerror', None) or problem}") from None
