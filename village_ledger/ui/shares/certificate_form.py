"""The form of one act on share certificates, opened in the page: the day, why, a note; Enter goes on, F6 acts, Esc leaves."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from village_ledger.domain.period import parse_day
from village_ledger.i18n import tr
from village_ledger.ui.look.theme import Theme
from village_ledger.ui.widgets.buttons import Button, Look
from village_ledger.ui.widgets.choices import Choices
from village_ledger.ui.widgets.form import Section


@dataclass(frozen=True, slots=True)
class Asked:
    """What a form asks: heading, verb on its button, the choice it offers, whether a note belongs to it."""

    act: str
    heading: str
    verb: str
    label: str = ""
    choices: tuple[tuple[str, str], ...] = ()
    """(value, words), the first one chosen."""
    note: str = ""
    """Help under the note; empty: none is asked."""


@dataclass(frozen=True, slots=True)
class Said:
    """What was filled in."""

    act: str
    choice: str
    day_text: str
    note: str

    @property
    def day(self) -> date:
        """Raises PeriodError for what is no day."""
        return parse_day(self.day_text)


class CertificateForm(QWidget):
    """Hidden until something is asked; built anew for every act."""

    def __init__(self, theme: Theme, done: Callable[[Said], object], back: Callable[[], object]) -> None:
        super().__init__()
        self._theme = theme
        self._done = done
        self._back = back
        self.asked: Asked | None = None
        self._section: Section | None = None
        self.choice: Choices | None = None
        self.day = QLineEdit()
        self.note: QLineEdit | None = None
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self.hide()

    @property
    def asking(self) -> bool:
        """Whether an act is open."""
        return self.asked is not None

    def ask(self, asked: Asked, day: date) -> None:
        """Open an act."""
        self._clear()
        self.asked = asked
        self._section = section = Section(self._theme, asked.heading)
        self.choice = None
        if asked.choices:
            self.choice = Choices(self._theme, asked.label, asked.choices, asked.choices[0][0])
            section.add_row(asked.label, self.choice)
        self.day = QLineEdit(day.isoformat())
        section.add_row(tr("日期"), self.day)
        self.note = None
        if asked.note:
            self.note = QLineEdit()
            self.note.setMaxLength(100)
            section.add_row(tr("说明"), self.note, asked.note)
        last = self.note or self.day
        if last is not self.day:
            self.day.returnPressed.connect(lambda: last.setFocus(Qt.FocusReason.TabFocusReason))
        last.returnPressed.connect(self.finish)
        section.add_row("", self._buttons(asked))
        self._column.addWidget(section)
        self.show()
        (self._first_choice() or self.day).setFocus(Qt.FocusReason.OtherFocusReason)
        self.day.selectAll()

    def _first_choice(self) -> QWidget | None:
        return self.choice.findChild(Button) if self.choice is not None else None

    def _buttons(self, asked: Asked) -> QWidget:
        act = Button(self._theme, asked.verb, Look.MAIN, "F6")
        act.clicked.connect(self.finish)
        cancel = Button(self._theme, tr("先不{verb}", verb=asked.verb), Look.PLAIN, "Esc")
        cancel.clicked.connect(self.put_away)
        box = QWidget()
        row = QHBoxLayout(box)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(act)
        row.addWidget(cancel)
        row.addStretch(1)
        return box

    def finish(self) -> None:
        """Hand over what stands in it; it stays open until ``put_away``, so that nothing is typed twice."""
        if self.asked is not None:
            choice = self.choice.value if self.choice is not None else ""
            note = self.note.text() if self.note is not None else ""
            self._done(Said(self.asked.act, choice, self.day.text(), note))

    def put_away(self) -> None:
        """Close without doing anything."""
        self._clear()
        self.hide()
        self._back()

    def _clear(self) -> None:
        self.asked = None
        if self._section is not None:
            self._column.removeWidget(self._section)
            self._section.hide()
            self._section.deleteLater()
            self._section = None
