"""What the bookkeeping rules will say about a draft, told before it is saved."""

from __future__ import annotations

from typing import TYPE_CHECKING

from village_ledger.domain.errors import LedgerError
from village_ledger.i18n import tr
from village_ledger.services.cautions import guarded, plan_warnings
from village_ledger.services.draft_reading import to_voucher

if TYPE_CHECKING:
    from village_ledger.domain.voucher import Draft
    from village_ledger.storage.reader import Reader


def read_cautions(reader: Reader, draft: Draft) -> tuple[str, ...]:
    """Warnings of the wrong-ledger guard, projects and plan, and what would be refused; nothing while the draft is unfinished."""
    try:
        voucher = to_voucher(draft, reader.chart(draft.ledger))
    except LedgerError:
        return ()
    try:
        before = None if draft.editing is None else reader.voucher(draft.editing).voucher
        return (
            *guarded(reader, draft.ledger, voucher),
            *plan_warnings(reader, draft.ledger, voucher, stored=False, before=before),
        )
    except LedgerError as refusal:
        return (tr("这样保存会被拒绝：{what}。{next}", what=refusal.what, next=refusal.next_step),)
