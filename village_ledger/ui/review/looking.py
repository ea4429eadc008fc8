"""While a package is open pages only show: forms are put away, and the room they stood in goes to what is read."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from village_ledger.ui.tables.table_view import FigureTable
from village_ledger.ui.widgets.form import Section

if TYPE_CHECKING:
    from village_ledger.ui.page import Page


def put_away_forms(page: Page) -> None:
    """Every sheet of fields of a page but those that serve looking, with what held nothing else."""
    for section in page.findChildren(Section):
        if section.put_away():
            _fold_holders(section, page)
    for table in page.findChildren(FigureTable) if not page.of_reviewer else ():
        table.set_empty_words(_without_advice(table.view.empty_words))


def _without_advice(words: str) -> str:
    """What an empty table says, without how to fill it."""
    said = words.split("。", maxsplit=1)[0].split("：", maxsplit=1)[0]
    return f"{said}。" if words.endswith("。") else said


def _fold_holders(section: QWidget, page: QWidget) -> None:
    """Hide what stood around a form and shows nothing any more."""
    holder = section.parentWidget()
    while holder is not None and holder.parentWidget() is not page and holder is not page:
        if any(not one.isHidden() for one in _parts(holder)):
            return
        holder.hide()
        holder = holder.parentWidget()


def _parts(holder: QWidget) -> list[QWidget]:
    """What lies in a holder; of a scrolling one its content, not its bars."""
    found = holder.findChildren(QWidget, options=Qt.FindChildOption.FindDirectChildrenOnly)
    return [one for one in found if not one.objectName().startswith("qt_scrollarea_")] or [
        part
        for view in found
        if view.objectName() == "qt_scrollarea_viewport"
        for part in view.findChildren(QWidget, options=Qt.FindChildOption.FindDirectChildrenOnly)
    ]
