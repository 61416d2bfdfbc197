"""What the command line says of itself and to whom: refusals in Chinese or English, on standard error.

click asks gettext for every message of its own, and gettext a catalogue that the program names: planlint's is in the
folder `locale`. It is named only where Chinese is spoken, and read only where click has something to say.
"""

from __future__ import annotations

import gettext
import os
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from planlint.findings import Text

_DOMAIN = "planlint"
FINDINGS = 1
FAILED = 2


class CannotRun(click.ClickException):
    """The job could not be done. click's own exception would exit with 1, the same as findings."""

    exit_code = FAILED

    def __init__(self, message: str | Text) -> None:
        super().__init__(in_words(message))

    def format_message(self) -> str:
        """Return the message; what it quotes of a file must not reach a terminal as control characters."""
        from planlint.source import printable

        return printable(super().format_message())


def misuse(zh: str, en: str) -> click.UsageError:
    """Return what is wrong with the words of the command line, for raising."""
    return click.UsageError(zh if language() == "zh" else en)


def tell(problems: Iterable[str | Text]) -> None:
    """Say on standard error what is wrong or worth knowing, a line each."""
    for problem in problems:
        click.echo(f"planlint: {in_words(problem)}", err=True)


def locale_language() -> str:
    """Return zh where the locale is Chinese, en otherwise."""
    for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
        value = os.environ.get(name)
        if value:
            return "zh" if value.lower().startswith("zh") else "en"
    return "en"


def language() -> str:
    """Return the language of refusals: that of --lang, or else of the locale; the settings may be what is wrong."""
    context = click.get_current_context(silent=True)
    given = context.params.get("lang") if context is not None else None
    return given or locale_language()


def in_chinese(help_text: str) -> str | None:
    """Return what a help text says in Chinese behind its first sentence in English, None where it does not."""
    first = " ".join(help_text.partition("\n\n")[0].split())
    at = next((at for at, character in enumerate(first) if "\u4e00" <= character <= "\u9fff"), None)
    return None if at is None else first[at:]


def speak(words: Sequence[str]) -> None:
    """Let click speak the language that the words of a command line ask for, or else the locale's."""
    if (_asked(words) or locale_language()) == "en":
        # No catalogue has this name, which is gettext's own default.
        gettext.textdomain("messages")
        return
    gettext.bindtextdomain(_DOMAIN, os.path.join(os.path.dirname(os.path.dirname(__file__)), "locale"))
    gettext.textdomain(_DOMAIN)
    # gettext looks here first; a locale such as C.UTF-8 beside --lang zh names no language that it knows.
    os.environ["LANGUAGE"] = "zh"


def _asked(words: Sequence[str]) -> str | None:
    """Return what the last --lang says, before click has read the words: they may be what is wrong."""
    found = None
    for at, word in enumerate(words):
        if word == "--":
            break
        if word.startswith("--lang="):
            found = word.removeprefix("--lang=")
        elif word == "--lang" and at + 1 < len(words):
            found = words[at + 1]
    return found if found in ("zh", "en") else None


_REASONS = {
    "No such file or directory": "没有这个文件或目录",
    "Permission denied": "没有权限",
    "Is a directory": "是目录，不是文件",
    "Not a directory": "路径中有一段不是目录",
    "File name too long": "文件名太长",
    "File exists": "文件已存在",
    "No space left on device": "磁盘已满",
    "Read-only file system": "文件系统只读",
    "Too many levels of symbolic links": "符号链接层数太多",
    "not a regular file": "不是普通文件",
    "embedded null byte": "文件名中有空字符",
}
"""What the operating system says of files: the reason behind the last colon of a message."""
_OWN = {
    "cannot write the report": "写不了报告",
    "cannot write the report: standard output is closed": "写不了报告：标准输出已关闭",
    "interrupted": "已中断",
    "this is a defect of planlint, not of the plan": "这是 planlint 的缺陷，与规划无关",
}
"""What is said where a command has ended already."""


def reason(said: str) -> str:
    """Return a reason that the operating system gives, in Chinese where it is a known one."""
    return _REASONS.get(said, said)


def in_words(message: str | Text) -> str:
    """Return a message in the language of refusals; of a text in English, what the system gave as the reason."""
    lang = language()
    if not isinstance(message, str):
        return message.say(lang)
    if lang != "zh":
        return message
    if message in _OWN:
        return _OWN[message]
    before, colon, last = message.rpartition(": ")
    if not colon or last not in _REASONS:
        return message
    return f"{_OWN.get(before, before)}：{_REASONS[last]}"
