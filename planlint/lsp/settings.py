"""What a project has decided about the plans in a folder: the same that `planlint check` would read there."""

from __future__ import annotations

import os
from collections.abc import Iterable

from msgspec import Struct

from planlint import baselines, config
from planlint.api import Judge, Selection, decided, this_day
from planlint.findings import Finding, Severity, Tally
from planlint.policy import Policy


class Settings(Struct, frozen=True):
    """The rules for a plan, which findings are wanted, what is accepted, and the language, empty where none is set."""

    judge: Judge
    selection: Selection
    policy: Policy | None
    lang: str

    def findings(self, path: str, data: bytes) -> list[Finding]:
        """Return what is to be said of a plan that holds some content, be it saved or not."""
        judge = self.judge
        outcome = judge.judge(path, data)
        return list(decided([outcome], self.policy, lambda: judge.engine, self.selection, Tally())[0])


class Desk:
    """The settings of the folders that an editor works in.

    `folders` are those of rules that it was started with; `named` is a configuration file that counts for all plans.
    """

    def __init__(self, folders: Iterable[str], named: str | None = None, *, isolated: bool = False) -> None:
        self._folders = tuple(folders)
        # The editor may ask from any folder.
        self._named = None if named is None else os.path.abspath(named)
        self._isolated = isolated
        self._judges: dict[tuple[str, ...], Judge] = {}

    def plain(self) -> Settings:
        """Return the settings where no project has decided anything. Raises what Judge.engine raises."""
        return Settings(self._judge(()), Selection(), None, "")

    def ready(self) -> None:
        """Read what is the same for every plan. Raises what `of` raises."""
        if self._named is None:
            self.plain()
        else:
            self._made(config.in_force((), self._named))

    def of(self, path: str) -> Settings:
        """Return the settings for a plan. Raises Malformed and UnreadableSource for files that are wrong or gone."""
        if self._isolated or not os.path.isabs(path):
            return self.plain()
        return self._made(config.in_force((path,), self._named))

    def _made(self, found: config.Config) -> Settings:
        judge = self._judge(found.rules)
        selection = Selection(found.select, found.ignore, Severity[found.severity.upper()])
        policy = None
        if found.waivers or found.severities or found.baseline:
            baseline = baselines.read(found.baseline) if found.baseline else None
            policy = Policy(this_day(), judge.waivers(found.waivers), found.severities, baseline)
        return Settings(judge, selection, policy, found.lang)

    def _judge(self, folders: tuple[str, ...]) -> Judge:
        """Return the judge of some folders of rules beside those given; rules are read once."""
        wanted = (*self._folders, *folders)
        known = self._judges.get(wanted)
        if known is None:
            known = Judge(wanted, remember=False)
            _ = known.engine
            self._judges[wanted] = known
        return known
