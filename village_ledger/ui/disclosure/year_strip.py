"""A year of the disclosure calendar in twelve cells: what falls due in each month, the most pressing as a mark."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetricsF, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from village_ledger.domain.disclosure_standing import Line, State
from village_ledger.i18n import tr
from village_ledger.ui.look.theme import Role, Theme
from village_ledger.ui.widgets.state_mark import Check, paint_check

GAP = 3
MARKS = {
    State.LATE: Check.FAIL,
    State.PARTLY: Check.WARN,
    State.SOON: Check.WARN,
    State.AHEAD: Check.WAITING,
    State.DONE: Check.GOOD,
    State.DONE_LATE: Check.GOOD,
}
"""The mark of a state; what was excused has none."""
_PRESSING = (State.LATE, State.PARTLY, State.SOON, State.AHEAD, State.DONE_LATE, State.DONE, State.EXCUSED)


class YearStrip(QWidget):
    """◂ 2025 ▸ and its months; Left and Right go through the months, Up and Down through the years, a click chooses."""

    month_chosen = Signal(int)
    year_chosen = Signal(int)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self.year = 0
        self._months: dict[int, list[Line]] = {}
        self.month = 0
        """The month chosen last, 0 for none."""
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        theme.changed.connect(self._on_theme)

    def show_year(self, year: int, lines: Sequence[Line], month: int = 0) -> None:
        """What falls due in a year; ``month`` is marked as the one in view."""
        self.year, self.month = year, month
        self._months = {
            number: [x for x in lines if (x.due.day.year, x.due.day.month) == (year, number)]
            for number in range(1, 13)
        }
        self._say()
        self.update()

    def worst(self, month: int) -> State | None:
        """The most pressing state of a month, None where nothing falls due."""
        states = {line.state for line in self._months.get(month, ())}
        return next((state for state in _PRESSING if state in states), None)

    def sizeHint(self) -> QSize:
        """Two lines high."""
        px = self._theme.px
        return QSize(12 * px.month_cell, px.body + px.smallest + 4 * px.unit + 6)

    def minimumSizeHint(self) -> QSize:
        """It never forces the window."""
        return QSize(1, self.sizeHint().height())

    # drawing

    def _year_width(self) -> float:
        font = self._theme.font(Role.BODY, bold=True)
        return QFontMetricsF(font).horizontalAdvance("◂ 2025 ▸") + 2 * self._theme.px.unit

    def _cell(self, month: int) -> QRectF:
        left = self._year_width()
        width = (self.width() - left) / 12
        return QRectF(left + (month - 1) * width + GAP, 0, width - GAP, self.height())

    def paintEvent(self, event: QPaintEvent) -> None:
        """Year and months."""
        del event
        painter = QPainter(self)
        painter.setFont(self._theme.font(Role.BODY, bold=True))
        painter.setPen(self._theme.colour("ink"))
        box = QRectF(0, 0, self._year_width(), self.height())
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, f"◂ {self.year} ▸")
        for month in range(1, 13):
            self._paint_cell(painter, month)
        if self.hasFocus():
            painter.setPen(self._theme.pen("focus", self._theme.px.focus))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRect(QRectF(self.rect()).adjusted(1.5, 1.5, -1.5, -1.5))
        painter.end()

    def _paint_cell(self, painter: QPainter, month: int) -> None:
        theme, box, here = self._theme, self._cell(month), month == self.month
        painter.setBrush(theme.colour("tint" if here else "sheet"))
        width = 2.0 if here else theme.px.line
        painter.setPen(QPen(theme.colour("accent" if here else "edge"), width))
        painter.drawRect(box.adjusted(width / 2, width / 2, -width / 2, -width / 2))
        painter.setFont(theme.font(Role.BODY, bold=here))
        painter.setPen(theme.colour("ink"))
        upper = QRectF(box.left(), box.top() + theme.px.unit, box.width(), theme.px.body + theme.px.unit)
        painter.drawText(upper, Qt.AlignmentFlag.AlignCenter, str(month))
        lines, state = self._months.get(month, []), self.worst(month)
        if state is None:
            return
        side = float(theme.px.smallest)
        top = box.bottom() - side - theme.px.unit - 2
        font = theme.font(Role.SMALL)
        count = str(len(lines))
        words = QFontMetricsF(font).horizontalAdvance(count)
        left = box.center().x() - (side + 3 + words) / 2
        if state in MARKS:
            paint_check(painter, theme, QRectF(left, top, side, side), MARKS[state])
        painter.setFont(font)
        painter.setPen(theme.colour("ink2"))
        painter.drawText(
            QRectF(left + side + 3, top - 2, words + 2, side + 4), Qt.AlignmentFlag.AlignCenter, count
        )

    # choosing

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A month, or the year before or after."""
        if event.position().x() < self._year_width():
            self.year_chosen.emit(self.year + (-1 if event.position().x() < self._year_width() / 2 else 1))
            return
        for month in range(1, 13):
            if self._cell(month).contains(event.position()):
                self._choose(month)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows."""
        key = Qt.Key(event.key())
        if key in (Qt.Key.Key_Left, Qt.Key.Key_Right):
            self._choose(min(max(self.month + (1 if key is Qt.Key.Key_Right else -1), 1), 12))
        elif key in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            self.year_chosen.emit(self.year + (1 if key is Qt.Key.Key_Down else -1))
        else:
            super().keyPressEvent(event)

    def _choose(self, month: int) -> None:
        self.month = month
        self._say()
        self.update()
        self.month_chosen.emit(month)

    def _say(self) -> None:
        """For those who listen: the year, the month in view, how many and how the most pressing stands."""
        if not self.month:
            self.setAccessibleName(tr("{year}年的公开日历", year=self.year))
            return
        state, count = self.worst(self.month), len(self._months.get(self.month, ()))
        how = tr("{count} 件，{state}", count=count, state=state.words) if state else tr("没有到期的")
        self.setAccessibleName(tr("{year}年{month}月，{how}", year=self.year, month=self.month, how=how))

    def _on_theme(self) -> None:
        self.updateGeometry()
        self.update()
