"""Laws of the whole engine, on plans made from one truth.

A plan is generated from a population and some counts: every density, share and total is printed as a careful drafter
would print it, rounded half up from the exact quotient. Such a plan holds no contradiction, whatever the precision.
One slip of the hand must then be found, and whatever leaves the meaning alone must leave the findings alone.
Every entry of a plan stands on a document line of its own (`at`), by which the laws recognise it.
"""

import dataclasses
import functools
import itertools

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from planlint import cache
from planlint.api import Judge, Selection, inspect
from planlint.engine import Engine
from planlint.exact import Fraction
from planlint.findings import Severity
from planlint.report import machine
from planlint.source import Source

laws = settings(deadline=None, max_examples=60)

THINGS = {
    "beds": ("医疗卫生机构床位数", "张", "每{}人口医疗卫生机构床位数"),
    "physicians": ("执业（助理）医师数", "人", "每{}人口执业（助理）医师数"),
    "nurses": ("注册护士数", "人", "每{}人口注册护士数"),
}
HEAD = """\
planlint: 1
plan: {id: truth, title: 某县规划, region: 某县, period: 2021-2025, baseline: 2020, document: truth.txt}
"""


@functools.cache
def engine():
    """The built-in rules, compiled once."""
    return Engine(cache.load())


def half_up(value, places):
    """Print a number as a drafter does: so many decimals, halves up."""
    digits = str(int(value * 10**places + Fraction(1, 2))).rjust(places + 1, "0")
    return f"{digits[:-places]}.{digits[-places:]}" if places else digits


@dataclasses.dataclass(frozen=True)
class Plan:
    """The parts of a plan file: entries are mappings of keys to printed texts, in the order of the file."""

    figures: tuple
    tables: tuple
    claims: tuple
    projects: tuple


def with_figure(plan, at, **changed):
    """The plan with one body figure printed differently."""
    return dataclasses.replace(
        plan, figures=tuple({**entry, **changed} if entry["at"] == at else entry for entry in plan.figures)
    )


def plain(text):
    """A scalar without quotes wherever YAML allows."""
    return f'"{text}"' if text[0] in ">%-" else text


def inline(value, quote):
    """A value in flow style."""
    if isinstance(value, dict):
        return "{" + ", ".join(f"{quote(key)}: {inline(item, quote)}" for key, item in value.items()) + "}"
    if isinstance(value, (list, tuple)):
        return "[" + ", ".join(inline(item, quote) for item in value) + "]"
    return quote(value)


def write(plan, quote=plain, order=("tables", "figures", "claims", "projects")):
    """The text of a plan file, one entry a line."""
    text = HEAD
    for part in order:
        entries = getattr(plan, part)
        if part in ("figures", "claims"):
            text += f"{part}:\n" + "".join(f"  - {inline(entry, quote)}\n" for entry in entries)
            continue
        text += f"{part}:\n"
        for table in entries:
            first = True
            for key, value in table.items():
                lead, first = ("  - " if first else "    "), False
                if key == "rows":
                    rows = "".join(f"      - {inline(row, quote)}\n" for row in value)
                    text += f"{lead}rows:\n{rows}"
                else:
                    text += f"{lead}{key}: {inline(value, quote)}\n"
    return text


def judge(plan, **style):
    """What planlint finds in a plan."""
    return engine().judge(Source("truth.yaml", write(plan, **style))).findings


def lines(finding):
    """The document lines that a finding is about."""
    return {line for mention in finding.mentions for line in mention.origin.lines}


def errors_at(plan, at):
    """The rules that report an error about the entry of a document line."""
    return {finding.rule for finding in judge(plan) if finding.severity is Severity.ERROR and int(at) in lines(finding)}


def meanings(findings):
    """What a reader learns from findings apart from where the entries stand in the file."""
    return sorted(
        (
            finding.rule,
            finding.severity,
            finding.fingerprint,
            sorted((m.id, m.indicator, m.role, str(m.year), m.text, m.origin.lines) for m in finding.mentions),
        )
        for finding in findings
    )


def verdicts(findings):
    """Which rules say how loudly that which entries contradict each other."""
    return sorted((finding.rule, finding.severity, sorted(lines(finding))) for finding in findings)


@st.composite
def densities(draw, key, quotient, at, least=0):
    """A density printed once or twice, per thousand or per ten thousand, at any precision."""
    figures = []
    for number in range(draw(st.integers(1, 2))):
        scale, many = draw(st.sampled_from([("千", 1000), ("万", 10000)]))
        value = half_up(quotient * many, draw(st.integers(least, 3)))
        unit = THINGS[key][1]
        name = THINGS[key][2].format(scale)
        figures.append({"indicator": name, "year": "2020", "value": f"{value} {unit}", "at": str(at + number)})
    return figures


@st.composite
def truths(draw, least=0, in_ones=False):
    """A plan in which everything follows from one truth."""
    population = draw(st.integers(50_000, 3_000_000))
    printed = f"{population} 人"
    if not in_ones and draw(st.booleans()):
        printed = f"{half_up(Fraction(population, 10000), draw(st.integers(0, 4)))} 万人"
    figures = [{"indicator": "常住人口", "year": "2020", "value": printed, "at": "1"}]
    quotients = {}
    for number, key in enumerate(THINGS):
        count = draw(st.integers(population * 2 // 1000, population * 15 // 1000))
        quotients[key] = Fraction(count, population)
        name, unit, _ = THINGS[key]
        at = 10 * (number + 1)
        for again in range(draw(st.integers(1, 2))):
            figures.append({"indicator": name, "year": "2020", "value": f"{count} {unit}", "at": str(at + again)})
        figures += draw(densities(key, quotients[key], at + 5, least))
    mortality = half_up(Fraction(draw(st.integers(200, 900)), 100), 2)
    figures.append({"indicator": "婴儿死亡率", "year": "2020", "value": f"{mortality}‰", "at": "50"})
    tables = draw(tables_of(quotients, mortality))
    return Plan(tuple(figures), tables, draw(claims()), draw(projects()))


@st.composite
def tables_of(draw, quotients, mortality):
    """A table whose targets are better than its baselines."""
    life, managed = draw(st.integers(7000, 8200)), draw(st.integers(8000, 9500))
    physicians = half_up(quotients["physicians"] * 1000, 2)
    rows = [
        ("人均预期寿命", "岁", half_up(Fraction(life, 100), 2), life + draw(st.integers(1, 300)), "≥"),
        ("孕产妇系统管理率", "%", half_up(Fraction(managed, 100), 2), managed + draw(st.integers(1, 500)), "≥"),
        ("婴儿死亡率", "‰", mortality, int(Fraction(mortality) * 100) - draw(st.integers(1, 199)), "≤"),
        ("每千人口执业（助理）医师数", "人", physicians, int(Fraction(physicians) * 100) + 100, "≥"),
    ]
    return (
        {
            "id": "表1",
            "columns": {"2020": "baseline", "2025": "target"},
            "rows": tuple(
                {
                    "indicator": name,
                    "unit": unit,
                    "2020": baseline,
                    "2025": draw(st.sampled_from([sign, "", sign])) + half_up(Fraction(target, 100), 2),
                    "at": str(60 + number),
                }
                for number, (name, unit, baseline, target, sign) in enumerate(rows)
            ),
        },
    )


@st.composite
def claims(draw):
    """A sum that comes out and a ratio that follows."""
    parts = draw(st.lists(st.integers(1, 200), min_size=2, max_size=6))
    of, more = draw(st.integers(1, 500)), draw(st.integers(0, 500))
    share = half_up(Fraction(100 * of, of + more), draw(st.integers(0, 3)))
    return (
        {"sum": "民营医院", "whole": f"{sum(parts)} 家", "parts": [f"{part} 家" for part in parts], "at": "70"},
        {"ratio": "达标率", "of": f"{of} 家", "to": f"{of + more} 家", "is": f"{share}%", "at": "71"},
    )


@st.composite
def projects(draw):
    """A table of projects with its total."""
    costs = draw(st.lists(st.integers(1, 200_000), min_size=1, max_size=4))
    rows = tuple({"project": f"项目{n}", "cost": str(cost), "at": str(80 + n)} for n, cost in enumerate(costs))
    return ({"id": "附表", "unit": "万元", "total": str(sum(costs)), "at": "79", "rows": rows},)


def digits_of(value):
    """Where the digits of a printed value stand."""
    return [place for place, character in enumerate(value) if character.isdigit()]


@st.composite
def swapped(draw, value):
    """The value with two neighbouring digits swapped: the commonest slip of the hand."""
    places = digits_of(value)
    pairs = [(a, b) for a, b in itertools.pairwise(places) if value[a] != value[b]]
    # A number does not begin with a nought unless a point follows.
    pairs = [(a, b) for a, b in pairs if not (a == 0 and value[b] == "0" and value[1:2] != ".")]
    assume(pairs)
    a, b = draw(st.sampled_from(pairs))
    characters = list(value)
    characters[a], characters[b] = characters[b], characters[a]
    return "".join(characters)


@st.composite
def messy(draw):
    """A plan with up to three slips, so that there is something to find."""
    plan = draw(truths())
    for entry in draw(st.lists(st.sampled_from(plan.figures), max_size=3, unique_by=lambda e: e["at"])):
        number, _, unit = entry["value"].partition(" ")
        if unit and len(set(number) - {"."}) > 1:
            plan = with_figure(plan, entry["at"], value=f"{draw(swapped(number))} {unit}")
    if draw(st.booleans()):
        row, *rest = plan.tables[0]["rows"]
        plan = dataclasses.replace(plan, tables=({**plan.tables[0], "rows": ({**row, "2025": "≥60"}, *rest)},))
    if draw(st.booleans()):
        total, *others = plan.claims
        plan = dataclasses.replace(plan, claims=({**total, "whole": "1301 家"}, *others))
    return plan


@laws
@given(truths())
def test_one_truth_is_silent_at_every_precision(plan):
    """What was rounded from one truth is never accused of anything."""
    assert [(f.rule, f.message.en) for f in judge(plan)] == []


@laws
@given(truths(least=1, in_ones=True), st.sampled_from(list(THINGS)), st.data())
def test_swapped_digits_of_a_density_are_found(plan, key, data):
    """Count and population say what the density must be."""
    entry = data.draw(st.sampled_from([e for e in plan.figures if e["indicator"].endswith(THINGS[key][2][3:])]))
    number, _, unit = entry["value"].partition(" ")
    slip = with_figure(plan, entry["at"], value=f"{data.draw(swapped(number))} {unit}")

    assert errors_at(slip, entry["at"]) != set()


@laws
@given(truths(least=1, in_ones=True), st.sampled_from(list(THINGS)), st.booleans(), st.data())
def test_moved_decimal_points_of_a_density_are_found(plan, key, to_the_right, data):
    """Ten times as much or a tenth is found in any density."""
    entry = data.draw(st.sampled_from([e for e in plan.figures if e["indicator"].endswith(THINGS[key][2][3:])]))
    number, _, unit = entry["value"].partition(" ")
    whole, _, decimals = number.partition(".")
    if to_the_right:
        moved = f"{whole}{decimals[0]}.{decimals[1:]}".rstrip(".").lstrip("0")
    else:
        moved = f"{whole[:-1] or '0'}.{whole[-1]}{decimals}"
    slip = with_figure(plan, entry["at"], value=f"{moved} {unit}")

    assert errors_at(slip, entry["at"]) != set()


@laws
@given(truths(least=1, in_ones=True), st.sampled_from(list(THINGS)), st.data())
def test_swapped_digits_of_a_count_are_found(plan, key, data):
    """A slip in a count is found as soon as it is larger than what the printed digits of its densities hide."""
    name, _, density = THINGS[key]
    counts = [e for e in plan.figures if e["indicator"] == name]
    entry = data.draw(st.sampled_from(counts))
    number, _, unit = entry["value"].partition(" ")
    wrong = data.draw(swapped(number))
    population = int(plan.figures[0]["value"].split()[0])
    hidden = max(
        Fraction(1, 10 ** len(e["value"].split()[0].partition(".")[2])) / (1000 if "每千" in e["indicator"] else 10000)
        for e in plan.figures
        if e["indicator"].endswith(density[3:])
    )
    assume(len(counts) > 1 or abs(Fraction(int(wrong) - int(number), population)) > 2 * hidden)
    slip = with_figure(plan, entry["at"], value=f"{wrong} {unit}")

    assert errors_at(slip, entry["at"]) != set()


@laws
@given(truths())
def test_percent_for_permille_is_found(plan):
    """The same digits with ‰ in the table show that % in the text is a slip."""
    value = next(e["value"] for e in plan.figures if e["at"] == "50")

    assert "PL202" in errors_at(with_figure(plan, "50", value=value.replace("‰", "%")), "50")


@laws
@given(truths(), st.data())
def test_changed_parts_of_a_sum_are_found(plan, data):
    """What can be counted must add up exactly."""
    total, ratio = plan.claims
    parts = list(total["parts"])
    index = data.draw(st.integers(0, len(parts) - 1))
    wrong = data.draw(st.integers(1, 400))
    assume(f"{wrong} 家" != parts[index])
    parts[index] = f"{wrong} 家"
    slip = dataclasses.replace(plan, claims=({**total, "parts": parts}, ratio))

    assert errors_at(slip, "70") == {"PL501"}


@laws
@given(truths(), st.integers(1, 400_000))
def test_a_changed_total_of_projects_is_found(plan, wrong):
    """The costs of a table of projects add up to its total, each of them rounded to 万元."""
    (table,) = plan.projects
    assume(abs(wrong - int(table["total"])) > len(table["rows"]) + 1)
    slip = dataclasses.replace(plan, projects=({**table, "total": str(wrong)},))

    assert errors_at(slip, "79") == {"PL501"}


@laws
@given(truths(), st.data())
def test_swapped_digits_of_a_ratio_are_found(plan, data):
    """A share follows from its two terms."""
    total, ratio = plan.claims
    number = ratio["is"].removesuffix("%")
    assume("." in number)
    slip = dataclasses.replace(plan, claims=(total, {**ratio, "is": f"{data.draw(swapped(number))}%"}))

    assert errors_at(slip, "71") == {"PL303"}


@laws
@given(truths(), st.integers(0, 1))
def test_a_target_with_its_decimal_point_moved_is_found(plan, number):
    """A floor of a tenth of what was reached is worse than the baseline."""
    rows = list(plan.tables[0]["rows"])
    target = rows[number]["2025"].removeprefix("≥")
    rows[number] = {**rows[number], "2025": f"≥{target[0]}.{target[1]}{target[3:]}"}
    slip = dataclasses.replace(plan, tables=({**plan.tables[0], "rows": tuple(rows)},))
    # Nobody lives seven years: an impossible value is reported as such.
    expected = {"PL203"} if number == 0 else {"PL101"}

    assert errors_at(slip, rows[number]["at"]) == expected


@laws
@given(messy())
def test_other_units_change_no_verdict(plan):
    """796000 人 are 79.6000 万人, and 10.15 for a thousand are 101.5 for ten thousand."""
    figures = []
    for entry in plan.figures:
        number, _, unit = entry["value"].partition(" ")
        if entry["indicator"] == "常住人口" and unit == "人":
            entry = {**entry, "value": f"{half_up(Fraction(int(number), 10000), 4)} 万人"}
        elif entry["indicator"].startswith("每千人口") and "." in number:
            places = len(number.partition(".")[2])
            name = entry["indicator"].replace("每千", "每万")
            entry = {**entry, "indicator": name, "value": f"{half_up(Fraction(number) * 10, places - 1)} {unit}"}
        figures.append(entry)
    other = dataclasses.replace(plan, figures=tuple(figures))

    assert verdicts(judge(other)) == verdicts(judge(plan))


def prints_values_once(plan):
    """Tell whether no density is printed with one value at two precisions, such as 2 and 2.0."""
    densities = [entry for entry in plan.figures if entry["indicator"].startswith("每")]
    numbers = [(e["indicator"][2:], e["value"].split()[0], 1 if "每千" in e["indicator"] else 10) for e in densities]
    exact = [(name, Fraction(number) / scale) for name, number, scale in numbers]
    return len(set(exact)) == len(exact)


@laws
@given(messy().filter(prints_values_once), st.randoms(use_true_random=False))
def test_order_changes_nothing_but_places(plan, chance):
    """Figures, tables, rows, claims and keys may stand in any order."""

    def shuffled(entry):
        entry = {k: tuple(map(shuffled, chance.sample(v, len(v)))) if k == "rows" else v for k, v in entry.items()}
        return dict(chance.sample(list(entry.items()), len(entry)))

    row = {"indicator": "产前筛查率", "2020": "95%", "at": "90"}
    second = {"id": "表2", "columns": {"2020": "actual"}, "rows": (row,)}
    plan = dataclasses.replace(plan, tables=(*plan.tables, second))
    other = Plan(
        *(
            tuple(map(shuffled, chance.sample(part, len(part))))
            for part in (plan.figures, plan.tables, plan.claims, plan.projects)
        )
    )
    order = chance.sample(["tables", "figures", "claims", "projects"], 4)

    assert verdicts(judge(other, order=order)) == verdicts(judge(plan))


@laws
@given(messy(), st.randoms(use_true_random=False))
def test_quotes_change_nothing_but_columns(plan, chance):
    """A scalar means the same with single quotes, double quotes or none."""

    def quote(text):
        return chance.choice([plain(text), f"'{text}'", f'"{text}"'])

    assert meanings(judge(plan, quote=quote)) == meanings(judge(plan))


@laws
@given(messy(), st.data())
def test_an_unrelated_figure_changes_nothing(plan, data):
    """A figure of another scope, another year or another indicator has no part in what the others say."""
    others = [
        {"indicator": "常住人口", "scope": "邻县", "year": "2020", "value": "12 万人", "at": "200"},
        {"indicator": "执业（助理）医师数", "year": "2017", "value": "3 人", "at": "200"},
        {"indicator": "产前筛查率", "year": "2020", "value": "87.5%", "at": "200"},
        {"indicator": "注册护士数", "scope": "县医院", "year": "2020", "value": "31 人", "at": "200"},
        {"indicator": "人均预期寿命", "year": "2020", "role": "reference", "value": "60.1 岁", "at": "200"},
    ]
    index = data.draw(st.integers(0, len(plan.figures)))
    added = (*plan.figures[:index], data.draw(st.sampled_from(others)), *plan.figures[index:])

    assert meanings(judge(dataclasses.replace(plan, figures=added))) == meanings(judge(plan))


@laws
@given(
    st.sampled_from(
        [("孕产妇系统管理率", "%", "≥", 1, 100), ("人均预期寿命", "岁", "≥", 31, 94), ("婴儿死亡率", "‰", "≤", 1, 900)]
    ),
    st.fractions(0, 1),
    st.integers(0, 2),
    st.tuples(st.fractions(0, 1), st.fractions(0, 1)),
)
def test_a_laxer_target_never_clears_an_error(indicator, reached, places, targets):
    """What is too little to ask stays too little when less is asked; so asking for more never makes an error."""
    name, unit, sign, low, high = indicator

    def is_refused(target):
        baseline, bound = (low + (high - low) * part for part in (reached, target))
        cells = {"2020": half_up(baseline, places), "2025": sign + half_up(bound, 3)}
        row = {"indicator": name, "unit": unit, **cells, "at": "1"}
        table = {"id": "表1", "columns": {"2020": "baseline", "2025": "target"}, "rows": (row,)}
        return "PL101" in errors_at(Plan((), (table,), (), ()), "1")

    laxer, stricter = sorted(targets, reverse=sign == "≤")

    assert is_refused(laxer) or not is_refused(stricter)


@laws
@given(messy())
def test_linting_twice_gives_the_same_report(plan):
    """Nothing that one run learns changes the next."""
    source = Source("truth.yaml", write(plan))
    first, second = (machine.document(inspect([source], Judge(), Selection()), "zh") for _ in range(2))

    assert first == second
    assert first == machine.document(inspect([source], Judge(), Selection()), "zh")
