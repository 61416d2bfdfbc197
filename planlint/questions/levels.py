"""Does a plan fit the plans above it: are its targets as strong, does it quote them rightly?"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from msgspec import Struct
from msgspec.structs import replace

from planlint import names, wording
from planlint.amounts import Rounding
from planlint.exact import Fraction
from planlint.facts import Facts, Figure, Standing, Topic
from planlint.findings import Mention, Severity, Text
from planlint.statements import Plan
from planlint.verdicts import Answer, Inquiry, Options, Question, Shown, Verdict, cite, first_rounding, name_of

NATION = frozenset({"中国", "全国", "国家", "我国", "中华人民共和国"})
_COMPARABLE = frozenset({"share", "rate", "density", "duration", "growth"})
"""Kinds of indicators that mean the same for a county and for its province; a province has more beds than a county."""
_AVERAGES = frozenset({"density", "duration", "growth"})
"""Kinds for which the level above states an average that regions may lie on both sides of."""
_BINDING = "约束性"


class Relatives(Struct, frozen=True):
    """The reference plans of a plan: those of regions above it, nearest first as it names them, and of its own."""

    above: tuple[Facts, ...]
    same: tuple[Facts, ...]


def same_region(one: str, other: str) -> bool:
    """Tell whether two names mean one region: 昆明 and 昆明市, 西双版纳州 and 西双版纳傣族自治州, 中国 and 全国."""
    a, b = sorted((names.fold(one), names.fold(other)), key=len)
    if a == b or (a in NATION and b in NATION):
        return True
    if len(a) < 2 or not a or a[:2] != b[:2]:
        return False
    return (b[:-1] == a and b[-1] in "省市州县区") or ("自治" in b and "自治" not in a and a[-1] == b[-1])


def is_above(region: str, plan: Plan) -> bool:
    """Tell whether a region contains that of a plan."""
    folded, own = names.fold(region), names.fold(plan.region)
    if same_region(region, plan.region):
        return False
    if folded in NATION or any(same_region(region, upper) for upper in plan.within):
        return True
    return len(folded) > 1 and own.startswith(folded) and folded[-1] in "省市州盟区"


def relatives(inquiry: Inquiry) -> Relatives:
    """Return the reference plans of a plan by how their region stands to its own."""
    plan = inquiry.facts.plan
    references = inquiry.facts.references
    return Relatives(
        tuple(r for r in references if is_above(r.plan.region, plan)),
        tuple(r for r in references if same_region(r.plan.region, plan.region)),
    )


def found(ours: Iterable[Figure], theirs: Iterable[Figure]) -> tuple[Mention, ...]:
    """Return the mentions of a plan's own figures, then those of the plans it is held against."""
    return (*cite(list(ours)), *cite(list(theirs)))


def titled(facts: Facts) -> str:
    """Return what a reference plan is called: its region and its title."""
    title = facts.plan.title.strip("《》")
    return f"《{title}》" if facts.plan.region in title else f"{facts.plan.region}《{title}》"


def by_year(figures: list[Figure], standing: Standing) -> dict[int, list[Figure]]:
    """Return the figures of a standing by their year."""
    years: dict[int, list[Figure]] = {}
    for figure in figures:
        if figure.standing is standing:
            years.setdefault(figure.year, []).append(figure)
    return years


# -- targets


def ask_upper_target(inquiry: Inquiry, options: Options) -> Iterator[Verdict]:
    """Put the question to every target of the plan's own region that a plan above sets, too."""
    above = inquiry.once(relatives).above if inquiry.facts.references else ()
    if not above:
        return
    for topic, all_figures in inquiry.facts.by_topic.items():
        indicator = all_figures[0].indicator
        if topic.scope or indicator.kind not in _COMPARABLE or indicator.polarity not in ("higher", "lower"):
            continue
        for year, ours in by_year(inquiry.usable(all_figures), Standing.TARGET).items():
            yield from _against_levels(topic, year, ours, above, _reached(inquiry, all_figures), options)


def _bound(figure: Figure, polarity: str) -> Fraction | None:
    """Return the bound a target sets, None for a change, a word, or a sign that bounds the good side."""
    operator = figure.amount.operator
    if not figure.is_measured or (operator.is_ceiling if polarity == "higher" else operator.is_floor):
        return None
    upper = figure.upper
    return upper if polarity == "lower" and upper is not None else figure.value


def _reached(inquiry: Inquiry, figures: list[Figure]) -> list[Fraction]:
    """Return what the plan reports for its base year."""
    base = inquiry.facts.plan.baseline
    reported = [f for f in inquiry.usable(figures) if f.standing is Standing.REPORTED and f.year == base]
    return [f.value for f in reported if f.is_measured]


def _against_levels(
    topic: Topic, year: int, ours: list[Figure], above: tuple[Facts, ...], reached: list[Fraction], options: Options
) -> Iterator[Verdict]:
    polarity = ours[0].indicator.polarity
    weaker: dict[Figure, None] = {}
    stronger: list[tuple[Facts, Figure, Fraction]] = []
    cited: list[Figure] = []
    for facts in above:
        theirs = [f for f in facts.by_topic.get(topic, []) if f.standing is Standing.TARGET and f.year == year]
        bounds = [(bound, f) for f in theirs if (bound := _bound(f, polarity)) is not None]
        own = [(bound, f) for f in ours if (bound := _bound(f, polarity)) is not None]
        if theirs and not (bounds and own):
            yield _no_number(facts, [f for f in ours if _bound(f, polarity) is None] or ours, theirs, year)
            continue
        if not bounds:
            continue
        least, figure = (min if polarity == "higher" else max)(bounds, key=lambda pair: pair[0])
        short = [f for bound, f in own if (bound < least if polarity == "higher" else bound > least)]
        if short:
            weaker |= dict.fromkeys(short)
            stronger.append((facts, figure, least))
            cited += [f for bound, f in bounds if bound == least]
    if weaker:
        # Who starts from behind the average of a region cannot be asked to end before it.
        bound = stronger[0][2]
        behind = bool(reached) and all(v < bound if polarity == "higher" else v > bound for v in reached)
        yield _weaker(list(weaker), stronger, cited, options, started_behind=behind)


def _no_number(facts: Facts, ours: list[Figure], theirs: list[Figure], year: int) -> Verdict:
    name = name_of(ours[0])
    because = Text(
        f"“{name}”{year}年的目标与{titled(facts)}的有一处不是数值（{ours[0].mention.text}；{theirs[0].mention.text}）",
        f"the {year} target of “{name}” or that of {titled(facts)} is no number "
        f"({ours[0].mention.text}; {theirs[0].mention.text})",
    )
    return Verdict(Answer.UNDECIDED, cite(ours), {}, because=because)


def _weaker(
    ours: list[Figure],
    stronger: list[tuple[Facts, Figure, Fraction]],
    cited: list[Figure],
    options: Options,
    *,
    started_behind: bool,
) -> Verdict:
    first, bound = ours[0], stronger[0][2]
    higher = first.indicator.polarity == "higher"
    own = _bound(first, first.indicator.polarity)
    kind = first.indicator.kind
    average = (kind in _AVERAGES or (kind == "rate" and started_behind)) and all(
        f.statement.nature != _BINDING for _, f, _ in stronger
    )
    severity = Severity.INFO if average else options.severity
    if any(f.amount.hedge is not None for f in (*ours, *cited)):
        severity = severity.milder()
    levels = [f"{titled(facts)}的 {figure.mention.text}" for facts, figure, _ in stronger]
    levels_en = [f"{figure.mention.text} of {titled(facts)}" for facts, figure, _ in stronger]
    gap = wording.difference(abs((own or Fraction(0)) - bound), first.indicator.unit)
    steps = tuple(
        Text(
            f"{wording.number(own or Fraction(0))} {'<' if higher else '>'} {wording.number(limit)}"
            f"（{level.plan.region}）；该指标{'越高越好' if higher else '越低越好'}",
            f"{wording.number(own or Fraction(0))} {'<' if higher else '>'} {wording.number(limit)} "
            f"({level.plan.region}); for this indicator {'higher' if higher else 'lower'} is better",
        )
        for level, _, limit in stronger
    )
    shown: Shown = {
        "name": name_of(first),
        "year": str(first.year),
        "target": first.mention.text,
        "levels": Text(wording.listed(levels, "zh"), wording.listed(levels_en, "en")),
        "lower": Text("低", "lower") if higher else Text("高", "higher"),
        "gap": gap,
    }
    variant = "average" if average else "message"
    return Verdict(Answer.FAILS, found(ours, cited), shown, steps, variant=variant, severity=severity)


# -- what a plan says of the level above


def ask_upper_value(inquiry: Inquiry, options: Options) -> Iterator[Verdict]:
    """Put the question to every figure that a plan gives for a region whose own plan is at hand."""
    above = inquiry.once(relatives).above if inquiry.facts.references else ()
    if not above:
        return
    plan = inquiry.facts.plan
    for topic, all_figures in inquiry.facts.by_topic.items():
        levels = [facts for facts in above if _means(topic.scope, facts, plan)] if topic.scope else []
        if not levels:
            continue
        groups: dict[tuple[int, Standing], list[Figure]] = {}
        for figure in inquiry.usable(all_figures):
            if figure.is_measured:
                groups.setdefault((figure.year, figure.standing), []).append(figure)
        for ours in groups.values():
            yield from _quoted(levels, topic, ours, plan, options)


def _means(scope: str, facts: Facts, plan: Plan) -> bool:
    """Tell whether a scope names the region of a plan above: by its name, or as 全省 or 全市."""
    region = facts.plan.region
    if scope in ("全省", "省级", "我省"):
        return region[-1:] == "省" or names.fold(region).endswith("自治区")
    if scope in ("全市", "市级", "我市", "全州", "州级", "我州"):
        return region[-1:] in "市州" and plan.region[-1:] not in "省市州"
    return same_region(scope, region)


def _theirs(facts: Facts, topic: Topic, ours: Figure, plan: Plan) -> list[Figure]:
    """Return what a plan above itself prints of a figure: what it assigns to the region, else its own value."""
    if ours.standing is Standing.ASSIGNED:
        for standing in (Standing.ASSIGNED, Standing.TARGET):
            given = facts.by_topic.get(replace(topic, scope=names.fold(plan.region)), [])
            assigned = [f for f in given if f.year == ours.year and f.standing is standing and f.is_measured]
            if assigned:
                return assigned
    # What somebody else has in a year that is over was reached; what it has in a year to come is wanted.
    reached = ours.standing is not Standing.ASSIGNED and ours.year <= plan.baseline
    wanted = Standing.REPORTED if reached else Standing.TARGET
    own = facts.by_topic.get(replace(topic, scope=""), [])
    return [f for f in own if f.year == ours.year and f.standing is wanted and f.is_measured]


def _quoted(levels: list[Facts], topic: Topic, ours: list[Figure], plan: Plan, options: Options) -> Iterator[Verdict]:
    printed = [(facts, figures) for facts in levels if (figures := _theirs(facts, topic, ours[0], plan))]
    first = ours[0]
    if not printed:
        known = [f for f in levels if any(t.indicator == topic.indicator and not t.scope for t in f.by_topic)]
        if known:
            because = Text(
                f"{titled(known[0])}没有印出“{first.statement.name}”{first.year}年的数值",
                f"{titled(known[0])} prints no value of “{first.statement.name}” for {first.year}",
            )
            yield Verdict(Answer.UNDECIDED, cite(ours), {}, because=because)
        return
    theirs = [figure for _, figures in printed for figure in figures]
    wrong = [(f, tier) for f in ours if (tier := agreement(f, theirs, theirs[0].standing)) is not Rounding.NEAREST]
    for only_rounding in (False, True):
        group = [f for f, tier in wrong if (tier is not None) is only_rounding]
        if group:
            yield _misquoted(printed[0][0], group, theirs, options, rounding=only_rounding)


def agreement(figure: Figure, others: list[Figure], standing: Standing) -> Rounding | None:
    """Return the strictest tier under which a figure agrees with one of some others; targets name numbers exactly."""
    if standing is not Standing.REPORTED:
        alike = any((f.value, f.upper) == (figure.value, figure.upper) for f in others)
        return Rounding.NEAREST if alike else None
    return first_rounding(lambda rounding: any(figure.interval(rounding).meets(f.interval(rounding)) for f in others))


def _misquoted(level: Facts, ours: list[Figure], theirs: list[Figure], options: Options, *, rounding: bool) -> Verdict:
    first = ours[0]
    targets = theirs[0].standing is not Standing.REPORTED
    severity = options.severity.milder() if targets else options.severity
    if first.standing is Standing.ASSIGNED and not theirs[0].topic.scope:
        # What a level assigns to one region need not be what it sets for itself.
        severity = severity.milder()
    if any(f.amount.hedge is not None for f in (*ours, *theirs)):
        severity = severity.milder()
    if rounding:
        severity = Severity.INFO
    shown: Shown = {
        "name": first.statement.name,
        "region": first.statement.scope,
        "year": str(first.year),
        "value": wording.both_listed(list(dict.fromkeys(f.mention.text for f in ours))),
        "theirs": wording.both_listed(list(dict.fromkeys(f.mention.text for f in theirs))),
        "document": titled(level),
        "kind": Text("目标", "target") if targets else Text("数值", "value"),
    }
    gap = wording.difference(abs(first.value - theirs[0].value), first.indicator.unit)
    step = Text(f"相差 {gap.zh}", f"a gap of {gap.en}")
    variant = "rounding" if rounding else "message"
    return Verdict(Answer.FAILS, found(ours, theirs), shown, (step,), variant=variant, severity=severity)


_TARGET_SHOWN = frozenset({"name", "year", "target", "levels", "lower", "gap"})
UPPER_TARGET = Question({}, {"message": _TARGET_SHOWN, "average": _TARGET_SHOWN}, ask_upper_target)
_VALUE_SHOWN = frozenset({"name", "region", "year", "value", "theirs", "document", "kind"})
UPPER_VALUE = Question({}, {"message": _VALUE_SHOWN, "rounding": _VALUE_SHOWN}, ask_upper_value)
