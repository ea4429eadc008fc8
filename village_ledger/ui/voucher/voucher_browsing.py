"""From voucher to voucher: PgUp and PgDn through the numbers, Ctrl+G to one of them, links to the other of a pair."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from village_ledger.domain.errors import LedgerError
from village_ledger.domain.inter_ledger import DocumentNumber
from village_ledger.domain.period import Month, parse_day
from village_ledger.i18n import tr
from village_ledger.ui.voucher.voucher_panels import GoToPanel
from village_ledger.ui.voucher.voucher_places import neighbour_of, ref_of
from village_ledger.ui.voucher.voucher_state_line import ASSET, DOCUMENT, MONTH, OTHER_SIDE, STOCK_TAKE

if TYPE_CHECKING:
    from collections.abc import Callable

    from village_ledger.domain.voucher import StoredVoucher, VoucherRef
    from village_ledger.storage.assets.records import VoucherAsset
    from village_ledger.storage.interledger.records import TransferSide
    from village_ledger.ui.session import Session
    from village_ledger.ui.voucher.voucher_desk import VoucherDesk

CHARGED = "折旧"
"""What a month's depreciation did to a card."""
_MOST_CARDS = 4
"""Links to cards a voucher shows; the register has them all."""


class VoucherBrowsing(QObject):
    """Knows where one stands and says which voucher is wanted next."""

    wanted = Signal(int)
    """Id of a stored voucher."""
    page_wanted = Signal(str, object)
    """Another page and the place there: the inter-ledger document, a card the voucher has to do with."""
    pending_wanted = Signal()
    """Past the last number: the voucher being typed."""

    def __init__(self, session: Session, desk: VoucherDesk) -> None:
        super().__init__(desk)
        self._session, self._desk = session, desk
        self._ref: VoucherRef | None = None
        self._stored: StoredVoucher | None = None
        self._other: TransferSide | None = None
        self._assets: list[VoucherAsset] = []
        self._counted = ""
        """Day of the stock-take it books differences of."""
        self._asked_at = (0, "summary")
        self.panel = GoToPanel(session.theme, desk)
        self.panel.asked.connect(self._on_number)
        self.panel.closed.connect(lambda: desk.put_cursor(self._asked_at))

    def handlers(self) -> dict[str, Callable[[], object]]:
        """Slot per action."""
        return {
            "previous": lambda: self.step(-1),
            "next": lambda: self.step(1),
            "go_to": self.ask_number,
            "document": self.show_document,
            "other_side": self.show_other_side,
        }

    def stand_at(self, stored: StoredVoucher | None) -> None:
        """The stored voucher in view, None for a new one."""
        self._stored, self._other = stored, None
        self._assets = self._session.reader.voucher_assets(stored.id) if stored is not None else []
        self._counted = self._session.reader.stock_take_of_voucher(stored.id) if stored is not None else ""
        self._ref = None if stored is None else stored.ref
        document = (
            self._session.reader.transfer_of(stored.id) if stored is not None and stored.document else None
        )
        if document is not None and stored is not None:
            self._other = next((side for side in document.sides if side.voucher_id != stored.id), None)

    @property
    def other_side(self) -> str:
        """The voucher of the other side in words, empty where there is none."""
        side = self._other
        return "" if side is None else f"{self._session.reader.ledger(side.ledger).title} {side.ref}"

    def show_document(self) -> None:
        """The inter-ledger document the voucher is a side of."""
        if self._stored is not None and self._stored.document:
            self.page_wanted.emit("transfers", {"number": DocumentNumber.parse(self._stored.document)})

    @property
    def asset_links(self) -> list[tuple[str, str]]:
        """Cards and the stock-take it has to do with, as (link, words); a month's depreciation is one link, however many."""
        charged = [one for one in self._assets if one.what == CHARGED]
        moved = [one for one in self._assets if one.what != CHARGED]
        links = [(f"{ASSET}{one.code}", f"{one.what} {one.code} {one.name}") for one in moved[:_MOST_CARDS]]
        if len(charged) > len(moved):
            links.append((MONTH, tr("折旧 {count} 项资产", count=len(charged))))
        if self._counted:
            links.append((f"{STOCK_TAKE}{self._counted}", tr("清产核资 {day}", day=self._counted)))
        return links

    def show_other_side(self) -> None:
        """The voucher of the other side, in the other ledger."""
        if self._other is not None:
            self.wanted.emit(self._other.voucher_id)
        elif self._stored is not None and self._stored.document:
            self._desk.strip.say(tr("这份往来单只有一边记账。"))

    def _month(self) -> Month:
        return self._ref.month if self._ref is not None else Month.of(parse_day(self._desk.editing.head.day))

    def step(self, step: int) -> None:
        """To the number before or after; after the last one comes the voucher being typed."""
        ledger, ref = self._session.ledger_code, self._ref
        found = None
        if ref is not None or step < 0:
            found = neighbour_of(self._session.reader, ledger, ref, self._month(), step)
        if found is not None:
            self.wanted.emit(found)
        elif ref is not None and step > 0:
            self.pending_wanted.emit()
        else:
            self._desk.strip.say(tr("前面没有凭证了。") if step < 0 else tr("后面没有凭证了。"))

    def ask_number(self) -> None:
        """Ctrl+G."""
        self._asked_at = self._desk.typing_at()
        self.panel.open_beside(self._desk.form.heading.number)

    def _on_number(self, text: str) -> None:
        try:
            self._go(text)
        except LedgerError as refusal:
            self.panel.say(f"{refusal.what}。{refusal.next_step}")

    def go_to(self, ref: str) -> None:
        """A link: the other voucher of a pair, the document between the ledgers, its other side."""
        if ref.startswith(ASSET):
            self.page_wanted.emit("asset_card", {"code": ref.removeprefix(ASSET)})
            return
        if ref.startswith(STOCK_TAKE):
            self.page_wanted.emit("stock_take", {"day": ref.removeprefix(STOCK_TAKE)})
            return
        if ref == MONTH:
            self.page_wanted.emit("depreciation", {"month": self._month()})
            return
        if ref in {DOCUMENT, OTHER_SIDE}:
            (self.show_document if ref == DOCUMENT else self.show_other_side)()
            return
        try:
            self._go(ref)
        except LedgerError as refusal:
            self._desk.strip.say(f"{refusal.what}。{refusal.next_step}")

    def _go(self, text: str) -> None:
        ref = ref_of(text, self._month(), "记")
        found = self._session.reader.find_voucher(self._session.ledger_code, ref)
        self.panel.hide()
        self.wanted.emit(found.id)
