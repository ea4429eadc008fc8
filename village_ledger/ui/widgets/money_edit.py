"""A field for amounts: figures, 1.2万 or 12*3+5, typed with the input method on or off."""

from __future__ import annotations

from PySide6.QtCore import QRect, Qt, Signal
from PySide6.QtGui import QInputMethodEvent, QKeyEvent
from PySide6.QtWidgets import QLineEdit, QWidget

from village_ledger.domain.amount_entry import LONGEST_ENTRY, evaluate_entry
from village_ledger.domain.errors import AmountError
from village_ledger.domain.half_width import half_width
from village_ledger.domain.money import plain_fen

_POINTS = str.maketrans({"。": ".", "、": "/", "×": "*", "÷": "/"})  # what an input method leaves
_FILL = "="
_FLIP = " "


def as_typed_plain(text: str) -> str:
    """Full-width digits and signs folded one for one, so that the cursor stays where it is."""
    return half_width(text).translate(_POINTS)


class MoneyEdit(QLineEdit):
    """Line edit over an amount; ``=`` and space are orders, never text.

    The input method stays on, because 万 and 千 are typed with it; whatever it commits is folded to plain
    figures, so its state can stop neither digits nor ``=``.
    """

    fill_wanted = Signal()
    """``=`` was typed: put the missing difference here."""
    flip_wanted = Signal()
    """Space was typed: the amount belongs on the other side."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self.setInputMethodHints(Qt.InputMethodHint.ImhPreferNumbers)
        self.setMaxLength(LONGEST_ENTRY)
        self.textEdited.connect(self._fold)

    def fen(self) -> int | None:
        """The amount in fen: 0 when blank, None while it cannot be read."""
        if not self.text().strip():
            return 0
        try:
            return evaluate_entry(self.text())
        except AmountError:
            return None

    def set_fen(self, fen: int) -> None:
        """Show an amount; nothing for zero."""
        self.setText(plain_fen(fen) if fen else "")

    def _fold(self, text: str) -> None:
        plain = as_typed_plain(text)
        if plain != text:
            cursor = self.cursorPosition()
            self.setText(plain)
            self.setCursorPosition(cursor)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Catch the two orders before they become text."""
        if not self._obey(event.text()):
            super().keyPressEvent(event)

    def inputMethodEvent(self, event: QInputMethodEvent) -> None:
        """The same orders, committed by an input method in full width."""
        if not self._obey(event.commitString()):
            super().inputMethodEvent(event)

    def _obey(self, text: str) -> bool:
        if self.isReadOnly():
            return False
        order = as_typed_plain(text)
        if order == _FILL:
            self.fill_wanted.emit()
        elif order == _FLIP:
            self.flip_wanted.emit()
        return order in (_FILL, _FLIP)

    def caret(self) -> QRect:
        """Where the text cursor stands, in this widget."""
        return self.cursorRect()
