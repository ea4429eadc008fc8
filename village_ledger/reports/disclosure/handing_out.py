"""Sheets that leave the book: written into the operation log with level, letters and rows; it knows itself by whom and when."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from village_ledger.reports.disclosure.catalogue_pack import letter_of
from village_ledger.services.staff.exports import published

if TYPE_CHECKING:
    from village_ledger.reports.table import Table
    from village_ledger.storage.unit_of_work import UnitOfWork


def log_sheets(uow: UnitOfWork, sheets: Sequence[Table], *, ledger: str = "") -> None:
    """One line for what is handed out together; the caller commits."""
    letters = "".join(dict.fromkeys(letter_of(sheet.report) for sheet in sheets))
    rows = sum(sum(1 for _ in sheet.rows) for sheet in sheets)
    days = next((sheet.span.words() for sheet in sheets if sheet.span), "")
    published(uow, f"公开表 {letters} {days}".strip(), rows, ledger=ledger)
