"""The line on the voucher page that says what this payment needs by the rules in force, and leads to where it is registered."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel

from village_ledger.i18n import tr
from village_ledger.services.limits import payments
from village_ledger.services.limits.splits import suspicions
from village_ledger.ui.widgets.buttons import Button

if TYPE_CHECKING:
    from village_ledger.domain.voucher import StoredVoucher
    from village_ledger.storage.reader import Reader
    from village_ledger.ui.operations import Operations
    from village_ledger.ui.session import Session


def payment_words(reader: Reader, stored: StoredVoucher) -> str:
    """What is said of a stored voucher; empty for one that no rule is about."""
    found = payments.standing(reader, stored)
    if not found.demands:
        return ""
    if not found.needs_record:
        state = tr("按日常签批")
    else:
        state = tr("▲ 缺：{what}", what="；".join(found.missing)) if found.missing else tr("✓ 手续齐了")
    said = "　".join(f"▲ {one.text}" for one in suspicions(reader, stored.ledger, stored.voucher, stored.id))
    return "　".join(filter(None, [tr("审批规则：{title}", title=found.title), state, said]))


class PaymentStrip(QFrame):
    """Hidden where no rules are in force or the voucher is no payment."""

    wanted = Signal(int)
    """The payment's own page is asked for, by the voucher's id."""

    def __init__(self, session: Session, operations: Operations) -> None:
        super().__init__()
        self._session, self._operations = session, operations
        self._voucher_id = 0
        self.setProperty("look", "sheet")
        self.setAccessibleName(tr("付款审批"))
        self.words = QLabel()
        self.words.setWordWrap(True)
        self.button = Button(session.theme, tr("付款审批…"))
        self.button.clicked.connect(lambda: self.wanted.emit(self._voucher_id))
        row = QHBoxLayout(self)
        row.addWidget(self.words, 1)
        row.addWidget(self.button)
        self.hide()

    def show_voucher(self, stored: StoredVoucher | None) -> None:
        """Another voucher is in view; None for one being typed."""
        self._voucher_id = 0 if stored is None else stored.id
        self.hide()
        if stored is None:
            return

        def then(words: str) -> None:
            if self._voucher_id == stored.id:
                self.words.setText(words)
                self.setVisible(bool(words))

        self._operations.read(
            tr("付款审批"), lambda reader: payment_words(reader, stored), then=then, key="payment strip"
        )
