"""The committee of the benchmarks: seeded vouchers over its chart (收支结余), as many as the collective has in the same size."""

from __future__ import annotations

import csv
import random
from collections.abc import Iterator
from datetime import date
from pathlib import Path

from workload import FIRST, HEADS, LAST, SEED, SIZES, root, yuan

_RECIPES = (
    ("收财政运转补助", "1002", "4401", 500_000),
    ("收财政专项补助", "1002", "4402", 900_000),
    ("发误工补贴", "5101", "1002", 60_000),
    ("付办公用品款", "5102", "1001", 30_000),
    ("付环境卫生款", "5103", "1002", 200_000),
    ("付路灯维修款", "5104", "1002", 300_000),
    ("慰问困难户", "5105", "1001", 50_000),
    ("付支部活动款", "5107", "1002", 40_000),
    ("付代收电费", "2201", "1002", 70_000),
    ("代收电费", "1002", "2201", 70_000),
    ("提取现金备用", "1001", "1002", 150_000),
)
_HOUSEHOLDS = 400
"""As many households in a small book as in a large one: a village does not grow with its vouchers."""


def vouchers(
    count: int, first: date = FIRST
) -> Iterator[tuple[date, int, str, list[tuple[str, int, int, str]]]]:
    """(day, number, summary, lines) in the order of the days; three lines in half of them, two in the rest."""
    draw = random.Random(SEED).random
    days, month, number = (LAST - first).days + 1, 0, 0
    for i in range(count):
        day = date.fromordinal(first.toordinal() + i * days // count)
        month, number = (day.month, 1) if day.month != month else (month, number + 1)
        text, debit, credit, high = _RECIPES[int(draw() * len(_RECIPES))]
        total = 2 + int(high * draw() ** 3)
        parts = [total] if draw() < 0.5 else [total - total // 3 - 1, total // 3 + 1]
        lines = [(debit, part, 0, _party(debit, draw())) for part in parts]
        yield day, number, text, [*lines, (credit, 0, total, _party(credit, draw()))]


def _party(account: str, chance: float) -> str:
    return f"农户{int(chance * _HOUSEHOLDS):03d}" if account == "2201" else ""


def ensure(size: str) -> Path:
    """The file of a size."""
    path = root() / f"{size}, committee.csv"
    done = path.with_suffix(".done")
    if not done.exists():
        with path.open("w", encoding="utf-8", newline="") as file:
            out = csv.writer(file)
            out.writerow(HEADS)
            for day, number, text, lines in vouchers(SIZES[size]):
                head = (day.isoformat(), "记", number, text)
                out.writerows((*head, a, yuan(d), yuan(c), party, "", 1) for a, d, c, party in lines)
        done.touch()
    return path
