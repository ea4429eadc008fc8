"""What stands around the voucher list: state filters and find field above, the ink band below."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QSize, Qt, QTimer, Signal
from PySide6.QtGui import QAction, QColor, QFontMetricsF, QKeyEvent, QPainter
from PySide6.QtWidgets import QButtonGroup, QFrame, QHBoxLayout, QLabel, QLineEdit, QSizePolicy, QWidget

from village_ledger.domain.money import format_fen
from village_ledger.domain.voucher import STATE_NAMES, VoucherState
from village_ledger.i18n import tr
from village_ledger.ui.action_spec import ActionSpec
from village_ledger.ui.look.theme import Role, Theme
from village_ledger.ui.widgets.buttons import Button, Look
from village_ledger.ui.widgets.state_mark import paint_state

FILTERS: tuple[VoucherState | None, ...] = (
    None,
    VoucherState.ENTERED,
    VoucherState.REVIEWED,
    VoucherState.POSTED,
    VoucherState.VOID,
)
FIND_PAUSE_MS = 150
"""Typing rests this long before the list is searched."""


class FilterButton(Button):
    """A choice with the state's circle before its word."""

    def __init__(self, theme: Theme, state: VoucherState | None) -> None:
        super().__init__(theme, "", Look.CHOICE)
        self.state = state
        self.setAutoExclusive(True)

    def show_count(self, count: int) -> None:
        """Word and how many there are."""
        word = STATE_NAMES[self.state] if self.state else tr("全部")
        self.setText(f"{word} {count}")

    def _mark_width(self) -> int:
        return self._theme.px.body + self._theme.px.unit * 2 if self.state else 0

    def sizeHint(self) -> QSize:
        """Word, count and circle; narrower where there is little room, so that all stand in one row."""
        hint = super().sizeHint()
        narrower = 14 if self._theme.tokens.tight else 0
        return QSize(hint.width() + self._mark_width() - narrower, hint.height())

    def _paint_words(self, painter: QPainter, colour: QColor) -> None:
        """The circle takes the room before the word."""
        if self.state is None:
            super()._paint_words(painter, colour)
            return
        font = self._font()
        side, mark = self._theme.px.body, self._mark_width()
        words = QFontMetricsF(font).horizontalAdvance(self.text())
        left = (self.width() - words - mark) / 2
        paint_state(painter, left, (self.height() - side) / 2, side, self.state, self._theme)
        painter.setFont(font)
        painter.setPen(colour)
        painter.drawText(
            round(left + mark),
            0,
            self.width(),
            self.height(),
            int(Qt.AlignmentFlag.AlignVCenter),
            self.text(),
        )


class FilterBar(QWidget):
    """Filters at the left, the find field at the right."""

    chosen = Signal(object)
    """The state to show, None for all."""
    find_changed = Signal(str)
    left_field = Signal()
    """Enter or ↓ in the find field: on to the list."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.px.unit * 2)
        group = QButtonGroup(self)
        self.buttons: dict[VoucherState | None, FilterButton] = {}
        for state in FILTERS:
            button = FilterButton(theme, state)
            button.clicked.connect(lambda _checked=False, state=state: self.chosen.emit(state))
            group.addButton(button)
            row.addWidget(button)
            self.buttons[state] = button
        self.buttons[None].setChecked(True)
        row.addStretch(1)
        self.field = FindField(theme)
        self.field.left_field.connect(self.left_field)
        row.addWidget(self.field)
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(FIND_PAUSE_MS)
        self._pause.timeout.connect(lambda: self.find_changed.emit(self.field.text().strip()))
        self.field.textChanged.connect(lambda _text: self._pause.start())

    def show_counts(self, counts: Mapping[VoucherState | None, int]) -> None:
        """How many vouchers each filter has."""
        for state, button in self.buttons.items():
            button.show_count(counts.get(state, 0))

    def choose(self, state: VoucherState | None) -> None:
        """Light a filter without telling anybody."""
        self.buttons[state].setChecked(True)


class FindField(QLineEdit):
    """The find field; Enter and ↓ go on to the list, Esc empties it first."""

    left_field = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self.setAccessibleName(tr("查找凭证"))
        self.setAccessibleDescription(tr("按摘要、金额或对方单位查找"))
        self.setClearButtonEnabled(False)
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        self._fit()
        theme.changed.connect(self._fit)

    def _fit(self) -> None:
        """The hint as long as there is room for."""
        narrow = self._theme.tokens.narrow
        self.setPlaceholderText(tr("查找") if narrow else tr("找摘要、金额、单位  Ctrl+F"))
        self.updateGeometry()

    def sizeHint(self) -> QSize:
        """Room for its hint."""
        metrics = QFontMetricsF(self._theme.font(Role.FORM))
        width = metrics.horizontalAdvance(self.placeholderText()) + 4 * self._theme.px.cell
        return QSize(round(width), super().sizeHint().height())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Keys that belong to the page and not to the text."""
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Down}:
            self.left_field.emit()
        elif event.key() == Qt.Key.Key_Escape:
            if self.text():
                self.clear()
            self.left_field.emit()
        else:
            super().keyPressEvent(event)


class MarkedBand(QFrame):
    """The ink band: what is marked, what it adds up to, and the two verdicts."""

    def __init__(self, theme: Theme, buttons: Sequence[tuple[QAction, ActionSpec]]) -> None:
        super().__init__()
        self.setProperty("look", "band")
        self._words = QLabel()
        self._words.setProperty("look", "figure")
        self._sum = QLabel()
        self._rest = QLabel()
        row = QHBoxLayout(self)

        def make_room() -> None:
            px = theme.px
            above = px.unit // 2 if theme.tokens.narrow else px.cell
            row.setContentsMargins(px.gap + 2, above, px.gap + 2, above)
            row.setSpacing(px.gap)

        make_room()
        theme.changed.connect(make_room)
        for label in (self._words, self._sum, self._rest):
            label.setMinimumWidth(1)
            row.addWidget(label)
        row.addStretch(1)
        self.buttons = [Button.of_action(theme, action, spec, Look.ON_BLOCK) for action, spec in buttons]
        for button in self.buttons:
            row.addWidget(button)

    def show_marked(self, count: int, total: int, unmarked: int) -> None:
        """How many are marked, their sum in fen, and how many could still be."""
        self._words.setText(tr("已标记 {count} 张", count=count) if count else tr("还没有标记"))
        self._sum.setText(tr("合计 {sum}", sum=format_fen(total)) if count else "")
        self._sum.setVisible(bool(count))
        rest = tr("还有 {unmarked} 张没标", unmarked=unmarked) if count else tr("按空格标记要审的凭证")
        self._rest.setText(rest)
        self._rest.setVisible(bool(unmarked))
