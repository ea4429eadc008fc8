"""The form beside the lists of a dividend: how what is ticked is paid, or what the bank said of it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QGridLayout, QLabel, QLineEdit, QVBoxLayout, QWidget

from village_ledger.domain.chart import Money
from village_ledger.domain.errors import DividendError
from village_ledger.domain.money import format_fen
from village_ledger.domain.period import parse_day
from village_ledger.i18n import tr
from village_ledger.services.dividends.dividend_files import Layout, layouts
from village_ledger.services.dividends.dividend_payments import BANK, CASH, DONE, FAILED, Due, Paying, Result
from village_ledger.services.dividends.dividend_results import Waiting
from village_ledger.ui.dividends.dividend_payment_figures import DUE, PAID, WAITING
from village_ledger.ui.widgets.choices import Choices
from village_ledger.ui.widgets.money_edit import MoneyEdit
from village_ledger.ui.widgets.pick_list import PickList

if TYPE_CHECKING:
    from village_ledger.ui.look.theme import Theme

CHARS = 24
_HEADINGS = {DUE: "发放", WAITING: "登记银行结果", PAID: "已经发的"}


class PaymentForm(QFrame):
    """Rows of label and field, of which those of the list in view are shown."""

    day_changed = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self.setProperty("look", "sheet")
        self._view = DUE
        self._money: tuple[tuple[str, str, Money], ...] = ()
        self.heading, self.chosen = QLabel(), QLabel()
        self.heading.setProperty("look", "heading")
        self.chosen.setProperty("look", "strong")
        self.chosen.setWordWrap(True)
        self.day, self.receiver, self.relation, self.note = (QLineEdit() for _ in range(4))
        self.amount = MoneyEdit()
        self.method = Choices(theme, tr("怎么发"), ((BANK, tr("银行代发")), (CASH, tr("现金"))), BANK)
        self.result = Choices(theme, tr("结果"), ((DONE, tr("成功")), (FAILED, tr("退回"))), DONE)
        self.account, self.layouts = PickList(tr("户头")), PickList(tr("代发文件"))
        for layout in layouts().values():
            self.layouts.addItem(layout.name, layout.id)
        self.layouts.addItem(tr("不存文件"), "")
        self._grid = QGridLayout()
        self._rows: list[tuple[tuple[str, ...], QWidget, QWidget, QWidget | None]] = []
        self._add((DUE, WAITING), tr("日期"), self.day)
        self._add((DUE,), tr("怎么发"), self.method)
        self._add((DUE,), tr("户头"), self.account)
        self._add((DUE,), tr("代发文件"), self.layouts)
        self._add((DUE,), tr("金额"), self.amount, tr("只发一部分时写；空着就发全部。"))
        self._add((DUE,), tr("代领人"), self.receiver, tr("本人领的空着。"))
        self._add((DUE,), tr("关系"), self.relation, tr("代领人和持有人的关系，如 配偶、儿子。"))
        self._add((WAITING,), tr("结果"), self.result)
        self._add((WAITING,), tr("原因"), self.note, tr("退回的写银行说的原因。"))
        column = QVBoxLayout(self)
        column.addWidget(self.heading)
        column.addWidget(self.chosen)
        column.addLayout(self._grid)
        column.addStretch(1)
        self._column = column
        self.method.chosen.connect(lambda _: self._follow_method())
        self.day.editingFinished.connect(self.day_changed)
        self.restyle()
        self.show_view(DUE)

    def _add(self, views: tuple[str, ...], label: str, field: QWidget, hint: str = "") -> None:
        row = 2 * len(self._rows)
        name = QLabel(label)
        name.setProperty("look", "label")
        name.setBuddy(field)
        if not field.accessibleName():
            field.setAccessibleName(label)
        self._grid.addWidget(name, row, 0)
        self._grid.addWidget(field, row, 1)
        words: QLabel | None = None
        if hint:
            words = QLabel(hint)
            words.setProperty("look", "hint")
            words.setWordWrap(True)
            self._grid.addWidget(words, row + 1, 1)
        self._rows.append((views, name, field, words))

    def restyle(self) -> None:
        """Spaces of the size in force."""
        px = self._theme.px
        self._column.setContentsMargins(px.gap, px.cell, px.gap, px.cell)
        self._column.setSpacing(px.cell)
        self._grid.setHorizontalSpacing(px.cell)
        self._grid.setVerticalSpacing(px.unit)

    # what is shown

    @property
    def first(self) -> QWidget:
        """Where filling in begins."""
        return self.day

    def show_view(self, view: str) -> None:
        """The fields of another list."""
        self._view = view
        self.heading.setText(tr(_HEADINGS[view]))
        self._follow_method()

    def offer(self, money: Sequence[tuple[str, str, Money]]) -> None:
        """The leaves money can leave by."""
        if tuple(money) != self._money:
            self._money = tuple(money)
            self._follow_method()

    def show_chosen(self, count: int, fen: int, *, marked: bool) -> None:
        """What would be acted on."""
        if self._view == PAID:
            said = tr("发过 {count} 笔，作数的共 {sum} 元", count=count, sum=format_fen(fen))
        elif not count:
            said = tr("没有选")
        elif marked:
            said = tr("选了 {count} 笔，共 {sum} 元", count=count, sum=format_fen(fen))
        else:
            said = tr("当前这一笔，{sum} 元", sum=format_fen(fen))
        self.chosen.setText(said)
        self.amount.setEnabled(count == 1)

    def clear_person(self) -> None:
        """What belongs to one payment is gone once it is made."""
        for field in (self.amount, self.receiver, self.relation, self.note):
            field.clear()

    def _follow_method(self) -> None:
        """Accounts of the chosen kind; a file only for the bank."""
        bank = self.method.value == BANK
        wanted = Money.BANK if bank else Money.CASH
        kept = self.account.currentData()
        self.account.clear()
        for code, words, money in self._money:
            if money is wanted:
                self.account.addItem(words, code)
        self.account.setCurrentIndex(max(self.account.findData(kept), 0))
        for views, *widgets in self._rows:
            shown = self._view in views and (widgets[1] is not self.layouts or bank)
            for widget in widgets:
                if widget is not None:
                    widget.setVisible(shown)

    # what stands in it

    def date(self) -> date:
        """The day; raises PeriodError."""
        return parse_day(self.day.text())

    @property
    def layout_id(self) -> str:
        """Layout of the bank's file; none for cash, or where none is wanted."""
        return self.layouts.currentData() if self.method.value == BANK else ""

    @property
    def layout_chosen(self) -> Layout | None:
        """The layout itself."""
        return layouts().get(self.layout_id)

    def payings(self, chosen: Sequence[Due]) -> list[Paying]:
        """What is paid on what was chosen; raises DividendError for a part of several, or an amount that is none."""
        fen = self.amount.fen()
        if fen is None or fen < 0:
            typed = self.amount.text()
            raise DividendError(tr("“{text}”不是金额", text=typed), tr("请写要发的金额，或者空着。"))
        who = self.receiver.text().strip(), self.relation.text().strip()
        if len(chosen) != 1:
            return [due.paying if due.creditor else Paying(due.line.line, due.amount, *who) for due in chosen]
        due = chosen[0]
        to = (due.paying.receiver, due.paying.relation) if due.creditor else who
        return [Paying(due.line.line, fen or due.amount, *to)]

    def results(self, chosen: Sequence[Waiting]) -> list[Result]:
        """What the bank said of what was chosen; raises DividendError for money sent back without a reason."""
        note = self.note.text().strip()
        if self.result.value == FAILED and not note:
            raise DividendError(tr("没有写银行退回的原因"), tr("请照银行的通知写，如“账号不符”。"))
        return [one for row in chosen for one in row.results(self.result.value, note)]
