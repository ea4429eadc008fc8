"""Between stored vouchers and drafts: what a voucher looks like when opened, and which lie before and after."""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING

from village_ledger.domain.half_width import half_width
from village_ledger.domain.money import plain_fen
from village_ledger.domain.period import Month
from village_ledger.domain.quantity import plain_quantity
from village_ledger.domain.voucher import (
    Draft,
    DraftLine,
    StoredVoucher,
    VoucherKind,
    VoucherRef,
    VoucherState,
)
from village_ledger.ui.voucher.voucher_lines_model import Column

if TYPE_CHECKING:
    from village_ledger.storage.reader import Reader

KIND_TAGS = {
    VoucherKind.REVERSAL: "红字冲销",
    VoucherKind.CORRECTION: "订正",
    VoucherKind.PRIOR_YEAR: "更正以前年度",
    VoucherKind.GENERATED: "程序生成",
}
_LINE_NAMED = re.compile(r"第\s*(\d+)\s*行")
_COLUMN_WORDS = (
    ("往来单位", Column.COUNTERPARTY),
    ("村民小组", Column.GROUP),
    ("要写明项目", Column.PROJECT),
    ("数量", Column.QUANTITY),
    ("单价", Column.PRICE),
    ("科目", Column.ACCOUNT),
    ("摘要", Column.SUMMARY),
    ("贷方", Column.CREDIT),
    ("金额", Column.DEBIT),
    ("借方", Column.DEBIT),
)


def may_be_changed(stored: StoredVoucher) -> bool:
    """Whether its lines may be typed over: entered, and not made by a rule that its lines must keep to.

    One side of an inter-ledger document is made from the document.
    A red-letter copy is exactly its original; who does not want it deletes or voids it.
    """
    return (
        not stored.document
        and stored.state is VoucherState.ENTERED
        and stored.voucher.kind
        in {
            VoucherKind.NORMAL,
            VoucherKind.CORRECTION,
        }
    )


def draft_of(stored: StoredVoucher) -> Draft:
    """The draft that shows, and when entered edits, a stored voucher."""
    voucher = stored.voucher
    lines = [
        DraftLine(
            summary=line.summary,
            account=line.account,
            debit=plain_fen(line.debit) if line.debit else "",
            credit=plain_fen(line.credit) if line.credit else "",
            counterparty=line.counterparty,
            project=line.project,
            group=line.group,
            quantity=plain_quantity(line.quantity) if line.quantity else "",
        )
        for line in voucher.lines
    ]
    return Draft(
        ledger=stored.ledger,
        day=voucher.day.isoformat(),
        word=voucher.word,
        attachments=str(voucher.attachments) if voucher.attachments else "",
        no_attachment_reason=voucher.no_attachment_reason,
        handler=voucher.handler,
        witness=voucher.witness,
        approver=voucher.approver,
        lines=lines,
        editing=stored.id,
        kind=voucher.kind,
        invoices=" ".join(stored.invoices),
    )


def first_day(reader: Reader, ledger: str, month: Month, today: date) -> date:
    """The date a new voucher begins with: today, or in another month the day one had come to."""
    if Month.of(today) == month:
        return today
    days = [listed.day for listed in reader.vouchers(ledger, month=month)]
    return max(days, default=month.first)


def neighbour_of(reader: Reader, ledger: str, ref: VoucherRef | None, month: Month, step: int) -> int | None:
    """Id of the voucher before or after; from a new one (no ``ref``) backwards from its month's end."""
    months = [info.month for info in reader.months(ledger)]
    months = sorted({*months, month})
    at = months.index(ref.month if ref is not None else month)
    while 0 <= at < len(months):
        listed = reader.vouchers(ledger, month=months[at])
        if ref is not None:
            here = (ref.word, ref.number)
            same_month = months[at] == ref.month
            keys = [(v.ref.word, v.ref.number) for v in listed]
            wanted = [
                v
                for v, key in zip(listed, keys, strict=True)
                if not same_month or (key > here if step > 0 else key < here)
            ]
        else:
            wanted = listed
        if wanted:
            return wanted[0].id if step > 0 else wanted[-1].id
        at += step
    return None


def ref_of(text: str, month: Month, word: str) -> VoucherRef:
    """What was typed to go to: ``12``, ``记-12`` or ``2025-03/记-0012``; raises LedgerError for anything else."""
    tidy = half_width(text).strip()
    if tidy.isascii() and tidy.isdigit():
        return VoucherRef(month, word, int(tidy))
    return VoucherRef.parse(tidy if "/" in tidy else f"{month}/{tidy}")


def named_cell(sentence: str) -> tuple[int, Column] | None:
    """The cell a refusal names: (line counted from 0, column); None when it names no line."""
    match = _LINE_NAMED.search(sentence)
    if match is None:
        return None
    column = next((column for word, column in _COLUMN_WORDS if word in sentence), Column.SUMMARY)
    return int(match[1]) - 1, column
