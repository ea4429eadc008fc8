"""Drafts: saved on every pause, offered again after a power cut."""

from __future__ import annotations

from village_ledger.domain.duty import Duty
from village_ledger.domain.voucher import Draft
from village_ledger.services.changes import Changes
from village_ledger.services.duties import require
from village_ledger.services.outcome import Outcome
from village_ledger.storage.unit_of_work import UnitOfWork


def autosave(uow: UnitOfWork, draft: Draft, draft_id: int | None = None) -> Outcome[int]:
    """Store what has been typed so far; returns the draft's id. Drafts are not in the operation log."""
    require(uow, Duty.PREPARE, draft.ledger)
    return Outcome(uow.drafts.save(draft, draft_id), Changes(drafts=True, ledger=draft.ledger))


def discard(uow: UnitOfWork, draft_id: int) -> Outcome[None]:
    """Forget a draft."""
    uow.drafts.discard(draft_id)
    return Outcome(None, Changes(drafts=True))
