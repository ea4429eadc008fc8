"""A hand at the keyboard of the voucher page: letters as keys, characters as an input method commits them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

if TYPE_CHECKING:
    from village_ledger.ui.voucher.voucher_page import VoucherPage

KEYS = {
    "Enter": Qt.Key.Key_Return,
    "Tab": Qt.Key.Key_Tab,
    "Esc": Qt.Key.Key_Escape,
    "Up": Qt.Key.Key_Up,
    "Down": Qt.Key.Key_Down,
    "Left": Qt.Key.Key_Left,
    "Right": Qt.Key.Key_Right,
    "Space": Qt.Key.Key_Space,
    "Insert": Qt.Key.Key_Insert,
    "Delete": Qt.Key.Key_Delete,
    "Backspace": Qt.Key.Key_Backspace,
    "PgUp": Qt.Key.Key_PageUp,
    "PgDn": Qt.Key.Key_PageDown,
    **{f"F{n}": getattr(Qt.Key, f"Key_F{n}") for n in range(1, 13)},
    **{letter: getattr(Qt.Key, f"Key_{letter}") for letter in "ADGILNRSTYZ"},
}
HELD = {
    "Ctrl": Qt.KeyboardModifier.ControlModifier,
    "Shift": Qt.KeyboardModifier.ShiftModifier,
}


def commit(text: str, target: QWidget | None = None) -> None:
    """What an input method hands over when a word is chosen."""
    event = QInputMethodEvent("", [])
    event.setCommitString(text)
    QCoreApplication.sendEvent(target or focused(), event)


def compose(letters: str) -> None:
    """Letters of a word not chosen yet, underlined in the cell."""
    QCoreApplication.sendEvent(focused(), QInputMethodEvent(letters, []))


def focused() -> QWidget:
    """Whoever has the keyboard."""
    widget = QApplication.focusWidget()
    assert widget is not None, "nobody has the keyboard"
    return widget


class Hand:
    """Types on one page and reads back what stands there."""

    def __init__(self, page: VoucherPage) -> None:
        self.page = page

    def press(self, *keys: str) -> Hand:
        """Keys by name, such as ``Enter`` or ``Ctrl+Z``."""
        for combination in keys:
            *held, key = combination.split("+")
            modifiers = Qt.KeyboardModifier.NoModifier
            for name in held:
                modifiers |= HELD[name]
            QTest.keyClick(focused(), KEYS[key], modifiers)
        return self

    def type(self, text: str) -> Hand:
        """Text as it comes: keys for what a keyboard has, the input method for the rest."""
        if text.isascii():
            QTest.keyClicks(focused(), text)
        else:
            commit(text)
        return self

    @property
    def cell(self) -> str:
        """Accessible name of where the keyboard is, such as 第1行 摘要."""
        return focused().accessibleName()

    @property
    def lines(self) -> list[tuple[str, str, str, str]]:
        """Summary, account, debit, credit of every line."""
        return [(x.summary, x.account, x.debit, x.credit) for x in self.page.desk.editing.model.lines]

    @property
    def filled(self) -> list[tuple[str, str, str, str]]:
        """The lines that are not blank."""
        return [line for line in self.lines if any(line)]

    def line(self, summary: str, account: str, debit: str = "", credit: str = "") -> Hand:
        """A whole line with Enter, from its summary on."""
        self.type(summary).press("Enter").type(account).press("Enter")
        if debit:
            self.type(debit)
        else:
            self.press("Enter").type(credit)
        return self.press("Enter")
