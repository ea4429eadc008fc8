"""The twelve months of a year and the state each is in: 开 white · 核 heavy frame · 结 grey · 封 grey, red seal."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetricsF, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from village_ledger.domain.period import MONTH_STATE_NAMES, Month, MonthState
from village_ledger.i18n import tr
from village_ledger.ui.look.theme import Role, Theme

if TYPE_CHECKING:
    from village_ledger.storage.records import MonthInfo

GAP = 3
ARROW = 26
"""Room for ◂ and ▸, px."""


class MonthStrip(QWidget):
    """Year, arrows and months; with little room one month between two arrows. Left and Right move, a click chooses."""

    chosen = Signal(object)
    """A Month was chosen."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._months: list[MonthInfo] = []
        self._current: Month | None = None
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        theme.changed.connect(self._on_theme)

    def show_months(self, months: Sequence[MonthInfo], current: Month) -> None:
        """All months of the open years, and the one in view."""
        self._months = list(months)
        self._current = current
        state = MONTH_STATE_NAMES[self._state(current)]
        self.setAccessibleName(
            tr("{year}年{month}月，{state}", year=current.year, month=current.month, state=state)
        )
        self.updateGeometry()
        self.update()

    # where things are

    @property
    def _small(self) -> bool:
        """Whether there is room for one month only."""
        return self._theme.tokens.tight

    @property
    def _several_years(self) -> bool:
        return len({m.month.year for m in self._months}) > 1

    def _cell_width(self) -> int:
        return self._theme.px.month_cell + (self._theme.px.body - 15)

    def _year_width(self) -> float:
        font = self._theme.font(Role.BODY, bold=True)
        return QFontMetricsF(font).horizontalAdvance("2025") + (2 * ARROW if self._several_years else 8)

    def _one_words(self) -> str:
        month = self._current
        return tr("{year}年{month}月", year=month.year, month=month.month) if month else ""

    def sizeHint(self) -> QSize:
        """Year and twelve cells, or one month between arrows."""
        height = self._theme.px.top_bar - (10 if self._theme.tokens.narrow else 20)
        if self._small:
            font = self._theme.font(Role.BODY, bold=True)
            width = (
                QFontMetricsF(font).horizontalAdvance(tr("2025年12月")) + 2 * ARROW + self._theme.px.body + 48
            )
            return QSize(round(width), height)
        return QSize(round(self._year_width() + 12 * (self._cell_width() + GAP)) + 4, height)

    def _cell(self, number: int) -> QRectF:
        """Box of a month, 1 to 12."""
        width = self._cell_width()
        left = self._year_width() + 4 + (number - 1) * (width + GAP)
        return QRectF(left, 0, width, self.height())

    def _state(self, month: Month) -> MonthState:
        return next((m.state for m in self._months if m.month == month), MonthState.OPEN)

    def _known(self, month: Month) -> bool:
        return any(m.month == month for m in self._months)

    # drawing

    def paintEvent(self, event: QPaintEvent) -> None:
        """Year and months."""
        del event
        if self._current is None:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self._small:
            self._paint_one(painter, self._current)
        else:
            self._paint_year(painter, self._current)
            for number in range(1, 13):
                self._paint_cell(painter, Month(self._current.year, number))
        if self.hasFocus():
            painter.setPen(self._theme.pen("focus", self._theme.px.focus))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRect(QRectF(self.rect()).adjusted(1.5, 1.5, -1.5, -1.5))
        painter.end()

    def _paint_year(self, painter: QPainter, current: Month) -> None:
        painter.setFont(self._theme.font(Role.BODY, bold=True))
        painter.setPen(self._theme.colour("ink"))
        box = QRectF(0, 0, self._year_width(), self.height())
        words = f"◂ {current.year} ▸" if self._several_years else str(current.year)
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, words)

    def _paint_cell(self, painter: QPainter, month: Month) -> None:
        theme, box, state = self._theme, self._cell(month.month), self._state(month)
        here = month == self._current
        shut = state in {MonthState.CLOSED, MonthState.SEALED}
        ground = "tint" if here else ("closed" if shut else "sheet")
        heavy = here or state is MonthState.CHECKING
        width = 2.0 if heavy else theme.px.line
        painter.setBrush(theme.colour(ground) if self._known(month) else Qt.BrushStyle.NoBrush)
        pen = QPen(theme.colour("accent" if here else ("ink2" if heavy else "edge")), width)
        if not self._known(month):
            pen.setStyle(Qt.PenStyle.DashLine)
        painter.setPen(pen)
        half = width / 2
        painter.drawRect(box.adjusted(half, half, -half, -half))
        painter.setFont(theme.font(Role.BODY, bold=here))
        painter.setPen(theme.colour("ink" if self._known(month) else "off"))
        upper = QRectF(box.left(), box.top() + 1, box.width(), box.height() * 0.56)
        painter.drawText(upper, Qt.AlignmentFlag.AlignCenter, str(month.month))
        if self._known(month):
            lower = QRectF(box.left(), box.top() + box.height() * 0.5, box.width(), box.height() * 0.48)
            self._paint_state(painter, lower, state, strong=here)

    def _paint_state(self, painter: QPainter, box: QRectF, state: MonthState, *, strong: bool) -> None:
        """The state's word; a sealed month carries it in a red seal box."""
        theme, word = self._theme, MONTH_STATE_NAMES[state]
        font = theme.font(Role.SMALL, bold=strong)
        painter.setFont(font)
        painter.setPen(theme.colour("ink2"))
        if state is MonthState.SEALED:
            side = theme.px.smallest + 4.0
            seal = QRectF(box.center().x() - side / 2, box.center().y() - side / 2, side, side)
            painter.setPen(QPen(theme.colour("red"), 1))
            painter.setBrush(theme.colour("sheet"))
            painter.drawRect(seal)
            box = seal
        elif strong:
            painter.setPen(theme.colour("accent"))
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, word)

    def _paint_one(self, painter: QPainter, current: Month) -> None:
        """◂ 2025年12月 [核] ▸"""  # noqa: D400, D415  the picture is the sentence
        theme = self._theme
        font = theme.font(Role.BODY, bold=True)
        width = QFontMetricsF(font).horizontalAdvance(self._one_words())
        painter.setFont(font)
        painter.setPen(theme.colour("ink"))
        height = self.height()
        arrow = Qt.AlignmentFlag.AlignCenter
        painter.drawText(QRectF(0, 0, ARROW, height), arrow, "◂")
        painter.drawText(QRectF(ARROW, 0, width + 4, height), arrow, self._one_words())
        side = theme.px.body + 16.0
        seal = QRectF(ARROW + width + 16, (height - side) / 2, side, side)
        painter.setPen(theme.pen("ink", max(2.0, theme.px.line)))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRect(seal)
        painter.drawText(seal, arrow, MONTH_STATE_NAMES[self._state(current)])
        painter.drawText(QRectF(seal.right() + 6, 0, ARROW, height), arrow, "▸")

    # choosing

    def _step(self, months: int) -> None:
        """Choose the month so many further, if the book has it."""
        if self._current is None:
            return
        ordinal = self._current.year * 12 + self._current.month - 1 + months
        self._choose(Month(ordinal // 12, ordinal % 12 + 1))

    def _choose(self, month: Month) -> None:
        if self._known(month) and month != self._current:
            self.chosen.emit(month)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A click on a month chooses it; on an arrow, the year or month beside."""
        x = event.position().x()
        if self._current is None:
            return
        if self._small:
            self._step(-1 if x < self.width() / 2 else 1)
        elif x < self._year_width():
            if self._several_years:
                self._step(-12 if x < self._year_width() / 2 else 12)
        else:
            for number in range(1, 13):
                if self._cell(number).contains(event.position()):
                    self._choose(Month(self._current.year, number))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Left and Right by a month, Up and Down by a year."""
        steps = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1, Qt.Key.Key_Up: -12, Qt.Key.Key_Down: 12}
        step = steps.get(Qt.Key(event.key()))
        if step is None:
            super().keyPressEvent(event)
        else:
            self._step(step)

    def _on_theme(self) -> None:
        self.updateGeometry()
        self.update()
