"""What an import file says, row by row, before it becomes part of a book.

Every value keeps ``row``, the number the spreadsheet shows beside it, so that a fault can be named 第N行.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import NamedTuple

from village_ledger.domain.chart import Dimension, Side


class ImportedLine(NamedTuple):
    """One row of a voucher file; amounts in fen, exactly one of the two not zero once checked."""

    row: int
    summary: str
    account: str
    debit: int
    credit: int
    counterparty: str
    project: str
    group: str
    quantity: int = 0
    """Thousandths, of the amount's sign; 0 for none."""


@dataclass(slots=True)
class ImportedVoucher:
    """The rows of one voucher: same month, word and number (they need not stand together)."""

    row: int
    """Its first row."""
    word: str
    number: int
    day: date
    attachments: int = 0
    lines: list[ImportedLine] = field(default_factory=list[ImportedLine])
    handler: str = ""
    witness: str = ""
    approver: str = ""
    no_attachment_reason: str = ""
    reverses: str = ""
    """Voucher this one strikes out (冲销凭证), as ``2025-06/记-0013``."""
    corrects: str = ""
    """Voucher this one puts right (订正凭证), written the same way."""
    invoices: str = ""
    """Invoice numbers (票据号) it books."""


class ImportedAccount(NamedTuple):
    """One row of an account file."""

    row: int
    code: str
    name: str
    side: Side
    active: bool
    demands: frozenset[Dimension]
    unit: str = ""
    """Unit of an account kept by quantity."""
    quantity_required: bool = False


class ImportedOpening(NamedTuple):
    """One row of an opening-balance file, fen; the year-to-date pair is zero for a book begun in January."""

    row: int
    account: str
    counterparty: str
    project: str
    debit: int
    credit: int
    year_debit: int = 0
    year_credit: int = 0
    quantity: int = 0
    """Thousandths, as the row's side has them."""
