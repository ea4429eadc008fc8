"""Forms about one contract: signing, changes, rent received or matched, deposit, late money. One act, Esc goes back."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QHBoxLayout, QLabel, QLineEdit, QWidget

from village_ledger.domain.money import format_fen, plain_fen
from village_ledger.i18n import tr
from village_ledger.services.changes import Changes
from village_ledger.services.contracts.receipts import candidates
from village_ledger.services.contracts.standing import Whole, whole
from village_ledger.ui.act_page import ActPage
from village_ledger.ui.contracts.contract_acts import ACTS, CHANGES
from village_ledger.ui.contracts.due_page import as_of
from village_ledger.ui.page import scrolled
from village_ledger.ui.widgets.pick_list import PickList

if TYPE_CHECKING:
    from village_ledger.services.outcome import Outcome
    from village_ledger.storage.contracts.records import RentCredit
    from village_ledger.storage.reader import Reader
    from village_ledger.storage.unit_of_work import UnitOfWork
    from village_ledger.ui.operations import Operations
    from village_ledger.ui.page import Navigator
    from village_ledger.ui.session import Session


@dataclass(frozen=True, slots=True)
class Found:
    """The contract, what may be its rent, accounts that hold money."""

    whole: Whole
    credits: tuple[RentCredit, ...]
    money: tuple[tuple[str, str], ...]


def read_found(reader: Reader, ledger: str, number: str) -> Found:
    """What the forms offer; raises ContractError."""
    with reader.snapshot():
        one = whole(reader, ledger, number)
        chart = reader.chart(ledger)
        money = [
            (a.code, f"{a.code} {a.name}") for a in chart if a.money is not None and a.is_leaf and a.active
        ]
        return Found(one, tuple(candidates(reader, one)), tuple(reversed(money)))


class ContractActPage(ActPage):
    """The form of one act; among changes another may be chosen above it."""

    scope = "contract_act"
    nav = "works"
    shows = Changes(contracts=True, vouchers=True)
    acts = ACTS

    def __init__(self, session: Session, operations: Operations, navigator: Navigator) -> None:
        super().__init__(session, operations, navigator)
        self.act = "receive"
        self.found: Found | None = None
        self._number = ""
        self.kinds = PickList(tr("办什么"))
        for name in CHANGES:
            self.kinds.addItem(tr(ACTS[name].title), name)
        self.kinds.activated.connect(lambda _place: self._choose(str(self.kinds.currentData())))
        self._kind_row = QWidget()
        row = QHBoxLayout(self._kind_row)
        row.setContentsMargins(0, 0, 0, 0)
        label = QLabel(tr("办什么"))
        label.setProperty("look", "label")
        label.setBuddy(self.kinds)
        row.addWidget(label)
        row.addWidget(self.kinds)
        row.addStretch(1)
        self.body.insertWidget(0, self._kind_row)
        self.body.addWidget(scrolled(self.form), 1)

    # the page

    def handlers(self) -> dict[str, Any]:
        """The act, and another kind of change."""
        return {**super().handlers(), "other": self._other}

    def go(self, **where: Any) -> None:
        """``act`` of ``ACTS`` and the ``number`` of the contract."""
        self.act, self._number = where.get("act", self.act), str(where.get("number", self._number))
        self.found = None
        self._show_act()
        self.reload()

    def where(self) -> dict[str, Any]:
        """The act and the contract."""
        return {"act": self.act, "number": self._number}

    def reload(self) -> None:
        """Title, button, the contract and what lists offer."""
        self.name_act(tr("合同 {number}", number=self._number))
        if not self.session.is_open:
            return
        ledger, number = self.session.ledger_code, self._number
        self.operations.read(
            tr("读合同"),
            lambda reader: read_found(reader, ledger, number),
            self._fill,
            refused=self.refuse,
            key="contract_act",
        )

    def hints(self) -> list[str]:
        """Another kind may be chosen among changes only."""
        return [name for name in super().hints() if name != "other" or self.act in CHANGES]

    def said(self) -> dict[str, str]:
        """What stands in the fields, and which contract."""
        return {**super().said(), "ledger": self.session.ledger_code, "number": self._number}

    def bound(self, said: Mapping[str, str]) -> Callable[[UnitOfWork], Outcome[Any]]:
        """The act with what stands in the fields."""
        act = ACTS[self.act]
        return lambda uow: act.carry_out(uow, said)

    # inside

    def _show_act(self) -> None:
        self._kind_row.setVisible(self.act in CHANGES)
        self.action("other").setEnabled(self.act in CHANGES)
        if self.act in CHANGES:
            self.kinds.setCurrentIndex(CHANGES.index(self.act))
        self.show_act()
        today = as_of(self.session)
        self.form.put("day", str(today))
        self.form.put("month", f"{today:%Y-%m}")
        self.form.begin()

    def _choose(self, act: str) -> None:
        self.act = act
        self._show_act()
        self.reload()

    def _other(self) -> None:
        self._choose(CHANGES[(CHANGES.index(self.act) + 1) % len(CHANGES)])

    def _fill(self, found: Found) -> None:
        """What the book offers; what was typed meanwhile stays."""
        self.found = found
        one, today = found.whole, as_of(self.session)
        party = one.next_open.party if one.next_open else one.stored.now.party_on(today)[0]
        late = sum(row.open for row in one.late(today))
        owed = tr("欠 {amount}", amount=format_fen(late)) if late else tr("没有欠租")
        number = tr("合同 {number}", number=self._number)
        self.head.set_title(tr(ACTS[self.act].title), f"{number} · {party} · {owed}")
        self.form.offer("money", found.money)
        free = [(f"{x.ref}|{x.line}", f"{x.ref} {x.day} {format_fen(x.free)}") for x in found.credits]
        self.form.offer("voucher", free or [("", tr("没有可以对的"))])
        amount = self.fields.get("amount")
        if isinstance(amount, QLineEdit) and not amount.text():
            amount.setText(self._amount(one, today, late))
            amount.selectAll()

    def _amount(self, one: Whole, today: date, late: int) -> str:
        """What is most likely meant: what is late, else the next row; the deposit held or agreed."""
        del today
        if self.act == "receive":
            fen = late or (one.next_open.open if one.next_open else 0)
        elif self.act == "deposit":
            fen = one.deposit_held or one.stored.contract.deposit
        else:
            fen = 0
        return plain_fen(fen) if fen else ""
