"""Tags of remarks in a page's tables: which rows and figures something is pinned to, and what is said of the row in view."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from village_ledger.ui.review.pin import MOST_ROWS, row_keys, sheet_of
from village_ledger.ui.tables.table_model import CellTag, FigureModel

if TYPE_CHECKING:
    from village_ledger.ui.page import Page
    from village_ledger.ui.review.pin_board import PinTag
    from village_ledger.ui.tables.table_view import FigureTable


class TablePins(QObject):
    """Follows one table; in a book without remarks it asks once and does nothing."""

    def __init__(self, page: Page, table: FigureTable) -> None:
        super().__init__(table)
        self._page, self._table = page, table
        self._rows: dict[int, list[PinTag]] = {}
        self._totals: dict[int, list[PinTag]] = {}
        self._on = False
        if page.reviewing:
            table.let_pick()
        table.shown.connect(self.follow)
        table.current_moved.connect(self._say)
        page.session.pins_changed.connect(self.follow)
        self.follow()

    def follow(self) -> None:
        """Other rows, or other remarks."""
        session, model = self._page.session, self._table.model
        if model is None or not session.is_open or session.pins.is_empty:
            if self._on:
                self._on = False
                self._rows, self._totals = {}, {}
                self._table.show_tags(None)
            return
        self._rows = self._pinned(model)
        self._totals = self._pinned(self._table.totals_model)
        of_vouchers = self._may_hold_vouchers(model)
        self._on = bool(self._rows or self._totals) or of_vouchers
        beside = of_vouchers or any(not tag.column for tags in self._rows.values() for tag in tags)
        widest = f"{session.pins.widest}+" if beside else ""
        tags = [tag for listed in (*self._rows.values(), *self._totals.values()) for tag in listed]
        within = {tag.column: f"{session.pins.widest}+" for tag in tags if tag.column}
        self._table.show_tags(self._tagged if self._on else None, widest, self._total_tagged, within)
        self._say(self._table.row)

    def _pinned(self, model: FigureModel | None) -> dict[int, list[PinTag]]:
        """Rows by what names them."""
        page = self._page
        ledger = page.session.ledger_code if page.belongs_to_ledger else ""
        tags = page.session.pins.on_sheet(sheet_of(page), ledger)
        if not tags or model is None or model.count() > MOST_ROWS:
            return {}
        rows: dict[int, list[PinTag]] = defaultdict(list)
        places = {key: row for row, key in reversed(list(enumerate(row_keys(model)))) if key}
        for tag in tags:
            if tag.row in places:
                rows[places[tag.row]].append(tag)
        return dict(rows)

    def _may_hold_vouchers(self, model: FigureModel) -> bool:
        """Whether a row leads to a voucher something is pinned to; of a long ledger that is not asked row by row."""
        if not self._page.session.pins.has_vouchers:
            return False
        return model.count() > MOST_ROWS or any(self._of_voucher(model, row) for row in range(model.count()))

    def _of_voucher(self, model: FigureModel, row: int) -> Sequence[PinTag]:
        link = model.link(row)
        if link is None or link.kind != "voucher" or not link.key.isdigit():
            return ()
        return self._page.session.pins.on_voucher(int(link.key))

    def _of(self, row: int) -> list[PinTag]:
        """Everything pinned to a row: to what it names, and to the voucher it stands for."""
        model = self._table.model
        if model is None or not self._on or not 0 <= row < model.count():
            return []
        return [*self._rows.get(row, ()), *self._of_voucher(model, row)]

    def _tagged(self, row: int, column: int) -> CellTag | None:
        model = self._table.model
        if model is None:
            return None
        tags = self._rows.get(row, [])
        if column < 0:
            return cell_tag([tag for tag in self._of(row) if not tag.column])
        key = model.columns[column].key
        return cell_tag([tag for tag in tags if tag.column == key]) if tags else None

    def _total_tagged(self, row: int, column: int) -> CellTag | None:
        model = self._table.totals_model
        if model is None or column < 0:
            return None
        key = model.columns[column].key
        return cell_tag([tag for tag in self._totals.get(row, ()) if tag.column == key])

    def _say(self, row: int) -> None:
        if self._on and self._table.isVisibleTo(self._page):
            meant = self._table.meant()
            in_totals = meant is not None and meant[0] is self._table.totals_model
            self._page.see_pins(self._totals.get(meant[1], ()) if in_totals and meant else self._of(row))


def cell_tag(tags: Sequence[PinTag]) -> CellTag | None:
    """Several remarks in one place are one tag: the first that waits, and a plus."""
    if not tags:
        return None
    first = next((tag for tag in tags if tag.is_open), tags[0])
    return CellTag(f"{first.number}+" if len(tags) > 1 else first.number, first.is_open)
