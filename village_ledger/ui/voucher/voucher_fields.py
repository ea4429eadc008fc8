"""The fields around the lines of a voucher: date, attachments, names. One line edit each, dressed by the look."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QFocusEvent, QFontMetrics, QKeyEvent
from PySide6.QtWidgets import QLineEdit, QWidget

from village_ledger.domain.errors import PeriodError
from village_ledger.domain.half_width import half_width
from village_ledger.domain.period import parse_day
from village_ledger.domain.voucher import NAME_LIMIT
from village_ledger.i18n import tr
from village_ledger.ui.voucher.voucher_cell_edits import belongs_to_page
from village_ledger.ui.voucher.voucher_days import DayProblem, day_words, looks_whole, read_day
from village_ledger.ui.voucher.voucher_style import VoucherStyle

_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
_LONGEST_COUNT = 4


class VoucherField(QLineEdit):
    """A field of the form; Enter and Esc are signals, undo belongs to the page."""

    passed = Signal()
    """Enter: on to the next needed field."""
    settled = Signal(str)
    """The text as it stands when the field is left or passed."""

    def __init__(self, name: str, chars: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(name)
        self.chars = chars
        self.fixed = False
        """Whether the field keeps this width where there is more room."""
        self.setMaxLength(NAME_LIMIT)
        self.editingFinished.connect(lambda: self.settled.emit(self.text().strip()))

    def wear(self, style: VoucherStyle) -> None:
        """Paper: a line to write on. Plain: a box."""
        width = QFontMetrics(style.cell_font).horizontalAdvance("国") * self.chars + 2 * style.pad
        self.setFont(style.cell_font)
        self.setMinimumWidth(width)
        if self.fixed:
            self.setMaximumWidth(width)
        focus = f"QLineEdit:focus {{ border: {style.focus_line}px solid {style.focus.name()}; }}"
        height = QFontMetrics(style.cell_font).height() + (style.pad // 2 if style.is_paper else style.pad)
        box = f"min-height: {height}px; padding: 0 {style.pad // 2}px; border-radius: 0;"
        if style.is_paper:
            edge = f"border: none; border-bottom: {style.border}px solid {style.edge.name()}; background: transparent;"
        else:
            edge = f"border: {style.border}px solid {style.edge.name()}; background: {style.sheet.name()};"
        self.setStyleSheet(
            f"QLineEdit {{ {box} {edge} }} {focus} QLineEdit:read-only {{ border-color: transparent; }}"
        )

    def event(self, event: QEvent) -> bool:
        """Undo and redo reach over the whole voucher."""
        if belongs_to_page(event):
            event.ignore()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter goes on."""
        plain = not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if event.key() in _ENTER and plain:
            self.pass_on()
            return
        super().keyPressEvent(event)

    def pass_on(self) -> None:
        """Settle and go to the next needed field."""
        self.settled.emit(self.text().strip())
        self.passed.emit()

    def show_text(self, text: str) -> None:
        """Show what the draft says, unless it is being typed just now."""
        if self.text() != text:
            self.setText(text)


class CountField(VoucherField):
    """How many papers are attached; full-width digits are folded."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(tr("附单据张数"), 2, parent)
        self.fixed = True
        self.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.setMaxLength(_LONGEST_COUNT)
        self.setInputMethodHints(Qt.InputMethodHint.ImhPreferNumbers)
        self.textEdited.connect(lambda text: self.show_text("".join(filter(str.isdecimal, half_width(text)))))


class DayField(VoucherField):
    """The date: explains at once what is wrong with it and never lets a wrong one into the draft."""

    judged = Signal(object)
    """DayProblem, or None when the day can stand."""

    def __init__(self, judge: Callable[[date], DayProblem | None], parent: QWidget | None = None) -> None:
        super().__init__(tr("日期"), 9, parent)
        self.fixed = True
        self.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._judge = judge
        self._paper = False
        self.day = date.today()  # noqa: DTZ011  the wall calendar of the village
        self._problem: DayProblem | None = None
        self.editingFinished.disconnect()
        self.editingFinished.connect(self._on_finished)
        self.textEdited.connect(self._on_typed)

    def wear(self, style: VoucherStyle) -> None:
        """Words of the date follow the look."""
        super().wear(style)
        self._paper = style.is_paper
        if not self.hasFocus():
            self._show_words()

    def show_day(self, text: str) -> None:
        """Show the draft's day and judge its month."""
        self.day = parse_day(text)
        self._set_problem(self._judge(self.day))
        self._show_words()

    def _show_words(self) -> None:
        self.setText(self.day.isoformat() if self.hasFocus() else day_words(self.day, paper=self._paper))

    @property
    def problem(self) -> DayProblem | None:
        """Why the day cannot stand."""
        return self._problem

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Show the plain date, marked, so that typing replaces it."""
        super().focusInEvent(event)
        if not self.isReadOnly():
            self.setText(self.day.isoformat())
            self.selectAll()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Back to words."""
        super().focusOutEvent(event)
        self._show_words()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """↑ ↓ a day back and forth."""
        steps = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}
        step = steps.get(Qt.Key(event.key()))
        if step and not self.isReadOnly() and not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
            if not self.isModified() or self._read():
                self._take(date.fromordinal(self.day.toordinal() + step))
                self.setText(self.day.isoformat())
            self.selectAll()
            return
        super().keyPressEvent(event)

    def _on_typed(self, text: str) -> None:
        """Say at once that a day does not exist or its month is closed."""
        if not looks_whole(text):
            return
        try:
            self._set_problem(self._judge(read_day(text, self.day)))
        except PeriodError as refusal:
            self._set_problem(DayProblem(f"{refusal.what}。{refusal.next_step}"))

    def _on_finished(self) -> None:
        if self.isModified():
            self._read()

    def _read(self) -> bool:
        """Take what was typed; an unreadable date is said and the day before it stays."""
        try:
            day = read_day(self.text(), self.day)
        except PeriodError as refusal:
            self._set_problem(DayProblem(f"{refusal.what}。{refusal.next_step}"))
            self.setModified(False)
            return False
        self._take(day)
        return True

    def _take(self, day: date) -> None:
        self.day = day
        self.setModified(False)
        self._set_problem(self._judge(day))
        self.settled.emit(day.isoformat())

    def take_offer(self) -> None:
        """Change to the day that was offered."""
        if self._problem is not None and self._problem.offer is not None:
            self._take(self._problem.offer)
            self._show_words()

    def pass_on(self) -> None:
        """Enter on a closed month takes the offered day; Enter on a wrong date stays."""
        if not self.isModified() and self._problem is not None:
            self.take_offer()
            return
        if self.isModified() and not self._read():
            self.selectAll()
            return
        if self._problem is None:
            self.passed.emit()
        else:
            self.setText(self.day.isoformat())
            self.selectAll()

    def _set_problem(self, problem: DayProblem | None) -> None:
        self._problem = problem
        self.judged.emit(problem)
