"""`planlint schema`: the JSON Schemas of what planlint reads and writes."""

from __future__ import annotations

import click

from planlint.cli.output import in_utf8, out


@click.command()
@click.argument("what", type=click.Choice(["plan", "report", "coverage", "diff"]), default="plan")
def schema(what: str) -> None:
    """Print the JSON Schema of a plan file, of the JSON report, of the coverage or of a diff. 输出 JSON Schema。"""
    from planlint.schemas import read_schema

    in_utf8()
    out(read_schema(what))
