"""Small files as people have them, for the importers to read."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from pathlib import Path

VOUCHER_HEADER = [
    "日期",
    "凭证字",
    "凭证号",
    "摘要",
    "科目编码",
    "借方金额",
    "贷方金额",
    "往来单位",
    "项目",
    "附件张数",
]
ENGLISH_HEADER = [
    "date",
    "word",
    "number",
    "summary",
    "account",
    "debit",
    "credit",
    "counterparty",
    "project",
    "attachments",
]
OPENING_HEADER = ["科目编码", "往来单位", "项目", "借方金额", "贷方金额"]
ACCOUNT_HEADER = ["科目编码", "科目名称", "余额方向", "启用", "辅助核算"]

WATER_BILL = (
    ("2025-03-08", "记", "1", "付水费", "513", "386.20", "", "", "", "1"),
    ("2025-03-08", "记", "1", "付水费", "101", "", "386.20", "", "", "1"),
)
RENT = (
    ("2025-03-09", "记", "2", "收门面租金", "101", "4,800.00", "", "", "", "2"),
    ("2025-03-09", "记", "2", "收门面租金", "501", "", "4800", "", "", ""),
)


def write_csv(
    path: Path,
    rows: Iterable[Sequence[object]],
    header: Sequence[str] = VOUCHER_HEADER,
    *,
    encoding: str = "utf-8-sig",
    delimiter: str = ",",
) -> Path:
    """A csv file; line ends as Windows programs write them."""
    text = io.StringIO()
    writer = csv.writer(text, delimiter=delimiter, lineterminator="\r\n")
    writer.writerow(header)
    writer.writerows(rows)
    path.write_bytes(text.getvalue().encode(encoding))
    return path


def write_xlsx(
    path: Path,
    rows: Iterable[Sequence[object]],
    header: Sequence[str] = VOUCHER_HEADER,
    *,
    title: str = "凭证",
    others: Sequence[str] = (),
) -> Path:
    """A workbook; texts beginning with = become formulas, as in a spreadsheet program."""
    from openpyxl import Workbook

    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = title
    for row in (header, *rows):
        sheet.append(list(row))
    for name in others:
        book.create_sheet(name)
    book.save(path)
    return path
