"""Does a region fit the regions it lies in, and the other plans for itself?"""

from __future__ import annotations

from collections.abc import Iterator

from planlint import names, wording
from planlint.amounts import Kind, Rounding
from planlint.exact import Fraction
from planlint.facts import Facts, Figure, Standing, Topic
from planlint.findings import Severity, Text
from planlint.intervals import Interval, point
from planlint.questions.levels import agreement, by_year, found, is_above, relatives, same_region, titled
from planlint.questions.wholes import no_larger
from planlint.statements import Plan
from planlint.verdicts import Answer, Inquiry, Options, Question, Shown, Verdict, cite, first_rounding, undecided

_EACH = frozenset("每均最率比")
"""What is said of each, on average or at most is no total, and larger in some places than in the region."""
_KNOWN = (Standing.REPORTED, Standing.REFERENCE)
_RANKS = {"省": 1, "州": 2, "盟": 2, "市": 2, "县": 3, "区": 3, "旗": 3, "乡": 4, "镇": 4, "道": 4, "村": 5}

_NO_PLACES = frozenset(
    "山区 坝区 城区 市区 郊区 县城区 主城区 中心城区 老城区 新城区 牧区 库区 灾区 疫区 农村 乡村".split()
)
_NO_DISTRICTS = ("社区", "院区", "片区", "园区", "地区", "小区", "辖区", "校区", "景区", "行政村", "自然村")
"""Kinds of land and of quarters that end as the names of districts and villages do."""


def rank(region: str, plan: Plan) -> int | None:
    """Return the administrative level of a region by its name, None for a hospital, a project or a group of people."""
    folded = names.fold(region)
    if folded.endswith("自治区"):
        return 1
    if len(folded) < 2 or folded in _NO_PLACES or folded[0] in "全各每该" or folded.endswith(_NO_DISTRICTS):
        return None
    if folded[-1] == "道" and not folded.endswith("街道"):
        return None
    level = _RANKS.get(folded[-1])
    if level == 2 and same_region(region, plan.region) and any(upper[-1:] in "市州盟" for upper in plan.within):
        # 安宁市 lies in 昆明市: a city of the rank of a county.
        return 3
    return level


def ask_region(inquiry: Inquiry, options: Options) -> Iterator[Verdict]:
    """Ask every count of a place whether the region it lies in has as many."""
    facts = inquiry.facts
    levels = inquiry.once(relatives).above if facts.references else ()
    own_rank = rank(facts.plan.region, facts.plan)
    sides: dict[str, str] = {}
    for topic, all_figures in facts.by_topic.items():
        indicator = all_figures[0].indicator
        if indicator.kind != "count" or not indicator.whole or not _EACH.isdisjoint(indicator.name.zh):
            continue
        figures = inquiry.usable(all_figures)
        if topic.scope:
            yield from _place(inquiry, topic, figures, own_rank, sides, options)
            continue
        for level in levels:
            theirs = level.by_topic.get(topic, [])
            yield from _larger(figures, theirs, facts.plan.region, level.plan.region, options)


def _place(
    inquiry: Inquiry,
    topic: Topic,
    figures: list[Figure],
    own_rank: int | None,
    sides: dict[str, str],
    options: Options,
) -> Iterator[Verdict]:
    plan = inquiry.facts.plan
    region = Topic(topic.indicator, "", topic.base, topic.months)
    if region not in inquiry.facts.by_topic:
        return
    own = inquiry.about(region)
    scope = figures[0].statement.scope if figures else ""
    if scope not in sides:
        sides[scope] = _side(scope, plan, own_rank)
    if sides[scope] == "above":
        yield from _larger(own, figures, plan.region, scope, options)
    elif sides[scope] == "inside":
        inside = [f for f in figures if f.standing is Standing.REPORTED]
        yield from _larger(inside, own, scope, plan.region, options)


def _side(scope: str, plan: Plan, own_rank: int | None) -> str:
    """Return whether a region lies above that of a plan or inside it; nothing where its name does not tell."""
    if is_above(scope, plan):
        return "above"
    return "inside" if own_rank is not None and (rank(scope, plan) or 0) > own_rank else ""


def _larger(parts: list[Figure], wholes: list[Figure], place: str, region: str, options: Options) -> Iterator[Verdict]:
    for year, inner in by_year([f for f in parts if f.is_measured], Standing.REPORTED).items():
        outer = [f for f in wholes if f.standing in _KNOWN and f.year == year]
        measured = [f for f in outer if f.is_measured]
        name = inner[0].statement.name
        if not measured:
            if any(f.amount.kind in (Kind.PENDING, Kind.WORDS, Kind.ABSENT) for f in outer):
                because = Text(f"没有印出{region}{year}年的{name}", f"{name} of {region} in {year} is not printed")
                yield undecided(inner, because)
            continue
        tier = no_larger(inner, measured)
        if tier is Rounding.NEAREST:
            continue
        severity = Severity.INFO if tier else options.severity
        if any(f.amount.hedge is not None for f in (*inner, *measured)):
            severity = severity.milder()
        gap = wording.difference(abs(inner[0].value - measured[0].value), inner[0].indicator.unit)
        shown: Shown = {
            "name": name,
            "year": str(year),
            "place": place,
            "region": region,
            "value": inner[0].mention.text,
            "whole": measured[0].mention.text,
            "gap": gap,
        }
        step = Text(f"{place}在{region}之内", f"{place} lies in {region}")
        variant = "rounding" if tier else "message"
        yield Verdict(Answer.FAILS, found(inner, measured), shown, (step,), variant=variant, severity=severity)


# -- plans for the same region


def ask_sister(inquiry: Inquiry, options: Options) -> Iterator[Verdict]:
    """Put the question to every figure that another plan for the same region prints, too."""
    sisters = inquiry.once(relatives).same if inquiry.facts.references else ()
    for sister in sisters:
        for topic, all_figures in inquiry.facts.by_topic.items():
            theirs = sister.by_topic.get(topic)
            if theirs:
                ours = inquiry.usable(all_figures)
                yield from _values(sister, ours, theirs, options)
                yield from _targets(inquiry.facts, sister, ours, theirs, options)


def _values(sister: Facts, ours: list[Figure], theirs: list[Figure], options: Options) -> Iterator[Verdict]:
    other_years = by_year([f for f in theirs if f.is_measured], Standing.REPORTED)
    for year, own in by_year([f for f in ours if f.is_measured], Standing.REPORTED).items():
        others = other_years.get(year)
        if not others:
            continue
        tiers = {agreement(f, others, Standing.REPORTED) for f in own}
        if Rounding.NEAREST in tiers:
            continue
        rounding = tiers != {None}
        severity = Severity.INFO if rounding else options.severity
        if any(f.amount.hedge is not None for f in (*own, *others)):
            severity = severity.milder()
        yield _disagreement(sister, own, others, "rounding" if rounding else "message", severity)


def _targets(
    facts: Facts, sister: Facts, ours: list[Figure], theirs: list[Figure], options: Options
) -> Iterator[Verdict]:
    other_years = by_year(theirs, Standing.TARGET)
    for year, own in by_year(ours, Standing.TARGET).items():
        others = other_years.get(year, [])
        levels, their_levels = ([f for f in fs if f.is_measured] for fs in (own, others))
        if levels and their_levels:
            if all(agreement(f, their_levels, Standing.TARGET) is None for f in levels):
                # Two floors can both be met; a floor above a ceiling cannot.
                clash = all(_bounds(a).meets(_bounds(b)) is False for a in levels for b in their_levels)
                severity = options.severity if clash else options.severity.milder()
                yield _disagreement(sister, levels, their_levels, "target", severity)
        elif levels and others:
            yield from _grown(sister, levels, others, sister, options)
        elif own and their_levels:
            yield from _grown(sister, own, their_levels, facts, options)


def _bounds(figure: Figure) -> Interval:
    """Return what a target allows; a plain number may be a floor or a ceiling, so it allows everything."""
    operator = figure.amount.operator
    if operator.is_floor:
        return Interval(figure.value, None)
    return Interval(None, figure.value) if operator.is_ceiling else Interval(None, None)


def _grown(
    sister: Facts, ours: list[Figure], theirs: list[Figure], relative_in: Facts, options: Options
) -> Iterator[Verdict]:
    """Compare a target that one plan states as a level and the other as a change from a base value."""
    relative, level = (theirs, ours) if relative_in is sister else (ours, theirs)
    changes = [f for f in relative if f.amount.change is not None]
    if not changes:
        yield _open(ours, theirs, sister, Text("有一处不是数值", "one of them is no number"))
        return

    def agrees(rounding: Rounding) -> bool | None:
        spans = [resolve(f, relative_in, rounding) for f in changes]
        known = [span for span in spans if span is not None]
        return any(_named(f).meets(span) for f in level for span in known) if known else None

    if agrees(Rounding.NEAREST) is None:
        year = _base_year(changes[0], relative_in)
        yield _open(ours, theirs, sister, Text(f"没有印出{year}年的基数", f"the base value of {year} is not printed"))
        return
    tier = first_rounding(lambda rounding: bool(agrees(rounding)))
    if tier is Rounding.NEAREST:
        return
    severity = Severity.INFO if tier else options.severity.milder()
    span = resolve(changes[0], relative_in, Rounding.NEAREST) or Interval(None, None)
    unit = wording.short_unit(changes[0].indicator.unit)
    step = Text(
        f"{changes[0].mention.text} 由基数推算为 {wording.span(span)} {unit}",
        f"{changes[0].mention.text} comes to {wording.span(span)} {unit}",
    )
    bases = _bases(changes[0], relative_in)
    own, others = (ours, [*bases, *theirs]) if relative_in is sister else ([*bases, *ours], theirs)
    yield _disagreement(sister, own, others, "rounding" if tier else "target", severity, (step,), first=(ours, theirs))


def _named(figure: Figure) -> Interval:
    return Interval(figure.value, figure.upper) if figure.upper is not None else point(figure.value)


def _base_year(figure: Figure, facts: Facts) -> int:
    change = figure.amount.change
    return change.base_year if change is not None and change.base_year is not None else facts.plan.baseline


def _bases(figure: Figure, facts: Facts) -> list[Figure]:
    year = _base_year(figure, facts)
    reported = by_year(facts.by_topic.get(figure.topic, []), Standing.REPORTED).get(year, [])
    return [f for f in reported if f.is_measured and f.amount.kind is Kind.VALUE]


def resolve(figure: Figure, facts: Facts, rounding: Rounding) -> Interval | None:
    """Return the level that a change comes to from the base value that the same plan prints, None if that is open.

    A yearly change in percent compounds, one in units adds up. By 5 % of a share may mean 5 points: it is left open.
    """
    change, bases = figure.amount.change, _bases(figure, facts)
    if change is None or not bases:
        return None
    base = bases[0].interval(rounding)
    if change.factor is not None:
        return base.times(change.factor)
    number, unit = figure.amount.number, figure.amount.unit
    if number is None:
        return None
    years = figure.year - _base_year(figure, facts) if change.yearly else 1
    signed = number.value if change.upward else -number.value
    if unit == "%" and figure.indicator.unit.name not in ("%", "‰"):
        rate = 1 + signed / 100
        return base.times(rate**years) if rate > 0 and 0 < years <= 30 else None
    points = unit in ("个百分点", "百分点") and figure.indicator.unit.name == "%"
    if points or unit == wording.short_unit(figure.indicator.unit):
        return base + point(Fraction(signed * years))
    return None


def _open(ours: list[Figure], theirs: list[Figure], sister: Facts, why: Text) -> Verdict:
    said = f"{ours[0].mention.text}；{theirs[0].mention.text}"
    because = Text(
        f"与{titled(sister)}的目标无法比较（{said}）：{why.zh}",
        f"the target cannot be compared with that of {titled(sister)} ({said}): {why.en}",
    )
    return Verdict(Answer.UNDECIDED, cite(ours), {}, because=because)


def _disagreement(
    sister: Facts,
    ours: list[Figure],
    theirs: list[Figure],
    variant: str,
    severity: Severity,
    steps: tuple[Text, ...] = (),
    first: tuple[list[Figure], list[Figure]] | None = None,
) -> Verdict:
    shown_ours, shown_theirs = first or (ours, theirs)
    figure = shown_ours[0]
    name = figure.statement.name
    shown: Shown = {
        "name": f"{figure.statement.scope} {name}" if figure.statement.scope else name,
        "year": str(figure.year),
        "value": wording.both_listed(list(dict.fromkeys(f.mention.text for f in shown_ours))),
        "theirs": wording.both_listed(list(dict.fromkeys(f.mention.text for f in shown_theirs))),
        "document": titled(sister),
    }
    return Verdict(Answer.FAILS, found(ours, theirs), shown, steps, variant=variant, severity=severity)


_REGION_SHOWN = frozenset({"name", "year", "place", "region", "value", "whole", "gap"})
REGION = Question({}, {"message": _REGION_SHOWN, "rounding": _REGION_SHOWN}, ask_region)
_SISTER_SHOWN = frozenset({"name", "year", "value", "theirs", "document"})
SISTER = Question({}, {"message": _SISTER_SHOWN, "target": _SISTER_SHOWN, "rounding": _SISTER_SHOWN}, ask_sister)
