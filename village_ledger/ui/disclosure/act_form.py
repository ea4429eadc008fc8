"""A form that asks for one act: built anew for each, Enter goes from field to field and does it at the last."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from village_ledger.domain.half_width import half_width
from village_ledger.domain.period import parse_day
from village_ledger.ui.beginning.lock_screen import pin_field
from village_ledger.ui.look.theme import Theme
from village_ledger.ui.widgets.form import Section
from village_ledger.ui.widgets.pick_list import PickList

LABEL = 6


@dataclass(frozen=True, slots=True)
class Ask:
    """One field: text, or a list to choose from (``options`` of words and values), or a PIN."""

    key: str
    label: str
    hint: str = ""
    text: str = ""
    options: Sequence[tuple[str, str]] = ()
    secret: bool = False
    limit: int = 500


@dataclass(frozen=True, slots=True)
class FormAct:
    """An act the form can ask for; ``run`` is called when it is to be done."""

    id: str
    heading: str
    verb: str
    asks: Sequence[Ask] = ()
    run: Callable[[], object] | None = None
    said: Sequence[str] = field(default=())
    """Lines under the heading: what holds here."""


class ActForm(QWidget):
    """Fields of one act; the same act asked again keeps what is typed."""

    def __init__(self, theme: Theme, finish: Callable[[], object]) -> None:
        super().__init__()
        self._theme, self._finish = theme, finish
        self.act: FormAct | None = None
        self.fields: dict[str, QLineEdit | PickList] = {}
        self._key = ""
        self._section: Section | None = None
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)

    def show_act(self, act: FormAct, key: str) -> bool:
        """Ask for an act; ``key`` names what it is done to. False when it was asked for already and stays as typed."""
        same = key == self._key and self._section is not None
        self.act = act
        if same:
            return False
        self._key = key
        self.clear()
        self.fields = {}
        self._section = made = Section(self._theme, act.heading, label=LABEL)
        for ask in act.asks:
            made.add_row(ask.label, self._field(ask), ask.hint)
        self._column.addWidget(made)
        return True

    def clear(self) -> None:
        """The next act is asked for anew."""
        if self._section is not None:
            self._column.removeWidget(self._section)
            self._section.hide()
            self._section.deleteLater()
            self._section = None

    def forget(self) -> None:
        """What was typed belongs to something else."""
        self._key = ""

    def text(self, key: str) -> str:
        """What stands in a field, or the value chosen."""
        found = self.fields.get(key)
        if isinstance(found, PickList):
            return str(found.currentData() or "")
        return found.text().strip() if found is not None else ""

    def day(self, key: str = "day") -> date:
        """A day; raises PeriodError for what is none."""
        return parse_day(half_width(self.text(key)))

    def day_or_none(self, key: str) -> date | None:
        """The same, None for an empty field."""
        return self.day(key) if self.text(key) else None

    def focus_first(self) -> None:
        """Into the first field that wants something."""
        for found in self.fields.values():
            if isinstance(found, PickList) or not found.text():
                found.setFocus(Qt.FocusReason.OtherFocusReason)
                return
        for found in self.fields.values():
            found.setFocus(Qt.FocusReason.OtherFocusReason)
            return

    # inside

    def _field(self, ask: Ask) -> QLineEdit | PickList:
        made: Any
        if ask.options:
            made = PickList()
            for words, value in ask.options:
                made.addItem(words, value)
            made.setCurrentIndex(max(0, made.findData(ask.text)))
        else:
            made = pin_field(ask.label) if ask.secret else QLineEdit()
            made.setMaxLength(ask.limit)
            made.setText(ask.text)
            made.returnPressed.connect(lambda key=ask.key: self._after(key))
        self.fields[ask.key] = made
        return made

    def _after(self, key: str) -> None:
        """The next field, or the act after the last."""
        keys = list(self.fields)
        place = keys.index(key) + 1
        if place < len(keys):
            self.fields[keys[place]].setFocus(Qt.FocusReason.TabFocusReason)
        else:
            self._finish()
