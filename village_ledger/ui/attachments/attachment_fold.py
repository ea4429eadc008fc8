"""The attachments of a page that has little room: one line that takes drops and pastes, and opens into the strip."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from village_ledger.i18n import tr
from village_ledger.ui.attachments import attachment_files
from village_ledger.ui.attachments.attachment_strip import AttachmentStrip
from village_ledger.ui.widgets.buttons import Button, Look

if TYPE_CHECKING:
    from village_ledger.ui.operations import Operations
    from village_ledger.ui.session import Session
    from village_ledger.ui.widgets.slip import Slip


class AttachmentFold(QWidget):
    """A line with the count, a hint, and the way to the strip."""

    toggled = Signal(bool)
    """The strip was opened, or folded away."""

    def __init__(self, session: Session, operations: Operations, slip: Slip, key: str = "") -> None:
        super().__init__()
        self.setAcceptDrops(True)
        self.theme = session.theme
        self.strip = AttachmentStrip(session, operations, slip)
        self.strip.hide()
        self.strip.keep_low()
        self.line = Button(self.theme, tr("附件"), Look.PLAIN, key)
        self.line.clicked.connect(self.toggle)
        self.hint = QLabel()
        self.hint.setProperty("look", "hint")
        self.hint.setWordWrap(True)
        row = QHBoxLayout()
        row.setSpacing(self.theme.px.gap)
        row.addWidget(self.line)
        row.addWidget(self.hint, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(self.theme.px.unit)
        column.addLayout(row)
        column.addWidget(self.strip)
        self.strip.shown.connect(lambda _sheets: self._count())
        self._count()

    def toggle(self) -> None:
        """Open the strip, or fold it away."""
        self.open_up(on=self.strip.isHidden())

    def open_up(self, *, on: bool) -> None:
        """Show the strip or only the line."""
        self.strip.setVisible(on)
        self._count()
        self.toggled.emit(on)
        if on:
            self.strip.table.setFocus()

    def say(self, sentence: str) -> None:
        """Beside the count."""
        self.hint.setText(sentence)

    def _count(self) -> None:
        standing = sum(1 for one in self.strip.kept if one.stands)
        mark = "▴" if self.strip.isVisibleTo(self) else "▾"
        self.line.setText(
            tr("附件 {n} {mark}", n=standing, mark=mark) if standing else tr("附件 {mark}", mark=mark)
        )

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """As the strip takes them."""
        if self.strip.may_add() and attachment_files.takes(event.mimeData()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """What was dropped is attached."""
        event.acceptProposedAction()
        self.strip.take(attachment_files.of_mime(event.mimeData()))
