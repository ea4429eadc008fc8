"""How many villages came to which verdict: a figure, a mark and the word in a cell; a cell shows its villages alone."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFontMetricsF, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QButtonGroup, QFrame, QHBoxLayout, QSizePolicy

from village_ledger.i18n import tr
from village_ledger.ui.look.theme import Role, Theme
from village_ledger.ui.widgets.state_mark import Check, paint_check

_RULE = 3
"""Thickness of the line under the cell whose villages show, in lines."""


class VerdictCell(QAbstractButton):
    """One count; the chosen one is tinted and stands on a heavy line."""

    def __init__(self, theme: Theme, words: str, check: Check | None) -> None:
        super().__init__()
        self._theme, self.words, self._check = theme, words, check
        self.count = 0
        self.setCheckable(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.show_count(0)

    def show_count(self, count: int) -> None:
        """Another figure."""
        self.count = count
        self.setAccessibleName(f"{count} {self.words}")
        self.setToolTip(tr("只看这些：{words}", words=self.words))
        self.update()

    def sizeHint(self) -> QSize:
        """A figure's height and some air; what it says may be cut."""
        figure = QFontMetricsF(self._theme.font(Role.FIGURE_BIG))
        return QSize(self._theme.px.row, round(figure.height() + 4 * self._theme.px.unit))

    def minimumSizeHint(self) -> QSize:
        """It gives way: nothing forces the window."""
        return QSize(self._theme.px.row, self.sizeHint().height())

    def paintEvent(self, event: QPaintEvent) -> None:
        """Ground, figure, mark, word, line."""
        del event
        theme, px = self._theme, self._theme.px
        painter = QPainter(self)
        accent = theme.accent
        if self.isChecked():
            painter.fillRect(self.rect(), QColor(accent.tint))
            painter.fillRect(0, self.height() - _RULE, self.width(), _RULE, theme.colour("ink"))
        x = float(px.gap)
        figure = theme.font(Role.FIGURE_BIG)
        painter.setFont(figure)
        painter.setPen(theme.colour("ink"))
        text = str(self.count)
        room = QFontMetricsF(figure).horizontalAdvance(text)
        flags = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft
        painter.drawText(QRectF(x, 0, room + px.unit, self.height()), flags, text)
        x += room + px.cell
        body = theme.font()
        side = QFontMetricsF(body).height() + 2
        if self._check is not None:
            paint_check(painter, theme, QRectF(x, (self.height() - side) / 2, side, side), self._check)
            x += side + px.cell
        painter.setFont(body)
        left = self.width() - x - px.unit
        words = QFontMetricsF(body).elidedText(self.words, Qt.TextElideMode.ElideRight, left)
        painter.drawText(QRectF(x, 0, left, self.height()), flags, words)
        if self.hasFocus():
            painter.setPen(theme.pen("ink", 2.5))
            painter.drawRect(self.rect().adjusted(2, 2, -2, -2))
        painter.end()


class VerdictStrip(QFrame):
    """Cells side by side; what counts nothing stays, so that places are learnt once. Arrows go from one to the next."""

    chosen = Signal(int)

    def __init__(self, theme: Theme, cells: Sequence[tuple[str, Check | None]]) -> None:
        super().__init__()
        self.setProperty("look", "sheet")
        self._group = QButtonGroup(self)
        row = QHBoxLayout(self)
        row.setContentsMargins(1, 1, 1, 1)
        row.setSpacing(1)
        self.cells: list[VerdictCell] = []
        for place, (words, check) in enumerate(cells):
            cell = VerdictCell(theme, words, check)
            self._group.addButton(cell, place)
            self.cells.append(cell)
            row.addWidget(cell, 1)
            if place < len(cells) - 1:
                line = QFrame()
                line.setProperty("look", "paper")
                line.setFrameShape(QFrame.Shape.VLine)
                row.addWidget(line)
        self.cells[0].setChecked(True)
        self._group.idClicked.connect(self.chosen)

    @property
    def place(self) -> int:
        """Whose villages show."""
        return self._group.checkedId()

    def choose(self, place: int) -> None:
        """Show a cell as the chosen one."""
        self.cells[place].setChecked(True)

    def show_counts(self, counts: Sequence[int]) -> None:
        """A figure for each cell."""
        for cell, count in zip(self.cells, counts, strict=True):
            cell.show_count(count)
        self.setAccessibleName("，".join(cell.accessibleName() for cell in self.cells))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc and the rest belong to the page."""
        event.ignore()
