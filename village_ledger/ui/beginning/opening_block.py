"""A pasted block looked over: green, yellow, red rows with their sums, then all of it or none."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from village_ledger.domain.money import format_fen
from village_ledger.exchange.setup.pasted_opening import Light, PastedRow
from village_ledger.i18n import tr
from village_ledger.ui.beginning.opening_rows import PastedModel, sums
from village_ledger.ui.look.theme import Theme
from village_ledger.ui.tables.table_view import FigureTable
from village_ledger.ui.widgets.buttons import Button


class PastedPart(QWidget):
    """The block as a table with two buttons under it."""

    taken = Signal(object)
    """Its balances, a list of ImportedOpening."""
    left_out = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._rows: tuple[PastedRow, ...] = ()
        self.table = FigureTable(theme, tr("粘贴的内容"))
        self.words = QLabel()
        self.words.setWordWrap(True)
        self.take = Button(theme, tr("全部放进表里"))
        self.leave = Button(theme, tr("不要这一块"))
        self.take.clicked.connect(lambda: self.taken.emit([row.opening for row in self._rows]))
        self.leave.clicked.connect(lambda: self.left_out.emit())  # noqa: PLW0108  clicked hands over a flag
        foot = QHBoxLayout()
        foot.addWidget(self.words, 1)
        foot.addWidget(self.leave)
        foot.addWidget(self.take)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.table, 1)
        column.addLayout(foot)

    def show_rows(self, rows: Sequence[PastedRow]) -> None:
        """Another block; with a red row in it none of it can be taken."""
        self._rows = tuple(rows)
        self.table.show_model(PastedModel(rows))
        counts = {light: sum(r.light is light for r in rows) for light in Light}
        found = sums(r.opening for r in rows if r.light is not Light.RED)
        said = tr(
            "✓ {good} 行，▲ {warn} 行，✕ {bad} 行；借方共 {debit}，贷方共 {credit}。",
            good=counts[Light.GREEN],
            warn=counts[Light.YELLOW],
            bad=counts[Light.RED],
            debit=format_fen(found.debit),
            credit=format_fen(found.credit),
        )
        wrong = tr("有不对的行，一行也不放；请在 Excel 里改好再粘贴。") if counts[Light.RED] else ""
        self.words.setText(said + wrong)
        self.take.setEnabled(not counts[Light.RED])
