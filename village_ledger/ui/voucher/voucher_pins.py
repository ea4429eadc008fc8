"""Remarks on a voucher in view: the line one stands on in a voucher that is only looked at, and ochre tags beside its lines."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

from PySide6.QtCore import QEvent, QObject, QRect, Qt
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from village_ledger.ui.review.table_pins import cell_tag
from village_ledger.ui.voucher.voucher_lines_model import Column
from village_ledger.ui.voucher.voucher_route import Place
from village_ledger.ui.widgets.pin_tag import paint_tag, tag_height, tag_width

if TYPE_CHECKING:
    from village_ledger.domain.voucher import StoredVoucher
    from village_ledger.ui.page import Page
    from village_ledger.ui.review.pin_board import PinTag
    from village_ledger.ui.voucher.voucher_desk import VoucherDesk

_STEPS = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}


class VoucherPins(QObject):
    """Between the desk and what is pinned to the voucher on it."""

    def __init__(self, page: Page, desk: VoucherDesk) -> None:
        super().__init__(desk)
        self._page, self._desk = page, desk
        self._stored: StoredVoucher | None = None
        self.line = 0
        """The line one stands on, from 1; 0 for the voucher as a whole."""
        self.tags: list[PinTag] = []
        self._layer = _Tags(self, desk)
        grid = desk.form.grid
        for watched in (grid, grid.viewport(), desk.form):
            watched.installEventFilter(self)
        grid.columns_laid.connect(lambda _edges: self._layer.update())
        grid.verticalScrollBar().valueChanged.connect(lambda _value: self._layer.update())
        desk.form.worn.connect(self._layer.update)
        page.session.pins_changed.connect(self._follow)

    def show(self, stored: StoredVoucher | None) -> None:
        """Another voucher is on the desk, or the same one again."""
        if stored is None or self._stored is None or stored.id != self._stored.id:
            self.line = 0
        self._stored = stored
        self._follow()

    def where(self) -> dict[str, Any]:
        """The stored voucher in view, and the line one stands on."""
        if self._stored is None:
            return {}
        return {"voucher_id": self._stored.id, **({"line": self.line} if self.line else {})}

    def stand(self, line: int) -> None:
        """Stand on a line; 0 and what there is not for the whole voucher."""
        stored, grid = self._stored, self._desk.form.grid
        self.line = line if stored is not None and 0 < line <= len(stored.voucher.lines) else 0
        if self.line:
            grid.scrollTo(grid.lines.index(self.line - 1, Column.SUMMARY))
            grid.go_to(Place(self.line - 1, Column.SUMMARY), focus=False)
        self._follow()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """↑ ↓ and the mouse choose a line of a voucher that is only looked at; above the first stands the whole."""
        kind = event.type()
        if kind is QEvent.Type.Resize and watched is self._desk.form:
            self._layer.setGeometry(self._desk.form.rect())
        if self._stored is None or not self._desk.editing.model.read_only:
            return False
        if kind is QEvent.Type.KeyPress:
            step = _STEPS.get(cast("Qt.Key", cast("QKeyEvent", event).key()))
            if step is not None:
                self.stand(min(max(self.line + step, 0), len(self._stored.voucher.lines)))
                return True
        elif kind is QEvent.Type.MouseButtonPress and watched is self._desk.form.grid.viewport():
            at = self._desk.form.grid.indexAt(cast("QMouseEvent", event).position().toPoint())
            self.stand(at.row() + 1 if at.isValid() else 0)
        return False

    def _follow(self) -> None:
        session, stored = self._page.session, self._stored
        there = stored is not None and session.is_open
        self.tags = session.pins.on_voucher(stored.id) if there and stored is not None else []
        shown = [tag for tag in self.tags if tag.line in {0, self.line}] if self.line else self.tags
        self._page.see_pins(sorted(shown, key=lambda tag: (tag.line != self.line, tag.line)))
        self._layer.setVisible(bool(self.tags or self.line))
        self._layer.raise_()
        self._layer.update()


class _Tags(QWidget):
    """Over the paper and never in the way: tags at the left of their lines, a frame around the line one stands on."""

    def __init__(self, pins: VoucherPins, desk: VoucherDesk) -> None:
        super().__init__(desk.form)
        self._pins, self._desk = pins, desk
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.hide()

    def _row(self, line: int) -> QRect:
        """Where a line stands on the form; the head of the lines for the voucher as a whole."""
        form = self._desk.form
        grid = form.grid
        if not line:
            head = grid.horizontalHeader()
            return QRect(head.mapTo(form, head.rect().topLeft()), head.size())
        first, last = (
            grid.visualRect(grid.lines.index(line - 1, at)) for at in (Column.SUMMARY, Column.CREDIT)
        )
        box = first.united(last)
        return QRect(grid.viewport().mapTo(form, box.topLeft()), box.size())

    def paintEvent(self, event: QPaintEvent) -> None:
        """The frame, then the tags."""
        del event
        painter, theme, lines = QPainter(self), self._desk.theme, self._desk.form.grid.lines
        if self._pins.line and self._desk.editing.model.read_only:
            painter.setPen(QPen(theme.colour("focus"), round(theme.px.focus)))
            painter.drawRect(self._row(self._pins.line).adjusted(1, 0, -1, -1))
        for line in sorted({tag.line for tag in self._pins.tags if tag.line <= lines.rowCount()}):
            tag = cell_tag([one for one in self._pins.tags if one.line == line])
            if tag is None:
                continue
            row, width, high = self._row(line), tag_width(theme, tag.number), tag_height(theme)
            left = max(1, row.left() - width + theme.px.unit)
            box = QRect(left, row.top() + (row.height() - high) // 2, width, high)
            paint_tag(painter, theme, box, tag.number, waits=tag.waits)
        painter.end()
