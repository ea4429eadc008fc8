"""Vouchers that wait for review in the villages an agency keeps (各村待审凭证): what each is, and who may not pass it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from village_ledger.domain.agency import KeptBook
from village_ledger.reports.agency.words import ledger_words
from village_ledger.reports.table import Column, Kind, Role, Row, Table
from village_ledger.storage.records import VoucherSummary

_COLUMNS = (
    Column("village", "村", Kind.TEXT, 30),
    Column("ledger", "账套", Kind.TEXT, 22),
    Column("date", "日期", Kind.DATE, 22),
    Column("voucher", "凭证", Kind.CODE, 32),
    Column("summary", "摘要", Kind.TEXT, 60),
    Column("counterparty", "往来单位", Kind.TEXT, 30),
    Column("amount", "金额", Kind.MONEY, 30),
    Column("prepared_by", "制单", Kind.TEXT, 20),
    Column("returned", "退回的原因", Kind.TEXT, 30),
    Column("why_not", "不能审的原因", Kind.TEXT, 40),
)


def waiting_table(
    office: str,
    found: Iterable[tuple[KeptBook, str, VoucherSummary, str]],
    troubles: Sequence[tuple[KeptBook, str]],
    today: date,
) -> Table:
    """A row a voucher: (village, ledger, voucher, why not), village after village; money of several bodies is not added up."""
    rows = [
        Row(
            Role.DETAIL,
            (
                book.village,
                ledger_words(ledger),
                voucher.day,
                str(voucher.ref),
                voucher.summary,
                voucher.counterparty,
                voucher.amount,
                voucher.prepared_by,
                voucher.return_reason,
                why_not,
            ),
        )
        for book, ledger, voucher, why_not in found
    ]
    return Table(
        report="agency-vouchers",
        title="各村待审凭证",
        village="",
        ledger="",
        entity=office,
        columns=_COLUMNS,
        rows=tuple(rows),
        subtitle=f"{today.year}年{today.month}月{today.day}日 · {len(rows)} 张",
        notes=tuple(f"看不到的：{book.village}，{trouble}" for book, trouble in troubles),
        full_dates=True,
        counts={"vouchers": len(rows), "unreached": len(troubles)},
    )
