"""What the bookkeeping rules will say about a draft, told before it is saved."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from village_ledger.domain.errors import LedgerError
from village_ledger.i18n import tr
from village_ledger.services.entry.cautions import booked_by_hand, guarded, limit_warnings, plan_warnings
from village_ledger.services.entry.draft_reading import to_voucher

if TYPE_CHECKING:
    from village_ledger.domain.voucher import Draft
    from village_ledger.storage.reader import Reader
    from village_ledger.ui.operations import Operations
    from village_ledger.ui.session import Session
    from village_ledger.ui.voucher.voucher_desk import VoucherDesk
    from village_ledger.ui.voucher.voucher_draft_keeper import VoucherDraftKeeper


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
            *booked_by_hand(reader, draft.ledger, voucher),
            *plan_warnings(reader, draft.ledger, voucher, stored=False, before=before),
            *limit_warnings(reader, draft.ledger, voucher, draft.editing or 0),
        )
    except LedgerError as refusal:
        return (tr("这样保存会被拒绝：{what}。{next}", what=refusal.what, next=refusal.next_step),)


class VoucherCautions(QObject):
    """Asks them on the worker while one pauses, and shows them under the form."""

    def __init__(
        self, session: Session, operations: Operations, desk: VoucherDesk, keeper: VoucherDraftKeeper
    ) -> None:
        super().__init__(desk)
        self._session, self._operations, self._desk, self._keeper = session, operations, desk, keeper
        keeper.saved.connect(self.ask)

    def ask(self) -> None:
        """For what is typed so far; an answer for a draft no longer in view is dropped."""
        if not self._session.is_open:
            return
        draft, kept = self._desk.draft(), self._keeper.box

        def then(warnings: tuple[str, ...]) -> None:
            if kept is self._keeper.box:
                self._desk.strip.warn(warnings)

        self._operations.read(
            tr("核对凭证"), lambda reader: read_cautions(reader, draft), then=then, key="voucher cautions"
        )
