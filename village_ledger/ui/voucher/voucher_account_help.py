"""Accounts for the voucher page: read on the worker, set up in place, nicknames remembered."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from village_ledger.domain.errors import LedgerError
from village_ledger.i18n import tr
from village_ledger.services.book import accounts
from village_ledger.ui.voucher.voucher_accounts import AccountBook, read_accounts

if TYPE_CHECKING:
    from village_ledger.domain.chart import Account
    from village_ledger.services.outcome import Outcome
    from village_ledger.ui.operations import Operations
    from village_ledger.ui.session import Session
    from village_ledger.ui.voucher.voucher_desk import VoucherDesk


class VoucherAccountHelp(QObject):
    """Between the picker and the book."""

    def __init__(self, session: Session, operations: Operations, desk: VoucherDesk) -> None:
        super().__init__(desk)
        self._session, self._operations, self._desk = session, operations, desk
        self._nickname: tuple[str, str] | None = None
        desk.picker.creation_wanted.connect(self._create)
        desk.typing.alias_offered.connect(self._offer)
        desk.strip.alias_accepted.connect(self._learn)
        desk.strip.alias_declined.connect(self.close_offer)

    def begin(self) -> None:
        """Another ledger: codes and names can be found at once; pinyin follows with ``read``."""
        self._desk.set_book(read_accounts(self._session.reader, self._session.ledger_code))

    def read(self) -> None:
        """Read accounts, balances and nicknames; pinyin is loaded with them, off the window's thread."""
        if not self._session.is_open:
            return
        ledger = self._session.ledger_code
        self._operations.read(
            tr("读科目"),
            lambda reader: read_accounts(reader, ledger).warm(),
            then=self._on_read,
            key="voucher accounts",
        )

    def _on_read(self, book: AccountBook) -> None:
        if self._session.is_open and book.ledger == self._session.ledger_code:
            self._desk.set_book(book)

    def _create(self, parent: str, code: str, name: str) -> None:
        ledger = self._session.ledger_code
        self._operations.run(
            tr("增设科目"),
            lambda uow, _progress: accounts.add(uow, ledger, parent, name, code=code),
            then=self._on_created,
            refused=self._on_refused,
        )

    def _on_created(self, outcome: Outcome[Account]) -> None:
        """Use the new account in the line it was wanted for."""
        desk = self._desk
        desk.editing.model.set_chart(self._session.reader.chart(self._session.ledger_code))
        desk.picker.close_list()
        desk.picker.picked.emit(outcome.value.code)

    def _on_refused(self, refusal: LedgerError) -> None:
        self._desk.picker.say(f"{refusal.what}。{refusal.next_step}")

    # nicknames

    def _offer(self, nickname: str, code: str) -> None:
        chart = self._desk.editing.model.chart
        if chart is not None and not self._session.read_only:
            self._nickname = (nickname, code)
            self._desk.strip.offer_alias(nickname, chart.path(code))

    def _learn(self) -> None:
        if self._nickname is None:
            return
        (nickname, code), ledger = self._nickname, self._session.ledger_code
        self.close_offer()
        self._operations.run(
            tr("记住简称"),
            lambda uow, _progress: accounts.learn_alias(uow, ledger, nickname, code),
            then=lambda _outcome: self.read(),
        )

    def close_offer(self) -> None:
        """The offer is answered; the keyboard goes back to the lines."""
        self._nickname = None
        self._desk.strip.close_alias()
        self._desk.focus_lines()
