"""Assets and contracts for the benchmarks: 10,000 cards, and so many contracts, the same bytes on every machine.

    assets()            the file of cards, straight line, bought over ten years
    contracts(count)    the file of contracts: half of them late and ending, half of them due in a week

Only ``Random.random()`` is drawn from, as in ``workload``.
"""

from __future__ import annotations

import csv
import random
from collections.abc import Iterable
from datetime import date, timedelta
from pathlib import Path

import workload

ASSETS = 10_000
FEW, MANY = 100, 5_000
YEAR, MONTH = 2025, 3
"""The month charged."""
TODAY, DUE_MONTH = date(2025, 6, 16), 6
"""The day the screen is asked for, and the month whose rent is booked."""
_ASSET_HEADER = (
    *("资产编号", "名称", "类别", "用途", "启用日期", "原值", "残值", "折旧方法", "使用月数", "总工作量"),
    "已提折旧",
)
_CONTRACT_HEADER = (
    *("合同编号", "资产编号", "对方", "起始日期", "终止日期", "周期", "付款日", "每期金额", "递增率"),
    *("递增年数", "阶梯", "决议文号"),
)
_USES = ("经营", "管理", "公益")


def assets() -> Path:
    """The file of cards, made once."""
    draw = random.Random(workload.SEED)

    def some(largest: int) -> int:
        return int(draw.random() * largest)

    rows = [
        (
            f"A{number:05d}",
            f"资产{number:05d}",
            "机器设备",
            _USES[number % 3],
            date(2015 + some(9), 1 + some(12), 1 + some(28)).isoformat(),
            f"{1_000 + some(90_000)}.00",
            "50.00",
            "年限平均法",
            120 + some(120),
            "",
            "0.00",
        )
        for number in range(ASSETS)
    ]
    return _written(workload.root() / "assets.csv", _ASSET_HEADER, rows)


def contracts(count: int) -> Path:
    """The file of so many contracts, made once; every other one began years ago, is late and ends within the quarter."""
    rows: list[tuple[object, ...]] = []
    for number in range(count):
        old = number % 2 == 0
        start = date(2024, 1, 1 + number % 28) if old else TODAY + timedelta(days=1 + number % 14)
        end = TODAY + timedelta(days=10 + number % 70) if old else start + timedelta(days=1094)
        rises = ("5", "1") if number % 3 == 0 else ("", "")
        rows.append(
            (
                *(f"合{number:05d}", f"X{number:05d}", f"承租{number % 1500:04d}", start.isoformat()),
                *(
                    end.isoformat(),
                    "月" if old else "季",
                    "首日",
                    f"{100 + number % 900}.00",
                    *rises,
                    "",
                    "社1号",
                ),
            )
        )
    return _written(workload.root() / f"contracts {count}.csv", _CONTRACT_HEADER, rows)


def _written(path: Path, header: tuple[str, ...], rows: Iterable[tuple[object, ...]]) -> Path:
    if not path.exists():
        with path.open("w", encoding="utf-8-sig", newline="") as file:
            writer = csv.writer(file)
            writer.writerow(header)
            writer.writerows(rows)
    return path
