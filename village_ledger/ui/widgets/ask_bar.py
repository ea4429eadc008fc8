"""A question asked in the page: a reason, a span of days, a confirmation that names its object."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QLineEdit

from village_ledger.i18n import tr
from village_ledger.ui.look.theme import Theme
from village_ledger.ui.widgets.buttons import Button, Look

FIELD_CHARS = 10
"""Where the window is narrow the question wraps and the field keeps room for so many characters."""
_SPRING = 2
"""Place of the stretch behind the field."""


class AskBar(QFrame):
    """Asks one thing in the page instead of in a box over it: a question, a field, the act and the way back."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.setProperty("look", "sheet")
        self._theme = theme
        self._done: Callable[[str], object] | None = None
        self._back: Callable[[], object] | None = None
        self._wants_text = True
        self._label = QLabel()
        self._label.setProperty("look", "strong")
        self.field = QLineEdit()
        self._hint = QLabel()
        self._hint.setProperty("look", "label")
        self.act = Button(theme, "", Look.MAIN, "Enter")
        self.cancel = Button(theme, tr("先不做"), Look.PLAIN, "Esc")
        self._row = row = QHBoxLayout(self)
        self._make_room()
        theme.changed.connect(self._make_room)
        row.addWidget(self._label)
        row.addWidget(self.field, 3)
        row.addStretch(1)
        row.addWidget(self._hint)
        row.addWidget(self.act)
        row.addWidget(self.cancel)
        self.act.clicked.connect(self._finish)
        self.field.returnPressed.connect(self._finish)
        self.field.textChanged.connect(self._follow)
        self.cancel.clicked.connect(self.put_away)
        self.hide()

    def _make_room(self) -> None:
        px = self._theme.px
        above = px.unit // 2 if self._theme.tokens.narrow else px.cell
        self._row.setContentsMargins(px.gap + 2, above, px.gap + 2, above)
        self._row.setSpacing(px.gap)

    def ask(
        self,
        question: str,
        verb: str,
        done: Callable[[str], object],
        back: Callable[[], object],
        *,
        wants_text: bool = True,
        text: str = "",
        hint: str = "",
    ) -> None:
        """Show the question; ``done`` gets what was typed, ``back`` is called when the bar closes.

        ``text`` stands in the field at first, ``hint`` beside it while it is empty.
        """
        self._done, self._back, self._wants_text = done, back, wants_text
        self.field.setVisible(wants_text)
        self._label.setText(question)
        self._label.setBuddy(self.field)
        self.field.setAccessibleName(question)
        self.act.setText(verb)
        self.cancel.setText(tr("先不{verb}", verb=verb))
        self.field.setText(text)
        self.field.selectAll()
        self._hint.setText(hint)
        self._follow()
        self.show()
        (self.field if wants_text else self.act).setFocus(Qt.FocusReason.OtherFocusReason)

    @property
    def asking(self) -> bool:
        """Whether a question is open."""
        return self._done is not None

    def put_away(self) -> None:
        """Close without doing anything."""
        self._done = None
        self.hide()
        if self._back is not None:
            self._back()

    def _follow(self) -> None:
        named = not self._wants_text or bool(self.field.text().strip())
        self.act.setEnabled(named)
        narrow = self._theme.tokens.narrow
        self._hint.setVisible(not named and not narrow)
        self.field.setPlaceholderText(self._hint.text() if narrow else "")
        self._label.setWordWrap(narrow)
        self.field.setMinimumWidth(FIELD_CHARS * self._theme.px.form if narrow else 0)
        self._row.setStretch(_SPRING, 0 if narrow else 1)

    def _finish(self) -> None:
        text, done = self.field.text().strip(), self._done
        if done is not None and (text or not self._wants_text):
            self.put_away()
            done(text)
