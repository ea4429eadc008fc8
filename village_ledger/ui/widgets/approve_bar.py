"""Approving in the page: the resolution, who approves, and the PIN of a person who is not the one at the keyboard."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QLabel, QLineEdit

from village_ledger.i18n import tr
from village_ledger.ui.beginning.lock_screen import pin_field
from village_ledger.ui.look.theme import Theme
from village_ledger.ui.shares.share_figures import resolution_words
from village_ledger.ui.widgets.buttons import Button, Look
from village_ledger.ui.widgets.pick_list import PickList

if TYPE_CHECKING:
    from village_ledger.storage.interledger.records import Resolution

Approve = Callable[[str, str, str], object]
"""Takes the resolution, the person, the PIN."""


class ApproveBar(QFrame):
    """Hidden until asked; Enter goes from field to field, Esc puts it away."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.setProperty("look", "sheet")
        self._theme = theme
        self._done: Approve | None = None
        self._back: Callable[[], object] | None = None
        self.question = QLabel()
        self.question.setProperty("look", "strong")
        self.question.setWordWrap(True)
        self.resolution, self.second = PickList(tr("决议")), QLineEdit()
        self.pin = pin_field(tr("批准人的密码"))
        self.second.setMaxLength(30)
        self.act = Button(theme, tr("批准"), Look.MAIN, "Enter")
        self.cancel = Button(theme, tr("先不批准"), Look.PLAIN, "Esc")
        grid = QGridLayout(self)
        grid.setContentsMargins(16, 10, 16, 10)
        grid.addWidget(self.question, 0, 0, 1, 4)
        self._labels: list[QLabel] = []
        places = (
            (self.resolution, tr("决议"), 1, 0, 3),
            (self.second, tr("批准人"), 2, 0, 1),
            (self.pin, tr("密码"), 2, 2, 1),
        )
        for field, words, row, column, span in places:
            label = QLabel(words)
            label.setProperty("look", "label")
            label.setBuddy(field)
            field.setAccessibleName(words)
            field.setMinimumWidth(1)
            grid.addWidget(label, row, column)
            grid.addWidget(field, row, column + 1, 1, span)
            self._labels.append(label)
        grid.setColumnStretch(1, 1)
        grid.setColumnStretch(3, 1)
        buttons = QHBoxLayout()
        buttons.addStretch(1)
        buttons.addWidget(self.act)
        buttons.addWidget(self.cancel)
        grid.addLayout(buttons, 3, 0, 1, 4)
        self.act.clicked.connect(self._finish)
        self.cancel.clicked.connect(self.put_away)
        self.second.returnPressed.connect(lambda: self.pin.setFocus(Qt.FocusReason.TabFocusReason))
        self.pin.returnPressed.connect(self._finish)
        self.hide()

    @property
    def asking(self) -> bool:
        """Whether the question is open."""
        return self._done is not None

    def ask(
        self,
        question: str,
        listed: Sequence[Resolution],
        chosen: str,
        *,
        needed: bool,
        second: str,
        done: Approve,
        back: Callable[[], object],
    ) -> None:
        """Ask; ``listed`` are the resolutions that may decide, asked for only where one is ``needed``."""
        self._done, self._back = done, back
        self.question.setText(question)
        self.resolution.clear()
        if len(listed) > 1 and not chosen:
            self.resolution.addItem(tr("请选一份"), "")
        for one in listed:
            self.resolution.addItem(resolution_words(one), one.number)
        if not listed:
            self.resolution.addItem(tr("没有登记过合适的决议"), "")
        for part in (self._labels[0], self.resolution):
            part.setVisible(needed)
        self.resolution.setCurrentIndex(max(0, self.resolution.findData(chosen)))
        self.second.setText(second)
        self.pin.clear()
        self.show()
        first = self.resolution if needed and len(listed) > 1 and not chosen else self.second
        first.setFocus(Qt.FocusReason.OtherFocusReason)

    def put_away(self) -> None:
        """Close without doing anything."""
        self._done = None
        self.hide()
        if self._back is not None:
            self._back()

    def _finish(self) -> None:
        done = self._done
        if done is None:
            return
        said = (str(self.resolution.currentData() or ""), self.second.text().strip(), self.pin.text())
        self.put_away()
        done(*said)
