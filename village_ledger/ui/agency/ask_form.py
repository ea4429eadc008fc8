"""A form asked in the page: a heading, some fields, the act. What is asked is data, so that one form serves many acts."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtGui import QHideEvent
from PySide6.QtWidgets import QLineEdit, QWidget

from village_ledger.i18n import tr
from village_ledger.ui.beginning.lock_screen import pin_field
from village_ledger.ui.look.theme import Theme
from village_ledger.ui.widgets.form_sheet import FormSheet
from village_ledger.ui.widgets.pick_list import PickList

NEW, AGAIN = "new", "again"
"""Keys of a PIN to be set and of the same typed again."""


@dataclass(frozen=True, slots=True)
class Asked:
    """One field: of words, of a PIN, or a list of (value, words)."""

    key: str
    label: str
    is_pin: bool = False
    choices: tuple[tuple[str, str], ...] = ()
    value: str = ""
    needed: bool = True
    hint: str = ""


def new_pin(whose: str) -> tuple[Asked, Asked]:
    """A PIN to be set, typed twice."""
    return Asked(NEW, whose, is_pin=True), Asked(AGAIN, tr("再打一遍"), is_pin=True)


class AskForm(FormSheet):
    """One sheet in the page; ``ask`` shows it, Enter acts, Esc puts it away."""

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme)
        self.fields: dict[str, QLineEdit | PickList] = {}
        self._asked: tuple[Asked, ...] = ()
        self._words = ""
        self._done: Callable[[dict[str, str]], object] | None = None
        self.act.clicked.connect(self._finish)
        self.hide()

    def ask(
        self,
        heading: str,
        asked: Sequence[Asked],
        verb: str,
        done: Callable[[dict[str, str]], object],
        words: str = "",
    ) -> None:
        """Show the form; ``done`` gets what was given, by key. ``words`` stand at the foot while nothing is missing."""
        self._empty()
        self._asked, self._done, self._words = tuple(asked), done, words
        self.heading.setText(heading)
        self.act.setText(verb)
        for place, one in enumerate(self._asked):
            self._put(place, one)
        self.make_room()
        self._follow()
        self.show()
        self.begin()

    def begin(self) -> None:
        """The cursor in the first field."""
        for field in self.fields.values():
            field.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        self.act.setFocus(Qt.FocusReason.OtherFocusReason)

    def typed(self) -> dict[str, str]:
        """What stands in the fields, by key."""
        return {
            key: str(field.currentData()) if isinstance(field, PickList) else _text(field)
            for key, field in self.fields.items()
        }

    def hideEvent(self, event: QHideEvent) -> None:
        """Put away: what was asked goes with it."""
        super().hideEvent(event)
        if self.isHidden():
            self._empty()

    def _put(self, place: int, one: Asked) -> None:
        field: QLineEdit | PickList
        if one.choices:
            field = PickList()
            for value, words in one.choices:
                field.addItem(words, value)
            field.setCurrentIndex(max(field.findData(one.value), 0))
            field.currentIndexChanged.connect(lambda _: self._follow())
        else:
            field = pin_field(one.label) if one.is_pin else QLineEdit(one.value)
            field.setPlaceholderText(one.hint)
            field.textChanged.connect(lambda _: self._follow())
            field.returnPressed.connect(self.act.click)
        row, column = divmod(place, 2)
        self.put(row, column, one.label, field, one.hint)
        self.fields[one.key] = field

    def _empty(self) -> None:
        self.fields.clear()
        while (item := self.grid.takeAt(0)) is not None:
            widget: QWidget | None = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()

    def _follow(self) -> None:
        """Say what is still missing; the rules themselves are the services'."""
        typed = self.typed()
        missing = next(
            (
                tr("还没有填{what}。", what=one.label)
                for one in self._asked
                if one.needed and not typed[one.key]
            ),
            "",
        )
        if not missing and typed.get(AGAIN, typed.get(NEW)) != typed.get(NEW):
            missing = tr("两遍新密码还不一样。")
        self.act.setEnabled(not missing)
        self.say(missing or self._words, needed=bool(missing))

    def _finish(self) -> None:
        if self._done is not None and self.act.isEnabled():
            self._done(self.typed())


def _text(field: QLineEdit) -> str:
    """As typed; of words without outer blanks."""
    hidden = field.echoMode() is QLineEdit.EchoMode.Password
    return field.text() if hidden else field.text().strip()
