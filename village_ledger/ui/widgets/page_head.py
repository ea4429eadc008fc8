"""Head of a page: title in serif, a line beside it, the page's buttons, and the stamp at the far right."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSizePolicy, QWidget

from village_ledger.ui.widgets.stamp import Stamp, stamp_words

if TYPE_CHECKING:
    from village_ledger.ui.session import Session


class PageHead(QWidget):
    """Title, subtitle, buttons, stamp; 50 px high at standard size."""

    def __init__(self, session: Session, *, with_stamp: bool, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._title = QLabel()
        self._title.setProperty("look", "title")
        self._subtitle = QLabel()
        self._subtitle.setProperty("look", "label")
        self._subtitle.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.addWidget(self._title, 0, Qt.AlignmentFlag.AlignVCenter)
        self._row.addWidget(self._subtitle, 1, Qt.AlignmentFlag.AlignVCenter)
        self._stamp = self._make_stamp() if with_stamp and session.is_open else None
        self._lay_out()
        session.theme.changed.connect(self._lay_out)

    def title(self) -> str:
        """The title as it stands."""
        return self._title.text()

    def set_title(self, title: str, subtitle: str = "") -> None:
        """Title and the plain line beside it."""
        self._title.setText(title)
        self._subtitle.setText(subtitle)

    def add_widget(self, widget: QWidget) -> None:
        """Put a button or chooser at the right, before the stamp."""
        place = self._row.count() - (1 if self._stamp is not None else 0)
        self._row.insertWidget(place, widget, 0, Qt.AlignmentFlag.AlignVCenter)

    def _make_stamp(self) -> Stamp:
        session = self._session
        stamp = Stamp(session.theme, session.kind, stamp_words(session.info.village, session.kind))
        self._row.addWidget(stamp, 0, Qt.AlignmentFlag.AlignVCenter)
        session.ledger_changed.connect(self._follow_ledger)
        return stamp

    def _follow_ledger(self) -> None:
        if self._stamp is not None:
            kind = self._session.kind
            self._stamp.show_ledger(kind, stamp_words(self._session.info.village, kind))

    def _lay_out(self) -> None:
        px = self._session.theme.px
        self.setFixedHeight(max(px.head, px.stamp))
        self._row.setSpacing(px.gap + 2)
