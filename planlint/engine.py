"""The only place where rules are put to a plan: a text goes in, findings come out. Nothing here touches the world."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING

from planlint import plan, tree
from planlint.facts import Facts, Figure, Lookups, derive, derive_figures
from planlint.findings import Finding, Mention, Origin, Outcome, Text, Undecided, Waiver, fingerprint
from planlint.grants import WRONG
from planlint.questions import QUESTIONS
from planlint.rules import Rule, Ruleset
from planlint.source import NotText, Place, Source
from planlint.statements import Plan
from planlint.syntax_words import PROBLEMS
from planlint.tree import Fault
from planlint.verdicts import Answer, Inquiry, Relation, Verdict

if TYPE_CHECKING:
    from planlint.argument import Argument
    from planlint.coverage import Coverage
    from planlint.dossier import Dossier
    from planlint.trace import Trace


CONTRADICTIONS = frozenset({"identity", "implied", "ratio", "product", "agreement", "sum", "granularity"})
"""The questions whose findings are about figures that contradict each other."""

ABOUT_WAIVERS = frozenset({"bad-waiver", "lapsed-waiver", "unused-waiver"})
"""The faults of waivers themselves: nobody waives those."""

Fetch = Callable[[str], Source | None]
"""Returns the plan file of a name, None where there is none."""


def _no_plan(name: str) -> Source | None:
    return None


class Engine:
    """A compiled set of rules, ready for any number of plans."""

    def __init__(self, ruleset: Ruleset) -> None:
        self.ruleset = ruleset
        self.lookups = Lookups(ruleset.catalogue)
        order = {ask: number for number, ask in enumerate(QUESTIONS)}
        # Questions about units and bounds come first: what they reject, the others do not use.
        self.rules = sorted((r for r in ruleset.rules if r.ask != "reading"), key=lambda r: (order[r.ask], r.id))
        self.readers = {r.options.choices["fault"]: r for r in ruleset.rules if r.ask == "reading"}
        self.relations: dict[str, Relation] = {}
        for rule in self.rules:
            if rule.options.relation is not None:
                self.relations.setdefault(rule.ask, rule.options.relation)

    def judge(self, source: Source, fetch: Fetch = _no_plan) -> Outcome:
        """Return every finding about one plan. `fetch` finds the plans that it names as references."""
        root, faults = tree.parse(source.text, source.name)
        stated = plan.read(root, source.name, faults)
        if stated is None:
            return self._unreadable(source.name, "", faults)
        waivers = self.known_waivers(stated.waivers, faults) if stated.waivers else ()
        references = self._references(stated, fetch, faults) if stated.references else ()
        facts = derive(stated, self.lookups, faults, references)
        outcome = self._unreadable(source.name, stated.id, facts.faults)
        outcome.figures = len(facts.figures)
        outcome.waivers = waivers
        self._ask(facts, outcome)
        return outcome

    def known_waivers(self, waivers: Iterable[Waiver], faults: list[Fault]) -> tuple[Waiver, ...]:
        """Return the waivers of rules that there are and that may be waived; the others become faults."""
        from planlint.spelling import nearest

        known = {rule.id: rule for rule in self.ruleset.rules}
        found = []
        for waiver in waivers:
            rule = known.get(waiver.rule)
            if rule is None:
                shown = (("text", waiver.rule), ("wrong", "unknown-rule"), ("near", nearest(waiver.rule, known)))
                faults.append(Fault("bad-waiver", waiver.place, shown))
            elif rule.options.choices.get("fault") in ABOUT_WAIVERS:
                faults.append(Fault("bad-waiver", waiver.place, (("text", waiver.rule), ("wrong", "about-waivers"))))
            else:
                found.append(waiver)
        return tuple(found)

    def word(self, plan_id: str, fault: Fault) -> Finding:
        """Return the finding that words a fault of some plan, or of a file about it."""
        return self._unreadable(fault.place.file, plan_id, [fault]).findings[0]

    def _references(self, stated: Plan, fetch: Fetch, faults: list[Fault]) -> tuple[Facts, ...]:
        """Return the facts of the plans that a plan names; what is wrong inside them is theirs to report."""
        found = []
        for term in stated.references:
            source = fetch(term.text)
            ignored: list[Fault] = []
            root = tree.parse(source.text, source.name)[0] if source is not None else None
            other = plan.read(root, source.name, ignored) if source is not None and root is not None else None
            if other is None:
                faults.append(Fault("bad-reference", term.place, (("found", term.text),)))
            else:
                found.append(derive_figures(other, self.lookups))
        return tuple(found)

    def trace(self, source: Source, find: Callable[[str], Source]) -> tuple[Outcome, Trace | None]:
        """Return what does not agree between a plan file and the text of its document; None for no readable plan.

        `find` returns the text of the document that the plan names.
        """
        # A check never needs it, and starts sooner without.
        from planlint.trace import trace

        root, faults = tree.parse(source.text, source.name)
        stated = plan.read(root, source.name, faults)
        if stated is None:
            return self._unreadable(source.name, "", faults), None
        waivers = self.known_waivers(stated.waivers, faults) if stated.waivers else ()
        traced = trace(stated, find(stated.document))
        outcome = self._unreadable(source.name, stated.id, (*faults, *traced.faults), stated.document)
        outcome.waivers = waivers
        return outcome, traced

    def cover(self, source: Source, fetch: Fetch = _no_plan) -> Coverage | None:
        """Return which figures of a plan the rules would find wrong, None for no readable plan."""
        facts = self._facts(source, fetch)
        return self._cover(facts, source) if facts is not None else None

    def argue(self, source: Source, findings: Iterable[Finding], fetch: Fetch = _no_plan) -> list[Argument]:
        """Return findings about one plan told in full; none where it cannot be read at all."""
        facts = self._facts(source, fetch)
        return self._argue(facts, findings) if facts is not None else []

    def lay_out(self, source: Source, findings: Iterable[Finding], fetch: Fetch = _no_plan) -> Dossier | None:
        """Return all that a panel reads of one plan and of findings about it; None for no readable plan."""
        from planlint.courses import courses
        from planlint.dossier import Dossier, Heading

        facts = self._facts(source, fetch)
        if facts is None:
            return None
        stated, known = facts.plan, list(findings)
        worse = {r.id for r in self.rules if r.ask == "direction" and r.options.choices["when"] != "equal"}
        found = courses(facts, [finding for finding in known if finding.rule in worse])
        period = f"{stated.period.first}-{stated.period.last}"
        heading = Heading(stated.id, stated.title, stated.region, period, stated.baseline, stated.document)
        return Dossier(source.name, heading, tuple(self._argue(facts, known)), found, self._cover(facts, source))

    def _facts(self, source: Source, fetch: Fetch) -> Facts | None:
        """Return all that a plan states, and the plans that it names; None for no readable plan."""
        root, faults = tree.parse(source.text, source.name)
        stated = plan.read(root, source.name, faults)
        if stated is None:
            return None
        references = self._references(stated, fetch, faults) if stated.references else ()
        return derive(stated, self.lookups, faults, references)

    def _cover(self, facts: Facts, source: Source) -> Coverage:
        from planlint.coverage import cover

        return cover(facts, self.rules, source.name)

    def _argue(self, facts: Facts, findings: Iterable[Finding]) -> list[Argument]:
        from planlint.argument import argue
        from planlint.network.mending import Mender

        known = {rule.id: rule for rule in self.rules}
        mender = Mender(facts, self.relations)
        return [argue(finding, facts, known.get(finding.rule), mender) for finding in findings]

    def refuse(self, name: str, problem: NotText) -> Outcome:
        """Return the finding about bytes that are no text."""
        shown = (("reason", problem.reason), ("detail", problem.detail))
        return self._unreadable(name, "", [Fault("not-text", Place(name, problem.line, 1), shown)])

    def _ask(self, facts: Facts, outcome: Outcome) -> None:
        spoiled: set[Figure] = set()
        inquiry = Inquiry(facts, spoiled)
        found: list[Finding] = []
        contradictions: set[int] = set()
        fails, undecided = Answer.FAILS, Answer.UNDECIDED
        for rule in self.rules:
            for verdict in rule.question.ask(inquiry, rule.options):
                if verdict.answer is fails:
                    if rule.ask in CONTRADICTIONS:
                        contradictions.add(len(found))
                    found.append(_finding(rule, verdict, outcome))
                    spoiled.update(verdict.spoiled)
                elif verdict.because is not None and verdict.answer is undecided:
                    mentions = verdict.mentions
                    lines = tuple([mention.place.line for mention in mentions])
                    outcome.undecided.append(Undecided(rule.id, mentions[0].place, verdict.because, lines))
        if contradictions:
            # Only a plan whose figures are at odds needs the network.
            from planlint.network.advice import advise

            found = advise(found, contradictions, facts, self.relations, spoiled)
        outcome.findings.extend(found)

    def _unreadable(self, file: str, plan_id: str, faults: Iterable[Fault], document: str = "") -> Outcome:
        outcome = Outcome(file, plan_id)
        for fault in faults:
            rule = self.readers[fault.kind]
            shown = dict(fault.shown)
            message = rule.messages["message"]
            text = Text(*(_fill(fault.kind, template, shown, lang) for lang, template in _languages(message)))
            ids = [fault.kind, *(f"{key}={value}" for key, value in fault.shown)]
            # What cannot be read is cited like a figure, so that every finding has a place in every format.
            cited = fault.shown[0][1] if fault.shown else ""
            mention = Mention(fault.kind, "", "unread", None, cited, fault.place, _origin(fault, document))
            outcome.findings.append(
                Finding(
                    rule.id,
                    rule.name,
                    rule.severity,
                    plan_id or file,
                    fault.place,
                    text,
                    (mention,),
                    (),
                    fingerprint(rule.id, plan_id or file, ids),
                )
            )
        return outcome


def _origin(fault: Fault, document: str) -> Origin:
    return Origin(document if fault.lines else "", fault.lines, "")


def _languages(message: Text) -> tuple[tuple[str, str], ...]:
    return ("zh", message.zh), ("en", message.en)


def _fill(kind: str, template: str, shown: dict[str, str], lang: str) -> str:
    # Only a wrong shape is named by planlint's own word; elsewhere `found` is what the plan says, be it "text".
    words = {
        key: value if key == "found" and kind != "shape" else READING_WORDS.get((key, value), {}).get(lang, value)
        for key, value in shown.items()
    }
    if kind == "version" and not words["found"]:
        words["found"] = READING_WORDS["found", "nothing"][lang]
    if "wrong" in words:
        words["wrong"] = WRONG[shown["wrong"]][lang]
    if "near" in words:
        near = words["near"]
        words["near"] = "" if not near else f"；是不是“{near}”？" if lang == "zh" else f"; did you mean “{near}”?"
    if "wrong" in words:
        # What it says is ours; what it quotes is filled in once and never read as a template.
        words["wrong"] = words["wrong"].format_map(words)
    # A reason may have no detail behind it.
    return template.format_map(words).rstrip()


def _finding(rule: Rule, verdict: Verdict, outcome: Outcome) -> Finding:
    message = rule.messages[verdict.variant]
    severity = verdict.severity or rule.severity
    if verdict.doubtful:
        severity = severity.milder()
    texts = []
    for lang, template in _languages(message):
        shown = {k: v.say(lang) if isinstance(v, Text) else v for k, v in verdict.shown.items()}
        texts.append(template.format_map(shown))
    ids = [mention.id for mention in verdict.mentions]
    return Finding(
        rule.id,
        rule.name,
        severity,
        outcome.plan,
        verdict.mentions[0].place,
        Text(*texts),
        verdict.mentions,
        verdict.steps,
        fingerprint(rule.id, outcome.plan, ids),
    )


READING_WORDS: dict[tuple[str, str], dict[str, str]] = {
    ("expected", "mapping"): {"zh": "一组“栏名: 内容”", "en": "a mapping"},
    ("expected", "list"): {"zh": "一个列表", "en": "a list"},
    ("expected", "text"): {"zh": "一段文字", "en": "a text"},
    ("expected", "amount"): {"zh": "一个数量，如 10.15 人", "en": "an amount such as 10.15 人"},
    ("expected", "key"): {"zh": "一个栏名", "en": "a plain key"},
    ("found", "mapping"): {"zh": "一组“栏名: 内容”", "en": "a mapping"},
    ("found", "list"): {"zh": "一个列表", "en": "a list"},
    ("found", "text"): {"zh": "一段文字", "en": "a text"},
    ("found", "nothing"): {"zh": "空白", "en": "nothing"},
    ("where", "file"): {"zh": "文件", "en": "the file"},
    ("where", "plan"): {"zh": "plan 部分", "en": "the plan part"},
    ("where", "table"): {"zh": "表", "en": "the table"},
    ("where", "columns"): {"zh": "columns", "en": "columns"},
    ("where", "column"): {"zh": "列", "en": "the column"},
    ("where", "row"): {"zh": "行", "en": "the row"},
    ("where", "cell"): {"zh": "单元格", "en": "the cell"},
    ("where", "figure"): {"zh": "数字条目", "en": "the figure"},
    ("where", "claim"): {"zh": "关系条目", "en": "the claim"},
    ("where", "projects"): {"zh": "项目表", "en": "the table of projects"},
    ("where", "project"): {"zh": "项目", "en": "the project"},
    ("reason", "not-an-amount"): {"zh": "不是数字加单位的写法", "en": "it is no number with a unit"},
    ("reason", "comma"): {"zh": "逗号不是千位分隔", "en": "the comma separates no thousands"},
    ("reason", "too-long"): {"zh": "太长", "en": "it is too long"},
    ("reason", "too-many-digits"): {"zh": "位数太多", "en": "it has too many digits"},
    ("reason", "two-units"): {"zh": "范围的两端单位不同", "en": "the two ends have different units"},
    ("reason", "two-bounds"): {"zh": "上限和下限写在一起", "en": "it states a floor and a ceiling at once"},
    ("reason", "range-upside-down"): {"zh": "范围的起点大于终点", "en": "the range begins above its end"},
    ("reason", "too-large"): {"zh": "文件超过 16 MB", "en": "the file is larger than 16 MB"},
    ("reason", "utf-16"): {"zh": "文件是 UTF-16 编码，请另存为 UTF-8", "en": "the file is UTF-16; save it as UTF-8"},
    ("reason", "gb18030"): {
        "zh": "文件是 GBK/GB18030 编码，请另存为 UTF-8",
        "en": "the file is GBK/GB18030; save it as UTF-8",
    },
    ("reason", "not-utf-8"): {"zh": "文件不是 UTF-8 编码", "en": "the file is not UTF-8"},
    ("reason", "control-character"): {"zh": "文件里有看不见的控制字符", "en": "the file holds a control character"},
    ("where", "waiver"): {"zh": "豁免条目", "en": "the waiver"},
} | {("problem", said): {"zh": words.zh, "en": words.en} for said, words in PROBLEMS.items()}
"""Words for what reading reports, by placeholder and value."""
