"""The fields in which one line of a stock-take is counted; Enter goes on to the next needed one, then to the next line."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from village_ledger.domain.errors import AmountError, LedgerError
from village_ledger.domain.half_width import half_width
from village_ledger.domain.money import plain_fen
from village_ledger.domain.quantity import parse_quantity, plain_quantity
from village_ledger.domain.stock_take import USAGES, Count, CountLine, Treatment
from village_ledger.domain.stock_take_sheets import Sheet
from village_ledger.i18n import tr
from village_ledger.ui.look.theme import Theme
from village_ledger.ui.widgets.buttons import Button
from village_ledger.ui.widgets.money_edit import MoneyEdit
from village_ledger.ui.widgets.pick_list import PickList
from village_ledger.ui.widgets.tick_box import TickBox


class CountStrip(QFrame):
    """Counting one line; ``put`` hands on what was found, ``refused`` says why it cannot be."""

    put = Signal(int, object)
    """Number of the line, and a Count."""
    refused = Signal(object)
    """A LedgerError."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._line: CountLine | None = None
        self._sheet: Sheet | None = None
        self.setProperty("look", "sheet")
        self.name = QLabel()
        self.name.setProperty("look", "strong")
        self.name.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self.quantity, self.value = QLineEdit(), MoneyEdit()
        self.cause, self.account, self.party = QLineEdit(), QLineEdit(), QLineEdit()
        self.user, self.note = QLineEdit(), QLineEdit()
        self.usage, self.treatment = PickList(), PickList()
        self.usage.addItem("", "")
        for word, words in USAGES.items():
            self.usage.addItem(words, word)
        for one in Treatment:
            self.treatment.addItem(one.words or tr("没有差异"), one.value)
        self.undetermined = TickBox(theme, tr("权属待界定"))
        self.put_button = Button(theme, tr("登记"))
        self._labels: dict[QWidget, QLabel] = {}
        self._places: dict[QWidget, tuple[QGridLayout, int, int]] = {}
        self._arrange()
        self._connect()

    # what the page says

    def show_line(self, line: CountLine | None, sheet: Sheet | None) -> None:
        """A line with what was entered for it so far; the same line again leaves alone what is being typed."""
        if line is not None and line == self._line and sheet == self._sheet:
            return  # read again while one types: nothing of it changed, what is typed stays
        self._line, self._sheet = line, sheet
        self.setEnabled(line is not None)
        if line is None or sheet is None:
            self.name.setText("")
            return
        count = line.count
        self.name.setText(tr("第 {number} 行 {name}", number=line.number, name=line.book.name))
        measured = bool(line.book.unit or line.book.quantity or sheet.has_usage)
        self._show(self.quantity, measured)
        self._show(self.value, sheet.by != "parcel")
        for field in (self.usage, self.user):
            self._show(field, sheet.has_usage)
        self.quantity.setText(plain_quantity(count.quantity) if count and count.quantity else "")
        self.value.setText("")
        if count is not None:
            self.value.setText(plain_fen(count.value))
        self.cause.setText(count.cause if count else "")
        self.account.setText(count.account if count else "")
        self.party.setText(count.party if count else "")
        self.user.setText(count.user if count else "")
        self.note.setText(count.note if count else "")
        self.usage.setCurrentIndex(max(self.usage.findData(count.usage if count else ""), 0))
        self.treatment.setCurrentIndex(
            max(self.treatment.findData(count.treatment.value if count else ""), 0)
        )
        self.undetermined.setChecked(bool(count and count.undetermined))

    def begin(self) -> None:
        """Put the cursor where one types first."""
        field = self.quantity if self.quantity.isVisible() else self.value
        field.setFocus(Qt.FocusReason.OtherFocusReason)
        field.selectAll()

    def count(self) -> Count:
        """What is typed; raises AmountError for what is no number."""
        line = self._line
        if line is None:
            raise AmountError(tr("没有选中一行"), tr("请先在表里选一行。"))
        quantity = self._quantity()
        text = self.value.text().strip()
        value = self.value.fen() if text else None
        if text and value is None:
            raise AmountError(tr("“{text}”不是金额", text=text), tr("请只写数字，例如 1234.50。"))
        if value is None:
            if quantity is None:
                raise AmountError(tr("没有写点到的数"), tr("没有了就写 0，和账面一样就写账面数。"))
            value = line.worth(quantity)
        return Count(
            value,
            line.book.quantity if quantity is None else quantity,
            self.cause.text(),
            Treatment(self.treatment.currentData() or ""),
            half_width(self.account.text()).strip(),
            self.party.text(),
            self.usage.currentData() or "",
            self.user.text(),
            self.undetermined.isChecked(),
            self.note.text(),
        )

    # inside

    def _quantity(self) -> int | None:
        """What was typed as a quantity, None for nothing."""
        text = half_width(self.quantity.text()).strip()
        return parse_quantity(text) if text and self.quantity.isVisible() else None

    def _arrange(self) -> None:
        px = self._theme.px
        whole = QVBoxLayout(self)
        whole.setContentsMargins(px.cell, px.unit, px.cell, px.cell)
        whole.setSpacing(px.unit)
        head = QHBoxLayout()
        head.addWidget(self.name, 3)
        head.addWidget(self.undetermined, 1)
        head.addWidget(self.put_button)
        whole.addLayout(head)
        first = (
            (tr("实点数量"), self.quantity, 1),
            (tr("实点金额"), self.value, 1),
            (tr("使用情况"), self.usage, 1),
            (tr("谁在用"), self.user, 1),
            (tr("差异原因"), self.cause, 2),
        )
        second = (
            (tr("处理意见"), self.treatment, 1),
            (tr("转到科目"), self.account, 1),
            (tr("责任人"), self.party, 1),
            (tr("备注"), self.note, 1),
        )
        for fields in (first, second):
            grid = QGridLayout()
            grid.setHorizontalSpacing(px.cell)
            grid.setVerticalSpacing(0)
            whole.addLayout(grid)
            for place, (words, field, stretch) in enumerate(fields):
                label = QLabel(words)
                label.setProperty("look", "label")
                label.setBuddy(field)
                field.setAccessibleName(words)
                self._labels[field] = label
                field.setMinimumWidth(px.form * 4)
                grid.setColumnStretch(place, stretch)
                self._places[field] = (grid, place, stretch)
                grid.addWidget(label, 0, place)
                grid.addWidget(field, 1, place)

    def _show(self, field: QWidget, on: bool) -> None:
        """A field that is not needed gives its room to the others."""
        field.setVisible(on)
        self._labels[field].setVisible(on)
        grid, place, stretch = self._places[field]
        grid.setColumnStretch(place, stretch if on else 0)

    def _connect(self) -> None:
        self.quantity.returnPressed.connect(self._quantity_done)
        self.value.returnPressed.connect(self._value_done)
        self.cause.returnPressed.connect(self._hand_on)
        for field in (self.account, self.party, self.note, self.user):
            field.returnPressed.connect(self._hand_on)
        self.value.fill_wanted.connect(self._as_booked)
        self.put_button.clicked.connect(self._hand_on)

    def _as_booked(self) -> None:
        """``=``: as the books say."""
        if self._line is not None:
            self.value.setText(plain_fen(self._line.book.value))

    def _quantity_done(self) -> None:
        """On to the amount, worked out at the books' price."""
        line = self._line
        if line is None:
            return
        try:
            quantity = self._quantity()
        except LedgerError as error:
            self.refused.emit(error)
            return
        if not self.value.isVisible():
            self._value_done()
            return
        if quantity is not None and line.book.quantity:
            self.value.setText(plain_fen(line.worth(quantity)))
        self.value.setFocus(Qt.FocusReason.OtherFocusReason)
        self.value.selectAll()

    def _value_done(self) -> None:
        """Onto the list where nothing differs, else on to the cause; the usual treatment is chosen already."""
        line, sheet = self._line, self._sheet
        if line is None or sheet is None:
            return
        if not self.value.text().strip() and (
            not self.quantity.isVisible() or not self.quantity.text().strip()
        ):
            self.value.setText(plain_fen(line.book.value))
        try:
            found = replace(line, count=self.count())
        except LedgerError as error:
            self.refused.emit(error)
            return
        if not found.differs:
            self._hand_on()
            return
        if found.difference and not self.treatment.currentData():
            usual = Treatment.KEEP if sheet.route == "none" else Treatment.ADJUST
            self.treatment.setCurrentIndex(self.treatment.findData(usual.value))
        self.cause.setFocus(Qt.FocusReason.OtherFocusReason)

    def _hand_on(self) -> None:
        if self._line is None:
            return
        try:
            count = self.count()
        except LedgerError as error:
            self.refused.emit(error)
            return
        self.put.emit(self._line.number, count)
