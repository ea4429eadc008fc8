"""The ochre strip under a page: the remarks pinned to the voucher, row or figure one stands on, with their answers."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLabel, QSizePolicy, QWidget

from village_ledger.i18n import tr
from village_ledger.ui.widgets.buttons import Button, Look
from village_ledger.ui.widgets.elided import ElidedLabel
from village_ledger.ui.widgets.pin_tag import paint_tag, tag_height, tag_width

if TYPE_CHECKING:
    from village_ledger.ui.look.theme import Theme
    from village_ledger.ui.review.pin_board import PinTag

SHOWN = 3
"""Remarks in full; the rest are counted."""


class TagMark(QWidget):
    """A tag by itself."""

    def __init__(self, theme: Theme, tag: PinTag) -> None:
        super().__init__()
        self._theme, self._tag = theme, tag
        self.setAccessibleName(tr("意见 {number}", number=tag.number))

    def sizeHint(self) -> QSize:
        """The tag."""
        return QSize(tag_width(self._theme, self._tag.number), tag_height(self._theme))

    def paintEvent(self, event: QPaintEvent) -> None:
        """The tag in the middle of the line."""
        del event
        painter, hint = QPainter(self), self.sizeHint()
        box = QRect(0, (self.height() - hint.height()) // 2, hint.width(), hint.height())
        paint_tag(painter, self._theme, box, self._tag.number, waits=self._tag.is_open)
        painter.end()


class PinStrip(QWidget):
    """Hidden while nothing is pinned where one stands."""

    def __init__(self, theme: Theme, look: Callable[[PinTag], object]) -> None:
        """``look`` goes to the list a remark stands in."""
        super().__init__()
        self._theme, self._look = theme, look
        self.tags: tuple[PinTag, ...] = ()
        self.setObjectName("pinStrip")
        self._row = QHBoxLayout(self)
        self._lines = QWidget()
        self.words: list[QLabel] = []
        self.button = Button(theme, tr("看这条意见"), Look.PLAIN)
        self.button.clicked.connect(lambda: self.tags and self._look(self.tags[0]))
        self._row.addWidget(self._lines, 1)
        self._row.addWidget(self.button)
        theme.changed.connect(self._restyle)
        self.hide()

    def _restyle(self) -> None:
        self.show_tags(self.tags)

    def show_tags(self, tags: Sequence[PinTag]) -> None:
        """Other remarks; none hides the strip."""
        self.tags = tuple(tags)
        px = self._theme.px
        self._row.setContentsMargins(px.page_edge, px.unit, px.page_edge, px.unit)
        old, self._lines = self._lines, QWidget()
        self._row.replaceWidget(old, self._lines)
        old.hide()
        old.deleteLater()
        grid = QGridLayout(self._lines)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(px.cell)
        grid.setVerticalSpacing(px.unit)
        grid.setColumnStretch(1, 1)
        self.words = []
        most = 1 if self._theme.tokens.narrow else SHOWN
        for number, tag in enumerate(self.tags[:most]):
            mark = TagMark(self._theme, tag)
            mark.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Preferred)
            mark.setFixedWidth(mark.sizeHint().width())
            text = self._words(tag, len(self.tags) - most if number == most - 1 else 0)
            words = ElidedLabel(text) if self._theme.tokens.narrow else QLabel(text)
            words.setTextFormat(Qt.TextFormat.PlainText)
            words.setWordWrap(not self._theme.tokens.narrow)
            words.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
            grid.addWidget(mark, number, 0)
            grid.addWidget(words, number, 1)
            self.words.append(words)
        self.setAccessibleName(" ".join(words.text() for words in self.words))
        self.setVisible(bool(self.tags))

    def _words(self, tag: PinTag, more: int) -> str:
        line = tr("钉在第 {line} 行　", line=tag.line) if tag.line else ""
        after = tr("　还有 {count} 条", count=more) if more > 0 else ""
        return f"{line}{tag.words()}{after}"

    def paintEvent(self, event: QPaintEvent) -> None:
        """Ochre tint under a line."""
        del event
        painter = QPainter(self)
        painter.fillRect(self.rect(), self._theme.colour("ochre_tint"))
        painter.fillRect(0, 0, self.width(), 1, self._theme.colour("ochre"))
        painter.end()
