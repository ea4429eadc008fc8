"""Waiting attachments follow a voucher when it is saved: those dropped on it while it was typed, those of its invoices."""

from __future__ import annotations

from collections.abc import Sequence

from village_ledger.domain.attachment import INBOX, Attachment, Owner
from village_ledger.domain.voucher import StoredVoucher
from village_ledger.storage.attachments.inspection import MOVED
from village_ledger.storage.attachments.register import AttachmentRegister
from village_ledger.storage.unit_of_work import UnitOfWork


def of_invoice(uow: UnitOfWork, stored: StoredVoucher, number: str) -> int:
    """Waiting files of an invoice become attachments of the voucher that books it; returns how many."""
    return _follow(uow, stored, uow.reader.invoice_files(number))


def dropped(uow: UnitOfWork, stored: StoredVoucher, ids: Sequence[int]) -> int:
    """Files dropped on the draft become attachments of the voucher, those that still wait; returns how many."""
    return _follow(uow, stored, [uow.reader.attachment(one) for one in ids])


def _follow(uow: UnitOfWork, stored: StoredVoucher, files: Sequence[Attachment]) -> int:
    owner, waiting = Owner("voucher", stored.ledger, str(stored.id)), Owner(INBOX, stored.ledger)
    moved = [file for file in files if file.owner == waiting and file.stands]
    for file in moved:
        AttachmentRegister(uow).move(file.id, owner)
        uow.log.add(MOVED, ledger=owner.ledger, subject=f"附件 {file.id}", detail=str(owner))
    return len(moved)
