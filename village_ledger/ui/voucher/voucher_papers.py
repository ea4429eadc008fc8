"""Papers of the voucher in view: what the payment needs, and its attachments, stored or waiting for one being typed.

An electronic invoice dropped on a blank voucher fills it; on one begun, its number goes to 票据号. The printed count of sheets
stays what the accountant says; where the files come to another number, the line says so.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, Signal
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from village_ledger.domain.attachment import INBOX, Attachment, Owner
from village_ledger.domain.errors import LedgerError
from village_ledger.domain.period import parse_day
from village_ledger.i18n import tr
from village_ledger.services.attachments import evidence, invoice_draft
from village_ledger.services.entry.invoices import numbers_in
from village_ledger.ui import actions
from village_ledger.ui.attachments.attachment_fold import AttachmentFold
from village_ledger.ui.limits.payment_strip import PaymentStrip

if TYPE_CHECKING:
    from village_ledger.domain.voucher import Draft, StoredVoucher
    from village_ledger.ui.operations import Operations
    from village_ledger.ui.page import Navigator
    from village_ledger.ui.session import Session
    from village_ledger.ui.voucher.voucher_desk import VoucherDesk
    from village_ledger.ui.widgets.slip import Slip


class VoucherPapers(QObject):
    """Between the desk and the strip of attachments."""

    begun = Signal(object)
    """A draft an invoice fills, to be put on the desk."""

    def __init__(
        self, session: Session, operations: Operations, desk: VoucherDesk, slip: Slip, navigator: Navigator
    ) -> None:
        super().__init__(desk)
        self.payment = PaymentStrip(session, operations)
        self.payment.wanted.connect(lambda voucher_id: navigator.open("payment", voucher_id=voucher_id))
        self._session, self._desk = session, desk
        self._stored_id: int | None = None
        self.fold = AttachmentFold(session, operations, slip, actions.spec("voucher", "papers").key_words)
        self.pane = QWidget()
        """What stands under the form: the line of the payment, the line of the attachments."""
        column = QVBoxLayout(self.pane)
        column.setContentsMargins(0, 0, 0, 0)
        for part in (self.payment, self.fold):
            column.addWidget(part)
        self.fold.strip.taken.connect(self._on_taken)
        self.fold.strip.said.connect(desk.strip.say)
        self.fold.strip.shown.connect(self._compare)
        desk.editing.head_changed.connect(lambda: self._compare(self._sheets))
        self._sheets = 0
        desk.setAcceptDrops(True)
        desk.installEventFilter(self)

    def show(self, stored: StoredVoucher | None, draft: Draft) -> None:
        """The voucher in view is another one."""
        self._stored_id = None if stored is None else stored.id
        self.payment.show_voucher(stored)
        if stored is None:
            self.fold.strip.show_owner(Owner(INBOX, draft.ledger), draft.papers)
        else:
            self.fold.strip.show_owner(Owner("voucher", stored.ledger, str(stored.id)))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """What is dropped anywhere on the voucher is dropped on its attachments."""
        if watched is self._desk and isinstance(event, QDragEnterEvent):
            self.fold.dragEnterEvent(event)
            return event.isAccepted()
        if watched is self._desk and isinstance(event, QDropEvent) and event.type() is QEvent.Type.Drop:
            self.fold.dropEvent(event)
            return True
        return super().eventFilter(watched, event)

    def _on_taken(self, kept: list[Attachment]) -> None:
        """Files were kept: the draft remembers those that wait, and what an invoice says goes onto it."""
        editing = self._desk.editing
        read = list(dict.fromkeys(one.invoice for one in kept if one.invoice))
        if self._stored_id is None:
            untouched = editing.is_untouched()
            editing.keep_papers([one.id for one in kept])
            if read and untouched:
                self.begun.emit(self._filled(read[0]))
                return
            draft = self._desk.draft()
            self.fold.strip.show_owner(Owner(INBOX, draft.ledger), draft.papers)
        for number in read:
            self._note(number)

    def _filled(self, number: str) -> Draft:
        """The blank voucher as the invoice fills it, on its own day, with the files that wait for it."""
        draft = self._desk.draft()
        invoice = self._session.reader.electronic_invoice(number)
        if invoice is None:
            return draft
        made = invoice_draft.proposed(self._session.reader, draft.ledger, invoice, parse_day(draft.day))
        made.papers = list(dict.fromkeys((*draft.papers, *made.papers)))
        return made

    def _note(self, number: str) -> None:
        """The number among those typed, unless it stands there."""
        editing = self._desk.editing
        try:
            there = numbers_in(editing.head.invoices)
        except LedgerError:
            return  # what is typed there is refused when it is saved
        if number not in there and not editing.model.read_only:
            editing.set_head("invoices", " ".join((*there, number)))

    def _compare(self, sheets: int) -> None:
        self._sheets = sheets
        typed = self._desk.editing.head.attachments.strip()
        said = evidence.difference(int(typed) if typed.isdecimal() else 0, sheets)
        if not sheets and self.fold.strip.may_add():
            said = tr("发票、收条的文件拖到凭证上，就附上了。")
        self.fold.say(said)
