"""A row of choices of which one holds: words in boxes, the chosen one framed heavily and bold."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QMenu, QWidget

from village_ledger.ui.look.theme import Theme
from village_ledger.ui.widgets.buttons import Button, Look


class Choices(QWidget):
    """Exclusive buttons; Left and Right move among them, Space or a click chooses."""

    chosen = Signal(str)
    """Value of the choice a person made."""

    def __init__(
        self,
        theme: Theme,
        name: str,
        choices: Sequence[tuple[str, str]],
        value: str,
        parent: QWidget | None = None,
    ) -> None:
        """``choices`` are (value, words); ``name`` is read out before the words."""
        super().__init__(parent)
        self._group = QButtonGroup(self)
        self._values: list[str] = []
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(10)
        for number, (choice, words) in enumerate(choices):
            button = Button(theme, words, Look.CHOICE)
            button.setAccessibleName(f"{name}：{words}")
            button.setChecked(choice == value)
            self._group.addButton(button, number)
            self._values.append(choice)
            row.addWidget(button)
        row.addStretch(1)
        self._group.idClicked.connect(lambda number: self.chosen.emit(self._values[number]))

    @property
    def value(self) -> str:
        """The chosen value."""
        return self._values[self._group.checkedId()]

    def set_value(self, value: str) -> None:
        """Choose without telling."""
        self._group.button(self._values.index(value)).setChecked(True)

    def fold_into(self, menu: QMenu) -> None:
        """Offer the choices in a menu, where they themselves have no room."""
        for button in self._group.buttons():
            entry = menu.addAction(button.text(), button.click)
            entry.setCheckable(True)
            entry.setChecked(button.isChecked())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Left and Right."""
        step = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}.get(Qt.Key(event.key()))
        if step is None:
            super().keyPressEvent(event)
            return
        number = (self._group.checkedId() + step) % len(self._values)
        button = self._group.button(number)
        button.setFocus(Qt.FocusReason.OtherFocusReason)
        button.click()
