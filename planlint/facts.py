"""The only place where statements and claims of a plan become figures: names, units, roles and years looked up.

A figure that cannot be read becomes a fault; it is left out of everything that is judged afterwards.
"""

from __future__ import annotations

import enum
from collections.abc import Iterable
from typing import TypeVar

from msgspec import Struct, field, structs

from planlint import amounts, catalogue, names, spelling, units, unlisted
from planlint.amounts import Amount, Kind, NotAnAmount, Operator, Rounding
from planlint.catalogue import Catalogue, Indicator, Match
from planlint.digest import digest
from planlint.exact import Fraction
from planlint.findings import Mention, Origin
from planlint.intervals import Interval
from planlint.labels import unlabelled
from planlint.names import Reading
from planlint.patterns import pattern
from planlint.records import Record
from planlint.source import Malformed, Place
from planlint.statements import Claim, Plan, Statement, Term
from planlint.tree import Fault
from planlint.units import Unit, UnknownUnit


class Standing(enum.Enum):
    """The kinds of role that may be compared with each other."""

    __hash__ = object.__hash__

    REPORTED = "reported"
    TARGET = "target"
    ASSIGNED = "assigned"
    REFERENCE = "reference"


_STANDING = {
    "actual": Standing.REPORTED,
    "baseline": Standing.REPORTED,
    "target": Standing.TARGET,
    "assigned": Standing.ASSIGNED,
    "reference": Standing.REFERENCE,
}


class Fit(enum.Enum):
    """How the printed unit suits the indicator."""

    __hash__ = object.__hash__

    FITS = "fits"
    ASSUMED = "assumed"
    OTHER_SCALE = "other-scale"
    OTHER_COUNTER = "other-counter"
    OTHER_DIMENSION = "other-dimension"


class Topic(Struct, frozen=True, cache_hash=True, gc=False):
    """What figures are about when they can be compared: indicator, scope, population base, and part of the year."""

    indicator: str
    scope: str
    base: str
    months: str = ""
    """Empty for the whole year: what three quarters brought is not what the year brought."""


class Figure(Struct, frozen=True, eq=False, gc=False):
    """One printed figure. `factor` turns the amount's printed unit into the indicator's; None if it cannot."""

    id: str
    statement: Statement
    indicator: Indicator
    topic: Topic
    role: str
    standing: Standing
    year: int
    amount: Amount
    unit: Unit | None
    factor: Fraction | None
    fit: Fit
    per: int
    mention: Mention

    measure: Fraction | None
    """The number in the indicator's unit, as if it were exact; None for words, changes and unsuitable units."""
    intervals: dict[object, Interval] = {}
    """What `interval` and questions have worked out before; several ask for the same."""

    @property
    def is_measured(self) -> bool:
        """Tell whether the figure gives a number that was measured, in a unit that suits the indicator."""
        return self.measure is not None

    @property
    def value(self) -> Fraction:
        """Return the printed number in the indicator's unit, as if it were exact. Raises ValueError if unmeasured."""
        if self.measure is None:
            raise ValueError(f"{self.id} gives no number in its indicator's unit")
        return self.measure

    @property
    def is_loose(self) -> bool:
        """Tell whether no whole number need follow from it: 约 loosens it, or it may be a mean of several years."""
        first, dash, last = self.statement.period.partition("-")
        return self.amount.hedge is not None or first == "plan" or (bool(dash) and first != last)

    @property
    def upper(self) -> Fraction | None:
        """Return the upper end of a printed range in the indicator's unit, None for anything else."""
        upper = self.amount.upper
        return None if upper is None or self.factor is None else upper.value * self.factor

    @property
    def amount_step(self) -> Fraction:
        """Return the worth of one unit of the last printed digit, in the indicator's unit."""
        number, factor = self.amount.number, self.factor
        if number is None or factor is None:
            raise ValueError(f"{self.id} gives no number in its indicator's unit")
        return number.quantum if factor is ONE else number.quantum * factor

    def interval(self, rounding: Rounding) -> Interval:
        """Return the true values the figure may stand for, in the indicator's unit. Raises ValueError if unmeasured."""
        known = self.intervals.get(rounding)
        if known is not None:
            return known
        if self.factor is None:
            raise ValueError(f"{self.id} gives no number in its indicator's unit")
        interval = amounts.measured(self.amount, rounding, exact=self.indicator.whole)
        found = self.intervals[rounding] = interval if self.factor is ONE else interval.times(self.factor)
        return found


class Operand(Struct, frozen=True, gc=False):
    """A term of a claim with its amount; `figure` where the term is an id. `unit` is None for a bare number."""

    amount: Amount
    unit: Unit | None
    figure: Figure | None
    place: Place
    heading: str = ""
    """The unit at the head of the table, which the place itself does not print."""

    @property
    def raw(self) -> str:
        """Return the characters of the plan file at the place."""
        return self.amount.text.removesuffix(self.heading)

    @property
    def is_number(self) -> bool:
        """Tell whether a number was printed."""
        return self.amount.kind in (Kind.VALUE, Kind.RANGE)

    @property
    def is_exact(self) -> bool:
        """Tell whether the term counts whole things one by one, with no word that loosens it."""
        number = self.amount.number
        if number is None or not number.whole or self.amount.kind is not Kind.VALUE:
            return False
        plain = self.amount.hedge is None and self.amount.operator is Operator.NONE
        return plain and (self.unit is None or units.is_counter(self.unit))

    def interval(self, rounding: Rounding) -> Interval:
        """Return the true values in base units of the unit's dimension; whole things printed in ones are exact."""
        exact = self.unit is None or units.is_counter(self.unit)
        found = amounts.measured(self.amount, rounding, exact=exact)
        return found if self.unit is None else found.times(self.unit.factor)


class Assertion(Struct, frozen=True, gc=False):
    """A claim with its terms looked up; a term that cannot be read is absent and `is_complete` is false.

    `indicator` is what the claim is about, where its subject is the name of one.
    """

    claim: Claim
    id: str
    operands: dict[str, Operand]
    items: tuple[Operand, ...]
    is_complete: bool
    mention: Mention
    indicator: Indicator | None = None


class Facts(Struct, frozen=True):
    """All that a plan states, ready to be judged."""

    plan: Plan
    catalogue: Catalogue
    figures: tuple[Figure, ...]
    by_topic: dict[Topic, list[Figure]]
    assertions: tuple[Assertion, ...]
    faults: tuple[Fault, ...]
    references: tuple[Facts, ...] = ()
    """What the plans state that this one is held against, in the order in which it names them."""


class _Derivation(Struct):
    plan: Plan
    catalogue: Catalogue
    faults: list[Fault]
    reached: int
    """The last year before the plan: what is printed of it has been reached."""
    over: int
    """The last year that is over as the plan is written or reviewed."""
    by_id: dict[str, Figure] = field(default_factory=dict)
    counts: dict[str, int] = field(default_factory=dict)
    scopes: dict[str, str] = field(default_factory=dict)
    """What is meant by each printed scope."""
    unread: set[str] = field(default_factory=set)
    """Ids of figures that could not be read: a claim that refers to one is silent, the fault is reported once."""
    is_cut: bool = False
    """Whether entries that are no YAML were cut out; nobody knows their ids."""
    unlisted: dict[str, dict[str, Indicator]] = field(default_factory=dict)
    """What was made of the names that the catalogue does not have, by name and by key."""
    unlisted_known: bool = False
    """Whether the catalogue has been extended for them; the one it was is shared."""
    strangers: dict[str, Place] = field(default_factory=dict)
    """Those names as printed, and where each stands first."""


ONE = Fraction(1)
_LONGEST_NAME = 80
_LONGEST_CLAIM = 300

_Key = TypeVar("_Key")
_Found = TypeVar("_Found")
Fitting = tuple[Unit | None, Fraction | None, Fit]


class Lookups:
    """What was looked up before, for all plans of one run: names, and units against indicators."""

    LIMIT = 20000

    def __init__(self, found_in: Catalogue) -> None:
        self.catalogue = found_in
        self._names: dict[str, Match | None] = {}
        self._fits: dict[tuple[str, int, str], Fitting] = {}
        self._nearest: dict[str, str] = {}

    def find(self, name: str) -> Match | None:
        """Return what Catalogue.find returns."""
        try:
            return self._names[name]
        except KeyError:
            return self._keep(self._names, name, self.catalogue.find(name))

    def nearest(self, name: str) -> str:
        """Return what Catalogue.nearest returns."""
        try:
            return self._nearest[name]
        except KeyError:
            return self._keep(self._nearest, name, self.catalogue.nearest(name))

    def fit(self, indicator: Indicator, per: int, unit: str) -> Fitting:
        """Return what fit() returns. Raises units.UnknownUnit."""
        key = (indicator.key, per, unit)
        try:
            return self._fits[key]
        except KeyError:
            printed, factor, suits = fit(indicator, per, self.catalogue.unit(unit) if unit else None)
            # One object for the commonest factor: asking whether it is that one is cheaper than whether it equals 1.
            return self._keep(self._fits, key, (printed, ONE if factor == 1 else factor, suits))

    def _keep(self, known: dict[_Key, _Found], key: _Key, found: _Found) -> _Found:
        """Return what was found, and keep it with what is known, of which there is never too much."""
        if len(known) > self.LIMIT:
            known.clear()
        known[key] = found
        return found


def fit(indicator: Indicator, per: int, printed: Unit | None) -> Fitting:
    """Return the printed unit, the factor to the indicator's unit (None where there is none), and how they suit.

    `per` is what the printed name of a density counts per: 每万人口 with 8.0 人 is 0.8 in 人/千人口.
    """
    own = indicator.unit
    scaled = Fraction(indicator.per, per)
    if printed is None:
        return None, scaled if indicator.kind == "density" else ONE, Fit.ASSUMED
    if indicator.kind == "density":
        counter = own.name.partition("/")[0]
        # 1:1.15 apart, a density prints its counter, and its name says per how many.
        counters = {counter, *(unit.name.partition("/")[0] for unit in indicator.accepts)}
        if printed.name in counters:
            return printed, scaled, Fit.FITS
        above, slash, below = printed.name.partition("/")
        if slash and above in counters and below.endswith(("人", "人口")):
            # 4名/10万人: whatever a density counts per so many people, it counts per residents.
            return printed, printed.factor / own.factor, Fit.FITS
        if printed.is_scale and printed.name not in ("%", "‰"):
            # 精神科医师 3.5/10万: so many per residents, whatever its name counts per.
            return printed, printed.factor / own.factor, Fit.FITS
    if indicator.kind == "money" and printed.name.partition("/")[0] == own.name and printed.name.endswith("/人"):
        # 人均补助 84元/人: an indicator of money per head is printed in 元 or in 元/人.
        return printed, printed.factor / own.factor, Fit.FITS
    if indicator.kind == "money" and printed.name == f"{own.name}/年":
        # 每人每年550元: a standard is so much a year, whether its unit says so or not.
        return printed, ONE, Fit.FITS
    if own.is_scale and printed.dimension == () and printed.name.startswith(("人/", "名/")):
        # 155 人/10万人: cases per residents, as 155/10万.
        suits = Fit.FITS if printed.factor == own.factor else Fit.OTHER_SCALE
        return printed, printed.factor / own.factor, suits
    accepted = indicator.accepted(printed)
    if accepted is not None:
        same = accepted.dimension == own.dimension
        return printed, printed.factor / own.factor if same else ONE, Fit.FITS
    if own.name == "人口" and printed.name == "人":
        return printed, ONE, Fit.FITS
    if printed.is_scale and own.is_scale:
        return printed, printed.factor / own.factor, Fit.OTHER_SCALE
    if printed.dimension and printed.dimension == own.dimension:
        return printed, printed.factor / own.factor, Fit.FITS
    counted = units.is_counter(printed) and (units.is_counter(own) or indicator.kind == "density")
    return printed, None, Fit.OTHER_COUNTER if counted else Fit.OTHER_DIMENSION


def derive(plan: Plan, lookups: Lookups, faults: Iterable[Fault], references: Iterable[Facts] = ()) -> Facts:
    """Return the figures and assertions of a plan; what cannot be read is added to its faults."""
    work, local = _derivation(plan, lookups, list(faults))
    figures, by_topic = _figures(work, local)
    if plan.claims:
        work.by_id = {figure.id: figure for figure in figures}
    assertions = tuple(_assertion(claim, work, local) for claim in plan.claims)
    _name_strangers(work, local)
    return Facts(plan, work.catalogue, tuple(figures), by_topic, assertions, tuple(work.faults), tuple(references))


def derive_figures(plan: Plan, lookups: Lookups) -> Facts:
    """Return the figures of a plan that another is held against; its claims and faults are its own to report."""
    work, local = _derivation(plan, lookups, [])
    figures, by_topic = _figures(work, local)
    return Facts(plan, work.catalogue, tuple(figures), by_topic, (), ())


def _derivation(plan: Plan, lookups: Lookups, faults: list[Fault]) -> tuple[_Derivation, Lookups]:
    local = _with_local(plan, lookups, faults)
    cut = any(fault.kind in _CUTTING for fault in faults)
    reached, over = max(plan.baseline, plan.period.first - 1), max(plan.review.last, plan.reported)
    return _Derivation(plan, local.catalogue, faults, reached, over, unread=set(plan.unread), is_cut=cut), local


def _figures(work: _Derivation, lookups: Lookups) -> tuple[list[Figure], dict[Topic, list[Figure]]]:
    """Return the figures of a plan in the order of the file, and by topic."""
    plan, figures = work.plan, []
    by_topic: dict[Topic, list[Figure]] = {}
    for statement in plan.statements:
        figure = _figure(statement, work, lookups)
        if figure is None:
            work.unread.add(statement.id)
            continue
        figures.append(figure)
        topic = by_topic.get(figure.topic)
        if topic is None:
            by_topic[figure.topic] = [figure]
        else:
            topic.append(figure)
    return figures, by_topic


def _with_local(plan: Plan, lookups: Lookups, faults: list[Fault]) -> Lookups:
    """Return lookups that know the plan's own indicators, too."""
    if not plan.indicators:
        return lookups
    known = catalogue.extend(lookups.catalogue)
    for node in plan.indicators:
        try:
            record = Record(node, plan.file)
            indicator = catalogue.read_indicator(record, known.unit_table)
            if not indicator.key.startswith(catalogue.LOCAL):
                raise record.fail("key", f"the key of a plan's own indicator begins with '{catalogue.LOCAL}'")
            catalogue.add(indicator, known)
        except Malformed as problem:
            faults.append(Fault("bad-indicator", problem.place, (("problem", problem.problem),)))
        except catalogue.Clash as problem:
            # What a plan described before the catalogue had it is described twice, and no fault.
            if not catalogue.adopt(indicator, known):
                faults.append(Fault("bad-indicator", record.place, (("problem", str(problem)),)))
    return Lookups(known)


def _figure(statement: Statement, work: _Derivation, lookups: Lookups) -> Figure | None:
    plan = work.plan
    match = lookups.find(statement.name)
    if match is None:
        work.strangers.setdefault(statement.name, statement.name_place)
        statement = _completed(statement, unlisted.beside(statement.name), plan)
    elif match.unit or match.region:
        statement = _completed(statement, match, plan)
    amount = _amount(statement.text, statement.unit, statement.place, work.faults)
    if amount is None:
        return None
    if match is None:
        match = _stranger(statement, amount, work)
        if match is None:
            return None
    indicator, per = match.indicator, match.per
    change = amount.change is not None
    try:
        if "/" in amount.unit and indicator.kind == "count" and not change:
            # 精神科医师数 4名/10万人 is a density: its unit says so where its name does not.
            density = work.catalogue.density_of(indicator)
            if density is not None and lookups.fit(density, density.per, amount.unit)[2] is Fit.FITS:
                indicator, per = density, density.per
        unit, factor, suits = lookups.fit(indicator, per, "" if change else amount.unit)
    except UnknownUnit as problem:
        work.faults.append(_unit_fault(problem, statement.place))
        return None
    role = statement.role or _default_role(statement, work)
    year = statement.year
    if year is None:
        year = plan.period.last if role in ("target", "assigned") else plan.baseline
    topic = _topic(statement, indicator, match.base, work)
    id_ = _id(statement, topic, year, role, work.counts)
    origin = Origin(plan.document, statement.lines, statement.quote)
    mention = Mention(id_, statement.name, role, year, _shown(statement), statement.place, origin)
    measure = None
    if factor is not None and amount.number is not None and not change:
        measure = amount.number.value if factor is ONE else amount.number.value * factor
    standing = _STANDING[role]
    return Figure(
        id_, statement, indicator, topic, role, standing, year, amount, unit, factor, suits, per, mention, measure
    )


def _topic(statement: Statement, indicator: Indicator, base: str, work: _Derivation) -> Topic:
    scope = statement.scope
    if scope:
        known = work.scopes.get(scope)
        scope = known if known is not None else work.scopes.setdefault(scope, _scope(scope, work.plan))
    base = statement.base or base
    if base and work.catalogue.population_of(base) == indicator.denominator:
        # 每千常住人口 and 每千人口 are the same where the definition counts residents.
        base = ""
    months = statement.months
    return Topic(indicator.key, scope, base, "" if months == "1-12" else months)


def _scope(printed: str, plan: Plan) -> str:
    """Return a scope in the form in which scopes are compared, nothing for the plan's own region."""
    scope = names.fold(printed)
    if _OWN.fullmatch(scope):
        scope = names.fold(scope_named(scope, plan))
    return "" if scope == names.fold(plan.region) else scope


def _id(statement: Statement, topic: Topic, year: int, role: str, counts: dict[str, int]) -> str:
    """Return the id of a figure: the one that the file gives, else what it is about; a number behind it if taken."""
    key = statement.id
    if not key:
        about = f"{topic.indicator}@{topic.scope}" if topic.scope else topic.indicator
        if topic.base:
            about = f"{about}.{topic.base}"
        when = f"{year}m{topic.months}" if topic.months else year
        table = statement.table
        key = f"{about}.{when}.{role}/{table}" if table else f"{about}.{when}.{role}"
    # The id of a row serves all its cells, and two columns may have one year and role.
    if key in counts:
        count = counts[key] = counts[key] + 1
        return f"{key}~{count}"
    counts[key] = 1
    return key


def _stranger(statement: Statement, amount: Amount, work: _Derivation) -> Match | None:
    """Return an indicator for a name that the catalogue does not have; None for a unit that nobody knows."""
    known = work.unlisted.setdefault(unlisted.plain(statement.name), {})
    try:
        heading = amounts.split_unit(statement.unit)[1] if statement.unit else ""
        # 每年降低0.5个百分点 is a change of what the row measures in %.
        unit = heading if amount.change is not None else amount.unit or heading
        made = unlisted.describe(statement.name, amount, unit, work.catalogue.unit_table)
    except UnknownUnit as problem:
        work.faults.append(_unit_fault(problem, statement.place))
        return None
    if not unit and known:
        # A number or a word without a unit is about the same as its fellows.
        made = next(iter(known.values()))
    if made.key not in known:
        if not work.unlisted_known:
            work.catalogue = catalogue.extend(work.catalogue)
            work.unlisted_known = True
        known[made.key] = work.catalogue.by_key[made.key] = made
    return Match(made, 1, "")


_MANY_NAMES = 12
"""Names beyond which those that the catalogue does not have are only counted."""


def _name_strangers(work: _Derivation, lookups: Lookups) -> None:
    """Report the names that the catalogue does not have: a misspelt one by itself, the others at once."""
    others: dict[str, Place] = {}
    for name, place in work.strangers.items():
        near = lookups.nearest(name)
        short = name if len(name) <= _LONGEST_NAME else f"{name[:_LONGEST_NAME]}…"
        if near and spelling.is_slip(names.fold(name), names.fold(near)):
            work.faults.append(Fault("unknown-indicator", place, (("name", short), ("near", near))))
        else:
            others[short] = place
    if others:
        listed = "”、“".join([*others][:_MANY_NAMES])
        if len(others) > _MANY_NAMES:
            # The last one says how far the list goes.
            listed += f"” … “{[*others][-1]}"
        work.faults.append(Fault("unknown-indicator", next(iter(others.values())), (("name", listed), ("near", ""))))


def _completed(statement: Statement, match: Match | Reading, plan: Plan) -> Statement:
    """Return a statement with what its name says and its row does not: the unit, and the region it is about."""
    unit = statement.unit or match.unit
    scope = statement.scope or (scope_named(match.region, plan) if match.region else "")
    return structs.replace(statement, unit=unit, scope=scope)


_AIMED = pattern(r"[≥≤<>＞＜≧≦]|不[低少高超大小得]|力争|争取|确保|控制在|目标|左右")
_OWN = pattern(r"全[国省州盟市县区旗]")
_LEVELS = frozenset("国省州盟市县区旗")


def scope_named(word: str, plan: Plan) -> str:
    """Return the scope that 全市 and the like stand for: nothing for the plan's own region, else one above it."""
    level = word[-1:] if word[-1:] in _LEVELS else ""
    if not level or "辖区" in word or plan.region.endswith(level):
        return ""
    if plan.region[-1:] not in _LEVELS:
        # 全市 in the plan of a place whose name does not say what it is.
        return ""
    return next((region for region in plan.within if region.endswith(level)), word)


def _shown(statement: Statement) -> str:
    """Return the amount as a reader knows it: a cell together with the unit of its row."""
    text, unit = statement.text, statement.unit
    if not unit or not text[-1:].isdigit():
        return text
    mark = unit[0]
    if mark in "%‰/":
        return text + unit
    # 6.85 1/10万 reads like two numbers; 6.85/10万 is what is meant.
    return text + unit[1:] if mark == "1" and unit.startswith("1/") else f"{text} {unit}"


def _default_role(statement: Statement, work: _Derivation) -> str:
    year = statement.year
    # Nobody has reached anything in a year to come; what lies between base year and period is neither. A plan revised
    # or reviewed half-way says by its review, or by a column of a table, up to which year things have been reached.
    if year is None or year <= work.reached or statement.period == "review":
        return "actual"
    # A goal of a year that is over says so: ≥, 不低于, 力争.
    return "actual" if year <= work.over and _AIMED.search(statement.text) is None else "target"


def _amount(text: str, heading: str, place: Place, faults: list[Fault]) -> Amount | None:
    """Read an amount in the unit of its row; None and a fault where it cannot be read."""
    try:
        amount = amounts.parse_below(text, heading) if heading else amounts.parse(text)
        if amount.words is amounts.SENTENCE:
            faults.append(Fault("amount-in-words", place, (("text", text[:60]),)))
        return amount
    except NotAnAmount as problem:
        faults.append(Fault("bad-amount", place, (("reason", problem.reason), ("text", text[:60]))))
    except UnknownUnit as problem:
        faults.append(_unit_fault(problem, place))
    return None


def _unit_fault(problem: UnknownUnit, place: Place) -> Fault:
    return Fault("unknown-unit", place, (("text", problem.text[:60]), ("near", problem.near)))


_TEXT_TERMS = frozenset(
    {
        ("comparison", "is"),
        ("verdict", "is"),
        ("change", "verb"),
        ("dates", "start"),
        ("dates", "end"),
        ("dates", "state"),
    }
)
_LISTED_AMOUNTS = frozenset({"sum", "product", "change"})


def _assertion(claim: Claim, work: _Derivation, lookups: Lookups) -> Assertion:
    """Look up the terms of a claim."""
    before = len(work.faults)
    unread = bool(work.unread or work.is_cut) and any(
        term.is_reference and _is_lost(term, work) for term in (*claim.terms.values(), *claim.items)
    )
    operands = {
        key: operand
        for key, term in claim.terms.items()
        if (claim.kind, key) not in _TEXT_TERMS and (operand := _operand(term, work)) is not None
    }
    items = [_operand(term, work) for term in claim.items] if claim.kind in _LISTED_AMOUNTS else []
    complete = len(work.faults) == before and not unread
    key = claim.id
    if not key:
        stem = f"{claim.kind}.{names.fold(claim.subject)}"
        count = work.counts[stem] = work.counts.get(stem, 0) + 1
        key = stem if count == 1 else f"{stem}~{count}"
    origin = Origin(work.plan.document, claim.lines, claim.quote)
    mention = Mention(
        key, claim.subject, "claim", claim.year, _claim_text(claim, work), claim.place, origin, _stated(claim, work)
    )
    match = lookups.find(claim.subject)
    # What is said of 全省 in the plan of a county is not said of the county.
    own = match is not None and not (match.region and scope_named(match.region, work.plan))
    indicator = match.indicator if match is not None and own else None
    if match is None and work.unlisted:
        alike = work.unlisted.get(unlisted.plain(claim.subject), {})
        indicator = next(iter(alike.values())) if len(alike) == 1 else None
    return Assertion(claim, key, operands, tuple(i for i in items if i is not None), complete, mention, indicator)


def _claim_text(claim: Claim, work: _Derivation) -> str:
    """Return the amount that a claim asserts: the whole, the quotient, the count; as printed where a figure has it."""
    for key in ("whole", "is", "count", "by"):
        if key in claim.terms:
            term = claim.terms[key]
            known = work.by_id.get(term.text) if term.is_reference else None
            return term.text if known is None else known.mention.text
    return ""


def _stated(claim: Claim, work: _Derivation) -> str:
    """Return all terms of a claim as printed, a figure's amount in place of its id; a long list by its digest."""
    texts = []
    for term in (*claim.terms.values(), *claim.items, *claim.against):
        known = work.by_id.get(term.text)
        texts.append(term.text if known is None or not term.is_reference else known.mention.text)
    text = "; ".join(texts)
    return (
        text
        if len(text) <= _LONGEST_CLAIM
        else f"{text[:_LONGEST_NAME]}… {digest(text.encode('utf-8', 'surrogatepass'), size=8)}"
    )


_CUTTING = frozenset({"syntax", "bare-bound", "bare-sign", "full-width-mark", "tab", "second-document"})
"""The faults for which an entry is cut out of a text, so that the rest can be read."""


def _is_lost(term: Term, work: _Derivation) -> bool:
    """Tell whether the figure that a term names is, or may be, among what could not be read."""
    return term.text in work.unread or (work.is_cut and term.text not in work.by_id)


def _operand(term: Term, work: _Derivation) -> Operand | None:
    if term.is_reference:
        figure = work.by_id.get(term.text)
        if figure is None and _is_lost(term, work):
            return None
        if figure is None:
            work.faults.append(Fault("unknown-reference", term.place, (("text", term.text[:60]),)))
            return None
        return Operand(figure.amount, _operand_unit(figure), figure, figure.statement.place)
    amount = _amount(unlabelled(term.text), "", term.place, work.faults)
    if amount is None:
        return None
    try:
        unit = work.catalogue.unit(amount.unit) if amount.unit else None
    except UnknownUnit as problem:
        work.faults.append(_unit_fault(problem, term.place))
        return None
    return Operand(amount, unit, None, term.place, term.heading)


def _operand_unit(figure: Figure) -> Unit | None:
    """Return the unit of a figure as a term: a density's counter stands for so many per so many residents."""
    if figure.unit is None:
        return figure.indicator.unit if figure.indicator.kind != "density" and figure.indicator.unit.name else None
    return figure.unit
