"""The sheet one writes on: heading, lines, totals, foot, in either look."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from PySide6.QtCore import QPointF, QRect, Qt, Signal
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from village_ledger.i18n import tr
from village_ledger.ui.look.theme import Role, Theme
from village_ledger.ui.voucher.voucher_days import DayProblem
from village_ledger.ui.voucher.voucher_editing import VoucherEditing
from village_ledger.ui.voucher.voucher_foot import VoucherFoot
from village_ledger.ui.voucher.voucher_grid import VoucherGrid
from village_ledger.ui.voucher.voucher_head_row import VoucherTotals
from village_ledger.ui.voucher.voucher_heading import VoucherHeading
from village_ledger.ui.voucher.voucher_style import VoucherLook, room_is_short, voucher_style

_TOP_RULE = 5
_WATERMARK_SHARE = 0.06
_WATERMARK_TURN = -18


class _Watermark(QWidget):
    """演示 across the sheet of a demonstration book: six in a hundred of ink, never in the way."""

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Two characters, turned."""
        del event
        painter = QPainter(self)
        font = self._theme.font(Role.SERIF, bold=True)
        font.setPixelSize(max(self.height() // 4, 1))
        ink = QColor(self._theme.colour("ink"))
        ink.setAlphaF(_WATERMARK_SHARE)
        painter.setFont(font)
        painter.setPen(ink)
        painter.translate(QPointF(self.rect().center()))
        painter.rotate(_WATERMARK_TURN)
        half = QRect(-self.width() // 2, -self.height() // 2, self.width(), self.height())
        painter.drawText(half, Qt.AlignmentFlag.AlignCenter, tr("演　示"))
        painter.end()


class VoucherForm(QFrame):
    """Arranges the parts; holds no data of its own."""

    worn = Signal()
    """Look, size or room changed and every part has followed."""

    def __init__(
        self,
        theme: Theme,
        editing: VoucherEditing,
        judge: Callable[[date], DayProblem | None],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.theme = theme
        self.look = VoucherLook.PAPER
        self.setMinimumWidth(1)  # its parts find their own way of standing where there is little room
        self.setProperty("look", "sheet")
        self._style = voucher_style(theme, self.look, theme.px.form * 80)
        self.heading = VoucherHeading(theme, judge)
        self.grid = VoucherGrid(editing.model, self._style)
        self.totals = VoucherTotals(self._style)
        self.foot = VoucherFoot()
        self._column = QVBoxLayout(self)
        self._column.setSpacing(0)
        self._column.addWidget(self.heading)
        self._column.addSpacing(theme.px.unit)
        self._column.addWidget(self.grid, 1)
        self._column.addWidget(self.totals)
        self._column.addSpacing(theme.px.unit)
        self._column.addWidget(self.foot)
        self._column.addStretch(0)
        self.grid.columns_laid.connect(self.totals.follow)
        self._watermark = _Watermark(theme, self)
        self._watermark.hide()
        self.wear(self.look)

    def wear(self, look: VoucherLook) -> None:
        """Take a look; what is typed and where the cursor stands do not change."""
        self.look = look
        self._follow()

    def _follow(self) -> None:
        px = self.theme.px
        sides = px.unit * 2 if room_is_short(px.form, self.width()) else px.page_edge + px.unit
        room = max(self.width() - 2 * sides, 1)
        style = voucher_style(self.theme, self.look, room)
        if style == self._style and self.heading.isVisible():
            return
        self._style = style
        top = _TOP_RULE if style.is_paper else 0
        self._column.setContentsMargins(sides, px.unit * 3 + top, sides, px.unit * 2)
        self._column.setStretchFactor(self.grid, 1)
        self.heading.wear(style, room)
        self.grid.wear(style)
        self.totals.wear(style)
        self.foot.wear(style, room)
        self.update()
        self.worn.emit()

    def follow_theme(self) -> None:
        """Size, contrast or ledger colour is another one."""
        self._follow()

    def show_watermark(self, shown: bool) -> None:
        """Mark a demonstration book."""
        self._watermark.setVisible(shown)
        self._watermark.raise_()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Boxes come and go with the room."""
        super().resizeEvent(event)
        self._watermark.setGeometry(self.rect())
        self._follow()

    def paintEvent(self, event: QPaintEvent) -> None:
        """The sheet, and on paper a rule of the ledger's colour along its top."""
        super().paintEvent(event)
        if self.look is VoucherLook.PAPER:
            painter = QPainter(self)
            painter.fillRect(QRect(0, 0, self.width(), _TOP_RULE), self.theme.colour("accent"))
            painter.end()
