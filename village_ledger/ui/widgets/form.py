"""Parts of a calm form: labels left of fields, a line of help under them, sheets with a heading."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import (
    QAbstractSpinBox,
    QComboBox,
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QVBoxLayout,
    QWidget,
)

from village_ledger.ui.look.theme import Theme

LABEL_CHARACTERS = 9
"""Labels of all sections stand in one column this wide."""
FORM_CHARACTERS = 64
"""Wider than this a form is hard to follow by eye."""
FIELD_CHARACTERS = 36
"""A field no wider than what is written into it; the help under it may be longer."""
_OF_WORDS = (QLineEdit, QComboBox, QAbstractSpinBox)


class Section(QFrame):
    """A sheet with a heading and rows: label, field, help under the field."""

    def __init__(
        self,
        theme: Theme,
        heading: str,
        parent: QWidget | None = None,
        *,
        label: int = LABEL_CHARACTERS,
        looks: bool = False,
    ) -> None:
        """``label`` characters have room left of the fields; a sheet that ``looks`` writes nothing into the book."""
        super().__init__(parent)
        self._looks = looks
        self._away = False
        self._looking: list[QWidget] = []
        self._lines: list[tuple[QWidget, ...]] = []
        self._theme = theme
        self._label = label
        self._fields: list[QWidget] = []
        self.setProperty("look", "sheet")
        self._title = title = QLabel(heading)
        title.setProperty("look", "heading")
        self._grid = QGridLayout()
        self._grid.setColumnStretch(1, 1)
        self._grid.setHorizontalSpacing(18)
        self._grid.setVerticalSpacing(6)
        column = QVBoxLayout(self)
        column.setContentsMargins(22, 14, 22, 16)
        column.setSpacing(10)
        column.addWidget(title)
        column.addLayout(self._grid)
        self._rows = 0
        self._lay_out()
        theme.changed.connect(self._lay_out)

    def set_heading(self, heading: str) -> None:
        """Another heading over the same fields."""
        self._title.setText(heading)

    def serves_looking(self, *fields: QWidget) -> None:
        """These fields choose what is looked at; the others of the sheet write."""
        self._looking += fields

    def put_away(self) -> bool:
        """A package is open: what writes is not shown; True where nothing of the sheet is left."""
        if self._looks:
            return False
        self._title.hide()  # it says what is done there
        for line in self._lines:
            kept = line[:2] if line[1] in self._looking else ()
            for part in line[len(kept) :]:
                part.hide()
        self._away = not self._looking
        if self._away:
            self.hide()
        return self._away

    def setVisible(self, visible: bool) -> None:
        """Stay away where nothing may be written."""
        super().setVisible(visible and not self._away)

    def showEvent(self, event: QShowEvent) -> None:
        """One laid out later finds out where it stands."""
        super().showEvent(event)
        from village_ledger.ui.page import Page

        place = self.parentWidget()
        while place is not None and not isinstance(place, Page):
            place = place.parentWidget()
        if place is not None and place.reviewing:
            self.put_away()

    def _lay_out(self) -> None:
        """Widths follow the text size."""
        px = self._theme.px
        self._grid.setColumnMinimumWidth(0, self._label * px.body)
        for field in self._fields:
            field.setMaximumWidth(FIELD_CHARACTERS * px.form)
        self.setMaximumWidth(FORM_CHARACTERS * px.form)

    def add_row(
        self, label: str, field: QWidget, hint: str = "", *, tall: bool = False
    ) -> tuple[QWidget, ...]:
        """A field with its label, beside the upper edge of a ``tall`` one; the hint stands under it.

        Returns what stands in the row, so that it can be hidden.
        """
        name = QLabel(label)
        name.setProperty("look", "label")
        name.setBuddy(field)
        if not field.accessibleName():
            field.setAccessibleName(label)
        top = self._rows
        self._grid.addWidget(
            name, top, 0, Qt.AlignmentFlag.AlignTop if tall else Qt.AlignmentFlag.AlignVCenter
        )
        self._place(field, top)
        self._rows += 2
        line: tuple[QWidget, ...] = (name, field)
        if hint:
            words = QLabel(hint)
            words.setProperty("look", "hint")
            words.setWordWrap(True)
            self._grid.addWidget(words, top + 1, 1)
            line = (name, field, words)
        self._lines.append(line)
        return line

    def _place(self, field: QWidget, row: int) -> None:
        """A field of words ends where they do; anything else has the whole row."""
        if not isinstance(field, _OF_WORDS) or field.maximumWidth() == field.minimumWidth():
            self._grid.addWidget(field, row, 1)
            return
        line = QHBoxLayout()
        line.addWidget(field, 1000)
        line.addStretch(1)
        self._grid.addLayout(line, row, 1)
        self._fields.append(field)
        field.setMaximumWidth(FIELD_CHARACTERS * self._theme.px.form)
