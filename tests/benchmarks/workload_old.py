"""A year of somebody else's books: a balance sheet and a journal as Kingdee prints them, 10,000 vouchers."""

from __future__ import annotations

import random
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

from workload import SEED, root

VOUCHERS = 10_000
YEAR = 2024
TITLE = f"单位名称:测算村股份经济合作社    会计期间:{YEAR}年第1期 至 {YEAR}年第12期"
ACCOUNTS = {
    "101": "现金",
    "102": "银行存款",
    "301": "资本",
    "501": "经营收入",
    "522": "其他收入",
    "541": "管理费用",
    "551": "其他支出",
}
OPENING = {"101": 5_000_000, "102": 900_000_000, "301": -905_000_000}
"""Fen, debit above zero."""
_KINDS = (
    ("收铺面租金", "102", "501", 900_000),
    ("收利息", "102", "522", 30_000),
    ("付办公用品款", "541", "102", 60_000),
    ("付水电费", "541", "102", 50_000),
    ("慰问困难户", "551", "102", 50_000),
    ("提取现金备用", "101", "102", 90_000),
)
HEAD = ("日期", "凭证字号", "摘要", "科目代码", "科目名称", "借方", "贷方")

Line = tuple[str, str, int, int]
"""Text, account, debit, credit."""


def vouchers() -> Iterator[tuple[date, int, list[Line]]]:
    """(day, number, lines) in the order of their days, numbered from 1 in each month."""
    draw = random.Random(SEED).random
    month, number = 0, 0
    for i in range(VOUCHERS):
        day = date(YEAR, 1, 1) + timedelta(days=i * 366 // VOUCHERS)
        month, number = (day.month, 1) if day.month != month else (month, number + 1)
        text, debit, credit, high = _KINDS[int(draw() * len(_KINDS))]
        fen = 1 + int(high * draw() ** 2)
        yield day, number, [(text, debit, fen, 0), (text, credit, 0, fen)]


def ensure() -> tuple[Path, Path]:
    """The balance sheet and the journal."""
    folder = root() / "old"
    balances, journal, done = folder / "余额表.xlsx", folder / "序时账.xlsx", folder / "done"
    if not done.exists() or done.read_text() != str(SEED):
        folder.mkdir(parents=True, exist_ok=True)
        moved = _write_journal(journal)
        _write_balances(balances, moved)
        done.write_text(str(SEED))
    return balances, journal


def _write_journal(path: Path) -> dict[str, tuple[int, int]]:
    from openpyxl import Workbook

    moved = dict.fromkeys(ACCOUNTS, (0, 0))
    book = Workbook(write_only=True)
    sheet = book.create_sheet()
    sheet.append(("序时账",))
    sheet.append(HEAD)
    for day, number, lines in vouchers():
        for place, (text, account, debit, credit) in enumerate(lines):
            first = (day.isoformat(), f"记 - {number}") if place == 0 else (None, None)
            sheet.append((*first, text, account, ACCOUNTS[account], _yuan(debit), _yuan(credit)))
            sides = moved[account]
            moved[account] = (sides[0] + debit, sides[1] + credit)
    book.save(path)
    return moved


def _write_balances(path: Path, moved: dict[str, tuple[int, int]]) -> None:
    from openpyxl import Workbook

    book = Workbook(write_only=True)
    sheet = book.create_sheet()
    for row in (
        ("科目余额表",),
        (TITLE,),
        ("科目代码", "科目名称", "期初余额", None, "本期发生", None, "期末余额", None),
        (None, None, "借方", "贷方", "借方", "贷方", "借方", "贷方"),
    ):
        sheet.append(row)
    sums = [0] * 6
    for code, name in ACCOUNTS.items():
        opening, (debit, credit) = OPENING.get(code, 0), moved[code]
        closing = opening + debit - credit
        figures = (*_sides(opening), debit, credit, *_sides(closing))
        sums = [x + y for x, y in zip(sums, figures, strict=True)]
        sheet.append((code, name, *map(_yuan, figures)))
    sheet.append(("合计", None, *map(_yuan, sums)))
    book.save(path)


def _sides(fen: int) -> tuple[int, int]:
    return max(fen, 0), max(-fen, 0)


def _yuan(fen: int) -> float | None:
    return fen / 100 if fen else None
