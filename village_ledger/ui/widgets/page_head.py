"""Head of a page: title in serif, a line beside it, the page's buttons, and the stamp at the far right."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QSize
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QWidget

from village_ledger.ui.widgets.elided import ElidedLabel
from village_ledger.ui.widgets.stamp import Stamp, ledger_words
from village_ledger.ui.widgets.tool_row import Fill, ToolRow

if TYPE_CHECKING:
    from village_ledger.ui.look.tokens import Measures
    from village_ledger.ui.session import Session


class PageHead(QWidget):
    """Title, subtitle, buttons, stamp; 50 px high at standard size.

    Where there is little room the subtitle goes first, then buttons fold into 更多, at last the title is cut with ….
    A firm subtitle, which says of whom the page speaks, stays until the buttons have folded.
    """

    def __init__(self, session: Session, *, with_stamp: bool, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._title = ElidedLabel(look="title")
        self._subtitle = ElidedLabel(look="label")
        self._firm = False
        self.tools = ToolRow(session.theme, session.theme.px.gap + 2)
        for part in (self._title, self._subtitle, self.tools):
            part.setParent(self)
        self._stamp = self._make_stamp() if with_stamp and session.is_open else None
        self._px: Measures | None = None
        self._lay_out()
        session.theme.changed.connect(self._lay_out)

    def title(self) -> str:
        """The title as it stands."""
        return self._title.text()

    def set_title(self, title: str, subtitle: str = "", *, firm: bool = False) -> None:
        """Title and the plain line beside it; with ``firm`` buttons give way to it."""
        self._firm = firm and bool(subtitle)
        self._title.setText(title)
        self._subtitle.setText(subtitle)
        self._arrange()

    def add_widget(self, widget: QWidget, *, keeps: int = 0, fill: Fill | None = None) -> None:
        """Put a button or chooser at the right, before the stamp; see ``ToolRow.add``."""
        self.tools.add(widget, keeps=keeps, fill=fill)

    def show_stamp(self, *, shown: bool) -> None:
        """Take the stamp away from what belongs to both ledgers, or put it back."""
        if self._stamp is not None:
            self._stamp.setVisible(shown)
            self._arrange()

    def _make_stamp(self) -> Stamp:
        session = self._session
        stamp = Stamp(
            session.theme, session.kind, ledger_words(session.info.village, session.ledger), parent=self
        )
        session.ledger_changed.connect(self._follow_ledger)
        return stamp

    def _follow_ledger(self) -> None:
        if self._stamp is not None:
            kind = self._session.kind
            self._stamp.show_ledger(kind, ledger_words(self._session.info.village, self._session.ledger))

    def _lay_out(self) -> None:
        px = self._session.theme.px
        if px is self._px:
            return  # only another ledger's colour
        self._px = px
        self.setFixedHeight(max(px.head, px.stamp))
        self._arrange()

    # room

    @property
    def _gap(self) -> int:
        return self._session.theme.px.gap + 2

    def _behind(self) -> int:
        """Room of the stamp and the space before it."""
        return (
            self._stamp.sizeHint().width() + self._gap
            if self._stamp is not None and not self._stamp.isHidden()
            else 0
        )

    def minimumSizeHint(self) -> QSize:
        """A few characters of the title, what does not fold, the stamp."""
        tools = self.tools.minimumSizeHint().width()
        return QSize(
            self._title.minimumSizeHint().width() + self._gap + tools + self._behind(), self.height()
        )

    def event(self, event: QEvent) -> bool:
        """Words or buttons are other ones: share the room anew."""
        if event.type() in {QEvent.Type.LayoutRequest, QEvent.Type.Polish, QEvent.Type.StyleChange}:
            self._arrange()
        return super().event(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Share the room anew."""
        super().resizeEvent(event)
        self._arrange()

    def _arrange(self) -> None:
        height, gap = self.height(), self._gap
        right = self.width() - self._behind()
        if self._stamp is not None:
            side = self._stamp.sizeHint().width()
            self._stamp.setGeometry(self.width() - side, (height - side) // 2, side, side)
        title = self._title.wanted_width()
        firm = gap + self._subtitle.wanted_width() if self._firm else 0
        tools = self.tools.width_in(right - title - firm - gap)
        self.tools.setGeometry(right - tools, 0, tools, height)
        room = right - (tools + gap if tools else 0)
        title = min(title, room)
        self._title.setGeometry(0, 0, title, height)
        self._subtitle.setGeometry(title + gap, 0, max(0, room - title - gap), height)
