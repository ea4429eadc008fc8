"""The head of the form: title, entity, date, number, attachments; on paper in the middle, plain or narrow in one row."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QFont, QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLabel, QSizePolicy, QVBoxLayout, QWidget

from village_ledger.i18n import tr
from village_ledger.ui.look.theme import Role, Theme
from village_ledger.ui.look.tokens import Size
from village_ledger.ui.voucher.voucher_days import DayProblem
from village_ledger.ui.voucher.voucher_fields import CountField, DayField
from village_ledger.ui.voucher.voucher_style import VoucherStyle
from village_ledger.ui.widgets.buttons import Button, Look
from village_ledger.ui.widgets.plain import PlainLabel

_TITLE_LARGER = 4
_WIDER_THAN_WORDS = 16
_CHARS_WITH_ENTITY = 42


class PaperTitle(QWidget):
    """记账凭证 over a double rule."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._words = tr("记 账 凭 证")
        self.setAccessibleName(tr("记账凭证"))
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        """Words, a little air, two rules."""
        metrics = QFontMetrics(self._font())
        return QSize(metrics.horizontalAdvance(self._words) + 2 * _WIDER_THAN_WORDS, metrics.height() + 8)

    def _font(self) -> QFont:
        font = self._theme.font(Role.TITLE)
        font.setPixelSize(self._theme.px.title + _TITLE_LARGER)
        return font

    def paintEvent(self, event: QPaintEvent) -> None:
        """Words centred, rules below."""
        del event
        painter = QPainter(self)
        painter.setFont(self._font())
        painter.setPen(self._theme.colour("ink"))
        painter.drawText(self.rect().adjusted(0, 0, 0, -6), Qt.AlignmentFlag.AlignCenter, self._words)
        for above_bottom in (5, 1):
            painter.fillRect(
                QRect(0, self.height() - above_bottom, self.width(), 1), self._theme.colour("ink")
            )
        painter.end()


class VoucherHeading(QWidget):
    """Owns the date and attachment fields; both looks arrange the same widgets."""

    def __init__(
        self, theme: Theme, judge: Callable[[date], DayProblem | None], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.theme = theme
        self.day = DayField(judge)
        self.attachments = CountField()
        self.number = QLabel()
        self.number.setAccessibleName(tr("凭证字号"))
        self.entity = PlainLabel()
        self.tag = QLabel()
        self._title = PaperTitle(theme)
        self._labels = {
            name: QLabel(name) for name in (tr("日期"), tr("字号"), tr("号"), tr("附单据"), tr("张"))
        }
        self.notice = QLabel()
        self.notice.setWordWrap(True)
        self.notice.setAccessibleName(tr("日期的说明"))
        self.offer = Button(theme, "", Look.PLAIN, "Enter")
        self.offer.clicked.connect(self.day.take_offer)
        self._notice_row = QWidget()
        row = QHBoxLayout(self._notice_row)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self.notice, 1)
        row.addWidget(self.offer)
        self._notice_row.hide()
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._fields: QWidget | None = None
        self._column.addWidget(self._notice_row)
        self.day.judged.connect(self._on_judged)
        self._entity_words = ""

    def wear(self, style: VoucherStyle, room: int) -> None:
        """Arrange for the look; the fields keep what they hold. Without room the plain look leaves the entity out."""
        focused = self.window().focusWidget() if self.isVisible() else None
        old = self._fields
        for kept in (
            self.day,
            self.attachments,
            self.number,
            self.entity,
            self.tag,
            self._title,
            *self._labels.values(),
        ):
            kept.setParent(self)
        self._fields = QWidget(self)
        for label in (self.entity, *self._labels.values()):
            label.setFont(style.cell_font)
        self.day.wear(style)
        self.attachments.wear(style)
        paper = style.is_paper and not self.theme.tokens.narrow
        if paper:
            self._arrange_paper(self._fields, style)
        else:
            self._arrange_plain(self._fields, style)
        self._column.insertWidget(0, self._fields)
        if old is not None:
            old.deleteLater()
        if focused in (self.day, self.attachments):
            focused.setFocus()
        self.tag.setVisible(bool(self.tag.text()))
        self._show_entity(paper=paper)
        self.entity.setVisible(paper or room > style.cell_font.pixelSize() * _CHARS_WITH_ENTITY)

    def _arrange_paper(self, fields: QWidget, style: VoucherStyle) -> None:
        grid = QGridLayout(fields)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(style.pad)
        grid.setVerticalSpacing(2)
        for side in (0, 2):
            grid.setColumnStretch(side, 1)
        centre, bottom = Qt.AlignmentFlag.AlignHCenter, Qt.AlignmentFlag.AlignBottom
        self._title.show()
        grid.addWidget(self.tag, 0, 0, bottom)
        grid.addWidget(self._title, 0, 1, centre)
        grid.addLayout(_row(self.number, self._labels[tr("号")]), 0, 2, bottom)
        grid.addWidget(self.entity, 1, 0, Qt.AlignmentFlag.AlignVCenter)
        grid.addWidget(self.day, 1, 1, centre)
        papers = _row(self._labels[tr("附单据")], self.attachments, self._labels[tr("张")])
        grid.addLayout(papers, 1, 2)
        number = QFont(style.words_font)
        number.setPixelSize(number.pixelSize() + _TITLE_LARGER)
        self.number.setStyleSheet("")
        self.number.setFont(number)
        _show(self._title, self.entity, self.day)

    def _arrange_plain(self, fields: QWidget, style: VoucherStyle) -> None:
        row = QHBoxLayout(fields)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(style.pad)
        tokens = self.theme.tokens
        cramped = (
            tokens.narrow and tokens.size is not Size.STANDARD
        )  # a day and a number say themselves what they are
        for label, widget, after in (
            (tr("日期"), self.day, ""),
            (tr("字号"), self.number, ""),
            (tr("附单据"), self.attachments, tr("张")),
        ):
            if after or not cramped:
                row.addWidget(self._labels[label])
                self._labels[label].show()
            row.addWidget(widget)
            widget.show()
            if after:
                row.addWidget(self._labels[after])
                self._labels[after].show()
            row.addSpacing(style.pad)
        row.addWidget(self.tag)
        row.addStretch(1)
        row.addWidget(self.entity)
        self.entity.show()
        self.number.setFont(style.cell_font)
        edge = f"border: {style.border}px solid {style.edge.name()}; padding: 0 {style.pad}px;"
        self.number.setStyleSheet(
            f"QLabel {{ {edge} min-height: {self.day.sizeHint().height() - 2 * style.border}px; }}"
        )

    def show_entity(self, entity: str, ledger: str) -> None:
        """Whose voucher it is."""
        self._entity_words = entity
        self.entity.setToolTip(ledger)
        self._show_entity(paper=not self._title.isHidden())

    def _show_entity(self, *, paper: bool) -> None:
        self.entity.setText(tr("单位：{entity}", entity=self._entity_words) if paper else self._entity_words)

    def show_number(self, words: str) -> None:
        """记-0003; the next free one for a new voucher."""
        self.number.setText(words)

    def show_tag(self, words: str) -> None:
        """What kind of voucher it is when it is no ordinary one, such as 红字冲销."""
        self.tag.setText(words)
        self.tag.setVisible(bool(words))

    def set_read_only(self, read_only: bool) -> None:
        """Only to be read."""
        self.day.setReadOnly(read_only)
        self.attachments.setReadOnly(read_only)

    def _on_judged(self, problem: DayProblem | None) -> None:
        """Explain at the field, and offer the day that can stand."""
        shown = problem if problem is not None and not self.day.isReadOnly() else None
        self._notice_row.setVisible(shown is not None)
        if shown is None:
            return
        self.notice.setText(f"▲ {shown.sentence}")
        self.offer.setVisible(shown.offer is not None)
        if shown.offer is not None:
            self.offer.setText(tr("改为 {day}", day=shown.offer.isoformat()))


def _row(*widgets: QWidget) -> QHBoxLayout:
    row = QHBoxLayout()
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(6)
    row.addStretch(1)
    for widget in widgets:
        row.addWidget(widget)
    _show(*widgets)
    return row


def _show(*widgets: QWidget) -> None:
    """Moving to another parent hid them."""
    for widget in widgets:
        widget.show()
