"""Write generated plans that are consistent: one truth, printed with rounding. The same seed gives the same bytes."""

from __future__ import annotations

import random
from fractions import Fraction
from pathlib import Path

HEAD = """\
# yaml-language-server: $schema=plan.schema.json
planlint: 1
plan: {{id: generated-{number:04d}, title: 生成县{number}“十四五”卫生健康规划, region: 生成县{number}, within: [生成市],
       period: 2021-2025, baseline: 2020, document: generated-{number:04d}.txt}}
"""
SHARES = (
    "孕产妇系统管理率 3岁以下儿童系统管理率 产前筛查率 新生儿遗传代谢疾病筛查率 严重精神障碍规范管理率 居民健康素养水平 "
    "法定传染病报告率 高血压患者规范管理率 糖尿病患者规范管理率 县域内就诊率 孕产妇住院分娩率 公共场所卫生监督覆盖率"
).split()
DENSITIES = (
    ("每千人口医疗卫生机构床位数", "医疗卫生机构床位数", "张", 6.5),
    ("每千人口执业（助理）医师数", "执业（助理）医师数", "人", 3.1),
    ("每千人口注册护士数", "注册护士数", "人", 4.2),
)


def rounded(value: Fraction, places: int) -> str:
    """Return a number rounded half up."""
    scaled = (value * 10**places + Fraction(1, 2)).__floor__()
    digits = str(scaled).rjust(places + 1, "0")
    return f"{digits[:-places]}.{digits[-places:]}" if places else digits


def plan(number: int, seed: int = 7) -> str:
    """Return the text of one plan of about 27 kB: 45 rows, 60 body figures, 15 counts and claims."""
    chance = random.Random(f"{seed}-{number}")  # noqa: S311
    population = chance.randrange(200_000, 1_200_000)
    lines = [HEAD.format(number=number), "tables:"]
    body: list[str] = ["figures:"]
    claims: list[str] = ["claims:"]
    line = 100
    body.append(f"  - {{indicator: 常住人口数, year: 2020, value: {population} 人, at: 12, quote: {population} 人}}")
    for table in range(3):
        lines += [f"  - id: 表{table + 1}", f"    title: 主要发展指标表（{table + 1}）", f"    at: {line}"]
        lines += ["    columns: {2020: baseline, 2025: target}", "    rows:"]
        for name in SHARES:
            line += 1
            base = chance.randrange(6000, 9000)
            shown, goal = rounded(Fraction(base, 100), 2), base // 100 + chance.randrange(2, 9)
            scope = f", scope: 片区{table}" if table else ""
            lines.append(
                f'      - {{indicator: {name}{scope}, unit: "%", 2020: {shown}, 2025: ≥{goal}, nature: 预期性, at: {line}}}'
            )
            place = f", scope: 片区{table}" if table else ""
            body.append(
                f"  - {{indicator: {name}{place}, year: 2020, value: {shown}%, at: {line + 300}, quote: 达到{shown}%}}"
            )
            if table:
                body.append(
                    f"  - {{indicator: {name}{place}, year: 2025, value: {goal}%以上, at: {line + 500}, quote: {goal}%以上}}"
                )
        people = population if not table else chance.randrange(50_000, 150_000)
        for name, count, unit, mean in DENSITIES:
            line += 1
            scope = f", scope: 片区{table}" if table else ""
            things = int(people * mean / 1000 * chance.uniform(0.7, 1.3))
            density = rounded(Fraction(things * 1000, people), 2)
            goal = rounded(Fraction(things * 1200, people), 2)
            lines.append(
                f"      - {{indicator: {name}{scope}, unit: {unit}, 2020: {density}, 2025: ≥{goal}, nature: 约束性, at: {line}}}"
            )
            body.append(
                f"  - {{indicator: {count}{scope}, year: 2020, value: {things} {unit}, at: {line + 300}, quote: {things} {unit}}}"
            )
            first = chance.randrange(1, things)
            claims.append(
                f"  - {{sum: {count}构成{scope}, whole: {things} {unit}, parts: [{first} {unit}, {things - first} {unit}], at: {line + 300}}}"
            )
    note = "# " + "本行只为使文件大小与真实规划相近，不含任何数字。" * 8
    return "\n".join([*lines, *body, *claims, *[note] * 16]) + "\n"


def write(folder: Path, many: int) -> None:
    """Write plans into a folder."""
    folder.mkdir(parents=True, exist_ok=True)
    for number in range(many):
        (folder / f"generated-{number:04d}.yaml").write_text(plan(number), encoding="utf-8")
