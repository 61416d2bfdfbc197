"""`planlint config`: the settings in force, and where each comes from."""

from __future__ import annotations

import json

import click

from planlint.cli.options import LANG, configuration, formats, settled
from planlint.cli.output import in_utf8, out
from planlint.cli.speaking import locale_language

_NONE = {"zh": "没有配置文件，一切按默认", "en": "no configuration file: everything is as by default"}
_DEFAULT = {"zh": "默认", "en": "default"}


@click.command()
@click.argument("path", required=False, type=click.Path(allow_dash=True))
@formats("text", "json")
@LANG
@configuration
def config(path: str | None, format_: str, lang: str | None, named: str | None, isolated: bool) -> None:
    """Show which settings are in force for a plan or a folder, and where each was made. 显示生效的配置及其出处。"""
    from planlint.config import KEYS
    from planlint.source import printable

    settings = settled((path,) if path else (), named, isolated=isolated, given={"lang": lang})
    places = {key: f"{place.file}:{place.line}" for key, place in settings.places.items()}
    if lang:
        places["lang"] = "--lang"
    if format_ == "json":
        in_utf8()
        values = {key: {"value": settings.value(key), "from": places.get(key)} for key in KEYS}
        out(json.dumps({"file": settings.file or None, "settings": values}, ensure_ascii=False, indent=1) + "\n")
        return
    chosen = settings.lang or locale_language()
    out(f"{printable(settings.file) or _NONE[chosen]}\n")
    for key in KEYS:
        value = settings.value(key)
        if isinstance(value, str):
            said = value
        elif isinstance(value, tuple):
            said = ", ".join(value)
        else:
            said = ", ".join(f"{rule} = {level}" for rule, level in sorted(value.items()))
        out(f"  {key:<10}  {printable(said) or '-':<28}  {printable(places.get(key, _DEFAULT[chosen]))}\n")
