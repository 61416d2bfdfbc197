"""The closed table of formats: each is a module that is imported when somebody asks for it."""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property
from importlib import import_module
from os import PathLike
from typing import TYPE_CHECKING

from msgspec import Struct

if TYPE_CHECKING:
    from planlint.api import Judge, Report
    from planlint.source import Source
    from planlint.trace import Trace


class Format(Struct, frozen=True):
    """A format: the module that writes it, what kind of text it is, and the extra of the package that it needs."""

    module: str
    extra: str = ""
    for_people: bool = False
    """Written to a console in the console's own encoding; the others are in UTF-8, whoever reads them."""
    binary: bool = False


FORMATS = {
    "text": Format("text", for_people=True),
    "concise": Format("concise", for_people=True),
    "json": Format("machine"),
    "sarif": Format("sarif"),
    "junit": Format("junit"),
    "github": Format("github"),
    "gitlab": Format("gitlab"),
    "markdown": Format("markdown"),
    "html": Format("html"),
    "docx": Format("opinions", extra="docx", binary=True),
}
TEXTS = tuple(name for name, format_ in FORMATS.items() if not format_.binary)
"""What can be written to a terminal."""


class MissingExtra(Exception):
    """A format needs a library that is not installed; the message says how to install it."""


class Run:
    """What a report is about, for formats that say more than the findings do.

    `paths` are the plans as they were given; `folders` those of further rules; `quiet`, `verbose`, `explain` and
    `fail_on` are the options of the command.
    """

    def __init__(
        self,
        lang: str,
        paths: tuple[str | PathLike[str] | Source, ...],
        judge: Judge,
        folders: tuple[str, ...] = (),
        *,
        quiet: bool = False,
        verbose: bool = False,
        explain: bool = False,
        fail_on: str = "error",
    ) -> None:
        self.lang = lang
        self.paths = paths
        self.judge = judge
        self.folders = folders
        self.quiet = quiet
        self.verbose = verbose
        self.explain = explain
        self.fail_on = fail_on
        self.traces: tuple[Trace, ...] | None = None
        """The counts of the documents, where plans were held against those."""

    @cached_property
    def sources(self) -> dict[str, Source]:
        """The texts of the plans by the names that findings give them; a plan that has gone meanwhile has none."""
        from planlint import api

        return {source.name: source for source in api.texts(self.paths)}


def render(name: str, report: Report, run: Run) -> bytes:
    """Return a report in a format. Raises MissingExtra where the format needs what is not installed."""
    format_ = FORMATS[name]
    try:
        module = import_module(f"planlint.report.{format_.module}")
    except ModuleNotFoundError as problem:
        if (problem.name or "") == f"planlint.report.{format_.module}":
            raise MissingExtra(f"this planlint cannot write {name}") from None
        if not format_.extra or (problem.name or "").startswith("planlint"):
            raise
        raise MissingExtra(
            f"{name} needs {(problem.name or '').partition('.')[0]}: pip install 'planlint[{format_.extra}]'"
        ) from None
    write: Callable[[Report, Run], bytes] = module.render
    return write(report, run)
