"""The name stamp of a ledger: shape first, colour second.

The collective's is square and solid with white characters (阴文), the committee's round and outlined with
coloured characters (阳文). The same description is drawn on printed sheets.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from village_ledger.domain.chart import LedgerKind
from village_ledger.ui.look.theme import Role, Theme

if TYPE_CHECKING:
    from village_ledger.storage.records import LedgerInfo

SHORT = {LedgerKind.COLLECTIVE: "集", LedgerKind.COMMITTEE: "村"}
"""The one character of a small stamp."""
KIND_NAMES = {LedgerKind.COLLECTIVE: "集体", LedgerKind.COMMITTEE: "村委"}


def short_of(code: str, kind: LedgerKind, title: str) -> str:
    """The one character of a ledger's small stamp: 集 or 村, of a group's or team's ledger the first that tells it."""
    return SHORT[kind] if code == kind.value else title.removeprefix("第")[:1]


def brief_of(code: str, kind: LedgerKind, title: str) -> str:
    """A ledger's name where there is little room: 集体, 村委, or the first characters of a group's."""
    return KIND_NAMES[kind] if code == kind.value else title.removesuffix("账").replace("村民小组", "组")[:4]


def stamp_words(village: str, kind: LedgerKind) -> str:
    """Four characters in two rows: the village's first two over whose ledger it is."""
    bare = village.removesuffix("村") if len(village) > 2 else village
    return f"{bare[:2]}\n{KIND_NAMES[kind]}"


def ledger_words(village: str, info: LedgerInfo) -> str:
    """The stamp of a ledger; a group's or team's bears its own name."""
    if info.code == info.kind.value:
        return stamp_words(village, info.kind)
    words = info.title.removesuffix("账").removeprefix("第")
    return f"{words[:2]}\n{words[2:4] or '之账'}"


def paint_stamp(painter: QPainter, theme: Theme, box: QRectF, kind: LedgerKind, words: str) -> None:
    """Draw a stamp into a square box; one character or two rows."""
    accent = theme.accent_of(kind)
    rows = words.split("\n")
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    strong = QColor(accent.strong)
    if kind is LedgerKind.COLLECTIVE:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(strong)
        painter.drawRoundedRect(box, 2, 2)
        ink = QColor(accent.on_strong)
        room = box.adjusted(box.width() * 0.08, box.width() * 0.06, -box.width() * 0.08, -box.width() * 0.08)
    else:
        width = max(1.6, box.width() / 26)
        painter.setPen(QPen(strong, width))
        painter.setBrush(theme.colour("sheet"))
        half = width / 2
        painter.drawEllipse(box.adjusted(half, half, -half, -half))
        ink = strong
        room = box.adjusted(box.width() * 0.15, box.width() * 0.14, -box.width() * 0.15, -box.width() * 0.16)
    font = QFont(theme.font(Role.SERIF, bold=True))
    font.setPixelSize(max(9, round(room.height() / len(rows) * (0.9 if len(rows) > 1 else 0.78))))
    painter.setFont(font)
    painter.setPen(ink)
    height = room.height() / len(rows)
    for number, row in enumerate(rows):
        line = QRectF(room.left() - 4, room.top() + number * height, room.width() + 8, height)
        painter.drawText(line, Qt.AlignmentFlag.AlignCenter, row)
    painter.restore()


class Stamp(QWidget):
    """A stamp of fixed size."""

    def __init__(
        self, theme: Theme, kind: LedgerKind, words: str, side: int = 0, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._theme = theme
        self._kind = kind
        self._words = words
        self._side = side
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(words.replace("\n", ""))
        theme.changed.connect(self._on_theme)

    def show_ledger(self, kind: LedgerKind, words: str) -> None:
        """Become the stamp of another ledger."""
        self._kind, self._words = kind, words
        self.setAccessibleName(words.replace("\n", ""))
        self.update()

    def sizeHint(self) -> QSize:
        """The side asked for, or the theme's."""
        side = self._side or self._theme.px.stamp
        return QSize(side, side)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw it."""
        del event
        painter = QPainter(self)
        paint_stamp(painter, self._theme, QRectF(self.rect()), self._kind, self._words)
        painter.end()

    def _on_theme(self) -> None:
        self.updateGeometry()
        self.update()
