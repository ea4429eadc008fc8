"""Files of other bookkeeping programs: the samples, and small ones as a test needs them."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from pathlib import Path

from openpyxl import Workbook, load_workbook

SAMPLES = Path(__file__).parents[1] / "exchange" / "samples"
KINGDEE = (SAMPLES / "kingdee_trial_balance.xlsx", SAMPLES / "kingdee_journal.xlsx")
FLAT = SAMPLES / "kingdee_voucher_37col.xlsx"
T3 = (SAMPLES / "t3_trial_balance.xlsx", SAMPLES / "t3_journal.csv")
EXPECTED = SAMPLES / "kingdee_mapping_expected.csv"

BALANCE_HEAD = [
    ["科目余额表"],
    ["单位名称:小村股份经济合作社    会计期间:2024年第1期 至 2024年第12期"],
    ["科目代码", "科目名称", "期初余额", None, "本期发生", None, "期末余额", None],
    [None, None, "借方", "贷方", "借方", "贷方", "借方", "贷方"],
]
BALANCES = [
    ["101", "现金", 100, None, 50, 20, 130, None],
    ["301", "资本", None, 100, None, None, None, 100],
    ["501", "经营收入", None, None, None, 50, None, 50],
    ["541", "管理费用", None, None, 20, None, 20, None],
]
TOTAL = ["合计", None, 100, 100, 70, 70, 150, 150]
JOURNAL_HEAD = [["序时账"], ["日期", "凭证字号", "摘要", "科目代码", "科目名称", "借方", "贷方"]]
JOURNAL = [
    ["2024-03-01", "记 - 1", "收租金", "101", "现金", 50, None],
    [None, None, "收租金", "501", "经营收入", None, 50],
    ["2024-03-05", "记 - 2", "付电费", "541", "管理费用", 20, None],
    [None, None, "付电费", "101", "现金", None, 20],
]


def workbook(path: Path, rows: Sequence[Sequence[object]]) -> Path:
    """A workbook of one sheet."""
    book = Workbook()
    sheet = book.worksheets[0]
    for row in rows:
        sheet.append(list(row))
    book.save(path)
    return path


def balances(
    folder: Path, rows: Sequence[Sequence[object]] = BALANCES, total: Sequence[object] = TOTAL
) -> Path:
    """A small balance sheet."""
    return workbook(folder / "余额表.xlsx", [*BALANCE_HEAD, *rows, *([total] if total else [])])


def journal(folder: Path, rows: Sequence[Sequence[object]] = JOURNAL) -> Path:
    """A small journal."""
    return workbook(folder / "序时账.xlsx", [*JOURNAL_HEAD, *rows])


def expected_mapping() -> list[dict[str, str]]:
    """The rows that hold the right answer, the total left out."""
    with EXPECTED.open(encoding="utf-8-sig", newline="") as stream:
        return [row for row in csv.DictReader(stream) if row["旧科目代码"] != "合计"]


def cells(path: Path) -> list[tuple[object, ...]]:
    """Rows of a workbook's first sheet."""
    return list(load_workbook(path).worksheets[0].iter_rows(values_only=True))


def t3_text() -> list[list[str]]:
    """Rows of the T3 journal."""
    return list(csv.reader(io.StringIO(T3[1].read_bytes().decode("gb18030"), newline="")))
