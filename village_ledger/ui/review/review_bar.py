"""The black bar over the pages of a package: 审阅 · 只读, whether it holds, until when, whose it is."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QKeySequence, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QWidget

from village_ledger.domain.village_key import Key, Standing
from village_ledger.i18n import tr
from village_ledger.ui import actions
from village_ledger.ui.look.theme import Theme
from village_ledger.ui.review.opened_package import OpenedPackage
from village_ledger.ui.widgets.buttons import Button, Look
from village_ledger.ui.widgets.tool_row import ToolRow

_PARTS = 5
_ALWAYS = (0, 1, 2)
"""What the bar says in a narrow window too."""


class ReviewBar(QWidget):
    """Always there while a package is open; its buttons lead to what was found."""

    def __init__(
        self,
        theme: Theme,
        opened: OpenedPackage,
        choices: Sequence[tuple[str, Callable[[], object]]],
        pin: Callable[[], object],
    ) -> None:
        """``choices`` lead to pages, the last fold away first; ``pin`` writes a remark on what is in view."""
        super().__init__()
        self._theme = theme
        self.setObjectName("reviewBar")
        self._opened = opened
        self.words: tuple[str, ...] = ()
        row = QHBoxLayout(self)
        row.setContentsMargins(theme.px.gap, theme.px.unit, theme.px.gap, theme.px.unit)
        row.setSpacing(theme.px.gap)
        self._labels = [QLabel() for _ in range(_PARTS)]
        for label in self._labels:
            label.setProperty("look", "on_ink")
            label.setTextFormat(Qt.TextFormat.PlainText)
            row.addWidget(label)
        self.show_key(Standing(Key.SAME))
        self.buttons: list[Button] = []
        tools = ToolRow(theme, theme.px.gap)
        tools.add_spring(QWidget())
        for words, slot in choices:
            button = Button(theme, words, Look.PLAIN)
            button.clicked.connect(lambda _checked=False, slot=slot: slot())
            tools.add(button, keeps=len(choices) - len(self.buttons))
            self.buttons.append(button)
        spec = actions.spec("package_review", "pin")
        self.pin = QAction(spec.text, self)
        self.pin.setShortcut(QKeySequence(spec.keys[0]))
        self.pin.triggered.connect(lambda _checked=False: pin())
        self.addAction(self.pin)
        tools.add(Button.of_action(theme, self.pin, spec, Look.PLAIN), keeps=len(choices) + 1)
        row.addWidget(tools, 1)
        theme.changed.connect(self._follow)
        self._follow()

    def show_key(self, found: Standing) -> None:
        """审阅 · 只读 · 签名有效 · 截至…, then what was proven and whose it is; another key than the known one is said."""
        opened, changed = self._opened, found.key is Key.CHANGED
        mark = "✓" if opened.holds and not changed else "✕"
        signature, until, proven, whose = opened.words
        self.words = (
            tr("审阅 · 只读"),
            f"{mark} {signature}",
            until,
            tr("签名密钥换过") if changed else proven,
            whose,
        )
        for label, text in zip(self._labels, self.words, strict=True):
            label.setText(text)
        self.setAccessibleName(" · ".join(self.words))
        self._follow()

    def _follow(self) -> None:
        """In a narrow window only what matters most."""
        for place, label in enumerate(self._labels):
            label.setVisible(place in _ALWAYS or not self._theme.tokens.narrow)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Ink from edge to edge."""
        del event
        painter = QPainter(self)
        painter.fillRect(self.rect(), self._theme.colour("ink"))
        painter.end()
