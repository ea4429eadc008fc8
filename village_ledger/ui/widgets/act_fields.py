"""The fields of an act, made from their specs: label, field, help. Enter goes from field to field, after the last it acts."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit, QVBoxLayout, QWidget

from village_ledger.i18n import tr
from village_ledger.ui.look.theme import Theme
from village_ledger.ui.widgets.form import LABEL_CHARACTERS, Section
from village_ledger.ui.widgets.pick_list import PickList

Field = QLineEdit | PickList | QPlainTextEdit


@dataclass(frozen=True, slots=True)
class FieldSpec:
    """A field: its key in what is handed over, label, help; ``choices`` (value, words) make it a list."""

    key: str
    label: str
    hint: str = ""
    choices: tuple[tuple[str, str], ...] = ()
    limit: int = 100
    """Characters it takes; one of several lines takes any number."""
    lines: int = 1
    """Lines in view."""
    offered: bool = False
    """A list all the same: its choices stand in the book and are put in by the page."""


class ActFields(QWidget):
    """Sections of fields; ``finish`` is called after the last one."""

    edited = Signal()
    """A person changed a field."""

    def __init__(self, theme: Theme, finish: Callable[[], object]) -> None:
        super().__init__()
        self._theme, self._finish = theme, finish
        self.fields: dict[str, Field] = {}
        """By key, in the order of the form."""
        self._specs: dict[str, FieldSpec] = {}
        self._sections: list[Section] = []
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.addStretch(1)
        theme.changed.connect(self._lay_out)

    def clear(self) -> None:
        """Another act's fields come."""
        for section in self._sections:
            self._column.removeWidget(section)
            section.hide()
            section.deleteLater()
        self._sections, self._specs, self.fields = [], {}, {}

    def add(self, heading: str, specs: Sequence[FieldSpec], label: int = LABEL_CHARACTERS) -> None:
        """One more section; ``label`` characters have room left of its fields."""
        section = Section(self._theme, heading, label=label)
        for spec in specs:
            field = self.fields[spec.key] = self._made(spec)
            self._specs[spec.key] = spec
            section.add_row(tr(spec.label), field, tr(spec.hint) if spec.hint else "")
        self._column.insertWidget(len(self._sections), section)
        self._sections.append(section)
        self._lay_out()

    def said(self) -> dict[str, str]:
        """What stands in the fields, by key; of a list the value chosen."""
        return {key: text_of(field) for key, field in self.fields.items()}

    def put(self, key: str, text: str) -> None:
        """Write into a field, if the act has it; a list takes a value it did not offer, so that none is changed unseen."""
        field = self.fields.get(key)
        if isinstance(field, PickList):
            place = field.findData(text)
            if place < 0 and text:
                field.addItem(text, text)
                place = field.count() - 1
            field.setCurrentIndex(max(0, place))
        elif isinstance(field, QPlainTextEdit):
            field.setPlainText(text)
        elif field is not None:
            field.setText(text)

    def offer(self, key: str, choices: Sequence[tuple[str, str]]) -> None:
        """Other choices for a list, if the act has it; the one chosen stays where it is still offered."""
        field = self.fields.get(key)
        if not isinstance(field, PickList):
            return
        chosen = field.currentData()
        field.clear()
        for value, words in choices:
            field.addItem(words, value)
        field.setCurrentIndex(max(0, field.findData(chosen)))

    def begin(self) -> None:
        """The cursor in the first field that is still to be written."""
        order = list(self.fields.values())
        first = next((one for one in order if not isinstance(one, PickList) and not text_of(one)), order[0])
        first.setFocus(Qt.FocusReason.OtherFocusReason)

    # inside

    def _made(self, spec: FieldSpec) -> Field:
        if spec.choices or spec.offered:
            made = PickList()
            for value, words in spec.choices:
                made.addItem(tr(words), value)
            made.activated.connect(lambda _place: self.edited.emit())
            return made
        if spec.lines > 1:
            several = QPlainTextEdit()
            several.setTabChangesFocus(True)
            several.textChanged.connect(self.edited)
            return several
        line = QLineEdit()
        line.setMaxLength(spec.limit)
        line.textEdited.connect(lambda _text: self.edited.emit())
        line.returnPressed.connect(lambda: self._after(spec.key))
        return line

    def _after(self, key: str) -> None:
        """Enter goes to the next field, in the last one acts."""
        keys = list(self.fields)
        place = keys.index(key) + 1
        if place < len(keys):
            self.fields[keys[place]].setFocus(Qt.FocusReason.TabFocusReason)
        else:
            self._finish()

    def _lay_out(self) -> None:
        """Fields of several lines are as high as the text size asks."""
        line = self._theme.px.form + self._theme.px.cell
        for key, field in self.fields.items():
            if isinstance(field, QPlainTextEdit):
                field.setFixedHeight(self._specs[key].lines * line)


def text_of(field: Field) -> str:
    """What stands in a field; of a list the value chosen."""
    if isinstance(field, PickList):
        return str(field.currentData() or "")
    return field.toPlainText() if isinstance(field, QPlainTextEdit) else field.text()
