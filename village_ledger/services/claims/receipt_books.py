"""Receipt books (收据领用核销): registered by number, handed out, used, voided, handed back."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from village_ledger.domain.duty import Duty
from village_ledger.domain.errors import ReceiptError
from village_ledger.domain.money import format_fen
from village_ledger.domain.receipt_book import Act, Numbers, ReceiptEvent, check_event
from village_ledger.domain.voucher import NAME_LIMIT, SUMMARY_LIMIT, check_text
from village_ledger.services.changes import Changes
from village_ledger.services.duties import require
from village_ledger.services.entry import vouchers
from village_ledger.services.outcome import Outcome
from village_ledger.storage.claims.register import ClaimsRegister
from village_ledger.storage.unit_of_work import UnitOfWork


def register(uow: UnitOfWork, ledger: str, kind: str, first: str, last: str, day: date) -> Outcome[Numbers]:
    """Register a book of receipts by its first and last number as printed (leading zeros give the width).

    Raises ReceiptError for numbers that are none or overlap a book of the same kind.
    """
    vouchers.named(uow.by)
    require(uow, Duty.CASH, ledger)
    kind = check_text(kind, "收据名称", NAME_LIMIT)
    if not kind:
        raise ReceiptError("还没有写收据名称", "例如 内部收据。")
    numbers, width = Numbers(read_number(first), read_number(last)), len(first.strip())
    for info in uow.reader.ledgers():
        for other in uow.reader.receipt_books(info.code):
            if other.kind == kind and other.numbers.meets(numbers):
                raise ReceiptError(
                    f"{kind} {numbers.words(width)} 和已登记的 {other.numbers.words(other.width)} 重号",
                    "请核对号码。",
                )
    ClaimsRegister(uow).add_receipt_book(ledger, kind, numbers, width, day.isoformat())
    uow.log.add("登记收据", ledger=ledger, subject=f"{kind} {numbers.words(width)}")
    return Outcome(numbers, Changes(claims=True, ledger=ledger))


def write(uow: UnitOfWork, ledger: str, kind: str, event: ReceiptEvent) -> Outcome[ReceiptEvent]:
    """Keep what happened to some numbers: handed out, used (with their sum in fen), voided, handed back.

    Raises ReceiptError for numbers out of the book, out already, or accounted for before.
    """
    vouchers.named(uow.by)
    require(uow, Duty.CASH, ledger)
    act, numbers = event.act, event.numbers
    event = replace(
        event,
        holder=check_text(event.holder, "领用人", NAME_LIMIT),
        note=check_text(event.note, "备注", SUMMARY_LIMIT),
    )
    _ensure_told(event)
    book = uow.reader.receipt_book(ledger, kind, numbers.first)
    check_event(book.numbers, book.events, event, book.width)
    ClaimsRegister(uow).receipt_event(book.id, event)
    detail = f"{event.holder}，{numbers.count} 张" + (
        f"，{format_fen(event.amount)} 元" if event.amount else ""
    )
    subject = f"{kind} {numbers.words(book.width)}"
    uow.log.add(
        f"收据{act.words}",
        ledger=ledger,
        subject=subject,
        detail=f"{detail}；{event.note}" if event.note else detail,
    )
    return Outcome(event, Changes(claims=True, ledger=ledger))


def _ensure_told(event: ReceiptEvent) -> None:
    """Who, and what the act asks for: a sum for used ones, a reason for void ones."""
    if not event.holder:
        raise ReceiptError("还没有写领用人", "请填上姓名。")
    if event.act is Act.VOID and not event.note:
        raise ReceiptError("作废收据要写明原因", "请写一句，并把各联收齐粘在存根上。")
    if event.act is Act.USE and event.amount <= 0:
        raise ReceiptError("用过的收据要写金额", "请填这几张收据的合计金额。")
    if event.act is not Act.USE and event.amount:
        raise ReceiptError(f"{event.act.words}收据没有金额", "请把金额留空。")


def read_number(text: str) -> int:
    """A receipt number as printed; raises ReceiptError for what is none."""
    tidy = text.strip()
    if not (tidy.isascii() and tidy.isdigit() and len(tidy) <= 18 and int(tidy)):
        raise ReceiptError(f"“{text}”不是收据号", "请只写数字，例如 000001。")
    return int(tidy)
