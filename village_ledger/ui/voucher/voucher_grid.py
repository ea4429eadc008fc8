"""The lines of a voucher on screen: one view, one open editor on the current cell, two looks."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QMouseEvent, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QFrame, QLineEdit, QTableView, QWidget

from village_ledger.i18n import tr
from village_ledger.ui.voucher.voucher_cell_edits import AmountCell, TextCell
from village_ledger.ui.voucher.voucher_delegate import VoucherDelegate, lay_out_auxiliary
from village_ledger.ui.voucher.voucher_head_row import VoucherHeadRow
from village_ledger.ui.voucher.voucher_lines_model import AUXILIARY, TITLES, Column, VoucherLinesModel
from village_ledger.ui.voucher.voucher_paint import paint_box_rules, paint_cross_out
from village_ledger.ui.voucher.voucher_route import Place
from village_ledger.ui.voucher.voucher_style import VoucherStyle

_SUMMARY_SHARE = 45
"""Of a hundred parts of the room for texts; the account's path gets the rest."""
_ROWS_ALWAYS_SEEN = 3
_UNLIMITED = 16_777_215


class VoucherGrid(QTableView):
    """Shows a ``VoucherLinesModel``. Who types is the business of ``VoucherTyping``."""

    place_left = Signal(int, int)
    """The cursor is about to leave this cell."""
    place_entered = Signal(int, int)
    columns_laid = Signal(object)
    """Edges of the columns, for the totals below."""

    def __init__(self, model: VoucherLinesModel, style: VoucherStyle, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.lines = model
        self.form_style = style
        self.place = Place(0, Column.SUMMARY)
        self.setModel(model)
        self.setAccessibleName(tr("凭证分录"))
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setShowGrid(False)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setTabKeyNavigation(False)
        self.setAutoScroll(False)
        self._head = VoucherHeadRow(style, self)
        self.setHorizontalHeader(self._head)
        self.verticalHeader().hide()
        self.verticalHeader().setMinimumSectionSize(1)
        self.painter_of_cells = VoucherDelegate(style, self)
        self.setItemDelegate(self.painter_of_cells)
        for column in AUXILIARY:
            self.setColumnHidden(column, True)
        self.text_cell = TextCell(self.viewport())
        self.account_cell = TextCell(self.viewport())
        self.amount_cell = AmountCell(self.viewport())
        for cell in self.editors:
            cell.hide()
        model.modelReset.connect(self._on_reset)
        model.dataChanged.connect(self._on_data)
        model.rowsInserted.connect(self._on_rows)
        model.rowsRemoved.connect(self._on_rows)
        self.wear(style)

    # the look

    def wear(self, style: VoucherStyle) -> None:
        """Take another look, size or theme."""
        self.form_style = style
        self._head.style_of_form = style
        self.painter_of_cells.style = style
        self._head.setFixedHeight(style.head)
        for cell in (self.text_cell, self.account_cell):
            cell.wear(style, style.cell_font)
        self.amount_cell.wear(style)
        self._lay_out()

    def mark_suspect(self, row: int) -> None:
        """Mark the line that most likely makes the voucher not balance; −1 for none."""
        if row != self.painter_of_cells.suspect_row:
            self.painter_of_cells.suspect_row = row
            self.viewport().update()

    def _lay_out(self) -> None:
        """Widths of the columns, heights of the rows, the editor on its cell."""
        style = self.form_style
        room = self.viewport().width()
        amounts = style.amount_width
        texts = max(room - 2 * amounts, 2)
        summary = texts * _SUMMARY_SHARE // 100
        for column, width in (
            (Column.SUMMARY, summary),
            (Column.ACCOUNT, texts - summary),
            (Column.DEBIT, amounts),
            (Column.CREDIT, amounts),
        ):
            self.setColumnWidth(column, width)
        for row in range(self.lines.rowCount()):
            self._fit_row(row)
        self._limit_height()
        self.place_editor()
        edges = (0, summary, texts, texts + amounts, texts + 2 * amounts)
        self.columns_laid.emit(edges)

    def _fit_row(self, row: int) -> None:
        style = self.form_style
        height = style.row + (style.narrow if self.lines.auxiliary(row) else 0)
        if self.rowHeight(row) != height:
            self.setRowHeight(row, height)

    def _limit_height(self) -> None:
        """Plain: the totals follow the last line. Paper: ruled down to the foot."""
        seen = min(self.lines.rowCount(), _ROWS_ALWAYS_SEEN)
        self.setMinimumHeight(self.form_style.head + seen * self.form_style.row + 1)
        self.setMaximumHeight(_UNLIMITED if self.form_style.is_paper else self.sizeHint().height())
        self.updateGeometry()

    def sizeHint(self) -> QSize:
        """All lines without scrolling."""
        return QSize(0, self.form_style.head + self.verticalHeader().length() + 1)

    # the model moved

    def _on_reset(self) -> None:
        self.place = Place(0, Column.SUMMARY)
        self.painter_of_cells.suspect_row = -1
        self._lay_out()
        self.scrollToTop()

    def _on_data(self, first: QModelIndex, last: QModelIndex) -> None:
        for row in range(first.row(), last.row() + 1):
            self._fit_row(row)
        self._limit_height()
        self.place_editor()

    def _on_rows(self) -> None:
        self.painter_of_cells.suspect_row = -1
        self._lay_out()

    # the cursor

    @property
    def editors(self) -> tuple[QLineEdit, ...]:
        """The three editors, of which one is open."""
        return (self.text_cell, self.account_cell, self.amount_cell)

    @property
    def editor(self) -> QLineEdit:
        """The editor of the current cell."""
        if self.place.column.is_amount:
            return self.amount_cell
        return self.account_cell if self.place.column is Column.ACCOUNT else self.text_cell

    def go_to(self, place: Place, *, focus: bool = True, select: bool = True) -> None:
        """Open the editor on a cell; the row must exist."""
        if self.lines.read_only:
            return
        if place != self.place:
            self.place_left.emit(self.place.row, self.place.column)
        self.place = place
        self.lines.open_auxiliary(place if place.column in AUXILIARY else None)
        self.setCurrentIndex(self.lines.index(place.row, min(place.column, Column.CREDIT)))
        self.scrollTo(self.lines.index(place.row, Column.SUMMARY))
        editor = self.editor
        self.show_text()
        editor.setAccessibleName(tr("第{n}行 {title}", n=place.row + 1, title=TITLES[place.column]))
        self.place_editor()
        if select:
            editor.selectAll()
        if focus:
            editor.setFocus(Qt.FocusReason.OtherFocusReason)
        self.viewport().update()
        self.place_entered.emit(place.row, place.column)

    def show_text(self) -> None:
        """Bring the model's text into the editor: the code with its path for an account, else what was typed."""
        index = self.lines.index(self.place.row, self.place.column)
        role = (
            Qt.ItemDataRole.DisplayRole if self.place.column is Column.ACCOUNT else Qt.ItemDataRole.EditRole
        )
        text = str(index.data(role) or "")
        if self.editor.text() != text:
            self.editor.setText(text)

    def place_editor(self) -> None:
        """Put the open editor over its cell and the others away."""
        current = self.editor
        for cell in self.editors:
            if cell is not current or self.lines.read_only:
                cell.hide()
        delegate = self.painter_of_cells
        delegate.current_row = -1 if self.lines.read_only else self.place.row
        delegate.current_column = self.place.column
        if self.lines.read_only or self.place.row >= self.lines.rowCount():
            return
        if current is self.text_cell:
            style = self.form_style
            self.text_cell.wear(
                style, style.small_font if self.place.column in AUXILIARY else style.cell_font
            )
        current.setGeometry(self.editor_rect(self.place))
        current.show()
        current.raise_()

    def cell_rect(self, place: Place) -> QRect:
        """Where a cell stands in the viewport; parts of the narrow line inside the account's cell."""
        if place.column in AUXILIARY:
            account = self.visualRect(self.lines.index(place.row, Column.ACCOUNT))
            cells = self.lines.auxiliary(place.row)
            for part in lay_out_auxiliary(account, cells, self.form_style, place.column):
                if part.cell.column is place.column:
                    return part.field
            return account
        return self.visualRect(self.lines.index(place.row, place.column))

    def editor_rect(self, place: Place) -> QRect:
        """The editor covers its cell; a plain figure stands in a box of its own height."""
        style = self.form_style
        rect = self.cell_rect(place)
        if place.column in AUXILIARY:
            return rect.adjusted(-style.pad // 2, -2, style.pad // 2, 2)
        height = rect.height()
        if place.column is Column.ACCOUNT and self.lines.auxiliary(place.row):
            height -= style.narrow + style.pad // 4
        if style.is_paper:
            return QRect(rect.left(), rect.top(), rect.width(), height)
        inset = style.pad // 2
        left = rect.left() + (style.gutter if place.column is Column.SUMMARY else 0)
        return QRect(left, rect.top() + inset - 1, rect.right() - left + 1, height - 2 * inset + 1)

    # Qt's events

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Columns follow the width."""
        super().resizeEvent(event)
        self._lay_out()

    def scrollContentsBy(self, dx: int, dy: int) -> None:
        """The editor scrolls with its cell."""
        super().scrollContentsBy(dx, dy)
        self.place_editor()

    def focusInEvent(self, event: QFocusEvent) -> None:
        """The keyboard belongs to the open editor."""
        super().focusInEvent(event)
        if not self.lines.read_only:
            self.editor.setFocus(event.reason())

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A click opens the editor of that cell; below the last line it asks for the next one."""
        at = event.position().toPoint()
        self.click(at)
        event.accept()

    def click(self, at: QPoint) -> None:
        """Go to the cell under a point of the viewport."""
        index: QModelIndex | QPersistentModelIndex = self.indexAt(at)
        if not index.isValid() or self.lines.read_only:
            if not self.lines.read_only:
                self.go_to(Place(self.lines.rowCount() - 1, Column.SUMMARY))
            return
        place = Place(index.row(), Column(index.column()))
        if place.column is Column.ACCOUNT:
            account = self.visualRect(self.lines.index(place.row, Column.ACCOUNT))
            for part in lay_out_auxiliary(account, self.lines.auxiliary(place.row), self.form_style):
                if part.field.united(part.label).contains(at):
                    place = Place(place.row, part.cell.column)
        self.go_to(place)

    def paintEvent(self, event: QPaintEvent) -> None:
        """The lines, and on paper the ruled rows still empty; a finished voucher has them crossed out."""
        super().paintEvent(event)
        painter = QPainter(self.viewport())
        style = self.form_style
        bottom = self.verticalHeader().length() - self.verticalOffset()
        height = self.viewport().height()
        if style.is_paper:
            painter.setPen(QPen(style.edge, style.border))
            painter.drawLine(0, 0, 0, height)
            if bottom < height:
                self._paint_empty_rows(painter, bottom, height)
        painter.end()

    def _paint_empty_rows(self, painter: QPainter, top: int, height: int) -> None:
        style = self.form_style
        first = top
        rows = max(round((height - top) / style.row), 1)
        for number in range(rows):
            top = first + (height - first) * number // rows
            row = first + (height - first) * (number + 1) // rows - top
            for column in (Column.SUMMARY, Column.ACCOUNT, Column.DEBIT, Column.CREDIT):
                left = self.columnViewportPosition(column)
                rect = QRect(left, top, self.columnWidth(column), row)
                if style.box and column.is_amount:
                    paint_box_rules(painter, rect, style)
                painter.setPen(QPen(style.edge, style.border))
                painter.drawLine(rect.topRight(), rect.bottomRight())
                painter.drawLine(rect.bottomLeft(), rect.bottomRight())
        if self.lines.read_only and height - first > style.row // 2:
            right = self.columnViewportPosition(Column.CREDIT) + self.columnWidth(Column.CREDIT)
            paint_cross_out(painter, QRect(0, first, right, height - first), style)
