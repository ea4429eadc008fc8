"""F1: the key card, made from the actions; one page, in the colours of the desk, closed by Esc or F1."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QFontMetricsF, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QDialog, QHBoxLayout, QLabel, QScrollArea, QVBoxLayout, QWidget

from village_ledger.i18n import tr
from village_ledger.ui import actions
from village_ledger.ui.action_spec import ActionSpec, key_words
from village_ledger.ui.actions_desk import REVIEWING, in_package, offered_in_package
from village_ledger.ui.look.theme import Role, Theme
from village_ledger.ui.widgets.buttons import Button, Look, key_width, paint_key

KEYS_WIDTH = 126
"""Room for the key caps of one action at standard size, px."""


COLUMN_WIDTH = 420
"""One column of the card at standard size, px."""


class KeyRow(QWidget):
    """All keys of one action, its words and what it does."""

    def __init__(self, theme: Theme, spec: ActionSpec) -> None:
        super().__init__()
        self._theme = theme
        self._spec = spec
        self.setAccessibleName(f"{'、'.join(spec.keys)} {spec.text}：{spec.help}")

    def _keys_width(self) -> float:
        scale = self._theme.px.smallest / 13
        return KEYS_WIDTH * scale

    def sizeHint(self) -> QSize:
        """One line: keys, words, help."""
        help_width = QFontMetricsF(self._theme.font(Role.SMALL)).horizontalAdvance(self._spec.help)
        words = QFontMetricsF(self._theme.font(bold=True)).horizontalAdvance(self._spec.text)
        return QSize(
            round(self._keys_width() + max(words, help_width) + 12), round(self._theme.px.body * 2.9)
        )

    def minimumSizeHint(self) -> QSize:
        """Nothing of it is cut; the card scrolls instead."""
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Key caps at the left; words over help at the right."""
        del event
        theme = self._theme
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        left, middle = 0.0, self.height() / 2
        for words in dict.fromkeys(key_words(key) for key in self._spec.keys):
            if left + key_width(theme, words) > self._keys_width():
                break
            left = paint_key(painter, theme, left, middle, words, theme.colour("ink")) + 5
        x, width = self._keys_width() + 8, self.width()
        painter.setFont(theme.font(bold=True))
        painter.setPen(theme.colour("ink"))
        bottom = Qt.AlignmentFlag.AlignBottom
        painter.drawText(QRectF(x, 0, width, middle + 1), bottom, self._spec.text)
        painter.setFont(theme.font(Role.SMALL))
        painter.setPen(theme.colour("ink2"))
        painter.drawText(QRectF(x, middle + 2, width, middle), Qt.AlignmentFlag.AlignTop, self._spec.help)
        painter.end()


class KeyCard(QDialog):
    """The card; the group of the page one is on comes first."""

    def __init__(
        self, theme: Theme, scope: str, parent: QWidget | None = None, *, reviewing: bool = False
    ) -> None:
        """``reviewing``: a package is open, F8 is for pinning wherever one is."""
        super().__init__(parent)
        self.setWindowTitle(tr("按键卡"))
        self._theme = theme
        self._reviewing = reviewing
        scopes = [s for s in actions.SCOPE_TITLES if _with_keys(s)]
        scopes.sort(key=lambda s: (s != scope, not (reviewing and s == REVIEWING)))
        columns = QHBoxLayout()
        columns.setSpacing(28)
        for group in _columns(scopes, self._column_count()):
            column = QVBoxLayout()
            column.setSpacing(0)
            for name in group:
                self._add_group(column, name)
            column.addStretch(1)
            columns.addLayout(column)
        card = QWidget()
        card.setLayout(columns)
        area = QScrollArea()
        area.setWidget(card)
        area.setWidgetResizable(True)
        title = QLabel(tr("按键卡"))
        title.setProperty("look", "title")
        close = Button(theme, tr("收起"), Look.MAIN, "Esc")
        close.clicked.connect(self.accept)
        head = QHBoxLayout()
        head.addWidget(title)
        head.addStretch(1)
        head.addWidget(close)
        outer = QVBoxLayout(self)
        px = theme.px
        outer.setContentsMargins(px.page_edge, px.gap, px.page_edge, px.gap)
        outer.addLayout(head)
        outer.addWidget(area, 1)
        self._fit(card)

    def _column_count(self) -> int:
        """As many as the screen has room for, three at most: then the card is one page."""
        width = COLUMN_WIDTH * self._theme.px.body / 15
        return max(1, min(3, round(self.screen().availableSize().width() // width)))

    def _add_group(self, column: QVBoxLayout, scope: str) -> None:
        heading = QLabel(actions.SCOPE_TITLES[scope])
        heading.setProperty("look", "heading")
        column.addSpacing(8)
        column.addWidget(heading)
        rule = QLabel()
        rule.setFixedHeight(2)
        rule.setStyleSheet("background: palette(dark);")
        column.addWidget(rule)
        specs = _with_keys(scope)
        if self._reviewing and scope != REVIEWING:
            specs = [in_package(spec) for spec in specs if offered_in_package(spec)]
            specs = [spec for spec in specs if spec.keys]
        for spec in specs:
            column.addWidget(KeyRow(self._theme, spec))

    def _fit(self, card: QWidget) -> None:
        """As large as the card, never larger than the screen."""
        room = self.screen().availableSize()
        wanted = card.sizeHint()
        self.resize(
            min(wanted.width() + 70, room.width() - 20), min(wanted.height() + 100, room.height() - 40)
        )

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """F1 shuts it too."""
        if event.key() == Qt.Key.Key_F1:
            self.accept()
        else:
            super().keyPressEvent(event)


def _columns(scopes: list[str], count: int) -> list[list[str]]:
    """Groups in their order, spread over columns of about the same length."""
    sizes = {scope: len(_with_keys(scope)) + 2 for scope in scopes}
    target = sum(sizes.values()) / count
    columns: list[list[str]] = [[]]
    for scope in scopes:
        filled = sum(sizes[s] for s in columns[-1])
        if columns[-1] and len(columns) < count and filled + sizes[scope] / 2 > target:
            columns.append([])
        columns[-1].append(scope)
    return columns


def _with_keys(scope: str) -> list[ActionSpec]:
    """The actions of a scope that have a key."""
    return [spec for spec in actions.of_scope(scope) if spec.keys]
