"""The status bar: saved state in words at the left, keys of the page at the right, progress between.

Work shorter than 0.3 s shows nothing; until 2 s the wait cursor and its label; after that a bar with counts
and a cancel that really cancels.
"""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSize, Qt, QTimer
from PySide6.QtGui import QFontMetricsF, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QApplication, QHBoxLayout, QProgressBar, QSizePolicy, QWidget

from village_ledger.i18n import tr
from village_ledger.ui.look.theme import Role, Theme
from village_ledger.ui.operations import Operations
from village_ledger.ui.widgets.buttons import Button, key_width, paint_key
from village_ledger.ui.widgets.elided import ElidedLabel

QUIET_MS = 300
"""Work shorter than this shows nothing (ux notes, part 8)."""
WORDS_MS = 2000
"""Work longer than this shows counts and can be cancelled."""

EDGE, GAP = 16, 12
"""Room at both ends and between the parts, px."""


class KeyHints(QWidget):
    """Key caps with the words they do; those that do not fit are left out from the right."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._hints: list[tuple[str, str]] = []
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Expanding)

    def show_hints(self, hints: Sequence[tuple[str, str]]) -> None:
        """(key, words) from left to right."""
        self._hints = list(hints)
        self.setAccessibleName(",".join(f"{key} {words}" for key, words in hints))
        self.updateGeometry()
        self.update()

    def _width(self, hint: tuple[str, str]) -> float:
        words = QFontMetricsF(self._theme.font(Role.SMALL)).horizontalAdvance(hint[1])
        return key_width(self._theme, hint[0]) + 4 + words + 16

    def sizeHint(self) -> QSize:
        """Room for all of them."""
        return QSize(round(sum(self._width(h) for h in self._hints)), self._theme.px.status)

    def minimumSizeHint(self) -> QSize:
        """None is needed: hints give way to words."""
        return QSize(0, self._theme.px.status)

    def paintEvent(self, event: QPaintEvent) -> None:
        """As many as fit, at the right edge."""
        del event
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        theme = self._theme
        font = theme.font(Role.SMALL)
        shown, taken = list[tuple[str, str]](), -16.0
        for hint in self._hints:
            if taken + self._width(hint) > self.width():
                break
            shown.append(hint)
            taken += self._width(hint)
        left = self.width() - taken
        for hint in shown:
            right = left + self._width(hint) - 16
            end = paint_key(painter, theme, left, self.height() / 2, hint[0], theme.colour("ink2"))
            painter.setFont(font)
            painter.setPen(theme.colour("ink2"))
            painter.drawText(
                QRectF(end + 4, 0, right - end, self.height()), Qt.AlignmentFlag.AlignVCenter, hint[1]
            )
            left = right + 16
        painter.end()


class StatusLine(QWidget):
    """Words, progress, key hints."""

    def __init__(self, theme: Theme, operations: Operations, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("statusBar")
        self._theme = theme
        self._operations = operations
        self._words = ElidedLabel()
        self._words.setObjectName("statusWords")
        self._bar = QProgressBar()
        self._bar.setFixedWidth(220)
        self._cancel = Button(theme, tr("取消"))
        self._cancel.clicked.connect(operations.cancel)
        self._hints = KeyHints(theme)
        self._said = ""
        self._label = ""
        self._waiting = False
        self._wait, self._count = QTimer(self), QTimer(self)
        for timer, interval, slot in (
            (self._wait, QUIET_MS, self._show_waiting),
            (self._count, WORDS_MS, self._show_counts),
        ):
            timer.setSingleShot(True)
            timer.setInterval(interval)
            timer.timeout.connect(slot)
        row = QHBoxLayout(self)
        row.setContentsMargins(EDGE, 0, EDGE, 0)
        row.setSpacing(GAP)
        row.addWidget(self._words, 1)
        row.addWidget(self._bar)
        row.addWidget(self._cancel)
        row.addWidget(self._hints)
        self._bar.hide()
        self._cancel.hide()
        self._lay_out()
        theme.changed.connect(self._lay_out)
        operations.started.connect(self._on_started)
        operations.progressed.connect(self._on_progressed)
        operations.finished.connect(self._on_finished)

    def say(self, words: str) -> None:
        """The state in words, until something else is to be said."""
        self._said = words
        if not self._waiting:
            self._write(words)

    def show_hints(self, hints: Sequence[tuple[str, str]]) -> None:
        """Keys of the page."""
        self._hints.show_hints(hints)
        self._share()

    @property
    def words(self) -> str:
        """What it says now."""
        return self._words.text()

    # progress

    def _on_started(self, label: str) -> None:
        self._label = label
        self._wait.start()
        self._count.start()

    def _on_progressed(self, done: int, total: int, label: str) -> None:
        self._label = label
        self._bar.setRange(0, total)
        self._bar.setValue(done)
        self._bar.setFormat(f"{done} / {total}" if total else "")
        if self._waiting:
            self._write(self._progress_words(done, total))

    def _progress_words(self, done: int, total: int) -> str:
        return (
            tr("{label} · 第 {done} / {total}", label=self._label, done=done, total=total)
            if total
            else f"{self._label}……"
        )

    def _show_waiting(self) -> None:
        self._waiting = True
        self._write(f"{self._label}……")
        QApplication.setOverrideCursor(Qt.CursorShape.WaitCursor)

    def _show_counts(self) -> None:
        self._bar.show()
        self._cancel.show()
        self._share()

    def _on_finished(self) -> None:
        self._wait.stop()
        self._count.stop()
        if self._waiting:
            self._waiting = False
            QApplication.restoreOverrideCursor()
        self._bar.hide()
        self._cancel.hide()
        self._bar.setRange(0, 0)
        self._write(self._said)

    # room

    def _write(self, words: str) -> None:
        self._words.setText(words)
        self._share()

    def _share(self) -> None:
        """The words have the room they need, the keys what is left."""
        taken = sum(w.sizeHint().width() + GAP for w in (self._bar, self._cancel) if not w.isHidden())
        room = self.width() - 2 * EDGE - GAP - taken - self._words.wanted_width()
        self._hints.setFixedWidth(max(0, min(self._hints.sizeHint().width(), room)))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Share the room anew."""
        super().resizeEvent(event)
        self._share()

    def _lay_out(self) -> None:
        px = self._theme.px
        self.setFixedHeight(px.status)
        self._bar.setFixedHeight(px.status - 10)
        self._cancel.setFixedHeight(px.status)
        self._share()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paper ground under a line."""
        del event
        painter = QPainter(self)
        painter.fillRect(self.rect(), self._theme.colour("paper"))
        painter.fillRect(0, 0, self.width(), 1, self._theme.colour("edge"))
        painter.end()
