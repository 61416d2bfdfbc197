"""`planlint rules`: the list of rules, their tests, their manual."""

from __future__ import annotations

import os

import click

from planlint.cli.options import LANG, RULES, configuration, engine_of, pages_of, settled
from planlint.cli.output import out
from planlint.cli.speaking import FINDINGS, CannotRun, locale_language


@click.group(invoke_without_command=True)
@LANG
@RULES
@configuration
@click.pass_context
def rules(
    context: click.Context, lang: str | None, folders: tuple[str, ...], named: str | None, isolated: bool
) -> None:
    """List the rules, or test their examples. 列出规则。"""
    from planlint.source import printable

    settings = settled((), named, isolated=isolated, given={"lang": lang, "rules": folders})
    folders = context.obj = settings.rules
    if context.invoked_subcommand is None:
        chosen = settings.lang or locale_language()
        for page in pages_of(folders, engine_of(folders)):
            rule = page.rule
            summary = printable(page.summary.say(chosen))
            out(f"{rule.id}  {rule.severity.word:<7}  {rule.name:<34}  {summary}\n")


@rules.command("test")
@RULES
@click.pass_obj
def test_rules(outer: tuple[str, ...], folders: tuple[str, ...]) -> None:
    """Run the examples of all rules. 运行规则文件中的例子。"""
    from planlint import examples
    from planlint.source import printable

    every = (*outer, *folders)
    engine = engine_of(every)
    pages = pages_of(every, engine)
    failures = list(examples.run(pages, engine))
    for failure in failures:
        out(printable(f"{failure.file}:{failure.line}: {failure.rule} {failure.problem}") + "\n")
    count = sum(len(page.examples) for page in pages)
    out(f"{len(pages)} rules, {count} examples, {len(failures)} failures\n")
    if failures:
        raise click.exceptions.Exit(FINDINGS)


@rules.command("docs")
@click.argument("folder", metavar="DIR", type=click.Path(file_okay=False))
@RULES
@click.pass_obj
def document_rules(outer: tuple[str, ...], folder: str, folders: tuple[str, ...]) -> None:
    """Write the manual of all rules into a folder; pages of rules that are gone go. 生成规则手册。"""
    from planlint.report import book
    from planlint.source import display
    from planlint.writing import write_whole

    every = (*outer, *folders)
    engine = engine_of(every)
    files = book.bind(pages_of(every, engine), engine)
    try:
        os.makedirs(folder, exist_ok=True)
        for name, content in files.items():
            write_whole(os.path.join(folder, name), content.encode())
        # Only now: a manual of which half is written must not have lost pages as well.
        for name in sorted(os.listdir(folder)):
            if book.is_page(name) and name not in files:
                os.remove(os.path.join(folder, name))
    except OSError as problem:
        raise CannotRun(f"{display(folder)}: {problem.strerror or problem}") from None
    out(f"{display(folder)}: {len(files)} files\n")
