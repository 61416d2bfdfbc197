"""Generate plans that cannot be faulted: every printed figure is rounded from one truth, and claims say what is so.

A plan has a table of the last period, a table of indicators, a body that prints counts and populations, a table of
institutions, and projects. The same number and seed give the same bytes. Precision, wording and what is printed vary
from plan to plan; the truth itself is never rounded before it is printed.
"""

from __future__ import annotations

import random
from fractions import Fraction

from generate import rounded

HEAD = """\
planlint: 1
plan: {{id: consistent-{number:04d}, title: 一致县{number}“十四五”卫生健康规划, region: 一致县{number}, within: [一致市],
       period: 2021-2025, baseline: 2020, review: 2016-2020, document: consistent-{number:04d}.txt}}
"""
STAFF = (
    ("执业（助理）医师数", "每千人口执业（助理）医师数", 3.1),
    ("注册护士数", "每千人口注册护士数", 3.6),
    ("药师（士）数", "每千人口药师（士）数", 0.4),
)
OTHERS = 1.3
"""Other technicians per thousand people."""
SHARES = (
    ("高血压患者规范管理率", "高血压患者规范管理人数", "高血压患者管理人数", "人", 0.04),
    ("糖尿病患者规范管理率", "糖尿病患者规范管理人数", "糖尿病患者管理人数", "人", 0.012),
    ("65岁及以上老年人健康管理率", "65岁及以上老年人健康管理人数", "65岁及以上人口", "人", 0.12),
    ("孕产妇系统管理率", "孕产妇系统管理人数", "活产数", "人", 0.0),
    ("3岁以下儿童系统管理率", "3岁以下儿童系统管理人数", "3岁以下儿童数", "人", 0.03),
)
BARE = "产前筛查率 县域内就诊率 居民健康素养水平 法定传染病报告率 公共场所卫生监督覆盖率".split()
"""Shares that are printed without the counts behind them."""
INSTITUTIONS = ("社区卫生服务中心数", "社区卫生服务站数", "乡镇卫生院数", "村卫生室数")
WORKS = "区人民医院新建 疾控中心迁建 妇幼保健院改扩建 中医医院门诊楼 急救站 乡镇卫生院改造 数据中心 传染病楼".split()


class Writer:
    """What is printed so far, and how it is rounded."""

    def __init__(self, number: int, seed: int) -> None:
        self.chance = random.Random(f"consistent-{seed}-{number}")  # noqa: S311
        self.line = 10
        self.review: list[str] = []
        self.main: list[str] = []
        self.body: list[str] = []
        self.claims: list[str] = []
        self.extra: list[str] = []

    def at(self) -> int:
        """Return the next line of the document."""
        self.line += 1
        return self.line

    def maybe(self, share: float) -> bool:
        """Tell whether something that stands in so many plans stands in this one."""
        return self.chance.random() < share

    def figure(self, name: str, value: str, year: int = 2020, **more: str) -> None:
        """Print a figure in the body."""
        rest = "".join(f", {key}: {text}" for key, text in more.items())
        self.body.append(f'  - {{indicator: {name}, year: {year}, value: "{value}"{rest}, at: {self.at()}}}')

    def row(self, into: list[str], name: str, unit: str, first: str, second: str) -> None:
        """Print a row of the table of the last period (2015, 2020) or of that of indicators (2020, 2025)."""
        years = ("2015", "2020") if into is self.review else ("2020", "2025")
        cells = f'{years[0]}: "{first}", {years[1]}: "{second}"'
        into.append(f'      - {{indicator: {name}, unit: "{unit}", {cells}, at: {self.at()}}}')

    def count(self, truth: int, unit: str) -> str:
        """Return a count as plans print it: one by one, or in 万."""
        if truth >= 50_000 and self.maybe(0.5):
            return f"{rounded(Fraction(truth, 10_000), self.chance.choice((1, 2)))} 万{unit}"
        return f"{truth} {unit}"


class Truth:
    """A county in 2015 and 2020 and as planned for 2025."""

    def __init__(self, chance: random.Random) -> None:
        self.chance = chance
        people = chance.randrange(150_000, 900_000)
        self.people = {
            2015: people,
            2020: int(people * chance.uniform(1.01, 1.12)),
        }
        self.people[2025] = int(self.people[2020] * chance.uniform(1.01, 1.06))
        self.births = int(self.people[2020] * chance.uniform(0.008, 0.014))
        level = chance.uniform(0.8, 1.3)
        self.staff = {name: self._course(mean * level) for name, _, mean in STAFF}
        others = self._course(OTHERS * level)
        self.technicians = {year: sum(s[year] for s in self.staff.values()) + others[year] for year in self.people}
        self.hospital_beds = self._course(4.2 * level)
        primary = self._course(1.4 * level)
        self.beds = {year: self.hospital_beds[year] + primary[year] for year in self.people}

    def _course(self, density: float) -> dict[int, int]:
        """Return counts whose density rises from period to period."""
        course = {2015: int(self.people[2015] * density / 1000)}
        for before, year in ((2015, 2020), (2020, 2025)):
            rise = Fraction(self.chance.randrange(108, 125), 100)
            course[year] = int(Fraction(course[before] * self.people[year], self.people[before]) * rise) + 1
        return course


def plan(number: int, seed: int = 7) -> str:
    """Return the text of one plan of 100 to 140 figures."""
    writer = Writer(number, seed)
    truth = Truth(writer.chance)
    _population(writer, truth)
    for name, density, _ in STAFF:
        _per_thousand(writer, truth, name, density, "人", truth.staff[name])
    _per_thousand(writer, truth, "卫生技术人员数", "每千人口卫生技术人员数", "人", truth.technicians)
    _per_thousand(writer, truth, "医疗卫生机构床位数", "每千人口医疗卫生机构床位数", "张", truth.beds)
    _per_thousand(writer, truth, "医院床位数", "每千人口医院床位数", "张", truth.hospital_beds)
    _staff_sums(writer, truth)
    _births(writer, truth)
    _shares(writer, truth)
    _money_shares(writer)
    _institutions(writer)
    _projects(writer)
    _words(writer, truth)
    return _join(number, writer)


def _join(number: int, writer: Writer) -> str:
    lines = [HEAD.format(number=number), "tables:"]
    for id_, columns, rows in (
        ("表1", "{2015: actual, 2020: actual}", writer.review),
        ("表2", "{2020: baseline, 2025: target}", writer.main),
    ):
        lines += [f"  - id: {id_}", f"    columns: {columns}", "    rows:", *rows]
    lines += ["figures:", *writer.body, "claims:", *writer.claims, *writer.extra]
    return "\n".join(lines) + "\n"


def _population(writer: Writer, truth: Truth) -> None:
    people = truth.people
    texts = {year: writer.count(people[year], "人") for year in people}
    writer.figure("常住人口数", texts[2020], id="people-2020")
    writer.figure("常住人口数", texts[2015], 2015, id="people-2015")
    if writer.maybe(0.4):
        writer.figure("常住人口数", f"{rounded(Fraction(people[2025], 10_000), 1)} 万人", 2025, role="target")
    by = rounded(Fraction((people[2020] - people[2015]) * 100, people[2015]), writer.chance.choice((1, 2)))
    writer.claims.append(
        f"  - {{change: 常住人口数, from: people-2015, to: people-2020, by: 增长{by}%, years: 2015-2020, at: {writer.at()}}}"
    )
    for name, share, low, high in (
        ("60岁及以上人口", "60岁及以上人口占比", 14, 22),
        ("65岁及以上人口", "65岁及以上人口占比", 9, 13),
        ("0-14岁人口", "0-14岁人口占比", 13, 20),
    ):
        some = int(people[2020] * writer.chance.uniform(low, high) / 100)
        if name.startswith("65"):
            truth.elderly = some
        writer.figure(name, writer.count(some, "人"))
        writer.figure(share, f"{rounded(Fraction(some * 100, people[2020]), writer.chance.choice((1, 2)))}%")


def _per_thousand(writer: Writer, truth: Truth, name: str, density: str, unit: str, course: dict[int, int]) -> None:
    """Print a course as densities in both tables, and as counts in the body."""
    places = writer.chance.choice((1, 2, 2, 2))
    of = {year: rounded(Fraction(course[year] * 1000, truth.people[year]), places) for year in course}
    key = {"执": "physicians", "注": "nurses", "药": "pharmacists", "卫": "technicians"}.get(name[0], "")
    key = key or ("hospital-beds" if name.startswith("医院") else "beds")
    writer.row(writer.review, density, unit, of[2015], of[2020])
    writer.row(writer.main, density, unit, of[2020], f"≥{of[2025]}")
    for year in (2020, 2015):
        # What is not always printed leaves its density to the agreement of its two printings.
        if year == 2020 or writer.maybe(0.7):
            writer.figure(name, writer.count(course[year], unit), year, id=f"{key}-{year}")
    if writer.maybe(0.6):
        shorter = max(places - 1, 1)
        again = rounded(Fraction(course[2020] * 1000, truth.people[2020]), writer.chance.choice((places, shorter)))
        writer.figure(density, f"{again} {unit}")
    if writer.maybe(0.3):
        writer.figure(density, f"{of[2025]} {unit}以上", 2025, role="target")


def _staff_sums(writer: Writer, truth: Truth) -> None:
    others = truth.technicians[2020] - sum(s[2020] for s in truth.staff.values())
    parts = "physicians-2020, nurses-2020, pharmacists-2020"
    writer.claims.append(
        f"  - {{sum: 卫生技术人员数, whole: technicians-2020, parts: [{parts}, {others} 人], at: {writer.at()}}}"
    )
    physicians, nurses = (truth.staff[name][2020] for name in ("执业（助理）医师数", "注册护士数"))
    ratio = rounded(Fraction(nurses, physicians), 2)
    writer.figure("医护比", f"1:{ratio}")
    if writer.maybe(0.5):
        share = rounded(Fraction(nurses * 100, truth.technicians[2020]), 1)
        writer.claims.append(
            f"  - {{ratio: 注册护士占卫生技术人员的比重, of: nurses-2020, to: technicians-2020, is: {share}%, at: {writer.at()}}}"
        )


def _births(writer: Writer, truth: Truth) -> None:
    """Print births and the rates of deaths among them, each from whole deaths."""
    chance, births = writer.chance, truth.births
    under5 = int(births * chance.uniform(0.004, 0.007)) + 3
    infants = max(int(under5 * chance.uniform(0.5, 0.8)), 2)
    writer.figure("活产数", f"{births} 人")
    places = chance.choice((1, 2, 2))
    for name, deaths, count in (
        ("5岁以下儿童死亡率", under5, "5岁以下儿童死亡数"),
        ("婴儿死亡率", infants, "婴儿死亡数"),
    ):
        rate = rounded(Fraction(deaths * 1000, births), places)
        before = rounded(Fraction(deaths * 1300, births), places)
        goal = rounded(Fraction(deaths * 880, births), 1)
        writer.row(writer.review, name, "‰", before, rate)
        writer.row(writer.main, name, "‰", rate, f"≤{goal}")
        if writer.maybe(0.6):
            writer.figure(count, f"{deaths} 人")
        if writer.maybe(0.4):
            writer.figure(name, f"{rate}‰")
    people = truth.people[2020]
    born, died = int(people * chance.uniform(0.009, 0.014)), int(people * chance.uniform(0.005, 0.008))
    for name, number in (("人口出生率", born), ("人口死亡率", died), ("人口自然增长率", born - died)):
        writer.figure(name, f"{rounded(Fraction(number * 1000, people), 2)}‰")


def _shares(writer: Writer, truth: Truth) -> None:
    for name, part, whole, unit, of_people in SHARES:
        number = int(truth.people[2020] * of_people) or truth.births
        if whole.startswith("65岁"):
            number = truth.elderly
        some = int(number * writer.chance.uniform(0.68, 0.92))
        places = writer.chance.choice((1, 2))
        share = rounded(Fraction(some * 100, number), places)
        goal = rounded(Fraction(some * 100, number) + writer.chance.randrange(2, 7), 0)
        writer.row(writer.main, name, "%", share, f"≥{goal}")
        writer.figure(part, f"{some} {unit}")
        if whole not in ("活产数",) and not whole.startswith("65岁"):
            writer.figure(whole, f"{number} {unit}")
        if writer.maybe(0.4):
            writer.figure(name, f"{share}%")
    for name in BARE:
        share = Fraction(writer.chance.randrange(600_000, 900_000), 10_000)
        places = writer.chance.choice((1, 2))
        goal = rounded(share + writer.chance.randrange(2, 7), 0)
        before = rounded(share - writer.chance.randrange(3, 9), places)
        writer.row(writer.review, name, "%", before, rounded(share, places))
        writer.row(writer.main, name, "%", rounded(share, places), f"≥{goal}")
        if writer.maybe(0.3):
            writer.figure(name, f"{rounded(share, places)}%")


def _money_shares(writer: Writer) -> None:
    """Print the three parts of health expenditure: amounts in 亿元, and shares that come to 100 %."""
    chance = writer.chance
    parts = [chance.randrange(20_000, 60_000) for _ in range(3)]
    whole = sum(parts)
    writer.figure("卫生总费用", f"{rounded(Fraction(whole, 10_000), 2)} 亿元", id="money")
    amounts = ", ".join(f"{rounded(Fraction(part, 10_000), 2)} 亿元" for part in parts)
    writer.claims.append(f"  - {{sum: 卫生总费用, whole: money, parts: [{amounts}], at: {writer.at()}}}")
    shares = ", ".join(f"{rounded(Fraction(part * 100, whole), 1)}%" for part in parts)
    writer.claims.append(f"  - {{sum: 卫生总费用构成, whole: 100%, parts: [{shares}], at: {writer.at()}}}")


def _words(writer: Writer, truth: Truth) -> None:
    """Print what the text says of figures: comparisons, verdicts, conversions, products, series."""
    chance, claims = writer.chance, writer.claims
    here, there = (Fraction(chance.randrange(7600, 8100), 100) for _ in range(2))
    places = chance.choice((1, 2))
    is_above = here > there
    gap = rounded(abs(here - there), places)
    if abs(here - there) > Fraction(1, 2):
        claims.append(
            f"  - {{comparison: 人均预期寿命, left: {rounded(here, places)} 岁, is: {'高于' if is_above else '低于'}, "
            f"right: {rounded(there, places)} 岁, by: {gap} 岁, at: {writer.at()}}}"
        )
    area = Fraction(chance.randrange(5_000_000, 90_000_000), 1000)
    claims.append(
        f"  - {{conversion: 用地面积, value: {rounded(area, 1)} 平方米, is: {rounded(area * 3 / 2000, 2)} 亩, at: {writer.at()}}}"
    )
    rooms, each = chance.randrange(3, 30), chance.randrange(2, 90)
    claims.append(
        f"  - {{product: 发热门诊建设投资, factors: [{rooms} 家, {each} 万元], is: {rooms * each} 万元, at: {writer.at()}}}"
    )
    series = sorted((Fraction(chance.randrange(300, 900), 100) for _ in range(5)), reverse=True)
    if len(set(series)) == len(series):
        items = ", ".join(f"{rounded(value, 2)}‰" for value in series)
        claims.append(f"  - {{change: 新生儿死亡率, verb: 逐年下降, series: [{items}], at: {writer.at()}}}")
    share = Fraction(chance.randrange(800_000, 950_000), 10_000)
    claims.append(
        f"  - {{verdict: 孕产妇住院分娩率, value: {rounded(share, 2)}%, goal: {rounded(share - 2, 0)}%, is: 达成, at: {writer.at()}}}"
    )
    before, rise = chance.randrange(20_000, 90_000), Fraction(chance.randrange(20, 60), 1000)
    after = before * (1 + rise) ** 5
    claims.append(
        f"  - {{change: 出院人次, from: {before} 人次, to: {rounded(after, 0)} 人次, by: 年均增长{rounded(rise * 100, 1)}%, "
        f"years: 2015-2020, at: {writer.at()}}}"
    )
    low, up = chance.randrange(3000, 6000), chance.randrange(200, 900)
    claims.append(
        f"  - {{change: 电子健康档案使用率, from: {rounded(Fraction(low, 100), 2)}%, to: {rounded(Fraction(low + up, 100), 2)}%, "
        f"by: 提高{rounded(Fraction(up, 100), 1)}个百分点, at: {writer.at()}}}"
    )
    planned = truth.beds[2025] - truth.beds[2020]
    claims.append(
        f"  - {{change: 医疗卫生机构床位数, from: beds-2020, to: {truth.beds[2025]} 张, by: 增加{planned}张, at: {writer.at()}}}"
    )


def _institutions(writer: Writer) -> None:
    """Print a table of institutions whose rows a claim adds up."""
    numbers = [writer.chance.randrange(3, 90) for _ in INSTITUTIONS]
    writer.extra += ["projects:"]
    ids = []
    for name, number in zip(INSTITUTIONS, numbers, strict=True):
        ids.append(f"place-{len(ids)}")
        writer.figure(name, f"{number} 家", id=ids[-1])
    writer.figure("基层医疗卫生机构数", f"{sum(numbers)} 家", id="places")
    writer.claims.append(f"  - {{sum: 基层医疗卫生机构, whole: places, parts: [{', '.join(ids)}], at: {writer.at()}}}")


def _projects(writer: Writer) -> None:
    """Print a table of projects with its total and count."""
    chosen = writer.chance.sample(WORKS, writer.chance.randrange(4, len(WORKS) + 1))
    costs = [writer.chance.randrange(20, 900) * writer.chance.choice((5, 10, 25)) for _ in chosen]
    at = writer.at()
    writer.extra += ["  - id: 附表", "    unit: 万元", f'    total: "{sum(costs)}"', f'    count: "{len(costs)}"']
    writer.extra += [f"    at: {at}", "    rows:"]
    for number, (name, cost) in enumerate(zip(chosen, costs, strict=True), 1):
        start = writer.chance.randrange(2021, 2024)
        end = start + writer.chance.randrange(1, 3)
        span = f'start: "{start}.3", end: "{end}.12", state: 新建'
        writer.extra.append(f"      - {{no: {number}, project: {name}项目, cost: {cost}, {span}, at: {writer.at()}}}")
