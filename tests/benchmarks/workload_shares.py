"""A share register for the benchmarks: 5,000 members and twenty years of events, the same bytes on every machine.

    members()       the file of members, one household each two
    income()        the file of one voucher, so that there is something to give away
    ensure(size)    the file of events: one grant to all, then so many transfers, gifts, pledges and releases a year

Only ``Random.random()`` is drawn from, as in ``workload``. Every event is one the rules allow.
"""

from __future__ import annotations

import csv
import random
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path

import workload

MEMBERS = 5_000
SIZES = {"20 years": 250, "20 years, tenfold": 2_500}
"""Events a year of each size."""
FIRST, YEARS = 2005, 20
SHARE = "人口股"
GRANTED = 100_00
BOARD, ASSEMBLY = "理〔2004〕1号", "社〔2004〕1号"
YEAR, POOL = 2024, 100_000_00
"""The year the book is kept from, and what of its income is given away."""
DAYS = (date(2005, 1, 4), date(2011, 6, 30), date(2017, 2, 28), date(2024, 12, 31))
"""Days the register is asked of."""
_MEMBER_HEADER = (
    "户编号",
    "户主",
    "姓名",
    "与户主关系",
    "性别",
    "证件号码",
    "是否成员",
    "成员确认日期",
    "备注",
)
_EVENT_HEADER = ("日期", "事件", "股份类别", "转出账户", "转入账户", "数量", "决议文号", "备注")
_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)


def account(number: int) -> str:
    """How a member is written: two to a household."""
    return f"{number // 2 + 1:04d}/{name(number)}"


def name(number: int) -> str:
    """A name of its own for everybody."""
    return f"成员{number + 1:04d}"


def members() -> Path:
    """The file of members, made once."""
    path = workload.root() / "members.csv"
    if not path.exists():
        rows = [
            (
                f"{number // 2 + 1:04d}",
                name(number - number % 2),
                name(number),
                "户主" if number % 2 == 0 else "配偶",
                "男",
                _identity(number),
                "是",
                "2004-12-31",
                "",
            )
            for number in range(MEMBERS)
        ]
        _write(path, _MEMBER_HEADER, rows)
    return path


def income() -> Path:
    """The file of the year's income, made once."""
    path = workload.root() / "share income.csv"
    if not path.exists():
        day, summary = f"{YEAR}-06-30", "收承包费"
        rows = (
            (day, "记", 1, summary, "101", "1000000.00", "", "", "", 1),
            (day, "记", 1, summary, "501", "", "1000000.00", "", "", 1),
        )
        _write(path, workload.HEADS, rows)
    return path


def ensure(size: str) -> Path:
    """The file of events of a size, made once."""
    path = workload.root() / f"shares {size}.csv"
    if not path.exists():
        _write(path, _EVENT_HEADER, _rows(SIZES[size]))
    return path


def _identity(number: int) -> str:
    """A number that is arithmetically right and nobody's."""
    body = f"519903{1950 + number // 500}0101{number % 500 * 2 + 1:03d}"
    check = sum(int(digit) * weight for digit, weight in zip(body, _WEIGHTS, strict=True)) % 11
    return body + "10X98765432"[check]


def _write(path: Path, header: tuple[str, ...], rows: Iterable[tuple[object, ...]]) -> None:
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(header)
        writer.writerows(rows)


@dataclass
class _Village:
    """Who has what while the events are invented."""

    free: list[int] = field(default_factory=lambda: [GRANTED] * MEMBERS)
    pledged: list[tuple[int, int, str]] = field(default_factory=list)
    draw: random.Random = field(default_factory=lambda: random.Random(workload.SEED))

    def some(self, largest: int) -> int:
        return int(self.draw.random() * largest)

    def event(self, number: int) -> tuple[str, str, str, str, str, str, str]:
        """All of an event but its day."""
        chance = self.draw.random()
        if chance < 0.1 and self.pledged:
            who, quanta, contract = self.pledged.pop(0)
            self.free[who] += quanta
            return "release", SHARE, account(who), "", _text(quanta), "", contract
        giver = self._rich()
        quanta = 1 + self.some(min(self.free[giver], 5_00))
        self.free[giver] -= quanta
        if chance < 0.2:
            self.pledged.append((giver, quanta, f"质{number}"))
            return "pledge", SHARE, account(giver), "", _text(quanta), BOARD, f"质{number}"
        taker = (giver + 1 + self.some(MEMBERS - 1)) % MEMBERS
        self.free[taker] += quanta
        kind = "gift" if chance < 0.4 else "transfer"
        return kind, SHARE, account(giver), account(taker), _text(quanta), BOARD, f"合同{number}"

    def _rich(self) -> int:
        """Somebody who has anything to give."""
        while True:
            who = self.some(MEMBERS)
            if self.free[who] > 0:
                return who


def _text(quanta: int) -> str:
    return f"{quanta // 100}.{quanta % 100:02d}"


def _rows(yearly: int) -> Iterator[tuple[str, ...]]:
    village = _Village()
    for number in range(MEMBERS):
        yield f"{FIRST}-01-04", "grant", SHARE, "", account(number), _text(GRANTED), ASSEMBLY, ""
    number = 0
    for year in range(FIRST, FIRST + YEARS):
        for place in range(yearly):
            number += 1
            day = date(year, 1, 5) + timedelta(days=place * 360 // yearly)
            yield (day.isoformat(), *village.event(number))
