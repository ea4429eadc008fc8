"""The way of the cursor through a voucher: Enter to the next needed cell, Tab to every cell."""

from __future__ import annotations

from typing import NamedTuple

from village_ledger.domain.voucher import DraftLine
from village_ledger.ui.voucher.voucher_lines_model import (
    AUXILIARY,
    MEASURES,
    Column,
    VoucherLinesModel,
    asks,
    demands,
)


class Place(NamedTuple):
    """A cell; a row one beyond the last asks for a new line."""

    row: int
    column: Column


TAB_ORDER = (
    Column.SUMMARY,
    Column.ACCOUNT,
    Column.COUNTERPARTY,
    Column.PROJECT,
    Column.GROUP,
    Column.QUANTITY,
    Column.PRICE,
    Column.DEBIT,
    Column.CREDIT,
)


def next_cell(place: Place, *, measured: bool = False) -> Place:
    """Tab: the next cell, optional ones too; quantity and price only where the account is ``measured``."""
    order = _order(measured=measured)
    at = order.index(place.column) + 1
    return Place(place.row, order[at]) if at < len(order) else Place(place.row + 1, order[0])


def previous_cell(place: Place, *, measured: bool = False) -> Place | None:
    """Shift+Tab: the cell before, None before the first."""
    order = _order(measured=measured)
    at = order.index(place.column) - 1
    if at >= 0:
        return Place(place.row, order[at])
    return Place(place.row - 1, order[-1]) if place.row else None


def _order(*, measured: bool) -> list[Column]:
    return [column for column in TAB_ORDER if measured or column not in MEASURES]


def neighbour(place: Place, step: int) -> Place | None:
    """Left or right arrow at the end of the text: the cell beside, optional ones left out."""
    order = [column for column in TAB_ORDER if column not in AUXILIARY]
    if place.column not in order:
        return Place(place.row, Column.ACCOUNT if step < 0 else Column.DEBIT)
    at = order.index(place.column) + step
    return Place(place.row, order[at]) if 0 <= at < len(order) else None


def next_needed(model: VoucherLinesModel, place: Place) -> Place | None:
    """Enter: the next cell that wants something, None when the voucher is whole.

    The very cell is given back when it is the one that is missing.
    """
    row, column = place
    if column is Column.SUMMARY:
        return Place(row, Column.ACCOUNT)
    if not column.is_amount:
        return _after_account(model, place)
    line = model.line(row)
    if not (line.debit or line.credit):
        return Place(row, Column.CREDIT)
    if _is_whole(model):
        return None
    for later in range(row + 1, model.rowCount()):
        wanted = first_gap(model, later)
        if wanted is not None:
            return Place(later, wanted)
    return Place(model.rowCount(), Column.SUMMARY)


def _after_account(model: VoucherLinesModel, place: Place) -> Place:
    account = model.account(place.row)
    passed = TAB_ORDER.index(place.column)
    for column in TAB_ORDER[passed + 1 :]:
        if column in AUXILIARY and account is not None and asks(account, column):
            return Place(place.row, column)
    return Place(place.row, Column.CREDIT if model.line(place.row).credit else Column.DEBIT)


def first_gap(model: VoucherLinesModel, row: int) -> Column | None:
    """The first cell of a line that is missing, None for a whole line."""
    line = model.line(row)
    if not line.summary:
        return Column.SUMMARY
    account = model.account(row)
    if account is None:
        return Column.ACCOUNT
    for column in AUXILIARY:
        if demands(account, column) and not model.text(row, column):
            return column
    return None if line.debit or line.credit else Column.DEBIT


def _is_whole(model: VoucherLinesModel) -> bool:
    """Balanced, with no line half filled."""
    amounts = model.amounts()
    if sum(debit - credit for debit, credit in amounts) or not any(map(any, amounts)):
        return False
    return all(
        model.line(row) == DraftLine() or first_gap(model, row) is None for row in range(model.rowCount())
    )
