"""Columns that say whose row it is stay in view where a table is wider than the window: they are one table with the rest."""

from __future__ import annotations

from typing import Any

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from village_ledger.reports.table import Column, Kind, Role, Row, Table
from village_ledger.ui.look.theme import Theme
from village_ledger.ui.tables.table_model import TableModel
from village_ledger.ui.tables.table_view import FigureTable

KEPT, FIGURES, VILLAGES = 1, 8, 40
WIDE, NARROW = 1600, 420


def villages() -> Table:
    """Forty villages with eight amounts each, and their sum."""
    columns = (
        Column("village", "村", Kind.TEXT, 30),
        *(Column(f"f{number}", f"第{number}项", Kind.MONEY, 30) for number in range(FIGURES)),
    )
    rows = [
        Row(Role.DETAIL, (f"村{number:02}", *(100 * number + x for x in range(FIGURES))))
        for number in range(VILLAGES)
    ]
    rows.append(Row(Role.TOTAL, ("合计", *(12_345_678_90 for _ in range(FIGURES)))))
    return Table(
        report="x", title="各村", village="", ledger="", entity="镇", columns=columns, rows=tuple(rows)
    )


@pytest.fixture
def table(qtbot: QtBot, theme: Theme) -> FigureTable:
    made = FigureTable(theme, "各村")
    made.keep_in_view(KEPT)
    qtbot.addWidget(made)
    model = TableModel(villages())
    made.show_model(model, model.totals_model())
    made.resize(NARROW, 300)
    made.show()
    qtbot.waitExposed(made)
    made.view.setFocus()
    made.go_to_row(0)
    return made


def beside(table: FigureTable) -> Any:
    assert table.kept is not None
    return table.kept


def test_where_all_fits_nothing_stands_beside(table: FigureTable) -> None:
    table.resize(WIDE, 300)
    assert beside(table).view.isHidden()
    assert beside(table).totals.isHidden()
    assert not table.view.isColumnHidden(0)
    table.resize(NARROW, 300)
    assert beside(table).view.isVisible()
    assert table.view.isColumnHidden(0)


def test_the_village_stays_while_its_figures_are_scrolled(table: FigureTable) -> None:
    kept, bar = beside(table), table.view.horizontalScrollBar()
    assert not kept.view.isColumnHidden(0)
    assert kept.view.isColumnHidden(1)
    for value in range(bar.maximum() + 1):
        bar.setValue(value)
        assert kept.view.columnViewportPosition(0) == 0
        starts = [table.view.columnViewportPosition(place) for place in range(KEPT, FIGURES + KEPT)]
        assert 0 in starts, "no amount is cut in two at the edge"
        sums = [table.totals.columnViewportPosition(place) for place in range(KEPT, FIGURES + KEPT)]
        assert sums == starts


def test_both_parts_show_the_same_rows(table: FigureTable) -> None:
    kept = beside(table)
    assert kept.view.viewport().height() == table.view.viewport().height()
    for _ in range(VILLAGES):
        QTest.keyClick(table.view, Qt.Key.Key_Down)
    assert table.row == VILLAGES - 1
    assert kept.view.currentIndex().row() == VILLAGES - 1
    assert kept.view.verticalScrollBar().value() == table.view.verticalScrollBar().value() > 0
    assert table.view.rowViewportPosition(table.row) == kept.view.rowViewportPosition(table.row)
    assert 0 < table.view.rowViewportPosition(table.row) < table.view.viewport().height()


def test_a_click_beside_is_a_click_on_the_row(table: FigureTable, qtbot: QtBot) -> None:
    place = beside(table).view.viewport()
    row = table.style_of.row
    QTest.mouseClick(place, Qt.MouseButton.LeftButton, pos=QPoint(10, row * 2 + row // 2))
    assert table.row == 2
    assert table.view.hasFocus()
    with qtbot.waitSignal(table.opened) as opened:
        QTest.mouseDClick(place, Qt.MouseButton.LeftButton, pos=QPoint(10, row * 2 + row // 2))
    assert opened.args == [2]
    QTest.keyClick(table.view, Qt.Key.Key_Down)
    assert table.row == 3


def test_the_totals_stand_under_their_rows(table: FigureTable) -> None:
    kept = beside(table)
    assert kept.totals.isVisible()
    assert kept.totals.geometry().left() == kept.view.geometry().left()
    assert table.totals.geometry().left() == table.view.geometry().left()
    assert kept.totals.height() == table.totals.height()
