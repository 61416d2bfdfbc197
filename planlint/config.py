"""The only place for a project's settings: where their file is found, what it may say, and where each value stands."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping, Sequence

from msgspec import Struct, field
from msgspec.structs import replace

from planlint import store
from planlint.patterns import pattern
from planlint.source import (
    AnyPath,
    Malformed,
    NotText,
    Place,
    UnreadableSource,
    decode,
    display,
    read_bytes,
    yaml_files,
)
from planlint.spelling import nearest

OWN = "planlint.toml"
SHARED = "pyproject.toml"
KEYS = ("select", "ignore", "severity", "fail-on", "lang", "rules", "baseline", "waivers", "severities")
CHOICES = {
    "severity": ("info", "warning", "error"),
    "fail-on": ("info", "warning", "error", "never"),
    "lang": ("zh", "en"),
}
LEVELS = ("info", "warning", "error", "off")
DEFAULTS = {"severity": "info", "fail-on": "error"}
MAX_BYTES = 1024 * 1024

_RULE_FILE = pattern(r"([A-Z]{2,6}[0-9]{3})-[a-z0-9-]+\.ya?ml")
_TABLE = pattern(r"""[ \t]*\[\[?([^\[\]#]+)\]""")
_AT = pattern(r" \(at line ([0-9]+), column ([0-9]+)\)$")
_MOST_PARTS = 32
_LONGEST_PATH = 1000
_KEY = r"""(?:[A-Za-z0-9_-]++|"(?:[^"\\\n]|\\.)*+"?+|'[^'\n]*+'?+)"""
_DEEP = pattern(
    # What a chain of keys may not begin in: long texts and remarks, to the end of the file where they are left open.
    r'''"""(?:[^"\\]|\\.|"(?!""))*+(?:"""|\Z)|'''
    r"""'''(?:[^']|'(?!''))*+(?:'''|\Z)|\#[^\n]*+|"""
    rf"(?P<chain>{_KEY}(?:[ \t]*+\.[ \t]*+{_KEY}){{{_MOST_PARTS}}})|{_KEY}"
)


class Config(Struct, frozen=True):
    """The settings in force. `file` is empty where no file was found; `places` tells where each key was written."""

    file: str = ""
    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    severity: str = DEFAULTS["severity"]
    fail_on: str = DEFAULTS["fail-on"]
    lang: str = ""
    rules: tuple[str, ...] = ()
    baseline: str = ""
    waivers: tuple[str, ...] = ()
    severities: Mapping[str, str] = field(default_factory=dict)
    places: Mapping[str, Place] = field(default_factory=dict)

    def value(self, key: str) -> str | tuple[str, ...] | Mapping[str, str]:
        """Return the value of a key as the file spells it."""
        found: str | tuple[str, ...] | Mapping[str, str] = getattr(self, key.replace("-", "_"))
        return found

    def over(self, given: Mapping[str, str | tuple[str, ...] | None]) -> Config:
        """Return the settings with options of the command line in place of the file's; what is empty was not given."""
        chosen = {key.replace("-", "_"): value for key, value in given.items() if value}
        return replace(self, **chosen) if chosen else self


def in_force(paths: Sequence[AnyPath], named: AnyPath | None = None, *, isolated: bool = False) -> Config:
    """Return the settings for some plans: those of a named file, or of the file found from the first path upwards.

    Raises Malformed for a file that says what it may not, UnreadableSource for one that cannot be had.
    """
    if isolated:
        return Config()
    file = os.fspath(named) if named is not None else find(paths[0] if paths and paths[0] != "-" else os.curdir)
    return load(file) if file is not None else Config()


def find(start: AnyPath) -> str | None:
    """Return the nearest file with settings, beside a path or in a folder above it; None where there is none."""
    try:
        path = os.path.abspath(os.fsdecode(start))
    except OSError:  # the current folder has been deleted
        return None
    folder = path if os.path.isdir(path) else os.path.dirname(path)
    while True:
        own = os.path.join(folder, OWN)
        # A link that leads nowhere is an error when it is read, not a project without settings.
        if os.path.lexists(own):
            return _short(own)
        shared = os.path.join(folder, SHARED)
        if os.path.exists(shared) and _has_table(shared):
            return _short(shared)
        above = os.path.dirname(folder)
        if above == folder:
            return None
        folder = above


def load(file: AnyPath) -> Config:
    """Return the settings of a file. Raises Malformed and UnreadableSource."""
    name = display(file)
    text = _text(file, name)
    table: tuple[str, ...] = ()
    entries = _parsed(text, name)
    if os.path.basename(os.fspath(file)) == SHARED:
        table = ("tool", "planlint")
        for part in table:
            inner = entries.get(part)
            if not isinstance(inner, dict):
                raise Malformed(Place(name, 1, 1), "there is no table [tool.planlint]")
            entries = inner
    return _Reader(name, os.path.dirname(os.path.abspath(file)), text, table).read(entries)


def _has_table(file: str) -> bool:
    """Tell whether a pyproject.toml speaks of planlint; one that cannot be parsed is somebody else's to mend."""
    name = display(file)
    try:
        text = _text(file, name)
    except (Malformed, UnreadableSource):
        return False
    # One that does not mention it is not parsed at all.
    if not any(_may_open(line) for line in text.split("\n")):
        return False
    tool = _parsed(text, name).get("tool")
    return isinstance(tool, dict) and "planlint" in tool


def _may_open(line: str) -> bool:
    return "tool" in line and ("planlint" in line or line.strip("[]\"' \t\r") == "tool")


def _text(file: AnyPath, name: str) -> str:
    data = read_bytes(file)
    if len(data) > MAX_BYTES:
        raise Malformed(Place(name, 1, 1), "the file is larger than 1 MB")
    try:
        return decode(data)
    except NotText as problem:
        raise Malformed(Place(name, problem.line, 1), f"not a text in UTF-8 ({problem.reason})") from None


def _parsed(text: str, name: str) -> dict[str, object]:
    # Imported only where there is a file.
    import tomllib

    _refuse_chains(text, name)
    try:
        return tomllib.loads(text)
    except RecursionError:
        raise Malformed(Place(name, 1, 1), "nested too deep") from None
    except ValueError as problem:
        said = str(problem)
        # An integer of too many digits is no TOMLDecodeError, but its parent.
        if not isinstance(problem, tomllib.TOMLDecodeError):
            raise Malformed(Place(name, 1, 1), "a number has too many digits") from None
        at = _AT.search(said)
        place = Place(name, int(at[1]), int(at[2])) if at else Place(name, max(text.count("\n"), 1), 1)
        said = said[: at.start()] if at else said
        raise Malformed(place, said[:1].lower() + said[1:]) from None


def _refuse_chains(text: str, name: str) -> None:
    """Raise Malformed for a key of very many parts: TOML's own reader takes hours for one that fills a file."""
    for found in _DEEP.finditer(text):
        if found["chain"] is not None:
            line = text.count("\n", 0, found.start()) + 1
            column = found.start() - text.rfind("\n", 0, found.start())
            raise Malformed(Place(name, line, column), f"a key of more than {_MOST_PARTS} parts")


def _short(path: str) -> str:
    """Return a path as a message shows it: from the current folder where it lies below that."""
    try:
        relative = os.path.relpath(path)
    except (OSError, ValueError):  # no current folder; another drive
        return path
    return path if relative.startswith(os.pardir) else relative


def rule_ids(folders: Iterable[AnyPath]) -> set[str]:
    """Return the ids of the built-in rules and of other folders'; a rule file is named by its id.

    Raises UnreadableSource.
    """
    found = set()
    for folder in (store.own_folders()[-1], *folders):
        named = (_RULE_FILE.fullmatch(os.path.basename(file)) for file in yaml_files(folder))
        found |= {match[1] for match in named if match}
    return found


def known_or_nearest(prefix: str, ids: Iterable[str]) -> str | None:
    """Return None where a rule begins so, else the nearest id or family, empty where none is near."""
    known = sorted(ids)
    if any(rule.startswith(prefix) for rule in known):
        return None
    return nearest(prefix, [*known, *dict.fromkeys(rule[:-2] for rule in known)])


class _Reader:
    """Reads the entries of one file; the first that is wrong is an error with its place."""

    def __init__(self, name: str, folder: str, text: str, table: tuple[str, ...]) -> None:
        self.name = name
        self.folder = folder
        self.lines = text.split("\n")
        self.table = table

    def read(self, entries: dict[str, object]) -> Config:
        """Return the settings. Raises Malformed."""
        for key in entries:
            if key not in KEYS:
                raise Malformed(self.place(key), f"unknown key '{key}'{_hint(nearest(key, KEYS))}")
        places = {key: self.place(key) for key in entries}
        rules = tuple(self.inside("rules", item, folder=True) for item in self.texts(entries, "rules"))
        baseline = self.text(entries, "baseline")
        config = Config(
            self.name,
            tuple(item.upper() for item in self.texts(entries, "select")),
            tuple(item.upper() for item in self.texts(entries, "ignore")),
            self.text(entries, "severity") or DEFAULTS["severity"],
            self.text(entries, "fail-on") or DEFAULTS["fail-on"],
            self.text(entries, "lang"),
            rules,
            self.inside("baseline", baseline) if "baseline" in entries else "",
            tuple(self.inside("waivers", item) for item in self.texts(entries, "waivers")),
            self.severities(entries),
            places,
        )
        self.check_rules(config)
        return config

    def text(self, entries: dict[str, object], key: str) -> str:
        """Return a text, nothing where the key is absent; one of a closed list where the key has one."""
        value = entries.get(key, "")
        if not isinstance(value, str):
            raise Malformed(self.place(key), f"'{key}' must be a text in quotes")
        allowed = CHOICES.get(key)
        if key in entries and not value:
            raise Malformed(self.place(key), f"'{key}' is empty")
        if key in entries and allowed is not None and value not in allowed:
            near = _hint(nearest(value, allowed))
            raise Malformed(self.place(key), f"'{key}' must be one of {', '.join(allowed)}; found '{value}'{near}")
        return value

    def texts(self, entries: dict[str, object], key: str) -> tuple[str, ...]:
        """Return a list of texts, none where the key is absent."""
        value = entries.get(key, [])
        if not isinstance(value, list) or not all(isinstance(item, str) and item for item in value):
            raise Malformed(self.place(key), f"'{key}' must be a list of texts, such as [\"…\"]")
        return tuple(value)

    def severities(self, entries: dict[str, object]) -> dict[str, str]:
        """Return the severity of each rule that is named."""
        value = entries.get("severities", {})
        if not isinstance(value, dict):
            raise Malformed(self.place("severities"), "'severities' must be a table: PL101 = \"warning\"")
        for rule, level in value.items():
            if level not in LEVELS:
                said = f"'{rule}' must be one of {', '.join(LEVELS)}"
                raise Malformed(self.place("severities", rule), f"{said}; found '{level}'")
        return {str(rule): str(level) for rule, level in value.items()}

    def inside(self, key: str, value: str, *, folder: bool = False) -> str:
        """Return the path of a file or folder that must lie below the folder of this file, links followed."""
        if len(value) > _LONGEST_PATH:
            raise Malformed(self.place(key), f"'{key}' names a path of more than {_LONGEST_PATH} characters")
        top = os.path.realpath(self.folder)
        target = os.path.realpath(os.path.join(top, value)) if "\0" not in value else ""
        if os.path.isabs(value) or not (target + os.sep).startswith(top.rstrip(os.sep) + os.sep):
            raise Malformed(self.item(key, value), f"'{value}' does not lie in the folder of this file")
        if folder and not os.path.isdir(target):
            raise Malformed(self.item(key, value), f"there is no folder '{value}'")
        return _short(os.path.join(self.folder, value))

    def check_rules(self, config: Config) -> None:
        """Raise Malformed for a rule that does not exist."""
        named = [(key, item) for key in ("select", "ignore") for item in config.value(key)]
        if not named and not config.severities:
            return
        known = rule_ids(config.rules)
        for key, item in named:
            near = known_or_nearest(item, known)
            if near is not None:
                raise Malformed(self.item(key, item), f"no rule begins with '{item}'{_hint(near)}")
        for rule in config.severities:
            if rule not in known:
                place = self.place("severities", rule)
                raise Malformed(place, f"there is no rule '{rule}'{_hint(nearest(rule, sorted(known)))}")

    def place(self, *keys: str) -> Place:
        """Return where a key was written, or what it belongs to, or the beginning: TOML's own reader does not say."""
        wanted = (*self.table, *keys)
        header: tuple[str, ...] = ()
        for number, line in enumerate(self.lines, 1):
            if found := _TABLE.match(line):
                header = _parts(found[1])
                if header == wanted:
                    return Place(self.name, number, found.start(1) + 1)
            elif "=" in line and (*header, *_parts(line.partition("=")[0])) == wanted:
                return Place(self.name, number, len(line) - len(line.lstrip()) + 1)
        if not keys:
            return Place(self.name, 1, 1)
        # It stands within a table in braces.
        return self._from(self.place(*keys[:-1]), keys[-1])

    def item(self, key: str, value: str) -> Place:
        """Return where an item of a list was written, or the list."""
        return self._from(self.place(key), value)

    def _from(self, start: Place, text: str) -> Place:
        for number, line in enumerate(self.lines[start.line - 1 :], start.line):
            column = line.lower().find(text.lower(), start.column - 1 if number == start.line else 0)
            if column >= 0:
                return Place(self.name, number, column + 1)
        return start


def _parts(dotted: str) -> tuple[str, ...]:
    return tuple(part.strip().strip("\"'") for part in dotted.split("."))


def _hint(near: str) -> str:
    return f"; did you mean '{near}'?" if near else ""
