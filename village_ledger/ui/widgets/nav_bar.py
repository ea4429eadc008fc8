"""The bar at the left: one entry per page, icon and word; words alone in a narrow window and in 特大."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QFrame, QScrollArea, QSizePolicy, QVBoxLayout, QWidget

from village_ledger.ui.look.theme import Role, Theme
from village_ledger.ui.look.tokens import Contrast


class NavEntry(QAbstractButton):
    """One entry; the lit one tinted, with a bar at its left."""

    def __init__(self, theme: Theme, name: str, words: str, icon: str) -> None:
        super().__init__()
        self._theme = theme
        self.name = name
        self._icon = icon
        self.setText(words)
        self.setAccessibleName(words)
        self.setCheckable(True)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        """A row of the nav."""
        return QSize(self._theme.px.nav, self._theme.px.nav_row)

    def _colours(self) -> tuple[QColor | None, QColor]:
        """Ground and text."""
        theme, accent = self._theme, self._theme.accent
        if not self.isChecked():
            return None, theme.colour("ink2")
        if theme.tokens.contrast is Contrast.HIGH:
            return QColor(accent.strong), QColor(accent.on_strong)
        return QColor(accent.tint), theme.colour("ink")

    def paintEvent(self, event: QPaintEvent) -> None:
        """Ground, bar, icon, word, focus box."""
        del event
        theme = self._theme
        painter = QPainter(self)
        ground, ink = self._colours()
        if ground is not None:
            painter.fillRect(self.rect(), ground)
            painter.fillRect(0, 0, theme.px.unit, self.height(), theme.colour("accent"))
        font = theme.font(Role.FORM, bold=self.isChecked())
        painter.setFont(font)
        painter.setPen(ink)
        if theme.px.icon:
            self._paint_with_icon(painter, ink)
        else:
            painter.drawText(self.rect(), Qt.AlignmentFlag.AlignCenter, self.text())
        if self.hasFocus():
            painter.setPen(theme.pen("focus", theme.px.focus))
            painter.drawRect(QRectF(self.rect()).adjusted(2, 2, -2, -2))
        painter.end()

    def _paint_with_icon(self, painter: QPainter, ink: QColor) -> None:
        """Icon before the word."""
        from village_ledger.ui.widgets.icons import paint_icon

        side = self._theme.px.icon
        box = QRectF(24, (self.height() - side) / 2, side, side)
        paint_icon(painter, box, self._icon, ink.name())
        words = QRectF(box.right() + 11, 0, self.width(), self.height())
        painter.drawText(words, Qt.AlignmentFlag.AlignVCenter, self.text())


class NavBar(QWidget):
    """Entries from the top, set-up at the foot."""

    chosen = Signal(str)

    def __init__(
        self,
        theme: Theme,
        upper: tuple[tuple[str, str, str], ...],
        lower: tuple[tuple[str, str, str], ...],
        parent: QWidget | None = None,
    ) -> None:
        """Make it from (page, word, icon) triples."""
        super().__init__(parent)
        self._theme = theme
        self.entries: list[NavEntry] = []
        content = QWidget()
        self._column = column = QVBoxLayout(content)
        column.setSpacing(0)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 1, 0)
        outer.addWidget(self._scrolled(content))
        for group in (upper, lower):
            for name, words, icon in group:
                entry = NavEntry(theme, name, words, icon)
                entry.clicked.connect(lambda _checked=False, name=name: self.chosen.emit(name))
                self.entries.append(entry)
                column.addWidget(entry)
            if group is upper:
                column.addStretch(1)
        self._lay_out()
        theme.changed.connect(self._lay_out)

    def light(self, name: str) -> None:
        """Light the entry of a page."""
        for entry in self.entries:
            entry.setChecked(entry.name == name)

    @staticmethod
    def _scrolled(content: QWidget) -> QScrollArea:
        """Where the window is too low for all entries the bar scrolls, without a scroll bar: Tab and the wheel move it."""
        area = QScrollArea()
        area.setWidget(content)
        area.setWidgetResizable(True)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setMinimumSize(1, 1)
        area.viewport().setAutoFillBackground(False)
        content.setAutoFillBackground(False)
        return area

    def _lay_out(self) -> None:
        self.setFixedWidth(self._theme.px.nav)
        edge = 2 if self._theme.tokens.narrow else 8
        self._column.setContentsMargins(0, edge, 0, edge)
        for entry in self.entries:
            entry.updateGeometry()
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paper ground and a hair at the right."""
        del event
        painter = QPainter(self)
        painter.fillRect(self.rect(), self._theme.colour("paper"))
        painter.fillRect(self.width() - 1, 0, 1, self.height(), self._theme.colour("edge"))
        painter.end()
