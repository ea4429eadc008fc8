"""One wheel step in a ledger of 1,000,000 entries against the same in a bare view over a bare model.

python tests/benchmarks/wheel.py     prints milliseconds of both and their ratio; at most 1.5 is asked for
"""

from __future__ import annotations

import os
import sys
import tempfile
import time
from datetime import date
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from PySide6.QtCore import QAbstractTableModel, QModelIndex, Qt
from PySide6.QtWidgets import QApplication, QHeaderView, QTableView

from village_ledger.settings import Preferences
from village_ledger.storage.records import LedgerEntry
from village_ledger.ui.look.theme import Theme
from village_ledger.ui.tables.paged_model import LedgerSum, PagedModel
from village_ledger.ui.tables.table_view import FigureTable

ROWS = 1_000_000
COLUMNS = 8
AMOUNTS = frozenset({4, 5, 7})
WIDTH, HEIGHT, ROW = 1200, 750, 36
ROUNDS, STEPS = 7, 60
DISPLAY, ALIGN = int(Qt.ItemDataRole.DisplayRole), int(Qt.ItemDataRole.TextAlignmentRole)
RIGHT = int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)


class Bare(QAbstractTableModel):
    """The least a model can do: a text for each cell, made when asked for."""

    def rowCount(self, parent=QModelIndex()):  # noqa: B008  Qt's own default
        return 0 if parent.isValid() else ROWS

    def columnCount(self, parent=QModelIndex()):  # noqa: B008  Qt's own default
        return 0 if parent.isValid() else COLUMNS

    def data(self, index, role=DISPLAY):
        row, column = index.row(), index.column()
        if role == DISPLAY:
            if column in AMOUNTS:
                return f"{row * 37 % 999_999 / 100:,.2f}"
            return f"支付{row % 12 + 1}月办公用品款" if column == 3 else str(row)
        return RIGHT if role == ALIGN and column in AMOUNTS else None


class Entries:
    """A ledger as storage hands it out, without a book behind it."""

    count = ROWS

    def page(self, offset, limit):
        end = min(offset + limit, ROWS)
        return [
            LedgerEntry(
                date(2025, 1 + i % 12, 1 + i % 28),
                f"记-{i % 9999:04d}",
                i + 1,
                f"支付{i % 12 + 1}月办公用品款",
                "溪口供电所",
                i * 37 % 99_999_999,
                0,
                i * 37,
            )
            for i in range(offset, end)
        ]


def bare_view() -> QTableView:
    view = QTableView()
    view.setWordWrap(False)
    view.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
    view.verticalHeader().setDefaultSectionSize(ROW)
    view.setModel(Bare(view))
    for column in range(COLUMNS):
        view.setColumnWidth(column, WIDTH // COLUMNS)
    return view


def our_table(theme: Theme) -> FigureTable:
    table = FigureTable(theme, "明细账")
    table.show_model(PagedModel(Entries(), [LedgerSum(0, "期初余额", 0)]))
    return table


def step_ms(view: QTableView, application: QApplication) -> float:
    """Median of some wheel steps of three rows, painted."""
    bar = view.verticalScrollBar()
    times: list[float] = []
    for _ in range(STEPS):
        started = time.perf_counter()
        bar.setValue((bar.value() + 3) % bar.maximum())
        view.viewport().repaint()
        application.processEvents()
        times.append(time.perf_counter() - started)
    return sorted(times)[STEPS // 2] * 1000


def main() -> int:
    application = QApplication([])
    theme = Theme(Preferences(Path(tempfile.mkdtemp()) / "settings.json"))
    theme.apply()
    bare, ours = bare_view(), our_table(theme)
    for widget in (bare, ours):
        widget.resize(WIDTH, HEIGHT)
        widget.show()
    application.processEvents()
    pairs = [(step_ms(bare, application), step_ms(ours.view, application)) for _ in range(ROUNDS)]
    ratio = sorted(our / plain for plain, our in pairs)[ROUNDS // 2]
    plain, our = (sorted(column)[ROUNDS // 2] for column in zip(*pairs, strict=True))
    print(f"bare {plain:.2f} ms · ours {our:.2f} ms · ratio {ratio:.2f} (at most 1.5)")
    return 0 if ratio <= 1.5 else 1


if __name__ == "__main__":
    sys.exit(main())
