"""The ruled head of a voucher's table and its totals, drawn to the same columns as the lines."""

from __future__ import annotations

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QHeaderView, QSizePolicy, QWidget

from village_ledger.domain.capital import capital
from village_ledger.domain.money import format_fen
from village_ledger.i18n import tr
from village_ledger.ui.voucher.voucher_lines_model import TITLES, Column
from village_ledger.ui.voucher.voucher_paint import paint_box_rules, paint_figure, paint_in_boxes, paint_text
from village_ledger.ui.voucher.voucher_style import BOX_UNITS, VoucherStyle

PLAIN_TITLES = {**TITLES, Column.DEBIT: "借方", Column.CREDIT: "贷方"}
PAPER_TITLES = {**TITLES, Column.SUMMARY: "摘　要"}


class VoucherHeadRow(QHeaderView):
    """摘要 · 会计科目 · 借方金额 · 贷方金额; on paper with 亿 … 分 over the boxes."""

    def __init__(self, style: VoucherStyle, parent: QWidget) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self.style_of_form = style
        self.setSectionsClickable(False)
        self.setHighlightSections(False)
        self.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.setMinimumSectionSize(1)
        self.setAccessibleName(tr("凭证的列"))

    def sizeHint(self) -> QSize:
        """As tall as the style says."""
        return QSize(super().sizeHint().width(), self.style_of_form.head)

    def paintSection(self, painter: QPainter, rect: QRect, logicalIndex: int) -> None:
        """One column's title."""
        style, column = self.style_of_form, Column(logicalIndex)
        painter.save()
        painter.fillRect(rect, style.sheet if style.is_paper else style.paper)
        if style.is_paper:
            self._paint_paper(painter, rect, column)
        else:
            self._paint_plain(painter, rect, column)
        painter.restore()

    def _paint_plain(self, painter: QPainter, rect: QRect, column: Column) -> None:
        style = self.style_of_form
        painter.setFont(style.head_font)
        painter.setPen(style.ink_soft)
        left = style.gutter if column is Column.SUMMARY else 0
        side = Qt.AlignmentFlag.AlignRight if column.is_amount else Qt.AlignmentFlag.AlignLeft
        place = rect.adjusted(left + style.pad, 0, -style.pad, 0)
        painter.drawText(place, side | Qt.AlignmentFlag.AlignVCenter, PLAIN_TITLES[column])
        painter.fillRect(QRect(rect.left(), rect.bottom() - 1, rect.width(), 2), style.ink_soft)

    def _paint_paper(self, painter: QPainter, rect: QRect, column: Column) -> None:
        style = self.style_of_form
        painter.setFont(style.head_font)
        painter.setPen(style.ink)
        if style.box and column.is_amount:
            upper = rect.adjusted(0, 0, 0, -rect.height() // 2)
            lower = rect.adjusted(0, upper.height(), 0, 0)
            painter.drawText(upper, Qt.AlignmentFlag.AlignCenter, PAPER_TITLES[column])
            paint_box_rules(painter, lower, style)
            painter.setFont(style.small_font)
            painter.setPen(style.ink_soft)
            paint_in_boxes(painter, lower, list(BOX_UNITS), style)
            painter.setPen(QPen(style.edge, style.border))
            painter.drawLine(lower.topLeft(), lower.topRight())
        else:
            painter.drawText(rect, Qt.AlignmentFlag.AlignCenter, PAPER_TITLES[column])
        painter.setPen(QPen(style.edge, style.border))
        painter.drawLine(rect.topLeft(), rect.topRight())
        painter.drawLine(rect.bottomLeft(), rect.bottomRight())
        painter.drawLine(rect.topRight(), rect.bottomRight())
        if column is Column.SUMMARY:
            painter.drawLine(rect.topLeft(), rect.bottomLeft())


class VoucherTotals(QWidget):
    """合计 with the amount in words, pinned below the lines."""

    def __init__(self, style: VoucherStyle, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._style = style
        self._edges: tuple[int, ...] = ()
        self.debit = self.credit = 0
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(tr("合计"))

    def wear(self, style: VoucherStyle) -> None:
        """Take the look of the form."""
        self._style = style
        self.updateGeometry()
        self.update()

    def follow(self, edges: tuple[int, ...]) -> None:
        """Left edges of the four columns and the right edge of the last, px."""
        self._edges = edges
        self.update()

    def show_sums(self, debit: int, credit: int) -> None:
        """Show both sums, fen."""
        self.debit, self.credit = debit, credit
        self.setAccessibleName(
            tr(
                "合计 {words}，借方 {debit}，贷方 {credit}",
                words=self.words(),
                debit=format_fen(debit),
                credit=format_fen(credit),
            )
        )
        self.update()

    def words(self) -> str:
        """大写 of the voucher's amount; empty while there is none."""
        amount = self.debit or self.credit
        return capital(amount) if amount else ""

    def sizeHint(self) -> QSize:
        """One row."""
        return QSize(0, self._style.row)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Label and words over the first two columns, then both sums."""
        del event
        if not self._edges:
            return
        painter = QPainter(self)
        style, edges = self._style, self._edges
        ground = QRect(edges[0], 0, edges[-1] - edges[0], self.height())
        painter.fillRect(ground, style.sheet if style.is_paper else style.paper)
        indent = style.gutter + style.pad
        words = QRect(edges[0] + indent, 0, edges[2] - edges[0] - indent - style.pad, self.height())
        if style.is_paper or not self.words():
            painter.setFont(style.cell_font)
            painter.setPen(style.ink_soft)
            painter.drawText(words, Qt.AlignmentFlag.AlignVCenter, tr("合计"))
            words.setLeft(
                words.left() + QFontMetrics(style.cell_font).horizontalAdvance(tr("合计")) + style.pad
            )
        painter.setPen(style.ink)
        paint_text(painter, words, self.words(), style.words_font)
        for column, amount in ((2, self.debit), (3, self.credit)):
            place = QRect(edges[column], 0, edges[column + 1] - edges[column], self.height())
            if style.is_paper and style.box:
                paint_box_rules(painter, place, style)
            if amount:
                paint_figure(painter, place, amount, style, bold=True)
        self._paint_rules(painter, ground)
        painter.end()

    def _paint_rules(self, painter: QPainter, ground: QRect) -> None:
        style, edges = self._style, self._edges
        if not style.is_paper:
            painter.fillRect(QRect(ground.left(), 0, ground.width(), 1), style.ink_soft)
            painter.fillRect(QRect(ground.left(), ground.bottom() - 1, ground.width(), 2), style.ink_soft)
            return
        painter.setPen(QPen(style.edge, style.border))
        painter.drawLine(ground.bottomLeft(), ground.bottomRight())
        painter.drawLine(ground.topLeft(), ground.bottomLeft())
        for edge in edges[2:]:
            painter.drawLine(edge - 1, 0, edge - 1, ground.bottom())
