"""The only place that applies what a project has decided about findings: waivers, severities, a baseline.

Judging knows nothing of it: what is said of a plan depends on no date, no configuration and no further file.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence

from msgspec import Struct, field
from msgspec.structs import replace

from planlint.baselines import Baseline, Entry
from planlint.digest import digest
from planlint.engine import Engine
from planlint.findings import Finding, Mention, Outcome, Severity, Waiver, in_order
from planlint.rules import Rule
from planlint.tree import Fault

State = tuple[int, Fault | None]
"""What became of a waiver: the higher, the more it does; and what is to be said of it."""

OFF = "off"
TRACED = frozenset({"quote-not-there", "figure-not-there", "line-not-there", "number-left-out"})
"""The faults that only a comparison with the document finds."""


class Policy(Struct, frozen=True):
    """What a project has decided. `today` is a date as ISO 8601 writes it: the clock belongs to the edge."""

    today: str
    waivers: tuple[Waiver, ...] = ()
    severities: Mapping[str, str] = field(default_factory=dict)
    baseline: Baseline | None = None


class Decision(Struct, frozen=True):
    """Findings in reading order as the project sees them, how many a baseline left out, and which of its are gone."""

    findings: tuple[Finding, ...]
    known: int = 0
    gone: tuple[Entry, ...] = ()


def decide(
    outcomes: Sequence[Outcome],
    policy: Policy,
    engine: Callable[[], Engine],
    wants: Callable[[Finding], bool],
    *,
    traced: bool = False,
) -> Decision:
    """Return what is to be reported of some plans. `engine` is asked for only where a rule must be looked up."""
    rules = _Rules(engine)
    states: dict[Waiver, State] = {}
    found: list[Finding] = []
    for outcome in outcomes:
        waivers = [*outcome.waivers, *(w for w in policy.waivers if w.plan == plan_of(outcome))]
        found += _waived(outcome, waivers, policy.today, rules, states) if waivers else outcome.findings
    for waiver, (_, fault) in states.items():
        if fault is not None and (fault.kind == "lapsed-waiver" or rules.is_traced(waiver.rule) is traced):
            found.append(engine().word(waiver.plan, fault))
    ordered = in_order(_leveled(found, policy.severities, rules) if policy.severities else found)
    if policy.baseline is None:
        return Decision(tuple(filter(wants, ordered)))
    known = policy.baseline.entries
    kept = [f for f in ordered if f.waived is not None or f.fingerprint not in known]
    met, plans = {f.fingerprint for f in ordered}, {plan_of(outcome) for outcome in outcomes}
    gone = tuple(e for e in known.values() if e.plan in plans and e.fingerprint not in met)
    wanted = tuple(filter(wants, kept))
    return Decision(wanted, sum(map(wants, ordered)) - len(wanted), gone)


def plan_of(outcome: Outcome) -> str:
    """Return what a finding names as its plan: the id, or the file where that cannot be read."""
    return outcome.plan or outcome.file


class _Rules:
    """The rules by id, looked up when the first is asked for."""

    def __init__(self, engine: Callable[[], Engine]) -> None:
        self._engine = engine
        self._known: dict[str, Rule] = {}

    def __getitem__(self, id_: str) -> Rule:
        if not self._known:
            self._known = {rule.id: rule for rule in self._engine().ruleset.rules}
        return self._known[id_]

    def is_traced(self, id_: str) -> bool:
        """Tell whether only a comparison with the document asks a rule."""
        return self[id_].options.choices.get("fault") in TRACED


def plain(fingerprint: str) -> str:
    """Return a fingerprint without the number that in_order() gives to findings that are alike."""
    return fingerprint.partition("-")[0]


def meaning(rule: Rule) -> str:
    """Return a digest of what a rule asks: its question, options and formula; a better wording changes nothing."""
    choices = [f"{key}={value}" for key, value in sorted(rule.options.choices.items())]
    formula = rule.options.relation.text if rule.options.relation is not None else ""
    return digest("\0".join([rule.ask, formula, *choices]).encode("utf-8", "surrogatepass"), size=8)


def _waived(
    outcome: Outcome,
    waivers: Iterable[Waiver],
    today: str,
    rules: _Rules,
    states: dict[Waiver, State],
) -> list[Finding]:
    """Return the findings of one plan, the accepted ones marked, and record what became of each waiver."""
    findings = outcome.findings
    accepted: dict[int, Waiver] = {}
    unread = any(m.role == "unread" for f in findings if f.severity is Severity.ERROR for m in f.mentions)
    for waiver in waivers:
        about = [n for n, finding in enumerate(findings) if _is_about(waiver, finding)]
        because = _lapsed(waiver, today, rules) if about else ()
        fitting = [n for n in about if not because and not _differs(waiver, findings[n].mentions)]
        free = [n for n in fitting if n not in accepted]
        accepted |= dict.fromkeys(free, waiver)
        state: State
        if free:
            state = 3, None
        elif fitting:
            state = 2, _fault("unused-waiver", waiver, (("wrong", "twice"),))
        elif about:
            because = because or _differs(waiver, findings[about[0]].mentions)
            state = 1, _fault("lapsed-waiver", waiver, because)
        else:
            # An entry that cannot be read may hide the finding: then nobody knows.
            state = 0, None if unread else _fault("unused-waiver", waiver, (("wrong", "gone"),))
        # A plan in two files: what a waiver does for one of them counts.
        if waiver not in states or state[0] > states[waiver][0]:
            states[waiver] = state
    return [
        replace(finding, waived=accepted[n].reason, waiver=accepted[n]) if n in accepted else finding
        for n, finding in enumerate(findings)
    ]


def _is_about(waiver: Waiver, finding: Finding) -> bool:
    """Tell whether a waiver means a finding: by fingerprint, or by all figures that it is about.

    The number that tells findings apart which are alike in everything but their place is no part of what was decided.
    """
    if waiver.rule != finding.rule or (waiver.finding and plain(waiver.finding) != finding.fingerprint):
        return False
    return not waiver.figures or set(waiver.figures) == {mention.id for mention in finding.mentions}


Shown = tuple[tuple[str, str], ...]


def _lapsed(waiver: Waiver, today: str, rules: _Rules) -> Shown:
    """Return why a waiver no longer holds whatever the values, nothing where it does; its last day is included."""
    if waiver.until and today > waiver.until:
        return ("wrong", "expired"), ("until", waiver.until)
    if waiver.meaning and waiver.meaning != meaning(rules[waiver.rule]):
        return (("wrong", "other-meaning"),)
    return ()


def _differs(waiver: Waiver, mentions: Iterable[Mention]) -> Shown:
    """Return which printed value is not the one that was granted, nothing where all are; blanks do not count."""
    granted = dict(waiver.values)
    for mention in mentions:
        figure = ("figure", mention.id), ("now", mention.printed)
        if mention.id not in granted:
            return ("wrong", "no-value"), *figure
        if "".join(granted[mention.id].split()) != "".join(mention.printed.split()):
            return ("wrong", "other-value"), *figure, ("granted", granted[mention.id])
    return ()


def _fault(kind: str, waiver: Waiver, because: Shown) -> Fault:
    named = ("finding", waiver.finding or " ".join(waiver.figures))
    return Fault(kind, waiver.place, (("rule", waiver.rule), named, *because))


def _leveled(found: Iterable[Finding], severities: Mapping[str, str], rules: _Rules) -> Iterable[Finding]:
    """Yield findings with the severities that a project gives to rules, without those that it switches off.

    What a rule itself says more mildly than usual (a slip of rounding) is never raised.
    """
    for finding in found:
        word = severities.get(finding.rule)
        if word is None:
            yield finding
        elif word != OFF:
            level = Severity[word.upper()]
            is_mild = level > finding.severity and finding.severity < rules[finding.rule].severity
            yield finding if is_mild else replace(finding, severity=level)
