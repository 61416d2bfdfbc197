"""Laws of the network, on plans made from one truth and printed with rounding, with and without slips of the hand."""

import ast
from pathlib import Path

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from networks import conflicts, facts_of, relations

from planlint.exact import Fraction
from planlint.network.assembly import network_of
from planlint.network.conflicts import implied_figures
from planlint.network.cores import refuted

laws = settings(deadline=None, max_examples=40)

HEAD = """\
planlint: 1
plan: {id: truth, title: 某县规划, region: 某县, period: 2021-2025, baseline: 2020, document: truth.txt}
"""
THINGS = (
    ("医疗卫生机构床位数", "张", "每{}人口医疗卫生机构床位数"),
    ("执业（助理）医师数", "人", "每{}人口执业（助理）医师数"),
    ("注册护士数", "人", "每{}人口注册护士数"),
    ("卫生技术人员数", "人", "每{}人口卫生技术人员数"),
)
SCALES = {"千": 1000, "万": 10000}


def printed(value, places, truncated=False):
    """Print a number with so many decimals, halves up or cut off."""
    digits = str((value * 10**places + (0 if truncated else Fraction(1, 2))).__floor__()).rjust(places + 1, "0")
    return f"{digits[:-places]}.{digits[-places:]}" if places else digits


@st.composite
def figures(draw, places=st.integers(2, 3)):
    """The lines of a plan's figures and claims: one truth, printed with rounding, some of it more than once."""
    population = draw(st.integers(100_000, 1_500_000))
    lines, claims = [], []
    technicians = draw(st.integers(6_000, 12_000))
    physicians = draw(st.integers(1_000, 2_500))
    nurses = draw(st.integers(1_000, 3_000))
    counts = (draw(st.integers(1_000, 9_000)), physicians, nurses, technicians)
    for (name, unit, density), count in zip(THINGS, counts, strict=True):
        if draw(st.booleans()) or draw(st.booleans()):
            lines.append(f"{{indicator: {name}, year: 2020, value: {count} {unit}}}")
        for _ in range(draw(st.integers(0, 2))):
            scale = draw(st.sampled_from(sorted(SCALES)))
            value = printed(Fraction(count * SCALES[scale], population), draw(places), draw(st.booleans()))
            lines.append(f"{{indicator: {density.format(scale)}, year: 2020, value: {value} {unit}}}")
    if draw(st.booleans()):
        shown = printed(Fraction(population, 10_000), draw(st.integers(0, 4)))
        lines.append(f"{{indicator: 常住人口数, year: 2020, value: {shown} 万人}}")
    elderly = population * draw(st.integers(10, 25)) // 100
    share = printed(Fraction(elderly * 100, population), draw(st.integers(1, 2)))
    lines.append(
        f"{{indicator: 60岁及以上老年人口数, year: 2020, value: {printed(Fraction(elderly, 10_000), 2)} 万人}}"
    )
    lines.append(f"{{indicator: 60岁及以上老年人口占比, year: 2020, value: {share}%}}")
    parts = draw(st.lists(st.integers(1, 400), min_size=2, max_size=5))
    lines.append(f"{{id: whole, indicator: 民营医院数, year: 2020, value: {sum(parts)} 家}}")
    claims.append(f"{{sum: 民营医院, whole: whole, parts: [{', '.join(f'{part} 家' for part in parts)}]}}")
    part, whole = sorted(draw(st.tuples(st.integers(1, 900), st.integers(1, 900))))
    is_ = printed(Fraction(part * 100, whole), 1)
    claims.append(f"{{ratio: 达标率, of: {part} 家, to: {whole} 家, is: {is_}%}}")
    many, each = draw(st.integers(2, 90)), draw(st.integers(1, 90))
    claims.append(f"{{product: 补助, factors: [{many} 所, {each} 万元], is: {many * each} 万元}}")
    return lines, claims


def write(lines, claims):
    """The text of a plan file, one entry a line."""
    return HEAD + "".join(
        f"{key}:\n" + "".join(f"  - {line}\n" for line in part)
        for key, part in (("figures", lines), ("claims", claims))
    )


@st.composite
def slipped(draw):
    """The lines of a plan in which one or two figures are printed with a wrong digit."""
    lines, claims = draw(figures())
    lines = list(lines)
    for _ in range(draw(st.integers(1, 2))):
        at = draw(st.integers(0, len(lines) - 1))
        head, _, value = lines[at].partition("value: ")
        digits = [i for i, c in enumerate(value) if c.isdigit()]
        place = draw(st.sampled_from(digits))
        new = str((int(value[place]) + draw(st.integers(1, 9))) % 10)
        lines[at] = f"{head}value: {value[:place]}{new}{value[place + 1 :]}"
    return lines, claims


def applied(text, repair):
    """A plan text with the amounts of a repair in their places."""
    rows = text.splitlines()
    for correction in repair.corrections:
        for new in correction.replacements:
            place = new.printing.mention.place
            row, column = rows[place.line - 1], place.column - 1
            column += row[column] == '"'
            assert row[column:].startswith(new.printing.raw), (row, new.printing.raw)
            rows[place.line - 1] = row[:column] + new.raw + row[column + len(new.printing.raw) :]
            # Corrections of one row move what stands behind them: there is one amount an entry, claims aside.
    return "\n".join(rows)


@laws
@given(figures())
def test_one_truth_is_silent(parts):
    """A plan printed from one truth holds no contradiction, whatever the precision."""
    assert conflicts(write(*parts)) == ()


@laws
@given(slipped())
def test_repairs_repair(parts):
    """Every repair that is offered, applied to the plan file, leaves nothing of its contradiction."""
    text = write(*parts)
    found = conflicts(text)
    assume(found)
    others = [c.repairs[0] for c in found if c.repairs]
    for conflict in found:
        for repair in conflict.repairs:
            mended = applied(text, repair)
            for other in others:
                if not any(other is r for r in conflict.repairs):
                    mended = applied(mended, other)

            left = conflicts(mended)

            about = {m.id for c in repair.corrections for m in c.observation.mentions}
            assert not [c for c in left if about & {m.id for m in c.mentions}], repair.text.zh


@laws
@given(slipped(), st.data())
def test_less_is_never_worse(parts, data):
    """Without one of its figures a plan contradicts itself only if it did before."""
    lines, claims = parts
    gone = data.draw(st.integers(0, len(lines) - 1))
    assume("id: whole" not in lines[gone])

    after = conflicts(write(lines[:gone] + lines[gone + 1 :], claims))

    assert bool(after) <= bool(conflicts(write(lines, claims)))


@laws
@given(slipped())
def test_cores_are_minimal(parts):
    """A core cannot be true, and without any one of its members it can."""
    network = network_of(facts_of(write(*parts)), relations())
    cores = [a.core for c in conflicts(write(*parts)) for a in c.arguments]
    assume(cores)
    for core in cores:
        assert refuted(network, core.observations, core.constraints).conflict is not None
        for number in core.observations:
            assert refuted(network, core.observations - {number}, core.constraints).conflict is None
        for number in core.constraints:
            assert refuted(network, core.observations, core.constraints - {number}).conflict is None


def told(found):
    """What conflicts say apart from order: the figures at odds, and what would mend them."""
    return sorted(
        (
            sorted({m.text for m in conflict.mentions}),
            sorted(
                sorted((c.observation.text, c.wanted.zh) for c in repair.corrections) for repair in conflict.repairs
            ),
        )
        for conflict in found
    )


@laws
@given(slipped(), st.randoms(use_true_random=False))
def test_order_and_ids_change_nothing(parts, random):
    """The same figures in another order, and under other names, contradict each other in the same way."""
    lines, claims = parts
    shuffled = [line if "id:" in line else f"{{id: x-{n}, {line[1:]}" for n, line in enumerate(lines)]
    random.shuffle(shuffled)

    assert told(conflicts(write(shuffled, claims))) == told(conflicts(write(lines, claims)))


@laws
@given(slipped())
def test_units_change_nothing(parts):
    """Densities printed per ten thousand, with the same digits, contradict each other in the same way."""
    lines, claims = parts
    assume(not any(c.capped for c in conflicts(write(lines, claims))))
    moved = []
    for line in lines:
        head, _, value = line.partition("value: ")
        if "每千人口" in head:
            number, _, unit = value.partition(" ")
            shifted = printed(Fraction(number) * 10, len(number.partition(".")[2]) - 1)
            moved.append(f"{head.replace('每千人口', '每万人口')}value: {shifted} {unit}")
        else:
            moved.append(line)

    before, after = conflicts(write(lines, claims)), conflicts(write(moved, claims))

    assert [len(c.repairs) for c in after] == [len(c.repairs) for c in before]


@laws
@given(figures())
def test_what_is_implied_holds_the_truth(parts):
    """Every implied figure has a derivation, and its interval is not empty."""
    for implied in implied_figures(network_of(facts_of(write(*parts)), relations())):
        assert implied.steps
        assert implied.interval.low is not None
        assert implied.interval.high is not None


MODULES = sorted((Path(__file__).parent.parent / "planlint" / "network").glob("*.py"))


@pytest.mark.parametrize("path", MODULES, ids=[path.stem for path in MODULES])
def test_no_float_anywhere(path):
    """No module of the network writes a float, asks for one, or divides whole numbers into one."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    literals = [
        n.value for n in ast.walk(tree) if isinstance(n, ast.Constant) and isinstance(n.value, (float, complex))
    ]
    names = [n.id for n in ast.walk(tree) if isinstance(n, ast.Name) and n.id in ("float", "complex", "math")]
    quotients = [
        n.lineno
        for n in ast.walk(tree)
        if isinstance(n, ast.BinOp)
        and isinstance(n.op, ast.Div)
        and all(isinstance(side, ast.Constant) for side in (n.left, n.right))
    ]

    assert (literals, names, quotients) == ([], [], [])
