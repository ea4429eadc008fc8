"""Four boxes for the four drawn: before the draw how many take part, after it the name, large enough for the room."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from village_ledger.i18n import tr
from village_ledger.ui.look.theme import Theme
from village_ledger.ui.widgets.state_mark import Check, CheckMark

ACROSS = 2


@dataclass(frozen=True, slots=True)
class LotBox:
    """One register: who was drawn (empty: nobody yet) and how."""

    register: str
    check: Check
    name: str
    words: str

    @property
    def said(self) -> str:
        """As it is read out."""
        return "，".join(filter(None, (self.register, self.name or tr("还没有抽"), self.words)))


class LotsSheet(QFrame):
    """Two by two; one below the other where there is little room."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self.boxes: tuple[LotBox, ...] = ()
        self._made: list[QWidget] = []
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        theme.changed.connect(self._lay_out)

    def show_boxes(self, boxes: Sequence[LotBox]) -> None:
        """These and no others."""
        self.boxes = tuple(boxes)
        for old in self._made:
            self._grid.removeWidget(old)
            old.hide()
            old.deleteLater()
        self._made = [self._box(one) for one in boxes]
        self._lay_out()
        self.setAccessibleName("；".join(one.said for one in boxes))

    def _box(self, one: LotBox) -> QWidget:
        made = QFrame()
        made.setProperty("look", "sheet")
        column = QVBoxLayout(made)
        column.setContentsMargins(16, 10, 16, 10)
        head = QHBoxLayout()
        head.addWidget(_label(one.register, "strong"), 1)
        head.addWidget(CheckMark(self._theme, one.check))
        column.addLayout(head)
        column.addStretch(1)
        column.addWidget(_label(one.name or "—", "figure_big"))
        column.addStretch(1)
        column.addWidget(_label(one.words, "label"))
        return made

    def _lay_out(self) -> None:
        across = 1 if self._theme.tokens.narrow else ACROSS
        self._grid.setSpacing(self._theme.px.gap)
        for place, made in enumerate(self._made):
            self._grid.removeWidget(made)
            self._grid.addWidget(made, *divmod(place, across))


def _label(words: str, look: str) -> QLabel:
    made = QLabel(words)
    made.setProperty("look", look)
    made.setWordWrap(True)
    return made
