"""Under the desk's table: how many rows stand below the edge, what the totals leave out, and the key that opens a row."""

from __future__ import annotations

from PySide6.QtWidgets import QFrame, QHBoxLayout

from village_ledger.i18n import tr
from village_ledger.ui.look.theme import Theme
from village_ledger.ui.tables.table_view import FigureTable
from village_ledger.ui.widgets.elided import ElidedLabel


class DeskFoot(QFrame):
    """One line that follows the scroll."""

    def __init__(self, theme: Theme, table: FigureTable) -> None:
        super().__init__()
        self._theme, self._table = theme, table
        self.setProperty("look", "sheet")
        self.left, self.right = ElidedLabel(look="label"), ElidedLabel(look="label")
        self._line = QHBoxLayout(self)
        self._line.addWidget(self.left)
        self._line.addStretch(1)
        self._line.addWidget(self.right)
        bar = table.view.verticalScrollBar()
        bar.valueChanged.connect(lambda _value: self._count())
        bar.rangeChanged.connect(lambda _least, _most: self._count())
        theme.changed.connect(self._make_room)
        self._make_room()

    def follow(self, *, left_out: bool, opens: str) -> None:
        """Other rows; ``left_out`` where some do not count in the totals, and what Enter does."""
        words = [tr("验不过的不计入合计")] if left_out else []
        self.right.setText(" · ".join([*words, tr("Ctrl+F 找村"), f"Enter {opens}"]))
        self._count()

    def _count(self) -> None:
        bar = self._table.view.verticalScrollBar()
        below = bar.maximum() - bar.value()
        end = tr("到底了") if bar.maximum() else ""
        self.left.setText(tr("还有 {count} 个村 ↓", count=below) if below else end)

    def _make_room(self) -> None:
        px = self._theme.px
        self._line.setContentsMargins(px.gap, px.unit, px.gap, px.unit)
