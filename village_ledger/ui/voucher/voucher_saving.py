"""Saving a voucher: checked here at once, stored by the worker, and a refusal leads to the cell it names."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from village_ledger.domain.errors import BookFileError, LedgerError, UnbalancedVoucher
from village_ledger.i18n import tr
from village_ledger.services.entry import vouchers
from village_ledger.services.entry.draft_reading import to_voucher
from village_ledger.ui import actions
from village_ledger.ui.error_presenter import describe
from village_ledger.ui.voucher.voucher_keys_held import KeysHeld
from village_ledger.ui.voucher.voucher_places import named_cell
from village_ledger.ui.voucher.voucher_route import Place
from village_ledger.ui.widgets.buttons import Button, Look

if TYPE_CHECKING:
    from village_ledger.domain.voucher import Draft, StoredVoucher
    from village_ledger.services.entry.progress import Progress
    from village_ledger.services.outcome import Outcome
    from village_ledger.storage.unit_of_work import UnitOfWork
    from village_ledger.ui.operations import Operations
    from village_ledger.ui.session import Session
    from village_ledger.ui.voucher.voucher_desk import VoucherDesk
    from village_ledger.ui.voucher.voucher_draft_keeper import VoucherDraftKeeper
    from village_ledger.ui.widgets.slip import Slip


class VoucherSaving(QObject):
    """From the desk into the book. What was typed stays on the form until the book has it."""

    stored = Signal(object, bool)
    """Outcome of ``vouchers.save``, and whether the next voucher was asked for."""

    def __init__(
        self,
        session: Session,
        operations: Operations,
        desk: VoucherDesk,
        keeper: VoucherDraftKeeper,
        slip: Slip,
    ) -> None:
        super().__init__(desk)
        self._session, self._operations = session, operations
        self._desk, self._keeper, self._slip = desk, keeper, slip
        self._keys = KeysHeld(self)
        self._under_way = False
        self._broke = False
        operations.crashed.connect(self.give_up)
        operations.cancelled.connect(self.give_up)

    def save(self, *, then_next: bool) -> None:
        """F6, Ctrl+Enter."""
        desk = self._desk
        if self._under_way or desk.editing.model.read_only:
            return
        desk.settle()
        desk.editing.drop_blank_lines()
        problem = desk.form.heading.day.problem
        if problem is not None:
            desk.strip.say(tr("日期不能用，先改日期再保存。账没有变化。"))
            desk.form.heading.day.setFocus()
            return
        draft = desk.draft()
        try:
            to_voucher(draft, self._session.reader.chart(draft.ledger))
        except LedgerError as refusal:
            self.refuse(refusal, then_next=then_next)
            return
        self._send(draft, then_next=then_next)

    def _send(self, draft: Draft, *, then_next: bool) -> None:
        """To the worker; keys typed meanwhile wait for what comes next."""
        self._under_way, self._broke = True, False
        self._keeper.hold()
        self._keys.hold()
        kept = self._keeper.box

        def work(uow: UnitOfWork, _progress: Progress) -> Outcome[StoredVoucher]:
            self._broke = True
            outcome = vouchers.save(uow, draft, kept.id)
            self._broke = False
            return outcome

        self._operations.run(
            tr("保存凭证"),
            work,
            then=lambda outcome: self._on_stored(outcome, then_next),
            refused=lambda refusal: self._on_refused(refusal, then_next),
        )

    def give_up(self, _what: object) -> None:
        """The save was stopped or the program itself failed; the form and its keys belong to the person again."""
        if self._under_way and self._broke:
            self._under_way = False
            self._keys.release()
            self._keeper.touch()

    def _on_stored(self, outcome: object, then_next: bool) -> None:
        self._under_way = False
        self._slip.fold()
        self.stored.emit(outcome, then_next)
        self._keys.release()

    def _on_refused(self, refusal: LedgerError, then_next: bool) -> None:
        self._under_way = False
        self.refuse(refusal, then_next=then_next)
        self._keys.release()
        self._keeper.touch()

    def refuse(self, refusal: LedgerError, *, then_next: bool) -> None:
        """Say it in the page, keep the form, and put the cursor where the fault is."""
        again = None
        if isinstance(refusal, BookFileError):
            again = Button(
                self._session.theme, tr("再存一次"), Look.MAIN, actions.spec("voucher", "save").key_words
            )
            again.clicked.connect(lambda: self.save(then_next=then_next))
        self._slip.say(describe(refusal), again)
        desk = self._desk
        cell = named_cell(refusal.what)
        if cell is not None and cell[0] < desk.editing.model.rowCount():
            desk.typing.go_to(Place(*cell))
        elif isinstance(refusal, UnbalancedVoucher) and desk.form.grid.painter_of_cells.suspect_row >= 0:
            row = desk.form.grid.painter_of_cells.suspect_row
            desk.typing.go_to(Place(row, desk.amount_column(row)))
        else:
            desk.put_cursor(desk.typing_at())
