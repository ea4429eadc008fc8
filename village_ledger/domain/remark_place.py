"""Where a remark is pinned, as one line of text: a voucher, a line of it, a figure of a sheet, or a ledger as a whole.

===============================================  =====================================================
``2025-03/记-0012``                              a voucher
``2025-03/记-0012#2``                            its second line
``balance-sheet/A3@2025-12``                     a row of a report on some days
``balance-sheet/A3.opening@2025-12``             one figure of it, by its column
``contract?number=青合〔2025〕3号/2025-01``         a row of a page, and what the page is of
nothing                                          the ledger
===============================================  =====================================================

A report goes by its name in the command line, anything else by the page's. Rows go by what names them (a line, a code, a
number), never by their place, so that the pin stands where it stood when rows come before it. What a name of a row cannot
hold is written as ``%`` and its number. Text of another program that reads as none of these is kept and leads nowhere.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from urllib.parse import unquote

from village_ledger.domain.errors import LedgerError, PackageError
from village_ledger.domain.period import Month, Span
from village_ledger.domain.voucher import VoucherRef

PLACE_LIMIT = 240
"""Characters of a place as written."""
ROW_LIMIT = 60
"""Characters a row is named by."""
TITLES = {
    "balance-sheet": "资产负债表",
    "income-distribution": "收益及收益分配表",
    "receipts-payments": "收支明细表",
    "surplus": "收支结余表",
    "trial-balance": "科目余额表",
    "statement_figure": "报表的明细",
    "account-ledger": "明细账",
    "cash-journal": "现金日记账",
    "bank-journal": "存款日记账",
    "ledger": "明细账",
    "inter-ledger": "两账往来",
    "earmarked-funds": "专项资金",
    "pass-through": "代管代发",
    "combined": "两账合并表",
    "disclosure": "收支公开表",
    "disclosure-summary": "明白纸",
    "disclosure-items": "收支汇总表",
    "disclosure-money": "货币资金公开表",
    "disclosure-claims": "债权债务公开表",
    "disclosure_lines": "公开表的明细",
    "dividend_run": "收益分红",
    "dividend_payments": "分红发放",
    "distribution": "收益分配",
    "contract": "合同",
    "contracts": "合同台账",
    "due": "到期和欠租",
    "assets": "资产",
    "asset_card": "资产卡片",
    "parcels": "资源",
    "parcel": "地块",
    "members": "成员",
    "household": "户",
    "share_register": "股权登记簿",
    "decisions": "决策",
    "decision": "决策",
    "projects": "项目",
    "project": "项目",
    "claims": "报账单",
    "claim": "报账单",
    "bank": "银行对账",
    "closing": "结账",
    "operation_log": "操作记录",
    "voucher_list": "凭证",
    "advances": "备用金",
    "receipt_books": "收据",
    "cash_count": "现金盘点",
    "stock_takes": "清产核资",
    "depreciation": "折旧",
    "disclosure_calendar": "公开日历",
    "postings": "张贴记录",
    "sheet_check": "核对公开表",
    "incomplete_papers": "手续不全的暂付",
    "evidence": "缺附件",
}
"""What sheets and pages are called."""
_NAME = re.compile(r"[a-z][a-z0-9_-]*(:[^/?#@.]+)?")
_APART = re.compile(r"[%/?&=.@#\s]")
_LINE = re.compile(r"[1-9][0-9]{0,3}", re.ASCII)
_SAMPLE = (
    "请写成 2025-03/记-0012、2025-03/记-0012#2 或 balance-sheet/A3@2025-12 的样子；不写就是对这本账说的。"
)


@dataclass(frozen=True, slots=True)
class VoucherPlace:
    """A voucher, or a line of it counted from 1 (0 for the whole voucher)."""

    ref: VoucherRef
    line: int = 0

    def __str__(self) -> str:
        return f"{self.ref}#{self.line}" if self.line else str(self.ref)

    def words(self) -> str:
        """As people say it."""
        return f"{self.ref} 第{self.line}行" if self.line else str(self.ref)


@dataclass(frozen=True, slots=True)
class FigurePlace:
    """A row of a report or page, one figure of it, or all of it."""

    name: str
    """``balance-sheet`` of a report, ``asset_card`` of a page."""
    row: str = ""
    column: str = ""
    days: Span | None = None
    subject: tuple[tuple[str, str], ...] = ()
    """What the page is of: (number, 青合〔2025〕3号)."""

    def __str__(self) -> str:
        of = "&".join(f"{_written(key)}={_written(value)}" for key, value in self.subject)
        text = self.name + (f"?{of}" if of else "")
        if self.row:
            text += f"/{_written(self.row)}" + (f".{_written(self.column)}" if self.column else "")
        return text + (f"@{_days_written(self.days)}" if self.days is not None else "")

    def words(self) -> str:
        """As people say it; what the program has no word for is left to the remark's own words."""
        of = [value for _, value in self.subject]
        days = [self.days.words()] if self.days is not None else []
        return " ".join(filter(None, (TITLES.get(self.name, "表上的数"), *of, self.row, *days)))

    @property
    def key(self) -> tuple[str, tuple[tuple[str, str], ...], str]:
        """The sheet it stands on; a balance sheet goes by its last day, whatever day it counts from."""
        days = self.days
        if days is None:
            return self.name, self.subject, ""
        last = days.last.isoformat()
        return self.name, self.subject, last if self.name == "balance-sheet" else f"{days.first} {last}"


Place = VoucherPlace | FigurePlace | None


def place_of(text: str) -> Place:
    """Where a remark stands; None for the ledger. Raises PackageError for what reads as no place."""
    text = text.strip()
    if not text:
        return None
    if text[0].isdigit():
        return _voucher(text)
    try:
        place = _figure(text)
    except (LedgerError, ValueError) as error:
        raise PackageError(f"“{text[:40]}”不是凭证号，也不是哪张表上的数", _SAMPLE) from error
    if place is None or len(text) > PLACE_LIMIT:
        raise PackageError(f"“{text[:40]}”不是凭证号，也不是哪张表上的数", _SAMPLE)
    return place


def place_if_any(text: str) -> Place:
    """The same of a file another program signed: None where it reads as no place."""
    try:
        return place_of(text)
    except LedgerError:
        return None


def place_words(text: str) -> str:
    """A place as people say it; of another program's as it is written."""
    place = place_if_any(text)
    return text if place is None else place.words()


def row_name(text: str) -> str:
    """What names a row, short enough to be written."""
    return " ".join(text.split())[:ROW_LIMIT]


def _voucher(text: str) -> VoucherPlace:
    ref, sign, line = text.partition("#")
    if sign and _LINE.fullmatch(line) is None:
        raise PackageError(f"“{text[:40]}”里的第几行写错了", "请写成 2025-03/记-0012#2 的样子。")
    return VoucherPlace(VoucherRef.parse(ref), int(line) if sign else 0)


def _figure(text: str) -> FigurePlace | None:
    head, at, days = text.partition("@")
    sheet, slash, rest = head.partition("/")
    name, asked, of = sheet.partition("?")
    if _NAME.fullmatch(name) is None or (asked and not of) or (slash and not rest) or (at and not days):
        return None
    row, point, column = rest.partition(".")
    if point and not (row and column):
        return None
    pairs = [tuple(map(unquote, one.split("="))) for one in of.split("&")] if of else []
    subject = tuple((pair[0], pair[1]) for pair in pairs if len(pair) == 2)
    if len(subject) != len(pairs):
        return None
    return FigurePlace(name, unquote(row), unquote(column), _days_read(days) if at else None, subject)


def _written(text: str) -> str:
    return _APART.sub(lambda sign: f"%{ord(sign[0]):02X}", text)


def _days_written(days: Span) -> str:
    first, last = days.first, days.last
    month = Month.of(last)
    if last == month.last and first == month.first:
        return str(month)
    if (first.month, first.day, last.month, last.day, first.year) == (1, 1, 12, 31, last.year):
        return str(first.year)
    return f"{first}~{last}"


def _days_read(text: str) -> Span:
    first, tilde, last = text.partition("~")
    if tilde:
        return Span(date.fromisoformat(first), date.fromisoformat(last))
    if len(text) == 4 and text.isascii() and text.isdigit():
        return Span.of_year(int(text))
    return Span.of_month(Month.parse(text))
