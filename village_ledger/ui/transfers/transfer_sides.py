"""One side of an inter-ledger document as it would be written: stamp, lines, balances after posting."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QLabel, QVBoxLayout

from village_ledger.domain.errors import LedgerError
from village_ledger.domain.money import format_fen
from village_ledger.i18n import tr
from village_ledger.services.transfers import transfer_checks, transfers
from village_ledger.ui.widgets.stamp import SHORT, Stamp

if TYPE_CHECKING:
    from village_ledger.domain.chart import Account, LedgerKind
    from village_ledger.domain.inter_ledger import Asked
    from village_ledger.storage.bank.queries import BankAccount
    from village_ledger.storage.reader import Reader
    from village_ledger.ui.look.theme import Theme


@dataclass(frozen=True, slots=True)
class SideView:
    """A side in words: entity, and a line as account, debit, credit, balance after."""

    entity: str
    lines: tuple[tuple[str, str, str, str], ...]


@dataclass(frozen=True, slots=True)
class Filled:
    """Both sides as they would be written, or why not yet."""

    sides: dict[LedgerKind, SideView]
    refusal: LedgerError | None


def look_at(reader: Reader, asked: Asked | None, why: LedgerError | None) -> Filled:
    """What a form's fields would write."""
    if asked is None:
        return Filled({}, why)
    try:
        plan = transfers.preview(reader, asked)
    except LedgerError as error:
        return Filled({}, error)
    codes = transfers.ledgers_of(reader)
    views: dict[LedgerKind, SideView] = {}
    for kind, voucher in plan.vouchers.items():
        chart = plan.charts[kind]
        new = {account.code for account in plan.new_accounts[kind]}
        banks = transfer_checks.banks_of(reader, codes[kind])
        lines: list[tuple[str, str, str, str]] = []
        for line in voucher.lines:
            balance = 0 if line.account in new else _balance(reader, codes[kind], line.account)
            after = balance + line.debit - line.credit
            mark = tr("（新设）") if line.account in new else ""
            bank = banks.get(line.account)
            mark += tr("（{bank} {number}）", bank=bank.bank, number=bank.masked) if bank else ""
            lines.append(
                (
                    f"{line.account} {chart.path(line.account)}{mark}",
                    format_fen(line.debit) if line.debit else "",
                    format_fen(line.credit) if line.credit else "",
                    _sided(after),
                )
            )
        views[kind] = SideView(reader.ledger(codes[kind]).entity, tuple(lines))
    return Filled(views, None)


def _balance(reader: Reader, ledger: str, code: str) -> int:
    return reader.balance_before(ledger, [code], date(9999, 12, 31))


def _sided(balance: int) -> str:
    if not balance:
        return tr("平")
    return f"{'借' if balance > 0 else '贷'} {format_fen(abs(balance))}"


def bank_words(account: Account, bank: BankAccount | None) -> str:
    """A bank leaf with its bank and the last four digits, where it is registered."""
    said = tr("（还没有登记账号）") if bank is None else f"{bank.bank} {bank.masked}"
    return f"{account.code} {account.name} {said}"


class SideCard(QFrame):
    """A sheet with the ledger's stamp, so that one sees at once which ledger it is."""

    def __init__(self, theme: Theme, kind: LedgerKind) -> None:
        super().__init__()
        self.setProperty("look", "sheet")
        self.title = QLabel()
        self.title.setProperty("look", "strong")
        self.said = QLabel()
        self.said.setProperty("look", "hint")
        self.said.setWordWrap(True)
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(theme.px.gap)
        self._grid.setColumnStretch(0, 1)
        stamp = Stamp(theme, kind, SHORT[kind])
        head = QHBoxLayout()
        head.addWidget(stamp)
        head.addWidget(self.title, 1)
        column = QVBoxLayout(self)
        column.addLayout(head)
        column.addLayout(self._grid)
        column.addWidget(self.said)
        column.addStretch(1)

    def show_side(self, side: SideView | None, said: str) -> None:
        """Show a side, or why there is none yet."""
        while (item := self._grid.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.deleteLater()
        self.title.setText(side.entity if side else tr("还没有凭证"))
        self.said.setText("" if side else said)
        self.said.setVisible(side is None)
        if side is None:
            self.setAccessibleName(said)
            return
        for column, words in enumerate((tr("科目"), tr("借方"), tr("贷方"), tr("记账后余额"))):
            self._put(0, column, words, "label")
        for row, line in enumerate(side.lines, 1):
            for column, words in enumerate(line):
                self._put(row, column, words, "")
        self.setAccessibleName(f"{side.entity}：" + "；".join(" ".join(filter(None, x)) for x in side.lines))

    def _put(self, row: int, column: int, words: str, look: str) -> None:
        label = QLabel(words)
        if look:
            label.setProperty("look", look)
        if column:
            label.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignTop)
        else:
            label.setWordWrap(True)
        self._grid.addWidget(label, row, column)
