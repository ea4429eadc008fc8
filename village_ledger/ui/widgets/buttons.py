"""Buttons drawn by hand: text, key cap, and a focus box that is always seen."""

from __future__ import annotations

from enum import Enum
from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QPushButton, QSizePolicy, QWidget

from village_ledger.ui.look.theme import Role, Theme
from village_ledger.ui.look.tokens import Contrast, Tokens

if TYPE_CHECKING:
    from PySide6.QtGui import QAction

    from village_ledger.ui.action_spec import ActionSpec


class Look(Enum):
    """How much a button weighs; at most one MAIN on a page."""

    PLAIN = "plain"
    MAIN = "main"
    LINK = "link"
    CHOICE = "choice"
    """One of a row of choices; checkable, the chosen one has a heavy frame and bold words."""
    ON_BLOCK = "on_block"
    """On an ink band: white ground, ink words."""


def key_width(theme: Theme, words: str) -> float:
    """Width of a key cap with these words."""
    return max(
        QFontMetricsF(theme.font(Role.SMALL)).horizontalAdvance(words) + 12, float(theme.px.smallest + 10)
    )


def paint_key(
    painter: QPainter, theme: Theme, left: float, middle: float, words: str, colour: QColor
) -> float:
    """Draw a key cap at ``left`` centred on the line ``middle``; gives its right edge."""
    width, height = key_width(theme, words), theme.px.smallest + 8.0
    cap = QRectF(left, middle - height / 2, width, height).adjusted(0.5, 0.5, -0.5, -0.5)
    painter.save()
    painter.setFont(theme.font(Role.SMALL))
    painter.setPen(QPen(colour, 1))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawRoundedRect(cap, 2, 2)
    painter.drawText(cap, Qt.AlignmentFlag.AlignCenter, words)
    painter.restore()
    return left + width


class Button(QPushButton):
    """A push button with an optional key cap beside its words."""

    def __init__(
        self, theme: Theme, text: str, look: Look = Look.PLAIN, key: str = "", parent: QWidget | None = None
    ) -> None:
        super().__init__(text, parent)
        self._theme = theme
        self._look = look
        self._key = key
        self._measured: tuple[Tokens, Look, str] | None = None
        """What its wanted size was worked out from."""
        self._wanted = QSize()
        self.action: QAction | None = None
        """The declared action it does, if any."""
        self.offered = True
        """Whether it is ever shown: what writes is not while a package is open."""
        self.setAccessibleName(text)
        self.setCheckable(look is Look.CHOICE)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setAutoDefault(True)
        theme.changed.connect(self._on_theme)

    @classmethod
    def of_action(cls, theme: Theme, action: QAction, spec: ActionSpec, look: Look = Look.PLAIN) -> Button:
        """A button of a declared action: its words, its first key, on and off with it."""
        button = cls(theme, action.text(), look, spec.key_words)
        button.action, button.offered = action, action.isVisible()
        if not button.offered:
            button.hide()
        button.setToolTip(spec.help)
        button.clicked.connect(lambda: action.trigger())  # noqa: PLW0108  clicked would hand over its flag

        def follow() -> None:
            button.setText(action.text())
            button.setEnabled(action.isEnabled())
            button.setToolTip(action.toolTip())

        action.changed.connect(follow)
        button.setEnabled(action.isEnabled())
        return button

    def setVisible(self, visible: bool) -> None:
        """Stay away where the action is not offered at all."""
        super().setVisible(visible and self.offered)

    def set_look(self, look: Look) -> None:
        """Give another weight."""
        self._look = look
        self.updateGeometry()
        self.update()

    def setText(self, text: str) -> None:
        """Words, also for screen readers."""
        super().setText(text)
        self.setAccessibleName(text)
        self.updateGeometry()

    def _font(self) -> QFont:
        heavy = self._look in {Look.MAIN, Look.ON_BLOCK} or (self._look is Look.CHOICE and self.isChecked())
        return self._theme.font(Role.BODY, bold=heavy)

    def sizeHint(self) -> QSize:
        """Words, key cap and the padding between; asked hundreds of times a page, worked out once."""
        measured = (self._theme.tokens, self._look, self.text())
        if measured != self._measured:
            self._measured, self._wanted = measured, self._measure()
        return QSize(self._wanted)

    def _measure(self) -> QSize:
        bold = self._theme.font(Role.BODY, bold=True)
        width = QFontMetricsF(bold).horizontalAdvance(self.text())
        if self._look is Look.LINK:
            return QSize(round(width + 8), self._theme.px.control - 8)
        if self._key:
            width += 8 + key_width(self._theme, self._key)
        return QSize(round(width + 34), self._theme.px.control)

    def minimumSizeHint(self) -> QSize:
        """A button is never cut."""
        return self.sizeHint()

    def _colours(self) -> tuple[QColor | None, QColor, QColor]:
        """Ground, border and text as the look and state ask."""
        theme = self._theme
        if not self.isEnabled():
            off = theme.colour("closed" if self._on_block() else "off")
            return None, off, off
        if self._look is Look.MAIN:
            return theme.colour("main"), theme.colour("main"), theme.colour("on_main")
        if self._look is Look.LINK:
            return None, theme.colour("accent"), theme.colour("accent")
        ground = theme.colour("tint" if self.isDown() else "sheet")
        if self._look is Look.CHOICE and self.isChecked():
            if theme.tokens.contrast is Contrast.HIGH:
                return theme.colour("ink"), theme.colour("ink"), theme.colour("sheet")
            return ground, theme.colour("ink"), theme.colour("ink")
        return ground, theme.colour("edge"), theme.colour("ink")

    def paintEvent(self, event: QPaintEvent) -> None:
        """Ground, border, words, key cap, focus box."""
        del event
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        ground, border, text = self._colours()
        if self._look is Look.LINK:
            self._paint_link(painter, text)
        else:
            self._paint_box(painter, ground, border)
            self._paint_words(painter, text)
        if self.hasFocus():
            self._paint_focus(painter)
        painter.end()

    def _on_block(self) -> bool:
        """Whether it stands on an ink band, where the words of a disabled button must be light."""
        parent = self.parentWidget()
        return self._look is Look.ON_BLOCK or (parent is not None and parent.property("look") == "band")

    def _is_filled(self) -> bool:
        """Whether the ground is dark, so that a focus box on it takes the text's colour."""
        chosen = self._look is Look.CHOICE and self.isChecked()
        return self._look is Look.MAIN or (chosen and self._theme.tokens.contrast is Contrast.HIGH)

    def _paint_link(self, painter: QPainter, colour: QColor) -> None:
        font = self._font()
        painter.setFont(font)
        painter.setPen(colour)
        painter.drawText(self.rect(), Qt.AlignmentFlag.AlignCenter, self.text())
        width = QFontMetricsF(font).horizontalAdvance(self.text())
        metrics = QFontMetricsF(font)
        line = round(self.height() / 2 + metrics.height() / 2) - 1.5
        left = (self.width() - width) / 2
        painter.setPen(QPen(colour, 1))
        painter.drawLine(round(left), round(line), round(left + width), round(line))

    def _paint_box(self, painter: QPainter, ground: QColor | None, border: QColor) -> None:
        width = self._theme.px.line
        if self._look is Look.CHOICE and self.isChecked():
            width = max(2.0, width)
        pen = QPen(border, width)
        if not self.isEnabled():
            pen.setStyle(Qt.PenStyle.DashLine)
        painter.setPen(pen)
        painter.setBrush(ground if ground is not None else Qt.BrushStyle.NoBrush)
        half, radius = width / 2, self._theme.px.radius
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(half, half, -half, -half), radius, radius)

    def _paint_words(self, painter: QPainter, colour: QColor) -> None:
        font = self._font()
        width = QFontMetricsF(font).horizontalAdvance(self.text())
        key = key_width(self._theme, self._key) + 8 if self._key else 0.0
        left = (self.width() - width - key) / 2
        painter.setFont(font)
        painter.setPen(colour)
        painter.drawText(
            QRectF(left, 0, width + 1, self.height()), Qt.AlignmentFlag.AlignVCenter, self.text()
        )
        if self._key:
            cap = QColor(colour)
            paint_key(painter, self._theme, left + width + 8, self.height() / 2, self._key, cap)

    def _paint_focus(self, painter: QPainter) -> None:
        """A box inside the edge; on a filled button in its text colour, so that it is seen on the fill."""
        width = self._theme.px.focus
        filled = self._is_filled()
        inset = width / 2 + (3 if filled else 0)
        painter.setPen(QPen(self._theme.colour("on_main" if filled else "focus"), width))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(inset, inset, -inset, -inset), 2, 2)

    def _on_theme(self) -> None:
        if self._measured is None or self._measured[0] is not self._theme.tokens:
            self.updateGeometry()  # not for another ledger's colour: every row of buttons would be laid out anew
        self.update()
