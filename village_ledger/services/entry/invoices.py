"""Invoice numbers (票据号): one is booked once across both ledgers, unless an allocation slip shares it."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence

from village_ledger.domain.attachment import Owner
from village_ledger.domain.duty import Duty
from village_ledger.domain.errors import VoucherError
from village_ledger.domain.voucher import NAME_LIMIT, StoredVoucher, check_text
from village_ledger.services.duties import require
from village_ledger.services.entry import papers
from village_ledger.storage.interledger.register import InterLedgerRegister
from village_ledger.storage.reader import Reader
from village_ledger.storage.unit_of_work import UnitOfWork

LONGEST = 40
_BETWEEN = re.compile(r"[\s、，,；;]+")


def numbers_in(text: str) -> list[str]:
    """The numbers typed in the field 票据号, parted by blanks, commas or 、; letters and digits in half width.

    Raises TextError or VoucherError for what is no number or stands there twice.
    """
    clean = unicodedata.normalize("NFKC", check_text(text, "票据号", NAME_LIMIT * 4)).upper()
    found = [part for part in _BETWEEN.split(clean) if part]
    for number in found:
        if len(number) > LONGEST:
            raise VoucherError(
                f"票据号“{number[:12]}…”太长", f"最长 {LONGEST} 个字，几个号码之间请用空格隔开。"
            )
    if len(set(found)) < len(found):
        twice = next(number for number in found if found.count(number) > 1)
        raise VoucherError(f"票据号 {twice} 写了两遍", "同一张票只写一次。")
    return found


def where_booked(reader: Reader, number: str) -> str:
    """Which voucher books a number now, in words; empty when none does."""
    use = reader.invoice_use(number)
    return "" if use is None else f"{reader.ledger(use.ledger).title} {use.ref}"


def ensure_free(reader: Reader, numbers: Sequence[str], but: int | None = None) -> None:
    """Raise VoucherError naming the voucher that books one of these numbers already (``but`` is that voucher itself)."""
    for number in numbers:
        use = reader.invoice_use(number)
        if use is not None and use.voucher_id != but:
            raise VoucherError(
                f"票据号 {number} 已经记在{where_booked(reader, number)}",
                "同一张票只能入一次账；两家共用的请办“两账往来—共同费用分摊（T8）”，凭分割单入账。",
            )


def book(uow: UnitOfWork, stored: StoredVoucher, text: str) -> bool:
    """Book the numbers typed beside a voucher, in place of those it had; says whether waiting files came along with them.

    Raises VoucherError for a number that is taken.
    """
    require(uow, Duty.PREPARE, stored.ledger)
    numbers = numbers_in(text)
    had = uow.reader.invoices_of(stored.id)
    if numbers != had:
        register = InterLedgerRegister(uow)
        _ensure_no_file_is_left(uow.reader, stored, [number for number in had if number not in numbers])
        if had:
            register.clear_invoices(stored.id)
        ensure_free(uow.reader, numbers)
        amount = stored.voucher.amount if len(numbers) == 1 else 0
        for number in numbers:
            _book_one(uow, register, stored, number, amount)
        detail = "、".join(numbers) or "取消"
        uow.log.add("登记票据号", ledger=stored.ledger, subject=str(stored.ref), detail=detail)
    return sum(papers.of_invoice(uow, stored, number) for number in numbers) > 0


def _ensure_no_file_is_left(reader: Reader, stored: StoredVoucher, dropped: Sequence[str]) -> None:
    """A number goes with its electronic invoice: while the file is attached here it stays."""
    here = Owner("voucher", stored.ledger, str(stored.id))
    for number in dropped:
        if any(file.owner == here for file in reader.invoice_files(number)):
            raise VoucherError(
                f"票据号 {number} 的电子发票还附在 {stored.ref.short} 上，不能去掉号码", "请先撤下那个附件。"
            )


def add(uow: UnitOfWork, stored: StoredVoucher, number: str) -> bool:
    """Book one number more, of an electronic invoice attached to a voucher, posted or not; says whether it was new there."""
    if number in uow.reader.invoices_of(stored.id):
        return False
    require(uow, Duty.PREPARE, stored.ledger)
    ensure_free(uow.reader, [number], stored.id)
    _book_one(uow, InterLedgerRegister(uow), stored, number, stored.voucher.amount)
    uow.log.add("登记票据号", ledger=stored.ledger, subject=str(stored.ref), detail=number)
    return True


def _book_one(
    uow: UnitOfWork, register: InterLedgerRegister, stored: StoredVoucher, number: str, amount: int
) -> None:
    """One number; what was read of its electronic original says its kind, its amount and its file."""
    read = uow.reader.electronic_invoice(number)
    if read is None:
        register.add_invoice(number, "", amount, stored.id, stored.ledger)
        return
    files = uow.reader.invoice_files(number)
    digest = files[0].original_digest if files else ""
    register.add_invoice(number, read.kind.value, read.gross, stored.id, stored.ledger, digest=digest)
