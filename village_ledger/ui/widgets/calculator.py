"""A small calculator with a paper tape (F9); its result goes into the amount cell."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QLineEdit, QPlainTextEdit, QVBoxLayout, QWidget

from village_ledger.domain.amount_entry import evaluate_entry
from village_ledger.domain.errors import AmountError
from village_ledger.domain.money import format_fen, plain_fen
from village_ledger.i18n import tr
from village_ledger.ui.look.theme import Theme
from village_ledger.ui.widgets.buttons import Button, Look
from village_ledger.ui.widgets.floating_panel import FloatingPanel
from village_ledger.ui.widgets.money_edit import MoneyEdit

_CHARS_WIDE = 20
_TAPE_LINES = 6
_SIGNS = ("+", "-", "*", "/")


class Calculator(FloatingPanel):
    """Type ``12*3+5`` and Enter; the next line may begin with a sign and goes on from the result."""

    taken = Signal(str)
    """The result, plain, for the cell."""
    closed = Signal()

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(theme, parent)
        self.setAccessibleName(tr("计算器"))
        self._editor: QLineEdit | None = None
        self._result: int | None = None
        self.tape = QPlainTextEdit(self)
        self.tape.setReadOnly(True)
        self.tape.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.tape.setAccessibleName(tr("纸带"))
        self.entry = MoneyEdit(self)
        self.entry.setAccessibleName(tr("算式"))
        self._hint = QLabel(tr("Enter 算出来，再按 Enter 填进格子"), self)
        self._hint.setProperty("look", "hint")
        self._hint.setWordWrap(True)
        self._fill = Button(theme, tr("填进格子"), Look.PLAIN, "Enter")
        self._close = Button(theme, tr("收起"), Look.PLAIN, "Esc")
        self._fill.clicked.connect(self._take)
        self._close.clicked.connect(self.close_panel)
        buttons = QHBoxLayout()
        buttons.addStretch(1)
        buttons.addWidget(self._fill)
        buttons.addWidget(self._close)
        column = QVBoxLayout(self)
        px = theme.px
        column.setContentsMargins(px.cell, px.cell, px.cell, px.cell)
        for part in (self.tape, self.entry, self._hint):
            column.addWidget(part)
        column.addLayout(buttons)
        self.entry.installEventFilter(self)
        self.entry.fill_wanted.connect(self._work_out)

    def open_beside(self, editor: QLineEdit) -> None:
        """Start from what stands in the cell."""
        self._editor = editor
        self._result = None
        self.entry.setText(editor.text())
        self.entry.selectAll()
        px = self.theme.px
        height = _TAPE_LINES * px.row // 2 + 2 * px.control + 4 * px.cell + px.row
        self.place_beside(editor, px.form * _CHARS_WIDE, height)
        self.entry.setFocus()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Enter works out, Enter again takes; Esc puts away; a sign at the start goes on from the result."""
        if watched is self.entry and isinstance(event, QKeyEvent) and event.type() is QEvent.Type.KeyPress:
            if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
                self._on_enter()
                return True
            if event.key() == Qt.Key.Key_Escape:
                self.close_panel()
                return True
            if self._result is not None and event.text() in _SIGNS and self.entry.hasSelectedText():
                self.entry.setText(plain_fen(self._result))
        return super().eventFilter(watched, event)

    def _on_enter(self) -> None:
        if self._result is not None and self.entry.text() == plain_fen(self._result):
            self._take()
        else:
            self._work_out()

    def _work_out(self) -> None:
        text = self.entry.text().strip()
        if not text:
            return
        try:
            fen = evaluate_entry(text)
        except AmountError as refusal:
            self._hint.setText(f"{refusal.what}。{refusal.next_step}")
            return
        self._result = fen
        self.tape.appendPlainText(f"{text} = {format_fen(fen)}")
        self.entry.setText(plain_fen(fen))
        self.entry.selectAll()

    def _take(self) -> None:
        self._work_out_if_needed()
        if self._result is not None:
            text = plain_fen(self._result)
            self.close_panel()
            self.taken.emit(text)

    def _work_out_if_needed(self) -> None:
        if self._result is None or self.entry.text() != plain_fen(self._result):
            self._work_out()

    def close_panel(self) -> bool:
        """Put it away; the tape stays for the next time. Says whether it was open."""
        was_open = self.isVisible()
        self.hide()
        if was_open:
            self.closed.emit()
        return was_open
