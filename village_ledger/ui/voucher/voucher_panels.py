"""Small questions asked in the page: which number to go to, and when and why to reverse."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QLineEdit, QVBoxLayout, QWidget

from village_ledger.domain.voucher import StoredVoucher
from village_ledger.i18n import tr
from village_ledger.ui.look.theme import Theme
from village_ledger.ui.voucher.voucher_days import DayProblem
from village_ledger.ui.voucher.voucher_fields import DayField, VoucherField
from village_ledger.ui.voucher.voucher_style import VoucherLook, voucher_style
from village_ledger.ui.widgets.buttons import Button, Look
from village_ledger.ui.widgets.floating_panel import FloatingPanel

_CHARS_WIDE = 19
_REASON_CHARS = 16


class GoToPanel(FloatingPanel):
    """Ctrl+G: type a number, Enter."""

    asked = Signal(str)
    closed = Signal()

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(theme, parent)
        self.setAccessibleName(tr("到某一号"))
        self.entry = QLineEdit(self)
        self.entry.setAccessibleName(tr("凭证号"))
        self.note = QLabel(tr("打 12、记-12 或 2025-03/记-0012，按 Enter。"), self)
        self.note.setWordWrap(True)
        column = QVBoxLayout(self)
        px = theme.px
        column.setContentsMargins(px.cell, px.cell, px.cell, px.cell)
        column.addWidget(self.note)
        column.addWidget(self.entry)
        self.entry.returnPressed.connect(lambda: self.asked.emit(self.entry.text()))

    def say(self, sentence: str) -> None:
        """Why one cannot go there."""
        self.note.setText(sentence)

    def open_beside(self, widget: QWidget) -> None:
        """Open under the number, ready to type."""
        px = self.theme.px
        self.entry.clear()
        self.place_beside(widget, px.form * _CHARS_WIDE, px.control + 3 * px.row)
        self.entry.setFocus()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc puts it away."""
        if event.key() == Qt.Key.Key_Escape:
            self.close_panel()
        else:
            super().keyPressEvent(event)

    def close_panel(self) -> bool:
        """Put it away; says whether it was open."""
        was_open = self.isVisible()
        self.hide()
        if was_open:
            self.closed.emit()
        return was_open


class ReversalPanel(QFrame):
    """红字冲销: the day and the reason; the two vouchers will name each other."""

    confirmed = Signal(str, str)
    """Day as ISO text, and the reason."""
    closed = Signal()

    def __init__(
        self, theme: Theme, judge: Callable[[date], DayProblem | None], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._theme = theme
        self.setProperty("look", "sheet")
        self.setAccessibleName(tr("红字冲销"))
        self._words = QLabel()
        self._words.setWordWrap(True)
        self.note = QLabel()
        self.note.setWordWrap(True)
        self.day = DayField(judge)
        self.reason = VoucherField(tr("冲销的原因"), _REASON_CHARS)
        self.yes = Button(theme, tr("冲销"), Look.PLAIN, "Enter")
        self.no = Button(theme, tr("先不冲"), Look.PLAIN, "Esc")
        row = QHBoxLayout()
        row.setSpacing(theme.px.cell)
        for widget in (QLabel(tr("冲销日期")), self.day, QLabel(tr("原因")), self.reason):
            row.addWidget(widget, 1 if widget is self.reason else 0)
        row.addWidget(self.yes)
        row.addWidget(self.no)
        column = QVBoxLayout(self)
        px = theme.px
        column.setContentsMargins(px.gap, px.cell, px.gap, px.cell)
        column.addWidget(self._words)
        column.addLayout(row)
        column.addWidget(self.note)
        self.note.hide()
        self.yes.clicked.connect(self._confirm)
        self.no.clicked.connect(self.close_panel)
        self.reason.passed.connect(self._confirm)
        self.day.passed.connect(self.reason.setFocus)
        self.day.judged.connect(self._on_judged)
        self.hide()

    def ask(self, stored: StoredVoucher, day: date) -> None:
        """Ask for this voucher, beginning with a day."""
        style = voucher_style(self._theme, VoucherLook.PLAIN, self.width())
        self.day.wear(style)
        self.reason.wear(style)
        short = stored.ref.short
        self._words.setText(
            tr(
                "照 {ref} 做一张红字凭证冲掉它（以前年度的用蓝字更正）。原凭证不动，两张互相注明；新凭证还要审核、记账。",
                ref=short,
            )
        )
        self.yes.setText(tr("冲销 {ref}", ref=short))
        self.reason.clear()
        self.show()
        self.day.show_day(day.isoformat())
        self.reason.setFocus()

    def _confirm(self) -> None:
        if not self.reason.text().strip():
            self.say(tr("请写一句为什么冲销。"))
            self.reason.setFocus()
            return
        self.confirmed.emit(self.day.day.isoformat(), self.reason.text().strip())

    def _on_judged(self, problem: DayProblem | None) -> None:
        self.say("" if problem is None else problem.sentence)

    def say(self, sentence: str) -> None:
        """Why it cannot be done so; empty takes it away."""
        self.note.setText(sentence)
        self.note.setVisible(bool(sentence))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc puts it away."""
        if event.key() == Qt.Key.Key_Escape:
            self.close_panel()
        else:
            super().keyPressEvent(event)

    def close_panel(self) -> bool:
        """Put it away; says whether it was open."""
        was_open = not self.isHidden()
        self.hide()
        if was_open:
            self.closed.emit()
        return was_open
