"""Electronic invoices taken in: once, whatever file carries them, never twice on two vouchers; filled into a draft."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from village_ledger.domain.attachment import INBOX, Attachment, Owner
from village_ledger.domain.chart import LedgerKind
from village_ledger.domain.errors import InvoiceError
from village_ledger.domain.money import format_fen
from village_ledger.domain.voucher import StoredVoucher, VoucherRef, VoucherState
from village_ledger.services.attachments import attachments
from village_ledger.services.changes import Changes
from village_ledger.services.entry import invoices, papers
from village_ledger.services.outcome import Outcome
from village_ledger.storage.attachments.inspection import READ
from village_ledger.storage.attachments.register import AttachmentRegister

if TYPE_CHECKING:
    from village_ledger.domain.electronic_invoice import ElectronicInvoice
    from village_ledger.storage.reader import Reader
    from village_ledger.storage.unit_of_work import UnitOfWork

KIND = "发票"


def take(
    uow: UnitOfWork,
    owner: Owner,
    source: Path | bytes,
    name: str,
    invoice: ElectronicInvoice,
    paper_at: str = "",
) -> Outcome[Attachment]:
    """Keep a file that carries an electronic invoice, and what the invoice says; on a voucher its number is booked.

    Raises InvoiceError for an invoice whose number was taken in with other content, or that belongs to another voucher;
    AttachmentError as ``attach`` does. Other files of the same invoice that wait come along.
    """
    attachments.ensure_owner(uow.reader, owner)
    refusal = why_not(uow.reader, owner, invoice)
    if refusal is not None:
        raise refusal
    done = attachments.attach(uow, owner, source, name, KIND, paper_at=paper_at)
    register = AttachmentRegister(uow)
    if uow.reader.electronic_invoice(invoice.key) is None:
        uow.log.add(READ, ledger=owner.ledger, subject=f"电子发票 {invoice.key}", detail=invoice.digest)
    register.carries(done.value.id, register.add_invoice(invoice))
    changes = done.changes
    if owner.kind == "voucher":
        stored = uow.reader.voucher(int(owner.key))
        papers.of_invoice(uow, stored, invoice.key)
        if invoices.add(uow, stored, invoice.key):
            changes |= Changes(vouchers=True, ledger=stored.ledger)
    warnings = (*done.warnings, *cautions(uow.reader, owner, invoice))
    return Outcome(uow.reader.attachment(done.value.id), changes, warnings)


def why_not(reader: Reader, owner: Owner, invoice: ElectronicInvoice) -> InvoiceError | None:
    """Why an invoice cannot be taken in for an owner, None when it can."""
    number = invoice.key
    known = reader.electronic_invoice(number)
    files = reader.invoice_files(number)
    if known is not None and known.digest != invoice.digest:
        where = f"在{attachments.place(reader, files[0].owner)}" if files else "过"
        return InvoiceError(
            f"发票 {number} 已经收{where}，内容和这一份不同（那一份 {format_fen(known.gross)} 元，这一份 "
            f"{format_fen(invoice.gross)} 元）",
            "同一个号码不会有两种内容，请向开票方核对真伪。",
        )
    if owner.kind not in ("voucher", INBOX):
        return None  # a copy beside a contract or a project books nothing
    shares = owner.kind == "voucher" and number in reader.invoices_of(int(owner.key))
    here = (owner, Owner(INBOX, owner.ledger))
    booking = [f for f in files if f.owner.kind in ("voucher", INBOX)]
    elsewhere = next((f for f in booking if f.owner not in here and not _reversed(reader, f.owner)), None)
    if elsewhere is not None and not shares:
        return InvoiceError(
            f"发票 {number} 已经附在{attachments.place(reader, elsewhere.owner)}", "同一张发票只能入一次账。"
        )
    booked = reader.invoice_use(number)
    if booked is not None and not shares and str(booked.voucher_id) != owner.key:
        return InvoiceError(
            f"发票 {number} 已经记在{invoices.where_booked(reader, number)}",
            "同一张发票只能入一次账；要补附件的，请附在那张凭证上。",
        )
    return None


def _reversed(reader: Reader, owner: Owner) -> bool:
    """Whether an owner is a voucher that was taken back by red letters: its invoice may be booked again."""
    if owner.kind != "voucher":
        return False
    stored = reader.voucher(int(owner.key))
    return any(word == "已冲" for word, _ in stored.links) and _red_is_posted(reader, stored)


def _red_is_posted(reader: Reader, stored: StoredVoucher) -> bool:
    reds = [VoucherRef.parse(ref) for word, ref in stored.links if word == "已冲"]
    return all(reader.find_voucher(stored.ledger, ref).state is VoucherState.POSTED for ref in reds)


def cautions(reader: Reader, owner: Owner, invoice: ElectronicInvoice) -> tuple[str, ...]:
    """What should be looked at: another buyer than the ledger's entity, a red letter, an amount unlike the voucher's."""
    said = _parties(reader, owner.ledger, invoice) if owner.ledger else []
    if invoice.is_red:
        said.append(_red(reader, invoice))
    if owner.kind == "voucher":
        stored = reader.voucher(int(owner.key))
        total = sum(one.gross for one in reader.electronic_of(owner))
        if abs(total) != abs(stored.voucher.amount):
            said.append(
                f"发票合计 {format_fen(total)}，凭证是 {format_fen(stored.voucher.amount)}，请核对是不是分次付款。"
            )
    return tuple(said)


def _parties(reader: Reader, ledger: str, invoice: ElectronicInvoice) -> list[str]:
    """The buyer, or for what the village sold the seller, is the entity whose ledger it is."""
    entities = {info.entity: info for info in reader.ledgers()}
    here = reader.ledger(ledger).entity
    if here in (invoice.buyer, invoice.seller):
        return []
    other = entities.get(invoice.buyer)
    if other is not None:
        return [f"发票的购买方是{other.title}的“{invoice.buyer}”，不是本账的“{here}”。"]
    return [f"发票的购买方写的是“{invoice.buyer}”，不是本账的“{here}”。"]


def _red(reader: Reader, invoice: ElectronicInvoice) -> str:
    if not invoice.original:
        return f"这是红字发票，冲减 {format_fen(-invoice.gross)} 元；备注里没有写原发票号码，请问开票方。"
    where = invoices.where_booked(reader, invoice.original)
    found = f"，原发票记在{where}" if where else "，账里没有找到原发票"
    return f"这是红字发票，冲减 {format_fen(-invoice.gross)} 元，原发票 {invoice.original}{found}。"


def is_sale(reader: Reader, ledger: str, invoice: ElectronicInvoice) -> bool:
    """Whether the entity of the ledger issued the invoice itself."""
    return invoice.seller == reader.ledger(ledger).entity


def side_of(kind: LedgerKind) -> str:
    """How the data of accounts name a ledger."""
    return "collective" if kind is LedgerKind.COLLECTIVE else "committee"
